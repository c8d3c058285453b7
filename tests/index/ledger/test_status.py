"""Where a project stands, from the general words of such reports."""

import pytest

from index.ledger.status import status_of

STAGES = [
    ("尚未开工", "not_started"),
    ("至今未动工", "not_started"),
    ("没有启动建设", "not_started"),
    ("not started", "not_started"),
    ("正在办理前期手续", "preparatory"),
    ("正在开展可研编制", "preparatory"),
    ("正在施工", "under_construction"),
    ("主体已封顶", "under_construction"),
    ("已开工建设", "under_construction"),
    ("under construction", "under_construction"),
    ("二季度新破土", "under_construction"),
    ("停工", "suspended"),
    ("暂停建设", "suspended"),
    ("缓建", "suspended"),
    ("已竣工", "completed"),
    ("建成投用", "completed"),
    ("已通过竣工验收", "completed"),
    ("completed", "completed"),
    ("取消", "cancelled"),
    ("已终止实施", "cancelled"),
    # The first word is said of the whole, what follows of its parts.
    ("在建。大坝防渗墙完成，放水洞未启动", "under_construction"),
    ("1至3号厂房主体封顶，5、6号厂房未动工", "under_construction"),
    ("土建全部完工，设备安装完成60%", "under_construction"),
    ("场地平整完成，项目未开工", "not_started"),
]
PROGRESSES = [
    ("未赶上计划进度", "behind"),
    ("进度滞后", "behind"),
    ("未完成年度投资任务", "behind"),
    ("未达序时进度", "behind"),
    ("behind schedule", "behind"),
    ("落在节点后面", "behind"),
    ("低于时间进度", "behind"),
    ("紧跟节点", "on_schedule"),
    ("投资任务提前做满", "met"),
    ("全年投资已完成", "met"),
    ("达到序时进度", "on_schedule"),
    ("达序时进度的共有21个", "on_schedule"),
    ("没达序时", "behind"),
    ("赶上计划进度", "on_schedule"),
    ("已完成年度计划", "met"),
]


@pytest.mark.parametrize(("words", "stage"), STAGES)
def test_words_of_the_field_give_the_stage(words: str, stage: str) -> None:
    assert status_of(words).stage == stage


@pytest.mark.parametrize(("words", "progress"), PROGRESSES)
def test_words_of_the_field_give_the_progress(words: str, progress: str) -> None:
    assert status_of(words).progress == progress


def test_progress_alone_says_nothing_of_the_stage() -> None:
    assert status_of("未赶上计划进度").stage is None


@pytest.mark.parametrize("words", ["力争年底竣工", "计划明年开工", "确保10月底前完工", "待验收"])
def test_what_is_only_planned_is_not_done(words: str) -> None:
    assert status_of(words).stage not in ("completed", "under_construction")


@pytest.mark.parametrize("words", ["区住建局", "总投资3.5亿元", "位于城东新区", ""])
def test_words_without_a_status_give_none(words: str) -> None:
    assert not status_of(words)


@pytest.mark.parametrize("words", ["未按期完工", "未如期竣工"])
def test_what_was_not_finished_in_time_is_not_completed(words: str) -> None:
    assert status_of(words).stage != "completed"


@pytest.mark.parametrize(
    "text", ["同意由县城投公司先行垫付800万元启动招标", "会议议定由区水务局组织施工"]
)
def test_what_a_meeting_agrees_to_is_still_to_be_done(text: str) -> None:
    assert status_of(text).stage is None


def test_slower_than_its_milestones_is_behind() -> None:
    assert status_of("慢于节点的项目", heading=True).progress == "behind"


@pytest.mark.parametrize(
    "words",
    [
        "全年投资任务已经提前做完",
        "提前干完年度任务",
        "今年的计划提前交了账",
        "全年投资任务已经提前完成",
    ],
)
def test_the_years_task_done_is_no_completed_project(words: str) -> None:
    said = status_of(words, heading=True)
    assert (said.stage, said.progress) == (None, "met")


@pytest.mark.parametrize(
    ("words", "stage", "progress"),
    [
        ("按计划正常往前走", None, "on_schedule"),
        ("照着进度往前推", None, "on_schedule"),
        ("按部就班推进", None, "on_schedule"),
        ("还没有动土", "not_started", None),
        ("已经修完", "completed", None),
        ("没有全部修完", None, None),
        ("前后停工四十天", None, None),
    ],
)
def test_what_speakers_say_of_where_projects_stand(
    words: str, stage: str | None, progress: str | None
) -> None:
    said = status_of(words, heading=True)
    assert (said.stage, said.progress) == (stage, progress)


@pytest.mark.parametrize("text", ["县交通局做好施工衔接", "镇政府抓实建设环境保障，做好施工协调"])
def test_what_an_office_is_to_see_to_is_no_stage(text: str) -> None:
    assert status_of(text).stage is None


@pytest.mark.parametrize("text", ["坟墓迁移全部完成", "高压线杆迁改全部完成", "苗木移栽全部完成"])
def test_what_was_moved_out_of_the_way_is_not_the_project(text: str) -> None:
    assert status_of(text).stage != "completed"


@pytest.mark.parametrize("words", ["某镇年内完成招标", "12月底前完成可研编制"])
def test_what_is_to_be_prepared_by_a_day_is_no_stage(words: str) -> None:
    assert status_of(words).stage is None
