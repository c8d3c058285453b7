"""Who speaks in a document: reports of one region belong together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.words import fold

if TYPE_CHECKING:
    from index.ledger.book import LedgerRow

_REGION = re.compile(r"^(?:中共)?([\u4e00-\u9fff]{2,4}?(?:区|县|市|旗|州))(?!域|间)")
# “区重点办” names no region: it is of the one that the other documents are of.
_LEVEL = re.compile(r"[本我该]?[区县市州旗](?!.{0,1}[区县市州旗])")


def issuer_of(row: LedgerRow) -> str:
    """Return who speaks: the region that issuer or title names, else the issuer itself."""
    return issuer_named(row.issuer or "", row.document.title)


@lru_cache(maxsize=16_384)  # every record of a document asks
def issuer_named(issuer: str, title: str) -> str:
    """Return the region that an issuer or a title begins with, else the issuer.

    Nothing where it names but the level of its region (“县水利局”).
    """
    for words in (issuer, title):
        match = _REGION.match(fold(words or "").lstrip("*"))
        if match:
            return match[1]
    return "" if _LEVEL.match(issuer or "") else fold(issuer)
