"""键位: which of the two keymaps the keys follow, its table, and the card to print."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QRadioButton, QVBoxLayout

from villagebooks.core.keymap import ACTS, keymap_names, origin_words
from villagebooks.core.words import _
from villagebooks.gui.keymap import KEYMAP, keymap, use_keymap
from villagebooks.gui.manual.page import draw_chapter
from villagebooks.gui.page import button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.table import Column, Table
from villagebooks.gui.voucher.amount import AMOUNT_GRID, grid_is_on, use_grid

CARD = "keys"
"""The manual's chapter that is the card of keys."""


class KeymapPanel(Panel):
    """Two keymaps; `printed` (title, draw) asks for the card in the preview."""

    printed = Signal(str, object)

    def __init__(self, kept: QSettings | None) -> None:
        super().__init__()
        self._kept = kept
        box = QVBoxLayout(self)
        box.addWidget(label(_("凭证的键位"), "heading"))
        self.choices: dict[str, QRadioButton] = {}
        for name, words in keymap_names().items():
            choice = QRadioButton(words)
            choice.setChecked(name == keymap().name)
            choice.toggled.connect(self._choose)
            self.choices[name] = choice
            box.addWidget(choice)
        about = label(
            _(
                "马上生效，只管这台电脑上您自己。写着“有资料可查”的，公开的操作说明里写着用友 T3、金蝶 KIS 是这个键；"
                "没有在那两个软件上试过。查不到的由本程序定，两套一样。"
            ),
            "muted",
        )
        about.setWordWrap(True)
        box.addWidget(about)
        self.grid = QCheckBox(_("金额分格显示（亿千百十万千百十元角分），正在打的那一格照常打数字"))
        self.grid.setChecked(grid_is_on())
        self.grid.toggled.connect(self._choose_grid)
        box.addWidget(self.grid)
        self.table = Table(
            (
                Column(_("想做什么"), lambda act: _(ACTS[act])), Column(_("按什么"), _keys_text, width=20),
                Column(_("习惯来自"), _origin_text, width=16),
            ),
            _("键位表"), filtered=False,
        )  # fmt: skip
        box.addWidget(self.table, 1)
        self.card = button(_("打印键盘卡"), self.print_card, "printer", primary=True)
        box.addWidget(self.card, 0, Qt.AlignmentFlag.AlignLeft)
        self._show()

    def print_card(self) -> None:
        """The card with the keys of the keymap in use."""
        self.printed.emit(_("键盘卡"), partial(draw_chapter, CARD))

    def _choose_grid(self, on: bool) -> None:
        use_grid(on)
        if self._kept:
            self._kept.setValue(AMOUNT_GRID, on)

    def _choose(self, on: bool) -> None:
        name = next((name for name, choice in self.choices.items() if choice.isChecked()), "")
        if on and name:
            use_keymap(name)
            if self._kept:
                self._kept.setValue(KEYMAP, name)
            self._show()

    def _show(self) -> None:
        self.table.put([act for act, keys in keymap().keys.items() if keys])


def _keys_text(act: str) -> str:
    return _("、").join(keymap().all(act))


def _origin_text(act: str) -> str:
    return origin_words()[keymap().origin[act]]
