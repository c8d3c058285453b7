"""Texts to vectors, by sentence-transformers and torch, or by ONNX Runtime in 8 bits.

Of other files only ``packed_linear`` knows torch, and none sentence-transformers.
"""

from __future__ import annotations

import copy
import logging
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from index.bundled_model import (
    PASSAGE_PREFIX,
    QUERY_PREFIX,
    bundled_model_folder,
    weights_identity,
)
from index.errors import ModelError
from index.model_folder import checked_folder, fingerprint_of
from index.settings import Precision
from index.token_counter import TokenCounter, encodable, quiet_tokenizers

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

LOG = logging.getLogger(__name__)

# Two cores, 230-token passages: 16.5 passages/s at 8 a batch, 12.6 at the library's 32
# (bfloat16: 41 and 33): the activations of a small batch stay in the processor's cache.
BATCH_SIZE = 8
# Short texts go together until they are as long as a batch of passages.
BATCH_CHARACTERS = 3_000
# Tokens per text are rounded up to a multiple: for each new size oneDNN compiles code and
# keeps it, which slows the first use and grew by 300 MB within 800 passages.
PAD_TO = 16
# One call sorts this many texts by length and reports progress in between.
SLAB = 256
# No word piece in use is longer, so nothing that the model would read is cut away.
CHARACTERS_PER_TOKEN = 64


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What the model was trained to read before a question and before a passage."""

    query: str = ""
    passage: str = ""


class Model(Protocol):
    """What computes vectors: ``TorchModel`` here, or ``OnnxModel``. Safe to call from threads.

    ``limit`` is how many tokens it reads; ``tokenizer`` is a ``tokenizers.Tokenizer``.
    """

    dimension: int
    limit: int
    tokenizer: Any

    def compute(self, texts: Sequence[str], prefix: str, batch_size: int) -> np.ndarray:
        """Return one row per text, float32 (len(texts), dimension), of any norm."""


class PassageEncoder(Embeddings):
    """An embedding model: unit vectors of passages and of questions.

    It may be used from several threads. ``fingerprint`` tells models apart, whatever
    the ``precision`` they run in.
    ``max_tokens`` is how long a passage may be, as ``count_tokens`` counts;
    ``token_counter`` counts the same in another process.
    """

    def __init__(
        self, model: Model, prefixes: Prefixes, fingerprint: str, precision: Precision
    ) -> None:
        self._model = model
        self._prefixes = prefixes
        self.fingerprint = fingerprint
        self.precision = precision
        self.dimension = model.dimension
        tokenizer = copy.deepcopy(model.tokenizer)
        self.token_counter = TokenCounter(tokenizer, model.limit, prefixes.passage)
        self.max_tokens = self.token_counter.max_tokens

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one unit vector per passage, in order (LangChain's interface)."""
        rows: list[list[float]] = self.encode_passages(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Return the unit vector of a question (LangChain's interface)."""
        row: list[float] = self.encode_queries([text])[0].tolist()
        return row

    def encode_passages(
        self,
        texts: Sequence[str],
        batch_size: int = BATCH_SIZE,
        progress: Callable[[int], None] | None = None,
    ) -> np.ndarray:
        """Return one row per passage, in the order given.

        Args:
            texts: longer ones are cut at ``max_tokens``.
            batch_size: passages of full length that are computed together.
            progress: called now and then with the number of passages done since
                the call before.

        Returns:
            float32, shape (len(texts), dimension). Rows have L2 norm 1, so a dot
            product is cosine similarity in [-1, 1].
        """
        return self._encode(texts, self._prefixes.passage, batch_size, progress)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Return one row per question, like ``encode_passages``."""
        return self._encode(texts, self._prefixes.query, BATCH_SIZE, None)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, to compare with ``max_tokens``."""
        return self.token_counter.count_tokens(texts)

    def _encode(
        self,
        texts: Sequence[str],
        prefix: str,
        batch_size: int,
        progress: Callable[[int], None] | None,
    ) -> np.ndarray:
        rows = np.empty((len(texts), self.dimension), np.float32)
        longest = self._model.limit * CHARACTERS_PER_TOKEN
        for start in range(0, len(texts), SLAB):
            slab = [encodable(text[:longest]) for text in texts[start : start + SLAB]]
            rows[start : start + SLAB] = self._model.compute(slab, prefix, batch_size)
            if progress:
                progress(len(slab))
        # Here, because a bfloat16 model would leave norms between 0.996 and 1.004.
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return rows


class TorchModel:
    """A sentence-transformers model, one batch of texts of like length at a time."""

    def __init__(self, model: SentenceTransformer) -> None:
        self.library = model
        self.dimension = int(model.get_embedding_dimension() or 0)
        self.limit = int(model.max_seq_length or 512)
        self.tokenizer = model.tokenizer.backend_tokenizer
        self._turn = threading.Lock()  # the tokenizer is not safe to share
        pads = self.limit % PAD_TO == 0  # else the longest would outgrow the model
        self._padding: dict[str, Any] = (
            {"processing_kwargs": {"text": {"pad_to_multiple_of": PAD_TO}}} if pads else {}
        )

    def compute(self, texts: Sequence[str], prefix: str, batch_size: int) -> np.ndarray:
        """Return one row per text, float32 (len(texts), dimension), of any norm."""
        rows = np.empty((len(texts), self.dimension), np.float32)
        longest_first = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
        for batch in _batches(longest_first, texts, batch_size):
            with self._turn:
                rows[batch] = self.library.encode(
                    [texts[i] for i in batch],
                    prompt=prefix,
                    batch_size=len(batch),
                    show_progress_bar=False,
                    normalize_embeddings=False,
                    **self._padding,
                )
        return rows


def load_encoder(
    model: str | None = None,
    *,
    threads: int | None = None,
    cache_dir: Path | None = None,
    precision: Precision | None = None,
) -> PassageEncoder:
    """Return the embedding model, ready for use.

    Args:
        model: None is the bundled model; else a folder, or a name on the Hugging Face
            hub, which is downloaded the first time.
        threads: of the processor; None leaves the choice to torch.
        cache_dir: where the bundled model is unpacked; None is the user's cache folder.
        precision: None is bfloat16 where the processor computes in it, else int8 for
            the bundled model where that is known to be faster, else float32. Where
            int8 cannot be had, float32 takes its place, and the log says why.

    Raises:
        ModelError: it is missing, not safe to load, or not an embedding model.
    """
    folder = bundled_model_folder(cache_dir) if model is None else checked_folder(model)
    _prepare_threads()
    chosen = precision or _fastest_precision(bundled=model is None)
    if chosen == "int8":
        found = _int8_encoder(folder, threads) if model is None else None
        if found:
            return found
        if model is not None:
            LOG.warning("只有自带的模型可以用 int8 计算；模型 %s 用 float32。", model)
        chosen = "float32"
    import torch

    if threads:
        torch.set_num_threads(threads)
    loaded = _load(folder, model or "", getattr(torch, chosen))
    identity = weights_identity(folder) if model is None else None
    return PassageEncoder(
        TorchModel(loaded),
        _prefixes(loaded, model or folder.name),
        identity or fingerprint_of(folder),
        chosen,
    )


def _int8_encoder(folder: Path, threads: int | None) -> PassageEncoder | None:
    """Return the bundled model in 8 bits, None where that cannot be had."""
    from index.onnx_encoder import load_onnx_model

    try:
        model = load_onnx_model(folder, threads)
    except Exception:  # whatever is amiss with ONNX Runtime, float32 gives the same answers
        LOG.warning("int8 模型不能使用，改用 float32，速度较慢。", exc_info=True)
        return None
    identity = weights_identity(folder) or fingerprint_of(folder)
    return PassageEncoder(model, Prefixes(QUERY_PREFIX, PASSAGE_PREFIX), identity, "int8")


def _prepare_threads() -> None:
    """Make torch's threads sleep while they wait; it must be said before torch is imported.

    By default they spin, and where another program wants the same two cores each wait
    lasts until the scheduler steps in: one question then took 968 ms, now 8 ms (20
    sentences 1,214 and 82 ms), and nothing is lost on an idle machine.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    quiet_tokenizers()


def _load(folder: Path, name: str, dtype: object) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    from index.packed_linear import pack_linear_layers

    try:
        with _no_progress_bar():
            loaded = SentenceTransformer(
                str(folder),
                device="cpu",
                trust_remote_code=False,
                local_files_only=True,
                model_kwargs={"dtype": dtype, "use_safetensors": True},
            )
    except Exception as error:  # any of a dozen types, by what is wrong with the folder
        raise ModelError(
            f"向量模型 {name or folder.name} 不能载入（{error}）。请换一个 sentence-transformers "
            "格式的模型目录，或去掉环境变量 YOUJU_EMBEDDING_MODEL，使用自带的模型。"
        ) from error
    backbone = loaded.transformers_model
    if backbone is not None:
        if hasattr(backbone, "pooler"):
            setattr(backbone, "pooler", None)  # noqa: B010 - its output is not used here
        pack_linear_layers(backbone)
    return loaded.eval()


@contextmanager
def _no_progress_bar() -> Iterator[None]:
    """Keep transformers from drawing a bar for the half second that it loads."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _fastest_precision(bundled: bool) -> Precision:
    """Return bfloat16 where the processor has instructions for it, not only a way round."""
    about = _processor_features()
    if about & {"avx512_bf16", "amx_bf16"}:
        return "bfloat16"
    return "int8" if bundled and "avx2" in about else "float32"


def _processor_features() -> set[str]:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():  # in a moment, where torch takes seconds to import
        return set(cpuinfo.read_text(encoding="utf-8", errors="replace").split())
    import torch

    found: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return {name for name, there in found.items() if there}


def _prefixes(model: SentenceTransformer, name: str) -> Prefixes:
    """Return the prefixes that the model's own configuration names, or those of the e5 family."""
    prompts = {key: value for key, value in model.prompts.items() if value}
    if not prompts and re.search(r"(^|[-_/\\])e5[-_]", name) and "instruct" not in name:
        return Prefixes("query: ", "passage: ")  # its cards ask for them; older folders lack them
    return Prefixes(prompts.get("query", ""), prompts.get("passage") or prompts.get("document", ""))


def _batches(order: list[int], texts: Sequence[str], batch_size: int) -> Iterator[list[int]]:
    """Yield the positions of texts of like length; short texts make larger batches."""
    budget = BATCH_CHARACTERS * batch_size // BATCH_SIZE
    batch: list[int] = []
    for i in order:  # the longest first, so that batch[0] says how far all are padded
        if len(batch) >= batch_size and (len(batch) + 1) * len(texts[batch[0]]) > budget:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch
