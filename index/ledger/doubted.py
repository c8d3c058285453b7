"""Names that do not look like one: cut to the name in them, or no record at all.

“河西第二小学8月25日通过竣工验收” is a name and what is said of it, “土地于” is none. Looked at once
all readers of a document are through, since some of them choose by how well others read.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.ledger.builder import Builder
from index.ledger.likeness import DOUBTFUL, is_unlikely, likely_name, name_likeness
from index.ledger.names import core_name, masked
from index.ledger.records import Record

# Characters of a class's heading (“水利项目”), of which a remark below says little.
SHORT_HEADING = 6
_LITTLE = frozenset(("name", "status_text", "state"))
# “另1个是老街商业体”: what leads the last of a list in.
_ONE_IS = re.compile(r"(?:另外?|还|其余|剩下)的?有?[1一][个项](?:项目)?[是为]\s*(?=\S{3})")


def mend_names(builder: Builder, first: int) -> None:
    """Mend the names of the projects from position ``first`` on that prose tells of.

    What a table names is a name, whatever it looks like, in the prose around it, too.
    """
    ledger = builder.ledger
    tables = {
        core_name(record.name) for record in ledger.records if ledger.rosters[record.roster].table
    }
    headings = {s.heading for s in builder.document.sections if len(s.heading) <= SHORT_HEADING}
    mended: list[Record] = []
    for record in ledger.records[first:]:
        if record.name in headings and set(record.fields) <= _LITTLE:
            continue
        told = record.kind == "project" and not ledger.rosters[record.roster].table
        if told and not masked(record.name) and core_name(record.name) not in tables:
            mended += filter(None, [_mended(builder, record)])
        else:
            mended.append(record)
    ledger.records[first:] = mended


def _mended(builder: Builder, record: Record) -> Record | None:
    """Return a record with a name that looks like one, None where there is none."""
    name = record.fields["name"]
    at = builder.clean(name.start)
    whole = len(name.spans) == 1 and builder.view.text[at : at + len(name.text)] == name.text
    led = _ONE_IS.match(name.text) if whole else None
    if led:
        bare = builder.words((at + led.end(), at + len(name.text)))
        return replace(record, fields={**record.fields, "name": bare})
    if name_likeness(name.text) >= DOUBTFUL:
        return record
    end = likely_name(name.text) if whole else None
    if end is None:
        return None if is_unlikely(name.text) else record
    # What was taken for why it is late was told behind more than a name, perhaps of another.
    told = {key: words for key, words in record.fields.items() if key != "reason"}
    said = builder.words((at + end, at + len(name.text)))
    fields = {"status_text": said, **told, "name": builder.words((at, at + end))}
    return replace(record, fields=fields, reason_kind=None)
