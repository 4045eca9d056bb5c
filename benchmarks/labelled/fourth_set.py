"""Duplicates told by a fourth labelled set: shops, public bodies and firms abroad, two slips at once, numbers that many share.

    python -m benchmarks.labelled.fourth_set [--companies 20000] [--seed 41]

Written without a look at the matcher, which was mended on it afterwards: `fifth_set` judges it since. The customers
are of other kinds than in the first three sets (`offices`), they have telephones, mailboxes and credit codes, and what is written
once more has mostly other ones. A pair is a twin when a salesperson who sees both lines would keep one of them, a stranger when he
would keep both: branches behind one hotline, a group behind one switchboard, a parent and what it owns, numbers typed because the
field must not be empty. What it was when it was first met stands in docs/figures.md.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.duplicates import Set, judge  # noqa: E402, I001
from benchmarks.find import SURNAMES, mobile  # noqa: E402
from benchmarks.labelled.judging import Row, scanned  # noqa: E402
from benchmarks.labelled.offices import BODIES, GOODS, ISLAND_LINES, LINES, SECOND, Office, card, credit_code, domain  # noqa: E402
from benchmarks.labelled.offices import landline, offices, person, places, plain, short  # noqa: E402
from crm_desktop.core.find.pinyin import characters, readings, simplified, spell  # noqa: E402

Rule = Callable[[Office, Row, random.Random], Row | None]

# What a scanner leaves of a sign, and what it makes of a wide one.
WORN = dict(zip(
    "锦铭鸿浩清江波洪沃淮润涛源泽海湖诚诺谊凯铠锐钧锋铁钢铜银佳伟佰仁信任依枫林桥柏松桦恒悦怡恺琪珠瑞玛珂煌炜烨",
    "帛名鸟告青工皮共夭隹闰寿原译每胡成若宜岂岂兑匀夆失冈同艮圭韦百二言壬衣风木乔白公华亘兑台岂其朱耑马可皇韦华", strict=True,
))  # fmt: skip
SPLIT = {"明": "日月", "林": "木木", "好": "女子", "朋": "月月", "锦": "金帛", "铭": "金名", "鸿": "江鸟", "钟": "金中", "晴": "日青",
         "旺": "日王", "相": "木目", "利": "禾刂", "加": "力口", "和": "禾口", "科": "禾斗", "新": "亲斤", "维": "纟隹", "汇": "氵匚",
         "时": "日寸", "杜": "木土", "知": "矢口", "妙": "女少", "琳": "王林", "鲜": "鱼羊", "始": "女台", "歌": "哥欠"}  # fmt: skip
# How syllables sound in the south: what is said is typed.
SOUTHERN = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("l", "n"), ("z", "zh"), ("c", "ch"), ("s", "sh"), ("hu", "fu"),
            ("ang$", "an"), ("eng$", "en"), ("ing$", "in"), ("an$", "ang"), ("en$", "eng"), ("in$", "ing"))  # fmt: skip
WORDS_SHORT = {"Engineering": "Eng.", "Manufacturing": "Mfg.", "International": "Int'l", "Holdings": "Hldgs", "Corporation": "Corp.",
               "Maschinenbau": "Masch.bau", "Distribución": "Distrib.", "Transport": "Transp."}  # fmt: skip
# Typed because the field must not be empty.
NO_NUMBERS = ("13800138000", "13888888888", "00000000", "88888888", "12345678", "13800000000", "11111111111")


def again(row: Row, name: str, chance: random.Random, **kept: str) -> Row | None:
    """The customer written once more, by somebody who knows another telephone of it, or none."""
    if not name or name == row["name"]:
        return None
    number = mobile(chance) if chance.random() < 0.7 else ""
    return {"name": name, "short_name": "", "phone": "", "mobile": number, "email": "", "tax_no": ""} | kept


def _sound(sign: str, chance: random.Random, near: bool = False) -> str:
    """Another sign of the same sound, or of a near one."""
    for sound in readings(sign)[:1]:
        sounds = [re.sub("^" + one if one[-1] != "$" else one, other, sound) for one, other in SOUTHERN] if near else [sound]
        found = [one for other in sounds if other != sound or not near for one in characters(other, 6) if one != sign]
        return chance.choice(found) if found else ""
    return ""


def _slip(text: str, chance: random.Random, near: bool = False) -> str:
    at = chance.randrange(len(text))
    other = _sound(text[at], chance, near)
    return text[:at] + other + text[at + 1 :] if other else ""


def _simple(text: str) -> str:
    return "".join(simplified().get(sign, sign) for sign in text)


# Twins. Two slips at once.


def slip_and_form(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Another sign of the same sound, and the legal form as it is said."""
    brand = _slip(office.brand, chance) if office.kind == "company" else ""
    return again(row, office.name(brand=brand, form=chance.choice(("", "公司"))), chance) if brand else None


def slip_and_place(office: Office, row: Row, chance: random.Random) -> Row | None:
    brand = _slip(office.brand, chance) if office.kind == "company" and len(office.brand) > 2 and office.place else ""
    return again(row, office.name(brand=brand, place=""), chance) if brand else None


def southern(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Written as it was heard from somebody of the south."""
    brand = _slip(office.brand, chance, near=True) if office.kind == "company" and len(office.brand) > 2 else ""
    return again(row, office.name(brand=brand), chance) if brand else None


def letters_left(office: Office, row: Row, chance: random.Random) -> Row | None:
    """The input method was off while the brand was typed."""
    return again(row, office.name(brand=spell(office.brand).replace(" ", "")), chance) if office.kind == "company" else None


def worn(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Read by a scanner: a part of a sign is lost."""
    found = [sign for sign in office.brand if sign in WORN]
    if office.kind != "company" or not found or len(office.brand) < 3:
        return None
    return again(row, office.name(brand=office.brand.replace(found[0], WORN[found[0]], 1)), chance)


def split(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Read by a scanner: a wide sign became two."""
    found = [sign for sign in office.brand if sign in SPLIT]
    if office.kind != "company" or not found:
        return None
    return again(row, office.name(brand=office.brand.replace(found[0], SPLIT[found[0]], 1)), chance)


# Twins. Another side of the card, another place on the map.


def _english(office: Office) -> str:
    return "".join(spell(sign).strip() for sign in office.brand).capitalize()


def english_card(office: Office, row: Row, chance: random.Random) -> Row | None:
    if office.kind != "company" or not office.place or not re.fullmatch("[一-鿿]+", office.brand):
        return None
    town = spell(short(office.place)).replace(" ", "").capitalize()
    return again(row, f"{town} {_english(office)} {LINES[office.trade][1]} Co., Ltd.", chance)


def english_bill(office: Office, row: Row, chance: random.Random) -> Row | None:
    """As on a bill of lading: capitals, the town in brackets, no form."""
    if office.kind != "company" or not office.place or not re.fullmatch("[一-鿿]{3,}", office.brand):
        return None
    town = spell(short(office.place)).replace(" ", "")
    return again(row, f"{_english(office)} ({town}) {LINES[office.trade][1]}".upper(), chance)


def said(office: Office, row: Row, chance: random.Random) -> Row | None:
    """As it is called on the telephone."""
    return again(row, office.brand + LINES[office.trade][0], chance) if office.kind == "company" and len(office.brand) > 2 else None


def bracket_moved(office: Office, row: Row, chance: random.Random) -> Row | None:
    if office.kind != "company" or not office.place:
        return None
    other = chance.choice([one for one in ("pbtf", "bPtf", "btPf") if one != office.layout])
    return again(row, office.name(layout=other).replace("（", "("), chance)


def district_said(office: Office, row: Row, chance: random.Random) -> Row | None:
    """The part of town stands where the town stood."""
    if office.kind != "company" or office.place != office.at.city or len(office.brand) < 3:
        return None
    return again(row, office.name(layout="pbtf", place=short(office.at.name)), chance)


def whole_map(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Province, city and county before the name."""
    if office.kind != "company" or office.layout != "pbtf" or office.place == office.at.city + "市":
        return None
    county = office.at.name if short(office.at.name) == short(office.place) else ""
    return again(row, office.name(place=f"{office.at.province}{office.at.city}市{county}"), chance)


def across_the_strait(office: Office, row: Row, chance: random.Random) -> Row | None:
    """The other script, and the other words for the trade."""
    if office.kind != "island":
        return None
    return again(row, _simple(office.place).replace("臺", "台") + office.brand + ISLAND_LINES[office.trade] + "股份有限公司", chance)


def body_called(office: Office, row: Row, chance: random.Random) -> Row | None:
    """A public body as everybody writes it."""
    return again(row, office.called, chance) if office.kind == "body" else None


# Twins. What else is put into the cell.


def person_beside(office: Office, row: Row, chance: random.Random) -> Row | None:
    who = person(chance)
    shapes = ("{who}-{name}", "{name}/{who}", "{name}{family}经理", "{name} {family}总", "{name}（{who}）", "{name}+{who}")
    name = chance.choice(shapes).format(who=who, name=row["name"], family=who[0])
    return again(row, name, chance) if office.kind in ("company", "shop") else None


def marks_beside(office: Office, row: Row, chance: random.Random) -> Row | None:
    shapes = ("★{}", "12、{}", "【A】{}", "'{}", "{}；", "●{}", "{}*", "3.{}", "新-{}")
    return again(row, chance.choice(shapes).format(row["name"]), chance) if office.kind in ("company", "shop", "body") else None


def number_beside(office: Office, row: Row, chance: random.Random) -> Row | None:
    shapes = ("{} {}", "{} TEL:{}", "{}（{}）", "{}电话{}")
    return again(row, chance.choice(shapes).format(row["name"], mobile(chance)), chance) if office.kind != "abroad" else None


def pasted_twice(office: Office, row: Row, chance: random.Random) -> Row | None:
    name = row["name"] + chance.choice(("", " ", "\u3000")) + row["name"]
    return again(row, name, chance) if office.kind in ("company", "body") else None


# Twins. A number tells it.


def shop_grown(office: Office, row: Row, chance: random.Random) -> Row | None:
    """The shop became a company; its owner keeps his mobile."""
    if office.kind != "shop":
        return None
    row["mobile"] = mobile(chance)
    return again(row, f"{office.at.city}{office.brand}{office.trade}有限公司", chance, mobile=row["mobile"])


def shop_called(office: Office, row: Row, chance: random.Random) -> Row | None:
    if office.kind != "shop" or len(office.brand) < 2:
        return None
    row["mobile"] = mobile(chance)
    return again(row, office.brand + office.trade, chance, phone=row["mobile"], mobile="")


def moved_city(office: Office, row: Row, chance: random.Random) -> Row | None:
    """The seat went to another town and the name with it; the buyer is the same."""
    if office.kind != "company" or office.layout != "pbtf":
        return None
    row["mobile"] = mobile(chance)
    return again(row, office.name(place=chance.choice(places()).city), chance, mobile=row["mobile"], phone=landline(office.at, chance))


def renamed(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Another name altogether under the same credit code, written in groups."""
    if office.kind != "company":
        return None
    row["tax_no"] = credit_code(chance)
    code = row["tax_no"]
    kept = chance.choice((code.lower(), f"{code[:2]} {code[2:8]} {code[8:17]} {code[17]}", f" {code}"))
    other = next(one for one in offices(chance) if one.kind == "company")
    return again(row, other.name(), chance, tax_no=kept)


def older_tax_number(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Before 2015 the tax number was what now stands in the middle of the code; the company does more now than then."""
    if office.kind != "company":
        return None
    row["tax_no"] = credit_code(chance)
    trade = chance.choice([one for one in LINES if one != office.trade])
    return again(row, office.name(trade=trade, form="有限公司"), chance, tax_no=row["tax_no"][2:17])


def extension(office: Office, row: Row, chance: random.Random) -> Row | None:
    """The same switchboard with an extension, and the name as it is said."""
    if office.kind != "company":
        return None
    row["phone"] = landline(office.at, chance)
    number = chance.choice(("{}-{}", "{}转{}", "{} ext. {}", "{}*{}")).format(row["phone"], chance.randrange(100, 9000))
    return again(row, office.brand + LINES[office.trade][0], chance, phone=number)


def two_numbers(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Two numbers in one cell, one of which is known of it elsewhere."""
    if office.kind not in ("company", "shop"):
        return None
    first, second = landline(office.at, chance), landline(office.at, chance)
    row["phone"] = f"{first}{chance.choice('/、,;')}{second.split('-')[1]}"
    return again(row, office.brand, chance, phone=second)


def no_area_code(office: Office, row: Row, chance: random.Random) -> Row | None:
    if office.kind != "company":
        return None
    row["phone"] = landline(office.at, chance)
    return again(row, office.brand + office.trade, chance, phone=row["phone"].split("-")[1])


def own_domain(office: Office, row: Row, chance: random.Random) -> Row | None:
    """A colleague's mailbox in the same domain, and only the brand."""
    if office.kind not in ("company", "abroad") or len(domain(office)) < 12:
        return None
    row["email"] = f"info@{domain(office)}"
    return again(row, office.brand, chance, email=f"{spell(person(chance)).replace(' ', '.')}@{domain(office)}")


# Twins. Firms abroad.


def form_first(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Sorted by its first word: what stood before it stands behind a comma."""
    if office.kind != "abroad":
        return None
    form = office.form.removeprefix("<")
    behind = f"{office.brand} {office.trade}, {form}" if office.form.startswith("<") else f"{form} {office.brand} {office.trade}"
    return again(row, behind, chance)


def other_sign_for_and(office: Office, row: Row, chance: random.Random) -> Row | None:
    if office.kind != "abroad" or " & " not in office.brand:
        return None
    return again(row, office.name(brand=office.brand.replace(" & ", chance.choice((" and ", " + ", "&", " und ")))), chance)


def without_accents(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Capitals without accents and without a form, as a customs form has it."""
    if office.kind != "abroad" or plain(row["name"]) == row["name"]:
        return None
    return again(row, plain(f"{office.brand} {office.trade}").upper(), chance)


def word_cut(office: Office, row: Row, chance: random.Random) -> Row | None:
    if office.kind != "abroad" or not {office.trade, office.form} & WORDS_SHORT.keys():
        return None
    name = row["name"]
    for long, cut in WORDS_SHORT.items():
        name = name.replace(long, cut)
    return again(row, name, chance)


def trading_as(office: Office, row: Row, chance: random.Random) -> Row | None:
    """The company's name and the name over its door."""
    if office.kind != "abroad":
        return None
    door = f"{chance.choice(SECOND)} {office.brand.split()[0]} {office.trade}"
    row["name"] = f"{office.name()} {chance.choice(('dba', 't/a', 'trading as', 'd/b/a'))} {door}"
    return again(row, door, chance)


TWINS: tuple[Rule, ...] = (
    slip_and_form, slip_and_place, southern, letters_left, worn, split, english_card, english_bill, said, bracket_moved, district_said,
    whole_map, across_the_strait, body_called, person_beside, marks_beside, number_beside, pasted_twice, shop_grown, shop_called,
    moved_city, renamed, older_tax_number, extension, two_numbers, no_area_code, own_domain, form_first, other_sign_for_and,
    without_accents, word_cut, trading_as,
)  # fmt: skip


# Strangers: (firm, its row) -> somebody else's row.


def _other(name: str, chance: random.Random, **kept: str) -> Row:
    return {"name": name, "short_name": "", "phone": "", "mobile": mobile(chance), "email": "", "tax_no": ""} | kept


def _other_place(office: Office, chance: random.Random) -> str:
    return chance.choice([one for one in places() if one.city != office.at.city]).city


def branches_of_a_hotline(office: Office, row: Row, chance: random.Random) -> Row | None:
    if office.kind != "company":
        return None
    row["phone"] = f"400-{chance.randrange(600, 900)}-{chance.randrange(10**4):04d}"
    row["name"] = office.name(layout="btf") + office.at.city + "分公司"
    return _other(office.name(layout="btf") + _other_place(office, chance) + "分公司", chance, phone=row["phone"])


def one_call_centre(office: Office, row: Row, chance: random.Random) -> Row | None:
    row["phone"] = f"400{chance.randrange(6000000, 9000000)}"
    return _other(next(offices(chance)).name(), chance, phone=row["phone"])


def one_switchboard(office: Office, row: Row, chance: random.Random) -> Row | None:
    """A group and a member of it in one house."""
    if office.kind != "company":
        return None
    row["phone"] = landline(office.at, chance)
    row["name"] = office.name(trade="", form="集团有限公司")
    return _other(office.name(), chance, phone=row["phone"])


def one_tower(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Tenants behind the same number, each with its extension."""
    board = landline(office.at, chance)
    row["phone"] = f"{board}-{chance.randrange(100, 500)}"
    return _other(next(offices(chance)).name(), chance, phone=f"{board}-{chance.randrange(500, 900)}")


def parent_and_child(office: Office, row: Row, chance: random.Random) -> Row | None:
    """One mail domain, two companies."""
    if office.kind != "company":
        return None
    row["name"], row["email"] = office.name(trade="", form="控股集团股份有限公司"), f"office@{domain(office)}"
    child = office.name(layout="btPf", place=_other_place(office, chance))
    return _other(child, chance, email=f"hr@{domain(office)}")


def selling_company(office: Office, row: Row, chance: random.Random) -> Row | None:
    """What sells for the works is a company of its own, with a code of its own."""
    if office.kind != "company":
        return None
    row["tax_no"] = credit_code(chance)
    return _other(office.name(form="销售" + office.form), chance, tax_no=credit_code(chance))


def other_code(office: Office, row: Row, chance: random.Random) -> Row | None:
    """They sound the same, and each has its code."""
    brand = _slip(office.brand, chance) if office.kind == "company" else ""
    row["tax_no"] = credit_code(chance)
    return _other(office.name(brand=brand), chance, tax_no=credit_code(chance)) if brand else None


def joint_venture(office: Office, row: Row, chance: random.Random) -> Row | None:
    partner = chance.choice(("三菱", "通用", "西门子", "日立", "大众", "现代", "飞利浦", "东芝"))
    return _other(office.name(brand=office.brand + partner), chance) if office.kind == "company" else None


def other_numeral(office: Office, row: Row, chance: random.Random) -> Row | None:
    """The second school is not the third."""
    if office.kind != "body" or "第" not in office.brand:
        return None
    number = chance.choice([one for one in "一二三四五六" if one != office.trade])
    return _other(office.brand.replace(f"第{office.trade}", f"第{number}"), chance)


def next_office(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Another office of the same place."""
    if office.kind != "body":
        return None
    other = chance.choice(BODIES)[0].format(p=office.place, q=short(office.place), n="七")
    return _other(other, chance) if other != office.brand else None


def next_county(office: Office, row: Row, chance: random.Random) -> Row | None:
    if office.kind != "body" or office.place not in office.brand:
        return None
    near = [one for one in places() if one.city == office.at.city and one.name not in office.brand]
    if not near:
        return None
    other = chance.choice(near)
    return _other(office.brand.replace(office.place, other.city + other.name if other.name[-1] == "区" else other.name), chance)


def chain(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Two shops of a chain, each in its street."""
    if office.kind != "shop":
        return None
    one, two = chance.sample(("中山路", "解放路", "人民路", "建设路", "和平路", "新华路", "北京路", "长江路"), 2)
    row["name"] = f"{office.brand}{office.trade}（{one}店）"
    return _other(f"{office.brand}{office.trade}（{two}店）", chance)


def one_owner(office: Office, row: Row, chance: random.Random) -> Row | None:
    """One man, two shops, one mobile."""
    if office.kind != "shop":
        return None
    row["mobile"] = mobile(chance)
    other = f"{office.place}{chance.choice(SURNAMES)}记{chance.choice([one for one in GOODS if one != office.trade])}店"
    return _other(other, chance, mobile=row["mobile"])


def two_sites(office: Office, row: Row, chance: random.Random) -> Row | None:
    """Two building sites of one builder: two customers, two purses."""
    if office.kind != "company":
        return None
    one, two = chance.sample(places(), 2)
    row["name"] = f"{row['name']}{short(one.name)}项目部"
    return _other(f"{office.name()}{short(two.name)}项目部", chance)


def no_number(office: Office, row: Row, chance: random.Random) -> Row | None:
    row["phone"] = chance.choice(NO_NUMBERS)
    return _other(next(offices(chance)).name(), chance, phone=row["phone"])


def cousins(office: Office, row: Row, chance: random.Random) -> Row | None:
    """One family name, two firms."""
    if office.kind != "abroad" or " " not in office.brand or office.brand.startswith(("Van ", "De ", "Ter ")):
        return None
    other = chance.choice([one for one in SECOND if one not in office.brand])
    return _other(office.name(brand=f"{office.brand.split()[0]} {other}"), chance)


STRANGERS: tuple[Rule, ...] = (
    branches_of_a_hotline, one_call_centre, one_switchboard, one_tower, parent_and_child, selling_company, other_code, joint_venture,
    other_numeral, next_office, next_county, chain, one_owner, two_sites, no_number, cousins,
)  # fmt: skip


def labelled(count: int, chance: random.Random) -> Set:
    """`count` customers; 5 % of them are there twice, and 5 % have somebody who only looks like them."""
    made, source = Set(), offices(chance)
    for rules, kept in ((TWINS, made.twins), (STRANGERS, made.strangers)):
        for rule in rules:
            for _number in range(count // 20 // len(rules)):
                for _try in range(2_000):  # the next customer may fit the rule
                    office = next(source)
                    row = card(office, chance)
                    other = rule(office, row, chance)
                    if other is not None:
                        made.rows += [row, other]
                        kept[len(made.rows) - 1, len(made.rows)] = rule.__name__
                        break
    made.rows += [card(next(source), chance) for _place in range(count - len(made.rows))]
    return made


def main() -> int:
    """The command."""
    judge(*scanned(__doc__, 41, labelled))
    return 0


if __name__ == "__main__":
    sys.exit(main())
