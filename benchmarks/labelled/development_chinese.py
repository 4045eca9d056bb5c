"""Chinese names written once more, for the set the matcher is developed on (`development_set`)."""

# ruff: noqa: E501
from __future__ import annotations

import random
import re

from benchmarks.find import mobile
from benchmarks.labelled.customers import DISTRICT, ISLAND, PROVINCE, TRADES, Firm, firms, spelled
from benchmarks.labelled.development_rule import Rule, again, put, sound
from benchmarks.labelled.judging import Row
from benchmarks.labelled.offices import person, short
from crm_desktop.core.find.pinyin import simplified

LOOKS = dict(zip(  # signs taken for one another by the eye, the brush and wubi
    "己未土天大人日田今木千万王石力晶远辰宸晟盛睿容荣蓉铭茗洺炜玮伟韦泓弘宏鸿骏俊竣浚祺棋琪淇楷锴凯恺瑞端仑伦沦轮佳隹桂住钢纲刚岗清青情晴请博搏薄缚",
    "已末士夫太入曰由令本干方玉右刀品达展辰晨成睿谷容荣名茗洛炜伟玮玮泓弘宏鸿骏俊竣浚祺棋琪淇楷锴凯恺端瑞仑伦沦轮佳住桂佳纲钢岗刚清青情晴请搏博傅缚薄", strict=False))  # fmt: skip
TRADITIONAL = str.maketrans("电国业贸际进环医药供应链园绿冷链张达华东龙云飞广汇丰兴长实机开时万宝润银钢鑫门间类数联顺诚宁苏厂术网络设备资产讯软气动",
                            "電國業貿際進環醫藥供應鏈園綠冷鏈張達華東龍雲飛廣匯豐興長實機開時萬寶潤銀鋼鑫門間類數聯順誠寧蘇廠術網絡設備資產訊軟氣動")  # fmt: skip


# Chinese names: form, place, trade.
def form_other(f: Firm, row: Row, c: random.Random) -> Row | None:
    forms = (
        "",
        "公司",
        "有限责任公司",
        "股份有限公司",
        "有限公司",
        "(有限公司)",
        "有限公司。",
        "责任有限公司",
        "股份公司",
        "有限",
    )
    return again(row, f.name(form=c.choice([one for one in forms if one != f.form])), c) if f.kind == "company" else None


def place_none(f: Firm, row: Row, c: random.Random) -> Row | None:
    return again(row, f.name(place="", layout="btf"), c) if f.kind in ("company", "hongkong") and f.place else None


def place_more(f: Firm, row: Row, c: random.Random) -> Row | None:
    city = f.place.removesuffix("市")
    if f.kind != "company" or city not in PROVINCE or not f.county or f.county not in DISTRICT.get(city, ""):
        return None
    place = c.choice(
        (
            f"{PROVINCE[city]}省{city}市",
            f"{PROVINCE[city]}{city}",
            f"{city}市{f.county}",
            f"{PROVINCE[city]}省{city}市{f.county}",
            f"中国{city}",
        )
    )
    return again(row, f.name(place=place, layout="pbtf"), c)


def place_moved(f: Firm, row: Row, c: random.Random) -> Row | None:
    layout = c.choice([one for one in ("pbtf", "bPtf", "btPf") if one != f.layout])
    return (
        again(row, f.name(layout=layout).replace("（", c.choice("(（")).replace("）", c.choice(")）")), c)
        if f.place and f.kind in ("company", "hongkong")
        else None
    )


def place_behind(f: Firm, row: Row, c: random.Random) -> Row | None:
    """恒通电子-深圳, 恒通电子（深圳）, 恒通电子深圳."""
    if f.kind != "company" or not f.place:
        return None
    return again(
        row, c.choice(("{}-{}", "{}（{}）", "{} {}", "{}{}")).format(f.brand + TRADES[f.trade][0], f.place.removesuffix("市")), c
    )


def district_for_town(f: Firm, row: Row, c: random.Random) -> Row | None:
    city = f.place.removesuffix("市")
    if f.kind != "company" or city not in DISTRICT or f.county not in DISTRICT[city] or len(f.brand) < 3:
        return None
    return again(row, f.name(place=short(f.county), layout="pbtf"), c)


def said(f: Firm, row: Row, c: random.Random) -> Row | None:
    place = c.choice(("", f.place.removesuffix("市")))
    return again(row, place + f.brand + TRADES[f.trade][0], c) if f.kind == "company" else None


def brand_only(f: Firm, row: Row, c: random.Random) -> Row | None:
    return (
        again(row, c.choice(("", f.place.removesuffix("市"))) + f.brand, c) if f.kind == "company" and len(f.brand) > 2 else None
    )


def brand_form(f: Firm, row: Row, c: random.Random) -> Row | None:
    return (
        again(row, f.place + f.brand + c.choice(("公司", "有限公司")), c)
        if f.kind == "company" and len(f.brand) > 2 and f.layout == "pbtf"
        else None
    )


def trade_part(f: Firm, row: Row, c: random.Random) -> Row | None:
    """One of two words of the trade left out or added: 电子科技 - 科技."""
    if f.kind != "company":
        return None
    other = c.choice((f.trade[2:], f.trade[:2], f.trade[:-1], f.trade + "发展", "实业" + f.trade, f.trade + "服务"))
    return again(row, f.name(trade=other), c) if len(other) > 1 and (len(f.brand) > 2 or f.place) else None


def trade_near(f: Firm, row: Row, c: random.Random) -> Row | None:
    """科技 for 技术, 贸易 for 商贸: nobody remembers which."""
    pairs = (
        ("科技", "技术"),
        ("贸易", "商贸"),
        ("信息", "网络"),
        ("制品", "制造"),
        ("设备", "机械"),
        ("管理", "服务"),
        ("国际", "进出口"),
    )
    for one, two in pairs:
        if one in f.trade and f.kind == "company" and len(f.brand) > 2:
            return again(row, f.name(trade=f.trade.replace(one, two)), c)
    return None


# Slips.
def homophone(f: Firm, row: Row, c: random.Random) -> Row | None:
    if not f.chinese or len(f.brand + f.trade) < 4:
        return None
    at = c.randrange(len(f.brand))
    other = sound(f.brand[at], c)
    return again(row, f.name(brand=put(f.brand, at, other)), c) if other else None


def homophones(f: Firm, row: Row, c: random.Random) -> Row | None:
    """Two, one of them in the trade; the place left out or the form shortened."""
    if not f.chinese or len(f.brand) < 3 or f.kind != "company":
        return None
    at, to = c.randrange(len(f.brand)), c.randrange(len(f.trade))
    one, two = sound(f.brand[at], c), sound(f.trade[to], c)
    return (
        again(row, f.name(brand=put(f.brand, at, one), trade=put(f.trade, to, two), form=c.choice((f.form, ""))), c)
        if one and two
        else None
    )


def looks_like(f: Firm, row: Row, c: random.Random) -> Row | None:
    places = [at for at, sign in enumerate(f.brand) if LOOKS.get(sign, sign) != sign]
    if not f.chinese or not places or len(f.brand) < 3:
        return None
    at = c.choice(places)
    return again(row, f.name(brand=put(f.brand, at, LOOKS[f.brand[at]])), c)


def trade_slip(f: Firm, row: Row, c: random.Random) -> Row | None:
    """A sign of the trade is another one, of any shape."""
    if f.kind != "company" or len(f.trade) < 4:
        return None
    return again(row, f.name(trade=put(f.trade, c.randrange(len(f.trade)), c.choice("杭忮贺仪沟祝栽菱仞"))), c)


def sign_lost(f: Firm, row: Row, c: random.Random) -> Row | None:
    if not f.chinese or len(f.brand) < 3:
        return None
    at = c.randrange(len(f.brand))
    return again(row, f.name(brand=f.brand[:at] + f.brand[at + 1 :]), c)


def sign_more(f: Firm, row: Row, c: random.Random) -> Row | None:
    if not f.chinese or len(f.brand) < 3:
        return None
    at = c.randrange(1, len(f.brand))
    return again(row, f.name(brand=f.brand[:at] + c.choice((f.brand[at], c.choice("之的新华"))) + f.brand[at:]), c)


def turned(f: Firm, row: Row, c: random.Random) -> Row | None:
    text = f.brand + f.trade
    at = c.randrange(len(text) - 1)
    if not f.chinese or text[at] == text[at + 1]:
        return None
    text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return again(row, f.name(brand=text[: len(f.brand)], trade=text[len(f.brand) :]), c)


def split_sign(f: Firm, row: Row, c: random.Random) -> Row | None:
    parts = {"明": "日月", "利": "禾刂", "和": "禾口", "新": "亲斤", "汇": "氵匚", "科": "禾斗", "信": "亻言", "润": "氵闰", "阳": "阝日", "恒": "忄亘", "锐": "钅兑",
             "腾": "月券", "伟": "亻韦", "顺": "川页", "联": "耳关", "航": "舟亢", "康": "广隶", "锦": "钅帛", "辉": "光军", "融": "鬲虫", "铭": "钅名", "林": "木木",
             "佳": "亻圭", "创": "仓刂", "德": "彳惪", "鸿": "江鸟", "海": "氵每", "源": "氵原", "诚": "讠成", "旺": "日王"}  # fmt: skip
    found = [sign for sign in f.brand if sign in parts]
    return (
        again(row, f.name(brand=f.brand.replace(found[0], parts[found[0]], 1)), c)
        if found and f.chinese and len(f.brand) > 2
        else None
    )


def script(f: Firm, row: Row, c: random.Random) -> Row | None:
    name = (
        row["name"].translate(TRADITIONAL) if f.kind == "company" else "".join(simplified().get(one, one) for one in row["name"])
    )
    return again(row, name, c) if f.kind in ("company", "island", "hongkong", "farm") else None


def wide(f: Firm, row: Row, c: random.Random) -> Row | None:
    name = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in row["name"])
    return again(row, name.replace(" ", "\u3000"), c) if re.search("[A-Za-z]", row["name"]) else None


def spaces(f: Firm, row: Row, c: random.Random) -> Row | None:
    if f.kind not in ("company", "shop", "body"):
        return None
    name = (
        c.choice((" ".join, "\u3000".join))((f.place, f.brand, f.trade, f.form))
        if f.kind == "company"
        else "\u00a0" + row["name"][:3] + "\u200b " + row["name"][3:]
    )
    return again(row, name, c)


# Letters for signs.
def pinyin_all(f: Firm, row: Row, c: random.Random) -> Row | None:
    if f.kind != "company" or not f.chinese:
        return None
    parts = [spelled(part, c.choice(("", " "))) for part in (f.place.removesuffix("市"), f.brand, f.trade) if part]
    return again(row, c.choice((str, str.upper))(" ".join(parts)) + c.choice((" Youxian Gongsi", " Co., Ltd.", "")), c)


def english_name(f: Firm, row: Row, c: random.Random) -> Row | None:
    if f.kind != "company" or not f.chinese or not f.place or len(f.brand) < 2 or f.place[-1] == "县":
        return None
    town, brand, trade = (
        spelled(f.place.removesuffix("市")),
        c.choice((spelled(f.brand), spelled(f.brand, " "))),
        TRADES[f.trade][1],
    )
    shape = c.choice(
        ("{t} {b} {e} Co., Ltd.", "{t} {b} {e} Co.,Ltd", "{b} ({t}) {e} Co., Ltd.", "{t} {b} {e} Limited", "{t} {b} {e}")
    )
    return again(row, c.choice((str, str, str.upper))(shape.format(t=town, b=brand, e=trade)), c)


def english_brand(f: Firm, row: Row, c: random.Random) -> Row | None:
    if f.kind != "company" or not f.chinese or len(f.brand) < 3:
        return None
    trade = TRADES[f.trade][1]
    return again(
        row,
        f"{spelled(f.brand)} {c.choice((trade, trade.split()[0], 'Technology', 'Group'))} {c.choice(('Co., Ltd.', 'Ltd', ''))}".strip(),
        c,
    )


def pinyin_brand(f: Firm, row: Row, c: random.Random) -> Row | None:
    return (
        again(row, f.name(brand=c.choice((spelled(f.brand), spelled(f.brand).upper()))), c)
        if f.kind == "company" and f.chinese
        else None
    )


def both(f: Firm, row: Row, c: random.Random) -> Row | None:
    english = (
        f"{spelled(f.brand)} {TRADES[f.trade][1]} Co., Ltd."
        if f.kind == "company"
        else f"{spelled(f.brand)} {f.called} Co., Ltd."
    )
    shape = c.choice(("{n} {e}", "{e} {n}", "{n}({e})", "{e}（{n}）", "{n}/{e}", "{n}\n{e}"))
    return again(row, shape.format(n=row["name"], e=english), c) if f.kind in ("company", "island") and f.chinese else None


# What else is in the cell.
def alias_beside(f: Firm, row: Row, c: random.Random) -> Row | None:
    shape = c.choice(("{n}（{b}）", "{n}(简称{b})", "{n}（简称：{b}）", "{b}（{n}）", "{b}-{n}", "{n}【{b}】", "{b}/{n}"))
    return again(row, shape.format(n=row["name"], b=f.brand), c) if f.kind == "company" and f.chinese else None


def former_beside(f: Firm, row: Row, c: random.Random) -> Row | None:
    old = next(one for one in firms(c, "company"))
    shape = c.choice(
        (
            "{n}（原{o}）",
            "{n}(曾用名:{o})",
            "{n}（原名：{o}）",
            "{n}（更名前：{o}）",
            "{n}，原{o}",
            "{n}（前称{o}）",
            "{n}（现{o}）",
            "{n}（已更名为{o}）",
        )
    )
    if f.kind != "company":
        return None
    row["name"], old_name = row["name"], old.name()
    return again(row, shape.format(n=old_name, o=row["name"]), c)


def who_beside(f: Firm, row: Row, c: random.Random) -> Row | None:
    who = person(c)
    shape = c.choice(
        (
            "{n} {w}",
            "{n}-{w}",
            "{n}（{w}）",
            "{w} {n}",
            "{n}{s}总",
            "{n} 联系人：{w}",
            "{n}({s}经理)",
            "{n} 采购 {w}",
            "{n}/{s}小姐",
            "{n}，{w}",
            "{n}:{w}",
        )
    )
    return again(row, shape.format(n=row["name"], w=who, s=who[0]), c) if f.kind in ("company", "island") else None


def number_beside(f: Firm, row: Row, c: random.Random) -> Row | None:
    shape = c.choice(("{n}{m}", "{n} {m}", "{n}（{m}）", "{m} {n}", "{n} 电话：{m}", "{n} Tel: {m}", "{n}/{m}"))
    return again(row, shape.format(n=row["name"], m=mobile(c)), c) if f.kind not in ("english", "abroad", "person") else None


def remark_beside(f: Firm, row: Row, c: random.Random) -> Row | None:
    shape = c.choice(("{}（新）", "{}(旧)", "{}-已合作", "【重点】{}", "{}（已停产）", "*{}*", "1. {}", "#{}", "{}（2023）", "{} 待跟进", "{}（月结）", "{}（含税）", "A-{}", "{}（总部）",
                      "{}（黑名单）", "{}#", "（大客户）{}", "{}(供应商)", "{}（转介绍）", "[VIP]{}"))  # fmt: skip
    return again(row, shape.format(row["name"]), c) if f.kind in ("company", "shop", "body") else None


def department(f: Firm, row: Row, c: random.Random) -> Row | None:
    shape = c.choice(("{}采购部", "{} 财务部", "{}（技术部）", "{}-仓库", "{}总经理办公室", "{}工程部李工", "{}-行政"))
    return again(row, shape.format(row["name"]), c) if f.kind == "company" else None


def cut(f: Firm, row: Row, c: random.Random) -> Row | None:
    return (
        again(row, row["name"][: -c.choice((1, 2, 3, 4, 5))], c)
        if f.kind == "company" and len(f.form) > 3 and "（" not in f.form
        else None
    )


def doubled(f: Firm, row: Row, c: random.Random) -> Row | None:
    return again(row, row["name"] + c.choice(("", " ", "/", ";")) + row["name"], c) if f.kind in ("company", "english") else None


# Of other kinds.
def body_said(f: Firm, row: Row, c: random.Random) -> Row | None:
    return again(row, f.called, c) if f.kind == "body" else None


def lawyers_said(f: Firm, row: Row, c: random.Random) -> Row | None:
    shape = c.choice(("{p}市{b}{t}", "{b}{t}", "{b}（{p}）{t}", "{p}{b}{s}", "{b}{t}{p}", "{p}{b}{t}（特殊普通合伙）", "{b}{s}"))
    s = {"律": "律所", "会": "会计所", "税": "税所"}[f.trade[:1]] if f.kind == "lawyers" else ""
    return again(row, shape.format(p=f.place, b=f.brand, t=f.trade, s=s), c) if f.kind == "lawyers" else None


def farm_said(f: Firm, row: Row, c: random.Random) -> Row | None:
    shape = c.choice(("{b}{t}合作社", "{p}{b}{t}专业合作社", "{p}{b}合作社", "{p}{b}{t}", "{b}{t}农民专业合作社"))
    return again(row, shape.format(p=f.place, b=f.brand, t=f.trade), c) if f.kind == "farm" and f.form[-1] == "社" else None


def shop_said(f: Firm, row: Row, c: random.Random) -> Row | None:
    shape = c.choice(("{b}{t}", "{p}{b}{t}（个体工商户）", "{q}{b}{t}", "{p} {b}{t}", "{p}{b}{t}（{w}）"))
    return (
        again(row, shape.format(p=f.place, q=short(f.place), b=f.brand, t=f.trade, w=person(c)), c) if f.kind == "shop" else None
    )


def island_written(f: Firm, row: Row, c: random.Random) -> Row | None:
    said_ = next((one[1] for one in ISLAND if one[0] == f.trade), "")
    shape = c.choice(
        (
            "{b}{t}(股)公司",
            "{b}{t}（股）公司",
            "{b}{t}",
            "{b}{s}",
            "台灣{b}{t}股份有限公司",
            "{b}{t}股份有限公司台北分公司",
            "{b}{t}公司",
            "{b}{t}股份有限公司(總公司)",
            "{b}{t}(有)公司",
        )
    )
    name = shape.format(b=f.brand, t=f.trade, s=said_)
    return again(row, name, c) if f.kind == "island" and f.form[-2:] == "公司" and "分公司" not in name else None


def island_english(f: Firm, row: Row, c: random.Random) -> Row | None:
    return again(row, f"{spelled(f.brand)} {f.called} Co., Ltd.", c) if f.kind == "island" else None


def japan_written(f: Firm, row: Row, c: random.Random) -> Row | None:
    shapes = [
        one
        for one in ("株式会社{}", "{}株式会社", "(株){}", "㈱{}", "{}", "{}（株）", "株式會社{}")
        if one.format(f.brand + f.trade) != row["name"]
    ]
    return again(row, c.choice(shapes).format(f.brand + f.trade), c) if f.kind == "japan" else None


def person_written(f: Firm, row: Row, c: random.Random) -> Row | None:
    n = row["mobile"] = mobile(c)
    name = c.choice((f"{f.brand}先生", f"{f.brand[0]}总", spelled(f.brand[0]) + " " + spelled(f.brand[1:]), f"{f.brand}（个人）"))
    return again(row, name, c, mobile=f"{n[:3]} {n[3:7]} {n[7:]}") if f.kind == "person" else None


RULES: tuple[Rule, ...] = (
    form_other,
    place_none,
    place_more,
    place_moved,
    place_behind,
    district_for_town,
    said,
    brand_only,
    brand_form,
    trade_part,
    trade_near,
    homophone,
    homophones,
    looks_like,
    trade_slip,
    sign_lost,
    sign_more,
    turned,
    split_sign,
    script,
    wide,
    spaces,
    pinyin_all,
    english_name,
    english_brand,
    pinyin_brand,
    both,
    alias_beside,
    former_beside,
    who_beside,
    number_beside,
    remark_beside,
    department,
    cut,
    doubled,
    body_said,
    lawyers_said,
    farm_said,
    shop_said,
    island_written,
    island_english,
    japan_written,
    person_written,
)
