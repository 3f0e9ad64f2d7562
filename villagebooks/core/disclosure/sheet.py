"""The sheet as a record, complete as it is printed, and the rules of a township that shape it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import get_args, get_origin, get_type_hints

from villagebooks.core.account import Account
from villagebooks.core.ledger import Detail
from villagebooks.core.paper import Paper
from villagebooks.core.period import Month, read_month
from villagebooks.core.receipt import ReceiptCount
from villagebooks.core.voucher import Voucher

OWN, SPECIAL, PASSING = "own", "special", "passing"
FUNDS = (OWN, SPECIAL, PASSING)


@dataclass(frozen=True, slots=True)
class IncomeItem:
    """A row of 收进来的钱; `basis` is the receipt number or the notice it rests on. Amount in fen."""

    number: int
    day: date
    words: str
    amount_fen: int
    basis: str
    voucher: str
    voucher_uid: str


@dataclass(frozen=True, slots=True)
class SpendingItem:
    """A row of 花出去的钱 with the people who signed. Amount in fen."""

    number: int
    day: date
    words: str
    amount_fen: int
    handler: str
    witness: str
    approvers: tuple[str, ...]
    voucher: str
    voucher_uid: str


@dataclass(frozen=True, slots=True)
class SpendingGroup:
    """A plain-words group of spending, as （一）村干部报酬."""

    title: str
    items: tuple[SpendingItem, ...]


@dataclass(frozen=True, slots=True)
class MoneyPlace:
    """Where the money is: a bank account or the reporter's cash; fund is own, special or passing."""

    label: str
    amount_fen: int
    fund: str = "own"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that only changed its place, or an entry that moved none (depreciation)."""

    words: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Fund:
    """The four big numbers of one kind of money: own, special (专款) or passing (代收代付、土地补偿)."""

    fund: str
    title: str
    opening_fen: int
    income_fen: int
    spending_fen: int
    closing_fen: int
    income: tuple[IncomeItem, ...]
    spending: tuple[SpendingGroup, ...]


@dataclass(frozen=True, slots=True)
class Debt:
    """Who owes the village or whom it owes; amount positive, fen."""

    party: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """What people add to the figures: posting days, whom to ask, the committee's words; from settings."""

    put_up: date
    stay_until: date
    committee_words: str
    committee: tuple[str, ...]
    ask: tuple[str, ...]
    village_head: str = ""
    reporter: str = ""
    chief: str = ""
    cash_limit_fen: int = 500_000
    answer_days: int = 10
    look: str = ""
    """How the pictures behind a line are seen, one sentence; empty: the usual one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A village's monthly sheet, complete as it is printed except for the anchor."""

    centre: str
    root: str
    book: str
    village: str
    month: Month
    number: str
    own: Fund
    others: tuple[Fund, ...]
    places: tuple[MoneyPlace, ...]
    transfers: tuple[Transfer, ...]
    no_money: tuple[Transfer, ...]
    owed_to_village: tuple[Debt, ...]
    owed_by_village: tuple[Debt, ...]
    receipts: str
    voucher_count: int
    notes: SheetNotes


@dataclass(frozen=True, slots=True)
class AnchorMark:
    """What the foot of the sheet carries: this period's code, the last one's, and the anchor note for the QR."""

    code: str
    previous_code: str
    note: str


@dataclass(frozen=True, slots=True)
class PutUp:
    """A sheet that hangs or hung: canonical bytes of its record, the anchor note, its codes, ISO days."""

    uid: str
    seq: int
    month: Month
    sheet: bytes
    anchor: bytes
    anchor_hash: str
    code: str
    previous_code: str
    put_up: str
    stay_until: str

    @property
    def mark(self) -> AnchorMark:
        """What the foot of this sheet carries."""
        return AnchorMark(self.code, self.previous_code, self.anchor.decode("utf-8"))


@dataclass(frozen=True, slots=True)
class FundRule:
    """Money of this kind lies on cash and bank accounts with one of the keywords in their names; none: all the rest."""

    fund: str
    title: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A plain-words group of spending, in printing order; keywords are looked for in the names of debit accounts."""

    title: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRules:
    """What a township may change: kinds of money, groups, words of places, accounts of debts, depreciation, goods.

    `places` are (word in the account's name, plain words); `debts` are (level-1 code, explaining word).
    """

    funds: tuple[FundRule, ...]
    groups: tuple[GroupRule, ...]
    places: tuple[tuple[str, str], ...]
    debts: tuple[tuple[str, str], ...]
    depreciation: tuple[str, ...]
    goods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetSource:
    """What the books know of the month: its posted vouchers, their papers by uid, balances of every detail, accounts by
    code, party names by code, and the receipts."""

    vouchers: tuple[Voucher, ...]
    papers: Mapping[str, Paper]
    details: tuple[Detail, ...]
    accounts: Mapping[str, Account]
    parties: Mapping[str, str]
    receipts: tuple[ReceiptCount, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetHead:
    """Whose sheet it is: names of centre and village as printed, the root key's fingerprint, book code, month."""

    centre: str
    root: str
    book: str
    village: str
    month: Month


def sheet_record(sheet: Sheet) -> dict[str, object]:
    """The sheet as plain values (dates and months as ISO text), the same whatever prints it."""
    record = _plain(sheet)
    if not isinstance(record, dict):
        raise TypeError("a sheet is a record")
    return record


def read_sheet(record: object) -> Sheet:
    """The sheet of a record that `sheet_record` made; ValueError when it is none."""
    sheet = _read(Sheet, record)
    if not isinstance(sheet, Sheet):
        raise ValueError("not a sheet")
    return sheet


def _read(kind: object, value: object) -> object:
    """The value as its field's type says: records from objects, tuples from lists, days and months from ISO text."""
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError("a list is expected")
        return tuple(_read(get_args(kind)[0], one) for one in value)
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if kind is Month and isinstance(value, str):
        return _month(value)
    if isinstance(kind, type) and is_dataclass(kind):
        if not isinstance(value, dict) or set(value) != {field.name for field in fields(kind)}:
            raise ValueError(f"no {kind.__name__}")
        kinds = get_type_hints(kind)
        return kind(**{name: _read(kinds[name], one) for name, one in value.items()})
    if not isinstance(kind, type) or type(value) is not kind:
        raise ValueError("a value of another type")
    return value


def _month(text: str) -> Month:
    month = read_month(text)
    if month is None:
        raise ValueError("no month")
    return month


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type | Month):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, date | Month) else value
