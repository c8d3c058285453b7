"""Backups: whole or not there, understood or refused."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index.backup import MANIFEST, backup, restore
from index.build import build_index
from index.errors import BackupError
from index.intake import Intake
from index.library import Library, open_library
from index.settings import IndexSettings
from index.verify import verify
from index.withdrawal import withdraw
from tests.conftest import WordCountEncoder

Write = Callable[[str, str], Path]
BRIDGE = "道路工程简报\n北河大桥项目因资金困难没有开工。\n"
SCHOOL = "教育工作简报\n第三小学扩建项目完成投资500万元。\n"


@pytest.fixture
def saved(settings: IndexSettings, encoder: WordCountEncoder, write: Write, tmp_path: Path) -> Path:
    """Return a backup of an index with two versions, a withdrawn file and an upload."""
    corpus = write("a.txt", BRIDGE)
    write("b.txt", SCHOOL)
    upload = tmp_path / "sent"
    upload.write_text("上传的文件\n东湖水库除险加固完成。\n", encoding="utf-8")
    with open_library(settings, "测试", create=True) as library:
        library.__dict__["encoder"] = encoder
        build_index([corpus], library)
        build_index([write("a.txt", BRIDGE + "已于九月开工。\n")], library)
        withdraw(library, "b.txt", "王伟", "有误")
        intake = Intake(library)
        intake.start()
        intake.add("c.txt", upload)
        assert intake.wait()
        intake.close()
        backup(library, tmp_path / "index.zip")
    return tmp_path / "index.zip"


def held(library: Library) -> list[tuple[str, int, str, str]]:
    files = library.database.files("indexed", "withdrawn", "superseded")
    return [(f.path, f.version, f.state, library.database.content(f.id).text) for f in files]


def test_a_restored_index_holds_what_was_saved(
    saved: Path, settings: IndexSettings, encoder: WordCountEncoder, tmp_path: Path
) -> None:
    with open_library(settings, "测试", probing=False) as library:
        before = held(library)
    there = IndexSettings(tmp_path / "restored")
    made = restore(saved, there)
    assert (made.files, made.chunks) == (2, 2)
    with open_library(there, "测试") as library:
        library.__dict__["encoder"] = encoder
        assert held(library) == before
        assert verify(library).problems == []
        (upload,) = [file for file in library.files() if file.path == "c.txt"]
        assert Path(upload.source).is_relative_to(there.data_dir)
        assert Path(upload.source).read_text(encoding="utf-8").startswith("上传的文件")


def test_a_backup_does_not_overwrite_a_file(
    saved: Path, settings: IndexSettings, tmp_path: Path
) -> None:
    with (
        open_library(settings, "测试", probing=False) as library,
        pytest.raises(BackupError, match="已经存在"),
    ):
        backup(library, saved)
    with (
        open_library(settings, "测试", probing=False) as library,
        pytest.raises(BackupError, match="不能写入"),
    ):
        backup(library, tmp_path / "nowhere" / "index.zip")
    assert sorted(p.name for p in tmp_path.glob("*.part")) == []


def test_a_folder_that_is_in_use_is_not_overwritten(saved: Path, settings: IndexSettings) -> None:
    before = sorted(p.name for p in settings.data_dir.iterdir())
    with pytest.raises(BackupError, match="不是空的"):
        restore(saved, settings)
    assert sorted(p.name for p in settings.data_dir.iterdir()) == before


def rewritten(saved: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Return a copy of a backup with one of its parts changed."""
    copy = saved.with_name("changed.zip")
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(copy, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(member, change(content) if member.filename == name else content)
    return copy


def manifest(**changes: object) -> Callable[[bytes], bytes]:
    return lambda old: json.dumps({**json.loads(old), **changes}).encode()


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        (MANIFEST, manifest(format=2), "格式是 2"),
        (MANIFEST, manifest(schema="99"), "99"),
        (MANIFEST, manifest(members={}), "没有索引数据库"),
        (MANIFEST, manifest(members="x"), "不是有据的备份"),
        (MANIFEST, lambda _: b"[]", "不是有据的备份"),
        (MANIFEST, lambda _: b"\xff\xfe", "不是有据的备份"),
        ("youju.sqlite", lambda old: old[:-1], "与清单不符"),
        ("youju.sqlite", lambda old: old + b"x", "与清单不符"),
        ("vectors.sqlite", lambda old: old[:-4] + b"abcd", "与清单不符"),
    ],
)
def test_a_backup_that_is_not_understood_is_refused_and_nothing_is_made(
    saved: Path, tmp_path: Path, name: str, change: Callable[[bytes], bytes], why: str
) -> None:
    target = tmp_path / "restored"
    with pytest.raises(BackupError, match=why):
        restore(rewritten(saved, name, change), IndexSettings(target))
    assert not target.exists()
    assert list(tmp_path.glob(".restore-*")) == []


@pytest.mark.parametrize("escape", ["../evil.txt", "/tmp/evil.txt", "uploads/../../evil.txt", "x"])
def test_a_part_that_would_lie_outside_is_refused(saved: Path, tmp_path: Path, escape: str) -> None:
    with zipfile.ZipFile(saved) as archive:
        about = json.loads(archive.read(MANIFEST))
    about["members"][escape] = (0, "0" * 64)
    copy = rewritten(saved, MANIFEST, lambda _: json.dumps(about).encode())
    with pytest.raises(BackupError, match="不认识的部分"):
        restore(copy, IndexSettings(tmp_path / "restored"))
    assert not list(tmp_path.rglob("evil.txt"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 and no more", b"words " * 500])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(BackupError, match="不是备份文件"):
        restore(tmp_path / "x.zip", IndexSettings(tmp_path / "restored"))
    with pytest.raises(BackupError, match="找不到"):
        restore(tmp_path / "none.zip", IndexSettings(tmp_path / "restored"))
