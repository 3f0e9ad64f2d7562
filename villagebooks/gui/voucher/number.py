"""断号: the year's numbers by month and word; which are void, by whom and why, which are missing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from villagebooks.core.number import GAP, USED, NumberLine, NumberRow, number_rows, what_words
from villagebooks.core.period import Month, Span
from villagebooks.core.voucher import VOID
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page, label
from villagebooks.gui.table import NUMBER, STATE, Column, Table
from villagebooks.gui.theme import DONE, LATE, PLAIN, Mark
from villagebooks.services.file import save_table
from villagebooks.services.number import number_report
from villagebooks.services.report import CSV, numbers_bytes


def row_columns() -> tuple[Column, ...]:
    """Columns of the months."""
    return (
        Column(_("月份"), lambda one: one.month, width=10),
        Column(_("字"), lambda one: one.word, width=5),
        Column(_("号码"), lambda one: one.last, text=lambda one: f"1—{one.last}"),
        Column(_("作废"), lambda one: one.void or None, NUMBER, 7),
        Column(_("缺号"), lambda one: one.missing or None, NUMBER, 7),
        Column(_("是否连续"), _row_mark, STATE, 12),
    )


def line_columns() -> tuple[Column, ...]:
    """Columns of the numbers that are void or missing."""
    return (
        Column(_("月份"), lambda one: one.month, width=10),
        Column(_("字号"), lambda one: (one.word, one.first), width=12, text=lambda one: f"{one.word}-{one.numbers}"),
        Column(_("状态"), _line_mark, STATE, 9),
        Column(_("作废人"), lambda one: one.by, width=10),
        Column(_("时间"), lambda one: one.at, width=17, text=lambda one: one.at[:16].replace("T", " "), spare=True),
        Column(_("原因"), _why),
    )


class NumberPage(Page):
    """`returned`: Escape; `voucher_wanted` carries the uid of a void voucher."""

    returned = Signal()
    voucher_wanted = Signal(str)

    def __init__(self, seat: Seat) -> None:
        self.title = _("凭证号")
        super().__init__(seat)
        self._lines: list[NumberLine] = []
        self.rows = Table(row_columns(), _("每月的凭证号"), _("这一年还没有凭证。"), filtered=False)
        self.lines = Table(line_columns(), _("作废和缺的凭证号"), _("这一年没有作废、也没有缺的凭证号。"))
        self.lines.opened.connect(self._open)
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(
            label(_("作废的留着号码。本程序编的号不会缺；缺的是导入的历史账，要到原来的账里查明。"), "muted")
        )
        self.body.addWidget(self.lines, 1)
        self.setFocusProxy(self.lines.view)
        self.add_act(_("返回"), self.returned.emit, "arrow-left")
        self.add_act(_("存为 CSV…"), self.ask_file, "download")
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.returned)

    def load(self) -> None:
        """Read the year."""
        year = self.seat.month.year
        self.heading.setText(_("{year} 年凭证号").format(year=year))
        act = partial(number_report, self.seat.desk, Span(Month(year, 1), Month(year, 12)))
        self.seat.worker.read(act, self._take, self.strip.show_problems, key=self)

    def ask_file(self) -> None:
        """Ask where to, and write the report."""
        text = _("{book}-{year}-凭证号.csv")
        name = text.format(book=self.seat.desk.book.code, year=self.seat.month.year)
        path, _kind = QFileDialog.getSaveFileName(self, _("存为 CSV"), name, "CSV (*.csv)")
        if path:
            self.seat.worker.read(partial(_write, tuple(self._lines), Path(path)), self._saved)

    def _take(self, found: list[NumberLine]) -> None:
        self._lines = found
        self.rows.put(number_rows(found))
        self.lines.put([one for one in found if one.what != USED])

    def _open(self, one: NumberLine) -> None:
        if one.uid:
            self.voucher_wanted.emit(one.uid)

    def _saved(self, path: Path) -> None:
        self.strip.say(_("已存为 {path}").format(path=path))


def _write(lines: tuple[NumberLine, ...], path: Path) -> Path:
    save_table(path, numbers_bytes(lines, CSV))
    return path


def _row_mark(one: NumberRow) -> Mark:
    return Mark(_("缺 {n} 个").format(n=one.missing), LATE) if one.missing else Mark(_("连续"), DONE)


def _line_mark(one: NumberLine) -> Mark:
    return Mark(what_words(one.what), LATE if one.what == GAP else PLAIN)


def _why(one: NumberLine) -> str:
    if one.what == VOID and not one.why:
        return _("没有写") if one.by else _("导入时就是作废的")
    return one.why
