"""Write an index into one file, and make an index of such a file again.

The file is a zip of the SQL database, the vectors and the uploaded originals, with
a manifest that holds the hash of each. The search stores are made anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from index.errors import BackupError
from index.library import UNFINISHED, UPLOADS, Library, open_library
from index.migrate import READABLE, SCHEMA_VERSION
from index.rebuild import rebuild
from index.settings import IndexSettings
from index.sql import now
from index.withdrawal import resume

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE, VECTORS = "youju.sqlite", "vectors.sqlite"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is: ``members`` are (size in bytes, SHA-256) by name."""

    format: int
    schema: str
    model: str | None
    made_at: str
    files: int
    chunks: int
    members: dict[str, tuple[int, str]]


def backup(library: Library, target: Path) -> Manifest:
    """Write the index to ``target``, which appears only when it is whole.

    Raises:
        BackupError: there is such a file already, it cannot be written, or the
            database is not SQLite.
    """
    if library.settings.database_url:
        raise BackupError(
            "索引数据库不是 SQLite，请用该数据库自己的工具（如 pg_dump）备份；"
            "检索库不必备份，可以用 python -m index rebuild 重建。"
        )
    if target.exists():
        raise BackupError(f"{target} 已经存在。请换一个文件名，或先移走它。")
    part = target.with_name(target.name + ".part")
    try:
        manifest = _write(library, part)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BackupError(
            f"不能写入 {target}（{error.strerror or error}）。请检查路径、权限和剩余空间。"
        ) from error
    return manifest


def _write(library: Library, part: Path) -> Manifest:
    members: dict[str, tuple[int, str]] = {}
    with (
        TemporaryDirectory(dir=library.settings.data_dir, prefix=UNFINISHED) as folder,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
    ):
        copy = Path(folder) / DATABASE
        with (
            closing(sqlite3.connect(library.settings.data_dir / DATABASE)) as old,
            closing(sqlite3.connect(copy)) as new,
        ):
            old.backup(new)
        vectors = Path(folder) / VECTORS
        library.vectors.copy_to(vectors)
        uploads = library.settings.data_dir / UPLOADS
        originals = [f for f in sorted(uploads.rglob("*")) if f.is_file()]
        for file, name in [
            (copy, DATABASE),
            (vectors, VECTORS),
            *((f, f"{UPLOADS}/{f.relative_to(uploads).as_posix()}") for f in originals),
        ]:
            archive.write(file, name)
            members[name] = (file.stat().st_size, _hash(file))
        manifest = Manifest(
            FORMAT, SCHEMA_VERSION, library.database.meta("model"), now(),
            len(library.database.files()), library.database.count_chunks(), members,
        )  # fmt: skip
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    return manifest


def restore(
    source: Path,
    settings: IndexSettings,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Manifest:
    """Make the index of a backup in ``settings.data_dir``, which must be new or empty.

    Everything is checked before anything is made there.

    Raises:
        BackupError: the file is no backup, is damaged, or was made by a newer
            version; or the folder is not empty.
        StoreError: the index cannot be made.
    """
    target = settings.data_dir
    if target.exists() and any(target.iterdir()):
        raise BackupError(
            f"数据目录 {target} 不是空的，没有恢复，以免盖掉里面的索引。"
            "请用 --data-dir 指定一个新目录。"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix=".restore-") as folder:
        manifest = _unpack(source, Path(folder))
        _name_vectors(Path(folder))
        target.mkdir(parents=True, exist_ok=True)
        for item in sorted(Path(folder).iterdir()):
            shutil.move(str(item), target / item.name)
    with open_library(settings, "恢复备份", create=True, probing=False) as library:
        library.check_model()
        rebuild(library, progress)
        resume(library)
        library.database.log("restored", "", detail=manifest.made_at)
    return manifest


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return the manifest of a backup.

    Raises:
        BackupError: there is none, or it is of a version that is not understood.
    """
    try:
        about: dict[str, Any] = json.loads(archive.read(MANIFEST))
        members = {str(k): (int(v[0]), str(v[1])) for k, v in about["members"].items()}
        manifest = Manifest(**{**about, "members": members})
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise BackupError(
            "这不是有据的备份文件（没有可以读的清单）。请检查是否选错了文件。"
        ) from error
    if manifest.format != FORMAT or manifest.schema not in READABLE:
        raise BackupError(
            f"这个备份的格式是 {manifest.format}、索引版本是 {manifest.schema}，"
            f"本程序只认识格式 {FORMAT}、索引版本 {'、'.join(READABLE)}。"
            "它可能是更新的程序做的，请用那个版本的程序恢复。"
        )
    return manifest


def _unpack(source: Path, folder: Path) -> Manifest:
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = read_manifest(archive)
            if not {DATABASE, VECTORS} <= manifest.members.keys():
                raise BackupError("备份文件的清单里没有索引数据库。请换一个备份。")
            for name, (size, sha256) in manifest.members.items():
                _unpack_member(archive, name, size, sha256, folder)
            return manifest
    except FileNotFoundError as error:
        raise BackupError(f"找不到备份文件 {source}。请检查路径。") from error
    except (zipfile.BadZipFile, EOFError) as error:
        raise BackupError(f"{source} 不是备份文件，或已损坏（{error}）。请换一个备份。") from error
    except OSError as error:
        raise BackupError(
            f"恢复时出错（{error.strerror or error}）。请检查权限和剩余空间。"
        ) from error


def _unpack_member(
    archive: zipfile.ZipFile, name: str, size: int, sha256: str, folder: Path
) -> None:
    path = PurePosixPath(name)
    known = name in (DATABASE, VECTORS) or path.parts[:1] == (UPLOADS,)
    if path.is_absolute() or ".." in path.parts or not known:
        raise BackupError(f"备份文件里有不认识的部分“{name}”，没有恢复。请换一个备份。")
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), size
    try:
        with archive.open(name) as packed, file.open("wb") as out:
            while chunk := packed.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    break
                digest.update(chunk)
                out.write(chunk)
    except KeyError as error:
        raise BackupError(f"备份文件里缺少“{name}”，已损坏。请换一个备份。") from error
    if left or digest.hexdigest() != sha256:
        raise BackupError(f"备份文件里的“{name}”与清单不符，已损坏。请换一个备份。")


def _name_vectors(folder: Path) -> None:
    """Let the database know under which name its vectors were packed."""
    with closing(sqlite3.connect(folder / DATABASE)) as database, database:
        database.execute("UPDATE meta SET value = '0' WHERE name = 'vectors_generation'")


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
