"""Kill indexing at random moments and look what is left: ``python -m tests.bench_crash``.

Each round kills a real process (``kill -9``) while it indexes, re-indexes what changed,
removes, rebuilds or erases. Then the index is opened again and must be sound: all that
was acknowledged (``Database.publish`` had returned) is there, each document is wholly
old or wholly new, ``verify`` finds nothing, and the next run finishes by itself.
"""

from __future__ import annotations

import argparse
import hashlib
import queue
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from index.library import Library, open_library
from index.settings import IndexSettings
from index.verify import verify
from tests.conftest import CharacterCounter, WordCountEncoder

ACTIONS = ("index", "change", "remove", "rebuild", "index", "erase", "change", "withdraw")
SUBJECTS = ("道路改造", "小学扩建", "污水管网", "老旧小区", "文化馆", "卫生院", "河道治理")
UNITS = ("区教育局", "区水利局", "区住建局", "城东街道", "区卫健委", "高新园区")
STATES = ("主体已经封顶", "正在办理用地手续", "已经完成验收", "因资金困难没有开工")


class SmallChunks(WordCountEncoder):
    """Makes many chunks of a short text, so that there is much to interrupt."""

    max_tokens = 80
    token_counter = CharacterCounter(80)


@contextmanager
def opened(data: Path, probing: bool = False) -> Iterator[Library]:
    """Open the index in ``data`` with embeddings that take no time."""
    with open_library(IndexSettings(data), "试验", create=True, probing=probing) as library:
        library.__dict__["encoder"] = SmallChunks()
        yield library


# ---- the process that is killed


def drive(data: Path, corpus: Path, action: str, name: str) -> None:
    """Do one thing to the index, telling what is done as soon as it is acknowledged."""
    from index import build, publishing
    from index.rebuild import rebuild
    from index.withdrawal import erase, reinstate, withdraw

    build.GATHER = publishing.WRITE = 40  # more moments between two steps
    with opened(data) as library:
        _tell_published(library)
        print("begun", flush=True)
        if action == "rebuild":
            rebuild(library)
        elif action == "erase":
            erase(library, name, "试验")
        elif action == "withdraw":
            withdraw(library, name, "试验", "试验")
            print(f"withdrawn\t{name}", flush=True)
            reinstate(library, name, "试验")
        else:
            build.build_index([corpus], library)
        print(f"done\t{name}", flush=True)


def _tell_published(library: Library) -> None:
    publish = library.database.publish

    def told(file_ids: Iterable[int], by: str = "试验") -> list[int]:
        ids = list(file_ids)
        replaced = publish(ids, by)
        current = {file.id: file for file in library.database.files()}
        for file_id in ids:
            print(f"published\t{current[file_id].path}\t{current[file_id].sha256}")
        sys.stdout.flush()
        return replaced

    library.database.publish = told  # type: ignore[method-assign]


# ---- the side that kills and looks


@dataclass
class Trial:
    """A corpus on disk, its index, and what is known of both.

    ``written`` are all texts that a document has had, the newest last, by name;
    ``acknowledged`` the hashes that the index said it had, by name.
    """

    folder: Path
    rng: random.Random
    written: dict[str, list[str]] = field(default_factory=dict)
    acknowledged: dict[str, list[str]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)  # that an action takes, unkilled
    erasing: str = ""  # what the action at hand is about
    withdrawing: set[str] = field(default_factory=set)
    serial: int = 0

    @property
    def corpus(self) -> Path:
        """Where the documents lie."""
        return self.folder / "corpus"

    @property
    def data(self) -> Path:
        """Where the index lies."""
        return self.folder / "data"

    def write(self, name: str) -> None:
        """Give a document a text that no document had before."""
        self.serial += 1
        rng = self.rng
        lines = [f"第{self.serial}号重点项目进展情况", *map(_heading, range(rng.randrange(1, 4)))]
        for at in range(rng.randrange(3, 9)):
            lines.append(
                f"{at + 1}．{rng.choice(UNITS)}负责的{rng.choice(SUBJECTS)}项目"
                f"（编号{_digits(self.serial)}之{at}），计划投资{rng.randrange(300, 90_000)}万元，"
                f"{rng.choice(STATES)}。"
            )
        text = "\n".join(lines) + "\n"
        self.written.setdefault(name, []).append(text)
        (self.corpus / name).write_text(text, encoding="utf-8")

    def present(self) -> list[str]:
        """Return the documents that lie on the disk."""
        return sorted(file.name for file in self.corpus.iterdir())

    def prepare(self, action: str, size: int) -> str:
        """Change the disk as the action needs it; return the document it is about."""
        self.corpus.mkdir(parents=True, exist_ok=True)
        have = self.present()
        if action == "index" or not have:
            for _ in range(max(1, size - len(have))):
                self.write(f"{self.serial:05}.txt")
        elif action == "change":
            kept = [name for name in have if name not in self.erased]
            for name in self.rng.sample(kept, max(1, len(kept) // 3)):
                self.write(name)
        elif action == "remove":
            for name in self.rng.sample(have, max(1, len(have) // 4)):
                (self.corpus / name).unlink()
        elif action in ("erase", "withdraw"):
            return self.rng.choice([name for name in have if name not in self.erased])
        return ""


def _heading(at: int) -> str:
    return f"{'一二三四'[at]}、总体情况{at}"


def _digits(number: int) -> str:
    """Return a number as words that stand nowhere else, so that bytes can be searched for it."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(d)] for d in f"{number:06}")


def run(trial: Trial, action: str, name: str, kill_after: float) -> tuple[bool, float]:
    """Run one action in a process of its own; kill it so many seconds after it began.

    Return whether it was killed before it was done, and how long it worked.
    """
    command = [sys.executable, "-m", "tests.bench_crash", "--drive", action]
    command += ["--folder", str(trial.folder), "--name", name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        lines: queue.Queue[str] = queue.Queue()
        reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
        reader.start()
        if lines.get(timeout=120) != "begun":
            process.wait()
            raise RuntimeError(f"{action} did not begin")
        began = time.monotonic()
        try:
            process.wait(kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
        status = process.wait()
        worked = time.monotonic() - began
        reader.join()
    done = False
    while not lines.empty():
        kind, *rest = lines.get().split("\t")
        if kind == "published":
            trial.acknowledged.setdefault(rest[0], []).append(rest[1])
        elif kind == "done":
            done = True
            if action == "erase":
                trial.erased.add(name)
    if not done and status != -signal.SIGKILL:
        trial.faults.append(f"{action}: ended with {status} of itself")
    return not done, worked


def _read(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    for line in process.stdout or ():
        lines.put(line.rstrip("\n"))
    lines.put("")


def restart(trial: Trial, when: str, probing: bool) -> float:
    """Open the index as after a restart, look, let a run finish, and look again.

    Return the seconds that the run took.
    """
    from index.build import build_index

    with opened(trial.data, probing) as library:
        look(trial, library, when, finished=False)
        began = time.monotonic()
        report = build_index([trial.corpus], library)
        took = time.monotonic() - began
        for name in [*report.added, *report.changed]:
            trial.acknowledged.setdefault(name, []).append(_hash(trial.written[name][-1]))
        look(trial, library, f"{when}, after the next run", finished=True)
    trial.faults += [f"{when}: words of {name} are left" for name in traces(trial)]
    return took


def look(trial: Trial, library: Library, when: str, finished: bool) -> None:
    """Note every fault of the index; ``finished`` tells that a run went through since."""

    def wrong(what: str) -> None:
        trial.faults.append(f"{when}: {what}")

    for problem in library.problems():
        wrong(problem)
    found = verify(library, [trial.corpus] if finished else [])
    for problem in found.problems[:5]:
        wrong(problem)
    _look_at_documents(trial, library, wrong, finished)


def _look_at_documents(
    trial: Trial, library: Library, wrong: Callable[[str], None], finished: bool
) -> None:
    hashes = {name: [_hash(text) for text in texts] for name, texts in trial.written.items()}
    current = {file.path: file for file in library.database.files()}
    present = set(trial.present())
    for name, texts in trial.written.items():
        versions = library.database.history(name)
        if name in trial.erased:
            if versions:
                wrong(f"{name} was erased, and is there")
            continue
        if not versions and name not in trial.acknowledged:
            continue
        if not versions and name == trial.erasing:
            trial.erased.add(name)  # the kill came after the step that counts
            continue
        if not versions:
            wrong(f"{name} was acknowledged, and is not there")
            continue
        kept = {file.sha256: library.database.content(file.id).text for file in versions}
        for sha256 in trial.acknowledged.get(name, []):
            text = texts[hashes[name].index(sha256)]
            if kept.get(sha256) != text:
                wrong(f"{name}: an acknowledged version is lost or is not as written")
        file = current.get(name)
        if file is not None and hashes[name].index(file.sha256) < _newest(trial, name, hashes):
            wrong(f"{name}: an older version than the acknowledged one is current")
        if versions[0].state == "withdrawn" and name in trial.withdrawing:
            continue
        if finished and name in present and (file is None or file.sha256 != hashes[name][-1]):
            wrong(f"{name}: the newest text is not the current one")
        if finished and name not in present and file is not None:
            wrong(f"{name}: is gone from the disk, and is current")


def _newest(trial: Trial, name: str, hashes: dict[str, list[str]]) -> int:
    acknowledged = trial.acknowledged.get(name, [])
    return max((hashes[name].index(sha256) for sha256 in acknowledged), default=0)


def traces(trial: Trial) -> list[str]:
    """Return the erased documents of which words are left in some file of the index."""
    numbers = {
        name: [text.split("编号")[1].split("之")[0] for text in trial.written[name]]
        for name in trial.erased
    }
    held = [file.read_bytes() for file in trial.data.rglob("*") if file.is_file()]
    return [
        name
        for name, marks in numbers.items()
        if any(mark.encode() in content for mark in marks for content in held)
    ]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def crash(
    folder: Path,
    kills: int,
    documents: int,
    seed: int,
    *,
    probing: bool = True,
    tell: Callable[[str], None] = print,
) -> list[str]:
    """Kill ``kills`` times, look after each, and return the faults."""
    trial = Trial(folder, random.Random(seed))
    tell(f"{kills} kills, {documents} documents, seed {seed}")
    tell("  n action    killed after  acknowledged  faults")
    hit = tried = 0
    while hit < kills and tried < 4 * kills:
        action = ACTIONS[tried % len(ACTIONS)]
        tried += 1
        told = len(trial.faults)
        size = documents * min(tried, 3) // 3 if action == "index" else documents
        name = trial.prepare(action, size + trial.rng.randrange(documents // 8 + 1))
        before = sum(map(len, trial.acknowledged.values()))
        moment = trial.rng.uniform(0.0, trial.seconds.get(action, 3.0))
        trial.erasing = name if action == "erase" else ""
        trial.withdrawing |= {name} if action == "withdraw" else set()
        killed, worked = run(trial, action, name, moment)
        rest = restart(trial, f"after kill {hit + 1} ({action})", probing)
        # A moment beyond the end kills nothing: the range closes in on how long it takes.
        spent = worked + (rest if killed and action in ("index", "change", "remove") else 0.0)
        trial.seconds[action] = max(0.2, spent if not killed else max(spent, moment * 1.2))
        hit += killed
        more = sum(map(len, trial.acknowledged.values())) - before
        how = f"{moment:9.2f} s" if killed else "   not hit "
        tell(f"{tried:3} {action:9} {how}  {more:12}  {len(trial.faults):6}")
        for fault in trial.faults[told:]:
            tell(f"    {fault}")
    if hit < kills:
        trial.faults.append(f"only {hit} of {kills} kills hit a running process")
    return trial.faults


def main() -> None:
    """Print the table and the faults; end with 1 if there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--drive", choices=sorted({*ACTIONS}), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--name", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.drive:
        folder = options.folder
        drive(folder / "data", folder / "corpus", options.drive, options.name)
        return
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        faults = crash(Path(folder), options.kills, options.documents, options.seed)
    print(f"{len(faults)} faults, {time.monotonic() - began:.0f} s")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
