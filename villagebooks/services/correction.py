"""Corrections, each in one act: red and blue together, the difference of amounts, an earlier year; 不重做."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.correction import (
    NOT_REDONE,
    Remark,
    blue_draft,
    difference_draft,
    prior_year_draft,
    reversal_draft,
    standing_amounts,
)
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, Refused, refuse_if
from villagebooks.core.voucher import CLOSING, POSTED, REVERSAL, VOID, Voucher
from villagebooks.core.words import _, plain_text
from villagebooks.db import book as book_rows
from villagebooks.db import correction as correction_rows
from villagebooks.db import disclosure as disclosure_rows
from villagebooks.db import voucher as voucher_rows
from villagebooks.services.desk import Act, Desk, acting
from villagebooks.services.voucher import keep_voucher


@dataclass(frozen=True, slots=True)
class Redone:
    """A red voucher and the blue one that was made with it."""

    red: Voucher
    blue: Voucher


@dataclass(frozen=True, slots=True)
class Corrections:
    """How a voucher stands among corrections: what corrects it, the red one, what it corrects, what was said of it.

    `year_shut`: its year takes no more vouchers; `alone`: a red one without a blue one, and nobody said 不重做; `hung`:
    the last month whose sheet hangs, which takes no more money.
    """

    correctors: tuple[Voucher, ...]
    red: Voucher | None
    corrected: Voucher | None
    remarks: tuple[Remark, ...]
    year_shut: bool
    alone: bool
    hung: Month | None = None


def correct_voucher(desk: Desk, uid: str, day: date) -> Redone:
    """红字冲销并订正: the red draft and the blue one, filled as the voucher was, in one act: both or none."""
    with acting(desk) as act:
        old = _posted(act, uid)
        red = keep_voucher(act, desk, reversal_draft(old, day))
        return Redone(red, keep_voucher(act, desk, blue_draft(old, red.uid, day)))


def reverse_only(desk: Desk, uid: str, day: date, why: str) -> Voucher:
    """只冲销，不重做: the red draft, and why nothing is to be booked in its place."""
    with acting(desk) as act:
        red = keep_voucher(act, desk, reversal_draft(_posted(act, uid), day))
        _say_not_redone(act, red, why)
        return red


def redo_voucher(desk: Desk, red_uid: str, day: date) -> Voucher:
    """补做蓝字: the blue draft of a red voucher that was left alone."""
    with acting(desk) as act:
        red = _red(act, red_uid)
        old = voucher_rows.find_voucher(act.connection, act.row, red.reverses)
        if old is None:
            raise Refused([Problem(_("找不到 {title} 冲销的凭证").format(title=red.title))])
        return keep_voucher(act, desk, blue_draft(old, red_uid, max(day, red.day)))


def leave_undone(desk: Desk, red_uid: str, why: str) -> Remark:
    """不重做: say of a red voucher why no blue one follows. Once, and never taken back."""
    with acting(desk) as act:
        return _say_not_redone(act, _red(act, red_uid), why)


def correct_difference(desk: Desk, uid: str, right: Sequence[int], day: date) -> Voucher:
    """差额更正: for each line the right amount in fen; a draft of the difference, red where less is right."""
    with acting(desk) as act:
        old = _posted(act, uid)
        if old.kind in (REVERSAL, CLOSING):
            raise Refused([Problem(_("红字、结转凭证不做差额更正，请红字冲销后重做"))])
        standing = standing_amounts(old, correction_rows.correctors(act.connection, uid))
        if list(right) == standing:
            raise Refused([Problem(_("应记的金额和已记的一样，没有差额"), field="amount")])
        return keep_voucher(act, desk, difference_draft(old, standing, right, day))


def standing(desk: Desk, uid: str) -> list[int]:
    """What stands of each line of a voucher in fen, earlier differences included."""
    with desk.books.read() as connection:
        old = voucher_rows.need_voucher(connection, book_rows.book_id(connection, desk.book.code), uid)
        return standing_amounts(old, correction_rows.correctors(connection, uid))


def correct_prior_year(desk: Desk, uid: str, day: date) -> Voucher:
    """以前年度更正: opposite entries of a voucher of a closed year through 未分配收益, a draft to complete."""
    with acting(desk) as act:
        old = _posted(act, uid)
        if old.month.year >= day.year:
            raise Refused([Problem(_("{title} 是今年的凭证，请用红字冲销或差额更正").format(title=old.title))])
        draft = prior_year_draft(old, book_rows.accounts(act.connection, act.row), day)
        if any(not line.account for line in draft.lines):
            raise Refused([Problem(_("“收益分配”下面没有“未分配收益”科目，先在科目表里增加"))])
        return keep_voucher(act, desk, draft)


def corrections_of(desk: Desk, uid: str) -> Corrections:
    """What the voucher's page says and offers."""
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, desk.book.code)
        one = voucher_rows.need_voucher(connection, row, uid)
        red_uid, correctors = voucher_rows.reversal_of(connection, uid), correction_rows.correctors(connection, uid)
        remarks = correction_rows.remarks_of(connection, uid)
        states = book_rows.month_states(connection, row)
        target = one.reverses or one.corrects
        wrong = voucher_rows.find_voucher(connection, row, target) if target else None
        if wrong and one.corrects and wrong.kind == REVERSAL:  # a blue one names the red, people ask for what was wrong
            wrong = voucher_rows.find_voucher(connection, row, wrong.reverses) or wrong
        said = any(remark.kind == NOT_REDONE for remark in remarks)
        return Corrections(
            tuple(correctors),
            voucher_rows.find_voucher(connection, row, red_uid) if red_uid else None,
            wrong,
            tuple(remarks),
            states.get(Month(one.month.year, 12), "open") != "open",
            one.kind == REVERSAL and one.state != VOID and not correctors and not said,
            disclosure_rows.last_month(connection, row),
        )


def lonely_reds(desk: Desk) -> list[Voucher]:
    """Red vouchers of the year to the desk's month that no blue one follows, and nobody said that none will."""
    with desk.books.read() as connection:
        row = book_rows.book_id(connection, desk.book.code)
        return correction_rows.reds_alone(connection, row, desk.period.last_day)


def _say_not_redone(act: Act, red: Voucher, why: str) -> Remark:
    words = plain_text(why).strip()
    problems = [] if words else [Problem(_("请写明为什么不重做，例如：重复记账"), field="why")]
    if correction_rows.correctors(act.connection, red.uid):
        problems.append(Problem(_("{title} 已经有蓝字订正凭证").format(title=red.title)))
    if any(one.kind == NOT_REDONE for one in correction_rows.remarks_of(act.connection, red.uid)):
        problems.append(Problem(_("{title} 已经写过不重做").format(title=red.title)))
    refuse_if(problems)
    remark = Remark(red.uid, NOT_REDONE, words, act.person, act.at)
    correction_rows.add_remark(act.connection, remark)
    act.record("remark", correction_rows.remark_key(remark))
    return remark


def _posted(act: Act, uid: str) -> Voucher:
    found = voucher_rows.find_voucher(act.connection, act.row, uid)
    if found is None or found.state != POSTED:
        raise Refused([Problem(_("只能更正已记账的凭证"))])
    return found


def _red(act: Act, uid: str) -> Voucher:
    found = voucher_rows.find_voucher(act.connection, act.row, uid)
    if found is None or found.kind != REVERSAL or found.state == VOID:
        raise Refused([Problem(_("这不是有效的红字凭证"))])
    return found
