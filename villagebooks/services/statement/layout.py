"""Layouts of statements: the official files, versions that a township makes of them, its own reports, what is in use.

The official files are never changed. Source: 财会〔2024〕12号 art. 25.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from villagebooks.core.account import Account, ChartAccount
from villagebooks.core.closing import LOCKED
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, Refused, Trouble, refuse_if
from villagebooks.core.statement import (
    BALANCE_SHEET,
    COLUMNS,
    DRAFT,
    DROPPED,
    INCOME,
    USED,
    Layout,
    LayoutLine,
    check_layout,
    layout_notices,
)
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import statement as layout_rows
from villagebooks.formats.account import read_chart
from villagebooks.formats.record import csv_text
from villagebooks.formats.statement import layout_lines, layout_table, read_layout
from villagebooks.paths import resource
from villagebooks.services.desk import Act, Office, acting_office

STANDARDS = ("2023", "2004")
LONGEST_TITLE, LONGEST_CODE = 30, 20


def official_titles() -> dict[str, str]:
    """The two official statements by their codes."""
    return {BALANCE_SHEET: _("资产负债表"), INCOME: _("收益及收益分配表")}


def official_layout(report: str, standard: str) -> Layout:
    """The layout file that comes along, as version 0."""
    lines = _official_lines(report, standard)
    return Layout("", report, standard, 0, official_titles()[report], report, lines, USED, official=True)


@lru_cache(maxsize=8)
def _official_lines(report: str, standard: str) -> tuple[LayoutLine, ...]:
    return read_layout(resource("statements", f"{report}-{standard}.csv"))


def layout_of(connection: Connection, report: str, standard: str, month: Month) -> Layout:
    """The layout that counts for a month: one of the township's own put to use, else the official one.

    Refused for an own report that is not in use then, and for a layout that breaks the rules of layouts.
    """
    found = layout_rows.layout_in_use(connection, report, standard, month)
    if found is None or found.official:
        if report not in COLUMNS:
            raise Refused([Problem(_("{month} 没有在用的报表“{report}”").format(month=month, report=report))])
        found = official_layout(report, standard)
    refuse_if(layout_faults(found.kind, found.lines, standard))
    return found


@lru_cache(maxsize=64)
def layout_faults(kind: str, lines: tuple[LayoutLine, ...], standard: str) -> tuple[Problem, ...]:
    """What keeps a layout of a standard from being used (core.statement.check_layout)."""
    return tuple(check_layout(kind, lines, chart_of(standard)))


@lru_cache(maxsize=4)
def chart_of(standard: str) -> tuple[ChartAccount, ...]:
    """The statutory chart of a standard."""
    return read_chart(resource("charts", f"{standard}.csv"))


def list_layouts(office: Office) -> list[Layout]:
    """Every version that was made, by report, standard and version."""
    with office.books.read() as connection:
        return layout_rows.layouts(connection)


def reports_in_use(office: Office, standard: str, month: Month) -> list[Layout]:
    """The township's own reports that are made for a month, by code."""
    with office.books.read() as connection:
        codes = sorted({one.report for one in layout_rows.layouts(connection) if one.report not in COLUMNS})
        found = [layout_rows.layout_in_use(connection, code, standard, month) for code in codes]
    return [one for one in found if one and not one.official]


def layout_state(layout: Layout) -> str:
    """草稿, 已停用, or from when on it counts."""
    if layout.state == DRAFT:
        return _("草稿")
    if layout.state == DROPPED:
        return _("已作废")
    text = _("{month} 起恢复官方格式") if layout.official else _("{month} 起用")
    return text.format(month=layout.since)


def check_draft(office: Office, layout: Layout) -> tuple[list[Problem], list[Problem]]:
    """(problems, notices) of a layout as it stands: what an editor paints while somebody types."""
    problems = _check_head(layout) + list(layout_faults(layout.kind, layout.lines, layout.standard))
    if problems:
        return problems, []
    chart = chart_of(layout.standard)
    books = _accounts(office, layout.standard) or [{}]
    told = [layout_notices(layout.kind, layout.lines, chart, accounts) for accounts in books]
    return [], [one for one in told[0] if all(one in others for others in told)]


def save_layout(office: Office, layout: Layout) -> Layout:
    """Keep a draft: a new version, or a draft kept before (its uid) again. It need not be complete yet.

    Refused for a layout that was put to use (it stays as it was), and without a code or title.
    """
    with acting_office(office) as act:
        refuse_if(_check_head(layout))
        kept = layout_rows.find_layout(act.connection, layout.uid) if layout.uid else None
        if kept and kept.state != DRAFT:
            raise Refused([Problem(_("第 {n} 版启用过或已停用，不能修改；请另存为新的一版").format(n=kept.version))])
        version = kept.version if kept else layout_rows.next_version(act.connection, layout.report, layout.standard)
        uid = kept.uid if kept else str(uuid.uuid4())
        saved = replace(layout, uid=uid, version=version, state=DRAFT, since=None, turn=0, official=False)
        _write(act, saved, "layout_save")
        return saved


def use_layout(office: Office, uid: str, since: Month) -> Layout:
    """启用: a draft counts from a month on. Refused while it breaks a rule, and in a year that some book has locked."""
    with acting_office(office) as act:
        found = _draft(act, uid)
        problems = list(layout_faults(found.kind, found.lines, found.standard))
        refuse_if(problems or _check_since(act.connection, found.standard, since))
        turn = layout_rows.next_turn(act.connection, found.report, found.standard)
        used = replace(found, state=USED, since=since, turn=turn)
        _write(act, used, "layout_use")
        return used


def reset_layout(office: Office, report: str, standard: str, since: Month) -> Layout:
    """恢复官方格式 from a month on; an own report is no longer made from then on. Refused when nothing is in use."""
    with acting_office(office) as act:
        found = layout_rows.layout_in_use(act.connection, report, standard, since)
        if found is None or found.official:
            raise Refused([Problem(_("{month} 用的就是官方格式").format(month=since))])
        refuse_if(_check_since(act.connection, standard, since))
        version = layout_rows.next_version(act.connection, report, standard)
        turn = layout_rows.next_turn(act.connection, report, standard)
        reset = Layout(
            str(uuid.uuid4()), report, standard, version, found.title, found.form, (), USED, since, turn, official=True
        )
        _write(act, reset, "layout_reset")
        return reset


def drop_layout(office: Office, uid: str) -> None:
    """Lay a draft aside; it stays in the list and can't be put to use."""
    with acting_office(office) as act:
        _write(act, replace(_draft(act, uid), state=DROPPED), "layout_drop")


def layout_csv(layout: Layout) -> bytes:
    """A layout as a file with the columns of `resources/statements`."""
    return csv_text(layout_table(layout.lines)).encode()


def read_layout_file(path: Path) -> tuple[LayoutLine, ...]:
    """Lines of a layout file somebody edited; Refused with the line of the file, Trouble when it can't be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(_("“{name}”读不出来，应是 UTF-8 的 CSV 文件").format(name=path.name)) from error
    return layout_lines(text)


def _write(act: Act, layout: Layout, kind: str) -> None:
    layout_rows.save_layout(act.connection, layout)
    act.record(kind, f"statement_layout:{layout.uid}")


def _draft(act: Act, uid: str) -> Layout:
    found = layout_rows.find_layout(act.connection, uid)
    if found is None or found.state != DRAFT:
        raise Refused([Problem(_("没有这一版草稿，或它已启用、停用"))])
    return found


def _check_head(layout: Layout) -> list[Problem]:
    """Code, title and form of a report."""
    problems = []
    title, code = layout.title, layout.report
    if not title.strip() or title != plain_text(title) or len(title) > LONGEST_TITLE:
        problems.append(Problem(_("请写报表名称，不超过 {n} 个字").format(n=LONGEST_TITLE), field="title"))
    if not code or len(code) > LONGEST_CODE or not code.replace("-", "").isalnum() or code.lower() in _TAKEN:
        text = _("报表代码应是 1 至 {n} 个字母、数字、汉字或横线，不能是系统自有的")
        problems.append(Problem(text.format(n=LONGEST_CODE), field="report"))
    if layout.standard not in STANDARDS:
        problems.append(Problem(_("会计制度只有 2023 和 2004"), field="standard"))
    if layout.form not in COLUMNS or (code in COLUMNS and layout.form != code):
        problems.append(Problem(_("栏目只能是余额（期末、年初）或发生额（累计、本期、上年）"), field="form"))
    return problems


_TAKEN = ("detail", "equity", "notes", "own", "trial-balance")
"""Codes of statements that no layout makes."""


def _check_since(connection: Connection, standard: str, since: Month) -> list[Problem]:
    """The year's report of a locked year was signed over its statements as they were."""
    problems = []
    for book in book_rows.books(connection):
        states = book_rows.month_states(connection, book_rows.book_id(connection, book.code))
        locked = [month for month, state in states.items() if state == LOCKED and month >= since]
        if book.standard == standard and locked:
            text = _("账套 {book} 的 {year} 年已锁定，格式最早从 {next} 起用")
            last = max(locked).year
            problems.append(Problem(text.format(book=book.code, year=last, next=Month(last + 1, 1)), field="since"))
    return problems


def _accounts(office: Office, standard: str) -> list[Mapping[str, Account]]:
    """The accounts of the books of a standard, by code; books with the same accounts count once."""
    with office.books.read() as connection:
        found = [
            book_rows.accounts(connection, row)
            for row, book in book_rows.books_by_id(connection).items()
            if book.standard == standard
        ]
    return list({tuple(one.values()): one for one in found}.values())


def copy_layout(layout: Layout, lines: Sequence[LayoutLine] | None = None) -> Layout:
    """A new draft like a layout (版本另存), not kept yet."""
    chosen = tuple(layout.lines if lines is None else lines)
    return replace(layout, uid="", version=0, lines=chosen, state=DRAFT, since=None, turn=0, official=False)
