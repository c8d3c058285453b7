"""What is wrong with a sentence, told to staff and to the model that is to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims.records import Fault

_TOLD: dict[str, tuple[str, str]] = {
    "unknown_key": ("没有编号为“{words}”的证据", "there is no evidence “{words}”"),
    "uncited": ("没有写明出处", "it gives no source"),
    "number": ("所引证据里没有数字“{words}”", "the cited evidence has no figure “{words}”"),
    "date": ("所引证据里没有时间“{words}”", "the cited evidence has no date “{words}”"),
    "amount": ("所引证据里没有金额“{words}”", "the cited evidence has no amount “{words}”"),
    "name": ("所引证据里没有“{words}”", "the cited evidence does not name “{words}”"),
    "status": (
        "状态与所引证据不符：“{words}”",
        "the status differs from the cited evidence: “{words}”",
    ),
    "negation": (
        "肯定或否定与所引证据相反：“{words}”",
        "it says the opposite of the cited evidence: “{words}”",
    ),
    "merged": ("把几件事合成了一件：“{words}”", "it makes one thing of several: “{words}”"),
    "unsupported": ("所引证据没有这样说：“{words}”", "the cited evidence does not say “{words}”"),
}
_OTHER = ("没有通过核对：“{words}”", "not borne out: “{words}”")
LONGEST = 60  # characters of the words of a fault


def tell_faults(faults: Sequence[Fault], language: str) -> str:
    """Return what is wrong with a sentence, in one line."""
    told = []
    for fault in faults:
        chinese, english = _TOLD.get(fault.kind, _OTHER)
        words = fault.words if len(fault.words) <= LONGEST else fault.words[:LONGEST] + "…"
        told.append((chinese if language == "zh" else english).format(words=words))
    return ("；" if language == "zh" else "; ").join(dict.fromkeys(told))
