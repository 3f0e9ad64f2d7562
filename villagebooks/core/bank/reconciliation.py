"""银行存款余额调节表: both balances of a month's end, what each side does not know yet, and what they come to.

Source: 财会〔2024〕12号 art. 23; the four groups are those of the usual form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.bank.match import INSIDE, MoneyItem
from villagebooks.core.bank.statement import BANK, BOOK
from villagebooks.core.money import said_yuan
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.words import _

BANK_RECEIVED, BANK_PAID = "bank_received", "bank_paid"
BOOK_RECEIVED, BOOK_PAID = "book_received", "book_paid"
GROUPS = (BANK_RECEIVED, BANK_PAID, BOOK_RECEIVED, BOOK_PAID)
CONFIRMED, WITHDRAWN = "confirmed", "withdrawn"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """未达账项: what one side has and the other has not, fen, always positive; `group` says which way."""

    group: str
    day: date
    amount_fen: int
    words: str
    title: str
    side: str
    object: str
    position: int


@dataclass(frozen=True, slots=True)
class BankMatch:
    """Items that were matched; `how` auto or manual, with the confidence and the reason told then."""

    uid: str
    kind: str
    how: str
    confidence: str
    words: str
    made_by: str
    made_at: str
    items: tuple[MoneyItem, ...] = ()

    @property
    def rest_fen(self) -> int:
        """What the books moved more than the bank, signed; zero when they agree."""
        return sum(one.amount_fen if one.side == BOOK else -one.amount_fen for one in self.items)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The sheet of one bank account at a month's end, fen.

    `unknown_fen` is by how much the two adjusted balances differ: zero, or a difference that lies before the first
    statement and that a person has to name. `inside` are amounts that the bank sent back, which no open item shows.
    """

    account: str
    name: str
    month: Month
    until: date
    book_fen: int
    bank_fen: int
    items: tuple[OpenItem, ...]
    matched_book: int = 0
    matched_bank: int = 0
    inside: tuple[OpenItem, ...] = ()

    def total(self, group: str) -> int:
        """Sum of a group, fen."""
        return sum(one.amount_fen for one in self.items if one.group == group)

    @property
    def adjusted_book_fen(self) -> int:
        """Books: what the bank has received comes on, what it has paid goes off."""
        return self.book_fen + self.total(BANK_RECEIVED) - self.total(BANK_PAID)

    @property
    def adjusted_bank_fen(self) -> int:
        """Bank: what the village has received comes on, what it has paid goes off."""
        return self.bank_fen + self.total(BOOK_RECEIVED) - self.total(BOOK_PAID)

    @property
    def unknown_fen(self) -> int:
        """Adjusted books minus adjusted bank."""
        return self.adjusted_book_fen - self.adjusted_bank_fen


def group_words() -> dict[str, str]:
    """The four groups as the form names them."""
    return {
        BANK_RECEIVED: _("银行已收、村未收"), BANK_PAID: _("银行已付、村未付"),
        BOOK_RECEIVED: _("村已收、银行未收"), BOOK_PAID: _("村已付、银行未付"),
    }  # fmt: skip


def build_reconciliation(
    account: tuple[str, str],
    month: Month,
    balances: tuple[int, int],
    free: Iterable[MoneyItem],
    matches: Sequence[BankMatch],
) -> Reconciliation:
    """The sheet of an account (code, name) at the end of a month; `balances` are those of books and bank, fen.

    `free` are items that nothing is matched with. Of a match only what had happened by the month's end counts: wages
    that were booked in September and paid in October are open in between.
    """
    until = month.last_day
    groups = [
        *([one] for one in free if one.day <= until),
        *([one for one in match.items if one.day <= until] for match in matches),
    ]
    opened = [item for group in groups if group and (item := _open_item(group))]
    inside = [
        _item(one, BANK)
        for match in matches
        if match.kind == INSIDE and match.items[0].side == BANK and all(one.day <= until for one in match.items)
        for one in match.items
    ]
    # what joins a single item only later is not matched yet at the month's end
    sides = [one.side for group in groups if len(group) > 1 for one in group]
    return Reconciliation(
        *account, month, until, *balances,
        tuple(sorted(opened, key=lambda one: (GROUPS.index(one.group), one.day, one.title, one.object, one.position))),
        sides.count(BOOK), sides.count(BANK), tuple(inside),
    )  # fmt: skip


def _open_item(group: Sequence[MoneyItem]) -> OpenItem | None:
    """What is left open of items that belong together; the side that moved more has what the other has not."""
    sums = {side: sum(one.amount_fen for one in group if one.side == side) for side in (BOOK, BANK)}
    rest = sums[BOOK] - sums[BANK]
    if not rest:
        return None
    side = BOOK if abs(sums[BOOK]) > abs(sums[BANK]) else BANK
    first = next(one for one in group if one.side == side)
    return _item(first, side, rest if side == BOOK else -rest)


def _item(one: MoneyItem, side: str, amount_fen: int | None = None) -> OpenItem:
    amount = one.amount_fen if amount_fen is None else amount_fen
    names = {BOOK: (BOOK_RECEIVED, BOOK_PAID), BANK: (BANK_RECEIVED, BANK_PAID)}
    group = names[side][amount < 0]
    return OpenItem(group, one.day, abs(amount), one.words, one.title, one.side, one.object, one.position)


def check_reconciliation(sheet: Reconciliation, reason: str, covered_until: date | None) -> list[Problem]:
    """Whether a sheet may be confirmed: the statement reaches the month's end, and a difference has its reason."""
    problems = []
    if covered_until is None or covered_until < sheet.until:
        text = _("{account} 还没有到 {day} 的对账单，请先导入")
        problems.append(Problem(text.format(account=sheet.account, day=sheet.until), field="statement"))
    if sheet.unknown_fen and not reason.strip():
        text = _("调节后两边还差 {yuan} 元：查明是哪一笔，登记成期初未达账项；查不明的写清情况再确认")
        problems.append(Problem(text.format(yuan=said_yuan(abs(sheet.unknown_fen))), field="reason"))
    return problems


def sheet_body(sheet: Reconciliation, book_uid: str, uid: str, reason: str, lines: Mapping[str, str]) -> object:
    """What the confirming person signs, as plain data for canonical JSON.

    `lines` are hex hashes over the account's lines in the books and at the bank up to the month's end.
    """
    return {
        "v": 1, "act": "confirm", "book": book_uid, "uid": uid, "account": sheet.account, "period": str(sheet.month),
        "until": sheet.until.isoformat(), "book_fen": sheet.book_fen, "bank_fen": sheet.bank_fen,
        "adjusted_book_fen": sheet.adjusted_book_fen, "adjusted_bank_fen": sheet.adjusted_bank_fen,
        "matched": [sheet.matched_book, sheet.matched_bank], "reason": reason, "lines": dict(lines),
        "items": [
            [one.group, one.day.isoformat(), one.amount_fen, one.words, one.title, one.side, one.object, one.position]
            for one in sheet.items
        ],
    }  # fmt: skip
