"""借阅登记: the register at the left, at the right a new loan with its volumes, below it how one comes back."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from villagebooks.core.archive import INTACT, LATE, OUT, VOLUME_WORDS, Loan, Volume, check_volumes, read_when
from villagebooks.core.problem import Problem
from villagebooks.core.words import _
from villagebooks.gui.cell import settle_cells
from villagebooks.gui.desk import Seat
from villagebooks.gui.flow import FlowRow, Side, in_line
from villagebooks.gui.form import CHOICE, COUNT, DAY, Field, Form, chosen, required
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.table import STATE, Column, Table
from villagebooks.gui.theme import DONE, WAIT, Mark, px, span
from villagebooks.gui.theme import LATE as LATE_TONE
from villagebooks.services.account import today
from villagebooks.services.archive import lend_volumes, list_loans, print_loans, return_volumes
from villagebooks.services.desk import Office

SIDE = 360
DAYS = 7
"""For how long a loan is proposed."""


class LendingPanel(QWidget):
    """`printed` carries (title, what draws the register)."""

    printed = Signal(str, object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._loans: list[Loan] = []
        self._volumes: list[Volume] = []
        self.strip = Strip()
        self.table = Table(
            (
                Column(_("借出"), lambda one: one.out_on, width=11),
                Column(_("借阅单位、借阅人"), lambda one: f"{one.unit}　{one.borrower}", width=18),
                Column(_("借阅的册"), lambda one: _("；").join(map(str, one.volumes))),
                Column(_("用途"), lambda one: one.purpose, width=14, spare=True),
                Column(_("批准人"), lambda one: one.approved_by, width=8, spare=True),
                Column(_("应还"), lambda one: one.due_on, width=11),
                Column(_("现在"), self._mark, STATE, 18),
            ),
            _("借阅登记"), _("还没有借出过档案。在右边填好，按“登记借出”。"),
        )  # fmt: skip
        self.table.head.addWidget(button(_("打印登记簿"), self.print_out, "printer"))
        self.form = Form(
            (
                Field("borrower", required(_("借阅人"))), Field("unit", required(_("单位"))),
                Field("purpose", required(_("用途"))), Field("approved_by", required(_("批准人"))),
                Field("out_on", required(_("借出日期")), DAY), Field("due_on", required(_("应还日期")), DAY),
            )
        )  # fmt: skip
        self.volume = Form(
            (
                Field("book", _("账套"), CHOICE), Field("kind", _("种类"), CHOICE, tuple(VOLUME_WORDS.values())),
                Field("when", _("月份或年"), hint=_("2026-08，或 2025")),
                Field("number", _("第几册"), COUNT),
            )
        )  # fmt: skip
        self.chosen = QListWidget()
        self.chosen.setAccessibleName(_("要借的册"))
        self.chosen.setMaximumHeight(72)
        settle_cells(self.chosen)
        self.back = Form((Field("returned_on", _("归还日期"), DAY), Field("condition", required(_("归还时的样子")))))
        self._lay_out()
        seat.listed.connect(self._fill_books)
        self._fill_books()

    @property
    def has_volumes(self) -> bool:
        """Whether volumes are put together for a loan that is not registered."""
        return bool(self._volumes)

    def load(self) -> None:
        """Read the register."""
        self._seat.worker.read(partial(list_loans, self._seat.office), self._take, key=self)

    def add_volume(self) -> None:
        """One more volume for the loan."""
        if misread := self.volume.misread():
            self._refuse_volume(tuple(misread))
            return
        values = self.volume.values()
        when = read_when(values["when"])
        if when is None:
            text = (
                _("“{text}”不是月份也不是年：写 2026-08 或 2025")
                if values["when"]
                else _("请写这一册是哪个月或哪一年的：2026-08，或 2025")
            )
            self._refuse_volume((Problem(text.format(text=values["when"]), field="when"),))
            return
        kind = next(kind for kind, words in VOLUME_WORDS.items() if words == values["kind"])
        one = Volume(values["book"], kind, *when, values["number"] or 1)
        problems = check_volumes([*self._volumes, one], today(self._seat.office), self._loans)
        if problems:
            self._refuse_volume(tuple(problems))
            return
        self.strip.forgive()
        self.volume.show_problems(())
        self._volumes.append(one)
        self._show_volumes()

    def drop_volume(self) -> None:
        """Leave out the volume in hand."""
        place = self.chosen.currentRow()
        if 0 <= place < len(self._volumes):
            del self._volumes[place]
            self._show_volumes()

    def lend(self) -> None:
        """Register the loan."""
        if self.form.refuse_misread(self._refuse):
            return
        new = Loan("", volumes=tuple(self._volumes), **self.form.values())
        act = partial(lend_volumes, self._seat.office, new)
        self._seat.worker.write(act, self._lent, self._refuse, _("登记借出"))

    def take_back(self) -> None:
        """Register that the loan in hand came back."""
        one, values = self.table.current(), self.back.values()
        if one is None:
            self.strip.hint(_("先在左边选一次借阅"))
            return
        if self.back.refuse_misread(self._refuse):
            return
        act = partial(return_volumes, self._seat.office, one.uid, values["returned_on"], values["condition"])
        self._seat.worker.write(act, self._returned, self._refuse, _("登记归还"))

    def print_out(self) -> None:
        """The register on paper."""
        self.printed.emit(_("会计档案借阅登记簿"), partial(draw_register, self._seat.office))

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.addWidget(label(_("借出"), "heading"))
        right.addWidget(self.form)
        right.addWidget(self.volume)
        in_line(self.form, self.volume)
        line = FlowRow()
        line.setSpacing(px("gap_px"))
        line.addWidget(button(_("加上这一册"), self.add_volume, "plus"))
        line.addWidget(button(_("去掉选中的册"), self.drop_volume, "x"))
        line.addStretch(1)
        right.addLayout(line)
        right.addWidget(self.chosen)
        right.addWidget(button(_("登记借出"), self.lend, "send", primary=True), 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        below = QHBoxLayout()
        below.addWidget(self.back, 1)
        below.addWidget(button(_("登记归还"), self.take_back, "check"), 0, Qt.AlignmentFlag.AlignBottom)
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(label(_("归还选中的借阅"), "heading"))
        left.addLayout(below)
        side = Side(span(SIDE))
        side.setLayout(right)
        middle = QHBoxLayout()
        middle.addLayout(left, 1)
        middle.addWidget(side)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, px("gap_px"), 0, 0)
        box.addWidget(self.strip)
        box.addLayout(middle, 1)

    def _fill_books(self) -> None:
        combo = self.volume.entry("book")
        assert isinstance(combo, QComboBox)  # noqa: S101  (a CHOICE)
        with self.volume.filling():
            was = chosen(combo)
            combo.clear()
            for one in self._seat.books:
                combo.addItem(f"{one.code} {one.name}", one.code)
            code = was or (self._seat.book.code if self._seat.book else "")
            combo.setCurrentIndex(max(0, combo.findData(code)))

    def _take(self, found: list[Loan]) -> None:
        self._loans = found
        self.table.put(found)
        day = today(self._seat.office)
        self.form.fill({"out_on": day, "due_on": day + timedelta(days=DAYS)})
        self.volume.fill({"number": 1})
        self.back.fill({"returned_on": day, "condition": _(INTACT)})

    def _lent(self, one: Loan) -> None:
        text = _("已登记：{unit}{name}借 {n} 册，应在 {day} 归还")
        self.strip.say(text.format(unit=one.unit, name=one.borrower, n=len(one.volumes), day=one.due_on))
        self._volumes = []
        self._show_volumes()
        self.form.show_problems(())
        self.form.put(dict.fromkeys(("borrower", "unit", "purpose", "approved_by"), ""))
        for form in (self.form, self.volume):
            form.settle()
        self.load()

    def _returned(self, one: Loan) -> None:
        self.back.show_problems(())
        self.back.settle()
        self.strip.say(_("已登记归还：{unit}{name}").format(unit=one.unit, name=one.borrower))
        self.load()

    def _show_volumes(self) -> None:
        self.chosen.clear()
        self.chosen.addItems([str(one) for one in self._volumes])
        if not self._volumes:
            settle_cells(self.chosen)

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.form.show_problems(problems)
        self.back.show_problems(problems)

    def _refuse_volume(self, problems: tuple[Problem, ...]) -> None:
        self.strip.show_problems(problems)
        self.volume.show_problems(problems)

    def _mark(self, one: Loan) -> Mark:
        state = one.state(today(self._seat.office))
        if state == LATE:
            return Mark(_("逾期未还"), LATE_TONE)
        if state == OUT:
            return Mark(_("借出"), WAIT)
        return Mark(_("{day} 还").format(day=one.returned_on), DONE)


def draw_register(office: Office, folder: Path) -> list[Path]:
    """The register in a folder."""
    name = _("借阅登记簿")
    return [print_loans(office, folder / f"{name}.pdf")]
