"""Which region a document speaks for: by its issuer, its title, or the name of its file."""

from __future__ import annotations

import pytest

from index.ledger.issuers import issuer_named


@pytest.mark.parametrize(
    ("issuer", "title", "file_name", "region"),
    [
        ("青山市发展和改革委员会", "进展情况", "", "青山市"),
        ("市发展改革委", "项目明细", "青山市2025年债券资金台账.xlsx", "青山市"),
        ("云台经济开发区管理委员会", "月报", "", "云台经开区"),
        ("云台经济技术开发区督查办公室", "督办通报", "", "云台经开区"),
        ("", "云台经开区重点项目周报", "", "云台经开区"),
        ("", "松江高新技术产业开发区简报", "", "松江高新区"),
        # A person in the file's name and “全市” of a title are no region.
        ("", "在全市项目推进会上的讲话", "李明远市长在推进会上的讲话.docx", ""),
        ("", "我市召开推进会", "", ""),
        ("县水利局", "通知", "", ""),
        # A committee and a government together are of no region “县委县”.
        ("县委县政府督查室", "督查通报", "", ""),
        ("市委市政府督查室", "督查专报", "", ""),
        ("中共临河县委县政府督查室", "督查通报", "", "临河县"),
    ],
)
def test_the_region_is_found(issuer: str, title: str, file_name: str, region: str) -> None:
    assert issuer_named(issuer, title, file_name) == region
