"""How a question and a passage become tokens. Training and answering share it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST = 256  # tokens in all
LONGEST_QUESTION, LONGEST_TITLE = 64, 24  # tokens
START_MARK, END_MARK = "<s>", "</s>"


@dataclass(frozen=True, slots=True)
class Tokens:
    """``<s> question </s></s> title ： passage </s>`` as token numbers.

    ``offset``: of the first token of the passage. ``places``: the half-open span of
    characters in the passage, for each token from ``offset``.
    """

    ids: list[int]
    offset: int
    places: list[tuple[int, int]]


def load_tokenizer(folder: Path) -> Any:  # noqa: ANN401 - tokenizers ships no types
    """Return the tokenizer of a sentence-transformers ``folder``, without cutting or padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def lay_out(tokenizer: Any, question: str, title: str, passage: str) -> Tokens:  # noqa: ANN401
    """Return the tokens of a pair; what is longer than ``LONGEST`` is cut from the passage."""
    start, end = tokenizer.token_to_id(START_MARK), tokenizer.token_to_id(END_MARK)
    asked = tokenizer.encode(question, add_special_tokens=False).ids[:LONGEST_QUESTION]
    above = tokenizer.encode(f"{title}：", add_special_tokens=False).ids if title else []
    read = tokenizer.encode(passage, add_special_tokens=False)
    head = [start, *asked, end, end, *above[:LONGEST_TITLE]]
    room = LONGEST - len(head) - 1
    return Tokens([*head, *read.ids[:room], end], len(head), list(read.offsets[:room]))
