"""``/ledger…``: records by filter, what contradicts itself, and the whole as a file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from assistant.api.caller import Caller, Here
from assistant.api.documents import attached
from assistant.api.faults import Fault, ToldRoute
from assistant.web.ledger.sheets import MAX_WORD_ROWS, ledger_table
from assistant.web.ledger.view import View, read_view
from index.ledger.export import record_row, table_bytes

Words = Annotated[str, Query(max_length=1_000)]
Format = Literal["xlsx", "docx", "csv"]


def filters(
    search: Annotated[str, Query(max_length=200, description="各栏中要有的词")] = "",
    unit: Words = "",
    status: Words = "",
    reason: Words = "",
    kind: Words = "",
    document: Annotated[str, Query(max_length=1_100, description="文章序号/文件名")] = "",
    latest: Annotated[bool, Query(description="只要各系列最新的一期")] = False,
    sort: Annotated[str, Query(max_length=40)] = "",
    descending: bool = False,
    page: Annotated[int, Query(ge=1, le=10**6)] = 1,
) -> View:
    """Return the view of the ledger that the query asks for."""
    return read_view({
        "search": search, "unit": unit, "status": status, "reason": reason, "kind": kind,
        "document": document, "latest": latest, "sort": sort, "descending": descending,
        "page": page,
    })  # fmt: skip


router = APIRouter(tags=["台账"], route_class=ToldRoute)


@router.get("/ledger", summary="台账的记录，按条件筛选")
def rows(caller: Here, view: Annotated[View, Depends(filters)]) -> dict[str, Any]:
    """返回符合条件的记录，每条带着原文和位置，一次一页。"""
    shown = caller.ledger.sheet.show(view)
    texts = _texts(caller, [entry.row.file.path for entry in shown.entries])
    listed = [record_row(e.row, texts[e.row.file.path]) for e in shown.entries]
    return {
        "total": len(shown.found), "page": shown.view.page, "pages": shown.pages,
        "rows": listed,
    }  # fmt: skip


@router.get("/ledger/findings", summary="互相矛盾之处")
def findings(caller: Here) -> dict[str, Any]:
    """返回原文自相矛盾或互相矛盾之处。"""
    found = caller.library.ledger.findings
    return {
        "findings": [
            {
                "document": f.file.path,
                "article": f.file.documents[f.finding.document].title,
                "kind": f.finding.kind,
                "text": f.finding.text,
                "spans": [list(span) for span in f.finding.spans],
            }
            for f in found
        ]
    }


@router.get("/ledger/export", summary="筛选出的台账存为文件", response_class=Response)
def export(
    caller: Here,
    view: Annotated[View, Depends(filters)],
    form: Annotated[Format, Query(alias="format")] = "xlsx",
    language: Literal["zh", "en"] = "zh",
) -> Response:
    """返回符合条件的全部记录，存为 xlsx、docx 或 csv。"""
    sheet = caller.ledger.sheet
    table = ledger_table(sheet, sheet.show(view), caller.shelf, form, language)
    if form == "docx" and len(table.rows) > MAX_WORD_ROWS:
        raise Fault(
            422, f"有 {len(table.rows)} 行，存不成 docx。",
            f"文字处理软件打不开 {MAX_WORD_ROWS} 行以上的表。", "请缩小范围，或改用 xlsx。",
        )  # fmt: skip
    made = table_bytes(form, table.columns, table.rows, table.title, table.notes, table.head)
    caller.log("exported", detail=f"{form}，{len(table.rows)} 行")
    return attached(made, f"{table.title}.{form}")


def _texts(caller: Caller, paths: list[str]) -> dict[str, str]:
    return {path: caller.library.text(path) for path in sorted(set(paths))}
