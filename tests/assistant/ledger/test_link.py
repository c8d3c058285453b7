"""Facets reached by other words, with the real model: synonyms, typos, English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import DISTRICT, Desk, opened


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk whose questions are embedded by the model that is shipped."""
    with opened(tmp_path_factory.mktemp("real"), DISTRICT, real=True) as desk:
        yield desk


TRANSPORT = ["石桥改建工程", "西环路大修工程"]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("交通局的项目有哪些？", TRANSPORT),
        ("区交通局牵头的项目有哪些？", TRANSPORT),
        ("哪些项目没动工？", [*TRANSPORT, "标准厂房三期", "古塔修缮工程"]),
        ("How many projects of the transport bureau have not started?", TRANSPORT),
        ("Which projects have not started because of funding?", ["西环路大修工程", "标准厂房三期"]),
        ("哪些项目还没开建？", [*TRANSPORT, "标准厂房三期", "古塔修缮工程"]),
        ("哪些项目进度落后？", ["柳溪河清淤", "文昌路拓宽", "供热管网二期", "**产业园"]),
    ],
)
def test_other_words_reach_the_same_rows(real: Desk, question: str, names: list[str]) -> None:
    assert real.names(question) == names


def test_an_english_unit_alone_reaches_its_rows(real: Desk) -> None:
    assert real.names("Which projects is the transport bureau responsible for?") == TRANSPORT


def test_a_reason_in_other_words_is_not_dropped(real: Desk) -> None:
    names = real.names("缺钱没开工的有哪些项目？")
    assert names == ["西环路大修工程", "标准厂房三期"]
