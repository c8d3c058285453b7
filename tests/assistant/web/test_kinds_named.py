"""What a question was understood as is said in words, never by a name of the code."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.web.strings import VALUES

CODE = Path(__file__).parents[3] / "assistant"
_KIND = re.compile(r'interpretation\s*=\s*\{"kind": "([a-z_]+)"')


def test_every_way_of_answering_has_a_name_on_the_page() -> None:
    kinds = {kind for path in CODE.rglob("*.py") for kind in _KIND.findall(path.read_text("utf-8"))}
    assert {"thing", "later", "table"} <= kinds
    assert kinds <= VALUES.keys()
