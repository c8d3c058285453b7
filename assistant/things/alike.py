"""Two things whose names are alike: what is told of the one while the other is asked about.

“双山水库坝脚渗水谁处理？” where only 双山口水库 leaks: the passage that says so, beside what
is said of 双山水库. “某产业园总投资多少？” where only a second phase with the same first
words has a figure: refused, and the second phase is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.grids.reading import Kept
from assistant.question import Question
from assistant.statements import Draft, Source, Statement, escape
from assistant.things.answer import quoted
from assistant.things.gathering import remarks_on
from assistant.things.naming import FEW, known_names, thing_in, written_longer
from assistant.things.remarks import Remark, Thing
from assistant.things.synonyms import share_said
from assistant.things.wants import wants_of, words_of
from index.library import Library
from index.words import fold
from prompts import render

SAID = 0.5  # of the words of what is taken for granted that is said of the other thing
SILENT = 0.2  # of these at most that is said of the thing asked about
LEAST = 3  # characters that are told of it, in words of two and more
_HEADED = re.compile(
    r"(?:^|\n)\s*(?:[①-⑳]|\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]+[）)]|[【〔\[])?\s*"
    r"(?P<name>[\u4e00-\u9fff]{3,10})[：:】〕\]]"
)


def answer_of_alike(question: Question, library: Library) -> Draft | None:
    """Return what sets right a question that takes one thing for another, None for others."""
    folded = fold(question.text)
    if question.language != "zh" or len(folded) != len(question.text):
        return None
    headed = _headed(library)
    thing = _named(folded, headed, library)
    if thing is None:
        return None
    longer = written_longer(thing, folded, library)
    if longer:
        return _not_stated(thing, longer, question, library)
    a, b = thing.said
    told = [
        w for w in words_of(folded[:a] + " " + folded[b:]) if len(w) > 1 and w not in thing.name
    ]
    if sum(map(len, told)) < LEAST:
        return None
    remarks = remarks_on(thing, library)
    own = _best(remarks, told)
    if own is None or own[0] > SILENT:
        return None
    said = folded[a:b] or thing.name
    found: dict[Source, tuple[str, Remark]] = {}
    for other in _alike(said, [*headed, *known_names(library)]):
        if other in folded or any(other in name for name in thing.names):
            continue
        others = remarks_on(Thing(other, (other,), (0, 0)), library)
        best = _best(others, told, other)
        entry = _best(_entry(others, [other]), told, other)
        if best and best[0] >= SAID and best[1].kind == "sentence":
            remark = entry[1] if entry and entry[0] > SILENT else best[1]
            found.setdefault(remark.source, (other, remark))
    named = [other for other, _ in found.values()]  # “双山口水” only begins the longer one
    whole = [f for f in found.values() if not any(o != f[0] and o.startswith(f[0]) for o in named)]
    if len(whole) != 1:
        return None
    ((other, remark),) = whole
    return _mixed_up(said, other, remark, _about(remarks, other, thing.names), thing)


def _about(remarks: Sequence[Remark], other: str, names: Sequence[str]) -> list[Remark]:
    """Return what tells the thing asked about apart: what names both, and its own entry."""
    prose = [r for r in remarks if r.kind == "sentence"] or list(remarks)
    both = [r for r in prose if other in _line(r)]
    alone = [r for r in prose if other not in _line(r)]
    return [*both[:1], *(_entry(alone, names) or alone)[:1]]


def _entry(remarks: Sequence[Remark], names: Sequence[str]) -> list[Remark]:
    """Return the remarks that an entry opens with a name: “① 双山水库：…”, “某基地（…）”."""
    opens = "|".join(map(re.escape, names))
    begins = re.compile(
        rf"^\W*\d*\W*(?:[\u4e00-\u9fff]{{2,6}}的)?(?:{opens})(?:[：:]|[^，。（）()]{{0,8}}[（(])"
    )
    return [r for r in remarks if r.kind == "sentence" and begins.search(fold(r.text))]


def _line(remark: Remark) -> str:
    """Return the line of the text in which a remark stands."""
    if remark.view is None:
        return remark.text
    text = remark.view.text
    first, last = text.rfind("\n", 0, remark.low) + 1, text.find("\n", remark.high)
    return fold(text[first : last if last >= 0 else len(text)])


def _headed(library: Library) -> list[str]:
    """Return the words that head an entry or an item (“⑥ 双山口水库：…”), of few files."""
    found: dict[str, None] = {}
    files = library.files()
    for file in files if len(files) <= FEW else []:
        found |= dict.fromkeys(_heads(Kept(library.content(file.id))))
    return list(found)


@lru_cache(maxsize=64)
def _heads(kept: Kept) -> tuple[str, ...]:
    """Return the words that head the entries and items of one file."""
    return tuple(fold(m["name"]) for m in _HEADED.finditer(kept.content.text))


def _named(folded: str, headed: Sequence[str], library: Library) -> Thing | None:
    """Return the thing that a question names: a recorded one, else one that heads an entry."""
    thing = thing_in(folded, library)
    if thing is not None and thing.said[1] > thing.said[0]:
        return thing
    whole = [name for name in headed if name in folded]
    longest = max(whole, key=len, default="")
    if not longest or any(name not in longest for name in whole):
        return None
    at = folded.find(longest)
    return Thing(longest, (longest,), (at, at + len(longest)), recorded=False)


def _alike(said: str, names: Sequence[str]) -> Iterator[str]:
    """Yield names, or how they begin, that could be taken for the one that was said."""
    seen = {said}
    for name in names:
        whole = [len(name)] if abs(len(name) - len(said)) <= 1 else []
        for size in (*whole, len(said)):
            other = name[:size]
            common = sum(1 for char in set(said) if char in other)
            if (
                size >= 3
                and len(other) == size
                and other[0] == said[0]
                and common >= max(2, 0.4 * len(set(said)))
                and other not in seen
                and said not in other
            ):
                seen.add(other)
                yield other


def _best(
    remarks: Sequence[Remark], told: Sequence[str], name: str = ""
) -> tuple[float, Remark] | None:
    """Return the remark that says most of some words, with how much; None without remarks.

    What a thing's ``name`` says (“某中学学生食堂”) is nothing told of it.
    """
    said = [fold(f"{r.label}{r.text}").replace(name or "\0", " ") for r in remarks]
    ranked = [
        (sum(len(w) for w in told if w in text) / sum(map(len, told)), n)
        for n, text in enumerate(said)
    ]
    if not ranked:
        return None
    share, n = max(ranked, key=lambda found: (found[0], -found[1]))
    return share, remarks[n]


def _mixed_up(said: str, other: str, remark: Remark, own: Sequence[Remark], thing: Thing) -> Draft:
    draft = Draft(short=other, interpretation={"kind": "premise", "filters": {}})
    text = render("denied", "zh", said=escape(other), asked=escape(said))
    draft.statements.append(Statement(text, (remark.source,)))
    draft.statements.append(quoted(Thing(other, (other,), (0, 0)), remark))
    draft.statements += [quoted(thing, one) for one in own]
    return draft


def _not_stated(thing: Thing, longer: str, question: Question, library: Library) -> Draft | None:
    """Return a refusal where nothing that is asked is said of the thing with the longer name."""
    own = Thing(longer, (longer,), thing.said, recorded=False)
    wants = wants_of(question.text, Thing(longer, (longer,), _span(longer, question.text)), "")
    if not wants or any(want.kind in ("state", "why", "sort") for want in wants):
        return None
    remarks = remarks_on(own, library)
    told = [word for want in wants for word in want.words]
    if any(share_said(f"{r.label}{r.text}", tuple(told)) > 0 for r in remarks):
        return None
    asked = f"“{wants[0].clause.strip()}”"
    detail = render("found_without", "zh", name=escape(longer), asked=escape(asked))
    near = render("found_near", "zh", name=escape(thing.name))
    draft = Draft([Statement(render("refusal", "zh", detail=detail + near).strip())], refused=True)
    draft.related = [remark.source for remark in remarks[:2]]
    return draft


def _span(name: str, text: str) -> tuple[int, int]:
    at = fold(text).find(name)
    return at, at + len(name)
