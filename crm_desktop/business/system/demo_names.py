"""The words the demo company's customers and the people there are named with."""

from __future__ import annotations

from typing import NamedTuple


class Trade(NamedTuple):
    """What a company does, as its name says it; its industry; how often it occurs."""

    name: str
    industry: str
    weight: int = 1


# The distinctive part of a company's name, and how its web address spells it.
CORES = tuple(
    tuple(pair.split())
    for pair in (
        "明达 mingda", "恒锐 hengrui", "华信 huaxin", "博远 boyuan", "锐科 ruike", "天成 tiancheng", "瑞丰 ruifeng",
        "中联达 zhonglianda", "新诺 xinnuo", "嘉禾 jiahe", "立德 lide", "海川 haichuan", "金石 jinshi", "泰和 taihe",
        "启辰 qichen", "润邦 runbang", "鼎盛 dingsheng", "合力达 helida", "盛泰 shengtai", "腾远 tengyuan", "宏图 hongtu",
        "佳润 jiarun", "正阳 zhengyang", "同方达 tongfangda", "卓越 zhuoyue", "凯盛 kaisheng", "德信 dexin", "安捷 anjie",
        "方圆 fangyuan", "信达 xinda", "广源 guangyuan", "利民 limin", "金鼎 jinding", "华泰 huatai", "东昇 dongsheng",
        "北辰 beichen", "星海 xinghai", "晨光达 chenguangda", "旭日 xuri", "伟业 weiye", "联创 lianchuang", "科瑞 kerui",
        "精诚 jingcheng", "永兴 yongxing", "富华 fuhua", "众合 zhonghe", "百川 baichuan", "千禾 qianhe",
    )
)  # fmt: skip
TRADES = (
    Trade("精密机械", "manufacturing", 9), Trade("自动化设备", "manufacturing", 8), Trade("电子科技", "manufacturing", 8),
    Trade("汽车零部件", "manufacturing", 8), Trade("医疗器械", "manufacturing", 5), Trade("新材料", "manufacturing", 5),
    Trade("包装材料", "manufacturing", 4), Trade("仪器仪表", "manufacturing", 4), Trade("光电技术", "manufacturing", 4),
    Trade("食品", "manufacturing", 3), Trade("软件", "it", 5), Trade("信息技术", "it", 5), Trade("网络科技", "it", 4),
    Trade("国际物流", "transport", 5), Trade("供应链管理", "transport", 3), Trade("建筑装饰", "real_estate", 4),
    Trade("置业", "real_estate", 2), Trade("企业管理咨询", "business_services", 4), Trade("贸易", "business_services", 5),
    Trade("融资租赁", "finance", 3), Trade("文化传媒", "media", 4), Trade("职业技术学院", "government", 2),
)  # fmt: skip
FORMS = ("有限公司", "有限公司", "有限公司", "股份有限公司", "科技有限公司", "集团有限公司")

ENGLISH_CORES = tuple(
    "Harborview Northfield Bluestone Silverline Oakridge Crestwood Lakeshore Ironbridge Brightwater Kingsley Redwood "
    "Fairmont Ashford Westgate Cobalt Meridian Stonehaven Granville Thornbury Clearbrook".split()
)
ENGLISH_TRADES = (
    Trade("Precision Tools", "manufacturing"), Trade("Packaging", "manufacturing"), Trade("Medical Devices", "manufacturing"),
    Trade("Automotive Parts", "manufacturing"), Trade("Instruments", "manufacturing"), Trade("Software", "it"),
    Trade("Data Systems", "it"), Trade("Logistics", "transport"), Trade("Freight", "transport"),
    Trade("Trading", "business_services"), Trade("Consulting", "business_services"), Trade("Media", "media"),
    Trade("Capital", "finance"),
)  # fmt: skip
ENGLISH_FORMS = ("Ltd", "Ltd", "Inc.", "LLC", "Group")

FAMILY = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓冯"
GIVEN = {
    "m": "建国 伟 志强 俊杰 浩然 文博 立新 晓东 鹏飞 海波 国栋 永刚 子轩 明辉 家豪 振华 少华 宏伟".split(),
    "f": "丽 敏 静 海燕 雪 佳怡 晓红 婷 芳 雅琴 思雨 慧敏 玉兰 欣怡 春梅 秀英 梦洁 琳".split(),
}
ENGLISH_FAMILY = "Parker Hughes Bennett Walsh Foster Coleman Murray Reid Lawson Sutton Barnes Doyle".split()
ENGLISH_GIVEN = {
    "m": "James Daniel Michael Thomas Andrew Oliver Henry Samuel".split(),
    "f": "Emma Sarah Laura Grace Helen Rachel Alice Nora".split(),
}

# Job title, department there.
JOBS = (("采购经理", "采购部"), ("采购专员", "采购部"), ("总经理", "总经办"), ("技术总监", "技术部"), ("生产经理", "生产部"),
        ("设备主管", "设备部"), ("副总经理", "总经办"), ("财务经理", "财务部"), ("项目经理", "工程部"))  # fmt: skip
ENGLISH_JOBS = (("Purchasing Manager", "Purchasing"), ("Operations Director", "Operations"), ("CEO", "Management"),
                ("Plant Engineer", "Engineering"), ("Buyer", "Purchasing"))  # fmt: skip
DECIDERS = {"总经理", "副总经理", "技术总监", "CEO", "Operations Director"}
ROLES = {"采购经理": "evaluator", "技术总监": "decision_maker", "总经理": "decision_maker", "副总经理": "decision_maker",
         "CEO": "decision_maker", "Operations Director": "decision_maker", "生产经理": "user", "设备主管": "user",
         "Plant Engineer": "user", "Purchasing Manager": "evaluator", "财务经理": "influencer"}  # fmt: skip
NOTES = ("年度预算在四季度确定，宜提前沟通。", "付款周期 60 天，开票需附送货单。", "与其他供应商有框架协议，今年底到期。",
         "对交期要求严格，优先报现货。", "老客户推荐，重视售后响应速度。")  # fmt: skip
