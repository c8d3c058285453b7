"""A library with two tables that no ledger of projects foresees: waterworks, and faults found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened


def _page(title: str, *rows: str) -> str:
    return (
        f'<!doctype html><html><meta charset="utf-8"><body><h1>{title}</h1>'
        f"<table>{''.join(rows)}</table></body></html>"
    )


def _row(*cells: str) -> str:
    """Return a row; “东坡镇/3” stands over three rows, “资金>2” over two columns."""
    found = ""
    for cell in cells:
        words, _, down = cell.partition("/")
        words, _, across = words.partition(">")
        spans = (f' rowspan="{down}"' if down else "") + (f' colspan="{across}"' if across else "")
        found += f"<td{spans}>{words}</td>"
    return f"<tr>{found}</tr>"


WORKS = _page(
    "云溪县2025年农村水厂管护台账",
    _row("填报单位：县水务局>4", "截至2025年8月31日　单位：万元>5"),
    _row("序号/2", "乡镇/2", "水厂名称/2", "建成年份/2", "规模>2", "资金>2", "运行状态/2"),
    _row("泵数", "受益户数", "计划资金", "已支付"),
    _row("1", "东坡镇/3", "青石水厂", "1994", "3", "480", "160", "160", "正常运行"),
    _row("2", "白鹭滩水厂", "1988", "2", "350", "90", "40", "检修中"),
    _row("3", "枣林水厂", "2003", "2", "260", "70", "0", "已停用"),
    _row("东坡镇小计", "", "", "", "7", "1090", "320", "200", ""),
    _row("4", "西河乡/2", "月亮湾水厂", "1990", "4", "610", "230", "95", "检修中"),
    _row("5", "黄土岭水厂", "1985", "1", "140", "50", "50", "正常运行"),
    _row("西河乡小计", "", "", "", "5", "750", "280", "145", ""),
    _row("合计（5座水厂）", "", "", "", "12", "1840", "600", "345", ""),
)
FAULTS = _page(
    "云溪县安全生产检查问题清单",
    _row("序号", "发现问题", "责任单位", "整改时限", "状态"),
    _row("1", "烟花仓库防雷设施失效", "县应急局", "6月30日前", "已销号"),
    _row("2", "河滩采砂场围挡倒塌", "县水务局", "9月15日前", "整改中"),
    _row("3", "老年公寓消防通道堵塞", "县民政局", "8月20日前", "超期未完成"),
    _row("4", "客运站安检机停用", "县交通局", "9月15日前", "整改中"),
)


@pytest.fixture(scope="session")
def works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with both tables."""
    files = {"works.html": WORKS, "faults.html": FAULTS}
    with opened(tmp_path_factory.mktemp("works"), files) as desk:
        yield desk


ROADS = _page(
    "青石市2025年农村道路在建项目进度表",
    _row("数据截至2025年9月30日　单位：万元>9"),
    _row(
        "序号", "县区", "项目名称", "建设规模", "总投资", "年度计划", "1—9月完成", "责任单位",
        "形象进度", "存在问题",
    ),
    _row(
        "1", "榆林县", "榆林县环山公路", "32公里", "12600", "5200", "4300", "榆林县交通局",
        "路面施工", "无",
    ),
    _row(
        "2", "榆林县", "榆林县三座便民桥", "3座", "2400", "1800", "600", "榆林县水利局",
        "桥墩施工", "雨季延误",
    ),
    _row(
        "3", "榆林县", "榆林县柳沟断头路", "4公里", "1900", "900", "0", "榆林县交通局",
        "未开工", "征地未完成",
    ),
    _row(
        "4", "白河区", "白河区环湖公路", "18公里", "21500", "9800", "9100", "白河区交通局",
        "已竣工", "无",
    ),
    _row(
        "5", "白河区", "白河区灌渠便道", "7公里", "3100", "2600", "1900", "白河区水利局",
        "路基施工", "",
    ),
)  # fmt: skip


@pytest.fixture(scope="session")
def roads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with a table whose title says a state, of amounts under a line of units."""
    with opened(tmp_path_factory.mktemp("roads"), {"roads.html": ROADS}) as desk:
        yield desk


PUMPS = _page(
    "青原县2025年提灌泵站改造安排表",
    _row("数据截至2025年8月31日　单位：万元>10"),
    _row(
        "序号", "乡镇", "泵站名称", "投产年份", "验收日期", "计划资金", "已支付", "完成率",
        "责任单位", "受益户数",
    ),
    _row("1", "杉溪镇", "竹埠泵站", "2011", "3月5日", "200", "150", "75%", "县水务局", "120"),
    _row("2", "杉溪镇", "柳坝泵站", "2025", "", "100", "", "", "县水务局", ""),
    _row("3", "麻塘镇", "石桥泵站", "2025", "6月20日", "300", "30", "10%", "县农业局", "310"),
    _row("4", "麻塘镇", "沙湾泵站", "2008", "4月1日", "50", "50", "95%", "县农业局", "80"),
    _row("5", "龙岗乡", "鹿鸣泵站", "2014", "", "", "", "", "县林业局", ""),
)  # fmt: skip


@pytest.fixture(scope="session")
def pumps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with a table of which some cells are blank."""
    with opened(tmp_path_factory.mktemp("pumps"), {"pumps.html": PUMPS}) as desk:
        yield desk


RATELESS = _page(
    "云溪县2025年农村水厂台账",
    _row("截至2025年8月31日　单位：万元>5"),
    _row("序号", "乡镇", "水厂名称", "计划资金", "已支付"),
    _row("1", "东坡镇", "青石水厂", "160", "140"),
    _row("2", "东坡镇", "白鹭滩水厂", "40", "20"),
    _row("3", "东坡镇", "枣林水厂", "70", ""),
    _row("4", "西河乡", "月亮湾水厂", "230", "95"),
    _row("5", "西河乡", "黄土岭水厂", "50", "20"),
    _row("6", "西河乡", "高家沟水厂", "30", "30"),
)


@pytest.fixture(scope="session")
def works_without_rates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with a table of planned and paid amounts, one of which is blank."""
    with opened(tmp_path_factory.mktemp("rateless"), {"works.html": RATELESS}) as desk:
        yield desk


QUAYS = _page(
    "临江县码头一览表",
    _row("序号", "码头名称", "投用年份", "总投资", "占地", "责任单位"),
    _row("1", "柳溪码头", "2012", "3000万元", "12亩", "县港航局"),
    _row("2", "桐湾码头", "2019", "1.2亿元", "900平方米", "县港航局"),
    _row("3", "雁口码头", "2019", "800万元", "5亩", "县渔业局"),
)
LEDGES = _page(
    "临江县2025年护岸整治计划表",
    _row("序号", "护岸名称", "完成年份", "总投资（万元）", "责任单位"),
    _row("1", "柳溪护岸", "2024", "3000", "县港航局"),
    _row("2", "桐湾护岸", "2025", "1.2亿元", "县港航局"),
    _row("3", "雁口护岸", "2026", "800", "县渔业局"),
)


@pytest.fixture(scope="session")
def quays(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with tables whose cells bear units of their own, one without a date."""
    files = {"quays.html": QUAYS, "ledges.html": LEDGES}
    with opened(tmp_path_factory.mktemp("quays"), files) as desk:
        yield desk


def _part(*rows: str) -> str:
    head = _row("序号", "乡镇", "山塘名称", "计划资金（万元）")
    return f"<table>{head}{''.join(rows)}</table>"


PARTS = (
    "<!doctype html><html><meta charset='utf-8'><body><h1>临江县2025年山塘整治计划</h1>"
    "<p>附表：山塘整治安排</p>"
    + _part(_row("1", "松口镇", "枫林山塘", "30"), _row("2", "松口镇", "茶坪山塘", "20"))
    + "<p>（续表）</p><p>- 2 -</p>"
    + _part(_row("3", "梅岗乡", "禾坑山塘", "50"), _row("合计", "", "", "100"))
    + "<p>附表2：山塘巡查安排</p>"
    + _part(_row("1", "松口镇", "石背山塘", "7"), _row("2", "梅岗乡", "田心山塘", "8"))
    + "<p>附表3：山塘清淤安排</p>"
    + _part(_row("1", "松口镇", "黄泥山塘", "4"), _row("2", "梅岗乡", "高陂山塘", "6"))
    + "</body></html>"
)


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk with a table in two parts, and others of the same headings."""
    with opened(tmp_path_factory.mktemp("parts"), {"parts.html": PARTS}) as desk:
        yield desk
