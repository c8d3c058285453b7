"""What a ledger row says, in the words with which the generators build sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claims.folding import fold
from assistant.claims.names import core
from assistant.claims.records import Evidence
from tests.evals.claims.documents import Source

STAGES = {
    "not_started": ("尚未开工", "未开工", "还没有开工", "至今未动工", "仍未开工", "没有开工"),
    "completed": ("已竣工", "已完工", "已经建成", "已经完工"),
    "suspended": ("已停工", "处于停工状态", "目前停工"),
    "behind": ("进度滞后", "未赶上计划进度", "落后于计划进度", "滞后于计划"),
    "on_schedule": ("按计划推进", "赶上了计划进度", "正按计划推进"),
    "met": ("已完成年度投资计划", "完成了全年投资计划"),
}
OPPOSITE = {
    "not_started": ("completed", "on_schedule", "suspended"),
    "completed": ("not_started", "suspended", "behind"),
    "suspended": ("completed", "on_schedule", "not_started"),
    "behind": ("completed", "on_schedule", "not_started"),
    "on_schedule": ("behind", "not_started", "suspended"),
    "met": ("not_started", "suspended", "behind"),
}
AMOUNTS = {
    "total_investment": ("总投资", "总投资为", "投资总额"),
    "planned_investment": ("年度计划投资", "计划投资"),
    "done_investment": ("完成投资", "已完成投资", "累计完成投资"),
}


@dataclass(frozen=True)
class Fact:
    """A row with its evidence; ``state`` is its stage, else its progress."""

    source: Source
    evidence: Evidence
    name: str
    unit: str
    reason: str
    state: str
    amounts: dict[str, str]
    leader: str
    deadline: str


def facts(source: Source) -> list[Fact]:
    """Return the rows of a document that have a name fit to stand in a sentence."""
    found = []
    for key in source.rows:
        item = source.evidence[key]
        values = {k: _clean(v) for k, v in item.fields.items()}
        name = values.get("name", "")
        if not 3 <= len(name) <= 24 or re.search(r"[，,;；：:〔\"“]", name):
            continue
        found.append(
            Fact(
                source,
                item,
                name,
                _short(values.get("unit", "")),
                _short(values.get("reason", "")),
                next((s for s in (values.get("stage"), values.get("progress")) if s in STAGES), ""),
                {k: _money(values[k]) for k in AMOUNTS if _money(values.get(k, ""))},
                values.get("leader", "")
                if re.fullmatch(r"[\u4e00-\u9fff]{2,3}", values.get("leader", ""))
                else "",
                values.get("deadline", "")
                if re.fullmatch(r"[\d年月日底前]+", values.get("deadline", ""))
                else "",
            )
        )
    return found


def _clean(text: str) -> str:
    return re.sub(r"\s*\n\s*|\*\*", "", text).strip("。； ")


def _short(text: str) -> str:
    return text if 2 <= len(text) <= 40 and text not in ("同上", "无", "—") else ""


def _money(text: str) -> str:
    """Return an amount with its unit, as it is told; bare table figures are 万元."""
    plain = fold(text)
    if re.fullmatch(r"\d+(?:\.\d+)?", plain) and float(plain) > 0:
        return plain + "万元" if float(plain) >= 30 else ""
    if re.fullmatch(r"(?:约|近|超过)?\d+(?:\.\d+)?余?(?:亿|万)元?", plain):
        return plain if plain.endswith("元") else plain + "元"
    return ""


def other_unit(amount: str) -> str:
    """Return an amount in the other of 亿元 and 万元, its hedge kept."""
    match = re.fullmatch(r"(\D*)(\d+(?:\.\d+)?)(余?)(亿元|万元)", amount)
    if not match:
        return amount
    value = float(match[2]) * (10_000 if match[4] == "亿元" else 0.0001)
    unit = "万元" if match[4] == "亿元" else "亿元"
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{match[1]}{text}{match[3]}{unit}"


def project(name: str, rng: random.Random) -> str:
    """Return a name with or without “项目” behind it, as writers do."""
    if name.endswith("项目"):
        return rng.choice((name, name, core(name)))
    if re.search(r"(?:工程|改造|扩建|迁建|建设|[一二三]期|桥|园|馆|楼)$", name):
        return rng.choice((name, name, name + "项目"))
    return name


def held(words: str, items: Sequence[Evidence]) -> bool:
    """Tell whether words stand anywhere in evidence items, spaces and forms apart."""
    plain = fold(words)
    whole = fold(
        "\n".join(p for e in items for p in (e.quote, e.title, e.section, *e.fields.values()))
    )
    return plain in whole.replace("\n", "") or plain in whole
