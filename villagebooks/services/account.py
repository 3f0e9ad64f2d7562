"""What an entry form needs of a book: accounts and parties that can be found by code, part of the name or initials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from villagebooks.core.account import (
    QUANTITY,
    Account,
    ChartAccount,
    check_account_name,
    check_accounts,
    path_name,
)
from villagebooks.core.party import Party
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.word import WordRule, words_of
from villagebooks.core.words import _, plain_text
from villagebooks.db import board as board_rows
from villagebooks.db import book as book_rows
from villagebooks.db import ledger as ledger_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.formats.account import read_chart
from villagebooks.paths import resource
from villagebooks.services.desk import Act, Desk, Office, acting
from villagebooks.services.word import rules_of


@dataclass(frozen=True, slots=True)
class EntryBook:
    """Accounts and parties by code, months that are closed or locked, and the pinyin initials of every name.

    Reports may begin with `reports_from`: the book's first month, or January when it took over that year's turnovers.
    `word_rules` say by which words its vouchers are numbered.
    """

    accounts: Mapping[str, Account]
    paths: Mapping[str, str]
    parties: Mapping[str, Party]
    states: Mapping[Month, str]
    initials: Mapping[str, str]
    reports_from: Month | None = None
    word_rules: tuple[WordRule, ...] = ()
    book: str = ""

    def words_in(self, year: int) -> tuple[str, ...]:
        """The words that vouchers of the year may carry."""
        return words_of(self.word_rules, self.book, year)


NO_ENTRIES = EntryBook({}, {}, {}, {}, {})


def read_entry_book(desk: Desk) -> EntryBook:
    """All of it in one read; `paths` are names from level 1 down, as a voucher shows them."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        accounts = book_rows.accounts(connection, row_id)
        parties = book_rows.parties(connection, row_id)
        states = book_rows.month_states(connection, row_id)
        reports_from = ledger_rows.first_month(connection, row_id, desk.book.start)
        rules = rules_of(connection)
    paths = {code: path_name(accounts.values(), code) for code in accounts}
    names = {account.name for account in accounts.values()} | {party.name for party in parties.values()}
    letters = {name: initials(name) for name in names}
    return EntryBook(accounts, paths, parties, states, letters, reports_from, rules, desk.book.code)


def chart_accounts(standard: str) -> list[Account]:
    """The statutory level-1 accounts of a standard, each a leaf until it gets accounts below it."""
    return [Account(one.code, one.name, 1, "", one.side, leaf=True) for one in _chart(standard)]


def template_accounts(office: Office, like: str, standard: str) -> list[Account]:
    """科目统一: the accounts of the book `like`, and those level-1 accounts of the standard that it left out.

    Refused when that book keeps another standard.
    """
    with office.books.read() as connection:
        book = book_rows.find_book(connection, like)
        accounts = book_rows.accounts(connection, book_rows.book_id(connection, like))
    if book.standard != standard:
        text = _("账套 {code} 用的是 {theirs} 年的会计制度，不能照它的科目建 {ours} 年制度的账套")
        text = text.format(code=like, theirs=book.standard, ours=standard)
        raise Refused([Problem(text, field="template")])
    return [*accounts.values(), *(one for one in chart_accounts(standard) if one.code not in accounts)]


def add_account(desk: Desk, new: Account) -> Account:
    """增设科目 below an account of the book, or a level-1 account of the standard that the book left out.

    An empty side and empty needs are those of the account above. Refused when the account above is a leaf that has
    lines: they would then stand on no leaf (财会〔2024〕12号 art. 20).
    """
    with acting(desk) as act:
        row_id = _book(act)
        accounts = book_rows.accounts(act.connection, row_id)
        added = _complete(desk.book.standard, accounts, new)
        above = accounts.get(added.parent)
        if new.code in accounts:
            text = _("已有科目 {code} {name}").format(code=new.code, name=accounts[new.code].name)
            raise Refused([Problem(text, field="code")])
        refuse_if(check_account_name(accounts.values(), added))
        if above and above.leaf and voucher_rows.has_lines(act.connection, row_id, above.code):
            text = _("科目 {code} {name} 已有分录，不能再往下分：分了，原来的分录就不在末级科目上了。")
            text += _("请在它的上级下另设科目") if above.parent else _("一级科目要分明细，得在建账时、还没有分录时分")
            raise Refused([Problem(text.format(code=above.code, name=above.name), field="code")])
        opened = replace(above, leaf=False) if above else None
        after = {**accounts, added.code: added} | ({opened.code: opened} if opened else {})
        refuse_if(
            [replace(one, field="code") for one in check_accounts(list(after.values()), _chart(desk.book.standard))]
        )
        if opened and opened != above:
            book_rows.set_account(act.connection, row_id, opened)
        book_rows.add_accounts(act.connection, row_id, [added])
        act.record("accounts", f"accounts:{row_id}")
    return added


def rename_account(desk: Desk, code: str, name: str) -> Account:
    """Give one of the book's own accounts another name; the names of level 1 are the standard's."""
    with acting(desk) as act:
        row_id = _book(act)
        accounts = book_rows.accounts(act.connection, row_id)
        old = accounts.get(code)
        if old is None:
            raise Refused([Problem(_("没有科目 {code}").format(code=code), field="code")])
        if old.level == 1:
            raise Refused([Problem(_("一级科目的名称由会计制度定，不能改"), field="name")])
        named = replace(old, name=plain_text(name).strip())
        refuse_if(check_account_name(accounts.values(), named))
        if named != old:
            book_rows.set_account(act.connection, row_id, named)
            act.record("accounts", f"accounts:{row_id}")
    return named


def count_quantity(desk: Desk, code: str, unit: str) -> Account:
    """数量金额核算: lines on a leaf tell a quantity in `unit` from now on; an empty unit ends it.

    Lines that stand already keep what they tell: the ledger shows them without a quantity.
    """
    with acting(desk) as act:
        row_id = _book(act)
        old = book_rows.accounts(act.connection, row_id).get(code)
        if old is None or not old.leaf:
            raise Refused([Problem(_("只有末级科目才记数量"), field="unit")])
        counted = _counting(old, plain_text(unit).strip())
        if counted != old:
            book_rows.set_account(act.connection, row_id, counted)
            act.record("accounts", f"accounts:{row_id}")
    return counted


def _counting(account: Account, unit: str) -> Account:
    """The account with this unit; it asks for a quantity exactly when there is one."""
    needs = tuple(need for need in account.needs if need != QUANTITY)
    return replace(account, needs=(*needs, QUANTITY) if unit else needs, unit=unit)


def _complete(standard: str, accounts: Mapping[str, Account], new: Account) -> Account:
    """The account with what it takes from the account above, or at level 1 from the standard."""
    new = replace(new, name=plain_text(new.name).strip(), leaf=True)
    above = accounts.get(new.parent)
    if above:
        taken = replace(new, side=new.side or above.side, needs=new.needs or above.needs)
        return _counting(taken, plain_text(new.unit).strip() or above.unit)
    statutory = next((one for one in _chart(standard) if one.code == new.code), None)
    return replace(new, name=statutory.name, side=statutory.side) if statutory else new


def _chart(standard: str) -> tuple[ChartAccount, ...]:
    return read_chart(resource("charts", f"{standard}.csv"))


def _book(act: Act) -> int:
    if act.book is None:
        raise ValueError("an account belongs to a book")
    return act.book


def initials(text: str) -> str:
    """Pinyin initials by which people type a name: 老秤湾村 → lcwc; what is no Chinese stays."""
    letters = _letters()
    return "".join(letters.get(sign, sign) for sign in text).lower()


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    """The first letter of every character's usual reading."""
    rows = resource("pinyin", "initials.tsv").read_text(encoding="utf-8").splitlines()
    return {sign: row[0] for row in rows for sign in row[2:]}


def last_month(office: Office) -> Month:
    """The last month that has a voucher in any book, where people go on working; this month when there is none."""
    with office.books.read() as connection:
        ids = [book_rows.book_id(connection, one.code) for one in book_rows.books(connection)]
        found = board_rows.last_month(connection, ids)
    return found or month_of(today(office))


def today(office: Office) -> date:
    """The day by the books' clock."""
    return date.fromisoformat(office.books.now()[:10])
