"""The bundled model in 8 bits: nearly the same vectors, chosen and made without fuss."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import embed, onnx_encoder
from index.bundled_model import bundled_model_folder
from index.embed import PassageEncoder, load_encoder
from index.onnx_graph import FLOOR, WEIGHT_LEVELS, quantised_columns, smoothing_factors
from tests.index.test_embed import GOLDEN, TEXTS, _golden_vectors, _small_model

ROOT = Path(__file__).parent.parent.parent
# Not of the kinds that the graph was fitted to.
FOREIGN = [
    "曼恩（Michael E. Mann）、布拉德利（Raymond S. Bradley）合著的论文被称作MBH99。",
    "def f(x):\n    return {k: v for k, v in x.items()}  # ￥￥￥",
    "１２３４５６７８９０" * 20,
    "아침 안녕 Привет мир ¿qué tal?",
    "。",
    "",
]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def exact(cache: Path) -> PassageEncoder:
    return load_encoder(cache_dir=cache, precision="float32")


@pytest.fixture(scope="module")
def int8(cache: Path) -> PassageEncoder:
    encoder = load_encoder(cache_dir=cache, precision="int8", threads=2)
    assert encoder.precision == "int8"
    return encoder


def _kept(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.onnx"))


def test_vectors_are_close_to_float32(int8: PassageEncoder, exact: PassageEncoder) -> None:
    assert int8.fingerprint == exact.fingerprint
    assert (_golden_vectors(int8) * _golden_vectors(exact)).sum(axis=1).min() > 0.997
    for texts in (TEXTS, FOREIGN):
        cosines = (int8.encode_passages(texts) * exact.encode_passages(texts)).sum(axis=1)
        assert cosines.min() > 0.993


def test_a_text_finds_itself_whichever_precision_stored_it(
    int8: PassageEncoder, exact: PassageEncoder
) -> None:
    texts = [text for _, text, _ in GOLDEN] + FOREIGN
    scores = int8.encode_passages(texts) @ exact.encode_passages(texts).T
    assert scores.argmax(axis=1).tolist() == list(range(len(texts)))


def test_a_vector_does_not_depend_on_the_texts_beside_it(int8: PassageEncoder) -> None:
    rows = int8.encode_passages(TEXTS)
    assert rows.dtype == np.float32
    alone = np.stack([int8.encode_passages([text])[0] for text in TEXTS])
    assert np.array_equal(rows, alone)
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < 1e-5


def test_threads_get_their_own_vectors(int8: PassageEncoder) -> None:
    expected = int8.encode_passages(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: int8.encode_passages([text, text])[1], TEXTS))
    assert np.array_equal(np.array(rows), expected)


@pytest.mark.parametrize("text", ["", "\n", "\ud83d", "\x00", "a\u0301", "项" * 200_000])
def test_odd_texts_have_a_vector(int8: PassageEncoder, text: str) -> None:
    assert np.isfinite(int8.encode_passages([text, "x"])).all()
    assert np.linalg.norm(int8.encode_queries([text])[0]) == pytest.approx(1, abs=1e-5)


def test_the_token_limit_is_float32s(int8: PassageEncoder, exact: PassageEncoder) -> None:
    assert int8.max_tokens == exact.max_tokens
    assert int8.count_tokens(FOREIGN) == exact.count_tokens(FOREIGN)
    fits = "工程" * (int8.max_tokens - 1)
    vectors = int8.encode_passages([fits, fits + "验收", fits[:-2] + "验收"])
    assert np.array_equal(vectors[0], vectors[1])
    assert not np.array_equal(vectors[0], vectors[2])


def test_nothing_gives_no_rows_and_progress_counts_all(int8: PassageEncoder) -> None:
    assert int8.encode_passages([]).shape == (0, int8.dimension)
    done: list[int] = []
    int8.encode_passages(["短句"] * 300, progress=done.append)
    assert sum(done) == 300


def test_it_needs_neither_torch_nor_the_library(cache: Path, int8: PassageEncoder) -> None:
    code = (
        "import sys, pathlib; from index.embed import load_encoder; "
        f"e = load_encoder(cache_dir=pathlib.Path({str(cache)!r}), precision='int8'); "
        "e.embed_query('项目'); "
        "print(e.precision, {'torch', 'transformers', 'onnx'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert said.stdout.split() == [b"int8", b"set()"]
    assert said.stderr == b""


# --- chosen by itself --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("features", "bundled", "expected"),
    [
        ({"avx2", "avx512_bf16"}, True, "bfloat16"),
        ({"avx2", "amx_bf16"}, False, "bfloat16"),
        ({"avx2", "fma"}, True, "int8"),
        ({"avx2", "avx512_vnni"}, True, "int8"),
        ({"avx2"}, False, "float32"),
        ({"sse4_2"}, True, "float32"),
        ({"asimd", "asimddp"}, True, "float32"),
    ],
)
def test_the_fastest_precision_is_chosen(
    monkeypatch: pytest.MonkeyPatch, features: set[str], bundled: bool, expected: str
) -> None:
    monkeypatch.setattr(embed, "_processor_features", lambda: features)
    assert embed._fastest_precision(bundled=bundled) == expected


def test_another_model_falls_back_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    encoder = load_encoder(str(_small_model(tmp_path / "small")), precision="int8")
    assert encoder.precision == "float32"
    assert "float32" in caplog.text


def test_without_onnx_runtime_float32_remains(
    cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    encoder = load_encoder(cache_dir=cache, precision="int8")
    assert encoder.precision == "float32"
    assert np.isfinite(encoder.embed_query("项目")).all()
    assert "onnxruntime" in caplog.text


def test_a_processor_that_computes_something_else_is_found_out(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnx_encoder, "LEAST_COSINE", 0.99999)
    with pytest.raises(ValueError, match="cosine"):
        onnx_encoder.checked_graph(bundled_model_folder(cache))


# --- made once ---------------------------------------------------------------------------


def _cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _empty(file: Path) -> None:
    file.write_bytes(b"")


def _another_model(file: Path) -> None:
    file.write_bytes(b"\x08\x09")


@pytest.mark.parametrize("damage", [_cut_short, _empty, _another_model, Path.unlink])
def test_a_damaged_file_is_made_anew(
    cache: Path, int8: PassageEncoder, damage: Callable[[Path], None]
) -> None:
    (kept,) = _kept(cache)
    whole = kept.read_bytes()
    leftover = kept.with_name(f"{kept.name}.part-killed")
    leftover.write_bytes(b"half")
    damage(kept)
    again = load_encoder(cache_dir=cache, precision="int8")
    assert again.precision == "int8"
    assert kept.read_bytes() == whole  # the same on every run
    assert not leftover.exists()
    assert np.array_equal(again.encode_queries(["原因？"]), int8.encode_queries(["原因？"]))


def test_where_it_cannot_be_kept_it_is_made_every_time(
    cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for file in _kept(cache):
        file.unlink()
    monkeypatch.setattr(onnx_encoder, "write_whole", full)
    assert load_encoder(cache_dir=cache, precision="int8").precision == "int8"
    assert "No space left" in caplog.text
    assert _kept(cache) == []


def test_processes_that_start_together_make_one_file(cache: Path) -> None:
    for file in _kept(cache):
        file.unlink()
    code = (
        "import pathlib; from index.embed import load_encoder; "
        f"e = load_encoder(cache_dir=pathlib.Path({str(cache)!r}), precision='int8'); "
        "print(e.precision, e.embed_query('项目')[:3])"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    first, second = (process.communicate(timeout=300)[0] for process in both)
    assert first == second
    assert first.startswith(b"int8")
    assert len(_kept(cache)) == 1
    assert not list(cache.glob("*.part-*"))


def test_loading_what_was_made_is_silent(
    cache: Path, int8: PassageEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    load_encoder(cache_dir=cache, precision="int8")
    caplog.clear()
    with caplog.at_level(logging.INFO):
        load_encoder(cache_dir=cache, precision="int8")
    assert caplog.text == ""


# --- the arithmetic ----------------------------------------------------------------------

SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=50, deadline=None)
@given(seed=SEEDS)
def test_codes_stay_in_seven_bits_and_near_their_weights(seed: int) -> None:
    rng = np.random.default_rng(seed)
    matrix = (rng.standard_normal((16, 8)) * 10.0 ** rng.integers(-6, 4, 8)).astype(np.float32)
    matrix[:, 0] = 0
    codes, scales = quantised_columns(matrix)
    assert np.abs(codes.astype(int)).max() <= WEIGHT_LEVELS
    assert (np.abs(codes * scales - matrix) <= scales * 0.501).all()


@settings(max_examples=50, deadline=None)
@given(seed=SEEDS)
def test_smoothing_shrinks_what_is_large_and_nothing_to_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ranges = np.abs(rng.standard_normal(64)).astype(np.float32)
    ranges[3], ranges[4] = 60, 0
    matrix = np.ones((64, 5), np.float32)
    factors = smoothing_factors(ranges, [matrix])
    assert np.isfinite(factors).all()
    assert factors.argmax() == 3
    assert (60 / factors[3]) < 60 / 5
    assert factors[ranges <= np.quantile(ranges, FLOOR)].std() == pytest.approx(0, abs=1e-5)
