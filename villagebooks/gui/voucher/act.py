"""The row of acts above a voucher, and the line below it that says the keys of the keymap in use."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from villagebooks.core.voucher import APPROVED, DRAFT, SUBMITTED
from villagebooks.core.words import N_, _
from villagebooks.gui.flow import FlowRow
from villagebooks.gui.keymap import bind, follow_keys, keymap, tip_keys
from villagebooks.gui.page import button, unbroken
from villagebooks.gui.theme import px, set_tone

WORDS = {
    "back": N_("返回"), "before": N_("上一张"), "after": N_("下一张"), "new": N_("新凭证"), "copy": N_("复制"),
    "save": N_("保存"), "sign": N_("送签…"), "back_to": N_("退回…"), "post": N_("记账"), "void": N_("作废…"),
    "slip": N_("审批单…"), "print": N_("打印"),
}  # fmt: skip
ICONS = {
    "back": "arrow-left", "before": "chevron-left", "after": "chevron-right", "new": "plus", "copy": "copy",
    "save": "save", "sign": "stamp", "back_to": "undo-2", "post": "check-check", "void": "trash-2", "slip": "qr-code",
    "print": "printer",
}  # fmt: skip
PRIMARY = ("save", "post")


class ActBar(FlowRow):
    """Buttons of the acts with their keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(px("gap_px"))
        self.buttons: dict[str, QPushButton] = {}

    def make(self, owner: QWidget, name: str, slot: Callable[[], None]) -> None:
        """The button of an act; its keys do the same while the focus is in the owner."""
        words = _(WORDS[name])
        made = button(words, slot, ICONS[name], name in PRIMARY)
        made.setToolTip(words)
        self.addWidget(made)
        if keymap().keys.get(name):
            tip_keys(made, words, name)
            bind(owner, name, slot)
        self.buttons[name] = made

    def show_state(self, state: str) -> None:
        """The acts of a voucher in a state; empty: a new one."""
        shown = {
            "copy": bool(state), "save": state in ("", DRAFT), "sign": state in (DRAFT, SUBMITTED),
            "back_to": state == SUBMITTED, "post": state == APPROVED, "void": state in (DRAFT, SUBMITTED, APPROVED),
            "print": bool(state), "slip": state in (DRAFT, SUBMITTED, APPROVED),
        }  # fmt: skip
        for name, seen in shown.items():
            self.buttons[name].setVisible(seen)
        self.buttons["sign"].setText(_("送签…") if state == DRAFT else _("签字…"))

    def insert(self, widget: QWidget, before: QWidget) -> None:
        """Something before a button."""
        self.insertWidget(self.indexOf(before), widget)


class KeyLine(QLabel):
    """One line of keys, of the keymap in use."""

    def __init__(self) -> None:
        super().__init__()
        set_tone(self, "tone", "")
        self.setObjectName("muted")
        self.setWordWrap(True)
        self._state = ""
        follow_keys(self, self.say)

    def show_state(self, state: str) -> None:
        """The keys of a voucher in a state; empty: a new one."""
        self._state = state
        self.say()

    def say(self) -> None:
        """The keys as they are now: those that do something with this voucher."""
        one = keymap()
        if self._state in ("", DRAFT):
            text = _(
                "回车 下一格　{balance} 平账　空格 借贷互换　.. 抄上一行摘要　// 抄第一行　{templates} 模板　"
                "{list} 列出科目　{drop} 删行　{insert} 插行　{undo} 撤销　{new} 新凭证　{save} 保存　"
                "{sign} 签字　{post} 记账　{more} 更正、存为模板"
            )
        else:
            act = {SUBMITTED: _("{sign} 签字　"), APPROVED: _("{post} 记账　")}.get(self._state, "")
            text = act + _(
                "{before} 上一张　{after} 下一张　{new} 新凭证　{copy} 复制　{more} 更正、存为模板　{back} 返回"
            )
        said = text.format(**{act: one.first(act) for act in one.keys})
        self.setText(unbroken(said))
        self.setAccessibleName(said)
