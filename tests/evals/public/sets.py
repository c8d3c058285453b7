"""Sets of questions in a folder, read by what they hold, not by their names.

A set is a folder. ``passages.jsonl[.gz]`` {id,title,text} with ``queries.jsonl``
{id,text,relevant,answers} is one of passages; files of {id,query,answer,docs} are
protocols, each question with documents of its own; files of {id,question,expect}
are question files like ``tests/evals/questions``, about the documents beside them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.evals.public.errors import SetError

Json = Mapping[str, Any]
Wanted = tuple[tuple[str, ...], ...]  # all of the outer, of each inner one: as RGB writes answers

SHORT = 60  # characters of a short answer, by the contract of ``Answer.short``
FORMS = (
    "passages.jsonl.gz 加 queries.jsonl、每行含 query/answer/docs 的 .jsonl，"
    "或每行含 question/expect 的 .jsonl"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of which a set's questions ask."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question with the passages that answer it; ``answers`` are alternatives."""

    id: str
    text: str
    relevant: tuple[str, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PassageSet:
    """Passages and questions; ``readable`` where the answers stand in the passages."""

    name: str
    passages: tuple[Passage, ...]
    queries: tuple[Query, ...]
    readable: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A question with documents of its own; ``false`` is a wrong answer planted in them."""

    id: str
    text: str
    wanted: Wanted
    false: Wanted
    docs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Protocol:
    """Trials under one condition; ``answerable`` where most documents hold the answer."""

    name: str
    trials: tuple[Trial, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class ProtocolSet:
    """The protocols of a folder."""

    name: str
    protocols: tuple[Protocol, ...]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Gold questions (form: tests/evals/questions/README.md) about documents."""

    name: str
    questions: tuple[Json, ...]
    documents: tuple[Path, ...]


AnySet = PassageSet | ProtocolSet | QuestionSet


def find_sets(folder: Path) -> dict[str, Path]:
    """Return the folders that hold a set, by name: ``folder`` itself, or those in it.

    Raises:
        SetError: there is no such folder, or no set in it.
    """
    if not folder.is_dir():
        raise SetError(
            f"没有评测集文件夹“{folder}”。评测集不随项目提供；"
            "请用 make eval SET=名称 BENCH=文件夹 指明它所在的位置。"
        )
    if _holds_set(folder):
        return {folder.resolve().name: folder}
    found = {path.name: path for path in sorted(folder.iterdir()) if _holds_set(path)}
    if not found:
        raise SetError(f"文件夹“{folder}”里没有认得的评测集。每个评测集是一个文件夹，内有{FORMS}。")
    return found


def read_set(folder: Path, corpus: Path) -> AnySet:
    """Return the set in a folder; ``corpus`` is asked where it has questions but no documents.

    Raises:
        SetError: it is of no known form, or a line is broken.
    """
    name = folder.resolve().name
    if _passages_file(folder):
        return _read_passages(folder, name)
    protocols, questions = [], []
    for path in _json_files(folder):
        rows = list(read_lines(path))
        if rows and _is_trial(rows[0]):
            protocols.append(_read_protocol(path, rows))
        elif rows and _is_gold(rows[0]):
            questions += rows
    if protocols:
        return ProtocolSet(name, tuple(protocols))
    if questions:
        return QuestionSet(name, tuple(questions), tuple(_documents(folder)) or (corpus,))
    raise SetError(f"“{folder}”不是认得的评测集。请检查其中的文件；评测集内应有{FORMS}。")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of JSON lines, zipped or not.

    Raises:
        SetError: a line is no JSON object.
    """
    with _opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise SetError(
                    f"{path} 第 {number} 行不是 JSON（{error}）。请修正或删去这一行。"
                ) from error
            if not isinstance(row, dict):
                raise SetError(f"{path} 第 {number} 行不是 JSON 对象。请修正或删去这一行。")
            yield row


def _opened(path: Path) -> Any:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _passages_file(folder: Path) -> Path | None:
    named = (folder / name for name in ("passages.jsonl.gz", "passages.jsonl"))
    found = next((path for path in named if path.is_file()), None)
    return found if found and (folder / "queries.jsonl").is_file() else None


def _json_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix == ".jsonl" and path.is_file())


def _holds_set(path: Path) -> bool:
    if not path.is_dir():
        return False
    if _passages_file(path):
        return True
    first = (next(iter(read_lines(file)), {}) for file in _json_files(path))
    return any(_is_trial(row) or _is_gold(row) for row in first)


def _is_trial(row: Json) -> bool:
    return {"query", "answer", "docs"} <= row.keys()


def _is_gold(row: Json) -> bool:
    return {"question", "expect"} <= row.keys()


def _documents(folder: Path) -> list[Path]:
    """Return what lies beside a question file and is no data about it."""
    about = (".jsonl", ".json", ".py")
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix not in about and path.name != "README.md" and not path.name.startswith(".")
    )


def _read_passages(folder: Path, name: str) -> PassageSet:
    path = _passages_file(folder)
    assert path
    every = (
        Passage(str(_field(row, "id", path)), str(row.get("title") or ""), _text(row, path))
        for row in read_lines(path)
    )
    passages = tuple(passage for passage in every if passage.text.strip())  # blank: no document
    known = {passage.id: passage.text for passage in passages}
    file = folder / "queries.jsonl"
    queries = tuple(_query(row, file) for row in read_lines(file))
    for query in queries:
        lost = [key for key in query.relevant if key not in known]
        if lost:
            raise SetError(f"{file}：问题 {query.id} 指向的段落 {lost[0]} 不在 {path.name} 里。")
    if not passages or not queries:
        raise SetError(f"评测集“{name}”没有段落或没有问题。请检查 {path} 和 {file}。")
    if len({query.id for query in queries}) < len(queries):
        raise SetError(f"{file} 里有重复的 id。每个问题要有自己的 id。")
    return PassageSet(name, passages, queries, _is_readable(queries, known))


def _query(row: Json, path: Path) -> Query:
    answers = _alternatives([*_listed(row.get("answers")), *_listed(row.get("answers_en"))])
    relevant = tuple(dict.fromkeys(map(str, _listed(_field(row, "relevant", path)))))
    return Query(str(_field(row, "id", path)), _text(row, path), relevant, answers)


def _is_readable(queries: Sequence[Query], texts: Mapping[str, str]) -> bool:
    """Tell whether most answers are short and stand in their passage: such can be read out."""
    usable = sum(
        any(len(a) <= SHORT and any(a in texts[key] for key in q.relevant) for a in q.answers)
        for q in queries
    )
    return 2 * usable > len(queries)


def _read_protocol(path: Path, rows: Sequence[Json]) -> Protocol:
    trials = tuple(_trial(row, path) for row in rows)
    if len({trial.id for trial in trials}) < len(trials):
        raise SetError(f"{path} 里有重复的 id。每个问题要有自己的 id。")
    held = sum(_stands(trial.wanted, "\n".join(trial.docs)) for trial in trials)
    planted = any(trial.false for trial in trials)
    name = path.stem.removeprefix("protocol_")
    return Protocol(name, trials, answerable=planted or 2 * held > len(trials))


def _trial(row: Json, path: Path) -> Trial:
    docs = tuple(str(doc) for doc in _listed(_field(row, "docs", path)))
    return Trial(
        str(_field(row, "id", path)),
        str(_field(row, "query", path)),
        _wanted(_field(row, "answer", path)),
        _wanted(row.get("fakeanswer")),
        docs,
    )


def _stands(wanted: Wanted, text: str) -> bool:
    return bool(wanted) and all(any(one in text for one in group) for group in wanted)


def _wanted(value: object) -> Wanted:
    groups = (_alternatives(_listed(group)) for group in _listed(value))
    return tuple(group for group in groups if group)


def _alternatives(values: Sequence[object]) -> tuple[str, ...]:
    """Return what can be an answer: some files have NaN or an empty string for none."""
    usable = (
        str(value).strip()
        for value in values
        if isinstance(value, str | int) or (isinstance(value, float) and value == value)
    )
    return tuple(dict.fromkeys(value for value in usable if value))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _field(row: Json, name: str, path: Path) -> Any:
    if name not in row:
        raise SetError(f"{path} 有一行没有 {name}：{str(dict(row))[:80]}。请补上。")
    return row[name]


def _text(row: Json, path: Path) -> str:
    return str(_field(row, "text", path))
