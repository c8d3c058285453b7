"""What a reader says decides the order, and never more than was read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from assistant.question import understand
from assistant.ranking import Candidate, rank
from assistant.reader.reading import Passage, Reading
from assistant.refusal import within_constraints
from assistant.reranking import READ, best_first, reread
from assistant.retrieval import retrieve
from index.build import build_index
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.assistant.reader.conftest import library  # noqa: F401 - a fixture

QUESTION = "西环路大修工程为什么没有开工？"


@dataclass
class Finder:
    """Says that the passages with some words answer, with these words."""

    words: str
    names_words: bool = True
    read_texts: list[str] = field(default_factory=list)

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.read_texts += [p.text for p in passages]
        return [self._reading(p.text) for p in passages]

    def _reading(self, text: str) -> Reading:
        at = text.find(self.words)
        relevance = 6.0 if at >= 0 else -6.0
        if not self.names_words:
            return Reading(relevance)
        return Reading(relevance, max(at, 0), max(at, 0) + len(self.words), relevance)


def place_of(candidates: Sequence[Candidate], words: str) -> int:
    return next(n for n, c in enumerate(candidates) if words in c.unit.text)


@pytest.fixture
def first_order(library: Library) -> list[Candidate]:  # noqa: F811
    read = understand(QUESTION)
    vector = np.asarray(library.encoder.embed_query(QUESTION), dtype=np.float32)
    return rank(read, vector, retrieve(read, vector, library), library)


def test_the_unit_with_the_readers_words_comes_sooner(
    first_order: list[Candidate],
    library: Library,  # noqa: F811
) -> None:
    found = reread(understand(QUESTION), first_order, library, Finder("供热管网"))
    assert place_of(found, "供热管网") < place_of(first_order, "供热管网")
    best = found[place_of(found, "供热管网")]
    assert best.answer is not None
    assert library.content(best.unit.file_id).text[slice(*best.answer)] == "供热管网"
    assert best.read
    assert best.features.held == 1.0


def test_no_unit_is_lost_or_said_twice(
    first_order: list[Candidate],
    library: Library,  # noqa: F811
) -> None:
    found = reread(understand(QUESTION), first_order, library, Finder("供热管网"))
    assert sorted(c.unit.key for c in found) == sorted(c.unit.key for c in first_order)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


def test_a_reader_that_names_no_words_orders_only(
    first_order: list[Candidate],
    library: Library,  # noqa: F811
) -> None:
    found = reread(understand(QUESTION), first_order, library, Finder("1,260", names_words=False))
    assert place_of(found, "1,260") < place_of(first_order, "1,260")
    assert not any(c.read or c.answer for c in found)


def test_as_much_is_read_as_the_time_allows(library: Library) -> None:  # noqa: F811
    reader = Finder("")
    read = understand(QUESTION)
    vector = np.asarray(library.encoder.embed_query(QUESTION), dtype=np.float32)
    best_first(read, vector, retrieve(read, vector, library), library, reader)
    assert 0 < len(reader.read_texts) <= READ


def test_no_hits_is_no_answer(library: Library) -> None:  # noqa: F811
    vector = np.zeros(384, dtype=np.float32)
    assert best_first(understand(QUESTION), vector, [], library, Finder("")) == []


def test_the_best_of_the_period_asked_for_is_compared(library: Library) -> None:  # noqa: F811
    """Refusal weighs the meaning of the best that names the date, not of one passed over."""
    text = "截至6月底文昌路拓宽总投资多少？"
    read = understand(text)
    vector = np.asarray(library.encoder.embed_query(text), dtype=np.float32)
    hits = retrieve(read, vector, library)
    found = best_first(read, vector, hits, library, Finder("4,030"))
    best = within_constraints(read, found, library)[0]
    assert best is not found[0]  # the table names no date
    assert best.features.similarity > 0.5


def test_a_bare_date_line_does_not_answer_for_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "notice.txt").write_text(
        "关于供热的通知\n\n发布日期：2024年10月25日\n\n今年供热时间提前至11月10日。\n\n"
        "用户可以到营业厅办理手续，也可以在网上办理。" * 8 + "\n",
        encoding="utf-8",
    )

    class Dates:
        """Likes the date of the document best, the one that is sought next."""

        def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
            return [self._reading(p.text) for p in passages]

        @staticmethod
        def _reading(text: str) -> Reading:
            spans = [
                (at, at + len(words), margin)
                for words, margin in (("2024年10月25日", 5.0), ("11月10日", 3.0))
                if (at := text.find(words)) >= 0
            ]
            best, *others = spans or [(0, 0, -9.0)]
            return Reading(2.0, *best, tuple(others))

    text = "供热从哪天开始？"
    read = understand(text)
    with open_library(IndexSettings(tmp_path / "data"), "测试", create=True) as found_in:
        build_index([tmp_path / "corpus"], found_in)
        vector = np.asarray(found_in.encoder.embed_query(text), dtype=np.float32)
        found = best_first(read, vector, retrieve(read, vector, found_in), found_in, Dates())
        content = found_in.content(found[0].unit.file_id).text
    assert found[0].answer is not None
    assert content[slice(*found[0].answer)] == "11月10日"


def test_a_day_that_the_paragraph_begins_with_is_not_asked_of_its_later_sentences(
    tmp_path: Path,
) -> None:
    told = "代表们先后看了三处苗圃，听取了各镇汇报，并就病虫害防治、销路和用水交换了意见。" * 8
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "news.txt").write_text(
        f"苗圃观摩会召开\n\n9月3日上午，县里组织观摩苗圃。{told}副县长辛望作了总结讲话。\n",
        encoding="utf-8",
    )
    asked: dict[str, str] = {}

    class Asked:
        """Remembers with which question a passage was read last."""

        def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
            asked.update({p.text: question for p in passages})
            return [Reading(0.0, 0, 1, 0.0) for _ in passages]

    text = "9月3日的观摩会上谁作了总结讲话？"
    read = understand(text)
    with open_library(IndexSettings(tmp_path / "data"), "测试", create=True) as found_in:
        build_index([tmp_path / "corpus"], found_in)
        vector = np.asarray(found_in.encoder.embed_query(text), dtype=np.float32)
        best_first(read, vector, retrieve(read, vector, found_in), found_in, Asked())
    late = [question for passage, question in asked.items() if "辛望" in passage]
    first = [question for passage, question in asked.items() if "9月3日" in passage]
    assert late == ["观摩会上谁作了总结讲话？"]
    assert all("9月3日" in question for question in first)
