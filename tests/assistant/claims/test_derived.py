"""Figures that a sentence works out, right and wrong, through the whole check."""

import pytest

from assistant.claims.checking import check_claim
from assistant.claims.records import Claim, Evidence, Verdict

TEXT = (
    "2023年以来,全区收到加装申请214台,已投用97台,在建38台。护岸设计总长16公里,已建成11.6公里。"
    "概算由3200万元调整为3850万元。摊位168个,其中固定摊位132个。三家工厂3个滞后、1个停滞。"
    "上半年各组支出分别为:甲组12万元、乙组30万元、丙组25万元。"
)


def checked(text: str) -> Verdict:
    claim = Claim(text, ("E1",), 0, len(text))
    return check_claim(claim, {"E1": Evidence("E1", TEXT, "情况通报")})


def faults(text: str) -> list[str]:
    return [fault.words for fault in checked(text).faults]


@pytest.mark.parametrize(
    "text",
    [
        "申请共214台，投用97台、在建38台，其余为79台。",
        "已投用97台，还不到214台的一半。",
        "护岸建成11.6公里，距设计总长还差4.4公里。",
        "概算比原来多出650万元。",
        "168个摊位中，近八成是固定摊位。",
        "其中4个滞后或停滞。",
        "支出最多的是乙组，为30万元。",
    ],
)
def test_one_step_of_arithmetic(text: str) -> None:
    assert not faults(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("申请共214台，投用97台、在建38台，其余为89台。", "89台"),
        ("已投用97台，超过214台的一半。", "超过214台的一半"),
        ("护岸建成11.6公里，距设计总长还差5.4公里。", "5.4公里"),
        ("168个摊位中，近九成是固定摊位。", "近九成"),
        ("支出最多的是丙组，为25万元。", "最多"),
    ],
)
def test_wrong_arithmetic(text: str, wrong: str) -> None:
    assert wrong in faults(text)


def test_the_work_is_shown() -> None:
    assert checked("护岸建成11.6公里，距设计总长还差4.4公里。").worked == (
        "4.4公里 = 16公里 − 11.6公里",
    )
    assert checked("168个摊位中，近八成是固定摊位。").worked == ("近八成 = 132个 ÷ 168个",)
    assert not checked("已投用97台，在建38台。").worked
