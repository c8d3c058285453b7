"""Uploads and watched folders, taken in by a thread of its own."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.errors import IndexingError, LoadError
from index.intake import Intake, checked_name
from index.jobs import Job
from index.library import Library, open_library
from index.settings import IndexSettings
from index.verify import verify
from index.viewing import page_count, reading_report, versions
from index.withdrawal import withdraw
from tests.conftest import WordCountEncoder

BRIDGE = "道路工程简报\n北河大桥项目因资金困难没有开工。\n"
Send = Callable[[str, str], Path]


@pytest.fixture
def library(settings: IndexSettings, encoder: WordCountEncoder) -> Iterator[Library]:
    with open_library(settings, "测试", create=True) as library:
        library.__dict__["encoder"] = encoder
        yield library


@pytest.fixture
def intake(library: Library) -> Iterator[Intake]:
    intake = Intake(library)
    intake.start()
    yield intake
    intake.close()


@pytest.fixture
def send(tmp_path: Path) -> Send:
    """Return a function that makes a file as an upload leaves it."""

    def _send(name: str, text: str) -> Path:
        file = tmp_path / f"sent-{name}"
        file.write_text(text, encoding="utf-8")
        return file

    return _send


def job(intake: Intake, name: str) -> Job:
    assert intake.wait()
    return next(job for job in intake.jobs() if job.name == name)


def test_an_upload_is_indexed_and_kept(intake: Intake, library: Library, send: Send) -> None:
    file = send("a.txt", BRIDGE)
    intake.add("a.txt", file)
    assert job(intake, "a.txt").state == "done"
    assert not file.exists()
    assert library.text("a.txt") == BRIDGE
    assert library.documents()[0].uploaded
    assert list(library.uploads.glob(".waiting/*/*")) == []


def test_an_upload_of_the_same_name_is_a_new_version_with_its_old_original(
    intake: Intake, library: Library, send: Send
) -> None:
    intake.add("a.txt", send("a.txt", BRIDGE))
    intake.add("a.txt", send("b.txt", BRIDGE + "现已开工。\n"))
    assert intake.wait()
    assert [job.state for job in intake.jobs()] == ["done", "done"]
    assert [v.state for v in versions(library, "a.txt")] == ["current", "superseded"]
    from index.originals import read_original

    old, new = (library.file("a.txt", number) for number in (1, 2))
    assert read_original(library, old).decode() == BRIDGE
    assert read_original(library, new).decode() != BRIDGE


def test_the_same_upload_twice_is_unchanged(intake: Intake, library: Library, send: Send) -> None:
    intake.add("a.txt", send("a.txt", BRIDGE))
    intake.add("a.txt", send("b.txt", BRIDGE))
    assert intake.wait()
    assert [job.state for job in intake.jobs()] == ["unchanged", "done"]
    assert len(versions(library, "a.txt")) == 1


def test_a_bad_upload_says_why_and_the_next_one_goes_on(
    intake: Intake, library: Library, send: Send
) -> None:
    intake.add("bad.docx", send("bad", "this is no Word file"))
    intake.add("a.txt", send("a.txt", BRIDGE))
    bad = job(intake, "bad.docx")
    assert bad.state == "failed"
    assert bad.message
    assert job(intake, "a.txt").state == "done"
    assert [d.state for d in library.documents()] == ["indexed", "failed"]


def test_a_job_that_waits_can_be_stopped(library: Library, send: Send) -> None:
    intake = Intake(library)
    first = intake.add("a.txt", send("a.txt", BRIDGE))
    intake.stop(first)
    intake.start()
    assert job(intake, "a.txt").state == "stopped"
    intake.close()
    assert library.files() == []
    assert list(library.uploads.rglob("*.txt")) == []


def test_what_waited_when_the_program_ended_is_taken_in_after_the_next_start(
    library: Library, send: Send
) -> None:
    first = Intake(library)
    first.add("a.txt", send("a.txt", BRIDGE))  # never started: the program ends here
    second = Intake(library)
    second.start()
    time.sleep(0.2)
    assert job(second, "a.txt").state == "done"
    second.close()
    assert library.text("a.txt") == BRIDGE


def test_an_erased_upload_leaves_no_file_and_may_be_sent_again(
    intake: Intake, library: Library, send: Send
) -> None:
    intake.add("a.txt", send("a.txt", BRIDGE))
    intake.add("a.txt", send("b.txt", BRIDGE + "现已开工。\n"))
    assert intake.wait()
    intake.erase("a.txt", "王伟")
    assert intake.wait()
    assert [p for p in library.uploads.rglob("*") if p.is_file()] == []
    assert library.documents() == []
    intake.add("a.txt", send("c.txt", BRIDGE))
    assert job(intake, "a.txt").state == "done"
    assert verify(library).problems == []


def test_an_erasure_that_is_not_signed_is_refused_at_once(
    intake: Intake, library: Library, send: Send
) -> None:
    intake.add("a.txt", send("a.txt", BRIDGE))
    assert intake.wait()
    with pytest.raises(IndexingError, match="姓名"):
        intake.erase("a.txt", "  ")
    assert library.text("a.txt") == BRIDGE


def test_rebuilding_is_done_beside_and_told(intake: Intake, library: Library, send: Send) -> None:
    intake.add("a.txt", send("a.txt", BRIDGE))
    intake.rebuild()
    assert intake.rebuilding() is not None
    assert intake.wait()
    assert intake.rebuilding() is None
    assert library.generation == 1
    assert verify(library).problems == []


def wait_for(what: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.1)


def test_what_arrives_in_a_watched_folder_is_taken_in_and_what_goes_is_removed(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "a.txt").write_text(BRIDGE, encoding="utf-8")
    before = set(threading.enumerate())
    intake = Intake(library)
    intake.start([folder])
    assert intake.wait()
    assert [f.path for f in library.files()] == ["a.txt"]
    time.sleep(0.5)  # the watching thread begins
    (folder / "sub").mkdir()
    (folder / "sub" / "b.txt").write_text("教育工作简报\n第三小学扩建。\n", encoding="utf-8")
    wait_for(lambda: len(library.files()) == 2)
    (folder / "a.txt").unlink()
    wait_for(lambda: [f.path for f in library.files()] == ["sub/b.txt"])
    (folder / "sub" / "b.txt").rename(folder / "c.txt")
    wait_for(lambda: [f.path for f in library.files()] == ["c.txt"])
    started = [thread for thread in threading.enumerate() if thread not in before]
    assert {"intake", "watching"} <= {thread.name for thread in started}
    intake.close()
    assert not [t for t in started if t.is_alive() and t.name in ("intake", "watching")]
    assert verify(library, [folder]).problems == []


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/a.txt", "a.txt"),
        ("C:\\报告\\三季度.docx", "三季度.docx"),
        ("a\nb\u202e.txt", "ab.txt"),
        ("<img onerror=1>.txt", "img onerror=1.txt"),
        (" 报告 .pdf", "报告 .pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, name: str) -> None:
    assert checked_name(given) == name


@pytest.mark.parametrize("given", ["", "报告", ".txt", "a.exe", "CON.txt", "汉" * 90 + ".txt"])
def test_a_name_that_cannot_be_used_is_refused(given: str) -> None:
    with pytest.raises(LoadError):
        checked_name(given)


def test_the_report_of_a_document_tells_what_was_read(
    intake: Intake, library: Library, send: Send
) -> None:
    intake.add("a.txt", send("a.txt", BRIDGE))
    assert intake.wait()
    report = reading_report(library, "a.txt")
    assert (report.version, report.articles, report.pages) == (1, 1, 0)
    assert report.characters == len(BRIDGE)
    assert page_count(library, "a.txt") == 0


def test_a_withdrawn_document_comes_back_even_while_others_are_taken_in(
    intake: Intake, library: Library, send: Send
) -> None:
    intake.add("a.txt", send("a.txt", BRIDGE))
    assert intake.wait()
    withdraw(library, "a.txt", "王伟", "有误")
    with library.writer:  # as if a large file were being taken in
        asking = threading.Thread(target=intake.reinstate, args=["a.txt", "李芳"])
        asking.start()
        asking.join(5)
        assert not asking.is_alive()
        assert library.files() == []
    assert intake.wait()
    assert [file.path for file in library.files()] == ["a.txt"]
    with pytest.raises(IndexingError, match="没有被撤回"):
        intake.reinstate("a.txt", "李芳")


def test_an_erasure_is_told_without_a_path_of_the_machine(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    (folder / "a.txt").write_text(BRIDGE, encoding="utf-8")
    intake = Intake(library)
    intake.start([folder])
    assert intake.wait()
    intake.erase("a.txt", "王伟")
    assert intake.wait()
    intake.close()
    (told,) = [job for job in intake.jobs() if job.state == "erased"]
    assert "自行删除" in told.message
    assert str(tmp_path) not in told.message
