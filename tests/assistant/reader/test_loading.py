"""Which reader reads is a setting; one that cannot be used says why."""

import logging
import shutil
from pathlib import Path

import pytest

from assistant.reader import bundled
from assistant.reader.loading import load_reader
from assistant.reader.reading import Passage
from index.bundled_model import bundled_model_folder
from index.errors import ModelError

PASSAGES = [
    Passage(
        "2024年重点工程", "石桥改建工程由区交通局负责，总投资4.03亿元，因征地协议未签没有开工。"
    ),
    Passage("安全生产会议", "会议由副区长林可为主持，要求9月底前完成培训。"),
]


def cross_encoder(folder: Path, labels: int = 1) -> Path:
    """Write a cross-encoder with random weights, one layer deep."""
    from transformers import BertConfig, BertForSequenceClassification

    source = bundled_model_folder()
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        if (source / name).exists():
            folder.mkdir(exist_ok=True)
            shutil.copy(source / name, folder / name)
    config = BertConfig(
        vocab_size=250_037, hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=8, num_labels=labels,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_the_bundled_reader_finds_the_words_that_answer() -> None:
    reader = load_reader(None)
    assert reader is not None
    first, second = reader.read("石桥改建工程由哪个单位负责？", PASSAGES)
    assert "交通局" in PASSAGES[0].text[first.start : first.end]
    assert first.relevance > second.relevance
    assert first.margin is not None
    assert second.margin is not None
    assert first.margin > second.margin


def test_every_assistant_reads_with_the_same_model() -> None:
    assert load_reader(None) is load_reader(None)


def test_a_reader_that_cannot_be_run_leaves_answers_without_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "reader.onnx"
    broken.write_bytes(b"no model")
    monkeypatch.setattr(bundled, "GRAPH", broken)
    load_reader.cache_clear()
    try:
        with caplog.at_level(logging.WARNING):
            assert load_reader(None) is None
    finally:
        load_reader.cache_clear()
    assert "不能使用" in caplog.text


def test_none_is_no_reader() -> None:
    assert load_reader("none") is None


def test_any_cross_encoder_can_read_instead(tmp_path: Path) -> None:
    reader = load_reader(str(cross_encoder(tmp_path / "model")))
    assert reader is not None
    found = reader.read("石桥改建工程由哪个单位负责？", PASSAGES)
    assert len(found) == 2
    assert all(reading.margin is None for reading in found)
    assert (
        found[0].relevance == reader.read("石桥改建工程由哪个单位负责？", PASSAGES[:1])[0].relevance
    )
    assert reader.read("石桥", []) == []


def test_a_classifier_is_no_reader(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"3 个分数.*YOUJU_READER"):
        load_reader(str(cross_encoder(tmp_path / "model", labels=3)))


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"不存在.*YOUJU_READER"):
        load_reader(str(tmp_path / "nothing"))


def test_pickled_weights_are_not_opened(tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "model")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="pickle"):
        load_reader(str(folder))
