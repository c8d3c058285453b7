"""Who leads, who supports, whose the task is."""

import pytest

from assistant.claims.roles import role_faults, roles_of

MINUTES = "由县住建局牵头,县财政局、城关镇配合,于8月10日前完成设备采购。"


def test_roles_are_read_from_prose_and_labels() -> None:
    assert roles_of(MINUTES) == {
        "县住建局": {"lead"}, "县财政局": {"support"}, "城关镇": {"support"},
    }  # fmt: skip
    assert roles_of("责任单位:县住房和城乡建设局") == {"县住房和城乡建设局": {"owner"}}
    assert roles_of("由临港街道会同区司法局办理") == {"临港街道": {"lead"}, "区司法局": {"support"}}


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("设备采购由住建局牵头、县财政局配合", []),
        ("设备采购由县财政局牵头、县住建局配合", ["县财政局", "县住建局"]),
        ("县财政局将在8月10日前牵头完成采购", ["县财政局"]),
        ("设备采购由县发改局牵头", ["县发改局"]),
    ],
)
def test_offices_with_another_part(claim: str, wrong: list[str]) -> None:
    assert list(role_faults(claim, MINUTES, of_subject=True)) == wrong


def test_of_many_things_another_leader_may_be_right() -> None:
    assert not list(role_faults("由县发改局牵头", MINUTES, of_subject=False))
