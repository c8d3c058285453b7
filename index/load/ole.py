"""The container of old Office files (.doc, .xls, .ppt, .wps): what is in it, and whether all is.

Format: [MS-CFB]. LibreOffice reads what is left of a file that was cut off, and
does not say so; so completeness is checked before.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from index.errors import DamagedFileError

_CUT_OFF = (
    "文件不完整（后面的内容缺失），可能没有下载或复制完。请从来源重新取得；"
    "能用 Office 或 WPS 打开的，核对内容后另存为 .docx、.xlsx 或 .pptx 再导入。"
)


def root_streams(content: bytes) -> frozenset[str]:
    """Return the names of the streams at the top; none where the container is broken."""
    try:
        with _open(content) as container:
            return frozenset(path[0] for path in container.listdir(storages=False) if not path[1:])
    except Exception:  # olefile lets anything out; the reader says that the file is damaged
        return frozenset()


def stream(content: bytes, name: str) -> bytes:
    """Return a stream of the container, empty if there is none of that name.

    Raises:
        DamagedFileError: if the container is broken.
    """
    try:
        with _open(content) as container:
            found: bytes = container.openstream(name).read() if container.exists(name) else b""
            return found
    except Exception as error:  # as above
        raise DamagedFileError(_CUT_OFF) from error


def check_whole(content: bytes, *names: str) -> None:
    """Check that the first of these streams that exists, and all beside it, are there whole.

    Raises:
        DamagedFileError: if none of them exists, or one is cut off.
    """
    try:
        with _open(content) as container:
            present = [name for name in names if container.exists(name)]
            whole = bool(present) and all(
                len(container.openstream(path).read()) >= container.get_size(path)
                for path in container.listdir(storages=False)
            )
    except Exception as error:  # as above
        raise DamagedFileError(_CUT_OFF) from error
    if not whole:
        raise DamagedFileError(_CUT_OFF)


def _open(content: bytes) -> Any:
    import olefile

    return olefile.OleFileIO(BytesIO(content))
