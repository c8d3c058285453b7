"""The words of an erased document are nowhere, whatever was said of them on the desk."""

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.desk.desk import sees_all
from assistant.errors import DeskError
from assistant.people.audit import ERASED
from assistant.people.people import People
from index.errors import UnknownDocumentError
from index.verify import verify
from index.withdrawal import erase
from tests.assistant.desk.conftest import ELSEWHERE, UNSTARTED, WANG, ZHANG, Office, stands_in

NAME = "污水处理厂提标改造"
REASON = "环评批复未取得"


def fill(office: Office) -> int:
    """Say the words of the notice wherever something can be said; return the turn."""
    talk, turn = office.desk.keep(ZHANG, office.answer(ELSEWHERE))
    office.desk.talks.rename(ZHANG.name, talk, f"{NAME}怎么办")
    office.desk.rate(ZHANG, turn, "up", ["unclear"], f"{NAME}写得清楚")
    office.desk.request(ZHANG, turn, f"请核对{NAME}")
    office.mark_all(turn)
    office.desk.mark(WANG, turn, 1, "partly", sees_all, f"原文是{REASON}")
    office.desk.decide(WANG, turn, "rejected", sees_all, comment=f"{REASON}已过时")
    office.desk.decide(WANG, turn, "corrected", sees_all, f"{NAME}：{REASON}[1]", "改")
    office.keep(f"{NAME}明年的火星预算是多少？")  # says its name, and cites nothing of it
    return turn


def test_an_erased_document_leaves_no_word_on_the_desk(office: Office) -> None:
    turn = fill(office)
    kept = office.asked(UNSTARTED)
    folder = office.library.settings.data_dir
    assert stands_in(NAME, folder)
    erase(office.library, "notice.txt", "赵主任")
    for words in (NAME, REASON, "提标改造", "城南客运站", "选址调整"):
        assert not stands_in(words, folder), words
    case = office.desk.case(WANG, turn, sees_all)
    assert case.turn.answer is None
    assert case.turn.question == case.decisions[-1].text == case.marks[-1].comment == ""
    assert [(d.verdict, d.by) for d in case.decisions] == [
        ("rejected", "王核实"),
        ("corrected", "王核实"),
    ]
    other = office.desk.case(WANG, kept, sees_all)
    assert other.turn.answer
    assert "石桥改建" in other.turn.answer.answer
    assert [t.title for t in office.desk.talks.list(ZHANG.name)] == [UNSTARTED, "", ""]
    assert verify(office.library).problems == []


def test_what_was_asked_of_it_is_not_in_the_audit_log_either(office: Office) -> None:
    people = People(office.library.database)
    people.audit.log(None, "asked", detail=f"{NAME}为什么没开工？")
    people.audit.log(None, "asked", detail=UNSTARTED)
    erase(office.library, "notice.txt", "赵主任")
    assert not stands_in(NAME, office.library.settings.data_dir)
    details = [line.detail for line in people.audit.search(action="asked")]
    assert details == [UNSTARTED, ERASED]
    assert verify(office.library).problems == []


def test_an_erased_answer_can_be_listed_and_deleted_but_not_verified(office: Office) -> None:
    turn = fill(office)
    erase(office.library, "notice.txt", "赵主任")
    talk = office.desk.talks.list(ZHANG.name)[-1]
    (shown,) = office.desk.talks.open(ZHANG.name, talk.id, sees_all).turns
    assert (shown.answer, shown.question) == (None, "")
    with pytest.raises(DeskError, match="彻底删除"):
        office.desk.mark(WANG, turn, 1, "supported", sees_all)
    with pytest.raises(DeskError, match="没有得到答案"):
        office.desk.request(ZHANG, turn)
    assert office.desk.delete(ZHANG, talk.id) == 1


def test_an_answer_that_was_made_before_an_erasure_is_not_kept_after_it(office: Office) -> None:
    answer = office.answer(ELSEWHERE)
    erase(office.library, "notice.txt", "赵主任")
    with pytest.raises(UnknownDocumentError, match="没有保存这次问答"):
        office.desk.keep(ZHANG, answer)
    assert office.desk.talks.list(ZHANG.name) == []
    assert not stands_in(NAME, office.library.settings.data_dir)


def test_a_program_that_knows_nothing_of_the_desk_erases_its_words_too(
    office: Office, tmp_path: Path
) -> None:
    """``python -m index erase`` does not load the desk; its own import says so."""
    fill(office)
    script = (
        "import sys\n"
        "from index.database import Database\n"
        f"database = Database({office.library.settings.sql_url!r})\n"
        "database.erase('notice.txt', '赵主任', [], [])\n"
        "database.compact()\n"
        "assert not any(name.startswith('assistant') for name in sys.modules)\n"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", script], cwd=root, check=True)
    (turn,) = office.desk.talks.open(ZHANG.name, 1, sees_all).turns
    assert turn.answer is None
