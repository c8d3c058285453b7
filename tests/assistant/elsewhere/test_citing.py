"""Answers cite, beside their own, the other places that say the same, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.records import Answer
from tests.assistant.ledger.conftest import Desk, opened, squeezed

REPORT = """云溪县2031年三季度重点项目进展情况通报
截至9月底，全县安排重点项目9个，年度计划投资12.48亿元，累计完成投资9.07亿元，占年度计划的72.7％。
一、竣工项目（3个）
截至9月底，3个项目竣工，占项目总数的33.3％。分别是：县教育局的桂花小学食堂；县交通局的白石渡大桥；县水务局的竹溪水厂。
二、滞后项目（2个）
截至9月底，2个项目进度滞后。分别是：县交通局的东岭隧道（围岩破碎，日进尺不足两米）；县住建局的老街管网（商户阻工）。
三、未开工项目（4个）
截至9月底，4个项目未开工。分别是：县交通局的石坪大桥（专项债券资金没有下达）；县水务局的西河泵站（用地预审未批复）；\
县文旅局的古寨修缮（文物部门没有批复方案）；县民政局的福寿养老院（专项债券资金没有下达）。
县重点项目办
2031年10月9日
"""
MINUTES = """云溪县重点项目调度会会议纪要
2031年10月16日
会议听取了县重点项目办的汇报。全县还有四个项目没有开工，大家很着急。到9月底累计完成投资90700万元，离年度计划还差一截。
石坪大桥由县交通局负责，专项债券资金一直没有下达。西河泵站的用地预审月底前要办结。
会议强调，安全生产要抓好三件事：
一是塔吊和深基坑逐个检查；
二是动火作业必须有人监护；
三是冬季工地不得使用明火取暖。
会后，参会人员察看了东岭隧道。去年同期未开工的项目有7个。
"""
OTHER = """青禾县2031年三季度重点项目进展情况通报
截至9月底，全县安排重点项目5个。
一、竣工项目（2个）
截至9月底，2个项目竣工，分别是：县交通局的石坪大桥、县水务局的南塘水厂。
青禾县发展和改革局
2031年10月8日
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"通报.txt": REPORT, "纪要.txt": MINUTES}
    with opened(tmp_path_factory.mktemp("elsewhere"), files, real=True) as desk:
        yield desk


def quotes(answer: Answer, document: str) -> list[str]:
    return [squeezed(c.quote) for c in answer.citations if c.document == document]


def test_a_list_cites_where_another_document_counts_as_many(county: Desk) -> None:
    answer = county.ask("截至9月底还有哪些项目未开工，原因是什么？")
    assert answer.count == 4
    assert any("还有四个项目没有开工" in quote for quote in quotes(answer, "纪要.txt"))


def test_a_count_of_another_time_is_not_cited(county: Desk) -> None:
    answer = county.ask("截至9月底还有哪些项目未开工，原因是什么？")
    assert not any("去年同期" in quote for quote in quotes(answer, "纪要.txt"))


def test_a_row_cites_where_its_reason_is_told_again(county: Desk) -> None:
    answer = county.ask("截至9月底还有哪些项目未开工，原因是什么？")
    row = next(row for row in answer.rows or () if row["name"].startswith("石坪大桥"))
    cited = {c.n: c for c in answer.citations}
    again = [cited[n] for n in row["cells"]["name"] if cited[n].document == "纪要.txt"]
    assert [squeezed(c.quote) for c in again] == [
        "石坪大桥由县交通局负责，专项债券资金一直没有下达。"
    ]


def test_a_project_that_is_merely_named_is_not_cited(county: Desk) -> None:
    answer = county.ask("进度滞后的项目有哪些？")
    assert answer.count == 2
    assert not any("察看了东岭隧道" in quote for quote in quotes(answer, "纪要.txt"))


def test_a_total_cites_where_it_stands_in_another_unit(county: Desk) -> None:
    answer = county.ask("截至9月底累计完成投资多少？")
    assert any("90700万元" in quote for quote in quotes(answer, "纪要.txt"))
    assert any("9.07亿元" in quote for quote in quotes(answer, "通报.txt"))


@pytest.mark.parametrize(
    "question", ["会议对安全生产提了哪些要求？", "会议在安全生产上要求抓好哪三件事？"]
)
def test_points_are_told_whole_and_cite_the_words_that_lead_them_in(
    county: Desk, question: str
) -> None:
    answer = county.ask(question)
    lines = [line for line in answer.answer.splitlines() if line.startswith("- ")]
    assert [line[2:4] for line in lines] == ["一是", "二是", "三是"]
    assert any("会议强调，安全生产要抓好三件事" in quote for quote in quotes(answer, "纪要.txt"))


@pytest.mark.parametrize(
    "question",
    [
        "截至9月底还有哪些项目未开工，原因是什么？",
        "竣工项目有哪些？",
        "石坪大桥为什么没有开工？",
        "哪个单位未开工的项目最多？",
        "未开工项目占项目总数的比例是多少？",
        "县交通局负责哪些项目，各是什么进展？",
    ],
)
def test_further_citations_are_verbatim_once_each_and_leave_the_words_alone(
    county: Desk, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = county.ask(question)
    texts = {f.path: county.library.text(f.path) for f in county.library.files()}
    places = [(c.document, c.start, c.end) for c in answer.citations]
    assert len(set(places)) == len(places)
    assert all(texts[c.document][c.start : c.end] == c.quote for c in answer.citations)
    assert not answer.unverified
    monkeypatch.setattr("assistant.chat.with_elsewhere", lambda draft, *_: draft)
    alone = county.ask(question)
    assert unmarked(alone.answer) == unmarked(answer.answer)
    assert {(c.document, c.start, c.end) for c in alone.citations} <= set(places)


def unmarked(text: str) -> str:
    return re.sub(r"\[\d+\]", "", text)


def test_a_refusal_stays_without_citations(county: Desk) -> None:
    answer = county.ask("云溪县今年的小麦产量是多少？")
    assert answer.refused
    assert not answer.citations


def test_a_project_of_one_name_in_another_district_is_another(tmp_path: Path) -> None:
    files = {"通报.txt": REPORT, "青禾.txt": OTHER}
    with opened(tmp_path, files, real=True) as desk:
        answer = desk.ask("截至9月底还有哪些项目未开工，原因是什么？")
        assert answer.count == 4
        assert not any("石坪大桥" in quote for quote in quotes(answer, "青禾.txt"))
