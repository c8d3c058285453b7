"""Sentences that set an earlier figure, date, person or unit right: “由X更正为Y”, “延至Y”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.grids.reading import Kept
from assistant.statements import Source
from index.database import FileContent
from index.records import Document, View
from index.sentences import sentences
from index.words import fold

_VERB = (
    r"(?:(?:更正|订正|调整|变更|修正|修改|改|延期|延长|顺延|推迟|提前|延|核减|核增|核定|更换|换|上调|下调|压减|缩减|追加"
    r"|调[减增高低])(?:为|至|到|成)|调为)"
)
# A folded comma ends a value, but for one between thousands.
_VALUE = r"(?:[^，,。；;（）()\n]|(?<=\d),(?=\d{3})){1,24}"
_AMENDS = re.compile(
    rf"(?:(?:由|从)(?:原(?:来|定)?的?)?(?P<old>[^，。；;由从\n]{{1,24}}?)(?:统一|相应|同意|依次|同步)?{_VERB}(?P<new>{_VALUE}))"
    rf"|(?:(?:由|从)(?P<less>[^，。；;由从\n]{{1,24}}?)(?:减少|增加|增|减|提高|降低?|下降|上升|扩大|压缩)(?:到|至|为)(?P<new4>{_VALUE}))"
    rf"|(?P<bare>{_VERB})(?P<new2>{_VALUE})"
    rf"|(?P<was>[“\"]?{_VALUE}[”\"]?)(?:应当?|实际?)为(?P<new3>{_VALUE})"
)


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change told in a sentence: ``old`` (“” where it is not said), ``new`` as a span of it.

    ``corrects`` is false where the thing itself has grown or shrunk.
    """

    old: str
    new: tuple[int, int]
    start: int
    corrects: bool = True


@dataclass(frozen=True, slots=True)
class Filed:
    """A sentence that amends, where it stands; ``about`` is its whole paragraph."""

    amendment: Amendment
    view: View
    low: int
    high: int
    file_id: int
    document: Document
    about: str

    @property
    def source(self) -> Source:
        """Where the sentence stands."""
        return Source(self.file_id, self.document.ordinal, *self.view.span(self.low, self.high))

    @property
    def text(self) -> str:
        """Return the sentence."""
        return self.view.text[self.low : self.high]


def amendments_in(sentence: str) -> Iterator[Amendment]:
    """Yield the changes that a sentence tells, in order."""
    for match in _AMENDS.finditer(sentence):
        new = next(g for g in ("new", "new2", "new3", "new4") if match[g])
        old = match["old"] or match["was"] or match["less"] or ""
        if new == "new2" and not old:
            # “原通报1—9月完成6520万元，……，更正为7120万元”: what it was stands before.
            was = re.search(r"原[^，。；]{2,24}", sentence[: match.start()])
            old = was.group() if was else ""
        yield Amendment(old.strip('“”"'), match.span(new), match.start(), new != "new4")


def amendments_of(file_id: int, content: FileContent) -> tuple[Filed, ...]:
    """Return all sentences of a file that set something right."""
    return _amendments(file_id, Kept(content))


@lru_cache(maxsize=64)
def _amendments(file_id: int, kept: Kept) -> tuple[Filed, ...]:
    content = kept.content
    found = []
    for document in content.structure.documents:
        view = content.structure.reading.view(document.start, document.end)
        if not re.search(_VERB + r"|[应实]为|[减增降扩压升少加高低下大缩](?:到|至|为)", view.text):
            continue
        for low, high in sentences(view):
            first = view.text.rfind("\n", 0, low) + 1
            last = view.text.find("\n", high)
            about = view.text[first : last if last >= 0 else len(view.text)]
            for one in amendments_in(fold_same(view.text[low:high])):
                found.append(Filed(one, view, low, high, file_id, document, about))
    return tuple(found)


def fold_same(text: str) -> str:
    """Return the text folded in place: what folding would make longer (“℃”) stays as it is."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "\n".join(_line_same(line) for line in text.split("\n"))


def _line_same(line: str) -> str:
    folded = fold(line)
    if len(folded) == len(line):
        return folded
    return "".join(one if len(one := fold(char)) == 1 else char for char in line)
