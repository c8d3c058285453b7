"""The county, district or city a record is about: the same name in two of them is two projects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from index.ledger.names import core_name
from index.ledger.records import Record
from index.ledger.units import is_region

_LEADING = re.compile(
    r"[\u4e00-\u9fff]{1,3}(?<![小片园城校库灌景社厂地矿山林湖])(?:县|区|市|旗)(?=[\u4e00-\u9fff]{2})"
)
_YEARS = re.compile(r"(?:19|20)\d\d(?=年)")
_YEAR = re.compile(r"(?:19|20)\d\d年度?")


def place_of(record: Record) -> str:
    """Return the region that a record's unit or place is, or begins with; else nothing."""
    for field in ("location", "unit"):
        words = record.fields.get(field)
        text = words.text.strip() if words else ""
        if is_region(text) and len(text) > 2:
            return text
        leading = _LEADING.match(text)
        if leading and len(leading.group()) > 2:
            return leading.group()
    return ""


def placed_name(record: Record) -> str:
    """Return a name for matching that begins with its place, without its year.

    “2024年高标准农田” of 石堰县 and “石堰县高标准农田建设” are one; nothing where the
    record has no place.
    """
    place, core = place_of(record), core_name(record.name)
    if not place:
        return ""
    bare = _YEAR.sub("", core).removeprefix(place)
    return core_name(place + bare) if len(bare) > 2 else ""


def fullest_names(records: Iterable[Record]) -> dict[tuple[str, str], str]:
    """Return the names that with their place are another's: (placed, core) to the fullest core.

    “中心粮库扩建” in a county's section is the “石堰县中心粮库扩建” of another document;
    names of two years are two projects.
    """
    cores: dict[str, dict[str, str]] = defaultdict(dict)
    for record in records:
        if placed := placed_name(record):
            core = core_name(record.name)
            cores[placed][core] = "".join(_YEARS.findall(core))
    found: dict[tuple[str, str], str] = {}
    for placed, years in cores.items():
        if len(years) > 1 and len({year for year in years.values() if year}) <= 1:
            full = max(years, key=lambda name: (len(name), name))
            found |= {(placed, name): full for name in years}
    return found
