"""The answers to the parts of a question, put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.asof import with_days
from assistant.compound.parts import ASKS, Part, masked_names, split_clauses
from assistant.compound.sides import by_status, split_coordination
from assistant.ledger.asked import asked_statuses
from assistant.ledger.measures import measure_spans
from assistant.ledger.named import whole_names
from assistant.ledger.query import OF_RECORDS
from assistant.ledger.vocabulary import COUNT, SHARE, WHAT
from assistant.question import Question, kind_of
from assistant.ranking import holds_form
from assistant.statements import Draft, Statement, escape
from index.library import Library
from index.words import fold, units
from prompts import render

Ask = Callable[[str], Draft]
Consult = Callable[[str], Draft | None]

_REFUSALS = tuple(render("refusal", language, detail="").strip() for language in ("zh", "en"))
SHORT = 60  # characters that a short answer may have
RELATED = 6  # passages shown beside the parts that are refused
# What a sentence may hold beside another answer; one figure does not stand for another.
_BESIDE = frozenset(("where", "who", "when", "unit", "why"))
_OTHER_UNIT = re.compile(r"施工|监理|设计单位|承建|勘察|中标|代建|运营|设计院")


def covers(draft: Draft, first: str, leaning: Sequence[str]) -> bool:
    """Tell whether an answer from records answers the leaning clauses, too, as its columns."""
    kind = (draft.interpretation or {}).get("kind", "")
    if kind not in OF_RECORDS:
        return False
    own = {status for status, _ in asked_statuses(fold(first))}
    shared = draft.value is not None and draft.value.unit == "%"
    for words in leaning:
        folded = fold(words)
        if shared and SHARE.search(folded):
            continue
        if SHARE.search(folded) and kind == "sum" and not _tells_a_share(draft):
            return False
        if kind == "remaining" and SHARE.search(fold(first)):
            return False  # what is left does not say what part is done
        if kind in ("list", "count") and {s for s, _ in asked_statuses(folded)} - own:
            return False
        columns = any(pattern.search(folded) for _, pattern in WHAT)
        measured = bool(measure_spans(folded)) or bool(re.search(r"多少|几", folded))
        if _OTHER_UNIT.search(folded):
            return False
        if kind in ("count", "sum", "list") and COUNT.search(fold(first)) and measured:
            return False
        if kind in ("list", "count") and not columns and not measured:
            return False
    return True


def answer_parts(
    question: Question,
    library: Library,
    ask: Ask,
    consult: Consult,
    as_asked: Callable[[str], str] = str,
) -> Draft | None:
    """Return the answer to a question that is several, None where it is one.

    ``ask`` answers a question that is one; ``consult`` does where texts or records
    do at once, else returns None. ``as_asked`` returns words of the question as they were
    asked, if in another language.
    """
    names = _name_spans(question.text, library)
    parts = _joined(split_clauses(question.text, names), consult)
    if len(parts) > 1:
        drafts = [_asked(part, ask) for part in parts]
        drafts = with_days([part.words for part in parts], drafts, library)
        if _alike(drafts) or (all(d.refused for d in drafts) and any(p.leans for p in parts)):
            return None
        unanswered = [part for part, draft in zip(parts, drafts, strict=True) if draft.refused]
        # The whole is asked again only where its answer could take the parts' place.
        served = len(unanswered) == len(parts) or all(part.leans for part in unanswered)
        if unanswered and served and told_at_once(parts, drafts, ask(question.text)):
            return None
        return merge(_in_own_words(parts, as_asked), drafts, question.frames)
    sides = split_coordination(question.text, names)
    if not sides or (consult(question.text) is not None and not _of_statuses(question.text, names)):
        return None
    drafts = [ask(side.question) for side in sides]
    refused = [draft.refused for draft in drafts]
    if _alike(drafts) or all(refused) or (any(refused) and not ask(question.text).refused):
        return None
    return merge(_in_own_words(sides, as_asked), drafts, question.frames)


def lacks_a_part(draft: Draft) -> bool:
    """Tell whether a part of a question that is several is refused in its answer."""
    return any(said in statement.text for said in _REFUSALS for statement in draft.statements)


def turns_to_text(question: Question, library: Library) -> bool:
    """Tell whether a further part asks a text of what the first part asks of all documents.

    The table of that text is then no answer to the whole.
    """
    parts = split_clauses(question.text, _name_spans(question.text, library))
    return any(part.of_text for part in parts)


def _in_own_words(parts: Sequence[Part], as_asked: Callable[[str], str]) -> list[Part]:
    return [replace(part, words=as_asked(part.words)) for part in parts]


def _name_spans(text: str, library: Library) -> list[tuple[int, int]]:
    folded = fold(text)
    return (
        [span for _, span in whole_names(folded, library.ledger)]
        if len(folded) == len(text)
        else []
    )


def _asked(part: Part, ask: Ask) -> Draft:
    draft = ask(part.question)
    if draft.refused and part.otherwise:
        fuller = ask(part.otherwise)
        return fuller if not fuller.refused and _speaks_of(fuller, part.words) else draft
    return draft


def told_at_once(parts: Sequence[Part], drafts: Sequence[Draft], whole: Draft) -> bool:
    """Tell whether the question as a whole is answered where some of its parts are not.

    Either none is, or each that is not leans on one whose sentence holds what it asks for
    (“谁主持的？在哪里开的？”).
    """
    if whole.refused or all(draft.refused for draft in drafts):
        return not whole.refused
    said = "\n".join(statement.text for statement in whole.statements)
    answered = {s for d in drafts if not d.refused for line in d.statements for s in line.sources}
    same = any(
        a.file_id == b.file_id and a.start < b.end and b.start < a.end
        for line in whole.statements
        for a in line.sources
        for b in answered
    )
    refused = [part for part, draft in zip(parts, drafts, strict=True) if draft.refused]
    kinds = [kind_of(fold(part.words)) for part in refused if part.leans]
    told = all(kind in _BESIDE and holds_form(kind, said) for kind in kinds)
    return same and told and len(kinds) == len(refused)


def _speaks_of(draft: Draft, words: str) -> bool:
    """Tell whether an answer says half of what a clause says, not only what was put before it."""
    plain = re.sub(r"[的是了有在]|年|月|日|天", "", ASKS.sub(" ", words))
    pairs = {u for u in units(plain) if len(u) > 1}
    said = set(units("\n".join(" ".join([s.text, *s.cells]) for s in draft.statements)))
    return bool(pairs) and len(pairs & said) >= len(pairs) / 2


def _of_statuses(text: str, names: Sequence[tuple[int, int]]) -> bool:
    return bool(by_status(text, masked_names(text, names)))


def _alike(drafts: Sequence[Draft]) -> bool:
    """Tell whether all parts are answered by the same words: then they are one question."""
    places = [frozenset(s for line in d.statements for s in line.sources) for d in drafts]
    return bool(places[0]) and all(place == places[0] for place in places)


def _joined(parts: Sequence[Part], consult: Consult) -> list[Part]:
    """Return the parts; those that lean on one are joined to it where they are its columns."""
    found: list[Part] = []
    for group in _groups(parts):
        first, leaning = group[0], group[1:]
        whole = "，".join(part.words for part in group)
        draft = consult(whole) if leaning else None
        others = [p.words for p in leaning if not p.of_each]
        told = draft is not None and covers(draft, first.words, others)
        if leaning and not others and not told:
            # What is asked of each is never a question of its own: its list tells it or not.
            alone = consult(first.question) is not None
            found.append(first if alone else Part(whole, whole))
        elif told and _each_told(draft, group, consult):
            found.append(Part(whole, whole))
        else:
            found += group
    return found


def _each_told(draft: Draft | None, parts: Sequence[Part], consult: Consult) -> bool:
    """Tell whether records say what each part asks of one thing; a list's columns need not.

    The first part, too: “建多少个床位，总投资多少” is not answered by the total investment.
    """
    kind = (draft.interpretation or {}).get("kind") if draft else None
    if kind not in ("why", "status", "value"):
        return True
    return all(consult(part.question) is not None for part in parts)


def _tells_a_share(draft: Draft) -> bool:
    return any(re.search(r"\d[%％]", s.text) for s in draft.statements)


def _groups(parts: Sequence[Part]) -> list[list[Part]]:
    groups: list[list[Part]] = []
    for part in parts:
        if part.leans and groups:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def merge(parts: Sequence[Part], drafts: Sequence[Draft], language: str) -> Draft:
    """Return one draft of the parts' drafts, each under the question's own words.

    ``count``, ``rows`` and ``value`` are those of the first part that has them. The
    whole is refused only where every part is; a part that is refused says so in its
    place, and its nearest passages are related.
    """
    merged = Draft(refused=all(draft.refused for draft in drafts))
    for part, draft in zip(parts, drafts, strict=True):
        merged.statements += _under(part, draft, language)
        merged.notes += [note for note in draft.notes if note not in merged.notes]
        if merged.count is None:
            merged.count = draft.count
        if merged.value is None:
            merged.value = draft.value
        if merged.columns is None and draft.columns:
            merged.columns, merged.rows = draft.columns, draft.rows
        merged.related += [s for s in draft.related if s not in merged.related]
    merged.related = merged.related[:RELATED]
    merged.short = _short(drafts, language)
    merged.interpretation = {
        "kind": "compound",
        "filters": {},
        "parts": [
            {"question": part.question, "refused": draft.refused, **(draft.interpretation or {})}
            for part, draft in zip(parts, drafts, strict=True)
        ],
    }
    return merged


def _under(part: Part, draft: Draft, language: str) -> list[Statement]:
    """Return a part's lines under its own words; one line goes on behind them."""
    label = render("part", language, words=escape(part.words.rstrip("？?。 ")))
    only = draft.statements[0] if len(draft.statements) == 1 else None
    if only and not (only.bullet or only.cells or re.search(r"\d", label)):
        return [replace(only, text=label + only.text)]
    return [Statement(label), *draft.statements]


def _short(drafts: Sequence[Draft], language: str) -> str | None:
    shorts = [draft.short for draft in drafts if not draft.refused]
    if not shorts or not all(shorts):
        return None
    joined = ("；" if language == "zh" else "; ").join(dict.fromkeys(filter(None, shorts)))
    return joined if len(joined) <= SHORT else None
