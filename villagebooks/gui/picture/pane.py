"""The papers' pictures large in a pane: the documents in a list, the picture of the one in hand below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from villagebooks.core.money import yuan_text
from villagebooks.core.paper import Paper
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import label
from villagebooks.gui.picture.canvas import Canvas
from villagebooks.gui.picture.load import Levels, Picture, load_levels, pictures_of
from villagebooks.gui.picture.viewer import PictureViewer
from villagebooks.gui.theme import icon

ROWS = 5
"""Documents that show without scrolling."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the list: its words, and the place of its first picture, -1 when it has none."""

    words: str
    place: int


def entries_of(papers: Sequence[Paper]) -> list[Entry]:
    """The documents of the papers; with several papers their number stands before each."""
    found, place = [], 0
    for paper in papers:
        for one in paper.documents:
            amount = yuan_text(one.amount_fen, zero="", group=",")
            number = _("第 {n} 号").format(n=paper.number) if len(papers) > 1 else ""
            count = "" if one.images else _("没有图片")
            words = "　".join(part for part in (number, _(one.kind), one.number, amount, count) if part)
            found.append(Entry(words, place if one.images else -1))
            place += len(one.images)
    return found


class PicturePane(QWidget):
    """`closed`: its cross was pressed."""

    closed = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.pictures: list[Picture] = []
        self._entries: list[Entry] = []
        self._place = -1
        self._viewer: PictureViewer | None = None
        self.list, self.canvas, self.where = QListWidget(), Canvas(), label("", "heading")
        self.list.setAccessibleName(_("单据"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._pick)
        self.list.itemActivated.connect(self._look_closer)
        self.acts: dict[str, QToolButton] = {}
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.where, 1)
        for name, words, act, icon_name in (
            ("before", _("上一张图片（Alt+PgUp）"), self.before, "chevron-left"),
            ("after", _("下一张图片（Alt+PgDn）"), self.after, "chevron-right"),
            ("smaller", _("缩小（-）"), self.canvas.smaller, "zoom-out"),
            ("larger", _("放大（+）"), self.canvas.larger, "zoom-in"),
            ("viewer", _("单独打开"), self.open_viewer, "maximize"),
            ("close", _("收起图片（F3）"), self.closed.emit, "x"),
        ):
            made = QToolButton()
            made.setObjectName("tight")  # six beside each other in a narrow pane
            made.setIcon(icon(icon_name))
            made.setToolTip(words)
            made.setAccessibleName(words)
            made.clicked.connect(act)
            self.acts[name] = made
            head.addWidget(made)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 8, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.list)
        box.addWidget(self.canvas, 1)
        self.canvas.setMinimumSize(QSize(160, 160))

    def put(self, papers: Sequence[Paper]) -> None:
        """The papers of the voucher in hand; the picture that showed stays when it is among them."""
        showed = self.picture.sha256 if self.picture else ""
        self.pictures, self._entries = pictures_of(papers), entries_of(papers)
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._entries:
            item = QListWidgetItem(one.words)
            item.setToolTip(one.words)
            if one.place < 0:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.blockSignals(False)
        rows = min(ROWS, max(1, len(self._entries)))
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 20) + 4)
        same = next((place for place, one in enumerate(self.pictures) if one.sha256 == showed), -1)
        if same >= 0:
            self._place = same
            self._tell()
        else:
            self._place = -1
            self.canvas.put(Levels())
            self.go(0)

    @property
    def picture(self) -> Picture | None:
        """The one that shows."""
        return self.pictures[self._place] if 0 <= self._place < len(self.pictures) else None

    def go(self, place: int) -> None:
        """Show the picture of this place."""
        if 0 <= place < len(self.pictures) and place != self._place:
            self._place = place
            self.canvas.setAccessibleName(self.pictures[place].title)
            act = partial(load_levels, self._seat.desk, self.pictures[place].sha256)
            self._seat.worker.read(act, self.canvas.put, key=self)
        self._tell()

    def before(self) -> None:
        """The picture before."""
        self.go(self._place - 1)

    def after(self) -> None:
        """The picture after."""
        self.go(self._place + 1)

    def open_viewer(self) -> None:
        """The same picture in a window of its own, where 已脱敏 may be marked."""
        if self.picture is None:
            return
        if self._viewer is None:
            self._viewer = PictureViewer(self._seat, self)
        self._viewer.show_pictures(self.pictures, self._place, _("这里只看：报账单已登记签字，图片不能再改"))

    def _look_closer(self, _item: QListWidgetItem) -> None:
        self.canvas.setFocus()

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self._entries) and self._entries[row].place >= 0:
            self.go(self._entries[row].place)

    def _tell(self) -> None:
        count = len(self.pictures)
        self.where.setText(_("图片 {n} / {all}").format(n=self._place + 1, all=count) if self.picture else _("图片"))
        self.acts["before"].setEnabled(self._place > 0)
        self.acts["after"].setEnabled(0 <= self._place < count - 1)
        row = max((n for n, one in enumerate(self._entries) if 0 <= one.place <= self._place), default=-1)
        self.list.blockSignals(True)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
