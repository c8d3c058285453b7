"""What a later document says of a project, beside its records or after all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.ledger.conftest import AUTUMN, opened

WINTER = """青禾区四季度重点工程简报
石桥改建工程12月3日完成招标，施工单位已确定。
区重点项目建设办公室
2024年12月31日
"""


@pytest.mark.parametrize(
    "question",
    ["石桥改建工程的招标现在走到哪一步了？", "石桥改建工程到四季度末是什么状态？"],
)
def test_a_later_sentence_is_told_beside_the_record(tmp_path: Path, question: str) -> None:
    with opened(tmp_path, {"q3.txt": AUTUMN, "q4.txt": WINTER}) as desk:
        assert "12月3日完成招标" in desk.ask(question).answer


def test_a_period_that_the_records_tell_of_is_left_as_it_is(tmp_path: Path) -> None:
    with opened(tmp_path, {"q3.txt": AUTUMN, "q4.txt": WINTER}) as desk:
        assert "12月3日" not in desk.ask("石桥改建工程到9月底是什么状态？").answer
