"""Which owner is whose, and what is said of each listed thing."""

from __future__ import annotations

import re

import pytest

from index.ledger.tagging.analogy import names_by_analogy
from index.ledger.tagging.items import Found, items_of
from index.ledger.tagging.tagger import Kind, Tag

_KINDS: dict[str, Kind] = {"N": "name", "U": "owner", "R": "reason"}


def tagged(marked: str) -> tuple[str, list[Tag]]:
    """Return a text without its marks (“[N 甲桥]”), and the tags that they are."""
    text, tags = "", list[Tag]()
    for piece in re.split(r"(\[[NUR] [^\]]+\])", marked):
        kind = _KINDS.get(piece[1:2]) if piece.startswith("[") else None
        words = piece[3:-1] if kind else piece
        if kind:
            tags.append(Tag(kind, len(text), len(text) + len(words)))
        text += words
    return text, tags


def _owners(marked: str) -> list[tuple[str, str | None]]:
    text, tags = tagged(marked)
    return [(_of(text, one.name), _of(text, one.owner)) for one in items_of(text, tags)]


def _of(text: str, span: tuple[int, int] | None) -> str | None:
    return text[slice(*span)] if span else None


@pytest.mark.parametrize(
    "marked",
    [
        "[N 甲桥]（[U 水利局]），[R 未批]；[N 乙路]（[U 交通局]），[R 缺款]。",
        "[N 甲桥]由[U 水利局]负责，[R 未批]；[N 乙路]由[U 交通局]负责，[R 缺款]。",
        "[U 水利局]牵头的[N 甲桥]，[R 未批]；[U 交通局]牵头的[N 乙路]，[R 缺款]。",
        "[N 甲桥]，[U 水利局]牵头，[R 未批]；[N 乙路]，[U 交通局]牵头，[R 缺款]。",
        "[N 甲桥]——[U 水利局]，[R 未批]；[N 乙路]——[U 交通局]，[R 缺款]。",
        "[N 甲桥]：[R 未批]（[U 水利局]）；[N 乙路]：[R 缺款]（[U 交通局]）。",
        "[N 甲桥]，[R 未批]。责任单位：[U 水利局]。[N 乙路]，[R 缺款]。责任单位：[U 交通局]。",
    ],
)
def test_each_has_its_owner_wherever_it_stands(marked: str) -> None:
    assert _owners(marked) == [("甲桥", "水利局"), ("乙路", "交通局")]
    text, tags = tagged(marked)
    assert [_of(text, one.reason) for one in items_of(text, tags)] == ["未批", "缺款"]


def test_one_owner_heads_several_and_one_behind_is_of_those_joined_before_it() -> None:
    assert _owners("[U 水利局]2个，分别是[N 甲桥]和[N 乙路]；[U 交通局]1个，是[N 丙站]。") == [
        ("甲桥", "水利局"),
        ("乙路", "水利局"),
        ("丙站", "交通局"),
    ]
    assert _owners("[N 甲桥]、[N 乙路]（[U 水利局]）；[N 丙站]（[U 交通局]）。") == [
        ("甲桥", "水利局"),
        ("乙路", "水利局"),
        ("丙站", "交通局"),
    ]


def test_an_owner_is_not_carried_into_the_next_sentence() -> None:
    assert _owners("[U 水利局]的[N 甲桥]。[N 乙路]缺款。") == [("甲桥", "水利局"), ("乙路", None)]


def _items(marked: str) -> tuple[str, list[Found]]:
    text, tags = tagged(marked)
    return text, items_of(text, tags)


def test_a_reason_goes_on_to_its_end_without_amounts_or_what_joins_it() -> None:
    text, (one, other) = _items(
        "[N 甲村]由[U 某局]负责，[R 因为资金链紧张]，暂缓进场；"
        "[N 乙库]，[R 用地未批]，完成计划的20%。"
    )
    assert _of(text, one.reason) == "资金链紧张，暂缓进场"
    assert _of(text, other.reason) == "用地未批"
    assert [_of(text, span) for span in other.said] == ["完成计划的20%"]


def test_the_number_of_those_joined_is_no_part_of_the_last_name() -> None:
    text, found = _items("[N 甲仓]、[N 乙厂]和[N 丙管线三个]跟得上节点")
    assert [_of(text, one.name) for one in found] == ["甲仓", "乙厂", "丙管线"]


def test_names_that_were_missed_stand_where_their_like_do() -> None:
    text, tags = tagged(
        "还没有开工。引水工程，[U 水利局]牵头，[R 评审未过]；"
        "[N 连接线]，[U 交通局]牵头，[R 线位未定]；"
        "[N 遗址公园]，[U 文旅局]牵头，[R 勘探未完]；城北初中，[U 教育局]牵头，[R 未批复]。"
    )
    assert [text[one.start : one.end] for one in names_by_analogy(text, tags, len(text))] == [
        "引水工程",
        "城北初中",
    ]
    text, tags = tagged("[U 水利局]3个：[N 甲水库加固]、乙河道治理、[N 丙水厂]。")
    assert [text[one.start : one.end] for one in names_by_analogy(text, tags, len(text))] == [
        "乙河道治理"
    ]
