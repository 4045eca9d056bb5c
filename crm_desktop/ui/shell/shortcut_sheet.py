"""F1: all shortcuts on one sheet, found by typing; pressing one changes it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QKeySequenceEdit, QVBoxLayout, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.commands import Command, Commands, spoken_shortcut
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.filter_edit import FilterEdit
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table


class ShortcutSheet(QDialog):
    """The list of commands with their keys. Changes go into `Commands.overrides`, which announces them.

    unopened: views that were not opened yet register their commands one after the other as it is walked, while the sheet is open.
    """

    def __init__(self, commands: Commands, parent: QWidget | None = None, unopened: Iterator[object] | None = None) -> None:
        super().__init__(parent)
        self._commands, self._unopened = commands, unopened or iter(())
        self._more = QTimer(self, interval=0)
        self._more.timeout.connect(self._register_more)
        self._shown: list[Command] = []
        self.setWindowTitle(say(_("Shortcuts")))
        roomy(self, 560, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(8))
        self.filter = FilterEdit(say(_("Find a command")))
        self.filter.setMaximumWidth(px(400))
        column.addWidget(self.filter)
        columns = [
            Column("title", say(_("Command")), width=280),
            Column("group", say(_("Area")), "muted", width=110),
            Column("shortcut", say(_("Shortcut")), width=110),
        ]
        self._model = RowsModel(columns)
        self.table = Table(self._model, say(_("Shortcuts")), density="compact")
        column.addWidget(self.table, 1)
        self._problem = Label("", "FieldError", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(say(_("New shortcut")))
        self.take = Button(say(_("Use it")), kind="primary", run=self._take)
        self.reset = Button(say(_("Back to the shipped one")), kind="ghost", run=self._reset)
        self._prompt = Label(say(_("Press the new keys:")), "Muted")
        row = QHBoxLayout()
        row.addWidget(self._prompt)
        row.addWidget(self.edit, 1)
        row.addWidget(self.take)
        row.addWidget(self.reset)
        column.addLayout(row)
        self.filter.asked.connect(self._fill)
        self.filter.left_down.connect(self.table.setFocus)
        self.table.current_changed.connect(lambda _row: self._show_current())
        self.table.opened.connect(lambda _row: self.edit.setFocus())
        self._fill("")
        self.filter.setFocus()
        self._more.start()

    def current(self) -> Command | None:
        """The command of the marked line."""
        index: QModelIndex = self.table.currentIndex()
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def _fill(self, text: str) -> None:
        words = text.lower().split()
        commands = [
            command
            for command in self._commands.everything()
            if all(
                word in f"{command.title} {self._commands.shortcut(command.key)}".lower() for word in words
            )
        ]
        # Those with keys first: that is what the sheet is opened for.
        commands.sort(key=lambda command: not self._commands.shortcut(command.key))
        self._shown = commands
        self._model.show_rows(
            [
                (command.title, command.group, spoken_shortcut(self._commands.shortcut(command.key)))
                for command in commands
            ]
        )
        if commands:
            self.table.pick(0)
        self._show_current()

    def _register_more(self) -> None:
        """One more view; what is marked or being typed stays."""
        known = len(self._commands.everything())
        if next(self._unopened, self) is self:
            self._more.stop()
        elif len(self._commands.everything()) != known:
            marked, keys = self.current(), self.edit.keySequence()
            self._fill(self.filter.text().strip())
            if marked in self._shown:
                self.table.pick(self._shown.index(marked))
                self.edit.setKeySequence(keys)

    def _show_current(self) -> None:
        command = self.current()
        for widget in (self.edit, self.take, self.reset):
            widget.setEnabled(command is not None)
        self._say("")
        if command is not None:
            self.edit.setKeySequence(QKeySequence(self._commands.shortcut(command.key)))
            self.reset.setVisible(command.key in self._commands.overrides)

    def _take(self) -> None:
        command = self.current()
        if command is None:
            return
        keys = self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        other = self._commands.holder_of(keys, command.key)
        if other is not None:
            self._say(say(_("{keys} already belongs to “{command}”."), keys=keys, command=other.title))
            return
        self._commands.set_shortcut(command.key, keys)
        self._refill(command)

    def _reset(self) -> None:
        command = self.current()
        if command is not None:
            self._commands.set_shortcut(command.key, None)
            self._refill(command)

    def _refill(self, command: Command) -> None:
        self._fill(self.filter.text().strip())
        keys = [shown.key for shown in self._shown]
        if command.key in keys:
            self.table.pick(keys.index(command.key))

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
