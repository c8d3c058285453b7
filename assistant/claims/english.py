"""English claims over Chinese evidence: figures, dates, statuses and names, each on its own.

What cannot be put back into Chinese cannot be checked, and is then not verified.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from assistant.claims.dates import dates
from assistant.claims.names import NameIndex
from assistant.claims.quantities import Quantity, quantities
from assistant.claims.records import Fault, FaultKind
from assistant.claims.statuses import Mode, borne_out, find_statuses
from assistant.dictionary import DATA, PACKAGE, alternatives
from assistant.glossary import translate, untranslated
from index.words import chinese_share, is_chinese

MOST_CHINESE = 0.3  # of the letters of an English sentence that may be Chinese names
LEAST_LETTERS = 12
MOST_STRANGE = 0.34  # of the content words that neither glossary nor evidence may hold

_SMALL_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"  # fmt: skip
_SMALL = _SMALL_WORDS.split()
_NUMBERS = {word: str(value) for value, word in enumerate(_SMALL)}
_WORD_NUMBER = re.compile(rf"\b({'|'.join(sorted(_SMALL, key=len, reverse=True))})\b")
_MONEY = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*(hundred million|billion|million|thousand)?\s*(?:yuan|rmb|cny)"
    r"|(?:rmb|cny|¥)\s*(\d[\d,]*(?:\.\d+)?)\s*(billion|million|thousand)?"
)
_SCALE = {"hundred million": 1e8, "billion": 1e9, "million": 1e6, "thousand": 1e3}
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:percent|per cent|%)(\s*age points?)?")
_MONTH_WORDS = "january february march april may june july august september october november december"  # fmt: skip
_MONTHS = _MONTH_WORDS.split()
_MONTH = r"(?P<month>" + "|".join(f"{m}|{m[:3]}\\.?" for m in _MONTHS) + r")"
_DATES = (
    re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    ),
    re.compile(
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    ),
    re.compile(
        rf"(?P<part>end of |beginning of |late |early )?\b{_MONTH}(?:,?\s+(?P<year>(?:19|20)\d\d))?\b"
    ),
)
_UNITS = (
    (r"kilomet(?:er|re)s?|km", "公里"), (r"square met(?:er|re)s?", "平方米"), (r"met(?:er|re)s?", "米"),
    (r"mu", "亩"), (r"hectares?", "公顷"), (r"tons?|tonnes?", "吨"), (r"households?", "户"),
    (r"projects?|items?|problems?", "个"),
)  # fmt: skip
_HEDGES = (
    (r"(?:about|around|approximately|roughly|some|nearly|almost|close to)\s+(?=[\d¥]|rmb)", "约"),
    (r"(?:more than|over|exceeding|in excess of)\s+(?=[\d¥]|rmb)", "超过"),
    (r"(?:less than|under|fewer than|below)\s+(?=[\d¥]|rmb)", "不足"),
    (r"at least\s+(?=[\d¥]|rmb)", "至少"),
)
# Longer phrases first: what they cover is not read again.
_STATUS: tuple[tuple[str, tuple[str, Mode]], ...] = (
    (r"(?:not|n't|never|yet to)(?: yet)?(?: been| be)? (?:start|begin|began|begun|commence|broken ground)\w*|unstarted|not under construction", ("start", "not")),
    (r"(?:not|n't|yet to)(?: yet)?(?: been| be)? (?:complet|finish)\w*|incomplete|unfinished", ("complete", "not")),
    (r"behind (?:schedule|plan|the plan)|delayed|lagg(?:ed|ing)", ("behind", "done")),
    (r"(?:not|n't)(?: yet)?(?: been)? (?:suspend|halt)\w*", ("suspend", "not")),
    (r"suspended|halted|stopped work|on hold|stalled", ("suspend", "done")),
    (r"cancel\w*|abandon\w*|called off", ("cancel", "done")),
    (r"on (?:schedule|track)|as planned|according to plan", ("ontrack", "done")),
    (r"(?:met|completed|fulfilled|finished) (?:its|their|the) (?:annual|yearly|full-year) (?:investment )?(?:plan|target)s?", ("met", "done")),
    (r"(?:planned|expected|scheduled|due|to be|will be|must be)(?: to be)? (?:complet|finish)\w*", ("complete", "planned")),
    (r"(?:planned|expected|scheduled|due|will|must|to)(?: to)? (?:start|begin|commence)\w*", ("start", "planned")),
    (r"(?:has|have|had|was|were|is|are|been|been fully) (?:already )?(?:complet|finish)\w*|put into (?:use|operation)|completed projects?", ("complete", "done")),
    (r"(?:has|have|had|was|were|is|are|already)(?: been)? (?:start|begun|commenc|under construction)\w*|started|began|under construction", ("start", "done")),
)  # fmt: skip
_STOP_WORDS = """
    a an the to of in on at by for with from as is are was were be been being it its this that these those he she they their
    his her and or but so if than then there which who whose what when where why how not no nor only also both all each every
    some any more most less fewer other another same such own has have had do does did will would can could may might shall should
    must into over under up down out off about after before between during through against because due since until while
    however therefore thus according report reports reported states stated says said shows shown total amount number percent
    percentage accounting accounts account accounted respectively including included include namely currently still yet already
    now end start beginning date year month day quarter half first second third fourth one two project projects item items
    responsible responsibility responsible unit units reason reasons main mainly cause caused causes status situation progress
    january february march april may june july august september october november december remaining rest part parts share whole them us we our which overall summary following listed list document source evidence
"""
_STOP = frozenset(_STOP_WORDS.split())
# Words of which names are made; a single character is no word to the dictionary.
_PARTS = {
    "west": "西", "east": "东", "north": "北", "south": "南", "road": "路 道", "ring": "环", "river": "河 江",
    "lake": "湖", "bridge": "桥", "park": "公园 园", "overhaul": "大修", "town": "镇", "street": "街", "village": "村",
    "school": "小学 中学 学校", "plant": "厂", "station": "站", "phase": "期", "held": "召开 举行", "rate": "率",
    "signed": "签订 签 签约", "land": "征地 用地 土地", "agreement": "协议", "last": "去年 上年", "building": "楼",
    "reconstruction": "改建 改造 重建", "accidents": "事故", "period": "同期", "approved": "批复 批准", "fund": "资金",
}  # fmt: skip
_TOKEN = re.compile(r"[a-z][a-z'\-]+")


def is_english(text: str) -> bool:
    """Tell whether folded ``text`` is an English sentence."""
    letters = sum(c.isascii() and c.isalpha() for c in text)
    return letters > LEAST_LETTERS and chinese_share(text) < MOST_CHINESE


def english_faults(text: str, evidence: str, known: NameIndex) -> Iterator[Fault]:
    """Yield what of a folded English claim the folded ``evidence`` does not bear out.

    Figures and dates are read into Chinese forms and looked for; statuses have to be
    held with their polarity; Chinese names have to stand in the evidence, and words
    that the glossary does not hold must be the sound of words in it.
    """
    yield from _figures(text, evidence)
    yield from _statuses(text, evidence)
    for found in known.find(text):
        if found.name not in evidence:
            yield Fault("name", found.name)
    yield from _words(text, evidence)


def _figures(text: str, evidence: str) -> Iterator[Fault]:
    plain, when = _chinese_dates(_WORD_NUMBER.sub(lambda m: _NUMBERS[m[1]], text))
    held_dates = dates(evidence)
    for month, day, year, part, words in when:
        if not any(
            (not month or d.month == month) and (not day or d.day == day) and (not part or d.part == part)
            and (not year or d.year == year or (not d.year and str(year) in evidence))
            for d in held_dates
        ):  # fmt: skip
            yield Fault("date", words)
    held = quantities(evidence)
    for quantity in quantities(_chinese_units(plain)):
        if not any(_held(quantity, source) for source in held):
            kind: FaultKind = "amount" if quantity.unit == "元" else "number"
            yield Fault(kind, quantity.words.strip())


def _held(claimed: Quantity, source: Quantity) -> bool:
    close = abs(claimed.value - source.value) <= 1e-6 * max(1.0, abs(claimed.value))
    measured = {"元", "%", "米", "平方米", "吨"}
    alike = claimed.unit == source.unit or not {claimed.unit, source.unit} & measured
    return close and alike and (claimed.hedge == source.hedge)


def _chinese_dates(text: str) -> tuple[str, list[tuple[int, int, int, str, str]]]:
    """Return the text less its dates, and the dates as month, day, year, part, words."""
    found = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if (
                groups["month"] == "may"
                and not groups.get("day")
                and not groups.get("year")
                and not groups.get("part")
            ):
                continue
            month = next(n for n, m in enumerate(_MONTHS, 1) if m.startswith(groups["month"][:3]))
            part = {"end": "底", "beg": "初", "lat": "底", "ear": "初"}.get(
                (groups.get("part") or "")[:3], ""
            )
            found.append(
                (
                    month,
                    int(groups.get("day") or 0),
                    int(groups.get("year") or 0),
                    part,
                    match.group(),
                )
            )
        text = pattern.sub(" ; ", text)
    for match in re.finditer(r"\b(?:in|of|year) ((?:19|20)\d\d)\b", text):
        found.append((0, 0, int(match[1]), "", match[1]))
    return re.sub(r"\b(?:19|20)\d\d\b", ";", text), found


def _chinese_units(text: str) -> str:
    for pattern, hedge in _HEDGES:
        text = re.sub(pattern, hedge, text)
    text = _MONEY.sub(lambda m: f"{_yuan(m)}元 ", text)
    text = _PERCENT.sub(lambda m: f"{m[1]}个百分点 " if m[2] else f"{m[1]}% ", text)
    for pattern, unit in _UNITS:
        text = re.sub(rf"(\d)\s*(?:key |major |new )?(?:{pattern})\b", rf"\1{unit}", text)
    return text


def _yuan(match: re.Match[str]) -> str:
    number = float((match[1] or match[3]).replace(",", ""))
    value = number * _SCALE.get(match[2] or match[4] or "", 1.0)
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _statuses(text: str, evidence: str) -> Iterator[Fault]:
    held = {status.key for status in find_statuses(evidence)}
    rest = text
    for pattern, key in _STATUS:
        for match in re.finditer(rf"\b(?:{pattern})\b", rest):
            if not borne_out(key, held):
                yield Fault("status", match.group())
        rest = re.sub(rf"\b(?:{pattern})\b", " ; ", rest)


def _words(text: str, evidence: str) -> Iterator[Fault]:
    """Yield the content words of ``text`` if too many have no counterpart in the evidence."""
    content = [w for w in _TOKEN.findall(text) if w not in _STOP and w not in _NUMBERS]
    if not content:
        return
    phrases = set(_TOKEN.findall(text)) - set(_TOKEN.findall(untranslated(text)))
    whole = any(part in evidence for part in translate(text).split())
    sounds = _sounds(evidence)
    strange = [
        w for w in dict.fromkeys(content)
        if not (whole and w in phrases) and w not in evidence
        and not _sounded(w, sounds) and not _said(w, evidence)
    ]  # fmt: skip
    if len(strange) > MOST_STRANGE * len(set(content)):
        yield Fault("unsupported", " ".join(strange))


def _said(word: str, evidence: str) -> bool:
    """Tell whether a word's Chinese stands in the evidence: by glossary, then by dictionary."""
    chinese = [*translate(word).split(), *_PARTS.get(word, "").split()]
    chinese += [other for choice in alternatives(word) for other in choice]
    return any(part in evidence for part in chinese)


def _sounded(word: str, sounds: str) -> bool:
    return len(word) > 3 and word.replace("'", "").replace("-", "") in sounds


def _sounds(evidence: str) -> str:
    """Return the evidence in pinyin without tones, so that names written so are found."""
    readings = _readings()
    return "".join(readings.get(char, " ") if is_chinese(char) else " " for char in evidence)


@cache
def _readings() -> Mapping[str, str]:
    """Return the first reading of each character in CC-CEDICT, without its tone."""
    content = gzip.decompress(files(PACKAGE).joinpath(DATA).read_bytes()).decode("utf-8")
    found: dict[str, str] = {}
    for match in re.finditer(r"^\S+ (\S) \[([A-Za-z:]+)\d\]", content, re.MULTILINE):
        found.setdefault(match[1], match[2].lower().replace("u:", "v"))
    return found
