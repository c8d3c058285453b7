"""Whether the endpoint answers, how fast, and what it is used for."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.llm.breaker import State
from assistant.llm.endpoint import Endpoint
from assistant.llm.faults import FaultKind, ModelFaultError
from assistant.llm.figures import Figures

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

PROBE_WITHIN = 20.0  # seconds
USES = ("wording", "repair", "standalone")


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of the endpoint; holds no key and no words of a document.

    ``context`` in tokens and ``counts``, whether it counts tokens itself, are None as
    long as it was not asked; ``answered`` are the seconds that its first word took then.
    """

    model: str
    place: str
    state: State
    figures: Figures
    context: int | None = None
    counts: bool | None = None
    fault: FaultKind | None = None
    answered: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the status with plain values."""
        return asdict(self) | {"uses": list(USES)}


def status_of(endpoint: Endpoint) -> Status:
    """Return what is known without asking the endpoint anything."""
    figures = endpoint.figures
    identity = endpoint.identity
    return Status(
        identity.name, identity.place, endpoint.breaker.state, figures, fault=figures.last_fault
    )


def probe(endpoint: Endpoint) -> Status:
    """Ask the endpoint for a word, though it may be spared, and return what is known then."""
    from langchain_core.messages import HumanMessage

    asked: list[BaseMessage] = [HumanMessage("请只回答一个字：好")]
    endpoint.breaker.succeeded()  # somebody wants to know: it is tried
    fault: FaultKind | None = None
    answered: float | None = None
    began = time.monotonic()
    words = endpoint.words(asked, "probe", within=PROBE_WITHIN)
    try:
        for said in words:
            if said is not None and said.words.strip():
                answered = time.monotonic() - began
                break  # it answers; the rest is not needed
    except ModelFaultError as error:
        fault = error.kind
    finally:
        words.close()
    offered = endpoint.offered
    return replace(
        status_of(endpoint), context=offered.context, counts=offered.counts, fault=fault,
        answered=answered,
    )  # fmt: skip
