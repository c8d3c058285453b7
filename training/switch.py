"""Chinese questions in English words, one by one, so that English ones are read too.

After Qin et al., “CoSDA-ML: Multi-Lingual Code-Switching Data Augmentation”, IJCAI
2020: words are replaced by what a dictionary (CC-CEDICT) gives for them. The order
stays Chinese; names that it does not hold are spelt or stay as they are.
"""

from __future__ import annotations

import random
import re
from functools import cache

from assistant.dictionary import entries

_ASKING = {
    "什么时候": "when", "什么时间": "when", "何时": "when", "哪一年": "which year", "哪年": "which year",
    "哪天": "which day", "哪里": "where", "什么地方": "where", "哪个地方": "which place", "何处": "where",
    "谁": "who", "哪位": "who", "什么人": "who", "哪个": "which", "哪些": "which", "哪种": "which kind of",
    "哪": "which", "什么": "what", "为什么": "why", "为何": "why", "如何": "how", "怎么": "how",
    "怎样": "how", "多少": "how many", "几": "how many", "是": "is", "的": "of", "在": "in", "了": "",
    "和": "and", "与": "and", "由": "by", "被": "by", "有": "has", "于": "in", "为": "is", "对": "for",
    "中": "in", "里": "in", "是什么": "what is", "呢": "", "吗": "", "将": "will", "不": "not",
}  # fmt: skip


def switched(question: str, rng: random.Random, share: float = 0.9) -> str:
    """Return the question with about ``share`` of its words in English."""
    import jieba

    words = []
    for word in jieba.cut(question):
        english = _ASKING.get(word)
        if english is None and rng.random() < share:
            english = rng.choice(_glosses().get(word, ("",))[:2]) or None
        words.append(word if english is None else f" {english} ")
    text = re.sub(r"\s+", " ", "".join(words)).strip(" ？?。")
    return text[:1].upper() + text[1:] + "?"


@cache
def _glosses() -> dict[str, tuple[str, ...]]:
    """Return the English of each word, short meanings only."""
    found: dict[str, list[str]] = {}
    for word, meaning in entries():
        if len(meaning.split()) <= 3:
            found.setdefault(word, []).append(meaning.removeprefix("to "))
    return {word: tuple(meanings) for word, meanings in found.items()}
