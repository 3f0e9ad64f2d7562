"""Corrections (更正): the red voucher and the blue one, the voucher of a difference, the correction of earlier years.

`corrects` names the voucher that one sets right: a blue voucher (订正) names the red one (注销) that it does over, a
difference voucher the voucher whose amounts were wrong, a prior-year correction the voucher of the earlier year. The
same words stand in the summaries (RULES §5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebooks.core.account import Account, split_home
from villagebooks.core.closing.place import UNDISTRIBUTED
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import (
    NORMAL,
    OPENING,
    POSTED,
    PRIOR_YEAR,
    REVERSAL,
    Draft,
    Line,
    Voucher,
    dimensions,
    opposite,
)
from villagebooks.core.words import _

VOIDED, NOT_REDONE, VOIDING = "void", "no_redo", "voiding"
"""What may be said of a voucher beside it: why it was voided, why a red one is not done over, why it is to be voided;
a voiding that begins again after it was taken back says so beside the first, as `voiding-2` and so on."""
DISTRIBUTION, RESULT, PROFIT_AND_LOSS = "322", "321", "5"
"""Both standards number these accounts alike."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person said beside a voucher, for ever: why it was voided, or why a red one is not done over."""

    voucher: str
    kind: str
    words: str
    person: str
    at: str


def is_voiding(kind: str) -> bool:
    """Whether a remark says why a voucher is to be voided, the first time or again."""
    return kind == VOIDING or kind.startswith(f"{VOIDING}-")


def last_voiding(remarks: Iterable[Remark]) -> Remark | None:
    """Why a voucher is to be voided, as it was said last; None when nobody has said it."""
    return max((one for one in remarks if is_voiding(one.kind)), key=lambda one: _turn(one.kind), default=None)


def next_voiding(remarks: Iterable[Remark]) -> str:
    """The kind of the remark with which a voiding begins after these."""
    last = last_voiding(remarks)
    return f"{VOIDING}-{_turn(last.kind) + 1}" if last else VOIDING


def _turn(kind: str) -> int:
    number = kind.partition("-")[2]
    return int(number) if number.isdecimal() else 1


def correction_day(today: date, month: Month, voucher: Voucher, states: Mapping[Month, str]) -> date:
    """The day that a correction would carry: today in the month in hand (else its last day), in the first open month
    when that one is closed, and never before the voucher. `states` are of months that are closed or locked."""
    shut = [one for one, state in states.items() if state != "open"]
    month = max(month, max(shut).next()) if shut else month
    return max(today if month_of(today) == month else month.last_day, voucher.day)


def day_off_board(day: date, hung: Month | None, today: date) -> date:
    """The same day, or one of the month after the last whose sheet hangs (`hung`): what is corrected in money there
    would stand on no sheet."""
    if hung is None or month_of(day) > hung:
        return day
    month = hung.next()
    return today if month_of(today) == month else month.last_day


def name_of(voucher: Voucher, day: date) -> str:
    """9月10日记1号凭证, with the year when it is not that of `day`."""
    here = voucher.day.year == day.year
    text = _("{month}月{day}日{word}{n}号凭证") if here else _("{year}年{month}月{day}日{word}{n}号凭证")
    when = voucher.day
    return text.format(year=when.year, month=when.month, day=when.day, word=voucher.word, n=voucher.number)


def reversal_draft(voucher: Voucher, day: date) -> Draft:
    """红字冲销: 注销某月某日某号凭证, every amount negative on its own side."""
    text = _("注销{name}").format(name=name_of(voucher, day))
    return Draft(day, tuple(replace(opposite(line), summary=text) for line in voucher.lines), "", REVERSAL,
                 reverses=voucher.uid)  # fmt: skip


def blue_draft(voucher: Voucher, red: str, day: date) -> Draft:
    """订正某月某日某号凭证: the voucher as it was, to be set right; `red` is the uid of the red one.

    The documents stay with the voucher that was reversed, so none is counted here.
    """
    text = _("订正{name}").format(name=name_of(voucher, day))
    lines = tuple(replace(line, summary=f"{text}：{line.summary}") for line in voucher.lines)
    return Draft(day, lines, "", voucher.kind, corrects=red)


def difference_draft(voucher: Voucher, standing: Sequence[int], right: Sequence[int], day: date) -> Draft:
    """差额凭证: for each line the right amount less what stands in the books (both fen, on the line's own side)."""
    name, keys = name_of(voucher, day), [_key(line) for line in voucher.lines]
    lines = [
        replace(
            _amounted(line, want - have), quantity_milli=0,
            summary=_("更正{name}{row}差额").format(name=name, row=_row_words(keys, row)),
        )
        for row, (line, have, want) in enumerate(zip(voucher.lines, standing, right, strict=True))
        if want != have
    ]  # fmt: skip
    return Draft(day, tuple(lines), "", voucher.kind, corrects=voucher.uid)


def standing_amounts(voucher: Voucher, differences: Sequence[Voucher]) -> list[int]:
    """What stands of each line in fen: as booked, with the difference vouchers that already speak of it.

    Of lines that differ in nothing but their amount the summary of the difference says which one it is about.
    """
    amounts = [line.debit_fen or line.credit_fen for line in voucher.lines]
    keys = [_key(line) for line in voucher.lines]
    for line in (line for one in differences for line in one.lines):
        alike = [row for row, key in enumerate(keys) if key == _key(line)]
        told = [row for row in alike if line.summary.endswith(_("{row}差额").format(row=_row_words(keys, row)))]
        for row in (told or alike)[:1]:
            amounts[row] += line.debit_fen or line.credit_fen
    return amounts


def _row_words(keys: Sequence[tuple[object, ...]], row: int) -> str:
    """第2行 where another line of the voucher is alike, nothing where the account tells it."""
    return _("第{n}行").format(n=row + 1) if keys.count(keys[row]) > 1 else ""


def prior_year_draft(voucher: Voucher, accounts: Mapping[str, Account], day: date) -> Draft:
    """更正以前年度: opposite entries, with 未分配收益 where the voucher had income and expense.

    A voucher without income and expense needs no 未分配收益: its opposite is an ordinary voucher of this year.
    """
    text = _("更正{name}").format(name=name_of(voucher, day))
    kept = [line for line in voucher.lines if not line.account.startswith((PROFIT_AND_LOSS, RESULT))]
    moved = sum(line.net_fen for line in voucher.lines) - sum(line.net_fen for line in kept)
    lines = [replace(line, summary=text, debit_fen=line.credit_fen, credit_fen=line.debit_fen) for line in kept]
    if len(kept) < len(voucher.lines):
        lines.append(Line(text, undistributed(accounts), max(-moved, 0), max(moved, 0)))
    ordered = sorted((_positive(line) for line in lines), key=lambda line: not line.debit_fen)
    return Draft(day, tuple(ordered), "", PRIOR_YEAR if len(kept) < len(voucher.lines) else NORMAL,
                 corrects=voucher.uid)  # fmt: skip


def through_undistributed(draft: Draft, accounts: Mapping[str, Account]) -> Draft:
    """What belongs to a year that is closed: its income and expense stand on 未分配收益, as an earlier year's do."""
    kept = [line for line in draft.lines if not line.account.startswith((PROFIT_AND_LOSS, RESULT))]
    if len(kept) == len(draft.lines):
        return draft
    moved = sum(line.net_fen for line in draft.lines) - sum(line.net_fen for line in kept)
    lines = [*kept, Line(draft.lines[0].summary, undistributed(accounts), max(moved, 0), max(-moved, 0))]
    return replace(draft, lines=tuple(sorted(lines, key=lambda line: not line.debit_fen)), kind=PRIOR_YEAR)


def undistributed(accounts: Mapping[str, Account]) -> str:
    """The leaf 未分配收益 below 收益分配, empty when there is none."""
    below = [one for one in accounts.values() if one.leaf and one.code.startswith(DISTRIBUTION)]
    named = [one.code for one in below if one.name == UNDISTRIBUTED]
    return named[0] if named else DISTRIBUTION if [one.code for one in below] == [DISTRIBUTION] else ""


def check_prior_year(lines: Sequence[Line], accounts: Mapping[str, Account]) -> list[Problem]:
    """An earlier year is closed: what changes its result goes through 未分配收益, never through income and expense."""
    problems = [
        Problem(_("以前年度更正不能记收入、支出和本年收益科目，要记“未分配收益”"), _("第 {n} 行").format(n=row + 1),
                row, "account")
        for row, line in enumerate(lines)
        if line.account.startswith((PROFIT_AND_LOSS, RESULT))
    ]  # fmt: skip
    leaf = undistributed(accounts)
    if not any(line.account == leaf for line in lines):
        problems.append(Problem(_("以前年度更正要有一行记“未分配收益”"), field="kind"))
    return problems


def check_correction(draft: Draft, target: Voucher, shut: bool) -> list[Problem]:
    """Whether the draft may correct the voucher; `shut`: December of the target's year is closed."""
    name = target.title
    if target.kind == REVERSAL:
        # the blue voucher may be made together with a red one that is not posted yet
        wrong = draft.kind == REVERSAL or draft.day < target.day
        return [Problem(_("订正凭证的日期不能在红字凭证 {name} 以前").format(name=name), field="day")] if wrong else []
    if target.state != POSTED:
        return [Problem(_("{name} 还没有记账，直接改它就行").format(name=name), field="corrects")]
    if target.month.year < draft.day.year:
        return _check_earlier(draft, target, shut)
    if draft.kind != target.kind:
        return [Problem(_("差额凭证要和 {name} 是同一种凭证").format(name=name), field="kind")]
    known = {_key(line) for line in target.lines}
    return [
        Problem(_("差额凭证只改 {name} 的金额；科目、往来错了要红字冲销").format(name=name),
                _("第 {n} 行").format(n=row + 1), row, "account")
        for row, line in enumerate(draft.lines)
        if line.account and _key(line) not in known
    ]  # fmt: skip


def _check_earlier(draft: Draft, target: Voucher, shut: bool) -> list[Problem]:
    if not shut:
        text = _("{year} 年还没有结完账，请把日期写在 {year} 年，用红字冲销或差额更正")
        return [Problem(text.format(year=target.month.year), field="day")]
    if touches_result(target.lines) and draft.kind != PRIOR_YEAR:
        return [Problem(_("{name} 是以前年度的收支，要用以前年度更正").format(name=target.title), field="kind")]
    return []


def check_reversal(target: Voucher, day: date, differences: Sequence[str], shut: bool) -> list[Problem]:
    """Whether a posted voucher may be reversed on the day; `differences` are titles of its difference vouchers."""
    problems = []
    if differences:
        text = _("{name} 已用差额凭证 {titles} 更正过，请先冲销差额凭证")
        problems.append(Problem(text.format(name=target.title, titles=_("、").join(differences)), field="reverses"))
    if target.month.year < day.year and touches_result(target.lines):
        if shut:
            text = _("{name} 是 {year} 年的收支，那一年已结账：请用“以前年度更正”")
        else:
            text = _("{name} 是 {year} 年的收支，那一年还没有结账：红字凭证的日期请写在 {year} 年")
        problems.append(Problem(text.format(name=target.title, year=target.month.year), field="day"))
    return problems


def check_taken_back(target: Voucher, lines: Sequence[Line], accounts: Mapping[str, Account]) -> list[Problem]:
    """A red voucher takes back all of its voucher, neither more nor less; a red one is not taken back itself, or what
    it reversed would stand again without anybody being able to correct it."""
    if target.kind == REVERSAL:
        text = _("{name} 是红字凭证，不能再冲销；冲错了请补做蓝字订正")
        return [Problem(text.format(name=target.title), field="reverses")]
    if target.kind == OPENING:
        # the opening is month 0: taken back in a month it would be a movement that never was
        return [Problem(_("期初余额不能冲销；期初有错，做更正凭证"), field="reverses")]
    sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in (*target.lines, *lines):
        key = (split_home(accounts, line.account), *dimensions(line))
        for place, amount in enumerate((line.debit_fen, line.credit_fen, line.quantity_milli)):
            sums[key][place] += amount
    if not any(any(one) for one in sums.values()):
        return []
    text = _("红字凭证要把 {name} 原样冲回，科目、往来、金额都不能改；只是金额错请用差额更正")
    return [Problem(text.format(name=target.title), field="reverses")]


def touches_result(lines: Sequence[Line]) -> bool:
    """Whether a line is on income, expense or 本年收益."""
    return any(line.account.startswith((PROFIT_AND_LOSS, RESULT)) for line in lines)


def _key(line: Line) -> tuple[object, ...]:
    """What a difference may not change: account, dimensions and side."""
    return (line.account, line.party, line.project, line.contract, line.bank, bool(line.debit_fen))


def _amounted(line: Line, fen: int) -> Line:
    return replace(line, debit_fen=fen) if line.debit_fen else replace(line, credit_fen=fen)


def _positive(line: Line) -> Line:
    """A red line taken back stands positive on the other side."""
    debit, credit = line.debit_fen, line.credit_fen
    return replace(
        line, debit_fen=max(debit, 0) + max(-credit, 0), credit_fen=max(credit, 0) + max(-debit, 0),
        quantity_milli=abs(line.quantity_milli),
    )  # fmt: skip
