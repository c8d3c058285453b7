"""A follow-up that the code cannot resolve, made standalone by the model, and checked.

It is only used where its names and figures come from the conversation.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.citations import figures, numerals
from assistant.llm.endpoint import Endpoint
from assistant.llm.faults import ModelFaultError
from assistant.llm.neutral import gives_orders, is_foreign
from assistant.llm.prompting import resolving
from assistant.llm.structured import ask_json
from assistant.records import Turn
from index.words import fold, units

SCHEMA = {
    "type": "object",
    "properties": {"question": {"type": "string"}},
    "required": ["question"],
    "additionalProperties": False,
}
WITHIN = 8.0  # seconds: the asker waits for this before anything else
LONGEST = 300  # characters
GROUNDED = 0.7  # share of its words that the conversation must hold; the rest are those of asking


def resolve(
    endpoint: Endpoint,
    question: str,
    history: Sequence[Turn],
    names: Collection[str],
    language: str,
) -> str | None:
    """Return the question as it can be read alone, None where no such text can be trusted."""
    try:
        reply = ask_json(
            endpoint, resolving(question, history, language), SCHEMA, "standalone", WITHIN
        )
    except ModelFaultError:
        return None  # the code's own reading stands
    text = reply.get("question")
    if not isinstance(text, str):
        return None
    text = " ".join(text.split())
    said = "\n".join([question, *(f"{turn.question}\n{turn.answer}" for turn in history)])
    return text if is_grounded(text, said, names) and text != question else None


def is_grounded(text: str, said: str, names: Collection[str]) -> bool:
    """Tell whether a rewritten question says nothing that the conversation does not."""
    if not 2 <= len(text) <= LONGEST or is_foreign(text) or gives_orders(text):
        return False
    bare = {value for value, _ in figures(said)} | numerals(said)
    if any(value not in bare for value, _ in figures(text)):
        return False
    if any(name in text and name not in said for name in names):
        return False
    words, known = units(fold(text)), set(units(fold(said)))
    return bool(words) and sum(word in known for word in words) >= GROUNDED * len(words)
