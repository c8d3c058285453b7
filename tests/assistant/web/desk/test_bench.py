"""The desk on the page: staff only, nothing sent is believed, everything shown is text."""

import base64
import io
import re
from html import unescape

import pytest
from docx import Document

from assistant.desk.desk import sees_all
from assistant.web.conversation import Conversation
from assistant.web.desk.bench import Bench
from assistant.web.dialogue import Dialogue
from assistant.web.ports import Visitor
from assistant.web.shelf import Shelf
from index.withdrawal import erase
from tests.assistant.desk.conftest import (
    AUTUMN,
    ELSEWHERE,
    REFUSED,
    UNSTARTED,
    WANG,
    ZHANG,
    Office,
)

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
STAFF, ASKER = Visitor(WANG, sees_all), Visitor(ZHANG, sees_all)
BLIND = Visitor(WANG, lambda path: path != "q3.txt")


@pytest.fixture
def bench(office: Office) -> Bench:
    return Bench(office.desk)


def tags(html: str) -> set[str]:
    return set(re.findall(r"<\s*([a-zA-Z]+)", html))


def test_staff_see_the_queue_and_others_nothing_of_it(office: Office, bench: Bench) -> None:
    office.asked()
    html = bench.queue(STAFF, {})
    assert UNSTARTED in html
    assert 'data-waiting-cases="1"' in html
    assert "data-allowed" in html
    for closed in (bench.queue(ASKER, {}), bench.queue(ASKER, {"show": "feedback"})):
        assert UNSTARTED not in closed
        assert "data-allowed" not in closed
    assert UNSTARTED not in bench.queue(BLIND, {})


@pytest.mark.parametrize("sent", [{"show": 3}, {"show": "x"}, {"show": ["feedback"]}, {}])
def test_what_makes_no_sense_shows_what_waits(
    office: Office, bench: Bench, sent: dict[str, object]
) -> None:
    office.asked()
    assert 'data-show="asked"' in bench.queue(STAFF, sent)


def test_each_claim_stands_with_its_quotes_once(office: Office, bench: Bench) -> None:
    turn = office.asked()
    html = bench.case(STAFF, turn)
    answer = office.desk.case(WANG, turn, sees_all).turn.answer
    assert answer
    for citation in answer.citations:
        assert html.count(f'data-quote="{citation.n}"') == 1
        assert citation.quote in unescape(html)
    assert html.count("blockquote>") == 2 * len(answer.citations)


def test_whoever_may_not_gets_no_word_of_an_answer(office: Office, bench: Bench) -> None:
    turn = office.asked()
    for visitor in (ASKER, BLIND):
        for html in (
            bench.case(visitor, turn),
            bench.mark(visitor, turn, 1, {"mark": "supported"}),
            bench.decide(visitor, turn, {"verdict": "rejected", "comment": "x"}),
        ):
            assert "石桥" not in html
            assert "已不在核实台上" in html
        assert bench.look(visitor, turn, 1, None, None) is None
        assert "data-file" not in bench.download(visitor, {"format": "docx", "case": turn})
    case = office.desk.case(WANG, turn, sees_all)
    assert (case.marks, case.decisions) == ((), ())


def test_marks_and_decisions_are_shown_and_what_fails_says_why(
    office: Office, bench: Bench
) -> None:
    turn = office.asked()
    html = bench.mark(STAFF, turn, 1, {"mark": "partly", "comment": HOSTILE})
    assert 'data-quote="1" tabindex="0" data-marked="partly"' in html
    assert "还有引文没有核对" in bench.decide(STAFF, turn, {"verdict": "verified"})
    done = bench.decide(STAFF, turn, {"verdict": "corrected", "text": HOSTILE, "comment": HOSTILE})
    assert 'data-standing="corrected"' in done
    for shown in (html, done, bench.queue(STAFF, {"show": "corrected"})):
        assert not tags(shown) & {"script", "img"}


@pytest.mark.parametrize(
    ("n", "sent"), [(None, {}), (1, {"mark": 3}), (1, {"mark": "x"}), (99, {"mark": "partly"})]
)
def test_a_mark_that_makes_no_sense_changes_nothing(
    office: Office, bench: Bench, n: int | None, sent: dict[str, object]
) -> None:
    turn = office.asked()
    assert 'role="alert"' in bench.mark(STAFF, turn, n, sent)
    assert office.desk.case(WANG, turn, sees_all).marks == ()


def test_a_citation_opens_in_the_source_panel_and_leads_to_the_next(
    office: Office, bench: Bench
) -> None:
    turn = office.asked()
    dialogue = Dialogue(office.assistant, Shelf(office.library), bench=bench)
    panel = dialogue.look({"case": turn, "n": 2}, Conversation(), visitor=STAFF)
    assert '<mark class="quote"' in panel
    assert f'data-case="{turn}" data-n="3"' in panel
    for visitor in (ASKER, None):
        assert "quote" not in dialogue.look({"case": turn, "n": 2}, Conversation(), visitor=visitor)
    assert "quote" not in dialogue.look({"case": "x", "n": 2}, Conversation(), visitor=STAFF)


def test_a_renewed_source_is_told_before_anything_else(office: Office, bench: Bench) -> None:
    turn = office.asked()
    office.write("q3.txt", AUTUMN.replace("征地协议未签", "已签"))
    office.reindex()
    html = bench.case(STAFF, turn)
    assert html.index("来源已更新：q3.txt 现行第 2 版") < html.index('class="answer"')
    assert "来源已更新" in bench.queue(STAFF, {})


def test_an_erased_answer_shows_what_was_decided_and_no_word(office: Office, bench: Bench) -> None:
    turn = office.asked(ELSEWHERE)
    office.desk.decide(WANG, turn, "rejected", sees_all, comment="城南客运站已取消")
    erase(office.library, "notice.txt", "赵主任")
    html = bench.case(STAFF, turn)
    assert "彻底删除" in html
    assert "王核实" in html
    assert "城南客运站" not in html


def test_feedback_is_listed_as_text_and_handled(office: Office, bench: Bench) -> None:
    office.desk.rate(ZHANG, office.keep(UNSTARTED), "down", ["unclear"], HOSTILE)
    office.keep(REFUSED)
    html = bench.queue(STAFF, {"show": "feedback"})
    assert not tags(html) & {"script", "img"}
    assert html.count('<li class="feedback"') == 2
    first = office.desk.feedback(WANG, sees_all)[0].id
    assert 'data-handling-state="handled"' in bench.handle(STAFF, first, "handled")
    assert "处理状态只能是" in bench.handle(STAFF, first, ["x"])
    assert "核实由核对人员处理" in bench.handle(ASKER, first, "new")


def test_a_report_is_sent_to_the_browser_and_logged(office: Office, bench: Bench) -> None:
    turn = office.asked()
    html = bench.download(STAFF, {"format": "docx", "show": "asked"})
    packed = re.search(r'data-bytes="([^"]+)"', html)
    assert packed
    document = Document(io.BytesIO(base64.b64decode(packed[1])))
    assert any(UNSTARTED in p.text for p in document.paragraphs)
    assert office.logged[-1] == ("王核实", "exported", "docx", str(turn))
    for sent in ({"format": "exe"}, {"format": "docx", "show": "rejected"}, {}):
        assert "data-refused" in bench.download(STAFF, sent)


def test_long_lists_have_pages_and_say_so(
    office: Office, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.web.desk.bench.PAGE", 2)
    turns = [office.asked() for _ in range(5)]
    pages = [bench.queue(STAFF, {"page": page}) for page in (1, 2, 3)]
    shown = [re.findall(r'class="open-case" data-case="(\d+)"', html) for html in pages]
    assert [int(turn) for page in shown for turn in page] == turns
    assert ["data-queue-page=2" in pages[0], "data-queue-page=4" in pages[2]] == [True, False]
    assert 'data-waiting-cases="5"' in pages[0]
    for senseless in (0, -1, True, "2", None):
        assert bench.queue(STAFF, {"page": senseless}) == pages[0]
    lines = base64.b64decode(
        re.findall(r'data-bytes="([^"]*)"', bench.download(STAFF, {"format": "jsonl"}))[0]
    ).decode()
    assert len(lines.splitlines()) == 5  # a file holds the whole list


def test_feedback_has_pages(office: Office, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.web.desk.bench.PAGE", 2)
    for _ in range(3):
        office.desk.rate(ZHANG, office.keep(UNSTARTED), "down", comment="少了")
    pages = [bench.queue(STAFF, {"show": "feedback", "page": page}) for page in (1, 2)]
    assert [html.count('class="feedback"') for html in pages] == [2, 1]
    assert ["data-queue-page=2" in pages[0], "data-queue-page=3" in pages[1]] == [True, False]
