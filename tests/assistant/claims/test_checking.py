"""One sentence each: what is borne out, and what is wrong with what is not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.claims.checking import check_claim
from assistant.claims.records import Claim, Evidence

LIST = Evidence(
    "E1",
    "截至9月底，3个项目未开工，占项目总数的9.4％，前期工作完成投资0.15亿元。"
    "具体是：区交通局的石桥改建项目（征地协议\n未签订）、"
    "石桥改建二期（资金困难）；经济开发区的**生物医药园（投资方资金未到位）；云台街道的朝阳商贸综合体项目（土地尚未挂牌）。",
    "青禾区2024年三季度重点项目进展情况",
    "五、未开工项目（3个）",
)
FIGURES = Evidence(
    "E2",
    "24个项目未赶上计划进度，占16.8％，完成投资约5.96亿元；"
    "27个项目赶上了计划进度，占18.9％，完成投资12.44亿元，同比增长8.2％。",
    "青禾区2024年三季度重点项目进展情况",
)
ROW = Evidence(
    "E3",
    "西环路大修",
    "关于对部分滞后项目进行督办的通知",
    fields={
        "name": "西环路大修", "unit": "区交通局", "leader": "马永年", "progress": "behind",
        "reason": "交通导改方案未获批复", "total_investment": "4.03亿元", "deadline": "2024年10月20日前",
    },
)  # fmt: skip
SPEECH = Evidence(
    "E4",
    "座谈会由常务副区长何立群主持。区长赵启明强调，项目审批时限再压缩三分之一。管线长3.5公里，涉及500余户。",
    "青禾区组织重点项目观摩活动",
)
ALL = {e.key: e for e in (LIST, FIGURES, ROW, SPEECH)}
NAMES = frozenset({"石桥改建项目", "石桥改建二期", "朝阳商贸综合体项目", "西环路大修", "区交通局", "区水利局", "柳林大桥项目"})  # fmt: skip


def kinds(text: str, *keys: str, today: date | None = None) -> set[str]:
    verdict = check_claim(Claim(text, keys, 0, len(text)), ALL, NAMES, today)
    assert verdict.verified == (not verdict.faults)
    return {fault.kind for fault in verdict.faults}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("石桥改建项目由区交通局负责，因征地协议尚未签订，未开工。", "E1"),
        ("朝阳商贸综合体项目还没有动工，原因是土地未挂牌。", "E1"),
        ("石桥改建和石桥改建二期均由区交通局负责，都未开工。", "E1"),
        ("共有三个项目未开工，占９.４%，前期工作完成投资1500万元。", "E1"),
        ("24个项目进度滞后，占16.8%，完成投资约59600万元。", "E2"),
        ("西环路大修总投资40300万元，责任领导为马永年。", "E3"),
        ("西环路大修的完成时限为2024-10-20前。", "E3"),
        ("西环路大修的完成时限为二〇二四年十月二十日前。", "E3"),
        ("座谈会由常务副区长何立群主持。", "E4"),
        ("涉及500余户。", "E4"),
        ("管线长3500米。", "E4"),
        ("3 projects have not started.", "E1"),
        ("The total investment is 403 million yuan.", "E3"),
    ],
)
def test_what_the_evidence_says_is_verified(text: str, key: str) -> None:
    assert kinds(text, key) == set()


@pytest.mark.parametrize(
    ("text", "key", "kind"),
    [
        ("共有4个项目未开工。", "E1", "number"),
        ("3个项目未开工，占9.5%。", "E1", "number"),
        ("24个项目未赶上计划进度，完成投资5.96亿元。", "E2", "amount"),  # the hedge is gone
        ("27个项目赶上了计划进度，完成投资12.44万元。", "E2", "amount"),
        ("27个项目赶上了计划进度，同比下降8.2%。", "E2", "number"),
        ("24个项目未赶上计划进度，占18.9%。", "E2", "number"),
        ("涉及500户。", "E4", "number"),
        ("管线长3.5米。", "E4", "number"),
        ("西环路大修的完成时限为2024年11月20日前。", "E3", "date"),
        ("西环路大修的完成时限为2024年10月底前。", "E3", "date"),
        ("西环路大修由区水利局负责。", "E3", "name"),
        ("柳林大桥项目未开工。", "E1", "name"),
        ("石桥改造项目未开工。", "E1", "name"),
        ("石桥改建三期未开工。", "E1", "name"),
        ("座谈会由副区长赵启明主持。", "E4", "name"),
        ("西环路大修已竣工。", "E3", "status"),
        ("石桥改建项目已开工。", "E1", "status"),
        ("朝阳商贸综合体项目的土地已挂牌。", "E1", "negation"),
        ("西环路大修的交通导改方案已获批复。", "E3", "negation"),
        ("石桥改建项目因资金困难未开工。", "E1", "merged"),
        ("朝阳商贸综合体项目由区交通局负责。", "E1", "merged"),
        ("石桥改建项目和朝阳商贸综合体项目分别由云台街道和区交通局负责。", "E1", "merged"),
        ("石桥改建项目的监理单位存在违规行为。", "E1", "unsupported"),
        ("赵启明强调“项目审批时限再压缩一半以上”。", "E4", "unsupported"),
        ("详情见 https://example.com/a 。", "E1", "unsupported"),
        ("4 projects have not started.", "E1", "number"),
        ("The total investment is 430 million yuan.", "E3", "amount"),
    ],
)
def test_one_error_is_found_and_named(text: str, key: str, kind: str) -> None:
    assert kind in kinds(text, key)


def test_keys_must_be_there() -> None:
    assert kinds("西环路大修进度滞后。", "E9") == {"unknown_key"}
    assert kinds("西环路大修进度滞后。") == {"uncited"}
    assert kinds("西环路大修进度滞后。", "E3", "E9") == {"unknown_key"}


@pytest.mark.parametrize(
    "text", ["以下是具体情况：", "您好。", "综上所述，相关情况如下：", "Here is the list:"]
)
def test_a_frame_needs_no_key(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text", ["未开工项目如下：", "共3个：", "西环路大修：", "截至9月底，情况如下："]
)
def test_a_frame_that_states_something_does(text: str) -> None:
    assert kinds(text) == {"uncited"}


def test_this_year_is_that_of_today() -> None:
    assert kinds("西环路大修要求今年10月20日前完成。", "E3", today=date(2024, 11, 1)) == set()
    assert "date" in kinds("西环路大修要求今年10月20日前完成。", "E3", today=date(2026, 11, 1))


def test_the_hook_has_the_last_word() -> None:
    claim = Claim("西环路大修进度滞后。", ("E3",), 0, 10)
    assert check_claim(claim, ALL, NAMES, support=lambda text, quotes: 0.9).verified
    weak = check_claim(claim, ALL, NAMES, support=lambda text, quotes: 0.1)
    assert [fault.kind for fault in weak.faults] == ["unsupported"]
