"""The box of a signing: count and amount of each village and in all before it; who was refused and why after it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from villagebooks.core.inbox import Signed, Waiting, piles
from villagebooks.core.words import _
from villagebooks.gui.inbox.list import total_text
from villagebooks.gui.page import label
from villagebooks.gui.table import MONEY, NUMBER, Column, Table


class BatchBox(QFrame):
    """Above the place of the passphrase. `left`: Escape in the list of what was refused."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sign")
        self.sentence = label("", "heading")
        self.sentence.setWordWrap(True)
        self.before = Table(
            (
                Column(_("村"), lambda one: one.name or _("不属哪个村")),
                Column(_("件数"), lambda one: one.count, NUMBER, 5, total=True),
                Column(_("金额"), lambda one: one.amount_fen, MONEY, 13, total=True),
            ),
            _("各村要签的件数和金额"), filtered=False,
        )  # fmt: skip
        self.after = Table(
            (
                Column(_("村"), lambda one: one.waiting.place, width=10),
                Column(_("字号"), lambda one: one.waiting.number, width=10),
                Column(_("没有签，因为"), lambda one: _("；").join(one.why)),
            ),
            _("没有签的"), filtered=False,
        )  # fmt: skip
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        for part in (self.sentence, self.before, self.after):
            box.addWidget(part)
        for table in (self.before, self.after):
            table.view.setSortingEnabled(False)
            table.search.hide()
            table.foot.hide()
        self.hide()

    def show_before(self, marked: Sequence[Waiting]) -> str:
        """Count and amount of each village; the sentence that says the whole, which is signed."""
        found = piles(marked)
        self.before.put(found)
        self._dress(self.before, self.after)
        text = _("签 {total}，{villages} 个村。签后内容不能再改。").format(
            total=total_text(marked), villages=len(found)
        )
        self.sentence.setText(_("请核对：{n} 个村，{total}").format(n=len(found), total=total_text(marked)))
        self.setAccessibleName(text)
        return text

    @property
    def asks(self) -> bool:
        """Whether it shows what is going to be signed."""
        return not self.isHidden() and not self.before.isHidden()

    def show_after(self, done: Signed) -> None:
        """How many were signed; the box stays only while something was refused."""
        self.setVisible(bool(done.refused))
        if done.refused:
            self.after.put(list(done.refused))
            self._dress(self.after, self.before)
            self.sentence.setText(signed_text(done))
            self.setAccessibleName(signed_text(done))
            self.after.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape: it was read."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _dress(self, shown: Table, other: Table) -> None:
        other.hide()
        shown.show()
        self.show()


def signed_text(done: Signed) -> str:
    """`已签 58 件，合计 …；2 件没有签`."""
    text = _("已签 {total}").format(total=total_text(done.signed))
    if not done.refused:
        return text
    return _("{text}；{n} 件没有签").format(text=text, n=len(done.refused))
