"""The model's sentences set above the documents' own words, and what is said of them.

What the code has found is complete, whatever the model left out; the numbers of
citations are the same with and without wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.citations import figures, unverified_figures
from assistant.claims.marks import MARK, OPEN_MARK
from assistant.finishing import Finishing, computed_figures, verified
from assistant.llm.basis import Basis
from assistant.llm.checked import Sentence, count
from assistant.llm.faults import told
from assistant.llm.telling import tell_faults
from assistant.llm.writing import Written
from assistant.records import Answer, Unverified, Wording
from assistant.statements import Numbering, escape
from index.library import Library
from prompts import render


def finish_worded(made: Finishing, written: Written, model: str, library: Library) -> Answer:
    """Return the verified answer with the model's sentences, as far as they have come."""
    language = made.question.language
    numbering = Numbering(library)
    lines = [numbering.line(statement) for statement in made.draft.statements]
    worded: list[tuple[str, frozenset[str]]] = []
    if written.fault is None:
        worded = list(_laid_out(written, numbering, language))
    head = [line for line, _ in worded]
    if head:
        head += ["", render("llm_original", language)]
    given = {n: counted for n, (_, counted) in enumerate(worded)}
    computed = given | computed_figures(made.draft, after=len(head))
    answer = verified(made, numbering, [*head, *lines], computed, library)
    wording = replace(_wording(written, model), text="\n".join(line for line, _ in worded))
    said = tuple(_unverified(written, language)) if written.fault is None else ()
    known = {item.text for item in said}
    others = tuple(item for item in answer.unverified if item.text not in known)
    notes = (*answer.notes, *_notes(written, model, language)) if written.done else answer.notes
    return replace(answer, wording=wording, unverified=(*said, *others), notes=notes)


def _laid_out(
    written: Written, numbering: Numbering, language: str
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the lines of the wording, each with the figures that the code computed for it."""
    shown = [s for s in written.sentences if s.state != "withheld"]
    gap = "" if language == "zh" else " "
    for line in dict.fromkeys(s.line for s in shown):
        sentences = [s for s in shown if s.line == line]
        bases = [written.shown.by_key[key] for s in sentences for key in s.keys]
        text = gap.join(_marked(s, written.shown.by_key, numbering, language) for s in sentences)
        yield ("- " if sentences[0].bullet else "") + text, _computed(sentences, bases)


def _marked(
    sentence: Sentence, bases: Mapping[str, Basis], numbering: Numbering, language: str
) -> str:
    """Return a sentence with the numbers of its citations, and what it is if it is unverified."""
    text = escape(sentence.text)
    if sentence.state == "unverified":
        text = render("llm_unverified", language, sentence=text)
    elif sentence.worked:
        how = "；" if language == "zh" else "; "
        text = render(
            "llm_worked_out", language, sentence=text, how=escape(how.join(sentence.worked))
        )
    sources = dict.fromkeys(s for key in sentence.keys for s in bases[key].sources)
    return text + "".join(f"[{numbering.number(source)}]" for source in sources)


def _computed(sentences: Sequence[Sentence], bases: Sequence[Basis]) -> frozenset[str]:
    """Return the figures of a line that the code has computed, as the model writes them."""
    worked = [how for s in sentences if s.state == "verified" for how in s.worked]
    given = [words for basis in bases for words in basis.computed]
    held = {value for words in (*given, *worked) for value in figures(words)}
    texts = [*(s.text for s in sentences), *worked]
    said = {figure for text in texts for figure in unverified_figures(text, [])}
    return frozenset(figure for figure in said if figures(figure) <= held)


def _unverified(written: Written, language: str) -> Iterator[Unverified]:
    """Yield the sentences that are shown and did not pass, each with why."""
    for sentence in written.sentences:
        if sentence.state == "unverified":
            yield Unverified(sentence.text, tell_faults(sentence.faults, language))


def _wording(written: Written, model: str) -> Wording:
    counts = count(written.sentences)
    return Wording(
        model=model,
        sentences=counts.sentences,
        verified=counts.verified,
        repaired=counts.repaired,
        unverified=counts.unverified,
        withheld=counts.withheld,
        evidence=written.shown.total,
        sent=len(written.shown.bases),
        fallback=written.fault,
        cached=written.cached,
        first=None if written.first is None else round(written.first, 3),
        seconds=round(written.seconds, 3),
        tokens_in=written.tokens_in,
        tokens_out=written.tokens_out,
        draft=draft_of(written),
    )


def draft_of(written: Written) -> str:
    """Return the words that are not checked yet, on one line, without marks of evidence."""
    words = OPEN_MARK.sub("", MARK.sub("", written.rest))
    return "" if written.done else re.sub(r"\s+", " ", words).strip()


def _notes(written: Written, model: str, language: str) -> Iterator[str]:
    counts, shown = count(written.sentences), written.shown
    if written.fault is not None:
        yield render("llm_fallback", language, why=told(written.fault, language))
    if counts.sentences and written.fault in (None, "unsupported"):
        yield render(
            "llm_worded", language, model=model, sentences=counts.sentences,
            verified=counts.verified, share=round(100 * counts.share),
        )  # fmt: skip
    if counts.withheld and written.fault is None:
        yield render("llm_withheld", language, count=counts.withheld)
    if shown.bases and shown.left_out:
        yield render(
            "llm_left_out", language, total=shown.total, sent=len(shown.bases),
            left=shown.left_out,
        )  # fmt: skip
    if shown.orders:
        yield render("llm_orders", language, count=shown.orders)
    if written.shortened and written.fault is None:
        yield render("llm_shortened", language)
