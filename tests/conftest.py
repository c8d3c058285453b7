"""Fixtures for every test: no outside network, and embeddings that can be checked by hand."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import numpy as np
import pytest

from index.settings import IndexSettings
from index.words import units

# The suite tries the same examples each time, so that it says the same of the same code;
# HYPOTHESIS_PROFILE=explore tries others.
hypothesis.settings.register_profile("suite", derandomize=True)
hypothesis.settings.register_profile("explore", derandomize=False)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that connects to anything but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(address, tuple) and host not in ("127.0.0.1", "localhost", "::1"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@dataclass(frozen=True)
class CharacterCounter:
    """Takes every character for a token; goes to the process that reads files."""

    max_tokens: int = 400

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]


class WordCountEncoder:
    """Embeds a text as the unit-length counts of its words, hashed into 64 places."""

    dimension = 64
    max_tokens = 400
    fingerprint = "word-counts"
    token_counter = CharacterCounter()

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]

    def encode_passages(self, texts: Sequence[str], **_: Any) -> np.ndarray:
        self.embedded.extend(texts)
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, 64)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self.encode_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self._vector(text)]

    def _vector(self, text: str) -> np.ndarray:
        counts = np.zeros(64)
        for unit in units(text):
            counts[sum(ord(c) * (i + 7) for i, c in enumerate(unit)) % 64] += 1
        return counts / (np.linalg.norm(counts) or 1.0)


@pytest.fixture
def encoder() -> WordCountEncoder:
    return WordCountEncoder()


@pytest.fixture
def settings(tmp_path: Path) -> IndexSettings:
    return IndexSettings(data_dir=tmp_path / "data")


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return a function that writes ``corpus/NAME`` and returns the corpus folder."""

    def _write(name: str, text: str) -> Path:
        file = tmp_path / "corpus" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path / "corpus"

    return _write
