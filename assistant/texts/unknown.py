"""A document that a question names and that there is none of: said so, not answered from others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question
from assistant.statements import Draft, Statement, escape
from assistant.texts.demands import title_source
from assistant.texts.titled import KINDS, Mention, modifier, spoken, without_light
from index.library import Library
from index.words import fold, units
from prompts import render

KINDS_MEANT = frozenset({"speech", "notice", "minutes", "notice to all"})
SURE = 4  # characters before a kind of document that surely tell which one is meant
HEAD = 200  # characters in which a document says what it is
HALF = 0.5  # of the pairs of characters: a document that says so many may be meant
MOST_NAMED = 3


def unknown_text(question: Question, linked: Sequence[Mention], library: Library) -> Draft | None:
    """Return a refusal where a Chinese question names a document that the index does not hold."""
    asked = fold(question.text)
    if question.language != "zh" or linked:
        return None
    for span, kind in spoken(asked, question.language):
        if kind not in KINDS_MEANT:
            continue
        before = without_light(modifier(asked, span[0]))
        if len(before) < SURE or _may_be_meant(before, library):
            continue
        words = re.sub(r"\s", "", modifier(asked, span[0])) + asked[slice(*span)]
        return _refusal(words, kind, question.frames, library)
    return None


def _may_be_meant(words: str, library: Library) -> bool:
    pairs = {u for u in units(words) if len(u) > 1}
    for info in library.documents():
        said = set(units(fold(" ".join([*info.articles, info.title, info.path]))))
        if len(pairs & said) >= HALF * len(pairs):
            return True
    return False


def _refusal(words: str, kind: str, language: str, library: Library) -> Draft:
    """Return a refusal that names documents of the kind that there are."""
    holds = next(held for name, _, held in KINDS if name == kind)
    draft = Draft(refused=True)
    names: list[str] = []
    current = {file.path: file.id for file in library.files()}
    for info in library.documents():
        for ordinal, title in enumerate(info.articles if info.path in current else ()):
            if holds.search(title) and len(names) < MOST_NAMED:
                document = library.content(current[info.path]).structure.documents[ordinal]
                names.append(f"《{escape(title)}》")
                draft.related.append(title_source(current[info.path], document))
    detail = render(
        "texts_unknown" if names else "texts_none", language, words=escape(words),
        **({"titles": "、".join(names)} if names else {}),
    )  # fmt: skip
    draft.statements.append(Statement(render("refusal", language, detail=detail)))
    return draft
