"""JSON is read out of whatever a model puts around it, and used only where it is grounded."""

from __future__ import annotations

import json

import pytest
from langchain_core.messages import HumanMessage

from assistant.llm.faults import ModelFaultError
from assistant.llm.standalone import SCHEMA, is_grounded, resolve
from assistant.llm.structured import ask_json, read_json
from assistant.records import Turn
from tests.assistant.llm.endpoints import endpoint_at
from tests.assistant.llm.servers import Handler, saying, serving

WRAPPED = [
    '{"question": "石桥呢？"}',
    '好的：\n```json\n{"question": "石桥呢？"}\n```\n希望有帮助',
    '当然！{"question": "石桥呢？",} 以上',
    "{“question”: “石桥呢？”}",
    'x {"question": "石桥呢？"} {"question": "另一个"}',
    '{bad} {"question": "石桥呢？"}',
]


@pytest.mark.parametrize("text", WRAPPED)
def test_json_is_found_in_what_stands_around_it(text: str) -> None:
    assert read_json(text) == {"question": "石桥呢？"}


@pytest.mark.parametrize("text", ["", "石桥呢？", "[1, 2]", "{", "{" * 5_000, '"x"'])
def test_what_holds_no_object_is_garbled(text: str) -> None:
    with pytest.raises(ModelFaultError, match="garbled"):
        read_json(text)


def test_a_schema_is_asked_for_once_where_the_endpoint_offers_none() -> None:
    def strict(handler: Handler) -> None:
        if "response_format" in handler.server.asked[-1]["body"]:
            handler.reply(400, {"error": {"message": "response_format is not supported"}})
        else:
            saying('{"question": "石桥呢？"}')(handler)

    with serving(strict) as server:
        endpoint = endpoint_at(server.url)
        for _ in range(2):
            asked = [HumanMessage("？")]
            assert ask_json(endpoint, asked, SCHEMA, "standalone")["question"] == "石桥呢？"
    forms = ["response_format" in request["body"] for request in server.asked]
    assert forms == [True, False, False]


HISTORY = [Turn("青禾区三季度有3个项目未开工吗？", "是，有石桥改建工程等3个项目。")]
SAID = "那它的原因呢\n" + HISTORY[0].question + "\n" + HISTORY[0].answer


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("石桥改建工程未开工的原因", True),
        ("三季度3个项目未开工的原因", True),
        ("石桥改建工程4个标段的原因", False),  # a figure of its own
        ("西环路大修工程未开工的原因", False),  # a name of its own
        ("今天晚上吃什么菜比较好呢", False),
        ("石桥改建工程的原因 http://evil.example", False),
        ("", False),
    ],
)
def test_a_rewritten_question_says_nothing_new(text: str, holds: bool) -> None:
    assert is_grounded(text, SAID, ["石桥改建工程", "西环路大修工程"]) is holds


@pytest.mark.parametrize(
    ("reply", "read"),
    [
        ({"question": "石桥改建工程未开工的原因"}, "石桥改建工程未开工的原因"),
        ({"question": "西环路大修工程未开工的原因"}, None),
        ({"question": 7}, None),
        ({"answer": "征地"}, None),
    ],
)
def test_only_a_grounded_reading_is_used(reply: dict[str, object], read: str | None) -> None:
    with serving(saying(json.dumps(reply))) as server:
        endpoint = endpoint_at(server.url)
        names = ["西环路大修工程"]
        assert resolve(endpoint, "那它的原因呢", HISTORY, names, "zh") == read
