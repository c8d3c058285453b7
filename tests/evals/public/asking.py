"""One question asked of an index: what is retrieved, what is answered, what is wrong with it.

The one module here that knows the steps of the assistant.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from assistant.chat import Assistant
from assistant.compose import compose
from assistant.errors import AssistantError
from assistant.question import understand
from assistant.reader.loading import load_reader
from assistant.reader.reading import Reader
from assistant.records import Answer, Turn
from assistant.reranking import best_first
from assistant.retrieval import TOP_K, retrieve
from index.library import Library, file_of
from tests.evals.model.judging import wording_of
from tests.evals.public.checking import check
from tests.evals.public.metrics import ranks_of
from tests.evals.score import plain

DEPTH = 100  # passages of a ranking that are looked at
Record = dict[str, Any]


class Texts(Mapping[str, str]):
    """The canonical texts of an index by document, read when they are asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._paths = {file.path for file in library.files()}

    def __getitem__(self, path: str) -> str:
        if path not in self._paths:
            raise KeyError(path)
        return self._library.text(path)

    def __iter__(self) -> Any:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def ranks(question: str, relevant: Sequence[str], library: Library) -> Record:
    """Return the ranks of the relevant documents in each ranking; None where below 100.

    ``dense`` and ``lexical`` are the two searches alone, ``retrieved`` is what the
    assistant makes of them, ``ranked`` the same after its ranking of sentences.
    """
    read = understand(question)
    vector = np.asarray(library.encoder.embed_query(read.text), dtype=np.float32)
    hits = retrieve(read, vector, library, top_k=DEPTH)
    units = best_first(read, vector, hits[:TOP_K], library, reader_of(library))
    retrieved: list[int | None] = [hit.stored.file_id for hit in hits]
    orders: dict[str, list[int | None]] = {
        "dense": [file_of(key) for key, _ in library.search_meaning(vector.tolist(), DEPTH)],
        "lexical": [file_of(key) for key, _ in library.search_words(read.topic, DEPTH)],
        "retrieved": retrieved,
        "ranked": [*(candidate.unit.file_id for candidate in units), *retrieved],
    }
    return {name: ranks_of(relevant, _paths(order, library)) for name, order in orders.items()}


def refused_without(question: str, relevant: Sequence[str], library: Library) -> bool:
    """Tell whether the assistant refuses when the relevant documents are not retrieved."""
    read = understand(question)
    vector = np.asarray(library.encoder.embed_query(read.text), dtype=np.float32)
    hits = retrieve(read, vector, library, top_k=TOP_K + len(relevant))
    others = [h for h in hits if library.file_by_id(h.stored.file_id).path not in set(relevant)]
    units = best_first(read, vector, others[:TOP_K], library, reader_of(library))
    return not units or compose(read, units, library).refused


def ask(
    assistant: Assistant, question: str, texts: Mapping[str, str], history: Sequence[Turn] = ()
) -> Record:
    """Return what is said, cited and wrong with it; ``seconds`` by our own clock.

    What the assistant will not take, an empty question say, counts as refused.
    """
    began = time.perf_counter()
    try:
        answer = assistant.answer(question, history).to_json()
    except AssistantError as error:
        answer = Answer(question, str(error), refused=True).to_json()
    seconds = time.perf_counter() - began
    found = check(answer, texts)
    # What a language model wrote is the reply; the documents' own words stand below it.
    said = wording_of(answer) or answer["answer"]
    return {
        "question": question,
        "answer": answer,
        "said": plain(said).strip(),
        "short": answer["short"],
        "refused": answer["refused"],
        "kind": answer["interpretation"].get("kind"),
        "cited": list(dict.fromkeys(c["document"] for c in answer["citations"])),
        "quotes": [c["quote"] for c in answer["citations"]],
        "marked": len(answer["unverified"]),
        "wording": answer.get("wording"),
        "faults": found.citations,
        "loose_figures": found.figures,
        "loose_words": found.words,
        "seconds": round(seconds, 4),
    }


def reader_of(library: Library) -> Reader | None:
    """Return the reader that the assistant of a library has."""
    return load_reader(library.settings.reader, library.settings.cache_dir)


def _paths(files: Iterable[int | None], library: Library) -> list[str]:
    """Return each file's document once, at its best place."""
    known = dict.fromkeys(key for key in files if key is not None)
    return [library.file_by_id(key).path for key in known]
