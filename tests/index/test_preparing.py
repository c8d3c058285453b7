"""A fault in reading records costs the records of one file, not the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.preparing import Prepared, Request, prepare
from index.records import Block


class CharacterCounter:
    """Counts characters as tokens."""

    max_tokens = 256

    def count_tokens(self, texts: list[str]) -> list[int]:
        return [len(text) for text in texts]


def test_a_file_whose_records_cannot_be_read_is_kept_with_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "通报.txt"
    file.write_text("某县重点项目通报\n北坪水厂尚未开工，资金没有到位。\n", encoding="utf-8")

    def fails(blocks: tuple[Block, ...], structure: object) -> None:
        raise ValueError("substring not found")

    monkeypatch.setattr("index.preparing.read_ledger", fails)
    reply = prepare(Request("通报.txt", file), CharacterCounter())
    assert isinstance(reply, Prepared)
    assert "北坪水厂" in reply.loaded.text
    assert reply.chunks
    assert reply.ledger.records == []
    assert any("没有读出台账（ValueError）" in note for note in reply.loaded.notes)
