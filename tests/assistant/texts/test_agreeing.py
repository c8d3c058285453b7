"""What two named documents give for one thing, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings

BULLETIN = """安溪县茶园改造简报
截至7月底，全县共改造茶园项目14个，完成投资2600万元。
石门片区还有45户未签流转合同。
安溪县农业局
2025年8月3日
"""
MINUTES = """安溪县人民政府专题会议纪要
2025年8月12日，副县长江河主持召开茶园改造调度会。
县农业局汇报，石门片区未签流转合同的农户由45户降到31户。
会议要求，石门片区滴灌管网9月25日前通水。
"""
LIST = """安溪县督办清单（第2期）
1.
问题：石门片区滴灌管网接口漏水。
责任单位：县水利局
时限：9月10日
"""
SPEECH = """在全县茶园改造推进会上的讲话
县长　方至诚
（2025年8月6日）
同志们：今年我们改造了16个茶园项目，成绩要看到。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("agreeing")
    home = folder / "documents"
    home.mkdir()
    texts = {"简报": BULLETIN, "纪要": MINUTES, "督办清单": LIST, "讲话": SPEECH}
    for name, text in texts.items():
        (home / f"{name}.txt").write_text(text, encoding="utf-8")
    with open_library(IndexSettings(data_dir=folder / "data"), "test", create=True) as library:
        build_index([home], library)
        yield open_assistant(library)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("县长讲话里说的茶园改造项目数，跟茶园简报对得上吗？", ("16个", "14个", "相差2个")),
        ("石门片区没签流转合同的户数，简报和8月调度会分别怎么说的？", ("45户", "31户")),
        ("石门片区滴灌管网的时限，督办清单和会议纪要分别定的是哪天？", ("9月10日", "9月25日")),
    ],
)
def test_both_values_stand_side_by_side(
    assistant: Assistant, question: str, values: tuple[str, ...]
) -> None:
    answer = assistant.answer(question)
    assert "不一致" in answer.answer
    for value in values:
        assert value in answer.answer
    assert len({citation.document for citation in answer.citations}) == 2


def test_one_document_that_is_silent_compares_nothing(assistant: Assistant) -> None:
    answer = assistant.answer("石门片区滴灌管网的投资额，督办清单和会议纪要分别写的是多少？")
    assert "不一致" not in answer.answer


TALLY = """安溪县茶园改造通报
2025年9月1日
【一】总的看，今年茶园项目共18个，其中拖期的5个，占27.8%。
【二】拖期类，5个，完成投资300万元，主要是苗木未到。
"""
TALK = """在茶园改造调度会上的讲话
县长　方至诚
（2025年9月4日）
同志们：拖期的项目还有6个，大家要抓紧。
"""


def test_count_is_of_the_class_that_is_asked_about(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "通报.txt").write_text(TALLY, "utf-8")
    (folder / "讲话.txt").write_text(TALK, "utf-8")
    with open_library(IndexSettings(data_dir=tmp_path / "data"), "测试", create=True) as library:
        build_index([folder], library)
        answer = open_assistant(library).answer("拖期项目的个数，通报和县长讲话里说的一样吗？")
    said = answer.answer.replace("**", "")
    assert "5个" in said
    assert "6个" in said
    assert "18个与" not in said
