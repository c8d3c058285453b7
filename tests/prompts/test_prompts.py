from pathlib import Path

import pytest

import prompts
from prompts import PromptError, render


def test_variables_are_filled_in() -> None:
    assert render("listed_under", "zh", heading="一、开头") == "原文列在“一、开头”之下"


def test_braces_in_a_value_mean_nothing() -> None:
    assert "{secret}" in render("listed_under", "en", heading="{secret}")


def test_a_missing_and_an_unused_variable_are_both_named() -> None:
    with pytest.raises(PromptError, match=r"missing \['heading'\], unused \['title'\]"):
        render("listed_under", "zh", title="x")


def test_a_frame_that_does_not_exist_is_named() -> None:
    with pytest.raises(PromptError, match=r"zh/nothing\.txt"):
        render("nothing", "zh")


def test_every_frame_is_there_in_both_languages() -> None:
    folder = Path(prompts.__file__).parent
    names = {lang: {f.name for f in (folder / lang).glob("*.txt")} for lang in ("zh", "en")}
    assert names["zh"] == names["en"]
    assert names["zh"]
