"""Pictures made ready for the screen, off its thread: read, turned, cut, blackened, and halved for far zooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from villagebooks.core.paper import Paper
from villagebooks.core.picture import BLACK, CROP, TURN_LEFT, TURN_RIGHT, Edit, clip_box
from villagebooks.core.words import _
from villagebooks.services.desk import Desk
from villagebooks.services.paper import read_image
from villagebooks.services.picture import held_how

SMALLEST = 400
"""A picture is halved until its longer side is no more than twice this."""
_STRIP = 256
_UPRIGHT = {
    2: (-1, 0, 0, 1), 3: (-1, 0, 0, -1), 4: (1, 0, 0, -1), 5: (0, 1, 1, 0), 6: (0, 1, -1, 0), 7: (0, -1, -1, 0),
    8: (0, -1, 1, 0),
}  # fmt: skip
"""What brings a picture upright, by Exif's number of how the camera was held."""
_TURNS = {TURN_LEFT: -90, TURN_RIGHT: 90}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the hash of its bytes, what it shows, and whether somebody has looked and said 已脱敏."""

    title: str
    sha256: str
    checked: bool = False


def pictures_of(papers: Sequence[Paper]) -> list[Picture]:
    """Every picture of the papers' documents, named by its document."""
    return [
        Picture(f"{_(document.kind)} {document.number}".strip(), image.sha256, image.checked)
        for paper in papers
        for document in paper.documents
        for image in document.images
    ]


@dataclass(frozen=True, slots=True)
class Levels:
    """A picture at its own size, at half of it, a quarter…: what is drawn small is drawn from a small one."""

    pictures: tuple[QImage, ...] = ()

    @property
    def whole(self) -> QImage:
        """At its own size; null when there is none."""
        return self.pictures[0] if self.pictures else QImage()

    def for_scale(self, scale: float) -> tuple[QImage, float]:
        """The smallest that is still as large as it is drawn, and its size against the whole."""
        place = 0
        while place + 1 < len(self.pictures) and scale <= 0.5 ** (place + 1):
            place += 1
        return self.pictures[place], self.pictures[place].width() / self.pictures[0].width()


def read_picture(raw: bytes) -> QImage:
    """As the camera was held; null where nothing can be read.

    Qt's reader is never given a device that Python made: it asks Python while it holds the lock of its formats, and
    the screen's thread, which holds Python, may wait for that lock to draw an arrow: both stood still for ever.
    """
    picture = QImage.fromData(raw)
    turn = _UPRIGHT.get(held_how(raw))
    return picture if turn is None or picture.isNull() else picture.transformed(QTransform(*turn, 0, 0))


def load_levels(desk: Desk, sha256: str, edits: Sequence[Edit] = ()) -> Levels:
    """A stored picture, with the steps of somebody who works on it."""
    return build_levels(edited(read_picture(read_image(desk, sha256)), edits))


def build_levels(picture: QImage) -> Levels:
    """The picture and its halves."""
    if picture.isNull():
        return Levels()
    made = [
        picture.convertToFormat(QImage.Format.Format_RGB32) if not picture.hasAlphaChannel() else _on_white(picture)
    ]
    while max(made[-1].width(), made[-1].height()) > 2 * SMALLEST:
        last = made[-1]
        keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        made.append(last.scaled(max(1, last.width() // 2), max(1, last.height() // 2), keep, smooth))
    return Levels(tuple(made))


def edited(picture: QImage, edits: Sequence[Edit]) -> QImage:
    """The steps done as the service does them when the picture is kept."""
    picture = _plain(picture) if edits else picture
    for one in edits:
        if one.act in _TURNS:
            picture = _turned(picture, _TURNS[one.act])
            continue
        box = clip_box(one.box, picture.width(), picture.height())
        if box is None:
            continue
        place = QRect(box.left, box.top, box.wide, box.high)
        if one.act == CROP:
            picture = picture.copy(place)
        elif one.act == BLACK:
            painter = QPainter(picture)
            painter.fillRect(place, Qt.GlobalColor.black)
            painter.end()
    return picture


def _turned(picture: QImage, degrees: int) -> QImage:
    """A quarter turn in strips: Qt turns a whole photo without letting the screen's thread in between."""
    wide, high = picture.width(), picture.height()
    made = QImage(high, wide, picture.format())
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for top in range(0, high, _STRIP):
        rows = min(_STRIP, high - top)
        strip = picture.copy(0, top, wide, rows).transformed(QTransform().rotate(degrees))
        painter.drawImage(high - top - rows if degrees > 0 else top, 0, strip)
    painter.end()
    return made


def small_square(picture: QImage, side: int) -> QImage:
    """The picture made small and set on the foot of a square."""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    whole = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    whole.fill(Qt.GlobalColor.transparent)
    if not picture.isNull():
        small = picture.scaled(side, side, keep, smooth)
        painter = QPainter(whole)
        painter.drawImage((side - small.width()) // 2, side - small.height(), small)
        painter.end()
    return whole


def _plain(picture: QImage) -> QImage:
    """In colours, without transparency."""
    return _on_white(picture) if picture.hasAlphaChannel() else picture.convertToFormat(QImage.Format.Format_RGB32)


def _on_white(picture: QImage) -> QImage:
    sheet = QImage(picture.size(), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, picture)
    painter.end()
    return sheet
