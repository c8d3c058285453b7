"""Who leads a task and who supports it: offices that a claim gives another part than its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from assistant.claims.names import OFFICE

Role = Literal["lead", "support", "owner"]

_OFFICE = OFFICE.pattern
_JOINED = rf"(?P<units>{_OFFICE}(?:[、和与及]{_OFFICE})*)"
# “将在11月20日前”, “要”: what stands between an office and what it does.
_GAP = r"(?:将|要|须|应|负责|(?:在|于)?[^,;。、]{0,8}\d[^,;。、]{0,6}前)*"
_PATTERNS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("lead", re.compile(rf"{_JOINED}{_GAP}(?:负责)?(?:牵头|主办|会同|联合)")),
    ("lead", re.compile(rf"(?:牵头|主办)(?:单位|部门)?[:是为]{_JOINED}")),
    ("support", re.compile(rf"{_JOINED}(?:等)?{_GAP}(?:积极|全力|予以)?(?:配合|协助|协办)")),
    ("support", re.compile(rf"(?:(?:配合|协办)(?:单位|部门)?[:是为]|会同){_JOINED}")),
    ("owner", re.compile(rf"(?:责任|主管)(?:单位|部门)(?:[:是为]|\n){_JOINED}")),
    ("owner", re.compile(rf"由{_JOINED}(?:总)?负责(?=[,;。]|$)")),
)
_BEFORE = re.compile(
    r"^.*[由请]|^(?:[由请向受对与和及经报归给以]|要求|会议|督办要求:|责任单位[:为是]?)+"
)
LEAST = 2  # characters of an office's name, and one more
Roles = dict[str, set[Role]]


def roles_of(text: str) -> Roles:
    """Return the offices in folded ``text`` that lead, support or own a task."""
    found: Roles = {}
    for role, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            for unit in _units(match["units"]):
                name = _BEFORE.sub("", unit)
                found.setdefault(name, set()).add(role)
    return found


def _units(joined: str) -> list[str]:
    """Return offices that stand together; “住房和城乡建设局” is one."""
    units: list[str] = []
    for part in joined.split("、"):
        pieces = re.split("[和与及]", part)
        apart = all(OFFICE.fullmatch(piece) and len(piece) > LEAST for piece in pieces)
        units += pieces if apart else [part]
    return units


def role_faults(claim: str, scope: str, *, of_subject: bool) -> Iterator[str]:
    """Yield the offices of folded ``claim`` that have another part in ``scope``.

    ``of_subject``: the scope speaks of one thing, so that its leader is the only one.
    """
    said, held = roles_of(claim), roles_of(scope)
    for unit, roles in said.items():
        theirs = _roles_in(unit, held)
        for role in roles:
            if role in theirs or (role == "owner" and "lead" in theirs):
                continue
            turned = bool(theirs) and "support" in (role, *theirs)
            another = of_subject and role != "support" and _given(role, held)
            if turned or another:
                yield unit


def _given(role: Role, held: Mapping[str, set[Role]]) -> bool:
    return any(role in roles for roles in held.values())


def _roles_in(unit: str, held: Roles) -> set[Role]:
    """Return the parts of an office, named with or without its district."""
    return {
        role for name, roles in held.items() if name.endswith(unit) or unit.endswith(name)
        for role in roles
    }  # fmt: skip
