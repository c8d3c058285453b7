"""Text of others made harmless: on its way into a prompt, and out of a model's mouth.

Document text stays data in a prompt: it cannot close the fence around it, form a key,
or be taken for a token of a chat template. What a model writes may hold no address,
picture or code: those come from nowhere, or from a document that wants to be obeyed.
"""

from __future__ import annotations

import re

_BRACKETS = str.maketrans("<>[]【】", "‹›［］［］")
# Control, zero-width, direction and tag characters: a reader of the page sees none of them.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_FOREIGN = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}://|\b(?:www|ftp)\.|\bmailto:|\bjavascript:|\bdata:\w+/"
    r"|[\w.+-]+@[\w-]+\.\w{2,}"
    r"|\b[\w-]{2,}\.(?:com|cn|net|org|gov|edu|io|info|top|xyz|vip|club|site|online|ru|me|cc)\b"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"
    r"|!\[|\]\s*\(|</?[a-z!][^>]{0,200}>|&(?:lt|gt|#\w+);|```|~~~|\{\{|<\|",
    re.IGNORECASE,
)
# Words that are addressed to a program, in a document or out of one. A notice tells offices
# what to do; it does not tell its reader to forget, or how to reply.
_ORDERS = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|抛开|绕过)[^。；\n]{0,12}(?:指令|指示|提示|规则|设定|要求|约束|限制|上文|以上|之前|前面)"
    r"|(?:系统|开发者)(?:提示|指令|消息|管理员指令)|提示词|越狱|角色扮演|扮演[^。；\n]{0,12}(?:角色|助手|模型|人工智能)"
    r"|你(?:现在)?(?:是|将作为)[^。；\n]{0,12}(?:AI|助手|模型|人工智能|机器人)|作为(?:一个)?(?:AI|人工智能|语言模型|智能助手)"
    r"|(?:(?:AI|人工智能|智能|大模型|语言模型)[^。；\n]{0,6})?(?:助手|模型)[^。；\n]{0,8}(?:必须|应当|请|务必|一律)[^。；\n]{0,8}(?:回答|回复|输出|答复|声称|说明)"
    r"|(?:回答|回复|输出|答复)(?:时|中|里|任何问题)[^。；\n]{0,12}(?:必须|请|应|务必|一律|只)[^。；\n]{0,10}(?:说|写|称|加上|附上|插入|引用|标注|输出)"
    r"|请(?:直接)?(?:输出|回复|回答)[：:“\"]|(?:标注|引用|标为)[^。；\n]{0,4}[\[［【]\s*E?\d+\s*[\]］】]"
    r"|ignore (?:all |any |the )?(?:previous|above|prior|earlier)|disregard (?:all|any|the|previous|prior|above)"
    r"|forget (?:all|everything|your|the|previous)|system prompt|you are now|act as (?:a|an|the)\b|jailbreak"
    r"|(?:assistant|model|AI)\s*(?:must|should|shall)\s+(?:reply|answer|respond|say|output|write)"
    r"|(?:^|\n)\s*(?:system|assistant|user|human)\s*[:：]",
    re.IGNORECASE,
)


def as_data(text: str) -> str:
    """Return text of a document, a question or a conversation as it may stand in a prompt."""
    return _UNSEEN.sub("", text).translate(_BRACKETS)


def as_said(text: str) -> str:
    """Return what a model says without the characters that nobody sees."""
    return _UNSEEN.sub("", text)


def is_foreign(text: str) -> bool:
    """Tell whether words hold an address, a picture, a tag or code."""
    return bool(_FOREIGN.search(text))


def gives_orders(text: str) -> bool:
    """Tell whether words are addressed to a program, not to people."""
    return bool(_ORDERS.search(_UNSEEN.sub("", text)))
