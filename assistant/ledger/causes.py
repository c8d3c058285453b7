"""The causes that documents count projects under, as questions name them (“卡在用地手续上的”)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.ledger.book import Ledger
from index.ledger.reasons import reason_kind
from index.ledger.records import CAUSE, ReasonKind
from index.words import fold

MIN_SHARED = 2  # characters that a question and the name of a cause have in common
# What says but that something is wrong, whatever it is.
_WRONG = re.compile(
    r"(?:没有?|未能?|尚未|不)(?:完全|及时)?(?:到位|落实|批下?来?|办下?来?|解决|完成|扫尾|跟上|做通)?"
    r"|(?:跟|批|办|落)不[上下来]+|问题|原因|因素|困难|影响|项目|工程|方面|缺乏|短缺|不足|滞后|缓慢|反复|制约"
)


def cause_asked(said: str, ledger: Ledger) -> str | None:
    """Return the one cause of the documents' own that words of a question name best, or None."""
    words = _WRONG.sub("\n", said)
    shared = {cause: _shared(_WRONG.sub("\r", cause), words) for cause in _causes(ledger)}
    most = max(shared.values(), default=0)
    best = [cause for cause, length in shared.items() if length == most]
    return best[0] if most >= MIN_SHARED and len(best) == 1 else None


def kind_of_cause(cause: str) -> ReasonKind:
    """Return the kind of reason that a document's own cause is of."""
    return reason_kind(cause) or "other"


def _causes(ledger: Ledger) -> Iterator[str]:
    yield from dict.fromkeys(fold(said) for row in ledger.rows if (said := row.text(CAUSE)))


def _shared(one: str, other: str) -> int:
    """Return the length of the longest run of characters that both hold."""
    return max(
        (
            end - start
            for start in range(len(one))
            for end in range(start + MIN_SHARED, len(one) + 1)
            if one[start:end] in other
        ),
        default=0,
    )
