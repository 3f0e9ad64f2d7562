"""结账检查: what blocks a month and what only warns, chosen by the township for all its books."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from villagebooks.core.closing import BLOCK, FIXED, RULES, WARN, rule_title
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import LabelledRows
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.theme import px, span
from villagebooks.services.closing import choose_blocking, closing_choices
from villagebooks.services.desk import Office


class ClosingPanel(Panel):
    """A choice for every rule that the law does not fix."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.strip = Strip()
        self.choices: dict[str, QComboBox] = {}
        self._kept: dict[str, str] = {}
        inside = QWidget()
        inside.setObjectName("paper")
        form = LabelledRows(inside)
        form.setHorizontalSpacing(px("gap_px") * 2)
        form.setVerticalSpacing(px("gap_px"))
        for rule in RULES:
            if rule in FIXED:
                form.addRow(rule_title(rule), label(_("挡住（法规要求，不能改）"), "muted"))
                continue
            choice = Combo()
            choice.addItem(_("只提示"), WARN)
            choice.addItem(_("挡住结账"), BLOCK)
            choice.setAccessibleName(rule_title(rule))
            self.choices[rule] = choice
            form.addRow(rule_title(rule), choice)
        inside.setMaximumWidth(span(560))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName(_("结账检查"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # the room that there is, so that the page does not scroll around what scrolls itself
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        area.setMinimumHeight(6 * px("row_px"))
        box = QVBoxLayout(self)
        box.addWidget(self.strip)
        told = _("结账时查这些：挡住的不解决不能结账；只提示的可以放过，记进结账登记簿。全镇的账套一样。")
        hint = label(told, "muted")
        hint.setWordWrap(True)
        box.addWidget(hint)
        box.addWidget(area, 1)
        box.addWidget(button(_("保存"), self.save, "save", primary=True), 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def lasting(self) -> bool:
        """While a choice is not saved."""
        return bool(self._kept) and self._chosen() != self._kept

    def load(self) -> None:
        """Read the township's choices."""
        self._seat.worker.read(partial(closing_choices, self._seat.office), self._take, key=self)

    def save(self) -> None:
        """Keep them; they count from the next closing on."""
        act = partial(_save, self._seat.office, self._chosen())
        self._seat.worker.write(act, self._saved, self.strip.show_problems, _("保存设置"))

    def _chosen(self) -> dict[str, str]:
        return {rule: str(choice.currentData()) for rule, choice in self.choices.items()}

    def _take(self, kept: Mapping[str, str]) -> None:
        for rule, choice in self.choices.items():
            choice.setCurrentIndex(max(0, choice.findData(kept.get(rule, WARN))))
        self._kept = self._chosen()

    def _saved(self, blocking: int) -> None:
        self.strip.say(_("已保存：除法规要求的以外，还有 {n} 条会挡住结账").format(n=blocking))
        self._seat.tell_changed()


def _save(office: Office, chosen: Mapping[str, str]) -> int:
    choose_blocking(office, chosen)
    return sum(choice == BLOCK for choice in chosen.values())
