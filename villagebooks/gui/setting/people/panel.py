"""人员与钥匙: the tabs of posts, keys, hand-overs, near relatives and the root key."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from villagebooks.core.words import _, pgettext
from villagebooks.gui.desk import Seat
from villagebooks.gui.key import KeyRing
from villagebooks.gui.setting.people.changes import ChangesPanel
from villagebooks.gui.setting.people.keys import KeysPanel
from villagebooks.gui.setting.people.posts import PostsPanel
from villagebooks.gui.setting.people.relatives import RelativesPanel
from villagebooks.gui.setting.people.root import RootPanel
from villagebooks.gui.tab import LateTab, LateTabs, Panel


class PeoplePanel(Panel):
    """The tabs; what one changes the others read again. `printed` asks for paper in the preview."""

    printed = Signal(str, object)

    def __init__(self, seat: Seat, ring: KeyRing) -> None:
        super().__init__()
        self.seat, self.ring = seat, ring
        self.tabs = LateTabs(_("人员与钥匙"), partial(getattr, self), self._prepare)
        for name, title in (
            ("posts", pgettext("page", "任职")), ("keys", pgettext("page", "钥匙")), ("changes", _("岗位移交")),
            ("relatives", pgettext("page", "近亲属")), ("root", _("总钥匙")),
        ):  # fmt: skip
            self.tabs.add_late(name, title)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.addWidget(self.tabs)
        self.setFocusProxy(self.tabs)

    def _prepare(self, name: str) -> None:
        vars(type(self))[name].prepare(self)

    @property
    def lasting(self) -> bool:
        """Once the root key was looked at: a ceremony may be under way; while what a post has in hand is counted."""
        return "root" in vars(self) or any(one.lasting for one in self.tabs.panels())

    def tell_choices(self) -> int:
        """The place of the tab that shows."""
        return self.tabs.currentIndex()

    def take_choices(self, kept: int) -> None:
        """The same tab."""
        self.tabs.setCurrentIndex(kept)

    def load(self) -> None:
        """Read what every tab shows."""
        self.tabs.load()

    @LateTab
    def posts(self) -> Panel:
        """任职."""
        panel = PostsPanel(self.seat)
        panel.changed.connect(self.load)
        return panel

    @LateTab
    def keys(self) -> Panel:
        """钥匙."""
        panel = KeysPanel(self.seat, self.ring)
        panel.changed.connect(self.load)
        return panel

    @LateTab
    def changes(self) -> Panel:
        """岗位移交."""
        panel = ChangesPanel(self.seat, self.ring)
        panel.changed.connect(self.load)
        panel.printed.connect(self.printed)
        return panel

    @LateTab
    def relatives(self) -> Panel:
        """近亲属."""
        return RelativesPanel(self.seat)

    @LateTab
    def root(self) -> Panel:
        """总钥匙."""
        panel = RootPanel(self.seat)
        panel.changed.connect(self.load)
        panel.printed.connect(self.printed)
        return panel
