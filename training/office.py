"""Pairs out of our own gold documents: what is said of a project, and what is not."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from index.errors import LoadError
from index.load import load_file
from training.pairs import Pair

BEFORE, AFTER = 80, 260  # characters of text kept around the name
ASKED = {
    "unit": ("{}由哪个单位负责？", "{}的责任单位是谁", "谁负责{}？", "{}归哪个部门管？", "Which unit is responsible for {}?"),
    "reason": ("{}为什么没有按计划推进？", "{}未开工的原因是什么", "{}存在什么问题？", "{}进展慢是为什么", "Why is {} behind schedule?"),
    "total_investment": ("{}总投资多少？", "{}一共要投多少钱", "{}的总投资是多少？", "How much is invested in {}?"),
    "planned_investment": ("{}年度计划投资多少？", "{}今年计划投资是多少"),
    "done_investment": ("{}已完成投资多少？", "{}完成了多少投资"),
    "percent": ("{}完成了百分之多少？", "{}的进度是多少"),
    "deadline": ("{}什么时候完成？", "{}的完成时限是什么", "{}要求何时完工？", "When is {} to be finished?"),
    "leader": ("{}由哪位领导负责？", "{}的牵头领导是谁", "谁包抓{}？"),
    "location": ("{}在什么地方？", "{}位于哪里"),
    "measures": ("{}下一步怎么办？", "对{}采取什么措施"),
    "status_text": ("{}现在进展怎么样？", "{}目前是什么情况", "{}做到哪一步了", "What is the status of {}?"),
}  # fmt: skip
UNSAID = {
    "施工": "{}的施工单位是哪家？", "监理": "{}由谁监理？", "设计": "{}的设计单位是谁",
    "面积": "{}的建筑面积多大？", "电话": "{}的联系电话是多少", "竣工": "{}何时竣工验收？",
    "招标": "{}什么时候招标？", "贷款": "{}贷款多少？", "环评": "{}的环评批复了吗？",
    "户": "{}涉及多少户居民？", "投诉": "{}收到多少起投诉？", "工人": "{}有多少工人",
    "书记": "书记对{}说了什么？", "防汛": "{}的防汛措施有哪些？", "税": "{}能带来多少税收？",
}  # fmt: skip


def office_pairs(folders: list[Path], seed: int, unsaid: int = 2) -> list[Pair]:
    """Return pairs of every gold document (``NAME`` beside ``NAME.gold.json``) in the folders."""
    rng = random.Random(seed)
    pairs: list[Pair] = []
    for folder in folders:
        for gold in sorted(folder.rglob("*.gold.json")):
            document = gold.with_name(gold.name.removesuffix(".gold.json"))
            try:
                loaded = load_file(document)
            except LoadError:
                continue
            records = json.loads(gold.read_text(encoding="utf-8")).get("records", [])
            for record in records:
                pairs += _of_record(record, records, loaded.text, unsaid, rng)
    return pairs


def _of_record(
    record: dict, records: list[dict], text: str, unsaid: int, rng: random.Random
) -> Iterator[Pair]:
    at = text.find(record.get("name", ""))
    if at < 0 or not record.get("name"):
        return
    name = record["name"]
    begin = max(0, at - BEFORE)
    passage = text[begin : at + AFTER]
    if "\t" in passage:  # a row of a table says nothing without the table's head
        return
    other = _elsewhere(name, records, text, rng)
    for key, questions in ASKED.items():
        said = record.get(key)
        if not isinstance(said, str) or len(said) < 2:
            continue
        start = passage.find(said, at - begin)
        start = start if start >= 0 else passage.rfind(said, 0, at - begin)
        if start < 0:
            continue
        question = rng.choice(questions).format(name)
        yield Pair(question, "", passage, start, start + len(said), True, "office")
        if other and rng.random() < 0.5:
            yield Pair(question, "", other, 0, 0, False, "office")
    free = [question for word, question in UNSAID.items() if word not in passage]
    for question in rng.sample(free, min(unsaid, len(free))):
        yield Pair(question.format(name), "", passage, 0, 0, False, "office")


def _elsewhere(name: str, records: list[dict], text: str, rng: random.Random) -> str | None:
    """Return the text around another record, where ``name`` is not mentioned."""
    others = [r["name"] for r in records if r.get("name") and r["name"] != name]
    rng.shuffle(others)
    for other in others:
        at = text.find(other)
        around = text[max(0, at - 40) : at + 160]
        if at >= 0 and name not in around:
            return around
    return None
