"""What holds for every document, tried on lists and on text made up by Hypothesis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.load.text import read_text
from index.load.web import read_web
from tests.index.ledger.conftest import Read, read_loaded

PLACES = ["东湖", "西苑", "南塘", "北岭", "青山", "白鹭", "朝阳", "文昌", "春晓", "金沙", "石桥",
          "柳溪", "龙泉", "凤凰", "梅园", "竹林"]  # fmt: skip
WORKS = ["小学扩建", "大道拓宽", "污水处理厂", "棚户区改造", "河道清淤", "公园", "标准厂房",
         "安置房", "敬老院", "供热管网", "大桥", "变电站"]  # fmt: skip
UNITS = ["区住建局", "区交通局", "区水利局", "区教育局", "城关街道", "白河镇"]
REASONS = ["资金未到位", "征地未完成", "规划未批复", "设计变更", "拆迁难度大", ""]


@dataclass(frozen=True)
class Item:
    name: str
    unit: str
    reason: str


@st.composite
def listed(draw: st.DrawFn) -> list[Item]:
    """Return items with distinct names, those of one unit together."""
    names = draw(
        st.lists(
            st.tuples(*map(st.sampled_from, (PLACES, WORKS, ["", "项目"]))),
            min_size=2,
            max_size=9,
            unique_by=lambda parts: parts[:2],
        )
    )
    units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True))
    cuts = sorted(draw(st.lists(st.integers(1, len(names)), max_size=len(units) - 1, unique=True)))
    owner = 0
    found = []
    for place, parts in enumerate(names):
        owner += place in cuts
        reason = draw(st.sampled_from(REASONS))
        found.append(Item("".join(parts), units[owner], reason))
    return found


def noted(item: Item) -> str:
    return f"{item.name}（{item.reason}）" if item.reason else item.name


def by_unit(items: Sequence[Item], sign: str, between: str) -> str:
    groups: dict[str, list[str]] = {}
    for item in items:
        groups.setdefault(item.unit, []).append(noted(item))
    return between.join(f"{unit}{sign}{'、'.join(names)}" for unit, names in groups.items())


def prose(items: Sequence[Item]) -> str:
    return (
        f"青川区2024年重点项目进展情况\n截至9月底，{len(items)}个项目未开工，分别是："
        f"{by_unit(items, '的', '；')}。\n"
    )


def section(items: Sequence[Item]) -> str:
    return (
        f"青川区2024年重点项目进展情况\n一、未开工项目（{len(items)}个）\n"
        f"{by_unit(items, '的', '；')}。\n二、下一步工作\n加强调度。\n"
    )


def colons(items: Sequence[Item]) -> str:
    return (
        f"青川区2024年重点项目进展情况\n一、未开工项目（{len(items)}个）\n"
        f"{by_unit(items, '：', '；')}。\n"
    )


def numbered(items: Sequence[Item]) -> str:
    def said(item: Item) -> str:
        reason = f"存在问题：{item.reason}。" if item.reason else ""
        return f"{item.name}。责任单位：{item.unit}。{reason}"

    lines = "".join(f"{n}.{said(item)}\n" for n, item in enumerate(items, 1))
    return f"青川区2024年重点项目进展情况\n一、未开工项目（{len(items)}个）\n{lines}"


def table(items: Sequence[Item]) -> str:
    rows = "".join(
        f"<tr><td>{n}</td><td>{i.name}</td><td>{i.unit}</td><td>未开工</td><td>{i.reason}</td></tr>"
        for n, i in enumerate(items, 1)
    )
    names = ["序号", "项目名称", "责任单位", "进展情况", "存在问题"]
    head = f"<tr>{''.join(f'<td>{name}</td>' for name in names)}</tr>"
    return f"<meta charset='utf-8'><h1>青川区2024年重点项目表</h1><table>{head}{rows}</table>"


def read(text: str) -> Read:
    return read_loaded(read_web(text.encode()) if "<table>" in text else read_text(text.encode()))


def assert_sound(found: Read) -> None:
    """Check that every field says what stands at its spans, and that spans are inside."""
    size = len(found.text)
    for record in found.ledger.records:
        assert 0 <= record.start < record.end <= size
        for words in record.fields.values():
            assert all(0 <= a < b <= size for a, b in words.spans)
            assert squeezed(found.read_at(words)) == squeezed(words.text)
    for figure in found.ledger.figures:
        assert 0 <= figure.start < figure.end <= size
        assert squeezed(found.read_at(figure.number)) == squeezed(figure.number.text)
    for finding in found.ledger.findings:
        assert all(0 <= a < b <= size for a, b in finding.spans)
    for start, end, why in found.ledger.unread:
        assert 0 <= start < end <= size
        assert why


def squeezed(text: str) -> str:
    return "".join(text.split())


LAYOUTS = [prose, section, colons, numbered, table]


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(deadline=None, max_examples=25)
@given(items=listed())
def test_every_item_is_read_in_order_with_unit_and_reason(
    layout: Callable[[Sequence[Item]], str], items: list[Item]
) -> None:
    found = read(layout(items))
    assert [Item(r.name, u or "", w or "") for r, u, w in zip(
        found.ledger.records, found.column("unit"), found.column("reason"), strict=True
    )] == items  # fmt: skip
    assert {r.stage for r in found.ledger.records} == {"not_started"}


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(deadline=None, max_examples=15)
@given(items=listed())
def test_a_list_as_announced_raises_no_finding(
    layout: Callable[[Sequence[Item]], str], items: list[Item]
) -> None:
    assert read(layout(items)).findings() == []


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(deadline=None, max_examples=15)
@given(items=listed())
def test_every_field_says_what_stands_at_its_spans(
    layout: Callable[[Sequence[Item]], str], items: list[Item]
) -> None:
    assert_sound(read(layout(items)))


@settings(deadline=None, max_examples=40)
@given(items=listed(), data=st.data())
def test_a_page_number_inside_any_name_leaves_the_names_whole(
    items: list[Item], data: st.DataObject
) -> None:
    text = prose(items)
    name = data.draw(st.sampled_from([item.name for item in items]))
    at = text.index(name) + data.draw(st.integers(1, len(name) - 1))
    found = read(text[:at] + "\n－2－\n" + text[at:])
    assert found.names == [item.name for item in items]
    assert_sound(found)


# A section of what such documents are made of, put together at random.
PIECES = [
    "截至9月底", "项目", "未开工", "已竣工", "分别是：", "区住建局", "的", "、", "，", "；", "。",
    "（", "）", "“", "”", "《", "》", "：", "等12个", "3个", "１２", "5.96亿元", "19.9％", "约",
    "一、", "（一）", "1.", "①", "总投资", "责任单位：", "资金未到位", "因", "均", "和", "及",
    "－2－", "**", "\t", " ", "\u3000", "|", "东湖花园", "小计", "合计", "单位：万元", "项目名称",
    "%", "-", "占", "完成投资", "2024年", "\u200b", "\n", "其中", "一期", "序号",
]  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join))
def test_reading_words_in_any_order_never_fails(text: str) -> None:
    if text.strip():
        assert_sound(read_loaded(read_text(text.encode())))


@settings(deadline=None, max_examples=100)
@given(
    st.text(
        alphabet=st.one_of(
            st.characters(min_codepoint=0x4E00, max_codepoint=0x4E80),
            st.sampled_from("，。；：、（）“”\n\t 0123456789.％%项目工程未开工的是局"),
            st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
        ),
        max_size=200,
    )
)
def test_reading_any_text_never_fails(text: str) -> None:
    if text.strip():
        assert_sound(read_loaded(read_text(text.encode())))


CELLS = st.sampled_from(
    ["", "项目名称", "责任单位", "总投资（万元）", "合计", "小计", "同上", "—", "1", "1,200", "80%",
     "东湖花园", "区住建局", "一、区住建局", "未开工", "单位：亿元", "备注", "1.2亿元", "约5"]
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(st.tuples(CELLS, st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=6),
        min_size=1,
        max_size=7,
    )
)
def test_reading_any_table_never_fails(rows: list[list[tuple[str, int, int]]]) -> None:
    lines = "".join(
        "<tr>"
        + "".join(f"<td colspan='{w}' rowspan='{h}'>{words}</td>" for words, w, h in row)
        + "</tr>"
        for row in rows
    )
    page = f"<meta charset='utf-8'><h1>项目表</h1><table>{lines}</table>"
    assert_sound(read_loaded(read_web(page.encode())))
