"""新扫描件: what the scanner and the camera laid into their folders, ready to be taken to the document in hand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from villagebooks.core.words import _
from villagebooks.gui.page import button, label
from villagebooks.gui.picture.load import small_square
from villagebooks.gui.picture.watch import CAMERA, SCANNER, FolderWatch, Scan
from villagebooks.gui.theme import icon, px, set_tone

SMALL = QSize(84, 84)
MOST_ICONS = 100


class ScanList(QListWidget):
    """New pictures in one row; they can be dragged as files."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("新扫描件"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setIconSize(SMALL)
        self.setGridSize(QSize(SMALL.width() + 20, SMALL.height() + 30))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """The files of the pictures that are dragged."""
        made = QMimeData()
        made.setUrls([QUrl.fromLocalFile(str(one.data(Qt.ItemDataRole.UserRole))) for one in items])
        return made

    def paths(self) -> list[Path]:
        """Files of the pictures that are selected."""
        return [item.data(Qt.ItemDataRole.UserRole) for item in self.selectedItems()]


class ScanItem(QListWidgetItem):
    """A picture of the list; what it looks like is asked for when it is painted."""

    def __init__(self, scan: Scan, look: Callable[[Scan], QIcon]) -> None:
        super().__init__(scan.path.name)
        self.scan, self._look = scan, look
        self.setData(Qt.ItemDataRole.UserRole, scan.path)
        self.setToolTip(f"{scan.path}\n{scan.fault}".strip())

    def data(self, role: int) -> Any:
        """As every item, but for the picture."""
        return self._look(self.scan) if role == Qt.ItemDataRole.DecorationRole else super().data(role)


class ScanTray(QWidget):
    """`wanted` carries the files that go to the document in hand."""

    wanted = Signal(object)

    def __init__(self, watch: FolderWatch) -> None:
        super().__init__()
        self._watch = watch
        self._icons: OrderedDict[Scan, QIcon] = OrderedDict()
        self.heading, self.hint = label("", "heading"), label("", "muted")
        self.hint.setWordWrap(True)
        self.list = ScanList()
        self.list.itemClicked.connect(self._clicked)
        self.list.itemActivated.connect(self._activated)
        self.list.itemSelectionChanged.connect(self._tell)
        self.take = button(_("放进单据"), self.take_chosen, "paperclip")
        self.away = button(_("收起"), self.put_away, "x")
        self.away.setToolTip(_("不要的收起来，以后不再出现；文件还在文件夹里（Delete）"))
        self.folders = button(_("文件夹…"), self.ask_folder, "folder-open")
        self._head, foot = QHBoxLayout(), QHBoxLayout()
        for row, parts in ((self._head, (self.heading, self.folders)), (foot, (self.take, self.away))):
            row.setSpacing(px("gap_px"))
            for part in parts:
                row.addWidget(part, 0 if part is self.folders else 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px("gap_px") // 2)
        box.addLayout(self._head)
        box.addWidget(self.hint)
        box.addWidget(self.list, 1)
        box.addLayout(foot)
        box.addStretch(0)
        self.setFocusProxy(self.list)
        watch.changed.connect(self.show_scans)
        watch.small.ready.connect(self._show_again)
        self.show_scans()

    def ask_folder(self) -> None:
        """Which folder to choose, and which to watch no more."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, ask, rest in (
            (SCANNER, _("扫描文件夹…"), _("不再看扫描文件夹")), (CAMERA, _("相机文件夹…"), _("不再看相机文件夹")),
        ):  # fmt: skip
            menu.addAction(icon("folder-open" if kind == SCANNER else "camera"), ask, partial(self.choose, kind))
            if self._watch.folder(kind):
                menu.addAction(f"{rest}　{self._watch.folder(kind)}", partial(self._watch.choose, kind, ""))
        menu.popup(self.folders.mapToGlobal(self.folders.rect().bottomLeft()))

    def choose(self, kind: str) -> None:
        """Ask for the folder; cancelling changes nothing."""
        title = _("扫描仪存图片的文件夹") if kind == SCANNER else _("相机、手机传照片的文件夹")
        folder = QFileDialog.getExistingDirectory(self, title, self._watch.folder(kind))
        if folder:
            self._watch.choose(kind, folder)

    def set_narrow(self, narrow: bool) -> None:
        """On a small screen a click, Enter and Delete do what the buttons do."""
        self._head.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self.take.setVisible(not narrow)
        self.away.setVisible(not narrow)

    def show_scans(self) -> None:
        """Show what the watch has; what was selected stays so, and what showed already is not made again."""
        wanted, there = dict.fromkeys(self._watch.scans), set()
        for row in reversed(range(self.list.count())):
            item = self.list.item(row)
            if isinstance(item, ScanItem) and item.scan in wanted:
                there.add(item.scan)
            else:
                self.list.takeItem(row)
        for one in wanted:
            if one not in there:
                item = ScanItem(one, self._icon_of)
                item.setSizeHint(self.list.gridSize())
                self.list.addItem(item)
        count = len(self._watch.scans)
        self.heading.setText(_("新扫描件 {n}").format(n=count) if count else _("新扫描件"))
        self.list.setVisible(bool(count))
        self._tell()
        chosen_folders = [self._watch.folder(kind) for kind in (SCANNER, CAMERA) if self._watch.folder(kind)]
        self.folders.setToolTip("\n".join(chosen_folders) or _("还没有设"))

    def take_chosen(self) -> None:
        """The selected pictures to the document in hand, the only one when none is selected."""
        if self.list.count() == 1 and not self.list.paths():
            self.list.item(0).setSelected(True)
        if self.list.paths():
            self.wanted.emit(self.list.paths())

    def put_away(self) -> None:
        """The selected pictures are not wanted."""
        self._watch.put_away(self.list.paths())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete puts away; Enter on a list without a current picture takes what is selected."""
        if event.key() == Qt.Key.Key_Delete:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _icon_of(self, scan: Scan) -> QIcon:
        """As many are kept as a screen shows and some more."""
        found = self._icons.get(scan)
        if found is None:
            small = self._watch.small.get(scan.path, scan.stamp)
            if small is None:
                return icon("file-text", "muted", SMALL.width() // 2)  # until it is read again
            found = self._icons[scan] = _picture(scan, small)
            while len(self._icons) > MOST_ICONS:
                self._icons.popitem(last=False)
        self._icons.move_to_end(scan)
        return found

    def _show_again(self, _path: Path) -> None:
        self.list.viewport().update()

    def _clicked(self, item: QListWidgetItem) -> None:
        """A plain click takes; with Ctrl or Shift it selects several first."""
        if not QApplication.keyboardModifiers():
            self.wanted.emit([item.data(Qt.ItemDataRole.UserRole)])

    def _activated(self, item: QListWidgetItem) -> None:
        self.wanted.emit(self.list.paths() or [item.data(Qt.ItemDataRole.UserRole)])

    def _tell(self) -> None:
        """Say what can be done, or what is wrong with the picture or the folder."""
        some = bool(self.list.paths())
        self.take.setEnabled(bool(self.list.count()))
        self.away.setEnabled(some)
        fault = next((one.fault for one in self._watch.scans if one.fault and one.path in set(self.list.paths())), "")
        trouble = next(iter(self._watch.troubles), "")
        set_tone(self.hint, "tone", "late" if fault or trouble else "")
        if fault or trouble:
            self.hint.setText(fault or trouble)
        elif not self._watch.has_folder:
            self.hint.setText(_("设好扫描仪和相机的文件夹，新图片几秒钟就出现在这里"))
        else:
            self.hint.setText("" if self.list.count() else _("等新图片…"))
        self.hint.setVisible(bool(self.hint.text()))


def _picture(scan: Scan, small: bytes) -> QIcon:
    picture = QImage.fromData(small)
    if picture.isNull():
        return icon("triangle-alert" if scan.fault else "file-text", "red" if scan.fault else "ink", SMALL.width() // 2)
    return QIcon(QPixmap.fromImage(small_square(picture, SMALL.width())))
