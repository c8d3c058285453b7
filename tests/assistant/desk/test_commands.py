"""``python -m assistant desk export`` in each form, and what it says when it cannot."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from assistant.__main__ import app
from assistant.chat import open_assistant
from assistant.desk.desk import sees_all
from assistant.desk.opening import open_desk
from assistant.errors import DeskError
from assistant.people.people import People
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings
from tests.assistant.desk.conftest import CORPUS, UNSTARTED, WANG, ZHANG
from tests.conftest import WordCountEncoder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data directory that nobody holds, with one verified answer and one that waits."""
    (tmp_path / "corpus").mkdir()
    for name, text in CORPUS.items():
        (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
    with open_library(IndexSettings(tmp_path / "data"), "测试", create=True) as library:
        library.__dict__["encoder"] = WordCountEncoder()
        build_index([tmp_path / "corpus"], library)
        desk, assistant = open_desk(library), open_assistant(library)
        for _ in range(2):
            _, turn = desk.keep(ZHANG, assistant.answer(UNSTARTED))
            desk.request(ZHANG, turn)
        case = desk.case(WANG, 1, sees_all)
        assert case.turn.answer
        for citation in case.turn.answer.citations:
            desk.mark(WANG, 1, citation.n, "supported", sees_all)
        desk.decide(WANG, 1, "verified", sees_all)
    return tmp_path / "data"


def export(data: Path, out: Path, *options: str) -> Result:
    arguments = ["desk", "export", str(out), "--data-dir", str(data), *options]
    return CliRunner().invoke(app, arguments)


def test_each_form_is_written(data: Path, tmp_path: Path) -> None:
    for form in ("xlsx", "docx", "jsonl", "eval"):
        done = export(data, tmp_path / f"out.{form}", "--format", form)
        assert done.exit_code == 0, done.output
        assert "已导出 1" in done.output
    sheet = load_workbook(tmp_path / "out.xlsx")["答案"]
    assert (sheet["B4"].value, sheet["D4"].value, sheet["A5"].value) == (UNSTARTED, "已核实", None)
    said = [p.text for p in Document(str(tmp_path / "out.docx")).paragraphs]
    assert f"1. {UNSTARTED}" in said
    assert (tmp_path / "out.jsonl").read_text("utf-8").count("\n") == 1
    with open_library(IndexSettings(data), "测试", probing=False) as library:
        noted = People(library.database).audit.search(action="exported")
    assert {(e.about, e.detail) for e in noted} == {
        (form, "1") for form in ("xlsx", "docx", "jsonl", "eval")
    }
    names = sorted(p.name for p in (tmp_path / "out.eval" / "documents").iterdir())
    assert names == sorted(CORPUS)


def test_states_and_numbers_choose_what_is_exported(data: Path, tmp_path: Path) -> None:
    waiting = tmp_path / "waiting.jsonl"
    export(data, waiting, "--format", "jsonl", "--state", "asked")
    assert '"turn": 2' in waiting.read_text("utf-8")
    none = export(data, tmp_path / "none.xlsx", "--turn", "2")
    assert isinstance(none.exception, DeskError)
    assert "没有这样的答案" in str(none.exception)
    nothing = export(data, tmp_path / "e", "--format", "eval", "--state", "asked")
    assert "没有可以作评测题的答案" in str(nothing.exception)


def test_a_file_that_is_there_is_not_overwritten(data: Path, tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").write_text("mine", encoding="utf-8")
    assert "已经存在" in str(export(data, tmp_path / "out.xlsx").exception)
    assert (tmp_path / "out.xlsx").read_text("utf-8") == "mine"
    assert "不能写入" in str(
        export(data, tmp_path / "no" / "out.jsonl", "--format", "jsonl").exception
    )
