"""`openings.csv` of a take-over in mid-year: year opening and turnovers to date of each detail, made into vouchers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from villagebooks.core.account import Account
from villagebooks.core.opening import OpeningRow, TakeOver, check_take_over, odd_at_take_over
from villagebooks.core.period import Month, month_of, read_month
from villagebooks.core.quantity import read_quantity
from villagebooks.core.voucher import CLOSING, NORMAL, OPENING, POSTED, PRIOR_YEAR, WORDS, Line, Voucher
from villagebooks.core.words import _
from villagebooks.formats.table import Faults, TableFile
from villagebooks.formats.voucher.tally import BookRead, amount_fault, read_amount, uid_of

OPENINGS = "openings.csv"
REQUIRED = ("book", "account", "opening", "debit_to_date", "credit_to_date")
QUANTITIES = ("opening_quantity", "debit_quantity", "credit_quantity")
OPTIONAL = ("party", "project", "contract", "bank", "kind", *QUANTITIES, "as_of", "as_of_month", "month")
"""The month that the turnovers run to is `as_of`; the two names behind it mean the same."""
KINDS = {"": NORMAL, "normal": NORMAL, "prior": PRIOR_YEAR, "closing": CLOSING}

_Found = dict[str, list[tuple[int, Month, OpeningRow]]]


class OpeningReader:
    """Reads openings.csv of a folder book by book; what is wrong with it is told by line."""

    def __init__(
        self,
        path: Path,
        accounts: Mapping[str, Mapping[str, Account]],
        parties: Mapping[str, Collection[str]] | None,
        faults: Faults,
    ) -> None:
        """`accounts` and codes of `parties` are those of each book by its code; None: a party is what a row names."""
        self._table = TableFile(path, REQUIRED, OPTIONAL, faults)
        self._accounts, self._parties = accounts, parties
        self._seen: set[tuple[str, ...]] = set()

    def take_overs(self) -> dict[str, TakeOver]:
        """The take-over of each book that has one and is sound."""
        found: _Found = {}
        for line, cells in self._table.rows():
            read = self._row(line, cells)
            if read:
                found.setdefault(cells[0], []).append((line, *read))
        takes = {}
        for book, rows in found.items():
            months = {month for _line, month, _row in rows}
            take = TakeOver(book, rows[0][1], tuple(row for _line, _month, row in rows))
            faults = (
                check_take_over(take) if len(months) == 1 else [_("账套 {book} 的 as_of 各行不同").format(book=book)]
            )
            for fault in faults:
                self._table.tell(0, fault)
            if not faults:
                takes[book] = take
        return takes

    def _row(self, line: int, cells: tuple[str, ...]) -> tuple[Month, OpeningRow] | None:
        book, account, *figures, party, project, contract, bank, kind = cells[:-6]
        as_of = next(filter(None, cells[-3:]), "")
        fault = self._fault(book, account, as_of, kind)
        if not fault and party and self._parties is not None and party not in self._parties.get(book, ()):
            fault = _("parties.csv 里没有 {code}").format(code=party[:40])
        key = (book, account, party, project, contract, bank, KINDS.get(kind, kind))
        if not fault and key in self._seen:
            fault = _("科目 {code} 的这一明细已有一行").format(code=account)
        self._seen.add(key)
        amounts = [read_amount(text) for text in figures]
        fault = fault or next(
            (amount_fault(text) for text, fen in zip(figures, amounts, strict=True) if fen is None), ""
        )
        counted = [read_quantity(text) if text else 0 for text in cells[-6:-3]]
        fault = fault or _quantity_fault(counted, [fen or 0 for fen in amounts])
        month = read_month(as_of)
        if fault or month is None:
            self._table.tell(line, fault)
            return None
        opening, debit, credit = (fen or 0 for fen in amounts)
        quantities = (counted[0] or 0, counted[1] or 0, counted[2] or 0)
        return month, OpeningRow(
            account, opening, debit, credit, KINDS[kind], party, project, contract, bank, quantities
        )

    def _fault(self, book: str, code: str, as_of: str, kind: str) -> str:
        accounts = self._accounts.get(book)
        if accounts is None:
            return _("villages.csv 里没有账套 {code}").format(code=book[:40])
        account = accounts.get(code)
        if account is None:
            return _("没有科目 {code}").format(code=code[:20] or _("（空）"))
        if not account.holds_lines:
            return _("科目 {code} 有下级，要记到末级").format(code=code)
        if read_month(as_of) is None:
            return _("“{text}”不是月份，应写成 2026-08").format(text=as_of[:20])
        return "" if kind in KINDS else _("没有这种发生额：kind“{kind}”").format(kind=kind[:20])


def _quantity_fault(counted: list[int | None], amounts: list[int]) -> str:
    """Why the quantities are none; that at 1 January is told without a sign, whichever side the balance is on."""
    if None in counted:
        return _("数量不是数，最多三位小数")
    wanted = [abs(amounts[0]), *amounts[1:]]
    wrong = any((milli or 0) * fen < 0 or (milli and not fen) for milli, fen in zip(counted, wanted, strict=True))
    return _("数量和金额的正负要一致") if wrong else ""


def take_over_vouchers(
    take: TakeOver, read: BookRead, accounts: Mapping[str, Account], notices: Faults
) -> Iterator[Voucher]:
    """The vouchers of a take-over, counted into what is read of the book: lines.csv goes on after them."""
    for text in odd_at_take_over(take, accounts):
        notices.add(text, OPENINGS)
    number = 0
    for kind, day, lines in take.vouchers():
        number += kind != OPENING
        key = (0, "", 0) if kind == OPENING else (day.year * 100 + day.month, WORDS[0], number)
        read.seen.add(key)
        read.vouchers += 1
        read.lines += len(lines)
        for line in lines:
            _count(read, line)
        yield Voucher(
            uid=uid_of(read.namespace, key), book=take.book, word=WORDS[0],
            month=month_of(day + timedelta(days=1)) if kind == OPENING else take.month,
            number=0 if kind == OPENING else number, day=day, kind=kind, state=POSTED, rev=1, attachment_count=0,
            lines=lines,
        )  # fmt: skip
    read.opening = take.month.last_day
    read.seen.add((0, "", 0))


def _count(read: BookRead, line: Line) -> None:
    filled = read.filled.setdefault(line.account, [0, 0, 0, 0, 0])
    for place, value in enumerate(("1", line.party, line.project, line.contract, line.bank)):
        filled[place] += bool(value)
    if line.party:
        read.used_parties.add(line.party)
    read.turnover += abs(line.debit_fen + line.credit_fen)
