"""Follow-ups that say no subject: they ask it of what the talk is about, newest first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.records import Turn
from tests.assistant.ledger.conftest import Desk, opened


def _table(title: str, lines: str) -> str:
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split('|'))}</tr>"
        for line in lines.strip().splitlines()
    )
    return (
        f'<!doctype html><html><meta charset="utf-8"><body><h1>{title}</h1>'
        f"<p>截至2031年8月31日</p><table>{rows}</table></body></html>"
    )


AUGUST = _table(
    "桐湾县交通项目8月调度表",
    """
序号|项目名称|责任单位|总投资|状态|卡点及进展|完成时限
1|枫杨渡大桥|县公路局|1.8亿元|未动工|征地补偿缺口由3200万元降至900万元|9月30日
2|槐荫岭隧道|县交投公司|2.6亿元|仍慢|经8月12日专题会同意，时限由10月15日顺延|11月20日
3|柘溪码头改造|县港航中心|7600万元|新动工|5户船民中3户已签搬迁协议，余下2户对安置点有异议|12月10日
4|白芷湖环湖路|县公路局|5200万元|仍慢|弃渣场8月3日落实在青石镇旧采石坑，每天可运渣800方|由9月5日延到10月28日
5|芦花荡客运站|县交投公司|4300万元|已建成|8月18日试运营|已完成
""",
)
JUNE = """桐湾县交通项目上半年情况报告
县交通局　2031年7月6日
一、未开工的项目
共2个：枫杨渡大桥（征地补偿没有到位）、柘溪码头改造（沿岸5户船民没有谈妥）。
二、滞后的项目
共2个：槐荫岭隧道（洞口塌方，等加固方案）、白芷湖环湖路（弃渣场没有着落）。枫杨渡大桥征地补偿缺口3200万元，由县财政局牵头筹措。
"""
CHECK = """关于抓紧整改汛期道路检查问题的通知
县交通局　2031年6月20日
【限期整改】
① 鹭鸣坡：边坡发现裂缝2条。7月15日前完成注浆，责任单位青石镇人民政府。
② 野鸭滩：护栏被撞坏40米。6月28日前更换，责任单位县公路局。
③ 竹鸡冲：涵洞淤塞过半。7月5日前清淤，责任单位柳塘乡人民政府。
"""
SHEET = """运输企业办事问答
县交通局编　2031年8月
问1：购置新能源货车补多少？
答：按购车价的12%补，单个企业最高150万元。去年那一版写的是10%、最高90万元，8月1日起作废。申报截至10月20日，送县交通局运输股。

问2：货运站场改造怎么补？
答：按设备投入的15%补，单个站场最高60万元。申报截至9月12日，送县港航中心。
"""
WHY_BRIDGE = ("枫杨渡大桥为什么没动工？", "征地补偿资金缺口大。")
LEADS = ("谁牵头想办法？", "县财政局。")
TUNNEL = ("槐荫岭隧道原来定的时限是哪天？", "10月15日。")
QUAY = ("县港航中心哪个项目还没开工？", "柘溪码头改造。")
QUAY_WHY = ("为什么没开？", "沿岸5户船民没有谈妥。")
ROAD = ("白芷湖环湖路为什么慢？", "弃渣场没有着落。")
CRACK = ("鹭鸣坡查出什么毛病？", "边坡发现裂缝2条。")
RAIL = ("野鸭滩查出什么问题？", "护栏被撞坏40米。")
TRUCK = ("新能源货车按多少比例补？", "按购车价的12%补。")
STOP = ("货运站场改造按什么比例补？", "按设备投入的15%补。")

TALKS = [
    ([WHY_BRIDGE, LEADS], "最新还缺多少？", "900万元"),
    ([WHY_BRIDGE], "那现在还差多少？", "900万元"),
    ([WHY_BRIDGE], "目前还差多少？", "900万元"),
    ([WHY_BRIDGE], "眼下缺多少？", "900万元"),
    ([WHY_BRIDGE, LEADS], "那必须什么时候动？", "9月30日"),
    ([WHY_BRIDGE], "要哪天前弄完？", "9月30日"),
    ([TUNNEL], "现在放宽到哪天了？", "11月20日"),
    ([TUNNEL], "后来推到哪天了？", "11月20日"),
    ([TUNNEL], "最新延到什么时候？", "11月20日"),
    ([TUNNEL], "现在改到哪天了？", "11月20日"),
    ([QUAY, QUAY_WHY], "后来谈下来几户？", "3户"),
    ([QUAY, QUAY_WHY], "现在谈妥了几户？", "3户"),
    ([QUAY, QUAY_WHY], "后来签了几户？", "3户"),
    ([QUAY, QUAY_WHY], "要什么时候完工？", "12月10日"),
    ([ROAD], "最后定在哪儿了，工期推到哪天？", "旧采石坑"),
    ([ROAD], "最后定在哪儿了，工期推到哪天？", "10月28日"),
    ([ROAD], "后来落实在哪里了？", "旧采石坑"),
    ([ROAD], "最后选在什么地方？", "旧采石坑"),
    ([ROAD], "现在延到哪天了？", "10月28日"),
    ([CRACK], "谁来弄，啥时候弄完？", "青石镇"),
    ([CRACK], "谁来弄，啥时候弄完？", "7月15日"),
    ([CRACK], "由谁负责？", "青石镇"),
    ([CRACK], "什么时候前要搞完？", "7月15日"),
    ([RAIL], "谁来弄，啥时候弄完？", "县公路局"),
    ([RAIL], "啥时候要弄完？", "6月28日"),
    ([TRUCK], "最多能拿多少？什么时候截止？", "150万元"),
    ([TRUCK], "最多能拿多少？什么时候截止？", "10月20日"),
    ([TRUCK], "什么时候截止？", "10月20日"),
    ([STOP], "最多能拿多少？什么时候截止？", "60万元"),
    ([STOP], "最多能领多少？", "60万元"),
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    texts = {"8月.html": AUGUST, "6月.txt": JUNE, "通知.txt": CHECK, "问答.txt": SHEET}
    with opened(tmp_path_factory.mktemp("carried"), texts) as desk:
        yield desk


@pytest.mark.parametrize(("talk", "question", "said"), TALKS)
def test_what_says_no_subject_is_asked_of_the_thing_last_talked_of(
    county: Desk, talk: list[tuple[str, str]], question: str, said: str
) -> None:
    answer = county.assistant.answer(question, [Turn(*turn) for turn in talk])
    assert not answer.refused
    assert said in answer.answer.replace("**", "")


def test_what_has_lapsed_is_not_told(county: Desk) -> None:
    answer = county.assistant.answer("最多能拿多少？", [Turn(*TRUCK)])
    assert "**150万元**" in answer.answer
    assert "**90万元**" not in answer.answer


def test_number_that_shrank_since_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    texts = {
        "简报.txt": "柏塘县征迁简报\n2031年6月30日\n沙溪水厂红线内还有37户未签约，进度滞后。\n",
        "纪要.txt": "柏塘县专题会议纪要\n2031年7月20日\n沙溪水厂未签约户已由37户减至12户。\n",
    }
    talk = [Turn("沙溪水厂为什么滞后？", "红线内还有37户未签约。")]
    with opened(tmp_path_factory.mktemp("shrunk"), texts) as desk:
        answer = desk.assistant.answer("到专题会的时候还剩多少户？", talk)
    assert "12户" in answer.answer
