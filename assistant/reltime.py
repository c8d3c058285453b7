"""Relative time in a question (“上季度”, “去年”) by the documents' dates, not by the clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language import is_english
from index.ledger.book import Ledger, LedgerRow
from index.ledger.issuers import issuer_named
from index.ledger.periods import ended_in, periods_in
from index.records import Document
from index.words import fold
from prompts import render

Month = tuple[int, int]  # year, month
EARLY = 2  # months of a year in which reports still tell of the year before

_QUARTERS = "一二三四"
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|「[^」]*」|\"[^\"]*\"")
_COMPARED = re.compile(
    r"(?:比|较|与|跟|和|同|than|with|compared to|since)\s*(?:the )?$", re.IGNORECASE
)
_COMPARING = re.compile(r"^(?:的?同期|相比|结转|比|末相比)")
_EXPLICIT = re.compile(
    r"(?:19|20)\d\d年?|[一二三四1-4]季度|\d{1,2}月|\bq[1-4]\b|(?:first|second|third|fourth) quarter"
)
# What is said, and how far back it lies: in years, quarters, months; None: as things stand now.
_RELATIVE = re.compile(
    r"(?P<year>今年|去年|前年|明年)(?P<of>年?的?)?(?P<half>[上下]半年)?"
    r"|(?P<quarter>上一?个?季度|上季|本季度|这一?个?季度|当前季度|下一?个?季度)"
    r"|(?P<month>上一?个?月(?!份)|本月|这个月|当月|下一?个?月)"
    r"|(?P<bare_half>[上下]半年)"
    r"|(?P<now>目前|现在|当前|眼下|如今|现阶段|最近|近期)"
    r"|\b(?P<en_year>this|last|next) year\b|\b(?P<en_quarter>this|last|previous|next) quarter\b"
    r"|\b(?P<en_month>this|last|previous|next) month\b|\b(?P<en_now>now|currently|at present"
    r"|recently|right now|so far)\b",
    re.IGNORECASE,
)
_STEPS = {"今": 0, "本": 0, "这": 0, "当": 0, "去": -1, "上": -1, "前": -2, "明": 1, "下": 1}
_EN_STEPS = {"this": 0, "last": -1, "previous": -1, "next": 1}


@dataclass(frozen=True, slots=True)
class Dated:
    """A document with its time: up to which month it counts, or when it was signed."""

    document: Document
    issuer: str
    counts: Month | None
    signed: Month | None

    @property
    def time(self) -> Month | None:
        """The month that the document tells of, None if it has no date."""
        return self.counts or self.signed


@dataclass(frozen=True, slots=True)
class Timed:
    """A question with its relative time made absolute.

    ``notes`` say how it was read. ``assumed`` are the years, as they stand in
    ``text``, that it did not say itself. ``reply`` refuses: no document has a date.
    """

    text: str
    notes: tuple[str, ...] = ()
    assumed: frozenset[str] = frozenset()
    reply: str | None = None


def dated_documents(ledger: Ledger) -> list[Dated]:
    """Return every document with its time."""
    first: dict[tuple[int, int], LedgerRow] = {}
    for row in ledger.rows:
        first.setdefault((row.file.id, row.record.document), row)
    return [
        Dated(
            document,
            issuer_named(document.issuer or "", document.title),
            _counts(document, first.get((file.id, number))),
            _month(document.date),
        )
        for file in ledger.files
        for number, document in enumerate(file.documents)
    ]


def _counts(document: Document, row: LedgerRow | None) -> Month | None:
    """Return up to when a document counts by its title or its records' date."""
    title = fold(document.title)
    if row is not None and (row.text("as_of") or any(p.month for p in periods_in(title))):
        ended = ended_in(row)
        return ended if ended and ended[0] else None
    named = [p for p in periods_in(title) if p.month and not p.day]
    year = re.search(r"(?:19|20)\d\d", title)
    if named and named[-1].month and (year or document.date):
        return int(year.group() if year else (document.date or "")[:4]), named[-1].month
    return None


def _month(date: str | None) -> Month | None:
    match = re.match(r"(\d{4})(?:-(\d\d))?", date or "")
    return (int(match[1]), int(match[2] or 12)) if match else None


def reference(documents: Sequence[Dated]) -> tuple[Month, bool] | None:
    """Return the newest time of documents, and whether a report counts up to it.

    A later signature counts only where it is of a later year: what is signed in
    October tells of the third quarter.
    """
    counted = max((d.counts for d in documents if d.counts), default=None)
    signed = max((d.signed for d in documents if d.signed and not d.counts), default=None)
    if counted and not (signed and signed[0] > counted[0]):
        return counted, True
    return (signed, False) if signed else None


def absolute(question: str, ledger: Ledger) -> Timed:
    """Return the question with its relative times as the documents' dates tell them."""
    quoted = [match.span() for match in _QUOTED.finditer(question)]
    found = [
        match
        for match in _RELATIVE.finditer(question)
        if not any(a <= match.start() < b for a, b in quoted) and not _compares(question, match)
    ]
    if not found:
        return Timed(question)
    documents = _asked_of(question, dated_documents(ledger))
    newest = reference(documents)
    language = "en" if is_english(question) else "zh"
    if newest is None:
        return _undated(question, found, documents, language)
    years = {one.time[0] for one in documents if one.time}
    return _read(question, found, newest, years, language)


def _compares(question: str, match: re.Match[str]) -> bool:
    """Tell whether a time is what something is compared with (“比去年同期”)."""
    if _COMPARING.match(question[match.end() :]):
        return True
    if match["now"] or match["en_now"]:
        return False
    explicit = _EXPLICIT.search(question[: match.start()] + " " + question[match.end() :])
    if explicit and (
        match["quarter"] or match["month"] or match["en_quarter"] or match["en_month"]
    ):
        return True
    return bool(_COMPARED.search(question[: match.start()]))


def _asked_of(question: str, documents: Sequence[Dated]) -> list[Dated]:
    """Return the documents of the region or the series that the question names, else all."""
    folded = fold(question)
    regions = {one.issuer for one in documents if len(one.issuer) >= 2 and one.issuer in folded}
    own = [one for one in documents if one.issuer in regions] or list(documents)
    named = [one for one in own if len(core := _series(one)) >= 4 and core in folded]
    dated = named if any(one.time for one in named) else own
    return list(dated)


def _series(one: Dated) -> str:
    title = re.sub(r"(?:19|20)\d\d年?|第?[一二三四]季度|[上下]半年|\d+[月期第]*|[（(].*?[）)]", "",
                   fold(one.document.title))  # fmt: skip
    return title.removeprefix(one.issuer).strip()


def _read(
    question: str,
    found: Sequence[re.Match[str]],
    newest: tuple[Month, bool],
    years: set[int],
    language: str,
) -> Timed:
    text, at = "", 0
    notes: list[str] = []
    assumed: set[str] = set()
    end, counted = newest
    said = _until(end, counted, language)
    for match in found:
        words = match.group()
        read, needed = _meaning(match, end, years)
        if read is None:
            continue
        if not read:
            notes.append(render("time_now", language, words=words, until=said))
            continue
        notes.append(render("time_read", language, words=words, until=said, read=read))
        if needed:
            joint = ""
            if language == "en" and not re.search(
                r"\b(?:in|of|for|during|by|until|since|from)\s*(?:the )?$",
                question[: match.start()],
            ):
                joint = "in "
            text += question[at : match.start()] + joint + read
            at = match.end()
            assumed |= set(re.findall(r"(?:19|20)\d\d年", read))
    return Timed(text + question[at:], tuple(dict.fromkeys(notes)), frozenset(assumed))


def _meaning(match: re.Match[str], end: Month, years: set[int]) -> tuple[str | None, bool]:
    """Return what a relative time means (“” for now), and whether the question needs it said.

    “今年” may stay where all documents are of that year: texts say “今年”, too.
    """
    year, month = end
    if match["now"] or match["en_now"]:
        return "", False
    if match["year"] or match["en_year"]:
        step = _STEPS[match["year"][0]] if match["year"] else _EN_STEPS[match["en_year"].lower()]
        half = match["half"] or ""
        return f"{year + step}年{half}", bool(step) or len(years) > 1
    if match["bare_half"]:
        if len(years) < 2:
            return None, False
        half = match["bare_half"]
        # A second half that has begun; in the first months nobody reports of the new first half.
        ended = month > 6 or (half[0] == "上" and month > EARLY)
        return f"{year if ended else year - 1}年{half}", True
    if match["quarter"] or match["en_quarter"]:
        word = match["quarter"] or ""
        step = _STEPS[word[0]] if word else _EN_STEPS[match["en_quarter"].lower()]
        count = year * 4 + (month - 1) // 3 + step
        return f"{count // 4}年{_QUARTERS[count % 4]}季度", True
    word = match["month"] or ""
    step = _STEPS[word[0]] if word else _EN_STEPS[match["en_month"].lower()]
    count = year * 12 + month - 1 + step
    return f"{count // 12}年{count % 12 + 1}月", True


def _until(end: Month, counted: bool, language: str) -> str:
    key = "time_counted" if counted else "time_signed"
    return render(key, language, year=end[0], month=end[1])


def _undated(
    question: str, found: Sequence[re.Match[str]], documents: Sequence[Dated], language: str
) -> Timed:
    """Return the question as it is: a note where “now” is meant, a refusal where a time is."""
    if not documents:
        return Timed(question)
    words = "、".join(dict.fromkeys(match.group() for match in found))
    told = render("time_unknown", language, words=words)
    plain = all(m["now"] or m["en_now"] or m["bare_half"] or (m["year"] or "").startswith("今")
                or (m["en_year"] or "").lower() == "this" for m in found)  # fmt: skip
    if plain:
        only_half = all(m["bare_half"] for m in found)
        return Timed(question, () if only_half else (told,))
    return Timed(question, reply=told)


def periods_told(ledger: Ledger, language: str) -> str:
    """Return the times that the documents tell of, as words; empty where none has a date."""
    months = sorted({one.time for one in dated_documents(ledger) if one.time})
    if not months:
        return ""
    shown = months if len(months) <= MAX_PERIODS else [months[0], months[-1]]
    joint = ("、" if language == "zh" else ", ") if shown is months else "—"
    return joint.join(render("time_month", language, year=y, month=m) for y, m in shown)


MAX_PERIODS = 8  # months that are named one by one


def years_covered(ledger: Ledger) -> set[int]:
    """Return the years that a document's title, date or records name as their own."""
    found: set[int] = set()
    for one in dated_documents(ledger):
        found |= {m[0] for m in (one.counts, one.signed) if m}
        found |= {int(y) for y in re.findall(r"(?:19|20)\d\d", fold(one.document.title))}
    return found


def years_asked(question: str) -> list[int]:
    """Return the years that a question names outside of quotes and document numbers."""
    bare = re.sub(
        r"[〔\[(（](?:19|20)\d\d[〕\])）]\s*第?\d+号", " ", _QUOTED.sub(" ", fold(question))
    )
    return [int(year) for year in dict.fromkeys(re.findall(r"(?<!\d)((?:19|20)\d\d)年", bare))]
