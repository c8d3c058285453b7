"""Lists parted under heads that count."""

from hypothesis import given
from hypothesis import strategies as st

from index.ledger.parted import partings
from index.ledger.splitting import split


def _names(text: str, number: int) -> list[str]:
    return ["".join(text[a:b] for a, b in item.name) for item in split(text, 0, len(text), number)]


def test_heads_part_a_list_by_class_owner_and_reason() -> None:
    text = "桥梁方面2个：甲河桥、乙河桥；县水利局1个：丙水库加固。因征地受阻的2个：丁大道、戊小学。"
    items = split(text, 0, len(text), 5)
    assert [text[slice(*i.name[0])] for i in items] == [
        "甲河桥",
        "乙河桥",
        "丙水库加固",
        "丁大道",
        "戊小学",
    ]
    assert text[slice(*(items[0].group or (0, 0)))] == "桥梁"
    assert text[slice(*(items[2].unit or (0, 0)))] == "县水利局"
    assert [text[slice(*note)] for note in items[4].notes] == ["征地受阻"]


def test_heads_within_a_part_belong_to_it() -> None:
    text = (
        "（一）民生类3个\n县教育局2个：甲小学改造、乙幼儿园新建。县卫健局1个：丙医院扩建。\n"
        "（二）产业类1个\n丁冷链园。"
    )
    assert _names(text, 4) == ["甲小学改造", "乙幼儿园新建", "丙医院扩建", "丁冷链园"]


def test_heads_that_do_not_add_up_part_nothing() -> None:
    text = "桥梁方面2个：甲河桥、乙河桥；道路方面2个：丙大道、丁大道。"
    assert list(partings(text, 0, len(text), 5)) == []


@given(st.lists(st.integers(min_value=1, max_value=4), min_size=2, max_size=5))
def test_every_parting_adds_up_and_stays_within_the_text(numbers: list[int]) -> None:
    text = "".join(
        f"第{'甲乙丙丁戊'[n]}类{count}个："
        + "、".join(f"某{n}{k}号路改造" for k in range(count))
        + "。"
        for n, count in enumerate(numbers)
    )
    found = list(partings(text, 0, len(text), sum(numbers)))
    assert found
    for before, parts in found:
        assert sum(part.number for part in parts) == sum(numbers)
        assert 0 <= before[0] <= before[1] <= len(text)
        assert all(0 <= a <= b <= len(text) for a, b in (part.body for part in parts))


def test_months_part_a_list_and_the_order_that_leads_them_in_is_none_of_it() -> None:
    text = (
        "以开工早晚为序，3月有2个，市水务局的甲水库扩容、市教育局的乙中学；"
        "4月份有1个，丙镇的丁农贸市场。"
    )
    items = split(text, 0, len(text), 3)
    assert _names(text, 3) == ["甲水库扩容", "乙中学", "丁农贸市场"]
    assert [text[slice(*(i.group or (0, 0)))] for i in items] == ["3月", "3月", "4月份"]


def test_heads_by_cause_are_reasons_of_any_kind() -> None:
    text = (
        "从拖后的原因看，供电接入跟不上的2个，涉及县交通局的甲公路、县住建局的乙公园；"
        "班组力量不足的1个，涉及丙镇的丁安置房；款项拨付迟缓的1个，涉及县教育局的戊小学扩建。"
    )
    items = split(text, 0, len(text), 4)
    assert [text[slice(*(i.cause or (0, 0)))] for i in items] == [
        "供电接入跟不上", "供电接入跟不上", "班组力量不足", "款项拨付迟缓",
    ]  # fmt: skip
    assert text[slice(*(items[3].unit or (0, 0)))] == "县教育局"


def test_who_completed_what_follows_owns_it_and_classes_own_nothing() -> None:
    text = (
        "道路2个，由市交通局建成甲大道、乙支路；学校和医院2个，由市教育局交付丙小学教学楼，"
        "由市卫健局交付丁医院门诊楼。"
    )
    items = split(text, 0, len(text), 4)
    assert _names(text, 4) == ["甲大道", "乙支路", "丙小学教学楼", "丁医院门诊楼"]
    assert [text[slice(*(i.unit or (0, 0)))] for i in items] == [
        "市交通局", "市交通局", "市教育局", "市卫健局",
    ]  # fmt: skip
    assert text[slice(*(items[2].group or (0, 0)))] == "学校和医院"


def test_what_an_owner_has_may_stand_in_brackets_behind_its_number() -> None:
    text = (
        "县水利局2个（甲河堤防，用地未批；乙水厂，等待环评批复），县教育局1个（丙小学），"
        "县住建局2个（丁路、戊公园）。主要是雨季长。"
    )
    items = split(text, 0, len(text), 5)
    assert [text[slice(*i.name[0])] for i in items] == [
        "甲河堤防",
        "乙水厂",
        "丙小学",
        "丁路",
        "戊公园",
    ]
    units = [text[slice(*(i.unit or (0, 0)))] for i in items]
    assert units == ["县水利局", "县水利局", "县教育局", "县住建局", "县住建局"]
    assert text[slice(*items[0].notes[0])] == "用地未批"


def test_a_note_in_brackets_may_stand_before_the_noun() -> None:
    text = "县城建集团的甲路（还有9户没有搬走）、乙冷库（银行授信没有下来）项目。"
    items = split(text, 0, len(text), 2)
    assert [text[slice(*i.name[0])] for i in items] == ["甲路", "乙冷库"]
    assert [text[slice(*n)] for i in items for n in i.notes] == [
        "还有9户没有搬走",
        "银行授信没有下来",
    ]
