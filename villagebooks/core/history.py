"""History that is taken over in the three tables (DESIGN §7): what the small tables say, and what an import did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from villagebooks.core.account import NO_PAST, Account, AccountPast
from villagebooks.core.opening import TakeOver
from villagebooks.core.party import Party
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import OPENING, Voucher

EVERY_BOOK = ""
"""The key of accounts that all books of an import share."""


@dataclass(frozen=True, slots=True)
class HistoryBook:
    """A row of villages.csv: a book by its code; `village` is the code of the village that owns it.

    `start` is the book's first month where the vouchers do not tell it, `village_name` empty: as the book is called.
    """

    code: str
    name: str
    kind: str
    standard: str
    village: str
    start: Month | None = None
    village_name: str = ""


@dataclass(frozen=True, slots=True)
class HistoryPerson:
    """A row of people.csv; `id_number` and `household_code` are sealed when they are stored and shown nowhere."""

    village: str
    household: str
    name: str
    sex: str
    id_number: str
    household_code: str
    role: str
    died_on: str


@dataclass(frozen=True, slots=True)
class HistoryTables:
    """The small tables of an import; accounts by book code, or under `EVERY_BOOK`; parties, take-overs by book."""

    books: tuple[HistoryBook, ...]
    accounts: Mapping[str, tuple[Account, ...]]
    parties: Mapping[str, tuple[Party, ...]] | None
    people: tuple[HistoryPerson, ...]
    take_overs: Mapping[str, TakeOver] = field(default_factory=dict)
    given_needs: frozenset[tuple[str, str]] = frozenset()
    """Book (or `EVERY_BOOK`) and code of accounts whose dimensions accounts.csv tells, so that lines need not."""
    pasts: Mapping[tuple[str, str], AccountPast] = field(default_factory=dict)
    """By book (or `EVERY_BOOK`) and code what an account was called before, and since when it needs what."""

    def past_of(self, book: str, code: str) -> AccountPast:
        """The past that the tables tell of an account."""
        return self.pasts.get((book, code)) or self.pasts.get((EVERY_BOOK, code)) or NO_PAST

    def needs_given(self, book: str, code: str) -> bool:
        """Whether the table itself tells which dimensions the account requires."""
        return (book, code) in self.given_needs or (EVERY_BOOK, code) in self.given_needs

    def accounts_of(self, book: str) -> tuple[Account, ...]:
        """Accounts of a book: those all books share, then its own."""
        return self.accounts.get(EVERY_BOOK, ()) + self.accounts.get(book, ())


@dataclass(frozen=True, slots=True)
class VoucherColumns:
    """Vouchers of one book on their way in, column by column: a record for each would take most of an import's time.

    Every sequence down to `counts` holds one value a voucher, those behind it one a line, in the same order; `counts`
    says how many lines a voucher has. `months` is 0 for an opening, `days` are ISO texts, amounts fen.
    """

    book: str
    uids: Sequence[str]
    years: Sequence[int]
    months: Sequence[int]
    words: Sequence[str]
    numbers: Sequence[int]
    days: Sequence[str]
    kinds: Sequence[str]
    states: Sequence[str]
    attachments: Sequence[int]
    links: Sequence[str]
    """What a red voucher takes back, and what any other one puts right: no voucher does both."""
    prepared: Sequence[str]
    counts: Sequence[int]
    summaries: Sequence[str]
    accounts: Sequence[str]
    debits: Sequence[int]
    credits: Sequence[int]
    parties: Sequence[str]
    projects: Sequence[str]
    contracts: Sequence[str]
    banks: Sequence[str]
    quantities: Sequence[int]


def columns_of(vouchers: Sequence[Voucher]) -> VoucherColumns:
    """Vouchers of one book, one at least, as columns."""
    heads = zip(
        *(
            (one.uid, one.month.year, 0 if one.kind == OPENING else one.month.month, one.word, one.number,
             one.day.isoformat(), one.kind, one.state, one.attachment_count, one.reverses or one.corrects,
             one.prepared_by, len(one.lines))
            for one in vouchers
        ),
        strict=True,
    )  # fmt: skip
    lines = zip(
        *(
            (line.summary, line.account, line.debit_fen, line.credit_fen, line.party, line.project, line.contract,
             line.bank, line.quantity_milli)
            for one in vouchers
            for line in one.lines
        ),
        strict=True,
    )  # fmt: skip
    return VoucherColumns(vouchers[0].book, *heads, *lines)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import brought in; notices are unusual, not wrong."""

    books: int
    accounts: int
    parties: int
    people: int
    vouchers: int
    lines: int
    notices: tuple[Problem, ...]
