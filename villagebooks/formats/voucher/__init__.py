"""`lines.csv` of the three tables: vouchers read one by one, and written so that they read back identically."""

from villagebooks.formats.voucher.opening import OPENINGS, OpeningReader, take_over_vouchers
from villagebooks.formats.voucher.read import LINES, VoucherReader
from villagebooks.formats.voucher.tally import BookRead

__all__ = ["LINES", "OPENINGS", "BookRead", "OpeningReader", "VoucherReader", "take_over_vouchers"]
