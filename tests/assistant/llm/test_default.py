"""Without a setting there is no model, and nothing of it is loaded."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.finishing import own_words
from tests.assistant.llm.conftest import Asked, speaking

ROOT = Path(__file__).parents[3]
SCRIPT = """
import sys
import assistant.chat, assistant.web.desks, assistant.api.routes
from assistant.llm.opening import open_writer
assert open_writer(None) is None
loaded = [m for m in ("assistant.llm.writing", "langchain_openai", "openai", "tiktoken")
          if m in sys.modules]
print(loaded)
"""


def test_without_a_setting_nothing_of_a_model_is_loaded(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_the_terminal_says_that_there_is_none(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "model"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "没有设置语言模型" in done.stdout


def test_a_follow_up_leans_on_what_the_code_has_listed(office: Callable[..., Any]) -> None:
    def honest(asked: Asked) -> list[str]:
        return [f"- 石桥改建工程因征地协议未签{asked.key('石桥')}。"]

    question = "哪些项目未开工，原因是什么？"
    with office(speaking(honest)) as there:
        worded, own = there.assistant.answer(question), there.alone.answer(question)
    assert worded.answer != own.answer
    assert own_words(worded.answer) == own.answer
    assert own_words(own.answer) == own.answer
