"""How well a remark tells what is wanted of a thing, and with which of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.grids.groups import NAME as GROUP
from assistant.things.amended import Amendment, amendments_in, fold_same
from assistant.things.kinds import Span, is_person, values_in
from assistant.things.remarks import Remark
from assistant.things.synonyms import alike, says, share_said
from assistant.things.wants import Want
from index.ledger.status import status_mentions
from index.words import fold

SURE = 0.55  # of the asked words, weighted by nearness, that a remark must say
NEAR = 0.15  # below the best, that still tells the same
SENTENCE, ENTRY = 0.9, 0.7  # weight of words that stand in another clause, in another sentence
LISTED = 0.7  # of an item under a state, where no more is asked than how it stands
OUTRIGHT = 0.05  # added where the words stand together as they were asked
OF_BEFORE = 0.1  # of the words of the question before that an entry says
OLD = 0.3  # taken from what a heading says to be over (“原时限”)
DUE = 0.85  # of a day before which something is to be done
LITTLE = 6  # characters that name a thing and say no reason
PROSE = 6  # characters of a cell that may be read as a sentence
OF_PERIOD = 0.1  # added where titles, headings or label name a period that is asked for
_STOPS = "，。；：:,;！？\n（）()"
_BODY_LABEL = re.compile(r"单位|部门|主体|牵头|公司|机构|企业|责任$")
_PERSON_LABEL = re.compile(r"人$|人员|领导|联系|联络|负责|长$|主任|书记|对象")
_DATE_LABEL = re.compile(r"时间|日期|时限|期限|开工|完工|竣工|节点|年月|完成$|办结")
_REASON = re.compile(r"原因|缘由|理由|因素")
_STATE_LABEL = re.compile(r"进展|进度|状态|情况|情形|形象|阶段|备注|说明|结果")
_PLACE_LABEL = re.compile(r"地点|地址|位置|选址|所在|坐落|属地")
_WHY_LABEL = re.compile(r"原因|缘由|问题|困难|理由|备注|情形")
_SORTS = {
    "公司": "公司|集团|厂$|企业$",
    "企业": "公司|集团|厂$|企业$",
    "银行": "银行",
    "学校": "学|校",
    "医院": "院$",
}
ROLES = re.compile(r"施工|监理|设计|勘察|承建|中标|代建|运营|审计|检测|供货|投资方|总包")
_ROLE_ASKED = re.compile(r"负责|牵头|责任|主管|承办|联系|时限|期限|进|状态|程度|哪一?步|情况")
_BODIES = ("body", "who", "person")
# What is counted in these may be anything.
_ANY = frozenset(("", *"个项件条次天人名"))
_LIGHT = frozenset(("建设", "安排", "计划", "确定", "定下来", *"建设定办做有是"))
_AS_OF = re.compile(r"截[至止]到?$|截[至止](?:哪|什么)")
_AMENDED = re.compile(r"(?:调整|变更|更正|修正|核定|顺延|延期)后")
_GONE = re.compile(r"^[^。；;]{0,16}(?:作废|废止|停止使用|不再执行)")
_MOVED = re.compile(r"(?:顺延|延期|推迟|延后|延长|调整|变更)(?![至到为成])")
_OLD = re.compile(r"^原(?!因|料|址)|(?:调整|变更|更正|修正|延期)前")
# An item of a list with a note that may say why it stands there: “A（两次流标）”, “A——未批”.
_NOTED = re.compile(
    r"(?:[^,。;:(]{1,16}:)?[^,。;:(—]{2,30}(?:[(](?P<note>[^()]{5,})[)]|——(?P<said>[^,。;]{5,}.*))"
)
_NO_CAUSE = re.compile(
    r"^[^，。；]{1,10}(?:[局委办]|公司|中心|政府|[镇乡])$|已|完成|封顶|通车|投产|验收|[%％]|投用|交付|共"
)
_COUNT = re.compile(r"\d+(?:个|项|件|家|处|户).*")  # of several things, no state of one
# Counts of several things, and what was told wrongly, are no state of one.
_COUNTS = re.compile(r"\d个[^。]{2,30}\d个[^。]{2,30}\d个|[把将][^，。]{2,30}(?:列为|写作|列入)")
_WHEN = re.compile(r"(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}[日号])?[起]?|至今|目前|仍|已")
_DENIES = re.compile(r"没|未|不|缺|欠|剩")
# Who heads a body is not who answers for the thing: “区政府将约谈主要负责人”.
_HEADS = re.compile(r"(?:责任单位)?(?:主要|相关|有关|单位|企业)负责(?:人|同志)")
_CAUSE = re.compile(r"因|由于|原因|卡|受|导致|影响|未|没|不|缺|难|有意见|重新")


@dataclass(frozen=True, slots=True)
class Fit:
    """A remark that tells what is wanted: its value's span in the remark's text, how well.

    ``amended`` tells that it sets an earlier value right, ``timed`` that it is of the period asked.
    """

    remark: Remark
    span: Span
    score: float
    amended: bool = False
    timed: bool = False

    @property
    def value(self) -> str:
        """Return the words that answer."""
        return self.remark.text[slice(*self.span)]


def best_fits(want: Want, remarks: Sequence[Remark], *, later: bool = False) -> list[Fit]:
    """Return the remarks that tell best what is wanted: the newest first, amendments before all.

    ``later`` asks how it came out: all that tell it are ordered by their dates.
    """
    if _denied(want, remarks):
        return []
    fits = [fit for fit in fits_of(want, remarks) if fit.score >= SURE]
    fits = fits or _only(want, remarks)
    if not fits:
        return []
    top = max(fit.score for fit in fits)
    near = [fit for fit in fits if later or fit.score >= top - NEAR]
    near.sort(key=lambda fit: (fit.remark.date, fit.amended, fit.score), reverse=True)
    found: list[Fit] = []
    for fit in near:
        if not any(_same(fit, other) for other in found):
            found.append(fit)
    return found


def _only(want: Want, remarks: Sequence[Remark]) -> list[Fit]:
    """Return the one quantity in the asked unit that is said of a thing, and what it was.

    “建几座” of a thing of which no other number of 座 is told needs no word of its heading.
    """
    if want.kind != "quantity" or want.unit in _ANY or not set(want.words) <= _LIGHT:
        return []
    fits = [replace(fit, score=SURE) for fit in fits_of(want, remarks)]
    was = " ".join(c.old for r in remarks for c in amendments_in(fold_same(r.text)) if c.corrects)
    values = {fit.value for fit in fits if fit.value not in was}
    return fits if len(values) == 1 else []


def fits_of(want: Want, remarks: Sequence[Remark]) -> list[Fit]:
    """Return every value of the kind wanted that the remarks hold, however well it fits."""
    return [
        replace(fit, timed=_is_of_time(want, remark))
        for remark in remarks
        for fit in _fits(want, remark)
    ]


def _denied(want: Want, remarks: Sequence[Remark]) -> bool:
    """Tell whether a remark says that what is asked about was not done (“未同意”)."""
    verbs = [w for w in want.words if len(w) > 1 and not _DENIES.search(want.clause)]
    return want.kind not in ("state", "why") and any(
        re.search(rf"(?:未|没有?|不予|并未){re.escape(verb)}", remark.text)
        and len([w for w in want.words if w in remark.text]) > 1
        for verb in verbs
        for remark in remarks
    )


def _same(one: Fit, other: Fit) -> bool:
    a, b = (re.sub(r"\s|前$|以前$", "", fit.value) for fit in (one, other))
    return a == b or (one.remark.source == other.remark.source and one.remark.kind == "sentence")


def _fits(want: Want, remark: Remark) -> Iterator[Fit]:
    if remark.kind == "cell":
        if remark.label == GROUP and want.kind not in ("state", "why"):
            return  # “9月底尚未动工”: what the rows below have in common
        span = _cell(want, remark)
        if span:
            score = _cell_score(want, remark) + _of_time(want, remark)
            amended = bool(_AMENDED.search(remark.label))
            yield Fit(remark, span, score - OLD * bool(_OLD.search(remark.label)), amended)
            return
        if len(remark.text) < PROSE or want.kind in ("state", "why"):
            return
    yield from _sentence(want, remark)


def _of_time(want: Want, remark: Remark) -> float:
    """Return what is added for a period that is asked for, and for words of the question."""
    return _of_words(want, remark) + (OF_PERIOD if _is_of_time(want, remark) else 0.0)


def _is_of_time(want: Want, remark: Remark) -> bool:
    """Tell whether titles, headings, label or words name a period that is asked for."""
    around = fold_same(f"{remark.context} {remark.label} {remark.text}")
    return any(_period_said(time, around) for time in want.times)


def _of_words(want: Want, remark: Remark) -> float:
    """Return what is added for words asked outright, and for those of the question before."""
    around = fold_same(f"{remark.label}{remark.text}")
    score = OUTRIGHT if any(run in around for run in want.runs) else 0.0
    entry = fold_same(f"{remark.about}{remark.context}")
    return score + OF_BEFORE * 2 * share_said(entry, want.before)


def _period_said(time: str, around: str) -> bool:
    ways = {time}
    month = re.search(r"(\d{1,2})月(?:底|末)?$", time)
    year = re.match(r"(?:19|20)\d\d", time)
    if re.search(r"年?底$|年末", time) or (month and month[1] == "12"):
        ways |= {"12月31日", "年底", "年末", "下半年"}
    elif month:
        ways.add(f"{month[1]}月底")
    if year:
        ways |= {f"{year.group()}年"}
    return any(way in around for way in ways)


def _cell(want: Want, remark: Remark) -> Span | None:
    """Return the span of a cell that is of the kind wanted as a whole."""
    text, label = remark.text, remark.label
    whole = (0, len(text))
    if want.kind in _BODIES and not _role_said(want, label):
        return None
    if want.kind == "place":
        if _PLACE_LABEL.search(label):
            return whole if re.search(r"[\u4e00-\u9fff]{2}", text) else None
        return next(values_in(text, "place"), None)
    if want.kind == "body" and want.noun:
        return whole if _of_sort(want, text) else None
    if want.kind == "date":
        plain = len(text) <= 24 and not re.search(r"[，,；;]", text)
        return whole if plain and next(values_in(text, "date"), None) else None
    if want.kind in ("person", "who") and _PERSON_LABEL.search(label):
        return whole if all(is_person(w) for w in re.split("[、，,]", text)) else None
    if want.kind in ("body", "who") and _BODY_LABEL.search(label):
        return whole if re.search(r"[\u4e00-\u9fff]{2}", text) and len(text) <= 40 else None
    if want.kind == "money":
        sums = remark.money or remark.unit.endswith("元") or next(values_in(text, "money"), None)
        return whole if sums and len(text) <= 24 and re.search(r"\d", text) else None
    if want.kind == "quantity":
        unit = re.search(r"[（(]([^（）()]{1,4})[）)]$", label)
        given = remark.unit or (unit[1] if unit else "")
        if given == want.unit and re.fullmatch(r"[\d,.]+", text):
            return whole
        return _nearest(text, list(values_in(text, "quantity", want.unit)), want)
    if want.kind == "sort":
        return whole if want.noun in label and len(text) <= 24 else None
    if want.kind == "state":
        return whole if _STATE_LABEL.search(label) or share_said(text, want.words) else None
    if want.kind == "why":
        if not _REASON.search(label) and _says_no_more(text, want):
            return None
        told = _REASON.search(label) or (_WHY_LABEL.search(label) and _CAUSE.search(text))
        prose = len(text) >= PROSE and not _STATE_LABEL.search(label)
        return whole if told or (prose and share_said(text, want.words)) else None
    return None


def _nearest(text: str, spans: Sequence[Span], want: Want) -> Span | None:
    """Return the value that stands nearest to what is asked (“3户中2户已签”), None of none."""
    said = [
        at
        for word in want.words
        for other in sorted(alike(word), key=len, reverse=True)
        if (at := text.find(other)) >= 0 and (len(other) > 1 or other == word)
    ]
    if not said:
        return spans[0] if spans else None
    return min(spans, key=lambda span: min(abs(at - span[1]) for at in said), default=None)


def _cell_score(want: Want, remark: Remark) -> float:
    """Return how much of what is asked the headings of a cell say, or the cell itself."""
    words = want.words
    label, text = remark.label, remark.text
    if want.noun and want.noun in label:
        return max(0.8, share_said(label, words))
    if want.kind in ("state", "why") and not want.words:
        return 0.85 if len(text) > 4 else 0.7
    said = share_said(label, words)
    own = share_said(f"{label}{text}", words) * SENTENCE
    if want.kind == "why" and _REASON.search(label) and share_said(remark.about, words) > 0:
        return 1.0 + OUTRIGHT  # of the row that says what is asked about
    role = 0.0
    if not want.words and not _ROLE_ASKED.search(want.clause):
        return 0.0
    if want.kind in ("body", "person", "who", "date", "state"):
        role = _role(want, label) * max(ENTRY, share_said(remark.about, want.words) * ENTRY)
        role = (
            role if not want.words or share_said(f"{label}{remark.about}", want.words) >= 0.5 else 0
        )
    return max(said, own, role)


def _role(want: Want, label: str) -> float:
    patterns = {
        "body": _BODY_LABEL,
        "person": _PERSON_LABEL,
        "date": _DATE_LABEL,
        "state": _STATE_LABEL,
    }
    if want.kind == "who":
        return float(bool(_PERSON_LABEL.search(label) or _BODY_LABEL.search(label)))
    return float(bool(patterns[want.kind].search(label)))


def _sentence(want: Want, remark: Remark) -> Iterator[Fit]:
    text = fold_same(remark.text)
    changes = list(amendments_in(text))
    if want.kind in ("state", "why", "sort"):
        score = _words_score(want, remark, (0, len(text)))
        if want.kind in ("state", "why") and not want.words:
            score = _listed_score(want, remark)
        if want.kind == "why" and not score and is_noted(text):
            score = SURE
        if _says_no_more(text, want) if want.kind == "why" else _COUNTS.search(text):
            score -= OLD
        if score and (want.kind != "sort" or want.noun in text):
            yield Fit(
                remark,
                _answering(want, text),
                score + _of_time(want, remark),
                any(c.corrects and not _COUNT.fullmatch(text[slice(*c.new)]) for c in changes),
            )
        return
    for span in values_in(text, want.kind, want.unit):
        if (
            want.kind == "date"
            and not _AS_OF.search(want.clause)
            and _AS_OF.search(text[: span[0]])
        ):
            continue
        if want.noun and not _of_sort(want, text[slice(*span)]):
            continue
        if want.kind in _BODIES and not _role_said(
            want, text[: span[0]][-14:] + text[span[1] :][:8]
        ):
            continue
        if _GONE.search(text[span[1] :]) or (
            _MOVED.match(text[span[1] :]) and text[: span[0]].endswith(("由", "从", "原定"))
        ):
            continue  # “原为6%，已作废”, “时限由12月10日顺延”
        change = next((c for c in changes if c.new[0] <= span[0] < c.new[1]), None)
        if change is None and any(_superseded(c, text, span, want) for c in changes):
            continue
        score = max(_words_score(want, remark, span), _due(want, text[span[1] :]))
        yield Fit(remark, span, score + _of_time(want, remark), bool(change and change.corrects))


def _due(want: Want, after: str) -> float:
    """Return how well “6月28日前更换” says by when something is to be done, whatever it is."""
    done = alike("完成") | alike("整改")
    asked = want.kind == "date" and want.words and all(word in done for word in want.words)
    return DUE if asked and re.match(r"(?:之|以)?前(?!期)", after) else 0.0


def _says_no_more(text: str, want: Want) -> bool:
    """Tell whether a sentence says only that of which the reason is asked, and since when."""
    rest = _WHEN.sub(" ", re.sub(r"[【〔\[][^】〕\]]*[】〕\]]", " ", text))
    for word in want.words:
        rest = rest.replace(word, " ")
    return len(re.findall(r"[\u4e00-\u9fff]", rest)) <= LITTLE


def _listed_score(want: Want, remark: Remark) -> float:
    """Return how well an item of a list tells the state or reason of what it names."""
    if remark.label and status_mentions(remark.label):
        return LISTED
    return ENTRY - NEAR if want.kind == "why" and _CAUSE.search(remark.text) else 0.0


def is_noted(text: str) -> bool:
    """Tell whether an item of a list bears a note that may be the reason why it stands there."""
    match = _NOTED.fullmatch(fold(text))
    return bool(match and not _NO_CAUSE.search(match["note"] or match["said"]))


def _of_sort(want: Want, words: str) -> bool:
    """Tell whether a unit is of the sort asked for (“哪家公司”)."""
    return bool(re.search(_SORTS.get(want.noun, "."), words))


def _role_said(want: Want, beside: str) -> bool:
    """Tell whether the role that is asked for is said beside a unit (“施工单位”)."""
    role = ROLES.search(want.clause)
    return role is None or role.group() in beside


def _superseded(change: Amendment, text: str, span: Span, want: Want) -> bool:
    """Tell whether a value is the one that the sentence sets right."""
    if not span[0] < change.new[0]:
        return False
    new = text[slice(*change.new)]
    return text[slice(*span)] in change.old and any(
        True for _ in values_in(new, want.kind, want.unit)
    )


def _words_score(want: Want, remark: Remark, span: Span) -> float:
    """Return how much of the asked words stands near a value: its clause, sentence, entry."""
    text = _HEADS.sub(lambda m: " " * len(m.group()), fold_same(remark.text))
    low = max(text.rfind(c, 0, span[0]) for c in _STOPS) + 1
    high = min((at for c in _STOPS if (at := text.find(c, span[1])) >= 0), default=len(text))
    scopes = (
        (text[low:high], 1.0),
        (f"{remark.label}{text}", SENTENCE),
        (f"{remark.about}{remark.context}", ENTRY),
    )
    weight = sum(len(w) for w in want.words)
    if not weight:
        return 0.0
    score = 0.0
    for word in want.words:
        score += len(word) * max((says(scope, word) * w for scope, w in scopes), default=0.0)
    near = share_said(text[max(0, low - 12) : high], want.words)
    if want.words[-1] in text[low:high]:  # what stands next to the word of asking
        score += OUTRIGHT * weight
    return (
        score / weight
        if near > 0
        or want.kind in ("state", "why", "sort")
        or _labelled(want, text[max(0, low - 8) : span[0]])
        else 0.0
    )


def _labelled(want: Want, before: str) -> bool:
    """Tell whether a label right before a value says that it is of the kind wanted."""
    patterns = {"body": _BODY_LABEL, "person": _PERSON_LABEL, "date": _DATE_LABEL}
    words = re.split("[，。；]", before)[-1].rstrip("：: ")
    if want.kind == "who":
        return bool(re.search(r"(?:单位|部门|人|牵头|负责|由)$", words))
    pattern = patterns.get(want.kind)
    return bool(pattern and pattern.search(words))


def _answering(want: Want, text: str) -> Span:
    """Return the clause that says most of the asked words."""
    bounds = [0, *(m.end() for m in re.finditer(r"[，。；]", text)), len(text)]
    clauses = [(a, b) for a, b in pairwise(bounds) if b > a]
    best = max(
        clauses, key=lambda c: share_said(text[slice(*c)], want.words), default=(0, len(text))
    )
    return best[0], best[0] + len(text[slice(*best)].rstrip("，。；"))
