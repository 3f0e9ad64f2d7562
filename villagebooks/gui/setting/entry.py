"""Where the cursor goes in a section that somebody was sent to: its first field, once there is one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from villagebooks.gui.form import Form
from villagebooks.gui.order import first_stop
from villagebooks.gui.turn import later
from villagebooks.gui.worker import Worker


class Entry(QObject):
    """Enters a part at once, and again when what it shows was read, as long as nobody went elsewhere: many a form shows
    only then."""

    def __init__(self, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._part: QWidget | None = None
        self._stands: QWidget | None = None
        worker.rested.connect(self._again)

    def enter(self, part: QWidget) -> None:
        """The cursor to its first field, else to what Tab comes to first."""
        self._part, field = None, _first_field(part)
        goal = field or first_stop(part)
        if field is None:
            self._part, self._stands = part, goal
        if goal is not None:
            goal.setFocus(Qt.FocusReason.TabFocusReason)
            later(goal, partial(_bring_up, goal))

    def _again(self) -> None:
        part, self._part = self._part, None
        if part is not None and self._stands is not None and self._stands is QApplication.focusWidget():
            field = _first_field(part)
            if field is not None:
                self.enter(part)


def _first_field(part: QWidget) -> QWidget | None:
    fields = (form.entry(one.name) for form in part.findChildren(Form) for one in form.fields)
    return next((one for one in fields if one.isVisible() and one.isEnabled()), None)


def _bring_up(field: QWidget) -> None:
    """Into sight, where its section scrolls."""
    above = field.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(field)
        above = above.parentWidget()
