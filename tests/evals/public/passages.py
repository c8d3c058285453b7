"""Sets of passages: asked of an index of all, and of an index of the right passage alone."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from assistant.chat import open_assistant
from assistant.llm.writing import Writer
from tests.evals.public import figures, metrics
from tests.evals.public.asking import Texts, ask, ranks, refused_without
from tests.evals.public.indexing import Indexer, path_of
from tests.evals.public.parts import Ask, Figures, Part, Record, sampled, worded_by
from tests.evals.public.sets import PassageSet, Query


@dataclass(frozen=True, slots=True)
class Options:
    """How a set is asked; ``passages`` limits the index, ``simplified`` converts questions."""

    sample: int | None = None
    seed: int = 7
    passages: int | None = None
    simplified: bool = False
    retrieval_only: bool = False
    any_code: bool = False


def passage_parts(
    given: PassageSet, options: Options, indexer: Indexer, writer: Writer | None = None
) -> list[Part]:
    """Return the parts of a set: ``whole``, and ``given`` where answers can be read out."""
    queries = {query.id: query for query in given.queries if query.relevant}
    if options.simplified:
        queries = {key: replace(q, text=_simplified(q.text)) for key, q in queries.items()}
    chosen = sampled(list(queries), options.sample, options.seed)
    fewer = fewer_passages(given, options.passages, options.seed)
    shape = ["simplified"] if options.simplified else []
    if len(fewer.passages) < len(given.passages):
        shape.append(f"{len(fewer.passages)} passages, seed {options.seed}")
    if options.retrieval_only:
        shape.append("retrieval only")
    worded = worded_by(writer)
    whole = _Whole(fewer, queries, options, indexer, writer)
    parts = [
        Part(
            given.name, "whole", (*shape, *worded), tuple(chosen), len(queries),
            whole.opened, whole.figured, whole.wrong, whole.gold,
        )
    ]  # fmt: skip
    if given.readable and not options.retrieval_only:
        alone = _Given(given, queries, options, indexer, writer)
        # One passage after the other: its index serves all of its questions.
        ordered = sorted(chosen, key=lambda key: queries[key].relevant)
        parts.append(
            Part(
                given.name, "given", (*shape[: options.simplified], *worded), tuple(ordered),
                len(queries), alone.opened, alone.figured, alone.wrong, alone.gold,
            )
        )  # fmt: skip
    return parts


def fewer_passages(given: PassageSet, size: int | None, seed: int) -> PassageSet:
    """Return the set with about ``size`` passages: all relevant ones, and others at random."""
    if size is None or size >= len(given.passages):
        return given
    needed = {key for query in given.queries for key in query.relevant}
    others = [passage.id for passage in given.passages if passage.id not in needed]
    kept = needed | set(random.Random(seed).sample(others, max(0, size - len(needed))))
    return replace(given, passages=tuple(p for p in given.passages if p.id in kept))


@dataclass(frozen=True, slots=True)
class _Whole:
    """All passages in one index."""

    set: PassageSet
    queries: Mapping[str, Query]
    options: Options
    indexer: Indexer
    writer: Writer | None = None

    @contextmanager
    def opened(self) -> Iterator[Ask]:
        """Yield what asks a question of the index."""
        with self.indexer.kept(self.set.passages, any_code=self.options.any_code) as library:
            assistant = open_assistant(library, self.writer)
            assistant.warm_up()
            texts = Texts(library)

            def one(key: str) -> Record:
                query = self.queries[key]
                relevant = [path_of(passage) for passage in query.relevant]
                record: Record = {"ranks": ranks(query.text, relevant, library)}
                if self.options.retrieval_only:
                    return {"question": query.text, **record}
                record |= ask(assistant, query.text, texts)
                return record | {"refused_without": refused_without(query.text, relevant, library)}

            yield one

    def figured(self, records: Mapping[str, Record]) -> Figures:
        """Return the figures of retrieval and, where they were made, of answers."""
        found: Figures = {"retrieval": figures.retrieval_figures(list(records.values()))}
        if self.options.retrieval_only:
            return found
        found |= _answered(self.queries, records, self.set.readable)
        found["refused_without"] = metrics.mean(r["refused_without"] for r in records.values())
        return found | {"causes": figures.counted([self.wrong(k, r) for k, r in records.items()])}

    def wrong(self, key: str, record: Record) -> str | None:
        """Return where an answer went wrong."""
        query = self.queries[key]
        best = [rank for rank in record["ranks"]["retrieved"] if rank is not None]
        if "said" not in record:
            return None if 1 in best else "not first"
        if self.set.readable and metrics.f1(record["short"] or "", query.answers) >= READ:
            return None
        if not best or min(best) > READ_AT_MOST:
            return "refused, not retrieved" if record["refused"] else "not retrieved"
        return _wrong_though_retrieved(query, record, readable=self.set.readable)

    def gold(self, key: str) -> str:
        """Return what was to be said."""
        return _gold(self.queries[key])


READ = 0.5  # F1 from which a short answer is taken for right when causes are told
READ_AT_MOST = 12  # passages that the assistant reads


@dataclass(frozen=True, slots=True)
class _Given:
    """An index of the relevant passages of one question."""

    set: PassageSet
    queries: Mapping[str, Query]
    options: Options
    indexer: Indexer
    writer: Writer | None = None

    @contextmanager
    def opened(self) -> Iterator[Ask]:
        """Yield what asks a question of its own passages; an index stays for the next one."""
        passages = {passage.id: passage for passage in self.set.passages}
        with ExitStack() as stack:
            held: tuple[str, ...] = ()
            asked: Ask | None = None

            def one(key: str) -> Record:
                nonlocal held, asked
                query = self.queries[key]
                if asked is None or query.relevant != held:
                    stack.close()
                    texts = [f"{passages[p].title}\n{passages[p].text}" for p in query.relevant]
                    asked = stack.enter_context(self._asking(texts))
                    held = query.relevant
                return asked(key)

            yield one

    @contextmanager
    def _asking(self, passages: Sequence[str]) -> Iterator[Ask]:
        with self.indexer.small(passages) as library:
            assistant = open_assistant(library, self.writer)
            assistant.warm_up()
            texts = Texts(library)
            yield lambda key: ask(assistant, self.queries[key].text, texts)

    def figured(self, records: Mapping[str, Record]) -> Figures:
        """Return the figures of answers."""
        found = _answered(self.queries, records, readable=True)
        for name in ("citation_recall", "citation_precision"):  # there is nothing else to cite
            found[name] = None
        return found | {"causes": figures.counted([self.wrong(k, r) for k, r in records.items()])}

    def wrong(self, key: str, record: Record) -> str | None:
        """Return where an answer went wrong."""
        query = self.queries[key]
        if metrics.f1(record["short"] or "", query.answers) >= READ:
            return None
        return _wrong_though_retrieved(query, record, readable=True, alone=True)

    def gold(self, key: str) -> str:
        """Return what was to be said."""
        return _gold(self.queries[key])


def _answered(
    queries: Mapping[str, Query], records: Mapping[str, Record], readable: bool
) -> Figures:
    asked = [(queries[key], record) for key, record in records.items()]
    found: Figures = {"refused": metrics.mean(record["refused"] for _, record in asked)}
    if readable:
        usable = [(query, record) for query, record in asked if query.answers]
        found |= figures.reading_figures([(query.answers, record) for query, record in usable])
        found |= figures.accuracy_figures([([query.answers], record) for query, record in usable])
    paths = [([path_of(key) for key in query.relevant], record) for query, record in asked]
    found |= figures.citation_figures(paths)
    found |= figures.wording_figures([record for _, record in asked])
    return found | figures.time_figures([record for _, record in asked])


def _wrong_though_retrieved(
    query: Query, record: Record, *, readable: bool, alone: bool = False
) -> str | None:
    if record["refused"]:
        return "refused"
    if not alone and not {path_of(key) for key in query.relevant} & set(record["cited"]):
        return "another passage"
    if not readable:
        return None
    wanted = [query.answers]
    if not any(metrics.holds_answer(quote, wanted) for quote in record["quotes"]):
        return "another sentence"
    if record["short"] is None:
        return "no short answer"
    return "short answer" if metrics.holds_answer(record["said"], wanted) else "cut out"


def _gold(query: Query) -> str:
    return f"{' / '.join(query.answers)[:80]} ({', '.join(query.relevant)})"


def _simplified(text: str) -> str:
    import opencc

    return str(opencc.OpenCC("t2s").convert(text))
