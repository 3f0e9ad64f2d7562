"""设置 → 公开榜: what stands on every sheet."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from villagebooks.core.disclosure import check_days
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import COUNT, MONEY, Field, Form
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.theme import span
from villagebooks.gui.typed import is_written
from villagebooks.services.disclosure import save_days
from villagebooks.services.office import settings

SHEET_SETTING = "disclosure"


class SheetPanel(Panel):
    """What stands on every sheet: days, limit, whom to ask with telephone numbers."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._kept: dict[str, object] = {}
        self.strip = Strip()
        self.form = Form(
            (
                Field("posting_day", _("每月几日前张榜"), COUNT), Field("stay_days", _("至少贴几天"), COUNT),
                Field("answer_days", _("几天内答复"), COUNT), Field("cash_limit_fen", _("备用金限额（元）"), MONEY),
            )
        )  # fmt: skip
        self.ask = QPlainTextEdit()
        self.ask.setAccessibleName(_("哪里不明白，可以问"))
        self.ask.setPlaceholderText(_("一行一处，例如：镇会计核算中心 电话 0000-0000000"))
        self.ask.setMaximumHeight(160)
        self.ask.setTabChangesFocus(True)
        inside = QWidget()
        inside.setMaximumWidth(span(640))
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        hint = label(_("哪里不明白，可以问（一行一处，写办公电话；监委会主任自动在前）"), "muted")
        hint.setWordWrap(True)
        for part in (self.strip, self.form, hint, self.ask):
            box.addWidget(part)
        box.addWidget(button(_("保存"), self.save, "save", primary=True), 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        QVBoxLayout(self).addWidget(inside)

    def load(self) -> None:
        """Read the office's settings."""
        self._seat.worker.read(partial(settings, self._seat.office, [SHEET_SETTING]), self._take, key=self)

    def save(self) -> None:
        """Keep them; they count from the next sheet on."""
        misread = self.form.misread() or check_days(self.form.values())
        self.form.show_problems(misread)
        if misread:
            self.strip.show_problems(misread)
            return
        lines = [line.strip() for line in self.ask.toPlainText().splitlines() if line.strip()]
        value: dict[str, object] = {**self._kept, **self.form.values()}
        value["ask"] = lines
        if not lines:
            value.pop("ask")
        act = partial(save_days, self._seat.office, value)
        self._seat.worker.write(act, self._saved, self.strip.show_problems, _("保存设置"))

    def _take(self, found: dict[str, object]) -> None:
        kept = found.get(SHEET_SETTING)
        self._kept = kept if isinstance(kept, dict) else {}
        usual = {"posting_day": 10, "stay_days": 10, "answer_days": 10, "cash_limit_fen": 500_000}
        self.form.fill({name: self._kept.get(name, value) for name, value in usual.items()})
        ask = self._kept.get("ask", [])
        if not is_written(self.ask):
            self.ask.setPlainText("\n".join(str(line) for line in ask) if isinstance(ask, list) else "")

    def _saved(self, _done: object) -> None:
        self.strip.say(_("已保存，从下一张公开榜起用"))
        self.form.settle()
        self.ask.document().setModified(False)
        self.load()
