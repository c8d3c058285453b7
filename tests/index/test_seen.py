"""The library as some see it is the library that holds nothing but what they may see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from assistant.chat import Assistant
from assistant.suggestions import suggest
from assistant.web.shelf import Shelf
from index.build import build_index
from index.errors import UnknownDocumentError
from index.library import Library, open_library
from index.seen import SeenLibrary, seen_by
from index.settings import IndexSettings
from index.viewing import page_boxes, page_count, page_image, reading_report, versions
from index.withdrawal import withdraw
from tests.conftest import WordCountEncoder

NAMES = ("甲", "乙", "丙", "丁", "戊", "己")
SECRET = {"甲": "梧桐", "乙": "玉兰", "丙": "银杏", "丁": "香樟", "戊": "水杉", "己": "木棉"}

COPY = "丁处抄件.txt"  # of 乙


def report(name: str) -> str:
    tree = SECRET[name]
    return f"""{name}区202{NAMES.index(name)}年三季度重点项目进展情况
截至9月底，全区安排重点项目4个，总投资{NAMES.index(name) + 3}.5亿元。
一、滞后项目（2个）
截至9月底，2个项目进度滞后。分别是：区水利局的{tree}河清淤（设计变更）；区住建局的{tree}路供热管网（资金未到位）。
二、未开工项目（3个）
截至9月底，3个项目未开工。分别是：区交通局的{tree}桥改建工程（征地协议未签）、{tree}大道大修工程（资金未到位）。
{name}区召开{tree}防汛工作会议，会议要求，一是抓好{tree}公园隐患排查，二是落实责任。
{name}区重点项目建设办公室
202{NAMES.index(name)}年10月8日
"""


def index_of(root: Path, names: tuple[str, ...], encoder: WordCountEncoder) -> Iterator[Library]:
    corpus = root / "corpus"
    corpus.mkdir(parents=True)
    for name in names:
        (corpus / f"{name}.txt").write_text(report(name), encoding="utf-8")
    if "丁" in names:  # read before 乙, so that answers over everything use the copy
        (corpus / COPY).write_text(report("乙"), encoding="utf-8")
    with open_library(IndexSettings(root / "data"), "测试", create=True) as library:
        library.__dict__["encoder"] = encoder
        build_index([corpus], library)
        yield library


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    yield from index_of(tmp_path_factory.mktemp("whole"), NAMES, WordCountEncoder())


def only(library: Library, names: set[str] | tuple[str, ...]) -> SeenLibrary:
    return seen_by(library, lambda path, sha256: path[0] in names)


@pytest.fixture(scope="module")
def pair(
    whole: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Library, Library]]:
    """Return a part of the whole, and an index that was made of that part alone."""
    names = ("乙", "丙")
    for alone in index_of(tmp_path_factory.mktemp("alone"), names, WordCountEncoder()):
        yield only(whole, names), alone


def ids(library: Library, found: list[tuple[str, float]]) -> list[tuple[str, int]]:
    stored = library.chunks([key for key, _ in found])
    return [
        (library.file_by_id(stored[key].file_id).path, stored[key].ordinal)
        for key, _ in found
        if key in stored
    ]


def test_it_lists_what_an_index_of_that_part_alone_lists(pair: tuple[Library, Library]) -> None:
    seen, alone = pair
    assert [f.path for f in seen.files()] == [f.path for f in alone.files()]
    shown = [(d.path, d.title, d.notes, d.versions, d.chunks) for d in seen.documents()]
    assert shown == [(d.path, d.title, d.notes, d.versions, d.chunks) for d in alone.documents()]
    assert suggest(seen) == suggest(alone)


def test_its_ledger_is_that_of_the_part_alone(pair: tuple[Library, Library]) -> None:
    seen, alone = pair
    assert [r.key for r in seen.ledger.rows] == [r.key for r in alone.ledger.rows]
    said = [(f.file.path, f.finding.text) for f in seen.ledger.findings]
    assert said == [(f.file.path, f.finding.text) for f in alone.ledger.findings]
    assert len(seen.ledger.figures) == len(alone.ledger.figures)


def test_words_are_counted_in_the_part_alone(pair: tuple[Library, Library]) -> None:
    seen, alone = pair
    asked = [*SECRET.values(), "2020年", "2021年", "重点", "滞后", "不存在"]
    assert seen.word_frequency(asked) == alone.word_frequency(asked)
    assert seen.highest_frequency(asked) == alone.highest_frequency(asked)
    assert seen.size() == alone.size()


@pytest.mark.parametrize(
    "question",
    [
        "哪些项目未开工，原因是什么？",
        "梧桐桥改建工程为什么没有开工？",
        "2020年有哪些滞后项目？",
        "总投资一共是多少？",
        "玉兰防汛工作会议提出了哪些要求？",
        "甲区三季度重点项目进展情况主要讲了什么？",
        "哪些文件提到了香樟公园？",
        "Which projects were not started and why?",
    ],
)
def test_it_answers_as_an_index_of_the_part_alone(
    pair: tuple[Library, Library], question: str
) -> None:
    seen, alone = (Assistant(library).answer(question).to_json() for library in pair)
    for answer in (seen, alone):
        answer.pop("seconds")
    assert seen == alone


def test_a_document_is_read_though_its_twin_is_hidden(whole: Library) -> None:
    assert "乙.txt" not in [file.path for file in whole.files()]
    seen = only(whole, ("乙",))
    assert [file.path for file in seen.files()] == ["乙.txt"]
    assert len(seen.ledger.rows) == 4
    assert all("抄件" not in str(info) for info in seen.documents())


def test_versions_and_pictures_are_those_of_the_part(pair: tuple[Library, Library]) -> None:
    seen, alone = pair
    assert len(versions(seen, "乙.txt")) == len(versions(alone, "乙.txt")) == 1
    assert reading_report(seen, "丙.txt").records == reading_report(alone, "丙.txt").records


ROADS = {
    "file": lambda lib, path, n: lib.file(path),
    "file of a version": lambda lib, path, n: lib.file(path, 1),
    "file by id": lambda lib, path, n: lib.file_by_id(n),
    "history": lambda lib, path, n: lib.history(path),
    "versions": lambda lib, path, n: versions(lib, path),
    "text": lambda lib, path, n: lib.text(path),
    "text of a version": lambda lib, path, n: lib.text(path, 1),
    "content": lambda lib, path, n: lib.content(n),
    "articles": lambda lib, path, n: lib.articles(n),
    "reading": lambda lib, path, n: lib.reading(path),
    "sections": lambda lib, path, n: lib.sections(path),
    "boxes": lambda lib, path, n: lib.boxes(n),
    "boxes of a page": lambda lib, path, n: page_boxes(lib, path, 1),
    "what was read": lambda lib, path, n: lib.read_ledger(n),
    "report": lambda lib, path, n: reading_report(lib, path),
    "pages": lambda lib, path, n: page_count(lib, path),
    "picture": lambda lib, path, n: page_image(lib, path, 1),
    "shelf text": lambda lib, path, n: Shelf(lib).text(path),
    "shelf history": lambda lib, path, n: Shelf(lib).history(path),
    "shelf pages": lambda lib, path, n: Shelf(lib).page_count(path),
    "shelf boxes": lambda lib, path, n: Shelf(lib).boxes(path, 1),
    "citation": lambda lib, path, n: Shelf(lib).cite(n, 0, 0, 5, 1),
}


@pytest.mark.parametrize("road", ROADS)
def test_no_road_leads_to_a_hidden_document(whole: Library, road: str) -> None:
    seen = only(whole, ("乙", "丙"))
    hidden = whole.file("甲.txt")
    with pytest.raises(UnknownDocumentError) as there:
        ROADS[road](seen, hidden.path, hidden.id)
    with pytest.raises(UnknownDocumentError) as absent:
        ROADS[road](seen, "没有.txt", 10**6)
    # Both are told in the same words, or the words would tell.
    assert str(there.value).replace("甲", "没有") == str(absent.value)


def test_every_way_into_a_library_is_made_safe_or_closed(whole: Library) -> None:
    """A method that is added to ``Library`` must be thought of here."""
    # What asks nothing of the stores, or only through methods that are made safe.
    harmless = {
        "uploads", "incoming", "model_name", "counter", "samples_only", "files", "documents",
        "text", "reading", "sections", "articles", "ledger", "guarded",
    }  # fmt: skip
    files = {"lexical_file", "vectors_file", "store_folder"}  # where they lie on disk, no more
    seen = only(whole, ("甲",))
    for name in sorted(set(dir(Library)) - harmless - files - set(SeenLibrary.__dict__)):
        if not name.startswith("_"):
            with pytest.raises((AttributeError, TypeError)):
                getattr(seen, name)()
    assert not {"database", "lexical", "vectors", "store"} & set(seen.__dict__)
    with pytest.raises(AttributeError):
        withdraw(seen, "甲.txt", "某人", "试")


@given(names=st.sets(st.sampled_from(NAMES)), query=st.sampled_from(sorted(SECRET.values())))
@tries(max_examples=40, deadline=None)
def test_no_part_gives_away_a_word_of_the_rest(whole: Library, names: set[str], query: str) -> None:
    seen = only(whole, names)
    said = names | ({"乙"} if "丁" in names else set())
    hidden = [SECRET[name] for name in NAMES if name not in said]
    vector = whole.encoder.embed_query(f"{query}桥改建工程")
    found = [
        *seen.search_meaning(vector, 10),
        *seen.search_words(f"{query}大道大修", 10),
        *seen.search_alternatives([[query, "滞后"]], 10),
    ]
    everything = [
        seen.content(chunk.file_id).text[chunk.chunk.start : chunk.chunk.end]
        for chunk in seen.chunks([key for key, _ in found]).values()
    ]
    assert len(seen.chunks([key for key, _ in found])) == len({key for key, _ in found})
    everything += [str(d) for d in seen.documents()] + [str(r.record) for r in seen.ledger.rows]
    everything += [f.finding.text for f in seen.ledger.findings] + suggest(seen)
    answer = Assistant(seen).answer(f"{query}桥改建工程为什么没有开工？")
    everything.append(str({**answer.to_json(), "question": "", "notes": [], "interpretation": {}}))
    told = "\n".join(everything)
    assert [word for word in hidden if word in told and word != query] == []
    if query in hidden:
        assert answer.citations == ()
        assert seen.word_frequency([query]) == {query: 0}
    seen.close()


@given(names=st.sets(st.sampled_from(NAMES), min_size=1))
@tries(max_examples=30, deadline=None)
def test_meaning_finds_as_many_as_asked_for_and_the_nearest(
    whole: Library, names: set[str]
) -> None:
    seen = only(whole, names)
    vector = np.asarray(whole.encoder.embed_query("征地协议未签"))
    keys = whole.database.chunk_ids_of([file.id for file in seen.files()])
    stored = whole.store.get(keys)
    order = sorted(float(-(stored[key][1] @ vector)) for key in keys)
    found = seen.search_meaning(vector.tolist(), 3)
    assert len(found) == min(3, len(keys))
    assert [score for _, score in found] == pytest.approx([-far for far in order[:3]], abs=1e-4)


def test_a_correction_of_a_hidden_record_is_not_told(whole: Library) -> None:
    row = next(r for r in whole.ledger.rows if "梧桐" in r.record.name)
    whole.ledger.correct(row.key, "reason", "梧桐的秘密", "某人")
    whole.ledger.add_alias("梧桐局", "梧桐水利局", "某人")
    whole.ledger.merge("梧桐河清淤", "玉兰河清淤", "某人")
    whole.reload_ledger()
    seen, all_of = only(whole, ("乙",)).ledger, only(whole, NAMES).ledger
    assert (seen.corrections, seen.aliases, seen.merges) == ((), (), ())
    assert len(all_of.corrections) == 1
    assert len(all_of.merges) == 1
    seen.unmerge("梧桐河清淤", "玉兰河清淤")
    seen.remove_alias("梧桐局")
    whole.reload_ledger()
    assert len(whole.ledger.merges) == len(whole.ledger.aliases) == 1


def test_what_staff_set_right_reaches_every_part(whole: Library) -> None:
    seen = only(whole, ("丙",))
    row = next(r for r in seen.ledger.rows if "银杏桥" in r.record.name)
    seen.ledger.correct(row.key, "reason", "协议已签", "某人")
    seen.reload_ledger()
    assert seen.ledger.row(row.key).text("reason") == "协议已签"
    assert whole.ledger.row(row.key).text("reason") == "协议已签"


def test_a_hidden_version_is_hidden(whole: Library) -> None:
    sha = whole.file("丁.txt").sha256
    seen = seen_by(whole, lambda path, sha256: sha256 != sha)
    with pytest.raises(UnknownDocumentError):
        seen.history("丁.txt")
    assert "丁.txt" not in [d.path for d in seen.documents()]


def test_a_part_that_was_closed_opens_again(whole: Library) -> None:
    seen = only(whole, ("甲",))
    size = seen.size()
    seen.close()
    assert seen.size() == size > 0
