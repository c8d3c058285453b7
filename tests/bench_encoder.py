"""How fast the encoder is against the library alone: ``python -m tests.bench_encoder``.

All figures come from one run, on the same passages, in turns, so that the ratios
hold whatever else the machine does.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

import numpy as np

from index.bundled_model import bundled_model_folder
from index.embed import PassageEncoder, load_encoder

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
    """Print passages per second of each way, and the ratios."""
    from sentence_transformers import SentenceTransformer

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--precision", choices=("bfloat16", "float32"), help="default: automatic")
    options = parser.parse_args()

    ours = load_encoder(precision=options.precision)
    folder = str(bundled_model_folder())
    default = SentenceTransformer(folder, device="cpu", local_files_only=True)
    alike = SentenceTransformer(
        folder,
        device="cpu",
        local_files_only=True,
        model_kwargs={"dtype": next(ours._model.parameters()).dtype},
    )
    rng = random.Random(11)
    lengths = [rng.randrange(140, 320) for _ in range(options.passages)]
    texts = [passage(rng, lambda text: ours.count_tokens([text])[0], n) for n in lengths]
    counts = ours.count_tokens(texts)

    def library(model: SentenceTransformer) -> Callable[[], np.ndarray]:
        return lambda: np.asarray(model.encode(texts, prompt="passage: ", show_progress_bar=False))

    ways: dict[str, Callable[[], np.ndarray]] = {
        "encode_passages": lambda: ours.encode_passages(texts),
        "SentenceTransformer.encode, float32 (default)": library(default),
        f"SentenceTransformer.encode, {alike.dtype}": library(alike),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    rows: dict[str, np.ndarray] = {}
    for way in ways.values():
        way()  # warm
    for _ in range(options.rounds):
        for name, way in ways.items():
            began = time.perf_counter()
            rows[name] = way()
            seconds[name].append(time.perf_counter() - began)
    speeds = {name: len(texts) / statistics.median(each) for name, each in seconds.items()}
    mine, plain, same = speeds.values()
    first, second, _ = rows.values()
    print(f"{len(texts)} passages, {np.mean(counts):.0f} tokens each on average")
    for name, speed in speeds.items():
        print(f"{speed:8.1f} passages/s  {name}")
    print(f"against the library's default: {mine / plain:.2f} x   (goal: 1.8 with bf16, else 1.5)")
    print(f"against the library in the same precision: {mine / same:.2f} x   (goal: 0.9)")
    print(f"least cosine to the default's vectors: {(first * second).sum(axis=1).min():.5f}")
    print_latency(ours)


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
