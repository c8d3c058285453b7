"""Owners written right before the names of their projects: “区住房中心某安置区、某公寓”.

Of an office whose name may as well begin a project's (“区文化中心改造”) only its document can tell:
where it writes other owners so, this one is one, too.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.ledger.builder import Builder
from index.ledger.names import looks_named
from index.ledger.owners import is_owner
from index.ledger.records import Record

MIN_GLUED = 2  # projects whose owners a document writes right before their names
_OWNER = re.compile(
    r"(?P<unit>(?:[省市县区州][\u4e00-\u9fff]{1,10}?(?:中心|管理[处所站]|事务所|总站|支队|大队|供电所|办)"
    r"|[\u4e00-\u9fff]{2,4}(?:[镇乡](?:人民)?政府|街道(?:办事处|办)?)))(?=[\u4e00-\u9fff“\"A-Za-z\d]{4})"
)
# What may be done to an office's own house: its name is then the project's.
_OF_HOUSE = re.compile(
    r"(?:改造|扩建|新建|迁建|改扩建|装修|维修|修缮|加固|提升|二期|一期|三期|综合楼|办公楼|业务|大楼|门诊|设备|信息化|智能化|配套|项目|工程|建设|升级|整体)"
)
_GOES_ON = re.compile(r"\s*[、和及与]\s*")


def part_owners(builder: Builder, first: int) -> None:
    """Part owners from the names behind them, in the records from position ``first`` on."""
    records = builder.ledger.records
    own = records[first:]
    if sum(_is_glued(record) for record in own) < MIN_GLUED:
        return
    before: Record | None = None
    for place, record in enumerate(own, first):
        parted = None if builder.ledger.rosters[record.roster].table else _parted(builder, record)
        if parted is None and before and _goes_on(builder, before, record):
            fields = {**record.fields, "unit": before.fields["unit"]}
            parted = replace(record, fields=fields)
        records[place] = parted or record
        before = parted


def _is_glued(record: Record) -> bool:
    unit = record.fields.get("unit")
    return unit is not None and unit.end == record.fields["name"].start


def _parted(builder: Builder, record: Record) -> Record | None:
    """Return a record whose name begins with its owner with both apart, None of any other."""
    name = record.fields["name"]
    glued = _OWNER.match(name.text) if "unit" not in record.fields else None
    at = builder.clean(name.start)
    if glued is None or builder.view.text[at : at + len(name.text)] != name.text:
        return None
    rest = name.text[glued.end() :]
    if _OF_HOUSE.match(rest) or not looks_named(rest) or not is_owner(glued["unit"]):
        return None
    fields = {
        **record.fields,
        "unit": builder.words((at, at + glued.end("unit"))),
        "name": builder.words((at + glued.end(), at + len(name.text))),
    }
    return replace(record, fields=fields)


def _goes_on(builder: Builder, before: Record, record: Record) -> bool:
    """Tell whether a name without an owner stands beside one whose owner was parted from it."""
    low, high = (
        builder.clean(at) for at in (before.fields["name"].end, record.fields["name"].start)
    )
    beside = _GOES_ON.fullmatch(builder.view.text[low:high])
    return bool(beside) and "unit" not in record.fields and before.roster == record.roster
