"""A share printed behind both of its figures is checked against them."""

from __future__ import annotations

import pytest

from index.ledger.checks.ownshares import own_shares
from index.load.text import read_text
from index.structure import read_structure

WRONG = [
    ("完成投资830万元，仅为这5个项目年度计划3600万元的23.6%。", "23.1%"),
    ("完成投资4.2亿元，占年计划6.0亿元的75%。", "70.0%"),
    ("到位资金41.3亿元，完成全年52亿元任务的89.4%。", "79.4%"),
    ("供地2136亩，为全年任务3200亩的76.75%。", "66.75%"),
    ("已栽植38万株，占计划50万株的86%。", "76.0%"),
    ("水利类9个，年度计划6.40亿元，完成5.12亿元，占年度计划的82.4％；", "80.0%"),
    ("社会事业4个，年度计划投资4.45亿元，完成投资3.19亿元，完成率77.1％。", "71.7%"),
    ("年度计划5.00亿元，已开工9个，完成投资3.00亿元，占计划的66.0%。", "60.0%"),
    ("债券额度8000万元，已支出6000万元，占额度的70.0%。", "75.0%"),
]
RIGHT = [
    "完成投资139.5亿元，占年计划186亿元的75.0%。",
    "到位资金41.3亿元，完成全年52亿元任务的79.4%。",
    "供地2136亩，为全年任务3200亩的66.75%。",
    "完成投资约4.2亿元，占年计划6亿元的75%。",
    "完成投资4.2亿元，比年计划6亿元低30%。",
    "水利类9个，年度计划6.40亿元，完成5.12亿元，占年度计划的80.0％；",
    "年度计划6.40亿元，完成5.12亿元，占总投资的12.4％；",
    "年度计划5.00亿元，已开工9个，完成投资3.00亿元，占计划的60.0%。",
    "港口类9个，年度计划14.20亿元，完成投资11.86亿元，完成率83.5％；",
    "年度计划6.40亿元，完成5.12亿元，同比增长12.4％；",
    "年度计划6.40亿元，完成5.12亿元，占全县年度计划投资的12.4％；",
]


def _found(text: str) -> list[str]:
    loaded = read_text(f"溪口县重点项目情况\n\n{text}\n".encode())
    structure = read_structure(loaded, "文件.txt")
    return [one.text for one in own_shares(structure, loaded.blocks, ())]


@pytest.mark.parametrize(("text", "worked"), WRONG)
def test_a_share_that_its_figures_do_not_give_is_found(text: str, worked: str) -> None:
    (found,) = _found(text)
    assert worked in found


@pytest.mark.parametrize("text", RIGHT)
def test_a_share_within_rounding_or_of_something_else_is_not(text: str) -> None:
    assert _found(text) == []
