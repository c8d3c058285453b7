"""Several visitors at once get the answers that each would get alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.chat import open_assistant
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings
from tests.assistant.test_answers import MEETING, PROGRESS, QUESTIONS


def test_answers_do_not_mix_between_threads(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "progress.txt").write_text(PROGRESS, encoding="utf-8")
    (corpus / "meeting.txt").write_text(MEETING, encoding="utf-8")
    with open_library(IndexSettings(tmp_path / "data"), "测试", create=True) as library:
        build_index([corpus], library)
        assistant = open_assistant(library)
        asked = QUESTIONS * 3
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda q: assistant.answer(q).answer, asked))
        assert together == [assistant.answer(question).answer for question in asked]
