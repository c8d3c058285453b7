"""The documents of two invented offices: reports of three quarters, a table, a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from assistant.records import Answer, Turn
from tests.assistant.ledger.conftest import Desk, opened

WINTER = """河湾区2023年四季度重点项目建设情况通报
截至12月底，全区安排重点项目5个。
一、竣工项目（1个）
截至12月底，1个项目竣工。分别是：区教育局的沙洲小学新建工程。
二、未开工项目（4个）
截至12月底，4个项目未开工。分别是：区交通局的望江路延伸工程（土地未征）；区水利局的白鹭湖清淤工程（资金未到位）；区住建局的南门广场改造（规划未批）；城东街道的粮库搬迁项目（选址未定）。
河湾区重点项目建设办公室
2024年1月9日
"""
SPRING = """河湾区2024年一季度重点项目建设情况通报
截至3月底，全区安排重点项目9个。
一、停工项目（2个）
截至3月底，2个项目停工。分别是：区文旅局的古街修缮工程（工程款纠纷）；区住建局的青年公寓项目（施工单位撤场）。
二、未开工项目（4个）
截至3月底，4个项目未开工。分别是：区交通局的望江路延伸工程（土地未征）；区水利局的白鹭湖清淤工程（资金未到位）；区住建局的南门广场改造（规划未批）；城东街道的粮库搬迁项目（选址未定）。
三、滞后项目（3个）
截至3月底，3个项目进度滞后。分别是：区交通局的环湖绿道（苗木未到）；区卫健局的妇幼保健院迁建（图纸变更）；区住建局的雨污分流一期（管线冲突）。
河湾区重点项目建设办公室
2024年4月8日
"""
SUMMER = """河湾区2024年二季度重点项目建设情况通报
截至6月底，全区安排重点项目10个。
一、竣工项目（2个）
截至6月底，2个项目竣工，完成投资1.3亿元。分别是：区交通局的环湖绿道；区卫健局的妇幼保健院迁建。
二、停工项目（2个）
截至6月底，2个项目停工。分别是：区文旅局的古街修缮工程（工程款纠纷）；区水利局的东干渠衬砌（汛期水位高）。
三、滞后项目（3个）
截至6月底，3个项目进度滞后。分别是：区住建局的雨污分流一期（管线冲突）、青年公寓项目（更换施工单位）；区交通局的望江路延伸工程（拆迁未完）。
四、未开工项目（3个）
截至6月底，3个项目未开工。分别是：区水利局的白鹭湖清淤工程（资金未到位）；区住建局的南门广场改造（规划未批）；城东街道的粮库搬迁项目（选址未定）。
河湾区重点项目建设办公室
2024年7月8日
"""
COUNTY = """临溪县2024年二季度重点工程进展通报
截至6月底，全县安排重点工程4项。
一、未开工的工程（2项）
未开工的工程有：县交通局的石门大桥（资金未落实）；县教育局的实验中学扩建（征地未完成）。
二、滞后的工程（2项）
滞后的工程有：县水利局的柏林水库除险加固（设计变更）；县住建局的供水管网改造（材料涨价）。
临溪县发展和改革局
2024年7月11日
"""
TABLE = """# 河湾区2024年重点项目投资台账

截至2024年6月30日　单位：万元

| 序号 | 项目名称 | 责任单位 | 责任领导 | 总投资 | 年度计划投资 | 完成投资 | 完成时限 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | 白鹭湖清淤工程 | 区水利局 | 蒋云涛 | 4200 | 1500 | 0 | 2024年12月底 |
| 2 | 南门广场改造 | 区住建局 | 沈静秋 | 2600 | 900 | 0 | 2025年5月底 |
| 3 | 粮库搬迁项目 | 城东街道 | 何志远 | 8800 | 2000 | 0 | 2025年10月底 |
| 4 | 望江路延伸工程 | 区交通局 | 何志远 | 15600 | 5000 | 1200 | 2025年6月底 |
"""
MEETING = """河湾区召开防汛工作会议
5月20日，河湾区召开防汛工作会议，副区长沈静秋主持会议并讲话。区水利局局长蒋云涛通报了水库检查情况，全区共检查水库27座，发现隐患14处。
沈静秋强调，要落实24小时值班制度，险情要在30分钟内上报。
沈静秋要求，6月10日前完成全部隐患整改，整改情况报区防汛办公室。
会议要求，一是加强巡查，每座水库明确一名责任人；二是备足物资，储备编织袋5万条；三是开展演练，6月底前组织两次应急演练。
"""
FILES = {
    "河湾区2023年四季度.txt": WINTER,
    "河湾区2024年一季度.txt": SPRING,
    "河湾区2024年二季度.txt": SUMMER,
    "临溪县2024年二季度.txt": COUNTY,
    "河湾区投资台账.md": TABLE,
    "防汛会议.txt": MEETING,
}


@dataclass(slots=True)
class Talk:
    """Conversations with one desk; what was shown is kept as the page keeps it."""

    desk: Desk

    def say(self, *questions: str, bare: bool = False) -> Answer:
        """Return the answer to the last question; ``bare`` forgets what was shown."""
        history: list[Turn] = []
        answer = None
        for question in questions:
            answer = self.desk.assistant.answer(question, history)
            history.append(Turn(question, "……" if bare else answer.answer))
        assert answer is not None
        return answer


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    """Return conversations over the documents of both offices, with the real model."""
    with opened(tmp_path_factory.mktemp("talk"), FILES, real=True) as desk:
        yield Talk(desk)
