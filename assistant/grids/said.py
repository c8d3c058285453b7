"""A question of which parts get explained, folded, with what is said in other words put right."""

from __future__ import annotations

import re

from assistant.figures_said import in_figures
from index.words import fold

Span = tuple[int, int]
_NOT = re.compile(
    r"(?:都|一直)?(?:还|尚|仍)?(?:没有?|未)(?:能)?(?=(?:按期|如期|及时)?(?:开工|动工|完[工成]|竣工|整改|销号|验收|启动|办结|到位))"
)
# “（含当天）”, “（含）”: a bound is meant so anyhow. “（按累计数算）” says how a figure was made.
_INCLUSIVE = re.compile(
    r"[（(](?:含|包括|包含)(?:当[天日]|本[数日]|[该这]一?[日天]|\d{1,2}[日号])?[）)]"
)
_BY = re.compile(r"[（(](?:按|以)[^（）()]{2,20}(?:算|计算|统计|计|口径|为准)[）)]")


class Text:
    """A folded question of which parts get explained."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open = [True] * len(text)

    def free(self, span: Span) -> bool:
        """Tell whether nothing explains a span yet."""
        return all(self.open[span[0] : span[1]])

    def take(self, span: Span) -> None:
        """Mark a span as explained."""
        for at in range(*span):
            self.open[at] = False

    def rest(self) -> str:
        """Return the text with blanks for what is explained."""
        return "".join(c if o else " " for c, o in zip(self.text, self.open, strict=True))


def normal(question: str) -> str:
    """Return a question folded, with “没有开工” as “未开工”."""
    folded = _BY.sub("", _INCLUSIVE.sub("", fold(question)))
    text = _NOT.sub("未", in_figures(folded))
    text = re.sub(r"百分之多少|百分之几十?|百分比(?:是|为)?多少", "百分之几", text)
    return text.replace("动工", "开工").replace("\n", " ").rstrip("?。 ")
