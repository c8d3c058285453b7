"""The letter of a mail as a document: subject, sender, date, names of attachments, words."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import Message
from html import escape

from index.errors import LoadError
from index.load.mail_words import date_words, header, text_of, unwrapped
from index.load.members import Member

LETTER = "正文"

_CLOUD = ("超大附件", "云附件")
_IN_THE_CLOUD = "有附件以网盘链接（超大附件）发送，文件不在邮件里。请点开链接下载，再单独导入。"


def write_letter(
    mail: Message, texts: Sequence[Message], attached: Sequence[str]
) -> tuple[Member, list[tuple[str, str]]]:
    """Return the letter as ``正文.html`` if a part of it is a page, else as ``正文.txt``.

    Tables are kept that way. The second value tells what could not be read, and why.

    Args:
        mail: the whole mail, for its headers.
        texts: the parts that are shown, in order.
        attached: the names of the attachments.
    """
    is_page = any(_is_page(part) for part in texts)
    name = LETTER + (".html" if is_page else ".txt")
    bodies, problems = [], []
    for part in texts:
        try:
            bodies.append(_body(part, is_page))
        except LoadError as error:
            problems.append((name, f"邮件正文读不出来：{error}"))
    if any(word in body for word in _CLOUD for body in bodies):
        problems.append((name, _IN_THE_CLOUD))
    subject, lines = header(mail, "subject") or "（无主题）", _lines(mail, attached)
    text = _page(subject, lines, bodies) if is_page else _plain(subject, lines, bodies)
    return Member(name, text.encode("utf-8", "replace")), problems


def _is_page(part: Message) -> bool:
    return part.get_content_type() == "text/html"


def _body(part: Message, is_page: bool) -> str:
    text = text_of(part).text
    if _is_page(part):
        return text
    text = unwrapped(text, part)
    return f"<pre>{escape(text)}</pre>" if is_page else text


def _lines(mail: Message, attached: Sequence[str]) -> list[str]:
    fields = (
        ("发件人", header(mail, "from").replace('"', "")),
        ("收件人", header(mail, "to").replace('"', "")),
        ("抄送", header(mail, "cc").replace('"', "")),
        ("日期", date_words(mail)),
        ("附件", "、".join(attached)),
    )
    return [f"{label}：{words}" for label, words in fields if words]


def _plain(subject: str, lines: Sequence[str], bodies: Sequence[str]) -> str:
    return "\n".join([subject, *lines, "", *bodies])


def _page(subject: str, lines: Sequence[str], bodies: Sequence[str]) -> str:
    top = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<meta charset=utf-8><h1>{escape(subject)}</h1>{top}<hr>{'<hr>'.join(bodies)}"
