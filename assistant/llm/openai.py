"""OpenAI-compatible endpoints: the one file that knows ``langchain-openai``.

Nothing is imported before there is an endpoint to call.
"""

from __future__ import annotations

import ipaddress
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.llm.faults import ModelFaultError
from assistant.llm.settings import ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CONNECT = 3.0  # seconds
LONG = ("context", "too long", "maximum", "exceed", "token")  # of a 400 about the prompt's length


def connect(settings: ModelSettings) -> BaseChatModel:
    """Return the chat model behind the settings; nothing is sent yet."""
    import httpx
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    # A silent connection is closed soon after its deadline has passed, so that its thread ends.
    timeout = httpx.Timeout(settings.total, connect=min(CONNECT, settings.total))
    return ChatOpenAI(
        model=settings.model,
        base_url=settings.url,
        api_key=SecretStr(settings.key),
        temperature=settings.temperature,
        timeout=timeout,
        max_retries=0,  # the verbatim answer is there; the breaker decides about trying again
        stream_usage=True,
        # Under its old name, for servers that know no other.
        extra_body={"max_tokens": settings.longest},
        http_client=httpx.Client(
            timeout=timeout,
            follow_redirects=False,  # the evidence goes where the settings say, nowhere else
            trust_env=not is_near(settings.url),
        ),
    )


def disconnect(model: BaseChatModel) -> None:
    """Close the connections of a model that ``connect`` returned."""
    client = getattr(model, "http_client", None)
    if client is not None:
        client.close()


def structured(schema: dict[str, Any], settings: ModelSettings) -> dict[str, Any]:
    """Return the options of a call whose answer is to fit a JSON schema."""
    form = {"type": "json_schema", "json_schema": {"name": "reply", "schema": schema}}
    return {"extra_body": {"max_tokens": settings.longest, "response_format": form}}


def is_near(url: str) -> bool:
    """Tell whether an address is on this machine or network, where no proxy is needed."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost" or "." not in host


def fault_of(error: Exception) -> ModelFaultError:
    """Return what an error of a call means; its own message is not passed on."""
    import httpx
    import openai

    if isinstance(error, ModelFaultError):
        return error
    if isinstance(error, openai.APIStatusError):
        return _of_status(error)
    causes = _causes(error)
    if any(isinstance(e, (openai.APITimeoutError, httpx.TimeoutException)) for e in causes):
        return ModelFaultError("slow")
    if any(isinstance(e, (httpx.RemoteProtocolError, httpx.ReadError)) for e in causes):
        return ModelFaultError("cut")
    if any(isinstance(e, (openai.APIConnectionError, httpx.TransportError)) for e in causes):
        return ModelFaultError("down")
    if isinstance(error, openai.APIError) and type(error) is openai.APIError:
        return ModelFaultError("failing")  # an error in the middle of a stream
    # json.JSONDecodeError, a reply without choices: whatever cannot be taken for an answer.
    return ModelFaultError("garbled")


def _causes(error: BaseException) -> list[BaseException]:
    """Return an error with what it was raised from, the client's libraries wrap each other's."""
    found: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in found:
        found.append(at)
        at = at.__cause__ or at.__context__
    return found


def _of_status(error: Any) -> ModelFaultError:  # noqa: ANN401 - openai is not imported up here
    status = int(error.status_code)
    if status in (401, 403):
        return ModelFaultError("key")
    if status == 404:
        return ModelFaultError("missing")
    if status == 429:
        return ModelFaultError("limit", _seconds(error.response.headers.get("retry-after")))
    if status == 413 or (status in (400, 422) and _about_length(error)):
        return ModelFaultError("too_long")
    return ModelFaultError("failing" if status >= 500 else "rejected")


def _about_length(error: Any) -> bool:  # noqa: ANN401 - as above
    said = json.dumps(error.body, ensure_ascii=False, default=str).lower()
    return "context" in said or sum(word in said for word in LONG) >= 2


def _seconds(given: str | None) -> float:
    """Return the seconds of a ``Retry-After`` header, 0 for a date or none."""
    return float(given) if given and given.isdigit() else 0.0
