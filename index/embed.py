"""Texts to vectors. The one file that knows sentence-transformers and torch."""

from __future__ import annotations

import copy
import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from langchain_core.embeddings import Embeddings

from index.bundled_model import bundled_model_folder, weights_identity
from index.errors import ModelError
from index.model_folder import checked_folder, fingerprint_of
from index.token_counter import TokenCounter, encodable, quiet_tokenizers

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Precision = Literal["bfloat16", "float32"]

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


class PassageEncoder(Embeddings):
    """An embedding model: unit vectors of passages and of questions.

    It may be used from several threads; they take turns, one batch at a time.
    ``fingerprint`` tells models apart, whatever the precision they run in.
    ``max_tokens`` is how long a passage may be, as ``count_tokens`` counts;
    ``token_counter`` counts the same in another process.
    """

    def __init__(self, model: SentenceTransformer, prefixes: Prefixes, fingerprint: str) -> None:
        self._model = model
        self._prefixes = prefixes
        self._turn = threading.Lock()  # the tokenizer is not safe to share
        self.fingerprint = fingerprint
        self.dimension = int(model.get_embedding_dimension() or 0)
        self._limit = int(model.max_seq_length or 512)
        pads = self._limit % PAD_TO == 0  # else the longest would outgrow the model
        self._padding: dict[str, Any] = (
            {"processing_kwargs": {"text": {"pad_to_multiple_of": PAD_TO}}} if pads else {}
        )
        backend = copy.deepcopy(model.tokenizer.backend_tokenizer)
        self.token_counter = TokenCounter(backend, self._limit, prefixes.passage)
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
        longest = self._limit * CHARACTERS_PER_TOKEN
        clean = [encodable(text[:longest]) for text in texts]
        for start in range(0, len(clean), SLAB):
            slab = range(start, min(start + SLAB, len(clean)))
            for batch in _batches(sorted(slab, key=lambda i: -len(clean[i])), clean, batch_size):
                with self._turn:
                    rows[batch] = self._model.encode(
                        [clean[i] for i in batch],
                        prompt=prefix,
                        batch_size=len(batch),
                        show_progress_bar=False,
                        normalize_embeddings=False,
                        **self._padding,
                    )
            if progress:
                progress(len(slab))
        # Here, because a bfloat16 model would leave norms between 0.996 and 1.004.
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
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
        precision: None is bfloat16 where the processor computes in it, else float32.

    Raises:
        ModelError: it is missing, not safe to load, or not an embedding model.
    """
    folder = bundled_model_folder(cache_dir) if model is None else checked_folder(model)
    _prepare_threads()
    import torch

    if threads:
        torch.set_num_threads(threads)
    loaded = _load(folder, model or "", getattr(torch, precision or _fastest_precision()))
    identity = weights_identity(folder) if model is None else None
    return PassageEncoder(
        loaded, _prefixes(loaded, model or folder.name), identity or fingerprint_of(folder)
    )


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


def _fastest_precision() -> Precision:
    """Return bfloat16 where the processor has instructions for it, not only a way round."""
    import torch

    about: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    if not about and Path("/proc/cpuinfo").is_file():
        about = dict.fromkeys(Path("/proc/cpuinfo").read_text(encoding="utf-8").split(), True)
    return "bfloat16" if about.get("avx512_bf16") or about.get("amx_bf16") else "float32"


def _prefixes(model: SentenceTransformer, name: str) -> Prefixes:
    """Return the prefixes that the model's own configuration names, or those of the e5 family."""
    prompts = {key: value for key, value in model.prompts.items() if value}
    if not prompts and re.search(r"(^|[-_/\\])e5[-_]", name) and "instruct" not in name:
        return Prefixes("query: ", "passage: ")  # its cards ask for them; older folders lack them
    return Prefixes(prompts.get("query", ""), prompts.get("passage") or prompts.get("document", ""))


def _batches(order: list[int], texts: list[str], batch_size: int) -> Iterator[list[int]]:
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
