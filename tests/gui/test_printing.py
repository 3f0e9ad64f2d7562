"""Printing as a person does it: which printer, how far it is off, which pages, and what comes out of it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QSettings, Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, Keyboard, driven
from tests.pdf.reading import page_sizes, words_of
from tests.seal.test_file import small_files
from villagebooks.core.period import Month
from villagebooks.core.problem import Trouble
from villagebooks.core.stationery import A4_THREE, A5, NEEDLE, VOUCHERS, Format, Offset
from villagebooks.gui.preview import Order, PreviewPage, print_pdf, save_moved
from villagebooks.gui.preview.send import save_pdf
from villagebooks.gui.printer import Printers
from villagebooks.gui.setting.page import SettingPage
from villagebooks.pdf.ruler import draw_ruler, ruler_cells
from villagebooks.services.desk import Office

NEEDLES, LASER = r"\\办公室\针式/1", "激光"
PAPER = Format(240, 140)
TENTH_MM = 254
"""Dots an inch at which a pixel is a tenth of a millimetre."""


def pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def ink_box(path: Path) -> tuple[int, int, int, int]:
    """Where the ink of the first page stands, in tenths of a millimetre from the left and the top."""
    out = path.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(TENTH_MM), "-png", "-singlefile", "-gray", path, out], check=True)
    with Image.open(out.with_suffix(".png")) as picture:
        found = ImageChops.invert(picture.convert("L")).point(lambda one: 255 if one > 100 else 0).getbbox()
    assert found is not None
    return found


def silent(_done: int, _total: int) -> None:
    """Reports to nobody."""


@pytest.fixture
def ruler(tmp_path: Path) -> Path:
    path = tmp_path / "ruler.pdf"
    draw_ruler(PAPER, NEEDLES, Offset(), path)
    return path


@pytest.fixture
def kept(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)


class TwoPrinters:
    """Two printers that write PDF files."""

    def __init__(self, kept: QSettings, folder: Path) -> None:
        self.names = [NEEDLES, LASER]
        self.sent: list[Path] = []
        self._folder = folder
        self.printers = Printers(kept, lambda: self.names, lambda: LASER, self.make)

    def make(self, _name: str) -> QPrinter:
        self.sent.append(self._folder / f"sent-{len(self.sent)}.pdf")
        return pdf_printer(self.sent[-1])


@pytest.fixture
def two(kept: QSettings, tmp_path: Path) -> TwoPrinters:
    return TwoPrinters(kept, tmp_path)


@pytest.fixture
def office_with_printers(office: Office, qtbot: QtBot, two: TwoPrinters) -> Iterator[Driver]:
    with driven(office, qtbot) as driver:
        driver.desktop.printing.printers = two.printers
        yield driver


def preview_vouchers(driver: Driver) -> PreviewPage:
    desktop = driver.desktop
    desktop.seat.sit_at(month=Month(2026, 8))
    driver.settle()
    desktop.window.go(desktop.vouchers)
    driver.settle()
    desktop.vouchers.print_chosen()
    driver.settle()
    preview = desktop.preview
    assert isinstance(preview, PreviewPage)
    return preview


@pytest.mark.parametrize("offset", [Offset(25, 0), Offset(0, -30), Offset(-45, 55)], ids=str)
def test_an_offset_moves_the_ink_by_exactly_so_many_millimetres(ruler: Path, offset: Offset, tmp_path: Path) -> None:
    plain, moved = tmp_path / "plain.pdf", tmp_path / "moved.pdf"
    print_pdf(ruler, pdf_printer(plain), silent)
    print_pdf(ruler, pdf_printer(moved), silent, Order(offsets={PAPER: offset}))
    assert page_sizes(plain) == page_sizes(moved) == [(240, 140)]
    before, after = ink_box(plain), ink_box(moved)
    assert abs(before[0] - 100) <= 3, "the frame begins 10 mm from the edge"
    for start, end, far in zip(before, after, (offset.right, offset.down) * 2, strict=True):
        assert abs(end - start - far) <= 1, (before, after)


def test_an_offset_of_another_paper_moves_nothing(ruler: Path, tmp_path: Path) -> None:
    print_pdf(ruler, pdf_printer(tmp_path / "a.pdf"), silent)
    print_pdf(ruler, pdf_printer(tmp_path / "b.pdf"), silent, Order(offsets={Format(210, 297): Offset(50, 50)}))
    assert ink_box(tmp_path / "a.pdf") == ink_box(tmp_path / "b.pdf")


def test_a_file_saved_with_the_offset_keeps_its_words_and_moves_its_ink(ruler: Path, tmp_path: Path) -> None:
    save_moved(ruler, tmp_path / "moved.pdf", {PAPER: Offset(35, -20)})
    before, after = ink_box(ruler), ink_box(tmp_path / "moved.pdf")
    assert [abs(end - start - far) <= 1 for start, end, far in zip(before, after, (35, -20) * 2, strict=True)]
    assert after[0] - before[0] in (34, 35, 36)
    assert "打印测试页" in words_of(tmp_path / "moved.pdf")


def test_a_disk_that_fills_up_while_a_pdf_is_saved_leaves_the_one_of_last_month(
    office_with_printers: Driver, tmp_path: Path
) -> None:
    driver = office_with_printers
    preview, folder = preview_vouchers(driver), tmp_path / "kept"
    preview.keep_in(folder)
    driver.settle()
    (kept,) = folder.iterdir()
    old = kept.read_bytes()
    assert "已存到" in preview.strip.text()
    with small_files(4_096):
        preview.keep_in(folder)
        driver.settle()
    assert (list(folder.iterdir()), kept.read_bytes()) == ([kept], old)
    assert kept.name in driver.desktop.window.strip.text()
    kept.chmod(0o444)
    preview.keep_in(folder)
    driver.settle()
    assert f"“{kept.name}”是只读的，没有改它：换一个名字存" in driver.desktop.window.strip.text()
    assert kept.read_bytes() == old


def test_a_disk_that_fills_up_while_a_moved_pdf_is_saved_is_a_sentence(ruler: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.pdf"
    moved.write_bytes(b"old")
    with small_files(4_096), pytest.raises(Trouble, match="moved"):
        save_moved(ruler, moved, {PAPER: Offset(35, -20)})
    assert moved.read_bytes() == b"old"
    assert not list(tmp_path.glob(".*.part"))


def test_a_pdf_may_be_saved_over_itself(ruler: Path) -> None:
    words = words_of(ruler)
    save_pdf(ruler, ruler)
    save_pdf(ruler, ruler, {PAPER: Offset(35, -20)})
    assert words_of(ruler) == words


def test_the_test_page_says_which_number_to_type() -> None:
    cells = ruler_cells(PAPER, NEEDLES, Offset(15, -20))
    measured, right, down = (figures for _title, figures in cells.rows)
    assert (right[measured.index("12.0")], down[measured.index("8.0")]) == ("−0.5", "0.0")
    assert NEEDLES in cells.used
    assert "向右 1.5 毫米，向下 −2.0 毫米" in cells.used


def test_pages_from_to_and_copies_are_sent_in_order(
    office_with_printers: Driver, two: TwoPrinters, tmp_path: Path
) -> None:
    preview = preview_vouchers(office_with_printers)
    path = preview._files[0]
    assert print_pdf(path, pdf_printer(tmp_path / "some.pdf"), silent, Order(2, 3, copies=2)) == 4
    assert page_sizes(tmp_path / "some.pdf") == [(210, 148)] * 4
    with pytest.raises(Trouble, match="没有要打印的页"):
        print_pdf(path, pdf_printer(tmp_path / "none.pdf"), silent, Order(99, 120))


def test_a_job_that_is_cancelled_prints_nothing_more(ruler: Path, tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        print_pdf(ruler, pdf_printer(tmp_path / "some.pdf"), stop, Order(copies=3))


def test_each_kind_of_document_remembers_its_printer_pages_and_offset(
    office_with_printers: Driver, two: TwoPrinters, keyboard: Keyboard
) -> None:
    driver = office_with_printers
    preview = preview_vouchers(driver)
    assert preview.heading.text() == "记账凭证"
    keyboard.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    panel = preview.order
    assert panel.isVisible()
    assert (panel.printer.currentText(), panel.copies.text(), panel.last.text()) == (LASER, "1", str(preview._count))
    panel.printer.setCurrentText(NEEDLES)
    panel.right.setText("２.3")
    panel.last.setText("1")
    panel.duplex.setChecked(True)
    panel.go.setFocus()
    keyboard.enter()
    driver.settle()
    assert "已送去打印 1 页" in preview.strip.text()
    assert page_sizes(two.sent[0]) == [(210, 148)]
    assert two.printers.offset(NEEDLES, Format(210, 148)) == Offset(25, 0)
    preview.print()
    assert (panel.printer.currentText(), panel.duplex.isChecked(), panel.right.tenths()) == (NEEDLES, True, 25)
    keyboard.press(Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert driver.desktop.window.current() is preview
    driver.desktop.window.go(driver.desktop.statements)
    driver.settle()
    driver.desktop.statements._print()
    driver.settle()
    preview.print()
    assert panel.printer.currentText() == LASER, "another kind has its own"


def test_a_printer_that_is_gone_is_told_and_the_usual_one_stands_in(
    office_with_printers: Driver, two: TwoPrinters
) -> None:
    two.printers.remember(VOUCHERS, NEEDLES)
    two.names.remove(NEEDLES)
    preview = preview_vouchers(office_with_printers)
    preview.print()
    assert preview.order.printer.currentText() == LASER
    assert f"上次打印记账凭证用的打印机“{NEEDLES}”找不到了，先用“激光”" in preview.strip.text()
    two.names.clear()
    preview.print()
    assert not preview.order.go.isEnabled()
    assert "没有装打印机" in preview.strip.text()


def test_the_paper_for_vouchers_is_changed_in_the_preview_and_kept(
    office_with_printers: Driver, two: TwoPrinters, kept: QSettings, keyboard: Keyboard
) -> None:
    driver = office_with_printers
    preview = preview_vouchers(driver)
    last = preview.papers.count() - 1
    assert page_sizes(preview._files[0])[0] == (210, 148)
    for sheet, size in ((NEEDLE, (240, 140)), (A4_THREE, (210, 297))):
        preview.papers.setCurrentIndex(preview.papers.findData(sheet))
        driver.settle()
        assert page_sizes(preview._files[0])[0] == size
        assert Printers(kept).voucher_sheet == sheet
    preview.papers.setFocus()
    for key, place in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_End, last)):
        keyboard.press(key)
        driver.settle()
        assert (preview.papers.currentIndex(), preview.papers.hasFocus()) == (place, True)
    driver.desktop.window.go(driver.desktop.statements)
    driver.settle()
    driver.desktop.statements._print()
    driver.settle()
    assert not preview.papers.isVisible()


def test_the_preview_is_walked_through_by_keyboard(office_with_printers: Driver, keyboard: Keyboard) -> None:
    driver = office_with_printers
    preview = preview_vouchers(driver)
    count = preview._count
    assert count > 3
    for key, page in (
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_End, count),
        (Qt.Key.Key_PageUp, count - 1),
        (Qt.Key.Key_Home, 1),
    ):
        keyboard.press(key)
        driver.settle()
        assert preview.place.text() == f"第 {page} 页　共 {count} 页"
    keyboard.press(Qt.Key.Key_G)
    keyboard.type("3")
    keyboard.enter()
    driver.settle()
    assert preview.place.text() == f"第 3 页　共 {count} 页"
    wide = preview.sheet.pixmap().width()
    keyboard.press(Qt.Key.Key_F)
    driver.settle()
    whole = preview.sheet.pixmap()
    assert whole.height() <= preview.area.viewport().height()
    keyboard.press(Qt.Key.Key_Plus)
    driver.settle()
    assert preview.sheet.pixmap().width() > whole.width()
    keyboard.press(Qt.Key.Key_W)
    driver.settle()
    assert preview.sheet.pixmap().width() == wide


def test_settings_keep_paper_printers_and_offsets_and_print_a_test_page(
    office_with_printers: Driver, two: TwoPrinters, keyboard: Keyboard
) -> None:
    driver = office_with_printers
    desktop = driver.desktop
    desktop.window.go(desktop.settings)
    driver.settle()
    page = desktop.settings
    assert isinstance(page, SettingPage)
    panel = page.printing
    page.tabs.setCurrentWidget(panel)
    assert panel.sheet.currentData() == A5
    panel.sheet.setCurrentIndex(panel.sheet.findData(NEEDLE))
    combo = panel.printers[VOUCHERS]
    combo.setCurrentIndex(combo.findData(NEEDLES))
    assert (two.printers.voucher_sheet, two.printers.last(VOUCHERS)) == (NEEDLE, NEEDLES)
    panel.printer.setCurrentText(NEEDLES)
    panel.paper.setCurrentIndex(0)
    panel.right.setFocus()
    panel.right.selectAll()
    keyboard.type("-3")
    keyboard.press(Qt.Key.Key_Down)
    keyboard.press(Qt.Key.Key_Tab)
    assert two.printers.offset(NEEDLES, PAPER) == Offset(-35, 0)
    panel.test()
    driver.settle()
    assert "测试页已送去打印" in panel.strip.text()
    assert page_sizes(two.sent[0]) == [(240, 140)]
    assert abs(ink_box(two.sent[0])[0] - 65) <= 3
    panel.look()
    driver.settle()
    assert desktop.window.current() is desktop.preview
    two.names.remove(NEEDLES)
    panel.load()
    assert "现在找不到" in panel.printers[VOUCHERS].currentText()


@pytest.mark.parametrize("text", ["", "x,y", "9999,-9999", "5"])
def test_what_is_kept_of_an_offset_is_read_with_care(text: str, kept: QSettings) -> None:
    printers = Printers(kept)
    printers.put_offset(LASER, PAPER, Offset(1, 2))
    (key,) = (key for key in kept.allKeys() if "offset" in key)
    kept.setValue(key, text)
    found = printers.offset(LASER, PAPER)
    assert abs(found.right) <= Offset.LIMIT
    assert abs(found.down) <= Offset.LIMIT


def test_escape_in_the_page_number_forgets_it_and_does_not_leave_the_preview(
    office_with_printers: Driver, keyboard: Keyboard
) -> None:
    preview = preview_vouchers(office_with_printers)
    keyboard.press(Qt.Key.Key_G)
    keyboard.type("3")
    keyboard.press(Qt.Key.Key_Escape)
    office_with_printers.settle()
    assert preview.isVisible()
    assert preview.at.text() == "1"
    assert preview.area.hasFocus()
    keyboard.press(Qt.Key.Key_Escape)
    office_with_printers.settle()
    assert not preview.isVisible()


@pytest.mark.parametrize(("first", "last", "said"), [("5", "3", "第 5 页到第 3 页写反了"), ("99", "", "没有第 99 页")])
def test_pages_from_five_to_three_are_told_and_not_printed(
    office_with_printers: Driver, first: str, last: str, said: str
) -> None:
    preview = preview_vouchers(office_with_printers)
    preview.print()
    preview.order.first.setText(first)
    preview.order.last.setText(last)
    preview.order.ask()
    office_with_printers.settle()
    assert said in preview.strip.text()
    assert preview.order.isVisible()
    assert preview.order.first.hasFocus()
