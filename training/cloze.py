"""Questions made of statements: a date, figure or name is taken out and asked for.

After Lewis, Denoyer and Riedel, “Unsupervised Question Answering by Cloze
Translation”, ACL 2019: the question word stands where the answer stood, and the
clause is shortened and disturbed, so that equal words alone do not lead to it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from training.pairs import Pair, sentences

_NUMBER = r"[\d０-９][\d０-９,，.．]*|[一二三四五六七八九十百千两]+"
_MEASURE = (
    r"个百分点|平方公里|平方米|立方米|公里|千米|万元|亿元|美元|公顷|小时|分钟|工作日|[%％]|"
    r"元|米|亩|吨|倍|岁|天|日内|年以[上下]|个月|个|家|项|条|人|名|位|户|处|所|座|件|次|场|套|栋|台|辆|批|类|种|份|部|起|层"
)
_KINDS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("when", re.compile(r"(?:公元前?)?\d{3,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|初|末)?|\d{1,2}月\d{1,2}日|\d{1,2}月底"),
     ("什么时候", "何时", "哪一年", "哪天", "什么时间")),
    ("amount", re.compile(rf"(?<!第)(?<![\d一二三四五六七八九十百])(?:约|近|超过|不足)?(?:{_NUMBER})(?:万|亿|千|多|余)*(?:{_MEASURE})(?:以上|以下|左右|余)?"),
     ("多少", "几")),
    ("who", re.compile(r"(?<=[，。；：由被向\n])(?:国务院|县级以上|各级|省级|地方|当地|上级|有关)[\u4e00-\u9fff]{0,6}(?:主管部门|行政部门|机关|委员会|人民法院|人民检察院|人民政府)(?=[应可负依按批予会统对组制])"),
     ("谁", "哪个单位", "哪个部门", "什么机构")),
    ("what", re.compile(r"(?<=[“「『])[^“”「」『』]{2,16}(?=[”」』])|《[^《》]{2,20}》"),
     ("什么", "哪个")),
    ("why", re.compile(r"(?<=因为|由于)[^，。；]{4,24}(?=[，。；])"), ("什么原因", "为什么")),
)  # fmt: skip
_NAMES = {
    "nr": ("谁", "哪位", "什么人"),
    "ns": ("哪里", "什么地方", "哪个地方"),
    "nt": ("哪个机构", "哪个单位", "什么组织"),
}
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
LEAST_WORDS = 8  # Chinese characters that a question must have beside its question word
_CLAUSE = re.compile(r"[，,；;。！？：\n]")
_FILLERS = re.compile(r"[的了也就都还又并且而则应当可以]")


@dataclass(frozen=True, slots=True)
class Gap:
    """A span that can be asked for, and the words to ask with."""

    start: int
    end: int
    words: tuple[str, ...]
    kind: str


def gaps(text: str) -> Iterator[Gap]:
    """Yield the spans of ``text`` that can be asked for."""
    for kind, pattern, words in _KINDS:
        for match in pattern.finditer(text):
            yield Gap(match.start(), match.end(), words, kind)
    from jieba import posseg

    at = 0
    for word, flag in posseg.cut(text):
        if flag in _NAMES and _is_name(word, flag, text[at - 1 : at]):
            yield Gap(at, at + len(word), _NAMES[flag], flag)
        at += len(word)


def _is_name(word: str, flag: str, before: str) -> bool:
    """Tell whether a word that the tagger calls a name surely is one."""
    if flag == "nr":
        return "·" in word or (len(word) == 3 and word[0] in _SURNAMES)
    if flag == "ns":
        return len(word) > 1 and before in set("在于到自从往至")
    return len(word) > 4 and not word.startswith(("国务院", "国家有关", "人民"))


def make_pairs(title: str, passage: str, count: int, rng: random.Random) -> list[Pair]:
    """Return up to ``count`` pairs whose questions are made of the passage's own clauses."""
    found = list(gaps(passage))
    rng.shuffle(found)
    pairs: list[Pair] = []
    for gap in found:
        question = _ask(passage, gap, title, rng)
        if question:
            pairs.append(Pair(question, title, passage, gap.start, gap.end, True, "cloze"))
        if len(pairs) == count:
            break
    return pairs


def _ask(passage: str, gap: Gap, title: str, rng: random.Random) -> str | None:
    begin, end = next(span for span in sentences(passage) if span[0] <= gap.start < span[1])
    cuts = [begin, *(begin + m.end() for m in _CLAUSE.finditer(passage[begin:end])), end]
    left = max(cut for cut in cuts if cut <= gap.start)
    right = min((cut for cut in cuts if cut >= gap.end), default=end)
    while left > begin and _size(passage[left : gap.start] + passage[gap.end : right]) < 12:
        left = max(cut for cut in cuts if cut < left)  # the clause before says of what
    before, after = passage[left : gap.start], passage[gap.end : right]
    word = rng.choice(gap.words)
    if gap.kind == "amount":
        measure = re.search(rf"(?:{_MEASURE})(?:以上|以下|左右|余)?$", passage[gap.start : gap.end])
        word += re.sub(r"以[上下]|左右|余|日内", "", measure.group()) if measure else ""
    if len(before + after) > 70:
        return None
    body = _disturbed(before, rng), _disturbed(after, rng)
    if rng.random() < 0.35:  # the question word moves to the end
        text = (
            f"{body[0]}{body[1]}".strip("，。；：、 \n") + rng.choice(("是", "的是", "，")) + word
        )
    else:
        text = f"{body[0]}{word}{body[1]}"
    if _size(body[0] + body[1]) < LEAST_WORDS or set(text) & set("“「『《（("):
        return None
    if title and title not in text and rng.random() < 0.4:
        text = rng.choice((f"{title}中，", f"{title}", f"在{title}里，")) + text
    return text.strip("，。；：、 \n“”「」『』") + rng.choice(("？", "?", "", "呢？"))


def _size(text: str) -> int:
    return len(re.findall(r"[\u4e00-\u9fff]", text))


def _disturbed(text: str, rng: random.Random) -> str:
    text = _FILLERS.sub(lambda m: "" if rng.random() < 0.5 else m.group(), text)
    parts = _CLAUSE.split(text)
    kept = [part for part in parts if part and (len(parts) == 1 or rng.random() < 0.8)]
    return "".join(char for part in kept for char in part if rng.random() > 0.03 or char.isdigit())
