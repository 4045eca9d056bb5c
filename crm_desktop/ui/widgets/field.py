"""Rows of a form: a muted label, an editor that looks like text until touched, and the error line
below it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFormLayout, QGridLayout, QLabel, QLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.core.words import language
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import px, restyle
from crm_desktop.ui.widgets.labels import Label


def set_quiet(editor: QWidget, quiet: bool = True) -> None:
    """Let an editor look like text: its border comes with the mouse or the focus."""
    editor.setProperty("quiet", "true" if quiet else None)
    restyle(editor)


def quieten(editor: Any) -> None:
    """Let an editor look like text until it is touched; one made of parts does it for each."""
    if hasattr(editor, "set_quiet"):
        editor.set_quiet(True)
    else:
        set_quiet(editor)


def label_width() -> int:
    """The width of the labels of a form; English words are longer than Chinese ones."""
    return px(tokens.LABEL_COLUMN if language().startswith("zh") else tokens.LABEL_COLUMN_EN)


def stand_at_top(label: QLabel, width: int = 0) -> None:
    """A label of a form is as wide as all of them, and as high as a field of one line: beside a higher one it stands at its first."""
    label.setWordWrap(True)
    label.setFixedWidth(width or label_width())
    label.setFixedHeight(max(px(tokens.CONTROL), label.heightForWidth(label.width())))


class QuietIcon(QObject):
    """Shows an editor's icon only while the mouse or the focus is there, as long as the editor is quiet."""

    def __init__(self, editor: QWidget, action: QAction) -> None:
        super().__init__(editor)
        self._editor = editor
        self._action = action
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A form that is deleted with the focus in it sends one more event, when the icon is gone already.
        if event.type() in _LOOKED_AT and isValid(self._action):
            quiet = self._editor.property("quiet") == "true"
            inside = event.type() == QEvent.Type.Enter or self._editor.hasFocus()
            self._action.setVisible(not quiet or (inside and self._editor.isEnabled()))
        return False


_LOOKED_AT = (
    QEvent.Type.Enter,
    QEvent.Type.Leave,
    QEvent.Type.FocusIn,
    QEvent.Type.FocusOut,
    QEvent.Type.DynamicPropertyChange,
)


class ErrorBox(QWidget):
    """An editor with room for one line below it that says what is wrong."""

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        column = QVBoxLayout(self)
        # A tick stands where the texts of the other editors begin.
        column.setContentsMargins(px(10) if isinstance(editor, QCheckBox) else 0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(editor)
        self._line = Label("", "FieldError", wrap=True)
        self._line.setContentsMargins(px(9), 0, 0, px(2))
        self._line.hide()
        column.addWidget(self._line)
        self.setFocusProxy(editor)

    def show_error(self, sentence: str) -> None:
        """Show a sentence below the editor; an empty one takes it away."""
        self._line.setText(sentence)
        self._line.setVisible(bool(sentence))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """A form gives its rows no more height than two lines take, unless they say that they need it."""
        if not self._line.isHidden():
            self._line.setMinimumHeight(self._line.heightForWidth(self._line.width() or self.width()))

    def add_below(self, widget: QWidget) -> None:
        """Put something below the editor and its error line."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)

    def error(self) -> str:
        """The sentence shown."""
        return self._line.text()


def with_error_line(editor: QWidget) -> ErrorBox:
    """Give an editor that already lies in a layout (a Designer form) its error line, in the same place."""
    parent = editor.parentWidget()
    if isinstance(parent, ErrorBox):
        return parent
    layout = layout_of(editor)
    if layout is None:
        return ErrorBox(editor, parent)
    # The place is held by a stand-in, because the box takes the editor out of its layout.
    stand_in = QWidget(parent)
    layout.replaceWidget(editor, stand_in)
    box = ErrorBox(editor, parent)
    layout.replaceWidget(stand_in, box)
    stand_in.deleteLater()
    return box


def layout_of(widget: QWidget) -> QLayout | None:
    """The layout a widget lies in, if its parent has any.

    Not by asking layouts for their items: PySide keeps what stood for an item after Qt has deleted it with its form, and
    takes a widget made later at the same place in memory for it.
    """
    parent = widget.parentWidget()
    whole = parent.layout() if parent is not None else None
    layouts = [] if whole is None else [whole, *whole.findChildren(QLayout)]
    return next((one for one in layouts if one.indexOf(widget) >= 0), None)


def show_error(editor: QWidget, sentence: str) -> None:
    """Say what is wrong with an editor's content: red border and one line below; an empty sentence clears
    both."""
    if bool(editor.property("invalid")) != bool(sentence):
        editor.setProperty("invalid", "true" if sentence else None)
        restyle(editor)
    box = editor.parentWidget()
    if isinstance(box, ErrorBox):
        box.show_error(sentence)
        editor.setToolTip("")
    else:
        editor.setToolTip(sentence)
    editor.setAccessibleDescription(sentence)


def error_of(editor: QWidget) -> str:
    """The error shown at an editor, or nothing."""
    return editor.accessibleDescription() if editor.property("invalid") else ""


class Form(QWidget):
    """Labels left, editors right, in titled sections; made in code where no Designer file exists."""

    def __init__(self, quiet: bool = True, label_column: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Body")
        self._quiet = quiet
        self._label_width = px(label_column) or label_width()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(16), px(8), px(12), px(16))
        self._column.setSpacing(0)
        self._grid: QGridLayout | None = None
        self._labels: dict[QWidget, Label] = {}

    def without_margins(self) -> None:
        """In a dialog that has its own."""
        self._column.setContentsMargins(0, 0, 0, 0)

    def section(self, title: str) -> None:
        """Begin a titled group of rows."""
        heading = Label(title, "Section")
        heading.setContentsMargins(0, px(8), 0, px(6))
        self._column.addWidget(heading)
        self._grid = None

    def row(self, label: str, editor: QWidget, required: bool = False) -> ErrorBox:
        """Add a row; returns the box that can show an error under the editor."""
        if self._grid is None:
            self._grid = QGridLayout()
            self._grid.setHorizontalSpacing(px(8))
            self._grid.setVerticalSpacing(px(2))
            self._grid.setColumnMinimumWidth(0, self._label_width)
            self._grid.setColumnStretch(1, 1)
            self._column.addLayout(self._grid)
        name = Label(f"{label} *" if required else label, "FieldLabel", wrap=True)
        stand_at_top(name, self._label_width)
        name.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        if self._quiet:
            quieten(editor)
        box = ErrorBox(editor)
        place = self._grid.rowCount()
        self._grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(box, place, 1)
        self._labels[editor] = name
        return box

    def wide(self, widget: QWidget) -> None:
        """Add a widget over the whole width."""
        self._column.addWidget(widget)
        self._grid = None

    def end(self) -> None:
        """Close the form: what is left stays empty below the rows."""
        self._column.addStretch(1)

    def set_row_shown(self, editor: QWidget, shown: bool) -> None:
        """Show or hide a row."""
        self._labels[editor].setVisible(shown)
        box = editor.parentWidget()
        if box is not None:
            box.setVisible(shown)


def arrange_designer_form(layout: QFormLayout) -> None:
    """Give a QFormLayout of a Designer file the spacing of the style guide."""
    layout.setHorizontalSpacing(px(8))
    layout.setVerticalSpacing(px(2))
    layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
