"""What in the documents does not agree: told when asked for, noted beside answers that use it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.assistant.ledger.conftest import AUTUMN, COUNTY, Desk

# The list holds four.
WRONG = AUTUMN.replace("截至9月底，4个项目未开工", "截至9月底，5个项目未开工")
SUMMED = "<tr><td></td><td>合计</td><td></td><td>{}</td><td>7000</td><td></td></tr></table>"


@pytest.mark.parametrize(
    "question",
    ["文件里有没有数字不一致的地方？", "报告中的数据有没有前后矛盾？", "Do the figures add up?"],
)
def test_contradictions_are_told_when_asked_for(
    make: Callable[[dict[str, str]], Desk], question: str
) -> None:
    answer = make({"q3.txt": WRONG}).ask(question)
    assert answer.count
    assert "5" in answer.answer
    assert "4" in answer.answer
    assert answer.citations


def test_no_contradictions_is_an_answer(district: Desk) -> None:
    answer = district.ask("文件里有没有数字不一致的地方？")
    assert not answer.refused
    assert answer.count == 0


def test_a_list_whose_count_is_wrong_is_noted_beside_it(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    assert "注意：" in make({"q3.txt": WRONG}).ask("哪些项目未开工？").answer


def test_another_list_is_not_noted(make: Callable[[dict[str, str]], Desk]) -> None:
    assert "注意：" not in make({"q3.txt": WRONG}).ask("滞后的项目有哪些？").answer


def test_a_wrong_sum_row_is_noted_beside_the_sum(make: Callable[[dict[str, str]], Desk]) -> None:
    # 3000 + 5000 + 1200 + 800 + 9000 = 19000
    desk = make({"county.html": COUNTY["county.html"].replace("</table>", SUMMED.format(19500))})
    answer = desk.ask("白石县项目总投资合计多少？")
    assert answer.value is not None
    assert answer.value.number == 19000.0
    assert "19500" in answer.answer


def test_a_right_sum_row_is_not_noted(make: Callable[[dict[str, str]], Desk]) -> None:
    desk = make({"county.html": COUNTY["county.html"].replace("</table>", SUMMED.format(19000))})
    assert "注意：" not in desk.ask("白石县项目总投资合计多少？").answer


CHECKED = {
    "a.txt": "青禾区水利工作报告\n今年新修渠道18.4公里，其中干渠6.2公里、支渠13.2公里。"
    "另建泵站9座，其中新建4座、改建5座。\n"
    "2024年9月1日\n",
    "b.txt": "青禾区信访工作通报\n本月接待来访20批，其中个人访12批、集体访8批。\n2024年9月2日\n",
}


def test_a_check_keeps_to_the_document_and_the_thing_that_it_names(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    desk = make(CHECKED)
    off = desk.ask("水利报告里新修渠道的公里数对得上吗？")
    assert off.short == "对不上"
    assert "6.2公里 + 13.2公里 = 19.4公里" in off.answer
    assert "泵站" not in off.answer
    assert "18.4公里" in off.citations[0].quote
    fits = desk.ask("水利报告里泵站的数字对得上吗？")
    assert fits.short == "对得上"
    assert "4座 + 5座 = 9座" in fits.answer
    assert "渠道" not in desk.ask("信访通报里的数字有没有不一致？").answer


def test_a_check_says_what_it_compared(district: Desk) -> None:
    answer = district.ask("文件里有没有数字不一致的地方？").answer
    assert "比对了" in answer
    assert "未作判断" in answer


def test_a_wrong_total_row_is_shown_beside_the_text_that_states_the_sum(
    make: Callable[[dict[str, str]], Desk],
) -> None:
    page = COUNTY["county.html"].replace("</table>", SUMMED.format(19500))
    page = page.replace("单位：万元</p>", "单位：万元</p><p>今年全县项目总投资19000万元。</p>")
    answer = make({"county.html": page}).ask("白石县重点项目台账里的数字对得上吗？")
    assert "19500" in answer.answer
    assert any("总投资19000万元" in c.quote for c in answer.citations)
