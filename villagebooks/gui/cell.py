"""Lists whose cells somebody types: what stood in them when they were filled, and whether something else does now."""

from __future__ import annotations

from itertools import product

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QTableView,
    QTableWidget,
)

_FILLED = "filled cells"
_NEXT = "\x1f"


class TypedGrid(QTableView):
    """A grid whose cells are opened by the first letter that is typed."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method hands over at once, a wide digit, opens the cell and stands in it: Qt opens it and
        forgets the digit, and 120 were 20."""
        was_open = self.state() == self.State.EditingState
        super().inputMethodEvent(event)
        if not was_open:
            _put_into(self, event.commitString())


class TypedTable(QTableWidget):
    """The same with rows of its own."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """As in the grid."""
        was_open = self.state() == self.State.EditingState
        super().inputMethodEvent(event)
        if not was_open:
            _put_into(self, event.commitString())


def _put_into(view: QAbstractItemView, said: str) -> None:
    """What was said before the cell was open."""
    editor = QApplication.focusWidget()
    if not isinstance(editor, QLineEdit) or not view.isAncestorOf(editor):
        return
    if said and (editor.hasSelectedText() or not editor.text()):
        editor.insert(said)


def cell_texts(view: QAbstractItemView) -> tuple[str, ...]:
    """What stands in the cells, row by row; of a choice in a cell the word that is chosen."""
    model, root = view.model(), view.rootIndex()
    places = product(range(model.rowCount(root)), range(_columns(view)))
    return tuple(_text(view, row, column) for row, column in places)


def settle_cells(view: QAbstractItemView) -> None:
    """What stands in the list now was filled in, saved or given up: it counts as typed by nobody. From then on the list
    is looked at before something takes its place."""
    view.setProperty(_FILLED, _whole(view))


def has_typed_cells(view: QAbstractItemView) -> bool:
    """Whether a cell says something else by now, a row was added or taken; of a list that was settled once."""
    filled = view.property(_FILLED)
    return filled is not None and filled != _whole(view)


def _whole(view: QAbstractItemView) -> str:
    return _NEXT.join((str(_columns(view)), *cell_texts(view)))


def _columns(view: QAbstractItemView) -> int:
    """A plain list has one, and says so to nobody."""
    return 1 if isinstance(view, QListView) else view.model().columnCount(view.rootIndex())


def _text(view: QAbstractItemView, row: int, column: int) -> str:
    index = view.model().index(row, column)
    inside = view.indexWidget(index)
    if isinstance(inside, QComboBox):
        return inside.currentText()
    value = index.data(Qt.ItemDataRole.EditRole)
    return "" if value is None else str(value)
