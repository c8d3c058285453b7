"""Errors as JSON: what, why, and what to do next; no path and no secret in them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from assistant.errors import AssistantError, BusyError, ForbiddenError
from index.errors import IndexingError, StoreError, UnknownDocumentError

logger = logging.getLogger(__name__)
DESCRIPTION = "/api/v1/openapi.json"
_ASK_MANAGER = "请稍后再试；仍然不行时请找管理员查看运行日志。"


class Fault(Exception):
    """A request that is not answered, and why, for the caller to read."""

    def __init__(self, status: int, what: str, why: str, then: str) -> None:
        super().__init__(what)
        self.status, self.what, self.why, self.then = status, what, why, then

    def to_json(self) -> dict[str, dict[str, str]]:
        """Return the body of the answer."""
        return {"error": {"what": self.what, "why": self.why, "next": self.then}}


def fault_of(error: Exception) -> Fault:
    """Return what the caller is told of an error."""
    if isinstance(error, Fault):
        return error
    if isinstance(error, UnknownDocumentError):
        # The same of a document that is not there and of one that may not be seen.
        return Fault(
            404, "没有这个文件，或没有这一版。", "名称要与列表里的完全一致，文件夹也在内。",
            "用 GET /api/v1/documents 查看可用的文件名。",
        )  # fmt: skip
    if isinstance(error, BusyError):
        return Fault(503, str(error), "同时提问的人太多，队列已满。", "请过几秒再试。")
    if isinstance(error, ForbiddenError):
        return Fault(403, str(error), "账号的角色或资料集的权限不允许。", "需要时请找管理员。")
    if isinstance(error, StoreError):  # its sentence may name files of this machine
        logger.error("The index cannot be used: %s", error)
        return Fault(503, "索引暂时不能使用。", "它被占用或损坏，日志里有原因。", _ASK_MANAGER)
    if isinstance(error, AssistantError | IndexingError):
        return Fault(
            422, str(error), "请求的内容不能照此办理。", f"参照 {DESCRIPTION} 修改后再试。"
        )
    logger.error("A request to the API failed", exc_info=error)
    return Fault(500, "出错了，没有完成。", "程序内部的错误，已记入日志。", _ASK_MANAGER)


def answer_of(fault: Fault, error: Exception | None = None) -> JSONResponse:
    """Return the HTTP answer."""
    headers = {"cache-control": "no-store"}
    if fault.status == 503:
        headers["retry-after"] = str(error.seconds if isinstance(error, BusyError) else 5)
    return JSONResponse(fault.to_json(), fault.status, headers)


class ToldRoute(APIRoute):
    """A route whose bugs are answers too; left alone, they would cut the connection."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        handler = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handler(request)
            except (HTTPException, RequestValidationError, Fault, AssistantError, IndexingError):
                raise  # told by the handlers below
            except Exception as error:  # the log has the traceback
                return answer_of(fault_of(error), error)

        return told


def add_faults(api: FastAPI) -> None:
    """Let every error of the API be such an answer."""

    async def known(_: Request, error: Exception) -> JSONResponse:
        return answer_of(fault_of(error), error)

    async def malformed(_: Request, error: Exception) -> JSONResponse:
        wrong = error.errors() if isinstance(error, RequestValidationError) else []
        named = "、".join(".".join(str(part)[:40] for part in one["loc"]) for one in wrong[:5])
        why = f"缺少、多余或不能理解的是：{named}。"
        return answer_of(Fault(422, "请求不符合格式。", why, f"参照 {DESCRIPTION} 修改后再试。"))

    async def other(_: Request, error: Exception) -> JSONResponse:
        status = error.status_code if isinstance(error, HTTPException) else 500
        then = f"可用的地址见 {DESCRIPTION}。"
        return answer_of(Fault(status, "没有这个地址，或不能这样用它。", "地址或方法不对。", then))

    for kind in (Fault, AssistantError, IndexingError):
        api.add_exception_handler(kind, known)
    api.add_exception_handler(RequestValidationError, malformed)
    api.add_exception_handler(HTTPException, other)
