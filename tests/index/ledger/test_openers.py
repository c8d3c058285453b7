"""Lists that dashes open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.ledger.openers import with_colons
from index.records import View
from tests.index.ledger.conftest import Read

REPORT = """松岗县2025年三季度重点项目情况
截至9月底，全县安排重点项目5个。其中建成投用2个，进度偏慢2个，尚未开工1个。
建成投用的有{dash}县住建局牵头的柳河大道、东渡街雨污分流；
进度偏慢的有{dash}县交通局牵头的城东立交；县水务局牵头的南坪供水管网。
尚未开工的有{dash}县民政局牵头的社会福利院。
"""


@pytest.mark.parametrize("dash", ["——", "：", "—"])
def test_a_dash_opens_a_list_as_a_colon_does(read: Callable[[str], Read], dash: str) -> None:
    found = read(REPORT.format(dash=dash))
    assert dict(found.pairs()) == {
        "柳河大道": "县住建局", "东渡街雨污分流": "县住建局", "城东立交": "县交通局",
        "南坪供水管网": "县水务局", "社会福利院": "县民政局",
    }  # fmt: skip
    for record in found.ledger.records:
        name = record.fields["name"]
        assert found.text[name.start : name.end] == name.text


def test_offsets_stay_those_of_the_text() -> None:
    text = "分别是——甲、乙"
    view = with_colons(View(text, tuple(range(len(text)))))
    assert view.text == "分别是：甲、乙"
    assert view.span(view.text.index("甲"), len(view.text)) == (5, 8)
    aside = View("甲局——乙局的上级——说", tuple(range(11)))
    assert with_colons(aside) is aside
