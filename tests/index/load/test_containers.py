"""Zip archives and mails: everything inside is a document or is told, and nothing harms."""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedFileError, EmptyFileError, EncryptedFileError, LoadError
from index.load import load_content
from index.load.containers import Opened, open_container, open_here
from index.load.members import MAX_MEMBERS, clean_name, told_apart
from index.load.members import Member as M
from tests.index.load.checks import rows, said


def packed(files: Sequence[tuple[str | zipfile.ZipInfo, bytes | str]]) -> bytes:
    """Return a zip archive of the files."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream.getvalue()


def raw_zip(entries: Sequence[tuple[bytes, bytes]], flags: int = 0, extra: bytes = b"") -> bytes:
    """Return an archive as other programs write it: names as bytes, flags as wanted."""
    body, directory = b"", b""
    for name, content in entries:
        fields = struct.pack("<HHHHIII", flags, 0, 0, 0x5900, zlib.crc32(content), len(content),
                             len(content)) + struct.pack("<HH", len(name), len(extra))  # fmt: skip
        directory += b"PK\x01\x02\x14\x00\x14\x00" + fields + struct.pack(
            "<HHHII", 0, 0, 0, 0, len(body)) + name + extra  # fmt: skip
        body += b"PK\x03\x04\x14\x00" + fields + name + extra + content
    count = len(entries)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def names(opened: Opened) -> list[str]:
    return [member.name for member in opened.members]


def why(opened: Opened) -> dict[str, str]:
    return dict(opened.problems)


def assert_opens_or_says_why(suffix: str, content: bytes) -> None:
    try:
        told = [sentence for _, sentence in open_here(suffix, content).problems]
    except LoadError as error:
        told = [str(error)]
    assert all("请" in sentence for sentence in told), told


# ---- zip


def test_members_come_in_order_with_their_folders() -> None:
    opened = open_container("a.zip", packed([("三季度/通报.txt", "甲"), ("附件.md", "# 乙")]))
    assert opened == Opened((M("三季度/通报.txt", "甲".encode()), M("附件.md", "# 乙".encode())))


@pytest.mark.parametrize(
    "name",
    ["区交通局未开工项目.txt", "一.txt", "附件1：进展表/芙蓉路.txt", "䶮某㐂某的项目.txt",
     "２０２４年①号通报（终稿）.txt"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_a_flag_are_gbk_or_from_a_mac(name: str, encoding: str) -> None:
    opened = open_container("a.zip", raw_zip([(name.encode(encoding), b"x")]))
    assert names(opened) == [name]


def test_names_of_western_systems_are_kept() -> None:
    assert names(open_container("a.zip", raw_zip([("résumé.txt".encode("cp437"), b"x")]))) == [
        "résumé.txt"
    ]


def test_name_that_a_writer_adds_in_unicode_wins() -> None:
    raw, name = b"????.txt", "进展.txt".encode()
    body = b"\x01" + zlib.crc32(raw).to_bytes(4, "little") + name
    extra = struct.pack("<HH", 0x7075, len(body)) + body
    assert names(open_container("a.zip", raw_zip([(raw, b"x")], extra=extra))) == ["进展.txt"]


def test_names_that_lead_out_become_harmless_and_distinct() -> None:
    hostile = [
        "../../etc/a.txt",
        "/etc/a.txt",
        "C:\\etc\\a.txt",
        "..\\..\\etc\\A.txt",
        "etc//./a.txt",
    ]
    opened = open_container("a.zip", packed([(name, "x") for name in hostile]))
    assert names(opened) == [
        "etc/a.txt", "etc/a (2).txt", "etc/a (3).txt", "etc/A (4).txt", "etc/a (5).txt"
    ]  # fmt: skip


@given(st.text(max_size=300))
def test_any_name_becomes_a_safe_one(raw: str) -> None:
    name = clean_name(raw)
    assert name == clean_name(name)
    assert name
    assert ".." not in PurePosixPath(name).parts
    assert not PurePosixPath(name).is_absolute()
    assert not {unicodedata.category(character) for character in name} & {"Cc", "Cf", "Cs"}
    assert all(0 < len(part) <= 120 for part in name.split("/"))


@given(st.lists(st.sampled_from(["a.txt", "A.txt", "a (2).txt", "b/a.txt", "b"]), max_size=12))
def test_names_are_told_apart(written: list[str]) -> None:
    found = [member.name.casefold() for member in told_apart(M(name, b"") for name in written)]
    assert len(set(found)) == len(written)


def test_links_and_devices_are_refused() -> None:
    link, pipe = zipfile.ZipInfo("链接.txt"), zipfile.ZipInfo("管道.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    pipe.external_attr = (stat.S_IFIFO | 0o600) << 16
    opened = open_container("a.zip", packed([(link, "/etc/passwd"), (pipe, ""), ("a.txt", "甲")]))
    assert names(opened) == ["a.txt"]
    assert "链接" in why(opened)["链接.txt"]
    assert "管道" in why(opened)["管道.txt"]


def test_archive_under_a_password_is_told() -> None:
    locked = raw_zip([(b"a.txt", b"0123456789abX")], flags=1)
    with pytest.raises(EncryptedFileError, match="密码"):
        open_container("a.zip", locked)


def test_one_member_under_a_password_is_told_and_the_others_read() -> None:
    plain, locked = raw_zip([(b"a.txt", b"A")]), raw_zip([(b"b.txt", b"0123456789abX")], flags=1)
    both = _merged(plain, locked)
    opened = open_container("a.zip", both)
    assert names(opened) == ["a.txt"]
    assert "密码" in why(opened)["b.txt"]


def _merged(one: bytes, two: bytes) -> bytes:
    """Return one archive with the single members of two."""
    locals_, heads = b"", b""
    for archive in (one, two):
        at = archive.index(b"PK\x01\x02")
        head = archive[at : archive.index(b"PK\x05\x06")]
        heads += head[:42] + len(locals_).to_bytes(4, "little") + head[46:]
        locals_ += archive[:at]
    end = struct.pack("<HHHHIIH", 0, 0, 2, 2, len(heads), len(locals_), 0)
    return locals_ + heads + b"PK\x05\x06" + end


def test_what_systems_leave_behind_is_left_out() -> None:
    litter = ["__MACOSX/._a.txt", ".DS_Store", "~$报告.docx", "图/Thumbs.db", "desktop.ini", "夹/"]
    opened = open_container("a.zip", packed([(name, "") for name in litter] + [("a.txt", "甲")]))
    assert opened == Opened((M("a.txt", "甲".encode()),))


def test_members_that_nothing_reads_are_told_without_unpacking() -> None:
    opened = open_container("a.zip", packed([("录像.mp4", "x"), ("无后缀", "x")]))
    assert names(opened) == []
    assert ".mp4" in why(opened)["录像.mp4"]
    assert "没有扩展名" in why(opened)["无后缀"]


def test_zip_in_a_mail_in_a_zip_is_opened_and_no_deeper() -> None:
    deepest = packed([("d.txt", "丁")])
    inner = packed([("c.txt", "丙"), ("四.zip", deepest)])
    mail = letter("乙件")
    mail.add_attachment(inner, maintype="application", subtype="zip", filename="三.zip")
    opened = open_container("一.zip", packed([("二.eml", mail.as_bytes()), ("a.txt", "甲")]))
    assert names(opened) == ["二.eml/正文.txt", "二.eml/三.zip/c.txt", "a.txt"]
    assert "太多层" in why(opened)["二.eml/三.zip/四.zip"]


def test_a_broken_archive_inside_fails_alone() -> None:
    opened = open_container("a.zip", packed([("坏.zip", "PK\3\4 rubbish"), ("a.txt", "甲")]))
    assert names(opened) == ["a.txt"]
    assert "损坏" in why(opened)["坏.zip"]


def test_a_damaged_member_fails_alone() -> None:
    good = packed([("a.txt", "甲" * 50), ("b.txt", "乙")])
    at = good.index(b"a.txt") + 8
    opened = open_container("a.zip", good[:at] + b"\xff\xff\xff" + good[at + 3 :])
    assert names(opened) == ["b.txt"]
    assert "损坏" in why(opened)["a.txt"]


def test_unknown_compression_is_told() -> None:
    archive = bytearray(raw_zip([(b"a.txt", b"x"), (b"b.txt", b"y")]))
    archive[8:10] = b"\x63\x00"
    at = archive.index(b"PK\x01\x02")
    archive[at + 10 : at + 12] = b"\x63\x00"
    opened = open_container("a.zip", bytes(archive))
    assert names(opened) == ["b.txt"]
    assert "压缩方法" in why(opened)["a.txt"]


def test_a_bomb_is_refused_by_its_ratio_before_it_is_unpacked() -> None:
    opened = open_container("a.zip", packed([("a.txt", b"\0" * (60 << 20)), ("b.txt", "乙")]))
    assert names(opened) == ["b.txt"]
    assert "不像正常" in why(opened)["a.txt"]


def test_too_many_members_are_refused() -> None:
    with pytest.raises(LoadError, match="分成几个"):
        open_container("a.zip", packed([(f"{i}.txt", "x") for i in range(MAX_MEMBERS + 1)]))


def test_members_too_large_together_are_refused_and_the_room_is_shared_with_inner_ones() -> None:
    lump = bytes(range(256)) * (40 << 12)  # 40 MB, shrinks to a 200th of it or less
    inner = packed([(f"{i}.txt", lump) for i in range(13)])
    assert len(inner) < 8 << 20
    with pytest.raises(LoadError, match="MB"):
        open_here(".zip", inner)
    opened = open_here(".zip", packed([("大.zip", inner), ("a.txt", "甲")]))
    assert names(opened) == ["a.txt"]
    assert "MB" in why(opened)["大.zip"]


@pytest.mark.parametrize(
    ("content", "error", "match"),
    [
        (b"", EmptyFileError, "0 字节"),
        (packed([]), EmptyFileError, "没有文件"),
        (packed([("a.txt", "x" * 999)])[:-40], DamagedFileError, "不完整"),
        (b"PK\3\4" + b"\xff" * 99, DamagedFileError, "不完整"),
        (b"Rar!\x1a\x07\x01\x00" + b"\0" * 99, DamagedFileError, "压缩包"),
        (b"<!doctype html><p>404", DamagedFileError, "网页"),
        (packed([("[Content_Types].xml", ""), ("word/x.xml", "")]), DamagedFileError, "Word"),
    ],
    ids=["empty", "no members", "cut off", "garbage", "rar", "page", "word"],
)  # fmt: skip
def test_what_is_no_zip_is_told(content: bytes, error: type[LoadError], match: str) -> None:
    with pytest.raises(error, match=match):
        open_container("a.zip", content)


def test_a_folder_named_word_makes_no_word_document() -> None:
    assert names(open_container("a.zip", packed([("word/通报.txt", "甲")]))) == ["word/通报.txt"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_flipped_bytes_never_break_more_than_the_archive(data: st.DataObject) -> None:
    archive = bytearray(packed([("a.txt", "甲" * 20), ("b/c.txt", "乙")]))
    for _ in range(data.draw(st.integers(1, 6))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    assert_opens_or_says_why(".zip", bytes(archive))


# ---- mail


def letter(subject: str, text: str = "各单位：\n请按时报送。\n") -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "张三 <z@qh.gov.cn>", "李四 <l@qh.gov.cn>"
    mail["Date"] = "Tue, 08 Oct 2024 09:12:00 +0800"
    mail.set_content(text)
    return mail


def body(opened: Opened) -> str:
    """Return the letter as its loader reads it."""
    first = opened.members[0]
    assert first.name.startswith("正文.")
    return load_content(first.name, first.content).text


def test_the_letter_is_a_document_with_its_headers() -> None:
    mail = letter("关于报送三季度进展的通知")
    mail.add_attachment(
        b"%PDF-1.7", maintype="application", subtype="pdf", filename="附件1 名单.pdf"
    )
    opened = open_container("a.eml", mail.as_bytes(policy=SMTP))
    assert body(opened) == (
        "关于报送三季度进展的通知\n发件人：张三 <z@qh.gov.cn>\n收件人：李四 <l@qh.gov.cn>\n"
        "日期：2024年10月8日 09:12\n附件：附件1 名单.pdf\n\n各单位：\n请按时报送。\n"
    )
    assert opened.members[1] == M("附件1 名单.pdf", b"%PDF-1.7")


def test_the_page_form_of_a_letter_is_read_with_its_table() -> None:
    mail = letter("台账")
    mail.add_alternative(
        "<html><head><style>p{}</style></head><body><p>见下表：</p><table><tr><td>项目</td><td>投资</td></tr>"
        "<tr><td>**大桥</td><td>100</td></tr></table></body></html>",
        subtype="html",
    )
    opened = open_container("a.eml", mail.as_bytes())
    assert names(opened) == ["正文.html"]
    loaded = load_content("正文.html", opened.members[0].content)
    assert loaded.title == "台账"
    assert rows(loaded) == [["项目", "投资"], ["**大桥", "100"]]
    assert "见下表：" in said(loaded, "paragraph")


QQ = """\
From: "=?gb18030?B?1cXI/Q==?=" <10001@qq.com>
To: "=?gb18030?B?wO7LxA==?=" <l@qh.gov.cn>
Subject: =?gb18030?B?udjT2ruoyr/Ct7+q?=
 =?gb18030?B?uaTHqbP2tcTNqA==?=
 =?gb18030?B?1qo=?=
Mime-Version: 1.0
Content-Type: multipart/mixed;
\tboundary="----=_NextPart_66F0"
Content-Transfer-Encoding: 8Bit
Date: Tue, 8 Oct 2024 09:12:00 +0800
X-QQ-MIME: TCMime 1.0 by Tencent

This is a multi-part message in MIME format.

------=_NextPart_66F0
Content-Type: multipart/alternative;
\tboundary="----=_NextPart_66F1"

------=_NextPart_66F1
Content-Type: text/plain;
\tcharset="gb18030"
Content-Transfer-Encoding: base64

{plain}

------=_NextPart_66F1
Content-Type: text/html;
\tcharset="gb18030"
Content-Transfer-Encoding: base64

{html}

------=_NextPart_66F1--

------=_NextPart_66F0
Content-Type: application/octet-stream;
\tcharset="gb18030";
\tname="=?gb18030?B?{name}?="
Content-Disposition: attachment; filename="=?gb18030?B?{name}?="
Content-Transfer-Encoding: base64

{file}

------=_NextPart_66F0--
"""


def _b64(content: str | bytes) -> str:
    import base64

    data = content.encode("gb18030") if isinstance(content, str) else content
    return base64.b64encode(data).decode()


def test_mail_as_qq_writes_it() -> None:
    declared = "<meta http-equiv='Content-Type' content='text/html; charset=GB18030'>"
    html = f"{declared}<div>䶮工：进展见附件。</div>"
    raw = QQ.format(
        plain=_b64("进展见附件"), html=_b64(html), name=_b64("进展表.txt"), file=_b64("未开工3个")
    )
    opened = open_container("a.eml", raw.replace("\n", "\r\n").encode())
    assert names(opened) == ["正文.html", "进展表.txt"]
    assert body(opened).splitlines()[0].startswith("关于花")
    assert "发件人：张三 <10001@qq.com>" in body(opened)
    assert "䶮工：进展见附件。" in body(opened)
    assert load_content("进展表.txt", opened.members[1].content).text == "未开工3个"


def raw_mail(lines: str, encoding: str) -> bytes:
    return lines.replace("\n", "\r\n").encode(encoding)


def test_raw_gbk_headers_names_and_body_are_read() -> None:
    raw = raw_mail(
        "From: 张三 <z@163.com>\nSubject: 芙蓉路开工情况\nDate: 2024-10-08\n"
        'Content-Type: multipart/mixed; boundary="b"\n\n'
        "--b\nContent-Type: text/plain; charset=gb2312\n\n今年芙蓉路已开工，请查收。\n"
        '--b\nContent-Type: application/octet-stream; name="进展表.txt"\n'
        'Content-Disposition: attachment; filename="进展表.txt"\n\n甲\n--b--\n',
        "gbk",
    )
    opened = open_container("a.eml", raw)
    assert names(opened) == ["正文.txt", "进展表.txt"]
    assert body(opened).startswith("芙蓉路开工情况\n发件人：张三 <z@163.com>\n日期：2024-10-08\n")
    assert "今年芙蓉路已开工，请查收。" in body(opened)


@pytest.mark.parametrize(
    "parameter",
    [
        "filename*=utf-8''%E8%BF%9B%E5%B1%95%E8%A1%A8.txt",
        "filename*0*=gb2312''%BD%F8; filename*1*=%D5%B9%B1%ED; filename*2=.txt",
        'filename="=?UTF-8?Q?=E8=BF=9B=E5=B1=95=E8=A1=A8=2Etxt?="',
        'filename="=?utf-8?B?6L+b5bE=?= =?utf-8?B?leihqC50eHQ=?="',
        "filename*=gbk''%BD%F8%D5%B9%B1%ED.txt",
    ],
)
def test_attachment_names_in_every_notation(parameter: str) -> None:
    raw = raw_mail(
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\n正文\n"
        "--b\nContent-Type: text/plain\n"
        f"Content-Disposition: attachment; {parameter}\n\nx\n--b--\n",
        "utf-8",
    )
    assert names(open_container("a.eml", raw)) == ["正文.txt", "进展表.txt"]


def test_names_of_attachments_lead_nowhere() -> None:
    mail = letter("x")
    for _ in range(2):
        mail.add_attachment(
            b"x", maintype="text", subtype="plain", filename="../../etc/pass:wd.txt"
        )
    found = names(open_container("a.eml", mail.as_bytes()))
    assert found == ["正文.txt", "..／..／etc／pass：wd.txt", "..／..／etc／pass：wd (2).txt"]


def test_forwarded_mail_is_opened_under_its_subject() -> None:
    inner = letter("转发：区住建局关于停工的报告", "From 住建局\n停工一处。\n")
    inner.add_attachment("停工点位".encode(), maintype="text", subtype="plain", filename="点位.txt")
    mail = letter("请阅")
    mail.add_attachment(inner)
    opened = open_container("a.eml", mail.as_bytes())
    folder = "转发：区住建局关于停工的报告.eml"
    assert names(opened) == ["正文.txt", f"{folder}/正文.txt", f"{folder}/点位.txt"]
    assert "\nFrom 住建局\n停工一处。" in opened.members[1].content.decode()


def test_outlooks_own_bundle_is_told_by_name() -> None:
    mail = letter("x")
    mail.add_attachment(
        b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    opened = open_container("a.eml", mail.as_bytes())
    assert names(opened) == ["正文.txt"]
    assert "Outlook" in why(opened)["winmail.dat"]


def test_signatures_and_small_pictures_of_the_letter_are_left_out() -> None:
    mail = letter("x")
    mail.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")
    opened = open_container("a.eml", mail.as_bytes())
    assert names(opened) == ["正文.txt"]
    assert opened.problems == ()


def test_files_behind_a_link_are_told() -> None:
    opened = open_container(
        "a.eml", letter("x", "从QQ邮箱发来的超大附件：图纸.zip 进入下载页面\n").as_bytes()
    )
    assert "网盘" in why(opened)["正文.txt"]


def test_a_mail_cut_off_is_told() -> None:
    mail = letter("x")
    mail.add_attachment("进展".encode() * 500, maintype="text", subtype="plain", filename="a.txt")
    opened = open_container("a.eml", mail.as_bytes()[:-700])
    assert "不完整" in why(opened)["正文.txt"]


def test_soft_line_ends_are_undone_only_where_the_mail_says_so() -> None:
    for extra, expected in (
        (" format=flowed; delsp=yes", "区交通局的石桥项目。\n完"),
        ("", "区交通 \n局的石桥项目。\n完"),
    ):
        kind = f"text/plain; charset=utf-8;{extra}"
        raw = f"Subject: x\nContent-Type: {kind}\n\n区交通 \n局的石桥项目。\n完\n"
        assert expected in open_container("a.eml", raw.encode()).members[0].content.decode()


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("hz-gb-2312", "hz"), ("utf-7", "utf-7"), ("big5", "big5"), ("gb2312", "gb18030"),
     ("x-unknown", "gbk")],
)  # fmt: skip
def test_bodies_in_old_encodings(charset: str, codec: str) -> None:
    text = (
        "本區第三季度重點項目進展順利，計畫全部完成。"
        if codec == "big5"
        else "全区三季度重点项目进展顺利。"
    )
    raw = f"Subject: x\nContent-Type: text/plain; charset={charset}\n\n".encode() + text.encode(
        codec
    )
    assert text in body(open_container("a.eml", raw))


def nested(depth: int) -> bytes:
    """Return a mail of so many parts, each inside the one before."""
    kind = b"Content-Type: multipart/mixed; boundary=b%d\n\n"
    inner = b"".join(b"--b%d\n" % i + kind % (i + 1) for i in range(depth))
    return b"Subject: x\n" + kind % 0 + inner


@pytest.mark.parametrize(
    ("content", "error", "match"),
    [
        ("只是一段文字，没有信头。".encode(), DamagedFileError, "不像邮件"),
        (b"\0\1\2" * 400, DamagedFileError, "不像邮件"),
        (b"%PDF-1.7", DamagedFileError, "PDF"),
        (b"Subject: x\nContent-Type: application/pkcs7-mime\n\nMIIB", EncryptedFileError, "加密"),
        (nested(3000), DamagedFileError, "层"),
    ],
)  # fmt: skip
def test_what_is_no_mail_is_told(content: bytes, error: type[LoadError], match: str) -> None:
    with pytest.raises(error, match=match):
        open_container("a.eml", content)


def test_markup_in_headers_is_only_text() -> None:
    mail = letter("<script>alert(1)</script>")
    mail.add_alternative("<p>正文</p>", subtype="html")
    assert body(open_container("a.eml", mail.as_bytes())).startswith("<script>alert(1)</script>\n")


headers = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"]), max_size=40)


@settings(max_examples=60, deadline=None)
@given(headers, st.sampled_from(["utf-8", "gb18030"]))
def test_any_subject_comes_back(subject: str, charset: str) -> None:
    word = f"=?{charset}?B?{_b64(subject.encode(charset))}?="
    opened = open_here(".eml", f"Subject: {word}\n\nx".encode())
    expected = " ".join(subject.split()) or "（无主题）"
    assert opened.members[0].content.decode().splitlines()[0] == expected


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_flipped_bytes_never_break_more_than_the_mail(data: st.DataObject) -> None:
    mail = letter("通知")
    mail.add_attachment(
        packed([("a.txt", "甲")]), maintype="application", subtype="zip", filename="附.zip"
    )
    raw = bytearray(mail.as_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert_opens_or_says_why(".eml", bytes(raw))
