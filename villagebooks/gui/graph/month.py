"""Columns month by month: income beside expense, and cash and bank accounts upon each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from villagebooks.core.graph import MoneyYear, MonthFigures
from villagebooks.core.money import said_yuan
from villagebooks.core.words import _
from villagebooks.gui.graph.canvas import ALIGN, Graph, Spot, draw_legend, fill, wan
from villagebooks.gui.theme import colour

WIDEST = 26.0
SLASH = " / "
LEAST_SPOT = 5.0
"""Pixels of a spot, however little its figure is."""


@dataclass(frozen=True, slots=True)
class _Figure:
    """What is written above the column at a place, whose upper end is `top_fen`; it may be broken between its parts."""

    place: int
    top_fen: int
    parts: tuple[str, ...]


class _Ground:
    """Where the columns of months stand: a zero line with room below it for what is negative."""

    def __init__(self, graph: Graph, head: float, count: int, most: int, least: int) -> None:
        self.letters = QFontMetricsF(graph.font())
        self.wide, self.count, self.head = graph.width(), count, head
        self.bars: list[tuple[int, QRectF]] = []
        foot = self.letters.height() + 6
        self.top, self.bottom = head + self.letters.height() + 2, graph.height() - foot
        span = max(1, max(0, most) - min(0, least))
        self.scale = max(1.0, self.bottom - self.top) / span
        self.zero = self.bottom + min(0, least) * self.scale
        self.slot = self.wide / max(1, count)

    def rect(self, left: float, wide: float, from_fen: int, to_fen: int) -> QRectF:
        """A bar between two heights, fen."""
        high, low = self.zero - max(from_fen, to_fen) * self.scale, self.zero - min(from_fen, to_fen) * self.scale
        made = QRectF(left, high, wide, max(1.0, low - high))
        self.bars.append((int((left + wide / 2) // self.slot), made))
        return made

    def draw(self, painter: QPainter, months: Sequence[int]) -> None:
        """The zero line and the months below."""
        painter.setPen(colour("rule"))
        painter.drawLine(0, int(self.zero), int(self.wide), int(self.zero))
        painter.setPen(colour("muted"))
        for place, month in enumerate(months):
            below = QRectF(self.slot * place, self.bottom + 3, self.slot, self.letters.height())
            painter.drawText(below, ALIGN.AlignHCenter, _("{m} 月").format(m=month))

    def write(self, painter: QPainter, figures: Sequence[_Figure]) -> None:
        """Figures above their columns, the highest first: that one is always written, lower ones where there is room
        beside what stands there, in two lines if need be."""
        painter.setPen(colour("muted"))
        taken: list[QRectF] = []
        for one in sorted(figures, key=lambda each: -each.top_fen):
            for parts in (("".join(one.parts),), one.parts):
                rect = self._above(one, parts)
                others = [bar for place, bar in self.bars if place != one.place]
                clear = rect.top() >= self.head and not any(rect.intersects(each) for each in (*taken, *others))
                if clear or not taken:
                    taken.append(rect)
                    painter.drawText(rect, ALIGN.AlignCenter, "\n".join(parts))
                    break

    def slash(self, pairs: Sequence[tuple[str, str]]) -> str:
        """What stands between two figures of a month: with blanks where every month has the room for them."""
        widest = max((self.letters.horizontalAdvance(SLASH.join(pair)) for pair in pairs), default=0)
        return SLASH if widest + 4 <= self.slot else SLASH.strip()

    def _above(self, one: _Figure, parts: Sequence[str]) -> QRectF:
        """Where a figure of so many lines stands; wider than its column if it must be, within the picture."""
        wide = max(map(self.letters.horizontalAdvance, parts)) + 4
        tall = self.letters.height() * len(parts)
        left = self.slot * (one.place + 0.5) - wide / 2
        high = self.zero - max(0, one.top_fen) * self.scale - tall - 2
        return QRectF(max(0.0, min(left, self.wide - wide)), high, wide, tall)


class MonthBars(Graph):
    """Income and expense of each month."""

    def __init__(self) -> None:
        super().__init__(_("每月收入和支出"), _("今年还没有记账的收入和支出"))
        self._months: tuple[MonthFigures, ...] = ()
        self._target: Callable[[int], object] = _nowhere

    def put(self, months: Sequence[MonthFigures], target: Callable[[int], object] | None = None) -> None:
        """Show these; `target` of a month is what opens behind it."""
        self._months, self._target = tuple(months), target or _nowhere
        self.renew()

    def lines(self) -> list[str]:
        """Months with a figure."""
        return [_words(one) for one in self._months if one.income_fen or one.expense_fen]

    def draw(self, painter: QPainter) -> list[Spot]:
        """Two bars a month, their figures above."""
        figures = [fen for one in self._months for fen in (one.income_fen, one.expense_fen)]
        if not any(figures):
            return []
        head = draw_legend(painter, QFontMetricsF(self.font()), ((0, _("收入")), (1, _("支出"))), self.width())
        ground = _Ground(self, head, len(self._months), max(figures), min(figures))
        spots: list[Spot] = []
        above: list[_Figure] = []
        wide = min(WIDEST, ground.slot / 3)
        slash = ground.slash([(wan(one.income_fen), wan(one.expense_fen)) for one in self._months])
        for place, one in enumerate(self._months):
            middle = ground.slot * (place + 0.5)
            for series, (fen, left) in enumerate(((one.income_fen, middle - wide - 1), (one.expense_fen, middle + 1))):
                if fen:
                    fill(painter, ground.rect(left, wide, 0, fen), series)
            if one.income_fen or one.expense_fen:
                whole = QRectF(middle - wide - 3, ground.top, 2 * wide + 6, ground.bottom - ground.top)
                spots.append(Spot(whole, _words(one), self._target(one.month), place))
                both = (f"{wan(one.income_fen)}{slash}", wan(one.expense_fen))
                above.append(_Figure(place, max(one.income_fen, one.expense_fen), both))
        ground.write(painter, above)
        ground.draw(painter, [one.month for one in self._months])
        return spots


class MoneyBars(Graph):
    """Cash on hand and each bank account at the ends of months."""

    def __init__(self) -> None:
        super().__init__(_("每月末的现金和银行存款"), _("还没有现金和银行存款"))
        self._year = MoneyYear((), ())
        self._target: Callable[[str, int], object] = _nowhere

    def put(self, year: MoneyYear, target: Callable[[str, int], object] | None = None) -> None:
        """Show these; `target` of an account and a month is what opens behind."""
        self._year, self._target = year, target or _nowhere
        self.renew()

    def lines(self) -> list[str]:
        """Every part of every month."""
        year = self._year
        return [
            _("{m} 月末　").format(m=month)
            + "　".join(f"{part.name} {said_yuan(part.ends_fen[place])}" for part in year.parts)
            + _("　合计 {all}").format(all=said_yuan(year.total_fen(place)))
            for place, month in enumerate(year.months)
        ]

    def draw(self, painter: QPainter) -> list[Spot]:
        """One column a month: cash below, bank accounts upon it; what is negative hangs below the line."""
        year = self._year
        if not any(fen for part in year.parts for fen in part.ends_fen):
            return []
        highs = [sum(max(0, part.ends_fen[place]) for part in year.parts) for place in range(len(year.months))]
        lows = [sum(min(0, part.ends_fen[place]) for part in year.parts) for place in range(len(year.months))]
        names = [(series, part.name) for series, part in enumerate(year.parts)]
        head = draw_legend(painter, QFontMetricsF(self.font()), names, self.width())
        ground = _Ground(self, head, len(year.months), max(highs), min(lows))
        spots: list[Spot] = []
        above: list[_Figure] = []
        wide = min(2 * WIDEST, ground.slot / 2)
        for place, month in enumerate(year.months):
            up = down = 0
            left = ground.slot * (place + 0.5) - wide / 2
            for series, part in enumerate(year.parts):
                fen = part.ends_fen[place]
                if not fen:
                    continue
                start = up if fen > 0 else down
                rect = ground.rect(left, wide, start, start + fen)
                fill(painter, rect, series)
                up, down = (up + fen, down) if fen > 0 else (up, down + fen)
                words = _("{m} 月末　{name} {yuan}").format(m=month, name=part.name, yuan=said_yuan(fen))
                tall = max(LEAST_SPOT, rect.height())
                spot = QRectF(rect.left(), rect.bottom() - tall, wide, tall)
                spots.append(Spot(spot, words, self._target(part.account, month), place))
            above.append(_Figure(place, up, (wan(year.total_fen(place)),)))
        ground.write(painter, above)
        ground.draw(painter, year.months)
        return spots


def _words(one: MonthFigures) -> str:
    return _("{m} 月　收入 {a}　支出 {b}").format(
        m=one.month, a=said_yuan(one.income_fen), b=said_yuan(one.expense_fen)
    )


def _nowhere(*_what: object) -> object:
    return None
