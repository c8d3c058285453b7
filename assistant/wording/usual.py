"""A question in the usual wording of what it asks, where its own is not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


# Without its letters a question still asks, or says what it is about.
_ASKS = re.compile(r"[\u4e00-\u9fff]{2}")
_OF_UNITS = re.compile("单位|部门|哪家|乡镇|县区|街道")


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
    if not ledger.rows:
        return None
    asked = masked(question, ledger, encoder)
    if not _ASKS.search(asked.text):
        return None
    whole = _told(asked, encoder)
    parts = [pieces for pair in _halves(asked) if (pieces := _read(*pair, encoder))]
    two = max(parts, key=_share, default=None)
    if two and _share(two) >= sure and _two_things(two):
        return "，".join(str(piece.wording).rstrip("？") for piece in two) + "？"
    if whole is None or whole.wording is None or whole.share < sure:
        return None
    if FORMS[whole.form].half or _asks_more(whole, asked, encoder):
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


def _asks_more(whole: _Piece, asked: Masked, encoder: PassageEncoder) -> bool:
    """Tell whether a further clause asks something else than the question as a whole."""
    for _, other in _halves(asked):
        for form, share in likeliest([other.asking], "forms", encoder):
            if share >= CLEAR and form.removeprefix("各") != whole.form:
                return True
    return False


def _told(piece: Masked, encoder: PassageEncoder) -> _Piece | None:
    """Return what a piece of a question asks, None where it is none of the forms."""
    for form, share in likeliest([piece.asking], "forms", encoder):
        if form in FORMS:
            heard = not unheard(piece.asking, form, encoder) and _of_same_things(piece, form)
            return _Piece(share, form, usual(form, piece) if heard else None)
    return None


def _of_same_things(piece: Masked, form: str) -> bool:
    """Tell whether a form asks about units where a piece of a question does (“哪个单位”)."""
    asks = bool(_OF_UNITS.search(piece.text))
    return not asks or any(_OF_UNITS.search(wording) for wording in FORMS[form].wordings)
