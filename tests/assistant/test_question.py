import pytest

from assistant.question import understand


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("哪些项目没动工？", "list"),
        ("供热管网改造为什么没有开工？", "why"),
        ("该项目卡在哪里？", "why"),
        ("谁在会上作了讲话？", "who"),
        ("什么时候完工？", "when"),
        ("完成时限是什么？", "when"),
        ("总投资是多少？", "amount"),
        ("一共有多少个项目？", "count"),
        ("会议提出了哪些要求？", "summary"),
        ("供热管网改造进展如何？", "status"),
        ("由哪个单位负责？", "unit"),
        ("哪些文件提到了征地？", "documents"),
        ("Who spoke at the meeting?", "who"),
        ("Why was the bridge not started?", "why"),
        ("Which projects are behind schedule?", "list"),
        ("How much was invested?", "amount"),
        ("How many projects were completed?", "count"),
        ("", "lookup"),
    ],
)
def test_kind_of_question(question: str, kind: str) -> None:
    assert understand(question).kind == kind


def test_these_documents_are_not_asked_which_they_are() -> None:
    assert understand("这几份材料之间有没有矛盾？").kind != "documents"
    assert understand("有几份材料提到了矛盾？").kind == "documents"


def test_a_list_with_its_reasons_is_a_list() -> None:
    assert understand("哪些项目未开工，原因是什么？").kind == "list"
    assert understand("Which projects were not started and why?").kind == "list"


def test_words_of_asking_are_not_searched_for() -> None:
    found = understand("请问供热管网改造的总投资是多少？")
    assert "多少" not in found.terms
    assert {"供热", "管网", "总投", "投资"} <= set(found.terms)


def test_what_the_form_supplies_is_told_apart() -> None:
    found = understand("供热管网改造的原因")
    assert "原因" in found.facets
    assert "供热" not in found.facets


def test_years_dates_and_quarters_bind_the_evidence() -> None:
    assert understand("2025年二季度的收入").constraints == ("2025年", "二季度")
    assert understand("8月31日谁讲话").constraints == ("8月31日",)


def test_language_goes_by_script() -> None:
    assert understand("Why was 芙蓉 delayed for so long?").language == "en"
    assert understand("PPP项目有哪些？").language == "zh"


@pytest.mark.parametrize("question", ["{0}", "%s", "(((", "\\", "？？？", "a" * 2000, "​"])
def test_odd_questions_are_understood_as_something(question: str) -> None:
    assert understand(question).text == question


def test_a_named_place_binds_the_evidence_and_a_generic_one_does_not() -> None:
    assert understand("青禾区哪些项目滞后？").constraints == ("青禾区",)
    assert understand("全区有多少个小区完成改造？").constraints == ()


def test_unstarted_said_in_other_words_is_searched_as_documents_write_it() -> None:
    assert "未开" in understand("哪些项目还没有动工？").terms


def test_what_somebody_is_to_do_is_no_attribute() -> None:
    assert understand("城投的何远被要求干什么？").attribute_words == ""
    assert understand("供热项目一共完成投资多少？").attribute_words == "完成投资"


@pytest.mark.parametrize(
    ("asked", "constraints"),
    [
        ("周转的2000万从哪出？", ()),
        ("补助2000元给谁？", ()),
        ("截至2023，有多少", ("2023",)),
        ("2024投资多少", ("2024",)),
        ("2024年投资多少", ("2024年",)),
    ],
)
def test_an_amount_is_no_year(asked: str, constraints: tuple[str, ...]) -> None:
    assert understand(asked).constraints == constraints
