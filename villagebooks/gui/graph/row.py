"""Bars in rows below each other: special funds with what is drawn and left, claims by their age."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from villagebooks.core.graph import AgeBand, Fund
from villagebooks.core.money import said_yuan
from villagebooks.core.words import _
from villagebooks.gui.graph.canvas import ALIGN, Graph, Spot, draw_legend, fill, wan
from villagebooks.gui.theme import colour

SETTLED, WORKS, OVERDRAWN = 0, 1, 4
AGE_SERIES = (0, 1, 3, 4)


class _Rows(Graph):
    """Rows of a name, a bar and a figure; as high as they need."""

    def _count(self) -> int:
        raise NotImplementedError

    def _row(self) -> float:
        return QFontMetricsF(self.font()).height() + 10

    def minimumSizeHint(self) -> QSize:
        """Every row has its room: what does not fit is scrolled to."""
        letters = QFontMetricsF(self.font())
        return QSize(320, int(2 * letters.height() + 12 + self._row() * self._count()))

    def sizeHint(self) -> QSize:
        """The same."""
        return self.minimumSizeHint()

    def _parts(self, head: float, place: int, figures: Sequence[str]) -> tuple[QRectF, QRectF, QRectF]:
        """Where name, bar and figure of a row are."""
        letters = QFontMetricsF(self.font())
        right = max(letters.horizontalAdvance(one) for one in figures) + 12
        left = min(0.34 * self.width(), letters.horizontalAdvance("一二三四五六七八九十一二"))
        top, tall = head + 4 + self._row() * place, self._row() - 8
        middle = max(40.0, self.width() - left - right - 12)
        return (
            QRectF(0, top, left, tall), QRectF(left + 8, top, middle, tall),
            QRectF(left + middle + 16, top, right, tall),
        )  # fmt: skip

    def _write(self, painter: QPainter, name: QRectF, words: str, figure: QRectF, shown: str, red: bool) -> None:
        letters = QFontMetricsF(self.font())
        painter.setPen(colour("ink"))
        short = letters.elidedText(words, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, ALIGN.AlignLeft | ALIGN.AlignVCenter, short)
        painter.setPen(colour("red" if red else "ink"))
        painter.drawText(figure, ALIGN.AlignLeft | ALIGN.AlignVCenter, shown)


class FundRows(_Rows):
    """Special funds: the frame is what was granted, filled as far as it is drawn."""

    def __init__(self) -> None:
        super().__init__(_("专项资金：拨入、用了、还剩"), _("没有专项资金"))
        self._funds: tuple[Fund, ...] = ()
        self._target: Callable[[Fund], object] = _nowhere

    def put(self, funds: Sequence[Fund], target: Callable[[Fund], object] | None = None) -> None:
        """Show these."""
        self._funds, self._target = tuple(funds), target or _nowhere
        self.updateGeometry()
        self.renew()

    def lines(self) -> list[str]:
        """Every fund."""
        return [_fund_words(one) for one in self._funds]

    def _count(self) -> int:
        return len(self._funds)

    def draw(self, painter: QPainter) -> list[Spot]:
        """The legend, then a row for each."""
        if not self._funds:
            return []
        entries = [(SETTLED, _("用了，已核销")), (WORKS, _("用了，工程在建")), (OVERDRAWN, _("超支"))]
        head = draw_legend(painter, QFontMetricsF(self.font()), entries, self.width())
        most = max(1, *(max(one.granted_fen, one.drawn_fen) for one in self._funds))
        figures = [_left_words(one) for one in self._funds]
        spots = []
        for place, one in enumerate(self._funds):
            name, bar, figure = self._parts(head, place, figures)
            scale = bar.width() / most
            self._write(painter, name, one.name or _("没有指明项目"), figure, figures[place], one.left_fen < 0)
            start = bar.left()
            for series, fen in _pieces(one):
                piece = QRectF(start, bar.top() + 2, fen * scale, bar.height() - 4)
                fill(painter, piece, series)
                start += piece.width()
            painter.setPen(QPen(colour("rule"), 1))
            painter.drawRect(QRectF(bar.left(), bar.top(), max(1.0, max(0, one.granted_fen) * scale), bar.height()))
            whole = QRectF(0, bar.top(), self.width() - 4, bar.height())
            spots.append(Spot(whole, _fund_words(one), self._target(one), place))
        return spots


class AgeRows(_Rows):
    """Claims by age."""

    def __init__(self) -> None:
        super().__init__(_("应收款按账龄"), _("没有应收的款"))
        self._bands: tuple[AgeBand, ...] = ()
        self._target: object = None

    def put(self, bands: Sequence[AgeBand], target: object = None) -> None:
        """Show these; one ledger stands behind all of them."""
        self._bands, self._target = tuple(bands), target
        self.renew()

    def lines(self) -> list[str]:
        """Every age."""
        return [self._words(one) for one in self._bands]

    def _words(self, one: AgeBand) -> str:
        return _("{age}　{yuan} 元，占 {part} %").format(
            age=one.name, yuan=said_yuan(one.claims_fen), part=self._part(one)
        )

    def _part(self, one: AgeBand) -> int:
        whole = sum(band.claims_fen for band in self._bands)
        return (200 * one.claims_fen + whole) // (2 * whole) if whole else 0

    def _count(self) -> int:
        return len(self._bands)

    def draw(self, painter: QPainter) -> list[Spot]:
        """A row for each age, older ones hatched more strongly."""
        if not any(one.claims_fen for one in self._bands):
            return []
        head = draw_legend(painter, QFontMetricsF(self.font()), (), self.width())
        most = max(one.claims_fen for one in self._bands)
        figures = [f"{wan(one.claims_fen)}　{self._part(one)} %" for one in self._bands]
        spots = []
        for place, one in enumerate(self._bands):
            name, bar, figure = self._parts(head, place, figures)
            self._write(painter, name, one.name, figure, figures[place], red=False)
            if one.claims_fen:
                wide = max(1.0, bar.width() * one.claims_fen / most)
                fill(painter, QRectF(bar.left(), bar.top() + 2, wide, bar.height() - 4), AGE_SERIES[min(place, 3)])
            whole = QRectF(0, bar.top(), self.width() - 4, bar.height())
            spots.append(Spot(whole, self._words(one), self._target, place))
        return spots


def _pieces(one: Fund) -> list[tuple[int, int]]:
    """(series, fen) of what is drawn: settled, in works, and beyond what was granted."""
    settled = min(one.settled_fen, max(0, one.granted_fen))
    works = min(one.works_fen, max(0, one.granted_fen - settled))
    pieces = ((SETTLED, settled), (WORKS, works), (OVERDRAWN, one.drawn_fen - settled - works))
    return [(series, fen) for series, fen in pieces if fen > 0]


def _left_words(one: Fund) -> str:
    if one.left_fen < 0:
        return _("超支 {wan}").format(wan=wan(-one.left_fen))
    return _("剩 {left} / {all}").format(left=wan(one.left_fen), all=wan(one.granted_fen))


def _fund_words(one: Fund) -> str:
    text = _("{name}　拨入 {granted}　用了 {drawn}（其中工程在建 {works}）　还剩 {left}")
    return text.format(
        name=one.name or _("没有指明项目"), granted=said_yuan(one.granted_fen),
        drawn=said_yuan(one.drawn_fen), works=said_yuan(one.works_fen),
        left=said_yuan(one.left_fen),
    )  # fmt: skip


def _nowhere(*_what: object) -> object:
    return None
