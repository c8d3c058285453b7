"""Lists in layouts that no rule foresaw, proved by the numbers that they say."""

from __future__ import annotations

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

BULLETIN = """# 海岭区重点项目工作季报

海岭区人民政府办公室　2025年7月9日

今年列入的重点项目共20个。截至6月末，已建成交付4个；超序时进度3个；达到序时进度5个；另有8个欠序时或尚未动工。

## ◆ 需要拉一把的

5个项目欠序时进度，占项目总数的25.0%，症结各有不同。

卡在征地拆迁上的有3个：盐河路东段拓宽（区交通运输局），沿线6户商铺尚未签约，完成年度计划的26.8%；鹭洲旧村改造一期（鹭洲街道），部分村民对安置面积有异议，完成年度计划的22.1%；临港产业园纬五路（临港产业园管委会），坟地迁移未完成，完成年度计划的26.3%。

受资金制约的有2个：潮音国际游艇码头（区文化旅游局），投资方二期资本金未到账，完成年度计划的23.3%；礁头冷冻加工园（礁头镇），企业贷款审批延后，完成年度计划的26.9%。

## ◆ 还没破土的

至6月末仍有3个项目尚未动工，涉及年度计划投资4.30亿元。临港产业园管委会牵头的海岭深水泊位，岸线使用批复未取得；金沙滩度假酒店由区文化旅游局负责，投资商资金链紧张，暂缓进场；区教育体育局牵头的区体育馆，选址正在重新论证。
"""

BY_UNIT = """# 东岭县项目攻坚简报

东岭县攻坚指挥部办公室　2025年8月29日

今年全县项目一共11个。11个项目里，已经建好交付的有3个，跟得上节点的有4个，慢于节点的有2个，中途停工的有1个，还没动土的有1个。

县交通局牵头6个。省道218线赤岭段改建和通组路硬化三期都已建好交付。白沙渡大桥重建、赤岭隧道病害整治跟得上节点，大桥主墩已全部出水。让人着急的是东环快速路南段，这条路因为沿线还有23户没有签拆迁协议，慢于节点将近两个月。县客运枢纽站迁建还没动土，卡在用地指标没有批下来。
"""


def test_each_list_is_read_with_owner_and_reason_under_the_status_of_all(read_md: Reader) -> None:
    read = read_md(BULLETIN)
    behind = [r for r in read.ledger.records if r.progress == "behind"]
    assert [r.name for r in behind] == [
        "盐河路东段拓宽",
        "鹭洲旧村改造一期",
        "临港产业园纬五路",
        "潮音国际游艇码头",
        "礁头冷冻加工园",
    ]
    assert read.field("鹭洲旧村", "unit") == "鹭洲街道"
    assert read.field("鹭洲旧村", "reason") == "部分村民对安置面积有异议"
    assert read.field("游艇码头", "cause") == "资金"


def test_owners_before_and_behind_in_one_list(read_md: Reader) -> None:
    read = read_md(BULLETIN)
    unstarted = [r for r in read.ledger.records if r.stage == "not_started"]
    assert [r.fields["unit"].text for r in unstarted] == [
        "临港产业园管委会",
        "区文化旅游局",
        "区教育体育局",
    ]
    assert read.field("度假酒店", "reason") == "投资商资金链紧张，暂缓进场"
    for record in read.ledger.records:
        for words in record.fields.values():
            assert read.read_at(words) == words.text


def test_a_paragraph_about_a_unit_tells_of_each_how_it_stands(read_md: Reader) -> None:
    read = read_md(BY_UNIT)
    stands = {r.name: r.stage or r.progress for r in read.ledger.records}
    assert stands == {
        "省道218线赤岭段改建": "completed",
        "通组路硬化三期": "completed",
        "白沙渡大桥重建": "on_schedule",
        "赤岭隧道病害整治": "on_schedule",
        "东环快速路南段": "behind",
        "县客运枢纽站迁建": "not_started",
    }
    assert {r.fields["unit"].text for r in read.ledger.records} == {"县交通局"}
    assert read.field("枢纽站", "reason") == "用地指标没有批下来"


def test_names_scattered_over_a_speech_are_no_list(read_md: Reader) -> None:
    read = read_md(
        "# 在调度会上的讲话\n\n2025年9月10日\n\n"
        "供电公司、数字经济园这两家，手上没有一个欠进度的，要表扬。"
        "我再说手续。大家要主动。高铁站东联络线，代表们连着两年提建议。安全怎么管。要每天巡查。"
        "不能有侥幸。7月18日沙湾文化活动中心基坑塌方，没有伤到人。\n"
    )
    assert all(record.progress != "behind" for record in read.ledger.records)
