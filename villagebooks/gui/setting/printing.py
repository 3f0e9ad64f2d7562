"""打印 as a panel: the paper for vouchers, a printer for each kind of document, offsets, test pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.stationery import (
    VOUCHER_SHEETS,
    Format,
    Offset,
    document_kinds,
    format_titles,
    voucher_sheet_names,
)
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import Halves
from villagebooks.gui.millimetre import MillimetreEdit
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.preview.send import Order, Report, print_pdf
from villagebooks.gui.printer import Printers
from villagebooks.gui.tab import Panel
from villagebooks.gui.theme import px, span
from villagebooks.services.desk import Office


class PrintingPanel(Panel):
    """What this PC keeps of its printers; all of it counts at once. `printed` (title, draw): a test page to look at."""

    printed = Signal(str, object)

    def __init__(self, seat: Seat, printers: Printers) -> None:
        super().__init__()
        self._seat, self._printers = seat, printers
        self._papers = tuple(format_titles())
        self.strip = Strip()
        sheets = {voucher_sheet_names()[name]: name for name in VOUCHER_SHEETS}
        self.sheet = self._combo(_("凭证的纸"), self._keep_sheet, sheets)
        self.printers = {kind: self._combo(words, self._keep_printers) for kind, words in document_kinds().items()}
        self.printer = self._combo(_("打印机"), self._show_offset)
        self.paper = self._combo(_("纸"), self._show_offset, {one.title: one.name for one in self._papers})
        self.right, self.down = MillimetreEdit(_("向右偏移（毫米）")), MillimetreEdit(_("向下偏移（毫米）"))
        for edit in (self.right, self.down):
            edit.editingFinished.connect(self._keep_offset)
        self.print_test = button(_("打印测试页"), self.test, "printer", primary=True)
        left, right = QFormLayout(), self._offset_form()
        left.addRow(label(_("凭证"), "heading"))
        left.addRow(_("凭证的纸"), self.sheet)
        left.addRow(label(_("每种单据用哪台打印机"), "heading"))
        for kind, words in document_kinds().items():
            left.addRow(words, self.printers[kind])
        text = label(
            _("偏移只在打印时加上，预览和另存的文件不变。每台打印机、每种纸各记各的，记在这台电脑上。"), "muted"
        )
        text.setWordWrap(True)
        right.addRow(text)
        left.setVerticalSpacing(px("gap_px"))
        left.setHorizontalSpacing(px("gap_px") * 2)
        halves = QWidget(), QWidget()
        for half, form, before in zip(halves, (left, right), (0, px("gap_px") * 2), strict=True):
            form.setContentsMargins(before, 0, px("gap_px") * 2, px("gap_px") * 2)
            half.setLayout(form)
        inside = Halves(*halves, (1, 1))
        inside.setMaximumWidth(span(980))
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        box.addWidget(inside)
        box.addStretch(1)
        self.load()

    def load(self) -> None:
        """Show what is kept, and the printers that the system has now."""
        names = self._printers.names()
        for combo in (self.sheet, *self.printers.values(), self.printer, self.paper):
            combo.blockSignals(True)
        self.sheet.setCurrentIndex(self.sheet.findData(self._printers.voucher_sheet))
        for kind, combo in self.printers.items():
            _fill(combo, names, self._printers.last(kind))
        shown = self.printer.currentText()
        self.printer.clear()
        self.printer.addItems(list(names))
        self.printer.setCurrentIndex(max(0, self.printer.findText(shown)))
        for combo in (self.sheet, *self.printers.values(), self.printer, self.paper):
            combo.blockSignals(False)
        for widget in (self.printer, self.print_test, self.right, self.down):
            widget.setEnabled(bool(names))
        if not names:
            self.strip.hint(_("这台电脑没有装打印机"))
        self._show_offset()

    def offset(self) -> Offset:
        """The offset as it stands in the entries."""
        return Offset(self.right.tenths(), self.down.tenths())

    def look(self) -> None:
        """The test page in the preview."""
        self._keep_offset()
        draw = partial(draw_test, self._seat.office, self._format(), self.printer.currentText(), self.offset())
        self.printed.emit(_("打印测试页"), draw)

    def test(self) -> None:
        """Print the test page of the paper on the printer, with the offset as it stands."""
        self._keep_offset()
        name, paper, offset = self.printer.currentText(), self._format(), self.offset()
        printer = self._printers.make(name)
        act = partial(print_test, self._seat.office, paper, name, offset, printer)
        self._seat.worker.long(act, self._tested, _("打印测试页"), self.strip.show_problems, reads=True)

    def _offset_form(self) -> QFormLayout:
        form = QFormLayout()
        form.setVerticalSpacing(px("gap_px"))
        form.setHorizontalSpacing(px("gap_px") * 2)
        form.addRow(label(_("印出来偏了：偏移"), "heading"))
        for words, entry in (
            (_("打印机"), self.printer), (_("纸"), self.paper), (self.right.accessibleName(), self.right),
            (self.down.accessibleName(), self.down),
        ):  # fmt: skip
            form.addRow(words, entry)
        line = QHBoxLayout()
        line.setSpacing(px("gap_px"))
        line.addWidget(self.print_test)
        line.addWidget(button(_("看测试页"), self.look, "eye"))
        line.addStretch(1)
        form.addRow(line)
        return form

    def _combo(self, name: str, changed: Callable[[int], None], words: Mapping[str, str] | None = None) -> QComboBox:
        made = Combo()
        for text, data in (words or {}).items():
            made.addItem(text, data)
        made.setAccessibleName(name)
        made.currentIndexChanged.connect(changed)
        return made

    def _format(self) -> Format:
        return self._papers[max(0, self.paper.currentIndex())]

    def _keep_sheet(self, _place: int) -> None:
        self._printers.voucher_sheet = str(self.sheet.currentData())
        self.strip.say(_("已保存，从下一次打印起用"))

    def _keep_printers(self, _place: int) -> None:
        for kind, combo in self.printers.items():
            self._printers.remember(kind, str(combo.currentData() or ""))
        self.strip.say(_("已保存，从下一次打印起用"))

    def _keep_offset(self) -> None:
        name = self.printer.currentText()
        if name and self.offset() != self._printers.offset(name, self._format()):
            self._printers.put_offset(name, self._format(), self.offset())
            text = _("已保存：{printer}，{paper}，{offset}")
            self.strip.say(text.format(printer=name, paper=self._format().title, offset=self.offset()))

    def _show_offset(self, _place: int = 0) -> None:
        found = self._printers.offset(self.printer.currentText(), self._format())
        self.right.put(found.right)
        self.down.put(found.down)

    def _tested(self, _pages: int) -> None:
        self.strip.say(_("测试页已送去打印：照页上的表量一量，填上偏移再印一张"))


def draw_test(office: Office, paper: Format, printer: str, offset: Offset, folder: Path) -> list[Path]:
    """The test page in a folder."""
    from villagebooks.services.printout import print_ruler  # noqa: PLC0415  (reportlab: window first)

    name = _("测试页-{paper}").format(paper=paper.name)
    return [print_ruler(office, paper, printer, offset, folder / f"{name}.pdf")]


def print_test(
    office: Office, paper: Format, name: str, offset: Offset, printer: QPrinter, report: Report
) -> int:  # fmt: skip
    """Draw the test page and print it with its offset."""
    with TemporaryDirectory(prefix="villagebooks-test-", ignore_cleanup_errors=True) as folder:
        (path,) = draw_test(office, paper, name, offset, Path(folder))
        return print_pdf(path, printer, report, Order(offsets={paper: offset}))


def _fill(combo: QComboBox, names: tuple[str, ...], last: str) -> None:
    """Printers to choose from; one that is gone stays, and says so."""
    combo.clear()
    combo.addItem(_("系统默认的打印机"), "")
    for name in names:
        combo.addItem(name, name)
    if last and last not in names:
        combo.addItem(_("{name}（现在找不到）").format(name=last), last)
    combo.setCurrentIndex(max(0, combo.findData(last)))
