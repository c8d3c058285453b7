"""Damaged, locked, full and foreign stores: a clear sentence or the right result.

The index is real SQLite and real Chroma, large enough for Chroma to write its graph
to files; only the model is a hand-checkable fake.
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.build import build_index
from index.errors import IndexingError, StoreError
from index.library import Library, open_library
from index.rebuild import rebuild
from index.settings import IndexSettings
from index.verify import verify
from tests.bench_crash import SmallChunks

FILES = 20
WORDS = "第三小学扩建项目"


def text_of(number: int) -> str:
    lines = [f"第{number}号教育工作简报"]
    for line in range(28):
        place = f"{number}街{line}号"
        lines.append(
            f"{line + 1}．{place}的{WORDS}由区教育局负责，已投入{number * 37 + line}万元。"
        )
    return "\n".join(lines) + "\n"


@contextmanager
def opened(data: Path, probing: bool = False) -> Iterator[Library]:
    with open_library(IndexSettings(data), "测试", create=True, probing=probing) as library:
        library.__dict__["encoder"] = SmallChunks()
        yield library


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with ``corpus`` and its index, ``data``; tests work on copies."""
    folder = tmp_path_factory.mktemp("original")
    (folder / "corpus").mkdir()
    for number in range(FILES):
        (folder / "corpus" / f"{number}.txt").write_text(text_of(number), encoding="utf-8")
    with opened(folder / "data") as library:
        build_index([folder / "corpus"], library)
        assert library.store.size() > 1000
    assert list((folder / "data" / "chroma").glob("*/data_level0.bin"))
    return folder


@pytest.fixture
def data(original: Path, tmp_path: Path) -> Path:
    """Return the data directory of a copy of the index."""
    shutil.copytree(original / "data", tmp_path / "data")
    return tmp_path / "data"


def sound(library: Library) -> None:
    """Check that an index is proved, and searches by words and by meaning."""
    assert library.problems() == []
    assert verify(library).problems == []
    vector = library.encoder.embed_query(WORDS)
    assert len(library.chunks([key for key, _ in library.search_meaning(vector, 5)])) == 5
    assert len(library.chunks([key for key, _ in library.search_words(WORDS, 5)])) == 5


def empty(file: Path) -> None:
    file.write_bytes(b"")


def halve(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def scramble_head(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.write(bytes(range(7, 107)))


def flip(file: Path) -> None:
    """Change every 97th byte after the first page, as a failing disk might."""
    content = bytearray(file.read_bytes())
    for at in range(min(5000, len(content) // 2), len(content), 97):
        content[at] ^= 0x5A
    file.write_bytes(content)


def remove(file: Path) -> None:
    file.unlink()


DAMAGES = [remove, empty, halve, scramble_head, flip]


def found_wrong(data: Path) -> list[str]:
    """Return what is told of a damaged index, at start or by verify."""
    try:
        with opened(data, probing=True) as library:
            return library.problems() or verify(library).problems
    except IndexingError as error:
        return [str(error)]


# ---- the vector store (threats 4, 5)


# All 25 pairs were tried. Without its header's end nothing is missed; these are the
# kinds: an error, vectors not found, the process ended, other vectors, no answer. An
# empty list of links is read past its end: what lies there decides between the last
# kind and the process ended, both of which were seen.
@pytest.mark.parametrize(
    ("name", "damage", "why"),
    [
        ("index_metadata.pickle", halve, "不能读取"),
        ("data_level0.bin", halve, "查不到"),
        ("data_level0.bin", scramble_head, "崩溃"),
        ("length.bin", empty, "与留存的不同"),
        ("link_lists.bin", empty, "没有应答|崩溃"),
    ],
)
def test_a_damaged_graph_is_found_and_rebuilt(
    data: Path,
    name: str,
    damage: Callable[[Path], None],
    why: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("index.probe.SECONDS", 20.0)
    (file,) = (data / "chroma").glob(f"*/{name}")
    damage(file)
    told = found_wrong(data)
    assert re.search(why, told[0])
    assert "rebuild" in told[0]
    with opened(data) as library:
        rebuild(library)
    with opened(data, probing=True) as library:
        sound(library)


def test_a_graph_that_is_gone_is_found_and_rebuilt(data: Path) -> None:
    for folder in (data / "chroma").iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    assert any("rebuild" in line for line in found_wrong(data))
    with opened(data) as library:
        rebuild(library)
        sound(library)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["chroma/chroma.sqlite3", "lexical.sqlite", "vectors.sqlite"])
def test_a_damaged_search_file_is_found_and_rebuilt(
    data: Path, name: str, damage: Callable[[Path], None]
) -> None:
    damage(data / name)
    told = found_wrong(data)
    assert any("rebuild" in line for line in told)
    with opened(data) as library:
        rebuild(library)
    with opened(data, probing=True) as library:
        sound(library)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_refused_with_the_way_back(
    data: Path, damage: Callable[[Path], None]
) -> None:
    damage(data / "youju.sqlite")
    told = found_wrong(data)
    assert any("restore" in line for line in told)


# ---- another program holds a file (threat 7)

HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode=EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    "name", ["youju.sqlite", "chroma/chroma.sqlite3", "lexical.sqlite", "vectors.sqlite"]
)
def test_a_file_that_another_program_locks_is_said_within_ten_seconds(
    data: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "new.txt").write_text(text_of(999), encoding="utf-8")
    command = [sys.executable, "-c", HOLD, str(data / name)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        began = time.monotonic()
        with pytest.raises(StoreError, match="锁住"), opened(data) as library:
            build_index([tmp_path / "corpus"], library)
        assert time.monotonic() - began < 10
        holder.communicate("")
    with opened(data) as library:
        assert build_index([tmp_path / "corpus"], library).added == ["new.txt"]
        assert verify(library).problems == []


# ---- a full disk (threat 6)

FULL = """
import resource, sys
from pathlib import Path
from index.build import build_index
from index.errors import IndexingError
from tests.index.test_damage import opened
data, corpus, limit = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with opened(data) as library:
        build_index([corpus], library)
        print("done")
except IndexingError as error:
    print("refused:", error)
"""


# 0.0, 0.1, 0.5, 0.9 and 0.99 were tried: they stop the database, the vectors, and Chroma.
@pytest.mark.parametrize("share", [0.0, 0.99])
def test_a_full_disk_is_a_sentence_and_what_was_acknowledged_stays(
    original: Path, data: Path, share: float
) -> None:
    """The limit is on the size of one file: as small as the smallest, up to the largest."""
    names = ["youju.sqlite", "lexical.sqlite", "vectors.sqlite", "chroma/chroma.sqlite3"]
    sizes = sorted((data / name).stat().st_size for name in names)
    limit = int(sizes[0] + share * (sizes[-1] - sizes[0])) + 8192
    corpus = original.parent / f"more{share}"
    corpus.mkdir(exist_ok=True)
    for number in range(500, 500 + 2 * FILES):
        (corpus / f"{number}.txt").write_text(text_of(number), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(data), str(corpus), str(limit)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.stdout.startswith("refused:"), done.stderr[-2000:]
    assert "磁盘" in done.stdout or "空间" in done.stdout
    with opened(data) as library:
        kept = {file.path for file in library.files()}
        assert {f"{number}.txt" for number in range(FILES)} <= kept
        assert verify(library).problems == []
        build_index([corpus], library)
        assert len(library.files()) == 3 * FILES
        assert verify(library).problems == []
