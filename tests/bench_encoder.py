"""How fast the encoder is against the library alone: ``python -m tests.bench_encoder``.

All figures come from one run, on the same passages, in turns; a ratio is the median
of the ratios of each turn, so that it holds whatever else the machine does. Where other
programs run, the ratio of processor time is the steadier one: threads that wait for each
other lose more to neighbours than those that do not. With
``--recall FOLDER`` (``passages.jsonl.gz`` of id and text, ``queries.jsonl`` of text and
relevant ids) each precision also answers questions.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.bundled_model import bundled_model_folder
from index.embed import PassageEncoder, load_encoder
from index.settings import PRECISIONS

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LIBRARY = "library, float32 (default)"

SUBJECTS = [
    "道路改造",
    "小学扩建",
    "污水管网",
    "老旧小区",
    "文化馆",
    "卫生院",
    "河道治理",
    "停车场",
]
UNITS = ["区教育局", "区水利局", "区住建局", "城东街道", "区卫健委", "高新园区", "区农业农村局"]
STATES = ["主体已经封顶", "正在办理用地手续", "设计方案还在修改", "已经完成验收", "资金尚未到位"]


def passage(rng: random.Random, tokens: Callable[[str], int], length: int) -> str:
    """Return invented report sentences of about ``length`` tokens."""
    text = ""
    while tokens(text) < length:
        text += (
            f"{rng.choice(UNITS)}负责的{rng.choice(SUBJECTS)}项目，计划投资"
            f"{rng.randrange(300, 90_000)}万元，已完成{rng.randrange(1, 100)}％，"
            f"{rng.choice(STATES)}，预计{rng.randrange(1, 13)}月{rng.randrange(1, 29)}日前完成。"
        )
    return text


def main() -> None:
    """Print passages per second of each way, the ratios, and how near the vectors are."""
    from sentence_transformers import SentenceTransformer

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=96)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--precision", nargs="*", choices=PRECISIONS, help="default: float32 and the automatic one"
    )
    parser.add_argument("--recall", type=Path, nargs="*", default=[], metavar="FOLDER")
    parser.add_argument("--most", type=int, default=1000, help="passages and questions of a FOLDER")
    options = parser.parse_args()

    best = load_encoder()
    encoders: dict[str, PassageEncoder] = {best.precision: best}
    for precision in options.precision or ["float32"]:
        encoders.setdefault(precision, load_encoder(precision=precision))
    plain = SentenceTransformer(str(bundled_model_folder()), device="cpu", local_files_only=True)
    rng = random.Random(11)
    lengths = [rng.randrange(140, 320) for _ in range(options.passages)]
    texts = [passage(rng, lambda text: best.count_tokens([text])[0], n) for n in lengths]
    print(f"automatic precision: {best.precision}")
    print(f"{len(texts)} passages, {np.mean(best.count_tokens(texts)):.0f} tokens each on average")
    print_speed(plain, encoders, texts, options.rounds)
    for precision, encoder in encoders.items():
        print(precision)
        print_latency(encoder)
    for folder in options.recall:
        print_recall(folder, encoders, options.most)


def print_speed(
    plain: SentenceTransformer,
    encoders: Mapping[str, PassageEncoder],
    texts: list[str],
    rounds: int,
) -> None:
    """Print what each way reaches in turns with the library's default."""

    def library() -> np.ndarray:
        return np.asarray(plain.encode(texts, prompt="passage: ", show_progress_bar=False))

    ways: dict[str, Callable[[], np.ndarray]] = {LIBRARY: library}
    for precision, encoder in encoders.items():
        ways[precision] = partial(encoder.encode_passages, texts)
    rows = {name: way() for name, way in ways.items()}  # warm
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    busy: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            began, used = time.perf_counter(), time.process_time()
            way()
            seconds[name].append(time.perf_counter() - began)
            busy[name].append(time.process_time() - used)
    for name, each in seconds.items():
        ratios = [slow / fast for slow, fast in zip(seconds[LIBRARY], each, strict=True)]
        work = [slow / fast for slow, fast in zip(busy[LIBRARY], busy[name], strict=True)]
        cosines = (rows[name] * rows[LIBRARY]).sum(axis=1)
        print(
            f"{len(texts) / statistics.median(each):8.1f} passages/s  {name:28}"
            f" {statistics.median(ratios):5.2f} x ({min(ratios):.2f} to {max(ratios):.2f})"
            f"  processor time {statistics.median(work):.2f} x"
            f"  cosine {cosines.mean():.5f}, least {cosines.min():.5f}"
        )
    print("goal: 1.8 x with bfloat16, 1.5 x elsewhere")


def print_recall(folder: Path, encoders: Mapping[str, PassageEncoder], most: int) -> None:
    """Print recall@1 and @10 of each precision, and of questions over float32 passages."""
    passages, questions, relevant = public_set(folder, most)
    print(f"{folder.name}: {len(passages)} passages, {len(questions)} questions")
    stored: np.ndarray | None = None
    for precision in sorted(encoders, key=lambda name: name != "float32"):
        rows = encoders[precision].encode_passages(passages)
        asked = encoders[precision].encode_queries(questions)
        stored = rows if stored is None else stored
        print(
            f"  {precision:9} recall@1 {recall(asked, rows, relevant, 1):.3f}"
            f"  @10 {recall(asked, rows, relevant, 10):.3f}"
            f"  over the first one's passages {recall(asked, stored, relevant, 1):.3f},"
            f" {recall(asked, stored, relevant, 10):.3f}"
            f"  least cosine {(rows * stored).sum(axis=1).min():.5f}"
        )


def public_set(folder: Path, most: int) -> tuple[list[str], list[str], list[set[int]]]:
    """Return at most ``most`` questions, and their passages filled up to ``most`` with others."""
    with gzip.open(folder / "passages.jsonl.gz", "rt", encoding="utf-8") as file:
        passages = [json.loads(line) for line in file]
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    rng = random.Random(3)
    rng.shuffle(questions)
    rng.shuffle(passages)
    questions = questions[:most]
    needed = {name for question in questions for name in question["relevant"]}
    passages.sort(key=lambda one: one["id"] not in needed)
    passages = passages[: max(most, len(needed))]
    number = {one["id"]: i for i, one in enumerate(passages)}
    relevant = [{number[name] for name in question["relevant"]} for question in questions]
    return [one["text"] for one in passages], [one["text"] for one in questions], relevant


def recall(asked: np.ndarray, rows: np.ndarray, relevant: list[set[int]], top_k: int) -> float:
    """Return the share of relevant passages among the first ``top_k``, averaged."""
    found = np.argsort(-asked @ rows.T, axis=1, kind="stable")[:, :top_k].tolist()
    shares = [
        len(right & set(row)) / min(top_k, len(right))
        for row, right in zip(found, relevant, strict=True)
    ]
    return statistics.mean(shares)


def print_latency(encoder: PassageEncoder) -> None:
    """Print what one question and twenty sentences of thirty tokens take."""
    rng = random.Random(12)

    def tokens(text: str) -> int:
        return encoder.count_tokens([text])[0]

    sentences = [passage(rng, tokens, 1)[:44] for _ in range(20)]
    question = "哪些项目没有按计划开工，原因是什么？"
    for name, work in (
        ("one question", lambda: encoder.encode_queries([question])),
        ("20 sentences", lambda: encoder.encode_passages(sentences)),
    ):
        times = []
        for _ in range(15):
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)
        print(f"{1000 * statistics.median(times):8.1f} ms  {name}")


if __name__ == "__main__":
    main()
