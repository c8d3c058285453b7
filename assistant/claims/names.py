"""Names in folded text: those the index knows, and those that such reports' wording shows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from assistant.claims.folding import fold

_HAN = r"[\u4e00-\u9fffa-z0-9·“”\"()#\-]"
_UNIT_END = (
    r"(?:分局|管理局|监督局|局|发改委|住建委|卫健委|委员会|管委会|工委|党委|纪委|政法委|组织部|宣传部|统战部|办公室|项目办|政府办|区委办"
    r"|街道办事处|街道办|街道|镇|乡|开发区|新区|高新区|经开区|示范区|文化区|生态区|协作区|度假区|集团|总公司|公司|指挥部|专班|督查室|督查组|工作组|中心|森林公园|联社|供销社|银行|支行|中学|小学|医院)"
)
_PROJECT_END = r"(?:项目|工程|改造|扩建|新建|迁建|改建|重建|建设|治理|修复|提升|拓宽|延伸|一期|二期|三期|四期|大桥|桥|公路|道路|水厂|电站|基地|产业园|综合体|综合楼|门诊楼|小区|学校|校区|游园|公园|广场|商厦|馆|院区|站)"
UNIT = re.compile(rf"[\u4e00-\u9fff]{{1,10}}?{_UNIT_END}")
# All of “经济开发区管委会” and “住房和城乡建设局”, which have the end of an office within them.
OFFICE = re.compile(rf"{UNIT.pattern}(?:{_UNIT_END}|(?<=城乡)建设局)*")
PROJECT = re.compile(rf"{_HAN}{{2,24}}?{_PROJECT_END}+(?:\([^()]{{1,8}}\))?")
# What stands before or between names and is part of none.
CUT = re.compile(
    r"责任单位|牵头单位|负责单位|主管单位|责任部门|牵头部门|配合单位|建设单位|实施单位|业主单位|包抓领导|责任领导|分管领导|牵头领导|盯办"
    r"|这些项目|其中|包括|涉及|分别|以及|或者|截至|目前|对于|关于|根据|由于|因为|属于|负责|牵头|承担|实施的|推进|未开工|已开工|已竣工|未赶上|赶上|完成|滞后"
    r"|[占的由为在与和及是对向据受将把被从归有等因各该本以使让但而却且也都均共即如按至到给并已未]"
)
TITLES = (
    r"(?:区委|市委|县委|镇|乡|街道)?(?:党工委|党委)?(?:常委|常务)?(?:、)?(?:副书记|书记|常务副区长|常务副市长|常务副县长|副区长|区长|副市长|市长|副县长|县长"
    r"|副镇长|镇长|副乡长|乡长|副局长|局长|副主任|主任|主席|副主席|部长|秘书长|组长|院长|校长|总经理|董事长|经理)"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅"
    "皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘"
    "缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆荣翁荀羊惠甄曲封芮储靳汲松井段富巫乌焦巴弓牧隗山谷车侯全班秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司黎乔苍闻翟谭劳逄姬申扶堵冉宰"
    "牛寿通边燕冀浦尚农温别庄晏柴瞿阎连艾容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄东欧殳沃利蔚越师巩聂晁勾敖冷辛阚那简饶曾沙养鞠须丰巢关相查红游权盖益桓公"
)
_TITLED = re.compile(rf"({TITLES})([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})")
_NAMED = re.compile(
    rf"(?<![\u4e00-\u9fff])([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(副?(?:区长|书记|市长|县长|镇长|局长|主任))"
)
_PREFIX = re.compile(r"^(?:[\u4e00-\u9fff]{0,4}[省市区县]|我区|全区|本区|我市|我县)")
_LIGHT_END = re.compile(r"(?:建设)?(?:项目|工程)$")


class Found(NamedTuple):
    """A name and where it stands in the text: half-open offsets."""

    name: str
    start: int
    end: int


def core(name: str) -> str:
    """Return a folded name without the “项目” or “工程” that writers add or leave out."""
    shorter = _LIGHT_END.sub("", name)
    return shorter if len(shorter) >= 2 else name


def is_unit(name: str) -> bool:
    """Tell whether a folded name is that of an office, a town or a company."""
    return bool(re.search(rf"(?:{_UNIT_END}|[县州旗])$", name)) and not re.search(
        r"(?:项目|工程|中学|小学|医院|中心|公园)$", name
    )


class NameIndex:
    """Known names, folded, found in a text by their first two characters."""

    def __init__(self, names: Iterable[str]) -> None:
        """Hold names and, of each, the form without “项目”."""
        self._by_head: dict[str, list[str]] = {}
        forms = {form for name in names for form in _forms(name)}
        for form in sorted(forms, key=len, reverse=True):
            self._by_head.setdefault(form[:2], []).append(form)

    def find(self, text: str) -> list[Found]:
        """Return the known names in folded ``text``, the longest at each place."""
        found: list[Found] = []
        at = 0
        while at < len(text) - 1:
            name = next(
                (n for n in self._by_head.get(text[at : at + 2], ()) if text.startswith(n, at)),
                None,
            )
            if name:
                found.append(Found(name, at, at + len(name)))
                at += len(name)
            else:
                at += 1
        return found


def _forms(name: str) -> Iterator[str]:
    folded = fold(name)
    for form in (folded, core(folded)):
        if len(form) >= 2 and not form.isdigit():
            yield form


def name_index(names: Collection[str]) -> NameIndex:
    """Return an index of ``names``, kept for the next call with the same frozen set."""
    return _name_index(frozenset(names))


@lru_cache(maxsize=4)
def _name_index(names: frozenset[str]) -> NameIndex:
    return NameIndex(names)


def persons(text: str) -> Mapping[str, set[str]]:
    """Return the people that folded ``text`` names beside a title, each with the titles."""
    found: dict[str, set[str]] = {}
    for match in _TITLED.finditer(text):
        found.setdefault(match[2], set()).add(match[1])
    for match in _NAMED.finditer(text):
        found.setdefault(match[1], set()).add(match[2])
    return found


def without_place(name: str, evidence: str) -> str:
    """Return the name of an office without its district: 区交通局 and 交通局 are one.

    A place with a name of its own is left out only if ``evidence`` names it elsewhere.
    """
    prefix = _PREFIX.match(name)
    if not prefix or len(name) - prefix.end() < 2:
        return name
    plain = len(prefix.group()) == 1 or prefix.group()[0] in "我全本"
    return name[prefix.end() :] if plain or prefix.group() in evidence else name
