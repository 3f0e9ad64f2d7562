"""Tab goes the way people read: from above, and from the left, whatever was made first.

Qt goes in the order in which widgets were made; a page's head, its tables and what a choice brings would come by
accident.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget

WHOLE = (QComboBox, QAbstractSpinBox, QLineEdit)
"""One stop, whatever they are made of."""
SLACK = 4
"""Pixels by which neighbours may lie over each other."""


def go_on(window: QWidget, forward: bool) -> bool:
    """Give the focus to the next widget of the window that Tab stops at, or the one before; False when there is none
    to start from."""
    now = QApplication.focusWidget()
    order = list(reading_order(window))
    if now not in order:
        return False
    place = order.index(now)
    rest = [*order[place + 1 :], *order[:place]]
    for one in rest if forward else reversed(rest):
        if _stops_at(one):
            one.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
            return True
    return False


def first_stop(part: QWidget) -> QWidget | None:
    """What Tab comes to first in a part of the window."""
    return next((one for one in reading_order(part) if one is not part and _stops_at(one)), None)


def reading_order(widget: QWidget) -> Iterator[QWidget]:
    """The widget and all that shows in it: rows from above; in a row from the left; columns side by side one after the
    other."""
    yield widget
    if not isinstance(widget, WHOLE):
        for one in in_order(_parts(widget)):
            yield from reading_order(one)


def _stops_at(one: QWidget) -> bool:
    policy = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and one.isEnabled() and one.focusProxy() is None


def _parts(widget: QWidget) -> list[QWidget]:
    return [one for one in widget.children() if isinstance(one, QWidget) and one.isVisible() and not one.isWindow()]


def in_order(parts: list[QWidget], by_rows: bool = True, again: bool = True) -> list[QWidget]:
    """Cut into rows where nothing stands in two of them, a row into columns, and so on."""
    if len(parts) < 2:
        return parts
    groups = _cut(parts, by_rows)
    if len(groups) > 1:
        return [one for group in groups for one in in_order(group, not by_rows)]
    if again:
        return in_order(parts, not by_rows, again=False)
    return sorted(parts, key=lambda one: (one.y(), one.x()))


def _cut(parts: list[QWidget], by_rows: bool) -> list[list[QWidget]]:
    spans = [(one.y(), one.geometry().bottom()) if by_rows else (one.x(), one.geometry().right()) for one in parts]
    groups: list[list[QWidget]] = []
    reached = 0
    for place in sorted(range(len(parts)), key=lambda place: spans[place]):
        start, end = spans[place]
        if groups and start <= reached - SLACK:
            groups[-1].append(parts[place])
        else:
            groups.append([parts[place]])
        reached = max(reached, end) if len(groups[-1]) > 1 else end
    return groups
