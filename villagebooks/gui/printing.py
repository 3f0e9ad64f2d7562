"""What pages ask to see on paper, each under its title: the way from a signal to the preview.

What draws is imported when somebody asks for paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from villagebooks.core.ledger import LedgerRequest, kind_names
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat

Draw = Callable[[Path], Sequence[Path]]
LongDraw = Callable[[Path, Callable[[int, int], None]], Path]


class Printing:
    """Asks for paper of the desk in hand; `show` takes a title and what draws it."""

    def __init__(self, seat: Seat, show: Callable[[str, Draw], None]) -> None:
        self._seat, self._show = seat, show

    def act(self, uid: str) -> None:
        """The record of one closing, reopening or lock: it is signed by hand and kept."""
        from villagebooks.gui.closing import draw_act

        self._show(_("结账记录"), partial(draw_act, self._seat.desk, uid))

    def register(self) -> None:
        """Every closing and reopening."""
        from villagebooks.gui.closing import draw_register

        self._show(_("结账登记簿"), partial(draw_register, self._seat.desk))

    def vouchers(self, uids: tuple[str, ...]) -> None:
        """Vouchers on A5."""
        from villagebooks.gui.output import draw_vouchers

        self._show(_("记账凭证"), partial(draw_vouchers, self._seat.desk, uids))

    def slip(self, uid: str) -> None:
        """The approval slip of a voucher."""
        from villagebooks.gui.voucher.slip import draw_slip

        self._show(_("审批单"), partial(draw_slip, self._seat.desk, uid))

    def ledger(self, asked: LedgerRequest) -> None:
        """What the ledger page shows."""
        from villagebooks.gui.output import draw_ledger

        self._show(kind_names()[asked.kind], partial(draw_ledger, self._seat.desk, asked))

    def year(self, year: int, kinds: tuple[str, ...]) -> LongDraw:
        """What draws every ledger of a year in one file."""
        from villagebooks.gui.output import draw_year

        return partial(draw_year, self._seat.desk, year, kinds)

    def report(self, record: Any) -> None:
        """A statement, villages side by side, or the notes."""
        from villagebooks.gui.statement.paper import draw_report

        self._show(_("会计报表"), partial(draw_report, self._seat.office, record))

    def cover(self, asked: tuple[str, str]) -> None:
        """A cover for binding, or the month's catalogue."""
        from villagebooks.gui.statement.paper import draw_cover

        self._show(_("封面和目录"), partial(draw_cover, self._seat.desk, *asked))
