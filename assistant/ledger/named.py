"""Projects that a question names: whole, in part, run together or mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import LCSseq

from index.ledger.book import Ledger
from index.ledger.records import Span
from index.ledger.wording import tagged_words, word_spans

MIN_WHOLE = 3  # characters that a name must have to be looked for
MIN_PART = 3  # characters by which a name may be called
ALIKE = 0.75  # share of the words said that a name must hold, in order
MIN_BEGUN = 4  # characters of a name's part that other words follow
CLOSE = 0.08  # by which the best name must stand before the second
_NOUNS = ("n", "vn", "m", "x", "b")  # tags of words that may go on with a name
_GOES_ON = re.compile(
    r"改造|扩建|新建|迁建|改建|重建|建设|整治|治理|提升|修缮|加固|配套|工程|项目|第?[一二三四五六\d]+(?:期|标|号|段|批)"
)
_RUN = re.compile(r"[\u4e00-\u9fffa-z\d“”]{2,}")
_KIND_WORD = re.compile(
    r"(?:这|那|该|此)?(?:个|项|件|条|座)?(?:重点|重大)?(?:项目|工程|任务|实事|公路|事)?$"
)


def whole_names(text: str, ledger: Ledger) -> list[tuple[str, Span]]:
    """Return the names of records that ``text`` says whole (core name, span), longest first."""
    found: list[tuple[str, Span]] = []
    rest = text
    for core in sorted(_cores(ledger), key=len, reverse=True):
        if len(core) < MIN_WHOLE:
            continue
        match = re.search(r"[\W_]*".join(re.escape(c) for c in core), rest)
        if match:
            found.append((core, match.span()))
            rest = rest[: match.start()] + "\0" * len(match.group()) + rest[match.end() :]
    return found


def part_names(runs: Iterable[tuple[str, int]], ledger: Ledger) -> list[tuple[str, Span]]:
    """Return the names that runs of words mean: each (words, offset) a part of one name alone.

    Words mean a name if almost all of their characters stand in it in order, and
    in no other name as well.
    """
    cores = _cores(ledger)
    found: list[tuple[str, Span]] = []
    for run, at in runs:
        words = _KIND_WORD.sub("", run)
        name = nearest_name(words, cores) or _only_holder(words, cores)
        if name is None:
            words, name = _begun(run, cores)
        if name is not None and all(name != other for other, _ in found):
            found.append((name, (at, at + len(words))))
    return found


def nearest_name(words: str, cores: Sequence[str]) -> str | None:
    """Return the one name that ``words`` mean, None where none or several could be meant."""
    bare = re.sub(r"[“”\s]", "", words)
    if len(bare) < MIN_PART:
        return None
    scored = sorted(((_likeness(bare, core), core) for core in cores), reverse=True)
    if not scored or scored[0][0] < ALIKE:
        return None
    best, name = scored[0]
    close = [core for score, core in scored if score > best - CLOSE]
    # “X” and “X处置缓慢”, “关于X”: one thing, which the shortest names alone.
    name = min(close, key=len)
    return name if all(name in core for core in close) else None


def _only_holder(words: str, cores: Sequence[str]) -> str | None:
    """Return the one name that holds two characters said alone (“公交这件事”)."""
    holders = [core for core in cores if words in core] if len(words) == 2 else []
    return holders[0] if len(holders) == 1 else None


def _begun(run: str, cores: Sequence[str]) -> tuple[str, str | None]:
    """Return the words with which a run begins that mean a name, though others follow them.

    “枫林三标段剩下那几户”: all characters of the words must stand in the name, in order.
    """
    bounds = [end for _, end in word_spans(run) if MIN_BEGUN <= end < len(run)]
    for end in reversed(bounds):
        if _GOES_ON.match(run[end:]) or tagged_words(run[end:])[0][1].startswith(_NOUNS):
            continue  # a longer name may go on: “二期”, “改造”
        words = run[:end]
        inside = [core for core in cores if LCSseq.similarity(words, core) == len(words)]
        name = nearest_name(words, inside)
        if name is not None and _phase(run) in ("", _phase(name)):
            return words, name
    return "", None


def _likeness(words: str, core: str) -> float:
    """Return how much of ``words`` stands in a name, a little more if the name is short."""
    if words in core:
        return 1.0 + 0.2 * len(words) / len(core)
    same = LCSseq.similarity(words, core)
    if same < MIN_PART or not _runs_of_two(words, core):
        return 0.0
    # A phase is no other phase: “二期” and “一期” are two projects.
    if _phase(words) and _phase(core) and _phase(words) != _phase(core):
        return 0.0
    return same / len(words) - (0.05 if len(core) > 3 * len(words) else 0.0)


def _runs_of_two(words: str, core: str) -> bool:
    """Tell whether most neighbours in ``words`` are neighbours in the name, too."""
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return sum(pair in core for pair in pairs) >= 0.5 * len(pairs)


def _phase(name: str) -> str:
    match = re.search(r"([一二三四五六七八九十\d]+(?:期|标(?=段|$)))", name)
    return match[1] if match else ""


def _cores(ledger: Ledger) -> list[str]:
    names = dict.fromkeys(row.core for row in ledger.rows)
    return [name for name in names if len(name) >= 2]


def held_by_one(words: str, ledger: Ledger) -> bool:
    """Tell whether some four characters or more stand as they are in one name alone."""
    holders = [core for core in _cores(ledger) if words in core]
    shortest = min(holders, key=len, default="")
    return len(words) >= MIN_BEGUN and bool(holders) and all(shortest in c for c in holders)


def runs_of(text: str) -> list[tuple[str, int]]:
    """Return the runs of words in ``text`` with their offsets."""
    return [(match.group(), match.start()) for match in _RUN.finditer(text)]
