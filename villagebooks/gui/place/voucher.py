"""凭证."""

from __future__ import annotations

from functools import partial

from villagebooks.gui.office import Desktop
from villagebooks.gui.voucher.editor import VoucherEditor
from villagebooks.gui.voucher.page import VoucherPage


def build(desktop: Desktop) -> VoucherPage:
    """The page with its listeners."""
    page = VoucherPage(desktop.seat, desktop.ring)
    page.editor_built.connect(partial(_wire, desktop))
    page.returned.connect(desktop.go_back)
    page.elsewhere.connect(desktop.way.go)
    page.printed.connect(desktop.printing.vouchers)
    page.slip_wanted.connect(desktop.printing.slip)
    page.plans_wanted.connect(desktop.open_plans)
    page.numbers_wanted.connect(desktop.open_numbers)
    page.paper_begun.connect(desktop.begin_paper)
    desktop.draft_taken.connect(page.take_draft)
    desktop.voucher_opened.connect(page.visit)
    return page


def _wire(desktop: Desktop, editor: VoucherEditor) -> None:
    editor.beside.remember(desktop.kept)
    editor.corrector.repeated.connect(desktop.open_plans)
    desktop.draft_sourced.connect(editor.strip.add_hint)
