"""What of a document may be evidence, and what only frames it."""

from pathlib import Path

import pytest

from assistant.evidence import Unit, subject_of, units_of_chunk
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings
from tests.conftest import WordCountEncoder

NOTICE = (
    "关于供热的通知\n\n今年供热时间提前至11月10日。\n特此通知\n\n区城市管理局\n2024年10月25日\n"
)


def units_of(text: str, words: str, folder: Path) -> list[Unit]:
    """Return the units of the only chunk of a document that words are found in."""
    (folder / "corpus").mkdir()
    (folder / "corpus" / "notice.txt").write_text(text, encoding="utf-8")
    with open_library(IndexSettings(folder / "data"), "测试", create=True) as library:
        library.__dict__["encoder"] = WordCountEncoder()
        build_index([folder / "corpus"], library)
        (hit,) = library.search_words(words, 5)
        (chunk,) = library.chunks([hit[0]]).values()
        return units_of_chunk(library.content(chunk.file_id), chunk)


def test_the_last_sentence_is_evidence_and_the_signature_is_not(tmp_path: Path) -> None:
    found = units_of(NOTICE, "供热", tmp_path)
    assert [unit.text for unit in found] == ["今年供热时间提前至11月10日。"]


def test_who_can_be_asked_is_evidence(tmp_path: Path) -> None:
    text = NOTICE.replace("\n区城市", "\n联系人：顾然，电话3316008\n区城市")
    found = units_of(text, "供热", tmp_path)
    assert [unit.text for unit in found][-1] == "联系人：顾然，电话3316008"


@pytest.mark.parametrize(
    ("paragraph", "subject"),
    [
        ("【仍滞后】东桥中学。新总包已进场，施工至4层。", "【仍滞后】东桥中学。"),
        ("韩越：总包资金链紧张。建议解除合同。", "韩越："),
        ("今年以来，全区共开工12项。其中", ""),
        ("特此通知。", ""),
    ],
)
def test_what_a_paragraph_is_about_stands_at_its_head(paragraph: str, subject: str) -> None:
    assert paragraph[: subject_of(paragraph)] == subject


def test_later_sentences_of_a_paragraph_know_what_it_is_about(tmp_path: Path) -> None:
    text = "工作周报\n\n东桥中学。新总包已进场，施工至4层。仍滞后两个月。\n"
    units = units_of(text, "施工", tmp_path)
    said = [(unit.text, unit.context.splitlines()[-1]) for unit in units]
    assert said == [
        ("东桥中学。", "工作周报"),
        ("新总包已进场，施工至4层。", "东桥中学。"),
        ("仍滞后两个月。", "东桥中学。"),
    ]
