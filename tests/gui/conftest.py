"""A real window on a real office: the demo township's history imported, people with keys, September to be entered."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.demonstration import Demonstration, demonstration, made_for_all
from tests.gui.dying import Mourner
from tests.gui.person import Dialogs, Person, wait_until_idle
from tests.gui.scene import copy_demo, fill_scene, leave_drafts
from tests.gui.september import EXPORTING, again, live_through, make_plan, make_town
from tests.gui.september import PASSPHRASE as DEMO_WORD
from tests.services.conftest import PASSPHRASE, Clock, Staff, staff_of
from villagebooks.app import build_application
from villagebooks.core.keymap import YONYOU
from villagebooks.core.period import Month
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.db.books import open_books
from villagebooks.gui import shelf
from villagebooks.gui.keymap import use_keymap
from villagebooks.gui.office import Desktop
from villagebooks.gui.setting import tab
from villagebooks.gui.theme import ORDINARY, apply_theme, shown_theme
from villagebooks.gui.voucher.editor import VoucherEditor
from villagebooks.gui.worker import Worker
from villagebooks.services.demo.town import Town
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.office import centre, create_office
from villagebooks.services.policy import ready_policy
from villagebooks.services.voucher import save_voucher

__all__ = ["demonstration"]

HISTORY = Path(__file__).parent.parent.parent / "resources" / "demo" / "baiyanhe" / "history"
SEPTEMBER = Month(2026, 9)
TOWNSHIP = "VILLAGEBOOKS_TOWNSHIP"
SCREENLESS = "This plugin does not support propagateSizeHints()"
"""What Qt says without a screen of how small and large a window may be."""
LOUD = ("WARNING", "ERROR", "CRITICAL")
KNOWN_MODULES = pytest.StashKey[set[str]]()
"""Modules whose objects no sweep looks through any more: what every test stands on is no garbage."""
AGENT_NAME, OTHER_AGENT, CASHIER_NAME, DIRECTOR_NAME = "冯素芳", "谭永川", "龙小梅", "邹启明"


@pytest.fixture(scope="session", autouse=True)
def application(qapp: QApplication) -> QApplication:
    """The program's own fonts, words and look on pytest-qt's application."""
    return build_application()


@pytest.fixture(autouse=True)
def look_of_every_day(application: QApplication) -> Iterator[None]:
    """No test begins in the theme that another chose; the windows of that one go first and are not dressed again."""
    others = QApplication.topLevelWidgets()
    yield
    for window in QApplication.topLevelWidgets():
        if window.parent() is None and window not in others:
            window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if shown_theme().name != ORDINARY:
        apply_theme(application, ORDINARY)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """As the program does (Sweeper): no garbage collection on a worker's thread, from before the first fixture of a
    test, of whatever scope, until the last is gone.

    What a session needs is made while the window of the test before is garbage already: with collections between two
    tests, a thread of the self-check swept it up, its timers stayed in the list of the screen's thread, and Qt fell.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        with catch_warnings():  # a form that was typed in holds its sign of life until the window is gone
            simplefilter("ignore", ResourceWarning)
            gc.collect()
        known = item.config.stash.setdefault(KNOWN_MODULES, set())
        if not known.issuperset(sys.modules):
            known.update(sys.modules)
            gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def mourner(application: QApplication) -> Mourner:
    """One for the whole run."""
    return Mourner()


@pytest.fixture(autouse=True)
def nothing_dies_elsewhere(mourner: Mourner) -> Iterator[None]:
    """No widget, timer or worker dies on another thread than the screen's."""
    mourner.watch()
    yield
    seen, mourner.seen[:] = list(mourner.seen), []
    assert not seen, "died on another thread than the screen's:\n" + "\n".join(seen)


@pytest.hookimpl(hookwrapper=True, trylast=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """A test of the window that leaves a line on stderr, or a line in the log that nobody asked for, fails."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]  # pluggy's result
    if not report.passed or item.get_closest_marker("may_log"):
        return
    said = [(kind, text) for when, kind, text in item._report_sections if when == call.when]
    loud = [one for kind, text in said if kind == "log" for one in text.splitlines() if one.startswith(LOUD)]
    loud += [one for kind, text in said if kind == "stderr" for one in text.splitlines() if one and one != SCREENLESS]
    if loud:
        report.outcome, report.longrepr = "failed", "said without being asked:\n" + "\n".join(loud)


@pytest.fixture(scope="session")
def township(request: pytest.FixtureRequest) -> Path:
    """Books of the demonstration, made once a run; who changes them takes a copy. `TOWNSHIP` names some that are there
    already."""
    there = os.environ.get(TOWNSHIP)
    if there:
        return Path(there)
    made: Demonstration = request.getfixturevalue("demonstration")

    def make(folder: Path) -> Path:
        books = made.copy(folder).books
        leave_drafts(books)
        return books

    return made_for_all(request, "township", make)


@pytest.fixture(scope="session")
def filled(township: Path, request: pytest.FixtureRequest) -> Path:
    """Books with something of everything, made once a run."""

    def make(folder: Path) -> Path:
        books = copy_demo(township, folder)
        fill_scene(books)
        return books

    return made_for_all(request, "filled", make)


@pytest.fixture
def scene(filled: Path, tmp_path: Path) -> Path:
    """A copy of its own of the books with something of everything."""
    return copy_demo(filled, tmp_path / "scene")


@dataclass(frozen=True, slots=True)
class Made:
    """Closed books made once a run, to be copied; the keys of their people, and when they had them."""

    books: Path
    staff: Staff | None
    moment: datetime

    def copy(self, folder: Path) -> Office:
        for name in (self.books.name, f"{self.books.name}.files"):
            copy = shutil.copytree if (self.books.parent / name).is_dir() else shutil.copyfile
            copy(self.books.parent / name, folder / name)
        return Office(open_books(folder / self.books.name, Clock(self.moment)))


@pytest.fixture(scope="session")
def imported(request: pytest.FixtureRequest) -> Made:
    """A centre that has the township's history, and nobody yet."""

    def make(folder: Path) -> tuple[Path, datetime]:
        clock = Clock()
        folder.mkdir()
        office = create_office(folder / "centre.vbooks", "白雁河镇", clock=clock)
        import_history(office, HISTORY)
        office.books.close()
        return office.books.path, clock.moment

    books, moment = made_for_all(request, "imported", make)
    return Made(books, None, moment)


@pytest.fixture(scope="session")
def staffed(imported: Made, request: pytest.FixtureRequest) -> Made:
    """The same with its people."""

    def make(folder: Path) -> tuple[Path, Staff, datetime]:
        folder.mkdir()
        office = imported.copy(folder)
        staff = staff_of(office)
        office.books.close()
        return office.books.path, staff, office.books.clock.moment  # type: ignore[attr-defined]  # ours, it stands

    return Made(*made_for_all(request, "staffed", make))


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A copy of its own for every test, with its people where the test asks for `staff`."""
    made: Made = request.getfixturevalue("staffed" if "staff" in request.fixturenames else "imported")
    office = made.copy(tmp_path)
    yield office
    office.books.close()


@pytest.fixture
def staff(staffed: Made) -> Staff:
    assert staffed.staff is not None
    return staffed.staff


@pytest.fixture
def desk(office: Office, staff: Staff) -> Desk:
    return open_desk(Office(office.books, AGENT_NAME), "V01", SEPTEMBER)


class Keyboard:
    """Presses keys on whatever has the focus, and counts them, held ones too; characters that an input method commits
    as words are not counted."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1 if modifier == Qt.KeyboardModifier.NoModifier else 2
        QTest.keyClick(QApplication.focusWidget(), key, modifier)

    def type(self, text: str) -> None:
        for letter in text:
            self.count += 1
            QTest.keyClicks(QApplication.focusWidget(), letter)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def words(self, text: str) -> None:
        """The characters of a summary: they are not counted."""
        self.commit(text)

    def commit(self, text: str) -> None:
        """What an input method hands over."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)

    def compose(self, text: str) -> None:
        """What an input method still composes."""
        QApplication.sendEvent(QApplication.focusWidget(), QInputMethodEvent(text, []))


class ChineseKeyboard(Keyboard):
    """The input method is on: digits and signs are committed full width; words are composed, then confirmed."""

    def type(self, text: str) -> None:
        for letter in text:
            self.count += 1
            self.commit({".": "。", "/": "、", " ": "　"}.get(letter, chr(ord(letter) + 0xFEE0)))

    def words(self, text: str) -> None:
        """Letters, then the key that confirms: it reaches the cell as a key press while the letters still stand."""
        self.compose("shuo'ming")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        self.enter()
        self.commit(text)


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


@pytest.fixture(autouse=True)
def usual_keys() -> Iterator[None]:
    """A test that chooses another keymap leaves none behind."""
    yield
    use_keymap(YONYOU)


REST_MS = 20
"""A person rests longer; what comes to pass in that rest is the same."""


@pytest.fixture
def short_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages and sections make room soon after others show."""
    for module in (shelf, tab):
        monkeypatch.setattr(module, "REST_MS", REST_MS)


class Driver:
    """The desktop with what a test needs of it: wait until nothing is under way, sign with the passphrase."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop

    def settle(self) -> None:
        wait_until_idle(self.desktop.seat.worker)

    def tab(self, name: str) -> Any:
        """The panel of a tab of the settings, shown and read."""
        settings = self.desktop.settings
        self.desktop.window.go(settings)
        settings.tabs.setCurrentWidget(getattr(settings, name))
        self.settle()
        return getattr(settings, name)

    def sign_as(self, strip: object, name: str, passphrase: str = PASSPHRASE) -> None:
        """Once what is to be known before stands in the question."""
        self.settle()
        strip.people.setCurrentText(name)
        if strip.passphrase.isVisible():
            strip.passphrase.setText(passphrase)
        strip.sign()
        self.settle()


@contextmanager
def driven(office: Office, qtbot: QtBot, month: Month | None = None) -> Iterator[Driver]:
    """The desktop of an office, shown and at rest, in a month if one is named: what the usual one says is not waited
    for. No act of it may break off with a fault of the program."""
    desktop = Desktop(office, centre(office), Worker())
    seat = desktop.seat
    if month:
        seat.listed.connect(lambda: seat.sit_at(seat.books[0], month), Qt.ConnectionType.SingleShotConnection)
    faults: list[BaseException] = []
    desktop.seat.worker.broken.connect(faults.append)
    qtbot.addWidget(desktop.window)
    with qtbot.waitActive(desktop.window):
        desktop.window.show()
        desktop.window.activateWindow()
    driver = Driver(desktop)
    driver.settle()
    yield driver
    driver.settle()
    assert not faults, faults


@pytest.fixture
def driver(desk: Desk, qtbot: QtBot) -> Iterator[Driver]:
    with driven(Office(desk.books, AGENT_NAME), qtbot, SEPTEMBER) as driver:
        yield driver


def office_draft(amount: int = 74_260, day: date = date(2026, 9, 10), debit: str = "5130102") -> Draft:
    lines = (Line("买打印纸、硒鼓", debit, amount), Line("买打印纸、硒鼓", "101", 0, amount))
    return Draft(day, lines, attachment_count=2)


@pytest.fixture
def make_voucher(desk: Desk) -> Callable[..., Voucher]:
    """A saved draft of the books, made before or behind the window."""

    def make(amount: int = 74_260, day: date = date(2026, 9, 10)) -> Voucher:
        return save_voucher(desk, office_draft(amount, day))

    return make


def begin_voucher(driver: Driver, keyboard: Keyboard) -> VoucherEditor:
    """A new voucher begun by F5 in the list; the key is counted."""
    page = driver.desktop.vouchers
    driver.desktop.window.go(page)
    driver.settle()
    page.list.table.view.setFocus()
    keyboard.press(Qt.Key.Key_F5)
    driver.settle()
    editor: VoucherEditor = page.editor
    return editor


def open_templates(driver: Driver, keyboard: Keyboard) -> VoucherEditor:
    """A new voucher with the list of templates over it."""
    editor = begin_voucher(driver, keyboard)
    keyboard.press(Qt.Key.Key_F4)
    driver.settle()
    return editor


def pay_in_cash(keyboard: Keyboard, words: str, amount: str) -> None:
    """Two rows of a new voucher, 办公费 by cash, and the cursor in a third."""
    keyboard.enter()
    keyboard.commit(words)
    keyboard.enter()
    for code, figure in (("5130102", amount), ("101", "=")):
        if code == "101":
            keyboard.type("..")
            keyboard.enter()
        keyboard.type(code)
        keyboard.enter()
        keyboard.commit(figure)
        keyboard.enter()


def focused() -> QLineEdit:
    widget = QApplication.focusWidget()
    assert isinstance(widget, QLineEdit)
    return widget


@pytest.fixture(scope="session")
def lived(request: pytest.FixtureRequest) -> tuple[Town, Path, Path]:
    """The township after September, the folder of its files, and the village's query file."""

    def make(folder: Path) -> tuple[Town, Path, Path]:
        folder.mkdir()
        town = make_town(folder / "centre.vbooks")
        query = live_through(town, make_plan(folder, ready_policy("baiyanhe")), folder)
        town.office.books.close()
        return replace(town, office=None), folder, query  # type: ignore[arg-type]  # `again` opens a copy

    return made_for_all(request, "lived", make)


@pytest.fixture
def person(lived: tuple[Town, Path, Path], qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    """The agent before a copy of it, in September; its clock stands at 21 October."""
    made, folder, _query = lived
    for name in ("centre.vbooks", "centre.vbooks.files"):
        copy = shutil.copytree if (folder / name).is_dir() else shutil.copyfile
        copy(folder / name, tmp_path / name)
    town = again(made, tmp_path / "centre.vbooks")
    town.clock.go_to(EXPORTING, 10)
    with driven(Office(town.office.books, AGENT_NAME), qtbot) as driver:
        person = Person(driver.desktop.window, driver.desktop.seat.worker, DEMO_WORD)
        person.picks_month(SEPTEMBER)
        yield person
    town.office.books.close()


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch) -> Dialogs:
    return Dialogs(monkeypatch)
