"""The bundled model in 8 bits through ONNX Runtime. The one file that knows it.

Each text is computed by itself on one thread, and as many texts at a time as there
are threads: nothing is padded, no thread waits for another within a text, and
what a text's vector is never depends on its neighbours.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout

from index.onnx_graph import build_graph, read_weights
from index.whole import write_whole

LOG = logging.getLogger(__name__)
GRAPH = 2  # raise it when the graph of an older Youju must be built anew
WAIT_SECONDS = 60  # another process is building the graph; that takes seconds
WORDS = "embeddings.word_embeddings.weight"
LEAST_COSINE = 0.99  # to float32, on the samples below: 0.997 or more, unless something is wrong
# Texts of the kinds that are indexed and asked; they show which numbers inside the model grow
# large: the same few for all texts.
SAMPLES = (
    "passage: 截至9月底，全区重点项目完成投资12.44亿元，占年度计划的62.2％。其中，24个项目未赶上"
    "计划进度，占在建项目总数的16.8％，完成投资5.96亿元。具体是：区建设局的芙蓉商厦、滨河绿道项目；"
    "经济开发区的生物医药园（投资方资金未到位）、智能装备产业园项目。",
    "passage: 二、存在的主要问题\n（一）部分项目进展缓慢。受征地拆迁、资金紧张、手续不全等因素"
    "影响，个别单位重视不够，推进不力。（二）要素保障不足。用地指标、能耗指标缺口较大。",
    "passage: 序号\t项目名称\t责任单位\t总投资（万元）\t形象进度\n1\t石桥改建\t区交通局\t4,030.5"
    "\t主体完工\n2\t第三小学扩建\t区教育局\t12,600\t正在办理用地手续",
    "passage: 第十二条　违反本办法规定的，由县级以上人民政府有关部门责令改正，处一万元以上三万元"
    "以下的罚款；构成犯罪的，依法追究刑事责任。",
    "passage: 同志们：今天召开这次会议，主要任务是总结上半年工作，分析当前形势，安排部署下一阶段"
    "任务。下面，我讲三点意见。",
    "passage: The reservoir was inspected on 3 March 2023; 12 of 15 defects have been repaired.",
    "query: 哪些项目未开工，原因是什么？",
    "query: Which projects are behind schedule, and why?",
)


class OnnxModel:
    """Computes the vectors of texts; ``threads`` texts at a time."""

    def __init__(self, folder: Path, graph: bytes, threads: int | None = None) -> None:
        """Load the ``graph`` of the bundled model in ``folder``.

        Raises:
            Exception: of ONNX Runtime's own kinds, where it cannot be run.
        """
        from tokenizers import Tokenizer

        about = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        self.limit = int(about["max_seq_length"])
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._words = _mapped_table(folder / "model.safetensors", WORDS)
        self.dimension = self._words.shape[1]
        self._session = _session(graph)
        self._threads = threads or _processors()
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="encoder")

    def compute(self, texts: Sequence[str], prefix: str, batch_size: int = 1) -> np.ndarray:
        """Return one row per text, float32 (len(texts), dimension), of any norm.

        Args:
            texts: each is cut where the model's limit is.
            prefix: read before each.
            batch_size: of no account here.
        """
        read = self.tokenizer.encode_batch_fast([prefix + text for text in texts])
        ids = [_cut(encoding.ids, self.limit) for encoding in read]
        order = sorted(range(len(ids)), key=lambda i: -len(ids[i]))  # no long one comes last
        rows = np.empty((len(ids), self.dimension), np.float32)
        if len(ids) == 1:
            rows[0] = self._row(ids[0])
            return rows
        for i, row in zip(order, self._pool.map(self._row, [ids[i] for i in order]), strict=True):
            rows[i] = row
        return rows

    def outputs(self, ids: list[int]) -> dict[str, np.ndarray]:
        """Return everything that the graph gives for a text of these tokens, by name."""
        names = [output.name for output in self._session.get_outputs()]
        words = self._words[ids].astype(np.float32)[None]
        return dict(zip(names, self._session.run(names, {"words": words}), strict=True))

    def outputs_of(self, texts: Sequence[list[int]]) -> list[dict[str, np.ndarray]]:
        """Return ``outputs`` of each text, as many at a time as there are threads."""
        order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))  # no long one comes last
        found: list[dict[str, np.ndarray]] = [{} for _ in texts]
        outputs = self._pool.map(self.outputs, [texts[i] for i in order])
        for i, output in zip(order, outputs, strict=True):
            found[i] = output
        return found

    def _row(self, ids: list[int]) -> np.ndarray:
        row: np.ndarray = self.outputs(ids)["sum"][0]
        return row


def load_onnx_model(folder: Path, threads: int | None = None) -> OnnxModel:
    """Return the bundled model of ``folder`` in 8 bits.

    The graph is kept in a file beside the folder. It is built when it is not there or
    damaged, which takes some seconds; where it cannot be kept, it is built every time.

    Raises:
        Exception: of many kinds, where the model is not what it should be, or the
            processor computes something else; float32 remains.
    """
    kept = folder.with_name(f"{folder.name}-int8-{GRAPH}.onnx")
    graph = _read(kept)
    if graph:
        try:
            return OnnxModel(folder, graph, threads)
        except Exception as error:  # a file cut short, say: it is built anew
            LOG.warning("8 位模型 %s 不能使用（%s），重新生成。", kept, error)
    return OnnxModel(folder, _built(folder, kept, graph), threads)


def _read(kept: Path) -> bytes | None:
    try:
        return kept.read_bytes()
    except OSError:
        return None


def _built(folder: Path, kept: Path, useless: bytes | None) -> bytes:
    """Build the graph and keep it in ``kept``, where that can be written."""
    graph = None
    try:
        with FileLock(kept.with_suffix(".lock"), timeout=WAIT_SECONDS):
            others = _read(kept)
            if others and others != useless:  # built by the process that we waited for
                return others
            for leftover in kept.parent.glob(f"{kept.name}.part-*"):
                leftover.unlink(missing_ok=True)  # the lock is ours: its writer is gone
            graph = checked_graph(folder)
            write_whole(kept, graph)
    except (OSError, Timeout) as error:
        LOG.warning("8 位模型不能保存到 %s（%s），每次启动都要重新生成。", kept, error)
    return graph or checked_graph(folder)


def checked_graph(folder: Path) -> bytes:
    """Return the 8-bit graph, whose vectors were compared with those in float32.

    Raises:
        ValueError: they differ by more than they should.
    """
    weights = read_weights(folder)
    exact = OnnxModel(folder, build_graph(folder, weights, None), 1)
    ranges: dict[str, np.ndarray] = {}
    for encoding in exact.tokenizer.encode_batch_fast(list(SAMPLES)):
        for name, values in exact.outputs(encoding.ids).items():
            ranges[name] = np.maximum(ranges.get(name, 0), values)
    graph = build_graph(folder, weights, ranges)
    quick = OnnxModel(folder, graph, 1)
    cosine = _cosines(exact.compute(SAMPLES, ""), quick.compute(SAMPLES, "")).min()
    if not cosine >= LEAST_COSINE:
        raise ValueError(f"cosine to float32 {cosine:.4f}")
    return graph


def _cosines(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    cosines: np.ndarray = (first * second).sum(axis=1) / lengths
    return cosines


def _session(graph: bytes) -> Any:  # noqa: ANN401 - onnxruntime ships no types
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # it would keep one for every length of text
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _mapped_table(file: Path, name: str) -> np.ndarray:
    """Return the float16 tensor ``name`` of a safetensors file; only what is read is loaded.

    The format: https://github.com/huggingface/safetensors#format
    """
    with file.open("rb") as opened:
        length = int.from_bytes(opened.read(8), "little")
        about = json.loads(opened.read(length))[name]
    if about["dtype"] != "F16":
        raise ValueError(f"{name} is {about['dtype']}")
    start = 8 + length + about["data_offsets"][0]
    return np.memmap(file, np.float16, "r", start, tuple(about["shape"]))


def _cut(ids: list[int], limit: int) -> list[int]:
    """Return ``ids`` at most ``limit`` long, with the mark at the end."""
    return ids if len(ids) <= limit else [*ids[: limit - 1], ids[-1]]


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
