"""The table of opening balances as people type or paste it: from Excel in yuan, or openings.csv in fen."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from villagebooks.core.account import Account
from villagebooks.core.ledger import Detail
from villagebooks.core.money import LARGEST_FEN, read_yuan, said_yuan
from villagebooks.core.opening.take_over import OpeningRow, TakeOver
from villagebooks.core.period import Month, read_month
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import CLOSING, NORMAL, PRIOR_YEAR
from villagebooks.core.words import _, plain_text

KINDS: Mapping[str, str] = {"": NORMAL, "normal": NORMAL, "prior": PRIOR_YEAR, "closing": CLOSING}
_TITLES: Mapping[str, tuple[str, ...]] = {
    "book": ("book", "账套"), "account": ("account", "科目代码", "科目编码", "代码", "编码", "科目"),
    "party": ("party", "party_or_project", "往来", "明细", "往来、项目", "往来单位", "客户", "供应商"),
    "opening_debit": ("年初借方", "年初借", "期初借方", "年初余额借", "期初余额借", "年初余额(借", "期初余额(借"),
    "opening_credit": ("年初贷方", "年初贷", "期初贷方", "年初余额贷", "期初余额贷", "年初余额(贷", "期初余额(贷"),
    "opening": ("opening", "年初余额", "期初余额", "年初", "期初"), "side": ("方向", "借贷"),
    "closing_debit": ("期末借方", "期末借", "现在借方", "期末余额借", "期末余额(借"),
    "closing_credit": ("期末贷方", "期末贷", "现在贷方", "期末余额贷", "期末余额(贷"),
    "debit": ("debit_to_date", "累计借方", "本年累计借方", "借方累计", "借方"),
    "credit": ("credit_to_date", "累计贷方", "本年累计贷方", "贷方累计", "贷方"),
    "closing": ("closing", "期末余额", "现在余额", "余额"), "kind": ("kind", "种类"),
    "as_of": ("as_of", "as_of_month", "month", "截止月份"), "project": ("project", "项目"),
    "contract": ("contract", "合同"), "bank": ("bank",),
}  # fmt: skip
FEN_TITLES = ("debit_to_date", "credit_to_date")
"""The columns of openings.csv, whose amounts are whole fen (DESIGN §7)."""
ORDER = ("account", "party", "opening_debit", "opening_credit", "debit", "credit")
"""The order of the cells of a table that is pasted without its head."""


@dataclass(frozen=True, slots=True)
class OpeningTable:
    """What a text says: rows of one book, the month they run to when told, and what is unclear by line."""

    rows: tuple[OpeningRow, ...]
    month: Month | None
    problems: tuple[Problem, ...]


def split_text(text: str) -> list[tuple[str, ...]]:
    """Rows and cells of a text pasted from Excel (tabs) or of a CSV file."""
    sign = "\t" if "\t" in text else ","
    rows = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=sign)
    return [tuple(_plain(cell) for cell in row) for row in rows if any(cell.strip() for cell in row)]


def read_opening_table(grid: Sequence[tuple[str, ...]], book: str, accounts: Mapping[str, Account]) -> OpeningTable:
    """The rows of `book` in a table with or without a head. Rows of other books, of parents and of sums are left out.

    With a head the columns may stand in any order: opening as one signed column, as two, or with a direction.
    """
    if not grid:
        return OpeningTable((), None, (Problem(_("没有读到一行")),))
    places = _places(grid[0])
    in_fen = any(title in grid[0] for title in FEN_TITLES)
    body = grid[1:] if places else grid
    places = places or {field: place for place, field in enumerate(ORDER)}
    reader = _Reader(places, in_fen, book, accounts, headless=body is grid)
    found: list[OpeningRow] = []
    problems: list[Problem] = []
    for number, row in enumerate(body, 2 if body is not grid else 1):
        read = reader.read(row, number)
        if isinstance(read, Problem):
            problems.append(read)
        elif read:
            found.append(read)
    if not found and not problems:
        problems.append(Problem(_("里面没有账套 {book} 的余额").format(book=book)))
    return OpeningTable(tuple(found), reader.month, tuple(problems))


def _places(head: Sequence[str]) -> dict[str, int]:
    """The column of each field by its title, the best word first; empty when the row is no head."""
    found: dict[str, int] = {}
    titles = [title.lower() for title in head]
    for same in (True, False):
        for field, words in _TITLES.items():
            fits = (
                place
                for word in words
                for place, title in enumerate(titles)
                if place not in found.values() and (title == word if same else word in title)
            )
            place = next(fits, None) if field not in found else None
            if place is not None:
                found[field] = place
    return found if "account" in found and len(found) > 1 else {}


class _Reader:
    """Reads one row after the other."""

    def __init__(
        self, places: Mapping[str, int], in_fen: bool, book: str, accounts: Mapping[str, Account], *, headless: bool
    ) -> None:
        self._places, self._in_fen, self._book, self._accounts = places, in_fen, book, accounts
        self._headless = headless
        self.month: Month | None = None

    def read(self, row: Sequence[str], number: int) -> OpeningRow | Problem | None:
        cells = {field: row[place] if place < len(row) else "" for field, place in self._places.items()}
        if "book" in cells and cells["book"] != self._book:
            return None
        where = _("第 {n} 行").format(n=number)
        code = cells.get("account", "").split(" ")[0]
        account = self._accounts.get(code)
        amounts = {field: self._amount(cells.get(field, "")) for field in cells if field in AMOUNTS}
        bad = next((cells[field] for field, fen in amounts.items() if fen is None), "")
        if bad:
            return Problem(_("金额“{text}”看不懂").format(text=bad[:20]), where)
        if not any(amounts.values()) or not code:
            return None
        if account is None:
            return Problem(_("没有科目 {code}，请先到“科目”里增设").format(code=code[:20]), where)
        if not account.leaf:
            return None
        if cells.get("kind", "") not in KINDS:
            return Problem(_("没有这种发生额：“{kind}”").format(kind=cells["kind"][:20]), where)
        self.month = self.month or read_month(cells.get("as_of", ""))
        opening, debit, credit = self._figures(cells, {field: fen or 0 for field, fen in amounts.items()})
        told = self._closing(amounts)
        known = any(field in cells for field in ("opening", "opening_debit", "opening_credit"))
        if known and told and abs(told) != abs(opening + debit - credit):
            text = _("科目 {code} 年初余额加减发生额是 {should} 元，表里的期末余额是 {found} 元")
            should = said_yuan(opening + debit - credit)
            return Problem(text.format(code=code, should=should, found=said_yuan(told)), where)
        party, project, contract, bank = (
            plain_text(cells.get(field, "")).strip() for field in ("party", "project", "contract", "bank")
        )
        if self._headless and party.split("／")[-1] == account.name:
            party = ""  # the account's name beside its code, as every list of balances has it
        kind = KINDS[cells.get("kind", "")]
        return OpeningRow(code, opening, debit, credit, kind, party, project, contract, bank)

    def _figures(self, cells: Mapping[str, str], amounts: Mapping[str, int]) -> tuple[int, int, int]:
        """Opening, debit, credit. A list of closing balances alone is taken back by its turnovers."""
        debit, credit = amounts.get("debit", 0), amounts.get("credit", 0)
        credit_side = "贷" in cells.get("side", "")
        if "opening" in cells:
            opening = amounts.get("opening", 0)
            return (-abs(opening) if credit_side else opening), debit, credit
        if "opening_debit" in cells or "opening_credit" in cells:
            return amounts.get("opening_debit", 0) - amounts.get("opening_credit", 0), debit, credit
        closing = self._closing(amounts) or 0
        return (-abs(closing) if credit_side else closing) - debit + credit, debit, credit

    def _closing(self, amounts: Mapping[str, int | None]) -> int | None:
        """The closing balance, debit positive, told in one column or in two; None where none is told."""
        if "closing_debit" in amounts or "closing_credit" in amounts:
            return (amounts.get("closing_debit") or 0) - (amounts.get("closing_credit") or 0)
        return amounts.get("closing")

    def _amount(self, text: str) -> int | None:
        if not text or text in ("-", "—"):
            return 0
        if self._in_fen:
            bare = text.removeprefix("-")
            return int(text) if bare.isascii() and bare.isdigit() else None
        return read_yuan(text)


AMOUNTS = (
    "opening", "opening_debit", "opening_credit", "debit", "credit", "closing", "closing_debit", "closing_credit",
)  # fmt: skip


def check_rows(take: TakeOver, accounts: Mapping[str, Account]) -> list[Problem]:
    """Whether each row may be kept: a leaf with what it needs, once, and no amount too large."""
    problems: list[Problem] = []
    seen: set[tuple[str, ...]] = set()
    for row, one in enumerate(take.rows):
        where = _place(one, accounts)
        account = accounts.get(one.account)
        if account is None or not account.leaf:
            problems.append(Problem(_("没有这个末级科目"), where, row, "account"))
            continue
        if "party" in account.needs and not one.party:
            problems.append(Problem(_("这个科目要分往来写，一户一行"), where, row, "party"))
        key = (one.account, one.party, one.project, one.contract, one.bank, one.kind)
        if key in seen:
            problems.append(Problem(_("这一明细已有一行，请合成一行"), where, row, "party"))
        seen.add(key)
        if max(abs(one.opening_fen), abs(one.debit_fen), abs(one.credit_fen)) > LARGEST_FEN:
            problems.append(Problem(_("金额太大"), where, row, "opening"))
    return problems


def _place(one: OpeningRow, accounts: Mapping[str, Account]) -> str:
    name = accounts[one.account].name if one.account in accounts else ""
    return " ".join(filter(None, (one.account, name, one.party)))


def preview_details(take: TakeOver) -> Iterator[Detail]:
    """The balances that result by lowest detail, for the trial balance of the months taken over."""
    sums: dict[tuple[str, str], list[int]] = {}

    def add(account: str, party: str, *figures: int) -> None:
        total = sums.setdefault((account, party), [0, 0, 0])
        for place, fen in enumerate(figures):
            total[place] += fen

    for one in take.rows:
        add(one.account, one.party, one.opening_fen, one.debit_fen, one.credit_fen)
    for line in (line for one in take.shortages for line in one.lines()):
        moved = (line.net_fen, 0, 0) if take.is_plain else (0, line.debit_fen, line.credit_fen)
        add(line.account, line.party, *moved)
    for (account, party), (opening, debit, credit) in sums.items():
        yield Detail(account, party, opening, debit, credit)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
