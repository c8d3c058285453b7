"""A part of the word index: what some may see of it, its words counted in that part alone."""

from __future__ import annotations

import json
from collections.abc import Sequence

from index.lexical import LexicalIndex

TABLE = "seen_{}"


class LexicalPart(LexicalIndex):
    """Searches the texts of some ids only, and counts words in them only.

    How frequent a word is decides whether a question is refused: counted over all texts
    it would tell what stands in those that may not be seen. Only the weights inside BM25
    are those of the whole index, by which the order of the texts found may differ.
    """

    def __init__(self, whole: LexicalIndex, name: str, ids: Sequence[str]) -> None:
        self._connection = whole._connection
        self._table = f"temp.{TABLE.format(name)}"
        # The plus keeps SQLite from asking the word index row by row.
        self._within = f" AND +rowid IN (SELECT row FROM {self._table})"
        self._known: dict[str, int] = {}
        self._execute("PRAGMA temp_store=MEMORY")
        self._execute(f"CREATE TABLE {self._table} (row INTEGER PRIMARY KEY)")
        self._execute(
            f"INSERT INTO {self._table} SELECT row FROM keys "
            "WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(ids)),
        )
        self._size = int(self._rows(f"SELECT count(*) FROM {self._table}")[0][0])

    def close(self) -> None:
        """Forget which texts these were; the whole index stays open."""
        self._execute(f"DROP TABLE IF EXISTS {self._table}")

    def document_frequency(self, wanted: Sequence[str]) -> dict[str, int]:
        """Return in how many of these chunks each unit occurs (0 where in none)."""
        query = f"SELECT count(*) FROM texts WHERE texts MATCH ?{self._within}"
        # What stands nowhere at all need not be counted.
        everywhere = super().document_frequency([w for w in wanted if w not in self._known])
        for unit, most in everywhere.items():
            quoted = '"' + unit.replace('"', '""') + '"'
            self._known[unit] = int(self._rows(query, (quoted,))[0][0]) if most else 0
        return {unit: self._known[unit] for unit in wanted}

    def size(self) -> int:
        """Return the number of these texts."""
        return self._size

    def _execute(self, statement: str, *values: str) -> None:
        with self._connection as connection:
            connection.execute(statement, values)
