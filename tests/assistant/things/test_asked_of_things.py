"""What is asked of one named thing, wherever the documents say it."""

from __future__ import annotations

import pytest

from assistant.records import Turn
from tests.assistant.ledger.conftest import Desk


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("望江里安置房建多少套？", "420套"),
        ("古渡口停车场现在找谁联系？", "叶知秋"),
        ("望江里安置房跟哪条管廊同步施工？", "滨江路管廊"),
        ("望江里安置房2025年打算投多少，计划几月完工？", "6200"),
        ("望江里安置房挂的什么灯？", "黄"),
        ("青萝河清淤二期是哪天开工的？", "3月18日"),
        ("青萝河清淤二期洒漏的问题要求什么时候整改到位？", "6月30日"),
        ("那个望江里安置房，上半年完成投资最后核定多少万元？", "2450万元"),
    ],
)
def test_asked_attribute_is_found_in_its_cell_label_or_sentence(
    office: Desk, question: str, said: str
) -> None:
    answer = office.ask(question)
    assert not answer.refused
    assert said in answer.answer.replace("**", "").splitlines()[0]


def test_newer_value_leads_and_the_older_one_is_told(office: Desk) -> None:
    answer = office.ask("青萝河清淤一期什么时候完工？")
    first = answer.answer.splitlines()[0]
    assert "**2025年10月**" in first
    assert "2025年7月" in answer.answer


def test_two_attributes_of_one_row_stand_in_one_line(office: Desk) -> None:
    answer = office.ask("望江里安置房2025年打算投多少，计划几月完工？")
    assert "6200" in answer.answer
    assert "2025年11月" in answer.answer
    assert len(answer.answer.splitlines()) == 1


def test_follow_up_goes_on_about_the_thing_before(office: Desk) -> None:
    talk = [Turn("台账里青萝河清淤一期计划什么时候完工？", "2025年7月。")]
    answer = office.assistant.answer("后来改到什么时候了？", talk)
    assert "2025年10月" in answer.answer.splitlines()[0]


def test_other_phase_is_another_thing(office: Desk) -> None:
    talk = [Turn("青萝河清淤一期全长多少公里？", "6.4公里。")]
    answer = office.assistant.answer("那二期是哪天开工的？", talk)
    assert "3月18日" in answer.answer
    assert "6.4" not in answer.answer


def test_reason_stands_beside_the_day_that_is_asked_about(office: Desk) -> None:
    answer = office.ask("青萝河清淤二期的征地补偿款怎么从4月底又往后推了？")
    assert "产权纠纷" in answer.answer


@pytest.mark.parametrize(
    "question",
    ["望江里安置房有多少个车位？", "古渡口停车场是哪家公司施工的？", "古渡口停车场占地多少亩？"],
)
def test_what_nothing_says_of_a_thing_is_refused(office: Desk, question: str) -> None:
    assert office.ask(question).refused


def test_quotes_stand_in_the_documents(office: Desk) -> None:
    for question in ("望江里安置房挂的什么灯？", "古渡口停车场现在找谁联系？"):
        for cited in office.ask(question).citations:
            text = next(
                office.library.content(f.id).text
                for f in office.library.files()
                if f.path == cited.document
            )
            assert text[cited.start : cited.end] == cited.quote


@pytest.mark.parametrize(
    "question", ["望江里安置房的总投资是多少？", "望江里安置房现在总投资按多少算？"]
)
def test_a_correction_leads_where_a_bare_number_of_a_table_is_shown(
    office: Desk, question: str
) -> None:
    assert "19750万元" in office.ask(question).answer.splitlines()[0]


@pytest.mark.parametrize(
    ("asked", "told", "question", "said"),
    [
        ("古渡口停车场的联络员是谁？", "石澄。", "现在换成谁了？", "叶知秋"),
        ("古渡口停车场有什么问题？", "围挡破损约80米。", "围挡后来修好了没有，哪天？", "7月12日"),
    ],
)
def test_what_became_of_the_last_answer_is_told(
    office: Desk, asked: str, told: str, question: str, said: str
) -> None:
    answer = office.assistant.answer(question, [Turn(asked, told)])
    assert said in answer.answer
    assert answer.citations


def test_nothing_took_the_place_of_what_stands(office: Desk) -> None:
    talk = [Turn("青萝河清淤一期的联络员是谁？", "方一苇。")]
    answer = office.assistant.answer("现在换成谁了？", talk)
    assert "叶知秋" not in answer.answer
