"""What can be done with the row in hand: one choice of acts, and the form of the one chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.flow import Side
from villagebooks.gui.form import Field, Form
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.theme import span

SIDE, LEAST_FIELD = 320, 140
"""Pixels for the acts beside a table, and for a field: where the words leave less, they stand above it."""


@dataclass(frozen=True, slots=True)
class RowAct:
    """An act: its word in the choice, a sentence of what it does, the fields it asks for, its button."""

    key: str
    title: str
    hint: str
    fields: tuple[Field, ...]
    word: str
    run: Callable[[], None]
    icon: str = ""


class RowActs(Side):
    """The choice, and below it the act's sentence, form and button; only acts that the row allows are offered."""

    def __init__(self, acts: Sequence[RowAct]) -> None:
        super().__init__(span(SIDE))
        self._acts = {one.key: one for one in acts}
        self.forms = {one.key: Form(one.fields) for one in acts}
        for form in self.forms.values():
            for entry in (form.entry(field.name) for field in form.fields):
                if not isinstance(entry, QComboBox):  # which asks for the room of its words
                    entry.setMinimumWidth(span(LEAST_FIELD))
        self.buttons = {one.key: button(one.word, one.run, one.icon, primary=True) for one in acts}
        self._hints = {one.key: label(one.hint, "muted") for one in acts}
        self.choice = Combo()
        self.choice.setAccessibleName(_("要办的事"))
        self.title = label("", "heading")
        self.title.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.title)
        box.addWidget(self.choice)
        for key in self._acts:
            self._hints[key].setWordWrap(True)
            box.addWidget(self._hints[key])
            box.addWidget(self.forms[key])
            box.addWidget(self.buttons[key], 0, Qt.AlignmentFlag.AlignRight)
        box.addStretch(1)
        self.offer(())
        self.choice.currentIndexChanged.connect(self._show)

    def offer(self, keys: Collection[str], title: str = "") -> None:
        """Offer these acts in the order in which they were made; the chosen one stays when it is still offered."""
        was = self.chosen()
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.choice.blockSignals(True)
        self.choice.clear()
        for key, one in self._acts.items():
            if key in keys:
                self.choice.addItem(one.title, key)
        self.choice.setCurrentIndex(max(0, self.choice.findData(was)))
        self.choice.blockSignals(False)
        self.choice.setVisible(self.choice.count() > 1)
        self._show()

    def chosen(self) -> str:
        """The act that shows, empty for none."""
        return str(self.choice.currentData() or "")

    def choose(self, key: str) -> bool:
        """Show an act; False when it is not offered."""
        place = self.choice.findData(key)
        if place >= 0:
            self.choice.setCurrentIndex(place)
        return place >= 0

    def clear(self, key: str) -> None:
        """Nothing stands in the act's form any more."""
        form = self.forms[key]
        form.put({field.name: "" for field in form.fields if field.kind in ("text", "secret")})
        form.settle()

    def refuse(self, strip: Strip, key: str, problems: Sequence[Problem]) -> None:
        """Say it, paint the fields, and put the cursor there."""
        strip.show_problems(problems)
        self.forms[key].show_problems(problems)
        self.forms[key].go_to_problem()

    def _show(self, _place: int = 0) -> None:
        now = self.chosen()
        for key in self._acts:
            for part in (self._hints[key], self.forms[key], self.buttons[key]):
                part.setVisible(key == now)


def beside(table: QWidget, acts: QWidget) -> QHBoxLayout:
    """A table and its acts at the right."""
    row = QHBoxLayout()
    row.setSpacing(16)
    row.addWidget(table, 1)
    row.addWidget(acts)
    return row
