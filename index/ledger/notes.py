"""What stands in parentheses or in a clause behind a listed name."""

from __future__ import annotations

import re

from index.ledger.amounts import amounts
from index.ledger.attributes import Fields, labelled_parts, read_attributes
from index.ledger.labels import IN_TEXT
from index.ledger.owners import owner_clause
from index.ledger.quantities import SCALE
from index.ledger.records import Span, Words
from index.ledger.status import Status, is_status_only, status_of
from index.ledger.told import none_put_in, past_news
from index.ledger.units import are_units, can_own, is_region, is_strong_unit
from index.records import View
from index.sentences import parts

_OWNER = (
    r"(?:(?:责任|牵头|建设|实施|主管|承办)(?:单位|部门)[：:为是]?|由)?"
    r"(?P<unit>[^，,、；;：:（）]{2,40}?)(?P<does>负责|牵头|承建|承办)?"
)
_OWNER_FIRST = re.compile(rf"{_OWNER}[，,；;](?=.)")
_OWNER_LAST = re.compile(rf"(?<=.)[，,；;]{_OWNER}[。；;]?$")
_BARE_AMOUNT = re.compile(r"\s*(?:总?投资)?[约近超]?[\d.．,，０-９]+[万亿]?元\s*")
_BARE_SHARE = re.compile(r"\s*(?P<value>\d{1,3}(?:\.\d+)?)\s*[%％]\s*")
# “0%——批复没下来”: how far, then why.
_SHARE_FIRST = re.compile(
    r"\s*(?P<share>(?P<value>\d{1,3}(?:\.\d+)?)\s*[%％])\s*(?:——|—|－－|--|[，,：:])\s*(?=\S{2})"
)
_MONEY = frozenset({"total_investment", "planned_investment", "done_investment", "percent"})
_LACK = re.compile(r"缺口?|不足|未|没|欠|短缺|难以|无力|承受")
_TOLD = re.compile(
    r"[，,；;](?:主要)?原因(?:主要)?(?:是|为|在于|系)[：:]?(?P<why>[^。]{2,}?)[。；;，,]?$"
)
_ALL = re.compile(
    r"^[，,]?(?:均|都(?=[已未没因在受无不由处尚仍还是缺])|皆|上述(?:项目)?|以上(?:项目)?|全部|(?:两|三|四|五|六|七|八|九"
    r"|\d+)个(?:项目)?(?:均|都)?)(?:[为系]|是(?![否小统列]))?"
)

# “是进口机床交货推迟”, “则是贷款没有批下来”: what joins a reason to the name before it.
_IS = re.compile(r"则?(?:主要|都|就)?(?:是因为|[是系](?![否小统列]))(?=.{4})")


def note_fields(view: View, start: int, end: int, *, late: bool) -> tuple[Fields, Status]:
    """Return the fields that a note gives, and the status that it says by itself.

    ``late`` tells that the list is of things not started, stopped or behind: a
    note without labels is then the reason, in full and as written.
    """
    text = view.text[start:end]
    if share := _BARE_SHARE.fullmatch(text):  # “（62.1％）” tells how far, not why
        words = Words(text.strip(), (view.span(start, end),), float(share["value"]))
        return {"percent": words}, Status()
    if first := _SHARE_FIRST.match(text):
        behind, status = note_fields(view, start + first.end(), end, late=late)
        span = view.span(start + first.start("share"), start + first.end("share"))
        return {"percent": Words(first["share"], (span,), float(first["value"])), **behind}, status
    if SCALE.fullmatch(text.strip()):
        return {}, Status()
    if are_units(text) and is_strong_unit(re.split(r"[、，,]", text)[-1]):
        return {"unit": Words(text, (view.span(start, end),))}, Status()
    owner_alone = owner_clause(text, 0, len(text))
    if owner_alone and owner_alone.said is None:
        span = (start + owner_alone.unit[0], start + owner_alone.unit[1])
        return {"unit": Words(view.text[slice(*span)], (view.span(*span),))}, Status()
    if is_region(text):
        return {"unit": Words(text, (view.span(start, end),))}, Status()
    for owner in (_OWNER_FIRST.match(text), _OWNER_LAST.search(text)):
        if owner and (can_own(owner["unit"]) or (owner["does"] and are_units(owner["unit"]))):
            low, high = (owner.end(), len(text)) if owner.start() == 0 else (0, owner.start())
            fields, status = note_fields(view, start + low, start + high, late=late)
            span = (start + owner.start("unit"), start + owner.end("unit"))
            return {**fields, "unit": Words(owner["unit"], (view.span(*span),))}, status
    told = _TOLD.search(text)
    if told and not IN_TEXT.search(text):
        # “目前滞后于序时进度，原因是……”: the status before it, the reason behind.
        fields, status = note_fields(view, start, start + told.start(), late=False)
        span = (start + told.start("why"), start + told.end("why"))
        return {**fields, "reason": Words(told["why"], (view.span(*span),))}, status
    status = status_of(text)
    fields = read_attributes(view, start, end)
    if IN_TEXT.search(text):
        free = _unlabelled(view.text, start, end) if late and "reason" not in fields else None
        if free:
            fields["reason"] = Words(view.text[slice(*free)], (view.span(*free),))
        return fields, status
    bare = _bare_words(view, start, end, fields) if late else None
    if bare:
        skip = (_ALL.match(text) or _IS.match(text)) if bare[0] == start else None
        low = bare[0] + (skip.end() if skip else 0)
        if low >= bare[1]:
            return fields, status
        why = past_news(view.text, low, bare[1])
        fields["reason"] = Words(view.text[why : bare[1]], (view.span(why, bare[1]),))
        stands = fields.get("status_text")
        if stands and stands.end > fields["reason"].start:
            del fields["status_text"]
    elif status and "status_text" not in fields and "reason" not in fields:
        fields["status_text"] = Words(text, (view.span(start, end),))
    return fields, status


def _bare_words(view: View, start: int, end: int, fields: Fields) -> Span | None:
    """Return a note's words without the amounts that it begins or ends with, or None."""
    taken = [(w.start, w.end) for key, w in fields.items() if key in _MONEY]
    clauses = list(parts(view.text, start, end, "，,；;"))
    clauses = [span for span in clauses if not none_put_in(view.text[slice(*span)])]
    plain = [
        span for span in clauses
        if _LACK.search(view.text[slice(*span)])
        or (not _BARE_AMOUNT.fullmatch(view.text[slice(*span)])
        and not any(low <= a < high for low, high in [view.span(*span)] for a, _ in taken))
    ]  # fmt: skip
    return (plain[0][0], plain[-1][1]) if plain else None


def _unlabelled(text: str, start: int, end: int) -> Span | None:
    """Return the words beside labelled parts (“责任单位：区住建局，资金未到位”), or None."""
    free = [span for key, span in labelled_parts(text, start, end) if key is None]
    for a, b in free:
        while a < b and text[a] in "，,；;。 ":
            a += 1
        while a < b and text[b - 1] in "，,；;。 ":
            b -= 1
        said = next(amounts(text, a, b), None) or is_status_only(text[a:b])
        if b - a >= 3 and not said:
            return a, b
    return None
