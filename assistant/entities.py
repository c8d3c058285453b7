"""The thing that a question names: a listed project, a table row, a numbered heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import Unit
from assistant.question import Question
from assistant.ranking import Candidate, Rarity, holds_form
from assistant.status import STATUSES, statuses
from index.words import fold, units

# Kinds whose answer has a form of its own; without a figure, date or person there is none.
MEASURED = frozenset({"when", "amount", "count", "who", "where"})
MIN_NAME = 3  # characters; shorter words name nothing by themselves
MIN_RESIDUAL = 0.34  # share of what is asked that evidence about the thing must hold
CONTEXT_SHARE = 0.7
_LABEL = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十\d]+[章节、.．）)]|[（(][一二三四五六七八九十\d]+[）)]|[①-⑳])\s*"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the question, the units about it (best first), and what else is asked."""

    name: str
    about: tuple[Candidate, ...]
    residual: frozenset[str]


def named_in(question: Question, ranked: Sequence[Candidate]) -> Named | None:
    """Return the longest name of the evidence that the question says whole, or None."""
    asked = plain(question.text)
    names = {name for c in ranked for name in names_of(c.unit) if plain(name) in asked}
    if not names:
        return None
    name = max(names, key=lambda n: len(plain(n)))
    core = plain(name)
    about = tuple(
        c for c in ranked if core in plain(f"{c.unit.context}{c.unit.before}{c.unit.text}")
    )
    known = set(units(name))
    if question.kind not in MEASURED:
        known |= _status_units(question.text)
    # Where the name meets the next word, bigrams of the two belong to neither.
    seams = {u for u in question.terms if len(u) == 2 and u[0] == name[-1]}
    seams |= {u for u in question.terms if len(u) == 2 and u[1] == name[0]}
    residual = frozenset(question.terms) - known - question.facets - seams
    return Named(name, about, residual)


def names_of(unit: Unit) -> Iterator[str]:
    """Yield the names that a unit gives: the item's, the row's cells, the heading's."""
    yield from own_names(unit)
    for line in unit.context.splitlines()[1:]:
        bare = _LABEL.sub("", line)
        # “赶上计划进度项目” says a status; it names nothing.
        if bare != line and not statuses(bare):
            yield from _long_enough(item_name(bare))


def own_names(unit: Unit) -> Iterator[str]:
    """Yield the names in the unit itself, without those of the headings above it."""
    if unit.kind == "item":
        yield from _long_enough(item_name(unit.text))
    elif unit.kind == "row":
        for cell in re.split(r"\s*\|\s*|\s+", unit.text):
            if not re.fullmatch(r"[\d.,%年月日\-]*", cell):
                yield from _long_enough(cell)


def item_name(text: str) -> str:
    """Return an item's name: without what stands in parentheses after it, or “项目”."""
    bare = re.sub(r"[（(][^（）()]*[）)]\s*$", "", text.strip().rstrip("。；;，,、"))
    return re.sub(r"(?:等\d*个?)?(?:项目|工程)?$", "", bare)


def residual_share(named: Named, candidate: Candidate, rarity: Rarity) -> float:
    """Return how much of what is asked about the thing a unit says, 0 to 1."""
    if not named.residual:
        return 1.0
    unit = candidate.unit
    inside = units(unit.text)
    around = units(f"{unit.context}\n{unit.before}")
    found = dict.fromkeys(around, CONTEXT_SHARE) | dict.fromkeys(inside, 1.0)
    return rarity.share_of(found, named.residual)


def best_about(question: Question, named: Named, rarity: Rarity) -> Candidate | None:
    """Return the unit about the thing that says what is asked, or None if none does."""

    def worth(candidate: Candidate) -> tuple[float, float]:
        form = 0.3 if holds_form(question.kind, candidate.unit.text) else 0.0
        return residual_share(named, candidate, rarity) + form, candidate.score

    best = max(named.about, key=worth, default=None)
    if best is None or residual_share(named, best, rarity) < MIN_RESIDUAL:
        return None
    return best


def plain(text: str) -> str:
    """Return the letters and digits of ``text`` alone, folded."""
    return re.sub(r"[\W_]+", "", fold(text))


def _long_enough(name: str) -> Iterator[str]:
    if len(plain(name)) >= MIN_NAME and len(name) <= 40:
        yield name


def _status_units(text: str) -> set[str]:
    """Return the units of the status words in a question: the list's heading says them."""
    found: set[str] = set()
    for pattern in STATUSES.values():
        for match in pattern.finditer(text.lower()):
            found |= set(units(match.group())) | set(units("未" + match.group()[-2:]))
    return found
