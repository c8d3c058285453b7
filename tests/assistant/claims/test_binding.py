"""A figure or a date that the source gives to something else."""

import pytest

from assistant.claims.binding import unbound

NOTICE = (
    "走访居民42户,19户反映屋面渗漏,11户反映施工垃圾清运不及时。"
    "5月20日前完成全部签约,6月10日前完成搬迁。高级工2000件、技师3500件、高级技师5000件。"
)


@pytest.mark.parametrize(
    ("claim", "moved"),
    [
        ("走访的42户居民中,有19户反映施工垃圾清运不及时", "有19户"),
        ("经营户须在6月10日前全部完成签约手续", ""),  # one pair of characters is no proof
        ("有19户反映屋面渗漏", ""),
        ("有11户反映施工垃圾清运不及时", ""),
        ("5月20日前签约,6月10日前搬迁", ""),
        ("高级技师为5000件", ""),
    ],
)
def test_what_a_figure_is_said_of(claim: str, moved: str) -> None:
    assert "".join(unbound(claim, NOTICE)) == moved


def test_cells_of_a_table_are_not_judged() -> None:
    assert not list(unbound("签约户数为19户", "签约户数\t11户\n反映渗漏\t19户"))


@pytest.mark.parametrize(
    ("claim", "moved"),
    [
        ("新制定制度8项,修订5项", ["8项", "5项"]),
        ("新制定5项,修订8项", []),
        ("已供地21个", ["21个"]),
        ("已供地11个", []),
    ],
)
def test_figures_behind_one_anothers_words(claim: str, moved: list[str]) -> None:
    source = "制定和修订制度13项,其中新制定5项、修订8项。已注册公司21个,已供地11个,已开工6个。"
    assert list(unbound(claim, source)) == moved
