"""What staff have set right, as far as it is about documents that may be seen."""

from __future__ import annotations

from collections.abc import Sequence

from index.ledger.book import FileInfo, record_keys
from index.ledger.names import core_name
from index.ledger.store import Alias, Correction, LedgerStore, Merge


class SeenLedgerStore(LedgerStore):
    """Reads what concerns the records of some files; it writes as the whole does.

    Corrections quote documents, aliases and merges name their units and projects.
    """

    def __init__(self, whole: LedgerStore, files: Sequence[FileInfo]) -> None:
        super().__init__(whole._engine)
        self._keys = {key for file in files for key in record_keys(file)}
        records = [record for file in files for record in file.ledger.records]
        self._names = {core_name(record.name) for record in records}
        said = {w.text for r in records for n, w in r.fields.items() if n == "unit"}
        self._units = "\n".join(sorted(said))

    def corrections(self) -> list[Correction]:
        """Return the corrections of these records, oldest first."""
        return [made for made in super().corrections() if made.record in self._keys]

    def aliases(self) -> list[Alias]:
        """Return the aliases of units that these records name."""
        return [a for a in super().aliases() if a.unit in self._units or a.alias in self._units]

    def remove_alias(self, alias: str) -> None:
        """Drop an alias that may be seen."""
        if any(known.alias == alias for known in self.aliases()):
            super().remove_alias(alias)

    def merges(self) -> list[Merge]:
        """Return the merges of which both names are of these records."""
        return [m for m in super().merges() if self._known(m.name) and self._known(m.same_as)]

    def unmerge(self, name: str, same_as: str) -> None:
        """Take a merge back that may be seen."""
        if self._known(name) and self._known(same_as):
            super().unmerge(name, same_as)

    def _known(self, name: str) -> bool:
        return core_name(name) in self._names
