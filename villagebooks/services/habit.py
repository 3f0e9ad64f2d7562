"""Suggestions from a village's own past vouchers while the summary is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from villagebooks.core.account import Account
from villagebooks.core.paper import Paper
from villagebooks.core.period import month_of
from villagebooks.core.proposal import Proposal, propose_from_past, propose_from_templates
from villagebooks.core.template import find_account
from villagebooks.core.voucher import Voucher
from villagebooks.db import account as account_rows
from villagebooks.db import book as book_rows
from villagebooks.db import habit
from villagebooks.db import template as template_rows
from villagebooks.services.desk import Desk
from villagebooks.services.template import supplied_templates

SHORTEST, MOST, YEARS = 2, 6, 2


def alike_vouchers(desk: Desk, words: str) -> list[Voucher]:
    """Vouchers of the last two years with these words (two signs at least), one for each set of accounts and sides."""
    text = words.strip()
    if len(text) < SHORTEST:
        return []
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        found = habit.vouchers_like(connection, row_id, text, desk.period.plus(-12 * YEARS).first_day.isoformat())
        accounts, day = book_rows.accounts(connection, row_id), desk.period.last_day.isoformat()
        found = [
            replace(one, lines=account_rows.usable_home(connection, row_id, accounts, one.lines, day)) for one in found
        ]
    kinds: dict[tuple[tuple[str, bool], ...], Voucher] = {}
    for voucher in found:
        kinds.setdefault(tuple((line.account, bool(line.debit_fen)) for line in voucher.lines), voucher)
    return list(kinds.values())[:MOST]


def propose_account(
    connection: Connection, book: int, standard: str, accounts: Mapping[str, Account], paper: Paper
) -> Proposal:
    """What a paper's spending or income is booked on: as the village booked such papers and words in the last two
    years, else as a template of the township or a supplied one says; empty when nothing is alike."""
    since = month_of(paper.day).plus(-12 * YEARS).first_day.isoformat()
    past = habit.past_entries(
        connection, book, since, credit=paper.direction == "收入", paper_class=paper.spending_class
    )
    found = propose_from_past(paper, past)
    if found.account:
        return found
    own = template_rows.templates(connection, standard)
    given = propose_from_templates(paper, [*own, *(one for one in supplied_templates() if one.standard == standard)])
    if given is None:
        return Proposal()
    template, side = given
    line = next((one for one in template.lines if one.side == side), None)
    code = find_account(accounts, line.account, line.name) if line else ""
    return Proposal(code, source=template.name, from_template=True) if code else Proposal()
