"""Results as JSON under ``tests/evals/results``: figures, with what they were measured on."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.evals.public.answers import PROJECT
from tests.evals.public.parts import Part

RESULTS = PROJECT / "tests" / "evals" / "results"
FORM = 1  # of the files; a reader of older ones can tell them apart


@dataclass(frozen=True, slots=True)
class Measured:
    """A part with its figures; ``crashed`` questions are not among ``questions``."""

    part: Part
    questions: int
    crashed: int
    figures: Mapping[str, Any]


def save(measured: Sequence[Measured], about: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write one file a set and return them; ``about`` is put in each.

    Figures are shares of 1, rounded to four places; times are seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.now().astimezone()
    by_set: dict[str, list[Measured]] = {}
    for one in measured:
        by_set.setdefault("-".join([one.part.set, *one.part.shape[:1]]), []).append(one)
    written = []
    for name, group in by_set.items():
        kept = {
            "form": FORM,
            "date": moment.isoformat(timespec="seconds"),
            **about,
            "set": group[0].part.set,
            "parts": [
                {
                    "part": one.part.name,
                    "shape": list(one.part.shape),
                    "questions": one.questions,
                    "of": one.part.of,
                    "crashed": one.crashed,
                    "figures": _rounded(one.figures),
                }
                for one in group
            ],
        }
        safe = re.sub(r"[^\w.-]+", "_", name)
        path = folder / f"{moment:%Y-%m-%dT%H%M%S}-{safe}.json"
        text = json.dumps(kept, ensure_ascii=False, indent=1, allow_nan=False)
        path.write_text(text + "\n", encoding="utf-8")
        written.append(path)
    return written


def machine() -> dict[str, Any]:
    """Return cores, processor and load; times mean little without them."""
    return {
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "processor": _processor(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def commit() -> dict[str, Any]:
    """Return the commit, and whether the measured packages differ from it."""
    packages = ["assistant", "index", "prompts"]
    return {
        "commit": _git("rev-parse", "--short", "HEAD"),
        "changed": bool(_git("status", "--porcelain", "--", *packages)),
    }


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(PROJECT), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:  # no git here; the figures are still worth keeping
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", lines, re.MULTILINE)
    return found[1] if found else platform.machine()


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, 4) if isinstance(value, float) else value
