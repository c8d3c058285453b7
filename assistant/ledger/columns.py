"""Columns beyond the contract’s fields that a question names (“得分”, “年度目标”, “排第几”)."""

from __future__ import annotations

import re

from index.ledger.book import Ledger
from index.words import fold

PREFIX = "column:"
# What people ask for, and the words that such columns are headed by.
_ASKED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"排(?:在|名|到)?第几|第几名?|名次|排名|位次|排第|垫底|末位|倒数第"), re.compile(r"名次|排名|位次|排序")),
    (re.compile(r"得分|多少分|分数|几分|评分|\bscore"), re.compile(r"得分|分数|评分|总分")),
    (re.compile(r"目标|干成什么样|干到什么样|要求干成|targets?\b"), re.compile(r"目标")),
    (re.compile(r"建设?内容|建(?:些)?什么|规模(?:有)?多大|建设规模"), re.compile(r"内容|规模")),
    (re.compile(r"建设性质|新建还是"), re.compile(r"性质")),
    (re.compile(r"建设年限|建设周期|工期"), re.compile(r"年限|周期|工期")),
)  # fmt: skip
_PLAIN = re.compile(r"[（(].*?[）)]|[\s·:：]")


def column_keys(ledger: Ledger) -> list[str]:
    """Return the keys of all other columns that records hold."""
    found = dict.fromkeys(
        key for row in ledger.rows for key in row.record.fields if key.startswith(PREFIX)
    )
    return list(found)


def columns_asked(text: str, ledger: Ledger) -> tuple[str, ...]:
    """Return the other columns that a folded question asks for."""
    found: list[str] = []
    for key in column_keys(ledger):
        head = fold(_PLAIN.sub("", key.removeprefix(PREFIX).rsplit("·", 1)[-1]))
        if len(head) >= 2 and head in text:
            found.append(key)
            continue
        for asked, heads in _ASKED:
            if asked.search(text) and heads.search(head) and _same_time(text, head):
                found.append(key)
    return tuple(dict.fromkeys(found))


def _same_time(text: str, head: str) -> bool:
    """Tell whether a column of last month's values is asked for, or another one."""
    return not re.search(r"上月|上期|上次|去年|上年", head) or bool(
        re.search(r"上个?月|上期|上次|去年|上年|前进|后退|变化|比", text)
    )


def rank_column(keys: tuple[str, ...]) -> str | None:
    """Return the column of ranks among ``keys``: its smallest number comes first."""
    return next((k for k in keys if re.search(r"名次|排名|位次", k) and "上" not in k), None)
