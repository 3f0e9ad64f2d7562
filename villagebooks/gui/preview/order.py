"""What is asked before printing, in its place above the page: printer, copies, pages, both sides, and the offset."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from villagebooks.core.problem import Problem
from villagebooks.core.stationery import OTHERS, Format, Offset
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.count import CountEdit
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.millimetre import MillimetreEdit
from villagebooks.gui.page import button, label
from villagebooks.gui.preview.send import Order
from villagebooks.gui.printer import Printers
from villagebooks.gui.theme import px

MOST_COPIES = 99


class OrderPanel(QFrame):
    """`wanted` carries a printer (QPrinter) and an `Order`; `told` a sentence about the printer."""

    wanted = Signal(object, object)
    told = Signal(str)

    def __init__(self, printers: Printers) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.printers = printers
        self._kind, self._paper, self._count = OTHERS, Format(210, 297), 1
        self.printer, self.copies = Combo(), _count_edit(_("份数"), MOST_COPIES)
        self.printer.setAccessibleName(_("打印机"))
        self.printer.setMinimumWidth(200)
        self.printer.currentIndexChanged.connect(self._show_offset)
        self.first, self.last = _count_edit(_("从第几页"), 99_999), _count_edit(_("到第几页"), 99_999)
        self.duplex, self.whole = QCheckBox(_("双面")), QCheckBox()
        self.whole.toggled.connect(self._show_pages)
        self.right, self.down = MillimetreEdit(_("向右偏移（毫米）")), MillimetreEdit(_("向下偏移（毫米）"))
        for edit in (self.right, self.down):
            edit.setFixedWidth(64)
        self.paper = label("", "muted")
        self.go = button(_("开始打印"), self.ask, "printer", primary=True)
        self.more = button(_("打印机属性…"), self.ask_more, "settings")
        upper = (
            label(_("打印机")), self.printer, label(_("份数")), self.copies, label(_("从第几页")), self.first,
            label(_("到第几页")), self.last, self.whole, self.duplex,
        )  # fmt: skip
        lower = (
            label(_("偏移（毫米）：向右")), self.right, label(_("向下")), self.down, self.paper, self.go, self.more,
            button(_("不印了（Esc）"), self.hide),
        )  # fmt: skip
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(_line(upper))
        box.addLayout(_line(lower))
        self.hide()

    def open(self, kind: str, paper: Format, count: int, files: int = 1) -> None:
        """Ask for a document of a kind, on a paper, with so many pages, one of so many files; the printer of last time
        is chosen."""
        self.whole.setVisible(files > 1)
        self.whole.setChecked(files > 1)
        self.whole.setText(_("全部 {n} 个文件").format(n=files))
        self._kind, self._paper, self._count = kind, paper, count
        name, sentence = self.printers.choose(kind)
        self.printer.blockSignals(True)
        self.printer.clear()
        self.printer.addItems(list(self.printers.names()))
        self.printer.setCurrentText(name)
        self.printer.blockSignals(False)
        self.copies.setText("1")
        self.first.setText("1")
        self.last.setText(str(count))
        self.duplex.setChecked(self.printers.duplex(kind))
        self.paper.setText(paper.title)
        self._show_offset()
        there = bool(name)
        for widget in (self.go, self.more, self.printer):
            widget.setEnabled(there)
        nothing = _("这台电脑没有装打印机：可以另存为 PDF，拿到别处打印")
        self.told.emit(sentence if there else _("；").join(one for one in (sentence, nothing) if one))
        self.show()
        (self.go if there else self.copies).setFocus()

    def ask(self) -> None:
        """Print as it stands in the panel."""
        self._start(None)

    def ask_more(self) -> None:
        """Let the system's own dialog ask for trays and whatever else the printer has."""
        self._start(self._ask_system)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next entry and prints from the last."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _start(self, confirm: Callable[[QPrinter], bool] | None) -> None:
        name = self.printer.currentText()
        if not name or not self._counts_are_right() or not self._pages_are_right():
            return
        printer = self.printers.make(name)
        if confirm is not None and not confirm(printer):
            return
        name = printer.printerName() or name
        offset = Offset(self.right.tenths(), self.down.tenths())
        self.printers.put_offset(name, self._paper, offset)
        self.printers.remember(self._kind, name, duplex=self.duplex.isChecked())
        order = Order(
            _number(self.first, 1), _number(self.last, self._count), _number(self.copies, 1),
            self.duplex.isChecked(), {**self.printers.offsets(name), self._paper: offset}, self.whole.isChecked(),
        )  # fmt: skip
        self.hide()
        self.wanted.emit(printer, order)

    def _counts_are_right(self) -> bool:
        """What is no count is a slip: 1.5 copies are not 15."""
        entries = (self.copies,) if self.whole.isChecked() else (self.copies, self.first, self.last)
        bad = next((one for one in entries if one.misread()), None)
        if bad is not None:
            self.told.emit(str(Problem(bad.misread(), bad.accessibleName())))
            bad.show_misread()
            bad.setFocus()
        return bad is None

    def _pages_are_right(self) -> bool:
        """A range that runs backwards, or begins after the last page, is a slip: it is told and nothing is printed."""
        first, last = _number(self.first, 1), _number(self.last, self._count)
        if self.whole.isChecked() or first <= min(last, self._count):
            return True
        if first > self._count:
            self.told.emit(_("一共只有 {n} 页，没有第 {first} 页：请改“从第几页”").format(n=self._count, first=first))
        else:
            text = _("从第 {first} 页到第 {last} 页写反了：前面的页码要不大于后面的，没有打印")
            self.told.emit(text.format(first=first, last=last))
        self.first.setFocus()
        self.first.selectAll()
        return False

    def _ask_system(self, printer: QPrinter) -> bool:
        return bool(QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted)

    def _show_pages(self, whole: bool) -> None:
        self.first.setEnabled(not whole)
        self.last.setEnabled(not whole)

    def _show_offset(self, _place: int = 0) -> None:
        offset = self.printers.offset(self.printer.currentText(), self._paper)
        self.right.put(offset.right)
        self.down.put(offset.down)


def _count_edit(name: str, most: int) -> CountEdit:
    made = CountEdit(1, most)
    made.setAccessibleName(name)
    made.setFixedWidth(56)
    made.setAlignment(Qt.AlignmentFlag.AlignRight)
    return made


def _number(entry: CountEdit, usual: int) -> int:
    return entry.number() or usual


def _line(parts: tuple[QWidget, ...]) -> FlowRow:
    made = FlowRow()
    made.setSpacing(px("gap_px"))
    for part in parts:
        made.addWidget(part)
    made.addStretch(1)
    return made
