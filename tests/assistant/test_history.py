import pytest

from assistant.history import standalone, topic_of
from assistant.records import Turn


def after(question: str, *earlier: str) -> str:
    return standalone(question, [Turn(q, "……") for q in earlier]).text


@pytest.mark.parametrize(
    ("follow_up", "earlier", "expected"),
    [
        ("那原因呢？", "东环路改造项目开工了吗？", "东环路改造项目的原因？"),
        ("它由哪个单位负责？", "东环路改造项目为什么没有开工？", "东环路改造项目由哪个单位负责？"),
        ("责任单位呢？", "东环路改造项目进展如何？", "东环路改造项目的责任单位？"),
        ("什么时候完工？", "东环路改造项目的总投资是多少？", "东环路改造项目什么时候完工？"),
        ("到现在签了没有？", "北坡棚户区改造6月底为什么滞后？", "北坡棚户区改造到现在签了没有？"),
        ("那现在解决了没有？", "云栖模具厂二季度为什么停工？", "云栖模具厂现在解决了没有？"),
        ("另外一家什么时候搬的？", "港东路两家冷库都搬了吗？", "港东路两家冷库什么时候搬的？"),
        ("那还差多少没付", "甲镇到乙乡的旅游路计划资金多少？", "甲镇到乙乡的旅游路还差多少没付？"),
        (
            "要求什么时候解决？",
            "水投公司拖欠了多少工程款？",
            "水投公司拖欠工程款要求什么时候解决？",
        ),
        ("为什么拖这么久？", "水投公司拖欠了多少工程款？", "水投公司拖欠工程款，为什么拖这么久？"),
        ("那二季度呢？", "一季度完成投资多少？", "二季度完成投资多少？"),
    ],
)
def test_a_follow_up_takes_its_topic_from_the_question_before(
    follow_up: str, earlier: str, expected: str
) -> None:
    assert after(follow_up, earlier) == expected


def test_a_second_follow_up_still_knows_the_topic() -> None:
    found = after("那原因呢？", "东环路改造项目开工了吗？", "它由哪个单位负责？")
    assert "东环路改造项目" in found


def test_a_question_with_a_topic_of_its_own_stays_as_it_is() -> None:
    question = "西湖小区改造的责任单位是哪个？"
    assert after(question, "东环路改造项目开工了吗？") == question


def test_english_follow_ups() -> None:
    found = after("and why?", "Was the Donghuan road project started?")
    assert "Donghuan road project" in found
    assert "why" in found


def test_without_history_nothing_changes() -> None:
    assert standalone("那原因呢？", []).text == "那原因呢？"


def test_topic_is_what_stands_before_the_asking() -> None:
    assert topic_of("东环路改造项目为什么没有开工？") == "东环路改造项目"
