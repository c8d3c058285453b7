"""Sentences of a document that give orders to whoever answers: data, but no evidence."""

from __future__ import annotations

import re

_ENDS = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”」』）)]*|\n+|$)")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|<\|.*?\|>", re.DOTALL)
# Who is spoken to, and what is to be told: both in one sentence make an order.
_TO_WHOM = (
    r"助手|用户|提问者?|问及|被问到|任何问题|模型|机器人|人工智能|阅读本(?:文件|段)|自本段起|回答时|本次回答|对外口径|以下口径|以上(?:内容|数据|所有)|前面的规则|此前|从现在起"
    r"|你(?:现在)?(?:是|叫)|假设你|扮演|内部指令|assistant|\bai\b"
)
_WHAT = (
    r"回答|答复|输出|声称|声明|宣布|告诉|说成|称其|称作|写成|写明|改报|改为|替换|对调|去掉|乘以|忽略|无视|作废|统一|照此|采用|引用|附上|加上|必须包含"
    r"|answer|say|ignore|output|reply|repeat"
)
_ORDER = re.compile(
    rf"(?=[^\n]*?(?:{_TO_WHOM}))(?=[^\n]*?(?:{_WHAT}))"
    r"|忽略(?:以上|上述|前面|之前|此前)|无视(?:以上|上述|前面|之前)|请无视|你现在是|扮演|假设你是|从现在起你|开发者模式|系统提示|提示词"
    r"|请(?:将|把)[^,，。]{1,20}(?:改报|改为|替换为|说成|写成|称作|对调)|(?:回答|输出)必须|请(?:在回答|逐字|以\S{2,4}名义)|以\S{2,6}名义宣布"
    r"|ignore (?:all|any|the)? ?(?:previous|above|prior)|you must answer|^\s*(?:system|assistant|user)\s*[:：]|\[系统\]|【平台公告】",
    re.I,
)


def without_orders(text: str) -> str:
    """Return a document's ``text`` less the sentences that tell a model what to say.

    They are told apart by whom they address and what they want said, so that an
    office's own orders to its departments stay.
    """
    plain = _COMMENT.sub("", text)
    return "".join(m.group() for m in _ENDS.finditer(plain) if not _is_order(m.group()))


def _is_order(sentence: str) -> bool:
    visible = re.sub("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", "", sentence)
    return bool(visible.strip()) and bool(_ORDER.search(visible))
