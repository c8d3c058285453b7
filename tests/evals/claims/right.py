"""Right sentences, generated: rows and paragraphs of real documents in a model's words."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from tests.evals.claims.documents import Source
from tests.evals.claims.facts import AMOUNTS, STAGES, Fact, facts, other_unit, project
from tests.evals.claims.natural import Case

# The second half of each list was held out while the checks were written.
UNIT_STATE = (
    "{name}由{unit}负责，{state}。", "{unit}负责的{name}{state}。", "{name}的责任单位为{unit}，目前{state}。",
    "目前，{unit}承担的{name}{state}。", "{name}{state}，责任单位：{unit}。",
    "{name}（责任单位：{unit}）{state}。", "据通报，{name}{state}，该项目由{unit}牵头。",
    "由{unit}负责推进的{name}，目前{state}。", "- {name}：{unit}，{state}", "从责任单位看，{name}归{unit}负责，{state}。",
)  # fmt: skip
REASON = (
    "{name}{state}，原因是{reason}。", "由于{reason}，{name}{state}。", "{name}因{reason}，{state}。",
    "{name}{state}的主要原因在于{reason}。", "{name}目前{state}，主要原因：{reason}。",
    "{name}之所以{state}，是因为{reason}。", "受{reason}影响，{name}{state}。", "{name}存在的问题是：{reason}。",
    "{name}{state}，具体原因为“{reason}”。", "就{name}而言，其{state}系{reason}所致。",
)  # fmt: skip
ALL_THREE = (
    "{name}由{unit}负责，因{reason}，{state}。", "{unit}的{name}{state}，原因是{reason}。",
    "{name}{state}，责任单位是{unit}，主要原因为{reason}。",
    "{unit}负责实施的{name}{state}，其原因在于{reason}。", "{name}（{unit}）：{state}，{reason}。",
    "{name}\t{unit}\t{state}\t{reason}",
)  # fmt: skip
MONEY = (
    "{name}{label}{amount}。", "{name}由{unit}负责，{label}{amount}。", "目前，{name}{label}{amount}。",
    "{unit}的{name}{label}{amount}。", "据统计，{name}{label}{amount}，责任单位为{unit}。",
    "{name}的{label}{amount}，由{unit}承担。",
)  # fmt: skip
LEADER = (
    "{name}的责任领导是{leader}。", "{leader}负责{name}。", "{name}由{leader}负责，{state}。",
    "{name}的包抓领导为{leader}，目前{state}。",
)  # fmt: skip
DEADLINE = (
    "{name}的完成时限为{deadline}。", "{name}要求{deadline}完成。",
    "按照要求，{name}的时限是{deadline}。", "{name}（{unit}）的时间节点为{deadline}。",
)  # fmt: skip
PAIR_UNIT = (
    "{a}由{ua}负责，{b}由{ub}负责。", "{ua}负责{a}，{ub}负责{b}。", "{a}和{b}分别由{ua}和{ub}负责。",
    "{a}的责任单位是{ua}，而{b}的责任单位是{ub}。", "{ua}的{a}{sa}；{ub}的{b}{sb}。", "{a}、{b}的责任单位分别是{ua}、{ub}。",
)  # fmt: skip
PAIR_REASON = (
    "{a}{sa}的原因是{ra}，{b}{sb}的原因是{rb}。", "{a}因{ra}，{sa}；{b}因{rb}，{sb}。",
    "{a}是由于{ra}而{sa}，{b}则是因为{rb}。", "{a}的问题是{ra}，{b}的问题是{rb}。",
)  # fmt: skip
TOGETHER = (
    "{a}和{b}均{state}。", "{a}、{b}两个项目都{state}。", "其中有2个项目{state}，即{a}和{b}。",
    "{a}与{b}目前都{state}。", "{state}的有两个项目：{a}、{b}。",
)  # fmt: skip
FRAMES = (
    "",
    "",
    "",
    "根据通报，",
    "报告显示，",
    "材料指出，",
    "总体来看，",
    "据统计，",
    "文中提到，",
    "从情况看，",
    "此外，",
    "其中，",
)
SWAPS = (
    ("截至", "截止"), ("截止", "截至"), ("尚未", "还未"), ("未", "尚未"), ("责任单位", "负责单位"), ("由于", "因为"),
    ("分别是", "分别为"), ("共计", "合计"), ("其中", "其中，"), ("竣工", "完工"), ("目前", "当前"), ("完成投资", "累计完成投资"),
    ("不足", "短缺"), ("召开", "举行"), ("必须", "要"), ("要求", "提出"), ("预计", "计划"),
)  # fmt: skip


def right(sources: Sequence[Source], rng: random.Random, *, held_out: bool) -> list[Case]:
    """Return right sentences from all documents, in the order of the documents."""
    found: list[Case] = []
    for source in sources:
        rows = facts(source)
        for row in rows:
            found += _single(row, rng, held_out=held_out)
        found += _pairs(rows, rng, held_out=held_out)
        found += _reworded(source, rng, held_out=held_out)
    return found


def _pick(templates: Sequence[str], rng: random.Random, *, held_out: bool) -> str:
    half = (len(templates) + 1) // 2
    return rng.choice(templates[half:] if held_out else templates[:half])


def _single(row: Fact, rng: random.Random, *, held_out: bool) -> Iterator[Case]:
    words = {
        "name": project(row.name, rng), "unit": row.unit, "reason": row.reason, "leader": row.leader,
        "deadline": row.deadline, "state": rng.choice(STAGES[row.state]) if row.state else "",
    }  # fmt: skip
    for templates, needed in (
        (UNIT_STATE, ("unit", "state")), (REASON, ("reason", "state")),
        (ALL_THREE, ("unit", "reason", "state")), (LEADER, ("leader", "state")), (DEADLINE, ("deadline",)),
    ):  # fmt: skip
        template = _pick(templates, rng, held_out=held_out)
        if all(words[n] for n in needed) and ("{unit}" not in template or words["unit"]):
            yield Case(template.format(**words), (row.evidence,), row.source, held_out)
    for field, amount in row.amounts.items():
        template = _pick(MONEY, rng, held_out=held_out)
        if "{unit}" in template and not row.unit:
            continue
        told = rng.choice((amount, other_unit(amount)))
        text = template.format(**words, label=rng.choice(AMOUNTS[field]), amount=told)
        yield Case(text, (row.evidence,), row.source, held_out)


def pair_words(one: Fact, other: Fact, rng: random.Random) -> dict[str, str]:
    """Return the words of two rows for the templates about pairs."""
    return {
        "a": project(one.name, rng), "b": project(other.name, rng), "ua": one.unit, "ub": other.unit,
        "ra": one.reason, "rb": other.reason,
        "sa": rng.choice(STAGES[one.state]) if one.state else "",
        "sb": rng.choice(STAGES[other.state]) if other.state else "",
    }  # fmt: skip


def neighbours(rows: Sequence[Fact], rng: random.Random) -> Iterator[tuple[Fact, Fact]]:
    """Yield pairs of rows of one document with different names, in a mixed order."""
    mixed = list(rows)
    rng.shuffle(mixed)
    for one, other in zip(mixed[::2], mixed[1::2], strict=False):
        if one.name not in other.name and other.name not in one.name:
            yield one, other


def _pairs(rows: Sequence[Fact], rng: random.Random, *, held_out: bool) -> Iterator[Case]:
    for one, other in neighbours(rows, rng):
        words = pair_words(one, other, rng)
        items = (one.evidence, other.evidence)
        if one.unit and other.unit and one.unit != other.unit:
            template = _pick(PAIR_UNIT, rng, held_out=held_out)
            if "{sa}" not in template or (words["sa"] and words["sb"]):
                yield Case(template.format(**words), items, one.source, held_out)
        if one.reason and other.reason and one.state and other.state:
            template = _pick(PAIR_REASON, rng, held_out=held_out)
            yield Case(template.format(**words), items, one.source, held_out)
        if one.state and one.state == other.state:
            template = _pick(TOGETHER, rng, held_out=held_out)
            text = template.format(**words, state=words["sa"])
            yield Case(text, items, one.source, held_out)


def _reworded(source: Source, rng: random.Random, *, held_out: bool) -> Iterator[Case]:
    """Yield sentences of paragraphs with a frame, synonyms and other forms of numbers."""
    for key, item in source.evidence.items():
        if key[0] != "P" or "\t" in item.quote or "|" in item.quote:
            continue
        plain = re.sub(r"\n\s*[-－·]\s*\d+\s*[-－·]\s*|\n\s*|\*\*|\u3000", "", item.quote)
        for sentence in re.split(r"(?<=。)", plain):
            text = re.sub(
                r"^(?:[（(]?[一二三四五六七八九十\d]+[)）.．、]|[一二三四五]是)+\s*", "", sentence
            ).strip()
            if not 14 <= len(text) <= 140 or not re.search(r"\d|未|已|要|由", text):
                continue
            yield Case(reword(text, rng), (item,), source, held_out)


def reword(text: str, rng: random.Random) -> str:
    """Return a sentence of a document as a model would tell it: the same facts."""
    changes: list[Callable[[str], str]] = [_plain_percent, _chinese_count, _spaced, _dash_date]
    for change in rng.sample(changes, 2):
        text = change(text)
    old, new = rng.choice(SWAPS)
    if old in text and f"尚{old}" not in text and not re.search(f"[没还尚]{old}|{old}来", text):
        text = text.replace(old, new, 1)
    return rng.choice(FRAMES) + text


def _plain_percent(text: str) -> str:
    return re.sub(r"(\d)．(\d)", r"\1.\2", text.replace("％", "%"))


def _chinese_count(text: str) -> str:
    digits = "零一二三四五六七八九十"
    return re.sub(
        r"(?<![\d.月年第])([2-9])个(?=项目|问题)",
        lambda m: digits[int(m[1])].replace("二", "两") + "个",
        text,
    )


def _spaced(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(\d+(?:\.\d+)?)(?=[%亿万])", r" \1", text)


def _dash_date(text: str) -> str:
    return re.sub(
        r"(20\d\d)年(\d{1,2})月(\d{1,2})日",
        lambda m: f"{m[1]}-{int(m[2]):02d}-{int(m[3]):02d}",
        text,
    )
