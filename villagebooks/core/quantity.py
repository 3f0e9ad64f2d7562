"""Quantities are an int of thousandths of an account's unit; text ↔ thousandths and unit prices stand here alone."""

from __future__ import annotations

import re
import unicodedata

MILLI = 1000
LARGEST_MILLI = 2**53 - 1
"""Largest quantity: canonical JSON holds no larger integer exactly."""

_QUANTITY = re.compile(r"([+-]?)(\d{1,12})(?:\.(\d{1,3}))?")


def quantity_text(milli: int, *, zero: str = "0", group: str = "") -> str:
    """12500 → 12.5: as few decimals as it takes; `group` stands between thousands."""
    if milli == 0:
        return zero
    whole, part = divmod(abs(milli), MILLI)
    figure = f"{whole:,}".replace(",", group)
    decimals = f"{part:03d}".rstrip("0")
    return f"{'-' if milli < 0 else ''}{figure}{'.' if decimals else ''}{decimals}"


def read_quantity(text: str) -> int | None:
    """Thousandths from what a person types (full-width digits and thousands commas too), None when it is none."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").replace("−", "-")
    match = _QUANTITY.fullmatch(plain)
    if not match:
        return None
    sign, whole, part = match.groups()
    milli = int(whole) * MILLI + int((part or "0").ljust(3, "0"))
    return -milli if sign == "-" else milli


def unit_price_text(amount_fen: int, milli: int) -> str:
    """单价 in yuan with four decimals, rounded half up; empty where there is no quantity to divide by."""
    if milli == 0:
        return ""
    # yuan a unit = (fen / 100) / (milli / 1000); in ten-thousandths of a yuan that is fen × 100000 / milli
    share, negative = abs(amount_fen) * 100_000, (amount_fen < 0) != (milli < 0)
    price = (share * 2 + abs(milli)) // (abs(milli) * 2)
    return f"{'-' if negative and price else ''}{price // 10_000}.{price % 10_000:04d}"
