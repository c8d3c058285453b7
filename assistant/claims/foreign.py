"""What may never leave in a claim unless the evidence holds it: links, code, orders, contacts."""

from __future__ import annotations

import re

from assistant.claims.folding import INVISIBLE, fold

_FOREIGN = (
    re.compile(r"!?\[[^\]]*\]\([^)]*\)?"),  # Markdown links and images
    re.compile(r"(?:https?|ftp|file|data|javascript|vbscript|mailto|tel)\s*[:：]\s*/{0,2}[^\s，。；]*", re.I),
    re.compile(r"(?<![\w@.])(?:www\.|(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|edu|io|info|top|xyz|site|ru|cc|me|app|dev|example|test|evil|invalid|local))(?![a-z])[^\s，。；]*", re.I),
    re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])(?::\d+)?\S*"),
    re.compile(r"</?[a-zA-Z!][^>\n]*>?|&(?:#x?[0-9a-f]+|lt|gt|quot|amp|nbsp);", re.I),
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*"),
    re.compile(r"(?<![\d.])(?:1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4})(?!\d)"),
    re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}|<\|.*?\|>|\[/?INST\]|<<SYS>>", re.I),
    re.compile(r"\[[^\]\[]{1,60}\]\[[^\]]*\]|^\s*\[[^\]]+\]:\s*\S+", re.M),
)  # fmt: skip
# Said to the reader or to a model; an office's report says none of it.
_ORDERS = re.compile(
    r"忽略.{0,8}(?:指令|指示|要求|规则|提示|内容|说明|以上|上述|之前|前面)|无视.{0,8}(?:指令|规则|要求|提示)|系统提示|提示词|开发者模式|越狱|管理员模式|调试模式|角色扮演|你现在是|你是一[个名]|扮演"
    r"|请(?:您|你)?(?:立即|马上|务必|先)?(?:点击|访问|打开|下载|扫码|扫描|转账|汇款|登录|输入|复制|运行|执行|加微信|发送|转发|删除)"
    r"|(?:点击|访问)(?:以下|下方|此|该|这个)?(?:链接|网址|网站|二维码)|(?:将|把)(?:对话|聊天|提问|问题|答案)[^。]{0,8}(?:发送|发到|发至|转发|提交|上传)|扫[一描码].{0,6}二维码|加.{0,4}(?:微信|qq)|验证码|密码(?:是|为|:)|密钥|api.?key|access.?token"
    r"|作为(?:一个|一名)?(?:ai|人工智能|语言模型|大模型|助手)|无需核对|不必核对|不用核对|无须核实|无需核实|已(?:通过)?(?:系统)?(?:核验|验证)无误|工具(?:调用|返回|输出)|函数调用"
    r"|ignore .{0,30}(?:instruction|above|previous|prompt)|disregard .{0,30}(?:instruction|above|previous)|system prompt|you are now|as an ai\b|developer mode|jailbreak|"
    r"click (?:here|the link|this)|please (?:visit|click|open|send|call|download|run|execute)|<tool|tool_call|function_call|assistant:|system:|user:",
    re.I,
)  # fmt: skip
# An order that a notice may well give its readers: held by the evidence, it may be told.
_ADVICE = re.compile(
    r"请(?:您|你|广大[^,。]{2,8})?(?:立即|马上|务必|及时)?(?:拨打|联系|致电|咨询|关注|前往)"
)


def foreign(text: str, evidence: str) -> list[str]:
    """Return what of a claim's ``text`` may not be shown as verified.

    Links, markup, addresses and telephone numbers are allowed where the evidence's
    own words hold them, orders to the reader or to a model nowhere. Invisible
    characters are faults: they hide words from who checks them.
    """
    found = [match.group() for match in INVISIBLE.finditer(text)]
    plain = INVISIBLE.sub("", text)
    held = fold(evidence)
    for pattern in _FOREIGN:
        for match in pattern.finditer(plain):
            words = match.group().strip()
            if words and (fold(words) not in held or _active(words)):
                found.append(words)
    folded = fold(plain)
    found += [match.group() for match in _ORDERS.finditer(folded)]
    return found + [m.group() for m in _ADVICE.finditer(folded) if m.group() not in held]


def _active(words: str) -> bool:
    """Tell whether words would act in a page, whoever wrote them: links and markup."""
    return bool(
        re.match(
            r"!?\[|</?[a-zA-Z!]|(?:https?|ftp|javascript|data|vbscript|file|mailto)\s*:",
            words,
            re.I,
        )
    )
