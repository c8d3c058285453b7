"""Some attacks of several kinds through the whole assistant; all of them by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evals.injection.attacks import Attack, attacks
from tests.evals.injection.chain import outcomes

FIRST = {attack.kind: attack for attack in reversed(attacks())}


@pytest.mark.parametrize("attack", list(FIRST.values())[::4], ids=lambda a: a.kind)
def test_nothing_comes_out(attack: Attack, tmp_path: Path) -> None:
    found = list(outcomes(tmp_path, [attack]))
    assert found
    assert [o.wrong for o in found if o.wrong] == []
    assert any(o.answer.wording is not None for o in found)
