"""The month's board: villages by steps, each cell a colour, a sign and a word, walked by the arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from villagebooks.core.board import DONE as ALL_DONE
from villagebooks.core.board import LATE as IS_LATE
from villagebooks.core.board import NOTHING, WAITING, BoardRow, ExpectedRow, LateSteps, order_rows
from villagebooks.core.period import CLOSED, OPEN
from villagebooks.core.words import _
from villagebooks.gui.step import BANK, CLOSING, PAPERS, QUERY, SHEET, SIGNING, VOUCHERS
from villagebooks.gui.table import MARK, STATE, Column, Table
from villagebooks.gui.theme import (
    DONE,
    LATE,
    PLAIN,
    TONE_COLOURS,
    TONE_GROUNDS,
    TONE_ICONS,
    WAIT,
    Mark,
    colour,
    icon,
    px,
)

SIGN = 14
"""Pixels of the sign in a cell."""
MOST_LETTERS = 22
"""Digits' widths that a step takes at the most: what is longer is shortened, and whole in its tip."""
LEAST_NAME = 18
EDGE = 3


TARGETS = (VOUCHERS, PAPERS, SIGNING, VOUCHERS, BANK, CLOSING, SHEET, QUERY)
"""Where a click on each column leads."""


def board_columns() -> tuple[Column, ...]:
    """The steps of a month."""
    return (
        Column(_("账套"), lambda row: row.book, text=lambda row: f"{row.book}　{row.name}"),
        Column(_("报账"), _known(paper_mark), STATE, 9),
        Column(_("审核"), _known(signing_mark), STATE, 9),
        Column(_("记账"), _known(posting_mark), STATE, 9),
        Column(_("对账"), _known(bank_mark), STATE, 9),
        Column(_("结账"), _known(closing_mark), STATE, 9),
        Column(_("公示"), _known(sheet_mark), STATE, 9),
        Column(_("查询库"), _known(query_mark), STATE, 9),
    )


def _known(mark: Callable[[BoardRow], Mark]) -> Callable[[BoardRow | ExpectedRow], Mark]:
    """The mark of a row, dots while the books are being opened."""
    return lambda row: mark(row) if isinstance(row, BoardRow) else Mark("…", PLAIN)


class CellDelegate(QStyledItemDelegate):
    """Paints a step: its sign and word on the soft ground of its state, a frame around the cell in hand."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The ground of the row, then the cell."""
        mark = index.data(MARK)
        if not isinstance(mark, Mark):
            super().paint(painter, option, index)
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        if isinstance(mark, Mark):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.fillRect(rect, colour("select" if chosen else "paper"))
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colour("hairline"))
            self._draw(painter, rect.adjusted(EDGE, EDGE, -EDGE, -EDGE), mark)
        if state & QStyle.StateFlag.State_HasFocus:
            wide = px("focus_px")
            painter.setPen(QPen(colour("accent"), wide))
            painter.drawRect(rect.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2))
        painter.restore()

    def _draw(self, painter: QPainter, rect: QRectF, mark: Mark) -> None:
        ink = TONE_COLOURS[mark.tone]
        left = rect.left() + 5
        if mark.tone in TONE_GROUNDS:
            if colour(TONE_GROUNDS[mark.tone]) != colour("paper"):  # white on white is no ground: the row shows through
                painter.fillRect(rect, colour(TONE_GROUNDS[mark.tone]))
            top = rect.top() + (rect.height() - SIGN) / 2
            icon(TONE_ICONS[mark.tone], ink, SIGN).paint(painter, int(left), int(top), SIGN, SIGN)
            left += SIGN + 5
        painter.setPen(colour("muted" if mark.tone == PLAIN else ink))
        painter.setFont(QGuiApplication.font())
        room = rect.right() - left - 2
        words = QFontMetrics(QGuiApplication.font()).elidedText(mark.word, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(left, rect.top(), room, rect.height()), Qt.AlignmentFlag.AlignVCenter, words)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A row of the theme, as wide as sign and word."""
        mark = index.data(MARK)
        if not isinstance(mark, Mark):
            return super().sizeHint(option, index)
        return QSize(cell_width(mark), px("row_px"))


def cell_width(mark: Mark) -> int:
    """Pixels of sign, word and edges."""
    return QFontMetrics(QGuiApplication.font()).horizontalAdvance(mark.word) + SIGN + 2 * EDGE + 18


class BoardTable(Table):
    """The table of the board. Its order stands while somebody works in it, until `begin` or another sort."""

    def __init__(self) -> None:
        empty = _("还没有账套。到“设置”里新建账套，或导入历史账。")
        self._order: list[str] = []
        self._asked: dict[int, int] = {}
        self._fitting, self._here = True, ""
        super().__init__(board_columns(), _("本月进度"), empty)
        header = self.view.horizontalHeader()
        for place in range(len(self.model.columns)):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
        self.view.setItemDelegate(CellDelegate(self.view))
        self.foot.hide()
        header.sectionResized.connect(self._note)
        self._fitting = False

    def begin(self) -> None:
        """The next rows come in their own order."""
        self._order = []

    def show_rows(self, rows: Sequence[BoardRow | ExpectedRow], here: str) -> None:
        """Show these; the cell in hand stays in hand, until another book is `here` or they come anew."""
        fresh = not self._order
        ordered = order_rows(rows, self._order)
        self._order = [row.book for row in ordered]
        index = self.view.currentIndex()
        before = self.current()
        stays = before is not None and not fresh and here == self._here
        code, self._here = before.book if stays else here, here
        self.model.put(ordered)
        self._after()
        self.fit()
        shown = [row.book for row in self.model.records()]
        if code in shown:
            self.view.setCurrentIndex(self.model.index(shown.index(code), max(0, index.column())))
        if fresh:
            self.view.scrollToTop()

    def fit(self) -> None:
        """Every step as wide as its longest word; the name takes what is left, and spare room of steps where it needs
        that."""
        view, letter = self.view, QFontMetrics(QGuiApplication.font()).horizontalAdvance("0")
        least = self._least_steps(MOST_LETTERS * letter)
        easy = {place: max(width, self._fit.need(self.model.columns[place])) for place, width in least.items()}
        room = view.viewport().width()
        wide = easy if self._name_width() + sum(easy.values()) <= room else least
        rest = room - sum(wide.values())
        name = min(max(rest, LEAST_NAME * letter), self._name_width())
        spare = max(0, rest - name) // max(1, len(wide))
        self._fitting = True
        view.setColumnWidth(0, max(name, rest - spare * len(wide)))
        for place, width in wide.items():
            view.setColumnWidth(place, self._asked.get(place, width + spare))
        self._fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The viewport tells its own width, with or without a scroll bar beside it."""
        QWidget.resizeEvent(self, event)

    def showEvent(self, event: QShowEvent) -> None:
        """As for its width."""
        QWidget.showEvent(self, event)

    def take_room(self) -> None:
        """Fit again when there is more room or less."""
        self.fit()
        super().take_room()

    def _least_steps(self, most: int) -> dict[int, int]:
        """What the title and the words of each step need, by its place."""
        title = self.view.horizontalHeader().fontMetrics().horizontalAdvance
        return {
            place: max(title(one.title) + 22, min(most, max(map(cell_width, self._marks(one)), default=0)))
            for place, one in enumerate(self.model.columns)
            if place
        }

    def _marks(self, one: Column) -> set[Mark]:
        return {one.value(row) for row in self.model.records()}

    def _name_width(self) -> int:
        letters = QFontMetrics(QGuiApplication.font())
        one = self.model.columns[0]
        return max((letters.horizontalAdvance(one.shown(row)) for row in self.model.records()), default=0) + 28

    def _note(self, place: int, _before: int, width: int) -> None:
        """Who draws a column wider keeps it so."""
        if not self._fitting and place:
            self._asked[place] = width


def standing_mark(standing: str) -> Mark:
    """How a book stands, in a word."""
    marks = {
        IS_LATE: Mark(_("有迟的"), LATE), WAITING: Mark(_("有待办"), WAIT), ALL_DONE: Mark(_("做完了"), DONE),
        NOTHING: Mark(_("没有开始"), PLAIN),
    }  # fmt: skip
    return marks[standing]


def paper_mark(row: BoardRow) -> Mark:
    """报账: what has not been taken or sent back."""
    if row.late_papers:
        return late_mark(row.late_papers)
    total = sum(row.papers.values())
    open_ones = total - row.papers.get("booked", 0) - row.papers.get("accepted", 0)
    if open_ones:
        return Mark(_("{n} 张待受理").format(n=open_ones), WAIT)
    if row.papers.get("accepted"):
        return Mark(_("{n} 张待做凭证").format(n=row.papers["accepted"]), WAIT)
    return Mark(_("{n} 张已入账").format(n=total), DONE) if total else Mark(_("没有"), PLAIN)


def late_mark(late: LateSteps) -> Mark:
    """How many days late, with whom it lies, how many there are."""
    who = late.people[0] if late.people else ""
    more = _("等 {n} 件").format(n=late.count) if late.count > 1 else ""
    return Mark(_("迟 {days} 天 {who}{more}").format(days=late.days, who=who, more=more), LATE)


def signing_mark(row: BoardRow) -> Mark:
    """审核: vouchers that wait for a signature, and how late with whom."""
    if row.late_signing:
        return late_mark(row.late_signing)
    waiting = row.vouchers.get("draft", 0) + row.vouchers.get("submitted", 0)
    if waiting:
        return Mark(_("{n} 张没签完").format(n=waiting), WAIT)
    total = row.vouchers.get("approved", 0) + row.vouchers.get("posted", 0)
    return Mark(_("{n} 张签完").format(n=total), DONE) if total else Mark(_("没有"), PLAIN)


def posting_mark(row: BoardRow) -> Mark:
    """记账: vouchers that are signed and not posted."""
    if row.vouchers.get("approved"):
        return Mark(_("{n} 张待记账").format(n=row.vouchers["approved"]), WAIT)
    posted = row.vouchers.get("posted", 0)
    return Mark(_("已记 {n} 张").format(n=posted), DONE) if posted else Mark(_("没有"), PLAIN)


def bank_mark(row: BoardRow) -> Mark:
    """对账: bank accounts whose reconciliation is confirmed."""
    if not row.banks:
        return Mark("—", PLAIN)
    if row.reconciled >= row.banks:
        return Mark(_("已对账"), DONE)
    if row.reconciled:
        return Mark(_("对了 {n}/{all} 户").format(n=row.reconciled, all=row.banks), WAIT)
    return Mark(_("未对账"), WAIT)


def closing_mark(row: BoardRow) -> Mark:
    """结账: whether the month is closed, or may be as far as its vouchers go."""
    if row.state != OPEN:
        return Mark(_("已结账") if row.state == CLOSED else _("已锁定"), DONE)
    if row.waiting:
        return Mark(_("还不能结"), PLAIN)
    return Mark(_("可以结账"), WAIT) if row.may_close else Mark("—", PLAIN)


def sheet_mark(row: BoardRow) -> Mark:
    """公示: when it should hang, how long it hangs."""
    if row.put_up is None:
        day = _("{m}月{d}日").format(m=row.due.month, d=row.due.day)
        return (
            Mark(_("迟了：应{day}张榜").format(day=day), LATE)
            if row.is_late
            else Mark(_("{day}前张榜").format(day=day))
        )
    if row.stay_until and not row.has_stood:
        return Mark(_("公示到{m}月{d}日").format(m=row.stay_until.month, d=row.stay_until.day), WAIT)
    return Mark(_("公示期满"), DONE)


def query_mark(row: BoardRow) -> Mark:
    """查询库: whether the month, having stood its days, was exported."""
    if not row.has_stood or row.stay_until is None:
        return Mark("—", PLAIN)
    if row.may_export or row.exported is None:
        return Mark(_("可以导出"), WAIT)
    return Mark(_("{m}月{d}日导出").format(m=row.exported.month, d=row.exported.day), DONE)
