import pytest

from assistant.evidence import Unit
from assistant.question import understand
from assistant.ranking import Features
from assistant.refusal import SOME, company_missing, hour_missing, read_weight, sum_missing


@pytest.mark.parametrize(
    ("text", "kind", "missing"),
    [
        ("摊位租金前两年减半，优先租给搬迁户。", "sentence", True),
        ("补偿标准有分歧，仍有37户未签约。", "sentence", True),
        ("涉及2万人。", "sentence", True),
        ("摊位租金每月300元。", "sentence", False),
        ("摊位租金一年1.2万。", "sentence", False),
        ("摊位头两年免费。", "sentence", False),
        ("租金 300", "row", False),
    ],
)
def test_a_sum_of_money_is_answered_with_one(text: str, kind: str, missing: bool) -> None:
    unit = Unit(kind, 1, 0, 0, len(text), text, "通报")  # type: ignore[arg-type]
    assert sum_missing(understand("摊位租金多少钱？"), unit) == missing
    assert not sum_missing(understand("摊位有多少个？"), unit)


def test_what_stands_out_among_some_passages_is_answered() -> None:
    told = Features(0.1, 0.2, 0.0, 0.0, 1.0, 9.0, relevance=-0.5, held=1.0, margin=-1.0)
    lost = Features(0.1, 0.2, 0.0, 0.0, 1.0, 3.0, relevance=-0.5, held=1.0, margin=-1.0)
    assert read_weight(told, SOME) > 0 > read_weight(lost, SOME)


@pytest.mark.parametrize(
    ("asked", "text", "missing"),
    [
        ("新馆几点开门？", "新馆2025年3月开工，藏书80万册。", True),
        ("新馆几点开门？", "新馆每天9:00开放。", False),
        ("新馆几点开门？", "新馆早上八点半开放。", False),
        ("会上讲了几点要求？", "会上讲了要求。", False),
    ],
)
def test_an_hour_is_answered_with_one(asked: str, text: str, missing: bool) -> None:
    unit = Unit("sentence", 1, 0, 0, len(text), text, "通知")
    assert hour_missing(understand(asked), unit) == missing


@pytest.mark.parametrize(
    ("asked", "text", "missing"),
    [
        ("打官司的股东是哪几家公司？", "因股东之间打官司、厂房被法院查封，8月停工。", True),
        ("大桥由哪家公司承建？", "大桥3月开工，年底合龙。", True),
        ("大桥由哪家公司承建？", "大桥由省路桥集团承建。", False),
        ("大桥由哪家企业承建？", "大桥由中铁十一局承建。", False),
        ("哪个单位负责大桥？", "大桥由县交通局负责。", False),
    ],
)
def test_a_company_is_answered_with_one(asked: str, text: str, missing: bool) -> None:
    unit = Unit("sentence", 1, 0, 0, len(text), text, "通报")
    assert company_missing(understand(asked), unit) == missing
