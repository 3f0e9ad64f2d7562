"""What is wrong with what a window shows: text that is cut off, fields without a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionViewItem,
    QTabBar,
    QTableView,
    QWidget,
)

from villagebooks.gui.section import Scroll

SLACK = 1
"""Pixels that rounding may take."""
EDGE = 2
"""Pixels between the frame of a line and its letters, each side (QLineEdit's own)."""
FIGURES = re.compile(r"^[-−]?[\d,]+(\.\d\d)?$|^\d{4}-\d\d(-\d\d)?$")
HAN = re.compile("[\u3400-\u9fff]")
OTHER_LANGUAGE = "English"
"""Whoever reads nothing else must find it by this word."""
SIGN = "✓"
"""Says in a narrow cell what its tip says in words."""
FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView)


def shown(window: QWidget) -> list[QWidget]:
    """Every widget of the window that can be seen, parents before children."""
    return [one for one in [window, *window.findChildren(QWidget)] if one.isVisible() and one.window() is window]


def path_of(widget: QWidget) -> str:
    """Which widget it is, whatever its address: its names, and the classes it stands in, up to the window."""
    above: QWidget | None = widget
    homes = []
    while above is not None:
        homes.append(type(above).__name__)
        above = above.parentWidget() if not above.isWindow() else None
    return "/".join((*reversed(homes), widget.objectName(), widget.accessibleName()))


def name_of(widget: QWidget) -> str:
    """Where a widget stands: its class and words, below the nearest class of the program."""
    home: QWidget | None = widget
    while home is not None and not type(home).__module__.startswith("villagebooks"):
        home = home.parentWidget()
    words = getattr(widget, "text", None)
    text = words() if callable(words) else widget.accessibleName()
    where = f"{type(home).__name__} › " if home is not None and home is not widget else ""
    return f"{where}{type(widget).__name__} “{str(text)[:40]}”"


def cut_off(window: QWidget) -> Iterator[str]:
    """Text that has less room than it needs, and widgets that stick out of what holds them."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    for one in shown(window):
        yield from _too_small(one)
        if isinstance(one, QLabel | QAbstractButton | QLineEdit | QComboBox):
            yield from _sticks_out(one)
            yield from _covered(one)


def _too_small(one: QWidget) -> Iterator[str]:
    for kind, faults in LOOKED_AT:
        if isinstance(one, kind):
            yield from faults(one)
            return


def _scrolls_sideways(one: Scroll) -> Iterator[str]:
    if one.horizontalScrollBar().maximum():
        yield f"{name_of(one)} of {_inside(one)} is {one.horizontalScrollBar().maximum()} too wide for the window"


def _pressed(one: QAbstractButton) -> Iterator[str]:
    if one.text() and _smaller(one.size(), one.sizeHint()):
        yield f"{name_of(one)}: needs {_words(one.sizeHint())}, has {_words(one.size())}"


def _turned(one: QAbstractSpinBox) -> Iterator[str]:
    """Qt asks for the widest value, and for more height than letters need."""
    need = QSize(one.sizeHint().width(), one.fontMetrics().height() + 2 * EDGE)
    if _smaller(one.size(), need):
        yield f"{name_of(one)}: needs {_words(need)}, has {_words(one.size())}"


def _inside(area: Scroll) -> str:
    """What scrolls, by its class; the page in hand of the window's stack."""
    inside = area.widget()
    shown = inside.currentWidget() if isinstance(inside, QStackedWidget) else inside
    return type(shown).__name__


def _smaller(size: QSize, need: QSize) -> bool:
    return size.width() < need.width() - SLACK or size.height() < need.height() - SLACK


def _words(size: QSize) -> str:
    return f"{size.width()}×{size.height()}"


def _label(one: QLabel) -> Iterator[str]:
    if not one.text():
        return
    if one.wordWrap():
        need = QSize(0, one.heightForWidth(one.width()))
        letter = max((one.fontMetrics().horizontalAdvance(word) for word in _unbroken(one.text())), default=0)
        need.setWidth(letter)
    else:
        need = one.sizeHint()
    if _smaller(one.size(), need):
        yield f"{name_of(one)}: needs {_words(need)}, has {_words(one.size())}"


def _unbroken(text: str) -> list[str]:
    """Runs that no line break divides: Latin words and figures."""
    return re.findall(r"[\x21-\x7e]+", re.sub(r"<[^>]*>", " ", text))


def _combo(one: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    one.initStyleOption(option)
    room = one.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, one
    )
    need = max((one.fontMetrics().horizontalAdvance(text) for text in _items(one)), default=0)
    if need > room.width() + 2 * EDGE:
        widest = max(_items(one), key=one.fontMetrics().horizontalAdvance)
        yield f"{name_of(one)}: “{widest}” needs {need}, has {room.width()}"


def _items(one: QComboBox) -> list[str]:
    """What may stand in it; of what people typed themselves (books, names) only what does."""
    if one.sizeAdjustPolicy() == QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon:
        return [] if one.toolTip() else [one.currentText()]
    return [one.itemText(place) for place in range(one.count())]


def _tabs(one: QTabBar) -> Iterator[str]:
    font = QFont(one.font())
    for place in range(one.count()):
        if not one.isTabVisible(place):
            continue
        font.setBold(place == one.currentIndex())
        need = QFontMetrics(font).horizontalAdvance(one.tabText(place))
        if need > one.tabRect(place).width() - 8 + SLACK:
            yield f"{name_of(one)}: tab “{one.tabText(place)}” needs {need}, has {one.tabRect(place).width()}"


def _header(one: QHeaderView) -> Iterator[str]:
    if one.orientation() != Qt.Orientation.Horizontal:
        return
    model = one.model()
    for place in range(one.count()):
        title = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        if title and not one.isSectionHidden(place):
            need = max(one.fontMetrics().horizontalAdvance(line) for line in title.split("\n")) + 20
            if need > one.sectionSize(place) + SLACK:
                yield f"{name_of(one)}: title “{title}” needs {need}, has {one.sectionSize(place)}"


def _line(one: QLineEdit) -> Iterator[str]:
    if isinstance(one.parentWidget(), QComboBox | QAbstractSpinBox):
        return
    option = QStyleOptionFrame()
    one.initStyleOption(option)
    room = one.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, one).width() - 2 * EDGE
    margins = one.textMargins()
    room -= margins.left() + margins.right()
    text = one.text() or one.placeholderText()
    still = one.isReadOnly() or not one.isEnabled()
    need = one.fontMetrics().horizontalAdvance(text)
    told = text in one.toolTip() or (one.text() and (not still or one.toolTip()))
    if need > room + SLACK and not told:
        yield f"{name_of(one)}: “{text}” needs {need}, has {room}"


def _hint(one: QPlainTextEdit) -> Iterator[str]:
    if not one.toPlainText():
        room = one.viewport().rect().adjusted(4, 4, -4, 0)
        need = one.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), one.placeholderText())
        if need.height() > room.height() + SLACK or need.width() > room.width() + SLACK:
            yield f"{name_of(one)}: “{one.placeholderText()}” needs {_words(need.size())}, has {_words(room.size())}"


def _cells(one: QTableView | QListView) -> Iterator[str]:
    """A cell may be elided when its tip says the whole; a figure or a day never is."""
    for index in _seen(one):
        text = str(index.data() or "")
        need = one.fontMetrics().horizontalAdvance(text)
        if index.data(Qt.ItemDataRole.FontRole) is not None:
            need = QFontMetrics(index.data(Qt.ItemDataRole.FontRole)).horizontalAdvance(text)
        room = _room(one, index)
        if need <= room + SLACK:
            continue
        tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        told = all(part in tip for part in text.split() if part != SIGN)
        if FIGURES.match(text) or not (told or one.wordWrap()):
            title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
            yield f"{name_of(one)}: cell “{text}” of “{title}” needs {need}, has {room}"


def _room(one: QAbstractItemView, index: QModelIndex) -> int:
    """Pixels for the words of a cell, without its picture."""
    option = QStyleOptionViewItem()
    one.initViewItemOption(option)
    option.rect = one.visualRect(index)
    one.itemDelegate().initStyleOption(option, index)
    margin = one.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, one) + 1
    return one.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, one).width() - 2 * margin


def _seen(one: QTableView | QListView) -> Iterator[QModelIndex]:
    model = one.model()
    if model is None:
        return
    for row in range(min(model.rowCount(), 40)):
        for column in range(model.columnCount() if isinstance(one, QTableView) else 1):
            index = model.index(row, column)
            rect = one.visualRect(index)
            hidden = isinstance(one, QTableView) and one.isColumnHidden(column)
            if not hidden and rect.intersects(one.viewport().rect()):
                yield index


def _sticks_out(one: QWidget) -> Iterator[str]:
    """Beyond what holds it, unless that scrolls in this direction."""
    above = one.parentWidget()
    place = one.geometry()
    while above is not None:
        room, area = above.rect(), above.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
            if area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff and _wide(place, room):
                yield f"{name_of(one)}: sticks out of {type(area).__name__} sideways"
            return
        if not room.adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            yield f"{name_of(one)}: {_rect(place)} sticks out of {name_of(above)} {_rect(room)}"
            return
        if above.isWindow():
            return
        place.translate(above.pos())
        above = area


def _wide(place: QRect, room: QRect) -> bool:
    return place.left() < room.left() - SLACK or place.right() > room.right() + SLACK


def _rect(rect: QRect) -> str:
    return f"({rect.x()},{rect.y()} {rect.width()}×{rect.height()})"


def _covered(one: QWidget) -> Iterator[str]:
    """A neighbour that lies over it."""
    above = one.parentWidget()
    if above is None or isinstance(above, QComboBox | QAbstractSpinBox | QLineEdit):
        return
    for other in above.children():
        texts = isinstance(other, QLabel | QAbstractButton | QLineEdit | QComboBox)
        if texts and other is not one and other.isVisible() and isinstance(other, QWidget):
            both = one.geometry().intersected(other.geometry())
            if both.width() > SLACK and both.height() > SLACK:
                yield f"{name_of(one)} and {name_of(other)} lie over each other"


LOOKED_AT: tuple[tuple[Any, Callable[[Any], Iterator[str]]], ...] = (
    (Scroll, _scrolls_sideways), (QLabel, _label), (QAbstractButton, _pressed), (QAbstractSpinBox, _turned),
    (QComboBox, _combo), (QTabBar, _tabs), (QHeaderView, _header), (QLineEdit, _line), (QPlainTextEdit, _hint),
    (QTableView | QListView, _cells),
)  # fmt: skip


# -- names ---------------------------------------------------------------------------------------------


def stops(window: QWidget) -> list[QWidget]:
    """What Tab should stop at."""
    return [one for one in shown(window) if one.isEnabled() and _takes_tab(one)]


def _takes_tab(one: QWidget) -> bool:
    if not one.focusPolicy() & Qt.FocusPolicy.TabFocus or one.focusProxy() is not None:
        return False
    above = one.parentWidget()
    return not isinstance(above, QComboBox | QAbstractSpinBox) and not (
        isinstance(above, QAbstractScrollArea) and above.viewport() is one
    )


def accessible_name(one: QWidget) -> str:
    """What a screen reader says of it; of a combo box Qt says elsewhere (on Linux) what is chosen."""
    if isinstance(one, QComboBox):
        return one.accessibleName()
    found = QAccessible.queryAccessibleInterface(one)
    return found.text(QAccessible.Text.Name).strip() if found else ""


def unnamed(window: QWidget, *, chinese: bool) -> Iterator[str]:
    """Widgets that a screen reader has no word for, or the same word for two fields; pictures without a tip."""
    names: dict[tuple[str, str], QWidget] = {}
    for one in shown(window):
        speaks = _takes_tab(one) or isinstance(one, QAbstractItemView) or _is_painted(one)
        if not speaks or isinstance(one, QHeaderView) or isinstance(one.parentWidget(), QComboBox | QTabBar):
            continue
        said = accessible_name(one)
        if not said:
            yield f"{name_of(one)}: no accessible name"
        elif chinese and not HAN.search(said) and not re.fullmatch(r"[\d\W]+", said) and said != OTHER_LANGUAGE:
            yield f"{name_of(one)}: the accessible name “{said}” is not Chinese"
        if isinstance(one, QAbstractButton) and not one.text() and not one.toolTip():
            yield f"{name_of(one)}: a picture without a tip"
        if isinstance(one, FIELDS) and not _is_cell(one):
            other = names.setdefault((type(one).__name__, said), one)
            if other is not one and said:
                yield f"{name_of(one)}: two fields are called “{said}”"


def _is_cell(one: QWidget) -> bool:
    """In a row of a table, which says itself what row it is."""
    above = one.parentWidget()
    return above is not None and isinstance(above.parentWidget(), QTableView)


def _is_painted(one: QWidget) -> bool:
    kind = type(one)
    return kind.__module__.startswith("villagebooks") and "paintEvent" in vars(kind)
