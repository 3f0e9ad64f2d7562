"""The amount cell of a voucher: what is typed into it, and the columns of its digits when somebody wants them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QStyle, QStyleOptionFrame

from villagebooks.core.money import calculate_yuan, yuan_text
from villagebooks.core.words import N_, _
from villagebooks.gui.retyping import Retyping
from villagebooks.gui.theme import colour, px, set_tone

AMOUNT_GRID = "amount_grid"
"""The setting's name among those of this person on this computer."""
UNITS = N_("亿千百十万千百十元角分")
AMOUNT_ROWS = 4.5
"""Width of an amount cell in heights of a row."""
BALANCE, FLIP = "=＝", " 　"


class GridTeller(QObject):
    """`changed`: the columns come or go."""

    changed = Signal()


class _Grid:
    """Whether amounts stand in columns; cells and their heads ask."""

    on = False
    teller = GridTeller()


def use_grid(on: bool) -> None:
    """Show amounts in columns from now on, everywhere, or as figures."""
    _Grid.on = on
    _Grid.teller.changed.emit()


def grid_is_on() -> bool:
    """Whether amounts stand in columns."""
    return _Grid.on


def digits_of(fen: int) -> str:
    """The digits of an amount as they stand in the columns, a minus before a red one where there is room."""
    if not fen:
        return " " * len(UNITS)
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen):03d}".rjust(len(UNITS))[-len(UNITS) :]


def draw_columns(painter: QPainter, width: int, height: int) -> None:
    """Lines between the columns; heavier before each third, red before 角."""
    count = len(UNITS)
    for place in range(1, count):
        left = count - place
        painter.setPen(colour("red" if left == 2 else "rule" if (left - 2) % 3 == 0 else "hairline"))
        x = round(width * place / count)
        painter.drawLine(x, 0, x, height)


def draw_letters(painter: QPainter, width: int, top: int, height: int, letters: str) -> None:
    """A letter in the middle of each column."""
    for place, letter in enumerate(letters):
        box = QRectF(width * place / len(UNITS), top, width / len(UNITS), height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)


class AmountHead(QLabel):
    """借方金额 or 贷方金额 above its column; over the names of the digits when they have columns."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._title = title
        self.setObjectName("cell")
        self.setAccessibleName(title)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(px("field_px") + 6)
        _Grid.teller.changed.connect(self._redraw)
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The title above, the digits' names below."""
        super().paintEvent(event)
        if not grid_is_on():
            return
        painter, half = QPainter(self), self.height() // 2
        painter.setPen(colour("muted"))
        font = painter.font()
        font.setPixelSize(half - 4)
        painter.setFont(font)
        painter.drawText(self.rect().adjusted(0, 1, 0, -half), Qt.AlignmentFlag.AlignCenter, self._title)
        font.setPixelSize(min(half - 4, self.width() // len(UNITS) - 1))
        painter.setFont(font)
        painter.translate(0, half)
        draw_columns(painter, self.width(), half)
        painter.setPen(colour("muted"))
        draw_letters(painter, self.width(), 0, half, _(UNITS))

    def _redraw(self) -> None:
        self.setText("" if grid_is_on() else self._title)
        self.update()


class PlainCell(QLineEdit):
    """A cell that knows when an input method is composing: then Enter belongs to the input method."""

    def __init__(self) -> None:
        super().__init__()
        self.composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether letters are being composed."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)


class AmountCell(PlainCell):
    """An amount: `balance` when = was typed, `flip` when a space was typed, half or full width alike."""

    balance = Signal()
    flip = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        Retyping(self)
        self.textEdited.connect(self._look)
        self.editingFinished.connect(self._settle)
        _Grid.teller.changed.connect(self._redraw)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """= and space act before they would replace an amount that is selected."""
        if self.composing or not self._act(event.text()):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The same signs from an input method that was left on; what ends a composition only answers the method."""
        if self.composing and event.commitString() in tuple(BALANCE + FLIP):
            event.setCommitString("")
        elif self._act(event.commitString()):
            return
        super().inputMethodEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A digit in each column, as on paper; the amount being typed stands as it is typed."""
        fen = self.fen()
        if not grid_is_on() or self.hasFocus() or fen is None or abs(fen) >= 10 ** len(UNITS):
            super().paintEvent(event)
            return
        painter, look = QPainter(self), QStyleOptionFrame()
        self.initStyleOption(look)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, look, painter, self)
        draw_columns(painter, self.width(), self.height())
        painter.setPen(colour("red" if fen < 0 else "ink"))
        draw_letters(painter, self.width(), 0, self.height(), digits_of(fen))

    def _redraw(self) -> None:
        self.update()

    def fen(self) -> int | None:
        """The amount in fen, 0 when empty, None when it is no amount."""
        text = self.text().strip()
        return calculate_yuan(text) if text else 0

    def put(self, fen: int) -> None:
        """Show an amount; red ones are red and carry a minus."""
        self.setText(yuan_text(fen, zero="", group=","))
        set_tone(self, "red", "true" if fen < 0 else "false")

    def misread(self) -> str:
        """The sentence about what is no amount, empty when it is one."""
        text = _("“{text}”不是金额，或者太大：写 123.45，也可以写 12*350")
        return "" if self.fen() is not None else text.format(text=self.text().strip()[:20])

    def _act(self, typed: str) -> bool:
        if len(typed) != 1 or typed not in BALANCE + FLIP or self.isReadOnly():
            return False
        (self.balance if typed in BALANCE else self.flip).emit()
        return True

    def _look(self, text: str) -> None:
        for signs, signal in ((BALANCE, self.balance), (FLIP, self.flip)):
            rest = "".join(letter for letter in text if letter not in signs)
            # words that an input method put in by mistake may hold a space: nothing is meant by it
            if rest != text and (not rest or calculate_yuan(rest) is not None):
                self.setText(rest)
                self.setModified(True)
                signal.emit()
                return

    def _settle(self) -> None:
        fen = self.fen()
        if fen is not None:
            typed = self.isModified()
            self.put(fen)
            self.setModified(typed)
