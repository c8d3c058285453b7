"""An invented office: a ledger, a list of faults, lines between bars, what sets them right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.ledger.conftest import Desk, opened


def _row(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{words}</td>' for words in cells)}</tr>"


_ROWS = """
序号|项目名称|责任单位|建设规模|总投资|2025年计划|计划完工|联络员|备注
1|望江里安置房|市住建局|安置房420套|18600|6200|2025年11月|顾小满|与滨江路管廊同步施工
2|古渡口停车场|市城投公司|260个泊位|3100|1500|2025年9月|石澄|
3|青萝河清淤一期|市水务局|6.4公里|2400|2400|2025年7月|方一苇|
"""
LEDGER = (
    '<!doctype html><html><meta charset="utf-8"><body><h1>云舟市2025年城建项目台账</h1>'
    "<p>截至2025年5月31日　金额单位：万元</p><table>"
    + "".join(_row(*line.split("|")) for line in _ROWS.split("\n") if line)
    + "</table></body></html>"
)
FAULTS = """云舟市城建问题交办单（第三批）
市城建督查组　2025年6月10日

1.
问题：古渡口停车场围挡破损约80米，存在安全隐患。
责任单位：市城投公司
时限：6月25日

2.
问题：青萝河清淤二期淤泥外运洒漏，群众投诉9次。
责任单位：市水务局、市城管局
时限：6月30日
"""
STATE = """云舟市城建项目半年情况
2025年7月4日
一、逐项情况
（各行依次为：编号、项目、责任单位、灯色、上半年完成投资（万元）、现场情形）
〔1〕望江里安置房｜市住建局｜黄｜2100｜主体施工至九层
〔2〕古渡口停车场｜市城投公司｜绿｜900｜基坑开挖
二、关于青萝河清淤二期
项目全长3.8公里，已于3月18日开工。征地补偿款原定4月底拨付，因两户涉及产权纠纷，经市政府同意顺延。
"""
RIGHT = """关于城建项目有关事项的补充通知
市城建办　2025年7月20日
一、数据更正
1.望江里安置房。原通报上半年完成2100万元，漏计甲供材料款，更正为2450万元。
2.全市城建项目上半年完成投资由3.1亿元更正为3.3亿元。
二、人员和时限
1.古渡口停车场联络员由石澄变更为叶知秋。
2.青萝河清淤一期完工时间由2025年7月调整为2025年10月，不再延期。
三、投资和规模
1.望江里安置房总投资由18600万元调整为19750万元，增加的1150万元用于加装电梯。
2.古渡口停车场由260个泊位调减为210个泊位，减去的在青萝河清淤一期蓝线内；夜间气温低于5℃停止浇筑；围挡修复已于7月12日完成。
"""
OFFICE = {"台账.html": LEDGER, "交办单.txt": FAULTS, "半年情况.txt": STATE, "补充通知.txt": RIGHT}


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("things"), OFFICE) as desk:
        yield desk
