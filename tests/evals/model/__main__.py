"""Ask many questions with a language model, and look for what is wrongly shown as verified.

python -m tests.evals.model --tiny [--questions 300] [--out FILE] [--save]

Without ``--tiny`` the endpoint is that of YOUJU_LLM_URL. The answers are appended to
FILE; a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from assistant.chat import open_assistant
from assistant.errors import ModelSettingError
from assistant.llm.breaker import Breaker
from assistant.llm.endpoint import Endpoint, open_endpoint
from assistant.llm.settings import ModelSettings, read_model_settings
from assistant.llm.writing import Writer
from assistant.records import Turn
from index.build import build_index
from index.library import Library, open_library
from index.settings import read_settings
from tests.evals.model.judging import median, shown_as_verified, violations
from tests.evals.model.questions import questions
from tests.evals.model.tiny import NAME, tiny_server

HERE = Path(__file__).parent
ROOTS = (Path("corpus"), HERE.parent / "ledger" / "documents")
console = Console(highlight=False, soft_wrap=True)


def main() -> None:
    options = _options()
    with ExitStack() as stack:
        if options.tiny:
            url = stack.enter_context(tiny_server(2_048))
            # Short prompts: on two shared cores this model reads about sixty tokens a second.
            model = ModelSettings(
                url, NAME, context=options.context, longest=options.longest,
                first_token=120.0, total=240.0,
            )  # fmt: skip
        else:
            model = _set()
        folder = options.data_dir or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        library = stack.enter_context(open_library(read_settings(folder), "评测", create=True))
        build_index([_gathered(stack)], library)
        endpoint = open_endpoint(model)
        endpoint.breaker = Breaker(failures=1_000_000)  # every question is to be asked
        wanted = questions(library, options.questions)
        results = ask(wanted, library, endpoint, options.out, options.repairs)
        names = sorted({row.record.name for row in library.ledger.rows})
    figures = summed_up(results, names) | {"model": model.model}
    console.print_json(json.dumps(figures, ensure_ascii=False))
    if options.save:
        save(figures)


def ask(
    wanted: Sequence[dict[str, Any]], library: Library, endpoint: Endpoint, out: Path, repairs: int
) -> list[dict[str, Any]]:
    """Return one answer a question, those of ``out`` again and the others new."""
    assistant = open_assistant(library, Writer(endpoint, repairs=repairs))
    alone = open_assistant(library)
    known = {row["id"]: row for row in _kept(out) if not _unasked(row)}
    with out.open("a", encoding="utf-8") as stream:
        for question in track([q for q in wanted if q["id"] not in known], "提问"):
            history = [Turn(t["question"], t["answer"]) for t in question["history"]]
            plain = alone.answer(question["question"], history)
            answer = assistant.answer(question["question"], history).to_json()
            row = {"id": question["id"], "answer": answer, "verbatim_seconds": plain.seconds}
            row["whole"] = answer["answer"].endswith(plain.answer)
            known[question["id"]] = row
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
            stream.flush()
    return [known[q["id"]] for q in wanted if q["id"] in known]


def summed_up(results: Sequence[dict[str, Any]], names: Sequence[str]) -> dict[str, Any]:
    """Return the figures of a run."""
    worded = [r["answer"]["wording"] for r in results if "wording" in r["answer"]]
    wrong = [(r["id"], v) for r in results for v in violations(r["answer"], names)]
    return {
        "questions": len(results),
        "asked of the model": len(worded),
        "worded": sum(w["fallback"] is None for w in worded),
        "fallbacks": dict(Counter(w["fallback"] for w in worded if w["fallback"])),
        "sentences": sum(w["sentences"] for w in worded),
        "verified": sum(w["verified"] for w in worded),
        "repaired": sum(w["repaired"] for w in worded),
        "shown as verified": sum(len(shown_as_verified(r["answer"])) for r in results),
        "verbatim answer whole": sum(r["whole"] for r in results),
        "wrongly shown as verified": wrong,
        "median first token, s": median([w["first"] for w in worded if w["first"]]),
        "median seconds, worded": median([w["seconds"] for w in worded]),
        "median seconds, verbatim": median([r["verbatim_seconds"] for r in results]),
    }


def save(figures: dict[str, Any]) -> None:
    """Keep the figures beside those of the other evaluations."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    kept = {"date": date.today().isoformat(), "commit": commit, **figures}
    target = HERE.parent / "results" / f"{kept['date']}-model.json"
    target.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _gathered(stack: ExitStack) -> Path:
    """Return a folder with the documents of both, else the samples would step aside."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    for root in ROOTS:
        for file in root.iterdir():
            if file.is_file() and not file.name.endswith(".gold.json"):
                shutil.copy(file, folder)
    return folder


def _unasked(row: dict[str, Any]) -> bool:
    """Tell whether the endpoint gave no answer that could be checked: it is asked again."""
    wording = row["answer"].get("wording")
    return bool(wording) and wording["fallback"] in ("slow", "spared", "down", "endless")


def _kept(out: Path) -> Iterator[dict[str, Any]]:
    if out.exists():
        yield from (json.loads(line) for line in out.read_text("utf-8").splitlines())


def _set() -> ModelSettings:
    model = read_model_settings()
    if model is None:
        raise ModelSettingError("没有设置 YOUJU_LLM_URL。请设置接口，或加 --tiny 用自带的小模型。")
    return model


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiny", action="store_true", help="the tiny model of the tests")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--repairs", type=int, default=1, help="sentences mended an answer")
    parser.add_argument("--context", type=int, default=1_280, help="tokens, with --tiny")
    parser.add_argument("--longest", type=int, default=96, help="tokens, with --tiny")
    parser.add_argument("--out", type=Path, default=Path("artifacts/model-answers.jsonl"))
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--save", action="store_true", help="keep the figures in results/")
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    main()
