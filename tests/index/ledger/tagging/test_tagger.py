"""Names, owners and reasons found by what they look like."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.ledger.tagging.tagger import LONGEST, features, tag


def _words(text: str, kind: str) -> list[str]:
    return [text[one.start : one.end] for one in tag(text) if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "names", "owners"),
    [
        (
            "卡在征地拆迁上的有2个：望江路东延（区城管局），沿线商铺尚未签约；云岭冷链仓（云岭镇），坟地迁移未完成。",
            ["望江路东延", "云岭冷链仓"],
            ["区城管局", "云岭镇"],
        ),
        (
            "县水利局牵头的石桥水库，初步设计未批复；文化馆改造由县文旅局负责，招标流标。",
            ["石桥水库", "文化馆改造"],
            ["县水利局", "县文旅局"],
        ),
        (
            "区交通局有2个，包括北环路二标段和城西客运站；区教育局1个，是第三中学扩建。",
            ["北环路二标段", "城西客运站", "第三中学扩建"],
            ["区交通局", "区教育局"],
        ),
    ],
)
def test_names_and_owners_are_found_however_they_are_listed(
    text: str, names: list[str], owners: list[str]
) -> None:
    assert _words(text, "name") == names
    assert _words(text, "owner") == owners


def test_the_words_beside_an_owner_are_why() -> None:
    text = (
        "生猪屠宰中心，县农业农村局牵头，用地指标未落实；云岭康养小镇，云岭乡牵头，投资方资金紧张。"
    )
    assert _words(text, "reason") == ["用地指标未落实", "投资方资金紧张"]


def test_a_page_is_no_list() -> None:
    assert tag("甲路（区交通局）；" * (LONGEST // 5)) == []


@given(st.text(alphabet="甲乙路桥区局，。；：（）、由负责的有3个 \n“A—", max_size=120))
@settings(max_examples=60, deadline=None)
def test_tags_stand_in_order_inside_the_text_and_apart(text: str) -> None:
    tags = tag(text)
    assert all(0 <= one.start < one.end <= len(text) for one in tags)
    assert all(a.end <= b.start for a, b in pairwise(tags))
    assert len(list(features(text))) == len(text)
