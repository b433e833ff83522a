"""What the demo company sells and where: names, sizes and places, all invented, all fixed.

沐禾 (Muhe) is no real company. City codes are GB/T 2260 prefecture codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

COMPANY = "沐禾食品饮料集团"
SEED = 20261123


@dataclass(frozen=True, slots=True)
class SkuContent:
    """One sku of the demo catalog; prices include tax and are per base unit."""

    code: str
    product_code: str
    product_name: str
    name: str
    category: str
    brand: str
    specification: str
    base_unit: str
    case_size: int
    base_price: Decimal
    cost: Decimal
    tax_rate: Decimal
    shelf_life_days: int
    season: str  # how demand moves over the year
    shape: str  # which picture is drawn
    colour: str
    barcode: str
    weight: float  # share of demand inside its category


@dataclass(frozen=True, slots=True)
class BranchContent:
    """A branch of the brand with the cities its distributors come from."""

    code: str
    name: str
    warehouse_city: str
    cities: tuple[tuple[str, str, str, int], ...]  # (GB code, province, city, distributors)
    trend: float  # yearly growth of demand


#: category code → (name, season, shape, tax, shelf life, share of demand)
CATEGORIES: dict[str, tuple[str, str, str, str, int, float]] = {
    "WATER": ("饮用水", "summer", "bottle", "0.13", 540, 0.24),
    "TEA": ("茶饮料", "summer", "slim", "0.13", 365, 0.22),
    "JUICE": ("果汁饮料", "festival", "carton", "0.13", 270, 0.16),
    "PLANT": ("植物蛋白饮", "festival", "can", "0.13", 360, 0.14),
    "SNACK": ("休闲零食", "festival", "bag", "0.13", 240, 0.14),
    "SAUCE": ("调味品", "flat", "jar", "0.13", 540, 0.10),
}

#: category → [(product line, sub-brand, [flavours], [(specification, base unit, case size, price)])]
_LINES: dict[str, list[tuple[str, str, list[str], list[tuple[str, str, int, str]]]]] = {
    "WATER": [
        (
            "天然矿泉水",
            "沐泉",
            ["原味"],
            [
                ("350ml", "瓶", 24, "1.35"),
                ("550ml", "瓶", 24, "1.50"),
                ("1.5L", "瓶", 12, "2.90"),
                ("5L", "桶", 4, "7.80"),
                ("12L", "桶", 1, "16.50"),
            ],
        ),
        (
            "苏打水",
            "沐泉",
            ["原味", "柠檬", "白桃", "青瓜", "薄荷", "西柚"],
            [("380ml", "瓶", 15, "2.60"), ("500ml", "瓶", 15, "3.10")],
        ),
        (
            "气泡水",
            "泡泡山",
            ["青柠", "荔枝", "葡萄", "海盐西柚", "白桃", "卡曼橘"],
            [("330ml", "罐", 24, "2.95"), ("480ml", "瓶", 15, "3.60")],
        ),
        (
            "纯净水",
            "沐泉",
            ["原味"],
            [("550ml", "瓶", 24, "0.95"), ("596ml", "瓶", 24, "1.05"), ("4.5L", "桶", 4, "5.20")],
        ),
    ],
    "TEA": [
        (
            "冰红茶",
            "茶里行",
            ["原味", "柠檬", "蜜桃", "低糖"],
            [("500ml", "瓶", 15, "2.35"), ("1L", "瓶", 12, "3.60")],
        ),
        ("绿茶", "茶里行", ["原味", "蜂蜜", "低糖"], [("500ml", "瓶", 15, "2.35"), ("1L", "瓶", 12, "3.60")]),
        (
            "无糖乌龙茶",
            "山见",
            ["原味", "桂花", "炭焙"],
            [("500ml", "瓶", 15, "3.45"), ("900ml", "瓶", 12, "5.40")],
        ),
        ("茉莉花茶", "山见", ["无糖", "低糖"], [("500ml", "瓶", 15, "3.45"), ("900ml", "瓶", 12, "5.40")]),
        (
            "奶茶",
            "小满",
            ["原味", "麦香", "抹茶", "红豆"],
            [("450ml", "瓶", 15, "3.90"), ("1L", "瓶", 12, "6.50")],
        ),
        (
            "柠檬茶",
            "茶里行",
            ["经典", "鸭屎香", "白桃乌龙", "港式"],
            [("250ml", "盒", 24, "1.65"), ("300ml", "盒", 24, "1.95")],
        ),
    ],
    "JUICE": [
        (
            "橙汁",
            "果立方",
            ["100%", "30%"],
            [("300ml", "盒", 24, "2.80"), ("1L", "盒", 12, "8.20"), ("1.5L", "瓶", 6, "9.90")],
        ),
        ("苹果汁", "果立方", ["100%", "30%"], [("300ml", "盒", 24, "2.80"), ("1L", "盒", 12, "8.20")]),
        ("葡萄汁", "果立方", ["100%", "30%"], [("300ml", "盒", 24, "3.00"), ("1L", "盒", 12, "8.90")]),
        (
            "混合果蔬汁",
            "果立方",
            ["紫薯胡萝卜", "芒果菠萝", "番茄西柚"],
            [("300ml", "盒", 24, "3.20"), ("1L", "盒", 12, "9.60")],
        ),
        ("椰子水", "南屿", ["原味", "菠萝"], [("350ml", "瓶", 15, "4.30"), ("1L", "盒", 12, "9.80")]),
        ("山楂汁", "北巷", ["原味", "陈皮"], [("350ml", "瓶", 15, "3.70"), ("1.25L", "瓶", 6, "8.60")]),
        ("酸梅汤", "北巷", ["原味", "桂花"], [("350ml", "瓶", 15, "3.10"), ("1L", "瓶", 12, "6.20")]),
    ],
    "PLANT": [
        ("核桃乳", "禾养", ["经典", "无糖", "高钙"], [("240ml", "罐", 20, "2.85"), ("1L", "盒", 12, "8.50")]),
        ("杏仁露", "禾养", ["原味", "无糖"], [("240ml", "罐", 20, "2.75"), ("1L", "盒", 12, "8.10")]),
        ("豆奶", "禾养", ["原味", "黑豆", "红枣"], [("250ml", "盒", 24, "1.90"), ("1L", "盒", 12, "6.90")]),
        (
            "燕麦奶",
            "麦田里",
            ["原味", "咖啡大师", "巧克力"],
            [("250ml", "盒", 18, "3.90"), ("1L", "盒", 6, "12.80")],
        ),
        ("椰汁", "南屿", ["原味", "轻糖"], [("245ml", "罐", 24, "2.90"), ("1.25L", "瓶", 6, "10.50")]),
        ("花生牛奶", "禾养", ["原味"], [("250ml", "盒", 24, "1.95"), ("500ml", "瓶", 15, "3.50")]),
    ],
    "SNACK": [
        (
            "薯片",
            "脆山",
            ["原味", "番茄", "黄瓜", "香辣", "海苔"],
            [("45g", "袋", 40, "2.20"), ("75g", "袋", 22, "3.60"), ("135g", "袋", 12, "6.30")],
        ),
        ("锅巴", "脆山", ["麻辣", "牛肉", "孜然"], [("60g", "袋", 40, "1.80"), ("138g", "袋", 20, "3.90")]),
        (
            "每日坚果",
            "禾养",
            ["经典", "益生菌"],
            [("25g×7", "盒", 12, "19.80"), ("25g×30", "盒", 6, "78.00")],
        ),
        ("海苔", "南屿", ["原味", "辣味"], [("4g×8", "袋", 30, "6.80")]),
        ("豆干", "北巷", ["五香", "麻辣", "烧烤"], [("90g", "袋", 40, "2.70"), ("200g", "袋", 20, "5.60")]),
        ("蛋卷", "小满", ["原味", "肉松", "芝麻"], [("150g", "盒", 12, "8.80"), ("450g", "罐", 8, "23.50")]),
    ],
    "SAUCE": [
        (
            "酿造酱油",
            "三月坊",
            ["生抽", "老抽", "减盐"],
            [("500ml", "瓶", 12, "5.90"), ("1.28L", "瓶", 6, "11.80")],
        ),
        (
            "米醋",
            "三月坊",
            ["陈醋", "香醋", "白醋"],
            [("500ml", "瓶", 12, "4.60"), ("800ml", "瓶", 12, "6.80")],
        ),
        ("蚝油", "三月坊", ["原味", "减盐"], [("255g", "瓶", 12, "4.20"), ("700g", "瓶", 12, "7.90")]),
        ("豆瓣酱", "辣里香", ["红油", "特级"], [("300g", "瓶", 12, "5.40"), ("1kg", "袋", 10, "12.60")]),
        (
            "辣椒酱",
            "辣里香",
            ["香辣", "蒜蓉", "牛肉"],
            [("210g", "瓶", 24, "5.80"), ("760g", "瓶", 12, "13.90")],
        ),
        (
            "火锅底料",
            "辣里香",
            ["牛油麻辣", "清油", "番茄"],
            [("150g", "袋", 30, "5.50"), ("350g", "袋", 20, "10.90")],
        ),
    ],
}
_COLOURS = [
    "#0F766E",
    "#B45309",
    "#1D4ED8",
    "#15803D",
    "#B91C1C",
    "#7C3AED",
    "#0E7490",
    "#A16207",
    "#BE185D",
    "#4D7C0F",
]


def ean13(body: str) -> str:
    """The 13-digit code for twelve digits."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


def skus() -> list[SkuContent]:
    """All skus, always in the same order."""
    found: list[SkuContent] = []
    for category, lines in _LINES.items():
        _, season, shape, tax, shelf_life, _ = CATEGORIES[category]
        number = 0
        for position, (line, brand, flavours, sizes) in enumerate(lines, start=1):
            for flavour_no, flavour in enumerate(flavours):
                product_code = f"{category[:2]}{position:02d}{flavour_no + 1:02d}"
                product = f"{brand}{flavour if flavour not in ('原味', '经典') else ''}{line}"
                for specification, unit, case_size, price in sizes:
                    number += 1
                    base_price = Decimal(price)
                    found.append(
                        SkuContent(
                            code=f"{category[:2]}{number:03d}",
                            product_code=product_code,
                            product_name=product,
                            name=f"{product} {specification}",
                            category=category,
                            brand=brand,
                            specification=f"{specification}×{case_size}",
                            base_unit=unit,
                            case_size=case_size,
                            base_price=base_price,
                            cost=(base_price * Decimal("0.62")).quantize(Decimal("0.0001")),
                            tax_rate=Decimal(tax),
                            shelf_life_days=shelf_life,
                            season=season,
                            shape=shape,
                            colour=_COLOURS[(position * 3 + flavour_no) % len(_COLOURS)],
                            barcode=ean13(f"6901{len(found) + 20001:08d}"),
                            weight=1.0 / (1 + 0.35 * flavour_no) / (1 + 0.25 * (position - 1)),
                        )
                    )
    return found


BRANCHES: tuple[BranchContent, ...] = (
    BranchContent(
        "HD",
        "华东大区",
        "苏州市",
        (
            ("310100", "上海市", "上海市", 14),
            ("320500", "江苏省", "苏州市", 9),
            ("320100", "江苏省", "南京市", 8),
            ("320200", "江苏省", "无锡市", 6),
            ("320400", "江苏省", "常州市", 5),
            ("320600", "江苏省", "南通市", 5),
            ("330100", "浙江省", "杭州市", 9),
            ("330200", "浙江省", "宁波市", 7),
            ("330300", "浙江省", "温州市", 6),
            ("330400", "浙江省", "嘉兴市", 4),
            ("340100", "安徽省", "合肥市", 6),
            ("340200", "安徽省", "芜湖市", 3),
        ),
        0.06,
    ),
    BranchContent(
        "HN",
        "华南大区",
        "广州市",
        (
            ("440100", "广东省", "广州市", 12),
            ("440300", "广东省", "深圳市", 11),
            ("440600", "广东省", "佛山市", 7),
            ("441900", "广东省", "东莞市", 7),
            ("440400", "广东省", "珠海市", 4),
            ("450100", "广西壮族自治区", "南宁市", 6),
            ("350100", "福建省", "福州市", 6),
            ("350200", "福建省", "厦门市", 6),
            ("350500", "福建省", "泉州市", 5),
            ("460100", "海南省", "海口市", 4),
        ),
        0.22,
    ),
    BranchContent(
        "HB",
        "华北大区",
        "天津市",
        (
            ("110100", "北京市", "北京市", 12),
            ("120100", "天津市", "天津市", 8),
            ("130100", "河北省", "石家庄市", 6),
            ("130200", "河北省", "唐山市", 5),
            ("130600", "河北省", "保定市", 5),
            ("370100", "山东省", "济南市", 7),
            ("370200", "山东省", "青岛市", 7),
            ("370600", "山东省", "烟台市", 5),
            ("140100", "山西省", "太原市", 5),
            ("150100", "内蒙古自治区", "呼和浩特市", 4),
        ),
        0.04,
    ),
    BranchContent(
        "HZ",
        "华中大区",
        "武汉市",
        (
            ("420100", "湖北省", "武汉市", 10),
            ("420600", "湖北省", "襄阳市", 5),
            ("420500", "湖北省", "宜昌市", 4),
            ("430100", "湖南省", "长沙市", 9),
            ("430200", "湖南省", "株洲市", 4),
            ("430700", "湖南省", "常德市", 4),
            ("410100", "河南省", "郑州市", 9),
            ("410300", "河南省", "洛阳市", 5),
            ("360100", "江西省", "南昌市", 6),
        ),
        -0.02,
    ),
    BranchContent(
        "XN",
        "西南大区",
        "成都市",
        (
            ("510100", "四川省", "成都市", 12),
            ("510700", "四川省", "绵阳市", 5),
            ("511300", "四川省", "南充市", 4),
            ("500100", "重庆市", "重庆市", 10),
            ("520100", "贵州省", "贵阳市", 6),
            ("530100", "云南省", "昆明市", 7),
        ),
        0.09,
    ),
)
#: The city whose stores stop ordering one after the other, so that its dealers buy less and the region falls with it.
DECLINE_CITY = "420600"
GROWING_CITY = "440300"
LATE_RECEIPT_BRANCH = "XN"

STORE_KINDS = (
    ("便利店", "CVS", 0.34),
    ("超市", "SUPER", 0.28),
    ("烟酒店", "TRAD", 0.14),
    ("食杂店", "TRAD", 0.18),
    ("餐饮店", "CATERING", 0.06),
)
_FAMILY = "陈林黄张李王吴刘蔡杨许郑谢郭洪邱曾廖赖徐周叶苏庄吕江何罗高萧潘简朱钟彭游詹胡施沈余赵卢梁"
_GIVEN = [
    "志强",
    "建国",
    "丽华",
    "海燕",
    "国庆",
    "晓明",
    "玉兰",
    "文博",
    "春梅",
    "立新",
    "德胜",
    "秀英",
    "振华",
    "美玲",
    "永康",
    "桂芳",
]
_TRADE = [
    "瑞丰",
    "恒泰",
    "鑫源",
    "万佳",
    "顺达",
    "华联",
    "金利",
    "宏图",
    "百川",
    "同德",
    "聚福",
    "长青",
    "嘉禾",
    "泰和",
    "汇通",
    "盛达",
    "永兴",
    "广源",
    "正大",
    "新纪元",
    "四海",
    "天和",
    "盈丰",
    "德润",
    "安泰",
    "利民",
    "佳和",
    "明阳",
    "远航",
    "润泽",
]
_TRADE_KIND = [
    "商贸有限公司",
    "食品贸易有限公司",
    "供应链管理有限公司",
    "酒水饮料批发部",
    "贸易有限公司",
    "食品销售有限公司",
]
_STREETS = [
    "人民路",
    "解放路",
    "中山路",
    "建设路",
    "和平街",
    "新华路",
    "友谊路",
    "文化路",
    "青年路",
    "滨江路",
    "学院路",
    "东风路",
]


def distributor_name(city: str, number: int) -> str:
    """A plausible legal name; two of ten cities share a trade word, as in life."""
    short = city.removesuffix("市")
    return f"{short}{_TRADE[(number * 7) % len(_TRADE)]}{_TRADE_KIND[(number * 5) % len(_TRADE_KIND)]}"


def store_name(number: int, kind: str) -> str:
    return f"{_TRADE[(number * 11) % len(_TRADE)]}{kind}（{_STREETS[(number * 3) % len(_STREETS)]}店）"


def person_name(number: int) -> str:
    return _FAMILY[(number * 13) % len(_FAMILY)] + _GIVEN[(number * 7) % len(_GIVEN)]


def street(number: int) -> str:
    return f"{_STREETS[(number * 5) % len(_STREETS)]}{(number * 37) % 480 + 1}号"


def phone(number: int) -> str:
    """An eleven-digit number from a block no carrier assigns to persons (170 test block)."""
    return f"170{(number * 7919 + 12345) % 10**8:08d}"


_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(region_code: str, number: int) -> str:
    """A unified social credit code (GB 32100-2015) with both its check characters, of nobody."""
    body = f"{number * 7919 % 10**8:08d}"
    inner = (
        11
        - sum(int(digit) * weight for digit, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    ) % 11
    code = f"91{region_code}{body}{'X' if inner == 10 else inner}"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(_USCC.index(char) * weight for char, weight in zip(code, weights, strict=True))
    return code + _USCC[(31 - total % 31) % 31]


#: Bad data as channels have it, and where it is; docs/demo.md tells its readers.
SAME_COMPANY = ("D0097", "D0098")  # one company entered twice: nearly the name, the same telephone
WITHOUT_USCC = ("D0120", "D0207", "D0266")
WRONG_USCC = "D0121"  # its check character does not hold
WITHOUT_REGION = ("D0130", "D0231")
UNPRICED = ("SN039", "SA032")  # new goods that no list prices yet
#: Who has not paid for two months.
LATE_PAYERS = tuple(f"D{number:04d}" for number in range(11, 315, 23))
