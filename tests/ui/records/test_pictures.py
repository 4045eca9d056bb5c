"""SA12: A product has a picture: chosen from a file, kept small, shown again, taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QImage

from crm_desktop.business import Product
from crm_desktop.ui.session import Session
from crm_desktop.ui.widgets.field import error_of
from crm_desktop.ui.widgets.picture_edit import MOST, PictureEdit
from tests.ui.records.test_session import settle


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
