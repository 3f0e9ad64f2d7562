"""Paper for many books at once: what is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.period import Month
from villagebooks.core.stationery import A5, LEDGERS, NOTICES, REGISTERS, STATEMENTS, VOUCHERS
from villagebooks.core.words import N_, _

HOLDINGS = "holdings"
BATCH_KINDS = (VOUCHERS, LEDGERS, STATEMENTS, NOTICES, HOLDINGS)
YEARLY = (LEDGERS, HOLDINGS)
NOTICE_PAPERS = ("A3", "A4")
BATCH_WORDS = {
    VOUCHERS: N_("一个月的记账凭证"), LEDGERS: N_("一年的账簿"), STATEMENTS: N_("一个月的会计报表"),
    NOTICES: N_("一个月的公开榜"), HOLDINGS: N_("一年的会计档案保管清册"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """Which paper of which books (codes, in order); ledgers and registers of archives are of the month's year.

    `sheet` is the paper of vouchers, `notice` that of the sheets for the notice board; `joined`: one file of all;
    `each`: how many vouchers are bound in a volume of the register, 0 a month's.
    """

    kind: str
    codes: tuple[str, ...]
    month: Month
    sheet: str = A5
    notice: str = "A3"
    joined: bool = False
    each: int = 0

    @property
    def title(self) -> str:
        """What is printed, of when."""
        when = _("{year}年").format(year=self.month.year) if self.kind in YEARLY else str(self.month)
        names = {
            VOUCHERS: _("记账凭证"), LEDGERS: _("账簿"), STATEMENTS: _("会计报表"), NOTICES: _("公开榜"),
            HOLDINGS: _("会计档案保管清册"),
        }  # fmt: skip
        return f"{when} {names[self.kind]}"

    @property
    def document(self) -> str:
        """Which kind of document it is to a printer."""
        return REGISTERS if self.kind == HOLDINGS else self.kind
