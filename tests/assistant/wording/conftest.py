"""The district of the ledger's tests with a speech, over the bundled model's vectors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import AUTUMN, Desk, opened

SPEECH = """在全区重点项目调度会上的讲话
副区长　李青
（2024年10月12日）
同志们：
下面我讲三点要求。
一、抓开工。石桥改建工程的征地协议由区自然资源局牵头，10月31日前全部签完。
二、抓资金。区财政局要把配套资金拨付到位。
三、抓安全。各责任单位每周检查一次工地。
"""


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    files = {"q3.txt": AUTUMN, "speech.txt": SPEECH}
    with opened(tmp_path_factory.mktemp("wording"), files, real=True) as desk:
        yield desk
