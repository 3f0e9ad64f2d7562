"""What pages ask to see on paper, each under its title: the way from a signal to the preview.

What draws is imported when somebody asks for paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

from villagebooks.core.stationery import COVERS, LEDGERS, NOTICES, REGISTERS, SLIPS, STATEMENTS, VOUCHERS
from villagebooks.core.words import _
from villagebooks.gui.desk import Seat

Draw = Callable[..., Sequence[Path]]
"""Draws into a folder; vouchers also take the `sheet` that they are drawn on."""
LongDraw = Callable[[Path, Callable[[int, int], None]], Path]


class Printing:
    """Asks for paper of the desk in hand; `show` takes a title, what draws it, and the kind of document."""

    def __init__(self, seat: Seat, show: Callable[[str, Draw, str], None], kept: QSettings | None) -> None:
        self._seat, self._show, self._kept = seat, show, kept

    @cached_property
    def printers(self) -> Any:
        """The printers of this PC, and what is kept of them (`gui.printer.Printers`)."""
        from villagebooks.gui.printer import Printers

        return Printers(self._kept)

    def archive_register(self, title: str, draw: Draw) -> None:
        """A register of the archive."""
        self._show(title, draw, REGISTERS)

    def notice(self, title: str, draw: Draw) -> None:
        """A sheet for the notice board."""
        self._show(title, draw, NOTICES)

    def act(self, uid: str) -> None:
        """The record of one closing, reopening or lock: it is signed by hand and kept."""
        from villagebooks.gui.closing import draw_act

        self._show(_("结账记录"), partial(draw_act, self._seat.desk, uid), REGISTERS)

    def register(self) -> None:
        """Every closing and reopening."""
        from villagebooks.gui.closing import draw_register

        self._show(_("结账登记簿"), partial(draw_register, self._seat.desk), REGISTERS)

    def vouchers(self, uids: tuple[str, ...]) -> None:
        """Vouchers, on the paper that this PC has for them."""
        from villagebooks.gui.output import draw_vouchers

        self._show(_("记账凭证"), partial(draw_vouchers, self._seat.desk, uids), VOUCHERS)

    def slip(self, uid: str) -> None:
        """The approval slip of a voucher."""
        from villagebooks.gui.voucher.slip import draw_slip

        self._show(_("审批单"), partial(draw_slip, self._seat.desk, uid), SLIPS)

    def ledger(self, asked: Any) -> None:
        """What the ledger page shows."""
        from villagebooks.core.ledger import kind_names
        from villagebooks.gui.output import draw_ledger

        self._show(kind_names()[asked.kind], partial(draw_ledger, self._seat.desk, asked), LEDGERS)

    def year(self, year: int, kinds: tuple[str, ...]) -> LongDraw:
        """What draws every ledger of a year in one file."""
        from villagebooks.gui.output import draw_year

        return partial(draw_year, self._seat.desk, year, kinds)

    def report(self, asked: Any) -> None:
        """A statement, villages side by side, or the notes."""
        from villagebooks.gui.statement.paper import draw_report

        self._show(_("会计报表"), partial(draw_report, self._seat.desk, asked), STATEMENTS)

    def cover(self, asked: tuple[str, str]) -> None:
        """A cover for binding, or the month's catalogue."""
        from villagebooks.gui.statement.paper import draw_cover

        self._show(_("封面和目录"), partial(draw_cover, self._seat.desk, *asked), COVERS)
