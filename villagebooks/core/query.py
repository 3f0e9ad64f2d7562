"""The query database (查询库) as records: what the exporter puts into a village's file, and what a villager reads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.account import Account
from villagebooks.core.journal import Head
from villagebooks.core.paper import Paper
from villagebooks.core.party import Party
from villagebooks.core.period import Month
from villagebooks.core.person import Villager
from villagebooks.core.statement import Statement
from villagebooks.core.voucher import Voucher

KIOSK, PAGE = 1, 2
"""Reader classes: an attended kiosk or the centre asks for the ID, the Internet page for ID and household code."""

SUBSIDY, DIVIDEND, CURRENT = "subsidy", "dividend", "current"
KINDS = (SUBSIDY, DIVIDEND, CURRENT)

_OWED = "113"
_KIND_BY_ACCOUNT = {_OWED: CURRENT, "514": SUBSIDY, "322": DIVIDEND}
_RELIEF = "补助慰问名册"
_FORMER = re.compile(r"[〔（(].*")


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
    `points` are the (size, hex head) of a journal that the file states: of the chain with the uid `chain`, or of the
    book with the code `book`. `root` is empty when the file carries no signature, such as a chain.
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
    chain: str = ""
    book: str = ""
    points: tuple[tuple[int, str], ...] = ()


def build_own_parts(
    people: Sequence[Villager],
    vouchers: Sequence[Voucher],
    papers: Mapping[tuple[str, ...], Sequence[Paper]],
    parties: Mapping[str, Party],
    balances: Sequence[QueryBalance],
) -> Iterator[QueryPerson]:
    """Everybody's own items, found by name where only one person of the village bears it: nobody sees a namesake's."""
    names = Counter(person.name for person in people)
    items: dict[str, list[QueryItem]] = defaultdict(list)
    owed: Counter[str] = Counter()
    for voucher in vouchers:
        for name, item in _items(voucher, papers[voucher.papers], parties):
            items[name].append(item)
    for balance in balances:
        if balance.account.startswith(_OWED) and balance.party:
            owed[_plain_name(parties, balance.party)] += balance.closing_fen
    for person in people:
        own = names[person.name] == 1
        yield QueryPerson(
            person.uid, person.name, person.household, tuple(items[person.name]) if own else (),
            owed[person.name] if own else 0,
        )  # fmt: skip


def _items(voucher: Voucher, papers: Sequence[Paper], parties: Mapping[str, Party]) -> Iterator[tuple[str, QueryItem]]:
    """(name, item) of every line that names somebody, and of relief paid to somebody by a paper."""
    day, seen = voucher.day.isoformat(), set()
    for line in voucher.lines:
        kind = _KIND_BY_ACCOUNT.get(line.account[:3])
        if kind and line.party:
            name = _plain_name(parties, line.party)
            seen.add(name)
            yield name, QueryItem(kind, day, line.summary, line.debit_fen, line.credit_fen, voucher.uid)
    for paper in papers:
        if paper.spending_class == _RELIEF and paper.payee and paper.payee not in seen:
            yield paper.payee, QueryItem(SUBSIDY, day, paper.words, paper.amount_fen, 0, voucher.uid)


def _plain_name(parties: Mapping[str, Party], code: str) -> str:
    """The party's name without 〔原桐油村〕 and the like."""
    name = parties[code].name if code in parties else code
    return _FORMER.sub("", name).strip()
