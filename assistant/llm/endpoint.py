"""The language model as the assistant uses it: one for all, with its limits and its record.

Over any LangChain chat model, or an OpenAI-compatible endpoint by its settings.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from assistant.llm.breaker import Breaker
from assistant.llm.calls import Call, Limits, Spent
from assistant.llm.counting import CONTEXT, HighCounter, Lazily, Offered
from assistant.llm.faults import ENDPOINT_FAULTS, ModelFaultError
from assistant.llm.figures import Figures, Tally
from assistant.llm.settings import ModelSettings
from assistant.llm.thinking import Said

if TYPE_CHECKING:
    from langchain_core.callbacks import BaseCallbackHandler
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

logger = logging.getLogger(__name__)

Purpose = Literal[
    "answer", "records", "summary", "comparison", "repair", "standalone", "extraction", "probe"
]
HOPELESS = frozenset({"key", "missing", "limit"})  # trying again at once would not help


@dataclass(frozen=True, slots=True)
class Identity:
    """What a model is called, and where it is; both may be shown."""

    name: str
    place: str = ""


class Endpoint:
    """Calls a chat model, spares it when it fails, adds up what it costs.

    Calls from several threads are safe.
    """

    def __init__(
        self,
        model: Callable[[], BaseChatModel],
        identity: Identity,
        limits: Limits,
        *,
        offered: Callable[[], Offered],
        finishes: bool,
        fault_of: Callable[[Exception], ModelFaultError],
        structured: Callable[[dict[str, Any]], dict[str, Any]] = lambda schema: {},
        callbacks: Sequence[BaseCallbackHandler] = (),
        breaker: Breaker | None = None,
        disconnect: Callable[[BaseChatModel], None] = lambda model: None,
    ) -> None:
        """Begin nothing: ``model`` and ``offered`` are asked for at the first call.

        ``structured`` returns the options that ask for an answer of a JSON schema;
        ``finishes``, see ``Call``; ``fault_of`` names an error of the model.
        """
        self.identity = identity
        self.limits = limits
        self.breaker = breaker or Breaker()
        self.tally = Tally()
        self._make = model
        self._model: BaseChatModel | None = None
        self._offered = offered
        self._finishes = finishes
        self._fault_of = fault_of
        self.structured = structured
        self._callbacks = list(callbacks)
        self._disconnect = disconnect

    def close(self) -> None:
        """Close its connections; the next call opens new ones."""
        model, self._model = self._model, None
        if model is not None:
            self._disconnect(model)

    @property
    def offered(self) -> Offered:
        """Its context and its way of counting tokens."""
        return self._offered()

    @property
    def figures(self) -> Figures:
        """What it has cost so far, and how it went."""
        return self.tally.figures()

    def words(
        self,
        messages: Sequence[BaseMessage],
        purpose: Purpose,
        within: float | None = None,
        options: dict[str, Any] | None = None,
    ) -> Generator[Said | None, None, Spent]:
        """Yield what the model says, as it comes; None where it is silent for a while.

        Its value as a generator is what that has cost. ``within``: at
        most so many seconds.

        Raises:
            ModelFaultError: whatever went wrong, or the endpoint is being spared.
        """
        if not self.breaker.admits():
            self.tally.add_fault("spared")
            raise ModelFaultError("spared")
        call: Call | None = None
        settled = False
        try:
            call = self._call(messages, purpose, within, options)
            yield from call
            self.breaker.succeeded()
            self.tally.add(call.spent)
            settled = True
        except Exception as error:  # of the network, of the server's reply, of any model
            fault = self._fault_of(error)
            logger.warning("The model gave no %s: %s (%s)", purpose, fault.kind, _sort(error))
            self._blame(fault, hurried=within is not None)
            settled = True
            raise fault from None  # its own message may hold the key
        finally:
            if not settled:  # the caller went away
                self.breaker.abandoned()
        return call.spent

    def _call(
        self,
        messages: Sequence[BaseMessage],
        purpose: Purpose,
        within: float | None,
        options: dict[str, Any] | None,
    ) -> Call:
        if self._model is None:
            self._model = self._make()
        limits = self.limits
        if within is not None:
            limits = Limits(min(limits.first, within), min(limits.total, within), limits.longest)
        config = {"callbacks": self._callbacks, "metadata": {"purpose": purpose}}
        return Call(
            self._model, messages, limits, finishes=self._finishes,
            options={**(options or {}), "config": config},
        )  # fmt: skip

    def _blame(self, fault: ModelFaultError, *, hurried: bool) -> None:
        self.tally.add_fault(fault.kind)
        if hurried and fault.kind in ("slow", "endless"):  # it had less time than it may take
            self.breaker.abandoned()
        elif fault.kind in ENDPOINT_FAULTS:
            self.breaker.failed(at_once=fault.kind in HOPELESS, rest=fault.wait)
        else:
            self.breaker.abandoned()


def whole(words: Iterable[Said | None]) -> str:
    """Return all that a model says; raise ``ModelFaultError`` as ``Endpoint.words`` does."""
    text = ""
    for said in words:
        if said is not None:
            text = said.words if said.anew else text + said.words
    return text


def open_endpoint(settings: ModelSettings) -> Endpoint:
    """Return the endpoint of the settings; nothing is imported or sent before the first call."""

    def connected() -> BaseChatModel:
        from assistant.llm.openai import connect

        return connect(settings)

    def named(error: Exception) -> ModelFaultError:
        from assistant.llm.openai import fault_of

        return fault_of(error)

    def asked_as(schema: dict[str, Any]) -> dict[str, Any]:
        from assistant.llm.openai import structured

        return structured(schema, settings)

    def closed(model: BaseChatModel) -> None:
        from assistant.llm.openai import disconnect

        disconnect(model)

    callbacks: list[BaseCallbackHandler] = []
    if settings.trace is not None:
        from assistant.llm.tracing import Trace

        callbacks.append(Trace(settings.trace))
    return Endpoint(
        connected,
        Identity(settings.model, settings.host),
        Limits(settings.first_token, settings.total, settings.longest),
        offered=Lazily(settings).get,
        finishes=True,
        fault_of=named,
        structured=asked_as,
        callbacks=callbacks,
        disconnect=closed,
    )


def endpoint_of(
    model: BaseChatModel, name: str = "", *, context: int = CONTEXT, limits: Limits | None = None
) -> Endpoint:
    """Return an endpoint over a LangChain chat model that a program brings along."""

    def named(error: Exception) -> ModelFaultError:
        return error if isinstance(error, ModelFaultError) else ModelFaultError("failing")

    offered = Offered(context, HighCounter())
    return Endpoint(
        lambda: model,
        Identity(name or type(model).__name__),
        limits or Limits(15.0, 60.0, 1_024),
        offered=lambda: offered,
        finishes=False,
        fault_of=named,
    )


def _sort(error: Exception) -> str:
    """Return the sort of an error: its message may hold the key, or anything."""
    return f"{type(error).__module__}.{type(error).__qualname__}"
