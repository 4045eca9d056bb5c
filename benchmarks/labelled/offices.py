"""Makes the customers of the fourth labelled set: companies, shops, public bodies and firms from abroad, with numbers and mailboxes.

Places with their postcodes are real (../shared/data/china_region), brands too (../shared/data/company_names); without that folder
they are made. No two have place, brand and trade in common.
"""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from benchmarks.duplicates import NAMES, ROOT
from benchmarks.find import CITIES, GIVEN, HOSTS, SURNAMES, SYLLABLES, mobile
from benchmarks.labelled.parts import Parts
from crm_desktop.core.find.pinyin import spell

PLACES = ROOT.parent / "shared" / "data" / "china_region" / "region_postcode.csv"
# What a company does, in its own words, as said on the telephone, and on the English side of the card.
LINES = {words[0]: (words[1], words[2].replace("_", " ")) for words in (line.split() for line in (
    "精密机械制造 机械 Precision_Machinery|电子科技 电子 Electronic_Technology|国际贸易 贸易 International_Trading|"
    "供应链管理 供应链 Supply_Chain|建筑装饰工程 装饰 Decoration|仪器仪表 仪表 Instruments|塑胶制品 塑胶 Plastic_Products|"
    "汽车零部件 汽配 Auto_Parts|医疗科技 医疗 Medical_Technology|智能装备 装备 Intelligent_Equipment|纺织品 纺织 Textiles|"
    "新材料科技 新材料 New_Materials|食品工业 食品 Food_Industry|农业发展 农业 Agriculture|企业管理咨询 咨询 Consulting|"
    "广告传播 广告 Advertising|冷链物流 冷链 Cold_Chain_Logistics|园林绿化 园林 Landscaping|五金工具 五金 Hardware_Tools|"
    "光电科技 光电 Optoelectronics|家居用品 家居 Home_Products|阀门 阀门 Valve|印刷包装 包装 Printing_&_Packaging|家具 家具 Furniture"
).split("|"))}  # fmt: skip
KINDS = ("有限公司",) * 7 + ("有限责任公司", "股份有限公司")
GOODS = ("五金", "建材", "面馆", "烟酒", "水果", "服装", "电器", "汽修", "花卉", "文具", "茶叶", "眼镜", "药房", "灯饰")
STALLS = ("店", "经营部", "商行", "门市部")
# Public bodies: as in the register, as everybody writes it. {p} is the place in full, {q} without 市 or 县, {n} a numeral.
BODIES = tuple(line.split("|") for line in (
    "{p}人民医院|{q}人民医院;{p}中医医院|{q}中医院;{p}妇幼保健院|{q}妇幼;{p}第{n}中学|{q}{n}中;{p}教育局|{q}教育局;"
    "{p}市场监督管理局|{q}市监局;{p}自然资源和规划局|{q}自规局;{p}人力资源和社会保障局|{q}人社局;{p}住房和城乡建设局|{q}住建局;"
    "{p}公安局交通警察大队|{q}公安局交警大队;{p}第{n}建筑工程有限公司|{q}{n}建;{p}自来水有限责任公司|{q}自来水公司;"
    "中国农业银行股份有限公司{p}支行|农行{q}支行;中国建设银行股份有限公司{p}支行|建行{q}支行;{p}农村商业银行股份有限公司|{q}农商行;"
    "{p}公共交通有限公司|{q}公交公司;{p}人民政府|{q}政府;{p}职业技术学院|{q}职院;{p}烟草专卖局|{q}烟草局;{p}融媒体中心|{q}融媒体;"
    "国网{q}供电公司|{q}供电公司;{p}第{n}实验小学|{q}{n}实小;{p}疾病预防控制中心|{q}疾控;{p}城市建设投资集团有限公司|{q}城投"
).split(";"))  # fmt: skip
# Firms abroad: first words, lines of business, forms behind (or before, with a sign of it).
ABROAD = tuple(tuple(part.split(",") for part in line.split("|")) for line in (
    "Müller,Schäfer,Krüger,Böhm,Jäger,Vögele,Weiß,Hübner,Lindner,Gröning|"
    "Maschinenbau,Werkzeugtechnik,Antriebstechnik,Verpackungen|GmbH,AG,GmbH & Co. KG",
    "Lefèvre,Béranger,Duprés,Gérard,Château,Rhône,Besançon,Mérieux|Emballages,Mécanique,Agroalimentaire,Textiles|SARL,S.A.S.,SA",
    "Núñez,Peñalosa,Gómez,Cañón,Martínez,Ibáñez,Córdoba,Yáñez|Alimentos,Maquinaria,Textiles,Distribución|S.A. de C.V.,S.L.,S.A.",
    "Bianchi,Rinaldi,Forlì,Cattaneo,Perù,Bergamasco,Colombo,Niccolò|Ceramiche,Meccanica,Tessuti,Valvole|S.r.l.,S.p.A.",
    "Hargreaves,Whitcombe,Ashdown,Thornbury,Pemberton,Ellsworth,Brannigan,Carlisle|"
    "Engineering,Manufacturing,International,Foods,Holdings|Ltd.,LLC,Inc.,PLC,Corporation",
    "Lindqvist,Sørensen,Håkansson,Jørgensen,Åkerlund,Bjørn,Sjöberg|Maskin,Fisk,Møbler,Verktyg|AB,A/S,AS",
    "Tanaka,Yamashita,Kobayashi,Nishimura,Fujiwara,Okazaki|Seiki,Denki,Kogyo,Shoji|K.K.,Co. Ltd.",
    "Sinar,Cahaya,Maju,Bintang,Surya,Mitra|Tekstil,Logistik,Plastik,Makmur|<PT,<PT.,<CV",
    "Van den Berg,De Vries,Ter Horst,Van Dijk,Hoogland|Bloemen,Techniek,Transport,Zuivel|B.V.,N.V.",
    "Kowalczyk,Wiśniewski,Dąbrowski,Zieliński|Przemysł,Meble,Handel|Sp. z o.o.,S.A.",
))  # fmt: skip
SECOND = ("Nord", "Süd", "Alpina", "Delta", "Orion", "Marina", "Vega", "Polar", "Atlas", "Ceres", "Minerva", "Argo", "Lumen", "Petra",
          "Castor", "Ibis", "Kestrel", "Boreal", "Tesla", "Novara", "Helios", "Aurora", "Corvus", "Draco", "Fides")  # fmt: skip
ISLAND = ("臺北", "臺中", "高雄", "新竹", "桃園", "臺南")
# What they say on the island, and what it is called across the strait.
ISLAND_LINES = {"資訊": "信息技术", "軟體": "软件", "網路科技": "网络科技", "電腦": "计算机", "印表機耗材": "打印机耗材",
                "積體電路": "集成电路",
                "雷射科技": "激光科技", "塑膠工業": "塑料工业", "機械工業": "机械工业", "半導體": "半导体", "通訊": "通信",
                "影印設備": "复印设备"}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A county or a district with what stands above it."""

    province: str
    city: str
    name: str
    area: str


@dataclass(frozen=True)
class Office(Parts):
    """A customer as the register knows it; kind: company, shop, body, abroad or island."""

    at: Place = field(kw_only=True)


@cache
def places() -> list[Place]:
    """Counties, districts and towns of the country; without the shared folder only big cities."""
    if not PLACES.is_file():
        return [Place(city, city, f"{city}市", "0755") for city in CITIES]
    with PLACES.open(encoding="utf-8") as lines:
        found = [(row["province"], row["city"], row["county"], row["zipCode"]) for row in csv.DictReader(lines)]
    return [Place(short(one), short(two), three, f"0{int(code[:3]) % 600 + 310}") for one, two, three, code in found
            if code[:3].isdigit() and 3 <= len(three) <= 4 and three != two and short(three) != short(two)
            and three[-1] in "市县区" and two != "港澳台"]  # fmt: skip


PEOPLES = re.compile(
    "(?:维吾尔|蒙古|哈萨克|柯尔克孜|布依族|苗族|侗族|藏族|羌族|彝族|白族|傣族|景颇族|哈尼族|傈僳族|壮族|土家族|朝鲜族|回族)+(?=自治|$)"
)


def short(place: str) -> str:
    """杭州 for 杭州市, 内蒙古 for 内蒙古自治区."""
    place = PEOPLES.sub("", place)
    return re.sub(r"(自治区|特别行政区|自治州|地区|省|市|县|区)$", "", place) if len(place) > 2 else place


def person(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2))))


def landline(at: Place, chance: random.Random) -> str:
    return f"{at.area}-{chance.randrange(2, 9)}{chance.randrange(10**7):07d}"


def credit_code(chance: random.Random) -> str:
    """A unified social credit code with its check sign (GB 32100): the sixteen signs in its middle hold the older tax number."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    code = "91" + f"{chance.randrange(110000, 650000)}" + "".join(chance.choices(signs[:10], k=8)) + chance.choice(signs[:10] + "X")
    return code + signs[(31 - sum(signs.index(sign) * 3**at for at, sign in enumerate(code)) % 31) % 31]


def plain(text: str) -> str:
    """Letters without their accents."""
    text = text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("ł", "l")
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def domain(office: Office) -> str:
    """The mail domain of its own."""
    word = plain(office.brand) if office.kind == "abroad" else spell(office.brand)
    line = "".join(spell(sign)[:1] for sign in office.trade[:3])
    end = ".com" if office.kind == "abroad" else line + ".com.cn"
    return re.sub(r"[^a-z0-9]", "", word.lower())[:18] + end


def card(office: Office, chance: random.Random) -> dict[str, str]:
    """The row of it: its name, and some of its numbers."""
    row = {"name": office.name(), "short_name": "", "phone": "", "mobile": "", "email": "", "tax_no": ""}
    if chance.random() < 0.6:
        row["phone"] = landline(office.at, chance)
    if chance.random() < 0.6:
        row["mobile"] = mobile(chance)
    if office.kind in ("company", "abroad") and chance.random() < 0.4:
        row["email"] = f"{chance.choice(('info', 'sales', 'office', 'service'))}@{domain(office)}"
    elif chance.random() < 0.2:
        row["email"] = f"{spell(person(chance))}{chance.randrange(1000)}@{chance.choice(HOSTS)}".replace(" ", "")
    if office.kind == "company" and chance.random() < 0.4:
        row["tax_no"] = credit_code(chance)
    if office.kind == "company" and chance.random() < 0.2:
        row["short_name"] = office.brand
    return row


def _brands(chance: random.Random) -> list[str]:
    if NAMES.is_file():
        return [line for line in NAMES.read_text(encoding="utf-8").split() if 2 <= len(line) <= 4]
    return ["".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 4)))) for _number in range(20_000)]


def offices(chance: random.Random) -> Iterator[Office]:
    """Customers without end."""
    brands, known = _brands(chance), set()
    while True:
        made = chance.choice(MAKERS)(brands, chance)
        # A brand in a line of business is one customer, wherever it says it is; what is no brand needs its place.
        loose = made.kind in ("company", "abroad", "island")
        key = re.sub(r"\W", "", made.brand) + made.trade if loose else made.name()
        if key not in known:
            known.add(key)
            yield made


def _company(brands: list[str], chance: random.Random) -> Office:
    at = chance.choice(places())
    town = at.name if chance.random() < 0.1 else short(at.name) if at.name[-1] == "市" else at.city
    place, layout = chance.choice(((town, "pbtf"), (town, "pbtf"), (town + "市" if town == at.city else town, "pbtf"), (town, "bPtf"),
                                   (town, "btPf"), ("", "btf")))  # fmt: skip
    return Office("company", place, chance.choice(brands), chance.choice(list(LINES)), chance.choice(KINDS), layout, at=at)


def _shop(brands: list[str], chance: random.Random) -> Office:
    at = chance.choice(places())
    brand = chance.choice((f"老{chance.choice(SURNAMES)}", f"{chance.choice(SURNAMES)}记", person(chance), chance.choice(brands)))
    return Office("shop", at.name, brand, chance.choice(GOODS), chance.choice(STALLS), at=at)


def _body(_brands: list[str], chance: random.Random) -> Office:
    at = chance.choice(places())
    number = chance.choice("一二三四五六")
    in_full, called = chance.choice(BODIES)
    near = at.city + at.name if at.name[-1] == "区" else at.name
    return Office("body", near, in_full.format(p=near, q=short(at.name), n=number), trade=number, layout="b", at=at,
                  called=called.format(p=near, q=short(near), n=number))  # fmt: skip


def _abroad(_brands: list[str], chance: random.Random) -> Office:
    firsts, trades, forms = chance.choice(ABROAD)
    brand = chance.choice(firsts) + chance.choice((" & ", " ", " ", "-")) + chance.choice((*SECOND, *firsts))
    at = chance.choice(places())
    return Office("abroad", "", brand, chance.choice(trades), chance.choice(forms), at=at)


def _island(brands: list[str], chance: random.Random) -> Office:
    at, place = chance.choice(places()), chance.choice(("", "", *ISLAND))
    return Office("island", place, chance.choice(brands), chance.choice(list(ISLAND_LINES)), "股份有限公司", at=at)


MAKERS = (_company,) * 10 + (_shop,) * 3 + (_body,) * 3 + (_abroad,) * 3 + (_island,)
