"""报表: every kind for the book, the township's sum and its villages side by side, notes that are kept, covers."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

from PySide6.QtCore import Qt

from tests.gui.conftest import Driver, Keyboard
from villagebooks.core.period import Month
from villagebooks.core.statement import Layout, LayoutLine
from villagebooks.core.village import Village
from villagebooks.core.words import use_language
from villagebooks.gui.output import write_file
from villagebooks.gui.statement.page import StatementPage
from villagebooks.gui.statement.paper import cover_choices, report_name
from villagebooks.paths import open_catalogue
from villagebooks.services.account import chart_accounts
from villagebooks.services.desk import Desk
from villagebooks.services.office import new_book, open_book
from villagebooks.services.statement import copy_layout, note_texts, official_layout, save_layout, use_layout

AUGUST = Month(2026, 8)


def show(driver: Driver, kind: str = "balance-sheet", scope: int = 0) -> StatementPage:
    desktop = driver.desktop
    desktop.seat.sit_at(month=AUGUST)
    driver.settle()
    desktop.window.go(desktop.statements)
    driver.settle()
    page = desktop.statements
    page.scope.setCurrentIndex(scope)
    driver.settle()
    kinds = [page.tabs.tabData(place) for place in range(page.tabs.count())]
    page.tabs.setCurrentIndex(kinds.index(kind))
    driver.settle()
    return page


def titles(page: StatementPage, key: str) -> list[str]:
    return [one.title for one in page.tables[key].model.columns]


def test_income_and_expenditure_open_the_account_behind_a_row(driver: Driver, keyboard: Keyboard) -> None:
    page = show(driver, "detail")
    table = page.tables["detail"]
    assert titles(page, "detail") == ["科目", "名称", "本期金额", "上年同期", "本年累计", "上年累计"]
    assert table.model.records()[-1].label == "三、净收益（收入减支出）"
    assert "账套里没有上年同期的账" in page.note.text()
    table.go_to(lambda row: row.line_no == "5130102")
    table.opened.emit(table.current())
    driver.settle()
    assert (driver.desktop.window.current(), driver.desktop.ledger.account) == (driver.desktop.ledger, "5130102")
    keyboard.press(Qt.Key.Key_Escape)
    driver.settle()
    assert driver.desktop.window.current() is page
    assert table.current().line_no == "5130102"
    keyboard.enter()
    driver.settle()
    assert (driver.desktop.window.current(), driver.desktop.ledger.account) == (driver.desktop.ledger, "5130102")


def test_changes_of_equity_show_for_the_book_alone(driver: Driver) -> None:
    page = show(driver, "equity")
    assert titles(page, "equity")[2:] == ["年初余额", "本年增加", "本年减少", "期末余额"]
    page.scope.setCurrentIndex(1)
    driver.settle()
    assert [page.tabs.tabText(place) for place in range(page.tabs.count())] == [
        "资产负债表", "收益及收益分配表", "收支明细表", "科目余额表",
    ]  # fmt: skip
    assert page.kind == "balance-sheet"


def test_the_township_s_sum_and_its_villages_side_by_side(driver: Driver) -> None:
    page = show(driver, scope=1)
    total = next(row for row in page.tables["balance-sheet"].model.records() if row.label == "资产总计")
    assert "白雁河镇（6 个账套合计）" in page.note.text()
    page.scope.setCurrentIndex(2)
    driver.settle()
    heads = titles(page, "balance-sheet*")
    assert heads[:4] == ["行次", "项目", "合计", "V01 老秤湾村（村委会代行）"]
    beside = next(row for row in page.tables["balance-sheet*"].model.records() if row.label == "资产总计")
    assert beside.amounts_fen[-1] == sum(beside.amounts_fen[:-1]) == total.amounts_fen[0]
    page.figure.setCurrentIndex(1)
    driver.settle()
    opening = next(row for row in page.tables["balance-sheet*"].model.records() if row.label == "资产总计")
    assert opening.amounts_fen[-1] == total.amounts_fen[1]
    page.tabs.setCurrentIndex(3)
    driver.settle()
    assert titles(page, "trial-balance*")[2:4] == ["合计 期末借方", "合计 期末贷方"]
    before = driver.desktop.window.current()
    page.tables["trial-balance*"].opened.emit(page.tables["trial-balance*"].model.records()[0])
    assert driver.desktop.window.current() is before


def test_books_of_two_standards_are_chosen_between(driver: Driver, desk: Desk) -> None:
    book = new_book("V09", "V09", "老制度村", "代行", "2004", Month(2026, 1))
    open_book(desk.office, Village("V09", "老制度村"), book, chart_accounts("2004"))
    page = show(driver, scope=1)
    driver.settle()
    assert page.standard.isVisible()
    assert page.standard.currentText() == "2023 年制度"
    assert "6 个账套合计" in page.note.text()
    page.standard.setCurrentIndex(1)
    driver.settle()
    assert "1 个账套合计" in page.note.text()
    page.scope.setCurrentIndex(0)
    driver.settle()
    assert not page.standard.isVisible()


def test_what_the_accountant_writes_into_the_notes_is_kept(driver: Driver, desk: Desk) -> None:
    page = show(driver, "notes")
    panel = page.notes
    panel.list.go_to(lambda one: one.topic == "fixed")
    driver.settle()
    assert panel.table is not None
    assert [row.name for row in panel.table.model.records()][-1] == "合计"
    panel.words.setPlainText("含捐赠水泵一台。")
    panel.list.go_to(lambda one: one.topic == "events")
    panel.list.go_to(lambda one: one.topic == "fixed")
    assert panel.words.toPlainText() == "含捐赠水泵一台。"
    assert not page.may_leave()
    panel.words.setPlainText("含捐赠水泵一台。")
    panel.save.click()
    driver.settle()
    assert note_texts(desk, 2026) == {"fixed": "含捐赠水泵一台。"}
    assert page.strip.text() == "附注的说明已保存"
    assert page.may_leave()
    panel.save.click()
    assert page.strip.text() == "没有改动"


def test_a_layout_of_the_township_s_own_shows_with_its_version(driver: Driver, desk: Desk) -> None:
    official = official_layout("balance-sheet", "2023")
    draft = save_layout(desk.office, copy_layout(official))
    use_layout(desk.office, draft.uid, Month(2026, 1))
    own = save_layout(desk.office, copy_layout(official_own()))
    use_layout(desk.office, own.uid, Month(2026, 1))
    page = show(driver)
    assert "自定格式第 1 版" in page.note.text()
    kinds = [page.tabs.tabData(place) for place in range(page.tabs.count())]
    assert kinds[-1] == "cash"
    page.tabs.setCurrentIndex(len(kinds) - 1)
    driver.settle()
    assert [row.label for row in page.tables["cash"].model.records()] == ["现金"]


def official_own() -> Layout:
    return Layout("", "cash", "2023", 0, "现金表", "balance-sheet", (LayoutLine("1", "现金", "D(101)"),))


def test_what_shows_is_printed_and_exported(driver: Driver, tmp_path: Path) -> None:
    page = show(driver, scope=2)
    for scope, kind in ((0, "detail"), (0, "notes"), (1, "income"), (2, "trial-balance")):
        page = show(driver, kind, scope)
        record = page._report
        assert record is not None
        path = write_file(record, tmp_path / f"{report_name(record)}.xlsx")
        assert path.stat().st_size > 3000
        page._print()
        driver.settle()
        driver.settle()
        preview = driver.desktop.preview
        assert driver.desktop.window.current() is preview
        assert not preview.sheet.pixmap().isNull()
        preview.leave()


def test_covers_are_previewed_for_the_month_and_the_year(driver: Driver) -> None:
    show(driver)
    desktop = driver.desktop
    for _words, kind, paper in cover_choices():
        desktop.printing.cover((kind, paper))
        driver.settle()
        driver.settle()
        assert desktop.preview.place.text().startswith("第 1 页")
        desktop.preview.leave()


def test_in_english_too_the_standard_of_the_township_s_sum_is_chosen(driver: Driver, desk: Desk) -> None:
    book = new_book("V09", "V09", "老制度村", "代行", "2004", Month(2026, 1))
    open_book(desk.office, Village("V09", "老制度村"), book, chart_accounts("2004"))
    use_language(open_catalogue("en"))
    try:
        page = show(driver, scope=1)
        driver.settle()
        for place, standard in enumerate(("2023", "2004")):
            page.standard.setCurrentIndex(place)
            driver.settle()
            assert page.standard.currentText().startswith("Standard")
            assert (page.asked().standard, page.strip.text()) == (standard, "")
    finally:
        use_language(NullTranslations())
