"""Pictures on pages that also have text: which may hold words, and both kinds on one page."""

from __future__ import annotations

from dataclasses import replace

from index.load.pdf_page import Area, Glyph, RawPage, Rule, Run

LEAST_SHARE = 0.12  # of the page; smaller pictures are logos, seals and signatures
MAX_GLYPHS = 5  # over a picture; more of them and it is a background


def wordless_pictures(raw: RawPage) -> list[Area]:
    """Return the large pictures over which hardly any text stands."""
    least = LEAST_SHARE * raw.width * raw.height
    large = [area for area in raw.pictures if _size(_clipped(area, raw)) >= least]
    if not large:
        return []
    middles = [_middle(g) for run in raw.runs for g in run.glyphs if not g.text.isspace()]
    return [area for area in large if sum(_holds(area, *m) for m in middles) <= MAX_GLYPHS]


def merged(text: RawPage, recognised: RawPage) -> RawPage:
    """Return the page with those recognised words that stand in its pictures.

    Words of the text layer are exact; recognised ones over them are the same words.
    """
    areas = wordless_pictures(text)
    runs = [r for run in recognised.runs if (r := _shown(run, recognised, text))]
    added = tuple(run for run in runs if any(_holds(area, *_run_middle(run)) for area in areas))
    posture = recognised.posture
    straight = posture is None or not (posture.quarters or posture.skew)
    scale = text.width / recognised.width if straight else 1.0
    rules = [_scaled(rule, scale) for rule in recognised.rules] if straight else []
    inside = tuple(r for r in rules if any(_holds(a, *_rule_middle(r)) for a in areas))
    return replace(text, runs=text.runs + added, rules=text.rules + inside)


def _shown(run: Run, recognised: RawPage, text: RawPage) -> Run | None:
    """Return a recognised run in the text page's coordinates."""
    if recognised.posture is None:
        return run
    glyphs = []
    for glyph in run.glyphs:
        x0, top, x1, bottom = recognised.posture.shown(glyph[1:5])
        glyphs.append(
            Glyph(
                glyph.text, x0 * text.width, top * text.height,
                x1 * text.width, bottom * text.height, glyph.confidence,
            )
        )  # fmt: skip
    return replace(run, glyphs=tuple(glyphs)) if glyphs else None


def _scaled(rule: Rule, scale: float) -> Rule:
    return Rule(rule.x0 * scale, rule.top * scale, rule.x1 * scale, rule.bottom * scale)


def _clipped(area: Area, raw: RawPage) -> Area:
    return max(area[0], 0), max(area[1], 0), min(area[2], raw.width), min(area[3], raw.height)


def _size(area: Area) -> float:
    return max(area[2] - area[0], 0) * max(area[3] - area[1], 0)


def _holds(area: Area, x: float, y: float) -> bool:
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _middle(glyph: Glyph) -> tuple[float, float]:
    return (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2


def _run_middle(run: Run) -> tuple[float, float]:
    first, last = run.glyphs[0], run.glyphs[-1]
    return (first.x0 + last.x1) / 2, (first.top + last.bottom) / 2


def _rule_middle(rule: Rule) -> tuple[float, float]:
    return (rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2
