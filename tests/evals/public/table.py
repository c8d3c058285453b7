"""The figures of a run as tables in the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

Figures = Mapping[str, Any]
Results = Mapping[str, tuple[int, Figures]]  # title of a part -> (questions, its figures)


def _share(value: Any) -> str:
    return "–" if value is None else f"{value:.3f}"


def _percent(value: Any) -> str:
    return "–" if value is None else f"{100 * value:.1f}"


def _seconds(value: Any) -> str:
    return "–" if value is None else f"{value:.2f}"


RETRIEVAL: tuple[tuple[str, str], ...] = (
    ("recall@1", "R@1"), ("recall@5", "R@5"), ("recall@10", "R@10"), ("recall@100", "R@100"),
    ("hit@1", "hit@1"), ("mrr", "MRR"), ("ndcg@10", "nDCG@10"),
)  # fmt: skip
ANSWERS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("right", "right", _percent), ("exact_match", "EM", _percent), ("f1", "F1", _percent),
    ("accuracy_150", "≤150", _percent), ("short_60", "short", _percent),
    ("any_length", "any length", _percent), ("parts_150", "parts", _percent),
    ("refused", "refused", _percent), ("refused_without", "left out", _percent),
    ("repeats_false", "false", _percent),
    ("sentences_verified", "verified", _percent), ("fell_back", "fell back", _percent),
    ("median_seconds", "median s", _seconds), ("p95_seconds", "p95 s", _seconds),
)  # fmt: skip
CITATIONS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("citation_recall", "cites relevant", _percent),
    ("citation_precision", "precision", _percent),
    ("false_citations", "false", _percent),
    ("loose_figures", "figures not in quotes", _percent),
    ("loose_words", "words not in quotes", _percent),
)  # fmt: skip


def print_tables(results: Results, console: Console) -> None:
    """Print retrieval, answers, citations and causes; shares of 1, or per cent for answers."""
    _print_retrieval(results, console)
    _print(results, ANSWERS, "answers, per cent", console)
    _print(results, CITATIONS, "citations, per cent of answers", console)
    for title, (_, figures) in results.items():
        for name in ("causes", "types"):
            if figures.get(name):
                told = ", ".join(f"{k} {_count(v)}" for k, v in figures[name].items())
                console.print(f"{title} {name}: {told}", markup=False)


def _count(value: float) -> str:
    return _percent(value) if isinstance(value, float) else str(value)


def _print_retrieval(results: Results, console: Console) -> None:
    table = Table(title="retrieval", title_justify="left")
    table.add_column("set", no_wrap=True)
    for heading in ("of", "ranking", *(short for _, short in RETRIEVAL)):
        table.add_column(heading)
    for title, (count, figures) in results.items():
        for name, row in figures.get("retrieval", {}).items():
            table.add_row(title, str(count), name, *(_share(row[key]) for key, _ in RETRIEVAL))
            title = ""
        table.add_section()
    if table.row_count:
        console.print(table)


def _print(
    results: Results,
    columns: Sequence[tuple[str, str, Callable[[Any], str]]],
    title: str,
    console: Console,
) -> None:
    """Print the columns for which there is any figure."""
    used = [c for c in columns if any(f.get(c[0]) is not None for _, f in results.values())]
    if not used:
        return
    table = Table(title=title, title_justify="left")
    table.add_column("set", no_wrap=True)
    for heading in ("of", *(short for _, short, _ in used)):
        table.add_column(heading)
    for part, (count, figures) in results.items():
        if any(figures.get(key) is not None for key, _, _ in used):
            cells = [_cell(figures, key, told) for key, _, told in used]
            table.add_row(part, str(count), *cells)
    console.print(table)


def _cell(figures: Figures, key: str, told: Callable[[Any], str]) -> str:
    if key not in figures:
        return ""
    right = key == "refused" and figures.get("answerable") is False
    return told(figures[key]) + (" ✓" if right else "")
