"""How two colleagues write down one customer: from its card, from the telephone, from an old list, from a fair, from a tax invoice.

Each rule gives both lines. A sales assistant who reads them would keep one: because the name leaves no doubt, or because what is
doubtful about it has a number, a mailbox, a domain or a tax number beside it that only one customer has.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import cache

from benchmarks.labelled.judging import Row
from benchmarks.labelled.registered import Organisation, Register, brands
from benchmarks.labelled.yellow_pages import CITIES
from crm_desktop.core.find.pinyin import readings

Pair = tuple[Row, Row]
Rule = Callable[[Register], Pair | None]  # None: there are no more such customers

# Signs as they are written on the other side of the strait, signs a scanner takes for others, sounds one takes for others.
TRADITIONAL = {pair[0]: pair[1] for pair in (
    "国國 际際 机機 电電 设設 备備 进進 术術 医醫 疗療 业業 纸紙 务務 会會 货貨 运運 车車 门門 卫衛 镜鏡 处處 缆纜 轴軸 紧緊 "
    "涂塗 妆妝 饮飲 饲飼 产產 种種 宝寶 传傳 检檢 网網 络絡 软軟 钢鋼 结結 构構 装裝 饰飾 东東 华華 广廣 龙龍 凤鳳 万萬 长長 "
    "张張 陈陳 刘劉 杨楊 贵貴 宁寧 苏蘇 无無 锡錫 乐樂 发發 丰豐 达達 财財 兴興 亿億 联聯 飞飛 图圖 书書 银銀 颐頤 馆館 维維 "
    "丽麗 亚亞 伟偉 创創 优優 双雙 鸿鴻 庆慶 爱愛 儿兒 梦夢 园園 圣聖 罗羅 马馬 鸟鳥 鱼魚 麦麥 兰蘭 叶葉 莱萊 钻鑽 蓝藍 绿綠 "
    "红紅 润潤 泽澤 铁鐵 铝鋁 锦錦 济濟 汉漢 阳陽 韩韓 厦廈 泸瀘 荣榮 师師 艺藝 风風 云雲 飘飄 顺順 项項 顾顧 头頭 饺餃 饼餅 "
    "农農 资資 动動"
).split()}  # fmt: skip
ALIKE = {pair[0]: pair[1] for pair in (
    "未末 己已 千干 人入 士土 天夫 王玉 木术 大太 日曰 贝见 乌鸟 风凤 兔免 侯候 晴睛 清请 科料 折拆 徽微 治冶 享亨 亨享 今令 "
    "金全 名各 青责 白自 田由 申甲 米来 良艮 杨扬 朗郎 锐税 铭铬 泰秦 奏秦 洛络 宜宣 宇字 宁宇 博搏 优忧 佳住 住佳 众从 万方 "
    "力刀 丰羊 圣至"
).split()}  # fmt: skip
NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"), ("l", "n"), ("n", "l"), ("h", "f"), ("f", "h"),
        ("in", "ing"), ("en", "eng"), ("an", "ang"), ("z", "zh"), ("c", "ch"), ("s", "sh"))  # fmt: skip


def row(name: str, short_name: str = "", phone: str = "", mobile: str = "", email: str = "", tax_no: str = "") -> Row:
    return {"name": name, "short_name": short_name, "phone": phone, "mobile": mobile, "email": email, "tax_no": tax_no}


def two(
    one: Organisation, chance: random.Random, first: str, second: str, ways: str = "phone mobile host box code", **more: str
) -> Pair:
    """Two lines by colleagues who talk to different people there; one of `ways` is common to both lines, nothing when there are none."""
    talks, other = one.people[0], one.people[1]

    def some(share: float, value: str) -> str:
        return value if chance.random() < share else ""

    filed = row(first, "", some(0.6, one.line()), some(0.6, talks.mobile), some(0.5, talks.mailbox))
    filed["tax_no"] = some(0.3, one.code) if one.kind == "company" else ""
    again = row(second, "", some(0.3, one.line(chance.randrange(1, 9))), some(0.6, other.mobile))
    again["email"] = some(0.3, other.mailbox) if not one.domain else ""
    able = [way for way in ways.split() if (way != "host" or one.domain) and (way != "code" or one.kind == "company")]
    way = chance.choice(able) if able else ""
    if way == "phone":
        filed["phone"], again["phone"] = one.line(), written(one, chance)
    elif way == "mobile":
        filed["mobile"], again["mobile"] = talks.mobile, talks.mobile
    elif way == "box":
        filed["email"], again["email"] = talks.mailbox, talks.mailbox if chance.random() < 0.7 else talks.mailbox.title()
    elif way == "host":
        there = chance.choice((other.mailbox, f"info@{one.domain}", f"sales@{one.domain}"))
        filed["email"], again["email"] = talks.mailbox, there
    elif way == "code":
        filed["tax_no"], again["tax_no"] = one.code, one.code
    return filed, again | more


def written(one: Organisation, chance: random.Random, odd: bool = False) -> str:
    """The switchboard as one of many write it."""
    if one.kind == "abroad":
        at, number = one.phone[:3], one.phone[3:]
        abroad = (
            f"00{one.land} {at} {number}",
            f"+{one.land} (0){at} {number}",
            f"0{at}/{number}",
            f"(0{at}) {number[:2]} {number[2:]}",
        )
        return chance.choice(abroad)
    area, number = CITIES[one.city][1], one.phone
    ways = (f"{area}-{number}", f"{area}-{number}", f"({area}){number}", f"{area}{number}", f"{area} {number[:4]} {number[4:]}")
    if odd:
        ways = (f"+86-{area[1:]}-{number}", f"0086 {area[1:]} {number[:4]} {number[4:]}", f"（{area}）{number}", number,
                f"{area}.{number[:4]}.{number[4:]}", f"{area}/{number}", f"{area}－{number}", f"86{area[1:]}{number}",
                f"{area[1:]}{number}")  # fmt: skip
    return chance.choice(ways)


def bare(one: Organisation, **other: str) -> str:
    """The name without its city."""
    return one.name("btf", **other)


@cache
def _sounds() -> dict[str, str]:
    """Sound → the signs people name companies with that sound so, the commonest first."""
    found: dict[str, str] = {}
    for sign, count in Counter("".join(brands())).most_common():
        if count > 11 and readings(sign):
            found[readings(sign)[0]] = found.get(readings(sign)[0], "") + sign
    return found


def slip(text: str, chance: random.Random, near: bool = False) -> str:
    """One sign typed wrong: another of its sound or, `near`, of a sound hardly told from it on the telephone."""
    for at in chance.sample(range(len(text)), len(text)):
        sound = next(iter(readings(text[at])), "")
        heard = [sound[: -len(a)] + b if a[0] in "iea" else b + sound[len(a) :] for a, b in NEAR
                 if (sound.endswith(a) if a[0] in "iea" else sound.startswith(a))]  # fmt: skip
        for said in chance.sample(heard, len(heard)) if near else [sound]:
            others = _sounds().get(said, "").replace(text[at], "")[:4]
            if others:
                return text[:at] + chance.choice(others) + text[at + 1 :]
    return ""


def slipped(register: Register, near: bool = False) -> tuple[Organisation, str]:
    while True:
        one = register.company()
        wrong = slip(one.brand, register.chance, near)
        if wrong:
            return one, wrong
