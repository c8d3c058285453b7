"""Sentences with one planted error each, made from right ones."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.claims.dates import dates
from assistant.claims.folding import fold
from assistant.claims.names import core
from assistant.claims.quantities import quantities, same
from assistant.claims.records import Evidence
from tests.evals.claims.documents import Source
from tests.evals.claims.facts import OPPOSITE, STAGES, facts, held
from tests.evals.claims.natural import Case
from tests.evals.claims.right import PAIR_REASON, PAIR_UNIT, neighbours, pair_words

_UNITS = (
    ("亿元", "万元"),
    ("万元", "亿元"),
    ("公里", "米"),
    ("平方公里", "公里"),
    ("亩", "公顷"),
    ("万平方米", "平方米"),
    ("%", "个百分点"),
    ("％", "个百分点"),
    ("万吨", "吨"),
)
_HEDGES = (
    ("约", ""),
    ("近", ""),
    ("超过", "不足"),
    ("余", ""),
    ("以上", "以下"),
    ("不足", "超过"),
    ("左右", ""),
    ("以内", "以上"),
    ("至少", "至多"),
    ("低于", "高于"),
    ("多", ""),
)
_NEGATED = ("尚未", "还没有", "仍未", "至今未", "未能", "没有", "未")
_INVENTED = (
    "该项目预计可带动就业{n}人。", "{name}已完成全部征地拆迁工作。", "区政府已召开专题会议研究解决{name}的用地问题。",
    "{name}的施工单位将于下月更换。", "{name}获得了省级专项资金支持。", "{name}已列入国家重大项目库。",
    "{name}的设计方案由外地专家评审通过。", "{name}的监理单位存在违规行为。", "群众对{name}普遍表示满意。",
    "{name}的建设将显著改善周边交通状况。", "{name}因设计变更追加预算{n}万元。", "{name}计划引入社会资本合作。",
    "{name}已通过环境影响评价。", "{name}的负责人已被约谈。", "{name}面积约{n}平方米。",
    "{name}的延误引发了多起投诉。", "审计部门对{name}提出了整改意见。", "{name}将采用装配式建造工艺。",
    "{name}周边房价因此上涨。", "{name}由中央财政全额拨款。", "{name}的土方工程遭遇塌方。",
    "{name}完成了招标，中标单位为本地企业。", "专家认为{name}的可行性不足。", "{name}的规模居全省第一。",
)  # fmt: skip


def planted(
    cases: Sequence[Case], sources: Sequence[Source], rng: random.Random, *, held_out: bool
) -> list[Case]:
    """Return one or several wrong sentences for each right one, with the kind of error."""
    found: list[Case] = []
    makers: tuple[Callable[[Case, random.Random], Case | None], ...] = (
        _digit, _unit, _date, _status, _negation, _hedge, _project, _letter, _office, _citation,
    )  # fmt: skip
    for case in cases:
        made = [
            wrong
            for maker in makers
            if ((wrong := maker(case, rng)) and wrong.text != case.text)
            or (wrong and wrong.kind == "citation")
        ]
        found += made
    for source in sources:
        found += _merged(source, rng, held_out=held_out)
        found += _invented(source, rng, held_out=held_out)
    return found


def _wrong(case: Case, kind: str, text: str, words: str) -> Case:
    return replace(case, kind=kind, text=text, planted=words)


def _digit(case: Case, rng: random.Random) -> Case | None:
    places = [m for m in re.finditer(r"\d+(?:\.\d+)?", case.text) if not _in_name(case, m.start())]
    rng.shuffle(places)
    for match in places:
        at = rng.randrange(len(match.group()))
        if match.group()[at] == ".":
            continue
        digit = rng.choice([d for d in "123456789" if d != match.group()[at]])
        new = match.group()[:at] + digit + match.group()[at + 1 :]
        text = case.text[: match.start()] + new + case.text[match.end() :]
        if _new_figure(text, case.text, case.evidence):
            return _wrong(case, "digit", text, new)
    return None


def _new_figure(text: str, right: str, items: Sequence[Evidence]) -> bool:
    """Tell whether a figure or date of ``text`` is neither in the right text nor in the evidence."""
    source = fold(
        "\n".join(p for e in items for p in (e.quote, e.title, e.section, *e.fields.values()))
    )
    known = quantities(fold(right)) + quantities(source)
    strange = [q for q in quantities(fold(text)) if not any(same(q, k) for k in known)]
    days = {
        (d.year, d.month, d.day, d.part, d.span) for t in (fold(right), source) for d in dates(t)
    }
    later = [d for d in dates(fold(text)) if (d.year, d.month, d.day, d.part, d.span) not in days]
    counted = len(items)
    return bool(later) or any(q.value not in (counted, 1) for q in strange)


def _in_name(case: Case, at: int) -> bool:
    for name in case.source.names:
        place = case.text.find(name)
        if place >= 0 and place <= at < place + len(name):
            return True
    return at > 0 and (
        (case.text[at - 1].isascii() and case.text[at - 1].isalpha()) or case.text[at - 1] in "〔第"
    )


def _unit(case: Case, rng: random.Random) -> Case | None:
    for old, new in rng.sample(_UNITS, len(_UNITS)):
        match = re.search(rf"(?<=\d){old}", case.text)
        if match and not _in_name(case, match.start()):
            text = case.text[: match.start()] + new + case.text[match.end() :]
            if _new_figure(text, case.text, case.evidence):
                return _wrong(case, "unit", text, new)
    return None


def _date(case: Case, rng: random.Random) -> Case | None:
    for pattern, choices in (
        (r"(\d{1,2})月", range(1, 13)),
        (r"(\d{1,2})日", range(1, 29)),
        (r"(20\d\d)年", range(2019, 2027)),
        (r"月(底)", "初"),
        (r"([一二三四])季度", "一二三四"),
    ):
        match = re.search(pattern, case.text)
        if not match:
            continue
        new = str(rng.choice([c for c in choices if str(c) != match[1]]))
        text = case.text[: match.start(1)] + new + case.text[match.end(1) :]
        if _new_figure(text, case.text, case.evidence):
            return _wrong(case, "date", text, new)
    return None


def _state_of(case: Case) -> str:
    item = case.evidence[0]
    states = [item.fields.get("stage", ""), item.fields.get("progress", "")]
    return next((s for s in states if s in STAGES), "")


def _status(case: Case, rng: random.Random) -> Case | None:
    state = _state_of(case)
    if not state or (len(case.evidence) > 1 and "均" not in case.text and "都" not in case.text):
        return None
    said = next((p for p in sorted(STAGES[state], key=len, reverse=True) if p in case.text), "")
    if not said:
        return None
    new = rng.choice(STAGES[rng.choice(OPPOSITE[state])])
    if any(held(new, [e]) for e in case.evidence):
        return None
    return _wrong(case, "status", case.text.replace(said, new, 1), new)


def _negation(case: Case, rng: random.Random) -> Case | None:
    for word in _NEGATED:
        at = case.text.find(word)
        if at >= 0 and not _in_name(case, at) and case.text[at : at + 2] not in ("未来", "没收"):
            new = "已" if rng.random() < 0.5 and word != "未能" else ""
            text = case.text[:at] + new + case.text[at + len(word) :]
            return _wrong(case, "negation", text, word)
    match = re.search(r"(?<!未)(?:已经|已)(?=[\u4e00-\u9fff])", case.text)
    if match and not _in_name(case, match.start()):
        text = case.text[: match.start()] + rng.choice(("未", "尚未")) + case.text[match.end() :]
        return _wrong(case, "negation", text, "已")
    return None


def _hedge(case: Case, rng: random.Random) -> Case | None:
    for old, new in rng.sample(_HEDGES, len(_HEDGES)):
        before, after = (
            re.search(rf"{old}(?=\d)", case.text),
            re.search(rf"(?<=[\d元人户%个亩]){old}", case.text),
        )
        match = after if old in ("余", "多", "以上", "左右", "以内") else before
        if match and not re.search(r"[全邻附将至]$", case.text[: match.start()]):
            return _wrong(
                case, "hedge", case.text[: match.start()] + new + case.text[match.end() :], old
            )
    return None


def _project(case: Case, rng: random.Random) -> Case | None:
    """Another project of the document in the place of the one that is meant."""
    mine = [core(fold(e.fields["name"])) for e in case.evidence if "name" in e.fields]
    others = [
        f.name for f in facts(case.source)
        if not held(core(f.name), case.evidence) and core(f.name) not in case.text
        and not any(core(f.name) in m or m in core(f.name) for m in mine)
    ]  # fmt: skip
    for name in mine:
        if name in case.text and others:
            other = rng.choice(others)
            return _wrong(case, "name", case.text.replace(name, core(other), 1), other)
    return None


def _letter(case: Case, rng: random.Random) -> Case | None:
    """A name with one character changed, or the other phase of the same project."""
    for item in case.evidence:
        name = core(fold(item.fields.get("name", "")))
        if len(name) < 4 or name not in case.text:
            continue
        phase = re.search(r"[一二三](?=期)", name)
        if phase:
            at, new = phase.start(), rng.choice([c for c in "一二三四" if c != phase.group()])
        else:
            at = rng.randrange(0, len(name))
            new = rng.choice("东西南北金银河山湖城新华安福云龙石林阳海")
        altered = name[:at] + new + name[at + 1 :]
        if altered == name or held(altered, case.evidence) or not "\u4e00" <= name[at] <= "\u9fff":
            continue
        return _wrong(case, "letter", case.text.replace(name, altered, 1), altered)
    return None


def _office(case: Case, rng: random.Random) -> Case | None:
    """Another office or person of the document in the place of the right one."""
    for field in ("unit", "leader"):
        value = case.evidence[0].fields.get(field, "").strip()
        if len(value) < 2 or value not in case.text:
            continue
        others = {
            f for e in case.source.evidence.values() if (f := e.fields.get(field, "").strip()) and len(f) >= 2
            and f not in value and value not in f and not held(f, case.evidence) and f not in ("同上",)
        }  # fmt: skip
        if others:
            other = rng.choice(sorted(others))
            return _wrong(case, "office", case.text.replace(value, other, 1), other)
    return None


def _citation(case: Case, rng: random.Random) -> Case | None:
    """The right sentence over evidence that does not speak of it."""
    if rng.random() > 0.25:
        return None
    figures = [q.words for q in quantities(fold(case.text)) if len(q.words) > 2]
    names = [core(fold(e.fields["name"])) for e in case.evidence if "name" in e.fields]
    telling = [n for n in names if n in case.text] or figures
    others = [
        e for k, e in case.source.evidence.items()
        if e not in case.evidence and telling and not any(held(t, [e]) for t in telling)
    ]  # fmt: skip
    if not others:
        return None
    return replace(case, kind="citation", evidence=(rng.choice(others),), planted="wrong key")


def _merged(source: Source, rng: random.Random, *, held_out: bool) -> Iterator[Case]:
    """Yield pairs of projects whose offices or reasons are put the wrong way round."""
    rows = facts(source)
    for one, other in neighbours(rows, rng):
        words = pair_words(one, other, rng)
        crossed = words | {
            "ua": words["ub"],
            "ub": words["ua"],
            "ra": words["rb"],
            "rb": words["ra"],
        }
        items = (one.evidence, other.evidence)
        if one.unit and other.unit and one.unit not in other.unit and other.unit not in one.unit:
            template = rng.choice(PAIR_UNIT)
            if "{sa}" not in template or (words["sa"] and words["sb"]):
                yield Case(template.format(**crossed), items, source, held_out, "merged", one.unit)
            text = f"{words['a']}由{other.unit}负责。"
            yield Case(text, items, source, held_out, "merged", other.unit)
        if one.reason and other.reason and one.reason != other.reason and one.state and other.state:
            yield Case(
                rng.choice(PAIR_REASON).format(**crossed),
                items,
                source,
                held_out,
                "merged",
                one.reason,
            )
    for key, item in source.evidence.items():
        if key[0] == "P":
            yield from _within(item, rows, source, rng, held_out=held_out)


def _within(
    item: Evidence, rows: Sequence, source: Source, rng: random.Random, *, held_out: bool
) -> Iterator[Case]:  # type: ignore[type-arg]
    """Yield a project with the office or reason of another of the same paragraph."""
    inside = [f for f in rows if held(core(f.name), [item]) and f.unit and held(f.unit, [item])]
    for one, other in neighbours(inside, rng):
        if one.unit not in other.unit and other.unit not in one.unit:
            text = f"{core(one.name)}项目的责任单位是{other.unit}。"
            yield Case(text, (item,), source, held_out, "merged", other.unit)
        if one.reason and other.reason and one.reason != other.reason and held(one.reason, [item]):
            text = f"{core(one.name)}项目存在的问题是{other.reason}。"
            yield Case(text, (item,), source, held_out, "merged", other.reason)


def _invented(source: Source, rng: random.Random, *, held_out: bool) -> Iterator[Case]:
    templates = _INVENTED[len(_INVENTED) // 2 :] if held_out else _INVENTED[: len(_INVENTED) // 2]
    for fact in facts(source)[:12]:
        text = rng.choice(templates).format(name=fact.name, n=rng.randrange(100, 9000))
        yield Case(text, (fact.evidence,), source, held_out, "invented", text)
