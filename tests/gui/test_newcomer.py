"""What an accountant meets on the first day: nothing set up yet, Enter everywhere, something typed wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, Keyboard, begin_voucher, driven
from tests.services.conftest import Clock, staff_of
from villagebooks.core.book import Book
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.village import Village
from villagebooks.core.voucher import Voucher
from villagebooks.gui.form import Field, Form
from villagebooks.gui.page import button
from villagebooks.services.account import chart_accounts
from villagebooks.services.check import check_books
from villagebooks.services.desk import Desk
from villagebooks.services.office import create_office, new_book, open_book, villages
from villagebooks.services.paper import list_papers

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def empty(tmp_path: Path, qtbot: QtBot) -> Iterator[Driver]:
    with driven(create_office(tmp_path / "empty.vbooks", "青石桥镇", clock=Clock()), qtbot) as driver:
        yield driver


def test_pages_of_a_centre_without_books_say_what_comes_first_and_do_nothing(empty: Driver, keyboard: Keyboard) -> None:
    window = empty.desktop.window
    for page in (one for one in empty.desktop.pages if one.needs_book):
        window.go(page)
        empty.settle()
        assert "先到“设置”" in page.strip.text(), page.title
        assert not any(one.isEnabled() for one in page.findChildren(QPushButton)), page.title
        keyboard.press(Qt.Key.Key_F5)
    open_book(empty.desktop.seat.office, Village("V01", "青石桥村"), _book("V01", "V01"), chart_accounts("2023"))
    empty.desktop.seat.load()
    empty.settle()
    window.go(empty.desktop.vouchers)
    empty.settle()
    assert empty.desktop.vouchers.isEnabled()
    assert empty.desktop.vouchers.strip.text() == ""


def test_the_first_book_of_a_new_centre_is_made_as_the_form_stands(empty: Driver) -> None:
    panel = empty.tab("books")
    panel.form.put(
        {"code": "V01", "name": "青石桥村", "village": "V01", "village_name": "青石桥村", "start": "2026-01"}
    )
    panel.make_book()
    empty.settle()
    assert "已新建账套 V01 青石桥村" in panel.strip.text()
    chosen = panel.table.current()
    assert chosen is not None, "期初建账 asked to choose a book first, of the only one"
    assert chosen.code == "V01"
    panel.form.put({"code": "V02", "village": "V02", "village_name": "磨坪村", "name": "磨坪村"})
    panel.form.entry("template").setCurrentIndex(1)
    panel.make_book()
    empty.settle()
    assert "2023 年制度还没有定统一科目：先选“只建制度里的一级科目”" in panel.strip.text()


@pytest.mark.parametrize(
    ("code", "village", "name", "field"),
    [
        ("v01", "V01", "青石桥村", "code"), ("v 02/", "V01", "青石桥村", "code"), ("all", "V01", "青石桥村", "code"),
        ("V02", "..", "青石桥村", "village"), ("V02", "V01", "别的村", "village_name"),
    ],
)  # fmt: skip
def test_a_book_whose_code_is_taken_or_unfit_is_refused_by_field(
    tmp_path: Path, code: str, village: str, name: str, field: str
) -> None:
    office = create_office(tmp_path / "x.vbooks", "青石桥镇", clock=Clock())
    open_book(office, Village("V01", "青石桥村"), _book("V01", "V01"), chart_accounts("2023"))
    with pytest.raises(Refused) as refused:
        open_book(office, Village(village, name), _book(code, village), chart_accounts("2023"))
    assert [one.field for one in refused.value.problems] == [field]
    assert [one.name for one in villages(office)] == ["青石桥村"]
    office.books.close()


def test_enter_goes_from_field_to_field_and_presses_the_button(qtbot: QtBot, keyboard: Keyboard) -> None:
    pressed: list[str] = []
    form = Form((Field("name", "姓名"), Field("duty", "职责", "choice", ("主任", "会计"))))
    act = button("登记", lambda: pressed.append("登记"))
    form.layout().addRow(act)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    form.entry("name").setFocus()
    for _turn in range(3):
        keyboard.press(Qt.Key.Key_Return)
    assert pressed == ["登记"]


def test_escape_while_a_passphrase_is_typed_puts_away_the_signature_and_not_the_voucher(
    driver: Driver, keyboard: Keyboard, make_voucher: Callable[..., Voucher]
) -> None:
    voucher = make_voucher()
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.open(voucher.uid)
    driver.settle()
    keyboard.press(Qt.Key.Key_F9)
    assert page.editor.sign.isVisible()
    keyboard.press(Qt.Key.Key_Escape)
    assert not page.editor.sign.isVisible()
    assert page.stack.currentIndex() == 1
    keyboard.press(Qt.Key.Key_F9)
    assert page.editor.sign.isVisible()


def test_after_signing_in_the_list_the_keys_of_the_list_go_on(
    driver: Driver, keyboard: Keyboard, make_voucher: Callable[..., Voucher]
) -> None:
    make_voucher()
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.list.table.view.selectRow(0)
    keyboard.press(Qt.Key.Key_F9)
    driver.sign_as(page.sign, "冯素芳")
    assert QApplication.focusWidget() is page.list.table.view
    keyboard.press(Qt.Key.Key_F9)
    assert page.sign.isVisible()


def _book(code: str, village: str) -> Book:
    return new_book(code, village, "青石桥村经济合作社", "集体经济组织", "2023", Month(2026, 11))


def test_a_photo_may_be_marked_as_fit_for_villagers_and_a_new_one_asks_again(
    driver: Driver, desk: Desk, tmp_path: Path
) -> None:
    page = driver.desktop.papers
    driver.desktop.window.go(page)
    driver.settle()
    page.new()
    page.form.facts.put({"words": "打印纸", "amount_fen": 74_260})
    page.form.people.put({"handler": "向丽蓉", "witness": "向其昌"})
    row = page.form.documents.rows[0]
    assert not row.checked.isEnabled()
    for number in range(2):
        photo = tmp_path / f"{number}.png"
        Image.new("RGB", (30, 40 + number), "white").save(photo)
        row.add_pictures([photo])
        driver.settle()
        assert row.checked.isEnabled()
        assert row.checked.checkState() != Qt.CheckState.Checked  # partly, while one of two was looked at
        row.checked.click()
    page.form.save()
    driver.settle()
    paper = list_papers(desk)[0]
    assert [one.checked for one in paper.documents[0].images] == [True, True]
    assert check_books(desk.office, deep=True) == []
    page.open(paper)
    assert page.form.documents.rows[0].checked.isChecked()


def test_the_roll_of_a_new_centre_is_taken_from_people_csv_in_the_window(empty: Driver, tmp_path: Path) -> None:
    desktop = empty.desktop
    open_book(desktop.seat.office, Village("V01", "青石桥村"), _book("V01", "V01"), chart_accounts("2023"))
    desktop.seat.load()
    empty.settle()
    page = desktop.people
    desktop.window.go(page)
    empty.settle()
    path = tmp_path / "名册.csv"
    path.write_text("village,household,name\nV01,0101,田维国\nV01,0101,田维国\n", "utf-8")
    page.import_from(path)
    empty.settle()
    assert "名册.csv 第 3 行：同一户里已有这个姓名" in page.strip.text()
    path.write_text("village,household,name\nV01,0101,田维国\n", "utf-8")
    page.import_from(path)
    empty.settle()
    assert page.strip.text() == "已导入 1 人"
    assert page.count.text() == "1 户　在册 1 人"


def test_the_bank_is_found_by_yhck_whatever_its_character_is_read_alone(driver: Driver, keyboard: Keyboard) -> None:
    account = begin_voucher(driver, keyboard).form.rows[0].account
    account.setFocus()
    keyboard.type("yhck")
    assert account.list_is_open()
    keyboard.enter()
    keyboard.enter()
    assert account.key == "10201"


def test_the_steps_of_the_beginning_stand_on_what_is_next_when_one_comes_back(empty: Driver) -> None:
    window, home = empty.desktop.window, empty.desktop.home
    steps = home.todo.steps
    assert steps.currentRow() == 0
    window.go(empty.desktop.settings)
    empty.settle()
    staff_of(empty.desktop.seat.office)
    empty.desktop.seat.load()
    window.go(home)
    empty.settle()
    assert steps.item(2).text().endswith("（做好了）")
    assert steps.currentRow() == 3, "the books come next"
    steps.setCurrentRow(6)
    empty.desktop.seat.tell_changed()
    empty.settle()
    assert steps.currentRow() == 6, "nothing was done in between: the cursor stays where it was put"
