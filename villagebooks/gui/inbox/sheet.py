"""A voucher as accountants know it from paper, drawn in one stroke so that leafing through many holds nobody up."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from villagebooks.core.money import capital_text, said_yuan, yuan_text
from villagebooks.core.voucher import Line, Voucher
from villagebooks.core.words import _
from villagebooks.gui.theme import colour, px
from villagebooks.gui.voucher.word import sheet_title

MARGIN = 14
SHARES = (30, 34, 18, 18)
"""Hundredths of the width: 摘要, 科目, 借方, 贷方; the amounts take more where they need it."""
CENTRE, LEFT, RIGHT = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
MIDDLE = Qt.AlignmentFlag.AlignVCenter
LEAST_ROWS = 4
ROOM = 10
"""Pixels above and below a row of type together."""


class PaintedVoucher(QWidget):
    """Draws one voucher; what it says is also there for a screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self._voucher: Voucher | None = None
        self._paths: Mapping[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("记账凭证"))

    def put(self, voucher: Voucher, paths: Mapping[str, str]) -> None:
        """Show a voucher; `paths` names its accounts with those above them."""
        self._voucher, self._paths = voucher, paths
        words = [f"{sheet_title(voucher.word).replace('　', '')} {voucher.title} {voucher.day.isoformat()}"]
        words += ["　".join(self._cells(line)) for line in voucher.lines]
        self.setAccessibleDescription("\n".join(words))
        self.setToolTip("\n".join(words[1:]))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines are many."""
        return QSize(520, 2 * MARGIN + self._head() + sum(self._heights()) + px("row_px"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower sheet breaks more of its words into two lines."""
        super().resizeEvent(event)
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sheet with its rules, then what is written on it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("paper"))
        if self._voucher is None:
            return
        painter.setPen(QPen(colour("ink")))
        self._draw_head(painter, self._voucher)
        self._draw_rows(painter, self._voucher)
        painter.setPen(QPen(colour("hairline")))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _draw_head(self, painter: QPainter, voucher: Voucher) -> None:
        top = QRect(MARGIN, MARGIN - 4, self.width() - 2 * MARGIN, self._head() - px("row_px"))
        large = QFont(self.font())
        large.setPointSizeF(self.font().pointSizeF() * 1.35)
        large.setBold(True)
        painter.setFont(large)
        painter.drawText(top, CENTRE, sheet_title(voucher.word))
        painter.setFont(self.font())
        below = QRect(top.left(), top.bottom(), top.width(), px("row_px"))
        day = voucher.day
        date_text = _("{y} 年 {m} 月 {d} 日").format(y=day.year, m=day.month, d=day.day)
        count = _("{word}字第 {n} 号　附单据 {count} 张")
        painter.drawText(below, LEFT | MIDDLE, date_text)
        words = count.format(word=voucher.word, n=voucher.number, count=voucher.attachment_count)
        painter.drawText(below, RIGHT | MIDDLE, words)

    def _draw_rows(self, painter: QPainter, voucher: Voucher) -> None:
        heights, top = self._heights(), MARGIN + self._head()
        painter.setPen(QPen(colour("rule")))
        tops = [top + sum(heights[:place]) for place in range(len(heights) + 1)]
        for one in tops:
            painter.drawLine(MARGIN, one, self.width() - MARGIN, one)
        for place, edge in enumerate(self._edges()):
            # the words of the total run over summary and account
            painter.drawLine(edge, top, edge, tops[-2] if place == 1 else tops[-1])
        painter.setPen(QPen(colour("muted")))
        titles = (_("摘要"), _("会计科目"), _("借方金额"), _("贷方金额"))
        for place, title in enumerate(titles):
            painter.drawText(self._cell(place, top, heights[0]), CENTRE, title)
        for number, line in enumerate(voucher.lines, 1):
            self._draw_line(painter, line, tops[number], heights[number])
        self._draw_total(painter, voucher, tops[-2], heights[-1])
        self._draw_foot(painter, voucher, tops[-1])

    def _draw_line(self, painter: QPainter, line: Line, top: int, height: int) -> None:
        for place, text in enumerate(self._cells(line)):
            money = line.debit_fen if place == 2 else line.credit_fen if place == 3 else 0
            painter.setPen(QPen(_ink(money)))
            cell = self._cell(place, top, height)
            if place > 1:
                painter.drawText(cell, RIGHT | MIDDLE, text)
            else:
                painter.drawText(cell, LEFT | MIDDLE | Qt.TextFlag.TextWordWrap, self._fit(text, cell))

    def _draw_total(self, painter: QPainter, voucher: Voucher, top: int, height: int) -> None:
        debit, credit = voucher.total_fen, sum(line.credit_fen for line in voucher.lines)
        strong = QFont(self.font())
        strong.setBold(True)
        painter.setFont(strong)
        painter.setPen(QPen(colour("ink")))
        wide = self._cell(0, top, height).united(self._cell(1, top, height))
        painter.drawText(wide, LEFT | MIDDLE, _("合计　{words}").format(words=capital_text(debit)))
        for place, total in ((2, debit), (3, credit)):
            painter.setPen(QPen(_ink(total)))
            painter.drawText(self._cell(place, top, height), RIGHT | MIDDLE, said_yuan(total))
        painter.setFont(self.font())

    def _draw_foot(self, painter: QPainter, voucher: Voucher, top: int) -> None:
        names = (
            (_("记账"), voucher.posted_by), (_("审核"), voucher.reviewed_by), (_("出纳"), voucher.cashier),
            (_("复核"), voucher.countersigned_by), (_("制单"), voucher.prepared_by),
        )  # fmt: skip
        width = (self.width() - 2 * MARGIN) // len(names)
        painter.setPen(QPen(colour("ink")))
        for place, (word, name) in enumerate(names):
            cell = QRect(MARGIN + place * width, top + 2, width, px("row_px"))
            painter.drawText(cell, LEFT | MIDDLE, f"{word}　{name}")

    def _cells(self, line: Line) -> tuple[str, str, str, str]:
        account = f"{line.account} {self._paths.get(line.account, '')}".rstrip()
        beside = "　".join(part for part in (line.party, line.project, line.contract) if part)
        return (
            line.summary, f"{account}　{beside}".rstrip("　"), yuan_text(line.debit_fen, zero="", group=","),
            yuan_text(line.credit_fen, zero="", group=","),
        )  # fmt: skip

    def _edges(self) -> list[int]:
        """The amounts are whole whatever the width; the words share what they leave."""
        width = self.width() - 2 * MARGIN
        summary, account, amount, _amount = SHARES
        wide = max(width * amount // 100, self._amount_width())
        rest = max(0, width - 2 * wide)
        first = rest * summary // (summary + account)
        return [MARGIN + one for one in (0, first, rest, rest + wide, rest + 2 * wide)]

    def _amount_width(self) -> int:
        """Pixels of the longest amount with its room: the total, bold, and a sign; the title's at least."""
        strong = QFont(self.font())
        strong.setBold(True)
        total = self._voucher.total_fen if self._voucher else 0
        titles = [QFontMetrics(self.font()).horizontalAdvance(title) for title in (_("借方金额"), _("贷方金额"))]
        return max(QFontMetrics(strong).horizontalAdvance("-" + said_yuan(total)), *titles) + 12

    def _cell(self, place: int, top: int, height: int) -> QRect:
        edges = self._edges()
        return QRect(edges[place] + 5, top, edges[place + 1] - edges[place] - 10, height)

    def _fit(self, text: str, cell: QRect) -> str:
        """As much as two lines hold."""
        metrics = QFontMetrics(self.font())
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, cell.width() * 2 - metrics.height())

    def _heights(self) -> list[int]:
        """Of the titles, every line (two rows of type where its words need them), and the total."""
        metrics = QFontMetrics(self.font())
        plain, edges = metrics.height() + ROOM, self._edges()
        lines = self._voucher.lines if self._voucher else ()
        heights = [plain]
        for line in lines:
            cells = zip(self._cells(line)[:2], edges, edges[1:], strict=False)
            wide = any(metrics.horizontalAdvance(text) > right - left - 10 for text, left, right in cells)
            heights.append(plain + metrics.height() if wide else plain)
        return [*heights, *[plain] * (LEAST_ROWS - len(lines)), plain]

    def _head(self) -> int:
        return QFontMetrics(self.font()).height() * 2 + px("row_px")


def _ink(fen: int) -> QColor:
    return colour("red" if fen < 0 else "ink")
