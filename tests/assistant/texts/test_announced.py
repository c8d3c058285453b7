"""A list that a text announces by its number is the answer, all of it and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings

SPEECH = """在全县粮库改造推进会上的讲话
县委副书记、县长　石望春
（2025年4月8日）
同志们：今天的会很短。先看底数，再说办法。
先看底数。12座粮库改了7座，北坡粮库必须在月底前拿出检测报告。西河粮库的账要重新对，县财政局要派人去。
再说办法。我提四点要求。
第一，{0}。雨季前屋面必须做完，做不完的要写出说明。
第二，{1}。熏蒸作业要有两人在场；应急物资要备足。
第三，{2}。
第四，{3}。谁虚报一吨，我就查谁一年。
最后说一件小事。门卫室的空调要修，不要让值班的人挨热。
请县粮食局三天之内把通知发下去，逐项写清责任人。
"""
LINES = ("抢晴天", "守住安全", "钱要花在刀刃上", "数字要实")
WAYS = {
    "第": SPEECH,
    "（一）": SPEECH.replace("第一，", "（一）").replace("第二，", "（二）")
    .replace("第三，", "（三）").replace("第四，", "（四）"),
    "1.": SPEECH.replace("第一，", "1.").replace("第二，", "2.")
    .replace("第三，", "3.").replace("第四，", "4."),
    "①": SPEECH.replace("第一，", "①").replace("第二，", "②")
    .replace("第三，", "③").replace("第四，", "④"),
    "一是": SPEECH.replace("第一，", "一是").replace("第二，", "二是")
    .replace("第三，", "三是").replace("第四，", "四是"),
    "第一条": SPEECH.replace("第一，", "第一条，").replace("第二，", "第二条，")
    .replace("第三，", "第三条，").replace("第四，", "第四条，"),
}  # fmt: skip
REPORT = """【临江粮情】第8期
石望春到北坡、西河调研粮库
本刊讯　9月20日，县长石望春到北坡镇、西河镇调研。石望春要求镇里派人盯着检测。
在随后召开的座谈会上，{}石望春在讲话中强调了三点：一要先把漏雨的仓顶补好，10月底前必须完工；二要{}；三要管住经费，每月5日前公开一次账目。
县粮食局局长何满表示，年内改完全部粮库。石望春还看望了保管员，叮嘱食堂要加一个热菜。
"""


def _asked(folder: Path, text: str, question: str) -> tuple[list[str], int | None]:
    home = folder / "documents"
    home.mkdir()
    (home / "文.txt").write_text(text, encoding="utf-8")
    with open_library(IndexSettings(data_dir=folder / "data"), "test", create=True) as library:
        build_index([home], library)
        assistant: Assistant = open_assistant(library)
        answer = assistant.answer(question)
    return [line for line in answer.answer.split("\n") if line.startswith("- ")], answer.count


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.mark.parametrize("way", WAYS)
def test_the_points_announced_are_the_whole_answer(folder: Path, way: str) -> None:
    lines, count = _asked(folder, WAYS[way].format(*LINES), "石县长在推进会上提了哪几点要求？")
    assert (len(lines), count) == (4, 4)
    assert all(words in line for words, line in zip(LINES, lines, strict=True))
    assert "写出说明" in lines[0]
    assert "查谁一年" in lines[3]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("石县长在座谈会上强调了哪几点？", "把账算清"),
        ("石望春在座谈会上提了哪几点要求？", "两人双锁"),
        ("石望春座谈会上讲了哪几条要求？", "夜里有人守"),
    ],
)
def test_in_a_report_the_speaker_s_own_list_is_told(
    folder: Path, question: str, words: str
) -> None:
    lines, count = _asked(folder, REPORT.format("两镇先后发言。", words), question)
    assert (len(lines), count) == (3, 3)
    assert words in lines[1]
    assert "热菜" not in "".join(lines)


def test_a_list_that_is_cut_short_is_not_told_as_whole(folder: Path) -> None:
    text = SPEECH.format(*LINES).replace("第四，数字要实", "还有，数字要实")
    lines, _ = _asked(folder, text, "石县长在推进会上提了哪几点要求？")
    assert "月底前拿出检测报告" in "".join(lines)


TOPICS = """在全县秋收调度会上的讲话
县长　石望春
（2025年9月12日）
同志们：先说进度，再说烘干。
先说进度。我讲两条要求：
一是阴坡的地要抢在霜前；
二是倒伏的田先收。
再说烘干安全。我提三条要求：
一是热风炉每班测温，有人签字；
二是除尘间先断电再进人；
三是国庆节前由县农机中心挨户查一遍。
"""


@pytest.mark.parametrize("topic", ["烘干安全", "作业安全"])
def test_a_topic_asks_for_the_list_of_its_own_paragraph(tmp_path: Path, topic: str) -> None:
    lines, _ = _asked(tmp_path, TOPICS, f"石望春在讲话中对{topic}提了哪几条要求？")
    assert [line[:6] for line in lines] == ["- 一是热风", "- 二是除尘", "- 三是国庆"]
