"""A register beside the report that it belongs to: both are cited, and each asked what it holds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = (
    "东川市2024年三季度重点项目进展情况\n截至9月30日，全市重点项目情况如下。\n"
    "一、未开工项目（2个）\n未开工项目2个：县文旅局的江滨艺术中心（方案没有定稿）、县民政局的殡仪馆迁建（选址未定）。\n"
    "二、进度滞后项目（2个）\n进度滞后项目2个：市建投集团的桐林路北段（K1+100至K2+300）（林地手续没有办结）、"
    "县卫健局的县医院新院区（债券没有额度）。\n东川市发展和改革局\n2024年10月8日\n"
)
_ROWS = (
    ("江滨艺术中心", "江东县", "县文旅局", "98000", "尚未开工", "罗东", "方案没有定稿"),
    ("殡仪馆迁建", "湖西区", "县民政局", "21000", "尚未开工", "向国良", "选址未定"),
    (
        "桐林路北段（K1+100至K2+300）",
        "湖西区",
        "市建投集团",
        "96000",
        "进度滞后",
        "罗东",
        "林地手续",
    ),
    ("县医院新院区", "江东县", "县卫健局", "72000", "进度滞后", "向国良", "债券没有额度"),
)
_HEAD = ("项目名称", "所在县区", "责任单位", "总投资（万元）", "状态", "包联领导", "主要问题")
_LEADERS = (("包联领导", "职务", "合计（个）"), ("罗东", "市长", "2"), ("向国良", "副市长", "2"))


def _table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


REGISTER = (
    '<!doctype html><html><meta charset="utf-8"><body>'
    f"<h1>东川市滞后及未开工项目台账（截至2024年9月30日）</h1>{_table(_HEAD, *_ROWS)}"
    f"<h2>包联统计</h2>{_table(*_LEADERS)}</body></html>"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"report.txt": REPORT, "register.html": REGISTER}
    with opened(tmp_path_factory.mktemp("beside"), files) as opened_desk:
        yield opened_desk


@pytest.mark.parametrize("question", ["哪些项目未开工，原因是什么？", "进度滞后的项目有哪些？"])
def test_documents_of_one_time_that_agree_are_both_cited(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.count == 2
    assert {c.document for c in answer.citations} == {"report.txt", "register.html"}


@pytest.mark.parametrize(
    "question", ["湖西区进展顺利的项目有哪些？", "江东县进度正常的项目有哪些？"]
)
def test_a_state_that_no_row_has_is_not_read_as_a_heading(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert not answer.rows


@pytest.mark.parametrize(
    "question", ["台账里向国良副市长包联的项目有哪些？", "台账中由向国良副市长包联的项目有几个？"]
)
def test_rows_of_persons_are_no_projects(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.count == 2
    assert "殡仪馆迁建" in answer.answer
    assert "县医院新院区" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "桐林路北段和县医院新院区两个项目总投资加起来是多少？",
        "县医院新院区与桐林路北段总投资合计多少？",
    ],
)
def test_a_sum_holds_a_project_called_by_part_of_its_name(desk: Desk, question: str) -> None:
    answer = desk.ask(question)
    assert answer.value is not None
    assert answer.value.number == 168000
