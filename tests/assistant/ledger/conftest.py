"""A small library of two districts: two reports of one series, and a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from assistant.records import Answer
from index.build import build_index
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.conftest import WordCountEncoder

SPRING = """青禾区2024年二季度重点项目进展情况
截至6月底，全区安排重点项目6个。
一、竣工项目（1个）
截至6月底，1个项目竣工，完成投资0.8亿元。分别是：区教育局的第六小学食堂。
二、未开工项目（5个）
截至6月底，5个项目未开工。分别是：区交通局的石桥改建工程（征地协议未签）、西环路大修工程（资金未到位）；\
开发区的标准厂房三期（资金未到位）；区文旅局的古塔修缮工程（等待文物部门批复）；区住建局的北苑广场（规划未批复）。
区重点项目建设办公室
2024年7月5日
"""
AUTUMN = """青禾区2024年三季度重点项目进展情况
截至9月底，全区安排重点项目10个。
一、竣工项目（2个）
截至9月底，2个项目竣工，占项目总数的20％，完成投资1.1亿元。分别是：区住建局的朝阳街雨污分流；区教育局的第六小学食堂。
二、滞后项目（4个）
截至9月底，4个项目进度滞后，占项目总数的40％，完成投资0.6亿元。分别是：区水利局的柳溪河清淤（设计变更）；区住建局的文昌
路拓宽（拆迁难度大）、供热管网二期（资金未到位）；开发区的**产业园（企业资金不足）。
三、未开工项目（4个）
截至9月底，4个项目未开工，占项目总数的40％。分别是：区交通局的石桥改建工程（征地协议未签）、西环路大修工程（资金未到位）；\
开发区的标准厂房三期（资金未到位）；区文旅局的古塔修缮工程（等待文物部门批复）。
区重点项目建设办公室
2024年10月8日
"""
TABLE = """<!doctype html><html><meta charset="utf-8"><body>
<h1>白石县2024年重点项目台账</h1><p>截至2024年9月底　单位：万元</p><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>总投资</td><td>完成投资</td><td>进展情况</td></tr>
<tr><td>1</td><td>石桥改建工程</td><td>县交通局</td><td>3000</td><td>1000</td><td>正在施工</td></tr>
<tr><td>2</td><td>供热管网一期</td><td>县住建局</td><td>5000</td><td>4500</td><td>正在施工</td></tr>
<tr><td>3</td><td>龙泉水库加固</td><td>县水务局</td><td>1200</td><td>1200</td><td>已竣工</td></tr>
<tr><td>4</td><td>滨河公园</td><td>县住建局</td><td>800</td><td>0</td><td>未开工</td></tr>
<tr><td>5</td><td>**产业园</td><td>县工信局</td><td>9000</td><td>300</td><td>停工</td></tr>
</table></body></html>
"""
DISTRICT = {"q2.txt": SPRING, "q3.txt": AUTUMN}
COUNTY = {"county.html": TABLE}


@dataclass(slots=True)
class Desk:
    """A library that is open, and its assistant."""

    library: Library
    assistant: Assistant

    def ask(self, question: str) -> Answer:
        return self.assistant.answer(question)

    def names(self, question: str) -> list[str]:
        """Return the names in the rows of an answer, in order."""
        return [row["name"] for row in self.ask(question).rows or ()]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@contextmanager
def opened(folder: Path, files: Mapping[str, str | bytes], *, real: bool = False) -> Iterator[Desk]:
    """Index ``files`` with word counts as embeddings, or with the real model."""
    (folder / "corpus").mkdir(parents=True)
    for name, text in files.items():
        kept = text.encode() if isinstance(text, str) else text
        (folder / "corpus" / name).write_bytes(kept)
    with open_library(IndexSettings(folder / "data"), "测试", create=True) as library:
        if not real:
            library.__dict__["encoder"] = WordCountEncoder()
        build_index([folder / "corpus"], library)
        yield Desk(library, open_assistant(library))


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with the two reports of one district."""
    with opened(tmp_path_factory.mktemp("district"), DISTRICT) as desk:
        yield desk


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with the table of one county."""
    with opened(tmp_path_factory.mktemp("county"), COUNTY) as desk:
        yield desk


@pytest.fixture(scope="session")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with the documents of both."""
    with opened(tmp_path_factory.mktemp("both"), {**DISTRICT, **COUNTY}) as desk:
        yield desk


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[dict[str, str]], Desk]]:
    """Return a function that opens a desk of its own over files."""
    with ExitStack() as stack:
        yield lambda files: stack.enter_context(opened(tmp_path, files))
