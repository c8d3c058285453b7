"""Numbers of several states together, against the number of each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
OVERVIEW = "全县重点项目共40个。按进展看：竣工9个，正常推进17个，滞后8个，未开工6个。"


@pytest.mark.parametrize(
    "said",
    [
        "滞后和未开工的项目加在一起有{}个，是下半年盯防的重点。",
        "未开工与进度滞后的项目，两类合计{}个。",
        "没有开工的项目加上滞后项目一共{}个。",
    ],
)
def test_a_sum_of_states_that_is_off_is_found(read: Reader, said: str) -> None:
    (found,) = read(f"进展通报\n{OVERVIEW}{said.format(15)}\n").findings("sum")
    assert "15个" in found.text
    assert found.formula.endswith("= 14")
    assert not read(f"进展通报\n{OVERVIEW}{said.format(14)}\n").findings("sum")


def test_the_states_of_a_part_are_not_held_against_those_of_all(read: Reader) -> None:
    text = f"进展通报\n{OVERVIEW}\n其中交通系统滞后和未开工的项目合计4个。\n"
    assert not read(text).findings("sum")
