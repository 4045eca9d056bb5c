"""Designer files as forms: pure layout, whose widgets named after fields are replaced by the fields' own editors.

forms/<type>.ui ships with the program; a file of the same name in the user's data folder (…/forms/) takes its place. A
QLabel named label_<field> shows the field's heading, a layout named `custom` receives the company's own fields. What
cannot be used (broken XML, unknown widgets, a required field left out, a name that is no field) falls back with a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QFile, QIODevice
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from crm_desktop.core.custom import Custom
from crm_desktop.core.errors import Invalid
from crm_desktop.core.kinds import PictureKind
from crm_desktop.core.names import label_of
from crm_desktop.core.places import FORMS
from crm_desktop.core.record import Record
from crm_desktop.core.words import _, say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.editing import editor_for
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.field import ErrorBox, Form, layout_of, quieten, stand_at_top, with_error_line

if TYPE_CHECKING:
    from PySide6.QtUiTools import QUiLoader

INPUTS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit, QAbstractButton)
LABEL = "label_"
CUSTOM = "custom"
ADMINISTRATION = ("created_at", "created_by", "updated_at", "updated_by", "department", "deleted_at")


@dataclass
class LoadedForm:
    """A form ready for use: the widget, the editor of each field, and why a user's own file was not taken."""

    widget: QWidget
    editors: dict[str, Any] = field(default_factory=dict)
    complaint: str = ""


def load_form(desk: Desk, record_type: type[Record], own_folder: Path | None = None, parent: QWidget | None = None) -> LoadedForm:
    """The form of a record type, in `parent`: the user's file, else the shipped one, else one made from the declaration."""
    complaint = ""
    name = f"{record_type.key()}.ui"
    for folder in filter(None, (own_folder, FORMS)):
        path = folder / name
        if not path.is_file():
            continue
        try:
            loaded = _bound(desk, record_type, _read(path, parent))
        except Invalid as problem:
            complaint = say(
                "The form file {file} cannot be used: {why} The shipped form is shown instead.", file=str(path), why=problem.sentence()
            )
            continue
        loaded.complaint = complaint
        return loaded
    made = _made(desk, record_type)
    made.complaint = complaint
    return made


@lru_cache(1)
def loader() -> QUiLoader:
    """Qt's reader of forms, which looks for plugins when it is made: not before a form is wanted, and once."""
    from PySide6.QtUiTools import QUiLoader

    made = QUiLoader(QCoreApplication.instance())
    made.setTranslationEnabled(False)
    return made


def _read(path: Path, parent: QWidget | None) -> QWidget:
    """The widget tree of a .ui file; Invalid when it is damaged or names widgets that do not exist."""
    reader = loader()
    strange = _strange_widgets(path, set(reader.availableWidgets()))
    if strange:
        raise Invalid(_("it has a widget this program does not know ({detail})."), detail=", ".join(strange)[:200])
    file = QFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise Invalid(_("it cannot be read."))
    try:
        widget = reader.load(file, parent)
    except RuntimeError:
        widget = None
    finally:
        file.close()
    if widget is None:
        raise Invalid(_("it is damaged or was not made by Qt Designer."))
    if reader.errorString():
        widget.deleteLater()
        raise Invalid(_("it has a widget this program does not know ({detail})."), detail=reader.errorString()[:200])
    return widget


def _strange_widgets(path: Path, known: set[str]) -> list[str]:
    """Classes of a .ui file the loader does not know; it would leave those widgets out without a word."""
    from xml.etree import ElementTree

    try:
        root = ElementTree.parse(path).getroot()
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Invalid(_("it is damaged or was not made by Qt Designer.")) from None
    except OSError:
        raise Invalid(_("it cannot be read.")) from None
    promoted = {one.text or "" for one in root.findall("./customwidgets/customwidget/class")}
    named = {one.get("class", "") for one in root.iter("widget")}
    return sorted(named - known - promoted)


def _bound(desk: Desk, record_type: type[Record], widget: QWidget) -> LoadedForm:
    fields = desk.records.fields(record_type)
    loaded = LoadedForm(widget)
    widget.setObjectName("Body")
    stand_ins = {child.objectName(): child for child in widget.findChildren(QWidget) if child.objectName()}
    inputs = {name for name, child in stand_ins.items() if isinstance(child, INPUTS) and not name.startswith("qt_")}
    unknown = sorted(inputs - fields.keys())
    missing = sorted(name for name, one in fields.items() if one.required and not one.custom and name not in inputs)
    if unknown or missing:
        widget.deleteLater()
        if unknown:
            raise Invalid(_("“{name}” is no field of this record."), name=unknown[0])
        raise Invalid(_("the required field “{name}” is missing."), name=missing[0])
    for name, declared in fields.items():
        stand_in = stand_ins.get(name)
        if stand_in is not None and not isinstance(declared, Custom):
            loaded.editors[name] = _replaced(desk, declared, stand_in)
    _translate(widget, fields, loaded.editors)
    _add_custom(desk, record_type, loaded)
    return loaded


def _replaced(desk: Desk, declared: Any, stand_in: QWidget) -> QWidget:
    """The field's editor in the stand-in's place, keeping its position in the tab order."""
    parent = stand_in.parentWidget()
    editor: QWidget = editor_for(desk, declared, parent)
    editor.setObjectName(stand_in.objectName())
    layout = layout_of(stand_in)
    if layout is None:
        editor.setGeometry(stand_in.geometry())
    else:
        layout.replaceWidget(stand_in, editor)
    QWidget.setTabOrder(stand_in, editor)
    stand_in.hide()
    stand_in.setObjectName("")
    stand_in.deleteLater()
    quieten(editor)
    with_error_line(editor)
    return editor


def _translate(widget: QWidget, fields: dict[str, Any], editors: dict[str, Any]) -> None:
    """Headings from the fields, everything else from the catalogue; layouts get the house's spacing."""
    for label in widget.findChildren(QLabel):
        name = label.objectName()
        if name.startswith(LABEL) and name[len(LABEL) :] in fields:
            declared = fields[name[len(LABEL) :]]
            label.setText(label_of(declared) + (" *" if declared.required else ""))
            label.setObjectName("FieldLabel")
            stand_at_top(label)
            if name[len(LABEL) :] in editors:
                label.setBuddy(editors[name[len(LABEL) :]])
        elif label.text() and not isinstance(label.parent(), ErrorBox):
            label.setText(say(label.text()))
            label.setObjectName("Section")
            label.setContentsMargins(0, px(12), 0, px(4))
    for frame in widget.findChildren(QFrame):
        if frame.frameShape() == QFrame.Shape.HLine:
            frame.setObjectName("Line")
    for layout in widget.findChildren(QLayout):
        if isinstance(layout, QFormLayout | QGridLayout):
            layout.setHorizontalSpacing(px(8))
            layout.setVerticalSpacing(px(2))


def _add_custom(desk: Desk, record_type: type[Record], loaded: LoadedForm) -> None:
    own = [one for one in desk.records.fields(record_type).values() if isinstance(one, Custom)]
    layout = loaded.widget.findChild(QFormLayout, CUSTOM)
    if layout is None:
        whole = loaded.widget.layout()
        if own and whole is not None:
            layout = QFormLayout()
            whole.addItem(layout)
        else:
            return
    for one in own:
        editor = editor_for(desk, one)
        editor.setObjectName(one.name)
        quieten(editor)
        label = QLabel(label_of(one) + (" *" if one.required else ""))
        label.setObjectName("FieldLabel")
        stand_at_top(label)
        label.setBuddy(editor)
        layout.addRow(label, ErrorBox(editor))
        loaded.editors[one.name] = editor


def _made(desk: Desk, record_type: type[Record]) -> LoadedForm:
    """A plain form from the declaration, for types without a Designer file."""
    form = Form()
    loaded = LoadedForm(form)
    for name, one in desk.records.fields(record_type).items():
        # An employee's department is chosen, a customer's is its owner's; what belongs to the company has no owner worth a line.
        kept_by_program = (name in ADMINISTRATION and one.readonly) or (name == "owner" and record_type.screen.area == "settings")
        if (one.shown or isinstance(one.kind, PictureKind)) and not kept_by_program:
            editor = editor_for(desk, one)
            editor.setObjectName(name)
            form.row(label_of(one), editor, one.required)
            loaded.editors[name] = editor
    form.end()
    return loaded
