"""The overview: each number opens a list of as many projects, each of which opens its words."""

import re

from assistant.web.ledger.desk import LedgerDesk
from assistant.web.ledger.home import Home
from assistant.web.shelf import Shelf
from index.build import build_index
from index.library import Library
from tests.assistant.desk.conftest import Office, office
from tests.assistant.ledger.test_members import EARLY, LATE
from tests.assistant.web.conftest import HOSTILE

__all__ = ["office"]
NAME = "<img src=x onerror=alert(1)>大桥工程"


def test_every_number_has_its_list_and_every_project_its_words(office: Office) -> None:
    html = Home().render(office.library.ledger)
    assert "青禾区：2024年6月底 → 2024年9月底" in html
    assert "青禾区: 2024-06 → 2024-09" in html
    drilled = re.findall(r'data-drill="([^"]+)"[^>]*>(?:<strong>)?≥?(\d+)', html)
    assert len(drilled) > 4
    for name, count in drilled:
        (part,) = re.findall(rf'<section class="drilled" id="{name}".*?</section>', html)
        assert part.count("<li>") == int(count)
    desk = LedgerDesk(Shelf(office.library))
    keys = set(re.findall(r'data-record="([^"]+)"', html))
    assert keys
    for key in keys:
        assert desk.look({"record": key}, None, None, None) is not None


def test_what_cannot_be_told_is_said(office: Office) -> None:
    html = Home().render(office.library.ledger)
    assert "“新滞后”只算上期列过名的项目" in html
    assert re.search(r'data-change="behind" disabled><strong>–<', html)
    assert '<td class="muted">–</td>' in html
    assert "名称被遮盖的 1 条" in html


def test_one_report_alone_says_what_is_missing(library: Library) -> None:
    html = Home().render(library.ledger)
    assert "还没有同一地区先后两期的报告" in html
    assert HOSTILE[:3] not in html


def test_names_of_projects_are_shown_as_text(office: Office) -> None:
    for name, text in (("q2.txt", EARLY), ("q3.txt", LATE)):
        office.write(name, text.replace("北苑广场", NAME).replace("柳溪河清淤", NAME))
    office.reindex()
    html = Home().render(office.library.ledger)
    assert "<img" not in html


def test_the_overview_follows_the_ledger(office: Office) -> None:
    home = Home()
    before = home.render(office.library.ledger)
    office.write("q3.txt", LATE)
    build_index([office.corpus], office.library)
    assert home.render(office.library.ledger) != before
