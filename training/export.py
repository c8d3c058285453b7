"""Write a trained reader as the 8-bit graph that the assistant runs.

    python -m training.export --work FOLDER --reading FOLDER [--output assistant/reader/reader.onnx]

FOLDER is the work folder of ``training.train``. The ranges of the numbers inside are
measured on validation pairs, and the graph's answers are compared with float32.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from assistant.reader.layout import load_tokenizer
from index.bundled_model import bundled_model_folder
from index.onnx_encoder import OnnxModel
from index.onnx_graph import build_graph, read_weights
from training.batches import target_of
from training.pairs import cut_window
from training.sets import reading_pairs
from training.train import SEED

MEASURED = 200  # pairs that ranges are measured on
COMPARED = 400


def main() -> None:
    """Build, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--reading", type=Path, required=True)
    parser.add_argument("--held-out", type=float, default=0.12)
    parser.add_argument("--output", type=Path, default=Path("assistant/reader/reader.onnx"))
    options = parser.parse_args()
    folder = bundled_model_folder()
    weights = merged_weights(folder, options.work / "state.pt")
    texts = token_lists(options.reading, options.held_out, folder)
    exact = OnnxModel(folder, build_graph(folder, weights, None), 1)
    ranges: dict[str, np.ndarray] = {}
    for ids in texts[:MEASURED]:
        for name, values in exact.outputs(ids).items():
            if name.endswith(".range"):
                ranges[name] = np.maximum(ranges.get(name, 0), values)
    graph = build_graph(folder, weights, ranges)
    compare(exact, OnnxModel(folder, graph, 1), texts[MEASURED:])
    options.output.write_bytes(graph)
    print(f"{options.output}: {len(graph) / 2**20:.1f} MiB")


def merged_weights(folder: Path, state: Path) -> dict[str, np.ndarray]:
    """Return the bundled model's tensors with the trained ones in their places."""
    weights = read_weights(folder)
    trained = torch.load(state, weights_only=True)["reader"]
    weights.update({name.removeprefix("bert."): t.numpy() for name, t in trained.items()})
    return weights


def token_lists(reading: Path, held_out: float, folder: Path) -> list[list[int]]:
    """Return validation pairs as tokens, relevant ones and others."""
    rng, tokenizer = random.Random(SEED), load_tokenizer(folder)
    _, groups = reading_pairs(reading, held_out, SEED)
    pairs = [cut_window(pair, rng) for group in groups for pair in group[:3]]
    rng.shuffle(pairs)
    found = [target_of(pair, tokenizer) for pair in pairs[: MEASURED + COMPARED]]
    return [target.tokens.ids for target in found if target]


def compare(exact: OnnxModel, quick: OnnxModel, texts: Sequence[list[int]]) -> None:
    """Print how far the 8-bit answers are from float32."""
    far, same = [], []
    for ids in texts:
        a, b = exact.outputs(ids), quick.outputs(ids)
        far.append(abs(float(a["relevant"][0, 0] - b["relevant"][0, 0])))
        same.append(bool((a["span"].argmax(1) == b["span"].argmax(1)).all()))
    print(f"relevance differs by {np.mean(far):.3f} (most {np.max(far):.3f});", end=" ")
    print(f"same start and end: {np.mean(same):.3f} of {len(texts)}")


if __name__ == "__main__":
    main()
