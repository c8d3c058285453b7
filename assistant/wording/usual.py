"""A question in the usual wording of what it asks, where its own is not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.wording.forms import FORMS, usual
from assistant.wording.model import likeliest, unheard
from assistant.wording.slots import Masked, masked
from index.embed import PassageEncoder
from index.ledger.book import Ledger

SURE = 0.6  # from this on a question asks what it looks like
SURER = 0.85  # where it is answered already, if from what happens to be said
CLEAR = 0.6  # from this on a clause asks something else than the whole
_BREAK = re.compile(r"[？?；;。，,]+\s*")


LONGEST = 120  # characters of a question that is put in other words
# Without its letters a question still asks, or says what it is about.
_ASKS = re.compile(r"[\u4e00-\u9fff]{2}")
_OF_UNITS = re.compile("单位|部门|哪家|乡镇|县区|街道")
# Figures and bounds that no letter stands for would be lost.
_LOST = re.compile(
    r"\d|第[一二三四五六七八九十]|以[下上内外后来]|之[后前]|至[多少]|[高低超]于|不超过|哪一?[年月]|哪个月|[前后][一二三四五六七八九十]"
)
_NEGATED = re.compile("[不没未非无除]")
# “有没有”, “是不是”, “开工了没”: whether, and not that not.
_WHETHER = re.compile(
    r"(?P<one>[\u4e00-\u9fff])[不没](?P=one)|没有?(?=[？?。]?$)|不(?=[？?。]?$)|差不多"
)
# Ways to ask that say a negation themselves, or what is wrong.
_SAYS_NOT = frozenset((
    "原因", "列原因", "列除原因", "低于比例", "最低比例", "剩余投资", "未完成差额", "资金缺口",
    "核对", "合计核对", "文件问题", "列问题", "谁来解决", "下一步", "变化",
))  # fmt: skip
_NOT_SO = re.compile(r"[不没未非无](?:有|能|是|属于)?(?:(?=[A-Z])|滞后|落后|停工|慢|逾期|超期)")
_LEAST = re.compile("最[少小]|垫底|倒数")
_APART = re.compile("相差|差多少|差几")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a piece of a question asks: how likely, in which form, in which usual words."""

    share: float
    form: str
    wording: str | None


def usual_question(
    question: str, ledger: Ledger, encoder: PassageEncoder, sure: float = SURE
) -> str | None:
    """Return a Chinese question in the usual wording, None where none is likely enough.

    ``sure`` is how probable, 0 to 1, what it asks must be. Without records nothing is put so.
    """
    if not ledger.rows or len(question) > LONGEST:
        return None
    asked = masked(question, ledger, encoder)
    if not _ASKS.search(asked.text) or _LOST.search(asked.text):
        return None
    halves = list(_halves(asked))
    two = _read(*halves[0], encoder) if len(halves) == 1 else None
    if two and _share(two) >= sure and _two_things(two):
        return "，".join(str(piece.wording).rstrip("？") for piece in two) + "？"
    whole = _told(asked, encoder)
    if whole is None or whole.wording is None or whole.share < sure:
        return None
    if FORMS[whole.form].half or _asks_more(whole, halves, encoder):
        return None
    return whole.wording


def _halves(asked: Masked) -> Iterator[tuple[Masked, Masked]]:
    """Yield the question in two, at each of its breaks."""
    for match in _BREAK.finditer(asked.text.rstrip("？?。 ")):
        yield asked.cut(0, match.start()), asked.cut(match.end(), len(asked.text))


def _two_things(pieces: tuple[_Piece, _Piece]) -> bool:
    """Tell whether the second piece asks something that the first does not."""
    return pieces[0].form != pieces[1].form.removeprefix("各")


def _share(pieces: tuple[_Piece, _Piece]) -> float:
    return min(piece.share for piece in pieces)


def _read(first: Masked, other: Masked, encoder: PassageEncoder) -> tuple[_Piece, _Piece] | None:
    """Return what two pieces of a question ask, None where that is not known of both."""
    begun = _told(first, encoder)
    if begun is None or begun.wording is None or FORMS[begun.form].half:
        return None
    things = [slot for slot in first.slots if slot.letter in "PU"]
    if len(things) > 1:
        return None
    named = any(slot.letter in "PU" for slot in other.slots)
    goes_on = _told(other, encoder)
    if things and not named:
        of_it = _told(other.of(things[0]), encoder)
        half = goes_on is not None and FORMS[goes_on.form].half and things[0].letter == "U"
        goes_on = goes_on if half else of_it
    elif goes_on is not None and not (other.slots or FORMS[goes_on.form].half):
        return None  # of what the first piece says, and no question of its own
    if goes_on is None or goes_on.wording is None:
        return None
    return begun, goes_on


def _asks_more(
    whole: _Piece, halves: Sequence[tuple[Masked, Masked]], encoder: PassageEncoder
) -> bool:
    """Tell whether a further clause asks something else than the question as a whole."""
    for _, other in halves:
        for form, share in likeliest([other.asking], "forms", encoder):
            if share >= CLEAR and form.removeprefix("各") != whole.form:
                return True
    return False


def _told(piece: Masked, encoder: PassageEncoder) -> _Piece | None:
    """Return what a piece of a question asks, None where it is none of the forms."""
    for form, share in likeliest([piece.asking], "forms", encoder):
        if form in FORMS:
            heard = not unheard(piece.asking, form, encoder) and _keeps(piece, form)
            return _Piece(share, form, usual(form, piece) if heard else None)
    return None


def _keeps(piece: Masked, form: str) -> bool:
    """Tell whether a form says what else a piece says: of units, not, the least, a difference."""
    usually = "".join(FORMS[form].wordings)
    if _OF_UNITS.search(piece.text) and not _OF_UNITS.search(usually):
        return False
    if _LEAST.search(piece.text) and not re.search("E|最低", usually):
        return False
    if _APART.search(piece.text) and "一共" in usually:
        return False
    text = _WHETHER.sub("", piece.text)
    if form == "列除原因":
        return True
    return not _NOT_SO.search(text) and (form in _SAYS_NOT or not _NEGATED.search(text))
