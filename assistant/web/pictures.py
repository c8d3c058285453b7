"""Pictures of the pages of originals, for the eye that compares; nothing else is ever sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.web.ports import Library
from index.errors import IndexingError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

logger = logging.getLogger(__name__)

WIDTHS = (1000, 2000)  # pixels: to read, and enlarged
AT_ONCE = 2  # pages drawn at a time; a large scan takes a core for a second
WAITING = 16  # more would be asked for by nobody who looks at them
_PNG = b"\x89PNG\r\n\x1a\n"


class Pictures:
    """Draws pages of documents as PNG."""

    def __init__(self, library_of: Callable[[Request], Library]) -> None:
        self._library_of = library_of
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def send(self, request: Request) -> Response:
        """Answer with the picture of a page; where there is none, with a bare status."""
        from starlette.concurrency import run_in_threadpool
        from starlette.responses import Response

        headers = {"cache-control": "no-store"}
        if self._waiting >= WAITING:
            return Response(status_code=503, headers={**headers, "retry-after": "2"})
        self._waiting += 1
        try:
            async with self._slots:
                picture = await run_in_threadpool(self._draw, request)
        finally:
            self._waiting -= 1
        if picture is None:
            return Response(status_code=404, headers=headers)
        return Response(picture, media_type="image/png", headers=headers)

    def _draw(self, request: Request) -> bytes | None:
        wanted = request.query_params
        page, width = _number(wanted, "page"), _number(wanted, "width")
        if page is None:
            return None
        try:
            picture = self._library_of(request).page_image(
                wanted.get("document", ""),
                page,
                width if width in WIDTHS else WIDTHS[0],
                _number(wanted, "version"),
            )
        except (AssistantError, IndexingError) as error:
            logger.info("No picture of a page: %s", error)
            return None
        except Exception:  # the page must go on; the log has the traceback
            logger.exception("A page could not be drawn")
            return None
        return picture if picture.startswith(_PNG) else None


def _number(wanted: Mapping[str, str], name: str) -> int | None:
    given = wanted.get(name, "")
    fits = given.isascii() and given.isdigit() and len(given) <= 9
    return int(given) if fits and int(given) > 0 else None
