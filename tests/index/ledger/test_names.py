"""When two names are the same project, and when they are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ledger.names import (
    clean_name,
    core_name,
    is_generic,
    is_problem,
    is_sentence,
    masked,
)


@pytest.mark.parametrize(
    "written",
    [
        "东湖花园项目",
        "东湖花园工程",
        "东湖花园建设项目",
        "“东湖花园”项目",
        "东湖 花园",
        "《东湖花园》",
    ],
)
def test_project_and_marks_do_not_make_another_name(written: str) -> None:
    assert core_name(written) == core_name("东湖花园")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("东湖花园一期", "东湖花园二期"),
        ("东湖花园", "东湖花园二期"),
        ("开发区厂房", "旅游商贸开发区厂房"),
        ("1号厂房", "2号厂房"),
        ("A区工程", "B区工程"),
    ],
)
def test_phases_lots_and_places_stay_apart(one: str, other: str) -> None:
    assert core_name(one) != core_name(other)


def test_full_width_letters_and_digits_are_the_same() -> None:
    assert core_name("Ａ区１号楼") == core_name("A区1号楼")


def test_a_name_of_nothing_but_project_is_kept() -> None:
    assert core_name("项目") == "项目"


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="东湖花园项目工程建设一二期等0123个“”（）*· Ａa-", max_size=20))
def test_the_core_of_a_core_is_itself(text: str) -> None:
    assert core_name(core_name(text)) == core_name(text)


def test_quotation_marks_around_a_whole_name_are_dropped() -> None:
    assert clean_name("“东湖花园”") == "东湖花园"


def test_quotation_marks_inside_a_name_stay() -> None:
    assert clean_name("“两河四岸”景观带") == "“两河四岸”景观带"


def test_masked_names_are_told() -> None:
    assert masked("**产业园")
    assert not masked("电子产业园")


@pytest.mark.parametrize(
    "text",
    ["24个重点项目", "该项目", "部分项目", "全区重点项目", "其余项目", "迁建项目", "扩建工程"],
)
def test_words_that_name_no_project_are_generic(text: str) -> None:
    assert is_generic(text)


@pytest.mark.parametrize("text", ["东湖花园", "南环路工程", "第一小学扩建", "重点产业孵化园"])
def test_a_name_is_not_generic(text: str) -> None:
    assert not is_generic(text)


@pytest.mark.parametrize(
    "words",
    [
        "12个项目进度滞后",
        "全市66项重点水利工程",
        "在新能源电池项目现场",
        "对13个滞后项目",
        "按建设",
        "的项目选址",
        "三要依法做好征收",
        "新的施工单位",
    ],
)
def test_parts_of_sentences_are_no_names(words: str) -> None:
    assert is_sentence(words)


@pytest.mark.parametrize("words", ["建设资金不到位", "手续办理慢", "方案反复调整", "施工条件受限"])
def test_what_is_wrong_is_no_project(words: str) -> None:
    assert is_problem(words)


@pytest.mark.parametrize("name", ["新湖路改造", "三里河综合治理", "要素市场", "第一要塞公园"])
def test_names_that_look_like_it_stay_names(name: str) -> None:
    assert not is_sentence(name)
    assert not is_problem(name)


@pytest.mark.parametrize(
    "words", ["滞后的项目比上季度末减少", "停工项目较年初净增", "未动工的比上月少了"]
)
def test_a_count_against_another_time_is_no_name(words: str) -> None:
    assert is_sentence(words)


@pytest.mark.parametrize("name", ["比亚迪配套产业园", "较场口片区改造", "增减挂钩复垦"])
def test_names_with_such_characters_stay_names(name: str) -> None:
    assert not is_sentence(name)
