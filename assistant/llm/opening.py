"""Who words the answers, by the settings of the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.llm.settings import read_model_settings
from index.library import Library

if TYPE_CHECKING:
    from assistant.llm.writing import Writer


def open_writer(library: Library) -> Writer | None:
    """Return who words the answers, None where no language model is set.

    ``library`` is the whole one: what the model has written is kept in its database.

    Raises:
        ModelSettingError: a setting of the model cannot be used.
    """
    settings = read_model_settings()
    if settings is None:
        return None
    from assistant.llm.cache import AnswerCache
    from assistant.llm.endpoint import open_endpoint
    from assistant.llm.writing import Writer

    return Writer(open_endpoint(settings), AnswerCache(library.database))
