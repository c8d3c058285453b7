"""Puts the API together: an application of its own under ``/api/v1``, and ``/readyz``."""

from __future__ import annotations

from contextlib import suppress

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from assistant.api import asking, documents, ledger, managing, people, verifying
from assistant.api.faults import add_faults
from assistant.api.pool import AnswerPool, Answers
from assistant.web.desks import Reception
from index.errors import StoreError
from index.library import Library

PREFIX = "/api/v1"


def add_api(app: FastAPI, reception: Reception, pool: AnswerPool | None = None) -> None:
    """Add the API and the readiness check."""
    app.mount(PREFIX, build_api(reception, pool or AnswerPool()))

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        state = await run_in_threadpool(readiness, reception.whole)
        return JSONResponse(state, 200 if state["ready"] else 503)


def build_api(reception: Reception, pool: AnswerPool) -> FastAPI:
    """Return the API as an application."""
    api = FastAPI(
        title="有据 Youju",
        version="1",
        description="向项目报告提问，每一句都能对回原文。字符位置按 Unicode 码点计。",
        openapi_url="/openapi.json",
        docs_url=None,  # Swagger and ReDoc would load scripts from elsewhere
        redoc_url=None,
    )
    api.state.reception, api.state.pool, api.state.answers = reception, pool, Answers()
    for part in (asking, verifying, documents, ledger, managing, people):
        api.include_router(part.router)
    add_faults(api)
    return api


def readiness(library: Library) -> dict[str, bool]:
    """Tell whether questions can be answered at once: the model is loaded, the index sound."""
    model = "encoder" in library.__dict__
    index = False
    with suppress(StoreError):
        index = "store" in library.__dict__ and not library.problems()
    return {"ready": model and index, "model": model, "index": index}
