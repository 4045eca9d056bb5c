"""Hospitals, schools, offices, waterworks: their names are made of common words, so that the place tells which one it is.

安平县第五实验小学 is another school than that of 荣成市, and the one that everybody calls 安平五实小.
"""

from __future__ import annotations

import re

_ORDINAL = "第(?P<ordinal>[一二三四五六七八九十]{1,3})"
# What may stand before the line of business of a public body, and nothing else.
_WORDS = (
    "人民 实验 中医 中西医 结合 妇幼 保健 儿童 传染病 精神病 口腔 疾病预防控制 疾控 职业 技术 技工 技师 高级 "
    "初级 师范 外国语 附属 市场监督 市监 住房和城乡 住建 自然资源 自然资源和 规划 自规 人力资源和 人社 社会保障 "
    "民政 财政 税务 公安 交通警察 交警 消防 救援 卫生 健康 卫健 应急 农业农村 水利 统计 审计 司法 生态 "
    "工业和信息化 工信 发展和改革 发改 文化和旅游 文旅 教体 烟草 专卖 邮政 供销 供电 供水 自来水 公共 公交 交通 "
    "燃气 热力 市政 城市 城乡 城投 农村 农 商业 农商 信用 合作 融媒体 广播 电视 图书 博物 纪念 政府 大队 "
    "支队 法院 检察 党校 国网 院 机关 中等 职教 中心卫生 卫生服务 特殊教育"
).split()
_COMMON = re.compile(f"(?:第?[一二三四五六七八九十]{{1,3}}|{'|'.join(_WORDS)})+")
_PLACED = re.compile(f"[^第]{{2,4}}?[县区市]?{_COMMON.pattern}")
_LASTS = frozenset(word[-1] for word in _WORDS) | frozenset("一二三四五六七八九十")  # most brands end with none of them
# In full -> as it is called: both are compared as the latter.
_CALLED = {
    "市场监督管理局": "市监局", "市场监管局": "市监局", "自然资源和规划局": "自规局", "人力资源和社会保障局": "人社局",
    "住房和城乡建设局": "住建局", "工业和信息化局": "工信局", "发展和改革局": "发改局", "文化和旅游局": "文旅局", "交通运输局": "交通局",
    "教育体育局": "教体局", "应急管理局": "应急局", "卫生健康局": "卫健局", "卫生健康委员会": "卫健委", "发展和改革委员会": "发改委",
    "公安局交通警察大队": "交警大队", "公安局交警大队": "交警大队", "烟草专卖局": "烟草局", "人民政府": "政府", "人民法院": "法院",
    "人民检察院": "检察院", "疾病预防控制中心": "疾控", "疾控中心": "疾控", "妇幼保健院": "妇幼", "妇幼保健医院": "妇幼",
    "妇幼医院": "妇幼", "中医医院": "中医院", "人民医院": "医院", "职业中等专业学校": "职业中专", "职业教育中心": "职教中心",
    "机关幼儿园": "机关幼", "实验幼儿园": "实验幼", "中心卫生院": "卫生院", "城市建设": "城投",
    "城市建设投资": "城投", "交通投资": "交投", "城投集团": "城投", "社区卫生服务中心": "卫生服务中心",
    "融媒体中心": "融媒体", "职业技术学院": "职院", "职业学院": "职院", "农村商业银行": "农商银行", "农商行": "农商银行",
    "农村信用合作联社": "农信社", "农村信用社": "农信社", "公共交通": "公交", "实验小学": "实小", "实验中学": "实中", "高级中学": "高中",
}  # fmt: skip
_ENDS = frozenset(word[-1] for word in _CALLED) | frozenset("学院程建筑")
_SHORT_ENDS = frozenset(word[-1] for word in (*_CALLED, *_CALLED.values(), *"小中院建幼医"))
_IN_FULL = re.compile("(?:" + "|".join(sorted(_CALLED, key=len, reverse=True)) + ")$")
_NUMBERED = re.compile(_ORDINAL + "(?P<what>实验小学|实小|实验中学|高级中学|高中|中学|小学|人民医院|医院|建筑工程|建筑安装工程|建筑)$")
_NUMBERED_CALLED = {"实验小学": "实小", "实验中学": "实中", "高级中学": "高中", "中学": "中", "人民医院": "院", "医院": "院",
                    "建筑工程": "建", "建筑安装工程": "建", "建筑": "建"}  # fmt: skip
_SHORTLY = re.compile(
    "第?[一二三四五六七八九十]{0,3}(?:"
    + "|".join(sorted({*_CALLED, *_CALLED.values(), *_NUMBERED_CALLED.values(), "小", "幼", "初中", "中医", "附中", "附小"}))
    + ")"
)
_BODY = re.compile(rf"[^第]{{2,4}}?[县区市]?{_SHORTLY.pattern}")
_POWER = re.compile("^国网(?=.{2,6}(?:供电|电力)$)")


def of_its_place(brand: str) -> bool:
    """Whether what is left of a name without its place and its line of business are common words."""
    return brand[-1:] in _LASTS and _COMMON.fullmatch(brand) is not None


def shortly(rest: str) -> bool:
    """Whether what is left of a name without its place is what such a body is called for short: 五实小, 市监局."""
    return len(rest) > 1 and rest[-1] in _SHORT_ENDS and _SHORTLY.fullmatch(rest) is not None


def placed(brand: str) -> bool:
    """The same with a place before it."""
    return brand[-1:] in _LASTS and _PLACED.fullmatch(brand) is not None


def is_called(core: str) -> bool:
    """The same with its place before it: 安平五中 is another one than 安平五院, and no slip."""
    return core[-1:] in _SHORT_ENDS and _BODY.fullmatch(core) is not None


def called(core: str) -> str:
    """A name (without its legal form) as it is called: 安平五中 for 安平第五中学."""
    if core[-1:] in _ENDS:
        numbered = _NUMBERED.search(core)
        if numbered is not None:
            what = numbered.group("what")
            return core[: numbered.start()] + numbered.group("ordinal") + _NUMBERED_CALLED.get(what, what)
        return _IN_FULL.sub(lambda found: _CALLED[found.group()], core)
    return _POWER.sub("", core) if core.startswith("国网") else core
