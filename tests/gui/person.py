"""A person at the window: sees what is visible, finds it by its name, and acts by keyboard and mouse alone.

Nothing here calls a method of a page or a service. What is found must be visible, enabled, and have room on the screen
where the mouse can reach it; a name is what stands on a button or what a screen reader says (`accessibleName`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from villagebooks.core.period import Month
from villagebooks.gui.still import Ground
from villagebooks.gui.turn import SOON_MS
from villagebooks.gui.worker import Worker

OFFSCREEN = ("propagateSizeHints", "does not support")
"""What Qt says of a screen that is none."""
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE = 90.0
"""Seconds after which somebody gives up waiting."""
TURNS = 8
"""In which a page is put into the window, shown, and what stands in it built: six for the first tab of a section."""
LOOKS = 200
"""How often somebody looks whether a menu is there, every hundredth of a second."""
W = TypeVar("W", bound=QWidget)
_TAIL = re.compile(r"(（[^）]*）|…|\s\*|▾|\s)+$")


def plain(text: str) -> str:
    """A name as people say it: without the key in brackets, the dots of an asking act, the star of a must."""
    return _TAIL.sub("", text.replace("&", "")).strip()


def names_of(widget: QWidget) -> Iterator[str]:
    """What a widget is called: on itself, by a screen reader, in grey inside it."""
    if isinstance(widget, QAbstractButton) and widget.text():
        yield widget.text()
    if widget.accessibleName():
        yield widget.accessibleName()
    if isinstance(widget, QLineEdit | QPlainTextEdit) and widget.placeholderText():
        yield widget.placeholderText()


def begins(text: str, title: str) -> bool:
    """Whether a tab is called so, a count behind its name or not."""
    return re.sub(r"\s*\d+$", "", plain(text)) == plain(title)


def _is_kept() -> bool:
    """Whether a window still shows what was there before."""
    windows = (one for one in QApplication.topLevelWidgets() if one.isVisible())
    return any(ground.is_still for one in windows for ground in one.findChildren(Ground))


def wait_until_idle(worker: Worker) -> None:
    """Until nothing is under way some turns after one another: an answer may ask for more, and put it off. And until
    it is painted: nobody presses what is not seen yet.

    A turn counts once a timer set before it came: on a PC that is busy with something else a wait may end before what
    was left to a later turn (`gui/turn.py`) was due, and six such turns were over while a tab was still being built."""
    end = time.monotonic() + PATIENCE
    rest, turn = 0, QTimer()
    turn.setSingleShot(True)
    turn.start(SOON_MS)
    while rest < TURNS:
        QTest.qWait(SOON_MS + 1)
        if worker.is_busy() or _is_kept():
            rest = 0
        elif not turn.isActive():
            rest += 1
            turn.start(SOON_MS)
        assert time.monotonic() < end, "nothing happens for a minute and a half"


class Dialogs:
    """The operating system's file dialogs: what somebody chooses in the next one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._next: list[Path] = []

        def one(*_args: object, **_options: object) -> tuple[str, str]:
            return str(self._next.pop(0)), ""

        def several(*_args: object, **_options: object) -> tuple[list[str], str]:
            chosen, self._next = self._next, []
            return [str(path) for path in chosen], ""

        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, one)
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", several)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(self._next.pop(0)))

    def choose(self, *paths: Path) -> None:
        """In the next dialog."""
        self._next = list(paths)


class Person:
    """Whoever sits before the window."""

    def __init__(self, window: QWidget, worker: Worker, passphrase: str = "") -> None:
        self._window, self._worker = window, worker
        self.passphrase = passphrase

    # what is there

    def find(self, kind: type[W] | tuple[type[W], ...], name: str, place: int = 0) -> W:
        """The visible widget of that name; of several the one at `place`, from above to below."""
        seen = self._seen(kind)
        for fits in (lambda one: one == name, lambda one: plain(one) == plain(name), lambda one: name in one):
            found = [one for one in seen if any(fits(words) for words in names_of(one))]
            if found:
                return found[place]
        there = sorted({next(names_of(one), "?") for one in seen})
        raise AssertionError(f"nobody finds “{name}”; there is {there}; the strip says: {self.reads_strip()}")

    def has(self, name: str) -> bool:
        """Whether a field, button or list of that name is there."""
        return any(plain(one) == plain(name) for widget in self._seen(QWidget) for one in names_of(widget))

    def stands_whole(self, name: str) -> bool:
        """Whether a field is seen from edge to edge, without scrolling."""
        field = self.find(QLineEdit, name)
        return bool(field.visibleRegion().boundingRect() == field.rect())

    def resizes(self, width: int, height: int) -> None:
        """The window as large as a small screen."""
        self._window.resize(width, height)
        self.waits()

    def sees(self, words: str) -> bool:
        """Whether the words stand somewhere on the screen, in a label or in a list."""
        if any(words in one.text() for one in self._seen(QLabel)):
            return True
        return any(words in cell for view in self._seen(QTableView) for row in self._cells(view) for cell in row)

    def reads_strip(self) -> str:
        """What the strips on the screen say, the window's first."""
        strips = [one for one in self._seen(QFrame) if one.objectName() == "strip"]
        return "\n".join(one.text() for strip in strips for one in strip.findChildren(QLabel) if one.text())

    def find_list_with(self, words: str) -> str:
        """The name of the list in which the words stand."""
        for view in self._seen(QTableView):
            if any(words in cell for row in self._cells(view) for cell in row):
                return view.accessibleName()
        raise AssertionError(
            f"no list holds “{words}”; there is {[one.accessibleName() for one in self._seen(QTableView)]}"
        )

    def reads_list(self, name: str) -> list[list[str]]:
        """The rows of a list as they stand on the screen, columns that gave way left out."""
        return list(self._cells(self.find(QTableView, name)))

    def reads_rail(self) -> list[str]:
        """The pages that the rail leads to."""
        rail = next(one for one in self._seen(QWidget) if one.objectName() == "rail")
        return [one.text() for one in rail.findChildren(QToolButton) if one.isVisible()]

    def reads_sections(self, name: str) -> list[str]:
        """The sections of a list that may be chosen; headings between them are none."""
        listed = self.find(QListWidget, name)
        items = [listed.item(row) for row in range(listed.count())]
        return [plain(one.text()) for one in items if one.flags() & Qt.ItemFlag.ItemIsEnabled]

    def reads(self, name: str, place: int = 0) -> str:
        """What stands in a field."""
        field = self.find((QLineEdit, QPlainTextEdit, QComboBox), name, place)
        if isinstance(field, QComboBox):
            return field.currentText()
        return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()

    # what a person does

    def waits(self) -> None:
        """Until nothing is under way, and what was answered is painted."""
        wait_until_idle(self._worker)
        self._looks_for_cursor()

    def _looks_for_cursor(self) -> None:
        """The cursor is somewhere that shows: who works by keyboard alone goes on from there."""
        if self._window.isActiveWindow() and QApplication.activePopupWidget() is None:
            cursor = QApplication.focusWidget()
            assert cursor is not None, f"the cursor is nowhere; the strip says: {self.reads_strip()}"
            assert cursor.isVisible(), f"the cursor is in what is hidden: {cursor}"

    def clicks(self, widget: QWidget, at: QPoint | None = None, modifier: Qt.KeyboardModifier = NONE) -> None:
        """With the mouse, where the widget can be reached."""
        for area in _areas(widget):
            area.ensureWidgetVisible(widget, 0, 8)
        QApplication.sendPostedEvents()
        top = widget.window()
        at = at or widget.rect().center()
        hit = top.childAt(widget.mapTo(top, at)) or top
        name = next(names_of(widget), type(widget).__name__)
        assert widget.isEnabled(), f"“{name}” is grey; the strip says: {self.reads_strip()}"
        assert hit is widget or widget.isAncestorOf(hit), f"“{name}” cannot be reached: {hit} lies over it"
        QTest.mouseClick(hit, LEFT, modifier, hit.mapFrom(widget, at) if hit is not widget else at)

    def presses(self, name: str, place: int = 0) -> None:
        """A button, a tab, a tick."""
        self.clicks(self.find(QAbstractButton, name, place))
        self.waits()

    def hits(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """A key, wherever the cursor is."""
        QTest.keyClick(self.here(), key, modifier)
        self.waits()

    def enters(self) -> None:
        """Enter, as between the cells of a voucher: nobody waits for an answer."""
        QTest.keyClick(self.here(), Qt.Key.Key_Return)

    def here(self) -> QWidget:
        """Where the cursor is: keys must go somewhere."""
        widget = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert widget is not None, "the cursor is nowhere"
        return widget

    def types(self, text: str) -> None:
        """Letters of the keyboard, and what an input method hands over."""
        for part in re.findall(r"[ -~]+|\n|[^ -~\n]+", text):
            if part == "\n":
                QTest.keyClick(self.here(), Qt.Key.Key_Return)
            elif part.isascii():
                QTest.keyClicks(self.here(), part)
            else:
                event = QInputMethodEvent()
                event.setCommitString(part)
                QApplication.sendEvent(self.here(), event)

    def types_into(self, name: str, text: str, place: int = 0) -> None:
        """Instead of what stands in a field."""
        field = self.find((QLineEdit, QPlainTextEdit, QComboBox), name, place)
        self.clicks(field)
        here = self.here()
        assert here is field or field.isAncestorOf(here), f"“{name}” does not take the cursor"
        assert not getattr(here, "isReadOnly", bool)(), f"“{name}” takes no letters"
        QTest.keyClick(here, Qt.Key.Key_A, CONTROL)
        if not text:
            QTest.keyClick(here, Qt.Key.Key_Delete)
        self.types(text)

    def chooses(self, name: str, words: str, place: int = 0) -> None:
        """One of a box, by the arrow keys: called so, or else the first in whose name the words stand."""
        box = self.find(QComboBox, name, place)
        offered = [box.itemText(row) for row in range(box.count())]
        wanted = words if words in offered else next((one for one in offered if words in one), "")
        assert wanted, f"“{name}” does not offer {words}: {offered}"
        if box.currentText() == wanted:
            return
        for area in _areas(box):
            area.ensureWidgetVisible(box, 0, 8)
        box.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _turn in range(len(offered)):
            if box.currentText() == wanted:
                return
            QTest.keyClick(box, Qt.Key.Key_Down)
        raise AssertionError(f"the arrow keys do not reach {wanted} in “{name}”")

    def chooses_row(self, name: str, *words: str, modifier: Qt.KeyboardModifier = NONE) -> None:
        """The first row of a list that holds all the words, with the mouse."""
        view = self.find(QTableView, name)
        for row, cells in enumerate(self._cells(view)):
            if all(any(word in cell for cell in cells) for word in words):
                self._clicks_cell(view, row, modifier)
                return
        raise AssertionError(f"no row of “{name}” holds {words}: {list(self._cells(view))}")

    def fills_cell(self, name: str, words: str, column: str, text: str) -> None:
        """A cell of a table that is typed in, by the words of its row and the title of its column."""
        view = self.find(QTableView, name)
        model = view.model()
        titles = [str(model.headerData(place, Qt.Orientation.Horizontal)) for place in range(model.columnCount())]
        row = next(row for row, cells in enumerate(self._cells(view)) if any(words in cell for cell in cells))
        index = model.index(row, titles.index(column))
        assert not view.isColumnHidden(index.column()), f"the column “{column}” gave way"
        view.scrollTo(index)
        self.clicks(view.viewport(), view.visualRect(index).center())
        for letter in text:  # the first opens the cell, the others go into what was opened
            self.types(letter)
        self.hits(Qt.Key.Key_Return)

    def chooses_all(self, name: str) -> None:
        """Every row of a list, by Ctrl+A."""
        self._clicks_cell(self.find(QTableView, name), 0, NONE)
        self.hits(Qt.Key.Key_A, CONTROL)

    def opens_tab(self, title: str) -> None:
        """A tab by its title: with the mouse, by the arrow keys where it is behind the edge."""
        for bar in self._seen(QTabBar):
            for place in range(bar.count()):
                if begins(bar.tabText(place), title) and bar.isTabVisible(place):
                    if bar.rect().contains(bar.tabRect(place).center()):
                        self.clicks(bar, bar.tabRect(place).center())
                    else:
                        self._walks_to(bar, place)
                    self.waits()
                    return
        raise AssertionError(f"there is no tab “{title}”")

    def _walks_to(self, bar: QTabBar, place: int) -> None:
        bar.setFocus()
        while bar.currentIndex() != place:
            QTest.keyClick(bar, Qt.Key.Key_Right if bar.currentIndex() < place else Qt.Key.Key_Left)

    def opens_section(self, title: str) -> None:
        """A section of the settings, in the list of them."""
        for listed in self._seen(QListWidget):
            for item in (listed.item(row) for row in range(listed.count())):
                if plain(item.text()) == plain(title) and item.flags() & Qt.ItemFlag.ItemIsEnabled:
                    listed.scrollToItem(item)
                    self.clicks(listed.viewport(), listed.visualItemRect(item).center())
                    self.waits()
                    return
        raise AssertionError(f"there is no section “{title}”")

    def goes_to(self, title: str) -> None:
        """A page by the rail."""
        self.clicks(self.find(QToolButton, title))
        self.waits()

    def picks_from(self, button: str, words: str) -> None:
        """An entry of the menu that a button opens, with the mouse."""
        opened = self.find(QToolButton, button)
        looking, looks = QTimer(self._window), [0]
        answer: list[str] = []

        def look() -> None:
            menu = QApplication.activePopupWidget()
            looks[0] += 1
            if isinstance(menu, QMenu) or looks[0] > LOOKS:
                looking.stop()
                answer.append(_pick(menu, words) if isinstance(menu, QMenu) else "no menu opens")

        looking.timeout.connect(look)
        looking.start(10)
        self.clicks(opened)
        self._window.activateWindow()  # a desktop does so when the menu closes; the offscreen one does not
        self.waits()
        assert answer == [""], answer

    def picks_month(self, month: Month) -> None:
        """Another month, by the switch above."""
        self.picks_from("月份", f"{month.year} 年 {month.month} 月")

    def sits_at(self, code: str) -> None:
        """Another book, by its code in the switch above."""
        self.types_into("账套（输入代码、名称或拼音首字母）", code)
        self.hits(Qt.Key.Key_Return)

    def works_as(self, name: str) -> None:
        """Somebody else sits down."""
        self.picks_from("操作人", name)
        assert name in self.find(QToolButton, "操作人").text()

    def signs(self, name: str = "") -> None:
        """Answers what the foot of the page asks: who, the passphrase where it is asked for, Enter."""
        if name:
            self.chooses("签字人", name)
        if any(one.accessibleName() == "口令" for one in self._seen(QLineEdit)):
            self.types_into("口令", self.passphrase)
        self.hits(Qt.Key.Key_Return)

    # how it is found

    def _seen(self, kind: type[W] | tuple[type[W], ...]) -> list[W]:
        QApplication.processEvents()  # what was laid out anew is seen a moment later
        kinds = kind if isinstance(kind, tuple) else (kind,)
        found = [one for each in kinds for one in self._window.findChildren(each) if one.isVisible()]
        return sorted(dict.fromkeys(found), key=self._corner)

    def _corner(self, widget: QWidget) -> tuple[int, int]:
        point = widget.mapTo(self._window, QPoint(0, 0)) if widget.window() is self._window else QPoint(0, 0)
        return point.y(), point.x()

    def _cells(self, view: QTableView) -> Iterator[list[str]]:
        model = view.model()
        shown = [place for place in range(model.columnCount()) if not view.isColumnHidden(place)]
        for row in range(model.rowCount()):
            yield [str(model.index(row, place).data() or "") for place in shown]

    def _clicks_cell(self, view: QAbstractItemView, row: int, modifier: Qt.KeyboardModifier) -> None:
        model = view.model()
        places = (model.index(row, place) for place in range(model.columnCount()))
        index = next(one for one in places if not (isinstance(view, QTableView) and view.isColumnHidden(one.column())))
        view.scrollTo(index)
        self.clicks(view.viewport(), view.visualRect(index).center(), modifier)
        self.waits()


def _pick(menu: QMenu, words: str) -> str:
    """Click the entry; what is wrong with that, empty when nothing is."""
    found = next((one for one in menu.actions() if words in one.text() and one.isEnabled()), None)
    if found is None:
        menu.close()
        return f"the menu has no “{words}”: {[one.text() for one in menu.actions()]}"
    place = menu.actionGeometry(found).center()
    QTest.mouseMove(menu, place)
    QTest.mouseClick(menu, LEFT, NONE, place)
    return ""


def _areas(widget: QWidget) -> Iterator[QScrollArea]:
    """The scrolling areas around a widget, the nearest first: what the wheel would move."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            yield above
        above = above.parentWidget()
