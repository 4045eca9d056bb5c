"""Words of the sixth labelled set: towns, lines of business, signs of names, public bodies, and how they sound abroad."""

# ruff: noqa: E501
from __future__ import annotations

# City, province, area code, its first six digits in codes, districts.
TOWNS = {
    line.split()[0]: tuple(line.split()[1:])
    for line in """
深圳 广东 0755 440300 宝安区 龙岗区 南山区 福田区|广州 广东 020 440100 白云区 番禺区 天河区 黄埔区|东莞 广东 0769 441900 长安镇 虎门镇 塘厦镇 寮步镇
佛山 广东 0757 440600 顺德区 南海区 禅城区|中山 广东 0760 442000 小榄镇 古镇镇 火炬区|惠州 广东 0752 441300 惠城区 惠阳区|珠海 广东 0756 440400 香洲区 斗门区
江门 广东 0750 440700 蓬江区 新会区|上海 上海 021 310000 浦东新区 嘉定区 松江区 闵行区|北京 北京 010 110000 朝阳区 海淀区 大兴区 顺义区
天津 天津 022 120000 西青区 滨海新区 北辰区|重庆 重庆 023 500000 渝北区 九龙坡区 巴南区|苏州 江苏 0512 320500 吴中区 相城区 虎丘区|昆山 江苏 0512 320583 玉山镇 花桥镇
无锡 江苏 0510 320200 滨湖区 惠山区 锡山区|常州 江苏 0519 320400 武进区 新北区|南通 江苏 0513 320600 崇川区 通州区|南京 江苏 025 320100 江宁区 鼓楼区 栖霞区
扬州 江苏 0514 321000 邗江区 江都区|盐城 江苏 0515 320900 亭湖区 大丰区|杭州 浙江 0571 330100 萧山区 余杭区 西湖区|宁波 浙江 0574 330200 鄞州区 北仑区 镇海区
慈溪 浙江 0574 330282 浒山街道 观海卫镇|温州 浙江 0577 330300 瓯海区 龙湾区 鹿城区|义乌 浙江 0579 330782 稠城街道 佛堂镇|台州 浙江 0576 331000 黄岩区 路桥区
绍兴 浙江 0575 330600 柯桥区 上虞区|嘉兴 浙江 0573 330400 南湖区 秀洲区|湖州 浙江 0572 330500 吴兴区 南浔区|合肥 安徽 0551 340100 蜀山区 包河区|芜湖 安徽 0553 340200 鸠江区 弋江区
滁州 安徽 0550 341100 琅琊区 南谯区|厦门 福建 0592 350200 集美区 同安区|泉州 福建 0595 350500 丰泽区 洛江区|福州 福建 0591 350100 仓山区 晋安区|南昌 江西 0791 360100 青山湖区 新建区
赣州 江西 0797 360700 章贡区 南康区|济南 山东 0531 370100 历城区 章丘区|青岛 山东 0532 370200 城阳区 黄岛区|烟台 山东 0535 370600 芝罘区 福山区|潍坊 山东 0536 370700 奎文区 寒亭区
临沂 山东 0539 371300 兰山区 罗庄区|郑州 河南 0371 410100 中原区 金水区|洛阳 河南 0379 410300 涧西区 西工区|新乡 河南 0373 410700 红旗区 牧野区|武汉 湖北 027 420100 江夏区 东西湖区
襄阳 湖北 0710 420600 樊城区 襄州区|宜昌 湖北 0717 420500 西陵区 夷陵区|长沙 湖南 0731 430100 岳麓区 雨花区|株洲 湖南 0731 430200 天元区 石峰区|衡阳 湖南 0734 430400 蒸湘区 雁峰区
成都 四川 028 510100 郫都区 武侯区 双流区|绵阳 四川 0816 510700 涪城区 游仙区|西安 陕西 029 610100 雁塔区 未央区 长安区|宝鸡 陕西 0917 610300 渭滨区 陈仓区
沈阳 辽宁 024 210100 铁西区 沈北新区|大连 辽宁 0411 210200 金州区 甘井子区|长春 吉林 0431 220100 宽城区 二道区|哈尔滨 黑龙江 0451 230100 道里区 平房区
石家庄 河北 0311 130100 长安区 裕华区|保定 河北 0312 130600 竞秀区 莲池区|唐山 河北 0315 130200 路北区 丰润区|太原 山西 0351 140100 小店区 万柏林区|昆明 云南 0871 530100 官渡区 西山区
贵阳 贵州 0851 520100 花溪区 白云区|南宁 广西 0771 450100 西乡塘区 江南区|柳州 广西 0772 450200 柳南区 鱼峰区|兰州 甘肃 0931 620100 城关区 七里河区|海口 海南 0898 460100 龙华区 秀英区
""".strip()
    .replace("\n", "|")
    .split("|")
}
# As registered, as an invoice clerk shortens it, as one says on the telephone, in English, and the family it belongs to.
TRADES = tuple(
    tuple(word.replace("_", " ") for word in line.split())
    for line in """
精密机械 机械 机械 Precision_Machinery m|数控机床 机床 机床 CNC_Machine_Tools m|包装机械 包装机械 包装 Packaging_Machinery m|液压气动 液压 液压 Hydraulics m|传动设备 传动 传动 Drive_Systems m
自动化设备 自动化 自动化 Automation_Equipment a|机器人技术 机器人 机器人 Robotics a|测控技术 测控 测控 Measurement_and_Control a|仪器仪表 仪表 仪表 Instruments a|电气自动化 电气 电气 Electric_Automation a
电子科技 电子 电子 Electronic_Technology e|半导体材料 半导体 半导体 Semiconductor_Materials e|线路板 线路板 线路板 Circuit_Boards e|连接器 连接器 连接器 Connectors e|光电技术 光电 光电 Optoelectronics e
模具制造 模具 模具 Mould_Manufacturing t|五金制品 五金 五金 Hardware_Products t|紧固件 紧固件 标准件 Fasteners t|精工工具 工具 刀具 Precision_Tools t|不锈钢制品 不锈钢 不锈钢 Stainless_Steel_Products t
塑胶制品 塑胶 塑料 Plastic_Products p|橡胶密封件 密封件 密封 Rubber_Seals p|高分子材料 高分子 高分子 Polymer_Materials p|胶粘制品 胶粘 胶带 Adhesive_Products p|硅胶科技 硅胶 硅胶 Silicone_Technology p
化工原料 化工 化工 Chemical_Materials c|涂料工业 涂料 油漆 Coatings_Industry c|表面处理技术 表面处理 电镀 Surface_Treatment c|环保科技 环保 环保 Environmental_Technology c|水处理设备 水处理 水处理 Water_Treatment c
国际货运代理 货代 货代 Freight_Forwarding l|供应链管理 供应链 供应链 Supply_Chain_Management l|物流 物流 物流 Logistics l|仓储服务 仓储 仓储 Warehousing l
纺织印染 纺织 印染 Textile_Dyeing x|服饰 服饰 服装 Garments x|针织制衣 针织 针织 Knitwear x|皮具箱包 皮具 箱包 Leather_Goods x|鞋业 鞋业 鞋厂 Footwear x
食品工业 食品 食品 Food_Industry f|粮油贸易 粮油 粮油 Grain_and_Oil_Trading f|冷冻食品 冷冻 冻品 Frozen_Foods f|饮料 饮料 饮料 Beverages f|调味品 调味品 调料 Seasonings f
建筑工程 建筑 建筑 Construction_Engineering b|装饰设计工程 装饰 装修 Decoration_Design b|钢结构 钢构 钢构 Steel_Structures b|门窗幕墙 门窗 幕墙 Windows_and_Curtain_Walls b|消防工程 消防 消防 Fire_Protection b
医疗器械 医疗 器械 Medical_Devices h|生物技术 生物 生物 Biotechnology h|医药 医药 药业 Pharmaceuticals h|口腔材料 口腔 口腔 Dental_Materials h
信息技术 信息 信息 Information_Technology i|软件开发 软件 软件 Software_Development i|网络科技 网络 网络 Network_Technology i|文化传媒 传媒 广告 Culture_Media i|企业管理咨询 咨询 咨询 Management_Consulting i
新能源科技 新能源 新能源 New_Energy_Technology n|汽车零部件 汽配 汽配 Auto_Parts n|电动车 电动车 电车 Electric_Vehicles n|蓄电池 电池 电池 Batteries n
""".strip()
    .replace("\n", "|")
    .split("|")
)
SIGNS = (
    "恒达鸿宏伟华信源通瑞丰诚盛昌泰隆兴盈佳美新亚欧中联金银鑫森林海江川山峰岳天宇星辰旭阳晨曦光明辉耀德仁义礼智和睦康宁安顺吉祥福禄寿喜"
    "龙凤麒麟鹏鹰翔飞腾跃骏驰迅捷锐锋利尖精卓越优博大广弘毅坚固强力威嘉宝玉珠翠碧青蓝朗润泽沃腾凯奥迪科创汇聚融合众同正元亨贞乾坤"
)
FORMS = ("有限公司",) * 14 + ("有限责任公司", "有限责任公司", "股份有限公司", "集团有限公司", "厂")
GOODS = (
    "五金店 建材经营部 水暖批发部 汽修厂 电动工具店 轮胎店 窗帘店 烟酒店 早餐店 农家乐 理发店 打印店 水果店 服装店 家电维修部 劳保用品店 "
    "不锈钢加工部 玻璃店 灯具店 花店 眼镜店 母婴店 文具店 药店 茶庄 酒楼 宾馆 钢材经营部 苗木场 手机维修店"
).split()
# As on the seal and as everybody says; {c} the city, {d} the district, {n} a numeral, {x} a name.
BODIES = tuple(
    tuple(line.split("|"))
    for line in """
{c}市第{n}人民医院|{c}{n}院
{c}市第{n}中学|{c}{n}中
{c}市{d}{x}小学|{d}{x}小学
{c}市{d}{x}幼儿园|{d}{x}幼儿园
{c}市公安局{d}分局|{c}{d}公安分局
{c}市{d}市场监督管理局|{c}{d}市监局
{c}市{d}城市管理局|{c}{d}城管局
{c}市{d}教育局|{c}{d}教育局
{c}市{d}人民医院|{c}{d}医院
{c}市妇幼保健院|{c}妇幼
{c}市疾病预防控制中心|{c}疾控
{c}市住房公积金管理中心|{c}公积金中心
{c}市特种设备检验研究院|{c}特检院
{c}市残疾人联合会|{c}残联
{c}市自来水有限责任公司|{c}自来水公司
{c}职业技术学院|{c}职院
{c}师范学院|{c}师院
{c}市轨道交通集团有限公司|{c}地铁
{c}市公共交通集团有限公司|{c}公交
{c}市生态环境局{d}分局|{c}{d}环保局
{c}市质量技术检测院|{c}质检院
{c}市{d}{x}街道办事处|{c}{x}街道办
{c}市人力资源和社会保障局|{c}人社局
{c}市规划和自然资源局|{c}规资局
""".strip().splitlines()
)
BODY_NAMES = "育才 振华 实验 东风 建设 新民 和平 红星 文昌 向阳 南湖 滨河 阳光 金色童年 城东 青年路 解放路 翠竹 梅园 桃源".split()
# Signs of names in Taiwan and Hong Kong with their sound as it is written there.
ISLAND = dict(zip("宏碩鴻昌隆正新建興旭晟群聯華瑞祥泰永豐裕大全達精勝億立德光銓鈦鉅展鑫佑皇弘友茂信宇翔威騰岳偉嘉誠慶源安明和久福益松川金寶",
    "Hung Shuo Hung Chang Lung Cheng Hsin Chien Hsing Hsu Sheng Chun Lien Hua Jui Hsiang Tai Yung Feng Yu Ta Chuan Dar Ching Sheng Yi Li Te Kuang "
    "Chuan Tai Chu Chan Hsin Yu Huang "
            "Hung Yu Mao Hsin Yu Hsiang Wei Teng Yueh Wei Chia Cheng Ching Yuan An Ming Ho Chiu Fu Yi Sung Chuan Chin Pao".split(), strict=True))  # fmt: skip
HARBOUR = dict(zip("永興利發昌豐德成和泰安新明光華達信義寶金源富偉恒隆東合順美嘉創溢祥茂福兆基恩騰凱浩樂冠天南海威亨盛勝友星",
    "Wing Hing Lee Fat Cheong Fung Tak Shing Wo Tai On Sun Ming Kwong Wah Tat Shun Yee Po Kam Yuen Fu Wai Hang Lung Tung Hop Shun Mei Ka Chong Yat Cheung Mau Fook Siu Kei Yan Tang Hoi Ho Lok Kwun Tin Nam Hoi Wai Hang Shing Sing Yau Sing"
    .split(), strict=True))  # fmt: skip
ISLAND_TRADES = tuple(line.split("|") for line in (
    "精密工業|Precision Industrial;電子|Electronics;機械|Machinery;光電|Optoelectronics;國際貿易|International Trading;塑膠|Plastics;五金|Hardware;"
    "科技|Technology;實業|Enterprise;橡膠工業|Rubber Industrial;自動化科技|Automation;化學工業|Chemical Industrial;紡織|Textile;生技|Biotech"
).split(";"))  # fmt: skip
ISLAND_TOWNS = {"台北": "02", "新北": "02", "桃園": "03", "新竹": "03", "台中": "04", "彰化": "04", "台南": "06", "高雄": "07"}
HARBOUR_TRADES = tuple(line.split("|") for line in (
    "貿易|Trading;國際|International;電子|Electronics;物流|Logistics;實業|Industrial;工程|Engineering;製衣廠|Garment Factory;珠寶|Jewellery;鐘錶|Watch;"
    "塑膠|Plastics;印刷|Printing;食品|Foods;發展|Development;玩具|Toys"
).split(";"))  # fmt: skip
# Parts of made-up brands abroad, and how a Chinese colleague writes them.
SOUNDS = dict(pair.split(":") for pair in (
    "no:诺 va:瓦 ris:里斯 kel:凯尔 vo:沃 ra:拉 ter:特 max:迈克斯 lin:林 do:多 san:桑 ber:伯 mi:米 lo:洛 ta:塔 ke:科 ven:文 tro:特罗 ban:班 si:西 mo:莫 "
    "fen:芬 gar:加 del:德尔 po:波 lux:勒克斯 ral:拉尔 wen:温 hol:霍尔 ma:马 ne:内 zan:赞 qui:奎 ba:巴 dor:多尔 pel:佩尔 cam:卡姆 ton:顿 fi:菲 ju:尤 ros:罗斯"
).split())  # fmt: skip
# Country: forms | families | lines of business | dialling code, length of the number | ending of domains | begin and length of tax numbers.
ABROAD = {
    line.split("#")[0]: [part.split("|") for part in line.split("#")[1:]]
    for line in """
GB#Ltd|Limited|plc#Whitcombe|Ashdown|Pickering|Holloway|Thornbury|Marsden|Eastwood|Kirkham|Loxley|Bramhall#Bearings|Engineering|Foods|Castings|Scientific|Textiles|Logistics|Controls|Valves|Furniture#44|10#.co.uk#GB|9
US#Inc.|LLC|Corp.|Company, Inc.#Kowalski|Brannigan|Delacroix|Hutchins|Whitaker|Sorenson|McAllister|Vandenberg|Okafor|Lindqvist#Manufacturing|Technologies|Instruments|Distributors|Supply|Plastics|Laboratories|Packaging|International|Tooling#1|10#.com#|9
DE#GmbH|GmbH & Co. KG|AG|e.K.#Müller|Schäfer|Böhme|Krüger|Größmann|Hölzl|Weißenborn|Lüders|Jäger|Köster#Maschinenbau|Werkzeugtechnik|Elektrotechnik|Kunststoffe|Präzisionsteile|Fördertechnik|Messtechnik|Dichtungen#49|10#.de#DE|9
FR#SARL|S.A.|SAS#Lefèvre|Béranger|Château|Desprès|Rémond|Gaudin|Moreau|Thévenot|Gauthier|Pélissier|Jourdan#Industrie|Mécanique|Équipements|Plastiques|Diffusion|Électronique#33|9#.fr#FR|11
IT#S.r.l.|S.p.A.#Bianchi|Colombo|Ferrero|Galli|Marchetti|Rizzoli|Santoro|Bertolini|Fumagalli|Conti|Vitale#Meccanica|Macchine|Stampi|Tessuti|Impianti#39|10#.it#IT|11
ES#S.L.|S.A.#Muñoz|Gutiérrez|Ibáñez|Núñez|Castaño|Peñalver|Larrañaga|Ordóñez|Valdés|Cabañas#Maquinaria|Suministros|Válvulas|Alimentación#34|9#.es#ES|9
NL#B.V.|N.V.#van der Meer|de Groot|Hoekstra|Brouwer|ten Brink|Zijlstra|Wouters|Kuipers|Dijkema|Postma#Techniek|Machinefabriek|Verpakkingen|Trading#31|9#.nl#NL|9
IN#Pvt. Ltd.|Private Limited#Agarwal|Krishnan|Patel|Mehta|Iyer|Chaudhary|Kapoor|Reddy|Banerjee|Deshmukh|Nair#Exports|Engineering Works|Polymers|Enterprises|Industries#91|10#.in#|15
VN#Co., Ltd|JSC#Hoàng Long|Minh Phát|Thành Công|Đại Nam|Việt Tiến|An Phú|Sài Gòn|Hải Phong|Phương Nam|Đông Á|Tân Thành|Quang Minh#Mechanical|Trading|Plastic|Garment|Import Export#84|9#.vn#|10
AU#Pty Ltd|Pty Limited#Farquhar|Wallace|Ferguson|Drummond|Lachlan|Kingsley|Hargreave|Buckland|Ashcroft|Redfern#Mining Supplies|Hydraulics|Foods|Equipment#61|9#.com.au#|11
""".strip().splitlines()
}
COUNTRIES = dict(
    zip("GB US DE FR IT ES NL IN VN AU".split(), "英国 美国 德国 法国 意大利 西班牙 荷兰 印度 越南 澳大利亚".split(), strict=True)
)
FIRST_NAMES = (
    "Anna|Peter|Claire|Marco|Ines|Jan|Priya|Hoa|Greg|Laura|Stefan|Julie|Paolo|Miguel|Karin|Arjun|Linh|Kate|Tom|Ulrike".split("|")
)
TITLES = ("总", "经理", "工", "主任", "小姐", "先生", "老板", "采购", "主管")
JAPAN = tuple(line.split("|") for line in (
    "東洋|Toyo;山崎|Yamasaki;北川|Kitagawa;三和|Sanwa;日進|Nisshin;大同|Daido;藤原|Fujiwara;中央|Chuo;共立|Kyoritsu;松浦|Matsuura;太陽|Taiyo;"
    "白井|Shirai;旭日|Asahi;富田|Tomita;黒川|Kurokawa;富永|Tominaga;高見|Takami;有明|Ariake;宮本|Miyamoto;西尾|Nishio"
).split(";"))  # fmt: skip
JAPAN_TRADES = tuple(line.split("|") for line in (
    "精機製作所|Seiki Seisakusho;電機|Electric;化学工業|Chemical Industries;商事|Shoji;鋼材|Steel;産業|Sangyo;光学|Optical;工具製作所|Tool Works"
).split(";"))  # fmt: skip
KOREA = tuple(line.split("|") for line in (
    "한성|Hansung;대명|Daemyung;신우|Shinwoo;동아|Dong-A;세진|Sejin;유성|Yusung;광진|Kwangjin;태성|Taesung;미래|Mirae;우진|Woojin"
).split(";"))  # fmt: skip
KOREA_TRADES = tuple(line.split("|") for line in (
    "정밀|Precision;전자|Electronics;산업|Industrial;무역|Trading;테크|Tech;화학|Chemical"
).split(";"))  # fmt: skip
