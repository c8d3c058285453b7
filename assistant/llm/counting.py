"""How many tokens a text has for the model in use: asked of the endpoint, or counted high."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from assistant.llm.settings import NO_KEY, ModelSettings

if TYPE_CHECKING:
    import httpx

logger = logging.getLogger(__name__)

CONTEXT = 8_192  # tokens, where neither the settings nor the endpoint says
# Tokens of a character, counted high. Measured on the sample documents: 0.6 to 0.8 a Chinese
# character with the vocabularies of Chinese models; 2.3 with that of SmolLM2, which has few.
WIDE, NARROW = 2.0, 0.5
MARGIN = 64  # tokens that a chat template adds around the messages
WAIT = 2.0  # seconds for an answer about tokens; it is asked once whether there is one


class Counter(Protocol):
    """Counts tokens. Calls from several threads are safe."""

    def count(self, text: str) -> int:
        """Return the tokens of a text, rather too many than too few."""
        ...


class HighCounter:
    """Counts without a vocabulary."""

    def count(self, text: str) -> int:
        """Return more tokens than most vocabularies would give."""
        wide = sum(ord(char) > 0x2E7F for char in text)
        return int(wide * WIDE + (len(text) - wide) * NARROW) + 1


class EndpointCounter:
    """Counts with the endpoint's own ``/tokenize`` (vLLM, llama.cpp), beside its API."""

    def __init__(self, client: httpx.Client, url: str, model: str) -> None:
        """Take the client that knows the key; nothing is sent yet."""
        self._client = client
        self._url = url
        self._model = model
        self._high = HighCounter()
        self._dead = False
        self._known = lru_cache(maxsize=2_000)(self._ask)

    def count(self, text: str) -> int:
        """Return the tokens; counted high from the first time on that no count comes."""
        if self._dead:
            return self._high.count(text)
        try:
            return self._known(text)
        except (ValueError, KeyError, TypeError) as error:
            logger.warning("The endpoint counts no tokens (%s)", type(error).__name__)
            self._dead = True
            return self._high.count(text)

    def _ask(self, text: str) -> int:
        # llama.cpp reads content, vLLM model and prompt; each leaves the other's alone.
        sent = {"content": text, "model": self._model, "prompt": text}
        return tokens_in(_json(self._client, "POST", f"{self._url}/tokenize", sent))


def tokens_in(reply: dict[str, Any]) -> int:
    """Return the number of tokens that a reply of ``/tokenize`` tells; ``KeyError`` for none."""
    return int(reply["count"]) if "count" in reply else len(reply["tokens"])


@dataclass(frozen=True, slots=True)
class Offered:
    """What an endpoint offers beside its API: a context in tokens, and whether it counts."""

    context: int
    counter: Counter
    counts: bool = False


def ask_offered(settings: ModelSettings) -> Offered:
    """Return what the endpoint offers; what it does not tell is assumed."""
    import httpx

    from assistant.llm.openai import is_near

    headers = {} if settings.key == NO_KEY else {"authorization": f"Bearer {settings.key}"}
    client = httpx.Client(
        timeout=WAIT, headers=headers, follow_redirects=False, trust_env=not is_near(settings.url)
    )
    root = settings.url.removesuffix("/v1")
    context = settings.context or _context(client, root, settings) or CONTEXT
    counter = EndpointCounter(client, root, settings.model)
    try:
        counter._ask("有据")
    except (ValueError, KeyError, TypeError):
        return Offered(context, HighCounter())
    return Offered(context, counter, counts=True)


def _context(client: httpx.Client, root: str, settings: ModelSettings) -> int | None:
    """Return the context that vLLM tells of its models, or llama.cpp of its server."""
    for url, read in (
        (f"{settings.url}/models", lambda r: _of_model(r, settings.model)),
        (f"{root}/props", lambda r: r["default_generation_settings"]["n_ctx"]),
    ):
        try:
            found = read(_json(client, "GET", url))
        except (ValueError, KeyError, TypeError, StopIteration):
            continue
        if isinstance(found, int) and found > 0:
            return found
    return None


def _of_model(reply: dict[str, Any], model: str) -> object:
    return next(m for m in reply["data"] if m.get("id") == model).get("max_model_len")


def _json(
    client: httpx.Client, method: str, url: str, sent: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the object that an address replies with; ``ValueError`` where none comes."""
    import httpx

    try:
        reply = client.request(method, url, json=sent)
        reply.raise_for_status()
    except httpx.HTTPError as error:
        raise ValueError(type(error).__name__) from None
    return dict(reply.json())


class Lazily:
    """What an endpoint offers, asked for when it is first needed, and again after a failure."""

    def __init__(self, settings: ModelSettings) -> None:
        """Send nothing yet."""
        self._settings = settings
        self._offered: Offered | None = None
        self._turn = threading.Lock()

    def get(self) -> Offered:
        """Return what it offers."""
        with self._turn:
            if self._offered is None:
                self._offered = ask_offered(self._settings)
            return self._offered
