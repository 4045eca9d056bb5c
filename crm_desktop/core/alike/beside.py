"""What stands in the cell of a company's name beside it: remarks, a department, a person, its former name, its name in another tongue.

    恒泰科技有限公司 采购部王小姐             → 恒泰科技有限公司
    恒泰科技有限公司（原华泰贸易公司）        → 恒泰科技有限公司, 华泰贸易公司
    恒泰科技有限公司 Hengtai Tech Co., Ltd.   → 恒泰科技有限公司, Hengtai Tech Co., Ltd.
"""

from __future__ import annotations

import re

from crm_desktop.core.alike import places
from crm_desktop.core.alike.words import BRANCH, FORM, FORMS
from crm_desktop.core.find.fold import squeeze

_CHINESE = "\u3400-\u9fff"
_GAP = r"[\s\u200b\ufeff\-—–_/|,，;；、:：]"
_VIP = re.compile(rf"^(?:vip|svip|重点客户|老客户|新客户)(?:{_GAP}+|(?=[{_CHINESE}]))", re.IGNORECASE)
_FORMER = re.compile(
    r"[(（\[【]\s*(?:原名称|原名|原|曾用名|旧名|前身|前称|formerly(?: known as)?|former name|f/k/a)\s*(?:[:：为是]\s*)?"
    r"(?P<name>[^()（）\[\]【】]{4,60})"
    r"[)）\]】]?|" + rf"(?:{_GAP}+)(?:曾用名|原名称?)[:：]\s*(?P<bare>.{{4,60}})$",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"^(?P<name>.{{2,}}?(?:公司|集团|事务所|株式会社))(?P<tail>(?:{_GAP}|[(（\[【]).+)$", re.DOTALL)
# Behind the name of a firm abroad: the name over its door.
_DOOR = re.compile(r"\s(?:dba|d/b/a|t/a|trading as|doing business as|a/k/a|aka)\s+(?P<name>.{3,60})$", re.IGNORECASE)
_DOOR_SIGNS = re.compile(r" (?:[dtaDTA]/|[dD][bBo]|[aA][kK][aA] |[tT]rading as)")
_FIRST = re.compile(rf"^(?:\d{{1,4}}[、.．)）]\s*(?=[{_CHINESE}])|【[^】]{{1,6}}】\s*(?=.{{4}}))")  # 12、 and 【A】
_NUMBER = re.compile(r"[\s(（]*(?:联系电话|联系方式|电话|手机|tel|phone|mob|mobile)?\.?[:：]?\s*\+?\d[\d\s-]{6,}[)）]?$", re.IGNORECASE)
_FAMILIES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊陆"
    "郝孔白崔康毛邱秦江史顾侯邵孟万段雷钱汤尹黎易常武乔贺赖龚文單單仇解查翟区盖張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻鍾薑範譚鄒陸顧龍錢湯賀賴龔"
)
_PERSON_FIRST = re.compile(rf"^[{_FAMILIES}][{_CHINESE}]{{1,2}}\s*[-－—/+＋]+\s*(?=.{{4,}}公司)")
_PERSON_BEHIND = re.compile(
    rf"(?<=公司)[{_CHINESE}]{{1,3}}(?:总|经理|先生|小姐|女士|老师|主任|厂长|店长|老板|工程师)$|\s*[/+＋]\s*[{_CHINESE}]{{2,3}}$"
)
_PERSON_ENDS = frozenset("总理生姐士师任长板")
_PERSON_SIGNS = re.compile("[-－—/+＋]")
_WHOLE = re.compile(r"公司|集团|工厂|株式会社|会社")
_DEPARTMENT = re.compile(
    r"(?<=公司)(?:采购|财务|工程|技术|市场|行政|人事|人力资源|后勤|设备|总务|供应|供应链|物资|物流|生产|研发|质检|质量|品质|信息|法务|仓储|业务|客服|企划|设计|综合|"
    r"基建|机电)(?:部|科|处|室|组|中心)$|(?<=公司)(?:办公室|总经办|总裁办|仓库|门卫|前台)$"
)
_LATIN_FORM = "ltd|limited|inc|incorporated|llc|llp|gmbh|corp|corporation|company|group|plc|ag|bv|nv|spa|srl|kg|pte|oy|ab|sarl|bhd|co"
_LATIN_BEHIND = re.compile(
    rf"^(?P<name>[^{_CHINESE}]{{3,}}\b(?:{_LATIN_FORM})\b\.?)"
    r"(?P<tail>\s*(?:\s[-–—/|;]\s*|[/|;([]).+|\s+\d{1,2}|\s*[-–—]\s+.+)$", re.IGNORECASE
)
_CHINESE_FIRST = re.compile(
    rf"^(?P<one>[^a-z]*[{_CHINESE}]{{2,}}[^a-z]*?(?:公司|集团|厂|学院|大学|中心|研究所|研究院|银行|医院|事务所)){_GAP}*[(（\[【]?\s*"
    rf"(?P<other>[a-z][^{_CHINESE}]{{3,}}?)\s*[)）\]】]?$",
    re.IGNORECASE,
)
_LATIN_FIRST = re.compile(
    rf"^(?P<other>[a-z][^{_CHINESE}]{{3,}}\b(?:{_LATIN_FORM})\b\.?)\s*{_GAP}*[(（\[【]?\s*"
    rf"(?P<one>[{_CHINESE}]{{4,}}.*?)[)）\]】]?$", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z]+")
_FORMER_SIGN = re.compile(r"[原曾旧前]|[Ff]ormer|f/k/a", re.IGNORECASE)
_VIP_SIGNS = frozenset("VvSs重老新")
_STARS = "*★☆#●◆■ "
_DEPARTMENT_ENDS = frozenset("部科处室组心办库卫台")
_ASCII_SIGNS = re.compile(r"[-/|;(\[*#:]|\d$")
_LATIN_SIGNS = re.compile(r"[-–—/|;(\[]|\d$")


def names(text: str) -> tuple[str, ...]:
    """The name of the company in a cell, and behind it other names of the same one that stand there.

    Millions of names have nothing beside them: each look is taken only when a sign tells that there may be something.
    """
    if " " in text and _DOOR_SIGNS.search(text) and (door := _DOOR.search(text)) is not None:
        return (text[: door.start()], door.group("name"))
    if text.isascii() and not _ASCII_SIGNS.search(text):
        return (text,)
    whole = text.find("公司")
    ends = whole < 0 or whole == len(text) - 2
    if ends and text.isalpha() and text[-1] not in _PERSON_ENDS and not _WORD.search(text) and text.find(text[:2], 2) < 0:
        return (text,)
    text = text.strip().lstrip(_STARS)
    if text[:1] in _VIP_SIGNS:
        text = _VIP.sub("", text)
    others: list[str] = []
    if text[:1].isdigit() or text[:1] == "【":
        text = _FIRST.sub("", text)
    if not text.isascii():
        text = _without_who(_once(text))
    former = _FORMER.search(text) if _FORMER_SIGN.search(text) else None
    if former is not None:
        rest = (text[: former.start()] + text[former.end() :]).strip()
        if len(rest) > 1:
            text, others = rest, [former.group("name") or former.group("bare")]
    latin = _WORD.search(text) is not None
    if latin and not text.isascii():
        both = _CHINESE_FIRST.match(text) or _LATIN_FIRST.match(text)
        if both is not None:
            text, others = both.group("one"), [both.group("other"), *others]
    if not latin and text.endswith("公司") and text.find("公司") == len(text) - 2:
        return (text, *others)
    return (_alone(text, latin), *others)


def _once(text: str) -> str:
    """A name that was put into the cell twice."""
    half = len(text) // 2
    first, second = text[:half].rstrip(), text[-half:].lstrip()
    return first if half > 3 and first == second and text[half : len(text) - half].strip() == "" else text


def _without_who(text: str) -> str:
    """A Chinese name without a telephone number behind it and a person before or behind it."""
    if text[-1:].isdigit() or text[-2:-1].isdigit():
        text = _NUMBER.sub("", text) or text
    if _PERSON_SIGNS.search(text):
        text = _PERSON_FIRST.sub("", text)
    if text[-1:] in _PERSON_ENDS or _PERSON_SIGNS.search(text):
        text = _PERSON_BEHIND.sub("", text) or text
    return text


def _alone(text: str, latin: bool) -> str:
    """The name without what is said behind it about whom one knows there."""
    if text[-1:] in _DEPARTMENT_ENDS:
        text = _DEPARTMENT.sub("", text)
    behind = _BEHIND.match(text) if not text.isascii() else None
    if behind is not None:
        tail = behind.group("tail")
        # （深圳）有限公司 goes on, and a branch is another company.
        if _WHOLE.search(tail) or BRANCH.search(text.rstrip(")）]】 ")) or _place_only(tail):
            return text
        return behind.group("name")
    found = _LATIN_BEHIND.match(text) if latin and _LATIN_SIGNS.search(text) else None
    if found is not None and not {word.lower() for word in _WORD.findall(found.group("tail"))} & (FORMS | _ELSEWHERE):
        return found.group("name")
    return text


_ELSEWHERE = frozenset("branch office china hk asia international europe america usa uk japan".split())


def _place_only(tail: str) -> bool:
    """（深圳）, （集团）: they belong to the name."""
    inside = squeeze(tail)
    return places.whole(inside) is not None or FORM.fullmatch(inside) is not None
