"""作废与撤销: to undo what was signed takes the steps that signed it; everything that was undone, as a report."""

from villagebooks.services.cancellation.act import (
    Voiding,
    cancel_voucher,
    keep_voucher_after_all,
    steps_to_void,
    voiding_of,
)
from villagebooks.services.cancellation.printing import cancellation_bytes, print_cancellations
from villagebooks.services.cancellation.read import CancellationReport, cancellations

__all__ = [
    "CancellationReport",
    "Voiding",
    "cancel_voucher",
    "cancellation_bytes",
    "cancellations",
    "keep_voucher_after_all",
    "print_cancellations",
    "steps_to_void",
    "voiding_of",
]
