"""Bank statements: looked at, imported once, taken back as a whole; items that were open when it all began."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.bank import (
    BANK,
    BOOK,
    FROM_BANK,
    KEPT,
    OPEN_ITEMS,
    BankLine,
    BankStatement,
    Columns,
    StatementRead,
    begins_on,
    check_balances,
    check_follows,
    clean_line,
    guess_columns,
    read_lines,
    running,
    titles,
)
from villagebooks.core.money import said_yuan
from villagebooks.core.period import month_of
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.words import _
from villagebooks.db import bank as bank_rows
from villagebooks.db import book as book_rows
from villagebooks.formats.bank import read_grid, read_words
from villagebooks.paths import resource
from villagebooks.services.bank.state import BankState, read_state
from villagebooks.services.desk import Act, Desk, acting


@dataclass(frozen=True, slots=True)
class StatementPreview:
    """What a file says before it is imported: the titles of its columns, which of them are used, its lines."""

    name: str
    sha256: str
    titles: tuple[str, ...]
    columns: Columns
    read: StatementRead
    problems: tuple[Problem, ...]


def preview_statement(
    desk: Desk, account: str, path: Path, columns: Columns | None = None, opening_fen: int | None = None
) -> StatementPreview:
    """Read a bank's file as it would be imported into this account, with everything that would refuse it.

    Without `columns` those chosen for this account before are used, else what banks usually call them. `opening_fen`
    is for files that tell no balance.
    """
    with desk.books.read() as connection:
        state = read_state(connection, desk.book, account)
        kept = _kept_columns(connection, desk, account)
        words, (grid, sha256) = read_words(resource("bank", "columns.csv")), read_grid(path)
        chosen = columns or guess_columns(grid, words, kept)
        if opening_fen is None and state.statements:
            opening_fen = state.statements[-1].closing_fen
        read = read_lines(grid, chosen, words, opening_fen)
        problems = _check(connection, state, read, sha256)
    return StatementPreview(path.name, sha256, titles(grid, words, chosen)[1], chosen, read, tuple(problems))


def import_statement(
    desk: Desk, account: str, path: Path, columns: Columns | None = None, opening_fen: int | None = None
) -> BankStatement:
    """Keep a bank's statement with all its lines and remember how its columns were read.

    Refused with every problem: the same file again, balances that do not follow, a gap or an overlap with the
    statement before. The statement speaks until the end of the month of its last line, of the desk's month at least.
    """
    seen = preview_statement(desk, account, path, columns, opening_fen)
    with acting(desk) as act:
        state = read_state(act.connection, desk.book, account)
        refuse_if(_check(act.connection, state, seen.read, seen.sha256))
        one = _statement(act, desk, account, seen)
        bank_rows.add_statement(act.connection, act.row, one)
        act.record("bank_statement", f"bank_statement:{one.uid}")
        key = _setting(desk, account)
        if _kept_columns(act.connection, desk, account) != seen.columns:
            book_rows.put_setting(act.connection, key, seen.columns.plain)
            act.record("setting", f"setting:{key}")
    return one


def type_statement(
    desk: Desk, account: str, lines: Sequence[BankLine], opening_fen: int, closing_fen: int
) -> BankStatement:
    """Keep a statement that the bank gave on paper, with its lines as they were typed and both balances of the paper.

    Refused like an imported one: when both balances and the lines do not tie, a gap to the statement before, the same
    once more.
    """
    counted = tuple(
        replace(line, position=place) for place, line in enumerate(running(opening_fen, lines), 1)
    )  # fmt: skip
    told = "\n".join(f"{one.day} {one.amount_fen} {one.summary}" for one in counted)
    whole = f"{desk.book.code} {account} {desk.period} {opening_fen}\n{told}"
    read = StatementRead(counted, opening_fen, closing_fen, None, ())
    name, sha256 = _("照纸录入 {month}").format(month=desk.period), hashlib.sha256(whole.encode()).hexdigest()
    with acting(desk) as act:
        refuse_if(_check(act.connection, read_state(act.connection, desk.book, account), read, sha256))
        one = _statement(act, desk, account, StatementPreview(name, sha256, (), Columns(), read, ()))
        bank_rows.add_statement(act.connection, act.row, one)
        act.record("bank_statement", f"bank_statement:{one.uid}")
    return one


def void_statement(desk: Desk, uid: str, reason: str) -> None:
    """Take back a statement that was imported by mistake: its rows stay, its matches are undone, nothing counts it.

    Refused without a reason, when a later statement follows it, or when one of its months is confirmed.
    """
    with acting(desk) as act:
        one = bank_rows.find_statement(act.connection, act.row, uid)
        if one is None or one.state != KEPT:
            raise Refused([Problem(_("没有这份对账单，或它已经作废"))])
        state = read_state(act.connection, desk.book, one.account)
        refuse_if(_void_problems(state, one, reason))
        for match in state.matches:
            keys = [item.key for item in match.items]
            if any(key[1] == uid for key in keys):
                bank_rows.drop_match_items(act.connection, match.uid, keys)
                act.record("unmatch", f"bank_match:{match.uid}")
        bank_rows.void_statement(act.connection, uid)
        act.record("void", f"bank_statement:{uid}")


def _void_problems(state: BankState, one: BankStatement, reason: str) -> list[Problem]:
    problems = []
    if not reason.strip():
        problems.append(Problem(_("请写明作废的原因"), field="reason"))
    if one.kind == FROM_BANK and state.statements[-1].uid != one.uid:
        problems.append(Problem(_("后面还有对账单接着它：请先作废后面的")))
    if state.confirmed_until and state.confirmed_until >= one.first_day:
        text = _("到 {day} 的账已对账确认，请先撤销确认")
        problems.append(Problem(text.format(day=state.confirmed_until)))
    return problems


def enter_open_items(desk: Desk, account: str, lines: Sequence[BankLine]) -> BankStatement | None:
    """期初未达账项: what one side had and the other had not when the first statement began; it replaces the list.

    Each line says by `side` where it stands. None when the list is empty. Refused after a month is confirmed.
    """
    with acting(desk) as act:
        state = read_state(act.connection, desk.book, account)
        refuse_if(_check_open_items(state, lines))
        if state.opening:
            _drop_opening(act, state)
        if not lines or state.begun is None:
            return None
        before = state.begun - timedelta(days=1)
        clean = tuple(
            replace(clean_line(line), position=place, balance_fen=0)
            for place, line in enumerate(sorted(lines, key=lambda one: one.day), 1)
        )
        one = BankStatement(
            str(uuid.uuid4()), account, OPEN_ITEMS, _("期初未达账项"), "", clean[0].day, before, 0, 0, KEPT,
            desk.person, act.at, clean,
        )  # fmt: skip
        bank_rows.add_statement(act.connection, act.row, one)
        act.record("bank_statement", f"bank_statement:{one.uid}")
    return one


def _drop_opening(act: Act, state: BankState) -> None:
    if state.opening is None:
        return
    for match in state.matches:
        keys = [item.key for item in match.items]
        if any(key[1] == state.opening.uid for key in keys):
            bank_rows.drop_match_items(act.connection, match.uid, keys)
            act.record("unmatch", f"bank_match:{match.uid}")
    bank_rows.void_statement(act.connection, state.opening.uid)
    act.record("void", f"bank_statement:{state.opening.uid}")


def _check_open_items(state: BankState, lines: Sequence[BankLine]) -> list[Problem]:
    if state.begun is None:
        return [Problem(_("请先导入第一份对账单，再登记它以前的未达账项"))]
    problems = []
    if state.confirmed_until:
        text = _("到 {day} 的账已对账确认，期初未达账项不能再改")
        problems.append(Problem(text.format(day=state.confirmed_until)))
    for row, line in enumerate(lines):
        where = _("第 {n} 行").format(n=row + 1)
        if line.side not in (BOOK, BANK):
            problems.append(Problem(_("请选是账上已记还是银行已办"), where, row, "side"))
        if not line.amount_fen:
            problems.append(Problem(_("没有金额"), where, row, "amount"))
        if line.day >= state.begun:
            text = _("日期应在第一份对账单（{day} 起）以前")
            problems.append(Problem(text.format(day=state.begun), where, row, "day"))
        if not line.summary.strip():
            problems.append(Problem(_("没有摘要"), where, row, "summary"))
    return problems


def _check(connection: Connection, state: BankState, read: StatementRead, sha256: str) -> list[Problem]:
    kept = bank_rows.same_file(connection, sha256)
    if kept:
        text = _("同一个文件已在 {at} 导入过（账套 {book} 科目 {account}），不能导入两次")
        at = kept[2][:16].replace("T", " ")
        return [Problem(text.format(at=at, book=kept[0], account=kept[1]), field="file")]
    problems = list(read.problems)
    if not problems and read.opening_fen is None:
        problems.append(Problem(_("文件里没有余额，请写明期初余额"), field="opening"))
    if problems or read.opening_fen is None:
        return problems
    closing = read.closing_fen
    if closing is None:
        closing = read.opening_fen + sum(line.amount_fen for line in read.lines)
    problems = check_balances(read.opening_fen, closing, read.lines)
    if state.statements:
        first = read.lines[0].day if read.lines else None
        problems += check_follows(state.statements[-1], read.opening_fen, first)
    if state.confirmed_until and read.lines and read.lines[0].day <= state.confirmed_until:
        text = _("到 {day} 的账已对账确认，不能再导入那以前的对账单")
        problems.append(Problem(text.format(day=state.confirmed_until)))
    return problems


def _statement(act: Act, desk: Desk, account: str, seen: StatementPreview) -> BankStatement:
    read = seen.read
    opening = read.opening_fen or 0
    closing = opening + sum(line.amount_fen for line in read.lines)
    month = max(desk.period, month_of(read.lines[-1].day)) if read.lines else desk.period
    first_month = month_of(read.lines[0].day) if read.lines else desk.period
    first: date = begins_on(read.lines, read.opening_day, first_month)
    return BankStatement(
        str(uuid.uuid4()), account, FROM_BANK, seen.name, seen.sha256, first, month.last_day, opening, closing, KEPT,
        desk.person, act.at, read.lines,
    )  # fmt: skip


def statement_words(one: BankStatement) -> str:
    """A statement in one sentence: file, days, lines, both balances."""
    text = _("{name}：{first} 至 {until}，{n} 笔，期初 {opening}，期末 {closing}")
    return text.format(
        name=one.name, first=one.first_day, until=one.until, n=len(one.lines), opening=said_yuan(one.opening_fen),
        closing=said_yuan(one.closing_fen),
    )  # fmt: skip


def _setting(desk: Desk, account: str) -> str:
    return f"bank_columns/{desk.book.code}/{account}"


def _kept_columns(connection: Connection, desk: Desk, account: str) -> Columns | None:
    key = _setting(desk, account)
    kept = book_rows.settings(connection, [key]).get(key)
    return _to_columns(kept) if isinstance(kept, dict) else None


def _to_columns(kept: Mapping[str, object]) -> Columns:
    known = Columns().plain
    return Columns(**{field: str(name) for field, name in kept.items() if field in known})
