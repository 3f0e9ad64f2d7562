"""The papers' pictures at the left of the voucher, what belongs to it at the right; the form keeps its room. Without
room for two beside each other, the pictures stand above the form and the rest below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSettings, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from villagebooks.core.paper import Paper
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.page import button
from villagebooks.gui.picture.pane import PicturePane
from villagebooks.gui.theme import px, span
from villagebooks.gui.voucher.side import LEAST, WIDTH, VoucherSide

ROOMY = 1_100
"""Pixels of the whole from which the pictures open by themselves; below it the small ones at the right do."""
NARROW = 220
"""The column at the right while the pictures are large."""
USUAL, SHARE = 300, 0.24
"""How wide the pictures are when nobody moved their edge: pixels at least, and their share of the whole."""
FORM, LEAST_PANE = 600, 200
"""What the form keeps beside pictures that nobody moved, and the pictures in any case."""
HIGH, FORM_ROWS = 300, 13
"""How high the pictures are above the form, and the form, in heights of a row, where it does not stand beside anything:
the page scrolls then."""
HANDLE = 4
UNBOUND = (1 << 24) - 1
KEPT_SHOWN, KEPT_WIDE = "voucher/pictures", "voucher/pictures_wide"


class Beside(QSplitter):
    """Pictures | form | column. F3 shows and hides the pictures; where they are and how wide is remembered."""

    def __init__(self, seat: Seat, form: QWidget, side: VoucherSide) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._kept: QSettings | None = None
        self._shown, self._wide, self._asked = True, 0, False
        self.pane, self.side, self._form = PicturePane(seat), side, form
        self.opener = button(_("放到左边看（F3）"), self.toggle, "image")
        side.add_act(self.opener)
        for part in (self.pane, form, side):
            self.addWidget(part)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(HANDLE)
        for place, share in enumerate((0, 1, 0)):
            self.setStretchFactor(place, share)
        self.pane.hide()
        self.handle(2).setEnabled(False)
        self.pane.closed.connect(self.toggle)
        self.splitterMoved.connect(self._moved)
        side.found.connect(self.put)

    def bind_to(self, owner: QWidget, kept: QSettings | None = None) -> None:
        """Let the keys of the pictures work wherever the cursor stands in the owner."""
        for name, slot in (("F3", self.toggle), ("Alt+PgUp", self.pane.before), ("Alt+PgDown", self.pane.after)):
            shortcut = QShortcut(QKeySequence(name), owner)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.remember(kept)

    def remember(self, kept: QSettings | None) -> None:
        """Where to remember, and what was remembered."""
        self._kept = kept
        if kept:
            self._shown = str(kept.value(KEPT_SHOWN, "1")) == "1"
            wide = str(kept.value(KEPT_WIDE, 0))
            self._wide = int(wide) if wide.isdigit() else 0

    def put(self, papers: Sequence[Paper]) -> None:
        """The papers of the voucher in hand."""
        self.pane.put(papers)
        self._asked = False
        self._lay()

    def toggle(self) -> None:
        """Show or hide the large pictures."""
        if not self.pane.pictures:
            return
        self._asked = self.pane.isHidden()
        self._shown = self._asked
        if self._kept:
            self._kept.setValue(KEPT_SHOWN, "1" if self._shown else "0")
        hand = QApplication.focusWidget()
        self._lay()
        if hand is None or not hand.isVisible():
            self._take_cursor()

    def _take_cursor(self) -> None:
        """What had the cursor is hidden now: it goes to what stands in its place, never out of the voucher."""
        places = (self.pane.canvas, self.opener, self._form)
        next((one for one in places if one.isVisible()), self).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the pictures fold back to small ones."""
        super().resizeEvent(event)
        self._lay()

    def event(self, event: QEvent) -> bool:
        """A column of quantities comes, and the form needs more room."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.width() < span(ROOMY):
            self._lay()
        return done

    def minimumSizeHint(self) -> QSize:
        """No wider than the form alone."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), _least(self._form)), size.height())

    def _is_narrow(self, shown: bool) -> bool:
        if self.width() >= span(ROOMY):
            return False  # a wide window reckons nothing
        beside = max(LEAST_PANE, _least(self.pane)) if shown else max(span(LEAST), _least(self.side))
        return self.width() < _least(self._form) + HANDLE + beside

    def _lay(self) -> None:
        roomy = self.width() >= span(ROOMY)
        shown = bool(self.pane.pictures) and self._shown and (roomy or self._asked)
        narrow = self._is_narrow(shown)
        most = UNBOUND if narrow else span(NARROW if shown or not roomy else WIDTH)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        laid = shown != self.pane.isHidden() and self.side.isHidden() == (shown and not roomy)
        if laid and self.side.maximumWidth() == most and self.orientation() == way:
            return
        self.setOrientation(way)
        edges = (0, 0, 0, 0) if narrow else (px("gap_px") if shown else 0, 0, px("gap_px"), 0)
        self._form.setContentsMargins(*edges)
        self._form.setMinimumHeight(FORM_ROWS * px("row_px") if narrow else 0)
        self.pane.setVisible(shown)
        self.side.setVisible(roomy or not shown)
        self.side.setMinimumWidth(min(most, span(LEAST)))
        self.side.setMaximumWidth(most)
        self.side.show_small(not shown)
        self.updateGeometry()
        if narrow:
            self.setSizes([HIGH if shown else 0, self.height(), 1])
        elif shown:
            rest = NARROW if roomy else 0
            wide = min(
                self._wide or max(USUAL, round(self.width() * SHARE)), max(LEAST_PANE, self.width() - rest - FORM)
            )
            self.setSizes([wide, self.width() - wide - rest, rest])
        else:
            self.setSizes([0, max(0, self.width() - most), most])

    def _moved(self, _at: int, _handle: int) -> None:
        if self.orientation() == Qt.Orientation.Vertical:
            return
        self._wide = self.pane.width()
        if self._kept:
            self._kept.setValue(KEPT_WIDE, self._wide)


def _least(part: QWidget) -> int:
    """Pixels that a part needs, from its layout, which remembers: this is asked again and again."""
    inside = part.layout()
    return inside.totalMinimumSize().width() if inside else 0
