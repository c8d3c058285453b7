"""What looks like the name of a project, and what becomes of names that do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.ledger.likeness import (
    DOUBTFUL,
    SIZE,
    UNLIKE,
    features,
    is_unlikely,
    likely_name,
    name_likeness,
)
from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]


@pytest.mark.parametrize(
    "name",
    ["梅岭隧道改建工程", "南塘小学扩建", "青芦湾湿地修复", "永昌轴承三期", "县疾控中心实验楼",
     "年产8万吨再生纸生产线", "S317线改造（K2+100至K9+300）"],
)  # fmt: skip
def test_names_look_like_names(name: str) -> None:
    assert name_likeness(name) > DOUBTFUL


@pytest.mark.parametrize(
    "words",
    ["落后的项目比上季度减少", "施工图设计文件审查", "下面分三个方面报告", "8月12日进场施工",
     "建设单位已提交退出申请", "民生领域9个项目", "抓要素保障"],
)  # fmt: skip
def test_other_words_do_not(words: str) -> None:
    assert name_likeness(words) < UNLIKE
    assert is_unlikely(words)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("南塘小学扩建9月20日通过竣工验收", "南塘小学扩建"),
        ("县疾控中心实验楼主体结构已经封顶", "县疾控中心实验楼"),
        ("落后的项目比上季度减少", None),
    ],
)
def test_the_name_that_words_begin_with_is_found(words: str, name: str | None) -> None:
    end = likely_name(words)
    assert (words[:end] if end else None) == name


def test_a_short_name_says_little_of_itself() -> None:
    assert name_likeness("水塘") < UNLIKE
    assert not is_unlikely("水塘")


@given(st.text(max_size=40))
def test_any_words_have_a_likeness(text: str) -> None:
    held = features(text)
    assert all(0 <= place < SIZE for place in held)
    assert sum(n * n for n in held.values()) == pytest.approx(1)
    assert 0 <= name_likeness(text) <= 1
    end = likely_name(text)
    assert end is None or 0 < end < len(text)


def test_what_is_said_of_a_project_is_no_part_of_its_name(read: Reader) -> None:
    found = read(
        "甲县通报\n截至9月底。\n二、按期推进的2个\n南塘小学扩建9月20日通过竣工验收；"
        "县疾控中心实验楼主体结构已经封顶。\n"
    )
    assert found.names == ["南塘小学扩建", "县疾控中心实验楼"]
    words = found.record("南塘小学扩建").fields["name"]
    assert found.read_at(words) == "南塘小学扩建"


def test_a_sentence_about_numbers_is_no_project(read: Reader) -> None:
    found = read(
        "乙县通报\n截至6月30日。\n未开工项目2个：县交通局的梅岭隧道（资金未到位）、县水利局的青芦湾"
        "泵站（用地未批）。\n与一季度末相比，落后的项目比上季度减少3个，没有动工的项目比上季度减少2个。\n"
    )
    assert found.names == ["梅岭隧道", "青芦湾泵站"]
