"""村 in the window: another name from a day on, two villages merged by drafts and a signature, balances by village."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox

from tests.gui.conftest import AGENT_NAME, DIRECTOR_NAME, Driver
from tests.services.conftest import Staff
from tests.services.test_merger import AUGUST, BASIS, JULY, Villages, accounts, entries, line
from villagebooks.core.period import Month
from villagebooks.core.village import Village
from villagebooks.gui.merger.page import FORMER, MergerPage
from villagebooks.services.closing import close_month
from villagebooks.services.desk import Desk, Office
from villagebooks.services.merger import list_mergers
from villagebooks.services.office import new_book, open_book
from villagebooks.services.village import list_villages

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def test_a_village_is_renamed_with_its_basis_and_its_old_name_stays_in_the_list(desk: Desk, driver: Driver) -> None:
    desktop = driver.desktop
    panel = driver.tab("villages")
    panel.table.go_to(lambda one: one.village.code == "V02")
    panel.form.put({"name": "新磨坪村"})
    panel.rename()
    driver.settle()
    assert "请写依据" in panel.strip.text()
    panel.form.put({"name": "新磨坪村", "basis": BASIS, "code": "990123001202", "since": date(2026, 9, 1)})
    panel.rename()
    driver.settle()
    assert "V02 现在叫新磨坪村；以前的表照旧印以前的名字" in panel.strip.text()
    one = next(one for one in list_villages(desk.office) if one.village.code == "V02")
    assert [term.since for term in panel.names.model.records()] == [term.since for term in one.names] == [
        "", "2026-09-01"
    ]  # fmt: skip
    assert next(book.name for book in desktop.seat.books if book.code == "V02").startswith("新磨坪村")


@pytest.fixture
def made(office: Office, staff: Staff) -> Villages:
    """An old village with money and a debt, and the book of the new one."""
    made = Villages(office, staff)
    for code, name, start in (("C01", "槽口村", Month(2026, 1)), ("N01", "桐油槽村", AUGUST)):
        open_book(office, Village(code, name), new_book(code, code, name, "代行", "2023", start), accounts())
    made.book("C01", entries(
        line("10201", 5_000_000), line("112", credit=3_100_000, party="罗氏建筑队"), line("301", credit=1_900_000)
    ))  # fmt: skip
    close_month(made.desk("C01", JULY), staff.agent)
    return made


def choose(page: MergerPage, name: str, code: str) -> None:
    entry = page.merge.form.entry(name)
    assert isinstance(entry, QComboBox)
    entry.setCurrentIndex(entry.findData(code))


def test_villages_are_merged_by_two_drafts_and_the_director_s_signature(
    made: Villages, staff: Staff, driver: Driver
) -> None:
    desktop = driver.desktop
    desktop.seat.load()
    driver.settle()
    desktop.window.go(desktop.settings)
    driver.settle()
    desktop.settings.villages.merger_wanted.emit()
    driver.settle()
    page = desktop.merger
    assert desktop.window.current() is page
    choose(page, "source", "C01")
    choose(page, "target", "N01")
    page.merge.form.put({"day": date(2026, 8, 1)})
    page.begin()
    driver.settle()
    assert "请写依据" in page.strip.text()
    page.merge.form.put({"basis": BASIS})
    page.look()
    driver.settle()
    assert "新账套要增设的科目：10202 基本户〔原槽口村〕" in page.strip.text()
    assert [one.new_words for one in page.merge.moves.model.records()] == ["", "罗氏建筑队〔原槽口村〕", "〔原槽口村〕"]
    page.begin()
    driver.settle()
    assert "两个账套各有一张转账凭证草稿（记-1、记-1）" in page.strip.text()
    page.ask_finish()
    assert "还没有签完字记账" in page.strip.text()
    assert page.merge.sign.isHidden()
    page.give_up()
    assert "再按一次就放弃" in page.strip.text()
    page.give_up()
    driver.settle()
    assert list_mergers(made.office) == []
    page.begin()
    driver.settle()
    merger = list_mergers(made.office)[0].merger
    made.post("C01", merger.voucher_out)
    made.post("N01", merger.voucher_in)
    close_month(made.desk("C01"), staff.agent)
    page.load()
    driver.settle()
    page.ask_finish()
    assert "槽口村的账套停用，不能再记凭证" in page.merge.sign.sentence.text()
    driver.sign_as(page.merge.sign, AGENT_NAME)
    assert "冯素芳不是中心主任" in page.merge.sign.answer.text()
    driver.sign_as(page.merge.sign, DIRECTOR_NAME)
    assert "槽口村的账已并入 N01，账套 C01 停用" in page.strip.text()
    page.print_shown()
    driver.settle()
    driver.settle()
    assert not desktop.preview.sheet.pixmap().isNull()
    desktop.go_back()


def test_balances_are_shown_by_former_village(driver: Driver) -> None:
    desktop = driver.desktop
    book = next(one for one in desktop.seat.books if one.code == "V04")
    desktop.seat.sit_at(book, AUGUST)
    driver.settle()
    desktop.open_merger()
    driver.settle()
    page = desktop.merger
    page.tabs.setCurrentIndex(FORMER)
    driver.settle()
    panel = page.former
    assert [panel.which.itemText(row) for row in range(panel.which.count())] == [
        "全部", "原桐油村", "原槽口村", "本村（没有原村记号）"
    ]  # fmt: skip
    panel.which.setCurrentIndex(2)
    rows = panel.table.model.records()
    assert [(row.account, row.words, row.balance_fen) for row in rows] == [
        ("113", "屈三妹〔原槽口村〕", 512_000), ("113", "龙世清〔原槽口村〕", 352_000),
        ("113", "龙德彪（2019年借支）〔原槽口村〕", 1_500_000), ("211", "罗氏建筑队〔原槽口村〕", -8_600_000),
    ]  # fmt: skip
    page.print_shown()
    driver.settle()
    driver.settle()
    assert not desktop.preview.sheet.pixmap().isNull()
