"""The report in every format, by the programs that offices use or by libraries like theirs."""

from __future__ import annotations

import csv
import io
import quopri
import re
import shutil
import subprocess
import zipfile
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from html import escape
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from pptx import Presentation

from tests.mixed import report as r

FONT = "Noto Serif CJK SC"
SCAN_DPI = 200


def soffice(source: Path, kind: str, folder: Path) -> Path:
    """Let LibreOffice save ``source`` as ``kind`` (“doc”, or “pdf:filter”) in ``folder``."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = folder.parent / "profile"
    subprocess.run(
        [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / f"{source.stem}.{kind.partition(':')[0]}"


def markdown(bullet: str = "") -> str:
    """Return the report as Markdown, its paragraphs behind a bullet where one is given."""
    sections = "".join(f"## {heading}\n\n{bullet}{body}\n\n" for heading, body in r.SECTIONS)
    table = "\n".join("| " + " | ".join(row) + " |" for row in (r.COLUMNS, *r.ROWS))
    head, _, rest = table.partition("\n")
    rule = "|" + " --- |" * len(r.COLUMNS)
    return (
        f"# {r.TITLE}\n\n{r.OPENING}\n\n{sections}## {r.TABLE_HEADING}\n\n{r.UNIT_LINE}\n\n"
        f"{head}\n{rule}\n{rest}\n\n" + "\n\n".join(r.SIGNED) + "\n"
    )


def spaced(text: str) -> str:
    """Return the text with a space on both sides of its figures, as some people write."""
    return re.sub(r"(?<=[一-鿿，。（])(?=\d)|(?<=\d)(?=[一-鿿])", " ", text)


def page() -> str:
    sections = "".join(
        f"<h2>{heading}</h2><p>　　{escape(body)}</p>" for heading, body in r.SECTIONS
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
        for row in (r.COLUMNS, *r.ROWS)
    )
    return (
        f"<!doctype html><meta charset=gb2312><title>{r.TITLE}_松岭区政府</title>"
        "<body><ul><li><a>首页</a></li><li><a>政务公开</a></li><li><a>办事服务</a></li></ul>"
        f"<h1>{r.TITLE}</h1>"
        "<div>字体：[<a>大</a> <a>中</a> <a>小</a>] <a>打印</a> <a>关闭</a></div>"
        f"<p>　　{r.OPENING}</p>{sections}<h2>{r.TABLE_HEADING}</h2><p>{r.UNIT_LINE}</p>"
        f"<table border=1>{rows}</table>" + "".join(f"<p>{line}</p>" for line in r.SIGNED)
        + "<div><a>上一页</a> <a>下一页</a></div>"
    )  # fmt: skip


def saved_page() -> bytes:
    """Return the page as a browser saves it in one file."""
    saved = MIMEMultipart("related", type="text/html")
    saved["From"], saved["Subject"] = "<Saved by Blink>", r.TITLE
    part = MIMENonMultipart("text", "html")
    part.set_payload(quopri.encodestring(page().replace("gb2312", "utf-8").encode()).decode())
    part["Content-Transfer-Encoding"] = "quoted-printable"
    saved.attach(part)
    style = MIMENonMultipart("text", "css")
    style.set_payload("h1 { color: red }")
    saved.attach(style)
    return saved.as_bytes()


def word() -> bytes:
    document = docx.Document()
    paper = document.sections[0]
    paper.page_width, paper.page_height = Cm(21), Cm(29.7)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    document.add_paragraph(r.TITLE, style="Title")
    document.add_paragraph(r.OPENING)
    for heading, body in r.SECTIONS:
        document.add_heading(heading, 1)
        document.add_paragraph(body)
    document.add_heading(r.TABLE_HEADING, 1)
    document.add_paragraph(r.UNIT_LINE)
    table = document.add_table(0, len(r.COLUMNS), style="Table Grid")
    for row in (r.COLUMNS, *r.ROWS):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for line in r.SIGNED:
        document.add_paragraph(line)
    return _saved(document)


def slides() -> bytes:
    deck = Presentation()
    front = deck.slides.add_slide(deck.slide_layouts[0])
    front.shapes.title.text = r.TITLE
    front.placeholders[1].text = r.OPENING
    for heading, body in r.SECTIONS:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = heading
        slide.placeholders[1].text = body
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = r.TABLE_HEADING
    slide.shapes.add_textbox(Cm(2), Cm(4), Cm(6), Cm(1)).text_frame.text = r.UNIT_LINE
    rows = (r.COLUMNS, *r.ROWS)
    grid = slide.shapes.add_table(len(rows), len(r.COLUMNS), Cm(2), Cm(5), Cm(21), Cm(6)).table
    for at, row in enumerate(rows):
        for column, words in enumerate(row):
            grid.cell(at, column).text = words
    last = deck.slides.add_slide(deck.slide_layouts[6])
    last.shapes.add_textbox(Cm(8), Cm(8), Cm(12), Cm(3)).text_frame.text = "\n".join(r.SIGNED)
    return _saved(deck)


def sheet() -> bytes:
    """Return the table alone, its numbers as numbers."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "在建项目"
    page.append([r.TITLE])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(r.COLUMNS))
    page.append([r.UNIT_LINE])
    page.append(list(r.COLUMNS))
    for row in r.ROWS:
        page.append([int(words) if words.isdecimal() else words for words in row])
    return _saved(book)


def comma_separated() -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows([[r.TITLE], [r.UNIT_LINE], r.COLUMNS, *r.ROWS])
    return stream.getvalue()


def scans(pdf: Path) -> list[Any]:
    """Return the pages as a scanner gives them: pictures, grey."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=SCAN_DPI / 72).to_pil().convert("L") for page in document]


def mail(name: str, attached: bytes) -> bytes:
    letter = EmailMessage()
    letter["Subject"], letter["From"] = "报送材料", "区重点办 <zdb@songling.gov.cn>"
    letter["To"], letter["Date"] = (
        "区政府办 <zfb@songling.gov.cn>",
        "Tue, 08 Oct 2024 09:12:00 +0800",
    )
    letter.set_content("现将材料报上，请查收。\n")
    letter.add_attachment(attached, maintype="application", subtype="octet-stream", filename=name)
    return letter.as_bytes()


def archive(name: str, content: bytes) -> bytes:
    """Return a zip as Windows makes it in China: the name in GBK, without a flag."""
    raw = name.encode("gb18030")
    stand_in = "x" * len(raw)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(stand_in, content)
    return stream.getvalue().replace(stand_in.encode(), raw)


def _saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
