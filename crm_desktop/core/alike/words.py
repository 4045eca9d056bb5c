"""The words of company names that say little, and names without them: legal forms, lines of business, branches. In the fold of
`find.fold`; those in Latin letters stand in `latin`."""

from __future__ import annotations

import re

# 集团股份有限公司, 有限责任公司, 总公司 …, and the forms of Taiwan and Japan; at the end of a name.
FORM = re.compile(
    r"(?:(?:集团|控股|股份|投资)*(?:有限责任|责任有限|股份有限|无限|有限)?(?:责任)?(?:总|母)?公司(?:集团)?"
    r"|集团|股份|有限|(?:有限|普通|特殊普通)合伙(?:企业)?|合伙企业|个体工商户|个体户|个人独资企业|株式会社|有限会社|企业社|实业社|工业社|(?:农民)?(?:专业)?合作社|家庭农场)$"
)
FORM_ENDS = frozenset("司团份限伙业户社场")  # one of which ends every form: most names need not be searched
# 北京分公司, 南山支行, 上海办事处: what follows (or stands without) the name of the whole.
BRANCH = re.compile(
    r"(?:公司|集团|银行|股份)(?:股份)?(?:有限)?(?:责任)?(?:公司)?(?P<named>.{1,14}?(?:分公司|支公司|办事处|代表处|分部|分厂|分店|分行|支行|营业部|经营部|门市部|销售部|事业部|项目部|工厂|生产基地|第.{1,2}公司))$"
    r"|(?P<bare>.{2,4}?(?:分公司|支公司|办事处|代表处|分行|支行|分店))$"
)
BRANCH_KIND = re.compile(
    r"(?:分公司|支公司|办事处|代表处|分部|分厂|分店|分行|支行|营业部|经营部|门市部|销售部|事业部|项目部|工厂|生产基地|第.{1,2}公司)$"
)
# 有限公司 with a slip or as a scanner misreads it (有陷公司, 有限么司, 限公司), and cut off by a program that kept so many characters.
WRONG_FORM = re.compile(r"(?:集团|控股|股份)*(?:有限公司.|..责任..|有限..|.限公.|.限.司|有.公.|[冇肴有][陷限根]公司|有..司|.限公司.?)$")
CUT_FORM = re.compile(r"(?:集团|控股|股份)*(?:有限责任公|.限责任|有.责任|有限责|有限公|有.|.限|有|限|集|股|控)$")
ALL_TRADES = frozenset(
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
        "激光 传感 传感器 传感技术 机器人 电机 弹簧 轮胎 电池 锂电 锂电池 蓄电池 芯片 无人机 热处理 表面处理 涂装 喷涂 焊接 焊割 "
        "铸造 铸件 锻造 标准件 密封件 密封 "
        "滤清器 过滤 散热 散热器 压缩机 风机 电梯 起重 吊装 空调 制冷 暖通 消防 安防 监控 弱电 灯饰 灯具 卫浴 洁具 厨具 厨房 橱柜 "
        "地板 壁纸 窗帘 布艺 家纺 床上用品 童装 内衣 "
        "制衣 箱包 眼镜 钟表 乐器 图书 书店 书城 宠物 花卉 苗木 果蔬 蔬菜 水果 肉制品 肉类 乳业 乳品 奶业 调味品 糖业 面粉 米业 "
        "油脂 饮品 水业 冷链 冷冻 报关 货代 货运代理 拍卖 典当 小额贷款 "
        "汽车租赁 汽贸 二手车 驾校 婚庆 摄影 演艺 演出 游戏 动漫 网吧 健身 瑜伽 美发 口腔 眼科 体检 中医 养生 月子 母婴 护理 家政 "
        "保洁 清洁 保安 "
        "测绘 勘察 勘测 规划 监理 招标 造价 评估 审计 税务 法律 翻译 彩印 纸品 纸箱 彩钢 钢构 钢结构 幕墙 铝材 型材 管业 管道 管材 "
        "防水 保温 混凝土 水泥 砂石 沥青 路桥 市政 水利 桥梁 隧道 爆破 "
        "粉末冶金 硬质合金 合金 稀土 磁材 磁性 磁业 碳素 玻璃 玻纤 复合材料 树脂 油墨 胶粘 粘合剂 助剂 试剂 日化 洗涤 洗涤剂 肥业 "
        "化肥 农药 兽药 农机 种植 果业 茶叶 烟草 粮食 粮油贸易 食用菌 "
        "通用 专用 重型 液压 气动 传动 减速机 齿轮 刀具 磨具 磨料 量具 工控 仪控 变压器 开关 继电器 连接器 接插件 线束 线路板 "
        "电路板 电路 元器件 元件 电源 电线 充电 储能 风电 水电 热电 供热 热力 "
        "显示 光学 光纤 影像 音响 视听 舞台 广电 广播 电商 电子商务 直播 新媒体 融媒体 文创 创意 品牌 营销 市场 公关 会务 展览 "
        "票务 民宿 旅业 客栈 酒楼 饭店 餐饮店 快餐 烘焙 糕点 烧烤 火锅 茶庄 茶楼 咖啡 "
        "商城 商场 商厦 商店 便利店 专卖店 旗舰店 烟酒 副食 杂货 五金店 水果店 文具店 药店 餐馆 面馆 理发店 服装店 粮油店 打印店 "
        "水暖 手机 电动 硅胶 劳保 机床 冻品 电镀 调料 高分子 精工 家电维修 早餐 批发部 农家乐 花店 "
        "汽修 汽修厂 维修 维修部 修理厂 修理部 加工 加工厂 制造厂 "
        "电子厂 机械厂 制品厂 塑料厂 印刷厂 服装厂 家具厂 食品厂 五金厂 农场 果园 养殖场 生猪 家禽 牛羊 "
        "融资租赁 融资 创投 创业投资 股权投资 资本 信托 期货 支付 担保 征信 孵化器 众创空间 产业园 园区 运营 经营 经销 供应 批发 "
        "零售 销售 加盟 连锁 仓储物流 配送 搬家 船务 船业 造船 客运 公交 出租车 轨道交通 轨道 铁路 机场 高速公路 "
        "科学 科研 研发 实验室 生命科学 基因 细胞 诊断 疫苗 中药 中药材 药材 药械 医学 医药科技 生技 制剂 康复 护理院 养老院 "
        "敬老院 美容院 整形 牙科 门诊部 门诊 卫生院 卫生服务中心 "
        "云计算 大数据 人工智能 物联网 区块链 软件开发 信息系统 信息科技 数控 测控 智控 智造 智能装备 智能科技 智能制造 工业园 "
        "光机电 制作 造纸 纸制品 塑业 塑胶制品 橡胶制品 五金制品 金属制品 皮具厂 鞋厂 木制品 竹木 藤艺 "
        "企业管理 企业服务 商务服务 商贸行 精密工业 营造 兴业 物产 工艺 工艺美术 礼仪 园艺 绿化工程 环境工程 环保科技 能源科技 "
        "再生资源 回收 固废 危废 污水处理 净化 汽配 知产 货代 医械 制冷 检验 检测技术 计量 质检 特种设备 压力容器 锅炉 "
        "制作所 制造所 商会 商事 精机 工务店 电业 电工器材 电力设备 电气设备 电子元件 电子材料 化工原料 化工产品 建筑工程 建筑劳务 "
        "建筑设计 装饰设计 装饰材料 土木 土石方 岩土 地质 石化设备 石油设备 渔业 水产品 牧场 畜牧 禽业 蛋业 饲料厂 面业 粉业 盐业 "
        "酱业 醋业 啤酒 葡萄酒 白酒 酒厂 酒庄 "
        "大学 学院 中学 小学 学校 幼儿园 研究院 研究所 中心 厂 工厂 商行 经营部 工作室 店 馆 部 社 行 站 局 协会 委员会 用品 制品 "
        "产品 系列 集团 建工 国贸 重机 工机 书局 药局 纺织品 图文 打印 图文打印"
    ).split()
)
# Without those that two others make: 电子科技 is left out as 科技 and 电子.
TRADES = frozenset(
    trade for trade in ALL_TRADES if not any(trade[:cut] in ALL_TRADES and trade[cut:] in ALL_TRADES for cut in range(1, len(trade)))
)
# Last character -> how long the lines of business are that end with it, the longest first.
TRADE_LENGTHS = {
    end: tuple(sorted({len(trade) for trade in TRADES if trade[-1] == end}, reverse=True)) for end in {trade[-1] for trade in TRADES}
}
# What a line of business is called for short, where its signs do not stand in it in their order.
SAID_TRADES = frozenset(tuple(pair.split("=")) for pair in (
    "汽配=汽车零部件 汽配=汽车配件 汽贸=汽车贸易 汽修=汽车维修 汽修=汽车修理 知产=知识产权 货代=货运代理 医械=医疗器械 "
    "人力=人力资源 传媒=文化传播 厨具=厨房设备 制冷=冷冻 钢构=钢结构 "
    "网络=信息 生技=生物科技 物流=运输 货运=物流 装修=装饰 装饰=装潢 电商=电子商务 家具=家居 药业=医药 标准件=紧固件 "
    "电镀=表面处理 调料=调味品 服装=服饰 冻品=冷冻 "
    "药房=药店 大药房=药店 酒店=宾馆 锂电=锂电池 洁具=卫浴 外贸=进出口 外贸=国际贸易 五金=金属制品"
).split())  # fmt: skip
# Behind a line of business these say little more: 电子科技, 电子技术, 电子实业.
PLAIN_TRADES = re.compile(
    "科技|技术|发展|实业|企业|工业|产业|贸易|商贸|经贸|国际|进出口|管理|服务|咨询|工程|设备|机械|制品|制造|系统|集团|产品|用品|经营|开发|控股|"
    "投资"
)


_USUAL_FORM = "有限公司"
_FORM_SIGNS = re.compile("[有限司责集股控]")
_MORE_BEFORE = FORM_ENDS | frozenset(("", *"团股份资第"))  # 集团, 控股, 股份, 投资: more of the form, or of a branch, may stand before it


def usual_form(name: str) -> bool:
    """Whether a name ends with 有限公司 and nothing else that is a form."""
    return name.endswith(_USUAL_FORM) and name[-5:-4] not in _MORE_BEFORE


def formless(name: str) -> str:
    """A name without its legal form, also one that was misread or cut off."""
    if usual_form(name):
        return name[:-4]
    name = _put_right(name) if name[-1:] in _FORM_LASTS else name
    whole, found = name, FORM.search(name) if name[-1:] in FORM_ENDS else None
    rest = name[: found.start()] if found else name
    while rest != name and rest:
        name, found = rest, FORM.search(rest) if rest[-1] in FORM_ENDS else None
        rest = name[: found.start()] if found else name
    rest = rest or name
    if not _FORM_SIGNS.search(rest, len(rest) - 6):
        return rest
    for pattern, least in ((CUT_FORM, 0),) if rest != whole else ((WRONG_FORM, 4), (CUT_FORM, 0)):
        wrong = pattern.search(rest)
        if wrong is not None:
            before = rest[: wrong.start()]
            # 富有 and 创意无限 are names: only behind a line of business it is sure that a form was meant.
            if (least and len(before) >= least) or len(stripped(before)) < len(before):
                return formless(before)
    return rest


def _put_right(name: str) -> str:
    """A name whose form was typed with two signs swapped, one of them twice, or one in it that belongs before it: 有责限任公司, 有限限公司,
    开有发限公司."""
    if name.endswith(_FORM_WRITTEN):
        return name
    for size in _FORM_SIZES:
        form = _FORM_BAGS.get("".join(sorted(name[-size:])))
        if form is not None:
            return name[: len(name) - size] + form
    tail = name[-5:]
    if tail[0] == "有" and tail[2:] == "限公司":
        return f"{name[:-5]}{tail[1]}{_USUAL_FORM}"
    return name[:-1] if name.endswith("司司") else name


_FORM_WRITTEN = ("有限公司", "有限责任公司", "股份有限公司")
_FORM_BAGS = {"".join(sorted(written)): form for form in _FORM_WRITTEN for written in (form, *(form + sign for sign in form))}
_FORM_SIZES = sorted({len(bag) for bag in _FORM_BAGS}, reverse=True)
_FORM_LASTS = frozenset("司公限任")


def stripped(core: str) -> str:
    """The core without the lines of business at its end; "" when there is nothing else."""
    end = len(core)
    while end:
        for length in TRADE_LENGTHS.get(core[end - 1], ()):
            if length <= end and core[end - length : end] in TRADES:
                end -= length
                break
        else:
            break
    return core[:end]
