import itertools
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Block, Cell, Chunk, LoadedFile, Structure
from index.split import split_document
from index.structure import read_structure
from tests.index.layout import line_blocks


def lengths(texts: Sequence[str]) -> list[int]:
    return [len(text) for text in texts]


def split(
    text: str, max_tokens: int = 300, blocks: tuple[Block, ...] | None = None
) -> tuple[Structure, list[Chunk]]:
    loaded = LoadedFile(text, "text/plain", line_blocks(text) if blocks is None else blocks)
    structure = read_structure(loaded, "x.txt")
    chunks = [
        chunk
        for document in structure.documents
        for chunk in split_document(
            text, structure, document.ordinal, loaded.blocks, lengths, max_tokens
        )
    ]
    return structure, chunks


def test_a_chunk_carries_the_headings_above_it_and_stays_in_its_section() -> None:
    text = "标题一二\n一、甲\n甲的内容。\n二、乙\n乙的内容。\n"
    _, chunks = split(text)
    assert [(text[c.start : c.end], c.headings) for c in chunks[1:]] == [
        ("一、甲\n甲的内容。", ("一、甲",)),
        ("二、乙\n乙的内容。", ("二、乙",)),
    ]


def test_a_long_list_is_cut_between_items_and_its_parts_carry_the_lead_in() -> None:
    items = "、".join(f"第{n}号桥梁维修加固工程项目" for n in range(60))
    text = f"计划\n这些项目分别是：{items}。\n"
    _, chunks = split(text)
    assert len(chunks) > 2
    later = [c for c in chunks if c.start > text.index("第1号")]
    assert all(text[slice(*c.lead)] == "这些项目分别是：" for c in later if c.lead)
    assert all(c.lead for c in later)
    for before, after in itertools.pairwise(chunks):
        assert text[before.end - 1] == "、"
        assert text[after.start] == "第"


def test_a_table_is_cut_between_rows_and_its_parts_carry_the_header() -> None:
    rows = ["名称\t投资"] + [f"第{n}号工程\t{n}" for n in range(80)]
    text = "\n".join(rows)
    cells = tuple(
        Cell(start, start + len(word), row, column)
        for row, line in enumerate(rows)
        for column, word in enumerate(line.split("\t"))
        for start in [
            sum(len(r) + 1 for r in rows[:row])
            + (line.index(word) if column == 0 else line.rindex("\t") + 1)
        ]
    )
    _, chunks = split(text, 300, (Block("table", 0, len(text), cells=cells),))
    assert len(chunks) > 1
    assert all(text[slice(*c.lead)] == "名称\t投资" for c in chunks[1:] if c.lead)
    assert all(c.lead for c in chunks[1:])
    assert all(text[c.start : c.end].startswith("第") for c in chunks[1:])


texts = st.lists(
    st.sampled_from(
        [
            "一、项目进展\n",
            "（一）投资\n",
            "完成投资三亿元，",
            "占总数的三成。",
            "\n",
            "甲、乙、丙；",
            "包括：",
            "－3－\n",
            "字" * 90,
        ]
    ),
    max_size=40,
).map("".join)


@given(texts, st.integers(80, 400))
@settings(max_examples=150, deadline=None)
def test_chunks_are_ordered_slices_that_cover_all_that_is_read(text: str, limit: int) -> None:
    structure, chunks = split(text, limit)
    assert all(0 <= c.start < c.end <= len(text) for c in chunks)
    assert all(a.end <= b.start for a, b in itertools.pairwise(chunks))
    covered = {i for c in chunks for i in range(c.start, c.end)}
    read = structure.reading.view().offsets
    assert all(text[i].isspace() for i in read if i not in covered)


@given(texts)
@settings(max_examples=100, deadline=None)
def test_no_chunk_is_longer_than_the_model_reads(text: str) -> None:
    structure, chunks = split(text, 150)
    for chunk in chunks:
        assert len(structure.reading.view(chunk.start, chunk.end).text) <= 150


@given(texts)
@settings(max_examples=50, deadline=None)
def test_splitting_twice_gives_the_same_chunks(text: str) -> None:
    assert split(text)[1] == split(text)[1]
