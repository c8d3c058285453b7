"""The ledger with staff's corrections: they find their record again after re-indexing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.build import build_index
from index.errors import IndexingError
from index.ledger.book import Ledger
from index.ledger.export import ledger_json
from index.library import Library, open_library
from index.settings import IndexSettings
from tests.conftest import WordCountEncoder

TEXT = (
    "青川区2024年重点项目进展情况\n{}"
    "截至9月底，3个项目未开工，分别是：区住建局的东湖花园（资金未到位）、西湖花园；"
    "区交通局的北环路。\n"
)
Write = Callable[[str, str], Path]


@pytest.fixture
def library(settings: IndexSettings, encoder: WordCountEncoder, write: Write) -> Iterator[Library]:
    with open_library(settings, "测试", create=True) as library:
        library.__dict__["encoder"] = encoder
        build_index([write("a.txt", TEXT.format(""))], library)
        yield library


def row_key(ledger: Ledger, name: str) -> str:
    (key,) = [row.key for row in ledger.rows if row.read.name == name]
    return key


def correct(library: Library, name: str, field: str, value: str | None) -> None:
    ledger = library.ledger
    ledger.correct(row_key(ledger, name), field, value, "王伟")
    library.refresh()


def test_a_correction_shows_in_the_record(library: Library) -> None:
    correct(library, "北环路", "unit", "区水利局")
    row = library.ledger.row(row_key(library.ledger, "北环路"))
    assert row is not None
    assert row.text("unit") == "区水利局"


def test_what_was_read_stays_beside_the_correction(library: Library) -> None:
    correct(library, "北环路", "unit", "区水利局")
    row = library.ledger.row(row_key(library.ledger, "北环路"))
    assert row is not None
    assert row.read.fields["unit"].text == "区交通局"
    made = row.corrections["unit"]
    assert (made.was, made.value, made.signed) == ("区交通局", "区水利局", "王伟")


def test_the_newest_of_two_corrections_holds(library: Library) -> None:
    correct(library, "北环路", "unit", "区水利局")
    correct(library, "北环路", "unit", "区教育局")
    row = library.ledger.row(row_key(library.ledger, "北环路"))
    assert row is not None
    assert row.text("unit") == "区教育局"


def test_a_correction_may_empty_a_field(library: Library) -> None:
    correct(library, "东湖花园", "reason", None)
    row = library.ledger.row(row_key(library.ledger, "东湖花园"))
    assert row is not None
    assert row.text("reason") is None


def test_the_stage_can_be_corrected(library: Library) -> None:
    correct(library, "北环路", "stage", "completed")
    row = library.ledger.row(row_key(library.ledger, "北环路"))
    assert row is not None
    assert row.record.stage == "completed"


def test_a_corrected_amount_has_its_value_in_wan(library: Library) -> None:
    correct(library, "北环路", "total_investment", "1.2亿元")
    row = library.ledger.row(row_key(library.ledger, "北环路"))
    assert row is not None
    assert row.value("total_investment") == 12000.0


def test_a_correction_survives_new_words_before_the_list(library: Library, write: Write) -> None:
    correct(library, "北环路", "unit", "区水利局")
    start = library.ledger.rows[0].record.start
    added = "全区上下真抓实干，各项工作取得了新的进展。\n"
    build_index([write("a.txt", TEXT.format(added))], library)
    assert library.ledger.rows[0].record.start == start + len(added)
    units = {row.record.name: row.text("unit") for row in library.ledger.rows}
    assert units == {"东湖花园": "区住建局", "西湖花园": "区住建局", "北环路": "区水利局"}


def test_a_corrected_name_still_finds_its_record(library: Library, write: Write) -> None:
    correct(library, "北环路", "name", "北二环路")
    build_index([write("a.txt", TEXT.format("全区上下真抓实干。\n"))], library)
    names = [row.record.name for row in library.ledger.rows]
    assert names == ["东湖花园", "西湖花园", "北二环路"]


@pytest.mark.parametrize("signed", ["", "  "])
def test_a_correction_must_be_signed(library: Library, signed: str) -> None:
    key = row_key(library.ledger, "北环路")
    with pytest.raises(IndexingError, match="署名"):
        library.ledger.correct(key, "unit", "区水利局", signed)


def test_an_unknown_field_is_refused_with_those_that_there_are(library: Library) -> None:
    key = row_key(library.ledger, "北环路")
    with pytest.raises(IndexingError, match=r"colour.*unit"):
        library.ledger.correct(key, "colour", "红", "王伟")


def test_an_unknown_record_is_refused(library: Library) -> None:
    with pytest.raises(IndexingError, match="没有这一行"):
        library.ledger.correct("0" * 16, "unit", "区水利局", "王伟")


def test_a_stage_that_does_not_exist_is_refused(library: Library) -> None:
    key = row_key(library.ledger, "北环路")
    with pytest.raises(IndexingError):
        library.ledger.correct(key, "stage", "差不多了", "王伟")


@pytest.mark.parametrize(
    "alias", [("", "区交通局", "王伟"), ("交通", "", "王伟"), ("交通", "区交通局", " ")]
)
def test_an_alias_needs_both_names_and_a_signature(
    library: Library, alias: tuple[str, str, str]
) -> None:
    with pytest.raises(IndexingError):
        library.ledger.add_alias(*alias)


def test_an_alias_is_there_after_loading_anew(library: Library) -> None:
    library.ledger.add_alias("路桥办", "区交通局", "王伟")
    library.refresh()
    assert [(a.alias, a.unit) for a in library.ledger.aliases] == [("路桥办", "区交通局")]


@pytest.mark.parametrize(
    "merge", [("北环路", "北环路项目", "王伟"), ("", "北环路", "王伟"), ("北环路", "北二环", "")]
)
def test_a_merge_needs_two_names_and_a_signature(
    library: Library, merge: tuple[str, str, str]
) -> None:
    with pytest.raises(IndexingError):
        library.ledger.merge(*merge)


def test_a_row_knows_its_section_and_issuer_document(library: Library) -> None:
    row = library.ledger.rows[0]
    assert row.document.title == "青川区2024年重点项目进展情况"
    assert row.file.path == "a.txt"


def test_records_go_with_their_file(library: Library, tmp_path: Path) -> None:
    (tmp_path / "corpus" / "a.txt").unlink()
    build_index([tmp_path / "corpus"], library)
    assert library.ledger.rows == ()


def test_the_exported_records_cite_every_field_verbatim(library: Library) -> None:
    texts = {file.id: library.text(file.path) for file in library.files()}
    records = ledger_json(library.ledger, texts)["records"]
    assert [record["name"] for record in records] == ["东湖花园", "西湖花园", "北环路"]
    for record in records:
        text = library.text(record["document"])
        assert text[record["start"] : record["end"]] == record["quote"]
        for spans in record["spans"].values():
            assert all(text[s["start"] : s["end"]] == s["quote"] for s in spans)


def test_the_exported_record_says_what_was_corrected_and_by_whom(library: Library) -> None:
    correct(library, "北环路", "unit", "区水利局")
    texts = {file.id: library.text(file.path) for file in library.files()}
    (record,) = [r for r in ledger_json(library.ledger, texts)["records"] if r["corrected"]]
    assert all(words in record["corrected"] for words in ("区交通局", "区水利局", "王伟"))
