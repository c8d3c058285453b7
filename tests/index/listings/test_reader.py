"""Running text whose lines, entries or groups repeat, read as tables."""

from __future__ import annotations

from index.listings.reader import read_listings
from index.listings.records import Listing
from index.load.text import read_text
from index.records import Structure
from index.structure import read_structure


def _read(text: str) -> tuple[str, tuple[Listing, ...]]:
    loaded = read_text(text.encode())
    structure: Structure = read_structure(loaded, "文件.txt")
    return loaded.text, read_listings(loaded.blocks, structure)


def _column(listing: Listing, head: str) -> list[str | None]:
    return [row.cells[head].text if head in row.cells else None for row in listing.rows]


def _assert_exact(text: str, listing: Listing) -> None:
    for row in listing.rows:
        for words in row.cells.values():
            assert "".join("".join(text[a:b].split()) for a, b in words.spans) == "".join(
                words.text.split()
            )


BOATS = """柳滩县渡口船只检查情况通报

一、逐船情况
（各行依次为：船名、管理单位、等级、载客数（人）、检查发现）
【北岸　3个】
清风号｜柳滩镇｜甲｜40｜救生衣齐全
明月号｜柳滩镇｜丙｜25｜灭火器过期
白鹭号｜苇塘乡｜乙｜30｜舵链松动
【南岸　2个】
春潮号｜苇塘乡｜丙｜18｜无夜航灯
秋水号｜县航运公司｜甲｜60｜证照齐全
"""


def test_lines_of_equal_delimiters_are_rows_under_the_names_told_above() -> None:
    text, (listing,) = _read(BOATS)
    assert listing.heads == ("船名", "管理单位", "等级", "载客数（人）", "检查发现", "分组")
    assert _column(listing, "船名") == ["清风号", "明月号", "白鹭号", "春潮号", "秋水号"]
    assert _column(listing, "分组") == ["北岸"] * 3 + ["南岸"] * 2
    assert [(s.label, s.number.value) for s in listing.stated] == [("北岸", 3), ("南岸", 2)]
    _assert_exact(text, listing)


def test_columns_parted_by_blanks_are_a_table_where_a_line_names_them() -> None:
    text, (listing,) = _read(
        "柳滩县渔政统计\n\n水域        养殖户      投苗量（万尾）\n"
        "北湖        21          130\n南湖        17          95\n东汊        9           40\n"
    )
    assert listing.heads == ("水域", "养殖户", "投苗量（万尾）")
    assert _column(listing, "投苗量（万尾）") == ["130", "95", "40"]
    _assert_exact(text, listing)


DEMANDS = """柳滩县渡运安全督办单

本期共列督办事项4项。

1．北岸渡口趸船加固（急件）。责任单位县航运公司，责任人沈舟。须在5月20日前完成加固。钢板已到货。
2．苇塘渡口视频监控（缓件）。责任单位苇塘乡、县公安局，责任人何汀。须在6月10日前接入平台。
3．春潮号夜航灯（急件）。责任单位苇塘乡，责任人何汀。须在5月8日前安装。本项办结销号。
"""


def test_entries_with_fields_in_sentences_are_rows() -> None:
    text, (listing,) = _read(DEMANDS)
    assert _column(listing, "名称") == ["北岸渡口趸船加固", "苇塘渡口视频监控", "春潮号夜航灯"]
    assert _column(listing, "类别") == ["急件", "缓件", "急件"]
    assert _column(listing, "责任单位") == ["县航运公司", "苇塘乡、县公安局", "苇塘乡"]
    assert _column(listing, "时限") == ["5月20日前", "6月10日前", "5月8日前"]
    assert _column(listing, "办结") == [None, None, "本项办结销号"]
    assert [s.number.value for s in listing.stated] == [4]
    _assert_exact(text, listing)


def test_entries_with_labels_on_lines_of_their_own_are_rows() -> None:
    _, (listing,) = _read(
        "柳滩县信访问题交办单\n\n1.\n问题：北岸码头路灯不亮。\n责任单位：县城管局\n时限：5月9日\n\n"
        "2.\n问题：苇塘小学门前积水。\n责任单位：苇塘乡\n时限：5月30日\n备注：先设警示牌。\n\n"
        "3.\n问题：南岸公厕停用。\n责任单位：县城管局\n时限：6月2日\n"
    )
    assert _column(listing, "问题") == ["北岸码头路灯不亮", "苇塘小学门前积水", "南岸公厕停用"]
    assert _column(listing, "备注") == [None, "先设警示牌", None]


GROUPS = """柳滩县渔业园招商情况

【已开业】2家，投资额5.0亿元
青鳞加工厂（宁海，2.0亿元），3月开业；银鱼冷库（本地，3.0亿元），4月开业。
【退出】3家，投资额4.6亿元
碧波网箱（东港，1.1亿元）：水质不达标；
远帆饲料（西镇，2.5亿元）：资金没有到位。
"""


def test_groups_under_labels_are_rows_with_what_brackets_and_colons_say() -> None:
    text, (listing,) = _read(GROUPS)
    assert _column(listing, "名称") == ["青鳞加工厂", "银鱼冷库", "碧波网箱", "远帆饲料"]
    assert _column(listing, "类别") == ["已开业", "已开业", "退出", "退出"]
    assert _column(listing, "投资额") == ["2.0亿元", "3.0亿元", "1.1亿元", "2.5亿元"]
    assert _column(listing, "情况说明")[2:] == ["水质不达标", "资金没有到位"]
    amounts = [s.amount.text if s.amount else None for s in listing.stated]
    assert amounts == ["5.0亿元", "4.6亿元"]
    _assert_exact(text, listing)


def test_a_unit_before_names_and_one_in_brackets_are_their_unit() -> None:
    _, (listing,) = _read(
        "柳滩县堤防排查\n\n（甲）县水利局的北堤、西堤；苇塘乡的东堤。\n"
        "（乙）南堤（柳滩镇），管涌两处；新堤（县水利局），闸门锈蚀。\n"
    )
    assert _column(listing, "责任单位") == ["县水利局", "县水利局", "苇塘乡", "柳滩镇", "县水利局"]
    assert _column(listing, "类别") == ["甲", "甲", "甲", "乙", "乙"]


def test_prose_is_no_table() -> None:
    _, found = _read(
        "柳滩县工作总结\n\n今年以来，全县抓好三项工作。一是修路，新修12公里。二是治水，清淤3处。\n"
        "（一）加强领导。各乡镇要高度重视。\n（二）强化督查。发现问题及时整改。\n（三）严明纪律。\n"
    )
    assert found == ()


TOWNS = """各镇植树情况的通报
2025年4月2日

一、各镇情况
北滩镇：计划40公顷，完成32公顷，成活率91.5%；苗圃新建计划3个，完成1个。
中滩镇：计划25公顷，完成25公顷，成活率88.0%；苗圃计划2个，完成2个。
南滩镇：计划31公顷，完成20公顷，成活率79.2%，垫底；苗圃计划4个，完成3个。
"""


def test_lines_that_measure_places_are_a_table_and_done_is_of_what_was_planned() -> None:
    text, (listing,) = _read(TOWNS)
    assert listing.heads == ("单位", "计划", "完成", "成活率", "苗圃计划", "苗圃完成")
    assert _column(listing, "苗圃计划") == ["3个", "2个", "4个"]
    assert _column(listing, "苗圃完成") == ["1个", "2个", "3个"]
    assert listing.headed
    _assert_exact(text, listing)
