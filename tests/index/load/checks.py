"""What must hold for every loaded file."""

from __future__ import annotations

from index.records import Block, LoadedFile


def assert_sound(loaded: LoadedFile) -> None:
    """Check that blocks are in order, disjoint and inside, and that cells say their words."""
    text, at = loaded.text, 0
    assert "\r" not in text
    for block in loaded.blocks:
        assert at <= block.start < block.end <= len(text), block
        at = block.end
        inside = block.start
        for cell in block.cells:
            assert inside <= cell.start <= cell.end <= block.end, cell
            inside = cell.end
            assert "\n" not in text[cell.start : cell.end]
            assert cell.row_span >= 1
            assert cell.column_span >= 1
        if block.cells and loaded.media_type != "text/markdown":
            _assert_aligned(text, block)


def _assert_aligned(text: str, block: Block) -> None:
    """Check that a cell stands behind as many tabs as its column says, in its row's line."""
    lines = text[block.start : block.end].split("\n")
    assert len({line.count("\t") for line in lines}) == 1, lines
    for cell in block.cells:
        before = text[block.start : cell.start]
        assert before.count("\n") == cell.row
        assert before.rpartition("\n")[2].count("\t") == cell.column


def said(loaded: LoadedFile, kind: str) -> list[str]:
    """Return the words of all blocks of a kind."""
    return [loaded.text[b.start : b.end] for b in loaded.blocks if b.kind == kind]


def rows(loaded: LoadedFile, number: int = 0) -> list[list[str]]:
    """Return a table as it stands in the canonical text."""
    return [line.split("\t") for line in said(loaded, "table")[number].split("\n")]


def cells(loaded: LoadedFile, number: int = 0) -> dict[tuple[int, int], str]:
    """Return a table's cells by row and column."""
    table = [b for b in loaded.blocks if b.kind == "table"][number]
    return {(c.row, c.column): loaded.text[c.start : c.end] for c in table.cells}


def spans(loaded: LoadedFile, number: int = 0) -> dict[tuple[int, int], tuple[int, int]]:
    """Return how far the merged cells of a table reach."""
    table = [b for b in loaded.blocks if b.kind == "table"][number]
    return {
        (c.row, c.column): (c.row_span, c.column_span)
        for c in table.cells
        if (c.row_span, c.column_span) != (1, 1)
    }


def assert_boxed(loaded: LoadedFile) -> None:
    """Check that every line and every filled cell of a paged format has its place on its page."""
    text = loaded.text
    starts = [box.start for box in loaded.boxes]
    assert starts == sorted(set(starts))
    pages = {i: b.page for b in loaded.blocks for i in range(b.start, b.end)}
    first = {b.start for b in loaded.blocks} | {c.start for b in loaded.blocks for c in b.cells}
    for box in loaded.boxes:
        assert text[box.start : box.end].strip(), box
        assert "\n" not in text[box.start : box.end]
        cut = box.page > pages[box.start] and box.start not in first  # a row over two pages
        assert box.page == pages[box.start] or cut
        assert 0 <= box.left < box.right <= 1, box
        assert 0 <= box.top < box.bottom <= 1, box
        assert box.confidence is None or 0 < box.confidence <= 1
    covered = {i for box in loaded.boxes for i in range(box.start, box.end)}
    bare = {i for b in loaded.blocks for i in range(b.start, b.end) if not text[i].isspace()}
    assert bare <= covered
