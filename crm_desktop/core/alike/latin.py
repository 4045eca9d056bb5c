"""Names in Latin letters: the words that say little, words as they are shortened, and names spelled in pinyin.

Technologies, Tech → technology; Centre → center; Heng Tong Ke Ji → hengtong keji. In the fold of `find.fold`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from crm_desktop.core.alike import places
from crm_desktop.core.alike.words import ALL_TRADES
from crm_desktop.core.find.pinyin import spell, usual_readings

FORMS = frozenset(
    "co ltd limited inc incorporated corp corporation company llc llp lp plc gmbh mbh ag kg kgaa ohg se sa sas sarl srl spa bv nv "
    "pte pty pvt private ab oy oyj as aps kk ltda lda sl doo zoo sdn bhd group holding holdings hldgs gongsi youxian gufen jituan zeren "
    "youxiangongsi gufenyouxiangongsi cv pt tbk sp z oo zoo sro ao ooo jsc pjsc psc nl eurl sca snc sdnbhd kabushiki kaisha gaisha "
    "gesellschaft gesmbh ges kft zrt sti sirketi "
    "unipessoal sau slu lnc lncorporated llmited lirnited grnbh".split()
)
BRANCHES = frozenset("branch office fengongsi banshichu".split())
SMALL = frozenset("the and of for de la und et y i e".split())
SAY_NOTHING = FORMS | BRANCHES | SMALL
# Which companies take into their names and leave out of them, whatever they do.
GENERIC = frozenset("solution service enterprise worldwide associate partner venture company fazhan shiye youxian".split())

# What is put into English for any line of business.
SAID_OF_ANY = GENERIC | frozenset("international global guoji technology trading trade industry development tech group".split())
# Before a line of business: what they name with it is one, alone they tell nothing.
QUALIFIERS = frozenset(
    "new intelligent smart cold digital power precision global home gold silver water solar green eco first primary high".split()
)

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
        "plumbing heating cooling ventilation hvac refrigeration electricals dental dentistry care clinic medical surgery optical "
        "eyewear optician "
        "repair repairs rental rentals hire leasing roofing flooring fencing paving scaffolding demolition glazing windows doors "
        "kitchens joinery carpentry "
        "masonry bricklaying interiors property properties realty estate estates housing homes letting developers development "
        "contractors contracting "
        "catering bakery brewery winery distillery restaurant cafe coffee bar grill pizza pub tavern inn lodge resort spa dairy "
        "meat seafood fruit "
        "vegetables farm ranch nursery garden gardens flowers florist pet pets veterinary vet animal grooming laboratories "
        "laboratory labs diagnostics research "
        "brokers broker accounting accountants bookkeeping tax audit law lawyers attorneys solicitors legal firm architects "
        "architecture surveyors surveying "
        "security cleaning cleaners laundry waste recycling water treatment theatre theater cinema music studio studios "
        "photography gallery museum library "
        "primary elementary secondary high grammar academy kindergarten nursing hospice church foundation charity trust "
        "association society club council "
        "cars car vehicles truck trucks tyres tyre tire tires garage bodyworks marine boats aviation aerospace aircraft rail "
        "railway bus coach taxi "
        "staffing recruitment personnel talent hr payroll marketing branding pr events exhibitions wedding weddings planning "
        "travels tours touring cruise "
        "gold silver diamond jewellery watch watches clock clocks toy sporting sport fitness gym yoga salon hair barber nails "
        "skincare perfume "
        "robotics robot sensors sensor sensing laser optics lasers photonics battery batteries lithium charger motor pump pumps "
        "compressor bearing bearings gear gears "
        "spring springs fastener fasteners screws bolts wire wires tube tubes pipe pipes mould moulds mold molds tooling dies "
        "casting forging machining cnc "
        "welding coating coatings plating seal seals gasket gaskets filter filters boiler boilers crane cranes lift lifts elevator "
        "elevators conveyor "
        "glass ceramic ceramics stone marble granite cement concrete timber wood woodworking paperboard carton cartons box boxes "
        "label labels ink "
        "cloth cotton wool silk yarn knitting dyeing embroidery lace footwear bags luggage hats socks underwear uniforms linen "
        "bedding home "
        "sanitary ware bathroom kitchen kitchenware appliances appliance houseware cookware tableware lamps lamp led lights "
        "display displays screen "
        "seasoning spices snacks candy chocolate tea wine beer spirits oil oils grain rice flour feed seeds fertilizer pesticides "
        "chain management warehouse warehousing storage cargo forwarding forwarders courier delivery distribution distributors "
        "distributor wholesale retail stores store shop "
        "supply supplies supplier procurement sourcing outlet market markets mart supermarket metals alloy alloys aluminium copper "
        "zinc iron foundry powder metallurgy "
        "semiconductors microelectronics integrated circuit circuits pcb chip chips component components connector connectors cables "
        "software app apps web internet online cloud ai analytics interactive games gaming animation media publishing press news "
        "radio tv broadcasting "
        "intellectual patent trademark agency agencies representative business corporate human resources resource asset assets "
        "wealth holding equity securities "
        "exchange credit loan mortgage payment payments insurance surveying mapping geological testing inspection certification "
        "calibration measurement instruments "
        "daily chemistry petrochemical petroleum gas coal nuclear wind hydro photovoltaic renewable renewables carbon climate eco "
        "green biomedical biotechnology biotechnology "
        "genetics genomics vaccine vaccines surgical orthopedic eye skin center clinic lithography freight forwarding auto sales "
        "sale service "
        "maschinenbau elektrotechnik werkzeugbau kunststofftechnik kunststoffe metallbau anlagenbau fahrzeugbau stahlbau holzbau "
        "hochbau tiefbau bau handel handels "
        "vertrieb vertriebs logistik spedition transporte technik technologie druck druckerei verlag moebel mobel textil "
        "lebensmittel getranke brauerei weingut apotheke "
        "equipements equipement ingenierie industries emballages emballage batiment construction menuiserie transports boulangerie "
        "imprimerie mecanique electrique "
        "meccanica meccaniche impianti arredamenti alimentari tessuti costruzioni edilizia trasporti elettronica industriale "
        "officine mobili "
        "construcciones alimentos transportes maquinaria textiles distribucion distribuciones industrias ingenieria servicios "
        "comercial muebles "
        "machinefabriek bloemen techniek bouw groothandel verkstad bygg teknik livs mekaniska handel meble transport budownictwo produkcja "
        "quimica ceramica ceramicas fundicion fundicao suministros electricos electrica agricola agricolas distribuidora textiles texteis "
        "confeccoes construcoes construccion aluminio industria metalurgica vidros madeiras alimentares mecanica mecanicas herramientas "
        "pinturas ferreteria imprenta panaderia bodegas aceites conservas generale electricite plomberie chauffage peinture "
        "fonderie verrerie papeterie patisserie boucherie scierie serrurerie charpente carrelage maconnerie outillage "
        "ceramiche rubinetterie fonderia tessitura carpenteria tipografia falegnameria vetreria pasticceria legnami "
        "makina makine sanayi ticaret tekstil demir celik insaat gida otomotiv plastik ambalaj mobilya kimya elektrik nakliyat dis "
        "zaklad drukarnia piekarnia hurtownia stolarnia odlewnia budowlany uslugi przemysl "
        "strojirna stavby tiskarna pekarna slevarna nabytek epito nyomda constructii mobila tipografie "
        "maskiner tryckeri trykkeri bageri mobler snickeri mobelfabrik rakennus leipomo kirjapaino bouwbedrijf drukkerij bakkerij "
        "meubelen installatie metaalbewerking tischlerei schreinerei molkerei metzgerei gartenbau bauunternehmen "
        "fire fighting firefighting extinguishers "
        "seisakusho kogyo denki shoji seiki sangyo kagaku kensetsu seizo seisakujo manyufakucharingu logistica importadora "
        "exportadora maju tekstil logistik jaya "
        "gongye qiche yiyao shipin jianzhu zhuangshi wuliu huanbao nengyuan yiliao qixie shebei zhizao "
        "colour color "
        "keji maoyi jishu shangmao dianzi shiye gongcheng jixie xinxi wangluo"
    ).split()
)
# As they are shortened and spelled -> as they are compared.
_WRITTEN = dict(pair.split("=") for pair in (
    "intl=international int=international mfg=manufacturing manuf=manufacturing eng=engineering engrg=engineering tech=technology "
    "techno=technology technical=technology "
    "svc=service svcs=service srv=service srvcs=service bros=brothers mgmt=management mgt=management equip=equipment "
    "eqpt=equipment dist=distribution distrib=distribution "
    "distributor=distribution constr=construction const=construction lab=laboratory labs=laboratory pharm=pharmaceutical "
    "pharma=pharmaceutical "
    "comm=communication comms=communication elec=electric elect=electric electrical=electric ind=industry indus=industry "
    "inds=industry industrial=industry ctr=center cntr=center centre=center "
    "univ=university inst=institute hosp=hospital assn=association assoc=associate assocs=associate natl=national nat=national "
    "govt=government dept=department "
    "sys=system syst=system soft=software info=information inform=information prod=product prods=product prop=property props=property "
    "transp=transport transportation=transport trans=transport logis=logistics logistic=logistics exp=export imp=import "
    "trdg=trading trade=trading tradings=trading "
    "fin=finance finl=finance financial=finance invest=investment invt=investment dev=development devt=development "
    "corp=corporation ent=enterprise agri=agriculture agric=agriculture agricultural=agriculture "
    "med=medical bio=biotech biotechnology=biotech chem=chemical text=textile mach=machinery machine=machinery matls=material "
    "auto=automotive automobile=automotive "
    "aluminum=aluminium jewelry=jewellery tire=tyre theater=theatre color=colour colors=colour colours=colour mold=mould grey=gray "
    "fiber=fibre organisation=organization labour=labor harbour=harbor "
    "programme=program catalogue=catalog licence=license neighbour=neighbor favourite=favorite optician=optical elektro=electric "
    "masch=maschinenbau maschbau=maschinenbau "
    "st=saint mt=mount ft=fort 1st=first 2nd=second 3rd=third one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 "
    "ten=10 electronics=electronic plastics=plastic garments=garment "
    "consultancy=consulting consultant=consulting consultants=consulting investments=investment communications=communication "
    "telecommunications=communication telecom=communication "
    "broker=brokers accountant=accounting accountants=accounting lawyer=law lawyers=law attorney=law attorneys=law solicitors=law "
    "builder=construction builders=construction building=construction "
    "cafe=coffee bakers=bakery motors=motor mueller=muller schaefer=schafer weiss=weis krueger=kruger baecker=backer jaeger=jager"
).split())  # fmt: skip


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 4 else word


CANON = {word: _WRITTEN.get(one, one) for word in LATIN_TRADES if (one := _singular(word)) != word} | _WRITTEN
LATIN_TRADES = LATIN_TRADES | frozenset(CANON.get(word, word) for word in LATIN_TRADES)
# Where in the world, behind a name: (country, city).
_COUNTRIES = dict(pair.split("=") for pair in (
    "uk=uk gb=uk britain=uk england=uk scotland=uk usa=usa us=usa america=usa canada=canada mexico=mexico brazil=brazil "
    "brasil=brazil germany=germany deutschland=germany france=france italy=italy italia=italy "
    "spain=spain espana=spain netherlands=netherlands nederland=netherlands belgium=belgium sweden=sweden norway=norway "
    "denmark=denmark finland=finland poland=poland polska=poland austria=austria switzerland=switzerland "
    "schweiz=switzerland russia=russia turkey=turkey india=india japan=japan korea=korea vietnam=vietnam thailand=thailand "
    "malaysia=malaysia singapore=singapore indonesia=indonesia philippines=philippines "
    "australia=australia aust=australia nz=nz zealand=nz ireland=ireland portugal=portugal greece=greece israel=israel dubai=uae "
    "uae=uae egypt=egypt africa=africa europe=europe asia=asia apac=asia emea=europe iberica=spain iberia=spain hellas=greece "
    "turkiye=turkey osterreich=austria suisse=switzerland belgique=belgium belgie=belgium sverige=sweden "
    "norge=norway danmark=denmark suomi=finland "
    "cesko=czechia czech=czechia hungary=hungary magyarorszag=hungary romania=romania "
    "ukraine=ukraine pakistan=pakistan bangladesh=bangladesh "
    "nigeria=nigeria kenya=kenya argentina=argentina chile=chile colombia=colombia peru=peru saudi=saudi qatar=qatar"
).split())  # fmt: skip
# The same as it is said in Chinese before a name in letters.
LANDS = dict(pair.split("=") for pair in (
    "英国=uk 美国=usa 加拿大=canada 墨西哥=mexico 巴西=brazil 德国=germany 法国=france 意大利=italy 西班牙=spain "
    "荷兰=netherlands 比利时=belgium 瑞典=sweden 挪威=norway 丹麦=denmark 芬兰=finland 波兰=poland 奥地利=austria 瑞士=switzerland "
    "俄罗斯=russia 土耳其=turkey 印度=india 日本=japan 韩国=korea "
    "越南=vietnam 泰国=thailand 马来西亚=malaysia 新加坡=singapore 印尼=indonesia 印度尼西亚=indonesia 菲律宾=philippines "
    "澳大利亚=australia 澳洲=australia 新西兰=nz 爱尔兰=ireland 葡萄牙=portugal 希腊=greece 以色列=israel 阿联酋=uae 埃及=egypt"
).split())  # fmt: skip
ABROAD = re.compile("|".join(sorted(LANDS, key=len, reverse=True)))
_CITIES = frozenset(
    "london manchester birmingham leeds glasgow edinburgh bristol liverpool york chicago boston houston dallas seattle denver "
    "atlanta miami toronto vancouver montreal sydney melbourne "
    "brisbane perth auckland paris lyon berlin munich munchen hamburg frankfurt koln cologne milan milano rome roma torino madrid "
    "barcelona valencia sevilla bilbao porto lisbon lisboa dublin cork belfast cardiff leicester nottingham sheffield newcastle "
    "stuttgart dusseldorf dortmund essen bremen hannover leipzig dresden nurnberg nuremberg mannheim karlsruhe augsburg bonn lubeck "
    "linz graz salzburg basel bern lausanne marseille toulouse bordeaux lille nantes strasbourg antwerp antwerpen gent utrecht "
    "eindhoven napoli naples bologna firenze florence genova venezia athens goteborg gothenburg malmo bergen aarhus tampere prague "
    "praha brno bratislava budapest warsaw warszawa krakow gdansk wroclaw lodz bucharest sofia zagreb belgrade kiev kyiv minsk riga "
    "vilnius tallinn ankara izmir cairo lagos nairobi johannesburg durban houston phoenix philadelphia detroit portland austin "
    "cleveland pittsburgh minneapolis orlando calgary ottawa adelaide canberra wellington karachi dhaka chennai kolkata hyderabad "
    "busan yokohama kyoto kobe fukuoka sapporo hochiminh saigon penang surabaya cebu santiago lima bogota "
    "barcelona moskva amsterdam rotterdam brussels stockholm oslo copenhagen "
    "helsinki vienna wien zurich geneva moscow istanbul mumbai delhi bangalore tokyo osaka nagoya seoul bangkok hanoi jakarta "
    "manila".split()
)


@cache
def _syllables() -> frozenset[str]:
    return frozenset(usual_readings().values())


@cache
def pinyin_trades() -> frozenset[str]:
    """Lines of business spelled: keji, maoyi."""
    return frozenset(spell(trade).replace(" ", "") for trade in ALL_TRADES if len(trade) > 1)


@cache
def trades() -> frozenset[str]:
    """Words that name a line of business, in English and other tongues and in pinyin."""
    return LATIN_TRADES | pinyin_trades()


@lru_cache(4_000)
def syllables_of(word: str) -> tuple[str, ...]:
    """The syllables of a word that is pinyin; () for any other."""
    known = _syllables()
    if not word:
        return ()
    for length in range(min(6, len(word)), 0, -1):
        if word[:length] in known:
            rest = syllables_of(word[length:])
            if rest or length == len(word):
                return (word[:length], *rest)
    return ()


@lru_cache(4_000)
def without_dots(word: str) -> str:
    """A word without the e that stands for two dots (Mueller), where it is no line of business and no pinyin."""
    if word in LATIN_TRADES or _DOTTED.search(word) is None or syllables_of(word):
        return word
    return _DOTTED.sub("", word)


_DOTTED = re.compile("(?<=[aou])e")


@lru_cache(4_000)
def long_trade(word: str) -> bool:
    """Whether a long word is a line of business in pinyin, or a German one that ends with it: Medizintechnik, Stahlhandel."""
    return word.endswith(_COMPOUND_ENDS) or spelled_trade(word)


_COMPOUND_ENDS = tuple(
    "technik bau handel werke werk fabrik reinigung vertrieb verlag druckerei industrie technologie systeme logistik transporte "
    "verarbeitung fertigung produktion gesellschaft".split()
)


@lru_cache(4_000)
def spelled_trade(word: str) -> bool:
    """Whether a word is one or more lines of business in pinyin: kouqiangmenzhen."""
    if word in pinyin_trades():
        return True
    syllables = syllables_of(word)
    return any(
        "".join(syllables[:cut]) in pinyin_trades() and spelled_trade("".join(syllables[cut:])) for cut in range(1, min(5, len(syllables)))
    )


def put_together(words: list[str]) -> list[str]:
    """Words of single syllables of pinyin as one, without the line of business behind them: heng tong ke ji → hengtong keji. A town
    before them stands alone."""
    syllables, found, run = _syllables(), list[str](), list[str]()
    if len(syllables.intersection(words)) < 2:
        return words
    for word in (*words, ""):
        if len(word) > 1 and word in syllables and word not in FORMS and (word not in SMALL or word == "de"):
            run.append(word)
            continue
        found += _of_run(run) if len(run) > (2 if "de" in run else 1) else run
        run = []
        if word:
            found.append(word)
    return found


def _of_run(run: list[str]) -> list[str]:
    before, behind = list[str](), list[str]()
    while len(run) > 2 and (place := next((n for n in (3, 2, 1) if len(run) > n and "".join(run[:n]) in places.spelled()), 0)):
        before.append("".join(run[:place]))
        run = run[place:]
    while len(run) > 2 and (trade := next((n for n in (4, 3, 2) if len(run) > n and "".join(run[-n:]) in pinyin_trades()), 0)):
        behind.insert(0, "".join(run[-trade:]))
        run = run[:-trade]
    return [*before, "".join(run), *behind]


def place(word: str) -> places.Path | None:
    """The country or town a word behind a name tells."""
    if word in _COUNTRIES:
        return (_COUNTRIES[word],)
    return ("", word) if word in _CITIES else None


# What the commonest lines of business mean: signs of which one stands in the Chinese one.
MEANINGS = {
    **dict.fromkeys("technology technologies tech".split(), "科技术信息网电软智数"),
    **dict.fromkeys("electronics electronic electric electrical".split(), "电子器"),
    **dict.fromkeys("software systems information digital data".split(), "软件信息科技网数系统"),
    **dict.fromkeys("trading trade commerce import export".split(), "贸商进口外"),
    **dict.fromkeys("logistics transport transportation shipping freight express".split(), "物流运递货储"),
    **dict.fromkeys("engineering construction building".split(), "工程建筑设营造"),
    **dict.fromkeys("medical pharma pharmaceutical pharmaceuticals health healthcare biotech".split(), "医药生健康"),
    **dict.fromkeys("food foods beverage beverages".split(), "食饮餐酒茶"),
    **dict.fromkeys("textile textiles garment garments apparel fashion".split(), "纺织服装饰针布"),
    **dict.fromkeys("chemical chemicals plastics plastic".split(), "化塑材"),
    **dict.fromkeys("machinery machine machines hardware precision".split(), "机械设备精密五金"),
    "equipment": "机械设备精密五金器材装",
    **dict.fromkeys("packaging printing paper".split(), "包装印纸"),
    **dict.fromkeys("furniture home".split(), "家具居"),
    **dict.fromkeys("instruments instrument".split(), "仪表器"),
    **dict.fromkeys("consulting consultants consultancy management".split(), "咨询顾问管理"),
    **dict.fromkeys("agriculture agricultural farms".split(), "农牧"),
    **dict.fromkeys("auto automotive parts".split(), "汽车配零"),
    **dict.fromkeys("automation robotics robot intelligent".split(), "自动化智能机器人"),
    **dict.fromkeys("mould mold tooling".split(), "模"),
    **dict.fromkeys("laser optical optics".split(), "激光学眼"),
    **dict.fromkeys("battery lithium energy power solar".split(), "电池能源光伏力"),
    **dict.fromkeys("cosmetics beauty".split(), "化妆美"),
    **dict.fromkeys("toy toys".split(), "玩"),
    **dict.fromkeys("hotel".split(), "酒宾旅"),
    **dict.fromkeys("catering restaurant".split(), "餐饮食"),
    **dict.fromkeys("education training school".split(), "教育培训学"),
    **dict.fromkeys("environmental environment water".split(), "环保水境"),
    **dict.fromkeys("metal steel".split(), "金属钢铁"),
    **dict.fromkeys("motor".split(), "电机动"),
    **dict.fromkeys("lighting lamp".split(), "照明灯"),
    **dict.fromkeys("cable wire".split(), "线缆"),
    **dict.fromkeys("investment capital leasing".split(), "投资本租融"),
    **dict.fromkeys("fire fighting".split(), "消防"),
    **dict.fromkeys("property properties".split(), "物业置"),
    **dict.fromkeys("human resources staffing".split(), "人力劳"),
    **dict.fromkeys("exhibition exhibitions events".split(), "会展"),
    **dict.fromkeys("culture media".split(), "文化传媒"),
    **dict.fromkeys("rubber".split(), "橡胶"),
    **dict.fromkeys("ceramic ceramics".split(), "陶瓷"),
    **dict.fromkeys("estate".split(), "地产置业"),
    **dict.fromkeys("supply".split(), "供应"),
    **dict.fromkeys("wine spirits liquor".split(), "酒"),
    **dict.fromkeys("interior interiors".split(), "装饰修"),
    "tea": "茶", "glass": "玻璃", "cold": "冷", "hr": "人力", "paint": "漆涂",
    "valve": "阀", "landscaping": "园林绿", "decoration": "装饰修", "optoelectronics": "光电", "advertising": "广告",
}
