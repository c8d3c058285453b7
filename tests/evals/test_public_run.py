"""The whole evaluation on small sets of our own: killed, resumed, saved, drawn."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.assistant.llm.conftest import Asked, speaking
from tests.assistant.llm.servers import serving
from tests.conftest import WordCountEncoder
from tests.evals.public.__main__ import STOPPED, main
from tests.evals.public.answers import PROJECT
from tests.evals.public.plot import Panel, points
from tests.evals.test_public_sets import write

PASSAGES = [
    ("b1", "青石大桥", "青石大桥全长1280米，由市城建集团承建，2019年6月18日通车。"),
    ("b2", "白沙水库", "白沙水库总库容3.6亿立方米，主要用于灌溉和防洪，由省水利厅管理。"),
    ("b3", "云台中学", "云台中学占地96亩，设48个教学班，校长为陈立新。"),
    ("b4", "东湖公园", "东湖公园于1987年建成开放，园内种植樱花两千余株，免费入园。"),
    ("b5", "北岭隧道", "北岭隧道采用盾构法施工，累计掘进4.2公里，预计明年贯通。"),
    ("b6", "南塘医院", "南塘医院开放床位600张，设有急诊科、儿科等22个科室。"),
]
QUERIES = [
    ("q1", "青石大桥全长多少米？", "b1", "1280米"),
    ("q2", "白沙水库总库容是多少？", "b2", "3.6亿立方米"),
    ("q3", "云台中学的校长是谁？", "b3", "陈立新"),
    ("q4", "东湖公园哪年建成開放？", "b4", "1987年"),
    ("q5", "北岭隧道采用什么方法施工？", "b5", "盾构法"),
    ("q6", "南塘医院开放床位多少张？", "b6", "600张"),
]
TRIALS = [
    (0, "青石大桥的通车日期", ["2019年6月18日"], 0),
    (1, "南塘医院有多少张床位和多少个科室？", [["600张"], ["22个", "二十二个"]], 5),
]


class Encoder(WordCountEncoder):
    precision = "float32"


class Watched(Encoder):
    """Remembers what was embedded when the first question came."""

    before_questions: list[str] | None = None

    def embed_query(self, text: str) -> list[float]:
        if self.before_questions is None:
            self.before_questions = list(self.embedded)
        return super().embed_query(text)


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    folder = tmp_path / "sets"
    rows = [{"id": key, "title": title, "text": text} for key, title, text in PASSAGES]
    write(folder / "reading" / "passages.jsonl.gz", rows)
    queries = [
        {"id": key, "text": text, "relevant": [passage], "answers": [answer]}
        for key, text, passage, answer in QUERIES
    ]
    write(folder / "reading" / "queries.jsonl", queries)
    for name, shift in (("noise0", 0), ("noise100", 2)):
        trials = [
            {"id": key, "query": text, "answer": answer,
             "docs": [PASSAGES[(place + shift + step) % 6][2] for step in (0, 1)]}
            for key, text, answer, place in TRIALS
        ]  # fmt: skip
        write(folder / "protocols" / f"protocol_{name}.jsonl", trials)
    return folder


def run(sets: Path, tmp_path: Path, *options: str) -> int:
    places = ["--work", str(tmp_path / "work"), "--results", str(tmp_path / "results")]
    return main([str(sets), *places, *options], encoder=Encoder())  # type: ignore[arg-type]


def saved(tmp_path: Path, name: str) -> dict[str, Any]:
    (path,) = (tmp_path / "results").glob(f"*-{name}.json")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def log_of(tmp_path: Path, name: str) -> list[dict[str, Any]]:
    path = tmp_path / "work" / "answers" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_a_run_saves_what_it_measured(
    sets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sets, tmp_path, "--set", "reading", "--set", "protocols", "--save") == 0
    told = capsys.readouterr().out
    assert "reading/whole" in told
    assert "protocols/noise100" in told

    reading = saved(tmp_path, "reading")
    assert reading["machine"]["cores"] >= 1
    assert reading["precision"] == "float32"
    whole, given = reading["parts"]
    assert (whole["part"], given["part"], whole["questions"], whole["of"]) == (
        "whole", "given", 6, 6
    )  # fmt: skip
    assert whole["figures"]["retrieval"]["lexical"]["recall@1"] == 1.0
    assert whole["figures"]["false_citations"] == 0.0
    assert 0 <= whole["figures"]["f1"] <= 1

    parts = {part["part"]: part["figures"] for part in saved(tmp_path, "protocols")["parts"]}
    assert parts["noise0"]["answerable"]
    assert not parts["noise100"]["answerable"]
    assert "accuracy_150" not in parts["noise100"]

    drawing = ElementTree.parse(tmp_path / "results" / "figures-over-time.svg")
    assert drawing.getroot().tag.endswith("svg")


def test_a_second_run_asks_only_what_is_new(sets: Path, tmp_path: Path) -> None:
    assert run(sets, tmp_path, "--set", "reading/whole", "--sample", "2") == 0
    first = log_of(tmp_path, "reading_whole")
    assert run(sets, tmp_path, "--set", "reading/whole", "--sample", "4") == 0
    second = log_of(tmp_path, "reading_whole")
    assert second[:2] == first  # seconds too: they were not asked again
    assert len(second) == 4
    indexes = list((tmp_path / "work" / "indexes").iterdir())
    assert len(indexes) == 1
    assert run(sets, tmp_path, "--set", "reading/whole", "--sample", "2", "--fresh") == 0
    assert len(log_of(tmp_path, "reading_whole")) == 2


def test_an_index_of_older_code_lends_its_vectors(sets: Path, tmp_path: Path) -> None:
    options = ("--set", "reading/whole", "--sample", "1", "--retrieval-only")
    assert run(sets, tmp_path, *options) == 0
    (made,) = (tmp_path / "work" / "indexes").iterdir()
    older = made.rename(made.with_name(made.name.rpartition("-")[0] + "-0123456789ab"))
    encoder = Watched()
    places = ["--work", str(tmp_path / "work"), *options, "--fresh"]
    assert main([str(sets), *places], encoder=encoder) == 0  # type: ignore[arg-type]
    assert encoder.before_questions == []
    assert made.exists()
    assert not older.exists()


def test_simplified_questions_are_a_part_of_their_own(sets: Path, tmp_path: Path) -> None:
    options = ("--set", "reading/whole", "--variant", "simplified", "--retrieval-only")
    assert run(sets, tmp_path, *options) == 0
    asked = {record["question"] for record in log_of(
        tmp_path, "reading_whole_simplified_retrieval_only")}  # fmt: skip
    assert "东湖公园哪年建成开放？" in asked


def test_question_files_give_follow_ups_their_own_row(sets: Path, tmp_path: Path) -> None:
    (sets / "own").mkdir()
    (sets / "own" / "桥.txt").write_text(PASSAGES[0][2], encoding="utf-8")
    expect = {"refuse": False, "must_all": [["1280"]]}
    history = [{"question": "青石大桥谁承建？", "answer": "市城建集团"}]
    golds = [
        {"id": 1, "type": "lookup", "question": "青石大桥全长多少米？", "expect": expect},
        {"id": 2, "type": "lookup", "question": "那全长多少米？", "expect": expect,
         "history": history},
    ]  # fmt: skip
    write(sets / "own" / "gold.jsonl", golds)
    assert run(sets, tmp_path, "--set", "own", "--save") == 0
    parts = {part["part"]: part for part in saved(tmp_path, "own")["parts"]}
    assert set(parts) == {"questions", "follow-ups"}
    assert parts["questions"]["questions"] == parts["follow-ups"]["questions"] == 1
    assert set(parts["questions"]["figures"]["types"]) == {"lookup"}


def test_names_that_are_not_there_are_told(
    sets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(sets, tmp_path, "--set", "nothing") == 1
    assert "protocols、reading" in capsys.readouterr().out
    assert run(sets, tmp_path, "--set", "reading/half") == 1
    assert "whole、given" in capsys.readouterr().out


def test_ctrl_c_leaves_what_was_answered(
    sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopping(Encoder):
        def embed_query(self, text: str) -> list[float]:
            if text == "云台中学的校长是谁？":
                raise KeyboardInterrupt
            return super().embed_query(text)

    places = [str(sets), "--work", str(tmp_path / "work"), "--set", "reading/whole"]
    assert main(places, encoder=Stopping()) == STOPPED  # type: ignore[arg-type]
    before = len(log_of(tmp_path, "reading_whole"))
    assert before < 6
    assert run(sets, tmp_path, "--set", "reading/whole") == 0
    assert len(log_of(tmp_path, "reading_whole")) == 6


def test_a_question_that_crashes_the_assistant_is_told_and_not_counted(
    sets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Crashing(Encoder):
        def embed_query(self, text: str) -> list[float]:
            if text == "云台中学的校长是谁？":
                raise ZeroDivisionError
            return super().embed_query(text)

    places = ["--work", str(tmp_path / "work"), "--results", str(tmp_path / "results"), "--save"]
    options = [str(sets), "--set", "reading/whole", *places]
    assert main(options, encoder=Crashing()) == 1  # type: ignore[arg-type]
    assert "ZeroDivisionError" in capsys.readouterr().out
    (whole,) = saved(tmp_path, "reading")["parts"]
    assert (whole["questions"], whole["crashed"]) == (5, 1)


def test_a_killed_run_goes_on_where_it_was(sets: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    command = [sys.executable, "-m", "tests.evals.public", str(sets), "--work", str(work)]
    command += ["--set", "reading/whole", "--set", "protocols/noise0"]
    log = work / "answers" / "reading_whole.jsonl"
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 300
        while process.poll() is None and time.monotonic() < deadline:
            if log.exists() and log.read_text("utf-8").count("\n") >= 1:
                break
            time.sleep(0.02)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    kept = log.read_text("utf-8").split("\n")[:-1]
    assert kept
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert log.read_text("utf-8").split("\n")[: len(kept)] == kept
    assert len(log_of(tmp_path, "reading_whole")) == 6
    assert len(log_of(tmp_path, "protocols_noise0")) == 2


def test_a_panel_takes_the_figure_of_its_own_part() -> None:
    def one(date: str, shape: list[str], value: float | None) -> dict[str, Any]:
        figures = {"retrieval": {"ranked": {"recall@1": value}}}
        return {"date": date, "set": "s", "parts": [
            {"part": "whole", "shape": shape, "figures": figures}]}  # fmt: skip

    results = [one("2", [], 0.5), one("1", [], 0.25), one("3", ["simplified"], 1.0),
               one("4", [], None)]  # fmt: skip
    panel = Panel("t", "s", "whole", "retrieval/ranked/recall@1", 0.9)
    assert points(panel, results) == [("1", 0.25), ("2", 0.5)]


def test_with_a_language_model_each_part_is_asked_twice(
    sets: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def quoting(asked: Asked) -> list[str]:
        key, words = asked.evidence()[0]
        return [f"{words}[{key}]"]

    with serving(speaking(quoting)) as server:
        monkeypatch.setenv("YOUJU_LLM_URL", server.url)
        monkeypatch.setenv("YOUJU_LLM_MODEL", "scripted")
        assert run(sets, tmp_path, "--set", "reading/whole", "--save") == 0
        asked = len(server.asked)
    assert "reading/whole/model scripted" in capsys.readouterr().out
    (alone,) = saved(tmp_path, "reading")["parts"]
    (worded,) = saved(tmp_path, "reading-model_scripted")["parts"]
    assert asked == sum(not r["refused"] for r in log_of(tmp_path, "reading_whole")) > 0
    assert worded["figures"]["sentences_verified"] == 1.0
    assert worded["figures"]["fell_back"] == 0.0
    assert worded["figures"]["accuracy_150"] == alone["figures"]["accuracy_150"] > 0
    assert "sentences_verified" not in alone["figures"]
    said = [r["said"] for r in log_of(tmp_path, "reading_whole_model_scripted")]
    assert not any("原文依据" in words for words in said)
