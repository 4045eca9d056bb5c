"""A column of whole regions in the window: the mapping says what it fills, the rehearsal shows it, a correction is split anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from crm_desktop.business import Customer
from crm_desktop.core.views import Condition, View
from crm_desktop.exchange.importing.verdicts import REMARKED
from crm_desktop.ui.session import Session
from tests.ui.records.test_import_more import known, opened, targets
from tests.ui.waiting import settle

SHEET = "公司名称,所在地区,电话\n甲甲甲,广东省深圳市南山区,1\n乙乙乙,浙江-杭州,2\n丙丙丙,湖北省武汉市光谷,3\n"


def seen(model: Any, row: int) -> list[str]:
    model.cell(row, 4)
    settle()
    return [model.cell(row, column) for column in range(4, model.columnCount())]


def test_a_region_is_shown_taken_apart(session: Session, tmp_path: Path) -> None:
    wizard = opened(session, tmp_path / "t.csv", SHEET)
    wizard.next.click()
    assert targets(wizard) == {"公司名称": "name", "所在地区": "region", "电话": "phone"}
    offered = wizard.columns._choices["所在地区"]
    assert offered.currentText() == "Region → province, city, district"
    wizard.next.click()
    settle()
    step, model = wizard.verdicts, wizard.verdicts.table.model()
    assert [column.title for column in model.columns][4:] == ["公司名称", "所在地区", "→ Province", "→ City", "→ District", "电话"]  # type: ignore[attr-defined]
    assert seen(model, 0) == ["甲甲甲", "广东省深圳市南山区", "广东省", "深圳市", "南山区", "1"]
    assert seen(model, 2)[2:5] == ["湖北省", "武汉市", "光谷"]
    assert "光谷" in model.cell(2, 3) and "District" in model.cell(2, 3)  # type: ignore[attr-defined]
    # What is to be looked at is found among thousands.
    assert step.summary.text().endswith("With remarks: 1")
    step.filter.set_value(REMARKED)
    assert step.table.model().rowCount() == 1 and step.table.model().cell(0, 0) == "丙丙丙"  # type: ignore[attr-defined]
    step.filter.set_value("all")
    model = step.table.model()
    seen(model, 1)
    # F2 on a part opens the whole; Tab goes on to the next column of the sheet.
    step.table.setCurrentIndex(model.index(1, 7))
    step.correcting.start()
    editor = step.table.viewport().findChildren(QLineEdit)[-1]
    assert editor.text() == "浙江-杭州"
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    editor = step.table.viewport().findChildren(QLineEdit)[-1]
    assert editor.text() == "2"
    QTest.keyClick(editor, Qt.Key.Key_Backtab)
    editor = step.table.viewport().findChildren(QLineEdit)[-1]
    editor.setText("浙江省宁波市鄞州区")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert seen(model, 1)[1:5] == ["浙江省宁波市鄞州区", "浙江省", "宁波市", "鄞州区"]
    wizard.next.click()
    (found,) = session.records.ids(Customer, session.desk.actor, View((Condition("name", "is", "乙乙乙"),)))
    customer = session.records.get(Customer, found, session.desk.actor)
    assert (customer.province, customer.city, customer.district) == ("浙江省", "宁波市", "鄞州区")
    wizard.verdicts.undo.click()
    assert known(session, "乙乙乙") == 0


def test_the_next_sheet_remembers_the_region(session: Session, tmp_path: Path) -> None:
    wizard = opened(session, tmp_path / "t.csv", SHEET.replace("所在地区", "片区"))
    wizard.next.click()
    wizard.columns.mapping.set("片区", "region")
    wizard.next.click()
    wizard.next.click()
    other = opened(session, tmp_path / "u.csv", "公司名称,片区\n丁丁丁,华南\n戊戊戊,华东\n")
    other.next.click()
    assert targets(other) == {"公司名称": "name", "片区": "region"}
    other.reject()


def test_filling_the_region_from_an_address_is_offered(session: Session, tmp_path: Path) -> None:
    sheet = "公司名称,地址\n甲甲甲,广东省深圳市南山区科技园路1号\n乙乙乙,浙江省杭州市西湖区文三路2号\n"
    wizard = opened(session, tmp_path / "t.csv", sheet)
    wizard.next.click()
    assert targets(wizard) == {"公司名称": "name", "地址": "address"}
    offer = wizard.columns._split["地址"]
    assert offer.isVisibleTo(wizard)
    offer.click()
    assert targets(wizard) == {"公司名称": "name", "地址": "whole_address"} and not offer.isVisibleTo(wizard)
    wizard.next.click()
    settle()
    model = wizard.verdicts.table.model()
    assert [column.title for column in model.columns][5:] == ["地址", "→ Province", "→ City", "→ District", "→ Address"]  # type: ignore[attr-defined]
    assert seen(model, 0)[2:] == ["广东省", "深圳市", "南山区", "科技园路1号"]
    wizard.next.click()
    # Where the person goes back to the whole address it is offered again, and the next sheet remembers what was chosen.
    other = opened(session, tmp_path / "u.csv", sheet.replace("甲甲甲", "丙丙丙"))
    other.next.click()
    assert targets(other) == {"公司名称": "name", "地址": "whole_address"}
    other.columns._choices["地址"].set_value("address")
    other.columns._choices["地址"].committed.emit()
    assert other.columns._split["地址"].isVisibleTo(other)
    other.reject()
