"""What people do to the working paper: begin, decide, open accounts, finish with two signatures; each is journalled."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from villagebooks.core.account import (
    Account,
    ChartAccount,
    check_account_name,
    check_accounts,
    level_of,
    parent_code,
)
from villagebooks.core.approval import AGENT, DIRECTOR, ON_MIGRATION
from villagebooks.core.book import Book
from villagebooks.core.migration import (
    DRAFT,
    FINISHED,
    GIVEN_UP,
    NEW,
    Decision,
    MigrationPaper,
    OldDetail,
    PaperHead,
    Part,
    check_decision,
    opening_lines,
)
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.village import Village
from villagebooks.core.voucher import APPROVED, OPENING, POSTED, Voucher
from villagebooks.core.words import _, plain_text
from villagebooks.db import balance, journal
from villagebooks.db import book as book_rows
from villagebooks.db import migration as migration_rows
from villagebooks.db import person as person_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.db.history import IMPORT
from villagebooks.formats.account import read_chart
from villagebooks.paths import resource
from villagebooks.services.approval import seal_voucher, sign_body
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.key import Unlocked
from villagebooks.services.migration.body import paper_body
from villagebooks.services.migration.paper import (
    PaperState,
    new_accounts_of,
    start_of,
    start_problems,
    state_in,
    template_chart,
)
from villagebooks.services.office import add_book, check_new_book, new_book

PREPARE, REVIEW = "prepare", "review"
"""The two steps of finishing: whoever made the paper, and the director."""


def begin_migration(desk: Desk, code: str, name: str, like: str = "") -> PaperState:
    """Begin the paper of the desk's book at the end of the desk's month (a December that is closed or locked).

    `code` and `name` are those of the new book, `like` the 2023 book whose accounts it gets, or `UNIFIED` (empty: level
    1 and the own accounts that follow). Refused while another paper of the book is worked on.
    """
    with acting(desk) as act:
        row_id = act.row
        head = PaperHead(
            str(uuid.uuid4()), desk.book.code, desk.book.name, desk.period, code.strip(), name.strip(), like, DRAFT,
            desk.person, act.at,
        )  # fmt: skip
        problems = start_problems(act.connection, desk)
        if migration_rows.find_head(act.connection, row_id):
            problems.append(Problem(_("这个账套的转换底稿已经有了，接着做就是")))
        refuse_if(problems + _target_problems(act, desk, head))
        migration_rows.add_head(act.connection, row_id, head)
        migration_rows.put_accounts(act.connection, head.uid, new_accounts_of(act.connection, desk.book, like))
        numbered = list(enumerate(migration_rows.balances_at(act.connection, row_id, desk.period), 1))
        migration_rows.put_lines(act.connection, head.uid, numbered)
        act.record("begin_migration", f"migration:{head.uid}")
        return state_in(act.connection, desk, head)


def change_target(desk: Desk, code: str, name: str, like: str = "") -> PaperState:
    """Another code, name or chart of the new book; decisions that no longer fit are told by the check."""
    with acting(desk) as act:
        old = _draft(act)
        head = replace(old, code=code.strip(), name=name.strip(), template=like)
        refuse_if(_target_problems(act, desk, head))
        migration_rows.set_head(act.connection, head)
        if like != old.template:
            accounts = new_accounts_of(act.connection, desk.book, like)
            migration_rows.put_accounts(act.connection, head.uid, accounts)
        act.record("change_migration", f"migration:{head.uid}")
        return state_in(act.connection, desk, head)


def decide_row(desk: Desk, line: int, parts: Sequence[Part], reason: str) -> PaperState:
    """Decide where the balance of a row goes and on what basis; an earlier decision stays on the paper below it."""
    with acting(desk) as act:
        head = _draft(act)
        paper = state_in(act.connection, desk, head).paper
        row = next((one for one in paper.rows if one.line == line), None)
        if row is None:
            raise Refused([Problem(_("底稿上没有第 {n} 行").format(n=line))])
        reason = plain_text(reason).strip()
        refuse_if(check_decision(row, parts, reason, paper.chart))
        one = Decision(len(row.decisions) + 1, act.at, desk.person, reason, tuple(parts))
        key = migration_rows.add_decision(act.connection, head.uid, line, one)
        act.record("decide", f"migration_decision:{key}")
        return state_in(act.connection, desk, head)


def open_new_account(desk: Desk, code: str, name: str) -> PaperState:
    """增设 an account of the new book below one of its chart, while the paper is worked on."""
    with acting(desk) as act:
        head = _draft(act)
        chart = state_in(act.connection, desk, head).paper.chart
        name = plain_text(name).strip()
        above = chart.get(parent_code(code))
        if code in chart:
            raise Refused([Problem(_("已有科目 {code} {name}").format(code=code, name=chart[code].name), field="code")])
        if above is None:
            raise Refused([Problem(_("没有上级科目 {code}").format(code=parent_code(code)), field="code")])
        new = Account(code, name, level_of(code), above.code, above.side, True, above.needs, above.unit)
        refuse_if(check_account_name(chart.values(), new))
        grown = {**chart, above.code: replace(above, leaf=False), code: new}
        refuse_if([replace(one, field="code") for one in check_accounts(list(grown.values()), _statutory())])
        added = [*migration_rows.new_accounts(act.connection, head.uid), new]
        return _put_accounts(act, desk, head, added)


def drop_account(desk: Desk, code: str) -> PaperState:
    """Take back an account that the paper would open; a decision that uses it is told by the check."""
    with acting(desk) as act:
        head = _draft(act)
        added = migration_rows.new_accounts(act.connection, head.uid)
        kept = [one for one in added if not one.code.startswith(code)]
        if len(kept) == len(added):
            raise Refused([Problem(_("科目 {code} 不是这张底稿增设的").format(code=code), field="code")])
        return _put_accounts(act, desk, head, kept)


def _put_accounts(act: Act, desk: Desk, head: PaperHead, accounts: Sequence[Account]) -> PaperState:
    migration_rows.put_accounts(act.connection, head.uid, accounts)
    act.record("change_migration", f"migration:{head.uid}")
    return state_in(act.connection, desk, head)


def refresh_paper(desk: Desk) -> PaperState:
    """Take the balances again, after the old book was reopened and closed; rows keep their numbers and decisions."""
    with acting(desk) as act:
        head = _draft(act)
        kept = dict(migration_rows.lines(act.connection, head.uid))
        now = {one.key: one for one in migration_rows.balances_at(act.connection, act.row, head.month)}
        rows: list[tuple[int, OldDetail]] = []
        for number, one in kept.items():
            gone = replace(one, balance_fen=0, quantity_milli=0)
            rows.append((number, now.pop(one.key, gone)))
        rows += list(enumerate(now.values(), max(kept, default=0) + 1))
        migration_rows.put_lines(act.connection, head.uid, rows)
        act.record("refresh_migration", f"migration:{head.uid}")
        return state_in(act.connection, desk, head)


def give_up_paper(desk: Desk) -> None:
    """Put the paper away unfinished; it stays in the books, and another may be begun."""
    with acting(desk) as act:
        head = replace(_draft(act), state=GIVEN_UP)
        migration_rows.set_head(act.connection, head)
        act.record("give_up_migration", f"migration:{head.uid}")


def finish_migration(desk: Desk, first: Unlocked, second: Unlocked) -> Book:
    """签字完成: open the new book with the paper's result as its opening voucher, and stop the old book.

    Signed by an agent accountant and the director, two people. Refused with every row that is undecided and every sum
    that differs. The paper is the opening voucher's document; it is journalled in both books.
    """
    with acting(desk, alone=True) as act:
        head = _draft(act)
        state = state_in(act.connection, desk, head)
        refuse_if(_signer_problems(act, first, second))
        refuse_if([*start_problems(act.connection, desk.at(head.month)), *_target_problems(act, desk, head)])
        refuse_if(state.problems)
        book = _new_book(desk, state.paper)
        # a book's own row is journalled on the office's chain, where it was when it was made
        office = replace(act, book=None)
        row_id = add_book(office, book, list(state.paper.chart.values()))
        _take_parties(act, row_id, state.paper)
        opening = _open(act, book, row_id, state.paper, first.person)
        book_rows.stop_book(act.connection, act.row, head.month)
        office.record("stop", f"book:{desk.book.uid}")
        done = replace(head, state=FINISHED, finished_at=act.at, new_book=book.uid, opening=opening.uid)
        migration_rows.set_head(act.connection, done)
        act.record("migrate", f"migration:{head.uid}")
        journal.record(act.connection, row_id, act.at, act.person, "migrate", f"migration:{head.uid}")
        body = paper_body(state.paper, state.sheets, desk.book.uid, book.uid, opening.uid)
        for step, one in ((PREPARE, first), (REVIEW, second)):
            sign_body(act, desk, ON_MIGRATION, head.uid, body, step, one)
        return book_rows.find_book(act.connection, book.code)


def _new_book(desk: Desk, paper: MigrationPaper) -> Book:
    head = paper.head
    book = new_book(head.code, desk.book.village, head.name, desk.book.kind, NEW, start_of(paper))
    return replace(book, predecessor=desk.book.uid)


def _take_parties(act: Act, row_id: int, paper: MigrationPaper) -> None:
    used = {row.detail.party for row in paper.rows if row.detail.party and row.parts}
    known = book_rows.parties(act.connection, act.row)
    parties = [known[code] for code in sorted(used) if code in known]
    if parties:
        book_rows.add_parties(act.connection, row_id, parties)
        journal.record(act.connection, row_id, act.at, act.person, "party", f"parties:{row_id}")


def _open(act: Act, book: Book, row_id: int, paper: MigrationPaper, prepared_by: str) -> Voucher:
    """The opening voucher: it enters finished, as history does; what it stands on is the signed paper."""
    voucher = Voucher(
        uid=str(uuid.uuid4()), book=book.code, word="记", month=book.start, number=0, day=paper.head.month.last_day,
        kind=OPENING, state=APPROVED, rev=1, attachment_count=1, lines=opening_lines(paper), prepared_by=prepared_by,
    )  # fmt: skip
    voucher, _body = seal_voucher(act.connection, book.uid, voucher)
    voucher_rows.insert_voucher(act.connection, row_id, voucher)
    voucher_rows.set_state(act.connection, voucher.uid, POSTED, IMPORT, act.at)
    balance.add_lines(act.connection, row_id, book.start.year, 0, OPENING, voucher.lines)
    journal.record(act.connection, row_id, act.at, act.person, "open", f"voucher:{voucher.uid}")
    return voucher


def _signer_problems(act: Act, first: Unlocked, second: Unlocked) -> list[Problem]:
    problems = []
    if first.person == second.person:
        problems.append(Problem(_("完成底稿要两个人签字，不能都是{name}").format(name=first.person)))
    for one, duty, word in ((first, AGENT, _("代理会计")), (second, DIRECTOR, _("中心主任"))):
        if duty not in person_rows.duties(act.connection, one.person, act.at[:10]):
            text = _("{name}不是{duty}：底稿由代理会计签字编制、中心主任签字审核")
            problems.append(Problem(text.format(name=one.person, duty=word)))
    return problems


def _target_problems(act: Act, desk: Desk, head: PaperHead) -> list[Problem]:
    """Whether the new book may have this code, name and chart."""
    problems = [] if head.name else [Problem(_("请写新账套的名称"), field="name")]
    known = {one.code: one for one in book_rows.villages(act.connection)}
    village = known.get(desk.book.village, Village(desk.book.village, ""))
    book = new_book(head.code, village.code, head.name, desk.book.kind, NEW, head.month.next())
    template_chart(act.connection, head.template)
    return problems + check_new_book(act, village, book)


def _draft(act: Act) -> PaperHead:
    head = migration_rows.find_head(act.connection, act.row)
    if head is None or head.state != DRAFT:
        done = _("这个账套已经转换完成") if head else _("这个账套还没有开始转换")
        raise Refused([Problem(done)])
    return head


def _statutory() -> tuple[ChartAccount, ...]:
    return read_chart(resource("charts", f"{NEW}.csv"))
