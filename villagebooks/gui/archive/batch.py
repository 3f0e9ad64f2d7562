"""成批打印: choose books and a kind of paper; it is drawn beside the work, then looked at, printed or kept."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from villagebooks.core.batch import BATCH_KINDS, BATCH_WORDS, NOTICE_PAPERS, YEARLY, BatchOrder
from villagebooks.core.problem import Problem
from villagebooks.core.stationery import NOTICES, VOUCHER_SHEETS, VOUCHERS, voucher_sheet_names
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.printer import Printers
from villagebooks.gui.theme import DONE, WAIT, colour, px
from villagebooks.services.batch import BatchResult, print_batch


@dataclass(frozen=True, slots=True)
class BatchChoices:
    """Which paper, on what, joined or not, and the books that were not ticked."""

    kind: str
    notice: str
    joined: bool
    left_out: tuple[str, ...]


class BatchPanel(QWidget):
    """`made` carries (title, PDF files, kind of document) to look at and print."""

    made = Signal(str, object, str)

    def __init__(self, seat: Seat, printers: Printers) -> None:
        super().__init__()
        self._seat, self._printers = seat, printers
        self._order: BatchOrder | None = None
        self._result: BatchResult | None = None
        self._turn, self._title = 0, ""
        self.folder = Path(tempfile.mkdtemp(prefix="villagebooks-batch-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.strip = Strip()
        self.books = QListWidget()
        self.books.setAccessibleName(_("要印的账套"))
        self.kind, self.sheet, self.notice = Combo(), Combo(), Combo()
        for combo, name in ((self.kind, _("印什么")), (self.sheet, _("凭证的纸")), (self.notice, _("公开榜的纸"))):
            combo.setAccessibleName(name)
            combo.setMinimumWidth(240)
        for kind in BATCH_KINDS:
            self.kind.addItem(_(BATCH_WORDS[kind]), kind)
        for sheet in VOUCHER_SHEETS:
            self.sheet.addItem(voucher_sheet_names()[sheet], sheet)
        self.notice.addItems(list(NOTICE_PAPERS))
        self.kind.currentIndexChanged.connect(self._show_kind)
        self.sheet.currentIndexChanged.connect(self._keep_sheet)
        self.joined = QCheckBox(_("合成一个文件（不选就一个账套一个文件）"))
        self.when = QLabel()
        self.start = button(_("开始"), self.draw, "printer", primary=True)
        self.look = button(_("看和打印"), self.show_made, "eye")
        self.look.setEnabled(False)
        self._lay_out()
        seat.listed.connect(self._fill_books)
        seat.worker.working.connect(self._watch)
        self._fill_books()
        self.load()

    def load(self) -> None:
        """Which month the window is in, and the paper for vouchers that this PC has now."""
        self.sheet.setCurrentIndex(self.sheet.findData(self._printers.voucher_sheet))
        self._show_kind()

    @property
    def has_made(self) -> bool:
        """Whether something is drawn that can still be looked at, or is being drawn."""
        return self._result is not None or bool(self._title)

    def choices(self) -> BatchChoices:
        """What is chosen, for `choose` of another."""
        ticked = self.codes()
        left_out = tuple(one.code for one in self._seat.books if one.code not in ticked)
        return BatchChoices(str(self.kind.currentData()), self.notice.currentText(), self.joined.isChecked(), left_out)

    def choose(self, kept: BatchChoices) -> None:
        """As in another."""
        self.kind.setCurrentIndex(max(0, self.kind.findData(kept.kind)))
        self.notice.setCurrentText(kept.notice)
        self.joined.setChecked(kept.joined)
        for place in range(self.books.count()):
            item = self.books.item(place)
            left_out = str(item.data(_CODE)) in kept.left_out
            item.setCheckState(Qt.CheckState.Unchecked if left_out else Qt.CheckState.Checked)

    def codes(self) -> tuple[str, ...]:
        """Books that are ticked."""
        items = [self.books.item(place) for place in range(self.books.count())]
        return tuple(str(one.data(_CODE)) for one in items if one.checkState() == Qt.CheckState.Checked)

    def tick_all(self) -> None:
        """Every book."""
        self._tick(Qt.CheckState.Checked)

    def tick_none(self) -> None:
        """No book."""
        self._tick(Qt.CheckState.Unchecked)

    def draw(self) -> None:
        """Draw what is asked for, beside whatever else is done in the window."""
        order = BatchOrder(
            str(self.kind.currentData()), self.codes(), self._seat.month, str(self.sheet.currentData()),
            self.notice.currentText(), self.joined.isChecked(),
        )  # fmt: skip
        if not order.codes:
            self.strip.hint(_("先在左边勾选要印的账套"))
            return
        self._turn += 1
        self._order, self._result = order, None
        self._mark(())
        self.start.setEnabled(False)
        self.look.setEnabled(False)
        self.strip.hint(_("正在画，可以先去做别的；窗口上方可以停下，停下就什么也不留。"))
        act = partial(print_batch, self._seat.office, order, self.folder / str(self._turn))
        title = _("画{title}").format(title=order.title)
        self._title = title
        self._seat.worker.long(act, self._drawn, title, self._refuse, reads=True)

    def show_made(self) -> None:
        """The files in the preview."""
        if self._order and self._result:
            self.made.emit(self._order.title, self._result.paths, self._order.document)

    def _lay_out(self) -> None:
        left, ticks = QVBoxLayout(), QHBoxLayout()
        for line in (left, ticks):
            line.setSpacing(px("gap_px"))
        ticks.addWidget(label(_("账套"), "heading"))
        ticks.addStretch(1)
        ticks.addWidget(button(_("全选"), self.tick_all, "check-check"))
        ticks.addWidget(button(_("全不选"), self.tick_none, "x"))
        left.addLayout(ticks)
        left.addWidget(self.books, 1)
        right = QVBoxLayout()
        right.setSpacing(px("gap_px"))
        for part in (label(_("印什么"), "heading"), self.kind, self.when, self.sheet, self.notice, self.joined):
            right.addWidget(part)
        acts = QHBoxLayout()
        acts.addWidget(self.start)
        acts.addWidget(self.look)
        acts.addStretch(1)
        right.addLayout(acts)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(px("gap_px") * 4)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.addWidget(self.strip)
        box.addLayout(both, 1)

    def _fill_books(self) -> None:
        self.books.clear()
        for one in self._seat.books:
            item = QListWidgetItem(f"{one.code} {one.name}", self.books)
            item.setData(_CODE, one.code)
            item.setData(_NAME, item.text())
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if one.stopped is None else Qt.CheckState.Unchecked)

    def _tick(self, state: Qt.CheckState) -> None:
        for place in range(self.books.count()):
            self.books.item(place).setCheckState(state)

    def _show_kind(self, _place: int = 0) -> None:
        kind = str(self.kind.currentData())
        self.sheet.setVisible(kind == VOUCHERS)
        self.notice.setVisible(kind == NOTICES)
        month = self._seat.month
        text = _("{year}年{month}月，换月份用窗口上方的月份")
        text = _("{year}年，换年份用窗口上方的月份") if kind in YEARLY else text
        self.when.setText(text.format(year=month.year, month=month.month))

    def _keep_sheet(self, _place: int) -> None:
        self._printers.voucher_sheet = str(self.sheet.currentData())

    def _drawn(self, result: BatchResult) -> None:
        self._result = result
        self.look.setEnabled(True)
        text = _("画好 {n} 个账套，{files} 个文件。").format(n=result.books, files=len(result.paths))
        if result.failed:
            self._mark(result.failed)
            told = _("没有画的 {n} 个，左边写着为什么。").format(n=len(result.failed))
            self.strip.say(f"{text}{told}", WAIT)
        else:
            self.strip.say(text, DONE)
            if self.isVisible():
                self.show_made()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self._mark(problems)
        told = _("一个账套也没有画，左边写着为什么。")
        self.strip.show_problems([one for one in problems if not one.where] or [Problem(told)])

    def _mark(self, problems: Sequence[Problem]) -> None:
        """Say beside each book why there is no paper of it."""
        why = {one.where: one.text for one in problems}
        for place in range(self.books.count()):
            item = self.books.item(place)
            name = str(item.data(_NAME))
            item.setText(_("{where}：{text}").format(where=name, text=why[name]) if name in why else name)
            item.setForeground(colour("red" if name in why else "ink"))

    def _watch(self, titles: tuple[str, ...]) -> None:
        """Our work is under way no more, done or stopped: what it has to say comes after this."""
        if self._title and self._title not in titles:
            self._title = ""
            self.start.setEnabled(True)
            self.strip.say("")


_CODE = Qt.ItemDataRole.UserRole
_NAME = _CODE + 1
