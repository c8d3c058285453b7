"""The real page with its desk over a few reports, for the browser tests of the desk.

``python -m tests.browser.desk_app PORT FOLDER`` indexes into FOLDER and serves.
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn

from assistant.chat import open_assistant
from assistant.people.people import People
from assistant.people.visitors import Visitors
from assistant.web.desks import Reception
from assistant.web.server import build_app
from assistant.web.shelf import Shelf
from index.build import build_index
from index.intake import Intake
from index.library import open_library
from index.settings import IndexSettings
from tests.assistant.desk.conftest import CORPUS
from tests.conftest import WordCountEncoder


def main(port: int, folder: Path) -> None:
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for name, text in CORPUS.items():
        (corpus / name).write_text(text, encoding="utf-8")
    with open_library(IndexSettings(folder / "data"), "测试", create=True) as library:
        library.__dict__["encoder"] = WordCountEncoder()
        build_index([corpus], library)
        people = People(library.database)
        intake = Intake(library)
        reception = Reception(library, people, Visitors(people, login=False), intake)
        app = build_app(
            open_assistant(library), Shelf(library), intake, library.incoming, reception=reception
        )
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
