"""A person's own settings: language, theme, size, density; each takes effect at once. And the company's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.core import twins
from crm_desktop.core.words import LANGUAGES, language, say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.first_start import NAMES
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.signing import idle
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit, TextEdit
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.flow import FlowLayout
from crm_desktop.ui.widgets.labels import Label

if TYPE_CHECKING:
    from crm_desktop.ui.session import Session


class OwnSettings(QScrollArea):
    """The form of a person's settings."""

    def __init__(self, desk: Desk, session: Session):
        super().__init__()
        self.desk, self._session = desk, session
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        body = QWidget()
        body.setObjectName("Body")
        column = QVBoxLayout(body)
        column.setContentsMargins(px(8), 0, px(16), px(16))
        body.setMaximumWidth(px(584))  # not the form: its height would be reckoned for the width the page has
        self.form = Form(quiet=False)
        column.addWidget(self.form)
        column.addStretch(1)
        self.setWidget(body)
        self._fill()

    def _fill(self) -> None:
        form = self.form
        form.section(say("Language and look"))
        self.lang = self._choice([(code, NAMES[code]) for code in LANGUAGES], language(), self._speak)
        schemes = [("system", say("As the system")), ("light", say("Light")), ("dark", say("Dark"))]
        self.scheme = self._choice(schemes, theme.scheme(), self._dress)
        self.scale = self._choice([(size, f"{size} %") for size in tokens.SCALES], theme.scale(), self._resize)
        rows = [("compact", say("Compact")), ("standard", say("Standard")), ("comfortable", say("Comfortable"))]
        self.density = self._choice(rows, self.desk.setting("density", "standard"), self._set_density)
        for label, editor in (
            (say("Language"), self.lang), (say("Theme"), self.scheme), (say("Text size"), self.scale), (say("Row height"), self.density),
        ):  # fmt: skip
            form.row(label, editor)
        form.section(say("Company"))
        self.company = TextEdit()
        self.company.set_value(self.desk.records.settings.get("company", ""))
        may = self.desk.actor.role == "admin"
        self.company.setEnabled(may)
        self.company.setToolTip("" if may else self.desk.only_administrators(say("Only an administrator changes the name of the company.")))
        self.company.committed.connect(self._name_company)
        form.row(say("Company"), self.company)
        ways = [("off", say("not looked for")), ("warn", say("asked about at saving")), ("refuse", say("refused at saving"))]
        self.duplicates = self._choice(ways, twins.way(self.desk.records), self._treat_duplicates)
        self.duplicates.setEnabled(may)
        self.duplicates.setToolTip("" if may else self.desk.only_administrators(say("Only an administrator decides about duplicates.")))
        form.row(say("Duplicates"), self.duplicates)
        form.section(say("Keys and people"))
        buttons = QWidget()
        row = FlowLayout(buttons, px(6))
        row.setContentsMargins(0, 0, 0, px(8))
        row.addWidget(Button(say("Shortcuts…"), "keyboard", run=self._session.window.show_shortcuts))
        if not self.desk.records.database.guarded:  # there everybody is who signed in to the server
            row.addWidget(Button(say("Change the person at this desk…"), "log-in", run=self._session.change_person))
        row.addWidget(Button(say("Change your password…"), "key", run=self._session.set_password))
        row.addWidget(QWidget())  # takes the rest of the line
        form.wide(buttons)
        waits = [(minutes, say("after %n minute(s)", n=minutes) if minutes else say("never")) for minutes in idle.CHOICES]
        self.lock = self._choice(waits, self.desk.setting("idle_lock", 0), self._lock_after)
        form.row(say("Lock the window"), self.lock)
        form.section(say("Your own forms"))
        folder = self._session.data_folder
        where = str(folder / "forms") if folder else say("a folder “forms” beside your data")
        form.wide(
            Label(
                say(
                    "A form made with Qt Designer and put into {folder} takes the place of the shipped one of the same name.",
                    folder=where,
                ),
                "Muted",
                wrap=True,
            )
        )
        form.end()

    def _choice(self, choices: list[tuple[Any, str]], value: Any, run: Any) -> ChoiceEdit:
        editor = ChoiceEdit()
        editor.set_choices(choices, empty=False)
        editor.set_value(value)
        editor.committed.connect(lambda: run(editor.value()))
        return editor

    def _put(self, name: str, value: Any, then: Callable[[], None] | None = None) -> None:
        """Keep a setting of this person; what builds on it comes `then`, when it is kept."""
        settings, person = self.desk.records.settings, self.desk.actor.employee
        self.desk.write(lambda: settings.put(name, value, person), (lambda _kept: then()) if then is not None else None)

    def _speak(self, lang: str) -> None:
        self._put("language", lang, self._session.rebuild_soon)

    def _dress(self, scheme: str) -> None:
        self._put("theme", scheme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, scheme, language(), theme.scale())

    def _resize(self, scale: int) -> None:
        self._put("scale", scale, self._session.rebuild_soon)

    def _set_density(self, density: str) -> None:
        self._put("density", density)
        self._session.set_density(density)

    def _lock_after(self, minutes: int) -> None:
        self._put("idle_lock", minutes)
        if self._session.background is not None:
            self._session.background.idle.watch(minutes)

    def _treat_duplicates(self, way: str) -> None:
        self.desk.write(lambda: self.desk.records.settings.put(twins.SETTING, way), done=say("Saved"))

    def _name_company(self) -> None:
        name = self.company.value()
        self.desk.write(lambda: self.desk.records.settings.put("company", name), done=say("Saved"))
