"""Charts and diagrams (SmartArt) inside Office files: the words and figures that they show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.load.archive import Element
from index.load.canonical import TableCell, one_line
from index.load.excel_values import shown

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWN = (_C + "chart", _D + "relIds")  # what refers to a chart or a diagram
MAX_POINTS = 10_000  # of one series; a chart that a person can read has far fewer
_NO_WORDS = ("pres", "parTrans", "sibTrans", "doc")


def shown_by(reference: Element, part: Any) -> tuple[list[list[TableCell | None]], list[str]]:  # noqa: ANN401
    """Return the table of the chart, or the lines of the diagram, that an element refers to.

    Args:
        reference: an element whose tag is one of ``DRAWN``.
        part: the part (of python-docx or python-pptx) that the element stands in.
    """
    from lxml import etree

    is_chart = reference.tag == _C + "chart"
    relation = part.rels.get(reference.get(_R + ("id" if is_chart else "dm")) or "")
    if relation is None or relation.is_external:
        return [], []
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        root = etree.fromstring(relation.target_part.blob, parser)
    except etree.LxmlError:
        return [], []
    return (chart_grid(root), []) if is_chart else ([], list(diagram_lines(root)))


def chart_grid(chart: Element) -> list[list[TableCell | None]]:
    """Return a chart as a table: its title and series in the first row, then the categories.

    The figures are those that the program saved with the chart, as it shows them.
    """
    series = list(chart.iter(_C + "ser"))
    if not series:
        return []
    categories: dict[int, str] = {}
    for one in series:
        categories = categories or _points(_first(one, "cat", "xVal"))
    columns = [_points(_first(one, "val", "yVal")) for one in series]
    names = [" ".join(_points(one.find(_C + "tx")).values()) for one in series]
    places = sorted({place for column in (categories, *columns) for place in column})
    header = [_title(chart), *names]
    lines = [[categories.get(p, ""), *(column.get(p, "") for column in columns)] for p in places]
    return [[TableCell(one_line(words)) for words in line] for line in (header, *lines)]


def _title(chart: Element) -> str:
    title = chart.find(f"{_C}chart/{_C}title")
    return "".join(t.text or "" for t in title.iter(_A + "t")) if title is not None else ""


def _first(series: Element, *names: str) -> Element | None:
    found = (series.find(_C + name) for name in names)
    return next((element for element in found if element is not None), None)


def _points(source: Element | None) -> dict[int, str]:
    """Return the saved points by their place; of categories with levels, the innermost."""
    if source is None:
        return {}
    level = source.find(f".//{_C}lvl")
    code = source.find(f".//{_C}formatCode")
    found: dict[int, str] = {}
    for point in (source if level is None else level).iter(_C + "pt"):
        place, value = point.get("idx") or "", point.find(_C + "v")
        if place.isdigit() and int(place) < MAX_POINTS and value is not None:
            found[int(place)] = _shown(value.text or "", code)
    return found


def _shown(text: str, code: Element | None) -> str:
    if code is None:
        return text
    try:
        return shown(float(text), code.text or "General")
    except ValueError:
        return text


def diagram_lines(data: Element) -> Iterator[str]:
    """Yield the words of a diagram, one line a node, in the order in which they were written."""
    for point in data.iter(_D + "pt"):
        if point.get("type", "node") in _NO_WORDS:
            continue
        words = "".join(t.text or "" for t in point.iter(_A + "t"))
        if words.strip():
            yield words
