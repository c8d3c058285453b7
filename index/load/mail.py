"""Mails (.eml): the letter itself as one document, and each attachment."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message

from index.errors import DamagedFileError, EncryptedFileError, LoadError
from index.load.mail_letter import write_letter
from index.load.mail_words import RawHeaders, content_of, file_name, header
from index.load.members import Member, Opened, Room, clean_title
from index.load.readable import why_unreadable
from index.load.sniff import refuse_other

DECORATION = 8 << 10  # bytes; a picture inside the letter that is smaller is a logo or a line
MAX_PARTS = 2_000

_LETTER = ("from", "subject", "date", "received", "message-id", "to")
_ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"}
_SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature",
               "application/pgp-signature"}  # fmt: skip


@dataclass(slots=True)
class _Parts:
    """The parts of a mail, sorted."""

    texts: list[Message] = field(default_factory=list)  # shown one below the other
    attachments: list[Message] = field(default_factory=list)


def read_mail(content: bytes, room: Room) -> Opened:
    """Return the letter, as ``正文.html`` or ``正文.txt``, and the attachments.

    Raises:
        LoadError: if it is no mail, or encrypted.
    """
    refuse_other("mht", content)
    try:
        mail = message_from_bytes(
            content.removeprefix(b"\xef\xbb\xbf"), policy=RawHeaders(mangle_from_=False)
        )
        return _opened(mail, room)
    except RecursionError as error:
        raise DamagedFileError("邮件的内容套了太多层，不像正常的邮件。请核实来源。") from error


def _opened(mail: Message, room: Room) -> Opened:
    if not any(name in mail for name in _LETTER):
        raise DamagedFileError(
            "不像邮件：没有发件人、主题和日期。请从邮箱里重新导出（下载）为 .eml 后再导入。"
        )
    if mail.get_content_type() in _ENCRYPTED:
        raise EncryptedFileError("邮件是加密的，读不出内容。请在邮箱里打开，另存内容后再导入。")
    sorted_parts = _Parts()
    _sort(mail, sorted_parts)
    named = [(_name(part, i), part) for i, part in enumerate(sorted_parts.attachments, 1)]
    letter, problems = write_letter(mail, sorted_parts.texts, [name for name, _ in named])
    problems += _cut_off(mail, letter.name)
    members = [letter]
    for name, part in named:
        if why := _why_refused(name, part):
            problems.append((name, why))
        else:
            content = _attached(part)
            room.take([len(content)])
            members.append(Member(name, content))
    return Opened(tuple(members), tuple(problems))


def _why_refused(name: str, part: Message) -> str | None:
    if part.get_content_type() == "application/ms-tnef" or name.lower() == "winmail.dat":
        return (
            "是 Outlook 专用格式的附件包（winmail.dat），读不出内容。"
            "请发件人改用 HTML 格式重发，或在 Outlook 里另存附件后导入。"
        )
    return why_unreadable(name)


def _cut_off(mail: Message, name: str) -> Iterator[tuple[str, str]]:
    ends = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)
    if any(isinstance(defect, ends) for part in mail.walk() for defect in part.defects):
        why = "邮件不完整，可能没有下载完，后面的内容或附件读不到。请从邮箱里重新导出后再导入。"
        yield name, why


def _sort(part: Message, into: _Parts) -> None:
    """Put a part where it belongs, with the parts inside it."""
    kind = part.get_content_type()
    if len(into.texts) + len(into.attachments) > MAX_PARTS:
        raise LoadError(f"邮件有 {MAX_PARTS} 个以上的部分，不像正常的邮件。请另存附件后导入。")
    if kind in _SIGNATURES or _is_decoration(part):
        return
    if kind == "message/rfc822" or file_name(part) or _is_attachment(part):
        into.attachments.append(part)
    elif kind == "multipart/alternative":
        _sort_alternatives(_parts(part), into)
    elif part.is_multipart():
        for inner in _parts(part):
            _sort(inner, into)
    elif part.get_content_maintype() == "text" and kind != "text/calendar":
        into.texts.append(part)
    elif not kind.startswith("message/"):  # of a returned mail: codes for machines
        into.attachments.append(part)


def _sort_alternatives(parts: list[Message], into: _Parts) -> None:
    """Of several forms of one text the last that has words is shown: it is the richest."""
    shown: list[Message] = []
    for part in parts:
        inside = _Parts()
        _sort(part, inside)
        into.attachments += inside.attachments
        if any(content_of(text).strip() for text in inside.texts):
            shown = inside.texts
    into.texts += shown


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [p for p in payload if isinstance(p, Message)] if isinstance(payload, list) else []


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _is_decoration(part: Message) -> bool:
    inside = part.get_content_maintype() == "image" and not _is_attachment(part)
    return inside and "content-id" in part and len(content_of(part)) < DECORATION


def _name(part: Message, number: int) -> str:
    if part.get_content_type() == "message/rfc822":
        inner = _parts(part)
        subject = file_name(part) or (header(inner[0], "subject") if inner else "")
        return clean_title(subject or f"附件{number}").removesuffix(".eml") + ".eml"
    name = file_name(part)
    if name:
        return clean_title(name)
    return f"附件{number}" + (mimetypes.guess_extension(part.get_content_type()) or "")


def _attached(part: Message) -> bytes:
    inner = _parts(part)
    if part.get_content_type() == "message/rfc822" and inner:
        return inner[0].as_bytes()
    return content_of(part)
