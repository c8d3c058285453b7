"""Rows of a table as evidence: each cell under its heading."""

from assistant.claims.rows import TableReader, heading_words, name_of


def test_cells_stand_under_their_headings() -> None:
    table = TableReader()
    assert table.is_header(["序号", "项目名称", "已支出", "支出进度"])
    assert not table.is_header(["1", "甲桥改造", "1400", "20.0%"])
    labelled = table.labelled(["1", "甲桥改造", "1400", "20.0%"])
    assert labelled == ["序号:1", "项目名称:甲桥改造", "已支出:1400", "支出进度:20.0%"]
    table.forget()
    assert table.labelled(["1", "", "甲"]) == ["1", "甲"]


def test_a_second_header_line_names_what_it_spans_and_states_nothing() -> None:
    table = TableReader()
    assert table.is_header(["序号", "工程名称", "工程状态", ""])
    assert table.is_header(["", "", "停工", "在建"])
    assert table.labelled(["1", "甲桥改造", "", "√"]) == ["序号:1", "工程名称:甲桥改造", "√"]
    assert heading_words(["", "停工", "备注"]) == "备注"


def test_sums_and_captions_have_no_name() -> None:
    assert name_of(["1", "甲桥改造工程", "区交通局"]) == "甲桥改造"
    assert not name_of(["全市合计", "", "128500"])
    assert not name_of(["制表单位:市财政局", "截至2025年10月31日", "金额单位:万元"])
