"""How the database is: size, counts, free disk, last copy, answering time, last seal; whether the file is encrypted."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QScrollArea, QWidget

from crm_desktop.business.staff import strictness
from crm_desktop.business.system import encrypting, safekeeping
from crm_desktop.core.guard.strict import MOST
from crm_desktop.core.state import State, state
from crm_desktop.core.words import _, say
from crm_desktop.ui.connecting.ways import team_buttons
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.system import team_copies
from crm_desktop.ui.system.reading import begin_switch
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.flow import FlowLayout
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.labels import Label, Rank
from crm_desktop.ui.widgets.page_column import lay_out
from crm_desktop.ui.widgets.words import size_text

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
        lay_out(self, [self.header], self.area)
        self.setFocusProxy(self.again)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def load(self) -> None:
        """Look now."""
        records, actor = self.desk.records, self.desk.actor
        self.desk.read(
            lambda: (state(records, actor), encrypting.condition(records), strictness.profile(records), team_copies.look(self.desk)),
            lambda found: self.show_state(*found),
            key=f"state-{id(self)}",
        )

    def show_state(
        self, found: State, encrypted: encrypting.Condition = "", read: strictness.Profile | None = None,
        copies: team_copies.TeamCopies | None = None,
    ) -> None:  # fmt: skip
        """Show the figures."""
        sheet = QWidget()
        sheet.setObjectName("Body")
        form = QFormLayout(sheet)
        form.setContentsMargins(px(24), px(16), px(24), px(16))
        form.setHorizontalSpacing(px(24))
        form.setVerticalSpacing(px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

        def row(label: str, text: str, rank: Rank = "") -> None:
            value = Label(text, rank, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
            value.setAccessibleName(f"{label}: {text}")
            name = Label(label, "Muted")
            name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)  # at the first line of a longer value
            form.addRow(name, value)

        row(say("Mode"), found.kept)
        row(say("Kept in"), found.place)
        if ways := team_buttons(self.desk, self):
            form.addRow(Label(""), _in_a_row(*ways))
        if found.warning:
            row(say("Folder"), found.warning, "Late")
        row(say("Engine"), f"{found.engine} {found.version}")
        row(say("Size"), size_text(found.size) if found.size else say("only the account of the server's master sees it"))
        if found.free is not None:
            row(say("Free on its disk"), size_text(found.free), "Late" if found.free < SMALL else "")
            copied = f"{found.backup:%Y-%m-%d %H:%M}" if found.backup else say("none yet")
            row(say("Last copy beside it"), copied)
            form.addRow(Label(""), self._copying())
        elif copies is not None:
            for label, text, rank in team_copies.lines(copies):
                row(label, text, rank)
            self.copying = team_copies.Ways(self.desk, self, copies, self.load)
            form.addRow(Label(""), _in_a_row(*self.copying.buttons))
        if read is not None:
            row(say("Reading"), say(strictness.STRICT if read.strict else strictness.STANDARD))
            form.addRow(Label(""), self._switch(read, found.counts["customer"]))
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

    def _switch(self, read: strictness.Profile, count: int) -> QWidget:
        """The button that makes the server read strictly or not, or says why this person or company may not."""
        title = say("Read as standard…") if read.strict else say("Read strictly…")
        button = Button(title, "eye" if read.strict else "lock", run=lambda: begin_switch(self.desk, read, count, self, self.load))
        why = "" if strictness.may_switch(self.desk.records, self.desk.actor) else strictness.ONLY_ADMINISTRATORS
        large = count > MOST and not read.strict
        too_many = say(strictness.TOO_MANY, most=f"{MOST:,}", count=f"{count:,}")
        button.say_why_not(self._said(why, strictness.ONLY_ADMINISTRATORS) or (too_many if large else ""))
        return _in_a_row(button)

    def _copying(self) -> QWidget:
        """The buttons that make a copy and restore one, or say why this person may not."""
        records, actor = self.desk.records, self.desk.actor
        self.back_up = Button(say("Back up now"), "archive", run=self._back_up)
        why = safekeeping.why_no_copy(records)
        self.back_up.say_why_not(say(why) if why else "")
        restore = Button(say("Restore a copy…"), "archive-restore", run=self._restore)
        restore.say_why_not(self._said(safekeeping.why_no_restore(records, actor), safekeeping.ONLY_ADMINISTRATORS))
        return _in_a_row(self.back_up, restore)

    def _back_up(self) -> None:
        self.back_up.say_why_not(say("The copy is just being made."))

        def made(copy: Path) -> None:
            self.desk.ways.tell(say("A copy was made, opened and counted: {file}", file=str(copy)))
            self.load()

        def failed(error: Exception) -> None:
            self.desk.problem(error)
            self.load()

        self.desk.read(lambda: safekeeping.back_up(self.desk.records, self.desk.actor), made, failed=failed)

    def _restore(self) -> None:
        from crm_desktop.ui.system.restoring import begin

        begin(self.desk, safekeeping.demand_restore(self.desk.records, self.desk.actor), self)

    def _said(self, why: str, who_may: str) -> str:
        """A reason in words; that it is for administrators only names them."""
        return self.desk.only_administrators(say(why)) if why == who_may else say(why) if why else ""

    def _ways(self, encrypted: encrypting.Condition) -> QWidget:
        """The buttons that encrypt and decrypt, or say why this person may not."""
        ways = []
        for wish, (title, icon_name) in (PLAIN if encrypted == "plain" else SECRET).items():
            button = Button(say(title), icon_name, run=partial(self._begin, wish))
            why = encrypting.why_not(self.desk.records, self.desk.actor, wish)
            button.say_why_not(self._said(why, encrypting.ONLY_ADMINISTRATORS))
            ways.append(button)
        return _in_a_row(*ways)

    def _begin(self, wish: encrypting.Wish) -> None:
        from crm_desktop.ui.system.encrypting import begin

        begin(self.desk, wish, self)


def _in_a_row(*buttons: Button) -> QWidget:
    ways = QWidget()
    row = FlowLayout(ways, px(6))
    row.setContentsMargins(0, 0, 0, px(8))
    for button in buttons:
        row.addWidget(button)
    row.addWidget(QWidget())  # takes the rest of the line
    return ways
