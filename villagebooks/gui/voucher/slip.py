"""审批单 of the voucher in hand: print it; register the ink on it, step by step, with the scan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from villagebooks.core.policy import Step
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import DRAFT, SUBMITTED, Voucher
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat
from villagebooks.gui.form import Field, Form
from villagebooks.gui.key import SignStrip
from villagebooks.gui.page import Strip, button, label
from villagebooks.gui.picture.source import picture_filter
from villagebooks.services.desk import Desk
from villagebooks.services.key import Unlocked
from villagebooks.services.picture import take_scan

CODE = "code"


class SlipPanel(QFrame):
    """`printed` carries the uid of a voucher whose slip is wanted on paper."""

    printed = Signal(str)

    def __init__(self, seat: Seat, strip: Strip, sign: SignStrip, done: Callable[[Voucher], None]) -> None:
        super().__init__()
        self.setObjectName("sign")
        self._seat, self._strip, self._sign, self._done = seat, strip, sign, done
        self._voucher: Voucher | None = None
        self.form: Form | None = None
        self._place = QVBoxLayout()
        self.register = button(_("选扫描件，登记签字…"), self.ask_scan, "stamp", primary=True)
        line = QHBoxLayout()
        line.addWidget(button(_("打印审批单"), self._print, "printer"))
        line.addWidget(self.register)
        line.addWidget(button(_("不做了"), self.put_away))
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.addWidget(label(_("审批单：没有钥匙的步骤签在纸上，再由登记人扫描登记为纸质签字"), "heading"))
        box.addLayout(self._place)
        box.addLayout(line)
        self.hide()

    def ask(self, voucher: Voucher) -> None:
        """Offer the steps that nobody has signed."""
        from villagebooks.services.slip import open_ink_steps  # noqa: PLC0415  (reportlab: window first)

        self._voucher = voucher
        act = partial(open_ink_steps, self._seat.desk, voucher.uid)
        self._seat.worker.read(act, self._show_steps, self._refuse, key=self)

    def put_away(self) -> None:
        """Nothing is printed or registered."""
        self.hide()

    def ask_scan(self) -> None:
        """The picture of the slip, then the registrar's signature."""
        if self.form is None or self._voucher is None:
            return
        path, _kind = QFileDialog.getOpenFileName(
            self, _("审批单的扫描件或照片"), "", picture_filter()
        )  # fmt: skip
        if not path:
            return
        values = self.form.values()
        names = {name: text for name, text in values.items() if name != CODE and text}
        people = _("、").join(names.values())
        text = _("登记 {title} 审批单上的纸质签字：{people}。您看过原件，以您的钥匙作证。")
        act = partial(_attest, self._seat.desk, self._voucher.uid, values[CODE], names, Path(path))
        said = text.format(title=self._voucher.title, people=people or "—")
        self._sign.ask(said, act, self._registered, self._seat.person, _("登记签字"))

    def _show_steps(self, steps: Sequence[Step]) -> None:
        open_ = self._voucher is not None and self._voucher.state in (DRAFT, SUBMITTED) and bool(steps)
        if self.form is not None:
            self._place.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
        self.register.setVisible(open_)
        if open_:
            fields = [Field(CODE, _("审批单号"), hint=_("扫二维码，或照着纸上的号码输入"))]
            fields += [Field(one.name, _("{step}签字人").format(step=_(one.title))) for one in steps]
            self.form = Form(fields)
            self._place.addWidget(self.form)
        self.show()
        focus: QWidget = self.form.entry(CODE) if self.form is not None else self
        focus.setFocus()

    def _print(self) -> None:
        if self._voucher:
            self.printed.emit(self._voucher.uid)

    def _registered(self, voucher: Voucher) -> None:
        self.hide()
        self._done(voucher)

    def _refuse(self, problems: Sequence[Problem]) -> None:
        self._strip.show_problems(problems)


def _attest(desk: Desk, uid: str, code: str, names: dict[str, str], path: Path, keys: Unlocked) -> Voucher:
    from villagebooks.services.slip import attest_slip  # noqa: PLC0415  (reportlab: window first)

    return attest_slip(desk, uid, code, names, take_scan(desk, path).sha256, keys)


def draw_slip(desk: Desk, uid: str, folder: Path) -> list[Path]:
    """The slip for the preview."""
    from villagebooks.services.slip import print_slip  # noqa: PLC0415  (reportlab: window first)

    return [print_slip(desk, uid, folder / f"{desk.book.code}-slip.pdf")]
