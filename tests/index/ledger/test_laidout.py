"""Lines laid out as name, owner, share of the plan and what is lacking, below a named state."""

from __future__ import annotations

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]
REPORT = """云溪县重点项目盘点（截至9月30日）
今年排了6个项目。前两类4个项目合计完成投资{done}万元。
一、用得上的：已投用（2个）
这一类2个，占总数的33.3%；年计划500万元，实际做了600万元。
1. 北门农贸市场，县住建局，104%——无
2. 石坝水厂，县水务局，100%——差竣工决算
二、跟得上序时的：并行推进（2个）
这一类2个，占总数的33.3%；年计划800万元，实际做了700万元。
3. 东岭小学，县教体局，88%——操场未铺
4. 南渡大桥，县交通局，86%——差两片梁
三、没动静的：未破题（2个）
这一类2个，占总数的33.3%；年计划900万元，没有花钱。
5. 西山风电场，青岭镇，0%——林地批复没下来，正在补件
6. 档案馆，县城投公司，3%——规划条件要调整
"""


def test_each_part_of_a_line_is_a_field(read: Reader) -> None:
    found = read(REPORT.format(done=1300))
    assert found.names == [
        "北门农贸市场",
        "石坝水厂",
        "东岭小学",
        "南渡大桥",
        "西山风电场",
        "档案馆",
    ]
    assert found.column("unit")[:2] == ["县住建局", "县水务局"]
    assert found.amounts("percent") == [104, 100, 88, 86, 0, 3]
    assert found.column("note")[:4] == [None, "差竣工决算", "操场未铺", "差两片梁"]
    assert found.column("reason")[4:] == ["林地批复没下来，正在补件", "规划条件要调整"]


def test_a_state_bears_the_name_behind_what_is_said_in_speech(read: Reader) -> None:
    records = read(REPORT.format(done=1300)).ledger.records
    assert [r.fields["state"].text for r in records[::2]] == ["投用", "并行推进", "未破题"]
    assert [(r.stage, r.progress) for r in records[::2]] == [
        ("completed", None), (None, "on_schedule"), ("not_started", None),
    ]  # fmt: skip


def test_a_label_with_a_state_and_a_number_heads_its_paragraph(read: Reader) -> None:
    text = "项目快报\n【新动工2个】北塘小学补助资金到账，10月12日动工；沙河路10月25日动工。\n"
    found = read(text)
    assert {r.stage for r in found.ledger.records} == {"under_construction"}
    assert not any("【" in name for name in found.names)
