"""作废与撤销清单: what was undone after somebody had signed it, of the year in hand."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from villagebooks.core.cancellation import Cancellation, what_words
from villagebooks.core.period import Month, Span
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page
from villagebooks.gui.table import MONEY, Column, Table
from villagebooks.services.cancellation import CancellationReport, cancellations
from villagebooks.services.cancellation.printing import cancellation_bytes, print_cancellations
from villagebooks.services.desk import Office
from villagebooks.services.file import save_table

ALL = "all"


def cancellation_columns() -> tuple[Column, ...]:
    """Columns of the report."""
    return (
        Column(_("账套"), lambda one: one.book, width=7),
        Column(_("所属月份"), lambda one: one.month, width=9),
        Column(_("什么"), lambda one: what_words(one.what), width=18),
        Column(_("哪一张"), lambda one: one.object, width=14),
        Column(_("金额"), lambda one: one.amount_fen, MONEY, 13),
        Column(_("谁签字"), lambda one: one.people, width=26, spare=True),
        Column(_("什么时候"), lambda one: one.at, width=16, text=lambda one: one.at[:16].replace("T", " ")),
        Column(_("原因"), lambda one: one.why),
    )


class CancellationPage(Page):
    """`returned`: Escape; `voucher_wanted` the uid of a voucher; `printed` a title and what draws it."""

    returned = Signal()
    voucher_wanted = Signal(str)
    printed = Signal(str, object)

    def __init__(self, seat: Seat) -> None:
        self.title = _("作废与撤销清单")
        super().__init__(seat)
        self._report: CancellationReport | None = None
        self.scope = Combo()
        self.scope.setAccessibleName(_("范围"))
        self.scope.addItems([_("本账套"), _("全部账套")])
        self.scope.currentIndexChanged.connect(self._again)
        self.head.insertWidget(1, self.scope)
        empty = _("这一年没有签过字又作废、退回、冲销、撤销或反结账的。")
        self.table = Table(cancellation_columns(), self.title, empty)
        self.table.opened.connect(self._open)
        self.body.addWidget(self.table, 1)
        self.setFocusProxy(self.table.view)
        self.add_act(_("返回"), self.returned.emit, "arrow-left")
        self.add_act(_("存为 CSV…"), self.ask_file, "download")
        self.add_act(_("打印"), self.print_out, "printer", primary=True)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.returned)

    def load(self) -> None:
        """Read the year."""
        year = self.seat.month.year
        self.heading.setText(_("{year} 年作废与撤销清单").format(year=year))
        book = ALL if self.scope.currentIndex() or not self.seat.book else self.seat.book.code
        act = partial(cancellations, self.seat.office, book, Span(Month(year, 1), Month(year, 12)))
        self.seat.worker.read(act, self._take, self.strip.show_problems, key=self)

    def print_out(self) -> None:
        """On paper."""
        if self._report:
            self.printed.emit(self.title, partial(_draw, self.seat.office, self._report))

    def ask_file(self) -> None:
        """As a file for a spreadsheet."""
        name = _("{year}-作废与撤销清单.csv").format(year=self.seat.month.year)
        path, _kind = QFileDialog.getSaveFileName(self, _("存为 CSV"), name, "CSV (*.csv)")
        if path and self._report:
            self.seat.worker.read(partial(_write, self._report, Path(path)), self._saved)

    def _again(self, _place: int) -> None:
        self.load()

    def _take(self, report: CancellationReport) -> None:
        self._report = report
        self.table.put(report.rows)
        if report.rows:
            self.table.view.selectRow(0)

    def _open(self, one: Cancellation) -> None:
        table, _colon, key = one.ref.partition(":")
        if table == "voucher" and self.seat.book and one.book == self.seat.book.code:
            self.voucher_wanted.emit(key)

    def _saved(self, path: Path) -> None:
        self.strip.say(_("已存为 {path}").format(path=path))


def _draw(office: Office, report: CancellationReport, folder: Path) -> list[Path]:
    return [print_cancellations(office, report, folder / f"{report.span}-cancellations.pdf")]


def _write(report: CancellationReport, path: Path) -> Path:
    save_table(path, cancellation_bytes(report, "csv"))
    return path
