"""外观: a theme dresses the whole window at once, scale and language are kept for the next start; the settings fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.gui.conftest import AGENT_NAME, Driver, Keyboard
from tests.services.conftest import Staff
from villagebooks.core.period import Month
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import language, use_language
from villagebooks.gui.form import Form
from villagebooks.gui.look import FACTOR, LANGUAGE, SCALE, THEME, kept_scale, use_kept_language, use_scale
from villagebooks.gui.office import Desktop
from villagebooks.gui.program import Program
from villagebooks.gui.section import Sections
from villagebooks.gui.setting.look import LookPanel
from villagebooks.gui.setting.page import SettingPage
from villagebooks.gui.theme import apply_theme, px, shown_theme
from villagebooks.services.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def kept(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "desktop.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def ordinary(application: QApplication) -> Iterator[None]:
    yield
    apply_theme(application, "ordinary")


def settle(program: Program, qtbot: QtBot) -> None:
    for _turn in range(3):
        qtbot.waitUntil(lambda: not program.worker.is_busy(), timeout=90_000)
        QTest.qWait(10)


def settings_of(program: Program) -> SettingPage:
    assert program.desktop is not None
    page = program.desktop.settings
    assert isinstance(page, SettingPage)
    return page


@pytest.fixture
def program(desk: Desk, kept: QSettings, qtbot: QtBot, ordinary: None) -> Iterator[Program]:
    kept.setValue("person", AGENT_NAME)
    place = desk.books.path
    desk.books.close()
    program = Program(kept, place)
    program.start()
    settle(program, qtbot)
    yield program
    settle(program, qtbot)
    if program.desktop:
        program.desktop.window.close()


def test_a_theme_makes_the_whole_window_again_at_the_book_and_month_in_hand(
    program: Program, kept: QSettings, qtbot: QtBot
) -> None:
    first = program.desktop
    assert first is not None
    first.seat.sit_at(next(one for one in first.seat.books if one.code == "V02"), Month(2026, 8))
    settle(program, qtbot)
    page = settings_of(program)
    first.window.go(page)
    page.tabs.setCurrentWidget(page.look)
    rail = first.window._buttons[0].width()
    page.look.choices["large"].click()
    settle(program, qtbot)
    second = program.desktop
    assert second is not None
    assert second is not first
    assert (kept.value(THEME), shown_theme().name) == ("large", "large")
    assert second.window._buttons[0].width() >= px("rail_px") > rail
    assert second.home.table.view.verticalHeader().defaultSectionSize() == px("row_px")
    assert second.seat.book is not None
    assert (second.seat.book.code, second.seat.month, second.seat.person) == ("V02", Month(2026, 8), AGENT_NAME)
    assert second.window.village.text().startswith("V02 ")
    assert second.window.current() is second.settings
    assert settings_of(program).tabs.currentWidget() is settings_of(program).look
    assert settings_of(program).look.choices["large"].isChecked()
    names = settings_of(program).tabs.list
    second.window.resize(1024, 500)
    settle(program, qtbot)
    assert names.viewport().rect().contains(names.visualItemRect(names.currentItem()).center())


def test_a_theme_does_not_lock_the_key_that_is_open_and_lets_it_go_with_the_old_window(
    program: Program, qtbot: QtBot, staff: Staff
) -> None:
    first = program.desktop
    assert first is not None
    first.ring.keep(staff.agent)
    page = settings_of(program)
    first.window.go(page)
    page.tabs.setCurrentWidget(page.look)
    assert any("打开的钥匙还开着" in one.text() for one in page.look.findChildren(QLabel))
    page.look.choices["large"].click()
    settle(program, qtbot)
    second = program.desktop
    assert second is not None
    assert (first.ring.person, second.ring.person) == ("", AGENT_NAME)
    assert second.window.lock.text() == f"{AGENT_NAME}的钥匙已打开，10 分钟后锁"


def test_a_voucher_that_is_not_saved_is_not_lost_to_a_theme(program: Program, kept: QSettings, qtbot: QtBot) -> None:
    desktop = program.desktop
    assert desktop is not None
    desktop.window.go(desktop.vouchers)
    settle(program, qtbot)
    desktop.vouchers.new()
    QTest.keyClicks(desktop.vouchers.editor.form.rows[0].summary, "half")
    page = settings_of(program)
    desktop.window.go(page)
    page.look.choices["contrast"].click()
    assert program.desktop is desktop
    assert shown_theme().name == "ordinary"
    assert kept.value(THEME) == "ordinary"  # else the next start would come up in it
    assert "还没有保存" in desktop.vouchers.editor.strip.text()


def test_what_stands_in_another_form_is_told_before_a_theme_takes_it(program: Program, qtbot: QtBot) -> None:
    desktop = program.desktop
    assert desktop is not None
    page, receipts = settings_of(program), desktop.receipts
    desktop.window.go(receipts)
    settle(program, qtbot)
    line = next(one for form in receipts.findChildren(Form) for one in form.findChildren(QLineEdit) if one.isVisible())
    line.setFocus()
    QTest.keyClicks(line, "x")
    desktop.window.go(page)
    page.look.choices["contrast"].click()
    assert program.desktop is desktop
    assert desktop.window.current() is page
    assert page.strip.text() == ("票据：填的还没有保存，换外观要重新画窗口。先去保存；20 秒内再换一次就放弃")
    page.look.choices["contrast"].click()
    settle(program, qtbot)
    assert program.desktop is not desktop


def test_a_paper_that_was_saved_holds_up_no_theme(program: Program, qtbot: QtBot) -> None:
    desktop = program.desktop
    assert desktop is not None
    desktop.seat.sit_at(month=Month(2026, 9))
    papers = desktop.papers
    desktop.window.go(papers)
    settle(program, qtbot)
    papers.new()
    settle(program, qtbot)
    for name, text in (("words", "paper"), ("amount_fen", "120"), ("payee", "shop")):
        line = papers.form.facts.entry(name)
        line.setFocus()
        QTest.keyClicks(line, text)
    papers.form.people.entry("handler").setFocus()
    QTest.keyClicks(papers.form.people.entry("handler"), "me")
    papers.form.save()
    settle(program, qtbot)
    assert "已保存" in papers.strip.text()
    page = settings_of(program)
    desktop.window.go(page)
    page.look.choices["contrast"].click()
    settle(program, qtbot)
    assert program.desktop is not desktop


def test_the_warning_names_every_page_with_unsaved_words_and_counts_for_these_words_alone(
    program: Program, qtbot: QtBot
) -> None:
    desktop = program.desktop
    assert desktop is not None
    page, receipts = settings_of(program), desktop.receipts
    desktop.window.go(receipts)
    settle(program, qtbot)
    type_into(receipts.new, "code")
    desktop.window.go(page)
    page.tabs.setCurrentWidget(page.sheet)
    settle(program, qtbot)
    type_into(page.sheet.form, "posting_day")
    page.tabs.setCurrentWidget(page.look)
    page.look.choices["contrast"].click()
    assert page.strip.text().startswith("设置→公开榜、票据：填的还没有保存")
    type_into(receipts.new, "first")
    page.look.choices["contrast"].click()
    settle(program, qtbot)
    assert program.desktop is desktop
    page.look.choices["contrast"].click()
    settle(program, qtbot)
    assert program.desktop is not desktop


def type_into(form: Form, name: str) -> None:
    line = form.entry(name)
    line.window().activateWindow()
    line.setFocus()
    QTest.keyClicks(line, "1")


@pytest.fixture
def drafts(make_voucher: Callable[..., Voucher]) -> list[str]:
    """Made before the program opens the books."""
    return [make_voucher(amount).uid for amount in (100, 200)]


def ask_signature(program: Program, qtbot: QtBot, staff: Staff) -> Desktop:
    """Over both drafts, with an open key; then somebody looks at the settings."""
    desktop = program.desktop
    assert desktop is not None
    desktop.seat.sit_at(month=Month(2026, 9))
    desktop.window.go(desktop.vouchers)
    settle(program, qtbot)
    desktop.ring.keep(staff.agent)
    desktop.vouchers.list.table.view.selectAll()
    desktop.vouchers.sign_chosen()
    settle(program, qtbot)
    desktop.window.go(settings_of(program))
    settle(program, qtbot)
    return desktop


def test_a_question_for_a_signature_is_not_lost_to_a_theme(
    drafts: list[str], program: Program, kept: QSettings, qtbot: QtBot, staff: Staff
) -> None:
    desktop, look = ask_signature(program, qtbot, staff), settings_of(program).look
    look.choices["contrast"].click()
    assert program.desktop is desktop
    assert (kept.value(THEME), shown_theme().name) == ("ordinary", "ordinary")
    assert look.choices["ordinary"].isChecked()
    assert desktop.window.current() is desktop.vouchers
    assert desktop.vouchers.sign.isVisible()
    assert desktop.vouchers.strip.text() == (
        "这里正等着签字或选原因，换外观要重新画窗口。先办完或按 Esc；20 秒内再换一次就放弃"
    )
    desktop.vouchers.sign.put_away()
    desktop.window.go(settings_of(program))
    look.choices["contrast"].click()
    settle(program, qtbot)
    assert program.desktop is not desktop


def test_what_asks_in_another_section_is_shown_before_a_theme_takes_it(
    program: Program, qtbot: QtBot, staff: Staff
) -> None:
    page = settings_of(program)
    assert program.desktop is not None
    program.desktop.window.go(page)
    people: Any = page.people
    changes = people.changes
    settle(program, qtbot)
    changes.sign.ask("签一个字", lambda keys: keys, lambda _keys: None)
    page.tabs.setCurrentWidget(page.look)
    settle(program, qtbot)
    assert not changes.sign.isVisible()
    page.look.choices["contrast"].click()
    settle(program, qtbot)
    assert changes.sign.isVisible()
    assert "正等着签字" in page.strip.text()


def test_no_theme_comes_between_a_signature_under_way_and_who_is_told_of_it(
    drafts: list[str], program: Program, qtbot: QtBot, staff: Staff
) -> None:
    desktop, look = ask_signature(program, qtbot, staff), settings_of(program).look
    desktop.vouchers.sign.sign()
    look.choices["contrast"].click()
    look.choices["contrast"].click()
    assert program.desktop is desktop
    assert desktop.window.strip.text() == "正在签字：换外观要重新画窗口，等它做完再换"
    settle(program, qtbot)
    assert desktop.vouchers.strip.text() == f"已签 {len(drafts)} 张"
    assert desktop.ring.person == AGENT_NAME
    look.choices["contrast"].click()
    settle(program, qtbot)
    assert program.desktop is not desktop


def test_a_question_in_a_voucher_that_was_left_holds_up_no_theme(
    drafts: list[str], program: Program, qtbot: QtBot, staff: Staff
) -> None:
    desktop = ask_signature(program, qtbot, staff)
    page = desktop.vouchers
    desktop.window.go(page)
    page.open(drafts[0])
    settle(program, qtbot)
    page.editor.ask_signature()
    settle(program, qtbot)
    page.editor.ask_leave()
    settings_of(program).look.choices["contrast"].click()
    settle(program, qtbot)
    assert program.desktop is not desktop


def test_scale_and_language_ask_for_a_new_start(program: Program, kept: QSettings) -> None:
    page = settings_of(program)
    assert page.look.restart.isHidden()
    page.look.scales["150"].click()
    page.look.languages["en"].click()
    assert (int(kept.value(SCALE)), kept.value(LANGUAGE)) == (150, "en")
    assert "重新打开程序" in page.look.strip.text()
    assert not page.look.restart.isHidden()
    page.look.restart.click()
    assert program.begins_again


def test_nothing_starts_again_while_a_voucher_is_not_saved(program: Program, qtbot: QtBot) -> None:
    desktop = program.desktop
    assert desktop is not None
    page = settings_of(program)
    page.look.scales["150"].click()
    desktop.window.go(desktop.vouchers)
    settle(program, qtbot)
    desktop.vouchers.new()
    QTest.keyClicks(desktop.vouchers.editor.form.rows[0].summary, "half")
    page.look.restart.click()
    assert not program.begins_again
    assert desktop.window.isVisible()
    page.look.restart.click()
    assert program.begins_again


def test_who_reads_no_chinese_finds_english_on_the_first_page(kept: QSettings, qtbot: QtBot) -> None:
    program = Program(kept, None)
    program.start()
    qtbot.addWidget(program.page)
    assert program.page.speech.text() == "English"
    program.page.speech.click()
    assert (kept.value(LANGUAGE), program.begins_again) == ("en", True)
    program.worker.close()


def test_qt_is_told_the_scale_that_was_chosen_and_nothing_without_one(kept: QSettings) -> None:
    told: dict[str, str] = {}
    use_scale(kept, told)
    assert told == {}
    for value, factor, percent in ((200, "2.0", 200), (100, "1.0", 100), (7_000, "1.0", 100), ("³", "1.0", 100)):
        kept.setValue(SCALE, value)
        use_scale(kept, told)
        assert (told, kept_scale(kept)) == ({FACTOR: factor}, percent)


def test_the_language_that_was_chosen_is_spoken_from_the_start(kept: QSettings) -> None:
    try:
        kept.setValue(LANGUAGE, "xx")
        use_kept_language(kept)
        assert language() == "zh"
        kept.setValue(LANGUAGE, "en")
        use_kept_language(kept)
        assert language() == "en"
    finally:
        use_language(NullTranslations())


def test_the_choices_can_be_made_where_nothing_can_be_kept(qtbot: QtBot) -> None:
    panel = LookPanel(None)
    qtbot.addWidget(panel)
    panel.scales["125"].click()
    assert "重新打开程序" in panel.strip.text()


def test_the_sections_are_walked_by_the_arrow_keys_past_their_headings(driver: Driver, keyboard: Keyboard) -> None:
    page = driver.desktop.settings
    driver.desktop.window.pick(page)
    driver.settle()
    assert QApplication.focusWidget() is page.tabs.list
    seen = [page.tabs.currentIndex()]
    for _turn in range(page.tabs.count() - 1):
        keyboard.press(Qt.Key.Key_Down)
        seen.append(page.tabs.currentIndex())
    assert seen == list(range(page.tabs.count()))
    driver.settle()
    assert page.tabs.currentWidget() is page.check


def test_the_settings_fit_into_the_smallest_window(driver: Driver) -> None:
    window = driver.desktop.window
    window.resize(1024, 640)
    page = driver.desktop.settings
    window.pick(page)
    driver.settle()
    QTest.qWait(20)
    assert (window.width(), window.height()) == (1024, 640)
    assert isinstance(page.tabs, Sections)
    assert page.minimumSizeHint().height() <= window.stack.height()
    assert page.tabs.mapTo(window, page.tabs.rect().bottomRight()).y() < 640
