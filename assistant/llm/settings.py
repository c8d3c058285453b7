"""Which language model words the answers, read once from the environment; none by default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from assistant.errors import ModelSettingError

NO_KEY = "none"  # what is sent where the endpoint wants no key; it is never empty
LARGEST = 2_000_000  # tokens or seconds: more is a slip of the pen


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """An OpenAI-compatible endpoint.

    ``url`` ends where the API begins (``http://127.0.0.1:8000/v1``); ``key`` is in no
    repr. ``context`` counts the tokens of prompt and answer together, None asks the
    endpoint; ``longest`` those of an answer. ``first_token`` and ``total`` are seconds
    that a call may take until its first sign of life, and until its end.
    ``trace``: a file to which the figures of every call are appended, None is none.
    """

    url: str
    model: str
    key: str = field(default=NO_KEY, repr=False)
    context: int | None = None
    longest: int = 1_024
    first_token: float = 15.0
    total: float = 60.0
    temperature: float = 0.0
    trace: Path | None = None

    @property
    def host(self) -> str:
        """Where it is, for people: host and port, without path or key."""
        return urlsplit(self.url).netloc


def read_model_settings(environment: Mapping[str, str] | None = None) -> ModelSettings | None:
    """Return the settings of the endpoint from ``YOUJU_LLM_…``, None where there is none.

    Raises:
        ModelSettingError: the address, a number or the file of the key cannot be used.
    """
    env = os.environ if environment is None else environment
    url = env.get("YOUJU_LLM_URL", "").strip().rstrip("/")
    if not url:
        if any(name.startswith("YOUJU_LLM_") and env[name] for name in env):
            raise ModelSettingError(
                "设置了 YOUJU_LLM_… 而没有 YOUJU_LLM_URL，语言模型不会被使用。"
                "请设置接口地址，如 http://127.0.0.1:8000/v1，或去掉这些变量。"
            )
        return None
    return ModelSettings(
        url=_checked_url(url),
        model=_model(env),
        key=_key(env),
        context=int(_number(env, "YOUJU_LLM_CONTEXT", 0, 512)) or None,
        longest=int(_number(env, "YOUJU_LLM_MAX_TOKENS", 1_024, 16)),
        first_token=_number(env, "YOUJU_LLM_FIRST_TOKEN", 15.0, 0.1),
        total=_number(env, "YOUJU_LLM_TIMEOUT", 60.0, 0.1),
        temperature=_number(env, "YOUJU_LLM_TEMPERATURE", 0.0, 0.0),
        trace=Path(env["YOUJU_LLM_TRACE"]).expanduser() if env.get("YOUJU_LLM_TRACE") else None,
    )


def _checked_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ModelSettingError(
            f"YOUJU_LLM_URL 的值 {parts.scheme or url[:40]} 不是网址。"
            "请写全，如 http://127.0.0.1:8000/v1。"
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        # It would stand in logs and on the page.
        raise ModelSettingError(
            "YOUJU_LLM_URL 里有密钥或参数。请只写地址，密钥放在 YOUJU_LLM_KEY_FILE 指的文件里。"
        )
    return url


def _model(env: Mapping[str, str]) -> str:
    model = env.get("YOUJU_LLM_MODEL", "").strip()
    if not model:
        raise ModelSettingError(
            "设置了 YOUJU_LLM_URL 而没有 YOUJU_LLM_MODEL。请设置模型的名字，它由接口决定"
            "（在接口的 /models 里可以看到）。"
        )
    return model


def _key(env: Mapping[str, str]) -> str:
    """Return the key; a message names the variable, never what is in it."""
    file = env.get("YOUJU_LLM_KEY_FILE")
    if not file:
        return env.get("YOUJU_LLM_KEY", "").strip() or NO_KEY
    try:
        key = Path(file).expanduser().read_text(encoding="utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelSettingError(
            f"不能读取 YOUJU_LLM_KEY_FILE 指的文件（{type(error).__name__}）。请检查路径和权限。"
        ) from error
    if not key or "\n" in key:
        raise ModelSettingError("YOUJU_LLM_KEY_FILE 指的文件应只有一行，就是密钥。请检查它的内容。")
    return key


def _number(env: Mapping[str, str], name: str, default: float, least: float) -> float:
    given = env.get(name)
    if not given:
        return default
    try:
        value = float(given)
    except ValueError:
        value = -1.0
    if not least <= value <= LARGEST:
        raise ModelSettingError(
            f"环境变量 {name} 的值 {given[:20]} 不能用。请写不小于 {least:g} 的数，"
            "或去掉它，用默认值。"
        )
    return value
