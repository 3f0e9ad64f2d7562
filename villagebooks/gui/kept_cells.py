"""The cells of a list that somebody types, as an entry that is kept beside forms and lines (`gui/kept.py`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractItemView

from villagebooks.gui.cell import has_typed_cells

Texts = Mapping[str, str]


class KeptCells(QObject):
    """`read` tells each cell by a name of its own, `put` takes them back. `changed`: something else may stand there."""

    changed = Signal()

    def __init__(self, view: QAbstractItemView, read: Callable[[], Texts], put: Callable[[Texts], None]) -> None:
        super().__init__(view)
        self._view, self._read, self._put = view, read, put
        model = view.model()
        for told in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.modelReset):
            told.connect(self._tell)

    @property
    def touched(self) -> bool:
        """Whether somebody typed in a cell, added a row or took one."""
        return has_typed_cells(self._view)

    def texts(self) -> dict[str, str]:
        """What stands in every cell."""
        return dict(self._read())

    def restore(self, texts: Texts) -> None:
        """What somebody typed before the program fell: it counts as typed still."""
        self._put(texts)

    def _tell(self, *_what: object) -> None:
        if shiboken6.isValid(self._view):  # a list that goes away empties itself last
            self.changed.emit()
