"""Paragraphs that open with what is a unit's, and prose that tells of a table's projects."""

from __future__ import annotations

from index.ledger.reader import read_ledger
from index.ledger.records import FileLedger
from index.ledger.status import status_mentions
from index.ledger.toldreasons import reason_told
from index.load.text import read_text
from index.structure import read_structure

PARAGRAPHS = (
    "关于今年全县重点项目进展的报告\n\n"
    "松岭镇今年有2个重点项目，年度计划投资900万元，1至9月完成700万元。"
    "松岭水厂计划500万元，完成400万元，进展正常。松岭中学食堂400万元的计划完成300万元。\n"
    "柏溪镇承担2个，年度计划投资800万元，到9月底完成500万元。"
    "柏溪桥500万元全部完成。柏溪卫生院300万元的计划还没有动工。\n"
    "县水利局的重点项目共2个，年度计划投资700万元，前9个月完成600万元。"
    "长岭水库计划400万元，完成300万元。东干渠整治做了300万元，年底完工。\n"
    "县教育局今年有2个重点项目，年度计划投资700万元，1至9月完成{done}万元。"
    "城西小学计划400万元，完成250万元。城东小学计划300万元，完成200万元。\n"
)


def read(text: str) -> FileLedger:
    loaded = read_text(text.encode())
    return read_ledger(loaded.blocks, read_structure(loaded, "a.txt"))


def test_an_opening_gives_the_amounts_of_its_unit() -> None:
    units = {
        r.name: r.fields for r in read(PARAGRAPHS.format(done=450)).records if r.kind == "unit"
    }
    assert list(units) == ["松岭镇", "柏溪镇", "县水利局", "县教育局"]
    assert units["县水利局"]["planned_investment"].text == "700万元"
    assert units["县水利局"]["done_investment"].text == "600万元"


def test_work_that_stopped_again_has_not_just_begun() -> None:
    assert [status for status, _ in status_mentions("开了工又停下来的4个")] == ["suspended"]


def test_a_reason_is_what_is_neither_an_amount_nor_a_state() -> None:
    said = "计划500万元，完成80万元，进度偏慢，主要原因是管线要穿过铁路，许可还没拿到。"
    span = reason_told(said, 0, len(said))
    assert span is not None
    assert said[slice(*span)] == "管线要穿过铁路，许可还没拿到"
