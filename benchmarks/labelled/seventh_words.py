"""Words the companies of the seventh labelled set are named with: places, trades in two languages, brands, people, forms."""

from __future__ import annotations

# City, its province, area code, some of its districts.
PLACES = tuple(
    (city, province, area, tuple(parts.split("、")))
    for city, province, area, parts in (
        line.split()
        for line in """
苏州 江苏 0512 昆山、吴江、常熟、太仓、相城
无锡 江苏 0510 江阴、宜兴、滨湖、锡山
常州 江苏 0519 武进、溧阳、金坛、新北
南通 江苏 0513 海门、启东、如皋、崇川
扬州 江苏 0514 江都、邗江、仪征
杭州 浙江 0571 萧山、余杭、富阳、滨江
宁波 浙江 0574 慈溪、余姚、鄞州、北仑
温州 浙江 0577 瑞安、乐清、龙湾、瓯海
台州 浙江 0576 黄岩、温岭、玉环、椒江
绍兴 浙江 0575 柯桥、诸暨、上虞、嵊州
佛山 广东 0757 顺德、南海、三水、高明
东莞 广东 0769 长安、虎门、厚街、塘厦
中山 广东 0760 小榄、古镇、火炬、沙溪
珠海 广东 0756 香洲、斗门、金湾
惠州 广东 0752 惠阳、博罗、惠城
深圳 广东 0755 宝安、龙岗、南山、福田
广州 广东 020 番禺、白云、黄埔、花都
青岛 山东 0532 即墨、胶州、城阳、黄岛
烟台 山东 0535 龙口、莱州、芝罘、福山
潍坊 山东 0536 寿光、诸城、奎文、安丘
郑州 河南 0371 新郑、中牟、金水、二七
洛阳 河南 0379 涧西、偃师、伊川
武汉 湖北 027 江夏、汉阳、武昌、东西湖
襄阳 湖北 0710 樊城、枣阳、襄州
长沙 湖南 0731 浏阳、望城、岳麓、雨花
株洲 湖南 0731 醴陵、天元、荷塘
成都 四川 028 双流、郫都、青羊、武侯
绵阳 四川 0816 涪城、江油、安州
西安 陕西 029 雁塔、长安、未央、碑林
合肥 安徽 0551 肥西、肥东、蜀山、庐阳
芜湖 安徽 0553 鸠江、弋江、繁昌
厦门 福建 0592 集美、同安、思明、湖里
泉州 福建 0595 晋江、石狮、南安、惠安
福州 福建 0591 长乐、福清、马尾、鼓楼
沈阳 辽宁 024 铁西、浑南、沈河
大连 辽宁 0411 旅顺、金州、甘井子
哈尔滨 黑龙江 0451 松北、道里、香坊
昆明 云南 0871 呈贡、官渡、五华
南昌 江西 0791 青山湖、新建、进贤
石家庄 河北 0311 正定、鹿泉、长安
""".split("\n")
        if line
    )
)

# Trade, as an English card says it, and how people cut it down ("" when nobody does).
TRADES = tuple(
    (zh, english.replace("_", " "), "" if short == "-" else short)
    for zh, english, short in (
        line.split()
        for line in """
精密机械 Precision_Machinery 精机
自动化设备 Automation_Equipment 自动化
电子科技 Electronic_Technology 电子
医疗器械 Medical_Instruments 医械
包装材料 Packaging_Materials 包装
供应链管理 Supply_Chain_Management 供应链
建筑工程 Construction_Engineering 建工
装饰设计 Decoration_Design 装饰
环保工程 Environmental_Engineering 环保
国际贸易 International_Trading 国贸
国际货运代理 International_Freight_Forwarding 货代
新能源科技 New_Energy_Technology 新能源
食品加工 Food_Processing 食品
餐饮管理 Catering_Management 餐饮
物业服务 Property_Services 物业
广告传媒 Advertising_and_Media 传媒
信息技术 Information_Technology 信息
网络科技 Network_Technology 网络
汽车零部件 Auto_Parts 汽配
模具制造 Mould_Manufacturing 模具
塑料制品 Plastic_Products 塑料
五金制品 Hardware_Products 五金
金属材料 Metal_Materials 金属
纺织品 Textiles 纺织
服装 Garments 服饰
家具制造 Furniture_Manufacturing 家具
照明电器 Lighting_Appliances 照明
仪器仪表 Instruments_and_Meters 仪表
化工原料 Chemical_Raw_Materials 化工
生物医药 Biopharmaceutical 生物
农业开发 Agricultural_Development 农业
园林绿化 Landscaping 园林
教育咨询 Education_Consulting 教育
人力资源 Human_Resources 人力
会展服务 Exhibition_Services 会展
印刷包装 Printing_and_Packaging 印刷
冷链物流 Cold_Chain_Logistics 冷链
橡胶制品 Rubber_Products 橡胶
陶瓷建材 Ceramics_and_Building_Materials 陶瓷
水处理设备 Water_Treatment_Equipment 水处理
电线电缆 Wire_and_Cable 线缆
阀门制造 Valve_Manufacturing 阀门
消防器材 Fire_Fighting_Equipment 消防
工程机械 Construction_Machinery 工机
房地产开发 Real_Estate_Development 地产
软件开发 Software_Development 软件
茶业 Tea -
酒业 Spirits -
酒店管理 Hotel_Management 酒店
文化传播 Culture_Communication 文化
""".split("\n")
        if line
    )
)
# Words of trades, kinds and places that no brand of this set holds.
NO_BRAND = ("科技", "电器", "国际", "油田", "矿业", "集团", "木业", "医院", "淮北", "中国", "电子", "食品", "服饰", "教育", "文化", "网络",
"传媒", "汽车", "药业", "酒店",
            "机械", "物流", "快递", "投资", "银行", "北京", "上海", "天津", "重庆", "内衣", "家具", "石化", "高新", "公司", "中心", "超市",
            "大学", "学院", "股份", "地产", "建设")  # fmt: skip
FORMS = ("有限公司",) * 14 + ("有限责任公司", "有限责任公司", "股份有限公司")
SHOPS = (
    "五金店",
    "建材经营部",
    "水果店",
    "烟酒商行",
    "汽车修理厂",
    "服装店",
    "餐馆",
    "图文打印店",
    "水暖批发部",
    "药房",
    "电脑商店",
    "窗帘店",
)
FAMILIES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
)
GIVEN = "建国伟明志强秀英丽华小军海燕文斌晓东雪梅永红德福春兰俊杰佳琪浩然思远雨晴国栋玉珍宏亮淑芬"
TITLES = ("总", "经理", "工", "主任", "老板", "小姐", "先生", "会计")
MAILS = ("163.com", "qq.com", "126.com", "sina.com", "139.com", "foxmail.com")

# What is read for what: by a scanner, or by somebody who copies a card.
SHAPES = (
    "未末", "己已", "土士", "天夭", "晴睛", "微徽", "泰秦", "风凤", "玉王", "科料", "贸贺", "材村", "设没", "备各", "电屯", "机杌",
    "械诫", "技枝", "侯候", "傅博", "亮壳", "旺汪", "昌冒", "宏宠", "庄压", "兆北", "锐说", "瑞端", "辰唇", "茂戊", "网冈", "息恩",
    "问间", "品晶", "包句", "料科", "管菅", "理埋", "程裎", "环坏", "境镜", "饰饬", "计汁", "货贷", "代伐", "加如", "服报", "广厂",
    "传侍", "汽气", "模摸", "具其", "塑朔", "制刺", "金全", "属厲", "纺防", "织炽", "照煦", "明朋", "仪议", "器嚣", "表麦", "农衣",
    "业亚", "园圆", "教敎", "育肓", "询洵", "会合", "印即", "刷涮", "冷泠", "流硫", "橡像", "陶淘", "水氷", "处外", "理里", "线钱",
    "阀闽", "消俏", "防妨", "软钦", "件仵", "开升", "发友", "茶荼", "酒洒", "店沽", "文丈", "播潘", "工王", "龙尤", "大太", "日曰",
    "今令", "思恩", "力刀", "光先", "乐东", "兰三", "木本", "人入", "万方", "鸟乌", "干千", "午牛", "目自", "住佳", "清请", "情清",
)  # fmt: skip
SOUNDS = (("ng", "n"), ("n", "ng"), ("sh", "s"), ("s", "sh"), ("zh", "z"), ("z", "zh"), ("ch", "c"), ("c", "ch"), ("l", "n"), ("n", "l"),
          ("f", "h"), ("h", "f"))  # fmt: skip

# Simplified → traditional, for the words above and for brands that hold no others.
TRADITIONAL = dict(
    zip(
        "苏锡扬温台绍东广岛台烟潍郑阳汉长庆双陕肥芜湖厦门连尔滨龙泽宁车电机设备动疗装应链筑饰设计环国际贸货运术网汽"
        "织纺农业园绿资会务刷胶处线缆阀门块产软开发药传华众丰义乐书云亚仪优兴兰军创利剑劳势医卫厂历压县双变"
        "叶号听响团园围图圣场坚坛块垒处备复头夺奋宝实宠审宾对导尔层岁岂岗币师帅帜庄庆应康张弹强录彻径"
        "忆态总恒悦惊愿战户护报拥择挚换据捷摄数斋无时晓显术机杰极构标树样桥检楼欢气汇沟泪泽洁浅测济浓涛润涨渊湾满滨"
        "灵灿炉点炼烨热爱牵状独献玛环现珑电画畅疗监盖盘着矿码砖础确离种积称稳穷竞笔筑简签篮粤粮系纪约级纯纲线组细织终"
        "绍经结绘给络绝统绣继绩绪续绿维综缘编缤网罗罚联肃胜脉脑腾节苍苹药莱莲获营萧蓝虑虽补袭装见观规视览觉誉计订认"
        "讯记讲许论设访证识诉词译试诗诚话详语请诺读课谊谐谢质购贝贞贡财责贤败账货质贩贯贵贷贸费贺资赋赏赛赢"
        "赵趋跃践车轨转轮软轩轻载较辅辆辉输边达过运还进远连适选递逻遗邓邮邻郑酱释里钟钢钱铁铜铝银铸链销锋锐锦键"
        "镇长门闪闭问间闻阁阔队阳阶际陆陈险随隐难雾静韦韩页项顺须顾顿预领频题颜额风飞饭饮饰饼馆马驰驱驶骏骑骏鱼鲁鲜鸟鸣鸿"
        "鹏鹤鹰麦黄齐龄龙",
        "蘇錫揚溫臺紹東廣島臺煙濰鄭陽漢長慶雙陝肥蕪湖廈門連爾濱龍澤寧車電機設備動療裝應鏈築飾設計環國際貿貨運術網汽"
        "織紡農業園綠資會務刷膠處線纜閥門塊產軟開發藥傳華眾豐義樂書雲亞儀優興蘭軍創利劍勞勢醫衛廠歷壓縣雙變"
        "葉號聽響團園圍圖聖場堅壇塊壘處備復頭奪奮寶實寵審賓對導爾層歲豈崗幣師帥幟莊慶應康張彈強錄徹徑"
        "憶態總恆悅驚願戰戶護報擁擇摯換據捷攝數齋無時曉顯術機傑極構標樹樣橋檢樓歡氣匯溝淚澤潔淺測濟濃濤潤漲淵灣滿濱"
        "靈燦爐點煉燁熱愛牽狀獨獻瑪環現瓏電畫暢療監蓋盤著礦碼磚礎確離種積稱穩窮競筆築簡簽籃粵糧系紀約級純綱線組細織終"
        "紹經結繪給絡絕統繡繼績緒續綠維綜緣編繽網羅罰聯肅勝脈腦騰節蒼蘋藥萊蓮獲營蕭藍慮雖補襲裝見觀規視覽覺譽計訂認"
        "訊記講許論設訪證識訴詞譯試詩誠話詳語請諾讀課誼諧謝質購貝貞貢財責賢敗賬貨質販貫貴貸貿費賀資賦賞賽贏"
        "趙趨躍踐車軌轉輪軟軒輕載較輔輛輝輸邊達過運還進遠連適選遞邏遺鄧郵鄰鄭醬釋裡鐘鋼錢鐵銅鋁銀鑄鏈銷鋒銳錦鍵"
        "鎮長門閃閉問間聞閣闊隊陽階際陸陳險隨隱難霧靜韋韓頁項順須顧頓預領頻題顏額風飛飯飲飾餅館馬馳驅駛駿騎駿魚魯鮮鳥鳴鴻"
        "鵬鶴鷹麥黃齊齡龍",
        strict=True,
    )
)

TAIWAN_PLACES = (
    ("台北", "02"),
    ("新北", "02"),
    ("桃園", "03"),
    ("新竹", "03"),
    ("台中", "04"),
    ("彰化", "04"),
    ("台南", "06"),
    ("高雄", "07"),
)
TAIWAN_TRADES = ("精密工業", "電子", "實業", "塑膠", "機械工業", "生技", "國際", "貿易", "紡織", "化工", "食品", "建設", "光電", "半導體",
    "包裝材料", "汽車材料", "資訊")  # fmt: skip
NEW = "荣锦瀚睿恒嘉铂峻"  # signs of brands a company takes when it changes its name
TAIWAN_SIGNS = "永豐聯宏群正新大順興裕昌泰佳元鴻達立勝億華信德祥寶隆富國友瑞光展鼎慶源和茂旭晟"
JAPAN_BRANDS = (
    "サクラ|ミナト|ヤマビコ|ハヤブサ|アオバ|ツバメ|カモメ|フタバ|ミドリ|ヒカリ|アサヒナ|クレナイ|ホシノ|"
    "ナナミ|ユキムラ|タカマル|ワカバ|シオカゼ|オオゾラ|コマツナ"
).split("|")
JAPAN_TRADES = ("精機", "電機", "製作所", "商事", "化学工業", "印刷", "運輸", "食品", "硝子", "金属工業")
HALF_KANA = dict(zip("サクラミナトヤマヒコハフアオツメカモタニリホシノレイユムルワエケセソテヌネヘヨロンキスチウ",
"ｻｸﾗﾐﾅﾄﾔﾏﾋｺﾊﾌｱｵﾂﾒｶﾓﾀﾆﾘﾎｼﾉﾚｲﾕﾑﾙﾜｴｹｾｿﾃﾇﾈﾍﾖﾛﾝｷｽﾁｳ", strict=True)) | {"ビ": "ﾋﾞ", "ブ": "ﾌﾞ", "バ": "ﾊﾞ", "ド": "ﾄﾞ", "ゼ": "ｾﾞ", "ゾ": "ｿﾞ",
"ギ": "ｷﾞ", "ゲ": "ｹﾞ"}  # fmt: skip

HEADS = (
    "Arden Bramley Calder Dunmore Elswick Fenwick Garstang Haldane Inver Jedburgh Kelso Lomond Marden Nairn Orrell "
    "Penrith Quorn Ribble Selkirk Thirsk Ulver Verwood Wharfe Yarrow Zennor Ashby Birken Corby Dalton Esk Falkirk "
    "Gresham Hexham Ilkley Kendal Lanark Melrose Newlyn Ormskirk Peebles Rother Skipton Tarbert Wick Alder Beck "
    "Clitheroe Darwen"
).split()
TAILS = (
    "Pump Marine Dental Timber Optics Castings Textile Freight Dairy Robotics Coatings Bearings Software Catering "
    "Roofing Printing Glass Fasteners Aviation Pharma Packaging Steel Plumbing Lighting Hydraulics Ceramics Instruments "
    "Logistics Insurance Bakery"
).split()
ENGLISH_FORMS = ("Ltd", "Limited", "Inc.", "LLC", "Corp.", "PLC", "Pty Ltd", "Corporation", "Incorporated", "Co.")
ENGLISH_TOWNS = (
    "London",
    "Leeds",
    "Boston",
    "Chicago",
    "Dallas",
    "Sydney",
    "Toronto",
    "Dublin",
    "Manchester",
    "Seattle",
    "Houston",
    "Perth",
)
GERMANS = (
    "Müller Schäfer Köhler Böhm Jäger Krüger Lücke Görtz Häusler Förster Bräuer Rößler Weiß Groß Strauß "
    "Vogelsang Drechsler Eichhorn Hartwig Kaltenbach Lindemann Mertesacker Niehoff Ostermann Pfeiffer Reinhardt Siebert "
    "Tiedemann Uhlenbrock Wiesner"
).split()
GERMAN_TRADES = ("Maschinenbau", "Elektrotechnik", "Werkzeugbau", "Spedition", "Metallbau", "Fördertechnik", "Bäckereitechnik",
"Möbelwerke", "Gebäudereinigung", "Kunststofftechnik", "Medizintechnik", "Heizungsbau", "Druckerei", "Stahlhandel")  # fmt: skip
GERMAN_FORMS = ("GmbH", "GmbH & Co. KG", "AG", "KG", "e.K.")
GERMAN_TOWNS = ("München", "Köln", "Nürnberg", "Düsseldorf", "Hamburg", "Stuttgart", "Würzburg", "Lübeck", "Bremen", "Dresden")
# Brand, what follows, form: names with signs an English keyboard lacks.
ROMANCE = tuple(
    tuple(part.replace("_", " ") for part in line.split())
    for line in """
Béranger Mécanique_Générale S.A.R.L.
Lefèvre Électricité SAS
Gâtinel Équipements S.A.
Moulières Pâtisserie S.A.R.L.
Cévennes_Forêt Scierie SAS
Castañeda Suministros_Eléctricos S.L.
Ibáñez Maquinaria_Agrícola S.A.
Peñalver Cerámica S.L.
Gutiérrez_Nogales Distribución S.A.
Muñiz Fundición_de_Bronce S.L.
Conceição Têxteis Ltda.
Magalhães Construções S.A.
Guimarães_Fundição Alumínio Lda.
Brandão Indústria_Química Ltda.
Łaskowski Zakład_Mechaniczny Sp._z_o.o.
Wójtowicz Obróbka_Skrawaniem S.A.
Źródlak Przetwórstwo_Spożywcze Sp._z_o.o.
Öztürkoğlu Makina_Sanayi A.Ş.
Çağlayan Tekstil_Dış_Ticaret Ltd._Şti.
Gürbüz Demir_Çelik A.Ş.
Åkerlund Verktygsmaskiner AB
Sjöström Båtbyggeri AB
Ørsnes Fiskeeksport AS
Kjærgård Møbelfabrik A/S
Hämäläinen Sähköasennus Oy
Dvořáček Strojírna s.r.o.
Růžička Sklárna a.s.
Škvorecký Papírny s.r.o.
Kővári Gépgyártás Kft.
Țărmureanu Construcții S.R.L.
Bertolazzi_e_Figli Officine_Meccaniche S.r.l.
Mastropietro Rubinetterie S.p.A.
Scognamillo Ceramiche_d'Arte S.r.l.
Van_den_Heuvel Kassenbouw B.V.
De_Keyzer Zeilmakerij N.V.
Königshofer Sägewerk Ges.m.b.H.
""".split("\n")
    if line
)
RUSSIAN = tuple(
    tuple(line.split())
    for line in """
Вымпелстрой Vympelstroy
Металлоснаб Metallosnab
Уралкомплект Uralkomplekt
Северпродукт Severprodukt
Волгатранс Volgatrans
Электроприбор Elektropribor
Сибмаш Sibmash
Агросервис Agroservis
Балтмебель Baltmebel
Донтекстиль Dontekstil
""".split("\n")
    if line
)
