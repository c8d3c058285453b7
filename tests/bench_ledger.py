"""How long reading a report takes against embedding it: ``python -m tests.bench_ledger``.

Both are timed in one run on the same generated report, so that the ratio holds
whatever else the machine does.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from index.embed import load_encoder
from index.ledger.reader import read_ledger
from index.load.text import read_text
from index.preparing import embedded_text
from index.split import split_document
from index.structure import read_structure

SIZE = 100_000  # characters, about a hundred pages
PLACES = "青川江白东西南北桥石云松柳龙凤金银翠新和平安康"
WORKS = ["路改造", "小学扩建", "污水管网", "文化馆", "卫生院迁建", "停车场", "产业园", "大桥"]
UNITS = ["区教育局", "区水利局", "区住建局", "城东街道", "高新园区", "区交通局", "石桥镇"]
REASONS = ["资金未到位", "征地未完成", "设计方案还在修改", "投资方退出", "受市场下行影响"]
STATUSES = ["未开工", "停工", "已竣工", "进度滞后"]
TALK = (
    "今年以来，全区上下坚持把项目建设作为稳增长的压舱石，挂图作战、合力攻坚，各项工作取得了"
    "阶段性成效，但也存在一些困难和不足，特别是要素保障仍然偏紧，部分单位主动服务意识不强。"
)


def _name(rng: random.Random) -> str:
    ending = rng.choice(["项目", "工程", "", "一期工程"])
    return rng.choice(PLACES) + rng.choice(PLACES) + rng.choice(WORKS) + ending


def _amount(rng: random.Random) -> str:
    return f"{rng.randrange(1, 90)}.{rng.randrange(10, 99)}亿元"


def paragraph(rng: random.Random, number: int) -> str:
    """Return one paragraph of a kind such reports have: lists, entries, figures, talk."""
    name, unit, reason = _name(rng), rng.choice(UNITS), rng.choice(REASONS)
    items = "；".join(
        f"{rng.choice(UNITS)}的{_name(rng)}、{_name(rng)}（{rng.choice(REASONS)}）"
        for _ in range(4)
    )
    return rng.choice(
        [
            TALK,
            f"{rng.choice(STATUSES)}的项目有8个，分别是：{items}。",
            f"{name}：总投资{_amount(rng)}，年度计划投资{_amount(rng)}，已完成投资{_amount(rng)}。"
            f"目前主体施工。存在问题：{reason}。责任单位：{unit}。",
            f"截至9月底，{rng.randrange(10, 90)}个项目赶上计划进度，占项目总数的"
            f"{rng.randrange(5, 60)}.3％，完成投资{_amount(rng)}。",
            f"{name}、{_name(rng)}等2个项目因{reason}至今未开工，{_name(rng)}进展缓慢。",
            f"{rng.choice('一二三四五六')}、{rng.choice(STATUSES)}项目",
            f"{number % 30 + 1}.{name}（责任单位：{unit}；原因：{reason}）",
        ]
    )


def report(size: int) -> str:
    """Return a report of about ``size`` characters."""
    rng = random.Random(7)
    lines, length = ["青川区重点项目进展情况报告"], 0
    while length < size:
        lines.append(paragraph(rng, len(lines)))
        length += len(lines[-1])
    return "\n".join(lines)


def main() -> None:
    """Print the seconds of reading and of embedding, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="characters of the report")
    options = parser.parse_args()
    loaded = read_text(report(options.size).encode())
    begin = time.perf_counter()
    structure = read_structure(loaded, "report.txt")
    ledger = read_ledger(loaded.blocks, structure)
    reading = time.perf_counter() - begin
    encoder = load_encoder()
    chunks = split_document(
        loaded.text, structure, 0, loaded.blocks, encoder.count_tokens, encoder.max_tokens
    )
    passages = [embedded_text(chunk, structure) for chunk in chunks]
    begin = time.perf_counter()
    encoder.embed_documents(passages)
    embedding = time.perf_counter() - begin
    sys.stdout.write(
        f"{len(loaded.text)} characters, {len(ledger.records)} records, {len(passages)} passages\n"
        f"reading {reading:.1f} s, embedding {embedding:.1f} s, ratio {reading / embedding:.2f}\n"
    )


if __name__ == "__main__":
    main()
