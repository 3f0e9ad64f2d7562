"""The counted voucher (UX §5): keys counted in both keymaps, with the Chinese input method off and on."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.gui.conftest import ChineseKeyboard, Driver, Keyboard, begin_voucher, focused
from tests.services.conftest import Staff, sign_all
from villagebooks.core.keymap import KINGDEE, YONYOU
from villagebooks.core.voucher import Draft, Line
from villagebooks.gui.keymap import use_keymap
from villagebooks.services.desk import Desk
from villagebooks.services.voucher import post_voucher, read_vouchers, save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key
MOST_KEYS, MOST_KEYS_SUGGESTED = 60, 25
SAVE = {YONYOU: KEY.Key_F6, KINGDEE: KEY.Key_F8}
LIST = {YONYOU: KEY.Key_F2, KINGDEE: KEY.Key_F7}
WORDS = "买打印纸，到县里开会的车费"
COUNTED = [("5130102", 126_050), ("5130106", 33_950), ("101", -60_000), ("10201", -100_000)]


@pytest.fixture(params=[YONYOU, KINGDEE])
def keymap(request: pytest.FixtureRequest) -> str:
    use_keymap(request.param)
    return str(request.param)


@pytest.fixture(params=[Keyboard, ChineseKeyboard], ids=["plain", "input-method"])
def keyboard(request: pytest.FixtureRequest) -> Keyboard:
    keyboard: Keyboard = request.param()
    return keyboard


def test_the_counted_voucher_takes_at_most_sixty_keys(
    keymap: str, driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    begin_voucher(driver, keyboard)
    keyboard.type("2")
    keyboard.enter()
    keyboard.words(WORDS)
    keyboard.enter()
    for code, amount in (("5130102", "1260.5"), ("5130106", "339.5"), ("101", "600"), ("10201", "=")):
        if code != "5130102":
            if keymap == KINGDEE:  # in 用友 Enter takes the summary along
                keyboard.type("..")
            keyboard.enter()
        keyboard.type(code)
        keyboard.enter()
        keyboard.type(amount)
        if amount != "=":
            keyboard.enter()
    keyboard.press(SAVE[keymap])
    driver.settle()
    assert keyboard.count <= MOST_KEYS
    saved = read_vouchers(desk)[0]
    assert [(line.account, line.net_fen) for line in saved.lines] == COUNTED
    assert {line.summary for line in saved.lines} == {WORDS}
    assert (saved.attachment_count, saved.state, saved.prepared_by) == (2, "draft", "冯素芳")


def test_a_suggestion_from_the_villages_own_past_takes_at_most_twenty_five_keys(
    keymap: str, desk: Desk, staff: Staff, driver: Driver, keyboard: Keyboard
) -> None:
    past = (10_000, 20_000, -5_000, -25_000)
    lines = tuple(
        Line(WORDS, account, max(fen, 0), max(-fen, 0)) for (account, _now), fen in zip(COUNTED, past, strict=True)
    )
    old = save_voucher(desk, Draft(date(2026, 9, 1), lines))
    sign_all(desk, old.uid, staff)
    post_voucher(desk, old.uid)
    begin_voucher(driver, keyboard)
    keyboard.type("2")
    keyboard.enter()
    keyboard.words("打印纸")
    driver.settle()
    keyboard.press(KEY.Key_Down)
    keyboard.enter()
    for amount in ("1260.5", "339.5", "600"):
        keyboard.type(amount)
        keyboard.enter()
    keyboard.type("=")
    keyboard.press(SAVE[keymap])
    driver.settle()
    assert keyboard.count <= MOST_KEYS_SUGGESTED
    saved = read_vouchers(desk)[-1]
    assert [(line.account, line.net_fen) for line in saved.lines] == COUNTED
    assert saved.lines[3].summary == WORDS


def test_the_list_of_a_cell_and_the_balance_have_the_keys_of_the_map(
    keymap: str, driver: Driver, keyboard: Keyboard
) -> None:
    form = begin_voucher(driver, keyboard).form
    form.rows[0].account.setFocus()
    keyboard.press(LIST[keymap])
    assert form.rows[0].account.list_is_open()
    form.rows[0].debit.setFocus()
    keyboard.type("120")
    form.rows[1].credit.setFocus()
    keyboard.press(KEY.Key_F7, Qt.KeyboardModifier.ControlModifier)
    assert form.rows[1].credit.fen() == 12_000


def test_a_space_that_chooses_a_candidate_does_not_swap_debit_and_credit(driver: Driver, keyboard: Keyboard) -> None:
    form = begin_voucher(driver, keyboard).form
    form.rows[0].debit.setFocus()
    keyboard.type("120")
    for last in (" ", "　", "＝", "你"):
        keyboard.compose("ni")
        keyboard.press(KEY.Key_Space)
        keyboard.enter()
        assert focused() is form.rows[0].debit
        keyboard.commit(last)
    assert (form.rows[0].credit.text(), focused()) == ("", form.rows[0].debit)
    assert form.rows[0].debit.misread()


def test_enter_while_letters_are_composed_takes_no_account(driver: Driver, keyboard: Keyboard) -> None:
    form = begin_voucher(driver, keyboard).form
    form.rows[0].account.setFocus()
    keyboard.compose("bgf")
    keyboard.enter()
    assert (form.rows[0].account.key, focused()) == ("", form.rows[0].account)
    keyboard.commit("bgf")
    keyboard.enter()
    assert form.rows[0].account.key == "5130102"


def test_a_minus_after_the_amount_makes_it_red(driver: Driver, keyboard: Keyboard) -> None:
    form = begin_voucher(driver, keyboard).form
    form.rows[0].debit.setFocus()
    keyboard.type("120-")
    keyboard.enter()
    assert form.rows[0].debit.fen() == -12_000
