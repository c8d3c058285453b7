"""Names of uploaded files: kept readable, and never a way out of the folder."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.filenames import MAX_NAME, clean_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("三季度通报.docx", "三季度通报.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\王\\报告.pdf", "报告.pdf"),
        ("报告\n第二行.txt", "报告第二行.txt"),
        ("报告\u202etxt.exe", "报告txt.exe"),
        ("报\u200b告.txt", "报告.txt"),
        ("<img src=x onerror=1>.txt", "＜img src=x onerror=1＞.txt"),
        ("a.txt:hidden", "a.txt：hidden"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("NUL.tar.gz", "_NUL.tar.gz"),
        ("com1.docx", "_com1.docx"),
        ("COM10.docx", "COM10.docx"),
        ("康.txt", "康.txt"),
        (" 两  端 空白 .txt ", "两 端 空白 .txt"),
        (".htaccess", "htaccess"),
        ("报告.txt. . ", "报告.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("龘𠮷.docx", "龘𠮷.docx"),
        ("项目😀.txt", "项目😀.txt"),
    ],
)
def test_a_name_keeps_what_can_be_read(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@pytest.mark.parametrize(
    "given_name", ["", "/", "..", "...", "a/..", "\u202e\u200b", " \t\n", "a\\"]
)
def test_a_name_of_which_nothing_is_left_is_none(given_name: str) -> None:
    assert clean_name(given_name) is None


def test_long_names_keep_their_suffix_and_stay_two() -> None:
    names = [clean_name("长" * 100 + end + ".docx") for end in ("甲", "乙")]
    assert names[0] != names[1]
    for name in names:
        assert name is not None
        assert name.endswith(".docx")
        assert len(name.encode()) <= MAX_NAME
        assert "\ufffd" not in name


def test_a_name_of_the_greatest_length_is_left_alone() -> None:
    name = "长" * 83 + "a.docx"
    assert len(name.encode()) == MAX_NAME
    assert clean_name(name) == name


@given(st.text(max_size=300))
def test_a_clean_name_is_one_plain_part_and_stays_as_it_is(given_name: str) -> None:
    name = clean_name(given_name)
    if name is None:
        return
    assert name not in (".", "..")
    assert len(name.encode()) <= MAX_NAME
    assert PurePosixPath(name).name == name == PureWindowsPath(name).name
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in name)
    assert clean_name(name) == name
