"""Vouchers on screen: the list of a month, and the form that looks like the paper voucher."""
