"""Other places that say of a project what a line of an answer says of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.elsewhere.sayings import Saying, bare_of, pairs_of
from index.ledger.book import Ledger
from index.ledger.quantities import quantities
from index.ledger.status import status_mentions
from index.ledger.units import core_unit
from index.words import fold

LEAST_NAME = 4  # characters of a name that is looked for everywhere
LEAST_UNIT = 3  # characters of a unit's name without its region
LEAST_SAID = 4  # characters of a part of a line that may be said again
SURE = 2  # agreement that tells what is spoken of where its name stands above
AGAIN = 0.5  # of its pairs of characters that must be said again
_PARTS = re.compile(r"[|；;：:，,。（）()—\n]+")
_DAY = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]|底|末|[上中下]旬)")


@dataclass(frozen=True, slots=True)
class Names:
    """The projects, units and own states that a ledger knows, as they stand in bare text."""

    projects: tuple[str, ...]
    units: tuple[str, ...]

    def projects_in(self, bare: str) -> Iterator[str]:
        """Yield the projects that bare text names, a longer name before one that it holds."""
        for name in self.projects:
            if name in bare:
                bare = bare.replace(name, " ")
                yield name


@lru_cache(maxsize=4)  # a ledger is loaded anew whenever its records change
def names_of(ledger: Ledger) -> Names:
    """Return the names that sayings are searched for, the longest first."""
    projects = {row.core for row in ledger.rows if len(row.core) >= LEAST_NAME}
    owners = {core_unit(text) for row in ledger.rows if (text := row.text("unit"))}
    return Names(
        tuple(sorted(projects, key=lambda name: (-len(name), name))),
        tuple(sorted(unit for unit in owners if len(unit) >= LEAST_UNIT)),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What a line of an answer says of a project, and what the question asked it for."""

    name: str
    units: frozenset[str]
    statuses: frozenset[str]
    values: frozenset[str]
    parts: tuple[frozenset[str], ...]


def told_of(name: str, line: str, statuses: Iterable[str], names: Names) -> Told:
    """Return what a line tells of the project; ``line`` is folded, ``statuses`` those asked for."""
    rest = [part for part in map(str.strip, _PARTS.split(line)) if name not in bare_of(part)]
    bare = bare_of(line)
    owners = frozenset(unit for unit in names.units if unit in bare)
    said = [part for part in rest if len(part) >= LEAST_SAID and core_unit(part) not in owners]
    return Told(
        name,
        owners,
        frozenset([*statuses, *_statuses(line)]),
        _values(line),
        tuple(pairs for part in said if len(pairs := pairs_of(part)) >= LEAST_SAID - 1),
    )


def agreement(told: Told, saying: Saying) -> int:
    """Return in how much of what is told a saying agrees, 0 where it only names the project."""
    own = pairs_of(saying.text)
    again = sum(len(part & own) >= AGAIN * len(part) for part in told.parts)
    return (
        2 * again
        + any(unit in saying.bare for unit in told.units)
        + bool(told.statuses & _statuses(_stating(told.name, saying)))
        + len(told.values & _values(saying.text))
    )


def _stating(name: str, saying: Saying) -> str:
    """Return the words that say how a project stands: its own, and its list's where it heads it."""
    heading = saying.above.rpartition("\n")[2]
    listed = saying.bare.lstrip("0123456789一二三四五六七八九十").startswith(name)
    return f"{heading}\n{saying.text}" if listed else saying.text


def saying_again(told: Told, sayings: Sequence[Saying], names: Names) -> list[Saying]:
    """Return the sayings that agree with what is told of a project, most in agreement first.

    Under its own heading, or behind a paragraph's first words that name it, a saying need not
    name it again, but must agree in more than whose it is or how it stands.
    """
    longer = [other for other in names.projects if told.name in other and told.name != other]
    scored: list[tuple[int, Saying]] = []
    for one in sayings:
        if told.name in one.bare and _stands(told.name, one.bare, longer):
            least = 1
        elif told.name in one.bare_above:
            least = SURE
        else:
            continue
        if (share := agreement(told, one)) >= least:
            scored.append((share, one))
    scored.sort(key=lambda pair: (-pair[0], pair[1].source.file_id, pair[1].source.start))
    return [one for _, one in scored]


def _stands(name: str, bare: str, longer: Collection[str]) -> bool:
    for other in longer:
        bare = bare.replace(other, " ")
    return name in bare


@lru_cache(maxsize=32_768)
def _statuses(text: str) -> frozenset[str]:
    return frozenset(status for status, _ in status_mentions(text))


@lru_cache(maxsize=32_768)
def _values(text: str) -> frozenset[str]:
    """Return the amounts and days of folded text, each in one form."""
    said = {f"{q.value.normalize()}{q.unit}" for q in quantities(fold(text))}
    return frozenset([*said, *_DAY.findall(text)])
