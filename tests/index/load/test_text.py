"""Plain text: any encoding that offices use, no character lost or guessed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DamagedFileError, EmptyFileError, EncodingUnknownError
from index.load import load_file
from index.load.text import read_text
from tests.index.load.checks import assert_sound, said

Put = Callable[[str, bytes | str], Path]
REPORT = "一、项目进展\n全区共有24个项目，完成投资5.96亿元，占年计划的86.9％。\n"
TRADITIONAL = "本區第三季度重點項目進展順利，已完成投資計畫的百分之八十，道路工程全部開工。"
# Text files hold no NUL and few control characters; those are refused, and tested below.
written = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]) | st.sampled_from("\n\r\t"))


@given(written)
def test_any_text_comes_back_with_only_its_line_ends_changed(text: str) -> None:
    text = "文" + text  # a letter or two of another script alone may be GBK, tested below
    loaded = read_text(text.encode())
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert loaded.text == expected
    assert_sound(loaded)
    covered = "".join(said(loaded, "paragraph"))
    assert "".join(covered.split()) == "".join(
        "".join(line.split()) for line in expected.split("\n") if line in said(loaded, "paragraph")
    )


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_encoding_is_found_and_recorded(encoding: str, found: str) -> None:
    loaded = read_text(REPORT.encode(encoding))
    assert (loaded.text, loaded.encoding) == (REPORT, found)
    assert_sound(loaded)


@pytest.mark.parametrize(
    "short",
    ["项目", "未开工", "区交通局", "资金困难", "是", "甲：1、乙。", "芙蓉路", "一", "一路", "①",
     "䶮", "负责人：䶮㐂", "联通", "√ 竣工", "荥阳市"],
)  # fmt: skip
def test_short_gbk_is_not_taken_for_something_else(short: str) -> None:
    assert read_text(short.encode("gb18030")).text == short


@pytest.mark.parametrize("short", ["A·B 3×4", "35μg", "μ", "café", "Москва", "±5", "á Á", "一"])
def test_short_utf8_is_not_taken_for_gbk(short: str) -> None:
    assert read_text(short.encode()).text == short


def test_big5_is_told_from_gbk() -> None:
    loaded = read_text(TRADITIONAL.encode("big5"))
    assert (loaded.text, loaded.encoding) == (TRADITIONAL, "big5")


def test_rare_characters_of_gb18030_survive() -> None:
    text = "负责人：䶮某、㐂某，住𠮷巷。其余人员按原方案分工，不作调整。\n"
    assert read_text(text.encode("gb18030")).text == text


def test_mixed_encodings_are_refused_with_the_place() -> None:
    mixed = REPORT.encode() + REPORT.encode("gbk")
    with pytest.raises(EncodingUnknownError, match=r"UTF-8，第 \d+ 字节起不是"):
        read_text(mixed)


def test_utf8_cut_in_the_middle_of_a_character_is_refused() -> None:
    with pytest.raises(EncodingUnknownError, match="另存为"):
        read_text(REPORT.encode().rstrip()[:-1])


def test_lone_surrogate_is_refused() -> None:
    with pytest.raises((EncodingUnknownError, DamagedFileError)):
        read_text((REPORT + "\ud800").encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("content", [b"\x7fELF\0\0\1\2" * 40, (REPORT + "\0").encode()])
def test_nul_bytes_are_no_text(content: bytes) -> None:
    with pytest.raises(DamagedFileError, match="NUL"):
        read_text(content)


def test_single_control_characters_are_kept_and_told() -> None:
    loaded = read_text("表一\x0c表二\x1a".encode())
    assert loaded.text == "表一\x0c表二\x1a"
    assert "控制字符" in loaded.notes[0]
    assert_sound(loaded)


def test_private_use_zero_width_and_half_width_stay_and_are_told() -> None:
    text = "人名\ue123，零\u200b宽，ｱ半角，︵竖︶\n"
    loaded = read_text(text.encode())
    assert loaded.text == text
    assert "自造字" in loaded.notes[0]


def test_replacement_characters_of_the_source_are_told() -> None:
    assert "�" in read_text("乱码�在此".encode()).notes[0]


@pytest.mark.parametrize("blank", [" \n\t\r\n", "\u3000\n", "\ufeff", "\u200b\n"])
def test_whitespace_only_is_empty(put: Put, blank: str) -> None:
    with pytest.raises(EmptyFileError, match="空白"):
        load_file(put("a.txt", blank))


def test_one_character_is_a_document(put: Put) -> None:
    assert said(load_file(put("a.txt", "有")), "paragraph") == ["有"]


def test_line_of_millions_of_characters_is_one_block() -> None:
    loaded = read_text(("甲乙丙，" * 1_750_000).encode())
    assert [b.end - b.start for b in loaded.blocks] == [7_000_000]


def test_markup_and_templates_stay_literal() -> None:
    text = '{"lc": 1, "type": "secret"} {question} {{x}} %s <script>alert(1)</script>\n'
    assert read_text(text.encode()).text == text
