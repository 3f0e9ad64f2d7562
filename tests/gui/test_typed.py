"""Whatever a person types, on every page: no other window is made over it unasked, and no reading takes it away."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.gui.conftest import Driver, driven
from tests.gui.look import shown
from tests.gui.scene import open_at
from tests.gui.test_look import kept, ordinary, program
from tests.gui.test_look import settle as settle_program
from tests.gui.walk import PARTS, SEPTEMBER, Walk
from villagebooks.gui.choice import ChoiceEdit
from villagebooks.gui.form import settle
from villagebooks.gui.held import LOOK_MS
from villagebooks.gui.month import MonthEdit
from villagebooks.gui.page import Page
from villagebooks.gui.part import CARRIED, GUARDED
from villagebooks.gui.program import Program
from villagebooks.gui.shelf import holds_words, question_of
from villagebooks.gui.table import Table
from villagebooks.gui.unsaved import unsaved_in

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints", extend=True), pytest.mark.may_log]

__all__ = ("kept", "ordinary", "program")
Entry = QLineEdit | QPlainTextEdit
CHARACTER = "7"
"""Stands in a date, an amount, a count and in words."""


def entries(page: Page) -> Iterator[Entry]:
    """What can be typed into now."""
    for one in shown(page.window()):
        if not isinstance(one, QLineEdit | QPlainTextEdit) or not page.isAncestorOf(one):
            continue
        secret = isinstance(one, QLineEdit) and one.echoMode() != QLineEdit.EchoMode.Normal
        if one.isEnabled() and not one.isReadOnly() and not secret:
            yield one


def words(one: Entry) -> str:
    return one.text() if isinstance(one, QLineEdit) else one.toPlainText()


CHOICES = (MonthEdit, ChoiceEdit)
"""What is no choice there goes when the cursor leaves it, and is told."""
TRIED = "TrialPanel"
"""What is only tried is never unsaved."""


def is_under(one: QWidget, name: str) -> bool:
    above: QWidget | None = one
    while above is not None:
        if above.property(name) or type(above).__name__ == name:
            return True
        above = above.parentWidget()
    return False


def name(one: Entry) -> str:
    above = one.parentWidget()
    while above is not None and not type(above).__module__.startswith("villagebooks"):
        above = above.parentWidget()
    return f"{type(above).__name__} › {type(one).__name__} {one.accessibleName() or one.objectName()}"


def is_sought(page: Page, words: str) -> bool:
    """A list that was made again is filtered by the same words."""
    return any(one.search.text() == words for one in page.findChildren(Table))


class Typist:
    """Types into everything that a state of the window shows, and looks what becomes of it."""

    def __init__(self, walk: Walk) -> None:
        self.walk, self.window = walk, walk.desktop.window
        self.met: set[str] = set()
        self.faults: dict[str, str] = {}

    def work(self) -> None:
        for state in self.walk:
            if state.shown is self.window:
                self._try(state.name)

    def _try(self, state: str) -> None:
        page = self.window.current()
        typed: list[tuple[Entry, str, str]] = []
        for one in list(entries(page)):
            if name(one) in self.met or not one.isVisible():
                continue
            self.met.add(name(one))
            before = words(one)
            one.setFocus()
            if isinstance(one, QPlainTextEdit):
                one.selectAll()
            QTest.keyClicks(one, CHARACTER)
            typed.append((one, before, words(one)))
            if before != words(one) and not self._is_covered(page, one):
                self.faults[f"{name(one)}: theme"] = state
        if not typed:
            return
        page.setFocus()  # an amount is written out, a day settled
        self.walk.driver.settle()
        typed = [(one, before, words(one)) for one, before, _now in typed if isValid(one) and one.isVisible()]
        for one, before, now in typed:
            if before != now and not isinstance(one, CHOICES) and not self._is_covered(page, one):
                self.faults[f"{name(one)}: theme, once the cursor is elsewhere"] = state
        self.walk.desktop.seat.tell_changed()
        page.refresh()
        self.walk.driver.settle()
        for one, before, now in typed:
            if not isValid(one):
                if is_sought(page, now):
                    continue
                self.faults[f"gone with {now!r}"] = state
                continue
            if before != now and words(one) != now and not isinstance(one, CHOICES):
                self.faults[f"{name(one)}: read over, {now!r} became {words(one)!r}"] = state
            one.setText(before) if isinstance(one, QLineEdit) else one.setPlainText(before)
        settle(page)
        self.walk.driver.settle()

    def _is_covered(self, page: Page, one: Entry) -> bool:
        if is_under(one, CARRIED) or is_under(one, GUARDED) or is_under(one, TRIED) or question_of(page):
            return True
        if any(words(one) in held.texts for held in unsaved_in([page])):
            return holds_words(page)
        return not page.may_leave()


@pytest.mark.parametrize("part", PARTS[:-1])
def test_what_is_typed_is_asked_about_and_stays_when_the_page_reads(part: str, scene: Path, qtbot: QtBot) -> None:
    with driven(open_at(scene), qtbot) as driver:
        typist = Typist(Walk(driver, (part,)))
        typist.walk.at("V01", SEPTEMBER)
        typist.work()
    assert not typist.faults, "\n".join(f"{where}: {fault}" for fault, where in typist.faults.items())


@pytest.mark.parametrize("part", PARTS[:-1])
def test_keys_that_come_while_something_is_saved_wait_for_the_answer(part: str, scene: Path, qtbot: QtBot) -> None:
    """Each entry once, with the page itself as the one that saves."""
    faults: dict[str, str] = {}
    with driven(open_at(scene), qtbot) as driver:
        walk, met = Walk(driver, (part,)), set[str]()
        walk.at("V01", SEPTEMBER)
        for state in walk:
            page = driver.desktop.window.current()
            for one in [one for one in entries(page) if name(one) not in met and state.shown is page.window()]:
                if not isValid(one) or not one.isVisible() or not one.isEnabled() or one.isReadOnly():
                    continue
                met.add(name(one))
                one.setFocus()
                before, go = words(one), threading.Event()
                driver.desktop.seat.worker.write(partial(wait_for, go), page.setAccessibleDescription, title="保存")
                QTest.keyClicks(one, CHARACTER)
                if words(one) != before:
                    faults[f"{name(one)} took {words(one)!r} while it was saved"] = state.name
                go.set()
                driver.settle()
                QTest.qWait(2 * LOOK_MS)
                driver.settle()
                if not isValid(one):
                    continue  # what is typed there makes its row anew
                if words(one) == before and not before.endswith(CHARACTER):
                    faults[f"{name(one)} never took it"] = state.name
                one.setText(before) if isinstance(one, QLineEdit) else one.setPlainText(before)
                settle(page)
    assert not faults, "\n".join(f"{where}: {fault}" for fault, where in faults.items())


def wait_for(go: threading.Event) -> str:
    go.wait()
    return ""


WORDS = "多少钱"


def test_a_list_is_filtered_by_the_same_words_in_the_window_of_another_theme(program: Program, qtbot: QtBot) -> None:
    first = program.desktop
    assert first is not None
    page = first.vouchers
    first.window.go(page)
    settle_program(program, qtbot)
    page.list.table.search.setText(WORDS)
    first.window.go(first.settings)
    first.settings.look.choices["contrast"].click()
    settle_program(program, qtbot)
    second = program.desktop
    assert second is not None
    assert second is not first
    second.window.go(second.vouchers)
    settle_program(program, qtbot)
    assert second.vouchers.list.table.search.text() == WORDS


def test_a_text_that_stands_in_no_form_is_asked_about(program: Program, qtbot: QtBot) -> None:
    desktop = program.desktop
    assert desktop is not None
    page = desktop.settings
    desktop.window.go(page)
    page.tabs.setCurrentWidget(page.sheet)
    settle_program(program, qtbot)
    QTest.keyClicks(page.sheet.ask, "7")
    page.tabs.setCurrentWidget(page.look)
    page.look.restart.click()
    assert not program.begins_again
    assert page.strip.text().startswith("设置→公开榜：填的还没有保存")
    QTest.keyClicks(page.sheet.ask, "8")
    page.look.choices["contrast"].click()
    assert program.desktop is desktop
    assert page.strip.text().startswith("设置→公开榜：填的还没有保存")


def test_a_window_that_a_person_closes_asks_about_what_stands_in_its_forms(program: Program, qtbot: QtBot) -> None:
    desktop = program.desktop
    assert desktop is not None
    page, window = desktop.settings, desktop.window
    window.go(page)
    page.tabs.setCurrentWidget(page.sheet)
    settle_program(program, qtbot)
    QTest.keyClicks(page.sheet.ask, "7")
    window.close()
    assert window.isVisible()
    assert window.strip.text().startswith("设置→公开榜：填的还没有保存。")
    program.leave()
    assert program.desktop is None
    assert not window.isVisible()


def test_what_is_typed_between_saving_and_the_answer_stands_there_unsaved(driver: Driver) -> None:
    panel = driver.tab("sheet")
    go = threading.Event()
    driver.desktop.seat.worker.write(go.wait, lambda _done: None)
    panel.form.entry("posting_day").setText("12")
    panel.ask.setPlainText("中心")
    panel.save()
    panel.ask.setFocus()
    QTest.keyClicks(panel.ask, "78")
    go.set()
    driver.settle()
    QTest.qWait(3 * LOOK_MS)
    assert "78" in panel.ask.toPlainText()
    assert "中心" in panel.ask.toPlainText()
    assert [one.place for one in unsaved_in([driver.desktop.settings])] == ["设置→公开榜"]
    panel.load()
    driver.settle()
