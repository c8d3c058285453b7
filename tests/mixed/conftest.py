"""The report in every format, each indexed by itself, and an assistant over each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from assistant.chat import Assistant, open_assistant
from assistant.records import Answer
from index.build import build_index
from index.library import Library, open_library
from index.records import Block
from index.settings import IndexSettings
from tests.conftest import WordCountEncoder
from tests.mixed import make, report


class Originals:
    """Files of the report, each made once, when a format first needs it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def text(self) -> str:
        return "\n".join(report.lines()) + "\n"

    @cached_property
    def word(self) -> bytes:
        return make.word()

    @cached_property
    def scans(self) -> Path:
        """A PDF of pictures of the pages; beside it the first one as ``scan.png``."""
        pages = make.scans(self.path("docx", "pdf"))
        pages[0].save(self._folder / "scan.png")
        pages[0].save(
            self._folder / "scan.pdf", save_all=True, append_images=pages[1:],
            resolution=make.SCAN_DPI,
        )  # fmt: skip
        return self._folder / "scan.pdf"

    def path(self, source: str, kind: str) -> Path:
        """Return the file that LibreOffice makes of the report as ``source``."""
        made = self._folder / f"report.{kind}"
        if not made.exists():
            written = self._folder / f"report.{source}"
            sources = {"docx": make.word, "xlsx": make.sheet, "pptx": make.slides}
            written.write_bytes(sources[source]())
            make.soffice(written, kind, self._folder)
        return made

    def saved(self, source: str, kind: str) -> bytes:
        return self.path(source, kind).read_bytes()


# The whole report: name of the file, how it is made, and the document that it becomes.
WHOLE: dict[str, Callable[[Originals], bytes]] = {
    "utf8.txt": lambda o: o.text.encode(),
    "gb18030.txt": lambda o: o.text.encode("gb18030"),
    "utf16.txt": lambda o: o.text.encode("utf-16"),
    "spaced.txt": lambda o: make.spaced(o.text).encode(),
    "report.md": lambda o: make.markdown().encode(),
    "bullets.md": lambda o: make.markdown("- ").encode(),
    "report.html": lambda o: make.page().encode("gb18030"),
    "report.mht": lambda o: make.saved_page(),
    "report.docx": lambda o: o.word,
    "report.doc": lambda o: o.saved("docx", "doc"),
    "report.wps": lambda o: o.saved("docx", "doc"),
    "report.rtf": lambda o: o.saved("docx", "rtf"),
    "report.odt": lambda o: o.saved("docx", "odt"),
    "office.html": lambda o: o.saved("docx", "html"),
    "report.pdf": lambda o: o.saved("docx", "pdf"),
    "scan.pdf": lambda o: o.scans.read_bytes(),
    "scan.png": lambda o: o.scans.with_name("scan.png").read_bytes(),
    "report.pptx": lambda o: make.slides(),
    "report.ppt": lambda o: o.saved("pptx", "ppt"),
    "mail.eml": lambda o: make.mail("进展情况.docx", o.word),
    "packed.zip": lambda o: make.archive("三季度/进展情况.docx", o.word),
}
# Only its table.
TABLES: dict[str, Callable[[Originals], bytes]] = {
    "table.xlsx": lambda o: make.sheet(),
    "table.xls": lambda o: o.saved("xlsx", "xls"),
    "table.et": lambda o: o.saved("xlsx", "xls"),
    "table.ods": lambda o: o.saved("xlsx", "ods"),
    "utf8.csv": lambda o: make.comma_separated().encode("utf-8-sig"),
    "gbk.csv": lambda o: make.comma_separated().encode("gbk"),
}
INSIDE = {"mail.eml": "mail.eml/进展情况.docx", "packed.zip": "packed.zip/三季度/进展情况.docx"}
SCANS = ("scan.pdf", "scan.png")


@dataclass(slots=True)
class Desk:
    """One format: its file, the library over it, and the assistant."""

    name: str
    library: Library
    assistant: Assistant

    @property
    def document(self) -> str:
        return INSIDE.get(self.name, self.name)

    def ask(self, question: str) -> Answer:
        return self.assistant.answer(question)

    def block(self, offset: int) -> Block:
        """Return the block of the document that holds an offset."""
        (file,) = [f for f in self.library.files() if f.path == self.document]
        blocks = self.library.content(file.id).blocks
        (block,) = [b for b in blocks if b.start <= offset < b.end]
        return block


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Originals:
    return Originals(tmp_path_factory.mktemp("originals"))


@pytest.fixture(scope="session")
def desks(
    originals: Originals, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Desk]]:
    """Return a function that gives the desk over a format, indexed once."""
    opened: dict[str, Desk] = {}

    def desk(name: str) -> Desk:
        if name not in opened:
            content = {**WHOLE, **TABLES}[name](originals)
            folder = tmp_path_factory.mktemp("desk")
            (folder / "corpus").mkdir()
            (folder / "corpus" / name).write_bytes(content)
            settings = IndexSettings(folder / "data")
            library = stack.enter_context(open_library(settings, "测试", create=True))
            library.__dict__["encoder"] = WordCountEncoder()
            done = build_index([folder / "corpus"], library)
            assert done.failed == []
            opened[name] = Desk(name, library, open_assistant(library))
        return opened[name]

    with ExitStack() as stack:
        yield desk
