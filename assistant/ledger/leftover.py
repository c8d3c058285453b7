"""What of a question no facet has understood: its nouns must be held by rows or documents."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from assistant.glossary import translate
from assistant.ledger.vocabulary import ASKING
from index.ledger.book import Ledger, LedgerRow
from index.ledger.wording import tagged_words
from index.words import fold, is_chinese

_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z][a-z\-']+|\d[\d.]*|[a-z]*\d+[a-z]*")
# Parts of speech that name things: nouns, names, places, abbreviations, foreign words.
_NAMING = ("n", "j", "eng", "x")
_DATE = re.compile(
    r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|底|末|份)?"
    r"|(?:19|20)\d\d年(?:底|[上下]半年)?|(?<!\d)(?:19|20)\d\d(?=$|[^\d.万亿千元户个项%])"
    r"|第?[一二三四1-4]季度|[上下]半年"
)


@cache
def asking_words(language: str) -> frozenset[str]:
    """Return the nouns of asking (English: words), and those that describe every record."""
    source = files(__package__).joinpath(f"asking_{language}.txt")
    return frozenset(source.read_text(encoding="utf-8").split())


def dates_in(text: str) -> list[tuple[int, int]]:
    """Return the spans of dates and periods in a question."""
    return [match.span() for match in _DATE.finditer(text)]


def content_words(rest: str, language: str, sure: bool) -> list[str]:
    """Return the words of what is left over that name something.

    ``sure`` tells that the question has facets already: an English word that the
    glossary does not know then counts as one of asking.
    """
    words = _english(rest, sure) if language == "en" else _chinese(rest)
    return [word for word in words if len(word) > 1]


def _english(rest: str, sure: bool) -> Iterator[str]:
    for run in _RUN.findall(rest):
        if is_chinese(run[0]):
            yield from _chinese(run)
        elif run not in asking_words("en") and len(run) > 1:
            words = translate(run)
            known = [w for w in words.split() if w not in asking_words("zh")]
            if words:
                yield from known
            elif not sure:
                yield run


def _chinese(rest: str) -> Iterator[str]:
    asking = asking_words("zh")
    for run in _RUN.findall(ASKING.sub(" ", rest)):
        if not is_chinese(run[0]):
            yield run
            continue
        named = ""
        for word, flag in tagged_words(run):
            # Neighbouring nouns are one name (“西山 水库”).
            if flag.startswith(_NAMING) and word not in asking:
                named += word
            elif named:
                yield named
                named = ""
        if named:
            yield named


def names_something(run: str) -> bool:
    """Tell whether a run of words has more in it than words of asking."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    asking = asking_words("zh")
    return any(len(word) > 1 and word not in asking for word in jieba.cut(run))


def document_says(row: LedgerRow, word: str) -> bool:
    """Tell whether title, path, issuer or date of the row's document hold a word."""
    document = row.document
    said = f"{document.title} {row.file.path} {document.issuer or ''} {document.date_text or ''}"
    as_of = row.text("as_of") or ""
    return word in fold(re.sub(r"\s", "", f"{said} {as_of}"))


def row_says(row: LedgerRow, word: str) -> bool:
    """Tell whether a field of the row, or a heading above it, holds a word."""
    said = " ".join(words.text for words in row.record.fields.values())
    return word in fold(f"{said} {row.section}")


def documents(ledger: Ledger) -> list[LedgerRow]:
    """Return one row of each document."""
    first: dict[tuple[int, int], LedgerRow] = {}
    for row in ledger.rows:
        first.setdefault((row.file.id, row.record.document), row)
    return list(first.values())
