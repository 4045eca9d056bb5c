"""What a new database starts with: picklists, stages and roles, labelled in three languages.

Source of the lists: the defaults table of the feature list (a Chinese CRM's option lists, EspoCRM and SuiteCRM stages).
Each entry: code, Chinese (simplified), Chinese (traditional), English, tone.
"""

from __future__ import annotations

from crm_desktop.business.sales.stage import Stage
from crm_desktop.business.staff.role import Role
from crm_desktop.core.picklists import PickValue
from crm_desktop.core.unit import Unit

Entry = tuple[str, str, str, str] | tuple[str, str, str, str, str]

PICKLISTS: dict[str, tuple[Entry, ...]] = {
    "level": (
        ("A", "A 重点客户", "A 重點客戶", "A key", "ok"),
        ("B", "B 普通客户", "B 普通客戶", "B normal", "accent"),
        ("C", "C 非优先客户", "C 非優先客戶", "C low", "grey"),
    ),
    "customer_type": (
        ("prospect", "潜在", "潛在", "Prospect", "accent"),
        ("normal", "一般", "一般", "Regular", "grey"),
        ("loyal", "忠实", "忠實", "Loyal", "ok"),
    ),
    "customer_status": (
        ("potential", "潜在", "潛在", "Potential", "accent"),
        ("active", "合作中", "合作中", "Active", "ok"),
        ("key", "重点", "重點", "Key account", "violet"),
        ("dormant", "休眠", "休眠", "Dormant", "grey"),
    ),
    "industry": (
        ("it", "IT", "IT", "IT"),
        ("finance", "金融业", "金融業", "Finance"),
        ("real_estate", "房地产", "房地產", "Real estate"),
        ("business_services", "商业服务", "商業服務", "Business services"),
        ("transport", "运输/物流", "運輸/物流", "Transport"),
        ("manufacturing", "制造", "製造", "Manufacturing"),
        ("government", "政府", "政府", "Government"),
        ("media", "文化传媒", "文化傳媒", "Media"),
    ),
    "source": (
        ("promotion", "促销", "促銷", "Promotion"),
        ("search_engine", "搜索引擎", "搜尋引擎", "Search engine"),
        ("advertising", "广告", "廣告", "Advertising"),
        ("referral", "转介绍", "轉介紹", "Referral"),
        ("online_sign_up", "线上注册", "線上註冊", "Online sign-up"),
        ("online_inquiry", "线上询价", "線上詢價", "Online inquiry"),
        ("appointment", "预约上门", "預約上門", "Appointment"),
        ("cold_call", "陌拜", "陌拜", "Cold call"),
        ("phone_inquiry", "电话咨询", "電話諮詢", "Phone inquiry"),
        ("email_inquiry", "邮件咨询", "郵件諮詢", "E-mail inquiry"),
        ("trade_show", "展会", "展會", "Trade show"),
        ("existing_customer", "老客户", "老客戶", "Existing customer"),
    ),
    "follow_up_method": (
        ("call", "打电话", "打電話", "Call", "ok"),
        ("email", "发邮件", "發郵件", "E-mail", "accent"),
        ("sms", "发短信", "發簡訊", "SMS", "grey"),
        ("visit", "见面拜访", "見面拜訪", "Visit", "violet"),
        ("wechat", "微信", "微信", "WeChat", "ok"),
        ("event", "活动", "活動", "Event", "info"),
    ),
    "gender": (("m", "男", "男", "Male"), ("f", "女", "女", "Female")),
    "contact_role": (
        ("decision_maker", "决策者", "決策者", "Decision maker", "violet"),
        ("evaluator", "评估者", "評估者", "Evaluator", "accent"),
        ("influencer", "影响者", "影響者", "Influencer", "info"),
        ("user", "使用者", "使用者", "User", "grey"),
    ),
    "disqualified_reason": (
        ("no_need", "无需求", "無需求", "No need"),
        ("no_budget", "无预算", "無預算", "No budget"),
        ("wrong_contact", "联系方式有误", "聯絡方式有誤", "Wrong contact details"),
        ("duplicate", "重复", "重複", "Duplicate"),
        ("not_reached", "联系不上", "聯絡不上", "Not reached"),
    ),
    "lost_reason": (
        ("competitor", "客户选择竞品", "客戶選擇競品", "Competitor"),
        ("budget", "预算限制", "預算限制", "Budget"),
        ("pricing", "价格", "價格", "Pricing"),
        ("missing_features", "功能缺失", "功能缺失", "Missing features"),
        ("long_cycle", "周期过长", "週期過長", "Long cycle"),
        ("no_decision_maker", "无决策人", "無決策人", "No decision-maker"),
        ("need_changed", "需求变化", "需求變化", "Need changed"),
        ("project_cancelled", "立项失败", "立項失敗", "Project cancelled"),
        ("unresponsive", "无响应", "無回應", "Unresponsive"),
    ),
    "contract_type": (
        ("direct", "直销合同", "直銷合約", "Direct sale"),
        ("agency", "代理合同", "代理合約", "Agency"),
        ("service", "服务合同", "服務合約", "Service"),
        ("quick", "快销合同", "快銷合約", "Quick sale"),
    ),
    "product_unit": tuple(
        (code, zh, tw, en)
        for code, zh, tw, en in (
            ("piece", "个", "個", "piece"), ("block", "块", "塊", "block"), ("item", "只", "隻", "item"),
            ("handle", "把", "把", "handle"), ("coin", "枚", "枚", "coin"), ("bottle", "瓶", "瓶", "bottle"),
            ("box", "盒", "盒", "box"), ("unit", "台", "台", "unit"), ("tonne", "吨", "噸", "tonne"),
            ("kg", "千克", "公斤", "kg"), ("metre", "米", "公尺", "metre"), ("case", "箱", "箱", "case"),
            ("set", "套", "套", "set"),
        )
    ),
    "product_category": (
        ("product", "产品", "產品", "Product"),
        ("service", "服务", "服務", "Service"),
        ("parts", "配件", "配件", "Parts"),
        ("software", "软件", "軟體", "Software"),
    ),
    "priority": (
        ("low", "低", "低", "Low", "grey"),
        ("normal", "中", "中", "Normal", "accent"),
        ("high", "高", "高", "High", "warn"),
        ("urgent", "紧急", "緊急", "Urgent", "bad"),
    ),
    "event_kind": (
        ("meeting", "会议", "會議", "Meeting", "accent"),
        ("call", "电话", "電話", "Call", "ok"),
        ("visit", "拜访", "拜訪", "Visit", "violet"),
        ("other", "其他", "其他", "Other", "grey"),
    ),
    "stage_kind": (
        ("open", "进行中", "進行中", "Open", "accent"),
        ("won", "赢单", "贏單", "Won", "ok"),
        ("lost", "输单", "輸單", "Lost", "bad"),
        ("void", "无效", "無效", "Void", "grey"),
    ),
    "role_level": (
        ("sales", "业务员", "業務員", "Salesperson"),
        ("manager", "经理", "經理", "Manager"),
        ("general", "总经理", "總經理", "General manager"),
        ("admin", "管理员", "管理員", "Administrator"),
    ),
    "data_scope": (
        ("own", "本人", "本人", "Own"),
        ("own_and_below", "本人及下属", "本人及下屬", "Own and subordinates"),
        ("department", "本部门", "本部門", "Department"),
        ("department_and_below", "本部门及下属部门", "本部門及下屬部門", "Department and below"),
        ("chosen", "指定部门", "指定部門", "Chosen departments"),
        ("all", "全部", "全部", "All"),
    ),
    "target_measure": (
        ("sales", "销售", "銷售", "Sales", "accent"),
        ("receipts", "回款", "回款", "Receipts", "ok"),
    ),
    "reminder_cause": (
        ("event", "日程", "行程", "Event"),
        ("task", "任务", "任務", "Task"),
        ("contract_end", "合同到期", "合約到期", "Contract ending"),
        ("next_contact", "下次联系", "下次聯絡", "Next contact"),
        ("assigned", "指派给我", "指派給我", "Assigned to me"),
        ("own", "自设提醒", "自設提醒", "Own reminder"),
    ),
    "report": (
        ("funnel", "销售漏斗", "銷售漏斗", "Sales funnel"),
        ("forecast", "加权预测", "加權預測", "Weighted forecast"),
        ("lost_reasons", "输单原因", "輸單原因", "Lost reasons"),
        ("activity", "按人员统计跟进记录", "依人員統計跟進記錄", "Follow-ups by person"),
        ("without_next_step", "没有下一步", "沒有下一步", "Without next step"),
        ("idle", "停滞商机", "停滯商機", "Waiting too long"),
    ),
    "report_format": (("xlsx", "Excel 工作簿", "Excel 活頁簿", "Excel workbook"), ("pdf", "PDF 文件", "PDF 檔案", "PDF document")),
}

# code, zh_CN, zh_TW, en, kind, probability, days until idle, may go back, tone
STAGES = (
    ("prospecting", "初步接洽", "初步接洽", "Prospecting", "open", 10, 25, True, "grey"),
    ("qualification", "需求确认", "需求確認", "Qualification", "open", 30, 25, True, "info"),
    ("proposal", "方案报价", "方案報價", "Proposal", "open", 50, 25, True, "accent"),
    ("negotiation", "商务谈判", "商務談判", "Negotiation", "open", 70, 25, True, "violet"),
    ("closing", "签约中", "簽約中", "Closing", "open", 90, 25, True, "warn"),
    ("won", "赢单", "贏單", "Won", "won", 100, 0, False, "ok"),
    ("lost", "输单", "輸單", "Lost", "lost", 0, 0, True, "bad"),
    ("void", "无效", "無效", "Void", "void", 0, 0, True, "grey"),
)

ROLES = (
    ("sales", "业务员", "業務員", "Salesperson", "sales", "own"),
    ("manager", "部门经理", "部門經理", "Manager", "manager", "department_and_below"),
    ("general", "总经理", "總經理", "General manager", "general", "all"),
    ("admin", "管理员", "管理員", "Administrator", "admin", "all"),
)


def plant(unit: Unit) -> None:
    """Put the shipped picklists, stages and roles into an empty database."""
    values = []
    for picklist, entries in PICKLISTS.items():
        for position, (code, zh, tw, en, *tone) in enumerate(entries):
            values.append(PickValue(picklist=picklist, code=code, name=zh, name_tw=tw, name_en=en, position=position,
                                    tone=tone[0] if tone else ""))  # fmt: skip
    unit.add(values)
    stages = [
        Stage(code=code, name=zh, name_tw=tw, name_en=en, kind=kind, probability=probability, position=position,
              idle_days=idle, may_go_back=back, tone=tone)
        for position, (code, zh, tw, en, kind, probability, idle, back, tone) in enumerate(STAGES)
    ]  # fmt: skip
    unit.add(stages)
    unit.add([Role(code=c, name=zh, name_tw=tw, name_en=en, level=level, scope=scope) for c, zh, tw, en, level, scope in ROLES])
