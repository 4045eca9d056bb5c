"""Which company names are one company: the endings, places and spellings that do not count, and what does."""

import random

import pytest

from crm_desktop.core.alike import LEAST, blocking, company, comparing, judging, likeness


def score(one: str, other: str) -> int:
    here, there = company.parse(one), company.parse(other)
    assert here is not None and there is not None
    found, back = comparing.compare(here, there), comparing.compare(there, here)
    assert (found and found.score) == (back and back.score), "it does not matter which comes first"
    return found.score if found else 0


SAME = [
    ("华为技术有限公司", "华为技术"),
    ("华为技术有限公司", "華為技術股份有限公司"),
    ("深圳市腾讯计算机系统有限公司", "腾讯计算机系统（深圳）有限公司"),
    ("广东省深圳市南山区大疆创新科技有限公司", "大疆创新科技"),
    ("苏州昆山市好孩子儿童用品有限公司", "昆山好孩子儿童用品有限公司"),
    ("ＡＢＣ 软件 有限公司", "abc软件"),
    ("Acme Trading Co., Ltd.", "ACME TRADING LIMITED"),
    ("Müller Maschinenbau GmbH", "Muller Maschinenbau"),
    ("Shenzhen Golden Star Electronics Inc.", "Golden Star Electronics"),
    ("TCL科技集团股份有限公司", "TCL科技"),
    ("北京银行", "北京银行股份有限公司"),
    ("安平县第五实验小学", "安平五实小"),
    ("衡水市安平县市场监督管理局", "安平县市监局"),
    ("杭州上城区妇幼保健院", "杭州上城妇幼"),
    ("昆山市农村商业银行股份有限公司", "昆山农商行"),
    ("中国农业银行股份有限公司安平县支行", "农行安平支行"),
    ("臺北恒泰資訊股份有限公司", "台北恒泰信息股份有限公司"),
    ("恒泰達軟體有限公司", "恒泰达软件有限公司"),
    ("凡人居五金工具（峨眉山）有限公司", "峨眉山市凡人居五金工具有限公司"),
    ("Hengtaida (Suzhou) Machinery", "Hengtaida Machinery Co., Ltd."),
    ("O'Brien Foods", "OBrien Foods Inc."),
    ("中国银行深圳南山支行", "中国银行股份有限公司深圳南山支行"),
    ("The Boston Group", "Boston"),
    ("海尔集团", "海尔"),
    ("中国石油化工集团有限公司", "中石化"),
    ("中国工商银行股份有限公司深圳分行", "工行深圳市分行"),
    ("华中科技大学", "华科"),
    ("恒泰达科技有限公司", "恒泰达科技有限工司"),
    ("恒泰达科技有限公司", "恒泰达科技冇限公可"),
    ("恒泰达科技有限责任公司", "恒泰达科技有限责"),
    ("恒泰达科技有限公司", "恒泰达科技有限公司有限公司"),
    ("恒泰达（深圳）科技有限公司", "恒泰达（深圳科技有限公司"),
    ("恒泰达（深圳）科技有限公司", "恒泰达深圳）科技有限公司"),
    ("恒泰达第9建筑公司", "恒泰达第九建筑公司"),
    ("恒泰达科技有限公司徐州分公司", "恒泰达科技徐州市分公司"),
    ("Golden Star GmbH", "Golden Star G.m.b.H. & Co. KG"),
    ("Golden Star Trading S.A. de C.V.", "Golden Star Trading"),
    ("Golden Star (China) Ltd", "Golden Star"),
    ("Golden Star Trading Ltd", "G0lden Star Trading"),
    ("Riverside Medical Centre", "Riverside Medical Ctr"),
    ("Lakeside Tyres", "Lakeside Tire LLC"),
    ("St. Mary's Foods", "Saint Marys Food Ltd"),
    ("深圳恒泰达电子科技有限公司", "恒泰达电子科技-深圳"),
    ("海丰县恒泰达电子有限公司", "恒泰达电子（海丰县）"),
    ("株式会社山本製作所", "山本製作所株式会社"),
    ("㈱山本製作所", "（株）山本製作所"),
    ("恒泰達電子股份有限公司", "恒泰達電子（股）公司"),
    ("恒泰利电子有限公司", "恒泰禾刂电子有限公司"),
    ("TCL恒泰电子有限公司", "ＴＣＬ恒泰电子"),
    ("安平县恒泰果蔬农民专业合作社", "安平恒泰果蔬合作社"),
    ("广州恒泰达电子有限公司", "天河恒泰达电子有限公司"),
    ("Golden Star Intl Ltd", "Golden Star International Limited"),
    ("恒泰达电子开发有限公司", "恒泰达电子开有发限公司"),
    ("恒泰达电子有限责任公司", "恒泰达电子有责限任公司"),
    ("恒泰达电子股份有限公司", "恒泰达电子股有份限公司"),
    ("恒泰达电子有限公司", "恒泰达电子限有公司"),
    ("恒泰达电子有限公司", "恒泰达电子有限限公司"),
    ("深圳恒泰电子有限公司", "恒泰深圳电子有限公司"),
    ("彰化市恒泰電子股份有限公司", "恒泰電子股份有限公司"),
    ("Müller-Böhm Maschinenbau GmbH", "Mueller-Boehm Maschinenbau"),
    ("Yıldız Demir Çelik A.Ş.", "Yildiz Demir Celik"),
    ("ООО «Балтмебель»", "БАЛТМЕБЕЛЬ"),
    ("ООО «Балтмебель»", "Baltmebel LLC"),
    ("Golden Star Medizintechnik AG", "Golden Star Medizintechnik Stuttgart"),
]
SIMILAR = [
    ("深圳市腾讯计算机系统有限公司", "腾讯"),
    ("华为技术有限公司", "Huawei Jishu"),
    ("华为技术有限公司", "Huawei Technologies Co., Ltd."),
    ("苏州金诚精密机械有限公司", "金城精密机械"),
    ("为华技术有限公司", "华为技术有限公司"),
    ("Pacific Golden Trading Ltd", "Golden Pacific Trading"),
    ("Northwind Logistics", "Nortwind Logistics Ltd"),
    ("阿里巴巴网络技术有限公司", "阿里巴网络技术有限公司"),
    ("恒泰达科技有限公司", "泰达科技有限公司"),
    ("恒泰达信息技术有限公司", "恒泰达信息"),
    ("恒泰达汽车零部件有限公司", "恒泰达汽配"),
    ("深圳恒泰达电子科技有限公司", "深圳恒泰达电子技术有限公司"),
    ("深圳恒泰达电子科技有限公司", "Shenzhen Heng Tai Da Electronic Technology Co., Ltd."),
    ("深圳恒泰达电子科技有限公司", "SHENZHEN HENG TAI DA DIAN ZI KE JI"),
    ("多人行测绘有限公司", "Duo Ren Xing Surveying"),
    ("西安嘉联民口腔门诊部", "Xi An Jia Lian Min Kouqiangmenzhen"),
    ("广州福德居电子有限公司", "Guang Zhou Fu De Ju Electronics"),
    ("成都恒望角塑胶制品有限公司", "成都Hengwangjiao塑胶制品"),
    ("浙江佳盟达健身服务有限公司", "Zhejiang Jiamengda Fitness Co., Ltd."),
    ("恒泰达电子有限公司", "恒达电子有限公司"),
    ("Whitfield Meridian Consulting", "Whitfield Meredian Consulting Ltd"),
    ("Hartley & Moore Roofing", "Hartley & Moore"),
    ("大连恒泰职业技术学院", "恒泰职院"),
    ("恒泰达建筑工程有限公司", "恒泰达建工"),
    ("Hartley Moore Construções Ltda.", "Hartley Moore Const. Ltda."),
    ("Hartley Moore Medizintechnik AG", "Hartley Moore Medizintechnik Wolfenburg"),
    ("老陈家面馆", "老程家面馆"),
]
OTHERS = [
    ("华为技术有限公司", "华为技术有限公司北京分公司"),
    ("华为技术有限公司上海分公司", "华为技术有限公司北京分公司"),
    ("中国银行深圳南山支行", "中国银行深圳福田支行"),
    ("北京银行", "上海银行"),
    ("大华科技有限公司", "上海大华贸易有限公司"),
    ("国网江苏省电力有限公司", "国网浙江省电力有限公司"),
    ("三一重工", "三菱重工"),
    ("Golden Star Trading", "Golden Star Shoes"),
    ("Alpha Software", "Delta Software"),
    ("深圳华新科技", "深圳华强科技"),
    ("中石化", "中石油"),
    ("中国工商银行深圳分行", "工行"),
    ("中大有限公司", "中山大学"),
    ("华中建设有限公司", "华南建设有限公司"),
    ("临海县人民医院", "临海市人民医院"),
    ("Bosc Tools", "Bosd Tools"),
    ("富有", "富"),
    ("恒泰大学", "恒泰大学附属医院"),
    ("Hartley Bakery", "Hartley Roofing"),
    ("Metro Digital Electronics", "Metro Precision Electronics"),
    ("莱芜停车宝园林绿化", "莱芜停车宝日立园林绿化"),
    ("Hartley Foods London", "Hartley Foods Manchester"),
    ("恒泰五金店（人民路店）", "恒泰五金店（解放路店）"),
    ("Hartley Freight Fund II", "Hartley Freight Fund IV"),
    ("Hartley Freight Plant I", "Hartley Freight Plant III"),
    ("昆明市气象局", "黄岛气象局"),
    ("火炬杨氏窗帘店", "火炬陆氏窗帘店"),
    ("老郝家打印店", "老夏家打印店"),
    ("元鼎书局板桥店", "联鼎书局板桥店"),
    ("立顺香港", "新顺香港"),
    ("恒泰达包装有限公司芜湖工厂", "恒泰达包装有限公司绍兴工厂"),
    ("Honglong (Hong Kong) Limited", "Jiahe Hong Kong Ltd"),
    ("Hartley Moore UK Ltd", "Hartley Moore Ibérica S.L."),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_company(one: str, other: str) -> None:
    assert score(one, other) == 100


@pytest.mark.parametrize(("one", "other"), SIMILAR)
def test_a_similar_company(one: str, other: str) -> None:
    assert 60 <= score(one, other) < 100


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_companies(one: str, other: str) -> None:
    assert score(one, other) < 60


@pytest.mark.parametrize(("one", "other"), SAME + SIMILAR)
def test_what_is_alike_shares_a_key(one: str, other: str) -> None:
    here, there = company.parse(one), company.parse(other)
    assert here is not None and there is not None
    assert {*blocking.keys(here), *blocking.more_keys(here)} & {*blocking.keys(there), *blocking.more_keys(there)}


@pytest.mark.parametrize("nothing", ["", "   ", "（）", "。。", "\x00", "-"])
def test_names_that_say_nothing(nothing: str) -> None:
    assert company.parse(nothing) is None


@pytest.mark.parametrize(
    "odd", ["有限公司", "公司", "深圳", "深圳市", "分公司", "Co., Ltd.", "Inc", "1", "公", "北京分公司", "a" * 500, "（深圳）", "😀"]
)
def test_names_of_nothing_but_endings_are_taken_as_they_are(odd: str) -> None:
    found = company.parse(odd)
    assert found is None or (found.core and blocking.keys(found))


def test_the_reason_says_what_differs() -> None:
    here, there = company.parse("华为技术有限公司"), company.parse("华为技术")
    assert here is not None and there is not None
    found = comparing.compare(here, there)
    assert found is not None and found.values == {"parts": "有限公司"}


@pytest.mark.parametrize(("one", "other"), [
    ("成都市今日第一装饰工程有限公司", "成都市今日第二装饰工程有限公司"),
    ("江南东路商贸城三分厂有限公司", "江南东路商贸城五分厂有限公司"),
    ("Golden Star Plant 2 Trading Ltd", "Golden Star Plant 3 Trading Ltd"),
])  # fmt: skip
def test_numbered_sisters_are_no_slips(one: str, other: str) -> None:
    assert score(one, other) == 0


def test_schools_of_two_districts_are_two() -> None:
    assert score("北京市朝阳区第二小学", "北京市海淀区第二小学") < 60
    assert score("北京市朝阳区第二小学", "北京朝阳区第二小学") == 100


@pytest.mark.parametrize("name", ["【停用】深圳市大地贸易有限公司", "深圳市大地贸易有限公司（老客户）", "深圳市大地贸易有限公司(欠款)"])
def test_remarks_in_brackets_do_not_count(name: str) -> None:
    assert score(name, "深圳市大地贸易有限公司") == 100


SIGNS = "华长行重厦单深圳市中国公司有限集团股分支行第一（）( )【停用】A b1 é龍・"


def test_the_quick_way_to_its_keys_gives_those_of_the_parts() -> None:
    names = [name for pair in (*SAME, *SIMILAR, *OTHERS) for name in pair]
    chance = random.Random(7)
    for _name in range(4_000):
        names.append("".join(chance.choices(SIGNS, k=chance.randrange(12))) + chance.choice(("", "有限公司", "分公司", " Ltd")))
    for name in [*names, "", "华", "有限公司", "第有限公司", "集团第一有限公司"]:
        parsed = company.parse(name)
        assert blocking.keys_of(name) == (blocking.keys(parsed) if parsed else []), name


@pytest.mark.parametrize(("one", "other"), [
    ("安平县第五实验小学", "荣成市第五实验小学"), ("玉田县自然资源和规划局", "玉树县自然资源和规划局"),
    ("汝南县老曾茶叶商行", "东丰县老林茶叶商行"),
    ("安平县人民医院", "安平县中医医院"), ("金川农商行", "金山农商行"), ("安平县人民法院", "安平县人民检察院"),
])  # fmt: skip
def test_what_has_only_its_place_is_another_one_elsewhere(one: str, other: str) -> None:
    assert score(one, other) < LEAST


def test_a_short_name_counts_where_few_are_called_so() -> None:
    here, there = company.parse("恒泰"), company.parse("深圳恒泰电子有限公司")
    assert here is not None and there is not None
    rare, common = comparing.compare(here, there, few=True), comparing.compare(here, there, few=False)
    assert rare is not None and common is not None and rare.score >= LEAST > common.score


@pytest.mark.parametrize(("one", "other"), [
    ("昆山市恒泰电子有限公司", "苏州市恒泰电子有限公司"), ("慈溪恒泰电子有限公司", "恒泰电子（宁波）有限公司"),
])  # fmt: skip
def test_a_county_level_city_is_not_called_by_the_city_above_it(one: str, other: str) -> None:
    assert LEAST <= score(one, other) < 100


@pytest.mark.parametrize(("one", "other"), [
    ("深圳市南山区恒泰电子有限公司", "深圳市恒泰电子有限公司"), ("江苏昆山恒泰电子有限公司", "昆山市恒泰电子有限公司"),
    ("江苏恒泰电子有限公司", "苏州恒泰电子有限公司"),
])  # fmt: skip
def test_a_district_or_a_province_may_be_left_out(one: str, other: str) -> None:
    assert score(one, other) == 100


@pytest.mark.parametrize(("one", "other"), [("杭州市第一中学", "杭州市第一人民医院"), ("福州市第四中学", "福州市第四人民医院")])
def test_what_a_body_is_called_for_short_has_no_slips(one: str, other: str) -> None:
    assert score(one, other) < LEAST


def test_two_signs_that_only_sound_alike_are_no_short_name() -> None:
    assert score("李华", "利华电子有限公司") < LEAST <= score("利华", "利华电子有限公司")


@pytest.mark.parametrize(("one", "other", "least", "most"), [
    ("㈜한성정밀", "한성정밀주식회사", 100, 100), ("한성정밀(주)", "주식회사 한성정밀", 100, 100),
    ("주식회사한성정밀", "주식회사한성무역", 0, 59),
    ("印度 Roscamber Industries Ltd", "Roscamber Industries Ltd", 100, 100),
    ("印度 Roscamber Industries Ltd", "德国 Roscamber Industries Ltd", 0, 59),
    ("黄岩老史水暖批发部", "黄岩老李水暖批发部", 0, 59), ("阿红苗木场", "阿志苗木场", 0, 59), ("栖霞阎记苗木场", "栖霞李记苗木场", 0, 59),
    ("老陈苗木场", "老程苗木场", 60, 99), ("老王苗木场", "老王苗术场", 60, 99),
    ("重庆尖昌数控机床有限公司", "重庆尖昌机床", 60, 99), ("嘉宇（常州）表面处理技术有限公司", "嘉宇（常州）电镀", 60, 99),
    ("嘉宇（常州）电镀", "嘉宇（常州）机床", 0, 59),
])  # fmt: skip
def test_names_of_other_lands_and_of_shops(one: str, other: str, least: int, most: int) -> None:
    assert least <= score(one, other) <= most


def test_a_group_is_not_its_member() -> None:
    assert score("宏远集团有限公司", "宏远物流有限公司") < LEAST
    assert score("Pemberton Holdings Inc.", "Pemberton Foods PLC") < LEAST
    assert score("宏远", "宏远物流有限公司") >= LEAST


@pytest.mark.parametrize(("one", "other", "parts"), [
    ("上海合力达信息技术", "上海合力达信息技术有限公司", "有限公司"),
    ("北京德信贸易股份有限公司", "北京德信贸易有限公司", "股份有限公司 / 有限公司"),
    ("深圳市新迈电子", "深圳新迈电子有限公司", "深圳市 / 深圳 … 有限公司"),
    ("Shanghai Foo Co., Ltd.", "FOO LTD", "Shanghai Co."),
])  # fmt: skip
def test_what_both_names_have_is_no_difference(one: str, other: str, parts: str) -> None:
    here, there = company.parse(one), company.parse(other)
    assert here is not None and there is not None
    found = comparing.compare(here, there)
    assert found is not None and found.why == likeness.BUT_FORM and found.values == {"parts": parts}


def test_almost_the_same_is_told_of_no_names_of_other_lengths() -> None:
    """`judging` passes over a second name by its length where only one that is almost the same would count."""
    names = [company.parse(name) for pair in (*SAME, *SIMILAR, *OTHERS) for name in pair[:2]]
    for here in filter(None, names):
        for there in filter(None, names):
            found = comparing.compare(here, there)
            assert found is None or found.score < judging.ALMOST or judging.as_long(here, there), (here.raw, there.raw)
