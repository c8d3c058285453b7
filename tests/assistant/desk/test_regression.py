"""What was verified becomes questions that the evaluation runs, and that an error fails."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.__main__ import app
from assistant.desk.desk import sees_all
from assistant.desk.exports.folder import write_set
from assistant.desk.exports.regression import regression_row, regression_rows
from assistant.errors import DeskError
from tests.assistant.desk.conftest import ELSEWHERE, UNSTARTED, WANG, Office
from tests.conftest import WordCountEncoder
from tests.evals.public.__main__ import main as evaluate
from tests.evals.public.sets import QuestionSet, read_set
from tests.evals.score import score

COUNT = "青禾区三季度有多少个项目未开工？"
SUM = "青禾区三季度竣工项目完成投资多少？"


class Encoder(WordCountEncoder):
    precision = "float32"


def verified(office: Office, question: str) -> int:
    turn = office.asked(question)
    office.mark_all(turn)
    office.desk.decide(WANG, turn, "verified", sees_all)
    return turn


def texts(office: Office) -> dict[str, str]:
    return {file.path: office.library.text(file.path) for file in office.library.files()}


@pytest.mark.parametrize("question", [UNSTARTED, ELSEWHERE, COUNT, SUM])
def test_the_verified_answer_is_right_by_its_own_question(office: Office, question: str) -> None:
    turn = verified(office, question)
    case = office.desk.case(WANG, turn, sees_all)
    row = regression_row(case)
    assert row["question"] == question
    answer = office.answer(question).to_json()
    assert score(row, answer, texts(office)).faults == []


@pytest.mark.parametrize("question", [UNSTARTED, COUNT, SUM])
def test_an_answer_that_lost_something_fails(office: Office, question: str) -> None:
    row = regression_row(office.desk.case(WANG, verified(office, question), sees_all))
    answer = office.answer(question).to_json()
    wrong = dict(answer, rows=(answer["rows"] or [None])[:-1] or None, count=None)
    wrong["answer"] = "共 99 个"
    assert score(row, wrong, texts(office)).faults


def test_a_corrected_answer_asks_for_the_correction(office: Office) -> None:
    turn = office.asked()
    text = "未开工的有 3 个：石桥改建工程、标准厂房三期、古塔修缮工程。[1]"
    row = regression_row(office.desk.decide(WANG, turn, "corrected", sees_all, text))
    assert (row["expect"]["must_all"], row["expect"]["count"]) == ([["3 个", "3个"]], 3)
    assert row["expect"]["rows_must_not"] == ["西环路大修工程"]
    assert [i["name"] for i in row["expect"]["items"]] == [
        ["石桥改建工程"],
        ["标准厂房三期"],
        ["古塔修缮工程"],
    ]
    faults = score(row, office.answer(UNSTARTED).to_json(), texts(office)).faults
    assert "wrong row: 西环路大修工程" in faults
    assert any(fault == "missing 3 个/3个" for fault in faults)


def test_what_is_no_question_is_left_out_with_its_reason(office: Office) -> None:
    rejected, waiting, good = office.asked(), office.asked(ELSEWHERE), verified(office, COUNT)
    office.desk.decide(WANG, rejected, "rejected", sees_all, comment="不全")
    edited = office.desk.keep(WANG, office.answer(SUM), origin=SUM)[1]
    office.mark_all(edited)
    office.desk.decide(WANG, edited, "verified", sees_all)
    every = [office.desk.case(WANG, turn, sees_all) for turn in (rejected, waiting, good, edited)]
    rows, left = regression_rows(every)
    assert [row["id"] for row in rows] == [f"desk-{good}"]
    assert [(one.turn, one.why[:4]) for one in left] == [
        (rejected, "没有核实"),
        (waiting, "没有核实"),
        (edited, "提问的条"),
    ]
    office.write("q3.txt", "换了内容。\n")
    office.reindex()
    _, left = regression_rows([office.desk.case(WANG, good, sees_all)])
    assert left[0].why.startswith("来源已更新")


def test_a_folder_that_is_not_empty_is_left_alone(office: Office, tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(DeskError, match="已经存在"):
        write_set(tmp_path / "set", [], office.library)


def test_the_command_exports_and_the_evaluation_runs_it(office: Office, tmp_path: Path) -> None:
    for question in (UNSTARTED, COUNT):
        verified(office, question)
    data = office.library.settings.data_dir
    held = CliRunner().invoke(app, ["desk", "export", str(tmp_path / "x"), "--data-dir", str(data)])
    assert "测试" in str(held.exception)  # who holds the data directory is named
    rows, _ = regression_rows(office.desk.queue(WANG, sees_all, "all", ["verified"]))
    assert write_set(tmp_path / "set", rows, office.library) == []
    found = read_set(tmp_path / "set", tmp_path)
    assert isinstance(found, QuestionSet)
    assert [row["id"] for row in found.questions] == [row["id"] for row in rows]
    work = ["--work", str(tmp_path / "work")]
    assert evaluate([str(tmp_path / "set"), *work], Encoder()) == 0  # type: ignore[arg-type]
    kept = [json.loads(line) for f in (tmp_path / "work").rglob("*.jsonl") for line in f.open()]
    answered = [line for line in kept if "wrong" in line]
    assert len(answered) == 2
    assert all(not line["wrong"] for line in answered)
