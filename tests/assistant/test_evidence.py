"""What of a document may be evidence, and what only frames it."""

from pathlib import Path

from assistant.evidence import units_of_chunk
from index.build import build_index
from index.library import open_library
from index.settings import IndexSettings
from tests.conftest import WordCountEncoder

NOTICE = (
    "关于供热的通知\n\n今年供热时间提前至11月10日。\n特此通知\n\n区城市管理局\n2024年10月25日\n"
)


def test_the_last_sentence_is_evidence_and_the_signature_is_not(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "notice.txt").write_text(NOTICE, encoding="utf-8")
    with open_library(IndexSettings(tmp_path / "data"), "测试", create=True) as library:
        library.__dict__["encoder"] = WordCountEncoder()
        build_index([tmp_path / "corpus"], library)
        (hit,) = library.search_words("供热", 5)
        (chunk,) = library.chunks([hit[0]]).values()
        found = units_of_chunk(library.content(chunk.file_id), chunk)
    assert [unit.text for unit in found] == ["今年供热时间提前至11月10日。"]
