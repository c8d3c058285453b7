"""The settings of a model are read whole or refused, and never tell the key."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ModelSettingError
from assistant.llm.settings import NO_KEY, read_model_settings
from index.settings import KNOWN, read_settings

URL = {"YOUJU_LLM_URL": "http://127.0.0.1:8000/v1/", "YOUJU_LLM_MODEL": "qwen"}
KEY = "sk-secret-0123456789"


def test_without_a_setting_there_is_no_model() -> None:
    assert read_model_settings({}) is None


def test_the_least_that_is_needed() -> None:
    settings = read_model_settings(URL)
    assert settings is not None
    assert (settings.url, settings.model, settings.key) == (
        "http://127.0.0.1:8000/v1",
        "qwen",
        NO_KEY,
    )
    assert settings.host == "127.0.0.1:8000"


def test_a_key_comes_from_a_file_and_is_in_no_repr(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n", encoding="utf-8")
    settings = read_model_settings({**URL, "YOUJU_LLM_KEY_FILE": str(file)})
    assert settings is not None
    assert settings.key == KEY
    assert KEY not in repr(settings)
    assert KEY not in str(settings)


WRONG = {
    "no model": {"YOUJU_LLM_URL": "http://a/v1"},
    "a model and no address": {"YOUJU_LLM_MODEL": "qwen", "YOUJU_LLM_KEY": KEY},
    "no address at all": {**URL, "YOUJU_LLM_URL": "localhost:8000"},
    "a key in the address": {**URL, "YOUJU_LLM_URL": f"http://user:{KEY}@host/v1"},
    "a key in the query": {**URL, "YOUJU_LLM_URL": f"http://host/v1?key={KEY}"},
    "no number": {**URL, "YOUJU_LLM_TIMEOUT": "soon"},
    "too small": {**URL, "YOUJU_LLM_CONTEXT": "8"},
    "no such file": {**URL, "YOUJU_LLM_KEY_FILE": "/nowhere/key", "YOUJU_LLM_KEY": KEY},
    "infinite": {**URL, "YOUJU_LLM_TIMEOUT": "inf"},
    "not a number": {**URL, "YOUJU_LLM_TEMPERATURE": "nan"},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_used_is_refused_with_what_to_do_and_no_key(name: str) -> None:
    with pytest.raises(ModelSettingError, match="请") as raised:
        read_model_settings(WRONG[name])
    assert KEY not in str(raised.value)


def test_the_index_knows_every_setting_of_the_model() -> None:
    source = (Path(__file__).parents[3] / "assistant/llm/settings.py").read_text("utf-8")
    names = [name for name in KNOWN if name.startswith("YOUJU_LLM_")]
    assert len(names) == 10
    for name in names:
        assert f'"{name}"' in source, name
    read_settings(environment=dict.fromkeys(names, "x"))  # none is taken for a slip of the pen
