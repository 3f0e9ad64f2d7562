"""What pages ask to see on paper, each under its title: the way from a signal to the preview."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from villagebooks.core.ledger import LedgerRequest, kind_names
from villagebooks.core.words import _
from villagebooks.gui.closing import draw_act, draw_register
from villagebooks.gui.desk import Seat
from villagebooks.gui.output import draw_ledger, draw_vouchers
from villagebooks.gui.preview import Draw
from villagebooks.gui.statement.paper import draw_cover, draw_report
from villagebooks.gui.statement.read import Report
from villagebooks.gui.voucher.slip import draw_slip


class Printing:
    """Asks for paper of the desk in hand; `show` takes a title and what draws it."""

    def __init__(self, seat: Seat, show: Callable[[str, Draw], None]) -> None:
        self._seat, self._show = seat, show

    def act(self, uid: str) -> None:
        """The record of one closing, reopening or lock: it is signed by hand and kept."""
        self._show(_("结账记录"), partial(draw_act, self._seat.desk, uid))

    def register(self) -> None:
        """Every closing and reopening."""
        self._show(_("结账登记簿"), partial(draw_register, self._seat.desk))

    def vouchers(self, uids: tuple[str, ...]) -> None:
        """Vouchers on A5."""
        self._show(_("记账凭证"), partial(draw_vouchers, self._seat.desk, uids))

    def slip(self, uid: str) -> None:
        """The approval slip of a voucher."""
        self._show(_("审批单"), partial(draw_slip, self._seat.desk, uid))

    def ledger(self, asked: LedgerRequest) -> None:
        """What the ledger page shows."""
        self._show(kind_names()[asked.kind], partial(draw_ledger, self._seat.desk, asked))

    def report(self, record: Report) -> None:
        """A statement, villages side by side, or the notes."""
        self._show(_("会计报表"), partial(draw_report, self._seat.office, record))

    def cover(self, asked: tuple[str, str]) -> None:
        """A cover for binding, or the month's catalogue."""
        self._show(_("封面和目录"), partial(draw_cover, self._seat.desk, *asked))
