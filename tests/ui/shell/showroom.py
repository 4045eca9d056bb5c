"""A window full of invented views, to look at and to test the frame with; not shipped."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.core import words
from crm_desktop.ui.shell.commands import Command
from crm_desktop.ui.shell.hits import Done, Hit, marks_of
from crm_desktop.ui.shell.pages import Page
from crm_desktop.ui.shell.window import Window
from crm_desktop.ui.widgets.bulk import BulkAction, Footer
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.chips import ChipsRow
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.day_edit import DayEdit, MomentEdit
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit, LongEdit, MoneyEdit, TextEdit
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.filter_edit import FilterEdit
from crm_desktop.ui.widgets.headers import DetailHead, ViewHeader
from crm_desktop.ui.widgets.labels import line
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.search_combo import SearchCombo
from crm_desktop.ui.widgets.segment import Segment
from crm_desktop.ui.widgets.table import Table
from crm_desktop.ui.widgets.tags_edit import TagsEdit
from crm_desktop.ui.widgets.words import money_text

TODAY = date(2026, 11, 21)
OWNERS = ("王丽", "陈志强", "刘敏", "赵文博", "林佳怡")
STATES = {"active": "ok", "key": "violet", "potential": "accent", "dormant": "grey"}
CHINESE = {
    "Today": "今天",
    "Tomorrow": "明天",
    "Yesterday": "昨天",
    "%n day(s) late": "逾期 %n 天",
    "in %n day(s)": "%n 天后",
    "Search or run a command": "搜索或执行命令",
    "Layout": "布局",
    "Commands": "命令",
    "%n selected": "已选 %n 项",
    "Undo": "撤销",
    "Add a tag": "添加标签",
    "Recent": "最近",
    "Starred": "星标",
    "Go to {view}": "转到 {view}",
    "Dark or light": "深色或浅色",
    "Search customers, phones, contracts, or type a command…": "搜索客户、电话、合同，或输入命令…",
    "Shortcuts": "快捷键",
    "Later": "稍后",
    "Done": "完成",
    "Open": "打开",
    "In 5 minutes": "5 分钟后",
    "Next Monday": "下周一",
    "None": "无",
    "Undo the last change": "撤销上一步",
    "Fold or unfold the sidebar": "折叠侧栏",
    "View": "视图",
}


def speak(language: str) -> None:
    """Say the few words of the frame in a language, without the catalogues."""
    words.use(language)
    if language == "zh_CN":
        words.speak_through(lambda text, _n: CHINESE.get(text, text))
    else:
        words.speak_through(lambda text, n: text.replace("(s)", "" if n == 1 else "s"))


def customers(count: int = 286) -> list[tuple[object, ...]]:
    """Invented customers, the same at every call."""
    dice = random.Random(7)
    cities = ("上海", "苏州", "杭州", "宁波", "无锡", "南京", "深圳", "东莞", "广州", "青岛")
    brands = ("明达", "恒瑞", "东方", "华信", "博远", "锐科", "天成", "瑞丰", "润邦", "立德")
    trades = (
        "精密机械",
        "电子科技",
        "自动化设备",
        "医疗器械",
        "包装材料",
        "软件",
        "贸易",
        "食品",
        "汽车零部件",
    )
    rows = []
    for _place in range(count):
        city = dice.choice(cities)
        kind = dice.choice(["有限公司", "股份有限公司", "科技有限公司"])
        name = f"{city}{dice.choice(brands)}{dice.choice(trades)}{kind}"
        due = TODAY + timedelta(days=dice.randrange(-9, 30)) if dice.random() < 0.7 else None
        rows.append(
            (
                name,
                dice.choices("ABCD", (12, 28, 40, 20))[0],
                dice.choice(list(STATES)),
                due,
                dice.choice(OWNERS),
                dice.choice("王李张刘陈") + dice.choice(["建国", "晓明", "海燕", "佳怡"]),
                f"1{dice.randrange(3 * 10**9, 10**10 - 1)}",
                dice.randrange(2000, 900000),
                TODAY - timedelta(days=dice.randrange(120)),
                dice.random(),
                city,
            )
        )
    return rows


def _pick(chinese: bool, zh: str, en: str) -> str:
    return zh if chinese else en


class CustomersView(QWidget):
    """A list as ui/records will make it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        window = parent.window()
        assert isinstance(window, Window)
        zh = words.language() == "zh_CN"
        rows = customers()
        labels = dict(
            zip(
                STATES,
                ("合作中", "重点", "潜在", "休眠")
                if zh
                else ("Active", "Key account", "Prospect", "Dormant"),
                strict=True,
            )
        )
        columns = [
            Column("name", _pick(zh, "客户", "Customer"), "name", 264),
            Column("level", _pick(zh, "等级", "Level"), "level", 64),
            Column("state", _pick(zh, "状态", "Status"), "pill", 112, tones=STATES, labels=labels),
            Column("next", _pick(zh, "下次联系", "Next contact"), "due", 112),
            Column("owner", _pick(zh, "负责人", "Owner"), "owner", 104),
            Column("contact", _pick(zh, "联系人", "Contact"), width=84),
            Column("phone", _pick(zh, "电话", "Phone"), "muted", 124),
            Column("sum", _pick(zh, "成交额", "Revenue"), "money", 124),
            Column("last", _pick(zh, "上次联系", "Last contact"), "date", 104),
            Column("part", _pick(zh, "已收", "Received"), "progress", 140),
            Column("city", _pick(zh, "城市", "City"), "muted", 72),
        ]
        self.model = RowsModel(columns, rows)
        self.table = Table(self.model, _pick(zh, "客户", "Customers"), today=lambda: TODAY)
        self.filter = FilterEdit(_pick(zh, "在列表中筛选", "Filter this list"))
        tools = [self.filter, icon_button("filter", "Conditions"), icon_button("columns-3", "Columns")]
        self.chips = ChipsRow(tools)
        names = (
            ("全部", "我的", "今日待跟进", "A 级", "休眠")
            if zh
            else ("All", "Mine", "Due today", "Level A", "Dormant")
        )
        self.chips.set_chips(
            [
                (str(n), name, count)
                for n, (name, count) in enumerate(zip(names, (286, 68, 64, 32, 74), strict=True))
            ]
        )
        self.footer = Footer()
        self.footer.set_figures(
            _pick(zh, "共 286 个客户", "286 customers"),
            _pick(zh, "成交额 ", "Revenue ") + money_text(44999600),
        )
        self.footer.bulk.set_actions(
            [
                BulkAction("assign", _pick(zh, "分配", "Assign"), "user-plus", lambda: None),
                BulkAction("tag", _pick(zh, "标签", "Tag"), "tag", lambda: None),
                BulkAction(
                    "mail", _pick(zh, "邮件", "E-mail"), "mail", lambda: None, why_not="No mail account."
                ),
                BulkAction("delete", _pick(zh, "删除", "Delete"), "trash-2", lambda: None, danger=True),
            ]
        )
        self.empty = Empty(
            "search",
            _pick(zh, "没有符合条件的客户", "No customer matches"),
            _pick(zh, "换个条件试试，或直接新建客户。", "Change the filter, or add the customer now."),
            _pick(zh, "新建客户", "New customer"),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        header = ViewHeader(
            _pick(zh, "客户", "Customers"),
            "",
            [
                Button(_pick(zh, "导出", "Export"), "download"),
                Button(_pick(zh, "新建客户", "New customer"), "plus", "primary"),
            ],
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (header, self.chips, line(), self.stack, line(), self.footer):
            column.addWidget(part)
        self.setFocusProxy(self.table)
        self.table.picked_changed.connect(self.footer.set_picked)
        window.commands.add(
            Command(
                "customer.new",
                _pick(zh, "新建客户", "New customer"),
                lambda: window.tell("New"),
                "Ctrl+N",
                "plus",
            ),
            self,
            "page",
        )
        window.commands.add(
            Command(
                "customer.call",
                _pick(zh, "记录电话", "Log a call"),
                lambda: window.tell("Call"),
                "L",
                "phone",
            ),
            self.table,
            "widget",
        )


class DetailView(QWidget):
    """A detail dock with a form of every editor."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        zh = words.language() == "zh_CN"
        head = DetailHead()
        head.show_record(
            "苏州润邦汽车零部件科技有限公司",
            [(_pick(zh, "合作中", "Active"), "ok"), (_pick(zh, "B 级", "B level"), "grey")],
            "汽配 · 苏州",
        )
        actions = QHBoxLayout()
        actions.setContentsMargins(16, 0, 12, 8)
        actions.setSpacing(6)
        for name, title in (
            ("phone", _pick(zh, "记录电话", "Log call")),
            ("calendar-plus", _pick(zh, "跟进计划", "Follow-up")),
            ("receipt", _pick(zh, "报价", "Quote")),
        ):
            actions.addWidget(Button(title, name))
        actions.addStretch()
        actions.addWidget(icon_button("ellipsis", "More"))
        self.form = Form()
        self.editors: dict[str, QWidget] = {}
        self._fill(zh)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.form)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(scroll, _pick(zh, "资料", "Profile"))
        tabs.addTab(
            Empty("users", "No contacts yet", "Add the people you talk to.", "New contact"),
            _pick(zh, "联系人", "Contacts"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(actions)
        column.addWidget(tabs, 1)

    def _fill(self, zh: bool) -> None:
        form = self.form
        form.section(_pick(zh, "基本信息", "Basics"))
        name = TextEdit()
        name.set_value("苏州润邦汽车零部件科技有限公司")
        level = ChoiceEdit()
        level.set_choices([(key, key) for key in "ABCD"])
        level.set_value("B")
        owner = SearchCombo()
        owner.set_source(lambda text: [(n, who, "销售一部") for n, who in enumerate(OWNERS) if text in who])
        owner.set_value(4, "林佳怡")
        amount = MoneyEdit()
        amount.set_value(656000)
        tags = TagsEdit()
        tags.set_choices([("vip", "大客户", "violet"), ("fair", "展会", "info")], make=lambda label: label)
        tags.set_value(["vip", "fair"])
        flag = FlagEdit()
        form.row(_pick(zh, "客户全称", "Full name"), name, required=True)
        form.row(_pick(zh, "等级", "Level"), level)
        form.row(_pick(zh, "负责人", "Owner"), owner)
        form.row(_pick(zh, "成交额", "Revenue"), amount)
        form.row(_pick(zh, "标签", "Tags"), tags)
        form.row(_pick(zh, "协议客户", "Contracted"), flag)
        form.section(_pick(zh, "跟进计划", "Follow-up"))
        day = DayEdit(today=lambda: TODAY)
        day.set_value(date(2026, 12, 2))
        moment = MomentEdit(today=lambda: TODAY)
        moment.set_quiet(True)
        note = LongEdit()
        note.setPlaceholderText(_pick(zh, "添加备注", "Add a note"))
        form.row(_pick(zh, "下次联系", "Next contact"), day)
        form.row(_pick(zh, "拜访时间", "Visit at"), moment)
        form.row(_pick(zh, "备注", "Note"), note)
        form.end()
        self.editors = {
            "name": name,
            "level": level,
            "owner": owner,
            "amount": amount,
            "tags": tags,
            "flag": flag,
            "day": day,
            "moment": moment,
            "note": note,
        }


def _plain(title: str, summary: str, switch: bool = False):  # type: ignore[no-untyped-def]
    def build(_parent: QWidget) -> QWidget:
        view = QWidget()
        right: list[QWidget] = (
            [Segment([("board", "Board", "kanban"), ("list", "List", "list")])] if switch else []
        )
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(ViewHeader(title, summary, [*right, Button("New", "plus", "primary")]))
        column.addWidget(line())
        column.addWidget(Empty("inbox", "Nothing here yet", "It will come.", "New"), 1)
        return view

    return build


def pages() -> list[Page]:
    """The views of the style guide's pictures."""
    zh = words.language() == "zh_CN"
    names = [
        ("home", "layout-dashboard", "工作台", "Workbench", "work"),
        ("customers", "users", "客户", "Customers", "work"),
        ("deals", "kanban", "商机", "Opportunities", "work"),
        ("contracts", "file-text", "合同", "Contracts", "work"),
        ("calendar", "calendar-days", "日历", "Calendar", "work"),
        ("leads", "inbox", "线索池", "Lead pool", "registers"),
        ("products", "package", "产品", "Products", "registers"),
        ("receivables", "banknote", "应收款", "Receivables", "registers"),
        ("service", "wrench", "售后服务", "Service", "registers"),
        ("reports", "chart-column", "报表", "Reports", "registers"),
        ("settings", "settings", "设置", "Settings", "foot"),
    ]
    made = []
    for key, icon, chinese, english, group in names:
        title = _pick(zh, chinese, english)
        build = (
            CustomersView
            if key == "customers"
            else _plain(title, "Open ¥ 11.81 M  ·  Weighted ¥ 4.38 M", key == "deals")
        )
        made.append(Page(key, title, icon, build, key in ("home", "deals", "calendar"), group))  # type: ignore[arg-type]
    return made


def find(text: str, done: Done) -> None:
    """A provider over the invented customers."""
    zh = words.language() == "zh_CN"
    hits = []
    for row in customers():
        marks = marks_of(str(row[0]), text) if text else None
        if marks and len(hits) < 5:
            hits.append(
                Hit(
                    str(row[0]),
                    lambda: None,
                    "building-2",
                    f"{row[5]} · {row[6]}",
                    marks=marks,
                    group=_pick(zh, "客户", "Customers"),
                )
            )
    done(hits)


def showroom(language: str = "zh_CN") -> Window:
    """A window with everything in it."""
    speak(language)
    zh = language == "zh_CN"
    window = Window(pages(), _pick(zh, "销售台", "CRM Desktop"), DetailView, find)
    window.set_badge("leads", 12)
    window.set_badge("receivables", 3)
    window.status.show_text("place", _pick(zh, "本地账套  crm.db", "Local file  crm.db"))
    window.status.show_text(
        "backup", _pick(zh, "上次备份：今天 09:00", "Last backup today 09:00"), right=True
    )
    window.set_user(_pick(zh, "王丽 · 销售一部", "王丽 · Sales 1"))
    return window


def shoot(widget: QWidget, path: str) -> None:
    """Save a picture of a widget, for eyes."""
    QApplication.processEvents()
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    widget.grab().save(path)
