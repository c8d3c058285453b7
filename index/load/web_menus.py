"""What of a web page is menu, tool bar or footer, and not what the page is about.

It is kept in the text as furniture, so nothing is lost where the guess is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from index.records import BlockKind

if TYPE_CHECKING:
    from bs4 import Tag

NAMED_SHARE = 0.5  # of linked characters, from which a part named “nav” is a menu
BARE_SHARE = 0.8  # the same where no name tells
BARE_LINKS = 3  # and at least so many links
MOST = 0.5  # of the page's characters: a part that holds more is what the page is about
FOOTER = 800  # characters; a longer part is no footer

_NAMES = {"nav", "navbar", "navigation", "menu", "header", "footer", "breadcrumb", "crumb",
          "crumbs", "sidebar", "toolbar", "share", "copyright", "topbar", "top", "foot", "bottom",
          "daohang", "dqwz", "weizhi", "position", "location", "links", "yqlj", "related",
          "fenxiang", "pagination", "pager"}  # fmt: skip
_BOXES = {"div", "ul", "ol", "dl", "section", "aside", "center", "td", "tr", "table"}
_FILE_LINK = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|7z|txt|csv|jpe?g|png)(?:$|[?#&])", re.IGNORECASE
)
_FOOTER = re.compile(
    r"ICP备|公网安备|网站标识码|网站支持\s*IPv6|版权所有[：:\s©]|Copyright\s*(?:©|\(c\))",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"\s*(?:相关(?:信息|链接|文章|阅读|新闻|文档|附件)|友情链接|热点(?:新闻|推荐|信息)|推荐阅读|"
    r"最新(?:信息|文章|公开)|点击排行)"
)
# Atomic groups: the words overlap (返回首页), and a line of them must not be tried 2ⁿ ways.
_TOOL = (
    r"(?>(?:浏览|点击|阅读|访问)(?:次数|量|数|率)?|字号|字体|放大|缩小|默认|"
    r"(?:打印|关闭)(?:本页|此页|页面|窗口|文章|正文|本文)?|收藏本站|加入收藏|收藏|设为首页|"
    r"分享(?:到|至)?|新浪微博|腾讯微博|微博|微信|QQ空间|QQ好友|QQ|朋友圈|扫一扫|手机(?:查看|版)|"
    r"无障碍(?:阅读|浏览)?|长者模式|适老版|繁体(?:版|中文)?|简体(?:版|中文)?|English|"
    r"[上下前后]一[页篇条]|[尾末]页|返回(?:顶部|首页|上页|上一页|列表)?|首页|登录|注册|网站地图|联系我们|关于我们|隐私声明|"
    r"法律声明|使用帮助|RSS(?:订阅)?|今天是|搜索|语音播报|视力保护色|我要纠错|纠错|推荐给好友)"
)
_FILL = r"[\s\u3000\xa0|｜\[\]【】（）()：:、/>·*\d次大中小☆★+\-]"
_TOOLS = re.compile(rf"{_FILL}*+(?:{_TOOL}{_FILL}*+)+")
_TOOL_TAIL = re.compile(rf"[\s\u3000\xa0|｜\[【（(]*+(?:{_TOOL}{_FILL}*+){{2,}}\Z")
_WAY = re.compile(
    rf"(?:{_FILL}*+{_TOOL})*{_FILL}*+"
    r"(?:您?(?:现在|当前)?(?:的|所在(?:的)?)?位置|当前栏目|[上下前后]一[篇条页])\s*(?:是|为)?\s*[：:]"
)
_LINE = 200  # characters; a longer line is no tool bar


@dataclass(slots=True)
class _Counts:
    """Characters that are not white space, how many of them are linked, and links."""

    all: int = 0
    linked: int = 0
    links: int = 0
    files: int = 0


class Menus:
    """Tells the menus of one page; counts every element once."""

    def __init__(self, root: Tag) -> None:
        self._counts: dict[int, _Counts] = {}
        self._count(root)
        self._whole = self._counts[id(root)].all

    def is_menu(self, tag: Tag) -> bool:
        """Tell whether a block is a menu, a list of other pages, or the site's footer."""
        counts = self._counts.get(id(tag))
        if counts is None or not counts.all or counts.all > MOST * self._whole:
            return False
        share = counts.linked / counts.all
        if share >= NAMED_SHARE and _names(tag) & _NAMES:
            return True
        if tag.name not in _BOXES or counts.files:
            return False
        if share >= BARE_SHARE and counts.links >= BARE_LINKS:
            return True
        if counts.links and share >= NAMED_SHARE and _RELATED.match(tag.get_text()):
            return True
        return counts.all <= FOOTER and not tag.find(["h1", "h2"]) and _is_footer(tag)

    def _count(self, root: Tag) -> None:
        from bs4 import Tag

        for tag in reversed([root, *(t for t in root.find_all(True) if isinstance(t, Tag))]):
            counts = _Counts()
            for child in tag.children:
                if isinstance(child, Tag):
                    _add(counts, self._counts[id(child)])
                else:
                    counts.all += sum(not c.isspace() for c in str(child))
            if tag.name == "a":
                counts.linked, counts.links = counts.all, 1
                counts.files += bool(_FILE_LINK.search(str(tag.get("href") or "")))
            self._counts[id(tag)] = counts


def tools_apart(line: str, kind: BlockKind) -> Iterator[tuple[BlockKind, str]]:
    """Yield the line by its kind, but tools (打印, 关闭) and ways (当前位置) as furniture."""
    if len(line) > _LINE:
        yield kind, line
    elif _WAY.match(line) or _TOOLS.fullmatch(line):
        yield "furniture", line
    elif (tail := _TOOL_TAIL.search(line)) and not line.endswith(("。", "；")):
        yield kind, line[: tail.start()]
        yield "furniture", tail[0].lstrip(" \u3000\xa0")
    else:
        yield kind, line


def _names(tag: Tag) -> set[str]:
    names = chain(tag.get_attribute_list("class"), (tag.get("id"), tag.get("role")))
    return set(re.split(r"[^a-z]+", " ".join(str(name or "") for name in names).lower()))


def _is_footer(tag: Tag) -> bool:
    return bool(_FOOTER.search(tag.get_text(" ")))


def _add(counts: _Counts, more: _Counts) -> None:
    counts.all += more.all
    counts.linked += more.linked
    counts.links += more.links
    counts.files += more.files
