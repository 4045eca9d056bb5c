"""Duplicates told by a third labelled set: what secretaries, scanners, the trade register and the telephone company do.

    python -m benchmarks.labelled.third_set [--companies 20000] [--seed 23]

Written before the matcher was changed for it and by rules of another view than `duplicates` and `held_out`: who writes a name down,
and what with. A pair is a twin when a sales office that sees both lines would keep one of them, a stranger when it would keep
both. Whoever changes the matcher after a look at what is missed here needs a fourth set to judge it; what it was when it was
first met stands in docs/figures.md.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.duplicates import Firm, Set, firms, judge  # noqa: E402
from benchmarks.find import CITIES, SYLLABLES, TRADES, WORD_TRADES, WORDS, mobile  # noqa: E402
from benchmarks.labelled.judging import Row, scanned  # noqa: E402
from crm_desktop.core.find.pinyin import characters, readings  # noqa: E402

Rule = Callable[[Firm, Row, random.Random], Row | None]

KEYBOARD = {"q": "wa", "w": "qe", "e": "wr", "r": "et", "t": "ry", "y": "tu", "u": "yi", "i": "uo", "o": "ip", "p": "o", "a": "sq",
            "s": "ad", "d": "sf", "f": "dg", "g": "fh", "h": "gj", "j": "hk", "k": "jl", "l": "k", "z": "x", "x": "zc", "c": "xv",
            "v": "cb", "b": "vn", "n": "bm", "m": "n"}  # fmt: skip
# What a scanner reads for what stands on the card.
SCANNED = dict(zip("公司限有科技贸易机械业实软件物网络信息材", "么可陷冇料枝货昜札戒亚买欤仵牣冈洛倌恳村", strict=True))
LATIN_SCANNED = (("l", "1"), ("o", "0"), ("rn", "m"), ("m", "rn"), ("i", "l"), ("S", "5"), ("B", "8"), ("cl", "d"))
TRADITIONAL = str.maketrans(
    "软网络术医疗环设备电气务联达发华东国业贸龙凤云飞广汇丰兴长实际机开时万宝润银铁钢鑫岛马鱼鸟门间闻类数",
    "軟網絡術醫療環設備電氣務聯達發華東國業貿龍鳳雲飛廣匯豐興長實際機開時萬寶潤銀鐵鋼鑫島馬魚鳥門間聞類數",
)
TRADE_SHORT = dict(pair.split() for pair in (  # type: ignore[misc]
    "信息技术 信息|网络科技 网络|医疗器械 医械|环保科技 环保|文化传媒 传媒|装饰工程 装饰|生物科技 生物|自动化设备 自动化|教育咨询 教育"
).split("|"))
# What everybody calls them, and what the register does.
KNOWN = (
    "中石化 中国石油化工集团有限公司|中石油 中国石油天然气集团有限公司|中海油 中国海洋石油集团有限公司|"
    "中国移动 中国移动通信集团有限公司|国家电网 国家电网有限公司|国网 国家电网有限公司|南方电网 中国南方电网有限责任公司|"
    "工行 中国工商银行股份有限公司|工商银行 中国工商银行股份有限公司|农行 中国农业银行股份有限公司|"
    "建行 中国建设银行股份有限公司|中行 中国银行股份有限公司|交行 交通银行股份有限公司|招行 招商银行股份有限公司|"
    "浦发银行 上海浦东发展银行股份有限公司|中铁建 中国铁道建筑集团有限公司|中建 中国建筑集团有限公司|"
    "中交 中国交通建设集团有限公司|中粮 中粮集团有限公司|中车 中国中车集团有限公司|一汽 中国第一汽车集团有限公司|"
    "上汽 上海汽车集团股份有限公司|广汽 广州汽车集团股份有限公司|北汽 北京汽车集团有限公司|东风 东风汽车集团有限公司|"
    "中国平安 中国平安保险（集团）股份有限公司|平安保险 中国平安保险（集团）股份有限公司|国寿 中国人寿保险股份有限公司|"
    "人保 中国人民保险集团股份有限公司|清华 清华大学|北大 北京大学|浙大 浙江大学|上海交大 上海交通大学|华科 华中科技大学|"
    "中大 中山大学|哈工大 哈尔滨工业大学|西交大 西安交通大学|中国联通 中国联合网络通信集团有限公司|"
    "中国电信 中国电信集团有限公司|中国邮政 中国邮政集团有限公司|中远海运 中国远洋海运集团有限公司|"
    "国家能源 国家能源投资集团有限责任公司|华能 中国华能集团有限公司|中核 中国核工业集团有限公司|"
    "宝武 中国宝武钢铁集团有限公司|中航工业 中国航空工业集团有限公司|航天科技 中国航天科技集团有限公司"
).split("|")
DIFFERENT = (
    "中石化 中国石油天然气集团有限公司|中国移动 中国联合网络通信集团有限公司|中国银行 中国农业银行股份有限公司|"
    "北大 北京师范大学|清华大学 清华大学附属中学|南方电网 国家电网有限公司|中铁建 中国铁路工程集团有限公司|"
    "上汽 广州汽车集团股份有限公司|浙大 浙江工业大学|中国人寿 中国人民保险集团股份有限公司|"
    "浙江大学 浙江大学医学院附属第一医院|中国电信 中国电子信息产业集团有限公司|华能 华润集团有限公司|"
    "中信银行 中信证券股份有限公司|东南大学 东北大学|中国船舶集团有限公司 中国船级社|平安银行 平安证券股份有限公司"
).split("|")


def landline(chance: random.Random, digits: int = 8) -> str:
    return "".join([chance.choice("2345678"), *chance.choices("0123456789", k=digits - 1)])


def _named(row: Row, name: str, chance: random.Random) -> Row | None:
    return {**row, "name": name, "mobile": mobile(chance)} if name and name != row["name"] else None


def _other_sound(sign: str, chance: random.Random) -> str:
    """Another character the input method offers for the same letters."""
    found = [one for one in characters(readings(sign)[0], 12) if one != sign] if readings(sign) else []
    return chance.choice(found) if found else ""


# The secretary.


def phrase_mistaken(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """The input method offered another phrase: both characters of the brand are others of the same sound."""
    if firm.latin or len(firm.brand) != 2:
        return None
    other = [_other_sound(sign, chance) for sign in firm.brand]
    return _named(row, firm.city + "".join(other) + firm.trade + firm.form, chance) if all(other) else None


def key_beside(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """The key beside the right one."""
    places = [at for at, sign in enumerate(firm.brand) if sign.lower() in KEYBOARD]
    if not firm.latin or len(firm.brand) < 8:
        return None
    at = chance.choice(places)
    other = chance.choice(KEYBOARD[firm.brand[at].lower()])
    other = other.upper() if firm.brand[at].isupper() else other
    return _named(row, f"{firm.brand[:at]}{other}{firm.brand[at + 1 :]} {firm.trade} {firm.form}", chance)


def first_lost(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """The first character was lost when the cell was marked."""
    if firm.latin or len(firm.brand) < 3:
        return None
    row["name"] = firm.brand + firm.trade + firm.form
    return _named(row, firm.brand[1:] + firm.trade + firm.form, chance)


def first_two_turned(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if firm.latin or len(firm.brand) < 3 or firm.brand[0] == firm.brand[1]:
        return None
    return _named(row, firm.city + firm.brand[1] + firm.brand[0] + firm.brand[2:] + firm.trade + firm.form, chance)


def form_mistyped(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if firm.latin:
        return None
    form = chance.choice(("有限公司司", "有限公 司", "有线公司", "有限工司", "有限公司有限公司", "限公司", "有限公司。"))
    return _named(row, firm.city + firm.brand + firm.trade + form, chance)


def odd_blanks(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """What comes along when one copies from a web page: hard blanks, zero-width ones, tabs, a line end."""
    blank = chance.choice(("\u00a0", "\u200b", "\t", "\n", "\u3000", "\ufeff"))
    at = chance.randrange(1, len(row["name"]) - 1)
    name = row["name"]
    if firm.latin:
        at = name.index(" ")
    return _named(row, blank + name[:at] + blank + name[at:] + blank, chance)


def department_behind(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """Whom one deals with there stands in the same cell."""
    chinese = ("采购部", " 采购部王小姐", "-财务部", " 张总", " 李工 13800138000", "（采购）")
    latin = (" - Purchasing", " (Attn: Mr. Wang)", " / Accounts Dept.")
    return _named(row, row["name"] + chance.choice(latin if firm.latin else chinese), chance)


def cut_off(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """The old program kept so many characters, and cut within the legal form."""
    start = len(row["name"]) - len(firm.form)
    if firm.latin or len(firm.form) < 3:
        return None
    return _named(row, row["name"][: start + chance.randrange(1, len(firm.form))], chance)


def both_tongues(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """The card had both names, and both are in the cell."""
    syllables = [readings(sign)[:1] for sign in firm.brand]
    if firm.latin or not all(syllables):
        return None
    brand = "".join(one[0] for one in syllables).title()
    english = f"{brand} {chance.choice(WORD_TRADES)} Co., Ltd."
    return _named(row, chance.choice((f"{row['name']} {english}", f"{row['name']} ({english})", f"{row['name']}/{english}")), chance)


def all_spelled(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """On a computer without Chinese: the whole name in pinyin."""
    syllables = [readings(sign)[:1] for sign in firm.brand + firm.trade]
    if firm.latin or not all(syllables):
        return None
    cut = len(firm.brand)
    brand, trade = ("".join(one[0] for one in part).title() for part in (syllables[:cut], syllables[cut:]))
    return _named(row, f"{brand} {trade} {chance.choice(('Youxian Gongsi', 'YouXianGongSi', 'Co., Ltd.'))}", chance)


# The scanner.


def misread(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """One or two characters behind the brand were read for others."""
    if firm.latin:
        start = 1
        found = [pair for pair in LATIN_SCANNED if pair[0] in firm.brand[start:]]
        if not found or len(firm.brand) < 8:
            return None
        a, b = chance.choice(found)
        return _named(row, firm.brand[:start] + firm.brand[start:].replace(a, b, 1) + f" {firm.trade} {firm.form}", chance)
    behind = firm.trade + firm.form
    places = [at for at, sign in enumerate(behind) if SCANNED.get(sign, sign) != sign]
    if not places:
        return None
    for at in chance.sample(places, min(len(places), chance.choice((1, 1, 2)))):
        behind = behind[:at] + SCANNED[behind[at]] + behind[at + 1 :]
    return _named(row, firm.city + firm.brand + behind, chance)


def bracket_lost(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """深圳 in brackets, and one of the brackets was not read."""
    if firm.latin:
        return None
    city = firm.city.removesuffix("市")
    name = chance.choice((f"{firm.brand}（{city}{firm.trade}{firm.form}", f"{firm.brand}{city}）{firm.trade}{firm.form}"))
    return _named(row, name, chance)


# The register.


def formerly(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """A new name; the old one stands beside it."""
    if firm.latin:
        return None
    new = "".join(chance.choices(SYLLABLES, k=2)) + chance.choice(TRADES)
    word = chance.choice(("原", "原名", "曾用名：", "原名："))
    return _named(row, f"{firm.city}{new}{firm.form}（{word}{row['name']}）", chance)


def moved_away(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """It moved to another city, and kept its mobile number."""
    if firm.latin:
        return None
    city = chance.choice([one for one in CITIES if one not in firm.city])
    return {**row, "name": city + firm.brand + firm.trade + firm.form}


def grown(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """A limited company became a group or went public."""
    if firm.latin or firm.form not in ("有限公司", "有限责任公司"):
        return None
    form = chance.choice(("集团股份有限公司", "股份有限公司", "控股集团有限公司", "集团", "股份公司", "（集团）有限公司"))
    return _named(row, firm.city + firm.brand + firm.trade + form, chance)


def numerals(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if firm.latin:
        return None
    at = chance.randrange(1, 10)
    row["name"] = f"{firm.city}{firm.brand}第{'一二三四五六七八九'[at - 1]}{firm.trade}{firm.form}"
    return _named(row, f"{firm.city}{firm.brand}第{at}{firm.trade}{firm.form}", chance)


def same_branch(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """One branch, written two ways."""
    if firm.latin:
        return None
    city = chance.choice(CITIES)
    row["name"] = f"{firm.city}{firm.brand}{firm.trade}{firm.form}{city}分公司"
    return _named(row, chance.choice((
        f"{firm.brand}{firm.trade}{firm.form}{city}分公司", f"{firm.city}{firm.brand}{firm.trade}{firm.form}（{city}分公司）",
        f"{firm.city}{firm.brand}{firm.trade}{firm.form}{city}市分公司", f"{firm.city}{firm.brand}{firm.trade}{city}分公司",
    )), chance)  # fmt: skip


def traditional(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """The card of the office in Hong Kong."""
    name = row["name"].translate(TRADITIONAL)
    return _named(row, name, chance) if not firm.latin else None


# What people say.


def known(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """Companies everybody knows by another name."""
    if not _KNOWN:
        return None
    short, _space, row["name"] = _KNOWN.pop().partition(" ")
    return _named(row, short, chance)


def trade_said(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """The line of business shortened, the form left out."""
    if firm.latin or firm.trade not in TRADE_SHORT:
        return None
    return _named(row, chance.choice(("", firm.city)) + firm.brand + TRADE_SHORT[firm.trade], chance)


def plural(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """Technology, Technologies; The … Group; & for and."""
    if not firm.latin:
        return None
    other = {"Technology": "Technologies", "Trading": "Tradings", "Electronics": "Electronic", "Software": "Softwares", "Logistics":
             "Logistic", "Industries": "Industry", "Foods": "Food", "Textile": "Textiles"}.get(firm.trade)  # fmt: skip
    return _named(row, f"{chance.choice(('', 'The '))}{firm.brand} {other} {firm.form}", chance) if other else None


def foreign_form(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if not firm.latin:
        return None
    one, other = chance.choice((("GmbH", "G.m.b.H."), ("GmbH", "GmbH & Co. KG"), ("S.p.A.", "SpA"), ("B.V.", "BV"),
                                ("Pte. Ltd.", "PTE LTD"),
                                ("Sdn. Bhd.", "SDN BHD"), ("Company Limited", "Co Ltd"), ("S.A. de C.V.", "SA de CV"),
                                ("Co., Ltd", "CO.,LTD"), ("(HK) Limited", "(H.K.) Ltd.")))  # fmt: skip
    row["name"] = f"{firm.brand} {firm.trade} {one}"
    return _named(row, f"{firm.brand} {firm.trade} {other}", chance)


def umlaut(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if not firm.latin:
        return None
    one, other = chance.choice((("Müller", "Mueller"), ("Jäger", "Jaeger"), ("Möbel", "Moebel"), ("Société", "Societe"),
                                ("Françoise", "Francoise"),
                                ("Señora", "Senora"), ("Größe", "Groesse"), ("Øster", "Oester"), ("Škoda", "Skoda")))  # fmt: skip
    row["name"] = f"{one} {firm.brand} {firm.trade} {firm.form}"
    return _named(row, f"{other} {firm.brand} {firm.trade} {firm.form}", chance)


# The telephone company.


def longer_number(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """Seven digits became eight: one was put before them. The name is what colleagues call it."""
    if firm.latin or len(firm.brand) < 2:
        return None
    number = landline(chance, 7)
    row["phone"] = f"0769-{number}"
    return {**row, "name": firm.brand, "phone": f"0769-2{number}", "mobile": mobile(chance)}


def extension(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """The same switchboard, another extension, an area code or none; of the name only the brand."""
    number = landline(chance)
    row["phone"] = f"(0755){number}-801"
    inside = f"0755 {number[:4]} {number[4:]}转{chance.randrange(100, 999)}"
    other = chance.choice((inside, number, f"+86-755-{number}", f"{number}/{landline(chance)}"))
    return {**row, "name": firm.brand, "phone": other, "mobile": mobile(chance)}


TWINS: tuple[Rule, ...] = (
    phrase_mistaken, key_beside, first_lost, first_two_turned, form_mistyped, odd_blanks, department_behind, cut_off, both_tongues,
    all_spelled, misread, bracket_lost, formerly, moved_away, grown, numerals, same_branch, traditional, known, trade_said, plural,
    foreign_form, umlaut, longer_number, extension,
)  # fmt: skip


def branch(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """A branch has its own purchasing: two customers."""
    city = chance.choice(CITIES)
    behind = chance.choice((f"{city}分公司", f"（{city}）分公司", f"驻{city}办事处", f"第{chance.choice('一二三')}分公司", f"{city}营业部"))
    return _named(row, row["name"] + behind, chance) if not firm.latin else None


def two_branches(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    one, other = chance.sample(CITIES, 2)
    if firm.latin:
        return None
    whole = row["name"]
    row["name"] = f"{whole}{one}分公司"
    return _named(row, f"{whole}{other}分公司", chance)


def group_member(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """Another company of the group, in the same city."""
    if firm.latin or len(firm.brand) > 3:
        return None
    trades = ("房地产开发", "物业管理", "投资管理", "酒店管理", "物流", "装饰工程", "商贸")
    trade = chance.choice([one for one in trades if one != firm.trade])
    return _named(row, f"{firm.city}{firm.brand}{trade}{firm.form}", chance)


def sister(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    city = chance.choice([one for one in CITIES if one not in firm.city])
    return _named(row, f"{city}{firm.brand}{firm.trade}{firm.form}", chance) if not firm.latin else None


def points_of_the_compass(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    one, other = chance.sample("东南西北中", 2)
    if firm.latin:
        return None
    row["name"] = f"{firm.city}{firm.brand}华{one}{firm.trade}{firm.form}"
    return _named(row, f"{firm.city}{firm.brand}华{other}{firm.trade}{firm.form}", chance)


def not_known(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """Companies everybody knows, and knows to be two."""
    if not _DIFFERENT:
        return None
    one, _space, row["name"] = _DIFFERENT.pop().partition(" ")
    return _named(row, one, chance)


def school_of(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """A university and its hospital or school; the people's hospitals of two counties; of a county and its city."""
    if firm.latin:
        return None
    city = firm.city.removesuffix("市")
    pairs = ((f"{city}{firm.brand}大学", f"{city}{firm.brand}大学附属医院"),
             (f"{city}{firm.brand}第一人民医院", f"{city}{firm.brand}第三人民医院"), (f"{firm.brand}县人民医院", f"{firm.brand}市人民医院"),
             (f"{firm.brand}小学", f"{firm.brand}中学"))  # fmt: skip
    row["name"], other = chance.choice(pairs)
    return _named(row, other, chance)


def one_letter(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """Short Latin brands a letter apart are two brands."""
    if not firm.latin:
        return None
    brand = "".join(chance.choices("BCDFGKLMNPRST", k=1) + chance.choices("aeiou", k=1) + chance.choices("cdglmnrstx", k=2))
    other = brand[:-1] + chance.choice([sign for sign in "cdglmnrstx" if sign != brand[-1]])
    row["name"] = f"{brand} {firm.trade} {firm.form}"
    return _named(row, f"{other} {firm.trade} {firm.form}", chance)


def last_character(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """宏达 and 宏泰 in one city and line of business are competitors."""
    if firm.latin or len(firm.brand) != 2:
        return None
    mine = readings(firm.brand[1])[:1]
    others = [sign for sign in SYLLABLES if readings(sign)[:1] != mine]
    return _named(row, f"{firm.city}{firm.brand[0]}{chance.choice(others)}{firm.trade}{firm.form}", chance)


def one_bookkeeper(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    """The bookkeeper of two companies gave her own mobile number for both."""
    name = f"{chance.choice(CITIES)}{''.join(chance.choices('澜熙芮珀恺', k=2))}{chance.choice(TRADES)}有限公司"
    return {**row, "name": name}


def more_words(firm: Firm, row: Row, chance: random.Random) -> Row | None:
    if not firm.latin:
        return None
    return _named(row, f"{firm.brand} {chance.choice([one for one in WORDS if one not in firm.brand])} {firm.trade} {firm.form}", chance)


STRANGERS: tuple[Rule, ...] = (
    branch, two_branches, group_member, sister, points_of_the_compass, not_known, school_of, one_letter, last_character, one_bookkeeper,
    more_words,
)  # fmt: skip
_KNOWN, _DIFFERENT = list(KNOWN), list(DIFFERENT)


def labelled(count: int, chance: random.Random) -> Set:
    """`count` companies; 5 % of them are there twice, and 5 % have somebody who only looks like them."""
    made, source = Set(), firms(chance)
    _KNOWN[:], _DIFFERENT[:] = KNOWN, DIFFERENT
    for rules, kept in ((TWINS, made.twins), (STRANGERS, made.strangers)):
        of_each = count // 20 // len(rules)
        for rule in rules:
            for _number in range(of_each):
                for _try in range(200):  # the next company may fit the rule
                    firm = next(source)
                    row = {"name": firm.name(), "short_name": "", "phone": "", "mobile": mobile(chance), "email": "", "tax_no": ""}
                    other = rule(firm, row, chance)
                    if other is not None:
                        made.rows += [row, other]
                        kept[len(made.rows) - 1, len(made.rows)] = rule.__name__
                        break
    while len(made.rows) < count:
        made.add(next(source).name(), mobile(chance))
    return made


def main() -> int:
    """The command."""
    return 0 if judge(*scanned(__doc__, 23, labelled)) else 1


if __name__ == "__main__":
    sys.exit(main())
