"""The words of a mail's headers and parts, in whatever encoding its sender's system wrote."""

from __future__ import annotations

import binascii
import quopri
import re
from base64 import b64decode
from email._policybase import Compat32
from email.message import Message
from email.utils import parsedate_to_datetime

from index.load.decode import Decoded, decode, decode_name, widened

_WORD = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_FOLD = re.compile(r"\r?\n(?=[ \t])|[\r\n]+")
# Encodings that look like ASCII, so that decode() would take their bytes for UTF-8.
_SEVEN_BIT = {"hz", "utf-7", "iso2022_jp", "iso2022_jp_2", "iso2022_kr"}


class RawHeaders(Compat32):
    """The standard library's policy, but headers are handed out as they were written.

    Bytes that are not ASCII come as surrogates, not as ``�``.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        """Return the value as it is."""
        return value


def header(message: Message, name: str) -> str:
    """Return a header in plain words, “” where there is none."""
    return plain(str(message.get(name) or ""))


def plain(value: str) -> str:
    """Return a header's value with its encoded words (RFC 2047) and raw bytes decoded."""
    pieces: list[tuple[str | None, bytes]] = []  # charset, None for what stands outside words
    at, value = 0, _FOLD.sub("", value)
    for match in _WORD.finditer(value):
        pieces.append((None, _raw(value[at : match.start()])))
        pieces.append((match[1].lower().partition("*")[0], _unpacked(match[2], match[3])))
        at = match.end()
    pieces.append((None, _raw(value[at:])))
    words = "".join(_words(raw, charset) for charset, raw in _joined(pieces))
    return " ".join(words.split())


def file_name(message: Message) -> str:
    """Return an attachment's name (RFC 2231, RFC 2047 or raw bytes), “” where it has none."""
    for parameter, where in (("filename", "content-disposition"), ("name", "content-type")):
        value = message.get_param(parameter, None, where)
        if isinstance(value, tuple):
            return plain(_words(value[2].encode("latin-1", "replace"), value[0] or None))
        if value:
            return plain(str(value))
    return ""


def date_words(message: Message) -> str:
    """Return the date as documents write it, in the sender's own time; as is if unclear."""
    written = header(message, "date")
    try:
        sent = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return written
    return f"{sent.year}年{sent.month}月{sent.day}日 {sent:%H:%M}"


def content_of(part: Message) -> bytes:
    """Return a part's bytes, its transfer encoding undone."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def text_of(part: Message) -> Decoded:
    """Return the text of a part.

    Raises:
        LoadError: if it is in no encoding that can be told with certainty.
    """
    charset = widened(part.get_content_charset() or "")
    content = content_of(part)
    if charset in _SEVEN_BIT:
        try:
            return Decoded(content.decode(charset).replace("\r\n", "\n"), charset)
        except UnicodeDecodeError:
            charset = None
    return decode(content, charset)


def unwrapped(text: str, part: Message) -> str:
    """Return text whose soft line ends are undone, where the part says it has them (RFC 3676)."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    deleted = str(part.get_param("delsp", "")).lower() == "yes"
    lines = [line.removeprefix(" ") for line in text.split("\n")]
    out = ""
    for line in lines:
        soft = line.endswith(" ") and line != "-- "
        out += line[: len(line) - deleted] if soft else line + "\n"
    return out.removesuffix("\n")


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _joined(pieces: list[tuple[str | None, bytes]]) -> list[tuple[str | None, bytes]]:
    """Join words of one encoding that follow each other: senders cut characters in two."""
    joined: list[tuple[str | None, bytes]] = []
    for place, (charset, raw) in enumerate(pieces):
        if charset is None and not raw.strip() and 0 < place < len(pieces) - 1:
            continue  # white space between two words is not part of the value
        if charset is not None and joined and joined[-1][0] == charset:
            joined[-1] = (charset, joined[-1][1] + raw)
        else:
            joined.append((charset, raw))
    return joined


def _unpacked(kind: str, text: str) -> bytes:
    packed = text.encode("utf-8", "surrogateescape")
    if kind in "qQ":
        return quopri.decodestring(packed, header=True)
    packed = re.sub(rb"[^A-Za-z0-9+/]", b"", packed)
    try:
        return b64decode(packed[: len(packed) - (len(packed) % 4 == 1)] + b"==")
    except binascii.Error:
        return packed


def _words(raw: bytes, charset: str | None) -> str:
    name = widened(charset or "")
    if name:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            pass  # declared wrongly, as old systems do
    return decode_name(raw, "utf-8")
