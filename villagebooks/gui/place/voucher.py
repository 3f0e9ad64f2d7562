"""凭证."""

from __future__ import annotations

from villagebooks.gui.office import Desktop
from villagebooks.gui.voucher.page import VoucherPage


def build(desktop: Desktop) -> VoucherPage:
    """The page with its listeners."""
    page = VoucherPage(desktop.seat, desktop.ring)
    page.editor.beside.remember(desktop.kept)
    page.returned.connect(desktop.go_back)
    page.elsewhere.connect(desktop.way.go)
    page.printed.connect(desktop.printing.vouchers)
    page.slip_wanted.connect(desktop.printing.slip)
    page.plans_wanted.connect(desktop.open_plans)
    page.numbers_wanted.connect(desktop.open_numbers)
    page.editor.corrector.repeated.connect(desktop.open_plans)
    page.paper_begun.connect(desktop.begin_paper)
    desktop.draft_taken.connect(page.take_draft)
    desktop.draft_sourced.connect(page.editor.strip.hint)
    desktop.voucher_opened.connect(page.visit)
    return page
