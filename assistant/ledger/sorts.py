"""What sort of thing is asked for where no field says it: by words of the names, or by trade.

“老旧小区改造项目” asks for what bears these words in its name, whatever parts of speech they
are. “卫生类项目” asks for hospitals and the like where no document says the class of each.
"""

from __future__ import annotations

import re

from assistant.ledger.leftover import content_words, names_something
from assistant.ledger.vocabulary import ASKING
from index.ledger.book import Ledger, LedgerRow
from index.ledger.records import Span
from index.words import fold

MIN_SORT, MAX_SORT = 2, 10  # characters of the words before “项目”
_THINGS = re.compile(
    rf"(?P<sort>[\u4e00-\u9fff]{{{MIN_SORT},{MAX_SORT}}}?)类?的?(?:项目|工程)(?!师)"
)
# How a project is begun, not what it is.
_NO_SORT = re.compile(r"(?:新建|续建|扩建|改建|新开|在建|拟建|建设|投资|结转|储备|谋划|类|的)$")
_TRADE = re.compile(r"(?P<trade>[\u4e00-\u9fff]{2})(?:类|领域|行业|板块|方面的)")
# The trades whose works bear it in their names.
TRADES: dict[str, re.Pattern[str]] = {
    "教育": re.compile(
        r"学校|小学|中学|初中|高中|[一二三四五六七八九十]中(?=学|校|体|教|学生|$)|幼儿园|托育|教学楼|校区|校舍|学院|大学"
        r"|职教|职业(?:中专|教育|技术)|职中|技校|教师周转房|学生(?:宿舍|食堂|公寓)|教育"
    ),
    "卫生": re.compile(
        r"医院|卫生[院室所]|卫生服务|保健院|疾控|疾病预防|急救|门诊|病房|病区|住院楼|传染病|胸痛|公共卫生|卫生应急"
        r"|精神卫生|血站|医共体|医疗"
    ),
    "水利": re.compile(
        r"水库|河道|堤防|防洪|护岸|灌区|水闸|泵站|小流域|水系|引调?水|除险加固|清淤|水土保持"
    ),
    "交通": re.compile(
        r"公路|国道|省道|县道|大桥|桥梁|隧道|高速|客运站|码头|航道|铁路|枢纽|通组路"
    ),
}  # fmt: skip
_SAME_TRADE = {"医疗": "卫生", "卫健": "卫生", "医卫": "卫生", "学校": "教育", "水务": "水利"}


def sort_named(rest: str, ledger: Ledger) -> tuple[str, Span] | None:
    """Return the words of names that ``rest`` puts before “项目”, with their span.

    Such as are nouns throughout link to rows by themselves.
    """
    plain = ASKING.sub(lambda m: " " * len(m.group()), rest)
    names = [fold(row.record.name) for row in ledger.rows]
    for match in _THINGS.finditer(plain):
        low, high = match.span("sort")
        for at in range(low, high - MIN_SORT + 1):
            words = plain[at:high]
            if _NO_SORT.search(words) or not names_something(words):
                continue
            if any(words in name for name in names):
                linked = "".join(content_words(words, "zh", True)) == words
                return None if linked else (words, (at, high))
    return None


def trade_named(rest: str, ledger: Ledger) -> tuple[str, Span] | None:
    """Return the trade that ``rest`` asks for as a class (“卫生类”), with its span."""
    for match in _TRADE.finditer(rest):
        trade = _SAME_TRADE.get(match["trade"], match["trade"])
        if trade in TRADES and any(of_trade(row, trade) for row in ledger.rows):
            return trade, match.span()
    return None


def of_trade(row: LedgerRow, trade: str) -> bool:
    """Tell whether a row's name says that it is a work of a trade."""
    return bool(TRADES[trade].search(row.record.name))
