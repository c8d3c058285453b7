"""Answer frames and prompts, one text file each, in Chinese (zh) and English (en)."""

from __future__ import annotations

import string
from functools import cache
from importlib.resources import files


class PromptError(ValueError):
    """A frame does not exist, or its variables and those given differ."""


def render(name: str, language: str, /, **variables: object) -> str:
    """Return the frame ``prompts/<language>/<name>.txt`` with its ``{variables}`` filled in.

    Values are inserted as they are: braces inside them mean nothing.

    Raises:
        PromptError: there is no such frame, or a variable is missing or unused.
    """
    template, wanted = _load(name, language)
    given = set(variables)
    if given != wanted:
        missing, unused = sorted(wanted - given), sorted(given - wanted)
        raise PromptError(f"Frame {language}/{name}: missing {missing}, unused {unused}.")
    return template.format(**variables)


@cache
def _load(name: str, language: str) -> tuple[str, frozenset[str]]:
    source = files(__package__).joinpath(language, f"{name}.txt")
    if not source.is_file():
        raise PromptError(f"There is no frame {language}/{name}.txt.")
    template = source.read_text(encoding="utf-8").rstrip("\n")
    fields = [field for _, field, _, _ in string.Formatter().parse(template) if field is not None]
    if not all(field.isidentifier() for field in fields):
        raise PromptError(f"Frame {language}/{name}: every field must be a plain {{name}}.")
    return template, frozenset(fields)
