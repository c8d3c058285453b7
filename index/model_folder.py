"""A model folder that is safe to load, and what tells it from another."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from index.errors import ModelError

# The only parts that are loaded: each reads numbers and JSON, none runs code of the folder.
PARTS = frozenset({"Transformer", "Pooling", "Normalize", "Dense", "LayerNorm", "Dropout"})
# Weights files in Python's pickle form run code when they are read; beside the file on
# the right they are never opened.
PICKLED = {
    "pytorch_model.bin": ("model.safetensors", "model.safetensors.index.json"),
    "pytorch_model.bin.index.json": ("model.safetensors", "model.safetensors.index.json"),
    "adapter_model.bin": ("adapter_model.safetensors",),
}
WANTED = ("*.json", "*.safetensors", "*.txt", "*.model")  # what a download may bring
SAMPLES, SAMPLE_BYTES = 64, 65_536
OTHERWISE = (
    "请换一个模型，或去掉环境变量 YOUJU_EMBEDDING_MODEL（阅读模型是 YOUJU_READER），"
    "使用自带的模型。"
)


def checked_folder(model: str) -> Path:
    """Return the folder of ``model``, a folder or a name on the Hugging Face hub.

    Raises:
        ModelError: it is not there, or holds weights or parts that could run code.
    """
    given = Path(model).expanduser()
    folder = given.absolute() if given.is_dir() else _downloaded(model)
    parts = _parts(folder, model)
    for path in {folder, *parts}:
        _refuse_pickled_weights(path, model)
    if not any((path / name).is_file() for path in parts for name in PICKLED["pytorch_model.bin"]):
        raise ModelError(f"模型 {model} 中没有 safetensors 格式的权重文件，不能使用。{OTHERWISE}")
    return folder


def fingerprint_of(folder: Path) -> str:
    """Return a name for the weights and settings in ``folder``, equal for equal copies.

    Of each weights file 64 samples of 64 KB are read, spread over its length, and
    its size: training changes every tensor, and a file of gigabytes is told apart
    in a moment.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".json", ".safetensors") or not path.is_file():
            continue
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as file:
            if size <= SAMPLES * SAMPLE_BYTES:
                digest.update(file.read())
                continue
            for i in range(SAMPLES):
                file.seek(i * (size - SAMPLE_BYTES) // (SAMPLES - 1))
                digest.update(file.read(SAMPLE_BYTES))
    return f"{folder.name}@{digest.hexdigest()}"


def _downloaded(name: str) -> Path:
    looks_like_path = name.startswith((".", "/", "~")) or "\\" in name or name.count("/") > 1
    if looks_like_path:
        raise ModelError(f"模型目录 {name} 不存在。请检查路径。{OTHERWISE}")
    from huggingface_hub import snapshot_download

    for local in (True, False):  # a model that was fetched before needs no network
        try:
            return Path(
                snapshot_download(name, allow_patterns=list(WANTED), local_files_only=local)
            )
        except Exception as error:  # network, proxy, name, rights: the remedy is the same
            reason = error
    raise ModelError(
        f"找不到模型 {name}：它既不是一个目录，也不能下载（{type(reason).__name__}）。"
        f"请检查名称和网络，或先下载，再给出目录。{OTHERWISE}"
    ) from reason


def _parts(folder: Path, model: str) -> list[Path]:
    """Return the folders that modules.json names; the folder itself where there is none."""
    listing = folder / "modules.json"
    if not listing.is_file():
        return [folder]
    try:
        entries = [
            (str(part["type"]), str(part["path"]))
            for part in json.loads(listing.read_text(encoding="utf-8"))
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"模型 {model} 的 modules.json 不能读取。{OTHERWISE}") from error
    paths = []
    for kind, path in entries:
        module, _, name = kind.rpartition(".")
        if module.split(".")[0] != "sentence_transformers" or name not in PARTS:
            raise ModelError(
                f"模型 {model} 的 modules.json 要求运行 {kind}，"
                f"它不是 sentence-transformers 自带的部分，可能是恶意代码，没有载入。{OTHERWISE}"
            )
        place = (folder / path).absolute()
        if ".." in Path(path).parts or not place.is_relative_to(folder):
            raise ModelError(f"模型 {model} 的 modules.json 指向目录之外（{path}）。{OTHERWISE}")
        paths.append(place)
    return paths


def _refuse_pickled_weights(folder: Path, model: str) -> None:
    for pickled, safe in PICKLED.items():
        if (folder / pickled).exists() and not any((folder / name).is_file() for name in safe):
            raise ModelError(
                f"模型 {model} 的权重 {pickled} 是 pickle 格式，"
                f"载入时可能运行其中的代码，没有载入。请用 safetensors 格式的模型。{OTHERWISE}"
            )
