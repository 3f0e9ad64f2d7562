"""The archive as its keeper uses it: volumes are lent, come back, and the register is printed."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt

from tests.gui.conftest import Driver, Keyboard
from villagebooks.gui.archive.page import ArchivePage
from villagebooks.services.archive import list_loans
from villagebooks.services.desk import Office


def opened(driver: Driver) -> ArchivePage:
    page = driver.desktop.archive
    driver.desktop.window.go(page)
    driver.settle()
    assert isinstance(page, ArchivePage)
    page.tabs.setCurrentWidget(page.lending)
    return page


def test_volumes_are_lent_and_come_back_by_keyboard(driver: Driver, keyboard: Keyboard, office: Office) -> None:
    panel = opened(driver).lending
    panel.form.entry("borrower").setFocus()
    for text in ("石磊", "县审计局", "离任审计", "邹启明"):
        keyboard.commit(text)
        keyboard.enter()
    assert panel.form.values()["due_on"] - panel.form.values()["out_on"] == timedelta(days=7)
    panel.volume.entry("when").setText("八月")
    panel.add_volume()
    assert "写 2026-08 或 2025" in panel.strip.text()
    panel.volume.entry("when").setText("２０２６-８")
    panel.add_volume()
    panel.add_volume()
    assert "写了两次" in panel.strip.text()
    assert panel.chosen.count() == 1
    panel.volume.entry("kind").setCurrentIndex(1)
    panel.volume.entry("when").setText("2025")
    panel.add_volume()
    assert [panel.chosen.item(place).text() for place in range(2)] == [
        "V01 2026年8月 会计凭证 第 1 册", "V01 2025年 会计账簿 第 1 册",
    ]  # fmt: skip
    panel.lend()
    driver.settle()
    assert "借 2 册" in panel.strip.text()
    (made,) = list_loans(office)
    assert (made.borrower, made.unit, len(made.volumes)) == ("石磊", "县审计局", 2)
    assert panel.chosen.count() == 0
    panel.volume.entry("when").setText("2025")
    panel.add_volume()
    assert "已由县审计局石磊借出" in panel.strip.text()
    panel.take_back()
    assert "先在左边选一次借阅" in panel.strip.text()
    panel.table.view.setFocus()
    keyboard.press(Qt.Key.Key_Down)
    panel.table.view.selectRow(0)
    panel.back.entry("condition").setText("")
    panel.take_back()
    driver.settle()
    assert "请写归还时的样子" in panel.strip.text()
    panel.back.entry("condition").setText("完好")
    panel.take_back()
    driver.settle()
    assert list_loans(office)[0].returned_on == date(2026, 9, 2)


def test_the_register_is_shown_on_paper(driver: Driver) -> None:
    page = opened(driver)
    page.lending.print_out()
    driver.settle()
    assert "还没有借阅登记" in driver.desktop.preview.strip.text()


def test_a_volume_without_a_month_was_told_as_empty_marks_and_what_came_back_stayed_red(
    driver: Driver, office: Office
) -> None:
    panel = opened(driver).lending
    panel.add_volume()
    assert panel.strip.text() == "请写这一册是哪个月或哪一年的：2026-08，或 2025"
    panel.volume.entry("when").setText("2026-13")
    panel.add_volume()
    assert panel.strip.text().endswith("没有这样的册：年从 2000 到今年，月从 1 到 12")
    panel.volume.entry("when").setText("2026-08")
    panel.add_volume()
    panel.lend()
    driver.settle()
    assert panel.form.entry("borrower").property("bad") == "true"
    panel.form.put({"borrower": "石磊", "unit": "县审计局", "purpose": "离任审计", "approved_by": "邹启明"})
    panel.lend()
    driver.settle()
    assert panel.form.entry("borrower").property("bad") == "false"
    panel.table.view.selectRow(0)
    panel.back.entry("condition").setText("")
    panel.take_back()
    driver.settle()
    assert panel.back.entry("condition").property("bad") == "true"
    panel.back.entry("condition").setText("完好")
    panel.take_back()
    driver.settle()
    assert panel.back.entry("condition").property("bad") == "false"
