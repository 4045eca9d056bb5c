"""Asks what the words mean that no picklist knows: a new value, one of those there are, nothing, or the row is refused."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.core.access import Why
from crm_desktop.core.names import label_of
from crm_desktop.core.pointing import ChoiceKind
from crm_desktop.core.words import LANGUAGES, say, together
from crm_desktop.exchange.importing.additions import list_of, may_add
from crm_desktop.exchange.importing.column_values import ADD
from crm_desktop.exchange.importing.unknown_words import Unknown, likely
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.labels import Label, line

REFUSE = "refuse"
SINGLY = 30  # words of a column that are asked about one by one; the rest gets one answer: nobody answers hundreds


class UnknownWords(QDialog):
    """`choices` holds the editor of each word: (column, word) -> editor; the rarest of very many have one together. `take_over`
    writes the answers into the mapping."""

    def __init__(self, desk: Desk, unknown: Sequence[Unknown], parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self._unknown = list(unknown)
        self.choices: dict[tuple[str, str], ChoiceEdit] = {}
        self.setWindowTitle(say("Words no list knows"))
        roomy(self, 680, 520)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(12))
        column.setSpacing(px(8))
        asked = say("These words are in no list. Say what they mean; rows with a refused word stay out.")
        column.addWidget(Label(together((asked, *self._why_not_added())), "Muted", wrap=True))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._grid())
        column.addWidget(scroll, 1)
        column.addWidget(line())
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(Button(say("Cancel"), None, "ghost", self.reject))
        go_on = Button(say("Go on"), None, "primary", self.accept)
        go_on.setDefault(True)
        foot.addWidget(go_on)
        column.addLayout(foot)

    def _grid(self) -> QWidget:
        body = QWidget()
        body.setObjectName("Body")
        grid = QGridLayout(body)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        row = 0
        for unknown in self._unknown:
            title = f"{unknown.column.said()} → {label_of(unknown.field)}"
            grid.addWidget(Label(title, "Section"), row, 0, 1, 3)
            known = [meaning for lang in LANGUAGES for meaning in self._known(unknown, lang)]
            offered = self._offered(unknown)
            words = list(unknown.words.items())
            for word, count in words[:SINGLY]:
                row += 1
                choice = self.choices[unknown.column.heading, word] = self._asked(grid, row, offered, word, count)
                if near := likely(word, unknown.field.kind, known):
                    choice.set_value(near)
            if rest := words[SINGLY:]:
                row += 1
                # The first three answers fit all of them; which value each of them means is no question for so many.
                together = [answer for answer in offered if answer[0] in (ADD, REFUSE, "")]
                named = say("%n further word(s), such as {word}", n=len(rest), word=rest[0][0])
                choice = self._asked(grid, row, together, named, sum(count for _word, count in rest))
                choice.set_value(REFUSE)  # so many are mostly a column mapped to the wrong field
                self.choices.update({(unknown.column.heading, word): choice for word, _count in rest})
            row += 1
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(row, 1)
        return body

    def _asked(self, grid: QGridLayout, row: int, offered: list[tuple[str, str]], word: str, count: int) -> ChoiceEdit:
        choice = ChoiceEdit()
        choice.set_choices(offered, empty=False)
        choice.setMinimumWidth(px(280))
        choice.setAccessibleName(say("{word} means", word=word))
        grid.addWidget(Label(word), row, 0)
        grid.addWidget(Label(say("%n cell(s)", n=count), "Muted"), row, 1)
        grid.addWidget(choice, row, 2)
        return choice

    def _known(self, unknown: Unknown, lang: str | None = None) -> list[tuple[str, str]]:
        """What a word of the column may mean: values of the list, with their labels."""
        names, kind = self.desk.records.names, unknown.field.kind
        if isinstance(kind, ChoiceKind):
            return [(pick.key, pick.label) for pick in names.picklist(kind.picklist, lang)]
        return [(f"#{row.id}", names.title(kind.target, row.id)) for row in names.all(kind.target)]

    def _offered(self, unknown: Unknown) -> list[tuple[str, str]]:
        """First what is done most: adding it for who may, else refusing."""
        may = may_add(self.desk.records, self.desk.actor, unknown.field)
        add = [] if isinstance(may, Why) else [(ADD, say("Add it to the list"))]
        means = [(value, say("It means: {value}", value=label)) for value, label in self._known(unknown)]
        return [*add, (REFUSE, say("Refuse these rows")), ("", say("Leave the field empty")), *means]

    def _why_not_added(self) -> list[str]:
        """Whom to ask when a list lacks words this person may not add to it; each reason once."""
        fields = (unknown.field for unknown in self._unknown if list_of(unknown.field))
        reasons = (may_add(self.desk.records, self.desk.actor, field) for field in fields)
        return list(dict.fromkeys(why.sentence() for why in reasons if isinstance(why, Why)))

    def take_over(self) -> set[tuple[str, str]]:
        """Write the answers into the mapping; the words that are refused, so that nobody is asked about them again."""
        refused = set()
        for unknown in self._unknown:
            for word in unknown.words:
                meaning = str(self.choices[unknown.column.heading, word].value())
                if meaning == REFUSE:
                    refused.add((unknown.column.heading, word))
                else:
                    unknown.column.values[word] = meaning
        return refused
