"""Vouchers of many months and books: read in the order asked for, piece by piece, each by what stands before it."""

from __future__ import annotations

from villagebooks.db.search.order import ordered_rows
from villagebooks.db.search.row import found_rows, total_among, total_of

__all__ = ["found_rows", "ordered_rows", "total_among", "total_of"]
