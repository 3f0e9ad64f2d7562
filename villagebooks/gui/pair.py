"""A form in two columns where there is room for both, in one where there is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QWidget

from villagebooks.core.problem import Problem
from villagebooks.gui.flow import Halves
from villagebooks.gui.form import Field, Form
from villagebooks.gui.theme import px, span

LEAST = 320
"""Pixels of a column in which words can be read."""


class FormPair(Halves):
    """Spoken to as a `Form` is: half as high, so that the button below it is not pushed out of the window."""

    def __init__(self, fields: Sequence[Field]) -> None:
        half = (len(fields) + 1) // 2
        self._forms = (Form(fields[:half]), Form(fields[half:]))
        for form, edges in zip(self._forms, ((0, 0, px("gap_px"), 0), (px("gap_px"), 0, 0, 0)), strict=True):
            form.setContentsMargins(*edges)
            form.setMinimumWidth(span(LEAST))
        super().__init__(*self._forms, (1, 1))
        self.setHandleWidth(0)
        self.handle(1).setEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def entry(self, name: str) -> QWidget:
        """The entry of a field."""
        return self._form_of(name).entry(name)

    def values(self) -> dict[str, Any]:
        """What stands in both."""
        left, right = self._forms
        return left.values() | right.values()

    def put(self, values: Mapping[str, Any]) -> None:
        """Fill the fields that `values` names."""
        for form in self._forms:
            form.put(values)

    def settle(self) -> None:
        """What stands in it was saved or given up."""
        for form in self._forms:
            form.settle()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Paint the fields that problems name."""
        for form in self._forms:
            form.show_problems(problems)

    def go_to_problem(self) -> None:
        """The cursor to the first painted field."""
        for form in reversed(self._forms):
            form.go_to_problem()

    def _form_of(self, name: str) -> Form:
        return next(form for form in self._forms if any(one.name == name for one in form.fields))
