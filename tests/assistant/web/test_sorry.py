"""An error is told in Chinese as it was written, and in English by its kind, both as text."""

from __future__ import annotations

import inspect

import pytest

import assistant.errors
import index.errors
from assistant.errors import AssistantError, DeskError, UnknownTurnError
from assistant.web.sorry import ENGLISH, OTHER, sorry
from index.errors import IndexingError

NOT_ON_THE_PAGE = {"BatchError", "LoginError", "BackupError", "AssistantError", "IndexingError"}


def test_the_nearest_kind_is_said() -> None:
    html = sorry(UnknownTurnError("没有<这次>问答。"))
    assert ENGLISH[UnknownTurnError] in html
    assert ENGLISH[DeskError] not in html
    assert "没有&lt;这次&gt;问答。" in html


@pytest.mark.parametrize("module", [assistant.errors, index.errors])
def test_every_error_that_the_page_can_tell_has_english_words(module: object) -> None:
    for name, kind in inspect.getmembers(module, inspect.isclass):
        if name in NOT_ON_THE_PAGE or not issubclass(kind, AssistantError | IndexingError):
            continue
        assert any(issubclass(kind, known) for known in ENGLISH), name


def test_what_nobody_thought_of_still_says_what_to_do() -> None:
    assert OTHER in sorry(AssistantError("怪"))
