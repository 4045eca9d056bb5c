"""Words of which the customers of the fifth labelled set are made: cities, lines of business, names, bodies, forms abroad."""

# Cities with their province and what stands before their telephone numbers.
CITIES = {city: (province, area) for city, province, area in (line.split() for line in (
    "北京 北京 010|上海 上海 021|天津 天津 022|重庆 重庆 023|广州 广东 020|深圳 广东 0755|东莞 广东 0769|佛山 广东 0757|"
    "珠海 广东 0756|惠州 广东 0752|中山 广东 0760|汕头 广东 0754|杭州 浙江 0571|宁波 浙江 0574|温州 浙江 0577|嘉兴 浙江 0573|"
    "绍兴 浙江 0575|金华 浙江 0579|台州 浙江 0576|南京 江苏 025|苏州 江苏 0512|无锡 江苏 0510|常州 江苏 0519|南通 江苏 0513|"
    "徐州 江苏 0516|扬州 江苏 0514|济南 山东 0531|青岛 山东 0532|烟台 山东 0535|潍坊 山东 0536|临沂 山东 0539|成都 四川 028|"
    "武汉 湖北 027|西安 陕西 029|长沙 湖南 0731|郑州 河南 0371|洛阳 河南 0379|沈阳 辽宁 024|大连 辽宁 0411|昆明 云南 0871|"
    "厦门 福建 0592|福州 福建 0591|泉州 福建 0595|合肥 安徽 0551|芜湖 安徽 0553|哈尔滨 黑龙江 0451|长春 吉林 0431|"
    "石家庄 河北 0311|贵阳 贵州 0851|南昌 江西 0791|太原 山西 0351|兰州 甘肃 0931"
).split("|"))}  # fmt: skip
IN_ENGLISH = {"东莞": "Dongguan", "西安": "Xi'an", "哈尔滨": "Harbin", "重庆": "Chongqing", "厦门": "Xiamen", "沈阳": "Shenyang",
              "长春": "Changchun"}  # fmt: skip
# In the register, as said, on the English side of the card.
TRADES = tuple((full, said, english) for full, said, english in (line.split(",") for line in (
    "精密模具,模具,Precision Mould|机电设备,机电,Electromechanical Equipment|进出口,进出口,Import & Export|"
    "橡塑制品,橡塑,Rubber & Plastic|医疗器械,医疗,Medical Instruments|生物医药,医药,Biopharmaceutical|纸业,纸业,Paper|"
    "酒业,酒业,Wine & Spirits|茶业,茶业,Tea|物业管理,物业,Property Management|人力资源服务,人力,Human Resources|"
    "会展服务,会展,Exhibition|国际货运代理,货代,International Freight|汽车销售服务,汽车,Auto Sales & Service|"
    "消防器材,消防,Fire Equipment|门窗,门窗,Doors & Windows|卫浴,卫浴,Sanitary Ware|玩具,玩具,Toys|箱包,箱包,Luggage|"
    "鞋业,鞋业,Footwear|眼镜,眼镜,Optical|水处理设备,水处理,Water Treatment|电力设备,电力,Power Equipment|"
    "电线电缆,电缆,Wire & Cable|轴承,轴承,Bearing|紧固件,紧固件,Fasteners|粉末冶金,粉末冶金,Powder Metallurgy|"
    "涂料,涂料,Coatings|化妆品,化妆品,Cosmetics|旅行社,旅行社,Travel Agency|酒店管理,酒店,Hotel Management|"
    "餐饮管理,餐饮,Catering|饲料,饲料,Feed|水产,水产,Aquatic Products|种业,种业,Seed|珠宝,珠宝,Jewelry|"
    "传感技术,传感,Sensing Technology|激光设备,激光,Laser Equipment|机器人,机器人,Robotics|检测技术,检测,Testing Technology|"
    "网络科技,网络,Network Technology|软件技术,软件,Software|通信技术,通信,Communication Technology|"
    "钢结构,钢构,Steel Structure|幕墙装饰,幕墙,Curtain Wall"
).split("|")))  # fmt: skip
FORMS = ("有限公司",) * 8 + ("有限责任公司", "股份有限公司")
LUCKY = "鑫盛宏达恒通源泰华瑞丰德隆兴顺利信诚嘉金汇佳美力天正博荣伟创远大永安联亿福祥龙飞鹏"
GOODS = ("五金 粮油 饺子馆 超市 理发 窗帘 手机维修 轮胎 广告图文 鲜花 早餐 农资 瓷砖 童装 水暖 宠物").split()
BANKS = {pair[0]: pair[1] for pair in (line.split() for line in (
    "中国工商银行 工行|中国银行 中行|招商银行 招行|交通银行 交行|中国民生银行 民生银行|兴业银行 兴业银行"
).split("|"))}  # fmt: skip
STREETS = ("人民路", "解放路", "中山路", "开发区", "高新", "城东", "火车站", "大学城")
# Schools, hospitals and offices of a city or a county, and as some of them are called.
BODIES = (
    "第{n}中学 第{n}小学 实验小学 人民医院 第{n}人民医院 中医医院 财政局 税务局 教育局 水务局 机关幼儿园 图书馆 司法局 "
    "职业中等专业学校 疾病预防控制中心 住房公积金管理中心 妇幼保健院"
).split()
BODY_SAID = {pair[0]: pair[1] for pair in (line.split() for line in (
    "人民医院 医院|第{n}人民医院 {n}院|中医医院 中医院|疾病预防控制中心 疾控中心|住房公积金管理中心 公积金中心|"
    "妇幼保健院 妇幼|职业中等专业学校 职业中专|实验小学 实小|税务局 税务"
).split("|"))}  # fmt: skip
TRADE_ENDS = (
    "集团 科技 装饰 教育 电器 国际 物流 电子 实业 食品 服饰 药业 建材 网络 传媒 通信 木业 地产 商贸 电脑 投资 证券 医药 汽车 "
    "机械 五金 文化 通讯 设计 照明 房产 家居 银行 化工 门业 家具 体育 物业 环保 影视 印刷 酒店 股份 企业 软件 保险 基金 大学 "
    "学院 医院 公司"
).split()
NOUNS = (
    "Harvest Northgate Riverside Lakeview Oakfield Silverline Brightwater Redwood Stonebridge Fairmount Highland Westbrook"
).split()
FOLK = (
    "Hofmann Brandt Köhler Schröder Günther Löffler Höfer Büttner Moreau Lemaître Gaudin Benoît Rousseau Ferrari Moretti "
    "Galli Fabbri Pérez Muñoz Ortúñez Ibarra Nygård Sandström Ødegaard Halvorsen Whitfield Langley Ashworth Prescott "
    "Novák Dvořák Szabó Kovács"
).split()
FIRST = ("Anna Peter Karin Luca Marie Jean Elena Pavel Ingrid Thomas Julia Marco Sofia Henrik Claire Diego Nina Oliver").split()
WORK = (
    "Foods Textiles Tools Ceramics Packaging Chemicals Furniture Optics Marine Dental Steel Plastics Lighting Instruments "
    "Maschinenfabrik Feinmechanik Distribution Logistique Impianti Alimentari Equipos Trading"
).split()
# Forms abroad, with the number of the country; as others write them.
ABROAD = tuple((form, land) for form, land in (line.split("/") for line in (
    "GmbH/49|AG/49|GmbH & Co. KG/49|SARL/33|S.A./34|S.p.A./39|S.r.l./39|Ltd./44|Inc./1|LLC/1|Corporation/1|AB/46|AS/45|"
    "B.V./31|Pty Ltd/61|s.r.o./420"
).split("|")))  # fmt: skip
FORM_SAID = {pair[0]: pair[1] for pair in (line.split("=") for line in (
    "GmbH=G.m.b.H.|Ltd.=Limited|Inc.=Incorporated|LLC=L.L.C.|S.p.A.=SPA|S.r.l.=SRL|SARL=S.A.R.L.|S.A.=SA|Corporation=Corp|"
    "B.V.=BV|Pty Ltd=PTY. LIMITED|GmbH & Co. KG=GmbH + Co KG|s.r.o.=sro|AS=A/S"
).split("|"))}  # fmt: skip
