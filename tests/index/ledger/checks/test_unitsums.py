"""What a unit is said to have done is held against its projects."""

from __future__ import annotations

from tests.index.ledger.test_unitopenings import PARAGRAPHS, read


def test_an_amount_that_its_projects_do_not_make_is_found() -> None:
    (finding,) = read(PARAGRAPHS.format(done=540)).findings
    assert "540万元" in finding.text
    assert finding.formula == "250万元 + 200万元 = 450万元"


def test_amounts_that_their_projects_make_are_no_fault() -> None:
    assert not read(PARAGRAPHS.format(done=450)).findings
