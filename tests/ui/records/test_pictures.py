"""SA12: A product has a picture: chosen from a file, kept small, shown again, in the list too, taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from crm_desktop.business import Product
from crm_desktop.ui.records import thumbnails
from crm_desktop.ui.records.thumbnails import Thumbnails, small
from crm_desktop.ui.session import Session
from crm_desktop.ui.widgets.field import error_of
from crm_desktop.ui.widgets.picture_edit import MOST, PictureEdit, picture_text
from tests.ui.waiting import settle, wait_for


def test_a_product_gets_a_picture_and_loses_it_again(session: Session, tmp_path: Path) -> None:
    big = QImage(3000, 2000, QImage.Format.Format_ARGB32)
    big.fill(QColor("teal"))
    big.save(str(tmp_path / "machine.png"))
    (tmp_path / "letter.png").write_text("no picture at all")
    product = session.records.ids(Product, session.desk.actor)[0]
    session.open_record("product", product)
    settle()
    detail: Any = session.window.detail()
    editor: PictureEdit = detail.sheet(Product).form.loaded.editors["picture"]
    assert editor.isEnabled() and editor.remove.isHidden()
    editor.take(str(tmp_path / "letter.png"))
    settle()
    assert error_of(editor) == "This file is no picture the program can read. Choose another one."
    editor.take(str(tmp_path / "machine.png"))
    settle()
    kept = session.records.get(Product, product, session.desk.actor)
    assert 100 < len(kept.picture) <= MOST and not error_of(editor)
    assert not editor._shown.pixmap().isNull()
    assert session.records.show(Product, "picture", kept.picture) == "Picture"
    editor.remove.click()
    settle()
    assert session.records.get(Product, product, session.desk.actor).picture == ""
    session.window.undo()
    settle()
    assert editor.value() == kept.picture


def painted(table: Any, row: int) -> QImage:
    """The cell of the product's name as it is seen."""
    return table.viewport().grab(table.visualRect(table.model().index(row, 0))).toImage()


def holds(image: QImage, colour: str) -> bool:
    wanted = QColor(colour)
    pixels = (image.pixelColor(x, image.height() // 2) for x in range(image.width()))
    return any(abs(one.red() - wanted.red()) + abs(one.green() - wanted.green()) + abs(one.blue() - wanted.blue()) < 12 for one in pixels)


def test_the_list_shows_pictures_small_without_asking_for_them_in_its_own_question(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = list(session.records.ids(Product, session.desk.actor))
    for name, product_id in zip(("red", "blue"), ids[:2], strict=True):
        one = QImage(900, 600, QImage.Format.Format_RGB32)
        one.fill(QColor(name))
        one.save(str(tmp_path / "one.png"))
        product = session.records.get(Product, product_id, session.desk.actor)
        product.picture = picture_text(str(tmp_path / "one.png"))
        session.records.save(product, session.desk.actor)
    asked: list[tuple[str, list[str]]] = []
    decoded: list[bool] = []
    page, rows, decode = session.records.page, session.records.rows, thumbnails.small
    monkeypatch.setattr(session.records, "page", lambda *given, **more: asked.append(("page", list(given[3]))) or page(*given, **more))
    monkeypatch.setattr(session.records, "rows", lambda *given: asked.append(("rows", list(given[3]))) or rows(*given))
    monkeypatch.setattr(thumbnails, "small", lambda text: decoded.append(bool(text)) or decode(text))
    window: Any = session.window
    window.resize(1200, 800)
    table = window.go("products").table
    red, blue = (table.model().row_of(one) for one in ids[:2])
    painted(table, red)
    wait_for(lambda: holds(painted(table, red), "red") and holds(painted(table, blue), "blue"))
    assert not holds(painted(table, table.model().row_of(ids[2])), "red")
    assert table.model().text(red, 0) == session.records.get(Product, ids[0], session.desk.actor).name
    assert [names for _way, names in asked if "picture" in names] == [["picture"]], asked
    assert decoded.count(True) == 2
    # A picture that is taken away goes from the list too.
    product = session.records.get(Product, ids[0], session.desk.actor)
    product.picture = ""
    session.records.save(product, session.desk.actor)
    wait_for(lambda: not holds(painted(table, red), "red"))


def test_only_some_hundred_pictures_are_kept(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnails, "KEPT", 4)
    ids = list(session.records.ids(Product, session.desk.actor))
    kept = Thumbnails(session.desk, Product, "picture", session.window)
    for one in ids:
        assert kept.titled("x", one) == "x" and kept.titled("x", one).picture is None
    settle()
    wait_for(lambda: bool(kept._kept) and not kept._asked)
    assert len(kept._kept) <= 4 and ids[-1] in kept._kept


def test_what_is_no_picture_is_shown_as_none() -> None:
    assert small(None) is None and small("") is None and small("bm8gcGljdHVyZQ==") is None and small("***") is None


def test_the_list_as_seen_takes_its_pictures_along(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr("crm_desktop.ui.records.export_dialog.export_seen", lambda _desk, _type, _page, what: seen.append(what.columns))
    for page in ("products", "customers"):
        session.window.go(page).acts.export()  # type: ignore[attr-defined]
    assert seen[0][:2] == ["name", "picture"] and "picture" not in seen[1]
