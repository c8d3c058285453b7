"""Words that repeat a question, or are of another kind, are no answer to it."""

import pytest

from assistant.reader.unfit import unfit


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("《石桥》的导演是谁？", "《石桥》", True),
        ("「石橋」的導演是誰？", "石桥", True),
        ("石桥的导演是谁？", "您知道石桥是什么", True),
        ("石桥的导演是谁？", "林可为", False),
        ("2022年完成几座？", "2", False),
        ("2022年完成几座？", "2022年", True),
        ("由交通局还是住建局负责？", "住建局", False),
        ("石桥是区交通局负责吗？", "区交通局", False),
        ("石桥的导演是谁？", "——", True),
        ("石桥的处理器是什么？", "石桥使用什么处理器", True),
        ("石桥的处理器是什么？", "石桥", True),
        ("石桥总投资多少？", "区交通局", True),
        ("石桥总投资多少？", "四千万元", False),
        ("石桥什么时候通车？", "区交通局", True),
        ("石桥什么时候通车？", "明年春节前", False),
        ("石桥通车时间？", "2024年", False),
        ("石桥什么时候通车？", "2024", True),
        ("石桥哪一年通车？", "2024", False),
        ("石桥是哪年通车的？", "9月3日", True),
        ("这种种子多少钱？", "40克", True),
        ("收购石桥公司花了多少钱？", "100%", True),
        ("门票价格是多少？", "30人", True),
        ("门票价格是多少？", "30元", False),
        ("门票价格是多少？", "30", False),
        ("会议在哪里召开？", "9月3日上午9时", True),
        ("会议在哪里召开？", "一号楼3层会议室", False),
        ("会议由谁主持？", "11月23日14:11", True),
        ("会议由谁主持？", "区长", False),
        ("會議由誰主持？", "九月三號", True),
        ("會議什麼時候開？", "下一週", False),
        ("哪几个项目没有开工？", "石桥改建", False),
    ],
)
def test_words_that_are_no_answer_are_told(question: str, words: str, told: bool) -> None:
    assert unfit(question)(words) is told
