"""期初建账: three tabs, the balances, the hand-over, the trial balance that results; one act at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.ledger import TrialBalance, TrialBalanceRow
from villagebooks.core.money import said_yuan
from villagebooks.core.opening import OpeningRow, OpeningTable, TakeOver, read_opening_table, split_text
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.opening.found import FoundPanel
from villagebooks.gui.opening.grid import CREDIT, DEBIT, OPENING_DEBIT, PARTY, OpeningGrid, OpeningView
from villagebooks.gui.opening.recovery import OpeningKeeper, found_words
from villagebooks.gui.page import Page, button, label
from villagebooks.gui.recovery import RecoveryStrip
from villagebooks.gui.tab import OnceTabs
from villagebooks.gui.table import MONEY, Column, Table
from villagebooks.gui.theme import DONE, LATE, px, set_tone
from villagebooks.services.account import read_entry_book
from villagebooks.services.desk import Desk
from villagebooks.services.ledger import trial_balance
from villagebooks.services.opening import (
    OpeningBook,
    check_opening,
    hand_overs,
    open_balances,
    preview_opening,
    read_opening_book,
    read_opening_file,
)
from villagebooks.services.unsaved import OPENING, FoundOpening, find_unsaved_opening

COUNTED = 1
"""The place of the tab of what was counted at the hand-over."""


@dataclass(frozen=True, slots=True)
class Found:
    """The book as the page begins, whether a hand-over is recorded, and the balances of a book that was opened."""

    book: OpeningBook
    recorded: bool
    balances: tuple[TrialBalanceRow, ...] = ()


class OpeningPage(Page):
    """`returned`: back to the settings; `printed` (title, draw) asks for the hand-over in the preview."""

    returned = Signal()
    printed = Signal(str, object)
    fills_book = True

    def __init__(self, seat: Seat) -> None:
        self.title = _("期初建账")
        super().__init__(seat)
        self._book: OpeningBook | None = None
        self._for = ""
        self._sure = False
        self.grid = OpeningGrid(self)
        self.view = OpeningView(self.grid)
        self.preview = Table(balance_columns(), _("试算"), _("先录余额。"), filtered=False)
        self.whose, self.sums, self.check = label("", "muted"), label("", "muted"), label("", "heading")
        self.tabs = OnceTabs()
        self.tabs.setAccessibleName(_("步骤"))
        self.tabs.addTab(self._balances(), _("1 录余额"))
        self.tabs.add_once(partial(getattr, self, "found"), _("2 移交清点"))
        self.tabs.addTab(self.preview, _("3 试算"))
        self.keeper = OpeningKeeper(seat, self, self._kept_rows)
        self.keeper.failed.connect(self.strip.hint)
        self.recovery = RecoveryStrip(seat, OPENING, lambda: self.keeper, find_unsaved_opening, found_words)
        self.recovery.restored.connect(self._restore)
        self.recovery.said.connect(self.strip.hint)
        self.body.addWidget(self.recovery)
        self.body.addWidget(self.whose)
        self.body.addWidget(self.tabs, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.sums)
        foot.addStretch(1)
        foot.addWidget(self.check)
        self.body.addLayout(foot)
        self.setFocusProxy(self.view)
        self.add_act(_("返回设置"), self.returned.emit, "arrow-left")
        self._print = self.add_act(_("移交清单（三联）"), self.print_record, "printer")
        self._open = self.add_act(_("建账…"), self.open, "check", primary=True)
        self.grid.edited.connect(self._reckon)
        self.grid.edited.connect(self.keeper.look)
        self.grid.refused.connect(self.strip.hint)
        self.view.pasted.connect(self.take_text)
        self.tabs.currentChanged.connect(self._turn)

    @cached_property
    def found(self) -> FoundPanel:
        """移交清点: a book that was opened needs none."""
        made = FoundPanel()
        if self._book is not None:
            made.put(self._book.accounts, self._book.month.last_day)
            made.show_balances(self.grid.closing_of)
        made.changed.connect(self._unsure)
        self.tabs.fill(COUNTED, made)
        return made

    def load(self) -> None:
        """Read the book; what is typed stays while it is the same and empty."""
        self.seat.worker.read(partial(_read, self.seat.desk), self._take, self._refuse, key=self)

    def moved(self) -> None:
        """Another book: its own accounts."""
        if self.seat.book is None or self.seat.book.code != self._for:
            self._for = ""

    @property
    def lasting(self) -> bool:
        """While balances stand in the grid, and while there is a book to open: what was counted may stand there."""
        return self._typed() or bool(self._book and self._book.empty)

    def may_leave(self) -> bool:
        """Balances that are typed and not kept are given up only the second time."""
        if not self._typed() or not self._book or not self._book.empty or self._sure:
            return True
        self._sure = True
        self.strip.hint(_("录的余额还没有建账：再走一次就不要了"))
        return False

    def _typed(self) -> bool:
        return bool(self.grid.rows() or self.grid.misread())

    def take_text(self, text: str) -> None:
        """A table pasted from Excel."""
        if self._book and self.seat.book:
            self._taken(read_opening_table(split_text(text), self.seat.book.code, self._book.accounts))

    def ask_file(self) -> None:
        """Ask for openings.csv or an Excel file."""
        path, _kind = QFileDialog.getOpenFileName(self, _("余额表"), "", _("表格 (*.csv *.xlsx *.xls)"))
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Fill in what a file says of this book."""
        self.seat.worker.read(partial(read_opening_file, self.seat.desk, path), self._taken, self._refuse)

    def open(self) -> None:
        """建账: the first press says what will happen, the second does it."""
        if unread := self.grid.misread():
            self._refuse(unread)
            self.tabs.setCurrentIndex(0)
            self.view.setCurrentIndex(self.grid.index(unread[0].line or 0, int(unread[0].field)))
            return
        if unread := self.found.misread():
            self._refuse(unread)
            self.tabs.setCurrentWidget(self.found)
            self.found.go_to(unread[0])
            return
        take, record = self._take_over(), self.found.record()
        if self._sure:
            act = partial(open_balances, self.seat.desk, take, record)
            self.seat.worker.write(act, self._opened, self._refuse, _("建账"))
        else:
            check = partial(check_opening, self.seat.desk, take, record)
            self.seat.worker.read(check, self._checked, self._refuse)

    def print_record(self) -> None:
        """The hand-over in three copies."""
        self.printed.emit(_("账务移交清单"), partial(_draw, self.seat.desk))

    def _balances(self) -> QWidget:
        inside = QWidget()
        acts = QHBoxLayout()
        acts.setSpacing(px("gap_px"))
        keys = label(_("回车到下一格；Insert 加一户，Delete 清一行；整张表可从 Excel 粘贴（Ctrl+V）"), "muted")
        keys.setWordWrap(True)
        acts.addWidget(keys, 1)
        acts.addWidget(button(_("加一户（Insert）"), self.view.add_party, "plus"))
        acts.addWidget(button(_("读文件…"), self.ask_file, "folder-open"))
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.setSpacing(px("gap_px"))
        box.addLayout(acts)
        box.addWidget(self.view, 1)
        return inside

    def _take(self, found: Found) -> None:
        self._book = found.book
        still = not found.book.empty
        if self._for != self.seat.desk.book.code or still:
            self._for = self.seat.desk.book.code
            self.keeper.drop()  # the last book's were given up, or are in it
            self.grid.put({} if still else found.book.accounts)
            if "found" in vars(self):
                self.found.put(found.book.accounts, found.book.month.last_day)
        self.grid.keep_still(still)
        for column in (DEBIT, CREDIT):
            self.view.setColumnHidden(column, not found.book.mid_year)
        for tab in (COUNTED, 0):  # this way round nobody comes by the one that is not built
            self.tabs.setTabEnabled(tab, not still)
        if still:
            self.preview.put(found.balances)
            self.tabs.setCurrentWidget(self.preview)
        for part in (self._open, self.sums, self.check):
            part.setVisible(not still)
        self._print.setVisible(found.recorded)
        book, month = self.seat.desk.book, found.book.month
        if still:
            self.whose.setText(_("{code} {name} 已经建账").format(code=book.code, name=book.name))
        else:
            text = _("{code} {name}：账从 {start} 开始，录到 {month} 为止的余额")
            text = text.format(code=book.code, name=book.name, start=book.start, month=month)
            self.whose.setText(text + (_("，连同 1 月起的累计发生额") if found.book.mid_year else ""))
        if not still and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.grid.index(0, PARTY))
            self.view.go_on()
        self._reckon()
        if still:
            self.recovery.hide()
        else:
            self.recovery.look()

    def _kept_rows(self) -> tuple[OpeningRow, ...]:
        """What is worth keeping: nothing of a book that has its balances."""
        return self.grid.rows() if self._book and self._book.empty else ()

    def _restore(self, found: FoundOpening) -> None:
        """What an earlier run left; what stands in the grid for other details stays."""
        if self._book is None or not self._book.empty:
            return
        self.grid.take(found.unsaved.rows)
        self.keeper.keep()
        self.recovery.put_away()
        self.strip.hint(_("恢复了 {n} 行期初余额，请核对合计").format(n=len(found.unsaved.rows)))

    def _taken(self, table: OpeningTable) -> None:
        if table.problems:
            self.strip.show_problems(table.problems)
            return
        self.grid.take(table.rows)
        self.strip.say(_("读入 {n} 行，请核对合计").format(n=len(table.rows)))

    def _reckon(self) -> None:
        """Sums, whether both sides agree, and what the hand-over is compared with."""
        self._sure = False
        opening_debit, opening_credit, debit, credit = self.grid.totals()
        figures = [said_yuan(fen) for fen in (opening_debit, opening_credit, debit, credit)]
        text = _("年初 借 {a}　贷 {b}").format(a=figures[0], b=figures[1])
        if self._book and self._book.mid_year:
            text += _("　　累计 借 {a}　贷 {b}").format(a=figures[2], b=figures[3])
        self.sums.setText(text)
        differs = [
            _("{what}差 {yuan}").format(what=what, yuan=said_yuan(abs(fen)))
            for what, fen in ((_("年初"), opening_debit - opening_credit), (_("累计"), debit - credit))
            if fen
        ]
        self.check.setText("　".join(differs) or _("借贷相等"))
        set_tone(self.check, "tone", LATE if differs else DONE)
        if "found" in vars(self):
            self.found.show_balances(self.grid.closing_of)

    def _unsure(self) -> None:
        self._sure = False

    def _turn(self, tab: int) -> None:
        if tab == self.tabs.indexOf(self.preview) and self._book and self._book.empty:
            act = partial(preview_opening, self.seat.desk, self._take_over(), self.found.record())
            self.seat.worker.read(act, self._show_preview, self._refuse, key=(id(self), "preview"))

    def _show_preview(self, report: TrialBalance) -> None:
        self.preview.put(report.rows)

    def _take_over(self) -> TakeOver:
        month = self._book.month if self._book else self.seat.desk.book.start.plus(-1)
        return TakeOver(self.seat.desk.book.code, month, self.grid.rows())

    def _checked(self, problems: Sequence[Problem]) -> None:
        if problems:
            self._refuse(problems)
            first = next((one for one in problems if one.line is not None and one.field in ("party", "account")), None)
            rows = self.grid.rows()
            if first and first.line is not None and first.line < len(rows):
                self.tabs.setCurrentIndex(0)
                self.view.setCurrentIndex(self.grid.index(self.grid.row_of(rows[first.line]), OPENING_DEBIT))
            return
        self._sure = True
        text = _("建账：{n} 行余额写进账里，以后不能改，只能用凭证更正。没有错就再按一次“建账…”")
        self.strip.hint(text.format(n=len(self.grid.rows())))

    def _opened(self, notices: list[str]) -> None:
        told = _("；").join(notices)
        said = _("已建账，可以记凭证了")
        self.strip.say(_("{text}。{act}").format(text=said, act=told) if told else said)
        self._sure = False
        if "found" in vars(self):
            self.found.settle()
        self.seat.tell_changed()

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self._sure = False
        self.strip.show_problems(problems)


def balance_columns() -> tuple[Column, ...]:
    """Columns of the trial balance that results."""
    return (
        Column(_("科目"), lambda one: f"{one.account} {one.name}"),
        Column(_("年初借方"), lambda one: one.opening_debit_fen, MONEY, 15),
        Column(_("年初贷方"), lambda one: one.opening_credit_fen, MONEY, 15),
        Column(_("累计借方"), lambda one: one.debit_fen, MONEY, 15),
        Column(_("累计贷方"), lambda one: one.credit_fen, MONEY, 15),
        Column(_("现在借方"), lambda one: one.closing_debit_fen, MONEY, 15),
        Column(_("现在贷方"), lambda one: one.closing_credit_fen, MONEY, 15),
    )


def _read(desk: Desk) -> Found:
    book, recorded = read_opening_book(desk), bool(hand_overs(desk))
    if book.empty:
        return Found(book, recorded)
    first = read_entry_book(desk).reports_from or desk.book.start
    return Found(
        book, recorded, trial_balance(desk.office, desk.book.code, first, max(first, book.month)).rows
    )  # fmt: skip


def _draw(desk: Desk, folder: Path) -> list[Path]:
    from villagebooks.services.opening.printing import print_hand_over  # noqa: PLC0415  (reportlab: window first)

    return [print_hand_over(desk, folder / f"{desk.book.code}-hand-over.pdf")]
