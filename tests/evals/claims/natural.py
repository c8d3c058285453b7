"""The sentences written by hand, with the evidence they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.claims.folding import bare, fold
from assistant.claims.records import Evidence
from tests.evals.claims.documents import ROOT, Source, source

FILE = Path(__file__).with_name("natural.txt")


@dataclass(frozen=True)
class Case:
    """A sentence without marks, and the evidence that it rests on, in order."""

    text: str
    evidence: tuple[Evidence, ...]
    source: Source
    held_out: bool = False
    kind: str = "right"
    planted: str = ""


ENGLISH = Path(__file__).with_name("english.txt")
FREE = {  # worded freely: right, and wrong in a subtle way
    "fluent": Path(__file__).with_name("fluent.txt"),
    "fluent, wrong": Path(__file__).with_name("fluent_wrong.txt"),
    "unseen": Path(__file__).with_name("unseen.txt"),
    "unseen, wrong": Path(__file__).with_name("unseen_wrong.txt"),
    "blind": Path(__file__).with_name("blind.txt"),
    "blind, wrong": Path(__file__).with_name("blind_wrong.txt"),
}


@cache
def natural() -> tuple[Case, ...]:
    """Return the sentences in the order of the file."""
    return tuple(_cases(FILE))


@cache
def english() -> tuple[Case, ...]:
    """Return the English sentences; those behind “!” hold an error and are “wrong”."""
    marked = (c for c in _cases(ENGLISH))
    return tuple(
        replace(c, text=c.text[2:], kind="wrong") if c.text.startswith("! ") else c for c in marked
    )


@cache
def fluent() -> tuple[Case, ...]:
    """Return the sentences worded freely, right ones and those with a subtle error."""
    return tuple(replace(case, kind=kind) for kind, file in FREE.items() for case in _cases(file))


def _cases(file: Path) -> Iterator[Case]:
    document, held_out = None, False
    for line in file.read_text(encoding="utf-8").splitlines():
        heading = re.match(r"#(developed|held out) (.+)", line)
        if heading:
            document, held_out = source(ROOT / heading[2]), heading[1] == "held out"
        elif line.strip() and not line.startswith("#"):
            assert document, line
            text, *wanted = line.partition("  ## ")[0].split(" | ")
            evidence = tuple(_find(want.strip(), document) for want in wanted)
            yield Case(text.strip(), evidence, document, held_out)


def _find(want: str, document: Source) -> Evidence:
    words = bare(fold(want[1:]))
    for key, item in document.evidence.items():
        if want[0] == "@" and item.fields and bare(fold(item.fields.get("name", ""))) == words:
            return item
        if want[0] == "~" and key[0] == "P" and words in bare(fold(item.quote)):
            return item
    raise LookupError(f"{document.path.name}: no evidence {want!r}")
