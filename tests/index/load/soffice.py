"""Real files of real programs: LibreOffice saves what a test gives it in another format."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

_FILTERS = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
    "docx": "docx:MS Word 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "pdf": "pdf:writer_pdf_Export",
    "csv": "csv:Text - txt - csv (StarCalc)",
    "ppt": "ppt:MS PowerPoint 97",
    "odp": "odp:impress8",
    "pptx": "pptx:Impress MS PowerPoint 2007 XML",
}
_INSTALL = (
    "tools/apt-install libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
)


def need_office() -> str:
    """Return the program; without it a test fails where it could be installed, else is skipped."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        if os.name == "posix" and os.getuid() == 0 and shutil.which("apt-get"):
            pytest.fail(f"LibreOffice is missing; `make test` installs it, or run: {_INSTALL}")
        pytest.skip(f"LibreOffice is missing, and only an administrator can install it: {_INSTALL}")
    return program


@functools.cache
def saved_as(content: bytes, source: str, target: str, options: str = "") -> bytes:
    """Return a file with suffix ``source`` as LibreOffice saves it with suffix ``target``."""
    program = need_office()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"a.{source}").write_bytes(content)
        reading = ["--infilter=HTML (StarWriter)"] if source == "html" else []
        subprocess.run(
            [program, "--headless", f"-env:UserInstallation={(folder / 'p').as_uri()}", *reading,
             "--convert-to", _FILTERS[target] + options, "--outdir", str(folder / "out"),
             str(folder / f"a.{source}")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (folder / "out" / f"a.{target}").read_bytes()
