"""Acts on the chart of a book: add, rename from a day, stop using and use again, what lines must carry, take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from villagebooks.core.account import (
    QUANTITY,
    Account,
    NeedsChange,
    Standing,
    check_account_name,
    check_accounts,
    check_open_day,
    check_stop,
)
from villagebooks.core.book import Book
from villagebooks.core.period import read_day
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.voucher import DIMENSIONS
from villagebooks.core.words import _, plain_text
from villagebooks.db import account as account_rows
from villagebooks.db import book as book_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.account.entry import standard_chart
from villagebooks.services.desk import Act, Desk, acting

OPEN = "open"


def add_account(desk: Desk, new: Account) -> Account:
    """增设科目 below an account of the book, or a level-1 account of the standard that the book left out.

    An empty side and empty needs are those of the account above. Refused when the account above is a leaf that has
    lines: such a one is divided (`split_account`), so that its lines stay on a lowest detail.
    Source: 财会〔2024〕12号 art. 20.
    """
    with acting(desk) as act:
        added = enter_account(act, desk.book, new)
        act.record("accounts", f"accounts:{act.row}")
    return added


def enter_account(act: Act, book: Book, new: Account) -> Account:
    """Add an account inside a larger act, which records the chart."""
    row_id = act.row
    accounts = book_rows.accounts(act.connection, row_id)
    added = _complete(book.standard, accounts, new)
    above = accounts.get(added.parent)
    if new.code in accounts:
        text = _("已有科目 {code} {name}").format(code=new.code, name=accounts[new.code].name)
        raise Refused([Problem(text, field="code")])
    refuse_if(check_account_name(accounts.values(), added))
    if above and above.stopped_on:
        text = _("科目 {code} {name} 已停用，先恢复使用再增设下级")
        raise Refused([Problem(text.format(code=above.code, name=above.name), field="code")])
    if above and above.leaf and voucher_rows.has_lines(act.connection, row_id, above.code):
        text = _("科目 {code} {name} 已有分录，不能再往下分：分了，原来的分录就不在末级科目上了。")
        text += _("请用“拆分”，把余额转到新的下级")
        raise Refused([Problem(text.format(code=above.code, name=above.name), field="code")])
    opened = replace(above, leaf=False) if above else None
    after = {**accounts, added.code: added} | ({opened.code: opened} if opened else {})
    faults = check_accounts(list(after.values()), standard_chart(book.standard))
    refuse_if([replace(one, field="code") for one in faults])
    if opened and opened != above:
        book_rows.set_account(act.connection, row_id, opened)
    book_rows.add_accounts(act.connection, row_id, [added])
    return added


def rename_account(desk: Desk, code: str, name: str, since: date | None = None) -> Account:
    """Give one of the book's own accounts another name from a day on; the names of level 1 are the standard's.

    Without a day from the first month that is not closed. Reports of earlier months go on to show the former name, so
    that what was printed and locked is printed the same again.
    """
    with acting(desk) as act:
        row_id = act.row
        old = need_account(act, code)
        named = enter_name(act, desk.book, old, name, since)
        if named != old:
            act.record("accounts", f"accounts:{row_id}")
    return named


def enter_name(act: Act, book: Book, old: Account, name: str, since: date | None = None) -> Account:
    """Rename inside a larger act, which records the chart."""
    row_id = act.row
    if old.level == 1:
        raise Refused([Problem(_("一级科目的名称由会计制度定，不能改"), field="name")])
    named = replace(old, name=plain_text(name).strip())
    refuse_if(check_account_name(book_rows.accounts(act.connection, row_id).values(), named))
    if named == old:
        return old
    first = first_open_day(act.connection, book)
    since = since or first
    problems = check_open_day(since, first)
    if since.isoformat() > max(act.at[:10], first.isoformat()):
        problems.append(Problem(_("{day} 还没有到，到那天再改").format(day=since), field="since"))
    former = account_rows.former_names(act.connection, row_id).get(old.code, [])
    if former and former[-1][0] > since.isoformat():
        text = _("{day} 刚改过名，这次的日期不能更早")
        problems.append(Problem(text.format(day=former[-1][0]), field="since"))
    refuse_if(problems)
    if since > book.start.first_day:
        account_rows.keep_name(act.connection, row_id, old.code, since, old.name)
    book_rows.set_account(act.connection, row_id, named)
    return named


def stop_account(desk: Desk, code: str, day: date) -> list[Account]:
    """停用 from a day: an own account and all below it take no line from then on, and stay in every report.

    Refused while something is left on any of them, naming what; while a voucher under way uses one; or with a day that
    is not after its last line. The accounts that were stopped.
    """
    with acting(desk) as act:
        row_id = act.row
        top = need_account(act, code)
        below = [one for one in book_rows.accounts(act.connection, row_id).values() if one.code.startswith(code)]
        chosen = [one for one in below if not one.stopped_on]
        if not chosen:
            text = _("{code} {name} 已从 {day} 起停用")
            raise Refused([Problem(text.format(code=code, name=top.name, day=top.stopped_on), field="code")])
        problems = check_open_day(day, first_open_day(act.connection, desk.book))
        for one in chosen:
            problems += check_stop(one, day, standing_of(act.connection, row_id, one))
        refuse_if(problems)
        stopped = [replace(one, stopped_on=day.isoformat()) for one in chosen]
        for one in stopped:
            book_rows.set_account(act.connection, row_id, one)
        act.record("stop", f"accounts:{row_id}")
    return stopped


def resume_account(desk: Desk, code: str) -> list[Account]:
    """恢复使用 of an account with all below it; the accounts above are in use again too."""
    with acting(desk) as act:
        row_id = act.row
        need_account(act, code)
        accounts = book_rows.accounts(act.connection, row_id).values()
        family = [one for one in accounts if one.code.startswith(code) or code.startswith(one.code)]
        back = [replace(one, stopped_on="") for one in family if one.stopped_on]
        for one in back:
            book_rows.set_account(act.connection, row_id, one)
        if back:
            act.record("resume", f"accounts:{row_id}")
    return back


def set_needs(desk: Desk, code: str, needs: Sequence[str]) -> list[NeedsChange]:
    """What lines on an account and on all below it must carry, from now on; lines of the past that lack it are counted.

    Refused for a dimension that there is none of.
    """
    with acting(desk) as act:
        changes = enter_needs(act, code, needs)
        if changes:
            act.record("accounts", f"accounts:{act.row}")
    return changes


def enter_needs(act: Act, code: str, needs: Sequence[str]) -> list[NeedsChange]:
    """Set needs inside a larger act, which records the chart; what changed. Quantities go by their unit."""
    row_id = act.row
    need_account(act, code)
    strange = [one for one in needs if one not in DIMENSIONS]
    if strange:
        raise Refused([Problem(_("没有“{what}”这种辅助核算").format(what=_("、").join(strange)), field="needs")])
    wanted = tuple(one for one in DIMENSIONS if one in needs)
    changes = []
    for old in book_rows.accounts(act.connection, row_id).values():
        kept = tuple(one for one in old.needs if one not in DIMENSIONS)
        if old.code.startswith(code) and old.needs != (*wanted, *kept):
            changes.append(change_needs(act, old, replace(old, needs=(*wanted, *kept))))
    return changes


def change_needs(act: Act, old: Account, changed: Account) -> NeedsChange:
    """Write what an account asks for; where lines of the past lack what is new, it asks only from today on."""
    row_id = act.row
    book_rows.set_account(act.connection, row_id, changed)
    gone = [one for one in old.needs if one not in changed.needs]
    account_rows.drop_needs_since(act.connection, row_id, old.code, gone)
    fresh = [one for one in changed.needs if one not in old.needs]
    lacking = account_rows.lines_without(act.connection, row_id, old.code, fresh)
    late = [need for need, count in lacking.items() if count]
    account_rows.put_needs_since(act.connection, row_id, old.code, late, act.at[:10])
    return NeedsChange(changed, lacking)


def count_quantity(desk: Desk, code: str, unit: str) -> Account:
    """数量金额核算: lines on a leaf tell a quantity in `unit` from now on; an empty unit ends it.

    Lines that stand already keep what they tell: the ledger shows them without a quantity.
    """
    with acting(desk) as act:
        old = book_rows.accounts(act.connection, act.row).get(code)
        if old is None or not old.leaf:
            raise Refused([Problem(_("只有末级科目才记数量"), field="unit")])
        counted = _counting(old, plain_text(unit).strip())
        if counted != old:
            change_needs(act, old, counted)
            act.record("accounts", f"accounts:{act.row}")
    return counted


def _counting(account: Account, unit: str) -> Account:
    """The account with this unit; it asks for a quantity exactly when there is one."""
    needs = tuple(need for need in account.needs if need != QUANTITY)
    return replace(account, needs=(*needs, QUANTITY) if unit else needs, unit=unit)


def remove_account(desk: Desk, code: str) -> Account:
    """Take away an own account on which nobody ever wrote: one that was added by mistake.

    The account above becomes a leaf again when it was the last one below it.
    """
    with acting(desk) as act:
        row_id = act.row
        old = need_account(act, code)
        accounts = book_rows.accounts(act.connection, row_id)
        named = {"code": code, "name": old.name}
        if old.level == 1:
            raise Refused([Problem(_("{code} {name} 是制度规定的一级科目，不能删").format(**named), field="code")])
        if any(one.parent == code for one in accounts.values()):
            raise Refused([Problem(_("{code} {name} 有下级科目，先删下级").format(**named), field="code")])
        if voucher_rows.has_lines(act.connection, row_id, code):
            raise Refused([Problem(_("{code} {name} 有过分录，不能删，只能停用").format(**named), field="code")])
        account_rows.remove_account(act.connection, row_id, code)
        above = accounts.get(old.parent)
        if above and not any(one.parent == above.code and one.code != code for one in accounts.values()):
            book_rows.set_account(act.connection, row_id, replace(above, leaf=True, split_on="", split_by=""))
        act.record("accounts", f"accounts:{row_id}")
    return old


def account_standing(desk: Desk, code: str) -> Standing:
    """What an account holds, its last line and the vouchers under way on it."""
    with desk.books.read() as connection:
        row_id = book_rows.book_id(connection, desk.book.code)
        accounts = book_rows.accounts(connection, row_id)
        return standing_of(connection, row_id, accounts[code]) if code in accounts else Standing()


def standing_of(connection: Connection, row_id: int, account: Account) -> Standing:
    """The same inside a larger act."""
    return Standing(
        tuple(account_rows.holdings(connection, row_id, account.code)),
        account_rows.last_line(connection, row_id, account.code),
        tuple(account_rows.waiting_titles(connection, row_id, account.code)),
    )


def first_open_day(connection: Connection, book: Book) -> date:
    """The first day of the first month that is not closed: changes of the chart count from it at the earliest."""
    states = book_rows.month_states(connection, book_rows.book_id(connection, book.code))
    shut = [month for month, state in states.items() if state != OPEN]
    return max(book.start, max(shut).next()).first_day if shut else book.start.first_day


def change_from(desk: Desk) -> date:
    """The day a form offers for a change: today, or the first day of the first open month when that is later."""
    today = read_day(desk.books.now()[:10])
    with desk.books.read() as connection:
        first = first_open_day(connection, desk.book)
    return max(first, today or first)


def need_account(act: Act, code: str) -> Account:
    """The account of this code; Refused when the book has none."""
    found = book_rows.accounts(act.connection, act.row).get(code)
    if found is None:
        raise Refused([Problem(_("没有科目 {code}").format(code=code), field="code")])
    return found


def _complete(standard: str, accounts: Mapping[str, Account], new: Account) -> Account:
    """The account with what it takes from the account above, or at level 1 from the standard."""
    new = replace(new, name=plain_text(new.name).strip(), leaf=True)
    above = accounts.get(new.parent)
    if above:
        taken = replace(new, side=new.side or above.side, needs=new.needs or above.needs)
        return _counting(taken, plain_text(new.unit).strip() or above.unit)
    statutory = next((one for one in standard_chart(standard) if one.code == new.code), None)
    return replace(new, name=statutory.name, side=statutory.side) if statutory else new
