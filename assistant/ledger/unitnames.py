"""Units as the ledger names them, found in a question by whole, short or other names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.ledger.book import Ledger
from index.ledger.periods import periods_in
from index.ledger.units import core_unit
from index.words import fold

_MENTION = re.compile(
    r"(?P<unit>(?:经开|高新|开发|工业园|保税|新)区(?!管)|[\u4e00-\u9fff*]{1,12}?(?:局|委|(?<![督主承协经包领盯交举开创查联])办(?!理|公|法|结|事|完|好|了)|厅|街道(?:办)?|街办|镇(?!街"
    r"|区)|乡(?!镇|村)|公司|集团|中心|指挥部|管委会|委员会|开发区|高新区|经开区|新区|园区|协作区"
    r"|文化区|生态区|政府|办事处|分局|专班|学校|医院|公园))"
)
_ASKED = re.compile(r"哪|各|每|什么|多少|谁|几|所有|全部|有关|相关|责任|牵头|重点")
_ENGLISH = re.compile(
    r"(?P<unit>(?:the )?(?:district |county |city "
    r"|municipal )?[a-z\-]+(?: (?:and )?[a-z\-]+){0,4}? (?:bureau|office|department|commission"
    r"|committee|subdistrict|sub-district|street|town|township|company|authority|centre|center"
    r"|headquarters|zone))\b"
)
MIN_SHORT = 2  # characters that a short name must have


class UnitNames:
    """The distinct units of a ledger and staff's aliases for them."""

    def __init__(self, ledger: Ledger) -> None:
        units = {row.text("unit") for row in ledger.rows} - {None}
        ranked = {row.record.name for row in ledger.rows if row.record.kind == "unit"}
        self._units = sorted({str(u) for u in units} | ranked, key=len, reverse=True)
        self._plain = {unit: _plain(unit) for unit in self._units}
        self._aliases = {_plain(a.alias): a.unit for a in ledger.aliases}

    def all(self) -> list[str]:
        """Return the units, longest names first."""
        return list(self._units)

    def find(self, text: str) -> tuple[str, ...]:
        """Return the units that ``text`` names."""
        return tuple(dict.fromkeys(unit for _, _, units in self.mentions(text) for unit in units))

    def mentions(self, text: str) -> Iterator[tuple[int, int, list[str]]]:
        """Yield (start, end, units) of each mention: whole names first, then short ones."""
        rest = text
        for words, units in self._whole():
            at = rest.find(words)
            while at >= 0:
                yield at, at + len(words), units
                rest = rest[:at] + " " * len(words) + rest[at + len(words) :]
                at = rest.find(words)
        for match in _MENTION.finditer(rest):
            periods = [p.span[1] for p in periods_in(match.group())]
            begin = match.start() + max(periods, default=0)  # “二季度县交通局”
            for start in range(begin, match.end() - MIN_SHORT + 1):
                units = self._short(rest[start : match.end()])
                if units:
                    yield start, match.end(), units
                    break

    def _whole(self) -> Iterator[tuple[str, list[str]]]:
        names: dict[str, list[str]] = {}
        for unit, plain in self._plain.items():
            names.setdefault(plain, []).append(unit)
        for alias, unit in self._aliases.items():
            same = [u for u in self._units if u == unit or self._plain[u] == _plain(unit)]
            names.setdefault(alias, []).extend(same or [unit])
        for words in sorted(names, key=len, reverse=True):
            if len(words) >= MIN_SHORT:
                yield words, names[words]

    def _short(self, words: str) -> list[str]:
        """Return the units that ``words`` abbreviate (“交通局”: “区交通局”)."""
        if len(words) < MIN_SHORT or _ASKED.match(words):
            return []
        core = core_unit(words)
        same = [u for u, plain in self._plain.items() if core_unit(plain) == core]
        if same:
            return same
        ends = [
            u
            for u, plain in self._plain.items()
            for whole in {plain, _HOUSE.sub("", plain)}
            if whole.endswith(core) and len(core) >= 3 and len(whole) - len(core) <= 3
        ]
        if ends:
            return ends
        # “经开区” of one place is “某某经济开发区管委会”: the place's name is left out.
        zones = [u for u, plain in self._plain.items() if _abbreviates_zone(words, plain)]
        if len(zones) == 1:
            return zones
        if len(core) < 3:
            return []
        spelt = [u for u, plain in self._plain.items() if _abbreviates(core, core_unit(plain))]
        if len(spelt) == 1:
            return spelt
        near = [
            u
            for u, plain in self._plain.items()
            if len(core) >= 4 and _one_off(core, core_unit(plain))
        ]
        return near if len(near) == 1 else []

    def unknown_mention(self, text: str) -> str | None:
        """Return words that name a unit as an owner which the ledger does not hold."""
        for match in _MENTION.finditer(text):
            words = match["unit"]
            after = text[match.end() : match.end() + 8]
            if (
                not _ASKED.search(words)
                and len(words) >= 3
                and re.match(r"\s*(?:为什么|为何|怎么)?(?:要|会)?(?:负责|牵头|承担|的|有)", after)
            ):
                return words
        return None

    def english_mentions(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, words) of what an English question calls a unit."""
        for match in _ENGLISH.finditer(text):
            words = match["unit"]
            if not re.match(r"(?:the )?(?:which|what|responsible|each|every|any)\b", words):
                yield match.start(), match.end(), words


def _plain(unit: str) -> str:
    return re.sub(r"[\s“”\"《》]", "", fold(unit)).strip("*")


def _abbreviates(short: str, full: str) -> bool:
    """Tell whether ``short`` is made of characters of ``full``, in order, ends agreeing."""
    full = _HOUSE.sub("", full) if not _HOUSE.search(short) else full
    if len(short) >= len(full) or short[0] != full[0] or short[-1] != full[-1]:
        return False
    rest = iter(full)
    return all(c in rest for c in short)


def _abbreviates_zone(short: str, full: str) -> bool:
    """Tell whether ``short`` abbreviates a zone's name without the place's in front of it."""
    zone = _HOUSE.sub("", full)
    if not (_ZONE.search(zone) and _ZONE.search(_HOUSE.sub("", short))):
        return False
    return any(_abbreviates(_HOUSE.sub("", short), zone[n:]) for n in PLACE)


PLACE = (2, 3)  # characters of a place's name in front of a zone's
_ZONE = re.compile(r"(?:区|园|新城|基地)$")
# The administration of a zone goes by the zone's own name.
_HOUSE = re.compile(r"(?:管理委员会|管委会|人民政府|政府|办事处)$")


def _one_off(a: str, b: str) -> bool:
    """Tell whether two names differ by one character, put in, left out or mistyped."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
