"""`lines.csv` of the three tables: vouchers read one by one, and written so that they read back identically."""

from villagebooks.formats.voucher.opening import OPENINGS, OpeningReader, take_over_vouchers
from villagebooks.formats.voucher.read import LINES, VoucherReader
from villagebooks.formats.voucher.tally import BookRead
from villagebooks.formats.voucher.write import csv_line, header_line, voucher_lines, voucher_table

__all__ = [
    "LINES",
    "OPENINGS",
    "BookRead",
    "OpeningReader",
    "VoucherReader",
    "csv_line",
    "header_line",
    "take_over_vouchers",
    "voucher_lines",
    "voucher_table",
]
