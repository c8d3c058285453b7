"""Rows of a table in words, below a caption and with cells that span columns."""

from collections.abc import Iterator

import pytest

from assistant.evidence import Unit, units_of_chunk
from assistant.table_heads import table_head
from assistant.tables import row_text
from index.build import build_index
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.conftest import WordCountEncoder

PAGE = """<!doctype html><html><meta charset="utf-8"><body><h1>资金使用进度表</h1><table>
<tr><td>制表单位：市财政局</td><td></td><td></td><td>金额单位：万元</td></tr>
<tr><td>序号</td><td>项目名称</td><td>已支出</td><td>支出进度</td></tr>
<tr><td colspan="2">全市合计</td><td>1400</td><td>20.0%</td></tr>
<tr><td>1</td><td>殡仪馆迁建</td><td>1400</td><td>20.0%</td></tr>
</table></body></html>
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root = tmp_path_factory.mktemp("table")
    (root / "table.html").write_text(PAGE, encoding="utf-8")
    with open_library(IndexSettings(root / "data"), "测试", create=True) as library:
        library.__dict__["encoder"] = WordCountEncoder()
        build_index([root / "table.html"], library)
        yield library


def rows(library: Library) -> list[Unit]:
    (file,) = library.files()
    content = library.content(file.id)
    chunks = library.database.file_chunks(file.id)
    units = {u.key: u for chunk in chunks for u in units_of_chunk(content, chunk)}
    return [u for u in units.values() if u.kind == "row"]


def test_a_row_is_read_under_the_header_and_not_under_the_caption(library: Library) -> None:
    content = library.content(library.files()[0].id)
    assert [row_text(unit, content) for unit in rows(library)] == [
        "制表单位：市财政局；金额单位：万元",
        "全市合计；已支出：1400；支出进度：20.0%",
        "序号：1；项目名称：殡仪馆迁建；已支出：1400；支出进度：20.0%",
    ]


def test_the_header_is_shown_with_the_line_that_gives_the_unit(library: Library) -> None:
    content = library.content(library.files()[0].id)
    *_, last = rows(library)
    head = table_head(content.text, content.blocks, last.start)
    assert head is not None
    assert content.text[slice(*head)].startswith("制表单位：市财政局")
    assert content.text[slice(*head)].endswith("支出进度")
    assert last.lead == head
    assert table_head(content.text, content.blocks, head[0]) is None
