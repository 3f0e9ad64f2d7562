"""Vouchers over months and books: lists that are read page by page, the search at the top, and the way back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from tests.gui.conftest import AGENT_NAME, Driver, Keyboard, driven
from tests.services.finding import all_found
from tests.township import Township, write_township
from villagebooks.core.period import Month
from villagebooks.core.search import FoundVoucher, Ordered, VoucherQuery
from villagebooks.core.voucher import Voucher
from villagebooks.db.search import order
from villagebooks.gui.ledger.asking import FROM_START
from villagebooks.gui.search.list import FoundList, found_columns
from villagebooks.gui.search.page import SearchPage
from villagebooks.gui.table.hold import stand_on
from villagebooks.gui.table.long import REST_MS, PagedTable
from villagebooks.gui.table.paged import MOST_PAGES, PAGE, PagedModel, Source
from villagebooks.gui.voucher.list import EVERY_BOOK, EVERY_YEAR, THIS_MONTH, THIS_YEAR
from villagebooks.services.desk import Office, open_office
from villagebooks.services.history import import_history
from villagebooks.services.office import appoint, create_office
from villagebooks.services.search import order_vouchers, total_found

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key
CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
VILLAGES, YEARS, VOUCHERS = 4, 2, 500


@pytest.fixture(scope="module")
def township(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Four villages of two years: some pages more than are kept would take longer to make."""
    folder = tmp_path_factory.mktemp("township")
    write_township(folder, Township(villages=VILLAGES, vouchers=VOUCHERS, years=YEARS, last_year=2026))
    office = create_office(folder / "t.vbooks", "测速乡")
    import_history(office, folder)
    appoint(office, AGENT_NAME, "agent", "2026-01-01")
    office.books.close()
    return office


@pytest.fixture
def town(township: Office, qtbot: QtBot) -> Iterator[Driver]:
    office = open_office(township.books.path, AGENT_NAME)
    with driven(office, qtbot) as driver:
        yield driver
    office.books.close()


def settle(table: PagedTable, driver: Driver) -> None:
    driver.settle()
    QTest.qWait(10)
    driver.settle()
    assert table.pages.is_whole


def search_in(driver: Driver, keyboard: Keyboard, words: str) -> SearchPage:
    """Ctrl+K, the words, Enter."""
    window = driver.desktop.window
    QTest.keyClick(window, KEY.Key_K, CONTROL)
    assert QApplication.focusWidget() is window.finder
    keyboard.commit(words)
    keyboard.enter()
    page: SearchPage = driver.desktop.search
    settle(page.found.table, driver)
    assert window.current() is page
    return page


def test_every_voucher_of_every_book_is_one_list(town: Driver, keyboard: Keyboard) -> None:
    table = search_in(town, keyboard, "").found.table
    office = town.desktop.seat.office
    every = all_found(office, VoucherQuery(down=True))
    assert table.model.rowCount() == len(every) == VILLAGES * (YEARS * VOUCHERS + 1)
    total = sum(one.total_fen for one in every if one.state != "void")
    assert table.foot.text() == f"共 {len(every):,} 行　金额 {total / 100:,.2f}"
    assert table.pages.peek(0) == every[0]
    assert QApplication.focusWidget() is table.view
    # the end is there at once, and nothing between was read
    keyboard.press(KEY.Key_End, CONTROL)
    town.settle()
    assert table.current() == every[-1]
    assert 0 < len(table.model.records()) <= 5 * PAGE
    keyboard.press(KEY.Key_Home, CONTROL)
    assert table.current() == every[0]


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Ordered]]:
    """Words and pieces in the order in which they were found, each piece of few vouchers."""
    found: list[tuple[str, Ordered]] = []

    def order_and_tell(office: Office, query: VoucherQuery, after: object, limit: int) -> Ordered:
        part = order_vouchers(office, query, after, limit)
        found.append((query.words, part))
        return part

    monkeypatch.setattr(order, "WINDOW", 150)
    monkeypatch.setattr(order, "SLICE", 400)
    monkeypatch.setattr("villagebooks.gui.search.list.order_vouchers", order_and_tell)
    return found


def test_a_search_shows_what_it_finds_and_says_that_it_goes_on(
    town: Driver, keyboard: Keyboard, pieces: list[tuple[str, Ordered]], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = search_in(town, keyboard, "没有这样的").found.table
    pieces.clear()
    asked: list[object] = []
    monkeypatch.setattr("villagebooks.gui.search.list.total_found", lambda *query: asked.append(query) or 0)
    office = town.desktop.seat.office
    expected = all_found(office, VoucherQuery("1000..1100", down=True))
    told: list[tuple[int, str, str]] = []
    table.pages.grown.connect(lambda: told.append((table.pages.rowCount(), table.foot.text(), table.nothing())))
    search_in(town, keyboard, "1000..1100")
    assert len({part.percent for _words, part in pieces}) > 5
    shown = [table.model.record(row) for row in range(table.model.rowCount())]
    town.settle()
    shown = [table.model.record(row) for row in range(table.model.rowCount())]
    assert shown == expected
    assert 0 < told[1][0] < len(expected)  # some show before all are found
    assert any("还在找…已看 " in foot for _rows, foot, _none in told)
    assert all("还在找" in none for rows, foot, none in told if not rows and "还在找" in foot)
    total = sum(one.total_fen for one in expected if one.state != "void")
    assert table.foot.text() == f"共 {len(expected)} 行　金额 {total / 100:,.2f}"
    assert not asked  # what was found was counted by the way: nothing is gone through twice
    search_in(town, keyboard, "没有这样的")
    assert (table.model.rowCount(), table.foot.text()) == (0, "")
    assert "没有找到" in table.nothing()


def test_whoever_stands_on_a_hit_stays_on_it_while_others_come_before_it(
    town: Driver, keyboard: Keyboard, pieces: list[tuple[str, Ordered]]
) -> None:
    table = search_in(town, keyboard, "没有这样的").found.table
    stood: list[int] = []

    def stand() -> None:
        if not stood and table.pages.is_seeking and table.pages.rowCount() > 6:
            stand_on(table.view, 6)
            stood.extend(table.pages.rows_at([6]))

    table.pages.grown.connect(stand)
    search_in(town, keyboard, "1000..1100")
    town.settle()
    assert table.current().row == stood[0]
    assert table.view.currentIndex().row() > 6
    expected = all_found(town.desktop.seat.office, VoucherQuery("1000..1100", down=True))
    assert [table.model.record(row) for row in range(table.model.rowCount())] == expected


def test_a_new_key_ends_the_search_for_the_words_of_before(
    town: Driver, keyboard: Keyboard, pieces: list[tuple[str, Ordered]]
) -> None:
    table = search_in(town, keyboard, "没有这样的").found.table
    pieces.clear()
    table.search.setFocus()
    table.search.setText("1000..1100")
    QTest.qWait(REST_MS + 50)
    while len(pieces) < 3:
        QApplication.processEvents()
    keyboard.type("0")
    asked = len(pieces)
    assert not table.pages.is_seeking
    QTest.qWait(REST_MS + 50)
    assert [words for words, _part in pieces].count("1000..1100") <= asked + 1  # the one under way
    settle(table, town)
    expected = all_found(town.desktop.seat.office, VoucherQuery("1000..11000", down=True))
    assert table.model.rowCount() == len(expected) > 0
    assert [table.pages.peek(row) for row in (0, 1)] == expected[:2]


def test_a_search_of_half_is_not_exported(town: Driver, keyboard: Keyboard, pieces: list[tuple[str, Ordered]]) -> None:
    table = search_in(town, keyboard, "没有这样的").found.table
    table.search.setText("1000..1100")
    QTest.qWait(REST_MS + 50)
    taken: list[object] = []
    while not table.pages.is_seeking:
        QApplication.processEvents()
    table.gather(taken.append)
    assert table.foot.text() == "还没找完：请稍等再导出、打印"
    settle(table, town)
    assert not taken
    table.gather(taken.append)
    town.settle()
    assert taken == [all_found(town.desktop.seat.office, VoucherQuery("1000..1100", down=True))]


def test_nor_is_what_shows_of_it_once_another_key_was_pressed(
    town: Driver, keyboard: Keyboard, pieces: list[tuple[str, Ordered]]
) -> None:
    page = search_in(town, keyboard, "没有这样的")
    table = page.found.table
    table.search.setFocus()
    table.search.setText("1000..1100")
    QTest.qWait(REST_MS + 50)
    taken: list[object] = []
    while not (table.pages.is_seeking and table.pages.rowCount() > 1):
        QApplication.processEvents()
    keyboard.type("0")
    table.gather(taken.append)
    assert page.strip.text() == "还没找完：请稍等再导出、打印"
    table.view.selectAll()
    assert table.copy() == ""
    assert page.strip.text() == "还没找完：请稍等再全选、复制"
    QTest.qWait(REST_MS + 50)
    settle(table, town)
    assert not taken
    table.gather(taken.append)
    town.settle()
    assert taken == [all_found(town.desktop.seat.office, VoucherQuery("1000..11000", down=True))]


def test_a_list_that_is_being_read_is_exported_whole_or_refused(town: Driver, keyboard: Keyboard) -> None:
    page = search_in(town, keyboard, "没有这样的")
    table = page.found.table
    taken: list[object] = []
    refused: list[str] = []

    def take() -> None:
        if not refused and table.pages.rowCount() and not table.pages.is_whole:
            table.gather(taken.append)
            table.view.selectAll()
            assert table.copy() == ""
            refused.append(page.strip.text())

    table.pages.grown.connect(take)
    table.search.setText("")
    QTest.qWait(REST_MS + 50)
    settle(table, town)
    assert refused == ["还没找完：请稍等再全选、复制"]
    assert not taken


def test_the_sum_of_the_list_before_never_stands_under_a_search(
    town: Driver, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = search_in(town, keyboard, "1000..1100").found.table
    table.pages.turn += 1
    foot = table.foot.text()
    table._take_total(table.pages.turn - 1, 1)
    table._take_some(table._summed - 1, "选中 2 行", 1)
    assert table.foot.text() == foot


def test_whoever_leaves_the_page_ends_the_search_and_it_goes_on_when_he_comes_back(
    town: Driver, keyboard: Keyboard, pieces: list[tuple[str, Ordered]]
) -> None:
    page = search_in(town, keyboard, "没有这样的")
    table, window = page.found.table, town.desktop.window
    table.search.setText("1000..1100")
    pieces.clear()
    QTest.qWait(REST_MS + 10)
    while not pieces:
        QApplication.processEvents()
    window.go(town.desktop.vouchers)
    while page.isVisible():
        QApplication.processEvents()
    asked = len(pieces)
    town.settle()
    QTest.qWait(50)
    assert sum(words != "" for words, _part in pieces) <= asked + 1  # the one under way
    assert not table.pages.is_whole
    window.go(page)
    settle(table, town)
    expected = all_found(town.desktop.seat.office, VoucherQuery("1000..1100", down=True))
    assert [table.model.record(row) for row in range(table.model.rowCount())] == expected
    total = sum(one.total_fen for one in expected if one.state != "void")
    assert table.foot.text() == f"共 {len(expected)} 行　金额 {total / 100:,.2f}"


def test_rows_that_came_while_their_page_was_read_are_painted_again(qtbot: QtBot) -> None:
    worker = Waiting()
    model = PagedModel(found_columns(), worker)  # type: ignore[arg-type]  # answers when the test says so
    first, rest = array("q", range(3)), array("q", range(3, 9))
    model.ask(Source(lambda *_after: Ordered(), list, int, len))
    model._take_part(model.turn, Ordered(first, after=1, percent=10))
    assert model.record(0) is None
    model._read_wanted()
    model._take_part(model.turn, Ordered(rest, percent=100))
    assert model.record(8) is None  # scrolled into sight: its page is under way
    painted: list[int] = []
    model.dataChanged.connect(lambda _first, last: painted.append(last.row()))
    worker.asked[-1]([])
    assert painted == [8]
    model.record(8)
    assert list(model._wanted) == [0]


class Waiting:
    """Reads nothing; `asked` are those who wait for an answer."""

    def __init__(self) -> None:
        self.asked: list[Callable[[list[object]], None]] = []

    def read(self, _act: object, done: Callable[[list[object]], None], **_key: object) -> None:
        self.asked.append(done)


def test_far_pages_are_forgotten_and_read_again(
    town: Driver, keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("villagebooks.gui.table.paged.MOST_PAGES", 4)
    assert MOST_PAGES > 4
    table = search_in(town, keyboard, "").found.table
    every = all_found(town.desktop.seat.office, VoucherQuery(down=True))
    for row in range(0, len(every), PAGE):
        table.view.selectRow(row)
        town.settle()
        assert table.current() == every[row]
        assert len(table.model.records()) <= 4 * PAGE
    table.view.selectRow(0)
    town.settle()
    assert table.current() == every[0]


def test_typing_and_a_press_on_a_head_ask_the_database(town: Driver, keyboard: Keyboard) -> None:
    page = search_in(town, keyboard, "1000..2000")
    table, office = page.found.table, town.desktop.seat.office
    expected = all_found(office, VoucherQuery("1000..2000", down=True))
    assert 0 < len(expected) < table.pages.rowCount() + 1 == len(expected) + 1
    table.view.sortByColumn(5, Qt.SortOrder.AscendingOrder)
    settle(table, town)
    assert table.pages.peek(0).total_fen == min(one.total_fen for one in expected)
    table.search.setFocus()
    for letter in " 2026-03":
        keyboard.type(letter)
    QTest.qWait(400)
    settle(table, town)
    found = [table.model.record(row) for row in range(table.model.rowCount())]
    assert found == sorted(
        (one for one in expected if str(one.month) == "2026-03"), key=lambda one: (one.total_fen, one.row)
    )
    table.view.sortByColumn(3, Qt.SortOrder.AscendingOrder)  # summaries have no order: nothing happens
    settle(table, town)
    assert table.pages.peek(0) == found[0]
    assert table.view.horizontalHeader().sortIndicatorSection() == 5


def test_a_found_voucher_opens_at_its_book_and_month_and_escape_comes_back_to_its_row(
    town: Driver, keyboard: Keyboard
) -> None:
    desktop = town.desktop
    seat = desktop.seat
    before = (seat.book, seat.month, desktop.window.current())
    page = search_in(town, keyboard, "2025-03")
    table = page.found.table
    row = next(
        place for place in range(40, 400) if table.model.record(place) and table.model.record(place).book == "V003"
    )
    table.view.selectRow(row)
    town.settle()
    scrolled, found = table.view.verticalScrollBar().value(), table.current()
    assert scrolled > 0
    keyboard.enter()
    town.settle()
    assert desktop.window.current() is desktop.vouchers
    assert (seat.book.code, seat.month) == ("V003", Month(2025, 3))
    assert desktop.vouchers.editor.uid == found.uid
    keyboard.press(KEY.Key_Escape)
    town.settle()
    assert desktop.window.current() is page
    assert (seat.book, seat.month) == before[:2]
    assert table.current() == found
    assert table.view.verticalScrollBar().value() == scrolled
    keyboard.press(KEY.Key_Escape)
    assert desktop.window.current() is before[2]


def test_from_a_statement_to_a_ledger_of_all_years_to_a_voucher_and_back_row_by_row(
    town: Driver, keyboard: Keyboard
) -> None:
    desktop, ledger = town.desktop, town.desktop.ledger
    seat, statements = desktop.seat, desktop.statements
    desktop.window.go(ledger)
    town.settle()
    ledger.asking.span.setCurrentIndex(FROM_START)
    town.settle()
    desktop.window.pick(statements)
    town.settle()
    before = (seat.book, seat.month)
    table = statements.tables["balance-sheet"]
    assert table.go_to(lambda row: row.label == "货币资金")
    table.view.setFocus()
    place = table.view.currentIndex().row()
    statements.account_wanted.emit("10201")  # what Enter in the menu of the line's accounts says
    town.settle()
    assert (desktop.window.current(), ledger.account) == (ledger, "10201")
    lines = ledger.lines
    assert lines.model.rowCount() > 400
    row = next(place for place in range(300, 400) if lines.model.record(place).uid)
    stand_on(lines.view, row)
    scrolled, uid = lines.view.verticalScrollBar().value(), lines.current().uid
    assert scrolled > 0
    lines.view.setFocus()
    keyboard.press(KEY.Key_Return, CONTROL)
    town.settle()
    assert (desktop.window.current(), desktop.vouchers.editor.uid) == (desktop.vouchers, uid)
    seat.tell_changed()  # somebody writes to the books meanwhile
    town.settle()
    keyboard.press(KEY.Key_Escape)
    town.settle()
    assert desktop.window.current() is ledger
    assert (ledger.lines.current().uid, ledger.lines.view.currentIndex().row()) == (uid, row)
    assert ledger.lines.view.verticalScrollBar().value() == scrolled
    keyboard.press(KEY.Key_Escape)
    town.settle()
    assert desktop.window.current() is statements
    assert statements.tables["balance-sheet"].view.currentIndex().row() == place
    assert (seat.book, seat.month) == before


def test_an_unsaved_voucher_is_not_left_behind_by_a_found_one(town: Driver, keyboard: Keyboard) -> None:
    desktop = town.desktop
    desktop.window.go(desktop.vouchers)
    town.settle()
    desktop.vouchers.new()
    town.settle()
    desktop.vouchers.editor.form.rows[0].summary.setText("没有保存的")
    page = search_in(town, keyboard, "V003")
    page.found.table.view.setFocus()
    page.found.table.view.selectRow(0)
    keyboard.enter()
    town.settle()
    assert desktop.window.current() is desktop.vouchers
    assert desktop.vouchers.editor.uid == ""
    assert desktop.vouchers.editor.strip.text() != ""


def list_of(driver: Driver, span: int) -> FoundList:
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.list.span.setCurrentIndex(span)
    settle(page.list.found.table, driver)
    found: FoundList = page.list.found
    return found


def test_the_vouchers_of_a_year_of_all_years_and_of_all_books_are_switched(town: Driver) -> None:
    desktop = town.desktop
    for span, count in (
        (THIS_YEAR, VOUCHERS),
        (EVERY_YEAR, YEARS * VOUCHERS + 1),
        (EVERY_BOOK, VILLAGES * (YEARS * VOUCHERS + 1)),
    ):
        found = list_of(town, span)
        assert found.table.model.rowCount() == count
        assert found.table.view.isColumnHidden(0) == (span != EVERY_BOOK)
        assert not desktop.vouchers._sign.isEnabled()
        assert found.table.foot.text().endswith(f"{total_found(desktop.seat.office, found.query()) / 100:,.2f}")
    desktop.vouchers.list.span.setCurrentIndex(THIS_MONTH)
    town.settle()
    assert desktop.vouchers.list.view is desktop.vouchers.list.table.view


def test_a_voucher_of_another_year_opens_in_place_and_steps_to_its_neighbours(town: Driver, keyboard: Keyboard) -> None:
    desktop = town.desktop
    found = list_of(town, EVERY_YEAR)
    found.table.view.setFocus()
    keyboard.press(KEY.Key_End, CONTROL)
    town.settle()
    last = found.table.current()
    keyboard.enter()
    town.settle()
    assert desktop.vouchers.editor.uid == last.uid
    desktop.vouchers.step(-1)
    town.settle()
    row = found.table.model.rowCount() - 2
    assert desktop.vouchers.editor.uid == found.table.pages.peek(row).uid
    desktop.vouchers.leave()
    town.settle()
    assert found.table.view.currentIndex().row() == row
    assert QApplication.focusWidget() is found.table.view


def test_a_list_of_years_that_is_read_again_keeps_its_row(driver: Driver, make_voucher: Callable[..., Voucher]) -> None:
    made = [make_voucher(100 + n) for n in range(60)]
    found = list_of(driver, EVERY_YEAR)
    table = found.table
    row = table.pages.place_of(next(one.row for one in table.model.records() if one.uid == made[5].uid))
    table.view.selectRow(row)
    make_voucher(99_999)
    driver.desktop.seat.tell_changed()
    settle(table, driver)
    assert table.current().uid == made[5].uid
    assert table.view.currentIndex().row() == row + 1


def test_a_selection_is_summed_and_copied_even_where_it_is_not_at_hand(town: Driver, keyboard: Keyboard) -> None:
    table = search_in(town, keyboard, "").found.table
    every = all_found(town.desktop.seat.office, VoucherQuery(down=True))
    stand_on(table.view, 10)
    last = table.model.index(table.model.rowCount() - 1, 8)
    table.view.selectionModel().select(
        QItemSelection(table.model.index(10, 0), last), QItemSelectionModel.SelectionFlag.Select
    )
    town.settle()
    picked = every[10:]
    total = sum(one.total_fen for one in picked if one.state != "void")
    assert table.foot.text() == f"选中 {len(picked):,} 行　金额 {total / 100:,.2f}"
    table.copy()
    town.settle()
    QTest.qWait(200)
    assert len(QApplication.clipboard().text().splitlines()) == len(picked) + 1


def test_a_list_of_all_books_is_exported_as_it_is_filtered_and_sorted(
    town: Driver, keyboard: Keyboard, tmp_path: Path
) -> None:
    table = search_in(town, keyboard, "2025-03 >1000").found.table
    table.view.sortByColumn(5, Qt.SortOrder.DescendingOrder)
    settle(table, town)
    table.acts.export_to(tmp_path / "凭证.xlsx")
    settle(table, town)
    QTest.qWait(200)
    town.settle()
    head, *rows = CalamineWorkbook.from_path(str(tmp_path / "凭证.xlsx")).get_sheet_by_index(0).to_python()
    assert head == ["账套", "字号", "日期", "摘要", "往来", "金额", "附单据", "制单", "状态"]
    every = all_found(town.desktop.seat.office, VoucherQuery("2025-03 >1000", order="amount", down=True))
    assert [round(row[5] * 100) for row in rows] == [one.total_fen for one in every]
    assert [row[1] for row in rows] == [one.title for one in every]
    assert "已导出" in town.desktop.search.strip.text()


def test_too_many_rows_are_refused_with_a_sentence(
    town: Driver, keyboard: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("villagebooks.gui.table.long.MOST_TAKEN", 1_000)
    table = search_in(town, keyboard, "").found.table
    table.acts.export_to(tmp_path / "太多.xlsx")
    assert table.foot.text() == "一次最多 1,000 行：请先筛选"


def test_a_month_and_a_number_find_the_voucher_of_the_year_in_hand_and_the_words_go_with_the_page(
    town: Driver, keyboard: Keyboard
) -> None:
    office, year = town.desktop.seat.office, town.desktop.seat.month.year
    wanted = {one.uid for one in all_found(office, VoucherQuery(f"{year}-09 记6"))}
    for typed in ("9月记6", "9月 记6", "9月6号"):
        page = search_in(town, keyboard, typed)
        found = [page.found.table.pages.peek(row) for row in range(page.found.table.pages.rowCount())]
        assert wanted
        assert wanted <= {one.uid for one in found if isinstance(one, FoundVoucher)}
        assert {one.month.month for one in found if isinstance(one, FoundVoucher)} == {9}
        assert town.desktop.window.finder.text() == typed
    keyboard.press(KEY.Key_Escape)
    town.settle()
    assert town.desktop.window.current() is not page
    assert town.desktop.window.finder.text() == ""


def test_a_search_during_which_the_books_changed_is_made_once_more(
    driver: Driver, keyboard: Keyboard, make_voucher: Callable[..., Voucher], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make_voucher(100 + n) for n in range(6)]
    monkeypatch.setattr(order, "WINDOW", 1)
    monkeypatch.setattr(order, "SLICE", 2)
    changes: list[int] = [1]

    def order_and_change(office: Office, query: VoucherQuery, after: object, limit: int) -> Ordered:
        part = order_vouchers(office, query, after, limit)
        if part.after is not None and changes:
            made.append(make_voucher(changes.pop(), date(2026, 9, 29)))
        return part

    monkeypatch.setattr("villagebooks.gui.search.list.order_vouchers", order_and_change)
    table = search_in(driver, keyboard, "打印纸").found.table
    settle(table, driver)
    found = [table.model.record(row) for row in range(table.model.rowCount())]
    driver.settle()
    found = [table.model.record(row) for row in range(table.model.rowCount())]
    assert {one.uid for one in found if one} == {one.uid for one in made}
    assert "改动" not in table.foot.text()
    changes.extend(range(2, 80))
    table = search_in(driver, keyboard, "打印纸").found.table
    settle(table, driver)
    assert table.foot.text().endswith("找的时候账有改动，可能漏了：请再找一次")


def test_what_is_typed_is_said_back_and_what_is_not_understood_is_named(driver: Driver, keyboard: Keyboard) -> None:
    page = search_in(driver, keyboard, "")
    assert page.found.told.text().startswith("可以这样找")
    page = search_in(driver, keyboard, "打印纸 ＞5，000")
    assert page.found.told.text() == "找：合计大于 5,000.00 元；摘要、名称或单据号有“打印纸”"
    assert page.found.missed.text() == ""
    page.words.setFocus()
    keyboard.type(" ")
    keyboard.commit(">多少")
    assert "没看懂“>多少”" in page.found.missed.text()
    page.words.clear()
    assert page.found.told.text().startswith("可以这样找")
    assert page.found.missed.text() == ""


def test_names_of_villages_are_whole_in_a_small_window_and_a_width_that_was_drawn_stays(
    town: Driver, keyboard: Keyboard
) -> None:
    window = town.desktop.window
    window.resize(1024, 640)
    table = search_in(town, keyboard, "2025-03").found.table
    header, letters = table.view.horizontalHeader(), table.view.fontMetrics()
    longest = max(letters.horizontalAdvance(one.name) for one in town.desktop.seat.books)
    assert header.sectionSize(0) >= longest + 16
    assert sum(header.sectionSize(place) for place in range(header.count())) <= table.view.viewport().width()
    header.resizeSection(0, 300)
    window.resize(1200, 700)
    search_in(town, keyboard, "2025-04")
    window.resize(1024, 640)
    town.settle()
    assert header.sectionSize(0) == 300


def test_without_the_column_of_books_the_others_take_its_room(town: Driver) -> None:
    town.desktop.window.resize(1024, 640)
    table = list_of(town, EVERY_YEAR).table
    header = table.view.horizontalHeader()
    assert header.isSectionHidden(0)
    shown = sum(header.sectionSize(place) for place in range(header.count()))
    assert abs(shown - table.view.viewport().width()) <= 1


def test_this_month_is_the_one_in_hand_when_something_is_looked_for(town: Driver, keyboard: Keyboard) -> None:
    seat = town.desktop.seat
    seat.sit_at(month=Month(2025, 3))
    town.settle()
    page = search_in(town, keyboard, "本月")
    assert page.found.told.text() == "找：2025 年 3 月，或文字里有“本月”"
    assert page.found.table.pages.rowCount() == len(all_found(seat.office, VoucherQuery("2025-03..2025-03")))
    seat.sit_at(month=Month(2025, 4))
    town.settle()
    assert "2025 年 3 月" in page.found.told.text()  # what is shown is what is said
    assert "2025 年 4 月" in search_in(town, keyboard, "本月").found.told.text()
