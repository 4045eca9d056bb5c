"""Duplicates told by rules that nobody tuned anything on: a second labelled set, held out.

    python -m benchmarks.labelled.held_out [--companies 20000] [--seed 11]

The set of `duplicates` shaped the matcher; this one only judges it. Its twins are what offices do to a customer list: notes in
the name, whole addresses before it, another way of writing a number, a company that was renamed; its strangers are numbered
sisters, schools of other districts, neighbours in one building, and Latin brands a letter apart. Whoever changes the matcher
after a look at this (as was done once: remarks in brackets, numbered sisters, districts) needs a third set to judge it: `third_set`.
There is no bar: recall and precision are printed, of all pairs and of those called the same.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.duplicates import FORMS, Firm, Set, firms, judge  # noqa: E402
from benchmarks.find import CITIES, WORDS, mobile  # noqa: E402
from benchmarks.labelled.judging import Row, scanned  # noqa: E402
from crm_desktop.core.find.pinyin import characters, readings  # noqa: E402

PROVINCES = {"深圳": "广东省", "广州": "广东省", "东莞": "广东省", "杭州": "浙江省", "宁波": "浙江省", "苏州": "江苏省",
             "南京": "江苏省", "无锡": "江苏省", "成都": "四川省", "武汉": "湖北省", "青岛": "山东省", "济南": "山东省", "西安": "陕西省",
             "长沙": "湖南省"}  # fmt: skip
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def code(chance: random.Random) -> str:
    """Eighteen signs as of a credit code (the last one is not checked here)."""
    return "91" + "".join(chance.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=16))


# Twins: (firm, its row, chance) -> the row written once more; None when the rule does not fit. The row itself may be changed.


def note_before(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    return {**row, "name": chance.choice(("【停用】", "*", "（重复）", "VIP ")) + row["name"], "mobile": mobile(chance)}


def note_behind(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    return {**row, "name": row["name"] + chance.choice(("（老客户）", " - 王经理", "(欠款)", " 2")), "mobile": mobile(chance)}


def whole_place(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    city = firm.city.removesuffix("市")
    if city not in PROVINCES:
        return None
    return {**row, "name": f"{PROVINCES[city]}{city}市{firm.brand}{firm.trade}{firm.form}", "mobile": mobile(chance)}


def of_china(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if firm.latin:
        return {**row, "name": f"{firm.brand} {firm.trade} (China) {firm.form}", "mobile": mobile(chance)}
    return {**row, "name": f"{firm.brand}{firm.trade}（中国）{firm.form}", "mobile": mobile(chance)}


def wide_signs(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    return {**row, "name": row["name"].translate(WIDE).replace(" ", "\u3000"), "mobile": mobile(chance)} if firm.latin else None


def hyphened(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if not firm.latin or " " not in firm.brand:
        return None
    joined = chance.choice(("-", "", " & "))
    row["name"] = row["name"].replace(" ", " and ", 1) if joined == " & " else row["name"]
    return {**row, "name": f"{firm.brand.replace(' ', joined, 1)} {firm.trade} {firm.form}", "mobile": mobile(chance)}


def first_sign(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """The very first character of the brand is another one of the same sound; no city stands before it."""
    if firm.latin or not readings(firm.brand[0]):
        return None
    others = [sign for sign in characters(readings(firm.brand[0])[0], 8) if sign != firm.brand[0]]
    if not others:
        return None
    row["name"] = firm.brand + firm.trade + firm.form
    return {**row, "name": chance.choice(others) + firm.brand[1:] + firm.trade + firm.form, "mobile": mobile(chance)}


def renamed(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """Another name, the same credit code: written with blanks and in small letters."""
    row["tax_no"] = code(chance)
    other = "".join(chance.choices("荣晟泰锦瀚博睿恒", k=2))
    written = f" {row['tax_no'].lower()} "
    return {**row, "name": f"{firm.city}{other}{firm.trade}{firm.form}", "tax_no": written, "mobile": mobile(chance)}


def number_written(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """What colleagues call it, with the same number written another way."""
    digits = row["mobile"]
    shown = chance.choice((f"+86 {digits[:3]}-{digits[3:7]}-{digits[7:]}", f"{digits[:3]} {digits[3:7]} {digits[7:]}", f"0086{digits}"))
    return {**row, "name": firm.brand, "mobile": shown}


def mail_written(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    user = "".join(chance.choices("abcdefghijklmnop", k=7))
    row["email"] = f"{user}@{user[::-1]}.com.cn"
    return {**row, "name": f"{firm.brand}{firm.trade}", "email": row["email"].upper(), "mobile": mobile(chance)}


TWINS: tuple[Callable[[Firm, Row, random.Random], Row | None], ...] = (
    note_before, note_behind, whole_place, of_china, wide_signs, hyphened, first_sign, renamed, number_written, mail_written,
)  # fmt: skip


def numbered(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if firm.latin:
        return None
    row["name"] = f"{firm.city}{firm.brand}第一{firm.trade}{firm.form}"
    return {**row, "name": f"{firm.city}{firm.brand}第二{firm.trade}{firm.form}", "mobile": mobile(chance)}


def school(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    one, other = chance.sample(("朝阳", "海淀", "西城", "东城", "丰台", "石景山", "通州", "昌平"), 2)
    which = chance.choice("一二三四五六七八九")
    row["name"] = f"北京市{one}区第{which}{firm.brand[:1]}小学"
    return {**row, "name": f"北京市{other}区第{which}{firm.brand[:1]}小学", "mobile": mobile(chance)} if not firm.latin else None


def one_letter(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if not firm.latin:
        return None
    first = chance.choice([sign for sign in "BCDFGHLMNPRSTW" if sign != firm.brand[0].upper()])
    return {**row, "name": f"{first}{firm.brand[1:]} {firm.trade} {firm.form}", "mobile": mobile(chance)}


def one_building(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """Two companies behind one switchboard."""
    row["phone"] = "0755-" + "".join(chance.choices("23456789", k=8))
    name = f"{chance.choice(CITIES)}{''.join(chance.choices('澜熙芮珀恺', k=3))}{chance.choice(FORMS)}"
    return {**row, "name": name, "mobile": mobile(chance)}


def other_word(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if not firm.latin or " " not in firm.brand:
        return None
    return {**row, "name": f"{firm.brand.split()[0]} {chance.choice(WORDS)} {firm.trade} {firm.form}", "mobile": mobile(chance)}


STRANGERS: tuple[Callable[[Firm, Row, random.Random], Row | None], ...] = (numbered, school, one_letter, one_building, other_word)


def labelled(count: int, chance: random.Random) -> Set:
    """`count` companies; 5 % of them are there twice, and 5 % have somebody who only looks like them."""
    made, source = Set(), firms(chance)
    planted = count // 20
    while len(made.rows) < count:
        firm = next(source)
        row = {"name": firm.name(), "short_name": "", "phone": "", "mobile": mobile(chance), "email": "", "tax_no": ""}
        twins = len(made.twins) < planted
        rules, kept = (TWINS, made.twins) if twins else (STRANGERS, made.strangers)
        rule = rules[len(kept) % len(rules)]
        other = rule(firm, row, chance) if twins or len(made.strangers) < planted else None
        if other is None and (twins or len(made.strangers) < planted):
            continue  # the next company may fit the rule
        made.rows.append(row)
        if other is not None:
            made.rows.append(other)
            kept[len(made.rows) - 1, len(made.rows)] = rule.__name__
    return made


def main() -> int:
    """The command."""
    judge(*scanned(__doc__, 11, labelled))
    return 0


if __name__ == "__main__":
    sys.exit(main())
