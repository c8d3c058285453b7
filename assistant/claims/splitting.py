"""A draft in Markdown cut into claims, whole or as it streams in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.claims.marks import MARK, OPEN_MARK, keys_of
from assistant.claims.records import Claim

_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_RULE = re.compile(r"\s*\|?[\s|:\-]*\|?\s*$")
# “1.”, “1、”, “（1）”, “①”, “- ”, “> ”, “## ” before the words of a line.
_LEAD = re.compile(
    r"\s*(?:(?:>|#{1,6}|[-*+•·–—])[ \t]+|[0-9０-９]{1,3}(?:[、)）．]|\.(?![0-9０-９]))[ \t]*"
    r"|[（(](?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、)*\s*"
)
_ENDS = "。！？!?"
_CLOSERS = "”’」』）)》〉】\"'*_~"
_ABBREVIATION = re.compile(
    r"\b(?:[A-Za-z]|No|Mr|Ms|Mrs|Dr|Co|Ltd|Inc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    r"|approx|vs|i\.e|e\.g)$"
)
_OPEN = {"《": "》", "“": "”", "「": "」", "『": "』"}
MAX_QUOTED = 120  # characters; an opening quotation mark that is not closed by then is stray


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words between two ends; ``only_marks`` where nothing but marks is left of it."""

    claim: Claim
    only_marks: bool


def split_claims(draft: str) -> list[Claim]:
    """Return the claims of a draft in order.

    Headings and lead-ins are claims like others (``checking`` tells which state
    nothing). The head of a table, rules and fence lines are none; what stands
    inside a fence is. Marks after the full stop belong to the sentence before them.
    """
    claims: list[Claim] = []
    heads: list[bool] = []  # whether the claim is a table row that a rule may make a head
    for start, line in _lines(draft):
        if _FENCE.match(line):
            continue
        if "|" in line and _RULE.fullmatch(line):
            if heads and heads[-1] and _just_before(draft, claims[-1], start):
                claims.pop()
                heads.pop()
            continue
        row = line.strip().startswith("|")
        pieces = [_row(draft, start, line)] if row else list(_sentences(draft, start, line))
        for piece in pieces:
            if piece.only_marks:
                if claims:
                    claims[-1] = _with_keys(claims[-1], piece.claim)
            elif piece.claim.text:
                claims.append(piece.claim)
                heads.append(row)
    return claims


class ClaimStream:
    """Claims of a draft that comes in parts: the same as of the whole.

    A claim is given once the next has begun, so that no mark can be added to it.
    """

    def __init__(self) -> None:
        """Start with nothing read."""
        self._text = ""  # from the line on in which the open claim stands
        self._base = 0  # offset of ``_text`` in the draft
        self._given = 0  # claims of ``_text`` that were given already

    def feed(self, text: str) -> list[Claim]:
        """Return the claims that ``text`` completes."""
        self._text += text
        claims = split_claims(self._settled())
        done = [_moved(claim, self._base) for claim in claims[self._given : -1]]
        if done:
            self._forget(claims)
        return done

    def close(self) -> list[Claim]:
        """Return what is left when the draft has ended."""
        claims = split_claims(self._text)[self._given :]
        return [_moved(claim, self._base) for claim in claims]

    def _settled(self) -> str:
        """Return the text less what the next characters may give another meaning."""
        open_mark = OPEN_MARK.search(self._text)
        text = self._text[: open_mark.start()] if open_mark else self._text
        line = text.rfind("\n") + 1
        for at in range(max(line, len(text) - MAX_QUOTED), len(text)):
            close = _OPEN.get(text[at])
            if close and close not in text[at:]:
                return text[:at]
        return text

    def _forget(self, claims: list[Claim]) -> None:
        """Drop the lines before the claim that is still open."""
        line = self._text.rfind("\n", 0, claims[-1].start) + 1
        self._given = sum(claim.start >= line for claim in claims[:-1])
        self._text = self._text[line:]
        self._base += line


def _moved(claim: Claim, by: int) -> Claim:
    return replace(claim, start=claim.start + by, end=claim.end + by)


def _lines(draft: str) -> Iterator[tuple[int, str]]:
    for match in _LINE.finditer(draft):
        if match.group():
            yield match.start(), match.group().rstrip("\n")


def _just_before(draft: str, claim: Claim, start: int) -> bool:
    return draft[claim.end : start].count("\n") == 1


def _with_keys(claim: Claim, marks: Claim) -> Claim:
    keys = tuple(dict.fromkeys((*claim.keys, *marks.keys)))
    return replace(claim, keys=keys, end=marks.end)


def _piece(draft: str, start: int, end: int) -> _Piece:
    """Return the words of ``draft[start:end]`` as a claim."""
    raw = draft[start:end]
    start += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    text = MARK.sub("", raw).strip()
    keys = keys_of(MARK.findall(raw))
    bare = any(char.isalnum() for char in text)
    claim = Claim(text, keys, start, start + len(raw))
    return _Piece(claim if bare else replace(claim, text=""), only_marks=bool(keys) and not bare)


def _row(draft: str, start: int, line: str) -> _Piece:
    piece = _piece(draft, start, start + len(line))
    cells = [cell.strip() for cell in piece.claim.text.strip("|").split("|")]
    text = "\t".join(cells) if piece.claim.text else ""
    return replace(piece, claim=replace(piece.claim, text=text))


def _sentences(draft: str, start: int, line: str) -> Iterator[_Piece]:
    lead = _LEAD.match(line)
    at = begin = lead.end() if lead else 0
    while at < len(line):
        at = _past_quoted(line, at)
        if at >= len(line):
            break
        at += 1
        if _ends_at(line, at - 1, begin):
            at = _past_closers(line, at)
            yield _piece(draft, start + begin, start + at)
            begin = at
    if begin < len(line):
        yield _piece(draft, start + begin, start + len(line))


def _past_quoted(line: str, at: int) -> int:
    """Return the place after a short quotation or title that opens at ``at``."""
    close = _OPEN.get(line[at])
    if close:
        end = line.find(close, at + 1, at + MAX_QUOTED)
        if end > 0:
            # A full stop just inside the closing mark ends the sentence too.
            return end if line[end - 1] in _ENDS and close != "》" else end + 1
    return at


def _ends_at(line: str, at: int, begin: int) -> bool:
    """Tell whether the character at ``at`` ends a sentence that began at ``begin``."""
    char = line[at]
    if char in _ENDS:
        return True
    if char in "；;":
        # Only where it follows a mark: then its two sides cite different things.
        return bool(MARK.search(line, begin, at)) and line[at - 1] in "]】］)）"
    if char in "”’」』":
        return at > begin and line[at - 1] in _ENDS
    if char != ".":
        return False
    after = line[at + 1 : at + 2]
    before = line[begin:at]
    return after in (" ", "\t", "[", "【", "") and not _ABBREVIATION.search(before) and bool(before)


def _past_closers(line: str, at: int) -> int:
    """Return the place after quotation marks and citation marks that follow an end."""
    while at < len(line):
        mark = MARK.match(line, at)
        if mark:
            at = mark.end()
        elif line[at] in _CLOSERS or line[at] in _ENDS:
            at += 1
        else:
            break
    # “[E1]。” after a full stop, or a full stop left over.
    return at
