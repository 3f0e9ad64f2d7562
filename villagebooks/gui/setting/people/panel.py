"""人员与钥匙: the tabs of posts, keys, hand-overs, near relatives and the root key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout

from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing
from villagebooks.gui.setting.people.changes import ChangesPanel
from villagebooks.gui.setting.people.keys import KeysPanel
from villagebooks.gui.setting.people.posts import PostsPanel
from villagebooks.gui.setting.people.relatives import RelativesPanel
from villagebooks.gui.setting.people.root import RootPanel
from villagebooks.gui.setting.tab import Panel


class PeoplePanel(Panel):
    """The tabs; what one changes the others read again. `printed` asks for paper in the preview."""

    printed = Signal(str, object)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__()
        self.posts, self.keys = PostsPanel(seat), KeysPanel(seat, ring)
        self.changes, self.relatives = ChangesPanel(seat, ring), RelativesPanel(seat)
        self.root = RootPanel(seat)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("人员与钥匙"))
        for title, panel in (
            (_("任职"), self.posts), (_("钥匙"), self.keys), (_("岗位移交"), self.changes),
            (_("近亲属"), self.relatives), (_("总钥匙"), self.root),
        ):  # fmt: skip
            self.tabs.addTab(panel, title)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.addWidget(self.tabs)
        self.setFocusProxy(self.tabs)
        for signal in (self.posts.changed, self.keys.changed, self.changes.changed, self.root.changed):
            signal.connect(self.load)
        self.changes.printed.connect(self.printed)
        self.root.printed.connect(self.printed)

    def load(self) -> None:
        """Read what every tab shows."""
        for panel in (self.posts, self.keys, self.changes, self.relatives, self.root):
            panel.load()
