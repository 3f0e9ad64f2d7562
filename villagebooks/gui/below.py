"""Below the board of the first page: pictures of the accounts, and beside them what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from villagebooks.core.beginning import Step
from villagebooks.core.recent import RecentPiece
from villagebooks.core.reminder import Reminder
from villagebooks.gui.desk import Seat
from villagebooks.gui.graph.panel import GraphPanel
from villagebooks.gui.section import fill_splitter
from villagebooks.gui.todo import TodoPanel
from villagebooks.services.beginning import read_beginning
from villagebooks.services.journal import recent_work
from villagebooks.services.place import Office
from villagebooks.services.reminder import read_reminders
from villagebooks.services.unsaved import unsaved_reminders

SIDES = [600, 400]
"""Pixels of the pictures and of what stands beside them, where there is no room for more."""


@dataclass(frozen=True, slots=True)
class Todo:
    """What stands beside the pictures."""

    steps: list[Step]
    reminders: list[Reminder]
    recent: list[RecentPiece]


class Below(QSplitter):
    """Both read when the board does."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._seat = seat
        self.graphs, self.todo = GraphPanel(seat), TodoPanel()
        fill_splitter(self, ((self.graphs, 3), (self.todo, 2)), SIDES)

    def load(self) -> None:
        """Read the picture that shows and what is to be done."""
        self._seat.worker.read(partial(_read_todo, self._seat.office), self._take, key=self.todo)
        self.graphs.load()

    def _take(self, found: Todo) -> None:
        self.todo.put_steps(found.steps)
        self.todo.put_reminders(found.reminders)
        self.todo.put_recent(found.recent)


def _read_todo(office: Office) -> Todo:
    reminders = [*unsaved_reminders(office), *read_reminders(office)]
    return Todo(read_beginning(office), reminders, recent_work(office))
