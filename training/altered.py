"""Questions that a passage no longer answers: another year, figure or name is asked for.

After Rajpurkar, Jia and Liang, “Know What You Don't Know”, ACL 2018: a question that
looks right for a passage and is not. Here one word of the question that stands in the
passage, too, is exchanged for another of its kind that does not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import replace

from training.pairs import Pair

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_NAMES = ("nr", "ns", "nt")


def names_of(texts: Iterable[str]) -> dict[str, list[str]]:
    """Return the names in the texts by the tagger's kind of name, each once."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for word, flag in _tagged(text):
            found.setdefault(flag, set()).add(word)
    return {flag: sorted(words) for flag, words in found.items()}


def altered(pair: Pair, names: dict[str, list[str]], rng: random.Random) -> Pair | None:
    """Return the pair asked with another year, figure or name; None where it has none."""
    said = f"{pair.title}\n{pair.passage}"
    changes = [
        (found.group(), figure)
        for found in _FIGURE.finditer(pair.question)
        if found.group() in said and (figure := _other_figure(found.group(), said, rng))
    ]
    for word, flag in _tagged(pair.question):
        others = [w for w in rng.sample(names[flag], min(8, len(names[flag]))) if w not in said]
        if word in said and others:
            changes.append((word, others[0]))
    if not changes:
        return None
    old, new = rng.choice(changes)
    question = pair.question.replace(old, new)
    return replace(pair, question=question, start=0, end=0, relevant=False, source="altered")


def _tagged(text: str) -> Iterable[tuple[str, str]]:
    from jieba import posseg

    return [(w, f) for w, f in posseg.cut(text) if f in _NAMES and len(w) > 1]


def _other_figure(figure: str, said: str, rng: random.Random) -> str | None:
    """Return a figure near this one, as long as it, that is not said."""
    if "." in figure:
        whole, part = figure.split(".")
        found = f"{whole}.{rng.randrange(10 ** len(part)):0{len(part)}d}"
    elif len(figure) == 4:
        found = str(int(figure) + rng.choice((-20, -10, -4, -3, -2, -1, 1, 2, 3, 4, 10)))
    else:
        found = str(max(1, int(figure) + rng.choice((-2, -1, 1, 2, 3))))
    return None if found in said or found == figure else found
