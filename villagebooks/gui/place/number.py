"""凭证号, which the vouchers lead to."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.voucher.number import NumberPage


def build(desktop: Desktop) -> NumberPage:
    """The page with its listeners."""
    page = NumberPage(desktop.seat)
    page.returned.connect(desktop.go_back)
    page.voucher_wanted.connect(desktop.open_voucher)
    return page
