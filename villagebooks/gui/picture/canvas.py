"""One picture as large as there is room, or larger: zoomed by wheel and keys, moved by the mouse, a place marked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from villagebooks.core.picture import SMALLEST, Box, clip_box
from villagebooks.core.words import _
from villagebooks.gui.picture.load import Levels
from villagebooks.gui.theme import colour

STEP, LARGEST_FIT = 1.25, 3.0
SMALLEST_SCALE, LARGEST_SCALE = 0.02, 8.0
KEY_STEP, FINE_STEP = 16, 2
"""Pixels of the screen by which an arrow moves a marked place, and with Ctrl."""
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}

ZOOM_KEYS = {
    Qt.Key.Key_Plus: "larger", Qt.Key.Key_Equal: "larger", Qt.Key.Key_Minus: "smaller", Qt.Key.Key_0: "fit",
    Qt.Key.Key_1: "actual",
}  # fmt: skip


class Canvas(QAbstractScrollArea):
    """`marked` carries the place (`Box`) that was marked, when Enter takes it; `box_changed` says where it stands;
    `zoomed` after every change of scale."""

    marked = Signal(object)
    box_changed = Signal(str)
    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._levels = Levels()
        self._scale, self._fits = 1.0, True
        self._marking, self._box, self._grip = False, QRectF(), QPointF()
        self._held: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("图片"))
        self.viewport().setMouseTracking(False)

    @property
    def scale(self) -> float:
        """Pixels of the screen for one of the picture."""
        return self._scale

    @property
    def is_marking(self) -> bool:
        """Whether a place is being marked."""
        return self._marking

    @property
    def box(self) -> Box | None:
        """The marked place in the picture's pixels."""
        left, top = round(self._box.left()), round(self._box.top())
        box = Box(left, top, round(self._box.right()) - left, round(self._box.bottom()) - top)
        return clip_box(box, *self._size()) if min(box.wide, box.high) > 0 else None

    def put(self, levels: Levels, *, keep: bool = False) -> None:
        """Show a picture whole; with `keep` at the same scale and place."""
        self._levels = levels
        if not keep:
            self._fits, self._box = True, QRectF()
        self._lay()

    def fit(self) -> None:
        """Whole."""
        self._fits = True
        self._lay()

    def actual(self) -> None:
        """A pixel of the picture is a pixel of the screen."""
        self._zoom_to(1.0 / self.devicePixelRatioF(), None)

    def larger(self) -> None:
        """A quarter larger."""
        self._zoom_to(self._scale * STEP, None)

    def smaller(self) -> None:
        """A quarter smaller."""
        self._zoom_to(self._scale / STEP, None)

    def begin(self) -> None:
        """Mark a place: drawn by the mouse, or moved by the arrows from the middle of what shows."""
        if self._levels.whole.isNull():
            return
        self._marking, self._box = True, self._middle()
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self._tell_box()
        self.setFocus()

    def end(self) -> None:
        """Mark nothing any more."""
        self._marking, self._box, self._held = False, QRectF(), None
        self.viewport().unsetCursor()
        self._tell_box()

    def take(self) -> None:
        """Hand over the marked place."""
        box = self.box
        if self._marking and box is not None:
            self.marked.emit(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the marked place, with Shift its lower right corner; without one they move the picture."""
        arrow = ARROWS.get(Qt.Key(event.key()))
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._marking and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif self._marking and arrow:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            step = max(1.0, (FINE_STEP if fine else KEY_STEP) / self._scale)
            self._move_box(arrow[0] * step, arrow[1] * step, size=shift)
        elif arrow and (arrow[1] or shift):
            bar = self.verticalScrollBar() if arrow[1] else self.horizontalScrollBar()
            bar.setValue(bar.value() + 60 * (arrow[1] or arrow[0]))
        elif event.key() in ZOOM_KEYS:
            getattr(self, ZOOM_KEYS[Qt.Key(event.key())])()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the mouse; with Shift or Ctrl the picture moves as a page does."""
        turned = event.angleDelta().y()
        if event.modifiers() or not turned:
            super().wheelEvent(event)
            return
        self._zoom_to(self._scale * (STEP if turned > 0 else 1 / STEP), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw a place, or take hold of the picture."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position()
            if self._marking:
                self._grip = self._to_picture(event.position())
                self._box = QRectF(self._grip, self._grip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the place, or move the picture."""
        if self._held is None:
            return
        if self._marking:
            self._box = QRectF(self._grip, self._to_picture(event.position())).normalized()
            self._box = self._box.intersected(QRectF(0, 0, *self._size()))
            self._tell_box()
            return
        moved = event.position() - self._held
        self._held = event.position()
        for bar, by in ((self.horizontalScrollBar(), moved.x()), (self.verticalScrollBar(), moved.y())):
            bar.setValue(bar.value() - round(by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Inside the marked place it takes it, else whole and own size change."""
        if self._marking and self._box.contains(self._to_picture(event.position())):
            self.take()
        elif not self._marking:
            if self._fits:
                self._zoom_to(1.0, event.position())
            else:
                self.fit()

    def event(self, event: QEvent) -> bool:
        """While a place is marked the arrows and Enter belong to it, not to the window's shortcuts."""
        if self._marking and isinstance(event, QKeyEvent) and _is_asked_for(event):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture whole when it was."""
        super().resizeEvent(event)
        self._lay()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Draw again."""
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Draw; the rest goes on as usual."""
        if event.type() == QEvent.Type.Paint and isinstance(event, QPaintEvent):
            self._paint()
            return True
        return super().viewportEvent(event)

    def _size(self) -> tuple[int, int]:
        return self._levels.whole.width(), self._levels.whole.height()

    def _lay(self) -> None:
        """Scale and scroll bars as the window asks for."""
        wide, high = self._size()
        if wide and high:
            room = self.maximumViewportSize()
            if self._fits:
                self._scale = min(room.width() / wide, room.height() / high, LARGEST_FIT)
            shown = self.viewport().size()
            for bar, length, seen in (
                (self.horizontalScrollBar(), wide * self._scale, shown.width()),
                (self.verticalScrollBar(), high * self._scale, shown.height()),
            ):
                bar.setPageStep(seen)
                bar.setSingleStep(20)
                bar.setRange(0, 0 if self._fits else max(0, round(length) - seen))
        self.viewport().update()
        self.zoomed.emit()

    def _zoom_to(self, scale: float, at: QPointF | None) -> None:
        """Another scale; the point `at` of the window, else its middle, stays where it is."""
        if self._levels.whole.isNull():
            return
        point = at or QPointF(self.viewport().rect().center())
        place = self._to_picture(point)
        self._fits, self._scale = False, min(LARGEST_SCALE, max(SMALLEST_SCALE, scale))
        self._lay()
        self.horizontalScrollBar().setValue(round(place.x() * self._scale - point.x()))
        self.verticalScrollBar().setValue(round(place.y() * self._scale - point.y()))

    def _corner(self) -> QPointF:
        """Where the picture's upper left corner is in the window."""
        wide, high = self._size()
        room = self.viewport().size()
        across, down = room.width() - wide * self._scale, room.height() - high * self._scale
        left = across / 2 if across > 0 else -self.horizontalScrollBar().value()
        top = down / 2 if down > 0 else -self.verticalScrollBar().value()
        return QPointF(left, top)

    def _to_picture(self, point: QPointF) -> QPointF:
        return (point - self._corner()) / self._scale

    def _middle(self) -> QRectF:
        """A third of what shows, about its middle."""
        room = self.viewport().size()
        seen = QRectF(self._to_picture(QPointF(0, 0)), self._to_picture(QPointF(room.width(), room.height())))
        seen = seen.intersected(QRectF(0, 0, *self._size()))
        wide, high = max(seen.width() / 3, SMALLEST), max(seen.height() / 6, SMALLEST)
        return QRectF(seen.center().x() - wide / 2, seen.center().y() - high / 2, wide, high)

    def _move_box(self, across: float, down: float, *, size: bool) -> None:
        wide, high = self._size()
        box = QRectF(self._box) if self._box.width() > 0 else self._middle()
        if size:
            box.setRight(min(wide, max(box.left() + SMALLEST, box.right() + across)))
            box.setBottom(min(high, max(box.top() + SMALLEST, box.bottom() + down)))
        else:
            box.moveLeft(min(max(0.0, box.left() + across), max(0.0, wide - box.width())))
            box.moveTop(min(max(0.0, box.top() + down), max(0.0, high - box.height())))
        self._box = box
        self._bring_into_sight(box)
        self._tell_box()

    def _bring_into_sight(self, box: QRectF) -> None:
        corner = self._corner()
        room = self.viewport().size()
        for bar, start, length, at, seen in (
            (self.horizontalScrollBar(), box.left(), box.width(), corner.x(), room.width()),
            (self.verticalScrollBar(), box.top(), box.height(), corner.y(), room.height()),
        ):
            first, last = start * self._scale + at, (start + length) * self._scale + at
            if first < 0 or last > seen:
                bar.setValue(bar.value() + round(first if first < 0 else last - seen))

    def _tell_box(self) -> None:
        box = self.box if self._marking else None
        text = _("选框：左 {left}，上 {top}，宽 {wide}，高 {high}（像素）")
        said = text.format(left=box.left, top=box.top, wide=box.wide, high=box.high) if box else ""
        self.setAccessibleDescription(said)
        self.box_changed.emit(said)
        self.viewport().update()

    def _paint(self) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("ground"))
        if not self._levels.whole.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._scale < 3)
            corner = self._corner()
            wide, high = self._size()
            whole = QRectF(corner.x(), corner.y(), wide * self._scale, high * self._scale)
            seen = whole.intersected(QRectF(self.viewport().rect()))
            picture, share = self._levels.for_scale(self._scale * self.devicePixelRatioF())
            part = QRectF(self._to_picture(seen.topLeft()) * share, self._to_picture(seen.bottomRight()) * share)
            painter.drawImage(seen, picture, part)
            if self._marking and self._box.width() > 0:
                self._paint_box(painter, corner)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_box(self, painter: QPainter, corner: QPointF) -> None:
        box = QRectF(self._box.topLeft() * self._scale + corner, self._box.size() * self._scale)
        veil = QColor(colour("ink"))
        veil.setAlpha(60)
        painter.fillRect(box, veil)
        # seen on light and on dark paper: a light line under a dashed one
        painter.setPen(QPen(QColor("white"), 3))
        painter.drawRect(box)
        painter.setPen(QPen(colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRect(box)
        corner_of = QPoint(round(box.right()), round(box.bottom()))
        painter.fillRect(QRectF(corner_of.x() - 4, corner_of.y() - 4, 8, 8), colour("accent"))


def _is_asked_for(event: QKeyEvent) -> bool:
    """Whether a shortcut of the window would take a key that moves or takes the marked place."""
    own = (*ARROWS, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return event.type() == QEvent.Type.ShortcutOverride and Qt.Key(event.key()) in own
