"""The pictures of the first page: their words, their spots by mouse and keyboard, and the ledgers behind them."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver, Keyboard
from villagebooks.core.graph import AgeBand, Fund, MoneyPart, MoneyYear, MonthFigures
from villagebooks.core.ledger import AGEING, BALANCE, DETAIL, JOURNAL
from villagebooks.core.period import Month
from villagebooks.gui.graph.canvas import Graph, wan
from villagebooks.gui.graph.month import MoneyBars, MonthBars
from villagebooks.gui.graph.panel import AGES, FUNDS, MONEY, TOWNSHIP, VILLAGE
from villagebooks.gui.graph.row import AgeRows, FundRows
from villagebooks.gui.theme import apply_theme, colour, theme_names

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
KEY = Qt.Key
MONTHS = [MonthFigures(1, 0, 0), MonthFigures(2, 1_200_000, 530_000), MonthFigures(3, -50_000, 120_000)]
MONEY_YEAR = MoneyYear(
    (1, 2), (MoneyPart("101", "库存现金", (-30_000, 20_000)), MoneyPart("10201", "基本户", (900_000, 880_000)))
)
FUNDS_HELD = [
    Fund("V02", "241", "", "蓄水池", 2_000_000, 0, 1_500_000),
    Fund("V02", "24102", "relief", "救灾", 100_000, 130_000, 0),
]
BANDS = [AgeBand("1年以内", 300_000), AgeBand("1—2年", 0), AgeBand("2—3年", 0), AgeBand("3年以上", 100_000)]


def show(graph: Graph, qtbot: QtBot) -> None:
    qtbot.addWidget(graph)
    graph.resize(620, 220)
    with qtbot.waitActive(graph):
        graph.show()
        graph.activateWindow()
    graph.setFocus()
    QTest.qWait(20)


def colours_of(graph: Graph) -> set[int]:
    image: QImage = graph.grab().toImage()
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def written(graph: Graph) -> list[str]:
    """Every text of the picture."""
    buffer, drawing = QBuffer(), QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(graph.size())
    painter = QPainter(drawing)
    graph.draw(painter)
    painter.end()
    return [one.strip() for one in re.findall(r">([^<]+)</text>", buffer.data().toStdString())]


def test_figures_are_written_in_wan_with_a_minus_where_there_is_one() -> None:
    assert [wan(fen) for fen in (0, 49_999, 50_000, 1_234_567, -1_250_000, -1)] == [
        "0.0", "0.0", "0.1", "1.2", "-1.3", "0.0",
    ]  # fmt: skip


def test_every_month_tells_its_figures_and_an_empty_one_is_no_spot(qtbot: QtBot) -> None:
    graph = MonthBars()
    graph.put(MONTHS, lambda month: month)
    show(graph, qtbot)
    assert graph.accessibleDescription().splitlines() == [
        "2 月　收入 12,000.00　支出 5,300.00",
        "3 月　收入 -500.00　支出 1,200.00",
    ]
    assert [spot.target for spot in graph.spots()] == [2, 3]


def test_the_two_figures_of_a_month_stand_closer_together_before_they_are_broken(qtbot: QtBot) -> None:
    graph = MonthBars()
    graph.put([MonthFigures(month, 3_000_000, 3_100_000) for month in range(1, 11)])
    show(graph, qtbot)
    figures = QFontMetricsF(graph.font())
    graph.resize(10 * round(figures.horizontalAdvance("3.0 / 3.1") + 6), 220)
    assert written(graph).count("3.0 / 3.1") == len("1234567890")
    graph.resize(10 * round(figures.horizontalAdvance("3.0/3.1") + 6), 220)
    assert written(graph).count("3.0/3.1") == len("1234567890")


def test_the_keyboard_walks_the_spots_and_enter_opens(qtbot: QtBot, keyboard: Keyboard) -> None:
    graph = MoneyBars()
    graph.put(MONEY_YEAR, lambda account, month: (account, month))
    opened: list[object] = []
    graph.drilled.connect(opened.append)
    show(graph, qtbot)
    whole = graph.accessibleDescription()
    keyboard.enter()
    keyboard.press(KEY.Key_Down)
    keyboard.press(KEY.Key_Right)
    keyboard.enter()
    assert graph.accessibleDescription() == "2 月末　基本户 8,800.00"
    keyboard.press(KEY.Key_Home)
    keyboard.press(KEY.Key_End)
    keyboard.press(KEY.Key_Up)
    keyboard.press(KEY.Key_Space)
    assert opened == [("101", 1), ("10201", 2), ("101", 2)]
    graph.clearFocus()
    assert graph.accessibleDescription() == whole
    assert "1 月末　库存现金 -300.00　基本户 9,000.00　合计 8,700.00" in whole


def test_a_click_opens_what_is_under_it(qtbot: QtBot) -> None:
    graph = FundRows()
    graph.put(FUNDS_HELD, lambda fund: fund.name)
    opened: list[object] = []
    graph.drilled.connect(opened.append)
    show(graph, qtbot)
    for spot in graph.spots():
        QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=spot.rect.center().toPoint())
    QTest.mouseClick(graph, Qt.MouseButton.LeftButton, pos=graph.rect().bottomRight())
    assert opened == ["蓄水池", "救灾"]
    assert graph.accessibleDescription().splitlines()[1] == (
        "救灾　拨入 1,000.00　用了 1,300.00（其中工程在建 0.00）　还剩 -300.00"
    )


def test_ages_tell_their_part_of_the_whole(qtbot: QtBot) -> None:
    graph = AgeRows()
    graph.put(BANDS, "ages")
    show(graph, qtbot)
    assert graph.accessibleDescription().splitlines()[0] == "1年以内　3,000.00 元，占 75 %"
    assert [spot.target for spot in graph.spots()] == ["ages"] * 4


@pytest.mark.parametrize("theme", ["ordinary", "large", "contrast"])
def test_series_differ_by_pattern_in_every_theme_and_nothing_is_drawn_without_figures(
    theme: str, application: QApplication, qtbot: QtBot
) -> None:
    assert theme in theme_names()
    apply_theme(application, theme)
    try:
        full, empty = MonthBars(), MonthBars()
        full.put(MONTHS)
        empty.put([MonthFigures(1, 0, 0)])
        show(full, qtbot)
        show(empty, qtbot)
        amber = colour("amber").rgb()
        image = full.grab().toImage()
        bar = full.spots()[0].rect
        x = int(bar.right()) - 12
        column = {image.pixel(x, y) for y in range(int(bar.top()), int(bar.bottom()))}
        assert amber in column
        assert colour("paper").rgb() in column
        assert empty.spots() == []
    finally:
        apply_theme(application, "ordinary")


def test_the_pictures_of_the_page_lead_to_the_ledgers_and_escape_comes_back(driver: Driver, keyboard: Keyboard) -> None:
    desktop = driver.desktop
    desktop.seat.sit_at(next(one for one in desktop.seat.books if one.code == "V02"), Month(2026, 8))
    driver.settle()
    desktop.window.pick(desktop.home)
    driver.settle()
    graphs = desktop.home.graphs
    assert graphs.scope.itemText(VILLAGE) == desktop.seat.book.name
    ways = ((0, graphs.incomes, BALANCE), (MONEY, graphs.money, JOURNAL), (FUNDS, graphs.funds, DETAIL))
    for place, graph, kind in ways:
        graphs.tabs.setCurrentIndex(place)
        driver.settle()
        graph.setFocus()
        QTest.qWait(20)
        assert graph.spots(), place
        keyboard.press(KEY.Key_End)
        keyboard.enter()
        driver.settle()
        assert desktop.window.current() is desktop.ledger
        assert desktop.ledger.asking.kind == kind
        assert desktop.ledger.asking.request().last == Month(2026, 8)
        assert not desktop.ledger.strip.text()
        desktop.ledger.back()
        driver.settle()
        assert desktop.window.current() is desktop.home


def test_the_township_is_drawn_too_and_a_village_of_it_is_entered(driver: Driver) -> None:
    desktop = driver.desktop
    desktop.window.pick(desktop.home)
    desktop.home.graphs.scope.setCurrentIndex(TOWNSHIP)
    driver.settle()
    graphs = desktop.home.graphs
    assert graphs.incomes.accessibleDescription()
    assert {spot.target for spot in graphs.incomes.spots()} <= {None}
    for place in (MONEY, FUNDS, AGES):
        graphs.tabs.setCurrentIndex(place)
        driver.settle()
        QTest.qWait(20)
    assert "银行存款" in graphs.money.accessibleDescription()
    assert "1年以内" in graphs.ages.accessibleDescription()
    spot = next(one for one in graphs.funds.spots() if one.target == "V02")
    graphs.tabs.setCurrentIndex(FUNDS)
    QTest.qWait(20)
    QTest.mouseClick(graphs.funds, Qt.MouseButton.LeftButton, pos=spot.rect.center().toPoint())
    driver.settle()
    assert desktop.seat.book.code == "V02"
    assert graphs.scope.currentIndex() == VILLAGE


def test_the_ages_of_a_village_open_their_ledger(driver: Driver, keyboard: Keyboard) -> None:
    desktop = driver.desktop
    graphs = desktop.home.graphs
    desktop.window.pick(desktop.home)
    graphs.tabs.setCurrentIndex(AGES)
    for book in desktop.seat.books:
        desktop.seat.sit_at(book)
        driver.settle()
        QTest.qWait(20)
        if graphs.ages.spots():
            break
    graphs.ages.setFocus()
    keyboard.enter()
    driver.settle()
    assert desktop.ledger.asking.kind == AGEING


@pytest.mark.parametrize("theme", theme_names())
def test_the_tallest_bar_has_its_figure_in_the_smallest_window_too(
    theme: str, application: QApplication, qtbot: QtBot
) -> None:
    apply_theme(application, theme)
    graph = MonthBars()
    graph.put([MonthFigures(month, *(0, 0) if month != 6 else (825_000_00, 819_000_00)) for month in range(1, 10)])
    show(graph, qtbot)
    graph.resize(480, 150)
    graph.clearFocus()
    QTest.qWait(20)
    image, bar = graph.grab().toImage(), graph.spots()[0].rect
    above = range(int(bar.top() - graph.fontMetrics().height()), int(bar.top()) - 2)
    middle = range(int(bar.left()) + 2, int(bar.right()) - 2)
    assert len({image.pixel(x, y) for x in middle for y in above}) > 1
