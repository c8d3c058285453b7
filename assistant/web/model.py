"""The language model on the page: whether it answers, its speed, what it is used for."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from assistant.llm.endpoint import Endpoint
from assistant.llm.faults import told_both
from assistant.llm.status import Status, probe, status_of
from assistant.web.strings import both, say


class ModelView:
    """Shows one endpoint, or that there is none."""

    def __init__(self, endpoint: Endpoint | None) -> None:
        """Take the endpoint of the settings."""
        self._endpoint = endpoint

    def show(self) -> str:
        """Return what is known, without asking the endpoint anything."""
        if self._endpoint is None:
            return _section(f'<p class="muted">{say("model_none")}</p>')
        return render_status(status_of(self._endpoint))

    def probe(self) -> Iterator[str]:
        """Yield that it is being tried, then how that went."""
        if self._endpoint is None:
            yield self.show()
            return
        waiting = f'<p class="searching" role="status">{say("model_probing")}</p>'
        yield _section(waiting)
        yield render_status(probe(self._endpoint))


def render_status(status: Status) -> str:
    """Return the section about an endpoint."""
    rows = "".join(f"<tr><th>{say(key)}</th><td>{value}</td></tr>" for key, value in _rows(status))
    return _section(
        f'<p class="muted">{say("model_uses")}</p><div class="scroll"><table>{rows}</table></div>'
        f'<p><button class="quiet" data-probe>{say("model_probe")}</button></p>'
    )


def _section(body: str) -> str:
    return f'<section class="model"><h3>{say("model_title")}</h3>{body}</section>'


def _rows(status: Status) -> Iterator[tuple[str, str]]:
    figures = status.figures
    yield "model_name", f"<bdi>{escape(status.model)}</bdi>"
    if status.place:
        yield "model_place", f"<bdi>{escape(status.place)}</bdi>"
    yield "model_state", _state(status)
    if status.answered is not None:
        yield "model_answered", say("model_seconds_of", seconds=f"{status.answered:.2f}")
    if figures.first is not None:
        yield "model_first", say("model_seconds_of", seconds=f"{figures.first:.2f}")
    if figures.seconds is not None:
        yield "model_seconds", say("model_seconds_of", seconds=f"{figures.seconds:.1f}")
    if figures.per_second:
        yield "model_speed", say("model_tokens_of", tokens=f"{figures.per_second:.0f}")
    if figures.calls or figures.cached:
        yield "model_calls", f"{figures.calls} ({figures.cached})"
        yield "model_tokens", f"{figures.tokens_in} / {figures.tokens_out}"
    if figures.sentences:
        yield "model_checked", f"{figures.verified} / {figures.sentences}"
    if status.context is not None:
        key = "model_context_own" if status.counts else "model_context_high"
        yield "model_context", say(key, tokens=status.context)
    if figures.faults:
        yield (
            "model_faults",
            "<br>".join(f"{both(*told_both(kind))} × {n}" for kind, n in figures.faults.items()),
        )


def _state(status: Status) -> str:
    fault = f"{both('：', ': ')}{both(*told_both(status.fault))}" if status.fault else ""
    if status.state == "open":
        return f'<span class="bad">{say("model_state_open")}{fault}</span>'
    if status.fault:
        return f'<span class="bad">{both(*told_both(status.fault))}</span>'
    known = status.figures.calls or status.answered is not None
    return say("model_state_well" if known else "model_state_unknown")
