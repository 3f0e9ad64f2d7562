"""Schedules: kept, stopped, and what is due made into drafts that people approve; nothing is posted here."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection

from villagebooks.core.book import Book
from villagebooks.core.correction import through_undistributed
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.schedule import (
    DueDraft,
    Schedule,
    ScheduleRow,
    build_due,
    check_schedule,
    check_stop,
    dues,
    times,
)
from villagebooks.core.voucher import Draft, Voucher, tidy_line
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import schedule as schedule_rows
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.voucher import keep_voucher


def save_schedule(desk: Desk, schedule: Schedule) -> Schedule:
    """Keep a new schedule (uid empty), or change one of which nothing was drafted yet."""
    wanted = replace(
        schedule, name=plain_text(schedule.name).strip(), lines=tuple(tidy_line(line) for line in schedule.lines)
    )
    with acting(desk) as act:
        row = act.row
        accounts = book_rows.accounts(act.connection, row)
        problems = check_schedule(wanted, accounts, desk.book.start)
        known = {one.uid: one for one in schedule_rows.schedules(act.connection, row)}
        if any(one.name == wanted.name and one.uid != wanted.uid and one.stop is None for one in known.values()):
            problems.append(Problem(_("已有叫“{name}”的计划").format(name=wanted.name), field="name"))
        if wanted.uid and wanted.uid not in known:
            problems.append(Problem(_("这个账套里没有这个计划")))
        if wanted.uid and schedule_rows.has_drafts(act.connection, wanted.uid):
            problems.append(Problem(_("计划已经做过凭证，不能再改：请停止它，另做一个")))
        refuse_if(problems)
        kept = wanted if wanted.uid else replace(wanted, uid=str(uuid.uuid4()), made_by=act.person)
        if wanted.uid:
            schedule_rows.replace_schedule(act.connection, kept)
        else:
            schedule_rows.add_schedule(act.connection, row, kept, act.at)
        act.record("schedule", f"schedule:{kept.uid}")
        return kept


def stop_schedule(desk: Desk, uid: str, month: Month) -> Schedule:
    """停止: `month` is the last that counts; of an asset the month of its disposal."""
    with acting(desk) as act:
        one = _need(act, uid)
        refuse_if(check_stop(one, month, sorted(schedule_rows.months_done(act.connection, act.row).get(uid, ()))))
        schedule_rows.stop_schedule(act.connection, uid, month)
        act.record("stop", f"schedule:{uid}")
        return replace(one, stop=month)


def list_schedules(desk: Desk) -> list[ScheduleRow]:
    """Every schedule with its progress; due now means up to the desk's month."""
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, desk.book.code)
        done = schedule_rows.months_done(connection, row)
        return [
            _progress(one, done.get(one.uid, frozenset()), desk.period)
            for one in schedule_rows.schedules(connection, row)
        ]


def due_drafts(desk: Desk) -> list[DueDraft]:
    """What is due up to the desk's month and not drafted yet, the oldest first."""
    with desk.books.read() as connection:
        return due_of(connection, desk.book, desk.period)


def due_of(connection: Connection, book: Book, until: Month) -> list[DueDraft]:
    """What is due inside a larger act. What was due in a year that is closed by now is drafted as an earlier year's."""
    row = book_rows.book_id(connection, book.code)
    plans = schedule_rows.schedules(connection, row)
    if not plans:
        return []
    shut = [month for month, state in book_rows.month_states(connection, row).items() if state != "open"]
    open_from = max(shut).next() if shut else book.start
    done = schedule_rows.months_done(connection, row)
    accounts = book_rows.accounts(connection, row)
    return [
        replace(one, draft=through_undistributed(one.draft, accounts)) if one.month.year < open_from.year else one
        for one in build_due(plans, done, until, open_from)
    ]


def draft_due(desk: Desk, chosen: Collection[tuple[str, Month]] | None = None) -> list[Voucher]:
    """做成草稿: everything that is due, or only the chosen parts, as drafts in one act; each month at most once.

    Refused with the schedule's name when one of them makes no voucher any more; nothing is drafted then.
    """
    with acting(desk) as act:
        made, problems = [], []
        for due in due_of(act.connection, desk.book, desk.period):
            if chosen is not None and not set(due.parts) & set(chosen):
                continue
            try:
                made.append((due, keep_voucher(act, desk, _linked(act, due))))
            except Refused as refused:
                where = f"{'、'.join(due.names)} {due.month}"
                problems += [Problem(str(one), where) for one in refused.problems]
        if not made and not problems:
            problems.append(Problem(_("{month} 没有到期的计划").format(month=desk.period)))
        refuse_if(problems)
        for due, voucher in made:
            for uid, month in due.parts:
                schedule_rows.add_draft(act.connection, uid, month, voucher.uid)
        for uid in {uid for due, _voucher in made for uid, _month in due.parts}:
            act.record("draft", f"schedule:{uid}")
        return [voucher for _due, voucher in made]


def _linked(act: Act, due: DueDraft) -> Draft:
    """The draft; what was drafted before and taken back by a red voucher is done over by this one."""
    red = schedule_rows.lonely_red(act.connection, due.parts)
    return replace(due.draft, corrects=red[0], day=max(due.draft.day, red[1])) if red else due.draft


def _progress(one: Schedule, done: frozenset[Month], until: Month) -> ScheduleRow:
    waiting = [due.month for due in dues(one, until) if due.month not in done]
    ahead = one.end or until.plus(12 * one.every)
    coming = next((due.month for due in dues(one, ahead) if due.month not in done), None)
    return ScheduleRow(one, tuple(sorted(done)), times(one), coming, len(waiting))


def _need(act: Act, uid: str) -> Schedule:
    found = next((one for one in schedule_rows.schedules(act.connection, act.row) if one.uid == uid), None)
    if found is None:
        raise Refused([Problem(_("这个账套里没有这个计划"))])
    return found
