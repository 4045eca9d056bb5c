"""PS9 at the window: a field added while it is open is in form, list, filter, export and import of every record type."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core import custom
from crm_desktop.core.custom import CustomField
from crm_desktop.core.names import label_of
from crm_desktop.core.views import Condition, View
from crm_desktop.exchange.exporting import exported_fields
from crm_desktop.exchange.targets import targets_of
from crm_desktop.ui import places
from crm_desktop.ui.records.conditions import ConditionsBox
from crm_desktop.ui.session import Session
from tests.ui.waiting import settle


def test_a_field_added_at_the_window_is_everywhere_for_every_type(session: Session) -> None:
    records, actor = session.records, session.desk.actor
    chief: Any = next(one for one in records.names.all("employee") if one.login == "sunlx")  # type: ignore[attr-defined]
    for key in places.LISTS:
        record_type = records.types[key]
        first = next(iter(records.ids(record_type, actor, View())), None)
        assert first is not None, key
        session.open_record(key, first)
        detail: Any = session.window.detail()
        settle()
        field = CustomField(name="自设", name_en=f"Own {key}", record_type=key, field_kind="text", searchable=True)
        records.save(field, actor_for(records, chief.id))
        settle()
        form = detail.sheet(record_type).form
        assert field.code in form.loaded.editors, key
        if not session.desk.why_not(record_type, "edit", detail.record):
            editor = form.loaded.editors[field.code]
            editor.setText(f"Ziselei{key.replace('_', '')}")
            editor.leave()
            settle()
            kept = records.get(record_type, first, actor)
            assert custom.get(kept, records.fields(record_type)[field.code]) == f"Ziselei{key.replace('_', '')}", key
            assert list(records.ids(record_type, actor, View((Condition(field.code, "filled"),)))) == [first]
            hits = records.search(f"ziselei{key.replace('_', '')}", actor)
            assert not records.searched(record_type) or (key, first) in [(hit.type, hit.id) for hit in hits], key
        session.show_list(key, View(columns=(record_type.title_field, field.code)))
        settle()
        page: Any = session.window.docks.view(session.window.current())
        listed = page.list if key == "opportunity" else page
        heads = [listed.model.headerData(n, Qt.Orientation.Horizontal) for n in range(listed.model.columnCount())]
        assert f"Own {key}" in heads, (key, heads)
        box = ConditionsBox(session.desk, record_type, (Condition(field.code, "filled"),), session.window)
        assert box._rows[0].condition() == Condition(field.code, "filled")
        assert field.code in exported_fields(records, record_type) and field.code in targets_of(records, record_type)
        assert label_of(records.fields(record_type)[field.code], "en") == f"Own {key}"
