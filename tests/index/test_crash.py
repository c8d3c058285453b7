"""A short run of ``tests.bench_crash``: kills at random moments, and nothing is lost."""

from pathlib import Path

from tests.bench_crash import crash


def test_nothing_acknowledged_is_lost_by_kills_at_random_moments(tmp_path: Path) -> None:
    assert crash(tmp_path, kills=5, documents=40, seed=11, probing=False) == []
