"""Whether the keyboard reaches everything: a focus that is nowhere, skips a field, is caught, or jumps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget

from tests.gui.look import name_of, stops

PARTS = 100
"""Steps that Tab may make in one widget: the links of a chapter, year, month and day."""


def focus_faults(window: QWidget) -> Iterator[str]:
    """Tab from where the focus is, all around, and Shift+Tab back: what they do not reach, where they turn in a circle,
    and where Tab jumps against the way people read."""
    start = QApplication.focusWidget()
    if start is None or start.window() is not window or not start.isVisible():
        yield f"{type(window).__name__}: nothing that shows has the focus"
        return
    if start not in stops(window):
        yield f"{name_of(start)} has the focus, and Tab does not stop there"
        return
    for key, name in ((Qt.Key.Key_Tab, "Tab"), (Qt.Key.Key_Backtab, "Shift+Tab")):
        wanted = stops(window)
        way = go_round(key, start)
        if way[-1] is not start:
            yield f"{name} never comes back to {name_of(start)}: … {', '.join(name_of(one) for one in way[-3:])}"
            return
        reached = {_group(one) for one in way}
        for one in wanted:
            missed = _group(one) not in reached and not any(one.isAncestorOf(other) for other in way)  # a cell of it
            if missed and one.isVisible() and one.isEnabled():
                yield f"{name} skips {name_of(one)}"
        if key == Qt.Key.Key_Tab:
            # without the rail around its page, a window begins again after its last field
            yield from list(_jumps(way))[0 if isinstance(window, QMainWindow) else 1 :]


def go_round(key: Qt.Key, start: QWidget) -> list[QWidget]:
    """Where a key leads, until it comes to where it has been."""
    way, seen = [start], set()
    while way[-1] not in seen:
        seen.add(way[-1])
        for _part in range(PARTS):
            QTest.keyClick(way[-1], key)
            if QApplication.focusWidget() is not way[-1]:
                break
        now = QApplication.focusWidget()
        if now is None:
            return way
        way.append(now)
    return way


def _group(one: QWidget) -> QObject | None:
    """Buttons of which one is chosen are one stop, as Qt has it: the arrow keys go from one to the other."""
    if not isinstance(one, QAbstractButton):
        return one
    if one.group() is not None and one.group().exclusive():
        return one.group()
    return one.parentWidget() if one.autoExclusive() else one


def _jumps(way: list[QWidget]) -> Iterator[str]:
    for here, there in pairwise(way):
        parts = _apart(here, there)
        if _page(here) is _page(there) is not None and parts and _before(parts[1].geometry(), parts[0].geometry()):
            yield f"Tab goes back from {name_of(here)} to {name_of(there)}"


def _apart(here: QWidget, there: QWidget) -> tuple[QWidget, QWidget] | None:
    """The two neighbours in which they stand, so that scrolling does not count."""
    above: dict[QWidget | None, QWidget] = {}
    one: QWidget | None = here
    while one is not None:
        above[one.parentWidget()] = one
        one = one.parentWidget()
    one = there
    while one is not None and one.parentWidget() not in above:
        one = one.parentWidget()
    return (above[one.parentWidget()], one) if one is not None else None


def _before(there: QRect, here: QRect) -> bool:
    """A reader comes to `there` first: it is higher and not beside it to the right, or to the left in the same row."""
    if there.bottom() <= here.top() + 4:
        return there.left() < here.right()
    both = min(there.bottom(), here.bottom()) - max(there.top(), here.top())
    return both * 2 > min(there.height(), here.height()) and there.right() <= here.left() + 4


def _page(one: QWidget) -> QWidget | None:
    """The page it is on; the rail, the top and the foot stand around it."""
    above: QWidget | None = one
    while above is not None and above.objectName() != "page":
        above = above.parentWidget()
    return above
