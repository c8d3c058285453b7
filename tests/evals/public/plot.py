"""The main figures over time as an SVG: ``python -m tests.evals.public.plot``.

One small panel a figure, one point a saved result (``tests/evals/results``), the goal
as a dashed line. Written by hand: a drawing library would bring fonts and metadata
that change with its version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tests.evals.public.answers import PROJECT
from tests.evals.public.keeping import RESULTS

TARGET = PROJECT / "docs" / "figures-over-time.svg"
WIDTH, HEIGHT, GAP = 220, 120, 44  # of a panel, pixels
COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Panel:
    """A figure to follow: where it stands in the results, and what it should reach.

    ``fall``: smaller is better. ``shape`` is how the set was asked (``Part.shape``).
    """

    title: str
    set: str
    part: str
    figure: str
    goal: float | None
    fall: bool = False
    shape: str = ""


PANELS = (
    Panel("xquad_zh recall@1", "xquad_zh", "whole", "retrieval/ranked/recall@1", 0.96),
    Panel("xquad_en2zh recall@1", "xquad_en2zh", "whole", "retrieval/ranked/recall@1", 0.82),
    Panel("drcd recall@1", "drcd_dev", "whole", "retrieval/ranked/recall@1", 0.95),
    Panel("drcd simplified recall@1", "drcd_dev", "whole", "retrieval/ranked/recall@1", 0.94,
          shape="simplified"),
    Panel("drcd F1, retrieved", "drcd_dev", "whole", "f1", 0.65),
    Panel("xquad_zh F1, retrieved", "xquad_zh", "whole", "f1", 0.65),
    Panel("xquad_zh F1, passage given", "xquad_zh", "given", "f1", 0.65),
    Panel("stard recall@10", "stard_laws", "whole", "retrieval/ranked/recall@10", 0.55),
    Panel("stard recall@10, 5,000 passages", "stard_laws", "whole", "retrieval/ranked/recall@10",
          None, shape="5000 passages, seed 7"),
    Panel("rgb noise 0, ≤ 150", "rgb_zh", "noise0", "accuracy_150", 0.94),
    Panel("rgb noise 40, ≤ 150", "rgb_zh", "noise40", "accuracy_150", 0.90),
    Panel("rgb noise 80, ≤ 150", "rgb_zh", "noise80", "accuracy_150", 0.78),
    Panel("rgb noise 0, short", "rgb_zh", "noise0", "short_60", 0.72),
    Panel("rgb noise 40, short", "rgb_zh", "noise40", "short_60", 0.70),
    Panel("rgb noise 80, short", "rgb_zh", "noise80", "short_60", 0.55),
    Panel("rgb refusals, noise 100", "rgb_zh", "noise100", "refused", 0.70),
    Panel("rgb false refusals, noise 40", "rgb_zh", "noise40", "refused", 0.10, fall=True),
    Panel("rgb several documents", "rgb_zh", "int_noise0", "accuracy_150", 0.40),
    Panel("our samples", "samples", "questions", "right", 0.90),
    Panel("figures not in quotes", "drcd_dev", "whole", "loose_figures", 0.0, fall=True),
)  # fmt: skip


def draw(results: Path = RESULTS) -> Path:
    """Write the drawing of all saved results and return where it is.

    Results that are kept elsewhere are drawn beside them.
    """
    target = TARGET if results == RESULTS else results / TARGET.name
    saved = list(_saved(results))
    moments = sorted({one["date"] for one in saved})
    rows = -(-len(PANELS) // COLUMNS)
    width, height = COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for place, panel in enumerate(PANELS):
        x = GAP + place % COLUMNS * (WIDTH + GAP)
        y = GAP + place // COLUMNS * (HEIGHT + GAP)
        parts += _panel(panel, points(panel, saved), moments, x, y)
    if moments:
        span = f"{len(saved)} results, {moments[0][:10]} to {moments[-1][:10]}; dashed: the goal"
        parts.append(f'<text x="{GAP}" y="{height - 12}" fill="#666">{span}</text>')
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")
    return target


def points(panel: Panel, saved: Sequence[Mapping[str, Any]]) -> list[tuple[str, float]]:
    """Return (date, value) of a figure, oldest first."""
    found = []
    for one in saved:
        for part in one["parts"] if one["set"] == panel.set else ():
            if part["part"] != panel.part or "; ".join(part["shape"]) != panel.shape:
                continue
            value: Any = part["figures"]
            for key in panel.figure.split("/"):
                value = value.get(key) if isinstance(value, Mapping) else None
            if isinstance(value, int | float):
                found.append((one["date"], float(value)))
    return sorted(found)


def _saved(results: Path) -> Iterator[dict[str, Any]]:
    """Yield the results, those of ``tests.evals.run`` in this form too."""
    for path in sorted(results.glob("*.json")):
        one = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(one, dict) and {"form", "set", "parts"} <= one.keys():
            yield one
        elif isinstance(one, dict) and {"date", "questions", "right", "of"} <= one.keys():
            figures = {"right": one["right"] / one["of"]}
            part = {"part": "questions", "shape": [], "figures": figures}
            yield {"date": one["date"], "set": one["questions"], "parts": [part]}


def _panel(
    panel: Panel, found: Sequence[tuple[str, float]], moments: Sequence[str], x: int, y: int
) -> list[str]:
    def across(moment: str) -> float:
        return x + 8 + (WIDTH - 16) * (moments.index(moment) + 1) / (len(moments) + 1)

    def up(value: float) -> float:
        return y + HEIGHT * (1 - value)

    drawn = [
        f'<text x="{x}" y="{y - 8}" font-weight="bold">{escape(panel.title)}</text>',
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#bbb"/>',
    ]
    if panel.goal is not None:
        goal, sign = up(panel.goal), "≤" if panel.fall else "≥"
        drawn += [
            f'<line x1="{x}" x2="{x + WIDTH}" y1="{goal:.1f}" y2="{goal:.1f}" stroke="#c33" '
            'stroke-dasharray="4 3"/>',
            f'<text x="{x + WIDTH - 2}" y="{y - 8}" fill="#c33" text-anchor="end">'
            f"{sign} {100 * panel.goal:.0f}</text>",
        ]
    if not found:
        return [*drawn, f'<text x="{x + 8}" y="{y + HEIGHT / 2}" fill="#888">not measured</text>']
    line = " ".join(f"{across(moment):.1f},{up(value):.1f}" for moment, value in found)
    drawn.append(f'<polyline points="{line}" fill="none" stroke="#247" stroke-width="1.5"/>')
    for moment, value in found:
        drawn.append(
            f'<circle cx="{across(moment):.1f}" cy="{up(value):.1f}" r="3" fill="#247">'
            f"<title>{escape(moment)}: {100 * value:.1f}</title></circle>"
        )
    moment, value = found[-1]
    place = up(value) - 7 if value < 0.85 else up(value) + 15
    drawn.append(
        f'<text x="{across(moment):.1f}" y="{place:.1f}" text-anchor="middle">'
        f"{100 * value:.1f}</text>"
    )
    return drawn


if __name__ == "__main__":
    draw()
