"""Whatever is done to documents, in whatever order, the index is what a simple model says.

``TEST_EXAMPLES=200`` tries more orders than the suite does.
"""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import sampled_from

from index.build import build_index
from index.library import open_library
from index.rebuild import rebuild
from index.settings import IndexSettings
from index.verify import verify
from index.withdrawal import erase, reinstate, withdraw
from tests.conftest import WordCountEncoder

EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "6"))
NAMES = sampled_from(["a.txt", "b.txt", "街道/c.md", "d.txt"])
WORDS = ("北河大桥", "第三小学", "东湖水库", "文化馆舍", "污水管网")
TEXTS = sampled_from(
    [
        f"工作简报之{n}\n{word}项目完成投资{n + 3}00万元，区交通局负责。\n"
        for n, word in enumerate(WORDS)
    ]
)


class Documents(RuleBasedStateMachine):
    """Documents on disk, the index of them, and what it should hold.

    ``current`` are texts by name, ``past`` every text that a name ever had in the index,
    ``withdrawn`` the withdrawn text of a name, ``erased`` texts that stay out.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.corpus = self.folder / "corpus"
        self.corpus.mkdir()
        self.disk: dict[str, str] = {}
        self.current: dict[str, str] = {}
        self.past: dict[str, list[str]] = {}
        self.withdrawn: dict[str, str] = {}
        self.erased: set[str] = set()

    @initialize()
    def open(self) -> None:
        self.stack = ExitStack()
        opening = open_library(
            IndexSettings(self.folder / "data"), "试验", create=True, probing=False
        )
        self.library = self.stack.enter_context(opening)
        self.library.__dict__["encoder"] = WordCountEncoder()

    # ---- on the disk

    @rule(name=NAMES, text=TEXTS)
    def write(self, name: str, text: str) -> None:
        file = self.corpus / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.disk[name] = text

    @precondition(lambda self: self.disk)
    @rule(place=sampled_from(range(4)))
    def remove(self, place: int) -> None:
        name = sorted(self.disk)[place % len(self.disk)]
        (self.corpus / name).unlink()
        del self.disk[name]

    @precondition(lambda self: self.disk)
    @rule(place=sampled_from(range(4)), new=NAMES)
    def rename(self, place: int, new: str) -> None:
        old = sorted(self.disk)[place % len(self.disk)]
        if new in self.disk or self.withdrawn.get(old) == self.disk[old]:
            return  # a withdrawn document that is moved is a test of its own
        (self.corpus / new).parent.mkdir(exist_ok=True)
        (self.corpus / old).rename(self.corpus / new)
        self.disk[new] = self.disk.pop(old)

    # ---- in the index

    @rule()
    def index(self) -> None:
        report = build_index([self.corpus], self.library)
        assert report.failed == []
        for name, text in self.disk.items():
            if self.current.get(name) == text:
                continue
            if text in self.erased or (name not in self.current and self._is_out(name, text)):
                assert name in {path for path, _ in report.kept_out}
                continue
            self._becomes(name, text)
        for name in [name for name in self.current if name not in self.disk]:
            del self.current[name]

    def _is_out(self, name: str, text: str) -> bool:
        """Tell whether that text was withdrawn, here or under a name whose file is gone."""
        gone = [n for n, was in self.withdrawn.items() if was == text and n not in self.disk]
        return self.withdrawn.get(name) == text or bool(gone)

    def _becomes(self, name: str, text: str) -> None:
        self.current[name] = text
        self.past.setdefault(name, []).append(text)

    @precondition(lambda self: self.current)
    @rule(place=sampled_from(range(4)))
    def withdraw(self, place: int) -> None:
        name = sorted(self.current)[place % len(self.current)]
        withdraw(self.library, name, "王伟", "有误")
        self.withdrawn[name] = self.current.pop(name)

    @precondition(lambda self: self.withdrawn)
    @rule(place=sampled_from(range(4)))
    def reinstate(self, place: int) -> None:
        name = sorted(self.withdrawn)[place % len(self.withdrawn)]
        if self.library.history(name)[0].state == "withdrawn":
            reinstate(self.library, name, "李芳")
            self._becomes(name, self.withdrawn.pop(name))

    @precondition(lambda self: self.past)
    @rule(place=sampled_from(range(4)))
    def erase(self, place: int) -> None:
        name = sorted(self.past)[place % len(self.past)]
        erase(self.library, name, "王伟")
        self.erased.update(self.past.pop(name))
        self.current.pop(name, None)
        self.withdrawn.pop(name, None)

    @rule()
    def rebuild(self) -> None:
        rebuild(self.library)

    @rule()
    def reopen(self) -> None:
        self.stack.close()
        self.open()

    # ---- what must always hold

    @invariant()
    def holds_what_it_should(self) -> None:
        if not hasattr(self, "library"):
            return
        files = self.library.files()
        content = self.library.database.content
        assert {file.path: content(file.id).text for file in files} == self.current
        assert verify(self.library).problems == []
        for name, texts in self.past.items():
            kept = {content(file.id).text for file in self.library.history(name)}
            assert kept == set(texts)

    @invariant()
    def finds_current_documents_only(self) -> None:
        if not hasattr(self, "library"):
            return
        for word in WORDS:
            having = {name for name, text in self.current.items() if word in text}
            vector = self.library.encoder.embed_query(word)
            for hits in (
                self.library.search_words(word, 20),
                self.library.search_meaning(vector, 20),
            ):
                paths = {
                    self.library.file_by_id(chunk.file_id).path
                    for chunk in self.library.chunks([key for key, _ in hits]).values()
                }
                assert having <= paths <= set(self.current)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.close()
        shutil.rmtree(self.folder)


def test_the_index_is_what_the_model_says() -> None:
    run_state_machine_as_test(
        Documents,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=14,
            deadline=None,
            derandomize="TEST_EXAMPLES" not in os.environ,
            suppress_health_check=list(HealthCheck),
        ),
    )
