"""Reports in continuous prose: each paragraph opens with a state and the number in it."""

from collections.abc import Callable

from tests.index.ledger.conftest import Read

Reader = Callable[[str], Read]

PARKS = (
    "云岫高新区管委会关于1—9月项目进展情况的报告\n截至9月底，全区共安排重点项目10个。\n"
    "建成投产的项目有4个，占项目总数的40.0％，完成投资3亿元。光电产业园今年收获不小，"
    "晶微镜片车间、拓远电机二期先后投产，其中晶微镜片车间年产镜片40万片。"
    "空港物流园方面，冷运中转仓于6月启用，云仓分拨中心随后投入使用。\n"
    "落后于序时进度的项目有4个，占项目总数的40.0％。生物产业园有两个项目落在后面，"
    "康原酶制剂车间更换了总包单位，重新招标耽误两个月；泽生疫苗二期的增资没有按期到位。"
    "城建局牵头的榆林安置房还有9户没有签约，桩机无法进场，纬五路下穿涵洞则因铁路施工计划未获批准而停滞。\n"
    "尚未开工的项目有2个，占项目总数的20.0％。空港物流园的岸电改造所需的补助资金没有下达，"
    "同园区的危货停车场原选址与居民点距离不足。\n"
)
KINDS = (
    "关于青垟县政府投资计划执行情况的报告\n今年共安排政府投资项目14个。\n"
    "从进展看，大体有四种情形。已建成投用的有县教育局的梅溪小学、县水利局的北塘泵站和南塘水闸等3个，"
    "占项目总数的21.4%。\n"
    "进度正常的有4个，占28.6%。卫生方面有2个，是县卫健局的妇保院新楼和疾控实验室。"
    "道路方面有2个，是县交通局的梅岭公路、东山大桥；东山大桥全长1.2公里，主塔已经封顶。\n"
    "进展迟缓的有5个，占35.7%。受征地影响进展迟缓的有县住建局的环城北路、沙溪公园等2个，"
    "其中环城北路尚有6户没有签约，沙溪公园范围内一处祠堂没有迁移。受资金影响的有2个，"
    "分别是县民政局的梅溪陵园和县文旅局的古道驿站，梅溪陵园是补助被核减，"
    "古道驿站则是贷款没有放款。还有1个是施工单位的问题，县城管局的转运中心施工单位人手不足。\n"
    "另有2个项目拟调出今年计划，占14.3%。一个是县科协的科普馆，上级补助取消；"
    "一个是县文旅局的湖心码头，选址落入保护红线。\n"
)


def test_paragraphs_that_sum_up_give_the_states(read: Reader) -> None:
    found = read(PARKS)
    assert len(found.names) == 10
    assert set(found.column("state")) == {"建成投产", "落后于序时进度", "尚未开工"}
    assert found.record("云仓分拨中心").stage == "completed"
    assert found.record("泽生疫苗").progress == "behind"


def test_names_end_where_their_news_begin(read: Reader) -> None:
    assert read(PARKS).names == [
        "晶微镜片车间",
        "拓远电机二期",
        "冷运中转仓",
        "云仓分拨中心",
        "康原酶制剂车间",
        "泽生疫苗二期",
        "榆林安置房",
        "纬五路下穿涵洞",
        "岸电改造",
        "危货停车场",
    ]


def test_owners_lead_sentences_and_are_handed_on(read: Reader) -> None:
    found = read(PARKS)
    assert found.field("拓远电机", "unit") == "光电产业园"
    assert found.field("云仓分拨", "unit") == "空港物流园"
    assert found.field("泽生疫苗", "unit") == "生物产业园"
    assert found.field("纬五路", "unit") == "城建局"
    assert found.field("危货停车场", "unit") == "空港物流园"
    assert found.field("纬五路", "reason") == "因铁路施工计划未获批准而停滞"


def test_states_may_be_told_with_the_names_or_the_number_first(read: Reader) -> None:
    found = read(KINDS)
    assert len(found.names) == 14
    assert found.field("北塘泵站", "state") == "建成投用"
    assert found.record("科普馆").stage == "cancelled"
    assert found.field("湖心码头", "reason") == "选址落入保护红线"
    assert found.field("东山大桥", "group") == "道路"


def test_what_is_told_where_a_name_is_said_again_is_that_projects(read: Reader) -> None:
    found = read(KINDS)
    assert found.field("环城北路", "reason") == "尚有6户没有签约"
    assert found.field("沙溪公园", "reason") == "范围内一处祠堂没有迁移"
    assert found.field("古道驿站", "reason") == "贷款没有放款"
    assert found.field("梅溪陵园", "cause") == "资金"


def test_numbers_that_sum_up_to_nothing_stated_are_no_states(read: Reader) -> None:
    found = read(PARKS.replace("重点项目10个", "重点项目17个"))
    assert set(found.column("state")) == {None}


def test_a_second_project_behind_a_reason_keeps_the_owner(read: Reader) -> None:
    found = read(
        "澄江县项目通报\n截至6月底。\n一、尚未开工的（4个）\n县水利局的东圩泵站项目，防洪评价没有批复，"
        "西圩水闸项目，900万元配套资金没有着落；县交通局的石桥改建项目，设计变更尚未批复；"
        "县商务局的农贸城项目，投资方退出。\n"
    )
    assert found.field("西圩水闸", "unit") == "县水利局"
    assert found.field("农贸城", "unit") == "县商务局"


SPOKEN = (
    "在全县重点工程推进会上的汇报\n截至6月底，县里今年排了重点工程14个。\n"
    "下面一块一块说。先说已经建好的。一共4个，占28.6%。其中水利局2个，北塘泵站4月份就通了水，接着是"
    "西河堤防加固；教育局服务的企业项目1个，就是刚交钥匙的启明职校实训楼；再加上供水公司的城东加压站。\n"
    "再讲活还在干、但年度任务已经提前干完的。这样的工程有3个，占21.4%。住建局占了2个，分别是梅溪公园和东门停车楼；"
    "交通局这边1个，环湖公路二期。\n"
    "接下来是照着计划往前走的，不算少，有3个，占21.4%。住建局2个，滨江步道、老旧小区改造（2026年批次）；"
    "剩下1个，是民政局的敬老院新楼。\n"
    "好的说完了，该说差的了。落在后面的有4个，占28.6%。住建局2个，望湖路南延卡在征地上，还有5户没有签字；"
    "朝阳泵站的施工图改了三遍，到5月才定下来。另外2家各有1个：卫健局的县医院（南院区）占了绿地，规划调整还在报批；"
    "商务局的冷库扩建呢，是进口机组没有到货。\n"
)
TURNS = (
    "在街道项目调度会上的发言\n目前街道一共有9个项目。\n"
    "首先看看已经完工的，三月份都验收了，一共3个。文化站的书屋改造、体育公园和便民中心。\n"
    "其次讲一下停工的。还有2个，城建办的后街管网、南门菜场，都是施工单位撤场。\n"
    "最后报告一下没有动土的。这类项目4个，城建办2个：东区公厕没有地块，立体车库没有资金；经济办2个，"
    "分别是夜市街和小微园。\n"
)


def test_a_speaker_turns_from_one_state_to_the_next(read: Reader) -> None:
    found = read(SPOKEN)
    assert len(found.names) == 14
    assert found.record("城东加压站").stage == "completed"
    assert found.record("环湖公路二期").progress == "met"
    assert found.record("滨江步道").progress == "on_schedule"
    assert found.record("冷库扩建").progress == "behind"
    other = read(TURNS)
    assert len(other.names) == 9
    assert other.record("便民中心").stage == "completed"
    assert other.record("南门菜场").stage == "suspended"
    assert other.record("东区公厕").stage == "not_started"


def test_a_speakers_words_between_owners_numbers_and_names_are_no_names(read: Reader) -> None:
    found = read(SPOKEN)
    assert found.names[:4] == ["北塘泵站", "西河堤防加固", "启明职校实训楼", "城东加压站"]
    assert found.field("启明职校", "unit") == "教育局"
    assert found.field("城东加压站", "unit") == "供水公司"
    assert found.field("东门停车楼", "unit") == "住建局"
    assert found.field("环湖公路", "unit") == "交通局"
    assert found.names[-4:] == ["望湖路南延", "朝阳泵站", "县医院（南院区）", "冷库扩建"]


def test_what_a_speaker_says_behind_a_name_is_the_reason(read: Reader) -> None:
    found = read(SPOKEN)
    assert found.field("望湖路", "reason") == "卡在征地上，还有5户没有签字"
    assert found.field("朝阳泵站", "reason") == "施工图改了三遍，到5月才定下来"
    assert found.field("冷库扩建", "reason") == "进口机组没有到货"
    assert found.field("县医院", "unit") == "卫健局"
