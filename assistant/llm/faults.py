"""What can go wrong with an endpoint, and the words in which it is told.

A message of the endpoint itself is never passed on: it may hold the key, or anything.
"""

from __future__ import annotations

from typing import Literal, get_args

FaultKind = Literal[
    "down", "slow", "key", "limit", "failing", "missing", "rejected", "too_long",
    "cut", "garbled", "empty", "endless", "spared", "unsupported", "stopped",
]  # fmt: skip
FAULT_KINDS: tuple[FaultKind, ...] = get_args(FaultKind)

# Those after which the endpoint is spared for a while: it is likely to go on so.
ENDPOINT_FAULTS = frozenset(
    {"down", "slow", "key", "limit", "failing", "missing", "cut", "garbled", "empty", "endless"}
)

_WORDS: dict[FaultKind, tuple[str, str]] = {
    "down": ("连不上模型服务", "the model's endpoint cannot be reached"),
    "slow": ("模型服务没有在时限内应答", "the model's endpoint did not answer in time"),
    "key": ("模型服务不接受密钥", "the model's endpoint does not accept the key"),
    "limit": ("模型服务限制了请求次数", "the model's endpoint limits the number of requests"),
    "failing": ("模型服务内部出错", "the model's endpoint has failed"),
    "missing": ("模型服务没有这个模型或这个地址", "the endpoint has no such model or address"),
    "rejected": ("模型服务不接受这个请求", "the model's endpoint rejects the request"),
    "too_long": ("证据超过了模型的上下文", "the evidence is longer than the model's context"),
    "cut": ("模型的回答中途断了", "the model's answer broke off"),
    "garbled": ("模型服务的应答不能读", "the endpoint's reply cannot be read"),
    "empty": ("模型的回答是空的", "the model's answer was empty"),
    "endless": ("模型的回答没完没了", "the model's answer did not end"),
    "spared": ("模型服务刚才多次出错，暂不使用", "the endpoint has failed and is spared for now"),
    "unsupported": (
        "模型的表述大半没有通过核对",
        "most of what the model wrote did not pass the check",
    ),
    "stopped": ("已停止", "it was stopped"),
}


class ModelFaultError(Exception):
    """A call that came to nothing; ``wait`` are seconds that the endpoint asked for."""

    def __init__(self, kind: FaultKind, wait: float = 0.0) -> None:
        super().__init__(kind)
        self.kind = kind
        self.wait = wait


def told(kind: FaultKind, language: str) -> str:
    """Return why there is no wording, in the language of the question."""
    chinese, english = _WORDS[kind]
    return chinese if language == "zh" else english


def told_both(kind: FaultKind) -> tuple[str, str]:
    """Return the same in Chinese and in English."""
    return _WORDS[kind]
