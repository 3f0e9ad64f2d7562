"""What is typed and not saved survives kill -9: it is offered when the vouchers are opened again."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.gui.conftest import AGENT_NAME, OTHER_AGENT, SEPTEMBER, Driver, Keyboard, driven
from tests.gui.killed import kept, kill, typing
from tests.services.conftest import Staff, sign_all
from villagebooks.core.unsaved import RowText, SheetText, Unsaved
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.db.journal import states_of
from villagebooks.gui.recovery import KEEP_MS
from villagebooks.gui.voucher.page import VoucherPage
from villagebooks.paths import data_folder
from villagebooks.services.desk import Desk, Office
from villagebooks.services.unsaved import Keeping, find_unsaved
from villagebooks.services.voucher import list_vouchers, read_voucher, save_voucher

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key

ACTS = """
page = desktop.vouchers
desktop.window.go(page)
rest()
page.new() if len(sys.argv) < 4 else page.open(sys.argv[3])
rest()
form = page.editor.form
event = QInputMethodEvent()
event.setCommitString("买扫把")
QApplication.sendEvent(form.rows[0].summary, event)
form.rows[0].account.setFocus()
QTest.keyClicks(form.rows[0].account, "51401")
form.rows[0].debit.setFocus()
if len(sys.argv) < 4:
    QTest.keyClicks(form.rows[0].debit, "12*3")
form.rows[1].summary.setFocus()
"""


@contextmanager
def typing_on(office: Office, *more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A voucher is typed in a window of another process."""
    with typing(office, ACTS, "51401", *more) as child:
        yield child


def type_and_kill(office: Office, *more: str) -> None:
    """A real process types and is killed without notice once what it typed is on the disk."""
    with typing_on(office, *more):
        pass


@pytest.fixture(autouse=True)
def nothing_left() -> None:
    for path in kept():
        path.unlink()


def die_and_leave(path: Path) -> Path:
    """What a window leaves that kept the same and died."""
    dead = path.with_name(path.name.replace(path.stem[-32:], "0" * 32))
    dead.write_text(path.read_text("utf-8"), "utf-8")
    return dead


def come_back(driver: Driver) -> None:
    driver.desktop.seat.sit_at(month=SEPTEMBER)
    driver.settle()
    driver.desktop.window.go(driver.desktop.vouchers)
    driver.settle()


def test_what_was_typed_survives_kill_9(desk: Desk, office: Office, qtbot: QtBot) -> None:
    type_and_kill(office)
    (path,) = kept()
    assert os.name != "posix" or (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        come_back(driver)
        page = driver.desktop.vouchers
        offer = page.recovery.sentence.text()
        assert page.recovery.isVisible()
        assert f"{AGENT_NAME}在“{desk.book.name}”新做一张时打的" in offer
        assert "“买扫把”，借方 36.00 元" in offer
        page.recovery.restore.click()
        driver.settle()
        form = page.editor.form
        assert form.draft().lines == (Line("买扫把", "51401", 3_600),)
        assert form.slot() == (1, 0)  # where the cursor was, not below what was typed
        assert not page.recovery.isVisible()
        assert path not in kept()
        assert len(kept()) == 1  # the form keeps its own from now on
        form.rows[1].summary.setFocus()
        form.rows[1].summary.setText("买扫把")
        form.rows[1].account.put("101")
        form.rows[1].credit.put(3_600)
        page.editor.save()
        driver.settle()
        assert [head.total_fen for head in list_vouchers(desk)] == [3_600]
        assert kept() == []


def test_a_draft_that_was_being_changed_is_found_and_says_what_became_of_it(
    desk: Desk, office: Office, qtbot: QtBot, staff: Staff, make_voucher: Callable[..., Voucher]
) -> None:
    voucher = make_voucher()
    type_and_kill(office, voucher.uid)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        come_back(driver)
        page = driver.desktop.vouchers
        assert "改 记-1 号时打的" in page.recovery.sentence.text()
        page.recovery.restore.click()
        driver.settle()
        assert page.editor.uid == voucher.uid
        assert page.editor.form.draft().lines[0].account == "51401"
        page.editor.form.undo()
        assert page.editor.form.draft().lines == voucher.lines
        page.editor.form.redo()
        assert page.editor.form.draft().lines[0].account == "51401"
        page.editor.keeper.keep()
        driver.settle()
        (path,) = kept()
        left = path.read_text("utf-8")
        page.editor.may_leave()
        page.editor.may_leave()
        driver.settle()
        assert kept() == []
    path = path.with_name(path.name.replace(path.stem[-32:], "0" * 32))  # of a window that died
    path.write_text(left, "utf-8")
    changed = save_voucher(desk, _as_draft(voucher, 9))
    found = find_unsaved(desk)
    assert found is not None
    assert (found.voucher, found.unsaved.rev) == (changed, voucher.rev)
    sign_all(desk, voucher.uid, staff)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        come_back(driver)
        page = driver.desktop.vouchers
        assert "原来的 记-1 号已经送签、记账或作废" in page.recovery.sentence.text()
        page.recovery.restore.click()
        driver.settle()
        assert page.editor.uid == ""
        assert page.editor.form.draft().lines[0].account == "51401"
        assert read_voucher(desk, voucher.uid).lines == changed.lines
        page.editor.may_leave()
        page.editor.may_leave()


def test_what_is_being_typed_in_another_window_is_offered_only_once_that_window_is_dead(
    desk: Desk, office: Office, qtbot: QtBot
) -> None:
    with typing_on(office) as other, driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        (path,) = kept()
        come_back(driver)
        page = driver.desktop.vouchers
        assert not page.recovery.isVisible()
        assert find_unsaved(desk) is None
        kill(other)
        page.load()
        driver.settle()
        assert "“买扫把”" in page.recovery.sentence.text()
        assert page.recovery.isVisible()
        assert kept() == [path]


def test_of_two_windows_that_offer_the_same_only_one_gets_it(desk: Desk, office: Office, qtbot: QtBot) -> None:
    type_and_kill(office)
    mine = Office(desk.books, AGENT_NAME)
    with driven(mine, qtbot) as driver, driven(mine, qtbot) as second:
        come_back(driver)
        come_back(second)
        page, other = driver.desktop.vouchers, second.desktop.vouchers
        assert page.recovery.isVisible()
        assert other.recovery.isVisible()
        page.recovery.restore.click()
        driver.settle()
        assert page.editor.form.draft().lines == (Line("买扫把", "51401", 3_600),)
        other.recovery.restore.click()
        second.settle()
        assert "已经在另一个窗口里恢复或丢弃了" in other.strip.text()
        assert other.stack.currentIndex() == 0
        assert not other.recovery.isVisible()
        assert len(kept()) == 1
        page.editor.may_leave()
        page.editor.may_leave()


def test_what_is_not_taken_because_another_voucher_is_in_hand_is_offered_again(
    desk: Desk, office: Office, qtbot: QtBot
) -> None:
    type_and_kill(office)
    with driven(Office(desk.books, AGENT_NAME), qtbot) as driver:
        come_back(driver)
        page = driver.desktop.vouchers
        page.new()
        page.editor.form.rows[0].summary.setText("手上这一张")
        page.recovery.restore.click()
        driver.settle()
        assert "改过还没有保存" in page.editor.strip.text()
        assert page.editor.form.draft().lines[0].summary == "手上这一张"
        assert page.recovery.isVisible()
        page.recovery.restore.click()
        driver.settle()
        assert page.editor.form.draft().lines[0].summary == "买扫把"
        assert not page.recovery.isVisible()
        page.editor.may_leave()
        page.editor.may_leave()


def test_a_sign_of_life_goes_with_what_it_stood_for_and_with_its_program(desk: Desk, office: Office) -> None:
    others = set((data_folder() / "unsaved").glob("*.alive"))  # of tests before, whose program is this one
    type_and_kill(office)
    (path,) = kept()
    folder = path.parent
    assert [one.stem for one in set(folder.glob("*.alive")) - others] == [path.stem[-32:]]
    path.unlink()
    path.with_name(f".{path.name}.0123abcd.part").write_text("{")  # killed while it wrote
    assert find_unsaved(desk) is None
    assert set(folder.iterdir()) <= others


def type_over(driver: Driver, voucher: Voucher) -> VoucherPage:
    """A draft of the month in hand, with another summary, not saved."""
    come_back(driver)
    page: VoucherPage = driver.desktop.vouchers
    page.open(voucher.uid)
    driver.settle()
    page.editor.form.rows[0].summary.setText("买墨盒")
    return page


def test_a_draft_changed_meanwhile_is_told(
    driver: Driver, desk: Desk, make_voucher: Callable[..., Voucher], qtbot: QtBot
) -> None:
    voucher = make_voucher()
    page = type_over(driver, voucher)
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    (path,) = kept()
    save_voucher(desk, _as_draft(voucher, 9))
    die_and_leave(path)
    page.recovery.look()
    driver.settle()
    assert "记-1 号后来又改过（冯素芳，" in page.recovery.sentence.text()
    page.recovery.give_up.click()
    assert page.recovery.isVisible()
    assert page.recovery.give_up.text() == "真的丢弃"
    page.recovery.give_up.click()
    driver.settle()
    assert not page.recovery.isVisible()
    assert kept() == [path]


def test_in_another_book_what_was_left_is_offered_from_the_newest_on(driver: Driver, desk: Desk, qtbot: QtBot) -> None:
    seat = driver.desktop.seat
    books = (desk.book, next(one for one in seat.books if one.code != desk.book.code))
    for book in books:
        for number, words in enumerate(("先打的", "后打的")):
            left = Keeping()
            there = Desk(desk.books, AGENT_NAME, book, desk.period)
            row = RowText((words, "", "", "", "", ""), ("",) * 6, None, False, ("", ""), Line("", ""))
            sheet = SheetText(("9", f"2026-09-0{number + 1}"), "1", ("记", False), "normal", (row,))
            left.keep(there, Unsaved("", "", "", 0, sheet))
            left.let_go()
    page = driver.desktop.vouchers
    come_back(driver)
    said = []
    for book in (*books, books[0]):
        seat.sit_at(book, SEPTEMBER)
        driver.settle()
        page.refresh()
        driver.settle()
        said.append(page.recovery.sentence.text())
        page.recovery.next.click()
        driver.settle()
        assert "第 2 张" in page.recovery.sentence.text()
        page.recovery.look()  # the same book: it stays where it was
        driver.settle()
        assert "第 2 张" in page.recovery.sentence.text()
    assert all(text.startswith("共 2 张，第 1 张：") for text in said)


@pytest.fixture
def clashing(
    driver: Driver, desk: Desk, make_voucher: Callable[..., Voucher], qtbot: QtBot
) -> tuple[VoucherPage, Voucher]:
    """What somebody typed over 记-1 and left, restored after a colleague had saved the same draft."""
    voucher = make_voucher()
    page = type_over(driver, voucher)
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    (path,) = kept()
    die_and_leave(path)
    page.editor.may_leave()
    page.editor.may_leave()
    theirs = save_voucher(Desk(desk.books, OTHER_AGENT, desk.book, desk.period), _as_draft(voucher, 9), voucher.rev)
    page.recovery.look()
    driver.settle()
    page.recovery.restore.click()
    driver.settle()
    return page, theirs


def clash_words(page: VoucherPage) -> list[str]:
    return [one.text() for one in page.editor.clash.rows.findChildren(QLabel)]


def test_both_states_stand_side_by_side_with_who_saved_the_other_and_saving_waits_for_the_choice(
    clashing: tuple[VoucherPage, Voucher], driver: Driver, desk: Desk
) -> None:
    page, theirs = clashing
    panel = page.editor.clash
    assert panel.isVisible()
    assert "记-1 在您打开以后又改过（谭永川，" in panel.sentence.text()
    assert clash_words(page)[3:] == ["附单据数", "9", "2", "第 1 行摘要", theirs.lines[0].summary, "买墨盒"]
    page.editor.save()
    driver.settle()
    assert "先选用哪一份" in page.editor.strip.text()
    assert read_voucher(desk, theirs.uid) == theirs
    assert len(kept()) == 1


def test_what_was_typed_is_saved_over_the_other_one_which_stays_in_the_log(
    clashing: tuple[VoucherPage, Voucher], driver: Driver, desk: Desk, office: Office
) -> None:
    page, theirs = clashing
    page.editor.clash.mine.click()
    assert "（谭永川，" in page.editor.strip.text()
    page.editor.save()
    driver.settle()
    now = read_voucher(desk, theirs.uid)
    assert (now.lines[0].summary, now.attachment_count, now.rev) == ("买墨盒", 2, theirs.rev + 1)
    with office.books.read() as connection:
        before = states_of(connection, f"voucher:{theirs.uid}")
    assert len(before) == 3  # saved, changed by the colleague, changed by what was typed: each can be looked at
    assert kept() == []


def test_what_was_typed_becomes_a_voucher_of_its_own_and_the_other_one_stays(
    clashing: tuple[VoucherPage, Voucher], driver: Driver, desk: Desk
) -> None:
    page, theirs = clashing
    page.editor.clash.apart.click()
    assert page.editor.uid == ""
    assert "记-1 没有动" in page.editor.strip.text()
    page.editor.save()
    driver.settle()
    assert read_voucher(desk, theirs.uid) == theirs
    assert [(head.word, head.number) for head in list_vouchers(desk)] == [("记", 1), ("记", 2)]
    assert page.editor.form.draft().lines[0].summary == "买墨盒"


def test_the_other_one_is_taken_and_what_was_typed_can_still_be_found_by_undoing(
    clashing: tuple[VoucherPage, Voucher], driver: Driver, desk: Desk
) -> None:
    page, theirs = clashing
    page.editor.clash.theirs.click()
    driver.settle()
    assert page.editor.form.draft().lines == theirs.lines
    assert not page.editor.form.is_changed()
    assert kept() == []
    page.editor.form.undo()
    assert page.editor.form.draft().lines[0].summary == "买墨盒"
    assert read_voucher(desk, theirs.uid) == theirs
    page.editor.may_leave()
    page.editor.may_leave()


def test_two_windows_that_changed_the_same_draft_do_not_write_over_each_other_unseen(
    driver: Driver, desk: Desk, make_voucher: Callable[..., Voucher]
) -> None:
    voucher = make_voucher()
    page = type_over(driver, voucher)
    theirs = save_voucher(Desk(desk.books, OTHER_AGENT, desk.book, desk.period), _as_draft(voucher, 9), voucher.rev)
    page.editor.save()
    driver.settle()
    assert read_voucher(desk, voucher.uid) == theirs
    assert page.editor.clash.isVisible()
    assert page.editor.form.draft().lines[0].summary == "买墨盒"
    assert "第 1 行摘要" in clash_words(page)
    page.editor.clash.mine.click()
    page.editor.save()
    driver.settle()
    assert read_voucher(desk, voucher.uid).lines[0].summary == "买墨盒"
    assert not page.editor.clash.isVisible()


def test_a_draft_that_was_signed_meanwhile_is_not_offered_to_be_written_over(
    driver: Driver, desk: Desk, staff: Staff, make_voucher: Callable[..., Voucher]
) -> None:
    voucher = make_voucher()
    page = type_over(driver, voucher)
    sign_all(desk, voucher.uid, staff)
    page.editor.save()
    driver.settle()
    assert "已送签，不能再改" in page.editor.strip.text()
    assert page.editor.form.draft().lines[0].summary == "买墨盒"
    page.editor.may_leave()
    page.editor.may_leave()


def test_what_is_undone_or_given_up_is_kept_no_longer(driver: Driver, keyboard: Keyboard, qtbot: QtBot) -> None:
    come_back(driver)
    page = driver.desktop.vouchers
    page.new()
    page.editor.form.rows[0].summary.setFocus()
    keyboard.commit("写了一半")
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    assert len(kept()) == 1
    keyboard.press(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    driver.settle()
    assert kept() == []
    keyboard.commit("又写一半")
    qtbot.wait(KEEP_MS + 300)
    driver.settle()
    assert len(kept()) == 1
    keyboard.press(KEY.Key_Escape)
    keyboard.press(KEY.Key_Escape)
    driver.settle()
    assert kept() == []


def test_another_person_or_book_finds_nothing_and_a_damaged_file_is_none(
    desk: Desk, driver: Driver, qtbot: QtBot
) -> None:
    come_back(driver)
    page = driver.desktop.vouchers
    page.new()
    page.editor.form.rows[0].summary.setText("写了一半")
    page.editor.keeper.keep()
    driver.settle()
    (path,) = kept()
    assert find_unsaved(desk) is None
    dead = die_and_leave(path)
    assert find_unsaved(Desk(desk.books, "谭永川", desk.book, desk.period)) is None
    found = find_unsaved(desk)
    assert found is not None
    text = dead.read_text("utf-8")
    for spoilt in (
        "",
        "{}",
        "[]",
        text[:-40],
        text.replace('"version": 1', '"version": 2'),
        text.replace("day", "dag"),
    ):
        dead.write_text(spoilt, "utf-8")
        assert find_unsaved(desk) is None
    keeping = Keeping()
    keeping.keep(desk, found.unsaved)
    assert find_unsaved(desk) is None
    keeping.let_go()
    again = find_unsaved(desk)
    assert again is not None
    assert again.unsaved.sheet == found.unsaved.sheet
    keeping.drop(desk)
    assert set(kept()) == {path, dead}


def _as_draft(voucher: Voucher, count: int) -> Draft:
    return Draft(voucher.day, voucher.lines, voucher.word, attachment_count=count, uid=voucher.uid)


def test_where_no_cell_is_told_the_cursor_goes_to_what_the_last_row_still_wants(driver: Driver) -> None:
    come_back(driver)
    page = driver.desktop.vouchers
    page.new()
    form = page.editor.form
    form.rows[0].summary.setText("买扫把")
    for slot, cell in ((None, form.rows[0].account), ((0, 5), form.rows[0].credit), ((90, 0), form.rows[0].account)):
        form.go_to(slot)
        assert form.focusWidget() is cell
    form.rows[0].account.put("51401")
    form.go_to(None)
    assert form.slot() == (0, 4)
    form.rows[0].debit.put(3_600)
    form.go_to(None)
    assert form.slot() == (1, 0)
    page.editor.may_leave()
    page.editor.may_leave()
