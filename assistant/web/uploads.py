"""Takes uploaded files: one request a file, streamed to disk, then handed to the intake."""

from __future__ import annotations

import asyncio
import errno
import logging
import secrets
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from assistant.web.filenames import base_name, clean_name
from assistant.web.ports import Intake
from assistant.web.strings import words
from index.errors import IndexingError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

logger = logging.getLogger(__name__)

NAME = "x-youju-name"  # a header that a foreign page cannot send without asking first
MEGABYTE = 1024 * 1024
MAX_UPLOAD = 500 * MEGABYTE  # as much as index.load reads of one file
AT_ONCE = 4  # files on their way; the page sends two at a time
PATIENCE = 30.0  # seconds without a byte
RESERVE = 200 * MEGABYTE  # bytes of the disk that stay free, for the index itself
PIECE = MEGABYTE  # bytes written at a time
_PART = ".part"
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Refused(Exception):
    """An upload that is not taken: a status, and the sentence in both languages."""

    def __init__(self, status: int, said: tuple[str, str]) -> None:
        super().__init__(said[0])
        self.status = status
        self.said = said


class Receiver:
    """Writes what is uploaded into ``folder`` and hands it on.

    ``folder`` is on the same disk as the index and belongs to this class alone:
    what an earlier run left in it unfinished is removed. ``limit`` is in bytes,
    ``patience`` in seconds. ``intake_of`` gives the intake that a request may use.
    """

    def __init__(
        self,
        intake_of: Callable[[Request], Intake],
        folder: Path,
        limit: int = MAX_UPLOAD,
        patience: float = PATIENCE,
    ) -> None:
        self._intake_of = intake_of
        self._folder = folder
        self._limit = limit
        self._patience = patience
        self._busy = 0
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"*{_PART}"):
            left.unlink(missing_ok=True)

    async def receive(self, request: Request) -> Response:
        """Answer one upload: the job's id and the name that was kept, or why it was refused."""
        from starlette.requests import ClientDisconnect
        from starlette.responses import JSONResponse

        headers = {"cache-control": "no-store"}
        try:
            taken = await self._take(request)
        except Refused as refused:
            chinese, english = refused.said
            if refused.status == 503:
                headers["retry-after"] = "2"
            answer: dict[str, Any] = {"error": {"zh": chinese, "en": english}}
            return JSONResponse(answer, refused.status, headers)
        except ClientDisconnect:  # nobody is left to hear it
            return JSONResponse({}, 400, headers)
        return JSONResponse(taken, 200, headers)

    async def _take(self, request: Request) -> dict[str, Any]:
        from starlette.concurrency import run_in_threadpool

        given = _given_name(request.headers.get(NAME, ""))
        name = clean_name(given) if given else None
        if given is None or name is None:
            raise Refused(400, words("upload_name"))
        declared = request.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > self._limit:
            raise self._too_large()
        if self._busy >= AT_ONCE:
            raise Refused(503, words("upload_busy"))
        self._busy += 1
        try:
            self._leave_room(int(declared) if declared.isdigit() else 0)
            # Who may not is told before anything is written.
            intake = await run_in_threadpool(self._intake_of, request)
            job = await self._keep(name, request.stream(), intake)
        finally:
            self._busy -= 1
        return {"job": job, "name": name, "renamed": name != base_name(given)}

    async def _keep(self, name: str, body: AsyncIterator[bytes], intake: Intake) -> str:
        from starlette.concurrency import run_in_threadpool
        from starlette.requests import ClientDisconnect

        file = self._folder / f"{secrets.token_hex(16)}{_PART}"
        try:
            await self._write(file, body)
            return await run_in_threadpool(intake.add, name, file)
        except IndexingError as error:  # written for the user
            raise Refused(422, (str(error), str(error))) from error
        except OSError as error:
            full = error.errno in _NO_SPACE
            logger.warning("An upload could not be kept: %s", error)
            raise Refused(
                507 if full else 500, words("upload_full" if full else "upload_failed")
            ) from error
        except (Refused, ClientDisconnect):
            raise
        except Exception as error:  # the page must go on; the log has the traceback
            logger.exception("An upload could not be taken in")
            raise Refused(500, words("upload_failed")) from error
        finally:
            file.unlink(missing_ok=True)  # nothing is there where the intake took it over

    async def _write(self, file: Path, body: AsyncIterator[bytes]) -> None:
        """Write the body in pieces, in another thread: the disk must not hold up the page."""
        from starlette.concurrency import run_in_threadpool

        size, piece = 0, bytearray()
        with await run_in_threadpool(file.open, "xb") as out:
            async for part in self._in_time(body):
                size += len(part)
                if size > self._limit:
                    raise self._too_large()
                piece += part
                if len(piece) >= PIECE:
                    await run_in_threadpool(out.write, bytes(piece))
                    piece.clear()
            await run_in_threadpool(out.write, bytes(piece))

    async def _in_time(self, body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """Yield the parts of the body; a sender that falls silent gives its place free."""
        while True:
            try:
                async with asyncio.timeout(self._patience):
                    part = await anext(body, None)
            except TimeoutError as error:
                said = words("upload_slow", seconds=round(self._patience))
                raise Refused(408, said) from error
            if part is None:
                return
            yield part

    def _leave_room(self, size: int) -> None:
        if shutil.disk_usage(self._folder).free < size + RESERVE:
            raise Refused(507, words("upload_full"))

    def _too_large(self) -> Refused:
        return Refused(413, words("upload_large", limit=self._limit // MEGABYTE))


def _given_name(header: str) -> str | None:
    """Return the name that was sent, percent-encoded UTF-8; None where it is anything else."""
    try:
        return unquote(header, errors="strict") if header.isascii() else None
    except UnicodeDecodeError:
        return None
