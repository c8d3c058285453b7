"""Negations that a claim dropped, added or turned, found by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A negation is none inside these words.
_WORDS = re.compile(
    r"不断|不仅|不但|不同|不少|不久|不锈|不动产|不可|不一|不超|不低于|不少于|不高于|不多于|不足(?=\d)|不到(?=\d)|未来|无线|无障碍|无锡|无人机|无公害|无害化|无缝|无机"
    r"|非遗|非常|非物质|没收|除非|是非|不得不|不折不扣|不要|不遗余力|毫不|不动摇|无论|不管|不论|待遇|等待|留待|期待|接待|对待|招待|看待|待办|不利|不良|未成年|非公"
)
_NEGATION = re.compile(
    r"(?:尚未|还未|仍未|暂未|均未|一直未|迟迟未|并未|至今未|还没有?|没有|没能|未能|未|没|无法|难以|无|不能|不得(?!不)|不许|不准|严禁|禁止|不予|不够|不|缺乏|缺少|有待|尚待|仍待|亟待|待|尚需|还需)"
    r"(?:能够?|得到|获得?(?!批)|实现|按期|按时|如期|及时|完全|全部|全面|正式|予以|予|进行|完成(?![而的并且或后前影所等就即导致])(?=[\u4e00-\u9fff]{2}))*"
)
_NOT_MANAGED = re.compile(r"([\u4e00-\u9fff]{2})不(?:了|下来|下去|起来|上来)")
REACH = 8  # characters between a negation and the verb that it denies, behind an adjective
_PHRASE = re.compile(r"[在于给对向将把被由]")
_LEFT_OVER = re.compile(
    r"(?:还剩|尚余|剩余|余下|剩下|其余|还有)[^,;。]*$"
)  # a difference, computed
BEHIND = 3  # characters between words and the negation that follows them
_FALLS_SHORT = re.compile(r"[^,;。]{0,6}(?:不到|不足|未达|没到)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SYNONYMS = (
    "批复 审批 批准 获批 核准 批下 通过",
    "到位 落实 拨付 下达 拨到",
    "签订 签署 签约 签定",
    "确定 明确 定下 敲定",
    "完成 办结 完毕 办完 办理完毕",
    "开工 动工 开建",
    "移交 交付 交接",
    "提供 提交 报送",
)
_GROUP = {word: group.split() for group in _SYNONYMS for word in group.split()}


# “土地挂牌问题” names a matter and affirms nothing.
_NOUN_AFTER = re.compile(
    r"[\u4e00-\u9fff、和与及]{0,8}?(?:问题|困难|难题|方面|事宜|原因|情况|因素|障碍|难点|环节)|^(?:和|、)?(?:滞后|受阻|缓慢)"
)


class Negation(NamedTuple):
    """A negation: offsets of its words, and the two characters that it denies."""

    start: int
    end: int
    denied: str


def negations(text: str) -> Iterator[Negation]:
    """Yield the negations of folded ``text``; words like 不断 hold none."""
    inside = [m.span() for m in _WORDS.finditer(text)]
    for match in _NEGATION.finditer(text):
        if any(start <= match.start() < end for start, end in inside):
            continue
        denied = text[match.end() : match.end() + 2]
        yield Negation(match.start(), match.end(), denied)


def turned(claim: str, scope: str) -> list[str]:
    """Return the words of folded ``claim`` whose negation ``scope`` does not share.

    ``scope`` is the folded evidence that speaks of the same thing. A word is turned
    if the claim denies what the scope only affirms, or the other way about.
    """
    claim, scope = _written(claim), _written(scope)
    return [*_added(claim, scope), *_dropped(claim, scope)]


def _written(spoken: str) -> str:
    """Return folded words with spoken negations as they are written: “落实不了” as “未落实”."""
    return _NOT_MANAGED.sub(r"未\1", spoken.replace("没有个", "没有").replace("没个", "没有"))


def _added(claim: str, scope: str) -> Iterator[str]:
    theirs = list(negations(scope))
    denied_in_scope = {n.denied for n in theirs}
    for negation in negations(claim):
        word = negation.denied
        longer = claim[negation.end : negation.end + 4]
        if longer in {scope[n.end : n.end + 4] for n in theirs}:
            continue
        if _denied_behind(longer, scope, theirs) or _denied_behind(word, scope, theirs):
            continue
        if len(longer) == 4 and longer in scope and not _denied(longer, scope, theirs):
            yield claim[negation.start : negation.end] + longer
            continue
        if len(word) < 2 or not all(map(_HAN.match, word)):
            continue
        group = _GROUP.get(word, [word])
        if denied_in_scope & set(group) or _denied_later(group, scope, theirs):
            continue
        if _verb_behind(claim, negation) in denied_in_scope or _LEFT_OVER.search(
            claim[: negation.start]
        ):
            continue
        affirmed = any(w in scope for w in group)
        if affirmed or _joins(claim, negation, scope):
            yield claim[negation.start : negation.end] + word


def _denied_later(group: list[str], scope: str, theirs: list[Negation]) -> bool:
    """Tell whether a word stands a little behind a negation: “不具备立即实施的条件”."""
    after = [re.split(r"[,;。:、]", scope[n.end : n.end + REACH])[0] for n in theirs]
    return any(word in words for word in group for words in after)


def _verb_behind(claim: str, negation: Negation) -> str:
    """Return what a negation denies behind a phrase: 推开 in “尚未在全县推开”."""
    clause = re.split(r"[,;。:、]", claim[negation.end :])[0]
    return clause[-2:] if _PHRASE.match(clause) else ""


def _joins(claim: str, negation: Negation, scope: str) -> bool:
    """Tell whether what stands around a negation of the claim stands together in the scope."""
    left, right = claim[max(0, negation.start - 2) : negation.start], negation.denied
    return len(left) == 2 and all(map(_HAN.match, left)) and left + right in scope


def _dropped(claim: str, scope: str) -> Iterator[str]:
    mine, theirs = list(negations(claim)), list(negations(scope))
    denied = {n.denied for n in mine}
    for negation in theirs:
        word = "".join(_HAN.findall(negation.denied)) if _HAN.match(negation.denied) else ""
        if not word:
            continue
        found = _affirmed_by(claim, scope, negation, theirs)
        if not found and len(word) > 1 and not denied & set(_GROUP.get(word, [word])):
            found = _turned_word(claim, scope, word, mine, theirs)
        if found and not _NOUN_AFTER.match(claim, claim.find(found) + len(found)):
            yield found


def _affirmed_by(claim: str, scope: str, negation: Negation, theirs: list[Negation]) -> str:
    """Return what the claim affirms in the same surroundings: “43户已签约” for “43户未签约”."""
    left = re.search(r"[\w%]{0,2}$", scope[: negation.start])
    after = scope[negation.end : negation.end + 4]
    word = re.match(r"[\u4e00-\u9fff]{0,2}", negation.denied)
    for head, tail in ((left.group() if left else "", word.group() if word else ""), ("", after)):
        if not tail or len(head) + len(tail) < 3:
            continue
        for between in ("已", "已经", "均已", "") if head else ("已", "已经"):
            words = head + between + tail
            at = claim.find(words)
            if at >= 0 and words not in scope and not _covered(at, list(negations(claim))):
                return words
    plain = after if len(after) == 4 else ""
    at = claim.find(plain) if plain else -1
    if at >= 0 and not _covered(at, list(negations(claim))) and _denied(plain, scope, theirs):
        return plain
    return ""


def _turned_word(
    claim: str, scope: str, word: str, mine: list[Negation], theirs: list[Negation]
) -> str:
    for other in _GROUP.get(word, [word]):
        at = claim.find(other)
        short = at >= 0 and _FALLS_SHORT.match(claim, at + len(other))
        if at >= 0 and not short and not _covered(at, mine) and not _affirmed(other, scope, theirs):
            return other
    return ""


def _denied_behind(words: str, scope: str, theirs: list[Negation]) -> bool:
    """Tell whether ``scope`` denies words right behind them: “重新招标尚未完成”."""
    if len(words) < 2 or not all(map(_HAN.match, words)):
        return False
    ends = [m.end() for m in re.finditer(re.escape(words), scope)]
    return any(0 <= n.start - end <= BEHIND for n in theirs for end in ends)


def _denied(words: str, scope: str, theirs: list[Negation]) -> bool:
    """Tell whether ``scope`` denies ``words`` wherever it holds them."""
    return words in scope and not _affirmed(words, scope, theirs)


def _covered(at: int, mine: list[Negation]) -> bool:
    """Tell whether a place in the claim is denied within its clause by an own negation."""
    return any(0 <= at - n.end <= 4 or _behind_phrase(n, at) for n in mine)


def _behind_phrase(negation: Negation, at: int) -> bool:
    """Tell whether a place follows on a phrase behind a negation: “不再给签约项目下指标”."""
    return bool(_PHRASE.match(negation.denied[-1:] or "")) and 0 <= at - negation.end <= REACH + 2


def _affirmed(word: str, scope: str, theirs: list[Negation]) -> bool:
    """Tell whether ``scope`` holds ``word`` also where nothing denies it."""
    at = scope.find(word)
    while at >= 0:
        if not any(n.start <= at and at - n.end <= 2 for n in theirs):
            return True
        at = scope.find(word, at + 1)
    return False
