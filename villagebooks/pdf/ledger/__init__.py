"""Trial balance and ledgers on paper: cells first, then ink."""

from villagebooks.pdf.ledger.balance import draw_trial_balance, trial_balance_cells
from villagebooks.pdf.ledger.sheet import draw_sheet, draw_sheets, sheet_cells

__all__ = ["draw_sheet", "draw_sheets", "draw_trial_balance", "sheet_cells", "trial_balance_cells"]
