"""Premises that a text contradicts: opposites, what was not changed, another thing's event."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings

NOTICE = """沙河区绿化督查通报
2025年8月5日
（一）城南苗圃冬储工作迟缓，场长到会说明，予以通报批评。
（二）梅园街道屋顶绿化做得扎实，提前9天验收，予以通报表扬。
沙河区园林局
2025年8月5日
"""
MINUTES = """沙河区园林局局务会议纪要
时间：2025年8月20日
一、关于花市摊位
张一帆：有商户要求把摊位租金从每月300元提到420元。
局长何川：摊位租金不动，这是承诺。
二、关于夜间照明
会议没有同意区财政补贴灯具采购，由各公园自筹。
"""
ANSWERS = """沙河区市民问答
Q1：滨河浴场开放了吗？
A：还没有。水质检测预计9月中旬完成。
Q2：儿童公园可以带狗吗？
A：可以，须牵绳。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("contrary")
    home = folder / "documents"
    home.mkdir()
    for name, text in (("通报.txt", NOTICE), ("纪要.txt", MINUTES), ("问答.txt", ANSWERS)):
        (home / name).write_text(text, encoding="utf-8")
    with open_library(IndexSettings(data_dir=folder / "data"), "test", create=True) as library:
        build_index([home], library)
        yield open_assistant(library)


@pytest.mark.parametrize(
    ("question", "so"),
    [
        ("梅园街道屋顶绿化被通报批评，问题出在哪里？", "表扬"),
        ("局务会把花市摊位租金提到420元，从哪天起执行？", "不动"),
        ("会议同意区财政补贴灯具采购多少万元？", "没有同意"),
        ("滨河浴场已经开放了，为什么还没有救生员？", "还没有"),
    ],
)
def test_what_is_said_otherwise_is_corrected(assistant: Assistant, question: str, so: str) -> None:
    answer = assistant.answer(question)
    assert "与提问的说法不同" in answer.answer
    assert any(so in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "城南苗圃被通报批评，是什么原因？",
        "梅园街道屋顶绿化被通报表扬，好在哪里？",
        "儿童公园可以带狗，有什么要求？",
    ],
)
def test_what_is_so_is_not_corrected(assistant: Assistant, question: str) -> None:
    assert "与提问的说法不同" not in assistant.answer(question).answer
