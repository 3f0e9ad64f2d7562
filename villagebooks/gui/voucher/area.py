"""Where the rows of a voucher scroll."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from villagebooks.gui.theme import px

LEAST_ROWS = 2
"""Rows that are seen in the lowest window."""


class Rows(QScrollArea):
    """The rows scroll up and down, never sideways: the columns of amounts are always seen. `grown`: they are as high
    as they were not before."""

    grown = Signal()

    def __init__(self, inside: QWidget, grid: QGridLayout) -> None:
        super().__init__()
        self._high, self._inside, self._grid = 0, inside, grid
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def minimumSizeHint(self) -> QSize:
        """As wide as all columns need at the least, as high as their heads and two rows."""
        wide = self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        head = self._grid.itemAtPosition(0, 0)
        high = (head.sizeHint().height() if head else 0) + LEAST_ROWS * px("row_px")
        return QSize(wide, min(high, self._high or high))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A row that shows more lines changes the height of all."""
        taken = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self.fit()
        return taken

    def fit(self) -> None:
        """Never higher than the rows, which are as high as their cells: the style sheet has a least height of its own,
        which Qt takes for that of a cell."""
        for row in range(1, self._grid.rowCount()):
            cells = (self._grid.itemAtPosition(row, column) for column in range(self._grid.columnCount()))
            need = max((one.sizeHint().height() for one in cells if one is not None), default=0)
            if need != self._grid.rowMinimumHeight(row):
                self._grid.setRowMinimumHeight(row, need)
        high = self._inside.sizeHint().height() + 2
        if high != self._high:
            self._high = high
            self.setMaximumHeight(high)
            self.grown.emit()
