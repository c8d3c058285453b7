"""Which reader reads: the bundled one, another cross-encoder, or none."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from assistant.reader.reading import Reader

LOG = logging.getLogger(__name__)
NONE = "none"


@lru_cache(maxsize=2)  # a model of 20 MB; every assistant of the process reads with the same
def load_reader(named: str | None, cache_dir: Path | None = None) -> Reader | None:
    """Return the reader.

    Args:
        named: None is the bundled reader; ``none`` is no reader; else a cross-encoder of
            sentence-transformers, a folder, or a name on the Hugging Face hub.
        cache_dir: where the bundled model is unpacked; None is the user's cache folder.

    Returns:
        None where there is to be none, and where the bundled one cannot be run here: the
        words and vectors of the evidence alone still order it.

    Raises:
        ModelError: the named one is missing, not safe to load, or no cross-encoder.
    """
    if named == NONE:
        return None
    if named is not None:
        from assistant.reader.crossencoder import load_cross_encoder

        return load_cross_encoder(named)
    from assistant.reader.bundled import load_bundled_reader

    try:
        return load_bundled_reader(cache_dir)
    except Exception:  # whatever is amiss with ONNX Runtime, answers come without a reader
        LOG.warning("自带的阅读模型不能使用，回答改为只按词语和语义排序。", exc_info=True)
        return None
