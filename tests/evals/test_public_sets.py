"""Sets are known by what they hold; what is no set is named with what to do."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.evals.public.answers import open_log
from tests.evals.public.errors import EvaluationError, SetError
from tests.evals.public.indexing import path_of
from tests.evals.public.parts import sampled
from tests.evals.public.passages import fewer_passages
from tests.evals.public.sets import PassageSet, ProtocolSet, QuestionSet, find_sets, read_set

PASSAGES = [
    {"id": "p1", "title": "桥", "text": "大桥长300米。"},
    {"id": "p2", "text": "路宽20米。"},
]
CORPUS = Path("corpus")


def write(path: Path, rows: list[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8") as file:
        file.write(text)
    return path


def query(**changes: Any) -> dict[str, Any]:
    return {"id": 1, "text": "大桥多长？", "relevant": ["p1"], "answers": ["300米"]} | changes


def passage_set(folder: Path, *queries: dict[str, Any]) -> Path:
    write(folder / "passages.jsonl.gz", PASSAGES)
    write(folder / "queries.jsonl", list(queries))
    return folder


def test_passages_with_short_answers_are_for_reading(tmp_path: Path) -> None:
    found = read_set(passage_set(tmp_path / "misnamed_rgb", query()), CORPUS)
    assert isinstance(found, PassageSet)
    assert found.readable
    assert found.queries[0].answers == ("300米",)
    assert [p.title for p in found.passages] == ["桥", ""]


def test_long_or_missing_answers_are_for_retrieval_only(tmp_path: Path) -> None:
    odd = query(id=2, answers=[float("nan"), "", None, "您好，桥长以图纸为准。" * 9])
    found = read_set(passage_set(tmp_path / "s", odd, query(id=3, answers=None)), CORPUS)
    assert isinstance(found, PassageSet)
    assert not found.readable
    assert len(found.queries[0].answers) == 1


def test_protocols_are_told_from_questions_files(tmp_path: Path) -> None:
    trial = {"id": 0, "query": "长？", "answer": ["300米"], "docs": ["长300米"]}
    void = trial | {"docs": ["宽"]}
    fact = void | {"answer": "300米", "fakeanswer": [["9米", "九米"]], "docs": ["长9米"]}
    for name, row in (("protocol_noise0", trial), ("noise100", void), ("fact", fact)):
        write(tmp_path / "r" / f"{name}.jsonl", [row])
    found = read_set(tmp_path / "r", CORPUS)
    assert isinstance(found, ProtocolSet)
    by_name = {protocol.name: protocol for protocol in found.protocols}
    assert {name: p.answerable for name, p in by_name.items()} == {
        "fact": True, "noise0": True, "noise100": False
    }  # fmt: skip
    assert by_name["fact"].trials[0].false == (("9米", "九米"),)

    gold = {"id": "q", "question": "长？", "expect": {"refuse": True}}
    write(tmp_path / "q" / "dev.jsonl", [gold])
    alone = read_set(tmp_path / "q", CORPUS)
    assert isinstance(alone, QuestionSet)
    assert alone.documents == (CORPUS,)
    (tmp_path / "q" / "report.txt").write_text("长", encoding="utf-8")
    beside = read_set(tmp_path / "q", CORPUS)
    assert isinstance(beside, QuestionSet)
    assert [path.name for path in beside.documents] == ["report.txt"]


def test_a_folder_is_a_set_or_holds_sets(tmp_path: Path) -> None:
    passage_set(tmp_path / "sets" / "one", query())
    (tmp_path / "sets" / "empty").mkdir()
    assert list(find_sets(tmp_path / "sets")) == ["one"]
    assert list(find_sets(tmp_path / "sets" / "one")) == ["one"]
    with pytest.raises(SetError, match="BENCH="):
        find_sets(tmp_path / "missing")
    with pytest.raises(SetError, match=r"passages\.jsonl"):
        find_sets(tmp_path / "sets" / "empty")


def test_broken_sets_are_told_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(SetError, match="p9"):
        read_set(passage_set(tmp_path / "a", query(relevant=["p9"])), CORPUS)
    with pytest.raises(SetError, match="重复"):
        read_set(passage_set(tmp_path / "b", query(), query()), CORPUS)
    with pytest.raises(SetError, match="text"):
        read_set(passage_set(tmp_path / "c", {"id": 1, "relevant": []}), CORPUS)
    folder = passage_set(tmp_path / "d", query())
    with (folder / "queries.jsonl").open("a") as file:
        file.write("{oops\n")
    with pytest.raises(SetError, match="第 2 行"):
        read_set(folder, CORPUS)


def test_fewer_passages_keep_all_that_are_relevant(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    write(folder / "passages.jsonl", [{"id": f"p{i}", "text": "文"} for i in range(50)])
    write(folder / "queries.jsonl", [query(id=i, relevant=[f"p{i}"]) for i in range(5)])
    found = read_set(folder, CORPUS)
    assert isinstance(found, PassageSet)
    few = fewer_passages(found, 12, seed=1)
    assert len(few.passages) == 12
    assert {f"p{i}" for i in range(5)} <= {p.id for p in few.passages}
    assert few == fewer_passages(found, 12, seed=1)
    assert fewer_passages(found, 3, seed=1).passages == found.passages[:5]
    assert fewer_passages(found, None, seed=1) is found


def test_a_larger_sample_holds_a_smaller_one() -> None:
    ids = [str(i) for i in range(100)]
    assert sampled(ids, 30, 7)[:10] == sampled(ids, 10, 7)
    assert sampled(ids, 10, 7) != sampled(ids, 10, 8)
    assert sorted(sampled(ids, None, 7)) == sorted(ids)


def test_ids_that_no_file_can_be_named_after_stay_apart() -> None:
    ids = ["a", "a/b", "a_b", "../x", "..", "甲", "长" * 300, "长" * 301]
    names = {path_of(key) for key in ids}
    assert len(names) == len(ids)
    assert all("/" not in name and len(name.encode()) < 255 for name in names)


def test_answers_survive_a_kill_but_not_another_code(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with open_log(path, "one") as log:
        log.add("a", {"said": "一\u2028二"})
        log.add("b", {})
        with pytest.raises(EvaluationError, match="另一个评测"), open_log(path, "one"):
            pass
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "c", "code": "on')
    with open_log(path, "one") as log:
        assert set(log.records) == {"a", "b"}
        assert log.records["a"]["said"] == "一\u2028二"
        log.add("c", {})
    with open_log(path, "two", any_code=True) as log:
        assert set(log.records) == {"a", "b", "c"}
    with open_log(path, "two") as log:
        assert log.records == {}
    with open_log(path, "two") as log:
        log.add("a", {})
    with open_log(path, "two", fresh=True) as log:
        assert log.records == {}
