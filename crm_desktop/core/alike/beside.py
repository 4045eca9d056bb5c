"""What stands in the cell of a company's name beside it: remarks, a department, a person, its former name, its name in another tongue.

    恒泰科技有限公司 采购部王小姐             → 恒泰科技有限公司
    恒泰科技有限公司（原华泰贸易公司）        → 恒泰科技有限公司, 华泰贸易公司
    恒泰科技有限公司 Hengtai Tech Co., Ltd.   → 恒泰科技有限公司, Hengtai Tech Co., Ltd.

A Chinese cell is cut into pieces at its brackets and signs. One of them is a whole name; beside that stay places, legal forms and
branches, other whole names are kept as such, and the rest says something about it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crm_desktop.core.alike import copied, numbers, places
from crm_desktop.core.alike.latin import FORMS
from crm_desktop.core.alike.sounds import sound_of
from crm_desktop.core.alike.words import BRANCH_KIND, FORM, formless, stripped
from crm_desktop.core.find.fold import squeeze

_CHINESE = "\u3400-\u9fff"
_GAP = r"[\s\u200b\ufeff\-—–_/|,，;；、:：]"
_VIP = re.compile(rf"^(?:vip|svip|重点客户|老客户|新客户|大客户)(?:{_GAP}+|(?=[{_CHINESE}]))", re.IGNORECASE)
# Behind the name of a firm abroad: the name over its door, or the one it had.
_DOOR = re.compile(
    r"(?:[\s(\[,]+(?:dba|d/b/a|t/a|trading as|(?:a )?trading name of|doing business as|a/k/a|aka|also known as|formerly(?: known as)?|"
    r"f/k/a|fka|previously|now)[:\s]+|"
    r"[(\[,;]\s*ex[-\s]\s*)(?P<name>[^()\[\]]{3,60})[)\]]?\s*$",
    re.IGNORECASE,
)
_DOOR_SIGNS = re.compile(
    r"[ (\[](?:[dtafDTAF]/|[dD][bBo]|[aAfF][kK][aA] |[tT]rading (?:as|name)|a tr|also |[fF]ormerly|[pP]reviously|[nN]ow |[eE]x[ -])"
)
_FIRST = re.compile(rf"^(?:\d{{1,4}}[、.．)）]\s*(?=[{_CHINESE}])|[【\[][^】\]]{{1,6}}[】\]]\s*(?=.{{4}}))")  # 12、 and 【A】
_NUMBER = re.compile(r"[\s(（]*(?:联系电话|联系方式|电话|手机|tel|phone|mob|mobile)?\.?[:：]?\s*\+?\d[\d\s-]{6,}[)）]?$", re.IGNORECASE)
_FAMILIES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊陆"
    "郝孔白崔康毛邱秦江史顾侯邵孟万段雷钱汤尹黎易常武乔贺赖龚文單單仇解查翟区盖張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾薑範譚鄒陸顧龍錢湯賀賴龔"
    "肖金龙洪季施倪严牛温芦俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂"
)
_PERSON = re.compile(
    rf"(?:采购|财务|技术|业务|工程|行政|联系人|经办人?|负责人|联络人|业务员|收件人)?[:： ]?[{_FAMILIES}][{_CHINESE}]{{0,2}}"
    rf"(?:总|经理|总经理|先生|小姐|女士|老师|主任|厂长|店长|老板|工程师|工|部长|院长|校长|会计|师傅|姐|哥)?"
)
_TITLED = re.compile(rf"[{_FAMILIES}][{_CHINESE}]{{0,2}}(?:总|经理|总经理|先生|小姐|女士|主任|工|会计|老板|老师|师傅|[厂店科部]长)")
_PERSON_FIRST = re.compile(rf"^[{_FAMILIES}][{_CHINESE}]{{1,2}}$")
_PERSON_BEHIND = re.compile(
    rf"(?:(?<=公司)[{_CHINESE}]|(?<=[店行部厂社院所校园])[{_FAMILIES}])[{_CHINESE}]{{0,2}}(?:总|经理|先生|小姐|女士|老师|主任|厂长|店长|老板|工程师|工)$|\s*[/+＋]\s*[{_CHINESE}]{{2,3}}$"
)
_PERSON_ENDS = frozenset("总理生姐士师任长板工")
_SAID_ENDS = _PERSON_ENDS | frozenset("科处室办部")
_PERSON_SIGNS = re.compile("[-－—/+＋]")
_DEPARTMENT = re.compile(
    r"(?:(?<=公司)|(?<=[院校学局厂]))(?:采购|财务|工程|技术|市场|行政|人事|人力资源|后勤|设备|总务|供应|供应链|物资|物流|生产|研发|质检|质量|品质|信息|法务|仓储|业务|客服|企划|设计|综合|"
    rf"基建|机电)(?:部|科|处|室|组|(?<!信息)中心)(?:[{_FAMILIES}][{_CHINESE}]{{0,2}}(?:工|总|经理|小姐|先生)?)?$|"
    r"(?:(?<=公司)|(?<=[院校学局厂]))(?:总经理|董事长|院长|校长|局长)?(?:办公室|采购办|总经办|总裁办|仓库|门卫|前台)$"
)
_OFFICES = "采购 财务 行政 人事 技术 市场 工程 设备 后勤 总务 仓储 物资 供应 生产 品质 质检".split()
_DEPARTMENT_SAID = re.compile(rf"\W*(?:(?:{'|'.join(_OFFICES)})[部科处室]|总经办|总裁办|采购办)$")
_DEPARTMENTS_SAID = frozenset(f"{office}部" for office in _OFFICES)
_LATIN_FORM = (
    r"ltd|limited|inc|incorporated|llc|llp|gmbh|corp|corporation|company|group|plc|ag|b\.?v|n\.?v|s\.?p\.?a|s\.?r\.?l|kg|pte|oy|ab|sarl|bhd|co"
)
_LATIN_BEHIND = re.compile(
    rf"^(?P<name>[^{_CHINESE}]{{3,}}\b(?:{_LATIN_FORM})\b\.?)"
    r"(?P<tail>\s*(?:\s[-–—/|;#]\s*|[/|;([#@（＠]).+|\s+\d{1,2}|\s*[-–—]\s+.+|,[^,]+\bdep(?:t|artment)\.?)$", re.IGNORECASE
)
# What is written behind a name without a legal form: whom one asks there, and what has become of it.
_LATIN_REMARK = re.compile(
    r"[\s([\-–—/|;]+(?:attn|attention|c/o|purchasing|accounts?(?: payable| dept\.?)?|old|new|inactive|active|closed|"
    r"dupl(?:icate)?|do not use|dnu|vip|"
    r"net \d+(?: days)?|cod|prepaid|(?:on|credit) hold|do not call|"
    r"test|archived?|hq|headquarters|head office|main|primary|#?\s*\d{1,2})\b[^()\[\]]*[)\]]?$",
    re.IGNORECASE,
)
_LATIN_PERSON = re.compile(r"\s+[-–—/|]\s+(?:(?:mr|mrs|ms|dr)\.?\s+)?[A-Z][a-z]+ [A-Z][a-z]+$|\s+c/o\s+.+$")
_CHINESE_FIRST = re.compile(
    rf"^(?P<one>[^a-z]*[{_CHINESE}]{{2,}}[^a-z]*?(?:公司|集团|厂|学院|大学|中心|研究所|研究院|银行|医院|事务所|合伙[)）]?|社|商行)){_GAP}*[(（\[【]?\s*"
    rf"(?P<other>[a-z][^{_CHINESE}]{{3,}}?)\s*[)）\]】]?$",
    re.IGNORECASE,
)
_LATIN_FIRST = re.compile(
    rf"^(?P<other>[a-z][^{_CHINESE}]{{3,}}\b(?:{_LATIN_FORM})\b\.?)\s*{_GAP}*[(（\[【]?\s*"
    rf"(?P<one>[{_CHINESE}]{{4,}}.*?)[)）\]】]?$", re.IGNORECASE
)
# 恒泰电子 HENGTAI ELECTRONICS: neither with its legal form.
_BOTH_SHORT = re.compile(rf"^(?P<one>[{_CHINESE}]{{4,}})\s+(?P<other>[A-Za-z][A-Za-z&.,' -]{{6,}})$")
_IN_TOWN = re.compile(rf"[{_CHINESE}]+[（(]([{_CHINESE}]{{2,8}})[)）][{_CHINESE}]*公司")  # 恒泰（深圳）科技有限公司: most with brackets
_TORN = re.compile("[ÃÄÅ][^\x00-\x7f]")  # KÃ¶hler: letters of two bytes that a program took for two letters
_WORD = re.compile(r"[A-Za-z]+")
_HAS_CHINESE = re.compile(f"[{_CHINESE}]")
_TAIL = re.compile(r"^\W+|\W+$")
_VIP_SIGNS = frozenset("VvSs重老新大")
_STARS = "*★☆#●◆■▲※ '\u00a0\u200b\ufeff"
_DEPARTMENT_ENDS = frozenset("部科处室组心办库卫台工总理姐生")
_ASCII_SIGNS = re.compile(r"[-/|;(\[*#:]|\d(?:$|\d\d)")
_DEPARTMENTS = ("Dept.", "Dept", "Department")
_LATIN_SIGNS = re.compile(r"[-–—/|;(\[#]|\d$|[Dd]ep[at]")


def names(text: str) -> tuple[str, ...]:
    """The name of the company in a cell, and behind it other names of the same one that stand there.

    Millions of names have nothing beside them: each look is taken only when a sign tells that there may be something.
    """
    if " " in text and _DOOR_SIGNS.search(text) and (door := _DOOR.search(text)) is not None:
        return (text[: door.start()], door.group("name").strip())
    if text.isascii():
        if "." in text and " " not in text and (host := numbers.site(text)):
            label = host.partition(".")[0]
            return (text, label) if len(label) >= _LEAST_NAME else (text,)
        if not _ASCII_SIGNS.search(text) and text.find(text[:8], 8) < 0 and text[:4] != "VIP " and not text.endswith(_DEPARTMENTS):
            return (text,)
    if text.isalpha() and not _WORD.search(text) and alone(text):
        return (text,)
    town = _IN_TOWN.fullmatch(text) if text[-1:] == "司" and _ends_with_form(text) else None
    if town is not None and text[0] not in _VIP_SIGNS and text.find(text[:2], 2) < 0 and _belongs(town.group(1)):
        return (text,)
    text = text.strip().lstrip(_STARS).rstrip("*#；;。，,")
    if text[:1] in _VIP_SIGNS:
        text = _VIP.sub("", text)
    if text[:1].isdigit() or text[:1] in "【[":
        text = _FIRST.sub("", text)
    text = copied.without(text)
    if "号" in text and _whole(rest := copied.behind_street(text)):
        text = rest if places.before(rest)[0] else text[: places.before(text)[0]] + rest
    if text.isascii():
        return (_without_remark(text),)
    text = _once(text)
    if text[-1:].isdigit() or text[-2:-1].isdigit():
        text = _NUMBER.sub("", text) or text
    others: list[str] = []
    if _WORD.search(text) is not None:
        text = _mended(text)
        both = _CHINESE_FIRST.match(text) or _LATIN_FIRST.match(text) or _both_short(text)
        if both is not None:
            text, others = both.group("one"), [both.group("other")]
        elif (behind := _LATIN_BEHIND.match(text)) is not None and not _whole(_TAIL.sub("", behind.group("tail"))):
            return (behind.group("name"),)
        elif not _HAS_CHINESE.search(text):
            return (_without_remark(text),)
    if not text.isalpha():
        main, *more = _pieces(text)
        text, others = main, [*others, *more]
    if text[-1:] in _PERSON_ENDS or text[-1:] in _DEPARTMENT_ENDS:
        text = _PERSON_BEHIND.sub("", _DEPARTMENT.sub("", text)) or text
        text = _without_department(text)
    return (text, *others)


def alone(name: str) -> bool:
    """Whether nothing can stand beside a name of letters that has no Latin ones."""
    told = name[-1] in _SAID_ENDS and (name[-1] != "部" or name[-3:] in _DEPARTMENTS_SAID)
    return not told and name.find(name[:2], 2) < 0 and _ends_with_form(name)


def _ends_with_form(name: str) -> bool:
    """Whether 公司 stands nowhere but at its end."""
    whole = name.find("公司")
    return whole < 0 or whole == len(name) - 2


def _without_department(text: str) -> str:
    """恒泰电子采购部: a name without its form, when a line of business stands before the department."""
    found = _DEPARTMENT_SAID.search(text)
    rest = squeeze(text[: found.start()]) if found is not None else ""
    return rest if 1 < len(stripped(rest)) < len(rest) else text


def _mended(text: str) -> str:
    """A name whose letters were torn by a program that read them with the wrong encoding."""
    if not _TORN.search(text):
        return text
    try:
        return b"".join([sign.encode("latin-1" if "\x80" <= sign <= "\x9f" else "cp1252") for sign in text]).decode()
    except UnicodeError:
        return text


def _both_short(text: str) -> re.Match[str] | None:
    """A Chinese name that ends with its line of business, and a Latin one behind it."""
    both = _BOTH_SHORT.match(text)
    return both if both and len(stripped(both.group("one"))) < len(both.group("one")) else None


def _once(text: str) -> str:
    """A name that was put into the cell twice."""
    half = len(text) // 2
    first, second = text[:half].rstrip(" /;；,，"), text[-half:].lstrip()
    first = first if len(first) == len(second) else text[: len(second)]
    return first if half > 3 and first == second and text[len(first) : len(text) - len(second)].strip(" \u3000/;；,，、") == "" else text


def _without_remark(text: str) -> str:
    """A Latin name without what is said behind it about whom one knows there."""
    once = _once(text)
    if once != text or not _LATIN_SIGNS.search(text):
        return once
    bare = _LATIN_PERSON.sub("", _LATIN_REMARK.sub("", text))
    if len(bare) < len(text) and len(bare) > 3:
        return bare.rstrip(" -–—/|([#")
    found = _LATIN_BEHIND.match(text)
    if found is not None and not {word.lower() for word in _WORD.findall(found.group("tail"))} & (FORMS | _ELSEWHERE):
        return found.group("name")
    return text


_ELSEWHERE = frozenset("branch office china hk asia international europe america usa uk japan".split())
_CUT = re.compile(
    rf"(?P<open>[(（\[【〔《<])(?P<inside>(?:[^()（）\[\]【】〔〕《》<>]|[(（][^()（）]*[)）])*)[)）\]】〕》>]|(?P<sign>\s*(?:[/|;；,，、:：\n\t·]|[@＠](?=[{_CHINESE}]))\s*|\s*[-－—–_+＋~]+\s*|\s+)"
)
_SAID = re.compile(
    r"^(?:原名称|原名|原来叫|原|曾用名|旧名|旧称|前身是?|前称|前|更名前|改名前|现名|现更名为|已更名为|更名为|已改名为?|改名为|现改名为|现|又名|又称|别名|即|简称|全称|英文名?)[:：为是]?\s*"
)
_ENDS = frozenset("司团厂店所院社校行心学局处场馆园会站庄户业部坊铺")
_IN_BRACKETS = re.compile(r"(?<=.)[(（][^()（）]*[)）]")
_LEAST_NAME = 4  # signs


def _pieces(text: str) -> list[str]:
    """The whole name in a Chinese cell, with what belongs to it, and other whole names there; the cell when none is to be seen."""
    pieces = _cut(text)
    if len(pieces) < 2:
        return [text]
    (name, _sign), (behind, sign) = pieces[0], pieces[-1]
    if len(pieces) == 2 and sign != "(" and len(name) >= _LEAST_NAME and places.whole(squeeze(behind), loose=True) is not None:
        return [f"{name}（{behind}）"]  # 恒泰电子-昆山
    wholes = [at for at, (piece, _sign) in enumerate(pieces) if _whole(piece)]
    if not wholes and len(pieces) == 3 and places.whole(squeeze(pieces[1][0]), loose=True) is not None:
        return [f"{name}（{pieces[1][0]}）{behind}"]  # 恒泰-深圳-电子有限公司
    if not wholes:
        called = [piece for piece, _sign in pieces if not _TITLED.fullmatch(piece)]
        return called if len(pieces) == 2 and len(called) == 1 and len(called[0]) >= _LEAST_NAME else [text]
    inside = [at for at in wholes if pieces[at][1] != "("]
    main = (inside or wholes)[0]
    kept, others, dropped = [pieces[main][0]], [], False
    for at, (piece, sign) in enumerate(pieces):
        if at == main:
            continue
        said = _SAID.match(piece)
        name = piece[said.end() :] if said else piece
        if at in wholes or (
            said and len(name) >= _LEAST_NAME and (len(name) > len(kept[0]) // 2 or len(stripped(squeeze(name))) < len(squeeze(name)))
        ):
            others.append(name)
        elif _belongs(piece, sign == "("):
            kept.insert(0 if at < main else len(kept), piece if sign != "(" else f"（{piece}）")
            continue
        elif at > main and kept[0][-1] == "店" and sign.strip() in _STROKES and _OF_SHOP.fullmatch(piece) and not _PERSON.fullmatch(piece):
            kept.append(f"（{piece}店）")  # 恒泰酒店-体育馆
            dropped = True
            continue
        elif at < main and not said and sign != "(" and pieces[at + 1][1].strip() not in (":", "：") and not _about(piece, pieces[main][0]):
            kept.insert(len(kept) - 1, piece)
            continue
        elif piece.isascii() and len(piece) > 4 and piece.isalpha():
            others.append(piece)
        dropped = True
    return ["".join(kept), *others] if dropped else [text]


def _cut(text: str) -> list[tuple[str, str]]:
    """Its pieces, each with what stands before it: "(" when it stands in brackets. Places and legal forms in brackets cut nothing."""
    pieces: list[tuple[str, str]] = []
    start, before = 0, ""
    for found in _CUT.finditer(text):
        inside = found.group("inside")
        if inside is not None and _belongs(inside, bracketed=True) and found.start() > start:
            continue
        if (piece := text[start : found.start()].strip()) or inside is not None:
            if piece:
                pieces.append((piece, before))
            if inside and inside.strip():
                pieces.append((inside.strip(), "("))
        start, before = found.end(), found.group("sign") or ")"
    if piece := text[start:].strip():
        pieces.append((piece, before))
    return pieces


_STROKES = frozenset("-－—–_")
_OF_SHOP = re.compile(f"[{_CHINESE}]{{2,4}}")


def _whole(piece: str) -> bool:
    """Whether a piece is a name with its legal form or its line of business behind something of its own."""
    bare = squeeze(_IN_BRACKETS.sub("", piece))
    if len(bare) < _LEAST_NAME or (piece[-1] not in _ENDS and piece[-1] not in ")）伙") or _belongs(piece):
        return False
    core = formless(bare)
    length, _path = places.before(core)
    own = len(stripped(core[length:]))
    if length > 0 and len(core) - length > _LEAST_NAME - 2:
        return True  # 武宁县妇幼保健院
    return own > 1 and (core != bare or own < len(core))


@lru_cache(2_000)
def _belongs(piece: str, bracketed: bool = False) -> bool:
    """Places, legal forms and branches belong to a name: （深圳）, 有限公司, 南山营业部, （人民路店）."""
    bare = squeeze(piece)
    if bare in _BELONG or (bracketed and bare[-1:] == "店" and len(bare) < 8) or FORM.fullmatch(bare) is not None:
        return True
    kind = BRANCH_KIND.search(bare)
    label = bare[: kind.start()] if kind else bare
    return not label or places.whole(label.removeprefix("驻"), loose=True) is not None or (kind is not None and len(label) < 4)


_BELONG = frozenset(("中国", "普通合伙", "特殊普通合伙", "有限合伙", "个体工商户", "股", "有", "株"))


_RANK = re.compile("[A-Ea-e1-5一二三四五][类级]")


def _about(piece: str, name: str) -> bool:
    """Whether a piece before a name says something of it: a number, a mark, a person, what it is called for short."""
    signs = iter(name)
    return (
        len(piece) == 1 or not any(sign.isalpha() for sign in piece)
        or _PERSON_FIRST.match(piece) is not None or _PERSON.fullmatch(piece) is not None
        or all(sign in signs for sign in piece) or _VIP.match(piece + " ") is not None or _RANK.fullmatch(piece) is not None
        or (piece.isascii() and piece.isalpha() and piece.lower() in sound_of(squeeze(name)))
    )  # fmt: skip
