"""What a new centre needs on the road: receipt books, keys of readers, a key taken away, own accounts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from tests.gui.conftest import AGENT_NAME, DIRECTOR_NAME, OTHER_AGENT, Driver, Keyboard
from tests.pdf.reading import words_of
from tests.services.conftest import CHEAP, PASSPHRASE, Staff, simple_paper
from villagebooks.core.receipt import Receipt
from villagebooks.gui.setting.page import SettingPage
from villagebooks.services.account import read_entry_book
from villagebooks.services.ceremony import finish_rotation, prepare_rotation, renew_envelopes
from villagebooks.services.desk import Desk, open_desk
from villagebooks.services.key import key_holders
from villagebooks.services.lookup import list_readers
from villagebooks.services.paper import issued_books, save_paper
from villagebooks.services.query import open_reader

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key


def settings_of(driver: Driver) -> SettingPage:
    page = driver.desktop.settings
    assert isinstance(page, SettingPage)
    return page


def test_a_receipt_book_is_issued_by_the_keyboard_and_its_numbers_are_seen(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    page = driver.desktop.receipts
    driver.desktop.window.go(page)
    driver.settle()
    page.new.entry("code").setFocus()
    for text in ("B-01", "0012351", "0012375"):
        keyboard.type(text)
        keyboard.press(KEY.Key_Tab)
    keyboard.commit("向丽蓉")
    page._issue.setFocus()
    keyboard.press(KEY.Key_Space)
    driver.settle()
    assert page.strip.text() == "已发放收据本 B-01（0012351—0012375），领用人 向丽蓉"
    save_paper(
        desk, simple_paper(), [Receipt("B-01", n, "used", "", "2026-09-09", 500) for n in ("0012351", "0012353")]
    )
    driver.desktop.seat.tell_changed()
    driver.settle()
    row = [column.shown(page.books.current()) for column in page.books.model.columns]
    assert row == ["B-01", "0012351—0012375", "向丽蓉", "2026-09-02", "2", "0", "22", "缺 1 张"]
    shown = [(one.number, one.state) for one in page.numbers.model.records()]
    assert shown == [("0012351", "used"), ("0012352", "missing"), ("0012353", "used")]
    page.issue()
    driver.settle()
    assert "请写收据本的编号" in page.strip.text()
    assert page.new.entry("code").property("bad") == "true"
    page.print_out()
    driver.settle()
    preview = driver.desktop.preview
    assert driver.desktop.window.current() is preview
    assert "收款收据使用核销表" in words_of(preview._files[0])


def test_a_number_is_voided_on_the_second_press_only(driver: Driver, desk: Desk) -> None:
    page = driver.desktop.receipts
    driver.desktop.window.go(page)
    driver.settle()
    assert not page._void.isEnabled()
    page.new.put({"code": "B-01", "first": "0012351", "last": "0012375", "issued_to": "向丽蓉"})
    page.issue()
    driver.settle()
    assert page.void.values()["number"] == "0012351"
    page.void_number()
    driver.settle()
    assert "不能恢复。再按一次" in page.strip.text()
    assert issued_books(desk)[0].count.void == ()
    page.void.put({"number": "0012352"})
    page.void_number()
    page.void_number()
    driver.settle()
    assert page.strip.text() == "收据 0012352 已作废"
    assert (issued_books(desk)[0].count.void, issued_books(desk)[0].count.missing) == (("0012352",), ("0012351",))
    page.void.put({"number": "0012352"})
    page.void_number()
    page.void_number()
    driver.settle()
    assert "收据 0012352 已经用过或作废" in page.strip.text()
    page.numbers.view.selectRow(0)
    assert page.void.values()["number"] == "0012351"


def test_a_number_of_no_book_is_refused_at_once_and_escape_takes_the_question_back(
    driver: Driver, keyboard: Keyboard, desk: Desk
) -> None:
    page = driver.desktop.receipts
    driver.desktop.window.go(page)
    driver.settle()
    page.new.put({"code": "B-01", "first": "0012351", "last": "0012375", "issued_to": "向丽蓉"})
    page.issue()
    driver.settle()
    page.void.put({"number": "0099999"})
    page.void_number()
    assert page.strip.text() == "收据 0099999 不在本村领用的号段里"
    page.void.put({"number": "0012352"})
    page.void_number()
    assert "不作废了按 Esc" in page.strip.text()
    page._void.setFocus()
    keyboard.press(Qt.Key.Key_Escape)
    assert page.strip.text() == ""
    page.void_number()
    driver.settle()
    assert "再按一次" in page.strip.text()
    assert issued_books(desk)[0].count.void == ()


def test_a_reader_gets_its_key_file_in_the_window_and_keeps_it_over_a_change_of_the_root(
    driver: Driver, desk: Desk, staff: Staff, tmp_path: Path
) -> None:
    panel = driver.tab("readers")
    panel.ask()
    assert [panel.form.entry(name).property("bad") for name in ("name", "root")] == ["true", "true"]
    panel.form.put({"name": "老秤湾村查询机", "root": "不是总钥匙的口令十个字"})
    panel.make(tmp_path / "reader.json")
    driver.settle()
    assert "总钥匙的口令不对" in panel.strip.text()
    panel.form.put({"root": PASSPHRASE, "passphrase": "早上开机输的口令十个字", "again": "早上开机输的口令十个字"})
    panel.make(tmp_path / "reader.json")
    driver.settle()
    assert "查询钥匙写在" in panel.strip.text()
    assert [one.name for one in list_readers(desk.office)] == ["老秤湾村查询机"]
    assert [one.name for one in panel.table.model.records()] == ["老秤湾村查询机"]
    assert open_reader(tmp_path / "reader.json", lambda: "早上开机输的口令十个字").cls == 1
    assert panel.form.values()["root"] == ""
    sealed = renew_envelopes(desk.office, staff.root)
    rotation = prepare_rotation(desk.office, sealed.envelopes()["root"])
    finish_rotation(desk.office, rotation, PASSPHRASE, rotation.fingerprint.split("-")[2], CHEAP)
    panel.renew(tmp_path / "reader.json")
    driver.settle()
    assert "老秤湾村查询机的钥匙文件认现在的总钥匙了，口令没有变" in panel.strip.text()
    panel.renew(tmp_path / "reader.json")
    driver.settle()
    assert "不用更新" in panel.strip.text()


def test_a_key_is_revoked_on_the_second_press_and_issued_anew(driver: Driver, desk: Desk, staff: Staff) -> None:
    page = settings_of(driver)
    driver.desktop.window.go(page)
    driver.settle()
    keys = page.people.keys
    page.people.tabs.setCurrentWidget(keys)
    driver.settle()
    assert keys.table.go_to(lambda one: one.person == OTHER_AGENT)
    assert not keys.acts.choose("issue")
    assert keys.acts.choose("revoke")
    keys.revoke()
    assert "请输总钥匙口令" in keys.strip.text()
    keys.acts.forms["revoke"].put({"root": PASSPHRASE, "reason": "U盘丢了"})
    keys.revoke()
    driver.settle()
    assert "不能恢复，只能另发一把。再按一次就吊销" in keys.strip.text()
    assert OTHER_AGENT in key_holders(desk.office)
    keys.revoke()
    driver.settle()
    assert keys.strip.text() == f"{OTHER_AGENT}的钥匙已吊销"
    assert OTHER_AGENT not in key_holders(desk.office)
    assert OTHER_AGENT not in driver.desktop.seat.holders
    assert keys.table.go_to(lambda one: one.person == OTHER_AGENT)
    assert keys.acts.choose("issue")
    keys.acts.forms["issue"].put({"root": PASSPHRASE, "holder": PASSPHRASE, "new": PASSPHRASE, "again": PASSPHRASE})
    keys.issue()
    driver.settle()
    assert OTHER_AGENT in key_holders(desk.office)
    assert {DIRECTOR_NAME, AGENT_NAME} <= set(driver.desktop.seat.holders)


def test_an_account_is_added_in_the_tree_and_can_be_typed_in_a_voucher(
    driver: Driver, desk: Desk, keyboard: Keyboard
) -> None:
    page = settings_of(driver)
    driver.desktop.window.go(page)
    page.tabs.setCurrentWidget(page.accounts)
    driver.settle()
    panel, cards = page.accounts.chart, page.accounts.chart.cards
    assert panel.table.go_to(lambda one: one.code == "50402")
    assert cards.new.form.values()["code"] == "5040201"
    cards.new.form.entry("name").setFocus()
    keyboard.commit("卖废品")
    cards.new.act.setFocus()
    keyboard.press(KEY.Key_Space)
    driver.settle()
    assert panel.strip.text() == "已增设科目 5040201 卖废品"
    assert driver.desktop.seat.entry.paths["5040201"] == "其他收入／其他／卖废品"
    assert [one.leaf for one in panel.table.model.records() if one.code == "50402"] == [False]
    assert panel.table.go_to(lambda one: one.code == "101")
    cards.new.form.put({"name": "保险柜"})
    panel.add_one()
    driver.settle()
    assert "科目 101 库存现金 已有分录，不能再往下分" in panel.strip.text()
    assert not cards.name.isEnabled()
    assert panel.table.go_to(lambda one: one.code == "5040201")
    cards.name.form.entry("name").setFocus()
    cards.name.form.put({"name": "废旧物资"})
    panel.rename_one()
    driver.settle()
    assert panel.strip.text().startswith("科目 5040201 现在叫 废旧物资")
    assert read_entry_book(desk).accounts["5040201"].name == "废旧物资"


def test_a_new_book_takes_the_accounts_of_the_first_unless_told_otherwise(driver: Driver, desk: Desk) -> None:
    page = settings_of(driver)
    driver.tab("books")
    like = page.books.form.entry("template")
    assert isinstance(like, QComboBox)
    assert like.currentText().startswith("和 V01")
    values = {"village": "V09", "village_name": "新村", "standard": "2023", "start": "2026-09"}
    page.books.form.put({"code": "V09", "name": "新村", **values})
    page.books.make_book()
    driver.settle()
    like.setCurrentIndex(1)
    page.books.form.put({"code": "V11", "name": "新村合作社", **values})
    page.books.make_book()
    driver.settle()
    assert page.books.strip.text() == "2023 年制度还没有定统一科目：先选“只建制度里的一级科目”，或跟别的账套一样"
    like.setCurrentIndex(0)
    page.books.load()
    assert like.currentData() == ""
    page.books.form.put({"code": "V10", "name": "新村合作社", **values})
    page.books.make_book()
    driver.settle()
    taken = read_entry_book(open_desk(desk.office, "V09", desk.period)).accounts
    assert {code for code, one in read_entry_book(desk).accounts.items() if one.level > 1} <= taken.keys()
    bare = read_entry_book(open_desk(desk.office, "V10", desk.period)).accounts
    assert {one.level for one in bare.values()} == {1}
    assert QApplication.focusWidget() is not None
