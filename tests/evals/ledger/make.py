"""Write the gold documents of this folder: python -m tests.evals.ledger.make

Every document is invented; places and persons do not exist. Gold is counted by
hand, record by record, beside the words that say it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "documents"
Gold = dict[str, Any]


def record(name: str, unit: str | None = None, **fields: Any) -> Gold:
    """Return one gold record; what is None is left out."""
    kept = {"name": name, "unit": unit, **fields}
    return {key: value for key, value in kept.items() if value is not None}


def money(text: str, value: float, key: str) -> Gold:
    """Return the two entries of an amount."""
    return {key: text, f"{key}_value": value}


def write(name: str, layout: str, records: list[Gold], findings: list[Gold] | None = None) -> None:
    """Write the gold of a document."""
    gold = {"layout": layout, "records": records, "findings": findings or []}
    target = HERE / f"{name}.gold.json"
    target.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


# -- 1. prose by office, status in the lead-in ------------------------------------

OFFICES = """澄江市2024年前三季度市级重点项目调度情况
（2024年10月11日）
今年以来，全市上下聚焦“项目攻坚年”，各项工作有序推进。1至9月，全市86个市级重点项目完成投资143.7亿元，占年度计划的78.2%。
一、竣工投用情况
前三季度已有9个项目建成投用，分别为：市水务局的城西水厂扩容、引澄济源二期工程；市卫健委的妇幼保健院新院区；市教育局的实验小学南校区、特殊教育学校迁建；高新区管委会的“智造谷、创新港”双园配套、
标准厂房（B区）；梧桐街道的社区邻里中心；临港镇的渔港
－ 2 －
码头提升。
二、存在的突出问题
从调度情况看，有7个项目进度滞后。其中：市交通运输局牵头的环湖路西延（穿越铁路涉铁手续未批复）、公交枢纽站（施工场地移交晚），市住建局牵头的老城棚改三期（安置协议签约率仅61%）、地下停车场（原设计方案与人防要求不符，需重新设计），高新区管委会牵头的氢能装备园（股东增资未到位，企业资金紧张）、光电显示模组（市场订单下滑），临港镇牵头的冷链物流中心。
截至9月底，仍有4个项目未动工，具体是：滨湖污水厂提标（市水务局，特许经营方案未获审批）、沿江快速路北段（市交通运输局，用地指标未落实）、市民广场地下商业（市住建局，投资商退出）、梧桐街道的文体中心（资金缺口较大）。
三、下步工作
各责任单位要紧盯时间节点，挂图作战，加快补齐进度短板，确保全年任务圆满完成。要统筹推进征地拆迁、要素保障等工作，坚决防止新增停工项目。
澄江市发展和改革委员会
2024年10月11日
"""
OFFICE_RECORDS = [
    *[record(n, u, stage="completed") for u, names in (
        ("市水务局", ["城西水厂扩容", "引澄济源二期工程"]), ("市卫健委", ["妇幼保健院新院区"]),
        ("市教育局", ["实验小学南校区", "特殊教育学校迁建"]),
        ("高新区管委会", ["“智造谷、创新港”双园配套", "标准厂房（B区）"]),
        ("梧桐街道", ["社区邻里中心"]), ("临港镇", ["渔港码头提升"])) for n in names],
    record("环湖路西延", "市交通运输局", progress="behind", reason="穿越铁路涉铁手续未批复", reason_kind="approval"),
    record("公交枢纽站", "市交通运输局", progress="behind", reason="施工场地移交晚", reason_kind="land"),
    record("老城棚改三期", "市住建局", progress="behind", reason="安置协议签约率仅61%", reason_kind="demolition"),
    record("地下停车场", "市住建局", progress="behind", reason="原设计方案与人防要求不符，需重新设计", reason_kind="design"),
    record("氢能装备园", "高新区管委会", progress="behind", reason="股东增资未到位，企业资金紧张", reason_kind="funds"),
    record("光电显示模组", "高新区管委会", progress="behind", reason="市场订单下滑", reason_kind="market"),
    record("冷链物流中心", "临港镇", progress="behind"),
    record("滨湖污水厂提标", "市水务局", stage="not_started", reason="特许经营方案未获审批", reason_kind="approval"),
    record("沿江快速路北段", "市交通运输局", stage="not_started", reason="用地指标未落实", reason_kind="land"),
    record("市民广场地下商业", "市住建局", stage="not_started", reason="投资商退出", reason_kind="investor"),
    record("文体中心", "梧桐街道", stage="not_started", reason="资金缺口较大", reason_kind="funds"),
]  # fmt: skip

# -- 2. numbered narratives -----------------------------------------------------

NARRATIVES = """关于县领导包抓重点项目推进情况的汇报

县人民政府：
现将县级领导包抓的5个重点项目10月份推进情况汇报如下。
（一）产业项目
1.麻河光伏产业园项目。由经开区管委会负责实施，总投资12.5亿元，2024年计划投资4亿元。截至10月底，1号、2号厂房主体完工，3号厂房正在进行钢结构吊装，完成投资3.1亿元，占年度计划的77.5％。存在问题：110千伏外线工程进度慢。下一步：督促供电公司11月20日前完成架线。包抓领导：县委常委、副县长周启文。
2.黑木耳精深加工项目，总投资8600万元，目前设备安装完毕，已试生产。责任单位：县农业农村局。
（二）基础设施项目
3.县城第二水源工程：计划总投资3.2亿元，因占用基本农田，用地预审未通过，至今未开工。责任单位：县水利局；完成时限：2024年12月底前开工。
4.石板沟大桥重建项目。总投资约5200万元，由县交通运输局负责。受8月份洪水影响，桥墩基础冲毁，9月1日起停工，预计12月恢复施工。
（三）社会事业项目
5.县职教中心实训基地。责任单位为县教体局，总投资1.1亿元，累计完成投资9800万元，9月底已竣工并通过验收。
二、下一步打算
我们将进一步加大协调力度，及时解决项目推进中的困难和问题，确保完成全年目标任务。
                                      县重点项目推进专班
                                        2024年11月4日
"""
NARRATIVE_RECORDS = [
    record("麻河光伏产业园项目", "经开区管委会", stage="under_construction", **money("12.5亿元", 125000, "total_investment"),
           **money("4亿元", 40000, "planned_investment"), **money("3.1亿元", 31000, "done_investment"), percent="77.5％",
           reason="110千伏外线工程进度慢", reason_kind="other", measures="督促供电公司11月20日前完成架线", leader="县委常委、副县长周启文"),
    record("黑木耳精深加工项目", "县农业农村局", **money("8600万元", 8600, "total_investment")),
    record("县城第二水源工程", "县水利局", stage="not_started", **money("3.2亿元", 32000, "total_investment"),
           reason="占用基本农田，用地预审未通过", reason_kind="land", deadline="2024年12月底前开工"),
    record("石板沟大桥重建项目", "县交通运输局", stage="suspended", **money("约5200万元", 5200, "total_investment"),
           reason="8月份洪水", reason_kind="other", deadline="12月"),
    record("县职教中心实训基地", "县教体局", stage="completed", **money("1.1亿元", 11000, "total_investment"),
           **money("9800万元", 9800, "done_investment")),
]  # fmt: skip

# -- 3. a web table with status as running text -------------------------------------

WEB = """<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>重点工程月报</title></head><body>
<div class="nav">首页 &gt; 政务公开 &gt; 重点工程</div>
<h1>白鹭区2024年10月重点工程进展月报</h1>
<p>白鹭区住房和城乡建设局 2024-11-05</p>
<p>各单位：现将10月份进展通报如下，请认真抓好落实。</p>
<table><caption>重点工程进展表</caption>
<tr><th>序号</th><th>工程名称</th><th>建设单位</th><th>概算总投资（亿元）</th><th>工程形象进度</th><th>需协调解决的问题</th><th>计划完工时间</th></tr>
<tr><td>1</td><td>白鹭大道综合管廊</td><td>区城建投</td><td>6.8</td><td>主线贯通，机电安装完成80%，累计完成投资5.9亿元</td><td>无</td><td>2024年12月</td></tr>
<tr><td>2</td><td>云帆学校</td><td>区教育局</td><td>1.95</td><td>已竣工交付</td><td></td><td>2024年8月</td></tr>
<tr><td>3</td><td>旧厂区土壤修复</td><td>区生态环境分局</td><td>0.42</td><td>尚未开工</td><td>修复方案专家评审未通过</td><td>2025年6月</td></tr>
<tr><td>4</td><td>东风渠黑臭水体治理</td><td>区水务局</td><td>2.3</td><td>正在进行清淤，完成总工程量的45%</td><td>沿渠违建12处未拆除</td><td>2025年3月</td></tr>
<tr><td>5</td><td>体育馆屋面维修</td><td>区文体局</td><td>0.08</td><td>暂停施工</td><td>材料招标流标</td><td>2025年1月</td></tr>
<tr><td colspan="3">合计</td><td>11.55</td><td></td><td></td><td></td></tr>
</table>
<p>下阶段，各单位要加强调度，确保完成年度目标。</p></body></html>
"""
WEB_RECORDS = [
    record("白鹭大道综合管廊", "区城建投", stage="under_construction", **money("6.8", 68000, "total_investment"),
           **money("5.9亿元", 59000, "done_investment"), deadline="2024年12月"),
    record("云帆学校", "区教育局", stage="completed", **money("1.95", 19500, "total_investment"), deadline="2024年8月"),
    record("旧厂区土壤修复", "区生态环境分局", stage="not_started", **money("0.42", 4200, "total_investment"),
           reason="修复方案专家评审未通过", reason_kind="approval", deadline="2025年6月"),
    record("东风渠黑臭水体治理", "区水务局", stage="under_construction", **money("2.3", 23000, "total_investment"),
           percent="45%", reason="沿渠违建12处未拆除", reason_kind="demolition", deadline="2025年3月"),
    record("体育馆屋面维修", "区文体局", stage="suspended", **money("0.08", 800, "total_investment"),
           reason="材料招标流标", reason_kind="other", deadline="2025年1月"),
]  # fmt: skip

# -- 4. tasks with owners in parentheses ---------------------------------------------

TASKS = """# 2025年市政府重点工作任务分解

## 一、稳住工业基本盘

（一）实施技改项目120个，工业投资增长12%。（责任领导：副市长秦岚；牵头单位：市工信局；完成时限：12月底）

（二）盘活闲置厂房30万平方米。（牵头单位：市自然资源局；完成时限：10月底）

## 二、办好民生实事

（三）新增普惠托位1200个（责任单位：市卫健委，11月底前完成）。

（四）改造老旧燃气管网85公里。责任单位：市住建局；完成时限：2025年10月31日。

## 三、工作要求

（一）提高思想认识。各级各部门要把任务分解到科室、落实到个人。

（二）加强督查考核。市政府督查室要定期通报，对工作不力的严肃问责。
"""
TASK_RECORDS = [
    record(
        "实施技改项目120个，工业投资增长12%", "市工信局", leader="副市长秦岚", deadline="12月底"
    ),
    record("盘活闲置厂房30万平方米", "市自然资源局", deadline="10月底"),
    record("新增普惠托位1200个", "市卫健委", deadline="11月底前"),
    record("改造老旧燃气管网85公里", "市住建局", deadline="2025年10月31日"),
]

# -- 5. a spreadsheet, two header rows, groups, merged units ------------------------------

SHEET_RECORDS = [
    record("西岭隧道", "市交通局", **money("45000", 45000, "total_investment"), **money("12000", 12000, "planned_investment"),
           **money("9000", 9000, "done_investment"), percent="75%", stage="under_construction"),
    record("南环路改造", "市交通局", **money("18000", 18000, "total_investment"), **money("8000", 8000, "planned_investment"),
           **money("8000", 8000, "done_investment"), percent="100%", stage="completed"),
    record("城北客运站", "市交通局", **money("6500", 6500, "total_investment"), **money("3000", 3000, "planned_investment"),
           **money("0", 0, "done_investment"), percent="0%", stage="not_started", reason="规划许可证未办理", reason_kind="approval"),
    record("青山水库除险", "市水利局", **money("9200", 9200, "total_investment"), **money("4000", 4000, "planned_investment"),
           **money("2600", 2600, "done_investment"), percent="65%", stage="under_construction"),
    record("灌区节水改造", "市水利局", **money("15300", 15300, "total_investment"), **money("5000", 5000, "planned_investment"),
           **money("3900", 3900, "done_investment"), percent="87%", stage="under_construction", reason="中央资金下达较晚", reason_kind="funds"),
]  # fmt: skip
SHEET_FINDINGS = [
    {
        "kind": "percent",
        "numbers": ["78%"],
        "about": "灌区节水改造 3900 ÷ 5000 是 78%，表中写 87%",
    },
    {"kind": "sum", "numbers": ["23500"], "about": "完成投资合计写 24500，各行相加为 23500"},
]


def write_sheet(path: Path) -> None:
    """Write a workbook with a title, a unit line, two header rows, groups and a sum row."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "项目台账"
    sheet["A1"] = "溪山市2024年重点建设项目投资完成情况统计表"
    sheet.merge_cells("A1:I1")
    sheet["A2"] = "截至2024年9月30日"
    sheet["I2"] = "单位：万元"
    heads = [
        "序号",
        "项目名称",
        "责任单位",
        "投资情况",
        None,
        None,
        "年度投资完成率",
        "建设进展",
        "存在问题",
    ]
    for column, head in enumerate(heads, 1):
        sheet.cell(3, column, head)
    for column, head in ((4, "总投资"), (5, "年度计划"), (6, "完成投资")):
        sheet.cell(4, column, head)
    sheet.merge_cells("D3:F3")
    for column in "ABCGHI":
        sheet.merge_cells(f"{column}3:{column}4")
    rows: list[list[Any]] = [
        ["一、交通", None, None, None, None, None, None, None, None],
        [1, "西岭隧道", "市交通局", 45000, 12000, 9000, "75%", "左洞掘进620米，正在施工", None],
        [2, "南环路改造", None, 18000, 8000, 8000, "100%", "已完工通车", None],
        [3, "城北客运站", None, 6500, 3000, 0, "0%", "未开工", "规划许可证未办理"],
        ["二、水利", None, None, None, None, None, None, None, None],
        [4, "青山水库除险", "市水利局", 9200, 4000, 2600, "65%", "大坝帷幕灌浆施工中", None],
        [
            5,
            "灌区节水改造",
            "市水利局",
            15300,
            5000,
            3900,
            "87%",
            "渠道衬砌正在施工",
            "中央资金下达较晚",
        ],
        ["合计", None, None, 94000, 32000, 24500, None, None, None],
    ]
    for number, row in enumerate(rows, 5):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)
    sheet.merge_cells("A5:I5")
    sheet.merge_cells("A9:I9")
    sheet.merge_cells("C6:C8")
    book.save(path)


# -- 6. a Word table, unit named in group rows, prose around it ------------------------------

WORD_RECORDS = [
    record("下河街立面改造", "城关街道办事处", kind="project", leader="刘志远", stage="under_construction", deadline="2024年10月"),
    record("农贸市场升级", "城关街道办事处", leader="刘志远", stage="completed", deadline="2024年7月"),
    record("乡村文化广场", "柳林镇人民政府", leader="赵敏", stage="under_construction", progress="behind",
           reason="施工队伍撤场", reason_kind="other", deadline="2024年9月"),
    record("集镇污水管网", "柳林镇人民政府", leader="赵敏", stage="not_started", reason="部门意见不统一，线路方案多次调整", reason_kind="design", deadline="2024年12月"),
]  # fmt: skip


def write_word(path: Path) -> None:
    """Write a document with prose, a table with unit rows, and requirements behind it."""
    from docx import Document

    document = Document()
    document.add_heading("平湖县镇街重点项目推进情况通报", level=0)
    document.add_paragraph("截至2024年8月底，各镇街共实施重点项目4个，总体进展平稳，现通报如下。")
    document.add_heading("一、项目推进情况", level=1)
    table = document.add_table(rows=1, cols=6)
    for place, head in zip(
        table.rows[0].cells,
        ["序号", "项目", "包联领导", "目前进展", "主要问题", "完工时间"],
        strict=True,
    ):
        place.text = head
    rows = [
        ("一、城关街道办事处（2个）",),
        ("1", "下河街立面改造", "刘志远", "正在安装外墙装饰板", "", "2024年10月"),
        ("2", "农贸市场升级", "刘志远", "已建成投用", "—", "2024年7月"),
        ("二、柳林镇人民政府（2个）",),
        ("1", "乡村文化广场", "赵敏", "主体施工，进度滞后", "施工队伍撤场", "2024年9月"),
        ("2", "集镇污水管网", "同上", "未启动", "部门意见不统一，线路方案多次调整", "2024年12月"),
    ]
    for row in rows:
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
        else:
            for place, words in zip(cells, row, strict=True):
                place.text = words
    document.add_heading("二、有关要求", level=1)
    document.add_paragraph("（一）落实主体责任。各镇街要主动认领任务，限期整改。")
    document.add_paragraph("（二）强化协同配合。县直部门要靠前服务，帮助解决困难。")
    document.add_paragraph("平湖县项目建设办公室")
    document.add_paragraph("2024年9月3日")
    document.save(str(path))


# -- 7. a ranking of townships with a programme's stages --------------------------------------

RANKING = """<html><head><meta charset="utf-8"><title>高标准农田</title></head><body>
<h1>全县高标准农田建设进度排名通报</h1><p>县农业农村局　2024年10月20日</p>
<p>截至10月18日，全县共完成高标准农田4.36万亩，完成率87.2%。</p>
<table><tr><th>排名</th><th>乡镇</th><th>任务数（亩）</th><th>完成数（亩）</th><th>完成率</th></tr>
<tr><td>1</td><td>沙溪镇</td><td>12000</td><td>12000</td><td>100%</td></tr>
<tr><td>2</td><td>罗坪乡</td><td>8000</td><td>7600</td><td>95%</td></tr>
<tr><td>3</td><td>双河镇</td><td>18000</td><td>15300</td><td>85%</td></tr>
<tr><td>4</td><td>大垭乡</td><td>12000</td><td>8700</td><td>72.5%</td></tr>
<tr><td></td><td>合计</td><td>50000</td><td>43600</td><td>87.2%</td></tr></table>
<p>进度靠后的乡镇要认真查找原因，抢抓晴好天气加快施工。</p></body></html>
"""
RANKING_RECORDS = [
    record("沙溪镇", kind="unit", percent="100%"),
    record("罗坪乡", kind="unit", percent="95%"),
    record("双河镇", kind="unit", percent="85%"),
    record("大垭乡", kind="unit", percent="72.5%"),
]

# -- 8. a table in a PDF --------------------------------------------------------------------

PDF = """<html><head><meta charset="utf-8"><style>body{font-family:'Noto Serif CJK SC'}table{border-collapse:collapse}
td,th{border:1px solid #000;padding:4px;font-size:11pt}</style></head><body>
<h2 style="text-align:center">金沙区未开工项目清单</h2><p>填报单位：金沙区发展和改革局　　截至2024年9月30日　　单位：万元</p>
<table><tr><th>序号</th><th>项目名称</th><th>责任单位</th><th>总投资</th><th>未开工原因</th><th>计划开工时间</th></tr>
<tr><td>1</td><td>金沙湾湿地公园</td><td>区林业局</td><td>5600</td><td>林地使用审批未完成</td><td>2024年11月</td></tr>
<tr><td>2</td><td>滨江高中</td><td>区教育局</td><td>32000</td><td>征地补偿款未兑付</td><td>2024年12月</td></tr>
<tr><td>3</td><td>医疗器械产业园</td><td>高新技术产业园区管理委员会</td><td>88000</td><td>社会资本方退出，正在重新招商</td><td>待定</td></tr>
<tr><td>4</td><td>老电影院改造</td><td>区文旅局</td><td>1800</td><td>财政资金未安排</td><td>2025年3月</td></tr>
<tr><td colspan="3">合计</td><td>127400</td><td></td><td></td></tr></table>
<p>说明：以上项目由区发展和改革局按月调度。</p></body></html>
"""
PDF_RECORDS = [
    record("金沙湾湿地公园", "区林业局", stage="not_started", **money("5600", 5600, "total_investment"),
           reason="林地使用审批未完成", reason_kind="land", deadline="2024年11月"),
    record("滨江高中", "区教育局", stage="not_started", **money("32000", 32000, "total_investment"),
           reason="征地补偿款未兑付", reason_kind="demolition", deadline="2024年12月"),
    record("医疗器械产业园", "高新技术产业园区管理委员会", stage="not_started", **money("88000", 88000, "total_investment"),
           reason="社会资本方退出，正在重新招商", reason_kind="investor"),
    record("老电影院改造", "区文旅局", stage="not_started", **money("1800", 1800, "total_investment"),
           reason="财政资金未安排", reason_kind="funds", deadline="2025年3月"),
]  # fmt: skip


def write_pdf(path: Path, html: str) -> None:
    """Print a page to PDF with the browser that the tests use."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        browser = shutil.which("chromium") or "chromium"
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--print-to-pdf={path}", page.as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip


def main() -> None:
    HERE.mkdir(exist_ok=True)
    (HERE / "调度情况.txt").write_bytes(OFFICES.encode("gb18030"))
    write("调度情况.txt", "prose by office", OFFICE_RECORDS)
    (HERE / "包抓项目汇报.txt").write_text(NARRATIVES, encoding="utf-8")
    write("包抓项目汇报.txt", "numbered narratives", NARRATIVE_RECORDS)
    (HERE / "工程月报.html").write_text(WEB, encoding="utf-8")
    write("工程月报.html", "web table", WEB_RECORDS)
    (HERE / "任务分解.md").write_text(TASKS, encoding="utf-8")
    write("任务分解.md", "tasks", TASK_RECORDS)
    write_sheet(HERE / "投资统计表.xlsx")
    write("投资统计表.xlsx", "spreadsheet", SHEET_RECORDS, SHEET_FINDINGS)
    write_word(HERE / "镇街项目通报.docx")
    write("镇街项目通报.docx", "Word table with unit rows", WORD_RECORDS)
    (HERE / "农田排名.html").write_text(RANKING, encoding="utf-8")
    write("农田排名.html", "ranking", RANKING_RECORDS)
    write_pdf(HERE / "未开工清单.pdf", PDF)
    write("未开工清单.pdf", "PDF table", PDF_RECORDS)


if __name__ == "__main__":
    main()
