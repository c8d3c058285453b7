"""Files whose name lies, that are empty, locked away or no files: a clear word each."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from index.errors import (
    DamagedFileError,
    EmptyFileError,
    EncryptedFileError,
    LoadError,
    UnsupportedFormatError,
)
from index.load import SUPPORTED_SUFFIXES, load_file
from tests.index.load.test_word import saved

Put = Callable[[str, bytes | str], Path]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.mark.parametrize("suffix", SUPPORTED_SUFFIXES)
def test_empty_file_is_told_for_every_format(put: Put, suffix: str) -> None:
    with pytest.raises(EmptyFileError, match="0 字节"):
        load_file(put("a" + suffix, b""))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", "<!DOCTYPE html><html><body>404</body></html>", "网页"),
        ("a.docx", OLE + "WordDocument".encode("utf-16-le"), "旧版 Word"),
        ("a.xlsx", OLE + "Workbook".encode("utf-16-le"), "旧版 Excel"),
        ("a.docx", b"%PDF-1.7\n", "PDF"),
        ("a.txt", b"%PDF-1.7\n", "PDF"),
        ("a.txt", saved(docx.Document()), "Word 文档"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\r", "图片"),
        ("a.docx", "{\\rtf1 abc}", "RTF"),
        ("a.xlsx", saved(docx.Document()), "Word 文档"),
        ("a.docx", saved(openpyxl.Workbook()), "Excel 表格"),
    ],
)
def test_name_that_lies_is_answered_with_the_truth(
    put: Put, name: str, content: bytes | str, said: str
) -> None:
    with pytest.raises(DamagedFileError, match=said):
        load_file(put(name, content))


def test_encrypted_office_file_is_told(put: Put) -> None:
    with pytest.raises(EncryptedFileError, match="密码"):
        load_file(put("a.docx", OLE + "EncryptedPackage".encode("utf-16-le")))


@pytest.mark.parametrize(
    ("name", "remedy"),
    [("a.zip", "解压"),
     ("a.rar", "解压"), ("a.heic", "jpg"), ("a", "没有扩展名")],
)  # fmt: skip
def test_unsupported_format_names_the_way_out(put: Put, name: str, remedy: str) -> None:
    with pytest.raises(UnsupportedFormatError, match=remedy):
        load_file(put(name, "x"))


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
def test_rubbish_is_damaged(put: Put, suffix: str) -> None:
    with pytest.raises(DamagedFileError):
        load_file(put("a" + suffix, b"\x01\x02rubbish" * 99))


@pytest.mark.parametrize("make", [lambda p: p.mkdir(), lambda p: os.mkfifo(p), lambda p: None])
def test_folder_pipe_and_vanished_file_are_told(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "a.txt")
    with pytest.raises(LoadError, match=r"文件夹|管道|不见了"):
        load_file(tmp_path / "a.txt")


def test_unreadable_file_is_told(put: Put) -> None:
    file = put("a.txt", "文字")
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read anything")
    with pytest.raises(LoadError, match="权限"):
        load_file(file)


@pytest.mark.parametrize("name", ["a\nb.txt", "<img onerror=x>.txt", "😀‮.txt", "CON.txt"])
def test_odd_names_are_only_names(put: Put, name: str) -> None:
    assert load_file(put(name, "文字")).text == "文字"


def test_suffix_may_be_written_in_capitals(put: Put) -> None:
    assert load_file(put("A.TXT", "文字")).text == "文字"


def test_markup_in_a_text_file_is_text(put: Put) -> None:
    page = "<!DOCTYPE html><html><p>文字</p></html>"
    assert load_file(put("a.txt", page)).text == page
