"""The documents tab as HTML: the list, the panel of a document, what is done with it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Citation
from assistant.web.conversation import Conversation
from assistant.web.dialogue import Dialogue
from assistant.web.documents import PAGE, ListView, read_list_view, render_documents
from assistant.web.filing import FilingDesk
from assistant.web.original import page_of, quoted
from assistant.web.panel import render_source
from assistant.web.progress import render_health, render_jobs
from assistant.web.source import Look, open_document
from index.errors import IndexingError, UnknownDocumentError
from index.jobs import Job
from index.library import DocumentInfo
from index.records import Box
from tests.browser.fakes import (
    ATTACK,
    FAILED,
    HOSTILE,
    REPORT,
    SCAN,
    TEXTS,
    FakeIntake,
    FakeLibrary,
    ScriptedAssistant,
)

TAG = re.compile(r"<(script|img|svg|form)[^>]*>", re.IGNORECASE)


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def desk(library: FakeLibrary) -> FilingDesk:
    return FilingDesk(library, FakeIntake(library))


def titles(html: str) -> list[str]:
    return [unescape(t) for t in re.findall(r'<td class="title">.*?<bdi>(.*?)</bdi>', html)]


def many(library: FakeLibrary, count: int) -> list[DocumentInfo]:
    one = next(d for d in library.documents() if d.path == REPORT)
    return [
        replace(
            one,
            path=f"{n:05}.txt",
            title=f"第{n}号",
            date=f"2024-01-{n % 28 + 1:02}",
            indexed_at=f"2026-01-01T{n % 24:02}:00:00",
            state=("indexed", "failed", "withdrawn", "removed")[n % 4],
        )
        for n in range(count)
    ]


def test_a_long_list_is_shown_a_page_at_a_time(library: FakeLibrary) -> None:
    documents = many(library, 10_000)
    html = render_documents(documents, ListView(page=2, sort="title"))
    assert len(titles(html)) == PAGE
    assert "共 10000 份，可查 2500 份，失败 2500 份，撤回 2500 份" in html
    assert "第 2 页，共 200 页" in html
    assert len(html) < 200_000


def test_a_page_beyond_the_end_is_the_last(library: FakeLibrary) -> None:
    html = render_documents(many(library, PAGE + 1), ListView(page=999))
    assert len(titles(html)) == 1
    kept = re.search(r'data-list="(.*?)"', html)
    assert kept
    assert json.loads(unescape(kept[1]))["page"] == 2


def test_all_words_of_a_search_must_occur(library: FakeLibrary) -> None:
    assert titles(render_documents(library.documents(), ListView(search="第三季度 督查室"))) == [
        "青石区第三季度重点项目进展情况通报"
    ]
    none = render_documents(library.documents(), ListView(search="没有的词"))
    assert "没有符合条件的文档" in none


def test_a_state_narrows_the_list(library: FakeLibrary) -> None:
    assert titles(render_documents(library.documents(), ListView(state="failed"))) == [FAILED]


def test_dates_and_titles_sort_the_list(library: FakeLibrary) -> None:
    documents = many(library, 40)
    dated = render_documents(documents, ListView(sort="date"))
    shown = re.findall(r'<td class="date">.*?<div class="cell">(.*?)</div>', dated)
    assert shown == sorted(shown, reverse=True)
    named = titles(render_documents(documents, ListView(sort="title")))
    assert named == sorted(named)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_a_view_is_believed_in_nothing(given_value: object) -> None:
    keys = ("search", "state", "sort", "page")
    view = read_list_view(dict.fromkeys(keys, given_value))
    assert view.page >= 1
    assert view.sort in ("added", "date", "title")
    assert view.state in ("", "indexed", "failed", "withdrawn", "removed")
    assert read_list_view(given_value) == ListView()


def test_hostile_names_and_texts_are_escaped_everywhere(
    library: FakeLibrary, desk: FilingDesk
) -> None:
    jobs = FakeIntake(library)
    jobs.kept["1"] = Job(ATTACK, ATTACK, "failed", message=ATTACK)
    jobs.kept["2"] = Job(ATTACK, f"{ATTACK}2", "reading", message=ATTACK)
    library.damaged = True
    parts = [desk.list(), render_jobs(jobs), render_health(library, jobs)]
    views = [
        render_source(Look(HOSTILE, view=view), library)
        for view in ("text", "original", "report", "versions")
    ]
    acts = [desk.act({"act": act, "document": ATTACK}) for act in ("withdraw", "erase", ATTACK)]
    for html in [*parts, *views, *acts]:
        own = [tag[0] for tag in TAG.finditer(html)]
        assert all(tag.startswith("<form data-act=") for tag in own), own
    assert "onerror" in views[2]


def test_the_newest_job_of_a_name_tells_how_it_stands(library: FakeLibrary) -> None:
    intake = FakeIntake(library)
    intake.kept = {
        "1": Job("1", "a.txt", "failed", message="坏了"),
        "2": Job("2", "a.txt", "done"),
        "3": Job("3", "b.txt", "embedding", 3, 9),
        "4": Job("4", "b.txt", "waiting"),
    }
    html = render_jobs(intake)
    assert "坏了" not in html
    assert "共 3 个：完成 1，内容未变 0，失败 0，进行中 2" in html
    assert "正在建立索引：3 / 9 段" in html
    assert 'data-busy="true"' in html


def test_of_thousands_of_jobs_those_are_listed_that_need_a_look(library: FakeLibrary) -> None:
    intake = FakeIntake(library)
    for n in range(3_000):
        state = "failed" if n == 7 else "waiting" if n > 1_000 else "done"
        intake.kept[str(n)] = Job(str(n), f"{n}.txt", state)
    html = render_jobs(intake)
    listed = re.findall(r"<bdi>(\d+)\.txt", html)
    assert "7" in listed
    assert "1001" in listed
    assert len(listed) < 50
    assert "另有" in html


def test_the_mark_of_ended_jobs_changes_with_each_end(library: FakeLibrary) -> None:
    intake = FakeIntake(library)
    seen = set()
    for n in range(5):
        intake.kept[str(n)] = Job(str(n), f"{n}.txt", "waiting")
        before = ended(render_jobs(intake))
        intake.kept[str(n)] = Job(str(n), f"{n}.txt", "done")
        seen |= {before, ended(render_jobs(intake))}
    assert len(seen) == 6


def ended(html: str) -> str:
    found = re.search(r'data-ended="(\d+)"', html)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "withdraw", "why": "有误"}, "请填写姓名"),
        ({"act": "withdraw", "by": "  ", "why": "有误"}, "请填写姓名"),
        ({"act": "withdraw", "by": "李四"}, "请写明撤回的原因"),
        ({"act": "withdraw", "by": "李四", "why": "长" * 501}, "超过 500 个字"),
        ({"act": "withdraw", "by": "长" * 65, "why": "有误"}, "署名超过"),
        ({"act": "erase", "by": "李四"}, "请先勾选"),
        ({"act": "erase", "by": "李四", "sure": "yes"}, "请先勾选"),
        ({"act": "rebuild", "by": "李四"}, "操作没有完成"),
        ({"act": ["erase"], "by": {"x": 1}}, "操作没有完成"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_done(
    desk: FilingDesk, library: FakeLibrary, sent: dict[str, object], said: str
) -> None:
    before = library.documents()
    assert said in desk.act({"document": REPORT, **sent})
    assert library.documents() == before


def test_a_withdrawn_document_says_who_and_why_and_can_be_reinstated(
    desk: FilingDesk, library: FakeLibrary
) -> None:
    html = desk.act({"act": "withdraw", "document": REPORT, "by": "李四", "why": "数字有误"})
    assert "撤回人：李四。原因：数字有误" in html
    assert 'data-act="reinstate"' in html
    assert 'data-act="withdraw"' not in html
    text = render_source(Look(REPORT), library)
    assert "这份文档已撤回" in text
    assert "总体情况" in text
    html = desk.act({"act": "reinstate", "document": REPORT, "by": "李四"})
    assert 'data-act="withdraw"' in html
    assert "已撤回" not in html


def test_an_erased_document_is_gone_from_panel_and_list(
    desk: FilingDesk, library: FakeLibrary
) -> None:
    html = desk.act({"act": "erase", "document": REPORT, "by": "李四", "sure": True})
    assert "已从回答和文档中删除" in html
    assert REPORT not in desk.list()
    assert "索引里已没有这份文档" in render_source(Look(REPORT), library)


def test_a_document_of_a_folder_warns_that_its_file_stays(library: FakeLibrary) -> None:
    warning = "文件夹里的原件不会被删除"
    assert warning in render_source(Look(REPORT, view="versions"), library)
    library.put("上传的.txt", "x")
    assert warning not in render_source(Look("上传的.txt", view="versions"), library)


def test_a_fault_is_said_without_its_words(
    desk: FilingDesk, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("/srv/secret")

    monkeypatch.setattr(FakeLibrary, "withdraw", fail)
    html = desk.act({"act": "withdraw", "document": REPORT, "by": "李四", "why": "有误"})
    assert "操作没有完成" in html
    assert "/srv" not in html


def test_a_refusal_of_the_index_is_passed_on(
    desk: FilingDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise IndexingError("索引正忙，请稍后再试。")

    monkeypatch.setattr(FakeLibrary, "withdraw", refuse)
    html = desk.act({"act": "withdraw", "document": REPORT, "by": "李四", "why": "有误"})
    assert "索引正忙，请稍后再试。" in html


def old_citation(quote: str = "旧的一句话。", version: int = 1) -> Citation:
    at = FakeLibrary().text(REPORT, 1).index("旧的一句话。")
    return Citation(
        1, REPORT, None, "初稿", "", None, at, at + len(quote), quote, None, version=version
    )


def test_an_old_citation_opens_its_own_version(library: FakeLibrary) -> None:
    html = render_source(Look(REPORT, old_citation(), keys=(("turn", "1"),)), library)
    assert '<mark class="quote" tabindex="-1">旧的一句话。</mark>' in html
    assert "这是第 1 版（2026-01-01 收录），已有第 2 版" in html
    assert "引的字句已不在原处" not in html


def test_a_citation_of_an_erased_version_says_that_it_is_gone(library: FakeLibrary) -> None:
    html = render_source(Look(REPORT, old_citation(version=9), keys=(("turn", "1"),)), library)
    assert "索引里已没有这份文档" in html


def test_a_failed_document_shows_why_and_how_to_be_rid_of_it(library: FakeLibrary) -> None:
    html = render_source(Look(FAILED), library)
    assert "没有文字层" in html
    assert 'data-act="erase"' in html
    assert "data-view" not in html


def test_a_version_that_could_not_be_read_leaves_the_one_before(library: FakeLibrary) -> None:
    library.fail(REPORT, "文件已损坏。")
    html = render_source(Look(REPORT), library)
    assert "最近一次没有读成，现有的仍是第 2 版" in html
    assert "文件已损坏。" in html
    assert "总体情况" in html
    row = render_documents(library.documents(), ListView(search=REPORT, state="failed"))
    assert "移除…" not in row
    assert "移除…" in render_documents(library.documents(), ListView(search=FAILED))


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ({"view": "original"}, 'data-shown="original"'),
        ({"view": "report"}, 'data-shown="report"'),
        ({"view": ATTACK}, 'data-shown="text"'),
        ({"view": ["original"]}, 'data-shown="text"'),
        ({"view": "original", "page": "3"}, "第 3 页，共 3 页"),
        ({"view": "original", "page": "99"}, "第 3 页，共 3 页"),
        ({"view": "original", "page": "0"}, "第 1 页，共 3 页"),
        ({"view": "original", "page": {"x": 1}}, "第 1 页，共 3 页"),
        ({"version": "7"}, "索引里已没有这份文档"),
    ],
)
def test_what_a_click_wants_is_believed_in_nothing(
    library: FakeLibrary, wanted: dict[str, object], shown: str
) -> None:
    dialogue = Dialogue(ScriptedAssistant(), library)
    assert shown in dialogue.look({"document": SCAN, **wanted}, Conversation())


def test_a_document_without_pages_has_no_page_view(library: FakeLibrary) -> None:
    html = render_source(Look(REPORT, view="original"), library)
    assert 'data-shown="text"' in html
    assert "对照原件" not in html


def test_the_page_of_a_place_in_the_text_is_found(library: FakeLibrary) -> None:
    text = TEXTS[SCAN]
    for page in (1, 2, 3):
        for line in range(1, 5):
            look = Look(SCAN, at=text.index(f"第{page}页第{line}行") + 3)
            assert page_of(open_document(look, library)) == page


def test_pages_without_words_do_not_mislead(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {2: (0, 10), 5: (11, 20), 6: (21, 30)}

    def boxes(_: object, path: str, page: int, version: int | None = None) -> list[Box]:
        start, end = words.get(page, (0, 0))
        return [Box(start, end, page, 0, 0, 1, 1)] if page in words else []

    monkeypatch.setattr(FakeLibrary, "boxes", boxes)
    monkeypatch.setattr(FakeLibrary, "page_count", lambda *_: 9)
    for page, (start, end) in words.items():
        for at in (start, end - 1):
            assert page_of(open_document(Look(SCAN, at=at), library)) == page


def test_a_quote_is_framed_where_its_characters_stand() -> None:
    text = "一二三四五六七八九十\nabcd一二"
    boxes = [Box(0, 10, 1, 0.1, 0.1, 0.9, 0.2), Box(11, 17, 1, 0.1, 0.3, 0.52, 0.4)]
    first, second = quoted(text, (5, 13), boxes)
    assert first == pytest.approx((0.5, 0.1, 0.9, 0.2))
    # Four letters of 0.55 and two characters of 1: the two quoted letters are 1.1 of 4.2.
    assert second == pytest.approx((0.1, 0.3, 0.1 + 0.42 * 1.1 / 4.2, 0.4))
    assert quoted(text, None, boxes) == []
    assert quoted(text, (10, 11), boxes) == []


@given(st.data())
def test_frames_lie_inside_their_lines(data: st.DataObject) -> None:
    text = data.draw(st.text("一a，1 \t\n", min_size=1, max_size=40))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = tuple(
        sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    )
    box = Box(start, end, 1, 0.2, 0.4, 0.8, 0.5)
    for left, top, right, bottom in quoted(text, quote, [box]):
        assert 0.2 - 1e-9 <= left <= right + 1e-9 <= 0.8 + 2e-9
        assert (top, bottom) == (0.4, 0.5)


def test_report_lines_lead_into_the_text(library: FakeLibrary) -> None:
    html = render_source(Look(REPORT, view="report"), library)
    at = re.search(r'data-at="(\d+)"', html)
    assert at
    assert TEXTS[REPORT][int(at[1]) :].startswith("2023年10月12日")
    assert "第 99 行" in html


def test_the_history_of_an_unknown_document_is_an_error_of_the_index(
    library: FakeLibrary,
) -> None:
    with pytest.raises(UnknownDocumentError):
        open_document(Look("没有.txt"), library)
