"""A table's rows are counted beside the number that the words above it announce."""

from __future__ import annotations

from pathlib import Path

from tests.assistant.grids.conftest import _row
from tests.assistant.ledger.conftest import opened

MINUTES = (
    '<!doctype html><html><meta charset="utf-8"><body><h1>丰台河治理专题会议纪要</h1>'
    "<h2>三、交办事项</h2><p>会议确定以下3项交办事项，由督查室跟踪：</p><table>"
    + _row("编号", "事项", "责任单位", "时限")
    + _row("1", "清淤船进场", "县水务局", "6月10日前")
    + _row("2", "围堰拆除", "县水务局", "6月25日前")
    + _row("3", "施工便道补偿", "柳河镇", "5月30日前")
    + "</table></body></html>"
)


def test_announcement_is_cited(tmp_path: Path) -> None:
    with opened(tmp_path, {"纪要.html": MINUTES}) as desk:
        answer = desk.ask("专题会议定了几项交办事项？")
    assert answer.count == 3
    assert any("以下3项交办事项" in citation.quote for citation in answer.citations)
