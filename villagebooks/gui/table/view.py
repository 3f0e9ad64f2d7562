"""The view of a list: filter line above, totals of the selection below, keys and menu of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from villagebooks.core.money import said_yuan
from villagebooks.core.words import _
from villagebooks.gui.escape import claims_escape
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.part import CARRIED
from villagebooks.gui.table.act import Parts, TableActs
from villagebooks.gui.table.before import Before
from villagebooks.gui.table.column import Column
from villagebooks.gui.table.fit import Fit
from villagebooks.gui.table.hold import Hold, Key, hold, stand_again, stand_on
from villagebooks.gui.table.inside import Empty, FilterEdit, ListView
from villagebooks.gui.table.looks import Look, claim_look
from villagebooks.gui.table.model import STEP, RecordModel
from villagebooks.gui.table.turns import AT_ONCE, Turns
from villagebooks.gui.theme import px


class Table(QWidget):
    """A list with a filter line above and totals of what is selected below.

    `opened` carries the record that was opened by Enter, Ctrl+Enter or a double click; `chosen` the current one;
    `again`: what could not be read is to be read once more.
    """

    opened = Signal(object)
    chosen = Signal(object)
    again = Signal()

    def __init__(self, columns: Sequence[Column], name: str, empty: str = "", filtered: bool = True) -> None:
        super().__init__()
        self.model = self._make_model(columns)
        self.identity: Key | None = None
        """What a record is known by after it was read again; without one a row is kept by its place."""
        self._held: Hold | None = None
        self._claimed = False
        self._sums, self._whole = Turns(self), ""
        self._nothing, self._unread = empty, ""
        self.view = ListView(self._take_key, self.take_room)
        self._fit = Fit(self.view, self.model)
        self.view.setAccessibleName(name)
        self.search = FilterEdit(self._take_search_key)
        self.search.setPlaceholderText(_("输入文字或金额筛选（Ctrl+F）"))
        self.search.setAccessibleName(_("筛选：{name}").format(name=name))
        self.search.setClearButtonEnabled(filtered)
        self.search.setProperty(CARRIED, True)
        self.search.setMinimumWidth(self.search.sizeHint().width() * 3 // 4)
        if not filtered:
            self.search.hide()
        self.foot = QLabel()
        self.foot.setObjectName("muted")
        self.foot.setWordWrap(True)  # many sums, or a small window
        self._empty = Empty(empty, self.view.viewport())
        self._empty.setObjectName("empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.head = FlowRow()
        self.head.setSpacing(px("gap_px"))
        self.head.addWidget(self.search)
        self.head.addStretch(1)
        self._lay_out()
        self._dress()
        self.search.textChanged.connect(self._filter)
        self.model.shown.connect(self._on_shown)
        self.model.arranging.connect(self._on_arranging)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.view.doubleClicked.connect(self._open)
        self.view.selectionModel().selectionChanged.connect(self._sum_up)
        self.view.selectionModel().currentRowChanged.connect(self._choose)
        self._empty.clicked.connect(self._on_empty_clicked)

    @cached_property
    def acts(self) -> TableActs:
        """What can be done with any list; most are only looked at."""
        acts = TableActs(Parts(self, self.view, self.model, self.search, self.foot, self.copy, self.gather))
        acts.copied.connect(self._say_copied)
        return acts

    @cached_property
    def before(self) -> Before:
        """What says over the rows that they are of before: made when a reading fails, which is rare."""
        made = Before(self.again.emit)
        self._box.insertWidget(self._box.indexOf(self.view), made)
        self.setTabOrder(self.search, made.again)
        self.setTabOrder(made.again, self.view)
        return made

    def put(self, records: Sequence[Any]) -> None:
        """Show records; the current row is kept by its identity, or by its place."""
        scrolled = self.view.verticalScrollBar().value()
        self._held = hold(self.view, self.model.records(), self.chosen_rows(), self.identity, scrolled)
        self.forgive()
        self.model.put(records)
        self._fit.forget()
        if self.isVisible():
            self._fit.arrange(self.width())

    def say_empty(self, text: str) -> None:
        """What shows where there are no rows."""
        self._nothing = text
        if not self._unread:
            self._empty.setText(text)

    def say_unread(self, why: str) -> None:
        """That there may be rows, or others than those that stand, which were not read, and how to try once more."""
        self._unread = why
        self._empty.setText(_("没能读出来，不等于没有：{why}\n按回车，或点这里，再读一次。").format(why=why))
        self._tell_unread()

    def forgive(self) -> None:
        """What was to be read was read."""
        if self._unread:
            self._unread = ""
            self._empty.setText(self._nothing)
            self._tell_unread()

    def _tell_unread(self) -> None:
        some = bool(self.model.rowCount())
        self._empty.setVisible(not some)
        if (self._unread and some) or "before" in vars(self):
            self.before.tell(self._unread if some else "")

    def nothing(self) -> str:
        """What is said where there are no rows."""
        return self._empty.text()

    def current(self) -> Any:
        """The current record, None without one."""
        row = self.view.currentIndex().row()
        return self.model.record(row) if 0 <= row < self.model.rowCount() else None

    def chosen_rows(self) -> Sequence[int]:
        """The places of the selected rows in order."""
        rows: set[int] = set()
        parts = list(self.view.selectionModel().selection())  # type: ignore[call-overload]  # iterable, say the stubs not
        if len(parts) == 1:
            return range(parts[0].top(), parts[0].bottom() + 1)
        for part in parts:
            rows.update(range(part.top(), part.bottom() + 1))
        return sorted(rows)

    def selected(self) -> list[Any]:
        """The selected records in the order of their rows."""
        return [self.model.record(row) for row in self.chosen_rows()]

    def order(self) -> tuple[int, Qt.SortOrder] | None:
        """The column that the rows are sorted by, and which way; None as they came."""
        header = self.view.horizontalHeader()
        place = header.sortIndicatorSection()
        return (place, header.sortIndicatorOrder()) if self.view.isSortingEnabled() and place >= 0 else None

    def look(self) -> Look:
        """How it was sorted and drawn."""
        return Look(
            self.view.accessibleName(), len(self.model.columns), self.order(), self._fit.drawn(), self.search.text()
        )

    def take_look(self, look: Look) -> None:
        """Sorted and drawn like this, where it has the same columns."""
        self._claimed = True
        if look.words:
            self.search.setText(look.words)
        if look.columns != len(self.model.columns):
            return
        self._fit.draw(look.widths)
        if look.order is not None and self.view.isSortingEnabled():
            self.view.sortByColumn(*look.order)

    def leave_out(self, place: int, left_out: bool = True) -> None:
        """Show the list without this column, or with it again."""
        self.view.setColumnHidden(place, left_out)
        if self.isVisible():
            self._fit.arrange(self.width())

    def gather(self, done: Callable[[Sequence[Any]], None]) -> None:
        """Hand over every record that shows, in the order of the rows."""
        done(self.model.records())

    def go_to(self, wanted: Callable[[Any], bool]) -> bool:
        """Make the first record current that is wanted; False when none shows."""
        for row, record in enumerate(self.model.records()):
            if wanted(record):
                stand_on(self.view, row)
                self.view.scrollTo(self.model.index(row, 0), QAbstractItemView.ScrollHint.EnsureVisible)
                return True
        return False

    def copy(self) -> str:
        """The selection with its titles as tab-separated text, also put on the clipboard."""
        return self.acts.copy(self.selected())

    def take_room(self) -> None:
        """The rows have more room or less."""
        self._empty.setGeometry(self.view.viewport().rect().adjusted(24, 2, -24, -2))

    def _on_empty_clicked(self) -> None:
        if self._unread:
            self.again.emit()

    def _take_search_key(self, event: QKeyEvent) -> bool:
        """Keys of the filter line: Escape empties it, then leaves it, as Enter does."""
        if claims_escape(event):
            return True
        escape = event.key() == Qt.Key.Key_Escape
        if event.type() != QEvent.Type.KeyPress:
            return False
        if escape and self.search.text():
            self.search.clear()
            return True
        if escape or event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.view.setFocus()
            stand_on(self.view, max(0, self.view.currentIndex().row()))
            return True
        return False

    def _take_key(self, event: QKeyEvent) -> bool:
        """Keys of a list: Enter opens, Ctrl+F filters, Ctrl+C copies."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._unread:
            self.again.emit()
            return True
        if event.matches(QKeySequence.StandardKey.Find) and self.search.isVisibleTo(self):
            self.search.setFocus()
            self.search.selectAll()
            return True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return True
        if event.key() == Qt.Key.Key_Menu or QKeySequence(event.keyCombination()) == QKeySequence("Shift+F10"):
            row = max(0, self.view.currentIndex().row())
            self._show_menu(self.view.visualRect(self.model.index(row, 0)).center())
            return True
        return False

    def _show_menu(self, at: QPoint) -> None:
        self.acts.menu(self.view.viewport().mapToGlobal(at))

    def _make_model(self, columns: Sequence[Column]) -> Any:
        return RecordModel(columns, self)

    def _lay_out(self) -> None:
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px"))
        box.addLayout(self.head)
        box.addWidget(self.view, 1)
        box.addWidget(self.foot)

    def _dress(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.setShowGrid(False)
        view.setMinimumHeight(3 * px("row_px"))  # its titles, and a row or what an empty list says
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setIconSize(QSize(16, 16))
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(px("row_px"))
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        # a head asks whether its column is selected, row by row: with a selection of its own, which is empty, at once
        header.setSelectionModel(QItemSelectionModel(self.model, header))
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        view.setSortingEnabled(True)
        self._fit.begin()
        header.setMinimumSectionSize(40)

    def _filter(self, text: str) -> None:
        self.model.filter(text)

    def _on_arranging(self) -> None:
        """Rows are about to be sorted: who stands on one stays on it."""
        if self._held is None:
            self._held = hold(self.view, self.model.records(), self.chosen_rows(), id, -1)

    def _on_shown(self) -> None:
        self._whole = ""
        self._after()
        held, self._held = self._held, None
        if held is not None:
            stand_again(self.view, self.model.records(), held)

    def _after(self) -> None:
        self._tell_unread()
        Table.take_room(self)
        self._sum_up()

    def _open(self, index: QModelIndex) -> None:
        record = self.model.record(index.row())
        if record is not None:
            self.opened.emit(record)

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        record = self.model.record(now.row()) if now.isValid() and now.row() < self.model.rowCount() else None
        if record is not None:
            self.chosen.emit(record)

    def _adds(self, record: Any, picked: bool) -> bool:
        """Faint rows never add up; sums of others (a parent's children) only when they are picked."""
        return not self.model.is_faint(record) and (picked or self.model.counts(record))

    def hasHeightForWidth(self) -> bool:
        """No: a list gives height away, whatever its head and its sums need in a narrow window."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the room that there is now."""
        super().resizeEvent(event)
        self._fit.arrange(self.width())

    def showEvent(self, event: QShowEvent) -> None:
        """The columns of what was put while nobody saw it."""
        super().showEvent(event)
        if not self._claimed:
            self._claimed = True
            look = claim_look(self, self.view.accessibleName())
            if look is not None:
                self.take_look(look)
        self._fit.arrange(self.width())

    def _sum_up(self, *_changes: object) -> None:
        rows = self.chosen_rows()
        some = len(rows) > 1
        if not some and self._whole:
            self._sums.stop()
            self.foot.setText(self._whole)
            return
        chosen = rows if some else range(self.model.rowCount())
        self._sums.run(self._add_up(chosen, some), at_once=len(chosen) <= AT_ONCE)

    def _add_up(self, rows: Sequence[int], some: bool) -> Iterator[None]:
        columns = [one for one in self.model.columns if one.total]
        totals = [0] * len(columns)
        for count, row in enumerate(rows):
            if not count % STEP:
                yield
            record = self.model.record(row)
            if self._adds(record, some):
                for place, one in enumerate(columns):
                    totals[place] += one.value(record) or 0
        text = (_("选中 {n} 行") if some else _("共 {n} 行")).format(n=len(rows))
        sums = [f"{one.title} {said_yuan(total)}" for one, total in zip(columns, totals, strict=True)]
        text = "　".join([text, *sums]) if self.model.rowCount() else ""
        if not some and len(rows) > AT_ONCE:
            self._whole = text
        self.foot.setText(text)

    def _say_copied(self, count: int) -> None:
        if count > 1:
            self.foot.setText(_("已复制 {n} 行").format(n=count))
