"""Weights to begin from: a reader that was written as an 8-bit graph, or another run's state."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch


def weights_of(start: Path) -> dict[str, torch.Tensor]:
    """Return the weights of a reader, by the names that ``training.model.Reader`` has for them.

    Args:
        start: ``*.onnx`` that ``training.export`` wrote, or a run's ``state.pt``.

    What is not in it (the word vectors, which are the encoder's own) is left out.
    """
    if start.suffix == ".onnx":
        arrays = _of_graph(start)
        return {_named(name): torch.from_numpy(values) for name, values in arrays.items()}
    kept: dict[str, torch.Tensor] = torch.load(start, weights_only=True)["reader"]
    return kept


def _named(name: str) -> str:
    return name if name.startswith(("span", "dense", "relevant")) else f"bert.{name}"


def _of_graph(path: Path) -> dict[str, np.ndarray]:
    """Return the layers' weights: 8-bit codes times their scale, the smoothing taken out again."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    held = {c.name: numpy_helper.to_array(c) for c in graph.initializer}
    found: dict[str, np.ndarray] = {}
    inverse: np.ndarray | None = None
    for name in held:  # in the order of the graph: a smoothing stands before the layers it is for
        layer, _, part = name.rpartition(".")
        if part == "smoothing":
            inverse = held[name]
        elif part == "w":
            matrix = held[name].astype(np.float32)
            if f"{layer}.s" in held:
                if inverse is None:
                    raise ValueError(f"{path}: {layer} 没有平滑系数，不是 training.export 写的图")
                matrix = matrix * held[f"{layer}.s"] * inverse[:, None]
            found[f"{layer}.weight"] = np.ascontiguousarray(matrix.T)
            found[f"{layer}.bias"] = np.array(held[f"{layer}.b"])
        elif part in ("weight", "bias"):
            found[name] = np.array(held[name])
    return found
