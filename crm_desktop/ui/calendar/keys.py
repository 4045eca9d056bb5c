"""What the keys do on a calendar sheet, apart from the letters, which are commands of the whole view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from crm_desktop.ui.calendar.spans import shifted, stretched

if TYPE_CHECKING:
    from crm_desktop.ui.calendar.board import Board

Key = Qt.Key
Modifier = Qt.KeyboardModifier
Cursor = QAbstractItemView.CursorAction

ARROWS = {
    Key.Key_Left: Cursor.MoveLeft,
    Key.Key_Right: Cursor.MoveRight,
    Key.Key_Up: Cursor.MoveUp,
    Key.Key_Down: Cursor.MoveDown,
    Key.Key_Home: Cursor.MoveHome,
    Key.Key_End: Cursor.MoveEnd,
}


def press_key(board: Board, event: QKeyEvent) -> bool:
    """Do what a key asks; False when it means nothing here."""
    key = Key(event.key())
    held = event.modifiers() & ~Modifier.KeypadModifier
    if board.mouse.busy:
        if key == Key.Key_Escape:
            board.mouse.cancel()
        return True
    if key in ARROWS:
        return _arrow(board, key, held)
    if key in (Key.Key_Return, Key.Key_Enter) and not held:
        return _enter(board)
    if key == Key.Key_Escape:
        return _escape(board)
    if key == Key.Key_A and held == Modifier.ControlModifier:
        board.selectAll()
        return True
    return False


def nudge(board: Board, key: Qt.Key, end: bool) -> bool:
    """Move the current entry, or only its `end`, the way an arrow key points; False when there is none."""
    entry = board.current_entry()
    if entry is None:
        return False
    days, steps = board.nudge(key)
    board.move_entry(entry, stretched(entry, steps or days) if end else shifted(entry, days, steps))
    return True


def _arrow(board: Board, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
    entry = board.current_entry()
    if held & Modifier.ControlModifier and key not in (Key.Key_Home, Key.Key_End):
        return nudge(board, key, bool(held & Modifier.ShiftModifier))
    if held & Modifier.ShiftModifier and entry is None:
        board.go(board.step(key), extend=True)
        return True
    if held:
        return False
    if entry is not None:
        index = board.moveCursor(ARROWS[key], Modifier.NoModifier)
        if index.isValid():
            if key in (Key.Key_Left, Key.Key_Right):
                board.place = board.step(key)
            board.go_to_entry(index)
            return True
    board.go(board.step(key))
    return True


def _enter(board: Board) -> bool:
    entry = board.current_entry()
    if entry is not None:
        board.opened.emit(entry.id)
    else:
        span = board.chosen_span()
        board.create_asked.emit(span.start, span.end, span.all_day)
    return True


def _escape(board: Board) -> bool:
    if board.anchor is None and not board.current_entry() and not board.selectedIndexes():
        return False
    board.selectionModel().setCurrentIndex(QModelIndex(), board.selectionModel().SelectionFlag.Clear)
    board.anchor = None
    board.viewport().update()
    return True
