"""How the database is: size, counts, free disk, last copy, answering time, last seal; whether the file is encrypted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.business.system import encrypting
from crm_desktop.core.state import State, state
from crm_desktop.core.words import _, say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.labels import Label, Rank, line

PLAIN: dict[encrypting.Wish, tuple[str, str]] = {"encrypt": (_("Encrypt…"), "lock")}
SECRET: dict[encrypting.Wish, tuple[str, str]] = {"rekey": (_("New key…"), "key"), "decrypt": (_("Decrypt…"), "file-text")}
SMALL = 1024**3  # bytes of free disk below which it is told in red


class StatePage(QWidget):
    """Figures that are looked up when the page is opened, and again when asked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.again = Button(say("Look again"), "refresh-cw", run=self.load)
        self.header = ViewHeader(say("Database"), right=[self.again])
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, line(), self.area):
            column.addWidget(widget)
        column.setStretch(2, 1)
        self.setFocusProxy(self.again)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def load(self) -> None:
        """Look now."""
        records, actor = self.desk.records, self.desk.actor
        self.desk.read(
            lambda: (state(records, actor), encrypting.condition(records)), lambda both: self.show_state(*both), key=f"state-{id(self)}"
        )

    def show_state(self, found: State, encrypted: encrypting.Condition = "") -> None:
        """Show the figures."""
        sheet = QWidget()
        form = QFormLayout(sheet)
        form.setContentsMargins(px(24), px(16), px(24), px(16))
        form.setHorizontalSpacing(px(24))
        form.setVerticalSpacing(px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

        def row(label: str, text: str, rank: Rank = "") -> None:
            value = Label(text, rank, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
            value.setAccessibleName(f"{label}: {text}")
            form.addRow(Label(label, "Muted"), value)

        row(say("Mode"), found.kept)
        row(say("Kept in"), found.place)
        if found.warning:
            row(say("Folder"), found.warning, "Late")
        row(say("Engine"), f"{found.engine} {found.version}")
        row(say("Size"), _bytes(found.size))
        if found.free is not None:
            row(say("Free on its disk"), _bytes(found.free), "Late" if found.free < SMALL else "")
            copied = f"{found.backup:%Y-%m-%d %H:%M}" if found.backup else say("none yet")
            row(say("Last copy beside it"), copied)
        row(say("Answers within"), say("{ms:.1f} ms", ms=found.answer))
        row(say("Acts in the journal"), f"{found.acts:,}")
        row(say("Last seal"), f"{found.seal[0]:,} · {found.seal[1][:16]}" if found.seal else say("none yet"))
        if encrypted:
            row(say("Encryption"), say(encrypting.CONDITIONS[encrypted]))
            form.addRow(Label(""), self._ways(encrypted))
        form.addRow(Label(say("Records you see"), "Section"))
        for key, count in found.counts.items():
            row(say(self.desk.records.types[key].screen.title), f"{count:,}")
        self.area.setWidget(sheet)

    def _ways(self, encrypted: encrypting.Condition) -> QWidget:
        """The buttons that encrypt and decrypt, or say why this person may not."""
        wishes = PLAIN if encrypted == "plain" else SECRET
        ways = QWidget()
        row = QHBoxLayout(ways)
        row.setContentsMargins(0, 0, 0, px(8))
        for wish, (title, icon_name) in wishes.items():
            button = Button(say(title), icon_name, run=partial(self._begin, wish))
            why = encrypting.why_not(self.desk.records, self.desk.actor, wish)
            who_may = why == encrypting.ONLY_ADMINISTRATORS
            button.say_why_not(self.desk.only_administrators(say(why)) if who_may else say(why) if why else "")
            row.addWidget(button)
        row.addStretch(1)
        return ways

    def _begin(self, wish: encrypting.Wish) -> None:
        from crm_desktop.ui.system.encrypting import begin

        begin(self.desk, wish, self)


def _bytes(size: int) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024 or unit == "GB":
            return f"{size:,.0f} {unit}" if unit in ("B", "KB") else f"{size:,.1f} {unit}"
        size /= 1024  # type: ignore[assignment]
    raise AssertionError
