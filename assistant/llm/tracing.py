"""A log of the model's calls in figures, through LangChain's callbacks; off by default.

It holds no words of a document, a question or an answer, and no key: what is erased
from the index need not be sought in it.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import BaseMessage
from langchain_core.outputs import LLMResult


class Trace(BaseCallbackHandler):
    """Appends one JSON line to a file for every call that begins, ends or fails."""

    def __init__(self, file: Path) -> None:
        """Write nothing yet."""
        self._file = file
        self._turn = threading.Lock()
        self._began: dict[UUID, float] = {}

    def on_chat_model_start(
        self,
        serialized: dict[str, Any],
        messages: list[list[BaseMessage]],
        *,
        run_id: UUID,
        metadata: dict[str, Any] | None = None,
        **kwargs: object,
    ) -> None:
        """Note that a call begins: how long its prompt is, and which it is."""
        del serialized, kwargs  # how the model was made, key and all
        self._began[run_id] = time.monotonic()
        texts = [str(message.content) for message in messages[0]]
        whole = hashlib.sha256("\x1e".join(texts).encode("utf-8", "replace")).hexdigest()
        self._write(
            run_id, "begin", purpose=(metadata or {}).get("purpose"), prompt=whole[:16],
            characters=sum(map(len, texts)),
        )  # fmt: skip

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **kwargs: object) -> None:
        """Note that it ended, with its tokens where the endpoint tells them."""
        del kwargs
        message = getattr(response.generations[0][0], "message", None)
        usage = getattr(message, "usage_metadata", None) or {}
        self._write(
            run_id, "end", seconds=self._seconds(run_id),
            tokens_in=usage.get("input_tokens"), tokens_out=usage.get("output_tokens"),
        )  # fmt: skip

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **kwargs: object) -> None:
        """Note that it failed: the sort of error, not its message, which may hold anything."""
        del kwargs
        self._write(run_id, "error", seconds=self._seconds(run_id), error=type(error).__name__)

    def _seconds(self, run_id: UUID) -> float | None:
        began = self._began.pop(run_id, None)
        return None if began is None else round(time.monotonic() - began, 3)

    def _write(self, run_id: UUID, event: str, **figures: object) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"at": now, "call": run_id.hex[:12], "event": event, **figures})
        with self._turn, self._file.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
