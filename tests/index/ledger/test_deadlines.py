"""Deadlines that the head of a list gives to all that it names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

MINUTES = """{title}

一、关于未开工项目
会议明确，5项未开工项目分类处置。{head}：鹿溪大桥、竹园水厂、松坪卫生院。12月底前力争开工2项：柳塘驿站、槐树湾泵站。
二、其他事项
各单位9月15日前报送材料：进展表、照片。
"""


@pytest.mark.parametrize(
    ("head", "due"),
    [
        ("9月底前开工3项", "9月底前开工"),
        ("9月30日前必须开工的项目（3个）", "9月30日前必须开工"),
        ("三季度末前开工的3个", "三季度末前开工"),
    ],
)
def test_a_head_gives_its_deadline_to_all_that_it_names(
    read: Callable[[str], Read], head: str, due: str
) -> None:
    found = read(MINUTES.format(title="鹿溪县项目调度会议纪要", head=head))
    assert dict(found.pairs("deadline")) == {
        "鹿溪大桥": due,
        "竹园水厂": due,
        "松坪卫生院": due,
        "柳塘驿站": "12月底前力争开工",
        "槐树湾泵站": "12月底前力争开工",
    }
    words = found.record("竹园水厂").fields["deadline"]
    assert found.text[words.start : words.end] == due


NOTICE = """关于督办滞后和未开工项目的通知
一、滞后项目（2个）
1．竹园水厂（县水务局）：9月20日前取得取水批复。
2．鹿溪大桥（县交通局）：施工图9月底前没有审完。
二、未开工项目（1个）
1．松坪卫生院（县卫健局）：10月31日前开工。
"""


def test_what_a_notice_wants_done_is_no_reason(read: Callable[[str], Read]) -> None:
    found = read(NOTICE)
    assert found.field("竹园水厂", "reason") is None
    assert found.field("竹园水厂", "measures") == "9月20日前取得取水批复"
    assert found.field("竹园水厂", "deadline") == "9月20日前"
    assert found.field("松坪卫生院", "deadline") == "10月31日前"
    assert "没有审完" in (found.field("鹿溪大桥", "reason") or "")
