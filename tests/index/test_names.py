"""File names as hostile people and old programs make them, and odd places of files."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import binary

from index.build import build_index
from index.library import Library, open_library
from index.originals import read_original
from index.settings import IndexSettings
from index.sources import place_of, written
from index.terminal import plain
from index.verify import verify
from index.withdrawal import reinstate, withdraw
from tests.conftest import WordCountEncoder

Write = Callable[[str, str], Path]
BRIDGE = "道路工程简报\n北河大桥项目因资金困难没有开工。\n"
GBK = "报告.txt".encode("gb18030")


@pytest.fixture
def library(settings: IndexSettings, encoder: WordCountEncoder) -> Iterator[Library]:
    with open_library(settings, "测试", create=True, probing=False) as library:
        library.__dict__["encoder"] = encoder
        yield library


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.txt",
        "<img onerror=alert(1)>.txt",
        "🏗️.txt",
        "长" * 82 + "abc.txt",  # 253 bytes
        "x\u202etxt.exe.txt",
        "CON.txt",
        "\x1b[31mred.txt",
        "a!b'; DROP TABLE files; --.txt",
        "%_\\x5c.txt",
    ],
)
def test_a_file_of_any_name_is_indexed_under_it(library: Library, write: Write, name: str) -> None:
    corpus = write(name, BRIDGE)
    assert build_index([corpus], library).added == [name]
    assert library.text(name) == BRIDGE
    assert build_index([corpus], library).unchanged == [name]
    assert verify(library, [corpus]).problems == []
    (corpus / name).unlink()
    assert build_index([corpus], library).removed == [name]


def test_a_name_that_is_no_utf8_is_read_as_gbk_and_its_file_is_found_again(
    library: Library, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    file = Path(os.fsdecode(os.fsencode(corpus) + b"/" + GBK))
    file.write_text(BRIDGE, encoding="utf-8")
    assert build_index([corpus], library).added == ["报告.txt"]
    library.remember_roots([corpus, file])
    assert library.roots() == [corpus, file]
    found = verify(library, [corpus])
    assert (found.problems, found.remarks) == ([], [])
    assert read_original(library, library.file("报告.txt")) == BRIDGE.encode()
    withdraw(library, "报告.txt", "王伟", "有误")
    reinstate(library, "报告.txt", "王伟")
    (corpus / "报告.txt").write_text(BRIDGE + "另一份\n", encoding="utf-8")
    assert build_index([corpus], library).added == ["corpus/报告.txt"]
    file.unlink()
    assert build_index([corpus], library).removed == ["报告.txt"]


@given(binary(min_size=1, max_size=40).filter(lambda raw: b"\0" not in raw and b"\\x" not in raw))
def test_every_path_comes_back_from_how_it_is_written(raw: bytes) -> None:
    path = Path(os.fsdecode(raw.replace(b"!", b"")) or "x")
    written(path).encode()
    assert place_of(written(path)) == path


def test_what_is_shown_of_a_name_cannot_steer_the_terminal() -> None:
    assert plain("a\x1b[2J\nb\u202ec") == "a�[2J�b�c"
    assert plain("区交通局 🏗.txt") == "区交通局 🏗.txt"


def test_pipes_loops_and_broken_links_are_named_and_the_rest_goes_on(
    library: Library, write: Write
) -> None:
    corpus = write("a.txt", BRIDGE)
    os.mkfifo(corpus / "pipe.txt")
    (corpus / "loop").symlink_to(".")
    (corpus / "self.txt").symlink_to("self.txt")
    (corpus / "broken.txt").symlink_to("nowhere")
    report = build_index([corpus], library)
    assert report.added == ["a.txt"]
    assert [path for path, _ in report.failed] == ["broken.txt", "pipe.txt", "self.txt"]
    assert verify(library, [corpus]).problems == []


@pytest.mark.parametrize("way", ["plain", "link", "dots"])
def test_a_data_directory_inside_the_corpus_is_not_indexed(
    tmp_path: Path, write: Write, encoder: WordCountEncoder, way: str
) -> None:
    corpus = write("a.txt", BRIDGE)
    data = corpus / "data"
    if way == "dots":
        data = corpus / ".." / "corpus" / "data"
    elif way == "link":
        (tmp_path / "link").symlink_to(corpus)
        data = tmp_path / "link" / "data"
    with open_library(IndexSettings(data), "测试", create=True, probing=False) as library:
        library.__dict__["encoder"] = encoder
        for _ in range(2):
            report = build_index([corpus], library)
            assert report.added + report.unchanged == ["a.txt"]
            assert report.failed == []


def test_an_empty_folder_and_no_roots_are_no_error(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for roots in ([], [tmp_path / "empty"]):
        report = build_index(roots, library)
        assert (report.added, report.failed, report.stopped) == ([], [], False)
    assert library.search_words("项目", 10) == []
    assert library.search_meaning(library.encoder.embed_query("项目"), 10) == []


def test_more_results_than_there_are_is_no_error(library: Library, write: Write) -> None:
    build_index([write("a.txt", BRIDGE)], library)
    assert len(library.search_words("项目", 10_000)) == 1
    assert len(library.search_meaning(library.encoder.embed_query("项目"), 10_000)) == 1


def test_a_date_in_the_future_changes_nothing(library: Library, write: Write) -> None:
    corpus = write("a.txt", BRIDGE)
    os.utime(corpus / "a.txt", (4e9, 4e9))
    assert build_index([corpus], library).added == ["a.txt"]
    write("a.txt", BRIDGE.replace("北", "南"))  # as long, and then as old
    os.utime(corpus / "a.txt", (4e9, 4e9))
    assert build_index([corpus], library).changed == ["a.txt"]
    assert build_index([corpus], library).unchanged == ["a.txt"]


def test_a_locale_that_knows_ascii_alone_is_no_hindrance(write: Write, tmp_path: Path) -> None:
    corpus = write("报告.txt", "")  # empty: no model is needed to say so
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    data = ["--data-dir", str(tmp_path / "数据")]
    done = subprocess.run(
        [sys.executable, "-m", "index", str(corpus), *data],
        env=environment,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert "报告.txt：文件是空的" in done.stdout.decode()
    assert done.returncode == 1
