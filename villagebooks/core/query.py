"""The query database (查询库) as records: what the exporter puts into a village's file, and what a villager reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebooks.core.account import Account
from villagebooks.core.journal import Head
from villagebooks.core.party import Party
from villagebooks.core.period import Month
from villagebooks.core.statement import Statement
from villagebooks.core.voucher import Voucher

KIOSK, PAGE = 1, 2
"""Reader classes: an attended kiosk or the centre asks for the ID, the Internet page for ID and household code."""

SUBSIDY, DIVIDEND, CURRENT = "subsidy", "dividend", "current"
KINDS = (SUBSIDY, DIVIDEND, CURRENT)
DISPUTED = "有异议，处理中"


@dataclass(frozen=True, slots=True)
class QueryBalance:
    """Figures of one lowest detail in a disclosed month, fen: signed opening net (debit positive) and movements."""

    month: Month
    account: str
    party: str
    opening_fen: int
    debit_fen: int
    credit_fen: int

    @property
    def closing_fen(self) -> int:
        """Signed net after the month, debit positive."""
        return self.opening_fen + self.debit_fen - self.credit_fen


@dataclass(frozen=True, slots=True)
class QuerySheet:
    """A sheet that was put up: `record` is its canonical JSON, `anchor` the signed note in its foot."""

    month: Month
    seq: int
    record: str
    anchor: bytes
    code: str
    previous_code: str
    put_up: date
    stay_until: date


@dataclass(frozen=True, slots=True)
class QueryImage:
    """A picture behind a voucher. `sha256` (hex) and `size` are the original's, as the signed voucher body has them;
    the file holds a smaller derivative as object `name`."""

    voucher: str
    ordinal: int
    title: str
    sha256: str
    media: str
    pages: int = 1
    size: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class QueryContent:
    """What everybody of the village may see. `marks` are (voucher uid, mark), for items with an open objection."""

    accounts: tuple[Account, ...]
    parties: tuple[Party, ...]
    balances: tuple[QueryBalance, ...]
    statements: tuple[Statement, ...]
    sheets: tuple[QuerySheet, ...]
    vouchers: tuple[Voucher, ...]
    images: tuple[QueryImage, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QueryItem:
    """One line of a person's own part: a subsidy, a dividend, or a movement of the own current account, fen.

    Sensitive items stand in the class 2 object only.
    """

    kind: str
    day: str
    words: str
    debit_fen: int
    credit_fen: int
    voucher: str = ""
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class QueryPerson:
    """A villager's own part. `balance_fen`: what the person owes the village (negative: what the village owes)."""

    uid: str
    name: str
    household: str
    items: tuple[QueryItem, ...] = ()
    balance_fen: int = 0
    images: tuple[QueryImage, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryHead:
    """What the file says of itself in clear. Hashes and heads are hex; `anchor` is the last anchor's seq (0: none).

    `seq` rises with every export of the book, `asof` is the last disclosed day, `salt` 16 bytes per village.
    """

    centre: str
    book: str
    seq: int
    asof: date
    journal: Head
    anchor: int
    anchor_hash: str
    salt: bytes


@dataclass(frozen=True, slots=True)
class QueryTitle:
    """Whose database it is, as a villager reads it."""

    centre: str
    village: str
    book: str
    book_name: str
    standard: str
    asof: date
    seq: int
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What `verify` found: `problems` empty means that everything checked holds.

    `rooted` is False when nobody said which root key to trust: then the fingerprint is compared with the wall.
    `code_found` tells of which sheet a printed code is (`2026-09`), None when no code was asked for or it is unknown.
    """

    kind: str
    root: str
    rooted: bool
    signers: tuple[str, ...]
    header: tuple[str, ...]
    objects: int
    size: int
    problems: tuple[str, ...] = ()
    anchors: tuple[tuple[str, str], ...] = ()
    code_found: str | None = None
