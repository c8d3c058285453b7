"""One English question in Chinese: by the form in which it asks.

What a question is limited to (a time, a document) goes before it; then the thing, what is
said of it, and the word of asking, in the order in which Chinese asks.
"""

from __future__ import annotations

import re

from assistant.translation.forms import FORMS
from assistant.translation.holdings import Holdings
from assistant.translation.states import stated
from assistant.translation.times import TIME
from assistant.translation.words import Worded, in_words

_C = r"[\u4e00-\u9fff\d.%]"
_GENRE = (
    r"(?:circular|register|ledger|notice|bulletin|report|minutes|briefing|list|document|speech"
    r"|summary|plan|announcement|newsletter|reply|table)"
)
_NO_HEAD = r"(?!(?:which|what|who|how|why|when|where|is|are|was|were|did|does|do|has|have)\b)"
_IN_DOCUMENT = re.compile(
    rf"(?:,? ?\b(?:according to|as (?:stated|listed|given|recorded) in|in|on|from|under|by) )"
    rf"(?:the |this |its )?(?P<d>(?:{_NO_HEAD}(?!(?:in|on|at|by|from|according)\b)[a-z’'\u4e00-\u9fff\d-]+ ){{0,6}}?{_GENRE}s?(?: 第\d+期)?(?! of (?!{_C})))"
    r"(?:,)?"
)
_IN_MEETING = re.compile(
    rf"\b(?:at|during|in) (?:the |this )?(?P<d>(?:{_NO_HEAD}[a-z’'\u4e00-\u9fff\d-]+ ){{0,5}}?(?:meeting|conference)"
    rf"(?: (?:on|about) (?:the )?(?!{_C})(?:[a-z-]+ ?){{1,3}})?)(?=[ ,?]|$)"
)
_AT_TIME = re.compile(
    rf"(?:,? ?\b(?P<p>in|at|by|on|during|as of|as at|for|of|from|before|no later than|until) )?(?:the )?(?P<t>{TIME})"
    rf"(?: (?:inspection|check|review))?(?![\u4e00-\u9fff])(?: period)?,?(?= |$|\?|,|')(?:'s)?"
)
_DUE = re.compile(
    r"\b(?:must|have to|has to|had to|due|deadline|required|need(?:s|ed)? to|to be (?:rectified|finished|completed))\b"
)

_LEAD = re.compile(
    r"^(?:and |so |then |please |can you |could you |tell me |do you know |i(?:'d| would) like to know )+"
)


_TURNED = re.compile(
    r"\b(?:has |have |had )?(?:went|gone|turned|moved|changed|switched) from (.+?) (?:back )?(?:in)?to (normal|[a-z ]+?)(?=$|[?,]| in )"
)


class Unsaid(Exception):
    """A word of the question has no Chinese that is known."""


def clause_in_chinese(text: str, held: Holdings, first: bool = True) -> str:
    """Return one English question, with Chinese names and times in it, in Chinese.

    Raises:
        Unsaid: something of it is not understood.
    """
    text = _LEAD.sub("", text.strip(" ?.,;"))
    text = re.sub(r"\b(?:in total|altogether|in all|combined)\b", " 一共", text)
    text = _TURNED.sub(r"由\1转为 \2", text)
    said = [_limited(text, held)] if first else [("", text)]
    limits, rest = said[0]
    rest = stated(re.sub(r"\s+", " ", rest).strip(" ,?.;"))
    for pattern, form in FORMS:
        match = pattern.fullmatch(rest)
        if match:
            return limits + form(match, lambda words: _said(words, held))
    return limits + _said(rest, held)


def _said(words: str | None, held: Holdings) -> str:
    worded: Worded = in_words(words or "", held)
    if worded.unknown:
        raise Unsaid(" ".join(worded.unknown))
    return worded.text


def _limited(text: str, held: Holdings) -> tuple[str, str]:
    """Return the documents and times that a question is limited to, and its rest."""
    found: list[str] = []
    for pattern, ending in ((_IN_DOCUMENT, "里"), (_IN_MEETING, "上")):
        match = pattern.search(text)
        if match:
            words = match["d"]
            about = re.search(r" (?:on|about) (.*)$", words)
            if about:
                words = f"{about[1]} {words[: about.start()]}"
            said = in_words(words, held)
            if not said.unknown and said.text:
                found.append(said.text.replace("专题会议", "专题会") + ending)
                text = f"{text[: match.start()]} {text[match.end() :]}"
    due = bool(_DUE.search(text))
    times: list[str] = []
    for match in list(_AT_TIME.finditer(text)):
        if match["p"] == "before" and not due:  # “built before 1990” is no time of the question
            continue
        before = "前" if match["p"] in ("by", "before", "no later than") and due else ""
        times.append(match["t"] + before)
        text = text.replace(match.group(), " ", 1)
    return "".join([*found, *times]), text
