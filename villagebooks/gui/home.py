"""首页: the month as a board, villages by steps; each cell a sign, a word and the way to its page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Signal

from villagebooks.core.board import BoardRow, LateSteps
from villagebooks.core.closing import CLOSED, OPEN
from villagebooks.core.period import Month
from villagebooks.core.words import _
from villagebooks.gui.chart import Bars, MonthBars
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page, label
from villagebooks.gui.step import BANK, CLOSING, PAPERS, QUERY, SHEET, SIGNING, VOUCHERS
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import DONE, LATE, PLAIN, WAIT, Mark
from villagebooks.services.board import read_board, read_year
from villagebooks.services.desk import Desk, Office
from villagebooks.services.whistle import late_of_no_village

TARGETS = (VOUCHERS, PAPERS, SIGNING, VOUCHERS, BANK, CLOSING, SHEET, QUERY)
"""Where a click on each column leads."""


def board_columns() -> tuple[Column, ...]:
    """The steps of a month."""
    return (
        Column(_("账套"), lambda row: row.book, text=lambda row: f"{row.book}　{row.name}"),
        Column(_("报账"), paper_mark, STATE, 16),
        Column(_("审核"), signing_mark, STATE, 20),
        Column(_("记账"), posting_mark, STATE, 14),
        Column(_("对账"), bank_mark, STATE, 11),
        Column(_("结账"), closing_mark, STATE, 11),
        Column(_("公示"), sheet_mark, STATE, 20),
        Column(_("查询库"), query_mark, STATE, 16),
    )


class HomePage(Page):
    """`wanted` carries (book code, page) of the cell that was opened."""

    wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        self.title = _("首页")
        super().__init__(seat)
        empty = _("还没有账套。到“设置”里新建账套，或导入历史账。")
        self.table = Table(board_columns(), _("本月进度"), empty)
        self.summary = label("", "muted")
        self.table.head.insertWidget(1, self.summary)
        self.chart, self.whose = MonthBars(), label("", "heading")
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.whose)
        self.body.addWidget(self.chart, 2)
        self.table.view.clicked.connect(self._click)
        self.table.opened.connect(self._open)
        self.setFocusProxy(self.table.view)

    def load(self) -> None:
        """Read the board."""
        self.seat.worker.read(partial(_read, self.seat.office, self.seat.month), self._take, key=self)
        if self.seat.book:
            title = _("{book}　{y} 年每月收入和支出（账面）")
            self.whose.setText(title.format(book=self.seat.book.name, y=self.seat.month.year))
            self.seat.worker.read(partial(_year, self.seat.desk), self.chart.put, key=self.chart)

    def _take(self, found: tuple[list[BoardRow], int]) -> None:
        rows, elsewhere = found
        month = self.seat.month
        self.heading.setText(_("{y} 年 {m} 月").format(y=month.year, m=month.month))
        self.table.put(rows)
        late, waiting = sum(row.is_late for row in rows), sum(row.waiting for row in rows)
        text = _("{n} 个账套　待办 {waiting} 件　张榜迟 {late} 个　逾期 {steps} 件")
        steps = elsewhere + sum(row.late_steps for row in rows)
        self.summary.setText(text.format(n=len(rows), waiting=waiting, late=late, steps=steps))
        here = self.seat.book.code if self.seat.book else ""
        self.table.go_to(lambda row: row.book == here)

    def _click(self, index: QModelIndex) -> None:
        self._go(self.table.model.record(index.row()), index.column())

    def _open(self, row: BoardRow) -> None:
        self._go(row, self.table.view.currentIndex().column())

    def _go(self, row: BoardRow, column: int) -> None:
        if column:
            self.wanted.emit((row.book, TARGETS[column]))
        else:
            self.wanted.emit((row.book, ""))


def _read(office: Office, month: Month) -> tuple[list[BoardRow], int]:
    return read_board(office, month), late_of_no_village(office)


def _year(desk: Desk) -> list[Bars]:
    return [Bars(*one) for one in read_year(desk)]


def paper_mark(row: BoardRow) -> Mark:
    """报账: what has not been taken or sent back."""
    if row.late_papers:
        return late_mark(row.late_papers)
    total = sum(row.papers.values())
    open_ones = total - row.papers.get("booked", 0) - row.papers.get("accepted", 0)
    if open_ones:
        return Mark(_("{n} 张待受理").format(n=open_ones), WAIT)
    if row.papers.get("accepted"):
        return Mark(_("{n} 张待做凭证").format(n=row.papers["accepted"]), WAIT)
    return Mark(_("{n} 张已入账").format(n=total), DONE) if total else Mark(_("没有"), PLAIN)


def late_mark(late: LateSteps) -> Mark:
    """How many days late, with whom it lies, how many there are."""
    who = late.people[0] if late.people else ""
    more = _("等 {n} 件").format(n=late.count) if late.count > 1 else ""
    return Mark(_("迟 {days} 天 {who}{more}").format(days=late.days, who=who, more=more), LATE)


def signing_mark(row: BoardRow) -> Mark:
    """审核: vouchers that wait for a signature, and how late with whom."""
    if row.late_signing:
        return late_mark(row.late_signing)
    waiting = row.vouchers.get("draft", 0) + row.vouchers.get("submitted", 0)
    if waiting:
        return Mark(_("{n} 张待签").format(n=waiting), WAIT)
    total = row.vouchers.get("approved", 0) + row.vouchers.get("posted", 0)
    return Mark(_("{n} 张签完").format(n=total), DONE) if total else Mark(_("没有"), PLAIN)


def posting_mark(row: BoardRow) -> Mark:
    """记账: vouchers that are signed and not posted."""
    if row.vouchers.get("approved"):
        return Mark(_("{n} 张待记账").format(n=row.vouchers["approved"]), WAIT)
    posted = row.vouchers.get("posted", 0)
    return Mark(_("已记 {n} 张").format(n=posted), DONE) if posted else Mark(_("没有"), PLAIN)


def bank_mark(row: BoardRow) -> Mark:
    """对账: bank accounts whose reconciliation is confirmed."""
    if not row.banks:
        return Mark("—", PLAIN)
    if row.reconciled >= row.banks:
        return Mark(_("已对账"), DONE)
    if row.reconciled:
        return Mark(_("对了 {n}/{all} 户").format(n=row.reconciled, all=row.banks), WAIT)
    return Mark(_("未对账"), WAIT)


def closing_mark(row: BoardRow) -> Mark:
    """结账: whether the month is closed, or may be as far as its vouchers go."""
    if row.state != OPEN:
        return Mark(_("已结账") if row.state == CLOSED else _("已锁定"), DONE)
    if row.waiting:
        return Mark(_("还不能结"), PLAIN)
    return Mark(_("可以结账"), WAIT) if row.vouchers.get("posted") else Mark("—", PLAIN)


def sheet_mark(row: BoardRow) -> Mark:
    """公示: when it should hang, how long it hangs."""
    if row.put_up is None:
        day = _("{m}月{d}日").format(m=row.due.month, d=row.due.day)
        return (
            Mark(_("迟了：应{day}张榜").format(day=day), LATE)
            if row.is_late
            else Mark(_("{day}前张榜").format(day=day))
        )
    if row.stay_until and not row.has_stood:
        return Mark(_("公示到{m}月{d}日").format(m=row.stay_until.month, d=row.stay_until.day), WAIT)
    return Mark(_("公示期满"), DONE)


def query_mark(row: BoardRow) -> Mark:
    """查询库: whether the month, having stood its days, was exported."""
    if not row.has_stood or row.stay_until is None:
        return Mark("—", PLAIN)
    if row.exported and row.exported >= row.stay_until:
        return Mark(_("{m}月{d}日导出").format(m=row.exported.month, d=row.exported.day), DONE)
    return Mark(_("可以导出"), WAIT)
