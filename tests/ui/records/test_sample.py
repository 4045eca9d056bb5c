"""Removing the sample data in the window: asked with what stays, done, undone; nothing to remove is said."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from crm_desktop.business import Customer
from crm_desktop.business.system import sample
from crm_desktop.ui.session import Session
from crm_desktop.ui.system.sample import RemoveSample


def opened(session: Session) -> Any:
    session.window.commands.run("sample.remove")
    QApplication.processEvents()
    return session.window.findChild(RemoveSample)


def test_an_administrator_removes_it_and_undoes_that(session: Session) -> None:
    """The demo's manager may not; its administrator sees the button on the workbench."""
    told: list[str] = []
    session.window.tell = lambda text, *_more, **_named: told.append(text)  # type: ignore[method-assign]
    assert opened(session) is None and told[0].startswith("Administrators remove the sample data.")
    session.window.go("workbench")
    assert session.window.view("workbench").sample.isHidden()  # type: ignore[attr-defined]
    people = {row.login: row.id for row in session.records.names.all("employee")}  # type: ignore[attr-defined]
    session.rebuild(people["sunlx"])
    session.window.go("workbench")
    page: Any = session.window.view("workbench")
    assert not page.sample.isHidden()
    actor = session.desk.actor
    one: Any = session.records.get(Customer, session.records.ids(Customer, actor)[0], actor)
    one.phone = "010-1"
    session.records.save(one, actor)
    page.sample.click()
    QApplication.processEvents()
    dialog: Any = session.window.findChild(RemoveSample)
    rows = dialog.kept.model()
    assert one.name in [rows.text(row, 0) for row in range(rows.rowCount())]
    dialog.remove.click()
    QApplication.processEvents()
    assert list(session.records.ids(Customer, actor)) == [one.id]
    assert not sample.present(session.records)
    session.desk.undo()
    QApplication.processEvents()
    assert session.records.count(Customer, actor) == 300 and sample.present(session.records)
