"""OFD files written from the published structure of GB/T 33190, for tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(
    words: str, x: float, y: float, size: float = 5.6, *, deltas: str | None = None, more: str = ""
) -> str:
    """Return a text object whose box begins at (x, y), in mm; letters stand at its foot."""
    step = size if deltas is None else 0
    across = deltas or " ".join(f"{step if ord(c) >= 0x2E80 else step / 2:g}" for c in words[:-1])
    delta = f' DeltaX="{across}"' if across else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 190 {size * 1.2:g}" Font="1"'
        f' Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size * 0.86:g}"{delta}>{escape(words)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return a straight stroke, in mm of the page."""
    left, top = min(x0, x1), min(y0, y1)
    return (
        f'<ofd:PathObject ID="8" Boundary="{left} {top} {abs(x1 - x0) + 0.4} {abs(y1 - y0) + 0.4}"'
        f' LineWidth="0.25"><ofd:AbbreviatedData>M {x0 - left} {y0 - top} L {x1 - left} {y1 - top}'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def image(resource: int, x: float, y: float, width: float, height: float) -> str:
    """Return a picture object."""
    return (
        f'<ofd:ImageObject ID="7" Boundary="{x} {y} {width} {height}"'
        f' CTM="{width} 0 0 {height} 0 0" ResourceID="{resource}"/>'
    )


def page(objects: str, *, template: int | None = None, box: str | None = None) -> str:
    """Return a page's content part."""
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    area = f"<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>" if box else ""
    return (
        f"{HEAD}<ofd:Page {NAMESPACE}>{used}{area}<ofd:Content>"
        f'<ofd:Layer Type="Body" ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def ofd(
    pages: Sequence[str],
    *,
    templates: Sequence[str] = (),
    pictures: Mapping[str, bytes] | None = None,
    title: str = "",
    seals: int = 0,
    attachments: Sequence[str] = (),
    members: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return an OFD file; pictures get the resource ids 101, 102 and so on."""
    named = dict(pictures or {})
    files: dict[str, bytes | str] = {
        "OFD.xml": _entry(title, seals),
        "Doc_0/Document.xml": _document(len(pages), len(templates), attachments),
        "Doc_0/PublicRes.xml": f'{HEAD}<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts>'
        '<ofd:Font ID="1" FontName="宋体"/></ofd:Fonts></ofd:Res>',
        "Doc_0/DocumentRes.xml": _resources(list(named)),
        **{f"Doc_0/Res/{name}": content for name, content in named.items()},
        **{f"Doc_0/Pages/Page_{i}/Content.xml": p for i, p in enumerate(pages)},
        **{f"Doc_0/Tpls/Tpl_{i}/Content.xml": t for i, t in enumerate(templates)},
    }
    if seals:
        one = "".join(f'<ofd:Signature ID="{i}" Type="Seal" BaseLoc="x"/>' for i in range(seals))
        files["Doc_0/Signs/Signatures.xml"] = (
            f"{HEAD}<ofd:Signatures {NAMESPACE}>{one}</ofd:Signatures>"
        )
    if attachments:
        one = "".join(f'<ofd:Attachment ID="{i}" Name="{n}"/>' for i, n in enumerate(attachments))
        files["Doc_0/Attachs.xml"] = f"{HEAD}<ofd:Attachments {NAMESPACE}>{one}</ofd:Attachments>"
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, **(members or {})}.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _entry(title: str, seals: int) -> str:
    signed = "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>" if seals else ""
    return (
        f'{HEAD}<ofd:OFD {NAMESPACE} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>1</ofd:DocID><ofd:Title>{title}</ofd:Title></ofd:DocInfo>"
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{signed}</ofd:DocBody></ofd:OFD>"
    )


def _document(pages: int, templates: int, attachments: Sequence[str]) -> str:
    listed = "".join(
        f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(pages)
    )
    shapes = "".join(
        f'<ofd:TemplatePage ID="{i + 51}" BaseLoc="Tpls/Tpl_{i}/Content.xml"/>'
        for i in range(templates)
    )
    attached = "<ofd:Attachments>Attachs.xml</ofd:Attachments>" if attachments else ""
    return (
        f"{HEAD}<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID>"
        "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        f"{shapes}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{attached}</ofd:Document>"
    )


def _resources(names: Sequence[str]) -> str:
    media = "".join(
        f'<ofd:MultiMedia ID="{i + 101}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile>'
        "</ofd:MultiMedia>"
        for i, name in enumerate(names)
    )
    listed = f"<ofd:MultiMedias>{media}</ofd:MultiMedias>"
    return f'{HEAD}<ofd:Res {NAMESPACE} BaseLoc="Res">{listed}</ofd:Res>'
