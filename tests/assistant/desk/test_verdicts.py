"""Answers are asked to be verified, marked, decided on; nothing that was decided is lost."""

import sqlite3
from contextlib import closing

import pytest

from assistant.desk.desk import sees_all
from assistant.desk.records import Case
from assistant.errors import DeskError, NotAllowedError, UnknownTurnError
from index.withdrawal import withdraw
from tests.assistant.desk.conftest import (
    AUTUMN,
    ELSEWHERE,
    LI,
    REFUSED,
    UNSTARTED,
    WANG,
    ZHANG,
    ZHAO,
    Office,
)


def waiting(office: Office, scope: str = "asked") -> list[int]:
    return [case.turn.id for case in office.desk.queue(WANG, sees_all, scope)]  # type: ignore[arg-type]


def standing(office: Office, turn: int) -> Case:
    return office.desk.standing(ZHANG, [turn], sees_all)[turn]


def test_what_was_asked_for_waits_until_it_is_decided(office: Office) -> None:
    first, second = office.asked(), office.asked(ELSEWHERE)
    other = office.keep(UNSTARTED, LI)
    assert waiting(office) == [first, second]
    assert waiting(office, "all") == [first, second, other]
    office.desk.decide(WANG, first, "rejected", sees_all, comment="口径不对")
    assert waiting(office) == [second]
    decided = office.desk.queue(WANG, sees_all, "asked", ["rejected"])
    assert [case.turn.id for case in decided] == [first]
    assert office.desk.counts(WANG) == {"asked": 1, "rejected": 1}


def test_asking_again_changes_nothing(office: Office) -> None:
    turn = office.keep(UNSTARTED)
    assert standing(office, turn).state == "unasked"
    first = office.desk.request(ZHANG, turn, "会上要用")
    again = office.desk.request(ZHANG, turn, "又一次")
    assert (first.state, again.request_note, again.requested_by) == ("asked", "会上要用", "张科员")
    assert waiting(office) == [turn]


def test_a_refusal_is_nothing_to_verify(office: Office) -> None:
    with pytest.raises(DeskError, match="没有得到答案"):
        office.desk.request(ZHANG, office.keep(REFUSED))


def test_the_asker_sees_what_was_decided_and_by_whom(office: Office) -> None:
    turn = office.asked()
    office.mark_all(turn)
    office.desk.decide(WANG, turn, "verified", sees_all)
    case = standing(office, turn)
    assert case.state == "verified"
    assert case.decision is not None
    assert (case.decision.by, case.decision.at[:4].isdigit()) == ("王核实", True)


def test_who_asked_is_told_only_where_verification_was_asked_for(office: Office) -> None:
    asked, other = office.asked(), office.keep(ELSEWHERE, LI)
    people = {c.turn.id: c.turn.asked_by for c in office.desk.queue(WANG, sees_all, "all")}
    assert people == {asked: "张科员", other: ""}
    assert office.desk.case(WANG, other, sees_all).turn.asked_by == ""


def test_verified_needs_every_citation_marked_and_none_unsupported(office: Office) -> None:
    turn = office.asked()
    with pytest.raises(DeskError, match="还有引文没有核对"):
        office.desk.decide(WANG, turn, "verified", sees_all)
    case = office.mark_all(turn)
    n = case.marks[0].n
    office.desk.mark(WANG, turn, n, "not_supported", sees_all, "原文没有这个数字")
    with pytest.raises(DeskError, match="不支持"):
        office.desk.decide(WANG, turn, "verified", sees_all)
    office.desk.mark(WANG, turn, n, "partly", sees_all)
    assert office.desk.decide(WANG, turn, "verified", sees_all).state == "verified"


def test_later_marks_and_decisions_hold_and_earlier_ones_stay(office: Office) -> None:
    turn = office.asked()
    office.desk.mark(WANG, turn, 1, "supported", sees_all)
    office.desk.mark(ZHAO, turn, 1, "partly", sees_all, "只说了一半")
    office.desk.decide(WANG, turn, "rejected", sees_all, comment="不全")
    case = office.desk.decide(ZHAO, turn, "corrected", sees_all, "应为 4 个[1]", "已补全")
    assert [(m.mark, m.by) for m in case.marks] == [("supported", "王核实"), ("partly", "赵主任")]
    assert case.latest[1].comment == "只说了一半"
    assert [(d.verdict, d.by) for d in case.decisions] == [
        ("rejected", "王核实"),
        ("corrected", "赵主任"),
    ]
    assert case.decision is not None
    assert (case.state, case.decision.text) == ("corrected", "应为 4 个[1]")


@pytest.mark.parametrize(
    ("verdict", "text", "comment", "why"),
    [
        ("corrected", "  ", "改了", "更正后的答案"),
        ("corrected", "字" * 20_001, "", "更正后的答案"),
        ("rejected", "", " ", "写明原因"),
        ("rejected", "", "字" * 2_001, "上限"),
        ("approved", "", "", "结论只能是"),
    ],
)
def test_a_verdict_without_what_it_rests_on_is_refused(
    office: Office, verdict: str, text: str, comment: str, why: str
) -> None:
    turn = office.asked()
    with pytest.raises(DeskError, match=why):
        office.desk.decide(WANG, turn, verdict, sees_all, text, comment)
    assert office.desk.case(WANG, turn, sees_all).decisions == ()


@pytest.mark.parametrize(("n", "mark"), [(99, "supported"), (0, "supported"), (1, "true")])
def test_a_mark_that_is_none_is_refused(office: Office, n: int, mark: str) -> None:
    turn = office.asked()
    with pytest.raises(DeskError):
        office.desk.mark(WANG, turn, n, mark, sees_all)


def test_whoever_only_asks_gets_nothing_of_the_desk(office: Office) -> None:
    turn = office.asked()
    for attempt in (
        lambda: office.desk.queue(ZHANG, sees_all),
        lambda: office.desk.counts(ZHANG),
        lambda: office.desk.case(ZHANG, turn, sees_all),
        lambda: office.desk.mark(ZHANG, turn, 1, "supported", sees_all),
        lambda: office.desk.decide(ZHANG, turn, "rejected", sees_all, comment="x"),
        lambda: office.desk.feedback(ZHANG, sees_all),
        lambda: office.desk.handle(ZHANG, 1, "seen"),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_an_answer_from_closed_documents_is_not_on_the_desk_of_whoever_may_not_see_them(
    office: Office,
) -> None:
    closed, open_to_all = office.asked(), office.asked(ELSEWHERE)

    def sees(path: str) -> bool:
        return path != "q3.txt"

    assert [c.turn.id for c in office.desk.queue(WANG, sees)] == [open_to_all]
    for attempt in (
        lambda: office.desk.case(WANG, closed, sees),
        lambda: office.desk.mark(WANG, closed, 1, "supported", sees),
        lambda: office.desk.decide(WANG, closed, "rejected", sees, comment="x"),
    ):
        with pytest.raises(UnknownTurnError):
            attempt()


def test_answers_with_unverified_words_stand_first_and_need_a_comment(office: Office) -> None:
    from dataclasses import replace

    from assistant.records import Unverified

    plain = office.asked()
    answer = replace(office.answer(ELSEWHERE), unverified=(Unverified("7.7亿元", "没有"),))
    _, doubtful = office.desk.keep(ZHANG, answer)
    office.desk.request(ZHANG, doubtful)
    assert waiting(office) == [doubtful, plain]
    office.mark_all(doubtful)
    with pytest.raises(DeskError, match="写明怎样核对"):
        office.desk.decide(WANG, doubtful, "verified", sees_all)
    done = office.desk.decide(WANG, doubtful, "verified", sees_all, comment="见附表，无误")
    assert done.state == "verified"


def test_an_answer_whose_source_was_renewed_is_flagged(office: Office) -> None:
    turn = office.asked()
    office.mark_all(turn)
    office.desk.decide(WANG, turn, "verified", sees_all)
    assert not standing(office, turn).outdated
    office.write("q3.txt", AUTUMN.replace("西环路大修工程（资金未到位）", "西环路大修（已开工）"))
    office.reindex()
    case = office.desk.case(WANG, turn, sees_all)
    source = next(source for source in case.sources if source.path == "q3.txt")
    assert (source.fate, source.version, source.newest) == ("updated", 1, 2)
    assert case.turn.answer
    own = [c for c in case.turn.answer.citations if c.document == "q3.txt"]
    gone = {c.n for c in own if "西环路大修工程" in c.quote}
    assert gone <= set(source.lost) < {c.n for c in own}
    assert gone
    assert standing(office, turn).outdated
    assert case.state == "verified"


def test_an_answer_whose_source_was_withdrawn_is_flagged_and_keeps_its_words(
    office: Office,
) -> None:
    turn = office.asked()
    withdraw(office.library, "q3.txt", "赵主任", "有误")
    case = office.desk.case(WANG, turn, sees_all)
    (source,) = (source for source in case.sources if source.path == "q3.txt")
    assert (source.fate, source.newest) == ("withdrawn", None)
    assert case.turn.answer
    assert "石桥改建" in case.turn.answer.answer


def test_what_was_verified_survives_reindexing_to_the_character(office: Office) -> None:
    turn = office.asked()
    before = office.mark_all(turn)
    office.write("q3.txt", "全新的内容。\n")
    office.reindex()
    after = office.desk.case(WANG, turn, sees_all)
    assert after.turn.answer == before.turn.answer
    assert after.marks == before.marks
    assert after.turn.answer
    for c in after.turn.answer.citations:  # the version that was cited can still be opened
        assert office.library.text(c.document, c.version)[c.start : c.end] == c.quote


@pytest.mark.parametrize("table", ["citation_marks", "decisions"])
@pytest.mark.parametrize(
    "act",
    ["UPDATE {} SET by = 'x'", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"],
)
def test_the_database_itself_refuses_to_change_what_was_decided(
    office: Office, table: str, act: str
) -> None:
    turn = office.asked()
    office.mark_all(turn)
    office.desk.decide(WANG, turn, "verified", sees_all)
    file = office.library.settings.data_dir / "youju.sqlite"
    with (
        closing(sqlite3.connect(file)) as database,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        database.execute(act.format(table, table))


def test_all_that_staff_do_is_logged_without_a_word_of_a_document(office: Office) -> None:
    turn = office.asked()
    office.mark_all(turn)
    office.desk.decide(WANG, turn, "verified", sees_all, comment="石桥改建工程核对无误")
    actions = [(person, action) for person, action, _, _ in office.logged]
    assert actions[0] == ("张科员", "verification_requested")
    assert actions[-1] == ("王核实", "verified")
    assert ("王核实", "marked") in actions
    assert not any("石桥" in part for line in office.logged for part in line)


def test_unknown_answers_are_unknown(office: Office) -> None:
    with pytest.raises(UnknownTurnError):
        office.desk.case(WANG, 999, sees_all)
    assert UNSTARTED  # asked nowhere: the desk is empty
    assert waiting(office, "all") == []
