"""The keymap in use: shortcuts, buttons and hints follow it at once when another is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from villagebooks.core.keymap import TYPED, YONYOU, KeyMap
from villagebooks.core.words import _
from villagebooks.services.keymap import keymaps

KEYMAP = "keymap"
"""The setting's name among those of this person on this computer."""


class KeyTeller(QObject):
    """`changed`: another keymap is in use."""

    changed = Signal()


class _InUse:
    """The keymap in use; whoever shows or serves keys asks for it."""

    name = YONYOU
    teller = KeyTeller()


def use_keymap(name: str) -> None:
    """Use a keymap from now on, everywhere; 用友 when there is none of that name."""
    _InUse.name = name if name in keymaps() else YONYOU
    _InUse.teller.changed.emit()


def keymap() -> KeyMap:
    """The keymap in use."""
    return keymaps()[_InUse.name]


def key(act: str) -> str:
    """The key of an act as people read it."""
    return keymap().first(act)


def pressed_act(event: QKeyEvent) -> str:
    """The act that a key press means in the keymap in use; empty when none."""
    return keymap().act(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))


def foreign_act(event: QKeyEvent) -> str:
    """The act that a function key means in the other keymap, when it means nothing in the one in use."""
    name = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
    if keymap().act(name) or not name.startswith("F"):
        return ""
    return next((one.act(name) for one in keymaps().values() if one.act(name)), "")


class _Follower(QObject):
    """Something that looks otherwise under another keymap; lives and dies with its owner."""

    def __init__(self, owner: QObject, follow: Callable[[], None]) -> None:
        super().__init__(owner)
        self._follow = follow
        _InUse.teller.changed.connect(self.renew)
        follow()

    def renew(self) -> None:
        """Look again."""
        self._follow()


def follow_keys(owner: QObject, follow: Callable[[], None]) -> None:
    """Call now and whenever another keymap is chosen, as long as the owner lives."""
    _Follower(owner, follow)


def bind(owner: QWidget, act: str, slot: Callable[[], object]) -> QShortcut:
    """Let the keys of an act do it while the focus is in the widget."""
    shortcut = QShortcut(owner)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(slot)

    def follow() -> None:
        shortcut.setKeys([QKeySequence(one) for one in keymap().keys[act] if act not in TYPED and one != "="])

    follow_keys(shortcut, follow)
    return shortcut


def show_key(shown: QPushButton | QLabel, template: str, act: str) -> None:
    """Write the key of an act into a button or label, at the place {key} of the (translated) words."""

    def follow() -> None:
        text = template.format(key=key(act))
        shown.setText(text)
        shown.setAccessibleName(text)

    follow_keys(shown, follow)


def tip_keys(shown: QPushButton, words: str, act: str) -> None:
    """All keys of an act as the tip of its button."""

    def follow() -> None:
        shown.setToolTip(_("{name}（{more}）").format(name=words, more=" / ".join(keymap().all(act))))

    follow_keys(shown, follow)
