"""``/documents`` and ``/document…``: the list, one document, its text, sections, original."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response

from assistant.api.caller import Caller, Here
from assistant.api.faults import Fault, ToldRoute
from assistant.web.documents import PAGE, ListView, narrowed, read_list_view
from index.library import DocumentInfo
from index.originals import read_original
from index.viewing import versions

MAX_AROUND = 20_000  # characters on each side of a citation
MAX_TEXT = 400_000  # characters of one answer
Name = Annotated[str, Query(max_length=1024, description="列表里的文件名")]
Number = Annotated[int | None, Query(ge=1, le=10**6, description="第几版，默认最新")]
Offset = Annotated[int | None, Query(ge=0, le=10**9, description="字符位置，半开区间")]


router = APIRouter(tags=["文档"], route_class=ToldRoute)


@router.get("/documents", summary="文档列表")
def every(
    caller: Here,
    search: Annotated[str, Query(max_length=200)] = "",
    state: str = "",
    sort: str = "added",
    page: Annotated[int, Query(ge=1, le=10**6)] = 1,
) -> dict[str, Any]:
    """返回能看到的文档，一次一页。"""
    view: ListView = read_list_view({"search": search, "state": state, "sort": sort})
    found = narrowed(caller.library.documents(), view)
    shown = found[(page - 1) * PAGE : page * PAGE]
    pages = max(1, -(-len(found) // PAGE))
    listed = [_info(info, caller) for info in shown]
    return {"total": len(found), "page": page, "pages": pages, "documents": listed}


@router.get("/document", summary="一份文档和它的各个版本")
def one(name: Name, caller: Here) -> dict[str, Any]:
    """返回一份文档的情况和它的各个版本，新的在前。"""
    history = versions(caller.library, name)
    info = next(d for d in caller.library.documents() if d.path == name)
    told = ("number", "state", "indexed_at", "sha256", "characters", "until")
    listed = [{key: getattr(version, key) for key in told} for version in history]
    return {**_info(info, caller), "versions": listed}


@router.get("/document/text", summary="规范文本，或引文前后的文字")
def text(
    name: Name,
    caller: Here,
    version: Number = None,
    start: Offset = None,
    end: Offset = None,
    around: Annotated[int, Query(ge=0, le=MAX_AROUND)] = 0,
) -> dict[str, Any]:
    """返回规范文本从 start 到 end 的部分，及其前后 around 个字符。"""
    number = _number(caller, name, version)
    whole = caller.library.text(name, number)
    first, last = start or 0, len(whole) if end is None else end
    if not first <= last <= len(whole):
        raise Fault(
            422, f"没有从 {first} 到 {last} 的文字。", f"这一版共有 {len(whole)} 个字符。",
            "请用这一版引文里的 start 和 end。",
        )  # fmt: skip
    if last - first > MAX_TEXT:
        raise Fault(
            422, f"要的文字有 {last - first} 个字符。", f"一次最多 {MAX_TEXT} 个。",
            "请用 start 和 end 分几次取。",
        )  # fmt: skip
    caller.saw(name)
    return {
        "document": name, "version": number, "start": first, "end": last,
        "characters": len(whole), "before": whole[max(0, first - around) : first],
        "text": whole[first:last], "after": whole[last : last + around],
    }  # fmt: skip


@router.get("/document/sections", summary="章节")
def sections(name: Name, caller: Here, version: Number = None) -> dict[str, Any]:
    """返回各级标题和它们的位置，按出现的顺序。"""
    number = _number(caller, name, version)
    found = caller.library.sections(name, number)
    listed = [{"level": a, "heading": b, "start": c} for a, b, c in found]
    return {"document": name, "version": number, "sections": listed}


@router.get("/document/original", summary="原件", response_class=Response)
def original(name: Name, caller: Here, version: Number = None) -> Response:
    """返回原件，只供保存；所在的资料集须允许下载。"""
    caller.require("download")
    number = _number(caller, name, version)
    caller.reception.seeing.check_may_take(caller.person, name, number)
    content = read_original(caller.library, caller.library.file(name, number))
    caller.log("downloaded", name, f"第 {number} 版")
    return attached(content, name.rsplit("/", 1)[-1])


def attached(content: bytes, name: str) -> Response:
    """Return a file that a browser saves and never shows, whatever is in it."""
    # Percent-encoded, no character of a name can end the header or begin another.
    named = quote(name.encode("utf-8", "replace"), safe="")
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"content-disposition": f"attachment; filename*=UTF-8''{named}"},
    )


def _number(caller: Caller, name: str, version: int | None) -> int:
    """Return the version that is meant: the newest, be it withdrawn, where none is named."""
    if version is not None:
        return caller.library.file(name, version).version
    return caller.library.history(name)[0].version


def _info(info: DocumentInfo, caller: Caller) -> dict[str, Any]:
    told = asdict(info)
    if not caller.person.may("file"):  # why reading failed is for those who file
        told["error"] = None
    return told
