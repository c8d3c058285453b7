"""How many tokens a text has for the embedding model, without loading the model.

Splitting a document needs only this, so that worker processes can split while
another computes vectors: a counter is ready in a third of a second and 60 MB,
without torch, and can be pickled.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from index.bundled_model import PASSAGE_PREFIX, bundled_model_folder


class TokenCounter:
    """Counts tokens as the embedding model reads them. Safe to use from several threads.

    ``max_tokens`` is how long a passage may be beside its prefix and the marks
    around it.
    """

    def __init__(self, tokenizer: Any, limit: int, prefix: str) -> None:  # noqa: ANN401
        """Count with a ``tokenizers.Tokenizer`` of its own, which nobody else may set up.

        Args:
            tokenizer: its truncation and padding are switched off.
            limit: tokens that the model reads, marks included.
            prefix: what the model reads before every passage.
        """
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.max_tokens = limit - len(tokenizer.encode(prefix).ids)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, to compare with ``max_tokens``."""
        clean = [encodable(text) for text in texts]
        read = self._tokenizer.encode_batch_fast(clean, add_special_tokens=False)
        return [len(encoding) for encoding in read]


def load_token_counter(model: str | None = None, cache_dir: Path | None = None) -> TokenCounter:
    """Return the counter of the embedding model, as ``load_encoder`` would have it.

    Only the bundled model's is light. How another model reads is decided in so
    many places that it has to be loaded for that: where its encoder is at hand,
    pickle ``encoder.token_counter`` instead.

    Args:
        model: None is the bundled model; else a folder or a name.
        cache_dir: where the bundled model is unpacked; None is the user's cache folder.

    Raises:
        ModelError: it is missing, or cannot be used.
    """
    quiet_tokenizers()
    if model is not None:
        from index.embed import load_encoder

        return load_encoder(model, precision="float32").token_counter
    from tokenizers import Tokenizer

    folder = bundled_model_folder(cache_dir)
    about = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return TokenCounter(tokenizer, int(about["max_seq_length"]), PASSAGE_PREFIX)


def quiet_tokenizers() -> None:
    """Keep tokenizers to one thread; on small batches more gain nothing.

    Else it warns whenever the process forks.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def encodable(text: str) -> str:
    """Return ``text`` without lone surrogates, which the tokenizer cannot take."""
    return text.encode("utf-8", "replace").decode("utf-8")
