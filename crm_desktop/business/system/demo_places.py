"""Where the customers of the demo company are: cities with their area codes, districts, postcodes and streets."""

from __future__ import annotations

from typing import NamedTuple

from crm_desktop.business.system.demo_world import World


class City(NamedTuple):
    """A Chinese city: its weight in the customer list, telephone area code, and (district, postcode) pairs."""

    weight: int
    name: str
    province: str
    area_code: str
    region_code: str
    districts: tuple[tuple[str, str], ...]


CITIES = (
    City(12, "苏州", "江苏省", "0512", "320500",
         (("虎丘区", "215004"), ("吴中区", "215100"), ("相城区", "215131"), ("吴江区", "215200"), ("昆山市", "215300"))),
    City(11, "上海", "上海市", "021", "310000",
         (("浦东新区", "200120"), ("闵行区", "201100"), ("松江区", "201600"), ("嘉定区", "201800"))),
    City(8, "杭州", "浙江省", "0571", "330100",
         (("西湖区", "310012"), ("滨江区", "310051"), ("余杭区", "311100"), ("萧山区", "311200"))),
    City(7, "南京", "江苏省", "025", "320100", (("江宁区", "211100"), ("栖霞区", "210046"), ("雨花台区", "210012"))),
    City(6, "宁波", "浙江省", "0574", "330200", (("鄞州区", "315100"), ("北仑区", "315800"), ("海曙区", "315000"))),
    City(6, "无锡", "江苏省", "0510", "320200", (("滨湖区", "214100"), ("锡山区", "214000"), ("江阴市", "214400"))),
    City(4, "常州", "江苏省", "0519", "320400", (("武进区", "213100"), ("新北区", "213001"))),
    City(6, "深圳", "广东省", "0755", "440300", (("南山区", "518000"), ("宝安区", "518101"), ("龙岗区", "518116"))),
    City(4, "广州", "广东省", "020", "440100", (("天河区", "510000"), ("黄埔区", "510700"), ("番禺区", "511400"))),
    City(3, "东莞", "广东省", "0769", "441900", (("长安镇", "523000"), ("松山湖", "523000"))),
    City(3, "佛山", "广东省", "0757", "440600", (("南海区", "528200"), ("顺德区", "528300"))),
    City(4, "青岛", "山东省", "0532", "370200", (("城阳区", "266109"), ("市南区", "266071"))),
    City(4, "成都", "四川省", "028", "510100", (("武侯区", "610041"), ("龙泉驿区", "610100"), ("双流区", "610200"))),
    City(4, "武汉", "湖北省", "027", "420100", (("江夏区", "430200"), ("洪山区", "430070"), ("东西湖区", "430040"))),
    City(4, "北京", "北京市", "010", "110000", (("海淀区", "100089"), ("朝阳区", "100020"), ("大兴区", "102600"))),
    City(3, "天津", "天津市", "022", "120000", (("西青区", "300380"), ("东丽区", "300300"))),
    City(3, "重庆", "重庆市", "023", "500000", (("渝北区", "401120"), ("九龙坡区", "400000"))),
    City(3, "西安", "陕西省", "029", "610100", (("雁塔区", "710000"), ("长安区", "710100"))),
    City(2, "厦门", "福建省", "0592", "350200", (("湖里区", "361006"), ("集美区", "361021"))),
    City(3, "合肥", "安徽省", "0551", "340100", (("蜀山区", "230031"), ("包河区", "230041"))),
    City(2, "石家庄", "河北省", "0311", "130100", (("长安区", "050000"), ("裕华区", "050011"))),
)  # fmt: skip

STREETS = (
    "金桥路", "创新大道", "科技路", "人民路", "中山北路", "长江路", "兴业路", "星湖街", "工业园三路", "建设大道", "文化路",
)  # fmt: skip
SITES = ("", "", "A 座 12 楼", "3 号楼", "创智园 B 栋 501 室", "5 幢", "科创大厦 1808 室", "东门厂房")

# City, state or county, country, postcode, and the numbers there that are kept for films and samples.
ABROAD = (
    ("Chicago", "Illinois", "United States", "60601", "+1 312 555 01{:02}"),
    ("Seattle", "Washington", "United States", "98101", "+1 206 555 01{:02}"),
    ("Austin", "Texas", "United States", "78701", "+1 512 555 01{:02}"),
    ("London", "Greater London", "United Kingdom", "EC2A 4NE", "+44 20 7946 00{:02}"),
    ("Manchester", "Greater Manchester", "United Kingdom", "M1 2WD", "+44 161 496 00{:02}"),
    ("Sydney", "New South Wales", "Australia", "2000", "+61 2 5550 00{:02}"),
    ("Melbourne", "Victoria", "Australia", "3000", "+61 3 7010 00{:02}"),
    ("Dublin", "Leinster", "Ireland", "D02 XY45", "+353 20 911 00{:02}"),
    ("Toronto", "Ontario", "Canada", "M5H 2N2", "+1 416 555 01{:02}"),
)
ROADS = ("Harbour Road", "Mill Lane", "King Street", "Station Avenue", "Park Drive", "Foundry Way", "Market Street")

# No operator has been given these beginnings, so that nobody is called or written to by accident.
MOBILE_BEGINNINGS = ("154", "160", "161", "163", "164", "168", "179", "194")


def mobile(world: World) -> str:
    """A mobile number that belongs to nobody."""
    return f"{world.one(MOBILE_BEGINNINGS)}{world.chance.randrange(10**8):08d}"


def landline(world: World, city: City) -> str:
    """A landline of the city. Big cities have eight digits; numbers that begin with 1 are never given to subscribers."""
    eight = len(city.area_code) == 3 or city.name in ("苏州", "杭州", "宁波", "无锡", "深圳", "东莞", "佛山", "青岛", "常州",
                                                      "石家庄")  # fmt: skip
    rest = 6 if eight else 5
    return f"{city.area_code}-{world.chance.choice('568')}1{world.chance.randrange(10**rest):0{rest}d}"


def address(world: World, district: str) -> str:
    """District, street, number and building, as it stands below the city on an envelope."""
    site = world.one(SITES)
    return f"{district}{world.one(STREETS)}{world.chance.randint(1, 998)}号{' ' + site if site else ''}"
