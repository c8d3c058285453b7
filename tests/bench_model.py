"""How soon the first words of a model are seen, and what checking a sentence costs.

python -m tests.bench_model

A scripted endpoint on loopback says when it sends its first token; the difference to
when the assistant yields it is ours.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from rich.console import Console

from assistant.chat import Asked, open_assistant
from assistant.claims.checking import check_claim
from assistant.claims.splitting import split_claims
from assistant.llm.basis import gather, show, sort_of
from assistant.llm.counting import HighCounter
from assistant.llm.endpoint import open_endpoint
from assistant.llm.settings import ModelSettings
from assistant.llm.writing import Writer
from index.build import build_index
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.assistant.llm.servers import Handler, serving

ROUNDS = 20
FILE = Path("corpus/青禾区2024年三季度重点项目进展情况.txt")
QUESTION = "青禾区三季度哪些项目未开工，原因是什么？"
SENTENCE = "石桥改建项目因征地协议未签订尚未开工，责任单位是区交通局[E2]。"
console = Console(highlight=False)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = IndexSettings(Path(folder) / "data")
        with open_library(settings, "测速", create=True) as library:
            build_index([FILE], library)
            first_words(library)
            checking(library)


def first_words(library: Library) -> None:
    """Measure from the endpoint's first token to the first words that the assistant yields."""
    sent: list[float] = []

    def script(handler: Handler) -> None:
        handler.begin()
        time.sleep(0.3)
        sent.append(time.perf_counter())
        for piece in (SENTENCE[:6], SENTENCE[6:]):
            handler.say(piece)
        handler.done()

    delays, verbatim = [], []
    with serving(script) as server:
        writer = Writer(open_endpoint(ModelSettings(server.url, "scripted")))
        assistant = open_assistant(library, writer)
        for _ in range(ROUNDS + 1):
            began = time.perf_counter()
            for number, answer in enumerate(assistant.stream(QUESTION)):
                if number == 0:
                    verbatim.append(time.perf_counter() - began)
                if answer.wording and (answer.wording.draft or answer.wording.text):
                    delays.append(time.perf_counter() - sent[-1])
                    break
    console.print(
        f"documents' own words after {1e3 * statistics.median(verbatim[1:]):.0f} ms (median); "
        f"first words of the model {1e3 * statistics.median(delays[1:]):.0f} ms after its token "
        f"(median of {ROUNDS}), at most {1e3 * max(delays[1:]):.0f} ms"
    )


def checking(library: Library) -> None:
    """Measure the check of one sentence over the evidence of a real answer."""
    made = open_assistant(library)._made
    found = made(Asked(QUESTION))
    sort = sort_of(found.draft, found.question)
    bases = gather(found.draft, found.ranked, sort, library, "zh")
    shown = show(bases, 100_000, HighCounter(), "zh")
    evidence = {key: basis.evidence for key, basis in shown.by_key.items()}
    names = frozenset(row.record.name for row in library.ledger.rows)
    claim = split_claims(SENTENCE)[0]
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        check_claim(claim, evidence, names)
        taken.append(time.perf_counter() - began)
    console.print(
        f"checking a sentence {1e3 * statistics.median(taken):.1f} ms (median), "
        f"at most {1e3 * max(taken):.1f} ms, {len(evidence)} pieces of evidence"
    )


if __name__ == "__main__":
    main()
