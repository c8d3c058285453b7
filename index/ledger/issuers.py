"""Who speaks in a document: reports of one region belong together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.ledger.units import is_region
from index.words import fold

if TYPE_CHECKING:
    from index.ledger.book import Ledger, LedgerRow

# “县委县政府督查室” begins with no region “县委县”.
_BODY = r"[省市县区旗州](?:委|政府|人大|政协|纪委|级|重点)"
_REGION = re.compile(
    rf"^(?:中共)?(?:关于)?((?!在|关于|{_BODY}|(?:关于)?[全我本各该][省市县区旗州])[\u4e00-\u9fff]{{2,4}}?(?:区|县|市|旗|州))(?!域|间|长)"
)
# “双鹤经济开发区督查考核办公室”, “双鹤经开区管委会”: a zone is a region, short or in full.
_ZONE = re.compile(
    r"^(?:中共)?(?:关于)?(?!在|(?:关于)?[全我本各该][省市县区旗州])(?P<place>[\u4e00-\u9fff]{2,6}?)(?:国家级?|省级?)?"
    r"(?P<kind>经济(?:技术)?开发区|经开区|高新技术(?:产业)?(?:开发)?区|高新区)"
)
# “区重点办” names no region: it is of the one that the other documents are of.
_LEVEL = re.compile(r"[本我该]?(?:[区县市州旗]委|[区县市州旗](?!.{0,1}[区县市州旗]))")


def issuer_of(row: LedgerRow) -> str:
    """Return who speaks: the region that issuer or title names, else the issuer itself."""
    return issuer_named(row.issuer or "", row.document.title, _file_name(row.file.path))


@lru_cache(maxsize=4)  # a ledger is loaded anew whenever its files change
def regions_of(ledger: Ledger) -> dict[tuple[int, int], str]:
    """Return the regions that speak, by file and ordinal of the document; others are left out."""
    return {
        (file.id, document.ordinal): issuer
        for file in ledger.files
        for document in file.documents
        if is_region(
            issuer := issuer_named(document.issuer or "", document.title, _file_name(file.path))
        )
    }


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


@lru_cache(maxsize=16_384)  # every record of a document asks
def issuer_named(issuer: str, title: str, file_name: str = "") -> str:
    """Return the region that an issuer, a title or a file's name begins with, else the issuer.

    Nothing where it names but the level of its region (“县水利局”).
    """
    for words in (issuer, title, file_name):
        bare = fold(words or "").lstrip("*")
        if zone := _ZONE.match(bare):
            return zone["place"] + ("高新区" if "高新" in zone["kind"] else "经开区")
        if match := _REGION.match(bare):
            return match[1]
    return "" if _LEVEL.match(issuer or "") else fold(issuer)
