from pathlib import Path

import pytest

from index.errors import IndexingError, StoreError
from index.settings import read_settings
from index.sql import open_engine


def test_an_argument_wins_over_the_environment(tmp_path: Path) -> None:
    found = read_settings(tmp_path, {"YOUJU_DATA_DIR": "/elsewhere"})
    assert found.data_dir == tmp_path


def test_the_environment_is_read(tmp_path: Path) -> None:
    found = read_settings(None, {"YOUJU_DATA_DIR": str(tmp_path), "YOUJU_EMBEDDING_MODEL": "m"})
    assert (found.data_dir, found.embedding_model) == (tmp_path, "m")


def test_a_misspelt_variable_is_refused_by_name() -> None:
    with pytest.raises(IndexingError, match="YOUJU_DATADIR"):
        read_settings(None, {"YOUJU_DATADIR": "x"})


def test_a_precision_is_one_of_three_or_refused_with_them() -> None:
    assert read_settings(None, {"YOUJU_PRECISION": "int8"}).precision == "int8"
    assert read_settings(None, {"YOUJU_PRECISION": ""}).precision is None
    with pytest.raises(IndexingError, match=r"int4.*bfloat16、int8、float32"):
        read_settings(None, {"YOUJU_PRECISION": "int4"})


@pytest.mark.parametrize("url", ["foo://x", "::", "postgresql+nodriver://u:geheim@127.0.0.1/x"])
def test_an_address_of_no_database_is_a_sentence_without_the_password(url: str) -> None:
    with pytest.raises(StoreError, match="YOUJU_DATABASE_URL") as caught:
        open_engine(url)
    assert "geheim" not in str(caught.value)
