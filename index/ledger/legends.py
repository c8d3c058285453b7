"""Marks before names, explained once: “名称前标▲的10个项目快于序时”, “带★的为省级项目”.

What a mark says is noted with each record it stands before; where it says a status, the
record has it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.ledger.builder import Builder
from index.ledger.records import COLUMN, Words
from index.ledger.status import status_of

MARKS = "▲△★☆●○■□◆◇※*＊"
_LEGEND = re.compile(
    rf"(?:带|标|标注|标有|注|注有|加|打|画)(?:有|了)?[“\"「（(]?(?P<mark>[{MARKS}])[”\"」）)]?(?:号|标记|标志)?的?"
    r"(?:\d+[个项])?(?:项目|工程|事项)?(?:的)?(?:为|是|系|表示|代表|指)?[，：:]?(?P<says>[^，。；、（）()\n]{2,14})"
)
_PRECEDES = re.compile(rf"[{MARKS}]+\s*$")


def read_legends(builder: Builder, first: int) -> None:
    """Note what marks say with the records from position ``first`` on that they stand before."""
    text, records = builder.view.text, builder.ledger.records
    legends = {m["mark"]: m for m in _LEGEND.finditer(text)}
    for place in range(first, len(records)) if legends else ():
        record = records[place]
        at = builder.clean(record.fields["name"].start)
        before = _PRECEDES.search(text, max(0, at - 3), at)
        legend = legends.get(before.group().strip()) if before else None
        if legend is None:
            continue
        says: Words = builder.words(legend.span("says"))
        status = status_of(says.text, heading=True)
        records[place] = replace(
            record,
            fields={**record.fields, f"{COLUMN}标注": says},
            stage=record.stage or status.stage,
            progress=status.progress or record.progress,
        )
