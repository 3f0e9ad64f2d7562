"""Paper for many villages at once, in the window: drawn beside the work, stopped, told, printed together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.conftest import Driver
from tests.gui.test_printing import TwoPrinters
from tests.pdf.reading import page_sizes, words_of
from villagebooks.core.batch import HOLDINGS
from villagebooks.core.period import Month
from villagebooks.core.stationery import NEEDLE, NOTICES, VOUCHERS
from villagebooks.gui.archive.batch import BatchPanel
from villagebooks.gui.archive.page import ArchivePage
from villagebooks.gui.pace import Pace
from villagebooks.gui.preview import PreviewPage


def opened(driver: Driver, tmp_path: Path) -> tuple[BatchPanel, TwoPrinters]:
    two = TwoPrinters(QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat), tmp_path)
    two.printers.voucher_sheet = NEEDLE
    driver.desktop.printing.printers = two.printers
    driver.desktop.seat.sit_at(month=Month(2026, 8))
    page = driver.desktop.archive
    driver.desktop.window.go(page)
    driver.settle()
    assert isinstance(page, ArchivePage)
    return page.batch, two


def choose(panel: BatchPanel, kind: str) -> None:
    panel.kind.setCurrentIndex(panel.kind.findData(kind))


def test_vouchers_of_every_village_are_drawn_looked_at_printed_and_kept(driver: Driver, tmp_path: Path) -> None:
    panel, two = opened(driver, tmp_path)
    choose(panel, VOUCHERS)
    assert panel.sheet.currentData() == NEEDLE
    count = len(panel.codes())
    assert count > 1
    panel.draw()
    assert not panel.start.isEnabled()
    driver.settle()
    assert panel.start.isEnabled()
    assert "画好" in panel.strip.text()
    if driver.desktop.window.current() is not driver.desktop.preview:
        panel.show_made()
        driver.settle()
    preview = driver.desktop.preview
    assert isinstance(preview, PreviewPage)
    assert driver.desktop.window.current() is preview
    files = list(preview._files)
    assert len(files) == preview.files.count() > 1
    preview.print()
    assert preview.order.whole.isChecked()
    preview.order.ask()
    driver.settle()
    assert page_sizes(two.sent[0]) == [size for path in files for size in page_sizes(path)]
    (tmp_path / "kept").mkdir()
    preview.keep_in(tmp_path / "kept")
    driver.settle()
    assert sorted(one.name for one in (tmp_path / "kept").iterdir()) == sorted(one.name for one in files)


def test_a_batch_that_is_stopped_leaves_nothing_and_may_be_begun_again(
    driver: Driver, qtbot: QtBot, tmp_path: Path
) -> None:
    panel, _two = opened(driver, tmp_path)
    choose(panel, "ledgers")
    panel.draw()
    qtbot.waitUntil(driver.desktop.window.progress.cancel.isVisible, timeout=20_000)
    driver.desktop.window.go(driver.desktop.home)
    QTest.mouseClick(driver.desktop.window.progress.cancel, Qt.MouseButton.LeftButton)
    driver.settle()
    assert panel.start.isEnabled()
    assert not panel.look.isEnabled()
    assert [one for one in panel.folder.rglob("*") if one.is_file()] == []


def test_villages_without_a_sheet_are_told_by_name(driver: Driver, tmp_path: Path) -> None:
    panel, _two = opened(driver, tmp_path)
    choose(panel, NOTICES)
    assert (panel.notice.isVisible(), panel.sheet.isVisible()) == (True, False)
    panel.draw()
    driver.settle()
    assert panel.strip.text() == "一个账套也没有画，左边写着为什么。"
    assert panel.books.item(0).text() == "V01 老秤湾村（村委会代行）：2026-08 的公开榜还没有张榜"
    assert not panel.look.isEnabled()
    panel.tick_none()
    panel.draw()
    assert "先在左边勾选要印的账套" in panel.strip.text()


def test_the_year_s_register_of_archives_is_drawn_for_the_township_and_looked_at(
    driver: Driver, tmp_path: Path
) -> None:
    panel, _two = opened(driver, tmp_path)
    choose(panel, HOLDINGS)
    assert panel.when.text() == "2026年，换年份用窗口上方的月份"
    assert not panel.sheet.isVisible()
    panel.joined.setChecked(True)
    panel.draw()
    driver.settle()
    preview = driver.desktop.preview
    assert driver.desktop.window.current() is preview
    (drawn,) = preview._files
    assert "会计档案保管清册（汇总）" in words_of(drawn)


def test_the_time_that_is_left_is_told_once_the_pace_is_known() -> None:
    now = [0.0]
    pace = Pace(lambda: now[0])
    assert pace.words("画凭证", 0, 100) == "正在画凭证　0 / 100"
    now[0] = 1.0
    assert pace.words("画凭证", 2, 100) == "正在画凭证　2 / 100"
    now[0] = 10.0
    assert pace.words("画凭证", 20, 100) == "正在画凭证　20 / 100　还要约 40 秒"
    now[0] = 20.0
    assert pace.words("画凭证", 21, 200) == "正在画凭证　21 / 200　还要约 3 分钟"
    assert pace.words("导入", 5, 10) == "正在导入　5 / 10"
    assert pace.words("画凭证", 100, 100) == "正在画凭证　100 / 100"
