"""One project in a county's section of one document, and under the county's name in another."""

from collections.abc import Callable

from tests.assistant.ledger.conftest import Desk

Make = Callable[[dict[str, str]], Desk]
MAY = (
    "平川市水务局\n关于2023年5月份全市水务农业项目进展情况的通报\n各县区：\n"
    "截至5月31日的情况如下。\n一、分县情况\n"
    "（一）石堰县（2个，累计完成7200万元）。1.7万亩高标准农田新打机井40眼，完成2200万元；"
    "青阳灌区改造衬砌干渠12公里，完成5000万元。\n"
    "（二）柳河市（2个，累计完成3100万元）。高标准农田两次招标均流标，未开工；"
    "肉品冷藏保鲜设施已全部建成，完成3100万元。\n"
    "平川市水务局\n2023年6月3日\n"
)
JULY = (
    "平川市2023年水务农业重点项目清单（截至2023年7月31日）\n\n"
    "| 序号 | 项目名称 | 责任单位 | 完成投资（万元） | 状态 |\n|---|---|---|---|---|\n"
    "| 1 | 石堰县2023年高标准农田建设 | 石堰县农业农村局 | 2900 | 在建 |\n"
    "| 2 | 石堰县青阳灌区改造 | 石堰县水利局 | 6100 | 停工 |\n"
    "| 3 | 柳河市2023年高标准农田建设 | 柳河市农业农村局 | 300 | 在建 |\n"
    "| 4 | 柳河市肉品冷藏保鲜设施 | 柳河市商务局 | 3150 | 完工 |\n"
)


def test_the_place_of_a_section_is_part_of_the_name(make: Make) -> None:
    desk = make({"5月.txt": MAY, "7月.md": JULY})
    cores = [row.core for row in desk.library.ledger.rows]
    assert len(cores) == 8
    assert len(set(cores)) == 4
    answer = desk.ask("停工的项目有哪些？")
    assert [row["name"] for row in answer.rows or ()] == ["石堰县青阳灌区改造"]


def test_a_county_is_asked_for_by_its_name(make: Make) -> None:
    desk = make({"5月.txt": MAY, "7月.md": JULY})
    rows = desk.ask("石堰县的项目有哪些？").rows or ()
    assert {row["name"] for row in rows} == {"石堰县2023年高标准农田建设", "石堰县青阳灌区改造"}


def test_two_dates_amounts_of_one_project_differ(make: Make) -> None:
    desk = make({"5月.txt": MAY, "7月.md": JULY})
    answer = desk.ask("青阳灌区改造7月底比5月底多完成了多少投资？")
    assert "1100" in answer.answer


def test_an_older_reason_answers_why_where_the_newest_gives_none(make: Make) -> None:
    desk = make({"5月.txt": MAY, "7月.md": JULY})
    answer = desk.ask("柳河市高标准农田为什么迟迟没有开工？")
    assert "两次招标均流标" in answer.answer


def test_a_county_beside_its_english_name_is_the_one_asked_for(make: Make) -> None:
    desk = make({"5月.txt": MAY, "7月.md": JULY})
    answer = desk.ask("Which project in Shiyan (石堰县) has been suspended?")
    assert [row["name"] for row in answer.rows or ()] == ["石堰县青阳灌区改造"]
