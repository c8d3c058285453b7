"""Write the sample documents that are not plain text: Word, Excel and PDF.

python tools/make_corpus.py [FOLDER]    (default: corpus)
"""

from __future__ import annotations

import sys
from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn
from openpyxl.styles import Alignment, Font
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

Row = tuple[object, ...]

SECOND_QUARTER_TABLE: tuple[Row, ...] = (
    ("序号", "项目名称", "责任单位", "总投资（万元）", "年度计划投资（万元）", "累计完成投资（万元）", "形象进度", "存在问题"),
    (1, "供热管网二期", "区住建局", 26800, 9000, 2100, "完成管沟开挖1.2公里", "与燃气管线交叉"),
    (2, "西苑片区安置房", "区住建局", 48500, 15000, 8200, "主体施工至七层", "施工单位资金周转困难"),
    (3, "西环路大修", "区交通局", 13200, 6000, 300, "完成施工图审查", "交通导改方案未批复"),
    (4, "石桥改建", "区交通局", 9700, 4000, 0, "未开工", "征地协议未签订"),
    (5, "新材料中试基地", "经济开发区", 31000, 12000, 5400, "厂房封顶", "无"),
    (6, "柳溪河堤防加固工程", "区水利局", 15800, 8000, 6900, "完成堤防加固9.6公里", "无"),
    ("合计", "", "", 145000, 54000, 22900, "", ""),
)  # fmt: skip
LIVELIHOOD: tuple[Row, ...] = (
    ("序号", "事项名称", "牵头单位", "资金安排", "", "办理进度", "完成时限"),
    ("", "", "", "计划投资", "已完成投资", "", ""),
    (1, "新建社区食堂8个", "区民政局", 640, 640, "已办结，8个社区食堂全部开业", "2024年6月底"),
    (
        2,
        "老旧小区加装电梯30部",
        "区住建局",
        1800,
        520,
        "开工12部，完工7部，进度偏慢",
        "2024年12月底",
    ),
    (3, "改造农村户厕1500户", "区农业农村局", 450, 398, "已改造1327户", "2024年11月底"),
    (4, "新增公共停车位800个", "区住建局", 960, 870, "建成停车位735个", "2024年11月底"),
    (5, "为65岁以上老人免费体检", "区卫健局", 380, 380, "已办结，体检2.3万人", "2024年9月底"),
    (6, "新建公办幼儿园2所", "区教育局", 4200, 3150, "主体封顶，正在装修", "2024年12月底"),
    ("合计", "", "", 8430, 5958, "", ""),
)
BONDS: tuple[Row, ...] = (
    ("项目名称", "项目单位", "债券额度", "已支出", "支出进度", "备注"),
    ("城乡供水一体化工程", "区水利局", 12000, 9480, 0.79, "按计划支出"),
    ("标准厂房二期", "经济开发区", 18000, 17100, 0.95, ""),
    ("青禾中学新校区", "区教育局", 15000, 7200, 0.48, "支出偏慢，土方工程受雨季影响"),
    ("区中医院门诊楼", "区卫健局", 8000, 5600, 0.70, ""),
    ("合计", "", 53000, 39380, "", ""),
)  # fmt: skip


def main() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "corpus")
    folder.mkdir(parents=True, exist_ok=True)
    second_quarter(folder / "青禾区2024年二季度重点项目推进情况通报.docx")
    speech(folder / "在全区重点项目推进会上的讲话.docx")
    half_year(folder / "区住建局2024年上半年工作总结.docx")
    livelihood(folder / "2024年民生实事项目进度表.xlsx")
    bonds(folder / "2024年专项债券资金使用情况表.xlsx")
    bulletin(folder / "重点项目工作简报第9期.pdf")
    tour(folder / "青禾区组织重点项目观摩活动.pdf")


def _document() -> docx.Document:
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "宋体"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    return document


def second_quarter(path: Path) -> None:
    document = _document()
    document.add_heading("青禾区2024年二季度重点项目推进情况通报", 0)
    document.add_paragraph("青重办发〔2024〕6号")
    document.add_paragraph(
        "截至6月底，全区32个重点项目开工27个，完成投资22.85亿元，占年度计划48.6亿元的47.0％。"
        "现将有关情况通报如下。"
    )
    document.add_heading("一、总体进展", 1)
    document.add_paragraph(
        "已竣工项目2个，分别是区教育局的第六小学综合楼和云台街道的惠民菜市场改造项目。"
        "未开工项目有5个，分别是：区交通局的石桥改建、西环路大修项目；经济开发区的**生物医药园；"
        "云台街道的朝阳商贸综合体；北岭镇的光伏发电项目。"
    )
    document.add_heading("二、重点调度项目", 1)
    document.add_paragraph("表1　重点调度项目进展情况")
    table = document.add_table(rows=0, cols=len(SECOND_QUARTER_TABLE[0]))
    table.style = "Table Grid"
    for row in SECOND_QUARTER_TABLE:
        cells = table.add_row().cells
        for cell, value in zip(cells, row, strict=True):
            cell.text = str(value)
    document.add_heading("三、工作要求", 1)
    document.add_paragraph(
        "各责任单位要对照年度目标倒排工期；区重点办每月10日前通报进展；对连续两个月排名末位的单位，"
        "由区政府分管领导约谈。"
    )
    document.add_paragraph("青禾区重点项目建设办公室")
    document.add_paragraph("2024年7月9日")
    document.save(path)


def speech(path: Path) -> None:
    document = _document()
    document.add_heading("在全区重点项目推进会上的讲话", 0)
    document.add_paragraph("（2024年10月15日）")
    document.add_paragraph("青禾区区长　赵启明")
    document.add_paragraph(
        "同志们：今天我们召开这次推进会，主要是分析三季度形势，研究四季度怎么冲刺。"
        "刚才，区重点办通报了情况，区住建局、经济开发区和北岭镇作了发言，我都赞成。下面我讲三点意见。"
    )
    document.add_heading("一、看清形势，增强紧迫感", 1)
    document.add_paragraph(
        "前三季度我区完成投资37.42亿元，完成年度计划的77.0％，比时间进度快2个百分点，但与兄弟区相比，"
        "增速排在全市第五位，比上半年后退了一位。滞后和未开工的项目合起来有10个，占到三成，这就是压力。"
    )
    document.add_heading("二、突出重点，打好四季度攻坚战", 1)
    document.add_heading("（一）全力促开工", 2)
    document.add_paragraph(
        "石桥改建项目由区交通局和云台街道组成联合专班，11月底前必须签完征地协议；"
        "朝阳商贸综合体的土地年内要完成挂牌。"
    )
    document.add_heading("（二）全力赶进度", 2)
    document.add_paragraph(
        "西苑片区安置房关系1260户群众回迁，是今年最大的民生工程，四季度要完成主体封顶。"
        "供热管网二期要错开供暖季施工，不能影响群众取暖。"
    )
    document.add_heading("三、改进作风，强化保障", 1)
    document.add_paragraph(
        "各级领导干部要到现场去，一线协调、一线解决。区财政局要在10月底前拨付项目前期费1500万元。"
        "对推诿扯皮、贻误工期的，严肃问责。"
    )
    document.save(path)


def half_year(path: Path) -> None:
    document = _document()
    document.add_heading("区住建局2024年上半年工作总结", 0)
    document.add_heading("一、主要工作成效", 1)
    document.add_paragraph(
        "1. 城市更新有序推进。改造老旧小区14个，惠及居民5230户；完成雨污分流管网8.6公里。"
    )
    document.add_paragraph("2. 住房保障不断加强。发放公租房补贴312万元，分配公租房186套。")
    document.add_paragraph(
        "3. 城市管理更加精细。新增绿地6.4万平方米，整治背街小巷23条，更换路灯1150盏。"
    )
    document.add_heading("二、存在的主要问题", 1)
    document.add_paragraph(
        "一是部分项目前期工作不够扎实，供热管网二期因与燃气管线交叉多次调整设计；"
        "二是老旧小区改造后续管理跟不上，8个小区尚未引入物业；三是一线技术人员不足，缺口15人。"
    )
    document.add_heading("三、下半年工作打算", 1)
    document.add_paragraph(
        "加快西苑片区安置房建设；完成城区内涝点整治6处；启动智慧工地平台建设，年底前接入在建工地40个。"
    )
    document.add_paragraph("青禾区住房和城乡建设局")
    document.add_paragraph("2024年7月12日")
    document.save(path)


def livelihood(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "进度表"
    sheet.append(["青禾区2024年民生实事项目进度表"])
    sheet.merge_cells("A1:G1")
    sheet.append(
        [
            "填报单位：青禾区人民政府办公室　截至2024年9月30日",
            None,
            None,
            None,
            None,
            None,
            "单位：万元",
        ]
    )
    for row in LIVELIHOOD:
        sheet.append([value if value != "" else None for value in row])
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4"):
        sheet.merge_cells(area)
    sheet.append(["注：资金含上级补助。"])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A1"].alignment = Alignment(horizontal="center")
    hidden = book.create_sheet("底稿")
    hidden.append(["内部测算，不公开"])
    hidden.sheet_state = "hidden"
    book.save(path)


def bonds(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "资金使用"
    sheet.append(["青禾区2024年专项债券资金使用情况表"])
    sheet.append(["截至2024年9月30日　单位：万元"])
    for row in BONDS:
        sheet.append([value if value != "" else None for value in row])
    for row in range(4, 8):
        sheet.cell(row, 5).number_format = "0%"
    book.save(path)


def _pdf(path: Path, title: str, parts: list[object]) -> None:
    def footer(canvas: object, document: object) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(A4[0] / 2, 28, f"- {document.page} -")

    template = SimpleDocTemplate(str(path), pagesize=A4, title=title, invariant=1)
    template.build(parts, onFirstPage=footer, onLaterPages=footer)


HEAD = ParagraphStyle("head", fontName="STSong-Light", fontSize=18, leading=28, alignment=1)
TEXT = ParagraphStyle(
    "text", fontName="STSong-Light", fontSize=12, leading=21, firstLineIndent=24, wordWrap="CJK"
)
RIGHT = ParagraphStyle("right", parent=TEXT, alignment=2)


def bulletin(path: Path) -> None:
    table = Table(
        [
            ["镇街", "项目数", "开工数", "完成投资（万元）", "排名"],
            ["云台街道", "6", "5", "38200", "1"],
            ["南湖街道", "5", "5", "31500", "2"],
            ["北岭镇", "4", "3", "12700", "3"],
        ],
        style=TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.6, "black"),
                ("FONTNAME", (0, 0), (-1, -1), "STSong-Light"),
            ]
        ),
    )
    _pdf(
        path,
        "重点项目工作简报第9期",
        [
            Paragraph("重点项目工作简报", HEAD),
            Paragraph("第9期", RIGHT),
            Paragraph("青禾区重点项目建设办公室　2024年9月12日", RIGHT),
            Paragraph("一、智能装备产业园实现当年签约当年开工", TEXT),
            Paragraph(
                "智能装备产业园位于经济开发区创新大道以东，占地236亩，计划总投资9.6亿元，建设标准厂房12栋和研发楼1栋。"
                "项目今年2月签约，4月取得施工许可证，目前完成7栋厂房主体结构，累计完成投资4.1亿元。"
                "项目全部建成后，预计年产值15亿元，可提供就业岗位1800个。",
                TEXT,
            ),
            Paragraph("二、青禾中学新校区建设受阻问题得到解决", TEXT),
            Paragraph(
                "针对土方外运受限的问题，区城管局、区交通局联合划定专用运输路线和时段，8月28日恢复外运。"
                "校区规划54个教学班，建成后可提供学位2700个，计划2025年9月投入使用。",
                TEXT,
            ),
            Paragraph("三、镇街项目进展排名", TEXT),
            Spacer(1, 8),
            table,
        ],
    )


def tour(path: Path) -> None:
    _pdf(
        path,
        "青禾区组织重点项目观摩活动",
        [
            Paragraph("青禾区组织重点项目观摩活动", HEAD),
            Paragraph(
                "9月6日，青禾区组织开展重点项目观摩活动。区委书记**、区长赵启明带队，"
                "先后观摩了智能装备产业园、古塔景区游客中心、滨河路综合管廊、第六小学综合楼等6个项目现场，"
                "听取建设情况介绍，并召开座谈会。",
                TEXT,
            ),
            Paragraph(
                "座谈会由常务副区长何立群主持。经济开发区管委会主任卢志刚汇报了招商引资情况：今年新签约项目21个，"
                "协议投资63亿元，其中超亿元项目9个。",
                TEXT,
            ),
            Paragraph(
                "赵启明强调，要把观摩的压力变成干事的动力。一要服务前移，项目审批时限再压缩三分之一；"
                "二要严把质量关，对存在质量问题的项目一律停工整改；三要抓好投产达效，让项目早见效益。",
                TEXT,
            ),
            Paragraph("区级领导、各镇街和有关部门主要负责同志共70余人参加活动。", TEXT),
        ],
    )


if __name__ == "__main__":
    main()
