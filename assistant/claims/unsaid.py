"""Words of a part of a claim that its evidence does not say, or says of something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.claims.dates import date_spans
from assistant.claims.extent import RANK
from assistant.claims.quantities import quantities
from assistant.claims.records import Fault
from assistant.claims.scope import Scope
from assistant.claims.statuses import find_statuses
from assistant.claims.wording import (
    Span,
    content_length,
    light,
    novel,
    synonyms,
    verb_spans,
    widened,
    without,
)

LEAST_MERGED = 2  # characters that only another thing's words hold
LONG_RUN = 3  # characters in a row that nothing holds
MOST_NOVEL = 0.2  # of the content that nothing holds
MOST_OF_ONE = 0.34  # where it is a single word: a writer's own, as a rule
_OPPOSITES = (
    ("以上", "以下"), ("以内", "以外"), ("提前", "推迟"), ("提前", "延后"), ("增长", "下降"), ("上升", "下降"),
    ("增加", "减少"), ("高于", "低于"), ("超过", "不足"), ("快于", "慢于"), ("最高", "最低"), ("最多", "最少"),
    ("首位", "末位"), ("第一", "倒数第一"), ("新增", "减少"), ("同意", "反对"), ("全部", "部分"), ("允许", "禁止"),
    ("上半年", "下半年"), ("省级", "市级"), ("国家级", "省级"), ("上升", "后退"), ("扩大", "缩小"), ("加快", "放慢"),
)  # fmt: skip
_DECISIVE = re.compile(
    r"同意|批准|决定|采纳|认定|判决|核准|立案|处罚|处分|免职|撤职|辞职|破产|死亡|伤亡|违法|违规|违纪|移送|起诉|判处|追究|问责"
)
_NAMED = re.compile(
    r"^(?:[^\W\d_的是由在与和及对向把被将为从到去有才先还已未不虽就再]{0,3}(?:局|委|办(?![理事结法公证函好完])|镇|乡|街道|区|公司|集团|中心|项目|工程|期|桥|路|村|厂|站|园|楼|院|校|馆|广场|小区|大厦|基地))"
)


def unsaid_faults(
    text: str, scope: Scope, whole: Scope, subjects: Iterable[str] = ()
) -> Iterator[Fault]:
    """Yield the words of folded ``text`` that ``scope`` does not hold.

    A long run of them or a large share is unsupported; beside the end of a name they
    are a name; those that ``whole`` holds are merged from elsewhere. ``subjects`` were
    found in the evidence.
    """
    named = [m.span() for name in subjects for m in re.finditer(re.escape(name), text)]
    exempt = [*_checked(text), *named]
    runs = novel(text, scope.text, exempt)
    strange = novel(text, whole.text, exempt) if scope is not whole else runs
    taken = {at for start, end in strange for at in range(start, end)}
    for start, end in runs:
        elsewhere = [at for at in range(start, end) if at not in taken]
        if len(elsewhere) >= LEAST_MERGED:
            yield Fault("merged", text[start:end])
    yield from _strange(text, strange, exempt)
    yield from _opposite(text, scope.text)
    yield from _decided(text, whole.text)


def _decided(text: str, whole: str) -> Iterator[Fault]:
    """Yield decisions and judgements that the evidence knows nothing of, however short."""
    for match in _DECISIVE.finditer(text):
        if not any(word in whole for word in synonyms(match.group())):
            yield Fault("unsupported", match.group())


def _opposite(text: str, scope: str) -> Iterator[Fault]:
    """Yield words of ``text`` of which the scope holds only the opposite."""
    for pair in _OPPOSITES:
        for word, other in (pair, pair[::-1]):
            if word in text and word not in scope and other in scope and other not in text:
                yield Fault("unsupported", word)


def _strange(text: str, runs: list[Span], exempt: list[Span]) -> Iterator[Fault]:
    heavy = [(a, b) for a, b in without(runs, light(text)) if b - a > 1 or text[a].isascii()]
    total = sum(end - start for start, end in heavy)
    content = max(content_length(text, exempt), 1)
    most = MOST_OF_ONE if len(heavy) == 1 else MOST_NOVEL
    words = without(widened(runs, text), [*exempt, *light(text)])
    if sum(end - start for start, end in words) >= max(content, 2):
        heavy, total = words, content  # nothing of what it tells is told
    for start, end in _without_verbs(runs, text):
        if _NAMED.match(text[end : end + 5]) or (end - start > 1 and _NAMED.match(text[end - 1 :])):
            yield Fault("name", text[start:end] + text[end : end + 2])
    for start, end in heavy:
        if end - start >= LONG_RUN or total / content > most:
            yield Fault("unsupported", text[start:end])


def _without_verbs(runs: list[Span], text: str) -> Iterator[Span]:
    """Yield the runs that can be the beginning of a name: 定下 in “定下创新路项目” is none."""
    verbs = verb_spans(text)
    for start, end in runs:
        if not any(a <= start and end <= b for a, b in verbs):
            yield start, end


def _checked(text: str) -> list[Span]:
    """Return the spans that other checks answer for: figures, dates, status words."""
    spans = [(q.end - len(q.words), q.end) for q in quantities(text)] + date_spans(text)
    spans += [match.span() for match in RANK.finditer(text)]
    return spans + [(s.start, s.end) for s in find_statuses(text)]
