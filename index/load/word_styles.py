"""What Word's paragraph styles say: heading level, title, list numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.load.archive import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:\d|heading|标题)|table of figures", re.IGNORECASE)
_TITLES = ("title", "标题")
_NO_LEVEL = 9  # Word's outline level for body text


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits; ``level`` is 1 to 9, or 0 for body text.

    ``numbering`` is the list it belongs to and the level in it (None: where the
    list names this style).
    """

    identifier: str = ""
    level: int = 0
    is_title: bool = False
    is_contents: bool = False
    numbering: tuple[int, int | None] | None = None


class Styles:
    """The styles of one document, by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self._hidden: dict[str, bool] = {}
        self._said: dict[tuple[str, str], str | None] = {}
        self._table_styles: dict[str, Element] = {}
        self._defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._default = ""
        for element in root.iter(W + "style") if root is not None else ():
            kind = element.get(W + "type", "paragraph")
            if kind == "table":
                self._table_styles[element.get(W + "styleId") or ""] = element
            if kind not in ("paragraph", "character"):
                continue
            identifier = element.get(W + "styleId") or ""
            self._elements[identifier] = element
            if kind == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default = identifier

    def of(self, paragraph_properties: Element | None) -> Style:
        """Return the style that a paragraph's ``w:pPr`` (or None) names."""
        named = value(paragraph_properties, "pStyle") or self._default
        if named not in self._known:
            self._known[named] = self._resolve(named)
        return self._known[named]

    def hides(self, identifier: str | None) -> bool:
        """Tell whether a style, of paragraphs or of characters, makes its words hidden text."""
        if identifier is None:
            return False
        if identifier not in self._hidden:
            said = (vanishes(element.find(W + "rPr")) for element in self._chain(identifier))
            self._hidden[identifier] = next(
                (hidden for hidden in said if hidden is not None), False
            )
        return self._hidden[identifier]

    def run_value(self, identifier: str | None, name: str) -> str | None:
        """Return what a style or those that it is based on say of letters (``color``, ``sz``)."""
        if identifier is None:
            return None
        key = (identifier, name)
        if key not in self._said:
            said = (value(element.find(W + "rPr"), name) for element in self._chain(identifier))
            self._said[key] = next((word for word in said if word is not None), None)
        return self._said[key]

    def default_value(self, name: str) -> str | None:
        """Return what the document says of letters where no style says anything."""
        return value(self._defaults, name)

    def shading(self, identifier: str) -> Element | None:
        """Return the shading that a style of paragraphs gives, its own or an inherited one."""
        found = (element.find(f"{W}pPr/{W}shd") for element in self._chain(identifier))
        return next((shade for shade in found if shade is not None), None)

    def shades_tables(self, identifier: str | None) -> bool:
        """Tell whether a style of tables may colour some of the cells."""
        seen: set[str] = set()
        while identifier and identifier not in seen:
            seen.add(identifier)
            element = self._table_styles.get(identifier)
            if element is None:
                return False
            if next(element.iter(W + "shd"), None) is not None:
                return True
            identifier = value(element, "basedOn")
        return False

    def _resolve(self, identifier: str) -> Style:
        level: int | None = None
        numbering: tuple[int, int | None] | None = None
        is_title = is_contents = False
        for element in self._chain(identifier):
            name = (value(element, "name") or "").strip()
            properties = element.find(W + "pPr")
            is_title = is_title or name.lower() in _TITLES
            is_contents = is_contents or bool(_CONTENTS.fullmatch(name))
            if level is None:
                level = outline_level(properties)
            if level is None and (match := _HEADING.fullmatch(name)):
                level = int(match[1])
            numbering = numbering or list_membership(properties)
        return Style(identifier, level or 0, is_title, is_contents, numbering)

    def _chain(self, identifier: str) -> Iterator[Element]:
        """Yield a style and the styles that it is based on, nearest first."""
        seen: set[str] = set()
        while identifier in self._elements and identifier not in seen:
            seen.add(identifier)
            yield self._elements[identifier]
            identifier = value(self._elements[identifier], "basedOn") or ""


def value(parent: Element | None, name: str) -> str | None:
    """Return the ``w:val`` of the child called ``name``, None if there is none."""
    child = parent.find(W + name) if parent is not None else None
    found: str | None = child.get(W + "val") if child is not None else None
    return found


def number(parent: Element | None, name: str) -> int | None:
    """Return the ``w:val`` of the child called ``name`` as a number, None if it is none."""
    text = value(parent, name)
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,9}", text) else None


def outline_level(properties: Element | None) -> int | None:
    """Return the outline level of a ``w:pPr``: 1 to 9, 0 for body text, None if not given."""
    level = number(properties, "outlineLvl")
    if level is None:
        return None
    return level + 1 if 0 <= level < _NO_LEVEL else 0


def list_membership(properties: Element | None) -> tuple[int, int | None] | None:
    """Return the list that a ``w:pPr`` names and the level (0 is the highest) in it."""
    inner = properties.find(W + "numPr") if properties is not None else None
    list_id = number(inner, "numId")
    return None if list_id is None else (list_id, number(inner, "ilvl"))


def vanishes(properties: Element | None) -> bool | None:
    """Tell whether a ``w:rPr`` says that words are hidden; None if it says nothing."""
    vanish = properties.find(W + "vanish") if properties is not None else None
    return None if vanish is None else vanish.get(W + "val", "1") not in ("0", "false", "off")
