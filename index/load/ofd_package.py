"""An OFD file (GB/T 33190) as a package: its documents, pages, templates and resources.

Written from the published structure; no library that reads OFD is both well kept and
free of AGPL parts. Elements are told by their local names, since producers use
different namespaces; lengths are millimetres from the upper left corner.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from index.errors import DamagedFileError
from index.load.archive import open_archive

MAX_PAGES = 5_000
MAX_MEDIA = 200 * 1024 * 1024  # bytes of one picture
_CROWD = {b"<ofd:TextObject": 2_000_000, b"<ofd:PathObject": 2_000_000}
REMEDY = "请用 OFD 阅读器打开，导出为 PDF 后再导入；打不开时请从来源重新取得。"
_A4 = (0.0, 0.0, 210.0, 297.0)

Four = tuple[float, float, float, float]
Six = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size in mm, and its layers with where each comes from."""

    width: float
    height: float
    origin: tuple[float, float]  # of the physical box, usually 0 0
    content: Any | None
    templates: tuple[tuple[str, Any], ...]  # location and root element, lowest first
    pictures: dict[str, str]  # resource id to the name of a member


@dataclass(slots=True)
class Package:
    """The pages of all documents in a file, and what else it holds."""

    archive: zipfile.ZipFile
    sheets: list[Sheet] = field(default_factory=list)
    title: str = ""
    seals: int = 0
    annotated: int = 0  # pages with annotations
    attachments: list[str] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)  # pages without all their content
    left_out: int = 0

    def media(self, name: str) -> bytes | None:
        """Return a member's bytes, None if it is missing or too large."""
        try:
            if self.archive.getinfo(name).file_size > MAX_MEDIA:
                return None
            return self.archive.read(name)
        except (KeyError, OSError, zipfile.BadZipFile, EOFError):
            return None


def open_ofd(content: bytes) -> Package:
    """Return the package.

    Raises:
        DamagedFileError: it is broken, is no OFD, or is far too large.
    """
    opened = _Opening(open_archive(content, _CROWD))
    root = opened.xml("OFD.xml")
    if root is None or local(root) != "OFD":
        raise DamagedFileError(f"OFD 文件里没有入口（OFD.xml），读不出内容。{REMEDY}")
    for body in children(root, "DocBody"):
        opened.read_body(body)
    if not opened.package.sheets:
        raise DamagedFileError(f"OFD 文件里没有页面，读不出内容。{REMEDY}")
    return opened.package


class _Opening:
    """Follows the references from part to part."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.package = Package(archive)
        self._broken: set[str] = set()
        self._names = {name.lower().lstrip("/"): name for name in archive.namelist()}

    def xml(self, name: str | None) -> Any | None:  # noqa: ANN401  lxml has no types
        """Return the root element of a part, None if it is missing or broken."""
        from lxml import etree

        member = self._names.get((name or "").lower())
        if member is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
        )
        try:
            root = etree.fromstring(self.package.archive.read(member), parser)
        except (etree.XMLSyntaxError, ValueError):
            return None
        if any(not e.type_name.startswith("NS_") for e in parser.error_log):
            self._broken.add(member)  # what stands before the fault is read
        return root

    def read_body(self, body: Any) -> None:  # noqa: ANN401
        """Read one document of the file."""
        info = child(body, "DocInfo")
        self.package.title = self.package.title or text_of(info, "Title")
        signatures = self.xml(resolved("", text_of(body, "Signatures")))
        self.package.seals += len(children(signatures, "Signature"))
        location = resolved("", text_of(body, "DocRoot"))
        document = self.xml(location)
        if document is None:
            return
        common = child(document, "CommonData")
        area = _area(child(common, "PageArea")) or _A4
        pictures = self._pictures(location, [*children(common, "PublicRes"),
                                             *children(common, "DocumentRes")])  # fmt: skip
        templates = {
            str(t.get("ID")): resolved(location, t.get("BaseLoc"))
            for t in children(common, "TemplatePage")
        }
        self._read_extras(location, document)
        for page in children(child(document, "Pages"), "Page"):
            if len(self.package.sheets) >= MAX_PAGES:
                self.package.left_out += 1
                continue
            where = resolved(location, page.get("BaseLoc"))
            self._read_page(where, area, pictures, templates)

    def _read_page(
        self, where: str, area: Four, pictures: dict[str, str], templates: dict[str, str]
    ) -> None:
        content = self.xml(where)
        if content is None or self._names[where.lower()] in self._broken:
            self.package.missing.append(len(self.package.sheets) + 1)
        own = self._pictures(where, children(content, "PageRes"))
        used = []
        for template in children(content, "Template"):
            at = templates.get(str(template.get("TemplateID")), "")
            root = self.xml(at)
            if root is not None:
                used.append((at, root))
        x, y, width, height = _area(child(content, "Area")) or next(
            (a for _, t in used if (a := _area(child(t, "Area")))), area
        )
        self.package.sheets.append(
            Sheet(width, height, (x, y), content, tuple(used), {**pictures, **own})
        )

    def _pictures(self, base: str, references: Sequence[Any]) -> dict[str, str]:
        found: dict[str, str] = {}
        for reference in references:
            location = resolved(base, reference.text)
            resources = self.xml(location)
            if resources is None:
                continue
            folder = posixpath.join(location, "..", resources.get("BaseLoc") or "", "x")
            for media in (e for e in resources.iter() if local(e) == "MultiMedia"):
                name = self._names.get(
                    resolved(posixpath.normpath(folder), text_of(media, "MediaFile")).lower()
                )
                if name:
                    found[str(media.get("ID"))] = name
        return found

    def _read_extras(self, location: str, document: Any) -> None:  # noqa: ANN401
        annotations = self.xml(resolved(location, text_of(document, "Annotations")))
        self.package.annotated += len(children(annotations, "Page"))
        attachments = self.xml(resolved(location, text_of(document, "Attachments")))
        for attachment in children(attachments, "Attachment"):
            self.package.attachments.append(str(attachment.get("Name") or "（未命名）"))


# ---- elements


def local(element: Any) -> str:  # noqa: ANN401
    """Return an element's name without its namespace; comments have none."""
    if not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2].rpartition(":")[2]  # a prefix that was not declared


def children(element: Any, name: str) -> list[Any]:  # noqa: ANN401
    """Return the children of that name; none of no element."""
    return [] if element is None else [e for e in element if local(e) == name]


def child(element: Any, name: str) -> Any | None:  # noqa: ANN401
    """Return the first child of that name."""
    return next(iter(children(element, name)), None)


def text_of(element: Any, name: str) -> str:  # noqa: ANN401
    """Return the words of the first child of that name, "" if there is none."""
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""


def resolved(base: str, reference: str | None) -> str:
    """Return the member that a part refers to; "/" begins at the package's root."""
    if not reference or not reference.strip():
        return ""
    reference = reference.strip().replace("\\", "/")
    folder = "" if reference.startswith("/") else posixpath.dirname(base)
    return posixpath.normpath(posixpath.join("/", folder, reference.lstrip("/"))).lstrip("/")


def numbers(text: str | None) -> list[float]:
    """Return the numbers of an attribute; what is none ends them."""
    found: list[float] = []
    for word in (text or "").replace(",", " ").split():
        try:
            value = float(word)
        except ValueError:
            break
        if not abs(value) < 1e7:  # NaN too
            break
        found.append(value)
    return found


def box_of(text: str | None) -> Four | None:
    """Return left, top, width and height, None if there are not four."""
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) >= 4 else None


def matrix_of(element: Any) -> Six:  # noqa: ANN401
    """Return an object's matrix: its own, then its place on the page."""
    found = numbers(element.get("CTM"))
    a, b, c, d, e, f = found if len(found) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    left, top, _, _ = box_of(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return a, b, c, d, e + left, f + top


def picture_matrix(element: Any) -> Six:  # noqa: ANN401
    """Return the matrix that puts a unit square where a picture is."""
    if len(numbers(element.get("CTM"))) == 6:
        return matrix_of(element)
    left, top, width, height = box_of(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    return width, 0.0, 0.0, height, left, top


def objects_of(root: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the visible text, path and picture objects of a page or template, in order."""
    for layer in children(child(root, "Content"), "Layer"):
        yield from _visible(layer, 0)


def _visible(block: Any, depth: int) -> Iterator[Any]:  # noqa: ANN401
    for element in block:
        if not local(element) or (element.get("Visible") or "true").lower() == "false":
            continue
        if local(element) == "PageBlock" and depth < 20:
            yield from _visible(element, depth + 1)
        else:
            yield element


def _area(area: Any) -> Four | None:  # noqa: ANN401
    """Return the page that readers show: its physical box."""
    found = box_of(text_of(area, "PhysicalBox"))
    return found if found and 1 < found[2] < 10_000 and 1 < found[3] < 10_000 else None
