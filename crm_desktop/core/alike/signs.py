"""Signs taken for others: what a scanner read as two, because it is wide (日月 for 明), and what looks like another one (已 for 己)."""

from __future__ import annotations

import re
from functools import cache

# Two parts and the sign they make. Parts that are signs of their own stand here only where the two hardly follow one another in a name.
_MADE = dict(pair.split("=") for pair in (
    "日月=明 木木=林 月月=朋 金帛=锦 金名=铭 江鸟=鸿 日青=晴 日王=旺 木目=相 禾刂=利 力口=加 禾口=和 禾斗=科 亲斤=新 纟隹=维 "
    "氵匚=汇 日寸=时 木土=杜 矢口=知 女少=妙 "
    "鱼羊=鲜 哥欠=歌 亻言=信 氵闰=润 阝日=阳 阝月=阴 忄亘=恒 钅兑=锐 月券=腾 亻韦=伟 川页=顺 耳关=联 舟亢=航 广隶=康 钅帛=锦 "
    "鬲虫=融 钅名=铭 亻圭=佳 仓刂=创 彳惪=德 "
    "氵鸟=鸿 氵每=海 氵原=源 讠成=诚 讠义=议 讠与=谊 讠宜=谊 木公=松 木白=柏 木乔=桥 木风=枫 木亘=桓 钅失=铁 钅冈=钢 钅同=铜 "
    "钅艮=银 钅帅=铈 钅夆=锋 钅匀=钧 钅岂=铠 "
    "钅监=鉴 钅金=鑫 火皇=煌 火韦=炜 火华=烨 火军=辉 火同=烔 氵青=清 氵工=江 氵皮=波 氵共=洪 氵夭=沃 氵寿=涛 氵译=泽 氵胡=湖 "
    "氵羊=洋 氵可=河 氵干=汗 氵令=冷 氵农=浓 "
    "氵告=浩 氵先=洗 氵去=法 氵由=油 氵台=治 氵主=注 氵充=流 氵良=浪 氵中=沖 氵甬=涌 氵朝=潮 氵林=淋 氵奂=涣 氵肖=消 氵尼=泥 "
    "氵水=冰 冫水=冰 冫东=冻 冫令=冷 冫中=冲 "
    "冫隹=准 亻士=仕 亻二=仁 亻壬=任 亻百=佰 亻呆=保 亻中=仲 亻立=位 亻衣=依 亻共=供 亻以=似 亻寸=付 亻弋=代 亻云=传 亻专=传 "
    "亻尤=优 亻华=俥 亻更=便 亻谷=俗 亻建=健 "
    "亻故=做 亻象=像 亻吏=使 亻昌=倡 亻动=働 讠射=谢 讠式=试 讠周=调 讠井=讲 讠己=记 讠十=计 讠丁=订 讠午=许 讠司=词 讠吾=语 "
    "讠兑=说 讠卖=读 讠青=请 讠者=诸 讠若=诺 "
    "讠首=道 纟工=红 纟及=级 纟吉=结 纟冬=终 纟合=给 纟各=络 纟会=绘 纟录=绿 纟泉=线 纟田=细 纟且=组 纟只=织 纟方=纺 纟己=纪 "
    "纟屯=纯 纟充=统 纟圣=经 纟迷=继 纟寸=纣 "
    "忄宗=棕 忄台=怡 忄兑=悦 忄康=慷 忄夬=快 忄生=性 忄青=情 忄亥=骇 忄享=惇 忄圣=怪 忄隹=惟 忄赖=懒 忄荒=慌 扌支=技 扌召=招 "
    "扌是=提 扌空=控 扌广=扩 扌包=抱 扌妾=接 "
    "扌设=投 扌非=排 扌由=抽 扌巴=把 扌旨=指 扌军=挥 扌石=拓 扌比=批 扌尃=搏 扌合=拾 礻土=社 礻见=视 礻且=祖 礻羊=祥 礻畐=福 "
    "礻兄=祝 礻申=神 礻豊=礼 礻其=祺 饣反=饭 "
    "饣欠=饮 饣官=馆 饣包=饱 饣并=饼 饣余=馀 阝击=陆 阝车=阵 阝东=陈 阝完=院 阝余=除 阝急=隐 阝方=防 阝付=附 阝示=际 阝竟=境 "
    "木戒=械 木丙=柄 木莫=模 木羊=样 木娄=楼 "
    "木甬=桶 木勾=构 木支=枝 月要=腰 月巴=肥 月几=肌 月交=胶 禾责=积 禾尔=称 禾呈=程 禾兑=税 禾必=秘 日央=映 日乍=昨 日免=晚 "
    "弓长=张 辶大=达 辶元=远 辶云=运 辶斤=近 "
    "辶甬=通 辶首=道 辶关=送 辶车=连 辶井=进 辶米=迷 囗玉=国 囗元=园 疒丙=病 宀玉=宝 宀元=完 宀谷=容 宀成=宬 宀豕=家 宀女=安 "
    "艹化=花 艹早=草 艹古=苦 艹平=苹 艹方=芳 "
    "艹约=药 艹名=茗 艹央=英 艹田=苗 艹何=荷 艹连=莲 艹监=蓝 艹余=荼 金金金=鑫 火火火=焱 木木木=森 日日日=晶"
).split())  # fmt: skip
_PARTS = re.compile("|".join(sorted(_MADE, key=len, reverse=True)))
FIRSTS = frozenset(parts[0] for parts in _MADE)
"""A name without one of them has no sign that was read as two."""


def joined(name: str) -> str:
    """The (folded) name with the signs that were read as two put together."""
    return _PARTS.sub(lambda found: _MADE[found.group()], name) if not FIRSTS.isdisjoint(name) else name


# Signs that look like one another and sound otherwise: each group is one mistake.
_LOOKS = (
    "己已巳 末未 土士 日曰 人入 大太犬天夫 千干于 王玉主 石右 力刀 万方 晶品 毫豪 宜宣 斯期 景影 清请情晴 凯岂 拓柘 拔拨 泰秦奏 "
    "晨辰 厚原 埃挨 洁浩 湖潮 茂芜 瑞端 锋铎 铭铬 "
    "纳钠 绿缘 缘椽 腾滕 朗郎 名各 启后 合台 享亨 准淮 冶治 凌淩 剑创 勤勒 升开井 午牛 卓桌 历厉 友发反 吉古 同向 吴昊 和知 垣恒桓 "
    "埔浦捕 堂党 境镜 墨黑 壮状 复夏 奥粤 妍研 威成 字宇 宝室 "
    "尤龙 川州 巨臣 市布 帅师 帆凡 常带 广厂 庆床 庄压 延廷 怡恰 恩思 戊戍 扬杨场 技枝 折拆 明朋 木本术 杭抗 林材 格洛 桂佳住 正止 "
    "比此 汉仅 沈沉 深探 渝输 源原 焦集 牧收 环坏 现观 玖久 理埋 "
    "甲由申田 白自 直真 社杜 祖租 祥样 福幅 科料 竞竟 羽习 西酉 见贝 鸟乌 盛睿 容荣 容谷 薄博搏 钢纲 岗刚 仑仓 伦轮 今令 兰三 新析 "
    "达送 远运 连达 迈迁 辉晖 晖挥 华毕 毕华 联取 利刹 创仓 鑫金 森林 昌冒 昌吕 "
    "胜性 胜脏 盈盘 盐盘 铂柏 锦棉 锦绵 银根 铁轶 钰玉 钧均 钜巨 铜桐 铝吕 欣欢 旺汪 润闰 洲州 波皮 洪共 浪良 海每 江工 河可 泽译 "
    "沃夭 涛寿 清青 诚成 谊宜 诺若 湾弯 佰百 仁二 信言 依衣 任壬 枫风 桥乔 松公 柏白 桦华 恒亘 悦兑 怡台 恺岂 琪其 珠朱 玛马 珂可 "
    "煌皇 炜韦 烨华 锐兑 铠岂 "
    "凯恺 佳圭 伟韦 桂圭 康庚 庆厌 丰半 丰羊 羊半 华单 单草 业亚 亚业 严亚 乐东 东乐 车东 开井 长卡 上止 元无 云去 五王 三王 中申 "
    "中由 书节 习刁 乡多 买卖 争净 亿忆 什仟 仕什 优忧 体休 何可 余佘 佘余 侨桥 保呆 "
    "俊竣 债货 货贷 贷货 贸贺 赁贷 偿尝 傲敖 光先 党兄 兰三 共其 兵乒 冒昌 农衣 冠寇 冰水 况兄 冲种 决快 冻东 则财 刚冈 前剪 力办 "
    "办力 功切 加如 劲动 励厉 北兆 区凶 匹四 协胁 卖买 南商 占古 卫丑 印卯 却去 厅厂 厦夏 "
).split()


@cache
def _looks() -> frozenset[frozenset[str]]:
    return frozenset(frozenset((one, other)) for group in _LOOKS for one in group for other in group if one != other)


def look_alike(one: str, other: str) -> bool:
    """Whether two signs are easily taken for one another."""
    return frozenset((one, other)) in _looks()
