"""Figures of merit over ranks and words. Pure functions; standard library only."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

Wanted = Sequence[Sequence[str]]

# Ranks count from 1; None is a relevant passage that was not found.
Ranks = Sequence[int | None]

# The marks that the evaluation script of CMRC 2018 leaves out.
_PUNCTUATION = set("-:_*^/\\~`+=，。：？！“”；’《》…·、「」（）－～『』")
_LATIN = re.compile(r"[^\W_]+(?:\.\d+)*|[^\w\s]")


def recall(ranks: Ranks, top_k: int) -> float:
    """Return the share of relevant passages among the first ``top_k``."""
    return sum(rank is not None and rank <= top_k for rank in ranks) / len(ranks)


def hit(ranks: Ranks, top_k: int) -> float:
    """Return 1 if any relevant passage is among the first ``top_k``, else 0."""
    return float(any(rank is not None and rank <= top_k for rank in ranks))


def reciprocal_rank(ranks: Ranks) -> float:
    """Return one over the rank of the first relevant passage, 0 if none was found."""
    found = [rank for rank in ranks if rank is not None]
    return 1 / min(found) if found else 0.0


def ndcg(ranks: Ranks, top_k: int) -> float:
    """Return the discounted gain of the first ``top_k`` as a share of the best possible."""
    gain = sum(1 / math.log2(rank + 1) for rank in ranks if rank is not None and rank <= top_k)
    best = sum(1 / math.log2(place + 1) for place in range(1, min(top_k, len(ranks)) + 1))
    return gain / best


def ranks_of(relevant: Sequence[str], ranking: Sequence[str]) -> list[int | None]:
    """Return the rank of each relevant id in a ranking without repeats."""
    places = {key: place for place, key in enumerate(ranking, start=1)}
    return [places.get(key) for key in relevant]


def exact_match(said: str, answers: Sequence[str]) -> float:
    """Return 1 if ``said`` is one of the answers but for case and punctuation, else 0."""
    return float(any(_bare(said) == _bare(answer) for answer in answers))


def f1(said: str, answers: Sequence[str]) -> float:
    """Return the best F1 over the answers, as the script of CMRC 2018 counts it.

    Units are Chinese characters and words of other scripts, punctuation left out. What
    is shared is the longest run of units that both have: their script calls it LCS,
    and it is the longest common substring.
    """
    return max((_f1(segments(said), segments(answer)) for answer in answers), default=0.0)


def _f1(said: Sequence[str], answer: Sequence[str]) -> float:
    shared = _longest_run(said, answer)
    return 2 * shared / (len(said) + len(answer)) if shared else 0.0


def segments(text: str) -> list[str]:
    """Return the units that F1 counts."""
    found: list[str] = []
    for run in re.split(r"([\u4e00-\u9fa5])", _bare(text, spaced=True)):
        found += [run] if re.fullmatch(r"[\u4e00-\u9fa5]", run) else _LATIN.findall(run)
    return found


def _bare(text: str, *, spaced: bool = False) -> str:
    kept = "".join(c for c in text.lower() if c not in _PUNCTUATION)
    return kept if spaced else re.sub(r"\s", "", kept)


def _longest_run(first: Sequence[str], second: Sequence[str]) -> int:
    best, before = 0, [0] * (len(second) + 1)
    for one in first:
        row = [0]
        for place, other in enumerate(second):
            row.append(before[place] + 1 if one == other else 0)
        best, before = max(best, *row), row
    return best


def holds_answer(text: str, wanted: Wanted) -> bool:
    """Tell whether all that is wanted stands in ``text``, of each group one alternative."""
    return bool(wanted) and share_held(text, wanted) == 1.0


def share_held(text: str, wanted: Wanted) -> float:
    """Return the share of the groups of which an alternative stands in ``text``.

    As RGB counts: a substring, whatever its case; blanks and full-width forms aside.
    """
    said = _joined(text)
    held = sum(any(_joined(one) in said for one in group) for group in wanted)
    return held / len(wanted) if wanted else 0.0


def _joined(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()


def mean(values: Iterable[float | bool | None]) -> float | None:
    """Return the mean of those that are not None; None if all are."""
    known = [float(value) for value in values if value is not None]
    return sum(known) / len(known) if known else None


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the value below which ``share`` of the values lie (nearest rank)."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
