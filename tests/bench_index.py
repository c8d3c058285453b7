"""How fast and in how much memory documents are indexed and asked, as ratios in one run.

    python -m tests.bench_index [PASSAGES.jsonl.gz] [--passages 3000] [--a-file 50]
                                [--questions QUERIES.jsonl]

PASSAGES holds one JSON object a line with ``title`` and ``text``; without it, sentences
of the sample documents are put together at random. Files are made of
them, and indexed: the bare encoder on the very same chunks is timed before and
after, so that other load on the machine touches both. Then the unchanged files
again, then with one of them changed. Then questions are asked, one at a time.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from assistant.chat import open_assistant
from index.build import build_index
from index.library import Library, open_library
from index.load import load_file
from index.preparing import close_worker, embedded_text
from index.settings import IndexSettings
from index.verify import verify

BEFORE = time.time() - 60  # a file written just now would be hashed again at each run
SAMPLES = Path(__file__).parents[1] / "corpus"
PIECE = 512  # chunks that the bare encoder is timed on, before and after


def make_files(source: Path | None, folder: Path, passages: int, a_file: int) -> None:
    """Write the first passages as text files of ``a_file`` passages each."""
    rows = islice(read_rows(source) if source else made_rows(), passages)
    number = 0
    while part := list(islice(rows, a_file)):
        text = "\n".join(f"{row['title']}\n{row['text']}" for row in part)
        path = folder / f"{number:06}.txt"
        path.write_text(text + "\n", encoding="utf-8")
        os.utime(path, (BEFORE, BEFORE))
        number += 1


def read_rows(source: Path) -> Iterator[dict[str, str]]:
    """Yield the passages of a file of JSON lines."""
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def made_rows() -> Iterator[dict[str, str]]:
    """Yield passages of about 120 characters without end, always the same ones."""
    rng = random.Random(1)
    files = sorted(SAMPLES.glob("*.txt"))
    found = [re.findall(r"[^。；\n]{8,}[。；]", load_file(file).text) for file in files]
    sentences = [sentence for part in found for sentence in part]
    for number in count(1):
        text = ""
        while len(text) < 120:
            text += rng.choice(sentences)
        yield {"title": f"第{number}条", "text": text}


def texts_of(library: Library, limit: int) -> list[str]:
    """Return what is embedded of about ``limit`` chunks, spread over the files."""
    files = library.files()
    found: list[str] = []
    for file in files[:: max(1, len(files) * 10 // max(limit, 1))]:
        content = library.content(file.id)
        found += [
            embedded_text(stored.chunk, content.structure)
            for stored in library.database.file_chunks(file.id)
        ]
        if len(found) >= limit:
            break
    return found[:limit]


def memory() -> tuple[float, float]:
    """Return the most memory of this process and of its children so far, in MB."""
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale,
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / scale,
    )


def first_run(corpus: Path, settings: IndexSettings) -> float:
    """Index everything, print the speed beside the bare encoder's, and return the seconds."""
    with open_library(settings, "测量", create=True) as library:
        library.encoder.encode_passages(["预热"] * 8)
        began = time.perf_counter()
        report = build_index([corpus], library)
        cold = time.perf_counter() - began
        texts = texts_of(library, PIECE)
        began = time.perf_counter()
        library.encoder.encode_passages(texts)
        bare = (time.perf_counter() - began) / len(texts)
    close_worker()
    print(f"files {len(report.added)}, chunks {report.chunks}")
    print(f"indexing: {cold:.1f} s, {report.chunks / cold:.1f} chunks/s")
    print(f"bare encoder on {len(texts)} of these chunks: {1 / bare:.1f} chunks/s")
    print(f"indexing speed / bare encoder: {bare * report.chunks / cold:.2f}")
    print("most memory, this process and largest child: {:.0f} MB, {:.0f} MB".format(*memory()))
    return cold


def later_runs(corpus: Path, settings: IndexSettings, cold: float) -> None:
    """Index the same files again, then with one of them changed, and prove the index."""
    with open_library(settings, "测量") as library:
        began = time.perf_counter()
        again = build_index([corpus], library)
        warm = time.perf_counter() - began
        loaded = "encoder" in library.__dict__
        print(f"unchanged again ({len(again.unchanged)} files): {warm:.2f} s,", end=" ")
        print(f"{warm / cold:.4f} of the first; the model was loaded for it: {loaded}")
        first = corpus / "000000.txt"
        first.write_text(first.read_text("utf-8") + "本册经修订。\n", encoding="utf-8")
        library.encoder.encode_passages(["预热"])
        began = time.perf_counter()
        one = build_index([corpus], library)
        print(f"one changed file: {time.perf_counter() - began:.2f} s, {one.chunks} chunks")
        began = time.perf_counter()
        found = verify(library)
        print(f"verify: {time.perf_counter() - began:.1f} s, problems {len(found.problems)}")


def ask(questions: Path, settings: IndexSettings, number: int) -> None:
    """Open the index as the page does, and print how long the first and later answers took."""
    asked = [json.loads(line)["text"] for line in questions.open(encoding="utf-8")][:number]
    began = time.perf_counter()
    with open_library(settings, "测量") as library:
        assistant = open_assistant(library)
        assistant.answer(asked[0])
        print(f"opened and first answer: {time.perf_counter() - began:.1f} s")
        seconds = sorted(assistant.answer(question).seconds for question in asked[1:])
    print(f"{len(seconds)} questions: median {statistics.median(seconds):.3f} s,", end=" ")
    print(f"95th percentile {seconds[int(len(seconds) * 0.95)]:.3f} s, most {seconds[-1]:.3f} s")
    print(f"most memory so far, this process: {memory()[0]:.0f} MB")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("passages_file", type=Path, nargs="?")
    parser.add_argument("--passages", type=int, default=3000)
    parser.add_argument("--a-file", type=int, default=50)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--keep", type=Path, help="where the index is left, for other measurements")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place) / "corpus"
        corpus.mkdir()
        make_files(options.passages_file, corpus, options.passages, options.a_file)
        settings = IndexSettings(options.keep or Path(place) / "data")
        cold = first_run(corpus, settings)
        later_runs(corpus, settings, cold)
        if options.questions:
            ask(options.questions, settings, options.asked)


if __name__ == "__main__":
    main()
