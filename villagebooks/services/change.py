"""A draft voucher or a paper as it stands, and who changed it last: nobody writes over what he has not seen."""

from __future__ import annotations

from sqlalchemy import Connection

from villagebooks.core.change import Change
from villagebooks.core.change import check_seen as core_check_seen
from villagebooks.core.paper import Paper
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _
from villagebooks.db import book as book_rows
from villagebooks.db import journal
from villagebooks.db import paper as paper_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.desk import Act, Desk

_KINDS = {"voucher": ("save", "change", "send_back", "void"), "paper": ("write", "change", "send_back")}


def last_change(connection: Connection, uid: str, kind: str = "voucher") -> Change | None:
    """Who saved, changed, sent back or voided a voucher last; or wrote, changed or sent back a paper."""
    found = journal.last_entry(connection, f"{kind}:{uid}", _KINDS[kind])
    return Change(*found) if found else None


def check_seen(act: Act, old: Voucher | None, seen: int) -> list[Problem]:
    """That the draft is still of the revision that was opened (0: whatever it is)."""
    if old is None or not seen or seen == old.rev:
        return []
    return list(core_check_seen(old.title, old.rev, seen, last_change(act.connection, old.uid)))


def check_seen_paper(act: Act, old: Paper | None, seen: int) -> list[Problem]:
    """The same of a paper."""
    if old is None or seen == old.rev:
        return []
    change = last_change(act.connection, old.uid, "paper")
    return list(core_check_seen(_("报账单 {n}").format(n=old.number), old.rev, seen, change))


def read_changed_paper(desk: Desk, uid: str) -> tuple[Paper, Change | None]:
    """The paper and who changed it last; Refused when this book has none of this uid."""
    with desk.books.read() as connection:
        paper = paper_rows.find_paper(connection, book_rows.book_id(connection, desk.book.code), uid)
        if paper is None:
            raise Refused([Problem(_("这个账套里没有这张报账单"))])
        return paper, last_change(connection, uid, "paper")


def read_changed(desk: Desk, uid: str) -> tuple[Voucher, Change | None]:
    """The voucher and who changed it last; Refused when this book has none of this uid."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        voucher = voucher_rows.need_voucher(connection, row_id, uid)
        return voucher, last_change(connection, uid)
