"""Customers as a sales office has them, for the set the matcher is developed on: companies, shops, offices, firms abroad.

Made of words of real names: where they are, what they are called, what they deal in and in which legal form. Many of these lines of
business stand in no list of the matcher.
"""

# ruff: noqa: E501
from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.find import SURNAMES
from benchmarks.labelled.offices import Place, _brands, person, places, plain, short
from benchmarks.labelled.parts import Parts
from crm_desktop.core.find.pinyin import simplified, spell

TOWNS = ("北京", "上海", "广州", "深圳", "东莞", "佛山", "杭州", "宁波", "苏州", "无锡", "南京", "青岛", "济南", "武汉", "成都", "重庆",
         "西安", "郑州", "长沙", "合肥", "厦门", "福州", "天津", "大连", "沈阳", "温州", "常州", "中山", "珠海", "惠州")  # fmt: skip
PROVINCE = {"广州": "广东", "深圳": "广东", "东莞": "广东", "佛山": "广东", "杭州": "浙江", "宁波": "浙江", "苏州": "江苏",
            "无锡": "江苏", "南京": "江苏", "青岛": "山东", "济南": "山东", "武汉": "湖北", "成都": "四川", "西安": "陕西",
            "郑州": "河南", "长沙": "湖南", "合肥": "安徽", "厦门": "福建", "福州": "福建", "大连": "辽宁", "沈阳": "辽宁",
            "温州": "浙江", "常州": "江苏", "中山": "广东", "珠海": "广东", "惠州": "广东"}  # fmt: skip
DISTRICT = {"北京": "朝阳区 海淀区 丰台区", "上海": "浦东新区 徐汇区 松江区", "广州": "天河区 白云区 番禺区", "深圳": "南山区 宝安区 龙岗区",
            "杭州": "西湖区 余杭区 萧山区", "苏州": "吴中区 虎丘区", "南京": "江宁区 鼓楼区", "成都": "武侯区 锦江区", "武汉": "洪山区 江岸区",
            "天津": "滨海新区 武清区", "佛山": "南海区 顺德区", "宁波": "鄞州区 北仑区"}  # fmt: skip
SIGNS = "恒通达华信诚宏远泰盛金鑫源丰润德瑞康安美科创新锐博思联正大天海东方中兴利国民永昌隆顺和嘉佳锦旭阳明辉凯龙飞腾云星宇航伟业立友众益百合汇聚融智慧"
TRADES = {  # in full: (as said, in English)
    "电子科技": ("电子", "Electronic Technology"), "信息技术": ("信息", "Information Technology"), "网络科技": ("网络", "Network Technology"),
    "精密机械": ("机械", "Precision Machinery"), "自动化设备": ("自动化", "Automation Equipment"), "国际贸易": ("贸易", "International Trading"),
    "进出口贸易": ("进出口", "Import & Export"), "生物医药科技": ("生物医药", "Biomedical Technology"), "新能源科技": ("新能源", "New Energy"),
    "供应链管理": ("供应链", "Supply Chain Management"), "环保工程": ("环保", "Environmental Engineering"), "文化传媒": ("传媒", "Culture Media"),
    "教育咨询": ("教育", "Education Consulting"), "建筑装饰工程": ("装饰", "Decoration Engineering"), "五金制品": ("五金", "Hardware Products"),
    "塑胶制品": ("塑胶", "Plastic Products"), "模具": ("模具", "Mould"), "激光设备": ("激光", "Laser Equipment"), "传感技术": ("传感", "Sensing Technology"),
    "机器人": ("机器人", "Robotics"), "电机": ("电机", "Motor"), "弹簧制造": ("弹簧", "Spring Manufacturing"), "橡胶密封件": ("密封件", "Rubber Seals"),
    "锂电池": ("锂电", "Lithium Battery"), "制冷设备": ("制冷", "Refrigeration Equipment"), "起重机械": ("起重", "Crane Machinery"),
    "灯饰照明": ("灯饰", "Lighting"), "卫浴洁具": ("卫浴", "Sanitary Ware"), "厨房设备": ("厨具", "Kitchen Equipment"), "家纺": ("家纺", "Home Textile"),
    "服饰": ("服饰", "Garments"), "眼镜": ("眼镜", "Optical"), "钟表": ("钟表", "Watch"), "包装材料": ("包装", "Packaging Materials"),
    "彩印": ("彩印", "Color Printing"), "食品": ("食品", "Foods"), "调味品": ("调味品", "Seasoning"), "乳业": ("乳业", "Dairy"),
    "餐饮管理": ("餐饮", "Catering Management"), "酒店管理": ("酒店", "Hotel Management"), "冷链物流": ("物流", "Cold Chain Logistics"),
    "国际货运代理": ("货代", "International Freight Forwarding"), "汽车销售服务": ("汽车", "Auto Sales & Service"), "汽车零部件": ("汽配", "Auto Parts"),
    "医疗器械": ("医械", "Medical Instrument"), "口腔门诊": ("口腔", "Dental Clinic"), "眼科医院": ("眼科", "Eye Hospital"),
    "人力资源": ("人力", "Human Resources"), "知识产权代理": ("知产", "Intellectual Property Agency"), "企业管理咨询": ("咨询", "Business Consulting"),
    "投资管理": ("投资", "Investment Management"), "融资租赁": ("租赁", "Leasing"), "建设集团": ("建设", "Construction"), "钢结构工程": ("钢构", "Steel Structure"),
    "园林绿化": ("园林", "Landscaping"), "苗木种植": ("苗木", "Nursery"), "安防科技": ("安防", "Security Technology"), "测绘": ("测绘", "Surveying"),
    "半导体材料": ("半导体", "Semiconductor Materials"), "光电": ("光电", "Optoelectronics"), "航空装备": ("航空", "Aviation Equipment"),
    "水处理": ("水处理", "Water Treatment"), "阀门": ("阀门", "Valve"), "粉末冶金": ("粉末冶金", "Powder Metallurgy"), "电线电缆": ("电缆", "Wire & Cable"),
    "化妆品": ("化妆品", "Cosmetics"), "日化": ("日化", "Daily Chemical"), "涂料": ("涂料", "Coatings"), "健身服务": ("健身", "Fitness"),
    "宠物用品": ("宠物", "Pet Products"), "玩具": ("玩具", "Toys"), "体育用品": ("体育", "Sporting Goods"), "婚庆策划": ("婚庆", "Wedding Planning"),
}  # fmt: skip
FORMS = ("有限公司",) * 8 + ("有限责任公司", "股份有限公司", "集团有限公司", "集团股份有限公司", "厂", "（普通合伙）")
GOODS = (
    "五金店",
    "水果店",
    "烟酒商行",
    "建材经营部",
    "汽修厂",
    "文具店",
    "药店",
    "餐馆",
    "理发店",
    "电脑维修部",
    "服装店",
    "粮油店",
    "打印店",
    "茶庄",
)
ISLAND = (("電子", "電子", "Electronics"), ("精密工業", "精密", "Precision Industrial"), ("科技", "科技", "Technology"), ("企業", "企業", "Enterprise"),
          ("國際", "國際", "International"), ("實業", "實業", "Industrial"), ("塑膠", "塑膠", "Plastics"), ("資訊", "資訊", "Information"),
          ("生技", "生技", "Biotech"), ("食品", "食品", "Foods"), ("營造", "營造", "Construction"), ("貿易", "貿易", "Trading"))  # fmt: skip
ISLAND_SIGNS = "鴻聯華興達豐榮昌盛國泰長億寶晶鑫源裕隆順正大永新東陽台光明宏德美信誠立"
BODIES = (  # in full, as said; {p} the county in full, {q} its name, {n} a numeral, {d} its digit
    ("{p}第{n}中学", "{q}{n}中"), ("{p}第{n}中学", "{p}{n}中"), ("{p}实验小学", "{q}实验小学"), ("{p}人民医院", "{q}人民医院"), ("{p}人民医院", "{p}医院"),
    ("{p}中医医院", "{q}中医院"), ("{p}妇幼保健院", "{q}妇幼"), ("{p}教育局", "{q}教育局"), ("{p}财政局", "{q}财政局"), ("{p}公安局", "{q}公安局"),
    ("{p}自来水公司", "{q}自来水"), ("{p}第{n}人民医院", "{q}{n}院"), ("{p}职业技术学院", "{q}职业技术学院"), ("{p}职业中等专业学校", "{q}职业中专"),
    ("{p}第{n}中学", "{p}第{d}中学"), ("{p}融媒体中心", "{q}融媒体中心"), ("{p}机关幼儿园", "{q}机关幼儿园"), ("{p}市场监督管理局", "{q}市场监管局"),
)  # fmt: skip
ENGLISH = (
    "Acme Apex Summit Pioneer Heritage Blackwood Riverside Oakfield Silverline Northgate Redwood Bluewater Harbor Pinnacle Stonebridge "
    "Whitfield Kingsway Lakeside Meridian Vanguard Sterling Brighton Clifton Ashford Hartley Pemberton Fairview Greenfield Westbrook "
    "Eastwood Ironside Crestview Broadview Eagle Falcon Phoenix Titan Atlas Orion Polaris Zenith Nova Quantum Vertex Axiom Beacon "
    "Trident Cobalt Granite Maple Cedar Willow Hawthorn Sycamore Magnolia Coral Amber Sapphire Opal Emerald"
).split()
FAMILY = ("Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin Jackson Thompson White Harris Clark "
          "Lewis Walker Hall Allen Young King Wright Scott Green Baker Adams Nelson Carter Mitchell Roberts Turner Phillips "
          "Campbell Parker "
          "Evans Edwards Collins Stewart Morris Rogers Reed Cook Morgan Bell Murphy Bailey Cooper Richardson Howard Ward Peterson Gray "
          "O'Brien O'Connor McDonald McCarthy MacLeod FitzGerald").split()  # fmt: skip
FIRST = "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Sarah Karen".split()
ENGLISH_TRADES = (
    "Engineering|Plumbing & Heating|Construction|Industrial Supplies|Medical Center|Dental Care|Logistics|Manufacturing|Packaging "
    "Solutions|"
    "Property Management|Marketing|Software|Systems|Consulting|Electrical Services|Auto Repair|Roofing|Landscaping|Catering|Bakery|Brewery|"
    "Foods|Furniture|Printing|Pharmaceuticals|Laboratories|Insurance Brokers|Financial Services|Accounting|Law Firm|Architects|Surveyors|"
    "Security|Cleaning Services|Travel|Hotel|Theatre|Primary School|Veterinary Hospital|Aluminium "
    "Products|Jewellery|Tyres|Equipment Rental|"
    "International Trading|Technologies|Communications|Distribution|Freight Services|Machine Tools|Instruments"
).split("|")
ENGLISH_FORMS = (
    "Ltd",
    "Limited",
    "Ltd.",
    "Inc.",
    "Inc",
    "LLC",
    "Corp.",
    "Corporation",
    "PLC",
    "Pty Ltd",
    "Co., Ltd.",
    "LLP",
    "Company",
    "",
)
ABROAD = (  # brands, trades, forms
    ("Müller Schäfer Weiß Krüger Bäcker Vogel Lindner Hoffmann Steinbach Kessler", "Maschinenbau Elektrotechnik Werkzeugbau Kunststofftechnik Logistik",
     "GmbH|GmbH & Co. KG|AG|KG"),
    ("Dubois Lefèvre Moreau Gérard Bélanger Rousseau Côté Fontaine", "Équipements Distribution Ingénierie Industries Emballages", "SARL|S.A.|SAS"),
    ("Rossi Bianchi Ferrari Esposito Colombo Ricci Marchetti", "Meccanica Impianti Arredamenti Alimentari Tessuti", "S.p.A.|S.r.l."),
    ("García Fernández Núñez Ibáñez Castillo Domínguez", "Construcciones Alimentos Transportes Maquinaria Textiles", "S.L.|S.A.|S.A. de C.V."),
    ("Van Dijk|De Vries|Jansen|Bakker|Visser|Mulder".replace("|", "~"), "Machinefabriek Bloemen Transport Techniek", "B.V.|N.V."),
    ("Lindström Åkesson Björk Sjöberg Nyström", "Verkstad Bygg Teknik Livs", "AB"),
    ("Tanaka Suzuki Yamamoto Nakamura Kobayashi Matsuda", "Seisakusho Kogyo Denki Shoji Seiki", "K.K.|Co., Ltd.|Kabushiki Kaisha"),
)  # fmt: skip


@dataclass(frozen=True)
class Firm(Parts):
    """kind: company, shop, body, lawyers, farm, island, hongkong, english, abroad, japan or person."""

    county: str = ""

    @property
    def chinese(self) -> bool:
        return bool(re.fullmatch("[一-鿿]+", self.brand)) and self.kind in ("company", "shop", "island", "hongkong", "farm")


def spelled(text: str, between: str = "") -> str:
    """Hengtong, Heng Tong."""
    found = [spell(simplified().get(sign, sign)).strip() for sign in text]
    return between.join(one.capitalize() for one in found) if between else "".join(found).capitalize()


def domain(firm: Firm) -> str:
    """The mail domain of its own."""
    word = plain(firm.brand) if firm.kind in ("english", "abroad") else spell(firm.brand)
    word = re.sub(r"[^a-z0-9]", "", word.lower())
    return (word + ("" if len(word) > 7 else re.sub(r"[^a-z]", "", spell(firm.trade[:2]).lower())))[:20] + ".com"


def _company(brands: list[str], chance: random.Random) -> Firm:
    town = chance.choice(TOWNS)
    county = chance.choice(DISTRICT.get(town, "").split() or [""])
    if chance.random() < 0.3:
        at = chance.choice(places())
        town, county = (short(at.name), at.name) if at.name[-1] in "市县" else (at.city, at.name)
        town = at.name if at.name[-1] == "县" else town
    place = chance.choice((town, town, town + "市" if town[-1] != "县" else town, PROVINCE.get(town, town), ""))
    layout = chance.choice(("pbtf",) * 6 + ("bPtf", "btPf"))
    brand = chance.choice(brands) if chance.random() < 0.5 else "".join(chance.sample(SIGNS, chance.choice((2, 2, 2, 3, 3, 4))))
    brand = brand if chance.random() < 0.95 else chance.choice(("TCL", "AOC", "BOE", "3D", "E", "Q", "U")) + brand
    return Firm("company", place, brand, chance.choice(list(TRADES)), chance.choice(FORMS), layout, county=county)


def _shop(_brands_: list[str], chance: random.Random) -> Firm:
    at = chance.choice(places())
    brand = chance.choice((f"老{chance.choice(SURNAMES)}", f"{chance.choice(SURNAMES)}记", person(chance), "".join(chance.sample(SIGNS, 2)),
                           "".join(chance.sample(SIGNS, 3))))  # fmt: skip
    return Firm("shop", at.name, brand, chance.choice(GOODS), chance.choice(("", "", "（个体工商户）")))


def _body(_brands_: list[str], chance: random.Random) -> Firm:
    at: Place = chance.choice(places())
    number = chance.randrange(6)
    full, called = chance.choice(BODIES)
    near = at.city + at.name if at.name[-1] == "区" else at.name
    told = {"p": near, "q": short(near), "n": "一二三四五六"[number], "d": str(number + 1)}
    return Firm("body", near, full.format(**told), layout="b", called=called.format(**told), county=at.name)


def _lawyers(_brands_: list[str], chance: random.Random) -> Firm:
    trade = chance.choice(("律师事务所", "会计师事务所", "税务师事务所"))
    return Firm("lawyers", chance.choice(TOWNS), "".join(chance.sample(SIGNS, 2)), trade,
                chance.choice(("", "（特殊普通合伙）", "有限公司", "（普通合伙）")), chance.choice(("pbtf", "bPtf")))  # fmt: skip


def _farm(_brands_: list[str], chance: random.Random) -> Firm:
    at = chance.choice(places())
    return Firm("farm", at.name, "".join(chance.sample(SIGNS, 2)), chance.choice(("果蔬种植", "生猪养殖", "农机", "茶叶", "粮食种植")),
                chance.choice(("农民专业合作社", "专业合作社", "家庭农场")))  # fmt: skip


def _island(_brands_: list[str], chance: random.Random) -> Firm:
    trade = chance.choice(ISLAND)
    return Firm("island", "", "".join(chance.sample(ISLAND_SIGNS, chance.choice((2, 2, 3)))), trade[0],
                chance.choice(("股份有限公司", "股份有限公司", "有限公司", "企業社", "商行")), called=trade[2])  # fmt: skip


def _hongkong(_brands_: list[str], chance: random.Random) -> Firm:
    return Firm("hongkong", "香港", "".join(chance.sample(ISLAND_SIGNS, 2)), chance.choice(("貿易", "國際", "集團", "物流", "電子", "發展")),
                "有限公司", chance.choice(("bPtf", "btPf", "pbtf")))  # fmt: skip


def _english(_brands_: list[str], chance: random.Random) -> Firm:
    one, two = chance.sample(ENGLISH, 2)
    a, b = chance.sample(FAMILY, 2)
    brand = chance.choice((one, f"{one} {two}", f"{one} {two}", f"{a} & {b}", f"{a} {chance.choice(('Brothers', '& Sons', '& Co'))}", f"{chance.choice(FIRST)} {a}",
                           f"{one}{two.lower()}", f"St. {chance.choice(FIRST)}'s", f"{a}'s", f"{a}, {b} & {chance.choice(FAMILY)}",
                           f"{chance.choice(('Three', 'Seven', 'First', 'Twin'))} {two}s"))  # fmt: skip
    return Firm("english", "", brand, chance.choice(ENGLISH_TRADES), chance.choice(ENGLISH_FORMS))


def _abroad(_brands_: list[str], chance: random.Random) -> Firm:
    brands, trades, forms = chance.choice(ABROAD)
    names = brands.split("~") if "~" in brands else brands.split()
    one, two = chance.sample(names, 2)
    brand = chance.choice(
        (f"{one} & {two}", f"{one} {chance.choice(ENGLISH)}", f"{one}-{two}", f"{chance.choice(ENGLISH)} {one}")
    )
    return Firm("abroad", "", brand, chance.choice(trades.split()), chance.choice(forms.split("|")))


def _japan(_brands_: list[str], chance: random.Random) -> Firm:
    brand = chance.choice(("田中", "鈴木", "山本", "中村", "小林", "松田", "吉田", "佐藤", "高橋", "渡辺")) + chance.choice(
        ("", "", "東", "西", "光")
    )
    return Firm("japan", "", brand, chance.choice(("製作所", "工業", "電機", "商事", "精機", "産業", "化学", "建設")), "株式会社",
                chance.choice(("btf", "fbt")))  # fmt: skip


def _person(_brands_: list[str], chance: random.Random) -> Firm:
    return Firm("person", brand=person(chance), layout="b")


MAKERS = (
    (_company,) * 14
    + (_shop,) * 2
    + (_body,) * 3
    + (_lawyers, _farm, _island, _island, _hongkong, _japan, _person)
    + (_english,) * 6
    + (_abroad,) * 2
)


def firms(chance: random.Random, kind: str = "") -> Iterator[Firm]:
    """Customers without end, no two of the same name and line of business; of this kind only."""
    brands, known = _brands(chance), set()
    makers = [one for one in MAKERS if not kind or one.__name__ == f"_{kind}"]
    while True:
        made = chance.choice(makers)(brands, chance)
        if made.kind in ("english", "abroad"):
            key = "".join(sorted(re.findall(r"\w+", f"{made.brand} {made.trade}")))
        else:
            key = made.brand + made.trade[:2] if made.kind in ("company", "island", "hongkong", "japan") else made.name()
        if key not in known:
            known.add(key)
            yield made
