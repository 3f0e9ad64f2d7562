"""F4: the list of templates over the voucher, found by part of the name or pinyin initials."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from villagebooks.core.template import Template
from villagebooks.core.words import _
from villagebooks.gui.choice import Choice, ChoiceEdit
from villagebooks.gui.desk import Seat
from villagebooks.gui.escape import claims_escape
from villagebooks.gui.page import button, label
from villagebooks.services.account import initials
from villagebooks.services.template import list_templates


class TemplateEdit(ChoiceEdit):
    """A line that finds a template. `given_up`: Escape."""

    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        """Escape belongs to this line, not to the page's own shortcut."""
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up, list and line at once."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide_list()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class TemplateBox(QFrame):
    """`taken` carries the template that was chosen, `left` that none was."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setObjectName("sign")
        self._seat = seat
        self._found: dict[str, Template] = {}
        self.edit = TemplateEdit()
        self.edit.setAccessibleName(_("模板"))
        self.edit.setPlaceholderText(_("输入名称的一部分或拼音首字母；↑↓选，回车用，Esc 不用"))
        self.edit.picked.connect(self._pick)
        self.edit.given_up.connect(self.put_away)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 6, 12, 6)
        line.addWidget(label(_("模板"), "heading"))
        line.addWidget(self.edit, 1)
        line.addWidget(button(_("不用"), self.put_away))
        self.hide()

    def ask(self) -> None:
        """Show the list; own templates first."""
        self.edit.clear()
        self.edit.key = ""
        self.show()
        self.edit.setFocus()
        standard = self._seat.book.standard if self._seat.book else ""
        self._seat.worker.read(partial(list_templates, self._seat.office, standard), self._show, key=self)

    def put_away(self) -> None:
        """None is wanted."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _show(self, found: list[Template]) -> None:
        self._found = {one.key: one for one in found}
        choices = [Choice(one.key, _words(one), initials(one.name)) for one in found]
        self.edit.set_choices(choices)
        if not self.isHidden() and not self.edit.text():
            self.edit.show_list(choices)

    def _pick(self, key: str) -> None:
        one = self._found.get(key)
        if one is not None:
            self.hide()
            self.taken.emit(one)


def _words(one: Template) -> str:
    name = _("{name}（自己的）").format(name=one.name) if one.own else one.name
    return f"{name}　　{one.accounts}"
