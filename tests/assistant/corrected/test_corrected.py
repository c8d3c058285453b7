"""What a later document sets right leads; how far values differ; the list of corrections."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened

REPORT = """临洮市2031年上半年农田水利项目情况报告
2031年7月8日
上半年全市累计完成投资8640万元，开工31个。进度滞后6个。
石门泵站改造完成投资1280万元。河湾渠道衬砌进度为完工。红柳滩排水沟责任人为冯启山，6月18日通水。
黄泥坝加固列在市农业局名下。白杨村蓄水池群共有机井146眼。
"""
LETTER = """关于更正上半年农田水利数据的函
临洮市水务局　2031年8月2日
经核对，7月8日的报告有若干处需要更正：
（一）石门泵站改造的完成投资
原写：1280万元。
应为：1820万元。
事由：录入时数字颠倒。
（二）红柳滩排水沟的责任人
原写冯启山，应为鲁石安。
（三）红柳滩排水沟通水日期
原报：6月18日。应为：6月28日。
（四）河湾渠道衬砌的进度
原列：完工，应为：收尾，完成470万元。
更正以后，上半年全市累计完成投资为9180万元，以本函为准。进度滞后由6个变为7个，开工由31个调整为30个。
"""
MINUTES = """临洮市水利调度会议纪要
2031年8月20日
一、关于7月8日报告的差错
会议同意更正两处：一是老鹰嘴水库未签协议的移民，经逐户核对，应为58户，报告写作49户，漏了九户；\
二是黄泥坝加固已移交市水投公司，责任单位应为市水投公司，报告仍列在市农业局名下。
二、其他
我要纠正一个数。报告上写白杨村新增机井146眼，有12眼是旧井，实际是134眼，完成任务的67%，以后一律以134眼为准。
报告把北坡喷灌列为未开工。经核实，该项目6月22日已进场施工，属于漏报，应列入在建。
"""
TABLE = """<!doctype html><html><meta charset="utf-8"><body><h1>绿源县2031年一季度数据更正表</h1>
<p>绿源县林业局 2031年4月20日　单位：万元</p><table>
<tr><td>序号</td><td>项目名称</td><td>更正内容</td><td>原报</td><td>更正后</td><td>更正原因</td></tr>
<tr><td>1</td><td>南岭苗圃扩建</td><td>一季度完成投资</td><td>640</td><td>604</td><td>重复计入苗木款36万元</td></tr>
<tr><td>2</td><td>柏木沟防火道</td><td>项目状态</td><td>完工</td><td>在建</td><td>未组织验收</td></tr>
</table></body></html>
"""
TEXTS = {"报告.txt": REPORT, "更正函.txt": LETTER, "纪要.txt": MINUTES}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("corrected"), TEXTS) as desk:
        yield desk


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("corrected_table"), {"更正表.html": TABLE}) as desk:
        yield desk


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("石门泵站改造完成投资多少？", "1820万元", "1280万元"),
        ("红柳滩排水沟的责任人现在是谁？", "鲁石安", "冯启山"),
        ("红柳滩排水沟实际哪天通水的？", "6月28日", "6月18日"),
        ("河湾渠道衬砌现在是什么进度，实际完成多少？", "收尾，完成470万元", "完工"),
        ("更正以后，进度滞后的到底是几个？", "7个", "6个"),
        ("数据更正后，开工的一共几个？", "30个", "31个"),
        ("老鹰嘴水库没签协议的移民到底有多少户？", "58户", "49户"),
        ("黄泥坝加固现在到底归哪个单位？", "市水投公司", "市农业局"),
        ("白杨村新增机井到底认哪个数？", "134眼", "146眼"),
        ("北坡喷灌到底开工了没有？", "6月22日已进场施工", "未开工"),
        ("更正后上半年全市累计完成投资是多少？", "9180万元", ""),
    ],
)
def test_the_value_set_right_leads_and_the_old_one_is_told(
    city: Desk, question: str, right: str, wrong: str
) -> None:
    answer = city.ask(question)
    first = answer.answer.replace("**", "").splitlines()[0]
    assert right in first
    assert wrong in answer.answer
    assert any(right in cited.quote for cited in answer.citations)


@pytest.mark.parametrize(
    ("question", "gap"),
    [
        ("上半年全市累计完成投资更正前后差了多少？", "540万元"),
        ("石门泵站改造的完成投资更正前后相差多少？", "540万元"),
        ("进度滞后的个数更正前后差几个？", "1个"),
    ],
)
def test_difference_is_worked_out_of_both_values(city: Desk, question: str, gap: str) -> None:
    answer = city.ask(question)
    assert gap in answer.answer.replace("**", "").splitlines()[0]
    assert answer.citations


def test_list_of_corrections_is_complete(city: Desk, county: Desk) -> None:
    answer = city.ask("更正函里更正了哪几处，改成什么了？")
    assert answer.count == 4
    for right in ("1820万元", "鲁石安", "6月28日", "收尾"):
        assert right in answer.answer
    rows = county.ask("一季度上报的数据后来改了哪几处，改成什么了？")
    assert rows.count == 2
    assert "604万元" in rows.answer.replace("**", "")
    assert "在建" in rows.answer


def test_row_of_a_table_sets_right_and_says_why(county: Desk) -> None:
    answer = county.ask("南岭苗圃一季度的投资数怎么又改了？")
    assert "重复计入苗木款36万元" in answer.answer
    assert "604" in answer.answer


@pytest.mark.parametrize(
    "question",
    ["红柳滩排水沟的责任单位是谁？", "石门泵站改造总投资多少？", "石门泵站改造占地多少亩？"],
)
def test_other_attributes_are_not_answered_by_a_correction(city: Desk, question: str) -> None:
    answer = city.ask(question)
    assert not answer.answer.startswith("更正（")


def test_english_question_with_a_chinese_name_is_answered(city: Desk) -> None:
    answer = city.ask("Who is actually responsible for the drainage (红柳滩排水沟)?")
    assert "鲁石安" in answer.answer.splitlines()[0]
