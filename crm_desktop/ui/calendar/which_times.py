"""The question of what repeats: is only this time meant, this and those that follow, or all of them?"""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from crm_desktop.business.office.series import ALL, FOLLOWING, THIS
from crm_desktop.core.words import say
from crm_desktop.ui.widgets import question


def which_times(parent: QWidget, title: str, deletes: bool = False) -> str:
    """One of series.HOW; '' when nothing is to be done. Enter takes only this time, Esc nothing."""
    deleted = say("“{title}” repeats. Which times are to be deleted?", title=title)
    changed = say("“{title}” repeats. Which times are to be changed?", title=title)
    box = question.box(parent, "asks", say("It repeats"), deleted if deletes else changed)
    answers: dict[QPushButton, str] = {}
    for text, answer in ((say("Only this time"), THIS), (say("This and those that follow"), FOLLOWING), (say("All times"), ALL)):
        answers[box.addButton(text, QMessageBox.ButtonRole.AcceptRole)] = answer
    question.lead(box, next(iter(answers)))
    # As one of the acts it stands before the answers, not among them.
    box.setEscapeButton(box.addButton(say("Cancel"), QMessageBox.ButtonRole.ActionRole))
    box.exec()
    clicked = box.clickedButton()
    return next((answer for button, answer in answers.items() if button is clicked), "")
