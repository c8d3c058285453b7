"""What a verdict must rest on, and who may give one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.desk.records import VERDICTS, Case, Person
from assistant.errors import DeskError, NotAllowedError

VERIFIERS = ("verifies", "manages")
LONGEST_TEXT = 20_000  # characters of a corrected answer


def check_verdict(case: Case, verdict: str, text: str, comment: str) -> None:
    """Raise if a verdict lacks what it rests on.

    Raises:
        DeskError: “verified” with a citation unmarked or not supported, or with
            unverified words and no comment on them; “corrected” without a text;
            “rejected” without a reason.
    """
    if verdict not in VERDICTS:
        raise DeskError("结论只能是“已核实”“已更正”或“不采用”。请重新选择。")
    if verdict == "corrected" and not 0 < len(text) <= LONGEST_TEXT:
        raise DeskError(f"更正后的答案要有 1 到 {LONGEST_TEXT} 个字。请填写后再提交。")
    if verdict == "rejected" and not comment:
        raise DeskError("不采用要写明原因。请填写意见后再提交。")
    if verdict != "verified":
        return
    if case.unmarked:
        raise DeskError(f"还有引文没有核对：{_numbered(case.unmarked)}。请逐条标记后再核实。")
    wrong = [n for n, mark in sorted(case.latest.items()) if mark.mark == "not_supported"]
    if wrong:
        raise DeskError(
            f"引文{_numbered(wrong)}标记为“不支持”，不能核实为正确。请更正答案，或不采用。"
        )
    if case.turn.answer and case.turn.answer.unverified and not comment:
        raise DeskError("答案里有未核实的数字或文字。请在意见里写明怎样核对的，再提交。")


def _numbered(numbers: Sequence[int]) -> str:
    shown = "、".join(f"[{n}]" for n in numbers[:8])
    return shown + (f" 等 {len(numbers)} 条" if len(numbers) > 8 else "")


def check_verifies(person: Person) -> None:
    """Raise ``NotAllowedError`` if the person's role does not include verifying."""
    if person.role not in VERIFIERS:
        raise NotAllowedError("核实和反馈由核对人员处理。需要时请联系管理员。")
