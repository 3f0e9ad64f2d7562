"""数量金额账: 收入, 发出, 结存 in quantity, unit price and amount."""

from __future__ import annotations

from collections.abc import Sequence

from villagebooks.core.account import Account
from villagebooks.core.ledger.account import Movement
from villagebooks.core.ledger.book import line_columns
from villagebooks.core.ledger.request import QUANTITIES
from villagebooks.core.ledger.running import Entry, Figures, Form, Sums, run_rows
from villagebooks.core.ledger.sheet import MONEY, PRICE, QUANTITY, Cell, Sheet, SheetColumn
from villagebooks.core.period import Span
from villagebooks.core.quantity import unit_price_text
from villagebooks.core.words import _

IN_MILLI, IN_FEN, OUT_MILLI, OUT_FEN = range(4)


def quantity_sheet(
    book: str, account: Account, unit: str, span: Span, opening: tuple[int, int], movements: Sequence[Movement],
    before: Sums | None = None,
) -> Sheet:  # fmt: skip
    """What came in, went out and is left; the price of what is left is its amount divided by its quantity.

    What an account gains comes in: debits, of accounts with credit balances credits. `opening` is (quantity, amount)
    left before the first month, `before` (in, its amount, out, its amount) of the year before it; thousandths and fen.
    """
    gains = account.side != "C"
    entries = [Entry(one.day, (one.voucher, one.summary), quantity_sums(one, gains), one.uid) for one in movements]
    title = _("{code} {name}　数量金额账").format(code=account.code, name=account.name)
    rows = run_rows(Form(2, 1, 4, _figures(opening)), entries, span, before)
    words = _("数量单位：{unit}").format(unit=unit)
    return Sheet(QUANTITIES, book, title, span.first, span.last, quantity_columns(), rows, unit=words)


def quantity_sums(one: Movement, gains: bool) -> Sums:
    """(in, its amount, out, its amount) of a line; `gains`: a debit comes in."""
    comes_in = bool(one.debit_fen) == gains
    amount = one.debit_fen or one.credit_fen
    return (one.quantity_milli, amount, 0, 0) if comes_in else (0, 0, one.quantity_milli, amount)


def quantity_columns() -> tuple[SheetColumn, ...]:
    """Columns of a 数量金额账."""
    groups = (("in", _("收入")), ("out", _("发出")), ("balance", _("结存")))
    figures = [
        column
        for name, over in groups
        for column in (
            SheetColumn(f"{name}_quantity", _("数量"), QUANTITY, 9, over, always=name == "balance"),
            SheetColumn(f"{name}_price", _("单价"), PRICE, 8, over),
            SheetColumn(f"{name}_amount", _("金额"), MONEY, 11.5, over, always=name == "balance"),
        )
    ]
    return (*line_columns(22), *figures)


def _figures(opening: tuple[int, int]) -> Figures:
    def three(milli: int, fen: int) -> tuple[Cell, ...]:
        return milli, unit_price_text(fen, milli), fen

    def figures(sums: Sums | None, total: Sums) -> tuple[Cell, ...]:
        left = three(opening[0] + total[IN_MILLI] - total[OUT_MILLI], opening[1] + total[IN_FEN] - total[OUT_FEN])
        if sums is None:
            return (None,) * 6 + left
        return three(sums[IN_MILLI], sums[IN_FEN]) + three(sums[OUT_MILLI], sums[OUT_FEN]) + left

    return figures
