"""Words of a web page that no reader sees: such words must not become evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.load.unseen import TINY, WHITE, Colour, blends, colour_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from bs4.element import NavigableString

MAX_MATCHES = 300_000  # rules of the page's own style sheet times elements; takes 3 seconds
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|"
    r"font-size:(?:0(?![.\d])|(?:0?\.\d+|1)p[xt])|opacity:(?:0(?:\.0+)?|\.0+)(?![.\d])|"
    r"(?:left|top|text-indent|margin-left):-\d{4,}"
)
_EMPTY_BOX = re.compile(r"(?:^|;)(?:max-)?(?:height|width):0(?![.\d])")
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_GROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:([^;!]+)")
_SIZE = re.compile(r"(?:^|;)font-size:(\d*\.?\d+)(pt|px)")
_PROPERTIES = (_COLOUR, _GROUND, _SIZE)
_COMMENTS = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")  # for print, small screens
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_NAMED: dict[str, Colour] = {
    "white": WHITE, "snow": (255, 250, 250), "ivory": (255, 255, 240), "black": (0, 0, 0),
    "red": (255, 0, 0), "yellow": (255, 255, 0), "blue": (0, 0, 255), "green": (0, 128, 0),
    "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240), "whitesmoke": (245, 245, 245),
}  # fmt: skip
_NOT_SHOWN = ("script", "style", "title", "template", "noscript", "option", "textarea")
_NONE = ("transparent", "none", "inherit", "initial", "unset")


def is_hidden(tag: Tag) -> bool:
    """Tell whether an element is hidden by its own attributes.

    Style sheets are not applied: they hide what a click shows, such as the second tab.
    """
    if tag.has_attr("hidden"):
        return True
    style = _plain(str(tag.get("style") or ""))
    return bool(_HIDDEN.search(style) or ("overflow:hidden" in style and _EMPTY_BOX.search(style)))


def unseen_strings(soup: BeautifulSoup) -> Iterator[NavigableString]:
    """Yield the words that blend into what is behind them, or are too small to be read.

    The page's own styles are applied. Where it links to others, or scripts may paint it,
    an element that they can name may have a ground that we do not know: it is kept.
    """
    from bs4.element import PreformattedString

    looks = _Looks(soup)
    for words in list(soup.find_all(string=True)):
        if isinstance(words, PreformattedString) or not words.strip() or words.parent is None:
            continue
        if words.parent.name not in _NOT_SHOWN and looks.of(words.parent).is_unseen:
            yield words


@dataclass(frozen=True, slots=True)
class _Look:
    """How letters look: their colour, what is behind them, their size in points, if known."""

    ink: Colour | None = None
    ground: Colour | None = WHITE
    size: float | None = None

    @property
    def is_unseen(self) -> bool:
        return blends(self.ink, self.ground) or (self.size is not None and self.size <= TINY)


class _Looks:
    """How every element of a page looks, as far as the page itself tells."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._known: dict[int, _Look] = {}
        self._ruled: dict[int, str] = {}  # what the style sheet says, by the element's identity
        self._has_foreign = soup.select_one("link[rel~=stylesheet]") is not None
        sheets = "".join(tag.get_text() for tag in soup.find_all("style"))
        self._has_foreign = self._has_foreign or "@import" in sheets
        rules = _RULE.findall(_AT_RULE.sub("", _COMMENTS.sub("", sheets)))
        looks = [(selector, _plain(said)) for selector, said in rules]
        told = [rule for rule in looks if any(p.search(rule[1]) for p in _PROPERTIES)]
        if len(told) * len(soup.find_all(True)) > MAX_MATCHES:
            told, self._has_foreign = [], True
        for selector, said in told:
            self._apply(soup, selector.strip(), said)

    def _apply(self, soup: BeautifulSoup, selector: str, said: str) -> None:
        from soupsieve import SelectorSyntaxError

        try:
            chosen = soup.select(selector)
        except (SelectorSyntaxError, NotImplementedError, ValueError):
            return  # a browser that does not know a selector passes over it, too
        for tag in chosen:
            self._ruled[id(tag)] = self._ruled.get(id(tag), "") + ";" + said

    def of(self, tag: Tag) -> _Look:
        """Return how the letters of an element look."""
        way = []
        at: Tag | None = tag
        while at is not None and id(at) not in self._known:
            way.append(at)
            at = at.parent
        look = self._known[id(at)] if at is not None else _Look()
        for part in reversed(way):
            look = self._known[id(part)] = self._changed(part, look)
        return look

    def _changed(self, tag: Tag, look: _Look) -> _Look:
        own, ruled = _plain(str(tag.get("style") or "")), self._ruled.get(id(tag), "")
        if inks := _COLOUR.findall(own)[-1:] or _COLOUR.findall(ruled):
            look = replace(look, ink=_only_colour(inks))
        elif tag.name == "font" and tag.get("color"):
            look = replace(look, ink=_colour(_plain(str(tag["color"]))))
        elif tag.name == "a":
            look = replace(look, ink=None)  # links have a colour of their own
        if sizes := _SIZE.findall(own)[-1:] or _SIZE.findall(ruled):
            points = max(float(n) * (0.75 if unit == "px" else 1) for n, unit in sizes)
            look = replace(look, size=points)
        elif "font-size:" in own or (tag.name == "font" and tag.get("size")):
            look = replace(look, size=None)
        painted = _GROUND.findall(own)[-1:] or _GROUND.findall(ruled)
        return self._on_ground(tag, look, painted)

    def _on_ground(self, tag: Tag, look: _Look, painted: list[str]) -> _Look:
        if not painted and tag.get("bgcolor"):
            painted = [_plain(str(tag["bgcolor"]))]
        if tag.get("background") or (
            self._has_foreign and (tag.get("class") or tag.get("id")) and not painted
        ):
            return replace(look, ground=None)
        if all(word in _NONE for word in painted):
            return look
        return replace(look, ground=_only_colour(painted))


def _only_colour(said: list[str]) -> Colour | None:
    """Return the colour that all rules name: which of several wins is not looked into."""
    return _colour(said[0]) if len(set(said)) == 1 else None


def _plain(style: str) -> str:
    return re.sub(r"\s", "", style).lower()


def _colour(said: str) -> Colour | None:
    """Return the colour that a style names, None where it is not plainly one."""
    if re.fullmatch(r"#?[0-9a-f]{6}", said):
        return colour_of(said.removeprefix("#"))
    if re.fullmatch(r"#[0-9a-f]{3}", said):
        return colour_of("".join(2 * digit for digit in said[1:]))
    if match := re.fullmatch(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,(?:1|1?\.0+))?\)", said):
        return int(match[1]), int(match[2]), int(match[3])
    return _NAMED.get(said)
