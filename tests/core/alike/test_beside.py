"""What stands beside a company's name in its cell is left out; other names of the same company are kept."""

import pytest

from crm_desktop.core.alike import beside

ALONE = "恒泰科技有限公司"


@pytest.mark.parametrize(("text", "names"), [
    (ALONE, (ALONE,)),
    (f"{ALONE} 采购部王小姐", (ALONE,)),
    (f"{ALONE}采购部", (ALONE,)),
    (f"{ALONE}-财务部", (ALONE,)),
    (f"{ALONE} 李工 13800138000", (ALONE,)),
    (f"{ALONE}（张总）", (ALONE,)),
    (f"{ALONE} 2", (ALONE,)),
    (f"VIP {ALONE}", (ALONE,)),
    (f"★{ALONE}", (ALONE,)),
    (f"{ALONE}（原华泰贸易公司）", (ALONE, "华泰贸易公司")),
    (f"{ALONE}（曾用名：华泰贸易公司）", (ALONE, "华泰贸易公司")),
    (f"{ALONE} Hengtai Tech Co., Ltd.", (ALONE, "Hengtai Tech Co., Ltd.")),
    (f"{ALONE}/Hengtai Tech Co., Ltd.", (ALONE, "Hengtai Tech Co., Ltd.")),
    (f"{ALONE} (Hengtai Tech)", (ALONE, "Hengtai Tech")),
    (f"Hengtai Tech Co., Ltd. {ALONE}", (ALONE, "Hengtai Tech Co., Ltd.")),
    (f"{ALONE}{ALONE}", (ALONE,)),
    (f"{ALONE} {ALONE}", (ALONE,)),
    (f"12、{ALONE}", (ALONE,)),
    (f"3.{ALONE}", (ALONE,)),
    (f"【A】{ALONE}", (ALONE,)),
    (f"{ALONE}电话13912345678", (ALONE,)),
    (f"{ALONE} TEL:0571-86013388", (ALONE,)),
    ("老王五金店（13912345678）", ("老王五金店",)),
    ("老王五金店/王建国", ("老王五金店",)),
    (f"王丽-{ALONE}", (ALONE,)),
    (f"{ALONE}王经理", (ALONE,)),
    (f"{ALONE}+王丽", (ALONE,)),
    ("Weiß Argo Maschinenbau AG dba Lumen Maschinenbau", ("Weiß Argo Maschinenbau AG", "Lumen Maschinenbau")),
    ("Acme Holdings LLC trading as Blue Bakery", ("Acme Holdings LLC", "Blue Bakery")),
    ("Golden Star Trading LLC - Purchasing", ("Golden Star Trading LLC",)),
    ("Golden Star Trading LLC (Attn: Mr. Wang)", ("Golden Star Trading LLC",)),
    ("Golden Star Group 2", ("Golden Star Group",)),
    (f"{ALONE}（2023）", (ALONE,)),
    (f"{ALONE}（月结）", (ALONE,)),
    (f"（大客户）{ALONE}", (ALONE,)),
    (f"{ALONE}工程部李工", (ALONE,)),
    (f"{ALONE}；{ALONE}", (ALONE,)),
    (f"李小明 {ALONE}", (ALONE,)),
    (f"13912345678 {ALONE}", (ALONE,)),
    (f"恒泰-{ALONE}", (ALONE,)),
    (f"{ALONE}（简称恒泰）", (ALONE,)),
    (f"华泰贸易公司（已更名为{ALONE}）", ("华泰贸易公司", ALONE)),
    ("华泰（深圳）贸易公司（更名前：恒泰（广州）科技有限公司）", ("华泰（深圳）贸易公司", "恒泰（广州）科技有限公司")),
    ("安平县妇幼保健院（供应商）", ("安平县妇幼保健院",)),
    ("Golden Star Trading - John Smith", ("Golden Star Trading",)),
    ("Golden Star Trading (do not use)", ("Golden Star Trading",)),
    ("Golden Star Trading LLC / 王经理", ("Golden Star Trading LLC",)),
    ("恒泰电子 HENGTAI ELECTRONICS", ("恒泰电子", "HENGTAI ELECTRONICS")),
    ("恒泰集合 HENGTAI", ("恒泰集合 HENGTAI",)),
    ("杜经理（恒泰电子）", ("恒泰电子",)),
    ("恒泰电子-钱工", ("恒泰电子",)),
    ("李宁（运动服）", ("李宁（运动服）",)),
    ("KÃ¶hler SpezialitÃ¤ten", ("Köhler Spezialitäten",)),
    ("Ã Ångström", ("Ã Ångström",)),
    ("Golden Star Bakery (formerly Blue Bakery)", ("Golden Star Bakery", "Blue Bakery")),
])  # fmt: skip
def test_what_is_beside_a_name(text: str, names: tuple[str, ...]) -> None:
    assert beside.names(text) == names


@pytest.mark.parametrize("whole", [
    "恒泰集团（深圳）有限公司",
    "恒泰科技有限公司（深圳）",
    "恒泰科技有限公司深圳分公司",
    "恒泰科技有限公司（深圳分公司）",
    "恒泰科技有限公司 南山营业部",
    "3M中国有限公司",
    "360安全科技有限公司",
    "华为-赛门铁克科技有限公司",
    "恒泰恒泰科技有限公司",
    "长城物业经理",
    "TCL科技集团股份有限公司",
    "原野科技有限公司",
    "前海人寿",
    "老客户餐饮有限公司",
    "Siemens Group (Asia) Ltd",
    "Vipshop Holdings Ltd",
    "Sony Corp - Hong Kong Branch",
    "重点科技",
    "金鑫（深圳）科技有限公司",
    "深圳市 金鑫 电子 有限公司",
    "恒泰五金店（人民路店）",
    "Smith (Builders) Ltd",
    "Smith-Jones Roofing",
    "",
])  # fmt: skip
def test_what_belongs_to_a_name(whole: str) -> None:
    assert beside.names(whole) == (whole,)
