"""The ledger in real SQLite: what goes in comes out, and staff's words outlive re-indexing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.database import Database, NewFile
from index.ledger.records import FileLedger
from index.ledger.store import Correction
from tests.index.ledger.conftest import Read

TEXT = (
    "青川区2024年重点项目进展情况\n"
    "全区共有重点项目20个，完成投资5.96亿元，占年度计划12亿元的49.7％。\n"
    "截至9月底，4个项目未开工，分别是：区住建局的滨河花园一期、二期（资金未到位）；"
    "区交通局的北环路（总投资2.4亿元）。\n"
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'index.sqlite'}")
    yield database
    database.close()


def add(database: Database, read: Read, path: str = "a.txt") -> int:
    new = NewFile(path, f"/{path}", "0" * 64, False, read.loaded, read.structure, [])
    (file_id,) = database.add_pending([(new, read.ledger)], "1")
    database.publish([file_id])
    return file_id


def plain(ledger: FileLedger) -> tuple[object, ...]:
    return ledger.records, ledger.rosters, ledger.figures, ledger.findings, ledger.unread


def test_a_ledger_comes_back_as_it_was_read(
    database: Database, read: Callable[[str], Read]
) -> None:
    found = read(TEXT)
    assert len(found.ledger.records) == 3
    assert found.ledger.findings
    file_id = add(database, found)
    assert plain(database.ledger.get([file_id])[file_id]) == plain(found.ledger)


def test_totals_and_unread_rows_of_a_table_come_back(
    database: Database, read_table: Callable[..., Read]
) -> None:
    found = read_table(
        ["序号", "项目名称", "总投资（万元）", "存在问题"],
        ["1", "东湖花园", "100", ""],
        ["2", "", "200", "征地难"],
        ["3", "北环路", "300", ""],
        ["", "合计", "400", ""],
    )
    assert found.ledger.unread
    assert found.ledger.rosters[0].totals
    file_id = add(database, found)
    assert plain(database.ledger.get([file_id])[file_id]) == plain(found.ledger)


def test_other_columns_come_back(database: Database, read_table: Callable[..., Read]) -> None:
    found = read_table(
        ["项目名称", "建设内容", "得分"],
        ["东湖花园", "住房300套", "92.5"],
        ["北环路", "道路3公里", "88"],
    )
    file_id = add(database, found)
    (first, _) = database.ledger.get([file_id])[file_id].records
    assert first.fields["column:建设内容"].text == "住房300套"
    assert first.fields["column:得分"].value == 92.5
    assert plain(database.ledger.get([file_id])[file_id]) == plain(found.ledger)


def test_a_ledger_survives_closing_the_database(
    tmp_path: Path, read: Callable[[str], Read]
) -> None:
    url = f"sqlite:///{tmp_path / 'index.sqlite'}"
    first = Database(url)
    file_id = add(first, read(TEXT))
    first.close()
    second = Database(url)
    names = [r.name for r in second.ledger.get([file_id])[file_id].records]
    second.close()
    assert names == read(TEXT).names


def test_reading_again_replaces_what_was_read(
    database: Database, read: Callable[[str], Read]
) -> None:
    file_id = add(database, read(TEXT))
    database.ledger.put(file_id, "2", FileLedger())
    assert plain(database.ledger.get([file_id])[file_id]) == plain(FileLedger())
    assert database.ledger.versions() == {file_id: "2"}


def test_only_the_files_asked_for_are_returned(
    database: Database, read: Callable[[str], Read]
) -> None:
    one, other = add(database, read(TEXT), "a.txt"), add(database, read(TEXT), "b.txt")
    assert set(database.ledger.get([other])) == {other}
    assert one != other


def test_corrections_are_dated_and_kept_in_order(database: Database) -> None:
    for value in ("区水利局", "区住建局"):
        database.ledger.correct(Correction("key", "北环路", "unit", None, value, "王伟", ""))
    kept = database.ledger.corrections()
    assert [c.value for c in kept] == ["区水利局", "区住建局"]
    assert all(c.at[:2] == "20" and c.signed == "王伟" for c in kept)


def test_an_alias_is_replaced_and_taken_back(database: Database) -> None:
    database.ledger.add_alias("交通局", "区交通局", "王伟")
    database.ledger.add_alias("交通局", "县交通局", "李芳")
    (alias,) = database.ledger.aliases()
    assert (alias.alias, alias.unit, alias.signed) == ("交通局", "县交通局", "李芳")
    database.ledger.remove_alias("交通局")
    assert database.ledger.aliases() == []


def test_a_merge_is_kept_and_taken_back(database: Database) -> None:
    database.ledger.merge("北环路", "北环路拓宽", "王伟")
    (merge,) = database.ledger.merges()
    assert (merge.name, merge.same_as, merge.signed) == ("北环路", "北环路拓宽", "王伟")
    database.ledger.unmerge("北环路", "北环路拓宽")
    assert database.ledger.merges() == []
