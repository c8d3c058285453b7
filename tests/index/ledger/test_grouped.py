"""Counties whose projects running text tells one after another, and the sums of their headings."""

from __future__ import annotations

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
REPORT = (
    "关于2023年5月份全市水务农业项目进展情况的通报\n各县区：\n截至5月31日的情况如下。\n"
    "一、分县情况\n"
    "（一）石堰县（3个，累计完成9200万元）。1.7万亩高标准农田新打机井40眼，完成2200万元；"
    "青阳灌区改造衬砌干渠12公里，完成5000万元；东堰粮库扩建因环评没有批复，至今没有开工。\n"
    "（二）柳河市（3个，累计完成8100万元）。高标准农田2.1万亩两次招标均流标，未开工；"
    "肉品冷藏保鲜设施已全部建成，完成3100万元；城乡供水一体化二期净水间土建完成，完成4000万元。\n"
    "二、要求\n抓紧推进。\n"
)


def test_as_many_parts_as_the_heading_counts_are_projects(read: Reader) -> None:
    found = read(REPORT)
    assert found.pairs() == [
        ("高标准农田", "石堰县"),
        ("青阳灌区改造", "石堰县"),
        ("东堰粮库扩建", "石堰县"),
        ("高标准农田", "柳河市"),
        ("肉品冷藏保鲜设施", "柳河市"),
        ("城乡供水一体化二期", "柳河市"),
    ]
    assert [record.stage for record in found.ledger.records] == [
        "under_construction",
        "under_construction",
        "not_started",
        "not_started",
        "completed",
        "under_construction",
    ]
    assert found.amounts("done_investment") == [2200, 5000, None, None, 3100, 4000]
    assert found.column("reason")[2:4] == ["环评没有批复", "两次招标均流标"]


def test_a_headings_sum_is_checked_against_its_projects(read: Reader) -> None:
    found = read(REPORT)
    texts = [finding.text for finding in found.ledger.findings]
    assert texts == [
        "“石堰县（3个，累计完成9200万元）”的完成投资写9200万元，分项相加为7200万元",
        "“柳河市（3个，累计完成8100万元）”的完成投资写8100万元，分项相加为7100万元",
    ]
    right = REPORT.replace("9200万元", "7200万元").replace("8100万元", "7100万元")
    assert read(right).ledger.findings == []


def test_parts_that_are_not_as_many_are_left(read: Reader) -> None:
    found = read(REPORT.replace("石堰县（3个", "石堰县（5个"))
    assert ("青阳灌区改造", "石堰县") not in found.pairs()
