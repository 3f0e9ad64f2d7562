"""Print preview inside the window: PDFs that services make in a folder of this session, shown, printed and saved."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QScrollArea

from villagebooks.core.stationery import LEDGERS, OTHERS, VOUCHER_SHEETS, VOUCHERS, Format, voucher_sheet_names
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.page import Page, button, label
from villagebooks.gui.preview.number import PageEdit
from villagebooks.gui.preview.order import OrderPanel
from villagebooks.gui.preview.render import look_at
from villagebooks.gui.preview.send import Order, print_files, save_pdf
from villagebooks.gui.printer import Printers
from villagebooks.gui.printing import Draw, LongDraw
from villagebooks.gui.theme import icon, px
from villagebooks.gui.worker import Refusal

WIDTH, WHOLE = "width", "whole"
EDGE = 24
"""Pixels left free beside the sheet."""


@dataclass(frozen=True, slots=True)
class _Act:
    """A button of the preview and its keys."""

    text: str
    act: Callable[[], None]
    icon_name: str
    keys: tuple[str, ...]


class PreviewPage(Page):
    """Shows the pages of one or several PDFs. `returned`: Escape, back to the page that asked; `wanted`: long work has
    drawn while another page showed."""

    returned = Signal()
    wanted = Signal()
    needs_book = False

    def __init__(self, seat: Seat, printers: Printers) -> None:
        self.title = _("打印预览")
        super().__init__(seat)
        self.folder = Path(tempfile.mkdtemp(prefix="villagebooks-preview-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.printers = printers
        self._files: list[Path] = []
        self._kind = OTHERS
        self._drawn: Draw | None = None
        self._page, self._count, self._zoom, self._fit = 0, 0, 1.0, WIDTH
        self._paper = Format(210, 297)
        self._turn = 0
        self.files, self.place, self.at = Combo(), label("", "muted"), PageEdit()
        self.papers, self.size_name = Combo(), label("", "muted")
        self._build_head()
        self.order = OrderPanel(printers)
        self.order.wanted.connect(self.print_on)
        self.order.told.connect(self.strip.hint)
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.sheet)
        self.sheet.setObjectName("sheet")
        self.setFocusProxy(self.area)
        self.area.setAccessibleName(self.title)
        self.body.addWidget(self.order)
        self.body.addWidget(self.area, 1)
        self.setWindowIcon(icon("printer"))

    def show_drawn(self, title: str, draw: Draw, kind: str = OTHERS) -> None:
        """Let a service draw into the session's folder, off the screen's thread, and show what it drew.

        The printer is remembered by `kind` of document (`core.stationery`); vouchers are drawn on the `sheet` of last
        time, which can be changed in its place.
        """
        self._drawn, self._kind = draw, kind
        self.papers.setVisible(kind == VOUCHERS)
        self.papers.blockSignals(True)
        self.papers.setCurrentIndex(self.papers.findData(self.printers.voucher_sheet))
        self.papers.blockSignals(False)
        self.heading.setText(title)
        self._begin(partial(draw, sheet=self.printers.voucher_sheet) if kind == VOUCHERS else draw)

    def draw_long(self, title: str, heading: str, draw: LongDraw, refused: Refusal) -> None:
        """Let long work of this title draw, beside which the window can be used; its paper shows under the heading."""
        act = partial(draw, self.new_folder())
        self.seat.worker.long(act, partial(self._show_long, heading), title, refused, reads=True)

    def show_made(self, title: str, paths: Sequence[Path], kind: str) -> None:
        """Show files of a kind that were drawn elsewhere."""
        self._drawn, self._kind = None, kind
        self.papers.hide()
        self.order.hide()
        self.heading.setText(title)
        self.show_files(paths)

    def new_folder(self) -> Path:
        """An empty folder of this session, for a service that draws before the preview shows."""
        self._turn += 1
        folder = self.folder / str(self._turn)
        folder.mkdir()
        return folder

    def show_files(self, paths: Sequence[Path]) -> None:
        """Show PDFs that are there."""
        self._files = [path for path in paths if path.suffix == ".pdf"]
        self.files.blockSignals(True)
        self.files.clear()
        self.files.addItems([path.stem for path in self._files])
        self.files.blockSignals(False)
        self.files.setVisible(len(self._files) > 1)
        self.save_all.setVisible(len(self._files) > 1)
        self._pick_file(0)
        if not self.papers.hasFocus():  # whoever goes through the papers by arrow keys is not thrown out of the box
            self.area.setFocus()

    def before(self) -> None:
        """The page before."""
        self._go(self._page - 1)

    def after(self) -> None:
        """The page after."""
        self._go(self._page + 1)

    def start(self) -> None:
        """The first page."""
        self._go(0)

    def end(self) -> None:
        """The last page."""
        self._go(self._count - 1)

    def ask_page(self) -> None:
        """To the entry that takes the number of a page."""
        self.at.setFocus()
        self.at.selectAll()

    def jump(self) -> None:
        """To the page whose number was typed; beyond the last one, to the last."""
        if wanted := self.at.number():
            self._go(min(wanted, self._count) - 1)
        self.area.setFocus()

    def larger(self) -> None:
        """A quarter larger."""
        self._zoom = min(4.0, self._zoom * 1.25)
        self._draw()

    def smaller(self) -> None:
        """A quarter smaller."""
        self._zoom = max(0.25, self._zoom / 1.25)
        self._draw()

    def fit_width(self) -> None:
        """As wide as the window."""
        self._fit, self._zoom = WIDTH, 1.0
        self._draw()

    def fit_whole(self) -> None:
        """The whole page in the window."""
        self._fit, self._zoom = WHOLE, 1.0
        self._draw()

    def leave(self) -> None:
        """Close what is asked before printing, else back."""
        if self.order.isVisible():
            self.order.hide()
            self.area.setFocus()
        else:
            self.returned.emit()

    def save(self) -> None:
        """Keep the file that shows; where the printer of its kind is off, it is asked whether moved or as it is."""
        if not self._files:
            return
        source = self._file()
        plain, moved = _("PDF 文件 (*.pdf)"), _("PDF 文件，连同打印机的偏移 (*.pdf)")
        offsets = self.printers.offsets(self.printers.choose(self._kind)[0])
        kinds = f"{plain};;{moved}" if offsets else plain
        path, chosen = QFileDialog.getSaveFileName(self, _("另存为 PDF"), source.name, kinds)
        if path:
            act = partial(save_pdf, source, Path(path), offsets if chosen == moved else None)
            self.seat.worker.read(act, self._saved)

    def save_every(self) -> None:
        """Keep every file in a folder that the person says."""
        folder = QFileDialog.getExistingDirectory(self, _("全部另存到哪个文件夹"))
        if folder:
            self.keep_in(Path(folder))

    def keep_in(self, folder: Path) -> None:
        """Keep every file in a folder."""
        act = partial(_save_every, tuple(self._files), folder)
        self.seat.worker.read(act, self._saved)

    def print(self) -> None:
        """Ask which printer, how often, which pages; then print the file that shows."""
        if self._files:
            self.order.open(self._kind, self._paper, self._count, len(self._files))

    def print_on(self, printer: QPrinter, order: Order | None = None) -> None:
        """Print on a printer that was chosen, off the screen's thread."""
        paths = self._files if order and order.whole else [self._file()]
        self.area.setFocus()
        self.seat.worker.long(lambda report: print_files(paths, printer, report, order), self._printed, _("打印"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet as wide as the window."""
        super().resizeEvent(event)
        self._draw()

    def _build_head(self) -> None:
        for combo, name in ((self.files, _("文件")), (self.papers, _("凭证的纸"))):
            combo.setAccessibleName(name)
            combo.hide()
        for sheet in VOUCHER_SHEETS:
            self.papers.addItem(voucher_sheet_names()[sheet], sheet)
        self.files.currentIndexChanged.connect(self._pick_file)
        self.papers.currentIndexChanged.connect(self._pick_sheet)
        self.at.returnPressed.connect(self.jump)
        self.at.left.connect(self.setFocus)
        self.head.insertWidget(1, self.files)
        self.head.insertWidget(2, self.papers)
        self.save_all = button(_("全部另存"), self.save_every, "download")
        self.save_all.hide()
        self.head.addWidget(self.save_all)
        for one in (
            _Act(_("返回"), self.leave, "arrow-left", ("Esc",)),
            _Act(_("另存为 PDF"), self.save, "download", ("Ctrl+S",)),
            _Act(_("打印"), self.print, "printer", ("Ctrl+P",)),
        ):
            self.head.addWidget(self._button(one))
        tools = FlowRow()
        tools.setSpacing(px("gap_px"))
        tools.addWidget(self._button(_Act(_("上一页"), self.before, "chevron-left", ("PgUp",))))
        tools.addWidget(self.at)
        tools.addWidget(self.place)
        for one in (
            _Act(_("下一页"), self.after, "chevron-right", ("PgDown",)),
            _Act(_("页宽"), self.fit_width, "table", ("W",)), _Act(_("整页"), self.fit_whole, "file-text", ("F",)),
            _Act(_("放大"), self.larger, "zoom-in", ("+", "=")), _Act(_("缩小"), self.smaller, "zoom-out", ("-",)),
        ):  # fmt: skip
            tools.addWidget(self._button(one))
        tools.addStretch(1)
        tools.addWidget(self.size_name)
        self.body.insertLayout(1, tools)
        for key, act in (("Home", self.start), ("End", self.end), ("G", self.ask_page)):
            self._add_key(key, act)

    def _button(self, one: _Act) -> QPushButton:
        made = button(one.text, one.act, one.icon_name, primary=one.act == self.print)
        made.setToolTip(_("{name}（{more}）").format(name=one.text, more=_("、").join(one.keys)))
        for key in one.keys:
            self._add_key(key, one.act)
        return made

    def _add_key(self, key: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _file(self) -> Path:
        return self._files[max(0, self.files.currentIndex())]

    def _show_long(self, heading: str, path: Path) -> None:
        self.wanted.emit()
        self.heading.setText(heading)
        self.papers.hide()
        self._kind = LEDGERS
        self.show_files([path])

    def _begin(self, draw: Draw) -> None:
        self._files, self._count = [], 0
        self.save_all.hide()
        self.order.hide()
        self.files.clear()
        self.files.hide()
        self.sheet.setText(_("正在准备…"))
        folder = self.new_folder()
        self.seat.worker.read(partial(draw, folder), self.show_files, self._refuse, key=self)

    def _pick_sheet(self, _place: int) -> None:
        """Other paper: kept for next time, and drawn again."""
        self.printers.voucher_sheet = str(self.papers.currentData())
        if self._drawn is not None:
            self.show_drawn(self.heading.text(), self._drawn, self._kind)

    def _pick_file(self, place: int) -> None:
        if 0 <= place < len(self._files):
            self._page = 0
            self._draw()

    def _go(self, page: int) -> None:
        if 0 <= page < self._count:
            self._page = page
            self.area.verticalScrollBar().setValue(0)
            self._draw()

    def _draw(self) -> None:
        if self._files and self.isVisible():
            ratio = self.devicePixelRatioF() * self._zoom
            room = self.area.viewport().size()
            width = int((room.width() - EDGE) * ratio)
            height = int((room.height() - EDGE) * ratio) if self._fit == WHOLE else 0
            act = partial(look_at, self._file(), self._page, width, height)
            self.seat.worker.read(act, self._show_page, key=(id(self), "page"))

    def _show_page(self, found: tuple[QImage, int, Format]) -> None:
        picture, self._count, self._paper = found
        shown = QPixmap.fromImage(picture)
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self.sheet.setPixmap(shown)
        self.at.put(self._page + 1)
        self.place.setText(_("第 {n} 页　共 {all} 页").format(n=self._page + 1, all=self._count))
        self.size_name.setText(self._paper.title)

    def _refuse(self, problems: object) -> None:
        self.sheet.setText("")
        self.strip.show_problems(problems)  # type: ignore[arg-type]  # the worker hands a tuple of problems

    def _saved(self, path: Path) -> None:
        self.strip.say(_("已存到 {path}").format(path=path))

    def _printed(self, pages: int) -> None:
        self.strip.say(_("已送去打印 {n} 页").format(n=pages))


def _save_every(paths: Sequence[Path], folder: Path) -> Path:
    for path in paths:
        save_pdf(path, folder / path.name)
    return folder
