"""What opens a list where a colon would: “建成投用的有——甲局牵头的A、B；……”.

All that reads lists looks for colons; a dash behind a word that leads in is read as one.
"""

from __future__ import annotations

import re

from index.records import View

_OPENS = re.compile(r"(?<=[有是为括含下])[—–─]{1,3}(?=[\u4e00-\u9fff“《（(0-9A-Za-z])")


def with_colons(view: View) -> View:
    """Return the view with a colon, at the place of the first dash, where dashes open a list."""
    text, offsets, at = [], [], 0
    for match in _OPENS.finditer(view.text):
        text += [view.text[at : match.start()], "："]
        offsets += [*view.offsets[at : match.start()], view.offsets[match.start()]]
        at = match.end()
    if not at:
        return view
    return View("".join(text) + view.text[at:], (*offsets, *view.offsets[at:]))
