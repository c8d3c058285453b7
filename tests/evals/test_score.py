"""The scorer itself: it must find each fault."""

from typing import Any

from tests.evals.score import holds, plain, score

TEXT = "共3个项目。甲项目（资金不足）。"


def answer(**changes: Any) -> dict[str, Any]:
    base = {
        "answer": "共**3**个项目[1]\n- 甲项目（资金不足）[2]",
        "refused": False,
        "count": None,
        "rows": None,
        "citations": [
            {"n": 1, "document": "a", "start": 0, "end": 6, "quote": "共3个项目。"},
            {"n": 2, "document": "a", "start": 6, "end": 15, "quote": "甲项目（资金不足）"},
        ],
    }
    return base | changes


def gold(**expect: Any) -> dict[str, Any]:
    base = {
        "refuse": False,
        "must_all": [["3个"]],
        "items": [{"name": ["甲"], "with": [["资金不足"]]}],
    }
    return {"expect": base | expect, "evidence": [{"doc": "a", "contains": "资金不足"}]}


def faults(wanted: dict[str, Any], given: dict[str, Any]) -> list[str]:
    return score(wanted, given, {"a": TEXT}).faults


def test_a_right_answer_has_no_faults() -> None:
    assert faults(gold(), answer()) == []


def test_each_fault_is_found() -> None:
    assert faults(gold(must_all=[["4个"]]), answer()) == ["missing 4个"]
    assert faults(gold(must_not=["资金"]), answer()) == ["must not say 资金"]
    assert faults(gold(refuse=True), answer()) == ["not refused"]
    assert faults(gold(count=5), answer()) == ["count is not 5"]
    assert faults(gold(items=[{"name": ["乙"], "with": []}]), answer())[0] == "item missing: 乙"
    assert faults(gold(premise_correction=["滞后"]), answer()) == ["premise not corrected"]
    moved = answer()
    moved["citations"][1] = moved["citations"][1] | {"start": 5}
    assert "citation 2 is not verbatim" in faults(gold(), moved)
    assert "no citation" in faults(gold(), answer(citations=[]))


def test_a_number_inside_a_longer_number_does_not_count() -> None:
    assert holds("共13个", "13")
    assert not holds("共131个", "13")
    assert not holds("共13.5", "13")


def test_markup_is_not_part_of_the_words() -> None:
    assert plain(r"共**3**个[1]，\*\*区长") == "共3个，**区长"
