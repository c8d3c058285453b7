"""Where the index lives and how it is made; read once, by the entry points."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from index.errors import IndexingError

PREFIX = "YOUJU_"
Precision = Literal["bfloat16", "int8", "float32"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
KNOWN = {
    "YOUJU_DATA_DIR": "folder of the index",
    "YOUJU_CACHE_DIR": "folder where the bundled model is unpacked once",
    "YOUJU_EMBEDDING_MODEL": "another sentence-transformers model, by name or folder",
    "YOUJU_PRECISION": "bfloat16, int8 or float32: how the model computes, instead of the fastest",
    "YOUJU_READER": "another cross-encoder, by name or folder, or none: who reads the evidence",
    "YOUJU_DATABASE_URL": "another SQL database, as a SQLAlchemy URL",
    # Of the language model; assistant/llm/settings.py reads them.
    "YOUJU_LLM_URL": "an OpenAI-compatible endpoint that words the answers",
    "YOUJU_LLM_MODEL": "the name of its model",
    "YOUJU_LLM_KEY": "its key",
    "YOUJU_LLM_KEY_FILE": "a file that holds the key, instead",
    "YOUJU_LLM_CONTEXT": "tokens of prompt and answer together, instead of asking the endpoint",
    "YOUJU_LLM_MAX_TOKENS": "tokens of an answer",
    "YOUJU_LLM_FIRST_TOKEN": "seconds to wait for its first sign of life",
    "YOUJU_LLM_TIMEOUT": "seconds to wait for a whole answer",
    "YOUJU_LLM_TEMPERATURE": "how freely it writes, 0 is least",
    "YOUJU_LLM_TRACE": "a file to which the figures of every call are appended",
}


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """Settings of the index.

    ``data_dir``: the folder that holds everything that indexing makes.
    ``embedding_model``: None is the bundled multilingual-e5-small.
    ``database_url``: None is SQLite inside ``data_dir``.
    ``cache_dir``: None is the user's cache folder.
    ``reader``: of the assistant; None is the bundled one, ``none`` is no reader.
    ``precision``: of ``PRECISIONS``; None is the fastest that the processor has.
    """

    data_dir: Path
    embedding_model: str | None = None
    database_url: str | None = None
    cache_dir: Path | None = None
    precision: Precision | None = None
    reader: str | None = None

    @property
    def sql_url(self) -> str:
        """The SQLAlchemy URL of documents, sections and chunks."""
        return self.database_url or f"sqlite:///{self.data_dir / 'youju.sqlite'}"


def read_settings(
    data_dir: Path | None = None, environment: Mapping[str, str] | None = None
) -> IndexSettings:
    """Return the settings from the arguments first, then from ``YOUJU_…`` variables.

    Raises:
        IndexingError: for a ``YOUJU_`` variable or a precision that does not exist (a
            typing slip would otherwise be ignored in silence).
    """
    env = os.environ if environment is None else environment
    for name in env:
        if name.startswith(PREFIX) and name not in KNOWN:
            known = "、".join(sorted(KNOWN))
            raise IndexingError(f"环境变量 {name} 不是有据的设置。请检查拼写；可用的有：{known}。")
    cache = env.get("YOUJU_CACHE_DIR")
    return IndexSettings(
        data_dir=(data_dir or Path(env.get("YOUJU_DATA_DIR") or "data")).expanduser().absolute(),
        embedding_model=env.get("YOUJU_EMBEDDING_MODEL") or None,
        database_url=env.get("YOUJU_DATABASE_URL") or None,
        cache_dir=Path(cache).expanduser().absolute() if cache else None,
        precision=_precision(env.get("YOUJU_PRECISION")),
        reader=env.get("YOUJU_READER") or None,
    )


def _precision(given: str | None) -> Precision | None:
    for precision in PRECISIONS:
        if given == precision:
            return precision
    if not given:
        return None
    raise IndexingError(
        f"环境变量 YOUJU_PRECISION 的值 {given} 不是有据认识的精度。"
        f"请改为 {'、'.join(PRECISIONS)} 之一，或去掉它，由程序选择最快的。"
    )
