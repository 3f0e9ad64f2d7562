"""The keys of the voucher form: what an accountant from 用友 or 金蝶 expects of Enter, =, space and the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from villagebooks.core.entry import EntryBook
from villagebooks.core.money import said_yuan
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.template import Template, fill_template
from villagebooks.core.unsaved import COUNT_SLOT, DAY_SLOT, HEAD, SheetText, Slot, changed_slots
from villagebooks.core.voucher import REVERSAL, Draft, Line, Voucher
from villagebooks.gui.choice import Choice, ChoiceEdit, mark_all
from villagebooks.gui.keymap import foreign_act, keymap, pressed_act
from villagebooks.gui.part import GUARDED
from villagebooks.gui.voucher.composing import Composing
from villagebooks.gui.voucher.row import ACCOUNT, CREDIT, DEBIT, DETAIL, QUANTITY, SUMMARY, LineRow, sensible_side
from villagebooks.gui.voucher.sheet import VoucherSheet
from villagebooks.gui.voucher.undo import History

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class VoucherForm(VoucherSheet):
    """The sheet with its keys. `account_entered` carries the account of the row in hand, `words_typed` what
    was typed as the first summary of an empty voucher; `strange_key` a key of the other keymap and the act it means
    there; `detail_wanted` a dimension and the name that is to be added to it; `missed` an account that is not there."""

    account_entered = Signal(str)
    missed = Signal(object)
    words_typed = Signal(str)
    strange_key = Signal(str, str)
    detail_wanted = Signal(str, str)

    def __init__(self) -> None:
        self._composing = Composing()  # the cells of the first rows are heard while they are made
        super().__init__()
        self.setProperty(GUARDED, True)
        self._alike: dict[str, Voucher] = {}
        self._history = History()
        self._going = False
        for entry in (self.day, self.count):
            entry.installEventFilter(self)

    def wire(self, row: LineRow) -> None:
        """Connect the cells of a new row."""
        for cell in row.cells:
            cell.installEventFilter(self)
        row.account.picked.connect(self._account_picked)
        row.account.leaving.connect(self._leave_choice)
        row.account.missed.connect(self.missed)
        row.detail.leaving.connect(self._leave_choice)
        row.detail.wanted.connect(self._want_detail)
        row.summary.copied.connect(self._copy_summary)
        row.summary.typed.connect(self._words)
        row.summary.picked.connect(self._take_alike)
        row.summary.leaving.connect(self._leave_choice)
        for amount in (row.debit, row.credit):
            amount.balance.connect(self.balance_here)
            amount.flip.connect(self.flip_here)
            amount.textEdited.connect(self._one_side)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of a voucher form, in whichever cell they are pressed."""
        if isinstance(watched, QLineEdit):
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.KeyPress, QEvent.Type.InputMethod):
                self.note(moved=event.type() == QEvent.Type.FocusIn)
            if self._composing.takes(watched, event):
                return True
            if event.type() == QEvent.Type.FocusIn:
                self._visit(watched)
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._take_key(watched, event)
        return False

    def unready(self) -> list[Problem]:
        """What cannot be saved as it stands: what is still composed, or cannot be read. The cell in hand is settled
        before: an amount still being typed belongs to the voucher."""
        composed = self._composing.problems()
        if not composed:
            self.settle()
        return composed or self.misread()

    def put(self, draft: Draft, voucher: Voucher | None, month: Month, prepared_by: str) -> None:
        """Another voucher: nothing of the last one can be undone in it."""
        super().put(draft, voucher, month, prepared_by)
        self._history.begin(self.text())

    def note(self, moved: bool = False) -> None:
        """Remember what the form says, before something is done with it."""
        if not self.still and not self._going:
            self._history.note(self.text(), moved)

    def undo(self) -> None:
        """Take the last step back: a run of typing in one cell, a row, a template, a suggestion, a balancing amount."""
        self.note()
        self._go_to(self._history.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self.note()
        self._go_to(self._history.redo())

    def _go_to(self, state: SheetText | None) -> None:
        if state is None or self.still:
            return
        changed = changed_slots(self.text(), state)
        self._going = True
        self.put_text(state)
        cells = [cell for slot in sorted(changed) if (cell := self._cell(slot)) is not None]
        if cells and self.focusWidget() not in cells:
            cells[0].setFocus()
        self._going = False
        self._history.settle(self.text())

    def slot(self) -> Slot | None:
        """Where the cursor is, or was before another window was in front."""
        here = self.focusWidget()
        row = self.row_of(here)
        if row is not None:
            return self.rows.index(row), next(place for place, cell in enumerate(row.cells) if cell is here)
        return next((slot for slot, cell in self._head_cells().items() if cell is here), None)

    def go_to(self, slot: Slot | None) -> None:
        """The cursor to a cell; where none is told, or it is not there, to the first that the last row still wants."""
        cell = self._cell(slot) if slot and slot[0] < len(self.rows) else None
        (cell if cell is not None and not cell.isHidden() else self._gap()).setFocus()

    def _gap(self) -> QLineEdit:
        place = max((place for place, row in enumerate(self.rows) if not row.is_empty()), default=0)
        row = self.rows[place]
        wanted: list[QLineEdit] = [row.summary, row.account]
        wanted += [row.detail] if row.wants_detail() else []
        wanted += [row.quantity] if row.wants_quantity() else []
        wanted += [] if row.debit.text() or row.credit.text() else [row.cells[self._side_for(row, place)]]
        self._need_rows(place + 2)
        return next((cell for cell in wanted if not cell.text()), self.rows[place + 1].summary)

    def _head_cells(self) -> dict[Slot, QLineEdit]:
        return {DAY_SLOT: self.day, COUNT_SLOT: self.count}

    def _cell(self, slot: Slot) -> QLineEdit | None:
        row, column = slot
        if row == HEAD:
            return self._head_cells().get(slot)
        return self.rows[row].cells[column] if column >= 0 else None

    def balance_here(self) -> None:
        """Fill the amount that balances into the row where the cursor is.

        A red voucher keeps its sides: there the amount is negative on the side where the cursor is.
        """
        here = self.focusWidget()
        row = self.row_of(here)
        if row is None or self.still:
            return
        rest = sum(one.line().net_fen for one in self.rows if one is not row)
        into = row.credit if rest > 0 else row.debit
        if self.draft().kind == REVERSAL:
            into = row.credit if here is row.credit else row.debit
        if rest:
            (row.debit if into is row.credit else row.credit).put(0)
            into.put(rest if into is row.credit else -rest)
            into.setFocus()
        self.look()

    def flip_here(self) -> None:
        """Debit becomes credit and the other way round, cursor included."""
        here = self.focusWidget()
        row = self.row_of(here)
        if row is None or self.still:
            return
        debit, credit = row.debit.fen() or 0, row.credit.fen() or 0
        row.debit.put(credit)
        row.credit.put(debit)
        (row.credit if here is row.debit else row.debit).setFocus()
        self.look()

    def _copy_summary(self, which: str) -> None:
        row = self.row_of(self.focusWidget())
        if row is None:
            return
        place = self.rows.index(row)
        source = self.rows[0] if which == "first" else self.rows[max(0, place - 1)]
        row.summary.setText(source.summary.text() if source is not row else "")

    def _take_key(self, cell: QLineEdit, event: QKeyEvent) -> bool:
        key, act = event.key(), pressed_act(event)
        open_list = isinstance(cell, ChoiceEdit) and cell.list_is_open()
        if key in ENTER:
            if isinstance(cell, ChoiceEdit) and not self.still:
                return False  # it takes the choice first, then says that it leaves
            self._go_on(cell)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not open_list:
            return self._step(cell, 1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Backspace and not cell.text() and not self.still:
            self._go_back(cell)
        elif act == "balance" and not event.text():
            self.balance_here()
        elif act in ("drop", "insert"):
            self._drop_or_insert(cell, act == "drop")
        elif act in ("undo", "redo"):
            self.undo() if act == "undo" else self.redo()
        elif not act and foreign_act(event):
            self.strange_key.emit(QKeySequence(event.key()).toString(), foreign_act(event))
        else:
            return False
        return True

    def _go_on(self, cell: QLineEdit) -> None:
        """Enter: the next sensible cell, at the end of a row the next row."""
        if cell is self.day:
            self.day.settle()
            self.count.setFocus()
            return
        row = self.row_of(cell)
        if row is None:
            self.rows[0].summary.setFocus()
            return
        place, where = self.rows.index(row), row.cells.index(cell)
        if where == SUMMARY and keymap().keys["carry"] and not cell.text() and self._follows(place) and not self.still:
            row.carried = self.rows[place - 1].summary.text().strip()
            self._copy_summary("above")
        if where == SUMMARY and row.side is not None:
            row.cells[row.side].setFocus()
        elif where == SUMMARY:
            row.account.setFocus()
        elif where == ACCOUNT and (row.wants_detail() or row.detail.text()):
            row.detail.setFocus()
        elif where in (ACCOUNT, DETAIL) and row.wants_quantity():
            row.quantity.setFocus()
        elif where in (ACCOUNT, DETAIL, QUANTITY):
            row.cells[self._side_for(row, place)].setFocus()
        elif where == DEBIT and not cell.text().strip():
            row.credit.setFocus()
        else:
            self._leave_row(row, place)

    def _follows(self, place: int) -> bool:
        """True for a row below one that is written: there Enter takes the summary along, as 用友 does."""
        return bool(place and not self.rows[place - 1].is_empty())

    def _leave_row(self, row: LineRow, place: int) -> None:
        """Once to the detail that a template's cursor was put past, then to the row below."""
        if row.skipped and row.wants_detail():
            row.skipped = False
            row.detail.setFocus()
            return
        self._need_rows(place + 2)
        below = self.rows[place + 1]
        ready = below.side is not None and not (below.debit.text() or below.credit.text())
        (below.cells[self._side_for(below, place + 1)] if ready else below.summary).setFocus()

    def _side_for(self, row: LineRow, place: int) -> int:
        if row.debit.text() or row.credit.text():
            return DEBIT if row.debit.text() else CREDIT
        if row.side is not None:
            return row.side
        return sensible_side(self.entry.accounts.get(row.account.key), [one.line() for one in self.rows[:place]])

    def offer_alike(self, vouchers: Sequence[Voucher]) -> None:
        """Past vouchers under such words, below the summary; the arrow keys reach them."""
        cell = self.rows[0].summary
        self._alike = {one.uid: one for one in vouchers}
        cell.set_choices([Choice(one.uid, self._alike_text(one)) for one in vouchers])
        if cell.hasFocus() and vouchers and not self.still:
            cell.show_list([Choice(one.uid, self._alike_text(one)) for one in vouchers])

    def _alike_text(self, one: Voucher) -> str:
        names = [self.entry.accounts[line.account].name for line in one.lines if line.account in self.entry.accounts]
        return f"{one.lines[0].summary}　{'／'.join(names)}　{said_yuan(one.total_fen)}"

    def _words(self, text: str) -> None:
        if self.focusWidget() is self.rows[0].summary and all(row.is_empty() for row in self.rows[1:]):
            self.words_typed.emit(text)

    def _take_alike(self, key: str) -> None:
        """All lines of a past voucher without its amounts; Enter then goes from amount to amount."""
        one = self._alike.get(key)
        if one is None:
            return
        self._alike = {}
        self.put_lines([replace(line, debit_fen=0, credit_fen=0, quantity_milli=0) for line in one.lines])
        for row, line in zip(self.rows, one.lines, strict=False):
            row.side = DEBIT if line.debit_fen else CREDIT
        self.look()

    def take_template(self, template: Template) -> None:
        """A template's lines below what stands already; the cursor goes into the first empty amount."""
        self.note()
        lines = [row.line() for row in self.rows if not row.is_empty()]
        filled = fill_template(template, self.entry.accounts)
        if not lines:
            self.set_kind(template.kind)
        self.put_lines([*lines, *(one.line for one in filled)])
        rows = self.rows[len(lines) : len(lines) + len(filled)]
        for row, one in zip(rows, filled, strict=True):
            row.expect(one)
        self.look()
        gap = next((row for row in rows if not row.account.key), None)
        (gap.account if gap else rows[0].cells[rows[0].side or DEBIT]).setFocus()

    def learn(self, entry: EntryBook, typed: str = "", code: str = "") -> None:
        """Names that were added while the voucher is typed; cells where one stands as typed take its code."""
        self.note()
        self._quiet = True
        self.use(entry, self._open_from)
        for row in self.rows:
            row.show_needs(entry.accounts)
            if typed and row.asked == "party" and row.detail.text().strip() == typed:
                row.detail.put(code)
        self._quiet = False
        self.look()
        self._history.settle(self.text())

    def _want_detail(self, name: str) -> None:
        row = self.row_of(cast(QLineEdit, self.sender()))
        if row is not None:
            self.detail_wanted.emit(row.asked, name)

    def _go_back(self, cell: QLineEdit) -> None:
        row = self.row_of(cell)
        if row is None:
            return
        place, where = self.rows.index(row), row.cells.index(cell)
        if where:
            # the cell of a quantity is passed over where nothing counts
            row.cells[where - (2 if where == DEBIT and not row.wants_quantity() else 1)].setFocus()
        elif place:
            self.rows[place - 1].credit.setFocus()

    def _step(self, cell: QLineEdit, by: int) -> bool:
        row = self.row_of(cell)
        if row is None:
            return False
        place, where = self.rows.index(row) + by, row.cells.index(cell)
        if 0 <= place < len(self.rows):
            self.rows[place].cells[where].setFocus()
        return True

    def _drop_or_insert(self, cell: QLineEdit, drop: bool) -> None:
        row = self.row_of(cell)
        if row is None or self.still:
            return
        place, where = self.rows.index(row), row.cells.index(cell)
        lines = [one.line() for one in self.rows]
        if drop:
            del lines[place]
        else:
            lines.insert(place, Line("", ""))
        while lines and lines[-1] == Line("", ""):
            lines.pop()
        self.put_lines(lines)
        self.rows[place].cells[where].setFocus()

    def _visit(self, cell: QLineEdit) -> None:
        mark_all(cell)
        row = self.row_of(cell)
        if row is not None:
            self.seen.update(self.rows[: self.rows.index(row)])
        self.tell()
        if row is None:
            return
        self.area.ensureWidgetVisible(cell, 0, 20)
        if row.account.key:
            self.account_entered.emit(row.account.key)

    def _one_side(self, text: str) -> None:
        """Typing into one side empties the other."""
        here = self.focusWidget()
        row = self.row_of(here)
        if row is not None and text.strip():
            (row.credit if here is row.debit else row.debit).put(0)

    def _account_picked(self, code: str) -> None:
        for row in self.rows:
            row.show_needs(self.entry.accounts)
        self.show_quantities()
        if code:
            self.account_entered.emit(code)
        self.look()

    def _leave_choice(self) -> None:
        cell = self.sender()
        if isinstance(cell, QLineEdit):
            self._go_on(cell)
