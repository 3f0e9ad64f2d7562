"""What is looked for among vouchers, and what is found."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from villagebooks.core.period import Month
from villagebooks.core.voucher import VoucherRow

DAY, NUMBER, VILLAGE, AMOUNT, STATE = "day", "number", "village", "amount", "state"
"""What found vouchers are sorted by."""


@dataclass(frozen=True, slots=True)
class Term:
    """One of the words that were typed, as everything it may mean; a voucher must fit one of the meanings.

    `amount` is a range of fen of the whole voucher or of one of its lines (`whole`: of the voucher alone), `days` are
    the first and the last ISO day, `number` is one of a voucher or a paper. `text` is looked for in words, names and
    numbers of documents, and an account may be called just so. `code` is an account's, and of those below it;
    `account` is the beginning of its code, a part of its name or the beginning of its initials; `letters` begin the
    initials of a village, a party or an account. A term without any meaning fits nothing.
    """

    text: str = ""
    amount: tuple[int, int] | None = None
    whole: bool = False
    voucher: tuple[str, int] | None = None
    paper: int | None = None
    number: int | None = None
    days: tuple[str, str] | None = None
    state: str = ""
    code: str = ""
    account: str = ""
    letters: str = ""


@dataclass(frozen=True, slots=True)
class VoucherQuery:
    """Which vouchers, and in which order: of one book (by code) or of all, of months, in states, that fit the words.

    A month that is typed without its year (9月记6) is one of `year`, the year in hand; 本月 is its `month`.
    """

    words: str = ""
    book: str = ""
    first: Month | None = None
    last: Month | None = None
    states: tuple[str, ...] = ()
    order: str = DAY
    down: bool = False
    year: int = 0
    month: int = 0


@dataclass(frozen=True, slots=True)
class FoundVoucher(VoucherRow):
    """A row of a list over months and books; `row` is known to the database, `party` the first one in its lines."""

    row: int
    book: str
    book_name: str
    month: Month
    party: str = ""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A piece of an answer: `rows` are known to the database, in their order; `after` is where the rest begins, known
    to the database too, None at the end.

    `loose`: more may come between these rows, and the next piece tells them again. `percent`: how much was gone
    through. `total_fen` sums the rows without void ones, None when nobody counted. `moved`: the books changed between
    the first piece and this last one, and a voucher that moved to a place before may be missing.
    """

    rows: array[int] = field(default_factory=lambda: array("q"))
    after: object = None
    loose: bool = False
    percent: int = 100
    total_fen: int | None = None
    moved: bool = False
