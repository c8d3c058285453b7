"""Documents about one project, and sentences that tell more of a record."""

from __future__ import annotations

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

BRIEF = (
    "关于云岭冷库项目建设进展情况的汇报\n"
    "云岭冷库项目位于城南新区，由市商务局负责实施，总投资3.5亿元。\n"
    "目前，项目主体已封顶，累计完成投资2.1亿元。\n"
    "项目推进中存在的主要问题是配套资金未到位。下一步，市商务局将加快融资，"
    "确保2025年6月底前竣工。\n"
)


def test_a_brief_gives_one_record_with_what_all_its_paragraphs_tell(read: Reader) -> None:
    found = read(BRIEF)
    (record,) = found.ledger.records
    assert record.stage == "under_construction"
    said = {key: words.text for key, words in record.fields.items()}
    assert said["unit"] == "市商务局"
    assert said["location"] == "城南新区"
    assert said["total_investment"] == "3.5亿元"
    assert said["done_investment"] == "2.1亿元"
    assert said["reason"] == "配套资金未到位"
    assert said["deadline"] == "2025年6月底前"


def test_links_to_other_articles_are_no_records(read_html: Reader) -> None:
    found = read_html(
        "<h1>市图书馆新馆项目开工</h1><p>3月1日，市图书馆新馆项目举行开工仪式。项目由市文旅局"
        "组织实施，总投资4.6亿元，计划2027年6月竣工。</p><p>上一篇：全市经济工作会议召开</p>"
        "<h3>相关新闻</h3><ul><li>南湖大桥项目建成通车</li><li>城西水厂二期工程停工整改</li></ul>"
    )
    assert found.names == ["市图书馆新馆项目"]
    assert found.record("图书馆").stage == "under_construction"


def test_a_title_that_names_no_project_gives_no_record(read: Reader) -> None:
    found = read(
        "关于进一步加快重点项目建设的通知\n各单位要加快项目建设，对进度滞后的项目进行通报。\n"
    )
    assert found.names == []


def test_a_sentence_completes_the_record_of_its_project(read: Reader) -> None:
    found = read(
        "铜岭市项目推进会讲话\n市水务局的南圩加固、北堤加固2个项目已竣工，特别是南圩加固，"
        "半年完成投资1.26亿元，是年度计划1.8亿元的70%。\n"
    )
    assert found.amounts("done_investment") == [12600.0, None]
    assert found.amounts("planned_investment") == [18000.0, None]


def test_a_sentence_gives_the_reason_of_a_ranked_unit(read_html: Reader) -> None:
    found = read_html(
        "<h1>考核结果通报</h1><table><tr><td>名次</td><td>单位</td><td>本月得分</td></tr>"
        "<tr><td>1</td><td>云栖镇</td><td>96.8</td></tr><tr><td>2</td><td>红岩镇</td><td>84.2</td>"
        "</tr></table><p>红岩镇存在的突出问题是河道垃圾清理不及时。</p>"
    )
    assert found.column("reason") == [None, "河道垃圾清理不及时"]
    assert found.column("column:本月得分") == ["96.8", "84.2"]


def test_a_longer_name_is_another_project(read: Reader) -> None:
    found = read(
        "铜岭市项目情况\n停工的项目有2个，分别是：市住建局的体育公园、北关桥。\n"
        "体育公园二期目前完成投资2亿元。\n"
    )
    assert found.amounts("done_investment") == [None, None]


def test_a_reply_that_does_not_name_the_project_in_its_title_is_read(
    read: Callable[[str], Read],
) -> None:
    found = read(
        "对县人大第21号建议的答复\n李代表：\n您提出的《关于加快南坪中心小学建设的建议》收悉。"
        "南坪中心小学由县教育局负责，总投资4200万元，选址在老粮站旁。\n县重点办\n"
    )
    assert found.field("南坪中心小学", "unit") == "县教育局"
