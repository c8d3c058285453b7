"""Questions that want two figures put together: of two units, two times, two classes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

AUGUST = """松陵区城建月报
2031年9月4日
截至8月底，全区30个城建重点项目完成投资9.40亿元，占年度计划20.00亿元的47.0%。其中已交付4个，未落地6个。
8月底未落地的6个项目是：北渡大桥、东岭隧道、湖滨书院、青禾市场、竹园泵站、南坡公墓。
"""
OCTOBER = """松陵区城乡建设指挥部关于2031年1—10月城建重点项目推进情况的报告
区政府：
一、总体情况
今年全区共安排城建重点项目30个，年度计划投资20.00亿元。截至10月底，累计完成投资14.20亿元，占年度计划的71.0%。
——已交付项目9个，占项目总数的30.0%，完成投资5.10亿元。
——序时内项目17个，占项目总数的56.7%，完成投资8.90亿元。
——未落地项目4个，占项目总数的13.3%，发生前期费用0.20亿元。
二、分领域进展
（一）交通路网。共12个项目，年度计划投资9.00亿元，完成6.30亿元，占70.0%。
其中已交付4个、序时内6个、未落地2个。
未落地2个：区交通局北渡大桥，资金缺口未落实；区住建局东岭隧道，用地指标未下达。
（二）供水排水。共10个项目，年度计划投资6.00亿元，完成4.50亿元，占75.0%。
其中已交付3个、序时内6个、未落地1个。
未落地1个：区水务局竹园泵站，方案未批复。
（三）民生保障。共8个项目，年度计划投资5.00亿元，完成3.40亿元，占68.0%。
其中已交付2个、序时内5个、未落地1个。
未落地1个：区民政局南坡公墓，选址没有定下来。
松陵区城乡建设指挥部
2031年11月6日
"""
UNITS = """松陵市2031年上半年重点项目推进情况
2031年7月5日
今年全市共安排重点项目20个，年度计划投资30.00亿元。
一、各责任单位情况
（一）市住房和城乡建设局。承担项目4个，年度计划投资8.00亿元，完成4.40亿元，完成率55.0%。北门小学已建成投用。南湖公园进度滞后，设计变更没有批。
（二）松陵经济开发区管委会。承担项目6个，年度计划投资12.00亿元，完成5.40亿元，完成率45.0%。标准厂房已建成。恒力轴承进度滞后，设备没有到货。
（三）市教育局。承担项目3个，年度计划投资2.00亿元，完成1.30亿元，完成率65.0%。第二实验小学已建成。职校实训楼进度滞后，图纸要重新审查。
"""
TABLE = """<!doctype html><html><meta charset="utf-8"><body>
<h1>松陵县重点项目问题台账</h1><p>投资数据截至2031年6月底；金额单位：万元</p><table>
<tr><td>序号</td><td>项目名称</td><td>责任单位</td><td>推进状态</td><td>年度计划投资</td><td>1—6月完成投资</td></tr>
<tr><td>1</td><td>恒昌铝业</td><td>县经开区</td><td>慢于计划</td><td>26000</td><td>7800</td></tr>
<tr><td>2</td><td>瑞和药业</td><td>县经开区</td><td>慢于计划</td><td>21000</td><td>4200</td></tr>
<tr><td>3</td><td>梅溪停车场</td><td>县住建局</td><td>尚未动工</td><td>5600</td><td>40</td></tr>
</table></body></html>
"""


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"月报.txt": AUGUST, "报告.txt": OCTOBER}
    with opened(tmp_path_factory.mktemp("district"), texts) as desk:
        yield desk


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("city"), {"推进情况.txt": UNITS}) as desk:
        yield desk


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("county"), {"台账.html": TABLE}) as desk:
        yield desk


@pytest.mark.parametrize(
    "question",
    [
        "恒昌铝业和瑞和药业上半年完成投资哪个多，多多少？",
        "恒昌铝业与瑞和药业完成投资相差多少？",
        "恒昌铝业比瑞和药业多完成投资多少万元？",
        "上半年恒昌铝业比瑞和药业多投了多少钱？",
    ],
)
def test_which_of_two_rows_has_more_is_told_with_the_difference(
    county: Desk, question: str
) -> None:
    assert "3600" in county.ask(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("住建局和经开区上半年完成投资合计多少？", ["9.8亿元"]),
        ("经济开发区和教育局的年度计划投资加起来是多少？", ["14亿元"]),
        ("教育局和住建局的投资完成率哪个高，高多少？", ["65.0%", "55.0%", "10个百分点"]),
        ("教育局的完成率比经开区高几个百分点？", ["20个百分点"]),
        ("经开区和教育局年度计划投资哪个多，多多少？", ["10亿元"]),
    ],
)
def test_amounts_of_two_units_are_put_together(city: Desk, question: str, said: list[str]) -> None:
    answer = city.ask(question).answer
    assert all(words in answer for words in said)


@pytest.mark.parametrize(
    "question",
    [
        "9、10两个月新增完成投资多少？",
        "9月和10月两个月又完成了多少投资？",
        "9—10月完成投资多少？",
        "完成投资较8月底增加了多少？",
        "10月底比8月底多完成投资多少？",
        "比上次月报多完成多少投资？",
    ],
)
def test_what_two_reports_state_of_all_is_told_apart(district: Desk, question: str) -> None:
    assert "4.8亿元" in district.ask(question).answer


def test_months_that_no_report_ends_before_are_not_told_apart(district: Desk) -> None:
    assert "4.8" not in district.ask("7、8两个月新增完成投资多少？").answer


@pytest.mark.parametrize(
    "question",
    [
        "截至10月底累计完成投资多少，占年度计划的多少？",
        "到10月底累计完成投资多少，占全年计划的比例是多少？",
    ],
)
def test_a_share_that_stands_beside_its_amount_is_told_with_it(
    district: Desk, question: str
) -> None:
    answer = district.ask(question).answer
    assert "14.20亿元" in answer
    assert "71.0%" in answer


def test_the_count_of_all_goes_before_those_of_classes(district: Desk) -> None:
    answer = district.ask("10月底已交付和未落地的项目，哪类多，多几个？").answer
    assert all(words in answer for words in ("9个", "4个", "5"))


def test_classes_are_ranked_by_the_headings_of_their_lists(district: Desk) -> None:
    first = district.ask("10月底哪个领域未落地的项目最多？").answer.splitlines()[0]
    assert "交通路网" in first
    assert "2个" in first


@pytest.mark.parametrize("words", ["供水排水", "供水和排水"])
def test_a_class_is_known_with_its_halves_joined(district: Desk, words: str) -> None:
    answer = district.ask(f"{words}领域未落地的有几个项目？")
    assert answer.interpretation["filters"].get("group") == "供水排水"
