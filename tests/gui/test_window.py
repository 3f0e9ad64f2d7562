"""The window: village and month switch, the way from figure to voucher and back, paper, papers, the board."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)
from python_calamine import CalamineWorkbook

from tests.gui.conftest import Driver, Keyboard
from tests.services.conftest import Staff, sign_all
from villagebooks.core.paper import Document
from villagebooks.core.period import Month
from villagebooks.core.receipt import ReceiptBook
from villagebooks.core.voucher import Voucher
from villagebooks.gui.output import write_file
from villagebooks.gui.preview import print_pdf, render_page
from villagebooks.services.desk import Desk
from villagebooks.services.paper import issue_receipt_book, list_papers, list_receipts
from villagebooks.services.voucher import post_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key
ALLOWED = re.compile(
    r"[0-9a-f]{16,64}|English|\w+\.vbooks(?:\.files)?|people.csv|Ctrl|Shift|Delete|Insert|vbooks|PgDown|PgUp|Right|Left|PgDn|[0-9A-Z]{4}(?:-[0-9A-Z…]{1,4})+"
)
"""Names of keys, a language by its own name, the ending of our files, and fingerprints."""


def test_a_village_is_found_by_its_pinyin_initials(driver: Driver, keyboard: Keyboard) -> None:
    window = driver.desktop.window
    window.village.setFocus()
    window.village.selectAll()
    keyboard.type("smp")
    keyboard.enter()
    driver.settle()
    assert driver.desktop.seat.book.code == "V02"
    assert window.village.text().startswith("V02 石磨坪村")


def test_the_month_switch_goes_back_no_further_than_the_books_begin(driver: Driver) -> None:
    window = driver.desktop.window
    for _month in range(14):
        window._month_before()
    driver.settle()
    assert driver.desktop.seat.month == Month(2026, 1)
    assert "2026 年 1 月" in window.month.text()


def test_a_figure_leads_to_its_ledger_to_its_voucher_and_escape_comes_back_to_the_row(
    driver: Driver, keyboard: Keyboard
) -> None:
    desktop = driver.desktop
    desktop.seat.sit_at(month=Month(2026, 8))
    driver.settle()
    desktop.window.go(desktop.ledger)
    driver.settle()
    assert desktop.ledger.balances.go_to(lambda row: row.account == "10201")
    desktop.ledger.balances.view.setFocus()
    keyboard.enter()
    driver.settle()
    lines = desktop.ledger.lines
    assert "期末 借 105,662.00" in desktop.ledger.sheet.figures.text()
    lines.view.selectRow(3)
    uid = lines.current().uid
    keyboard.press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert desktop.window.current() is desktop.vouchers
    assert desktop.vouchers.editor.uid == uid
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert desktop.window.current() is desktop.ledger
    assert lines.current().uid == uid
    keyboard.press(KEY.Key_Escape)
    assert desktop.ledger.balances.current().account == "10201"


def test_the_balance_sheet_balances_on_screen_and_its_line_opens_the_account(driver: Driver) -> None:
    desktop = driver.desktop
    desktop.seat.sit_at(month=Month(2026, 8))
    driver.settle()
    desktop.window.go(desktop.statements)
    driver.settle()
    table = desktop.statements.tables["balance-sheet"]
    totals = {row.label: row.amounts_fen for row in table.model.records() if "总计" in row.label}
    assert len(set(totals.values())) == 1
    table.go_to(lambda row: row.label == "固定资产原值")
    table.opened.emit(table.current())
    driver.settle()
    assert (desktop.window.current(), desktop.ledger.account) == (desktop.ledger, "151")
    desktop.ledger.back()
    assert desktop.window.current() is desktop.statements


def test_a_statement_is_previewed_inside_the_window_and_printed(driver: Driver, tmp_path: Path) -> None:
    desktop = driver.desktop
    desktop.window.go(desktop.statements)
    driver.settle()
    desktop.statements._print()
    driver.settle()
    driver.settle()
    preview = desktop.preview
    assert desktop.window.current() is preview
    assert not preview.sheet.pixmap().isNull()
    assert preview.place.text() == "第 1 页　共 1 页"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_on(printer)
    driver.settle()
    picture, pages = render_page(tmp_path / "printed.pdf", 0, 800, 0)
    assert pages == 1
    assert picture.width() > 400
    preview.leave()
    assert desktop.window.current() is desktop.statements


def test_paper_of_two_sizes_prints_each_page_at_its_own(driver: Driver, tmp_path: Path) -> None:
    desktop = driver.desktop
    desktop.seat.sit_at(month=Month(2026, 8))
    driver.settle()
    desktop.window.go(desktop.vouchers)
    driver.settle()
    desktop.vouchers.print_chosen()
    driver.settle()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "vouchers.pdf"))
    pages = print_pdf(desktop.preview._files[0], printer, lambda _done, _total: None)
    assert pages == len(desktop.vouchers.list.heads())
    assert printer.pageLayout().pageSize().id() == QPageSize.PageSizeId.A5


def test_a_paper_is_written_attested_accepted_and_becomes_a_voucher_without_typing_anything_twice(
    driver: Driver, desk: Desk, tmp_path: Path
) -> None:
    desktop = driver.desktop
    page = desktop.papers
    desktop.window.go(page)
    driver.settle()
    page.new()
    page.form.facts.put(
        {"words": "打印纸、硒鼓（墨香文具店）", "amount_fen": 74_260, "payee": "墨香文具店", "group": "办公、水电"}
    )
    page.form.people.put({"handler": "向丽蓉", "witness": "向丽蓉", "approvers": "田维国，冉启珍"})
    page.form.signing.form("committee").put(
        {"people": "谭德胜 田茂林", "present": 2, "agreed": 2, "size": 3, "stamp": "有"}
    )
    page.form.save()
    assert "经手人和证明人是同一人" in page.form.strip.text()
    assert page.form.people.entry("witness").property("bad") == "true"
    page.form.people.put({"witness": "向其昌"})
    photo = tmp_path / "invoice.jpg"
    Image.new("RGB", (300, 400), "white").save(photo)
    page.form.documents.rows[0].number.setText("26990000000000012345")
    page.form.documents.rows[0].add_pictures([photo])
    driver.settle()
    page.form.save()
    driver.settle()
    paper = list_papers(desk)[0]
    assert (paper.approvers, paper.bodies[0].people) == (("田维国", "冉启珍"), ("谭德胜", "田茂林"))
    assert page.table.current().uid == paper.uid
    page.ask_attest()
    assert "742.60 元" in page.sign.sentence.text()
    driver.sign_as(page.sign, "冯素芳")
    page.accept()
    driver.settle()
    page.make_draft()
    driver.settle()
    form = desktop.vouchers.editor.form
    assert desktop.window.current() is desktop.vouchers
    assert form.rows[0].summary.text() == "打印纸、硒鼓（墨香文具店）"
    assert (form.rows[1].account.key, form.rows[1].credit.text()) == ("101", "742.60")
    assert QApplication.focusWidget() is form.rows[0].account
    assert desktop.vouchers.editor.side.pictures.count() == 1


def test_a_paper_is_sent_back_for_a_coded_reason(driver: Driver, desk: Desk) -> None:
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.new()
    page.form.facts.put({"words": "修路", "amount_fen": 100, "payee": "某人"})
    page.form.people.put({"handler": "冉启珍"})
    page.form.save()
    driver.settle()
    page.table.view.selectRow(0)
    page.send_back(9)
    driver.settle()
    assert list_papers(desk)[0].reason == 9
    assert page.detail.why.text() == "退回原因：9 工程没有验收单"


def test_an_income_paper_uses_up_its_receipt_and_a_used_number_is_refused(driver: Driver, desk: Desk) -> None:
    issue_receipt_book(desk, ReceiptBook("B-V01", "V01", "0012351", "0012400", "2026-01-02", "向丽蓉"))
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    for turn in (1, 2):
        page.new()
        page.form.facts.put({"words": "收鱼塘承包费", "spending_class": "收入", "direction": "收入", "amount_fen": 100})
        page.form.people.put({"handler": "向丽蓉"})
        page.form.documents.put([Document("收款收据", "0012351")])
        page.form.save()
        driver.settle()
        assert len(list_papers(desk)) == 1, turn
    assert "收据 0012351 已经用过" in page.form.strip.text()
    assert [(one.number, one.state, one.amount_fen) for one in list_receipts(desk)] == [("0012351", "used", 100)]


def test_keys_stay_open_for_the_next_signature_of_the_same_person_only(
    driver: Driver, make_voucher: Callable[..., Voucher]
) -> None:
    make_voucher()
    make_voucher(200)
    page = driver.desktop.inbox
    driver.desktop.window.go(page)
    driver.settle()
    page.approve()
    driver.sign_as(page.sign, "冯素芳")
    page.approve()
    assert not page.sign.passphrase.isVisible()
    page.sign.people.setCurrentText("谭永川")
    assert page.sign.passphrase.isVisible()
    driver.desktop.ring.forget()
    page.sign.people.setCurrentText("冯素芳")
    assert page.sign.passphrase.isVisible()


def test_the_board_says_how_far_each_village_is_and_leads_there(
    driver: Driver, make_voucher: Callable[..., Voucher], desk: Desk, staff: Staff
) -> None:
    posted = make_voucher()
    make_voucher(200)
    sign_all(desk, posted.uid, staff)
    post_voucher(desk, posted.uid)
    desktop = driver.desktop
    desktop.home.refresh()
    driver.settle()
    rows = desktop.home.table.model
    shown = {
        rows.record(row).book: [rows.index(row, column).data() for column in range(1, 8)]
        for row in range(rows.rowCount())
    }
    assert shown["V01"] == ["没有", "1 张没签完", "已记 1 张", "未对账", "还不能结", "10月10日前张榜", "—"]
    assert rows.record(0).book == "V01"
    desktop.home.wanted.emit(("V02", "vouchers"))
    driver.settle()
    assert (desktop.seat.book.code, desktop.window.current()) == ("V02", desktop.vouchers)
    desktop.home.wanted.emit(("V01", "bank"))
    driver.settle()
    assert desktop.window.current() is desktop.cashier


def test_everything_that_can_be_used_has_a_name_for_a_screen_reader(driver: Driver) -> None:
    nameless = []
    for page in driver.desktop.pages:
        driver.desktop.window.go(page)
        driver.settle()
    kinds = (QLineEdit, QPushButton, QToolButton, QPlainTextEdit, QCheckBox)
    for widget in driver.desktop.window.findChildren(QWidget):
        if isinstance(widget, kinds) and not widget.objectName().startswith("qt_"):
            text = widget.accessibleName() or (widget.text() if hasattr(widget, "text") else "")
            owner = widget.parent()
            inside = isinstance(owner, QComboBox | QTabBar | QLineEdit)
            if not text and not inside:
                nameless.append(f"{type(owner).__name__} > {type(widget).__name__} {widget.objectName()}")
    assert not nameless


def test_every_page_is_reached_by_the_keyboard(driver: Driver) -> None:
    window = driver.desktop.window
    row = (*(Qt.Key(KEY.Key_1 + place) for place in range(9)), KEY.Key_0, KEY.Key_Minus, KEY.Key_Equal,
           KEY.Key_BracketLeft, KEY.Key_BracketRight, KEY.Key_Backslash)  # fmt: skip
    for key, page in zip(row, driver.desktop.pages, strict=False):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        driver.settle()
        assert window.current() is page
        focus = QApplication.focusWidget()
        assert focus is not None
        assert page.isAncestorOf(focus)


def test_no_page_speaks_english(driver: Driver) -> None:
    for page in driver.desktop.pages:
        driver.desktop.window.go(page)
        driver.settle()
    found = [
        (type(widget).__name__, name, text)
        for widget in driver.desktop.window.findChildren(QWidget)
        for name in ("text", "placeholderText", "toolTip", "accessibleName")
        for text in [getattr(widget, name, str)()]
        if isinstance(text, str) and re.search(r"[A-Za-z]{4,}", ALLOWED.sub("", text))
    ]
    assert not found


def test_another_month_or_closing_asks_once_while_a_voucher_is_not_saved(driver: Driver, keyboard: Keyboard) -> None:
    desktop = driver.desktop
    desktop.window.go(desktop.vouchers)
    driver.settle()
    desktop.vouchers.new()
    desktop.vouchers.editor.form.rows[0].summary.setFocus()
    keyboard.commit("写了一半")
    desktop.window.pick(desktop.home)
    desktop.window._month_before()
    driver.settle()
    assert desktop.window.current() is desktop.vouchers
    assert "还没有保存" in desktop.vouchers.editor.strip.text()
    assert desktop.seat.month == Month(2026, 9)
    desktop.window._month_before()
    driver.settle()
    assert desktop.seat.month == Month(2026, 8)
    assert desktop.vouchers.stack.currentIndex() == 0


def test_what_a_page_shows_goes_to_excel(driver: Driver, tmp_path: Path) -> None:
    desktop = driver.desktop
    desktop.seat.sit_at(month=Month(2026, 8))
    driver.settle()
    desktop.window.go(desktop.ledger)
    driver.settle()
    desktop.ledger.open_account("10201")
    driver.settle()
    for name, record in (("balances", desktop.ledger._report), ("ledger", desktop.ledger.sheet.sheet)):
        path = write_file(record, tmp_path / f"{name}.xlsx")
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        assert len(rows) > 5
    assert desktop.ledger.sheet.sheet.account == "10201"


def test_the_roll_shows_households_and_nobodys_number(driver: Driver) -> None:
    desktop = driver.desktop
    desktop.window.go(desktop.people)
    driver.settle()
    model = desktop.people.table.model
    assert model.rowCount() > 3
    shown = "".join(model.index(row, column).data() for row in range(model.rowCount()) for column in range(5))
    assert not re.search(r"[0-9]{15}", shown)


def test_a_trouble_is_one_sentence_at_the_top_of_the_window(driver: Driver) -> None:
    driver.desktop.seat.worker.troubled.emit("磁盘满了，没有保存；请腾出空间再试")
    assert driver.desktop.window.strip.text() == "磁盘满了，没有保存；请腾出空间再试"


def test_today_is_the_books_day(driver: Driver) -> None:
    driver.desktop.window.go(driver.desktop.vouchers)
    driver.settle()
    driver.desktop.vouchers.new()
    assert driver.desktop.vouchers.editor.form.day.day == date(2026, 9, 2)


def test_a_village_that_is_none_is_told_and_the_switch_shows_the_book_in_hand(
    driver: Driver, keyboard: Keyboard
) -> None:
    window = driver.desktop.window
    window.village.setFocus()
    window.village.selectAll()
    keyboard.type("zzz")
    keyboard.enter()
    assert "账套：没有“zzz”" in window.strip.text()
    assert window.village.text().startswith("V01 ")
    window.village.clear()
    keyboard.enter()
    assert window.village.text().startswith("V01 ")
