"""Pictures of papers: thumbnails beside a form, and one large when it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QListView, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout

from villagebooks.core.paper import Paper
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.services.desk import Desk
from villagebooks.services.paper import read_image

THUMBNAIL = QSize(120, 120)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the hash of its bytes and what it shows."""

    title: str
    sha256: str


def pictures_of(papers: Sequence[Paper]) -> list[Picture]:
    """Every picture of the papers' documents, named by its document."""
    return [
        Picture(f"{_(document.kind)} {document.number}".strip(), image.sha256)
        for paper in papers
        for document in paper.documents
        for image in document.images
    ]


def load_picture(desk: Desk, sha256: str, side: int = 0) -> QImage:
    """The picture, made small and set into a square when `side` says so; may run off the screen's thread."""
    picture = QImage.fromData(read_image(desk, sha256))
    if side and not picture.isNull():
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        small = picture.scaled(side, side, keep, smooth)
        whole = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        whole.fill(Qt.GlobalColor.transparent)
        painter = QPainter(whole)
        painter.drawImage((side - small.width()) // 2, side - small.height(), small)
        painter.end()
        return whole
    return picture


class Thumbnails(QListWidget):
    """Small pictures in a wrapping row; Enter or a click shows one large."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._viewer: PictureViewer | None = None
        self.setAccessibleName(_("单据图片"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(THUMBNAIL)
        self.setGridSize(QSize(THUMBNAIL.width() + 14, THUMBNAIL.height() + 34))
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.itemActivated.connect(self.open_item)
        self.itemClicked.connect(self.open_item)

    def put(self, pictures: Sequence[Picture]) -> None:
        """Show these; each is read when it is asked for, off the screen's thread."""
        self.clear()
        for place, one in enumerate(pictures):
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setToolTip(one.title)
            item.setSizeHint(self.gridSize())
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            self.addItem(item)
            act = partial(_load_thumbnail, self._seat.desk, one.sha256, THUMBNAIL.width())
            self._seat.worker.read(act, self._show, key=(id(self), place))

    def open_item(self, item: QListWidgetItem) -> None:
        """Show a picture large."""
        one = item.data(Qt.ItemDataRole.UserRole)
        if self._viewer is None:
            self._viewer = PictureViewer(self)
        self._viewer.setWindowTitle(one.title)
        self._seat.worker.read(partial(load_picture, self._seat.desk, one.sha256), self._viewer.put, key=self._viewer)

    def _show(self, found: tuple[str, QImage]) -> None:
        sha256, picture = found
        for row in range(self.count()):
            item = self.item(row)
            if item.data(Qt.ItemDataRole.UserRole).sha256 == sha256:
                item.setIcon(QIcon(QPixmap.fromImage(picture)))


def _load_thumbnail(desk: Desk, sha256: str, side: int) -> tuple[str, QImage]:
    return sha256, load_picture(desk, sha256, side)


class PictureViewer(QDialog):
    """One picture, as large as the window; + and - zoom, Escape closes."""

    def __init__(self, parent: Thumbnails) -> None:
        super().__init__(parent)
        self.resize(900, 680)
        self._picture, self._zoom = QImage(), 1.0
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._label)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._area)

    def put(self, picture: QImage) -> None:
        """Show a picture whole."""
        self._picture, self._zoom = picture, 1.0
        for part in (self._label, self._area):
            part.setAccessibleName(self.windowTitle())
        self.show()
        self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom."""
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom = min(6.0, max(0.5, self._zoom * (0.8 if event.key() == Qt.Key.Key_Minus else 1.25)))
            self._draw()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture whole."""
        super().resizeEvent(event)
        self._draw()

    def _draw(self) -> None:
        if not self._picture.isNull():
            size = self._area.viewport().size() * self._zoom
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._label.setPixmap(QPixmap.fromImage(self._picture.scaled(size, keep, smooth)))
