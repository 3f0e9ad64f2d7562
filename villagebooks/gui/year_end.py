"""The year's end on the page of closing: transfers and distribution as drafts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout

from villagebooks.core.money import said_yuan
from villagebooks.core.words import _
from villagebooks.gui.page import button, label
from villagebooks.gui.theme import px, span


class YearEnd(QFrame):
    """December only: draft the transfers, and the distribution with the amounts that the assembly decided."""

    def __init__(self, transfer: Callable[[], None], distribute: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("card")
        self.left = label("", "muted")
        self.transfer = button(_("生成结转凭证"), transfer, "file-text")
        self.distribute = button(_("生成分配凭证"), distribute, "file-text")
        self.reserve, self.members = QLineEdit(), QPlainTextEdit()
        self.reserve.setAccessibleName(_("提取公积公益金（元）"))
        self.reserve.setPlaceholderText(_("提取公积公益金（元）"))
        self.members.setAccessibleName(_("成员分配"))
        self.members.setPlaceholderText(_("成员分配，每行一个人：姓名 金额。可从表格粘贴"))
        self.members.setFixedHeight(64)
        self.members.setTabChangesFocus(True)
        acts = QHBoxLayout()
        acts.setSpacing(px("gap_px"))
        for part in (self.transfer, self.reserve, self.distribute):
            acts.addWidget(part)
        acts.addStretch(1)
        self.reserve.setFixedWidth(span(220))
        box = QVBoxLayout(self)
        box.addWidget(self.left)
        box.addLayout(acts)
        box.addWidget(self.members)

    def show_left(self, fen: int) -> None:
        """How much may be distributed."""
        text = _("年终：先生成结转凭证；有分配的，再填成员大会定的金额，然后再结转一次。可供分配 {yuan} 元")
        self.left.setText(text.format(yuan=said_yuan(fen)))
