"""Vouchers on paper: cells first, then ink on one of the sheets that townships use."""

from villagebooks.pdf.voucher.cells import ROWS, VoucherPage, voucher_cells
from villagebooks.pdf.voucher.draw import draw_vouchers
from villagebooks.pdf.voucher.shape import SHAPES, Shape

__all__ = ["ROWS", "SHAPES", "Shape", "VoucherPage", "draw_vouchers", "voucher_cells"]
