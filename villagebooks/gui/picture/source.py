"""Where pictures come from: files of these kinds, whatever is dropped, and what lies on the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _

KINDS = (".jpg", ".jpeg", ".png", ".pdf", ".tif", ".tiff", ".bmp", ".webp")
UNREADABLE = (".heic", ".heif")
"""Photos that the program cannot read and says so of, rather than passing them over."""
_JPEG_FROM = 4_000_000


def picture_filter() -> str:
    """What a file dialog offers."""
    return _("照片和扫描件 ({kinds})").format(kinds=" ".join(f"*{one}" for one in KINDS))


def is_picture(path: Path) -> bool:
    """Whether the name is one of a photo or scan."""
    return path.suffix.lower() in (*KINDS, *UNREADABLE)


def files_of(mime: QMimeData) -> list[Path]:
    """Files and folders that were dropped or copied, by their names alone: nothing is asked of the disk."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []


def pictures_of(paths: Sequence[Path]) -> list[Path]:
    """The photos and scans among them; of a folder those that lie in it. Off the screen's thread: a share may be slow,
    or gone. `Trouble` when a folder cannot be read."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            try:
                found += sorted(one for one in path.iterdir() if is_picture(one))
            except OSError as error:
                raise Trouble(_("打不开文件夹 {path}：{why}").format(path=path, why=why(error))) from error
        elif is_picture(path):
            found.append(path)
    return found


def may_take(mime: QMimeData) -> bool:
    """Whether what is dragged over a place may be let go there."""
    return mime.hasImage() or any(url.isLocalFile() for url in mime.urls())


def image_of(mime: QMimeData) -> QImage:
    """The picture itself, null when there is none."""
    found = mime.imageData() if mime.hasImage() else None
    return found if isinstance(found, QImage) else QImage()


def encode(picture: QImage) -> bytes:
    """The picture as a file, for the service that keeps it; what has the size of a photo as a photo. Off the screen."""
    room = QByteArray()
    buffer = QBuffer(room)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    large = picture.width() * picture.height() > _JPEG_FROM and not picture.hasAlphaChannel()
    # PySide's stub of QImage.save wants bytes for the format, the call itself takes the name
    picture.save(buffer, "JPEG" if large else "PNG", 92 if large else -1)  # type: ignore[call-overload]  # see above
    return bytes(room.data())
