"""The conversion is alone: no network, no other files, no macros, no end without end."""

from __future__ import annotations

import http.server
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from index.errors import DamagedFileError, UnsupportedFormatError
from index.load import libreoffice
from index.load.libreoffice import convert
from tests.index.load.soffice import need_office

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("svg", "svg-compatible"), ("manifest", "manifest"),
    )
)  # fmt: skip


def open_document(kind: str, body: str) -> bytes:
    """Return an OpenDocument file whose body is raw XML."""
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", media_type)
        entries = "".join(
            f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{named}"/>'
            for path, named in (("/", media_type), ("content.xml", "text/xml"))
        )
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {_NAMES}>{entries}</manifest:manifest>"
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {_NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'office:version="1.2"><office:body>{body}</office:body></office:document-content>',
        )
    return stream.getvalue()


def words_in(container: bytes) -> bytes:
    """Return all that the parts of a container say."""
    with zipfile.ZipFile(BytesIO(container)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Return the address of a web server, and the list of what was asked of it."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_OPTIONS = do_HEAD = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


def _linked(address: str) -> bytes:
    return open_document(
        "text",
        "<office:text><text:p>正文</text:p><text:p>"
        '<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="paragraph">'
        f'<draw:image xlink:href="{address}/canary.png" xlink:type="simple"/></draw:frame>'
        "</text:p></office:text>",
    )


@pytest.mark.parametrize("walled", [True, False])
def test_links_to_the_network_are_not_followed(
    asked: tuple[str, list[str]], walled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_office()
    if not walled:  # the profile must do it alone where the system has no such wall
        monkeypatch.setattr(libreoffice, "_without_network", lambda: ())
    address, paths = asked
    assert "正文".encode() in words_in(convert(_linked(address), ".odt", "docx"))
    assert paths == []


def test_server_would_have_seen_it(
    asked: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    need_office()
    monkeypatch.setattr(libreoffice, "_without_network", lambda: ())
    monkeypatch.setattr(libreoffice, "_SETTINGS", ())
    address, paths = asked
    convert(_linked(address), ".odt", "docx")
    assert "/canary.png" in paths


def test_other_files_are_not_read_into_the_document(tmp_path: Path) -> None:
    need_office()
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY")
    section = (
        "<office:text><text:p>正文</text:p><text:section text:name='a'><text:section-source "
        f'xlink:href="{secret.as_uri()}" xlink:type="simple" xlink:show="embed"/>'
        "<text:p>旧</text:p></text:section></office:text>"
    )
    made = words_in(convert(open_document("text", section), ".odt", "docx"))
    assert "旧".encode() in made
    assert b"CANARY" not in made
    formula = (
        '<office:spreadsheet><table:table table:name="S"><table:table-row>'
        f'<table:table-cell table:formula="of:=WEBSERVICE(&quot;{secret.as_uri()}&quot;)"/>'
        f"<table:table-cell table:formula=\"of:='{secret.as_uri()}'#$secret.A1\"/>"
        '<table:table-cell table:formula="of:=1+1"/>'
        "</table:table-row></table:table></office:spreadsheet>"
    )
    assert b"CANARY" not in words_in(convert(open_document("spreadsheet", formula), ".ods", "xlsx"))


def _pretender(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program in the way of LibreOffice."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_conversion_that_never_ends_is_stopped_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = tmp_path / "pid"
    _pretender(tmp_path, f"sleep 300 & echo $! > {pid}; wait", monkeypatch)
    monkeypatch.setattr(libreoffice, "SECONDS", 1.0)
    monkeypatch.setattr(libreoffice, "_without_network", lambda: ())
    with pytest.raises(DamagedFileError, match="1 秒"):
        convert(b"x", ".doc", "docx")
    grandchild = int(pid.read_text())
    for _ in range(50):
        if not _runs(grandchild):
            break
        time.sleep(0.1)
    assert not _runs(grandchild)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_program_sees_neither_proxies_nor_keys_and_its_folder_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    _pretender(tmp_path, f"env > {seen}; pwd >> {seen}", monkeypatch)
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("SECRET_KEY", "CANARY")
    with pytest.raises(DamagedFileError):
        convert(b"x", ".doc", "docx")
    said = seen.read_text()
    assert "CANARY" not in said
    assert "proxy" not in said.lower()
    assert not Path(said.splitlines()[-1]).exists()


def test_missing_component_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretender(tmp_path, "echo 'Error: no export filter for /a.docx found, aborting.'", monkeypatch)
    with pytest.raises(UnsupportedFormatError, match="libreoffice-writer"):
        convert(b"x", ".doc", "docx")


def test_folders_of_conversions_that_were_killed_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice.tempfile, "tempdir", str(tmp_path))
    old, fresh = tmp_path / "youju-soffice-old", tmp_path / "youju-soffice-new"
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "source.doc").write_text("文字")
    os.utime(old, (0, 0))
    _pretender(tmp_path, "exit 0", monkeypatch)
    with pytest.raises(DamagedFileError):
        convert(b"x", ".doc", "docx")
    assert not old.exists()
    assert fresh.exists()
