"""Drafts are cut into claims at the same places, whole or streamed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claims.records import Claim
from assistant.claims.splitting import ClaimStream, split_claims

PARTS = [
    "芙蓉商厦项目", "尚未开工", "总投资4.03亿元", "2024.10.2", "《关于印发。》", "“资金困难。”",
    "[E1]", "[E3][E5]", "【E3】", "[E3, E5]", "［Ｅ３］", "（E2）", "[E3-E5]", "[2024]12号", "[99]",
    "。", "；", "！", "? ", ". ", "，", "：", "\n", "\n\n", "1. ", "2、", "（一）", "- ", "## ",
    "| ", "|", "\n|---|---|\n", "```\n", "He said 3.5 million", "《", "“", "”", " ", "*", "^",
]  # fmt: skip


def texts(draft: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(claim.text, claim.keys) for claim in split_claims(draft)]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40), st.data())
def test_a_stream_gives_the_claims_of_the_whole(parts: list[str], data: st.DataObject) -> None:
    draft = "".join(parts)
    stream, given_, at = ClaimStream(), list[Claim](), 0
    while at < len(draft):
        size = data.draw(st.integers(1, 12))
        given_ += stream.feed(draft[at : at + size])
        at += size
    assert given_ + stream.close() == split_claims(draft)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_claims_are_in_order_and_hold_their_words(parts: list[str]) -> None:
    draft = "".join(parts)
    end = 0
    for claim in split_claims(draft):
        assert end <= claim.start < claim.end <= len(draft)
        assert claim.text[:1].strip(" |\t") in draft[claim.start : claim.end]
        end = claim.end


@pytest.mark.parametrize(
    ("draft", "wanted"),
    [
        ("投资4.03亿元[E1]。过半[E2]。", [("投资4.03亿元。", ("E1",)), ("过半。", ("E2",))]),
        ("甲未开工。[E1] 乙已开工。[E2]", [("甲未开工。", ("E1",)), ("乙已开工。", ("E2",))]),
        ("甲未开工[E1]；乙已开工[E2]。", [("甲未开工；", ("E1",)), ("乙已开工。", ("E2",))]),
        ("甲未开工；乙已开工[E2][E3]。", [("甲未开工；乙已开工。", ("E2", "E3"))]),
        ("1. 甲[E1]\n2. 乙【E2】", [("甲", ("E1",)), ("乙", ("E2",))]),
        ("截至2024.10.2完成[E1, E3]。", [("截至2024.10.2完成。", ("E1", "E3"))]),
        ("《甲。乙》提出要求[E1]。", [("《甲。乙》提出要求。", ("E1",))]),
        ("文号为区政办[2024]12号[E1]。", [("文号为区政办[2024]12号。", ("E1",))]),
        ("| 项目 | 单位 |\n|---|---|\n| 甲 | 区交通局 [E1] |", [("甲\t区交通局", ("E1",))]),
        ("甲未开工\n[E1]", [("甲未开工", ("E1",))]),
        ("甲[E2-E4]", [("甲", ("E2", "E3", "E4"))]),
        ("It rose 3.5% [E1]. It fell [E2].", [("It rose 3.5%.", ("E1",)), ("It fell.", ("E2",))]),
        ("他说“抓紧办。”会后落实[E1]。", [("他说“抓紧办。”", ()), ("会后落实。", ("E1",))]),
        ("```\n甲未开工\n```", [("甲未开工", ())]),
    ],
)  # fmt: skip
def test_where_drafts_are_cut(draft: str, wanted: list[tuple[str, tuple[str, ...]]]) -> None:
    assert texts(draft) == wanted
