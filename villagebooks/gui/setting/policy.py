"""会计政策: threshold of fixed assets, depreciation, stock, as the notes of the statements print them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.combo import Combo
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import CHOICE, MONEY, Field, Form
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.tab import Panel
from villagebooks.gui.theme import span
from villagebooks.services.statement import (
    DEPRECIATION_METHODS,
    STANDARDS,
    accounting_policy,
    put_accounting_policy,
)


class PolicyPanel(Panel):
    """A form for each accounting standard."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self.strip, self.standard = Strip(), Combo()
        self.standard.addItems([_("{year} 年制度").format(year=year) for year in STANDARDS])
        self.standard.setAccessibleName(_("会计制度"))
        self.standard.currentIndexChanged.connect(self.load)
        self.form = Form(
            (
                Field("threshold_fen", _("固定资产单位价值起点（元）"), MONEY, hint=_("空着就不印")),
                Field("method", _("折旧方法"), CHOICE, tuple(map(_, DEPRECIATION_METHODS))),
                Field("lives", _("折旧年限和净残值"), hint=_("例如：房屋 20 年，设备 5 年，净残值 5%")),
                Field("stock", _("存货发出计价"), hint=_("例如：先进先出法")),
            )
        )  # fmt: skip
        inside = QWidget()
        inside.setMaximumWidth(span(720))
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        said = label(_("印在会计报表附注里；每次改动都记入操作日志。"), "muted")
        for part in (self.strip, said, self.standard, self.form):
            box.addWidget(part)
        box.addWidget(button(_("保存"), self.save, "save", primary=True), 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        QVBoxLayout(self).addWidget(inside)

    def tell_choices(self) -> int:
        """The place of the accounting standard that shows."""
        return self.standard.currentIndex()

    def take_choices(self, kept: int) -> None:
        """The same accounting standard."""
        self.standard.blockSignals(True)  # it is read soon
        self.standard.setCurrentIndex(kept)
        self.standard.blockSignals(False)

    def load(self, *_choice: object) -> None:
        """Read what is kept for the standard."""
        standard = STANDARDS[self.standard.currentIndex()]
        act = partial(accounting_policy, self._seat.office, standard)
        self._seat.worker.read(act, partial(self._take, standard), key=self)

    def save(self) -> None:
        """Keep the form."""
        misread = self.form.misread()
        if misread:
            self._refuse(tuple(misread))
            return
        values = self.form.values()
        values["threshold_fen"] = values["threshold_fen"] or 0
        values["method"] = DEPRECIATION_METHODS[self.form.fields[1].choices.index(values["method"])]
        act = partial(put_accounting_policy, self._seat.office, STANDARDS[self.standard.currentIndex()], values)
        self._seat.worker.write(act, self._saved, self._refuse, _("保存会计政策"))

    def _take(self, standard: str, found: dict[str, object]) -> None:
        self.form.fill(found, of=standard)

    def _saved(self, _done: object) -> None:
        self.form.settle()
        self.strip.say(_("已保存，附注里从现在起这样印"))
        self.load()

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.form.show_problems(problems)
