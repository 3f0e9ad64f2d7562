"""Undo over the whole voucher form: whatever was done, undone it is the voucher as it was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, Keyboard, focused
from villagebooks.core.account import Account
from villagebooks.core.entry import NO_ENTRIES
from villagebooks.core.party import Party
from villagebooks.core.period import Month
from villagebooks.core.template import Template, TemplateLine
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.gui.voucher.form import VoucherForm

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SEPTEMBER = Month(2026, 9)


def account(code: str, name: str, side: str = "D", needs: tuple[str, ...] = ()) -> Account:
    return Account(code, name, len(code) // 3 + 1, "", side, True, needs)


ACCOUNTS = {
    one.code: one
    for one in (account("101", "库存现金"), account("51302", "办公费"), account("113", "应收款", needs=("party",)))
}
ENTRY = replace(
    NO_ENTRIES,
    accounts=ACCOUNTS,
    paths={code: one.name for code, one in ACCOUNTS.items()},
    parties={"P1": Party("P1", "白雁河砂石厂", "单位")},
)
DEBTOR = TemplateLine("借款", "113", "应收款", "D", "谁")
TEMPLATE = Template("t", "借款", "2023", (DEBTOR, TemplateLine("借款", "101", "库存现金", "C")))
PAST = Voucher(
    "u", "V01", "记", SEPTEMBER, 1, date(2026, 9, 1), "normal", "posted", 1, 1,
    (Line("买扫把", "51302", 100), Line("买扫把", "101", 0, 100)),
)  # fmt: skip


@pytest.fixture(scope="module")
def sheet(qapp: QApplication) -> Iterator[VoucherForm]:
    window = QWidget()
    form = VoucherForm()
    form.setParent(window)
    form.use(ENTRY, Month(2026, 1))
    window.resize(1000, 700)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    yield form
    window.deleteLater()


def type_text(text: str) -> Callable[[VoucherForm], None]:
    def act(_form: VoucherForm) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    return act


def commit(text: str) -> Callable[[VoucherForm], None]:
    def act(_form: VoucherForm) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    return act


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Callable[[VoucherForm], None]:
    def act(_form: VoucherForm) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)

    return act


def go(row: int, column: int) -> Callable[[VoucherForm], None]:
    def act(form: VoucherForm) -> None:
        form.rows[row].cells[column].setFocus()

    return act


def take_template(form: VoucherForm) -> None:
    form.take_template(TEMPLATE)


def take_suggestion(form: VoucherForm) -> None:
    form.rows[0].summary.setFocus()
    commit("买")(form)
    form.offer_alike([PAST])
    QTest.keyClick(form.rows[0].summary, KEY.Key_Down)
    QTest.keyClick(form.rows[0].summary, KEY.Key_Return)


ACTS = st.one_of(
    st.builds(go, st.integers(0, 3), st.sampled_from((0, 1, 2, 4, 5))),
    st.builds(type_text, st.sampled_from(("1", "12", "101", "51302", "113", "..", "//", "=", " ", "120-", "x", "7*8"))),
    st.builds(commit, st.sampled_from(("买扫把", "＝", "　", "。。", "１２"))),
    st.builds(press, st.sampled_from((KEY.Key_Return, KEY.Key_Up, KEY.Key_Down, KEY.Key_Backspace, KEY.Key_Delete))),
    st.builds(press, st.sampled_from((KEY.Key_Delete, KEY.Key_Insert, KEY.Key_Z, KEY.Key_Y)), st.just(CONTROL)),
    st.sampled_from((take_template, take_suggestion)),
)
BEGUN = st.sampled_from(
    (
        Draft(date(2026, 9, 30), ()),
        Draft(date(2026, 9, 10), PAST.lines, "记", attachment_count=2),
        Draft(date(2026, 9, 10), (Line("付砂石款", "113", 5_000, party="P1"), Line("付砂石款", "101", 0, 5_000))),
    )
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(begun=BEGUN, acts=st.lists(ACTS, max_size=14))
def test_undoing_everything_is_the_voucher_as_it_was_shown(
    sheet: VoucherForm, begun: Draft, acts: list[Callable[[VoucherForm], None]]
) -> None:
    sheet.put(begun, None, SEPTEMBER, "冯素芳")
    sheet.rows[0].summary.setFocus()
    start, draft = sheet.text(), sheet.draft()
    for act in acts:
        act(sheet)
    for _step in range(200):  # what the acts themselves undid
        sheet.redo()
    end, said = sheet.text(), sheet.draft()
    for _step in range(200):
        sheet.undo()
    assert (sheet.text(), sheet.draft()) == (start, draft)
    assert not sheet.is_changed()
    for _step in range(200):
        sheet.redo()
    assert sheet.draft().lines == said.lines
    assert [row.texts for row in sheet.text().rows] == [row.texts for row in end.rows]


@pytest.fixture
def form(driver: Driver, keyboard: Keyboard) -> VoucherForm:
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.new()
    return page.editor.form


def undo(keyboard: Keyboard) -> None:
    keyboard.press(KEY.Key_Z, CONTROL)


def test_a_run_of_typing_in_one_cell_is_one_step_and_the_cursor_comes_along(
    form: VoucherForm, keyboard: Keyboard
) -> None:
    keyboard.enter()
    keyboard.commit("买扫把")
    keyboard.enter()
    keyboard.type("51401")
    keyboard.enter()
    keyboard.type("120")
    keyboard.enter()
    undo(keyboard)
    assert (form.rows[0].debit.text(), focused()) == ("", form.rows[0].debit)
    undo(keyboard)
    assert (form.rows[0].account.text(), focused()) == ("", form.rows[0].account)
    undo(keyboard)
    assert form.rows[0].is_empty()
    for _step in range(3):
        keyboard.press(KEY.Key_Y, CONTROL)
    assert (form.rows[0].account.key, form.rows[0].debit.fen()) == ("51401", 12_000)


def test_within_a_cell_the_last_words_go_first(form: VoucherForm, keyboard: Keyboard) -> None:
    form.rows[0].summary.setFocus()
    keyboard.commit("买扫把")
    keyboard.commit("两把")
    undo(keyboard)
    assert form.rows[0].summary.text() == "买扫把"
    undo(keyboard)
    assert form.rows[0].summary.text() == ""


@pytest.mark.parametrize("key", [KEY.Key_Delete, KEY.Key_Insert])
def test_a_row_taken_out_or_put_in_comes_back(form: VoucherForm, keyboard: Keyboard, key: Qt.Key) -> None:
    for row, text in enumerate(("一", "二", "三")):
        form.rows[row].summary.setFocus()
        keyboard.commit(text)
    form.rows[1].summary.setFocus()
    keyboard.press(key, CONTROL)
    undo(keyboard)
    assert [row.summary.text() for row in form.rows[:4]] == ["一", "二", "三", ""]


def test_the_balancing_amount_is_one_step(form: VoucherForm, keyboard: Keyboard) -> None:
    form.rows[0].debit.setFocus()
    keyboard.type("120")
    form.rows[1].debit.setFocus()
    keyboard.type("=")
    assert form.rows[1].credit.fen() == 12_000
    undo(keyboard)
    assert [row.credit.text() for row in form.rows[:2]] == ["", ""]
    assert form.rows[0].debit.fen() == 12_000


def test_undo_works_with_the_cursor_on_a_button_and_a_saved_voucher_begins_anew(
    form: VoucherForm, driver: Driver, keyboard: Keyboard, make_voucher: Callable[..., Voucher]
) -> None:
    editor = driver.desktop.vouchers.editor
    form.rows[0].summary.setFocus()
    keyboard.commit("买扫把")
    editor.acts["back"].setFocus()
    undo(keyboard)
    assert form.rows[0].is_empty()
    voucher = make_voucher()
    driver.desktop.vouchers.open(voucher.uid)
    driver.settle()
    undo(keyboard)
    assert form.draft().lines == voucher.lines


def test_what_cannot_be_read_comes_back_as_it_was_typed(form: VoucherForm, keyboard: Keyboard) -> None:
    shown = form.day.text()
    form.day.setFocus()
    keyboard.type("45")
    keyboard.enter()
    assert form.misread()
    undo(keyboard)
    assert (form.day.text(), form.misread()) == (shown, [])
    keyboard.press(KEY.Key_Y, CONTROL)
    assert form.misread()


def test_a_voucher_in_the_books_cannot_be_undone(sheet: VoucherForm, qtbot: QtBot) -> None:
    sheet.put(Draft(PAST.day, PAST.lines), PAST, SEPTEMBER, "冯素芳")
    sheet.undo()
    assert all(isinstance(cell, QLineEdit) and cell.isReadOnly() for cell in sheet.rows[0].cells)
    assert sheet.draft().lines == PAST.lines
