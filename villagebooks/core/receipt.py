"""Income receipts (收款收据): books of continuous numbers issued to a reporter; every number is accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReceiptBook:
    """A book of receipts issued to a reporter; `first` and `last` are inclusive, leading zeros kept (`0012351`).

    `used_before` counts numbers used from `first` on before this program kept them; numbers that it knows (a void one
    that was registered at the take-over) are not among them.
    """

    code: str
    village: str
    first: str
    last: str
    issued_on: str
    issued_to: str
    used_before: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """One number of a receipt book: state used or void, the paper it came with, amount in fen."""

    book: str
    number: str
    state: str
    paper: str = ""
    day: str = ""
    amount_fen: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptCount:
    """What became of a receipt book's numbers up to the end of a month."""

    book: str
    used: tuple[str, ...]
    void: tuple[str, ...]
    left: int
    missing: tuple[str, ...]


def count_receipts(book: ReceiptBook, seen: Sequence[Receipt]) -> ReceiptCount:
    """Used, void, still blank, and skipped: every number up to the highest one seen must be accounted for."""
    first, last, width = int(book.first), int(book.last), len(book.first)
    by_number = {int(one.number): one for one in seen}
    start = _first_after(first, book.used_before, by_number)
    highest = max([start - 1, *by_number])
    missing = [number for number in range(start, highest + 1) if number not in by_number]
    used = sorted(one.number for one in seen if one.state == "used")
    void = sorted(one.number for one in seen if one.state == "void")
    left = last - highest
    return ReceiptCount(book.code, tuple(used), tuple(void), left, tuple(f"{n:0{width}d}" for n in missing))


def _first_after(first: int, used_before: int, known: Mapping[int, Receipt]) -> int:
    """The number after those used before, of which `known` ones are none."""
    number = first
    while used_before:
        used_before -= number not in known
        number += 1
    return number
