"""What a document about one thing says of it without its name (“该项目拟用地……”)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.statements import Source
from assistant.things.amended import fold_same
from assistant.things.remarks import Remark, Thing
from index.records import Document, View
from index.sentences import sentences
from index.words import fold

# What a document about one thing calls it after its first sentence.
_IT = re.compile(r"(?:[该本此]|^|[，,]|[\u4e00-\u9fff]{2})(?:项目|工程)(?!部|经理|库|建议书|清单)")
OPENING = 200  # characters in which a document says what it is about


def of_its_own(
    thing: Thing,
    file_id: int,
    document: Document,
    view: View,
    others: Sequence[str],
    dated: Source | None,
) -> Iterator[Remark]:
    """Yield the sentences of a document about the thing alone, which seldom repeat its name.

    Its title names the thing and no other, or else all that it names is that: “该项目拟用地……”,
    “迁建项目选址在……” are then said of it.
    """
    title, text = fold(document.title), fold_same(view.text)
    titled = any(name in title for name in thing.names)
    at = next((at for name in thing.names if (at := text.find(name)) >= 0), -1)
    if not titled and not 0 <= at < OPENING:
        return  # most documents: the many other names are not looked for in them
    if any(other in (title if titled else text) for other in others):
        return
    head = Source(file_id, document.ordinal, *view.span(max(at, 0), max(at, 0) + len(thing.name)))
    for a, b in sentences(view):
        said = text[a:b]
        if any(other in said for other in others) or not _IT.search(said):
            continue
        yield Remark(
            "sentence", "", view.text[a:b], file_id, document.ordinal, document.date or "",
            document.title, document.title, view.text[a:b], view=view, low=a, high=b, head=head,
            date_text=document.date_text or "", dated=dated,
        )  # fmt: skip
