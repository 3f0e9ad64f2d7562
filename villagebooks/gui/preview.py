"""Print preview inside the window: PDFs that services make in a folder of this session, shown, printed and saved."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QPageLayout, QPageSize, QPainter, QPixmap, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QScrollArea

from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import Page, label
from villagebooks.gui.printing import Draw, LongDraw
from villagebooks.gui.theme import icon
from villagebooks.gui.worker import Refusal
from villagebooks.services.picture import ONE_PDF_AT_A_TIME

SCREEN_DPI, PRINT_DPI, POINTS = 144, 300, 72


class PreviewPage(Page):
    """Shows the pages of one or several PDFs. `returned`: Escape, back to the page that asked; `wanted`: long work has
    drawn while another page showed."""

    returned = Signal()
    wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        self.title = _("打印预览")
        super().__init__(seat)
        self.folder = Path(tempfile.mkdtemp(prefix="villagebooks-preview-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._files: list[Path] = []
        self._page, self._count, self._zoom = 0, 0, 1.0
        self._turn = 0
        self.files, self.place = QComboBox(), label("", "muted")
        self.files.setAccessibleName(_("文件"))
        self.files.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.files.currentIndexChanged.connect(self._pick_file)
        self.head.insertWidget(1, self.files)
        self.head.insertWidget(2, self.place)
        acts = (
            (_("返回"), self.leave, "arrow-left", ("Esc",)), (_("上一页"), self.before, "chevron-left", ("PgUp",)),
            (_("下一页"), self.after, "chevron-right", ("PgDown",)), (_("放大"), self.larger, "plus", ("+", "=")),
            (_("缩小"), self.smaller, "search", ("-",)), (_("另存为 PDF"), self.save, "download", ("Ctrl+S",)),
            (_("打印"), self.print, "printer", ("Ctrl+P",)),
        )  # fmt: skip
        for text, act, icon_name, keys in acts:
            made = self.add_act(text, act, icon_name, primary=act == self.print)
            made.setToolTip(_("{name}（{more}）").format(name=text, more=_("、").join(keys)))
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(act)
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.sheet)
        self.sheet.setObjectName("sheet")
        self.setFocusProxy(self.area)
        self.area.setAccessibleName(self.title)
        self.body.addWidget(self.area, 1)
        self.setWindowIcon(icon("printer"))

    def show_drawn(self, title: str, draw: Draw) -> None:
        """Let a service draw into the session's folder, off the screen's thread, and show what it drew."""
        self.heading.setText(title)
        self.files.clear()
        self.sheet.setText(_("正在准备…"))
        folder = self.new_folder()
        self.seat.worker.read(partial(draw, folder), self.show_files, self._refuse, key=self)

    def draw_long(self, title: str, heading: str, draw: LongDraw, refused: Refusal) -> None:
        """Let long work of this title draw, beside which the window can be used; its paper shows under the heading."""
        act = partial(draw, self.new_folder())
        self.seat.worker.long(act, partial(self._show_long, heading), title, refused, reads=True)

    def _show_long(self, heading: str, path: Path) -> None:
        self.wanted.emit()
        self.heading.setText(heading)
        self.show_files([path])

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
        self._pick_file(0)
        self.area.setFocus()

    def before(self) -> None:
        """The page before."""
        self._go(self._page - 1)

    def after(self) -> None:
        """The page after."""
        self._go(self._page + 1)

    def larger(self) -> None:
        """A quarter larger."""
        self._zoom = min(4.0, self._zoom * 1.25)
        self._draw()

    def smaller(self) -> None:
        """A quarter smaller."""
        self._zoom = max(0.5, self._zoom / 1.25)
        self._draw()

    def leave(self) -> None:
        """Back."""
        self.returned.emit()

    def save(self) -> None:
        """Keep the file that shows."""
        if not self._files:
            return
        source = self._files[self.files.currentIndex()]
        path, _kind = QFileDialog.getSaveFileName(self, _("另存为 PDF"), source.name, "PDF (*.pdf)")
        if path:
            self.seat.worker.read(partial(_copy, source, Path(path)), self._saved)

    def print(self) -> None:
        """Ask for a printer and print every page of the file that shows."""
        if not self._files:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer that was chosen, off the screen's thread."""
        act = partial(print_pdf, self._files[self.files.currentIndex()], printer)
        self.seat.worker.long(act, self._printed, _("打印"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sheet as wide as the window."""
        super().resizeEvent(event)
        self._draw()

    def _pick_file(self, place: int) -> None:
        if 0 <= place < len(self._files):
            self._page, self._zoom = 0, 1.0
            self._draw()

    def _go(self, page: int) -> None:
        if 0 <= page < self._count:
            self._page = page
            self.area.verticalScrollBar().setValue(0)
            self._draw()

    def _draw(self) -> None:
        if self._files and self.isVisible():
            path = self._files[max(0, self.files.currentIndex())]
            size = self.area.viewport().size() * self._zoom
            act = partial(render_page, path, self._page, size.width() - 24, 0)
            self.seat.worker.read(act, self._show_page, key=(id(self), "page"))

    def _show_page(self, found: tuple[QImage, int]) -> None:
        picture, self._count = found
        self.sheet.setPixmap(QPixmap.fromImage(picture))
        self.place.setText(_("第 {n} 页　共 {all} 页").format(n=self._page + 1, all=self._count))

    def _refuse(self, problems: object) -> None:
        self.sheet.setText("")
        self.strip.show_problems(problems)  # type: ignore[arg-type]  # the worker hands a tuple of problems

    def _saved(self, path: Path) -> None:
        self.strip.say(_("已存到 {path}").format(path=path))

    def _printed(self, pages: int) -> None:
        self.strip.say(_("已送去打印 {n} 页").format(n=pages))


def render_page(path: Path, page: int, width: int, dpi: int) -> tuple[QImage, int]:
    """A page as a picture, so wide in pixels (at most 144 dpi) or at a resolution; and the number of pages."""
    with ONE_PDF_AT_A_TIME:
        document = pypdfium2.PdfDocument(path)
        try:
            sheet = document[page]
            scale = dpi / POINTS if dpi else min(width / sheet.get_width(), SCREEN_DPI / POINTS)
            bitmap = sheet.render(scale=scale, prefer_bgrx=True)
            picture = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            )
            return picture.copy(), len(document)
        finally:
            document.close()


def print_pdf(path: Path, printer: QPrinter, report: Callable[[int, int], None]) -> int:
    """Print every page at its own size; the number of pages."""
    with ONE_PDF_AT_A_TIME:
        document = pypdfium2.PdfDocument(path)
        sizes = [sheet.get_size() for sheet in document]
        document.close()
    painter = QPainter()
    for place, (width, height) in enumerate(sizes):
        report(place, len(sizes))
        across = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
        sides = QSizeF(min(width, height), max(width, height))
        size = QPageSize(sides, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        printer.setPageLayout(QPageLayout(size, across, QMarginsF()))
        printer.setFullPage(True)
        if place:
            printer.newPage()
        elif not painter.begin(printer):
            raise Trouble(_("打印机没有准备好，没有打印"))
        picture, _count = render_page(path, place, 0, PRINT_DPI)
        painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), picture)
    painter.end()
    return len(sizes)


def _copy(source: Path, target: Path) -> Path:
    try:
        shutil.copyfile(source, target)
    except OSError as error:
        raise Trouble(_("存不到 {path}：{why}").format(path=target, why=why(error))) from error
    return target
