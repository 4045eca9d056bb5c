"""The words of company names that say little: legal forms, lines of business, branches. In the fold of `find.fold`."""

from __future__ import annotations

import re

# 集团股份有限公司, 有限责任公司, 总公司 …, and the forms of Taiwan and Japan; at the end of a name.
FORM = re.compile(
    r"(?:(?:集团|控股|股份|投资)*(?:有限责任|股份有限|无限|有限)?(?:责任)?(?:总|母)?公司(?:集团)?"
    r"|集团|股份|有限|(?:有限|普通|特殊普通)合伙(?:企业)?|合伙企业|个体工商户|个体户|个人独资企业|株式会社|有限会社)$"
)
FORM_ENDS = frozenset("司团份限伙业户社")  # one of which ends every form: most names need not be searched
# 北京分公司, 南山支行, 上海办事处: what follows (or stands without) the name of the whole.
BRANCH = re.compile(
    r"(?:公司|集团|银行|股份)(?:股份)?(?:有限)?(?:责任)?(?:公司)?(?P<named>.{1,14}?(?:分公司|支公司|办事处|代表处|分部|分厂|分店|分行|支行|营业部|经营部|门市部|销售部|事业部|项目部|第.{1,2}公司))$"
    r"|(?P<bare>.{2,4}?(?:分公司|支公司|办事处|代表处|分行|支行|分店))$"
)
BRANCH_KIND = re.compile(
    r"(?:分公司|支公司|办事处|代表处|分部|分厂|分店|分行|支行|营业部|经营部|门市部|销售部|事业部|项目部|第.{1,2}公司)$"
)
# 有限公司 with a slip or as a scanner misreads it (有陷公司, 有限么司, 限公司), and cut off by a program that kept so many characters.
WRONG_FORM = re.compile(r"(?:集团|控股|股份)*(?:有限公司.|..责任..|有限..|.限公.|.限.司|有.公.|有..司|.限公司.?)$")
CUT_FORM = re.compile(r"(?:集团|控股|股份)*(?:有限责任公|.限责任|有.责任|有限责|有限公|有.|.限|有|限|集|股|控)$")
FORMS = frozenset(
    "co ltd limited inc incorporated corp corporation company llc llp lp plc gmbh mbh ag kg kgaa ohg se sa sas sarl srl spa bv nv "
    "pte pty pvt private ab oy oyj as aps kk ltda lda sl doo zoo sdn bhd group holding holdings hldgs gongsi youxian gufen jituan zeren "
    "youxiangongsi gufenyouxiangongsi cv pt tbk".split()
)
BRANCHES = frozenset("branch office fengongsi banshichu".split())
SMALL = frozenset("the and of for de la und et y i e".split())

TRADES = frozenset(
    (
        "科技 技术 信息 信息技术 网络 电子 电气 电器 电力 电工 电脑 计算机 软件 系统 数据 数码 数字 智能 智慧 通信 通讯 互联网 自动化 集成 "
        "贸易 商贸 商业 商务 国际 进出口 外贸 经贸 工贸 实业 产业 企业 工业 发展 开发 投资 控股 管理 咨询 服务 顾问 策划 代理 中介 "
        "工程 建设 建筑 建材 装饰 装修 装潢 设计 安装 施工 园林 绿化 景观 房地产 地产 置业 物业 家居 家具 门窗 木业 石材 陶瓷 "
        "机械 机电 设备 制造 精密 模具 五金 仪器 仪表 工具 器材 装备 重工 动力 汽车 汽配 车业 零部件 轴承 阀门 泵业 水泵 紧固件 "
        "化工 化学 材料 新材料 新材 塑料 塑胶 橡胶 橡塑 涂料 石化 石油 能源 新能源 光电 光伏 环保 环境 节能 水务 水处理 燃气 "
        "金属 钢铁 钢材 不锈钢 铝业 铜业 矿业 冶金 电缆 线缆 照明 半导体 微电子 "
        "生物 医药 制药 药业 医疗 医疗器械 器械 健康 保健 养老 诊所 医院 药房 大药房 生物科技 生物技术 "
        "食品 饮料 餐饮 酒业 茶业 农业 农产品 粮油 饲料 种业 养殖 水产 牧业 林业 超市 百货 "
        "服装 服饰 纺织 针织 鞋业 皮革 皮具 印染 印刷 包装 纸业 文具 玩具 礼品 工艺品 珠宝 首饰 化妆品 日用品 美容 "
        "物流 运输 货运 速递 快递 仓储 供应链 航空 海运 船舶 港口 "
        "文化 传媒 传播 广告 影视 教育 培训 旅游 旅行社 酒店 宾馆 体育 娱乐 艺术 出版 会展 人力资源 劳务 "
        "金融 保险 证券 基金 银行 担保 租赁 资产 财务 会计师事务所 律师事务所 事务所 税务师事务所 知识产权 检测 认证 "
        "大学 学院 中学 小学 学校 幼儿园 研究院 研究所 中心 厂 工厂 商行 经营部 工作室 店 馆 部 社 行 站 局 协会 委员会 用品 制品 产品 系列"
    ).split()
)
# Last character -> how long the lines of business are that end with it, the longest first.
TRADE_LENGTHS = {
    end: tuple(sorted({len(trade) for trade in TRADES if trade[-1] == end}, reverse=True)) for end in {trade[-1] for trade in TRADES}
}
# Chinese lines of business as Latin names say them, for names written half and half.
LATIN_TRADES = frozenset(
    (
        "new intelligent smart cold "
        "technology technologies technical tech techno electronics electronic electric electrical software systems system solutions "
        "digital data computer computers network networks internet information infotech telecom communications communication "
        "trading trade trades commerce commercial import export imports exports international intl global industries industry industrial "
        "enterprise enterprises development investment investments management consulting consultants consultancy services service "
        "engineering engineers construction building builders materials material machinery machine machines equipment tools instruments "
        "manufacturing mfg precision hardware auto automotive automation motors parts chemical chemicals plastics plastic rubber paint "
        "energy power solar environmental environment metal metals steel aluminium aluminum mining cable lighting semiconductor "
        "bio biotech biological pharma pharmaceutical pharmaceuticals medical health healthcare hospital clinic "
        "food foods beverage beverages agriculture agricultural farms textile textiles garment garments apparel fashion shoes leather "
        "furniture valve valves instrument landscaping decoration optoelectronics home chain "
        "printing packaging paper toys gifts jewelry cosmetics beauty logistics transport transportation shipping freight express supply "
        "culture media advertising film education training travel hotel hotels sports entertainment art design designs "
        "finance financial insurance capital fund bank university college school institute center centre factory works products "
        "keji maoyi jishu shangmao dianzi shiye gongcheng jixie xinxi wangluo"
    ).split()
)
# What the commonest of them mean: characters of which one stands in the Chinese line of business.
MEANINGS = {
    **dict.fromkeys("technology technologies tech".split(), "科技术信息网电软智数"),
    **dict.fromkeys("electronics electronic electric electrical".split(), "电子器"),
    **dict.fromkeys("software systems information digital data".split(), "软件信息科技网数系统"),
    **dict.fromkeys("trading trade commerce import export".split(), "贸商进口外"),
    **dict.fromkeys("logistics transport transportation shipping freight express".split(), "物流运递货储"),
    **dict.fromkeys("engineering construction building".split(), "工程建筑设"),
    **dict.fromkeys("medical pharma pharmaceutical pharmaceuticals health healthcare biotech".split(), "医药生健康"),
    **dict.fromkeys("food foods beverage beverages".split(), "食品饮餐酒茶"),
    **dict.fromkeys("textile textiles garment garments apparel fashion".split(), "纺织服装饰针布"),
    **dict.fromkeys("chemical chemicals plastics plastic".split(), "化塑材"),
    **dict.fromkeys("machinery machine machines equipment hardware precision".split(), "机械设备精密五金"),
    **dict.fromkeys("packaging printing paper".split(), "包装印纸"),
    **dict.fromkeys("furniture home".split(), "家具居"),
    **dict.fromkeys("instruments instrument".split(), "仪表器"),
    **dict.fromkeys("consulting consultants consultancy management".split(), "咨询顾问管理"),
    **dict.fromkeys("agriculture agricultural farms".split(), "农牧"),
    **dict.fromkeys("auto automotive parts".split(), "汽车配零"),
    "valve": "阀", "valves": "阀", "landscaping": "园林绿", "decoration": "装饰修", "optoelectronics": "光电", "advertising": "广告",
}
