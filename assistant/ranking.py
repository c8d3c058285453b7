"""How well each unit of evidence answers: words, meaning, and the kind of answer sought."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from assistant.evidence import Span, Unit, units_of_chunk
from assistant.question import Kind, Question
from assistant.retrieval import Hit, Vector
from assistant.status import statuses
from index.library import Library
from index.words import units

# Units whose meaning is compared. Each costs about 5 ms on two cores, and the
# words alone have put the right one among the first 20 in nearly every case.
COMPARED = 16
COMPARED_LENGTH = 200  # characters of each
STATUS_WORTH = 2.0  # of score: “赶上” and “未赶上计划进度” share nearly all their bigrams
CONTEXT_SHARE = 0.7  # a word in the heading counts this much of one in the unit
BEFORE_SHARE = 0.4  # and one in the sentence before

_DATE = (
    r"\d{4}年|\d{1,2}月|\d{1,2}[日号]|[年月]底|季度|上旬|中旬|下旬|[〇零一二三四五六七八九十]+月"
)
_TITLE = r"书记|区长|县长|市长|镇长|局长|主任|部长|主席|院长|处长|科长|组长|经理|董事长|总裁|秘书长|常委|同志|先生|女士|教授|博士"
_FORMS: dict[Kind, re.Pattern[str]] = {
    "summary": re.compile(
        r"一是|二是|一要|二要|第一|首先|[①②]|（一）|（1）|要求|强调|指出|提出|安排|部署|措施|问题|成效|必须|要[\u4e00-\u9fff]{2}"),
    "why": re.compile(
        r"因|由于|受.{1,20}影响|原因|导致|所致|造成|使得|不足|不够|困难|缺|短缺|滞后|未(办|完|确定|落实|到位|批|取得)"
        r"|正在|问题|矛盾|纠纷|（[^（）]{2,}）|为了|旨在"),
    "who": re.compile(rf"({_TITLE})[\u4e00-\u9fff*]{{2,3}}|[\u4e00-\u9fff*]{{2,4}}({_TITLE})|由[\u4e00-\u9fff]{{2,4}}|(领导|负责人|责任人|联系人|牵头人|组长)[：:]\s*[\u4e00-\u9fff*]{{2,4}}"),
    "when": re.compile(_DATE),
    "count": re.compile(r"[\d一二三四五六七八九十百两]+\s*(个|家|项|条|人|名|位|户|处|所|座|件|次|场|套|栋|台|辆|批|类|种|份|天|年|镇|村|公里|亩|部|起|间|层|张|床|盏|平方米|余)"),
    "amount": re.compile(r"\d\s*(?:万|亿|千)?(?:元|%|％|公里|千米|米|平方米|平方公里|吨|亩|公顷|度|户|人|倍|兆|美元|个百分点)|[\d.]+[%％]|\d"),
    "where": re.compile(r"[路街村镇区县市省国馆厅楼号侧处岸港湾山河湖岛州]|位于|地处"),
    "unit": re.compile(r"[局办委院处站所]|街道|镇|公司|单位|部门|中心|政府|集团|开发区|指挥部"),
}  # fmt: skip


_FITTED: frozenset[Kind] = frozenset(("when", "where", "amount", "count"))
LEAST_COVERED = 0.05  # share of the question's words in a unit that speaks of it


@dataclass(frozen=True, slots=True)
class Features:
    """What the score is made of; each 0 to 1 but ``retrieved`` (a z-score sum).

    ``covered``: share of the question's words, by rarity, in the unit;
    ``framed``: the same in unit, headings and neighbour together;
    ``unknown``: share of its words that stand nowhere in the index;
    ``similarity``: cosine of unit and question; ``form``: whether the unit holds
    the kind of answer sought; ``retrieved``: the chunk's fused score. What a reader says:
    ``relevance``, log odds that the stretch of text around the unit answers; ``held``,
    whether its answer's words stand in the unit; ``margin``, log odds of these words
    against none, 0 where they stand elsewhere; ``support``: the same of another document.
    """

    covered: float
    framed: float
    unknown: float
    similarity: float
    form: float
    retrieved: float
    relevance: float = 0.0
    held: float = 0.0
    margin: float = 0.0
    support: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit, how it fares, and its score (larger is better).

    ``read``: a reader that names words has read it; ``answer``: the canonical span of the
    answer's words, where they stand in the unit.
    """

    unit: Unit
    features: Features
    score: float
    read: bool = False
    answer: Span | None = None


# Softmax regression on 400 DRCD questions (tests/evals/calibrate.py): a sentence that
# holds the answer stands first for 83 % of them; docs/measurements.md has the table.
WEIGHTS = {
    "covered": 3.63,
    "framed": 5.22,
    "similarity": 4.0,
    "form": 0.93,
    "retrieved": 0.57,
}


def holds_form(kind: Kind, text: str) -> bool:
    """Tell whether ``text`` holds the kind of thing that a question of ``kind`` seeks."""
    form = _FORMS.get(kind)
    return form is not None and form.search(text) is not None


def is_silent(question: Question, candidate: Candidate) -> bool:
    """Tell whether a unit says no word of a question that any date or figure would fit.

    A bare date line answers every “when” for a reader.
    """
    return question.kind in _FITTED and candidate.features.covered < LEAST_COVERED


class Wording:
    """The words of an English question: of each group, any word may stand in the text.

    ``labels`` stand for the groups where a Chinese question has its lexical units.
    """

    def __init__(self, groups: Sequence[Sequence[str]], library: Library) -> None:
        most = library.highest_frequency([word for group in groups for word in group])
        self._parts: dict[str, list[frozenset[str]]] = {}
        self.frequency: dict[str, int] = {}
        for group in groups:
            label = " ".join(group)
            self._parts[label] = [frozenset(units(word)) for word in group if most[word]]
            self.frequency[label] = max(most[word] for word in group)

    @property
    def labels(self) -> list[str]:
        """The groups."""
        return list(self._parts)

    def said(self, words: frozenset[str]) -> frozenset[str]:
        """Return the groups of which a word is among the lexical units of a text."""
        return frozenset(
            label for label, found in self._parts.items() if any(part <= words for part in found)
        )


class Rarity:
    """How much each word of a question tells, from how rare it is in the index."""

    def __init__(
        self, terms: Sequence[str], library: Library, frequency: Mapping[str, int] | None = None
    ) -> None:
        """Take the frequency of the ``terms`` from the index, unless it is given."""
        total = max(library.size(), 1)
        seen = frequency if frequency is not None else library.word_frequency(terms)
        self.unknown = frozenset(term for term in terms if not seen[term])
        self._weight = {t: math.log(1 + total / (1 + seen[t])) for t in terms}

    def share(self, found: dict[str, float], without: frozenset[str] = frozenset()) -> float:
        """Return the weighted share of the words in ``found`` (word to 0–1)."""
        kept = {t: w for t, w in self._weight.items() if t not in without}
        total = sum(kept.values())
        if not total:
            return 0.0
        return sum(w * found.get(t, 0.0) for t, w in kept.items()) / total

    def share_of(self, found: dict[str, float], wanted: frozenset[str]) -> float:
        """Return the weighted share of ``wanted`` that is in ``found``."""
        return self.share(found, frozenset(self._weight) - wanted)


def rank(
    question: Question,
    vector: Vector,
    hits: Sequence[Hit],
    library: Library,
    compared: int = COMPARED,
) -> list[Candidate]:
    """Return the units of the hits, best first; the meaning of ``compared`` is compared."""
    gathered: dict[tuple[int, int, int], tuple[Unit, Hit]] = {}
    for hit in hits:
        content = library.content(hit.stored.file_id)
        for unit in units_of_chunk(content, hit.stored):
            gathered.setdefault(unit.key, (unit, hit))
    pairs = list(gathered.values())
    words = Wording(question.groups, library) if question.groups else None
    rarity = (
        Rarity(words.labels, library, words.frequency) if words else Rarity(question.terms, library)
    )
    said = words.said if words else _as_it_is
    drafts = [_features(question, unit, hit, rarity, said) for unit, hit in pairs]
    order = sorted(range(len(pairs)), key=lambda i: -score_of(drafts[i]))
    near = similarities([pairs[i][0] for i in order[:compared]], vector, library)
    asked = statuses(question.text)
    found = []
    for place, i in enumerate(order):
        features = drafts[i]
        if place < compared:
            features = _with_similarity(features, float(near[place]))
        unit = pairs[i][0]
        score = score_of(features) + _listed_as(asked, unit)
        found.append(Candidate(unit, features, score))
    return sorted(found, key=lambda candidate: -candidate.score)


def _listed_as(asked: set[str], unit: Unit) -> float:
    """Return more where the heading above says the status asked for, less where another."""
    headings = unit.context.splitlines()[1:]
    said = statuses(headings[-1]) if headings and unit.kind != "item" else set()
    if not asked or not said:
        return 0.0
    return STATUS_WORTH if asked & said else -STATUS_WORTH


def _as_it_is(words: frozenset[str]) -> frozenset[str]:
    return words


def _features(
    question: Question,
    unit: Unit,
    hit: Hit,
    rarity: Rarity,
    said: Callable[[frozenset[str]], frozenset[str]],
) -> Features:
    inside = said(_words(unit.text))
    around = dict.fromkeys(said(_words(unit.context)), CONTEXT_SHARE)
    before = dict.fromkeys(said(_words(unit.before)), BEFORE_SHARE)
    own = dict.fromkeys(inside, 1.0)
    return Features(
        covered=rarity.share(own, question.facets),
        framed=rarity.share({**before, **around, **own}, question.facets),
        unknown=rarity.share(dict.fromkeys(rarity.unknown, 1.0), question.facets),
        similarity=0.0,
        form=1.0 if question.kind not in _FORMS or holds_form(question.kind, unit.text) else 0.0,
        retrieved=hit.score,
    )


def _with_similarity(features: Features, similarity: float) -> Features:
    return replace(features, similarity=similarity)


def score_of(features: Features, weights: Mapping[str, float] = WEIGHTS) -> float:
    """Return the weighted sum of the features that have a weight."""
    return float(sum(weight * getattr(features, name) for name, weight in weights.items()))


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return frozenset(units(text))


def similarities(found: Sequence[Unit], vector: Vector, library: Library) -> Vector:
    """Return the cosine of each unit, below its heading, and the question."""
    if not found:
        return np.zeros(0, dtype=np.float32)
    texts = [f"{unit.context.splitlines()[-1]}\n{unit.text}"[:COMPARED_LENGTH] for unit in found]
    vectors: Vector = library.encoder.encode_passages(texts)
    return vectors @ vector
