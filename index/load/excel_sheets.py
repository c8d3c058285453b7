"""What a sheet's XML says beside its values: merged cells, hidden rows, formulas not computed."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from index.load.archive import Element
from index.load.slides_text import lines_of

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TOLD = ("c", "row", "col", "mergeCell", "conditionalFormatting", "tablePart")
MAX_NAMED = 10  # cells that a note names


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, counted from 1, last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class SheetFacts:
    """Merged areas, cells whose formula has no saved result, and how much is hidden."""

    merged: list[Area] = field(default_factory=list)
    not_computed: list[str] = field(default_factory=list)
    not_computed_count: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    painted: list[Area] = field(default_factory=list)  # by a table's style or by conditions


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the container that holds each sheet, by the sheet's name."""
    book = "xl/workbook.xml"
    relations = {identifier: path for identifier, _, path in _relations(archive, book)}
    found: dict[str, str] = {}
    for element in _elements(archive.open(book), "sheet"):
        identifier = element.get(_RELATION) or element.get(_STRICT) or ""
        if identifier in relations:
            found[element.get("name") or ""] = relations[identifier]
    return found


def box_lines(archive: zipfile.ZipFile, path: str) -> Iterator[str]:
    """Yield the lines of the text boxes that float on a sheet, given the sheet's part."""
    for _, kind, target in _relations(archive, path):
        if not kind.endswith("/drawing") or target not in archive.namelist():
            continue
        for body in _elements(archive.open(target), "txBody"):
            if next(body.iterancestors(_FALLBACK), None) is None:  # it repeats the first branch
                for line in lines_of(body):
                    yield from line.text.split("\n")


def _relations(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield what a part refers to: identifier, type, and the part that is meant."""
    folder, name = posixpath.split(path)
    listed = f"{folder}/_rels/{name}.rels"
    if listed not in archive.namelist():
        return
    for element in _elements(archive.open(listed), "Relationship"):
        target = element.get("Target") or ""
        whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        yield element.get("Id") or "", element.get("Type") or "", posixpath.normpath(whole)


def sheet_facts(archive: zipfile.ZipFile, path: str) -> SheetFacts:
    """Return what the sheet's XML says; the part is streamed, never held whole."""
    facts = SheetFacts()
    for element in _elements(archive.open(path), *_TOLD):
        name = element.tag.rpartition("}")[2]
        if name == "c":
            if _lacks_result(element):
                facts.not_computed_count += 1
                if len(facts.not_computed) < MAX_NAMED:
                    facts.not_computed.append(element.get("r") or "?")
        elif name == "mergeCell":
            if area := _area(element.get("ref") or ""):
                facts.merged.append(area)
        elif name == "conditionalFormatting":
            areas = (element.get("sqref") or "").split()
            facts.painted += [area for ref in areas if (area := _area(ref))]
        elif name == "tablePart":  # its area and its style stand in other parts
            facts.painted.append(Area(1, 1, 1_048_576, 16_384))
        elif element.get("hidden") in ("1", "true"):
            facts.hidden_rows += name == "row"
            facts.hidden_columns += name == "col"
    return facts


def _lacks_result(cell: Element) -> bool:
    formula, result = cell.find("{*}f"), cell.find("{*}v")
    if formula is None:
        return False
    return result is None or (not result.text and cell.get("t") != "str")


def _elements(stream: IO[bytes], *names: str) -> Iterator[Element]:
    from lxml import etree

    tags = [f"{{*}}{name}" for name in names]
    with stream:
        found = etree.iterparse(
            stream, events=("end",), tag=tags, resolve_entities=False, no_network=True,
            huge_tree=True,
        )  # fmt: skip
        for _, element in found:
            yield element
            if not element.tag.endswith("}c"):  # a row is still needed until its cells are read
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _area(reference: str) -> Area | None:
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", reference)
    if not match:
        return None
    left, top = _column(match[1]), int(match[2])
    return Area(top, left, int(match[4] or top), _column(match[3]) if match[3] else left)


def _column(letters: str) -> int:
    count = 0
    for letter in letters:
        count = count * 26 + ord(letter) - ord("A") + 1
    return count
