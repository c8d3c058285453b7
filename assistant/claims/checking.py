"""Whether one claim is borne out by the evidence that it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.claims.binding import unbound
from assistant.claims.cells import cells_of
from assistant.claims.clauses import Part, parts_of
from assistant.claims.doing import other_step, plans_as_done
from assistant.claims.english import english_faults, is_english
from assistant.claims.extent import extent_faults, rank_faults, total_faults
from assistant.claims.figures import figure_faults
from assistant.claims.folding import bare, fold
from assistant.claims.foreign import foreign
from assistant.claims.framing import is_framing
from assistant.claims.names import NameIndex, core, is_unit, name_index, persons, without_place
from assistant.claims.naming import name_faults
from assistant.claims.negation import turned
from assistant.claims.orders import without_orders
from assistant.claims.records import Claim, Evidence, Fault, Verdict, Worked
from assistant.claims.roles import role_faults
from assistant.claims.scope import Reading, Scope, scope_for
from assistant.claims.statuses import borne_out, contradicted, find_statuses
from assistant.claims.unsaid import unsaid_faults
from assistant.claims.wording import only_joining

Support = Callable[[str, Sequence[str]], float]
LEAST_VERBATIM = 12  # characters in a row that can only be a quotation
LONGEST_NAME = 24  # characters of the name of an office
LEAST_SUPPORT = 0.5  # of the hook's scale; the caller calibrates its model to it
_BEFORE_OFFICE = re.compile(r"^.*?(?:分别[是为由]|其中|[:是为由])")
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{4,})[”\"」』]")


@dataclass(frozen=True)
class _Cited:
    """The evidence that a claim cites, read once."""

    items: Sequence[Evidence]
    readings: Sequence[Reading]
    known: NameIndex

    @property
    def raw(self) -> str:
        return "\n".join(
            part for e in self.items for part in (e.quote, e.title, e.section, *e.fields.values())
        )

    @property
    def told(self) -> str:
        """The quotes alone."""
        return "\n".join(e.quote for e in self.items)

    @cached_property
    def folded(self) -> str:
        """All evidence, folded."""
        return fold(self.raw)

    @cached_property
    def plain(self) -> str:
        """All evidence, folded, without spaces and punctuation."""
        return bare(self.folded)

    @property
    def subjects(self) -> set[str]:
        return {name for r in self.readings if r.cell.firm for name in r.cell.subjects}

    @cached_property
    def things(self) -> set[str]:
        """The names of records: those of projects, whatever they end with."""
        return {core(fold(e.fields["name"])) for e in self.items if e.fields.get("name")}

    @cached_property
    def people(self) -> set[str]:
        """The people that stand beside a title."""
        return {name for r in self.readings for name in persons(r.text)}

    @cached_property
    def names(self) -> set[str]:
        """Names of offices and people in the evidence, as they are written there."""
        found = {f.name for f in self.known.find(Scope(self.readings).text)}
        for reading in self.readings:
            found |= set(persons(reading.cell.text))
            office, of, _ = reading.cell.text.partition("的")
            office = _BEFORE_OFFICE.sub("", office)
            if reading.cell.listed and of and "(" not in office:
                found.add(office)
        return {name for name in found if 2 <= len(name) <= LONGEST_NAME} - self.subjects

    def borrowed(self, text: str, scope: Scope) -> list[str]:
        """Return the names in folded ``text`` that the evidence holds, but not ``scope``."""
        named = (n for n in self.names if n in text and core(n) not in self.subjects)
        longest = sorted(named, key=len, reverse=True)
        kept = [n for i, n in enumerate(longest) if not any(n in other for other in longest[:i])]
        return [
            n
            for n in kept
            if n not in scope.text and without_place(n, scope.text) not in scope.text
        ]


def check_claim(
    claim: Claim,
    evidence: Mapping[str, Evidence],
    known_names: Collection[str] = (),
    today: date | None = None,
    support: Support | None = None,
) -> Verdict:
    """Return what of a claim its evidence does not bear out.

    Args:
        claim: one sentence of a draft.
        evidence: all that the prompt held, by key.
        known_names: names of projects, units and people that the index knows; a
            frozen set is read once and kept for the next call.
        today: the day from which “今年” is counted.
        support: how well (0 to 1) texts bear a statement out, where a model can tell.
    """
    known = name_index(known_names)
    unknown = [Fault("unknown_key", key) for key in claim.keys if key not in evidence]
    items = [evidence[key] for key in claim.keys if key in evidence]
    if not items:
        alien = [Fault("unsupported", words) for words in foreign(claim.text, "")]
        framing = not unknown and not alien and is_framing(claim.text, known)
        uncited = [] if framing or unknown else [Fault("uncited", claim.text)]
        return Verdict(claim, (*unknown, *alien, *uncited))
    cited = _read(items, known)
    found = list(dict.fromkeys(_faults(claim, cited, today)))
    faults = [*unknown, *(item for item in found if isinstance(item, Fault))]
    worked = tuple(item.how for item in found if isinstance(item, Worked))
    if support and not faults and support(claim.text, [e.quote for e in items]) < LEAST_SUPPORT:
        faults.append(Fault("unsupported", claim.text))
    return Verdict(claim, tuple(dict.fromkeys(faults)), worked)


def _read(items: Sequence[Evidence], known: NameIndex) -> _Cited:
    told = [replace(item, quote=without_orders(item.quote)) for item in items]
    readings = [Reading(cell) for item in told for cell in cells_of(item, known)]
    return _Cited(told, readings, known)


def _faults(claim: Claim, cited: _Cited, today: date | None) -> Iterator[Fault | Worked]:
    yield from (Fault("unsupported", words) for words in foreign(claim.text, cited.raw))
    text = fold(claim.text)
    yield from _misquoted(text, cited)
    whole = Scope(cited.readings)
    if is_english(text):
        yield from english_faults(text, f"{cited.folded}\n{whole.text}", cited.known)
        return
    yield from name_faults(text, cited.folded, whole, cited.known, cited.names | cited.subjects)
    subjects = _spoken_of(text, cited)
    parts = parts_of(text, subjects, cited.names)
    verbatim = _verbatim(text, cited.plain)
    yield from (Fault("number", words) for words in total_faults(text, parts, whole))
    yield from (Fault("unsupported", words) for words in rank_faults(text, whole))
    if not verbatim:
        names = cited.subjects | cited.names | {f.name for f in cited.known.find(text)}
        moved = unbound(_without(text, names), fold(cited.told))
        yield from (Fault("merged", words) for words in moved)
    for part in parts:
        plain = replace(part, text=_without(part.text, subjects))
        for scope in [whole] if verbatim else _scopes(part, whole, cited):
            counts = _counts(part, parts, claim, cited)
            yield from figure_faults(plain, scope, whole, counts, today)
            yield from _status_faults(plain.text, scope, whole)
            yield from (Fault("negation", words) for words in turned(part.text, scope.text))
            yield from (
                Fault("status", words) for words in plans_as_done(plain.text, scope.sentences)
            )
            yield from (Fault("date", words) for words in other_step(plain.text, scope.text))
            yield from (Fault("unsupported", w) for w in extent_faults(part, scope, whole))
            alone = scope is not whole
            roles = role_faults(part.text, scope.text, of_subject=alone)
            yield from (Fault("merged", unit) for unit in roles)
            yield from (Fault("merged", name) for name in cited.borrowed(plain.text, scope))
            yield from unsaid_faults(part.text, scope, whole, part.subjects)


_TOGETHER = re.compile(r"牵头[^。;]{0,20}配合|配合[^。;]{0,20}牵头")


def _spoken_of(text: str, cited: _Cited) -> set[str]:
    """Return the names that a claim is about: projects, or offices and people without any."""
    named = {name for name in cited.subjects if name in text}
    projects = {n for n in named if n in cited.things or not (n in cited.people or is_unit(n))}
    # “由甲局牵头、乙局配合”: a task is spoken of, and both say who does it.
    if not projects and _TOGETHER.search(text):
        named = {name for name in named if not is_unit(name)}
    return projects or named


def _verbatim(text: str, evidence: str) -> bool:
    """Tell whether a claim, less a lead-in like “据通报，”, stands in the evidence as it is.

    What belongs together there then does so in the claim, too.
    """
    lead, comma, rest = text.partition(",")
    told = bare(rest if comma and only_joining(lead) else text)
    return len(told) >= LEAST_VERBATIM and told in evidence


def _goes_on(part: Part, evidence: str) -> bool:
    """Tell whether a part follows on its name in the evidence just as it does in the claim."""
    said = part.before + part.text
    start = max((said.rfind(name) for name in part.subjects), default=-1)
    start = min(start, len(part.before))
    return start >= 0 and bare(said[start:]) in evidence


def _without(text: str, names: Collection[str]) -> str:
    """Return ``text`` with names blanked out: a figure or “停工” in a name states nothing."""
    for name in sorted((n for n in names if n in text), key=len, reverse=True):
        text = re.sub(rf"(?<!\d){re.escape(name)}", "□" * len(name), text)
    return text


def _scopes(part: Part, whole: Scope, cited: _Cited) -> list[Scope]:
    """Return what a part may rest on: one scope a subject that it is said of."""
    if not part.subjects or _goes_on(part, cited.plain):
        return [whole]
    scopes = [scope_for(subject, cited.readings) for subject in part.subjects]
    if part.pooled:
        return [Scope([reading for scope in scopes for reading in scope.readings])]
    return scopes


def _counts(part: Part, parts: Sequence[Part], claim: Claim, cited: _Cited) -> set[int]:
    """Return the numbers of things that the claim names or cites, so that it may count them."""
    named = {name for p in parts for name in p.subjects if len(name) > 3 and not is_unit(name)}
    units = {c.cell.text.partition("的")[0] for c in cited.readings if c.cell.listed}
    owned = {
        sum(r.cell.listed and r.cell.text.startswith(f"{unit}的") for r in cited.readings)
        for unit in units
        if unit and unit in part.text
    }
    return {len(named), len(named & set(part.subjects)), len(claim.keys), *owned} - {0}


def _status_faults(text: str, scope: Scope, whole: Scope) -> Iterator[Fault]:
    held, anywhere = scope.statuses, whole.statuses
    for status in find_statuses(text):
        if borne_out(status.key, held):
            continue
        words = text[status.start : status.end]
        if borne_out(status.key, anywhere) and scope is not whole:
            yield Fault("merged", words)
        elif contradicted(status.key, held):
            yield Fault("negation" if status.mode == "not" else "status", words)
        elif not (status.mode == "done" and words in scope.own_text):
            yield Fault("status", words)


def _misquoted(text: str, cited: _Cited) -> Iterator[Fault]:
    for match in _QUOTED.finditer(text):
        if bare(match[1]) not in cited.plain:
            yield Fault("unsupported", match.group())
