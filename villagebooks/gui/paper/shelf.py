"""Beside the form of a paper: the pictures of the document in hand, and what the scanner and the camera brought."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from villagebooks.core.paper import Image
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import Tall
from villagebooks.gui.page import button, hair, label
from villagebooks.gui.paper.document import DocumentRows
from villagebooks.gui.picture.load import Picture
from villagebooks.gui.picture.thumbnail import Thumbnails
from villagebooks.gui.picture.tray import SMALL, ScanTray
from villagebooks.gui.picture.viewer import PictureViewer
from villagebooks.gui.picture.watch import FolderWatch
from villagebooks.gui.theme import px, span

WIDE, NARROW = 244, 132
LAST = 6
"""Figures of a long number that are told in a heading; all of them stand in its tip."""
"""Two small pictures side by side, or one."""


class DocumentPictures(Thumbnails):
    """Pictures of the document in hand; `removed` carries the hash of one that Delete takes off."""

    removed = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, "")
        self.setIconSize(SMALL)
        self.setGridSize(QSize(SMALL.width() + 20, SMALL.height() + 30))

    def remove_current(self) -> None:
        """Take the current picture off its document."""
        row = self.currentRow()
        if 0 <= row < len(self.pictures):
            self.removed.emit(self.pictures[row].sha256)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes off."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_current()
        else:
            super().keyPressEvent(event)


class PictureShelf(Tall):
    """Above the document in hand, below the tray; what is taken from the tray hangs on the document."""

    def __init__(self, seat: Seat, rows: DocumentRows, watch: FolderWatch) -> None:
        super().__init__()
        self._rows, self._watch = rows, watch
        self.heading, self.hint = label("", "heading"), label("", "muted")
        self.hint.setWordWrap(True)
        self.pictures, self.tray = DocumentPictures(seat), ScanTray(watch)
        self.look = button(_("看图（F3）"), self.open, "eye")
        self.off = button(_("拿下"), self.pictures.remove_current, "x")
        self.off.setToolTip(_("把选中的图片从这件单据上拿下（Delete）"))
        self.heading.setWordWrap(True)
        acts = QHBoxLayout()
        acts.setSpacing(px("gap_px"))
        acts.addWidget(self.look, 1)
        acts.addWidget(self.off, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(px("gap_px"), 0, 0, 0)
        box.setSpacing(px("gap_px") // 2)
        box.addWidget(self.heading)
        box.addWidget(self.hint)
        box.addWidget(self.pictures, 1)
        box.addLayout(acts)
        box.addWidget(hair())
        box.addWidget(self.tray, 1)
        self.set_narrow(False)
        rows.handed.connect(self.show_hand)
        rows.taken.connect(watch.put_away)
        self.tray.wanted.connect(self._take)
        self.pictures.removed.connect(self._remove)
        self.pictures.viewer_made.connect(self._listen)

    def show_hand(self) -> None:
        """The pictures of the document in hand."""
        row = self._rows.hand
        kind, number = row.kind.currentText().strip(), row.number.text().strip()
        short = f"{kind} …{number[-LAST:]}" if len(number) > LAST else row.title
        self.heading.setText(_("{name} 的图片").format(name=short))
        self.heading.setToolTip(row.title)
        self.pictures.put([Picture(row.title, one.sha256, one.checked) for one in row.images])
        some = bool(row.images)
        self.pictures.setVisible(some)
        self.look.setEnabled(some)
        self.off.setEnabled(some)
        self.hint.setText("" if some else _("把照片、PDF 扫描件拖进来，或复制后按 Ctrl+V，或点下面的新扫描件"))
        self.hint.setVisible(not some)

    def set_narrow(self, narrow: bool) -> None:
        """One column of pictures where the form needs the room."""
        self.setFixedWidth(span(NARROW) if narrow else max(span(WIDE), self.minimumSizeHint().width()))
        self.off.setVisible(not narrow)
        self.tray.set_narrow(narrow)

    def open(self) -> None:
        """Show the current picture large."""
        if self.pictures.pictures:
            self.pictures.open_place(max(0, self.pictures.currentRow()))

    def leave(self) -> None:
        """Another paper: no picture of the last one stays open."""
        self.pictures.give_up()

    def _take(self, paths: object) -> None:
        if isinstance(paths, list):
            self._rows.hand.add_pictures(paths)

    def _remove(self, sha256: str) -> None:
        self._rows.hand.remove_image(sha256)

    def _listen(self, viewer: PictureViewer) -> None:
        viewer.changed.connect(self._changed)
        viewer.marked.connect(self._marked)

    def _changed(self, told: tuple[str, Image]) -> None:
        self._rows.replace_image(*told)

    def _marked(self, told: tuple[str, bool]) -> None:
        self._rows.mark(*told)
