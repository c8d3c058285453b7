"""Have LibreOffice convert old Office files: alone, without a network, within limits.

It runs with a profile of its own that is thrown away, in which macros are off and
links to other files and to the network are not followed. Measured with 7.4:
without these settings it fetches pictures from the network.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from index.errors import DamagedFileError, UnsupportedFormatError

Target = Literal["docx", "xlsx", "pptx"]
SECONDS = 150.0  # start included, which takes 2; the reader behind it needs the rest of its time
MEMORY = 3 << 30  # bytes of address space; 1 GB is enough to start and for small files
MAX_OUTPUT = 1 << 30  # bytes of one file that it writes
_FILTERS: dict[Target, str] = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "pptx": "pptx:Impress MS PowerPoint 2007 XML",
}
_COMPONENTS: dict[Target, str] = {"docx": "writer", "xlsx": "calc", "pptx": "impress"}
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_FOLDER = "youju-soffice-"
_STALE = 3600.0  # seconds; no conversion takes as long

_COMMON, _SCRIPTING = "/org.openoffice.Office.Common/", "Security/Scripting"
_SETTINGS = (
    (_COMMON + _SCRIPTING, "DisableMacrosExecution", "true"),
    (_COMMON + _SCRIPTING, "MacroSecurityLevel", "3"),
    (_COMMON + _SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),  # never
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),  # never
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),  # never
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
)


def convert(content: bytes, suffix: str, target: Target) -> bytes:
    """Return ``content``, which is of the format that ``suffix`` names, in a new format.

    Raises:
        UnsupportedFormatError: if LibreOffice, or its part for such files, is missing.
        DamagedFileError: if it cannot read the file, or takes too long.
    """
    program = _program()
    if program is None:
        raise UnsupportedFormatError(_missing(suffix, target))
    _clear_stale()
    with tempfile.TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"source{suffix}"
        source.write_bytes(content)
        _write_profile(folder / "profile")
        said = _run(program, source, folder, target)
        made = folder / "out" / f"source.{target}"
        if not made.is_file():
            raise _failed(said, suffix, target)
        return made.read_bytes()


def _program() -> str | None:
    for name in ("soffice", "libreoffice", *_USUAL_PLACES):
        found = shutil.which(name)
        if found:
            return found
    return None


def _missing(suffix: str, target: Target) -> str:
    return (
        f"读取 {suffix} 要用 LibreOffice，这台电脑上没有找到（PATH 里没有 soffice）。"
        f"请安装 LibreOffice（免费；Debian、Ubuntu、统信、麒麟：sudo apt-get install "
        f"libreoffice-{_COMPONENTS[target]}）后重新导入；"
        f"或用 Office、WPS 打开，“另存为” .{target} 再导入。"
    )


def _failed(said: str, suffix: str, target: Target) -> DamagedFileError | UnsupportedFormatError:
    if "no export filter" in said or ("filter" in said and "not found" in said):
        return UnsupportedFormatError(
            f"已安装的 LibreOffice 缺少读取 {suffix} 的组件。请安装 "
            f"libreoffice-{_COMPONENTS[target]} 后重新导入；"
            f"或用 Office、WPS 打开，“另存为” .{target} 再导入。"
        )
    return DamagedFileError(
        f"LibreOffice 打不开这个文件，可能已损坏或加了密码。请用 Office 或 WPS 打开，"
        f"“另存为” .{target} 后再导入。"
    )


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _run(program: str, source: Path, folder: Path, target: Target) -> str:
    """Run the conversion to its end, and return what the program said."""
    command = [
        *_without_network(), program, "--headless", "--norestore", "--nolockcheck", "--nologo",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", _FILTERS[target], "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=_environment(folder),
        cwd=folder,
        start_new_session=True,
        preexec_fn=_limits() if os.name == "posix" else None,
    )
    try:
        said, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise DamagedFileError(
            f"LibreOffice 转换了 {SECONDS:.0f} 秒还没有完成，已停止。文件可能已损坏或太大。"
            f"请用 Office 或 WPS 打开，“另存为” .{target} 后再导入。"
        ) from error
    finally:
        _end(process)
    return said.decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _environment(folder: Path) -> dict[str, str]:
    """Return what the program needs, and nothing else: no proxy, no display, no keys."""
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    home = str(folder)
    return {**environment, "HOME": home, "TMPDIR": home, "TEMP": home, "TMP": home,
            "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}  # fmt: skip


@functools.cache
def _without_network() -> tuple[str, ...]:
    """Return the words before a command that take the network away, where the system has any.

    A second wall: the profile alone keeps LibreOffice from following links.
    """
    wall = ("unshare", "--map-root-user", "--net")
    if sys.platform != "linux" or not shutil.which(wall[0]) or not shutil.which("true"):
        return ()
    tried = subprocess.run([*wall, "true"], capture_output=True, check=False)
    return wall if tried.returncode == 0 else ()


def _limits() -> Callable[[], None]:
    """Return a function that limits the process in which it is called."""
    import resource

    wanted = (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, int(SECONDS) * 2),  # it may use two cores
        (resource.RLIMIT_FSIZE, MAX_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    )

    def limit() -> None:
        for kind, amount in wanted:
            _, most = resource.getrlimit(kind)
            least = amount if most == resource.RLIM_INFINITY else min(amount, most)
            with contextlib.suppress(ValueError, OSError):  # macOS refuses some
                resource.setrlimit(kind, (least, least))

    return limit


def _clear_stale() -> None:
    """Remove what a conversion left that was ended from outside: it holds a document."""
    for folder in _stale_folders():
        shutil.rmtree(folder, ignore_errors=True)


def _stale_folders() -> Iterator[Path]:
    before = time.time() - _STALE
    for folder in Path(tempfile.gettempdir()).glob(_FOLDER + "*"):
        with contextlib.suppress(OSError):
            status = folder.lstat()
            ours = os.name != "posix" or status.st_uid == os.getuid()
            if ours and status.st_mtime < before:
                yield folder
