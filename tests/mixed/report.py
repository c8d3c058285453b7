"""One report of an invented office: what every format of it must say."""

from __future__ import annotations

TITLE = "松岭区2024年三季度重点项目进展情况"
OPENING = "截至9月底，全区安排重点项目13个，年度计划投资18.6亿元，已完成投资12.4亿元。"
SECTIONS = (
    (
        "一、竣工项目（2个）",
        "截至9月底，2个项目竣工，完成投资1.3亿元。分别是：区教育局的第三中学食堂；区住建局的翠屏路雨污分流。",
    ),
    (
        "二、滞后项目（3个）",
        "截至9月底，3个项目进度滞后，完成投资0.8亿元。分别是：区水利局的黑石河清淤（设计变更）；"
        "区住建局的文昌路拓宽（拆迁难度大）；开发区的**产业园（企业资金不足）。",
    ),
    (
        "三、未开工项目（4个）",
        "截至9月底，4个项目未开工。分别是：区交通局的石桥改建工程（征地协议未签）、"
        "西环路大修工程（资金未到位）；开发区的标准厂房三期（资金未到位）；"
        "区文旅局的古塔修缮工程（等待文物部门批复）。",
    ),
)
TABLE_HEADING = "四、在建项目台账（4个）"
UNIT_LINE = "单位：万元"
COLUMNS = ("序号", "项目名称", "责任单位", "总投资", "完成投资", "进展情况")
ROWS = (
    ("1", "柳溪公园", "区住建局", "3000", "1000", "正在施工"),
    ("2", "供热管网一期", "区住建局", "5200", "4500", "正在施工"),
    ("3", "龙泉水库加固", "区水利局", "1280", "640", "正在施工"),
    ("4", "智慧停车场", "开发区", "860", "300", "正在施工"),
)
SIGNED = ("松岭区重点项目建设办公室", "2024年10月8日")

NOT_STARTED = {
    "石桥改建工程": ("区交通局", "征地协议未签"),
    "西环路大修工程": ("区交通局", "资金未到位"),
    "标准厂房三期": ("开发区", "资金未到位"),
    "古塔修缮工程": ("区文旅局", "等待文物部门批复"),
}
BEHIND = ("黑石河清淤", "文昌路拓宽", "**产业园")


def lines() -> list[str]:
    """Return the report as plain text has it, a table row with tabs between its cells."""
    body = [line for section in SECTIONS for line in section]
    table = [TABLE_HEADING, UNIT_LINE, *("\t".join(row) for row in (COLUMNS, *ROWS))]
    return [TITLE, OPENING, *body, *table, *SIGNED]
