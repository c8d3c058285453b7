"""The kinds of reason that officials count by."""

import pytest

from index.ledger.causes import cause_in
from index.ledger.reasons import clause_kinds, kinds_in, reason_kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("资金未到位", "funds"),
        ("建设资金缺口较大", "funds"),
        ("股东增资款没有到账", "funds"),
        ("配套设施未到位", "other"),
        ("土地指标未落实", "land"),
        ("征地未完成", "land"),
        ("规划许可证未办理", "approval"),
        ("等待文物部门批复", "approval"),
        ("拆迁难度大", "demolition"),
        ("沿街门面未拆除", "demolition"),
        ("旧站已拆除，光缆迁改滞后", "other"),
        ("设计变更", "design"),
        ("投资方撤资", "investor"),
        ("市场行情下滑", "market"),
        ("施工单位更换", "other"),
    ],
)
def test_a_reason_is_put_under_its_kind(words: str, kind: str) -> None:
    assert reason_kind(words) == kind


@pytest.mark.parametrize("words", ["征地拆迁问题", "征地补偿没有谈妥"])
def test_demolition_is_no_want_of_land(words: str) -> None:
    assert set(kinds_in(words)) == {"demolition"}


def test_a_reason_of_two_kinds_has_both() -> None:
    assert set(kinds_in("资金未到位，拆迁难度大")) == {"funds", "demolition"}


@pytest.mark.parametrize(
    ("sentence", "cause"),
    [
        ("因资金未到位停工", "资金未到位"),
        ("因征地未完成，项目停工", "征地未完成"),
        ("由于用地预审未通过，至今未开工", "用地预审未通过"),
        ("因设计变更暂停施工", "设计变更"),
        ("因资金困难停工，目前仍未复工", "资金困难"),
        ("受疫情影响，进度滞后", "疫情"),
    ],
)
def test_a_cause_ends_where_its_result_begins(sentence: str, cause: str) -> None:
    span = cause_in(sentence, 0, len(sentence))
    assert span is not None
    assert sentence[slice(*span)] == cause


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("施工图变更，环评手续要重新报批", {"design", "approval"}),
        ("合作方资金链断裂，已提出退出", {"investor", "funds"}),
        ("资金已全部到位，用地指标未落实", {"land"}),
        ("征收补偿资金缺口大", {"funds"}),
        ("施工班组人手紧", set()),
    ],
)
def test_each_clause_gives_its_kind_but_what_is_settled(words: str, kinds: set[str]) -> None:
    assert set(clause_kinds(words)) == kinds


@pytest.mark.parametrize(
    ("sentence", "cause"),
    [
        ("因建设标准提高，概算调整等待市里批复。", "建设标准提高，概算调整等待市里批复"),
        ("由于线位优化，初步设计调整有待省厅审查。", "线位优化，初步设计调整有待省厅审查"),
        ("因建设标准提高，概算调整。", "建设标准提高"),
    ],
)
def test_what_is_still_waited_for_is_part_of_the_cause(sentence: str, cause: str) -> None:
    span = cause_in(sentence, 0, len(sentence))
    assert span is not None
    assert sentence[slice(*span)] == cause


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("地块内厂房征收没有谈妥", "demolition"),
        ("地块里坟墓没有迁走", "demolition"),
        ("地块尚未出让", "land"),
    ],
)
def test_a_plot_that_something_stands_on_is_not_what_is_lacking(words: str, kind: str) -> None:
    assert reason_kind(words) == kind
