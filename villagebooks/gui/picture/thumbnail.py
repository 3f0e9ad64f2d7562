"""Pictures of papers, small, in a wrapping row beside a form; Enter or a click shows one large."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.picture.load import Picture, read_picture, small_square
from villagebooks.gui.picture.viewer import PictureViewer
from villagebooks.gui.theme import shown_theme
from villagebooks.services.desk import Desk
from villagebooks.services.paper import read_image

THUMBNAIL = QSize(120, 120)


class Thumbnails(QListWidget):
    """Small pictures; `still` says in the viewer why they cannot be changed from here, `viewer_made` carries that."""

    viewer_made = Signal(object)

    def __init__(self, seat: Seat, still: str | None = None) -> None:
        super().__init__()
        self._seat = seat
        self._viewer: PictureViewer | None = None
        self.pictures: tuple[Picture, ...] = ()
        why = _("图片在报账单里改：没有登记签字的报账单，回车打开再改")
        self.still = why if still is None else still
        self.setAccessibleName(_("单据图片"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setIconSize(THUMBNAIL)
        self.setGridSize(QSize(THUMBNAIL.width() + 14, THUMBNAIL.height() + 34))
        self.setWordWrap(False)
        small = self.font()
        small.setPointSizeF(float(shown_theme().tokens["small_pt"]))  # the kind of a document fits below its picture
        self.setFont(small)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.itemActivated.connect(self.open_item)
        self.itemClicked.connect(self.open_item)

    @property
    def viewer(self) -> PictureViewer:
        """The window that shows one large, made when it is first asked for."""
        if self._viewer is None:
            self._viewer = PictureViewer(self._seat, self)
            self._viewer.marked.connect(self._marked)
            self.viewer_made.emit(self._viewer)
        return self._viewer

    @property
    def is_changed(self) -> bool:
        """True while a picture that shows large was changed and is not saved."""
        return self._viewer is not None and self._viewer.is_changed

    def give_up(self) -> None:
        """Close what shows large, with what was changed in it."""
        if self._viewer is not None:
            self._viewer.give_up()

    def put(self, pictures: Sequence[Picture]) -> None:
        """Show these; each is read when it is asked for, off the screen's thread."""
        row = self.currentRow()
        self.clear()
        self.pictures = tuple(pictures)
        for place, one in enumerate(pictures):
            item = QListWidgetItem(f"✓ {one.title}" if one.checked else one.title)
            item.setData(Qt.ItemDataRole.UserRole, one.sha256)
            item.setToolTip(
                _("{name}（{more}）").format(name=one.title, more=_("已脱敏") if one.checked else _("没有脱敏"))
            )
            item.setSizeHint(self.gridSize())
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            self.addItem(item)
            act = partial(_load_thumbnail, self._seat.desk, one.sha256, THUMBNAIL.width())
            self._seat.worker.read(act, self._show, key=(id(self), place))
        if 0 <= row < len(self.pictures):
            self.setCurrentRow(row)

    def open_item(self, item: QListWidgetItem) -> None:
        """Show a picture large."""
        self.open_place(self.row(item))

    def open_place(self, place: int) -> None:
        """Show the picture of this place large, the others of the row before and after it."""
        self.viewer.show_pictures(self.pictures, place, self.still)

    def _marked(self, told: tuple[str, bool]) -> None:
        """Somebody said 已脱敏 in the viewer."""
        sha256, checked = told
        self.pictures = tuple(
            Picture(one.title, one.sha256, checked) if one.sha256 == sha256 else one for one in self.pictures
        )

    def _show(self, found: tuple[str, QImage]) -> None:
        sha256, picture = found
        for row in range(self.count()):
            item = self.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == sha256:
                item.setIcon(QIcon(QPixmap.fromImage(picture)))


def _load_thumbnail(desk: Desk, sha256: str, side: int) -> tuple[str, QImage]:
    return sha256, small_square(read_picture(read_image(desk, sha256)), side)
