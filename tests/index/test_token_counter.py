"""The token counter: the encoder's own counts, in another process, without the model."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bundled_model import bundled_model_folder
from index.embed import PassageEncoder, TorchModel, load_encoder
from index.errors import ModelError
from index.token_counter import TokenCounter, load_token_counter
from tests.index.test_embed import _small_model

ROOT = Path(__file__).parent.parent.parent
ODD = ["", " ", "\n", "\x00", "\ud83d", "\ud83d\ude00", "a\u0301", "<s></s><pad>", "－１－的９％",
       "芙蓉\n商厦", "ﬁ①㎡〃", "\u200b\ufeff", "项" * 5_000, "▁▁", "ꂵꃀ", "текст"]  # fmt: skip


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def encoder(cache: Path) -> PassageEncoder:
    return load_encoder(cache_dir=cache, precision="float32")


@pytest.fixture(scope="module")
def counter(cache: Path) -> TokenCounter:
    return load_token_counter(cache_dir=cache)


def _library(encoder: PassageEncoder) -> Any:
    assert isinstance(encoder._model, TorchModel)
    return encoder._model.library


def _by_the_library(encoder: PassageEncoder, texts: list[str]) -> list[int]:
    """Count with transformers' tokenizer, as sentence-transformers loaded it."""
    read = _library(encoder).tokenizer(texts, add_special_tokens=False, truncation=False)
    return [len(ids) for ids in read["input_ids"]]


def test_real_texts_have_the_librarys_counts(
    counter: TokenCounter, encoder: PassageEncoder
) -> None:
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "prompts").rglob("*.txt")]
    texts = [file.read_text("utf-8") for file in files]
    lines = [line for text in texts for line in text.splitlines()]
    assert len(lines) > 200
    for some in (texts, lines):
        expected = _by_the_library(encoder, some)
        assert counter.count_tokens(some) == encoder.count_tokens(some) == expected


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(st.text(max_size=80), max_size=6))
def test_any_texts_have_the_librarys_counts(
    counter: TokenCounter, encoder: PassageEncoder, texts: list[str]
) -> None:
    # Hypothesis makes no lone surrogates, which the library would refuse.
    assert counter.count_tokens(texts) == (_by_the_library(encoder, texts) if texts else [])


def test_odd_texts_have_the_encoders_counts(counter: TokenCounter, encoder: PassageEncoder) -> None:
    assert counter.count_tokens(ODD) == encoder.count_tokens(ODD)
    assert counter.count_tokens(["项" * 5_000])[0] > 512  # nothing is cut


def test_the_limit_is_the_encoders(counter: TokenCounter, encoder: PassageEncoder) -> None:
    assert counter.max_tokens == encoder.max_tokens
    marks = len(_library(encoder).tokenizer("passage: ")["input_ids"])
    assert counter.max_tokens == _library(encoder).max_seq_length - marks


def test_a_pickled_counter_counts_alike(counter: TokenCounter, encoder: PassageEncoder) -> None:
    for one in (counter, encoder.token_counter):
        copy = pickle.loads(pickle.dumps(one))
        assert copy.count_tokens(ODD) == counter.count_tokens(ODD)
        assert copy.max_tokens == counter.max_tokens


def test_worker_processes_count_alike(cache: Path, counter: TokenCounter) -> None:
    texts = ["区交通局负责的石桥改建项目" * n for n in range(20)]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(counter.count_tokens, texts).result() == counter.count_tokens(texts)


def test_threads_count_alike(counter: TokenCounter) -> None:
    rng = random.Random(5)
    texts = ["".join(rng.choices("项目未开工，征地3.5％", k=rng.randrange(90))) for _ in range(200)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: counter.count_tokens([text])[0], texts))
    assert found == counter.count_tokens(texts)


def test_it_needs_neither_torch_nor_transformers(cache: Path) -> None:
    bundled_model_folder(cache)
    code = (
        "import sys, pathlib; from index.token_counter import load_token_counter; "
        f"counter = load_token_counter(cache_dir=pathlib.Path({str(cache)!r})); "
        "print(counter.count_tokens(['项目']), "
        "{'torch', 'transformers', 'onnxruntime', 'langchain_core'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert said.stdout.decode().strip().endswith("set()")
    assert said.stderr == b""


def test_another_models_counter_is_its_encoders(tmp_path: Path) -> None:
    folder = _small_model(tmp_path / "my-e5-tiny")
    (folder / "sentence_bert_config.json").write_text(
        json.dumps({"max_seq_length": 32, "do_lower_case": True}), encoding="utf-8"
    )
    loaded = load_encoder(str(folder))
    counter = load_token_counter(str(folder))
    assert counter.max_tokens == loaded.max_tokens
    assert counter.count_tokens(["alpha BETA x", "", "beta"]) == [3, 0, 1]


def test_a_missing_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="不存在"):
        load_token_counter("./no/such/folder")
