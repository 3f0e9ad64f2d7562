"""Trial balance and ledgers on paper: cells first, then ink."""

from villagebooks.pdf.ledger.account import draw_ledger, ledger_cells
from villagebooks.pdf.ledger.balance import draw_trial_balance, trial_balance_cells

__all__ = ["draw_ledger", "draw_trial_balance", "ledger_cells", "trial_balance_cells"]
