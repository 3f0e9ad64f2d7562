"""作废与撤销: to undo what was signed takes the steps that signed it; everything that was undone, as a report.

What is drawn on paper is imported from `printing` when it is drawn: the window stands before reportlab is needed.
"""

from villagebooks.services.cancellation.act import (
    Voiding,
    cancel_voucher,
    keep_voucher_after_all,
    voiding_of,
)
from villagebooks.services.cancellation.read import CancellationReport, cancellations

__all__ = [
    "CancellationReport",
    "Voiding",
    "cancel_voucher",
    "cancellations",
    "keep_voucher_after_all",
    "voiding_of",
]
