"""All, most, the only one, so many in total: through the whole check."""

import pytest

from assistant.claims.checking import check_claim
from assistant.claims.records import Claim, Evidence

PARKS = "12个口袋公园已全部建成开放，其中纺织路、火车头2个公园增设了儿童游乐设施。"
COUNTY = "绝大多数项目推进有序，但个别项目仍然推进缓慢。新调节池主体已建成，防渗层未铺设。"
LIST = "未开工3个：甲桥改造（缺地）、乙路拓宽（缺钱）、丙馆新建（缺审批）。已竣工1个：丁站扩建。"


def faults(text: str, quote: str) -> list[str]:
    names = frozenset({"甲桥改造", "乙路拓宽", "丙馆新建", "丁站扩建"})
    claim = Claim(text, ("E1",), 0, len(text))
    evidence = {"E1": Evidence("E1", quote, "情况通报")}
    return [fault.words for fault in check_claim(claim, evidence, names).faults]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("12个口袋公园已全部建成开放，2个增设了儿童游乐设施。", PARKS),
        ("个别项目推进缓慢。", COUNTY),
        ("未开工的有甲桥改造、乙路拓宽和丙馆新建，共3个。", LIST),
        ("丁站扩建是唯一竣工的项目。", LIST),
    ],
)
def test_as_much_as_the_source_says(text: str, quote: str) -> None:
    assert not faults(text, quote)


@pytest.mark.parametrize(
    ("text", "quote", "wrong"),
    [
        ("12个口袋公园已全部建成，并都增设了儿童游乐设施。", PARKS, "都"),
        ("多数项目推进缓慢。", COUNTY, "多数"),
        ("调节池已全部建成。", COUNTY, "全部"),
        ("未开工的有甲桥改造和乙路拓宽，共2个。", LIST, "2个"),
        ("未开工的只有甲桥改造。", LIST, "只有"),
        ("丁站扩建的规模居全市第一。", LIST, "第一"),
    ],
)
def test_more_than_the_source_says(text: str, quote: str, wrong: str) -> None:
    assert wrong in faults(text, quote)
