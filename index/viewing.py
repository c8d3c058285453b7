"""What the page shows of a document beside its text: versions, pages, what was read."""

from __future__ import annotations

from statistics import mean

from index.database import FileRecord
from index.errors import IndexingError
from index.jobs import ReadingReport, Version, VersionState
from index.library import Library
from index.originals import read_original
from index.records import Box


def versions(library: Library, path: str) -> list[Version]:
    """Return the versions of a document, newest first.

    Raises:
        UnknownDocumentError: there is none of that name.
    """
    return [
        Version(
            file.version, file.id, _state(file), file.indexed_at, file.sha256, file.characters,
            file.until, file.by, file.why,
        )
        for file in library.history(path)
    ]  # fmt: skip


def reading_report(library: Library, path: str, version: int | None = None) -> ReadingReport:
    """Return what was understood of a document.

    Raises:
        UnknownDocumentError: there is none of that name, or no such version.
    """
    file = _version(library, path, version)
    content = library.content(file.id)
    ledger, boxes = library.read_ledger(file.id), library.boxes(file.id)
    unread = [*content.structure.unread, *(ledger.unread if ledger else ())]
    pages = [block.page for block in content.blocks if block.page]
    return ReadingReport(
        path=path,
        version=file.version,
        media_type=file.media_type,
        encoding=file.encoding,
        characters=file.characters,
        chunks=file.chunk_count,
        pages=max(pages, default=0),
        articles=len(content.structure.documents),
        sections=sum(len(document.sections) for document in content.structure.documents),
        tables=sum(block.kind == "table" for block in content.blocks),
        records=len(ledger.records) if ledger else 0,
        figures=len(ledger.figures) if ledger else 0,
        findings=len(ledger.findings) if ledger else 0,
        unread=tuple(
            (content.text.count("\n", 0, start) + 1, why) for start, _, why in sorted(unread)
        ),
        recognised=_recognised(boxes),
        notes=file.notes,
    )


def page_boxes(library: Library, path: str, page: int, version: int | None = None) -> list[Box]:
    """Return where the words of one page stand on it; none for formats without pages."""
    file = _version(library, path, version)
    return [box for box in library.boxes(file.id) if box.page == page]


def page_count(library: Library, path: str, version: int | None = None) -> int:
    """Return how many pages can be shown; 0 where there are none, or the original is gone."""
    from index.pages import page_count as count

    file = _version(library, path, version)
    try:
        return count(read_original(library, file), file.media_type)
    except IndexingError:
        return 0


def page_image(
    library: Library, path: str, page: int, width: int = 1000, version: int | None = None
) -> bytes:
    """Return a page of the original as PNG, ``width`` pixels wide.

    Raises:
        IndexingError: there is no such page, or the original is gone or was changed.
    """
    from index.pages import render_page

    file = _version(library, path, version)
    return render_page(read_original(library, file), file.media_type, page, width)


def _version(library: Library, path: str, version: int | None) -> FileRecord:
    """Return a version; none named is the newest, be it current or not."""
    return library.history(path)[0] if version is None else library.file(path, version)


def _state(file: FileRecord) -> VersionState:
    states: dict[str, VersionState] = {
        "indexed": "current", "withdrawn": "withdrawn", "removed": "removed",
    }  # fmt: skip
    return states.get(file.state, "superseded")


def _recognised(boxes: tuple[Box, ...]) -> tuple[tuple[int, float], ...]:
    pages: dict[int, list[float]] = {}
    for box in boxes:
        if box.confidence is not None:
            pages.setdefault(box.page, []).append(box.confidence)
    return tuple((page, round(mean(found), 3)) for page, found in sorted(pages.items()))
