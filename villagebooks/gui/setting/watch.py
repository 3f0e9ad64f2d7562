"""Where the township draws the lines for what the self-check watches signing for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebooks.core.problem import Problem
from villagebooks.core.watch import Watch, check_watch, watch_data
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import COUNT, MONEY, Field, Form
from villagebooks.gui.page import Strip, button, label
from villagebooks.services.watch import put_lines, read_lines


class WatchForm(QWidget):
    """Six numbers and two amounts; 0 watches not."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.strip = Strip()
        self.form = Form(
            (
                Field("fast_seconds", _("制单后几秒内别人就签，要提示"), COUNT),
                Field("roles", _("一人一个月签几种身份，要提示"), COUNT), Field("night_from", _("夜里从几点"), COUNT),
                Field("night_to", _("到几点"), COUNT), Field("night_count", _("一人一夜签几张，要提示"), COUNT),
                Field("bare_fen", _("没有报账单的付款超过多少元，要提示"), MONEY),
                Field("bare_days", _("没有报账单的小额付款，几天内的合起来算"), COUNT),
                Field("taken_fen", _("银行扣收一月一户超过多少元，要提示"), MONEY),
            ),
            beside=True,
        )  # fmt: skip
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        said = label(_("查签字、付款用的数；写 0 就不查。拆分单据的天数在“审批办法”里。"), "muted")
        said.setWordWrap(True)
        for part in (label(_("签字怎样算可疑"), "heading"), said, self.form, self.strip):
            box.addWidget(part)
        box.addWidget(button(_("保存"), self.save, "save"), 0, Qt.AlignmentFlag.AlignLeft)

    def load(self) -> None:
        """Read the township's lines."""
        self._seat.worker.read(partial(read_lines, self._seat.office), self._take, key=self)

    def save(self) -> None:
        """Keep them; they count from the next self-check on."""
        problems = self.form.misread()
        watch = None if problems else Watch(**{name: value or 0 for name, value in self.form.values().items()})
        problems = problems or check_watch(watch) if watch else problems
        if problems or watch is None:
            self._refuse(tuple(problems))
            return
        self._seat.worker.write(
            partial(put_lines, self._seat.office, watch), self._saved, self._refuse, _("保存设置")
        )  # fmt: skip

    def _take(self, watch: Watch) -> None:
        self.form.fill(watch_data(watch))

    def _saved(self, _done: object) -> None:
        self.form.show_problems(())
        self.form.settle()
        self.strip.say(_("已保存，从下一次自查起用"))

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.form.show_problems(problems)
        self.form.go_to_problem()
