"""The values that a text holds, by kind."""

import pytest

from assistant.things.kinds import values_in


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("经济开发区管委会", "经济开发区管委会"),
        ("由经信局牵头", "经信局"),
        ("报经区发改局批准", "区发改局"),
        ("经区住建局同意", "区住建局"),
        ("会同县公安局办理", "县公安局"),
    ],
)
def test_a_body_is_told_with_the_whole_of_its_name(text: str, body: str) -> None:
    assert [text[a:b] for a, b in values_in(text, "body")] == [body]
