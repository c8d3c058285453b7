"""An answer in the model's words: written over the evidence, checked as it comes, mended once.

What is shown as verified is what ``assistant/claims`` has found nothing wrong with.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.claims.checking import check_claim
from assistant.claims.records import Claim
from assistant.claims.splitting import ClaimStream, split_claims
from assistant.llm.basis import Basis, Shown, Sort
from assistant.llm.cache import AnswerCache, NoCache
from assistant.llm.calls import Spent
from assistant.llm.checked import Sentence, count, judged, mended
from assistant.llm.endpoint import Endpoint
from assistant.llm.faults import FaultKind, ModelFaultError
from assistant.llm.neutral import as_said
from assistant.llm.prompting import asking, fitting, mending
from assistant.llm.telling import tell_faults

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

MOST_SENTENCES = 60  # more is an answer that does not end
MOST_REPAIRS = 3  # calls an answer; the rest is shown as it is
LEAST_SHARE = 0.5  # of the sentences verified; below it the documents' own words stand alone
_ENDS = "。！？!?.；;：:"


@dataclass(frozen=True, slots=True)
class Task:
    """What to word: a standalone question, its evidence, what the index knows by name.

    ``paths`` are the documents that the evidence comes from.
    """

    question: str
    language: str
    sort: Sort
    bases: Sequence[Basis]
    names: Collection[str] = ()
    paths: frozenset[str] = frozenset()


@dataclass(slots=True)
class Written:
    """A draft as far as it has come.

    ``rest`` are its last words, not checked yet; ``fault`` why there is no wording, or
    none to be relied on; ``shown`` the evidence that went into the prompt.
    """

    shown: Shown
    sentences: list[Sentence] = field(default_factory=list)
    rest: str = ""
    fault: FaultKind | None = None
    cached: bool = False
    shortened: bool = False
    first: float | None = None
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    done: bool = False

    def add(self, spent: Spent) -> None:
        """Add what a call has cost."""
        self.tokens_in += spent.tokens_in
        self.tokens_out += spent.tokens_out


class Writer:
    """Words answers with an endpoint. Calls from several threads are safe."""

    def __init__(
        self,
        endpoint: Endpoint,
        cache: AnswerCache | NoCache | None = None,
        repairs: int = MOST_REPAIRS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the endpoint and where its answers are kept; ``repairs``: at most, an answer."""
        self._repairs = repairs
        self.endpoint = endpoint
        self._cache = cache or NoCache()
        self._clock = clock

    def write(self, task: Task) -> Iterator[Written]:
        """Yield the draft as it grows, the same object each time; the last is ``done``.

        No fault of the endpoint is raised: ``fault`` names it.
        """
        began = self._clock()
        draft = Written(Shown((), len(task.bases)))
        try:
            try:
                yield from self._attempt(task, draft, 1.0, began)
            except ModelFaultError as fault:
                if fault.kind != "too_long":
                    raise
                # Its tokens were counted too low: half the evidence fits surely.
                draft.sentences, draft.rest = [], ""
                yield from self._attempt(task, draft, 0.5, began)
        except ModelFaultError as fault:
            draft.fault = fault.kind
        draft.rest = ""
        counts = count(draft.sentences)
        if draft.fault is None and counts.share < LEAST_SHARE:
            draft.fault = "unsupported"
        self.endpoint.tally.add_checked(counts.sentences, counts.verified)
        draft.seconds, draft.done = self._clock() - began, True
        yield draft

    def _attempt(self, task: Task, draft: Written, share: float, began: float) -> Iterator[Written]:
        limits = self.endpoint.limits
        draft.shown = fitting(
            task.bases, task.sort, task.question, self.endpoint.offered, limits.longest,
            task.language, share,
        )  # fmt: skip
        if not draft.shown.bases:
            raise ModelFaultError("too_long")
        messages = asking(task.sort, task.question, draft.shown, task.language)
        text = yield from self._text(task, draft, messages, began)
        self._drop_unfinished(draft, text)
        if not draft.sentences:
            raise ModelFaultError("empty")
        yield from self._mend(task, draft, began + limits.total)

    def _text(
        self, task: Task, draft: Written, messages: Sequence[BaseMessage], began: float
    ) -> Generator[Written, None, str]:
        """Take down what the model says, checking each sentence; return all of it."""
        key = cache_key(self.endpoint, messages, draft.shown)
        kept = self._cache.find(key)
        if kept is not None:
            draft.cached = True
            self.endpoint.tally.add_cached()
            self._take(task, draft, split_claims(kept), kept)
            return kept
        text, stream = "", ClaimStream()
        words = self.endpoint.words(messages, task.sort)
        while True:
            try:
                said = next(words)
            except StopIteration as end:
                draft.add(end.value)
                draft.shortened = end.value.finish == "length"
                break
            if said is not None:
                if said.anew:
                    text, stream = "", ClaimStream()
                    draft.sentences = []
                if draft.first is None:
                    draft.first = self._clock() - began
                heard = as_said(said.words)
                text += heard
                draft.rest += heard
                done = stream.feed(heard)
                if said.anew or done:
                    self._take(task, draft, done, text)
                    draft.rest = text[done[-1].end :] if done else text
            yield draft
        self._take(task, draft, stream.close(), text)
        draft.rest = ""
        if not draft.shortened:
            self._cache.keep(key, self.endpoint.identity.name, text, task.paths)
        return text

    def _take(self, task: Task, draft: Written, claims: Sequence[Claim], text: str) -> None:
        for claim in claims:
            if len(draft.sentences) >= MOST_SENTENCES:
                raise ModelFaultError("endless")
            sentence = self._judge(task, draft.shown, claim, text)
            # A small model says the same again and again; once is enough.
            if not any(sentence.text == s.text for s in draft.sentences):
                draft.sentences.append(sentence)

    def _judge(self, task: Task, shown: Shown, claim: Claim, text: str) -> Sentence:
        evidence = {key: basis.evidence for key, basis in shown.by_key.items()}
        verdict = check_claim(claim, evidence, task.names)
        return judged(claim, verdict, evidence, text)

    def _drop_unfinished(self, draft: Written, text: str) -> None:
        """Take the last sentence away where the limit of length has cut it."""
        last = draft.sentences[-1] if draft.sentences else None
        ended = text.rstrip().rstrip("]】］)）").rstrip("0123456789EeＥ[【［(（ ")
        if draft.shortened and last and ended[-1:] not in _ENDS and len(draft.sentences) > 1:
            draft.sentences.pop()

    def _mend(self, task: Task, draft: Written, until: float) -> Iterator[Written]:
        """Have the sentences that failed written anew, each once, as far as there is time."""
        failed = [s for s in draft.sentences if s.state != "verified"][: self._repairs]
        for sentence in failed:
            left = until - self._clock()
            if left <= 0:
                return
            draft.rest = sentence.text
            yield draft
            try:
                better = yield from self._anew(task, draft, sentence, left)
            except ModelFaultError:  # the answer stands without it, and says so
                draft.rest = ""
                return
            draft.rest = ""
            at = draft.sentences.index(sentence)
            # Words without a source state nothing: they mend nothing either.
            if better and all(s.state == "verified" and s.keys for s in better):
                draft.sentences[at : at + 1] = mended(sentence, better)

    def _anew(
        self, task: Task, draft: Written, sentence: Sentence, left: float
    ) -> Generator[Written, None, list[Sentence]]:
        told = tell_faults(sentence.faults, task.language)
        messages = mending(sentence.text, told, draft.shown, task.language)
        key = cache_key(self.endpoint, messages, draft.shown)
        text = self._cache.find(key)
        if text is None:
            words, text = self.endpoint.words(messages, "repair", within=left), ""
            while True:
                try:
                    said = next(words)
                except StopIteration as end:
                    draft.add(end.value)
                    break
                if said is not None:
                    text = said.words if said.anew else text + said.words
                yield draft
            self._cache.keep(key, self.endpoint.identity.name, text, task.paths)
        text = as_said(text)
        return [self._judge(task, draft.shown, claim, text) for claim in split_claims(text)]


def cache_key(endpoint: Endpoint, messages: Sequence[BaseMessage], shown: Shown) -> str:
    """Return what makes a prompt the same prompt: model, words, and where the evidence stands.

    The evidence is what the asker may see: nobody finds an answer over more than that.
    """
    whole_key = hashlib.sha256()
    parts = [endpoint.identity.name, endpoint.identity.place]
    parts += [str(message.content) for message in messages]
    parts += [repr(source) for basis in shown.bases for source in basis.sources]
    for part in parts:
        whole_key.update(part.encode("utf-8", "replace") + b"\x1e")
    return whole_key.hexdigest()
