"""Whether a paper may be begun, decided so, finished: by row, in total, and over both balance sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from villagebooks.core.account import CURRENT, Account
from villagebooks.core.book import Book
from villagebooks.core.migration.paper import MigrationPaper, PaperRow, Part
from villagebooks.core.migration.sheet import ASSETS_TOTAL, OTHER_TOTAL, Sheets, total_of
from villagebooks.core.money import LARGEST_FEN, said_yuan
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem
from villagebooks.core.quantity import quantity_text
from villagebooks.core.voucher import DIMENSIONS, Line
from villagebooks.core.words import _

OLD, NEW = "2004", "2023"
YEAR_END = 12
SHORTEST_REASON = 2
OWN_SIDE = ("1", "4")
"""Level-1 codes of assets and of costs, which belong to 存货, begin so in both standards."""


def check_start(book: Book, month: Month, closed: bool, later: Sequence[Month]) -> list[Problem]:
    """Whether the paper of a book may be begun at the end of a month; `later` are months behind it with vouchers.

    Only a year end: then profit and loss is transferred and the new book begins with January, as the new standard did.
    """
    problems = []
    if book.standard != OLD:
        problems.append(Problem(_("账套 {code} 用的不是 2004 年的会计制度，不用转换").format(code=book.code)))
    if book.stopped:
        problems.append(Problem(_("账套 {code} 已经停用，不能再转换").format(code=book.code)))
    if month.month != YEAR_END:
        problems.append(Problem(_("转换制度只能从年末开始：{month} 不是 12 月").format(month=month)))
    if month < book.start:
        problems.append(Problem(_("账从 {start} 开始，{month} 没有账可转").format(start=book.start, month=month)))
    elif not closed:
        problems.append(Problem(_("{month} 还没有结账：先结账，再转换").format(month=month)))
    if later:
        text = _("{months} 已有凭证：转换要在下一年记账以前做；没记账的可以作废，记了账的等到下一个年末")
        problems.append(Problem(text.format(months=_("、").join(map(str, later)))))
    return problems


def check_decision(
    row: PaperRow, parts: Sequence[Part], reason: str, chart: Mapping[str, Account]
) -> list[Problem]:  # fmt: skip
    """Whether a person may decide the row so: leaves of the new chart, a basis, and the balance to the fen."""
    where, problems = _where(row), []
    if row.is_untransferred:
        problems.append(Problem(row.why, where, row.line, "parts"))
    if len(reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(_("请写明依据：凭什么这样分、这样转"), where, row.line, "reason"))
    if not parts:
        problems.append(Problem(_("没有写转到哪个科目"), where, row.line, "parts"))
    for part in parts:
        account = chart.get(part.account)
        if account is None:
            problems.append(Problem(_("新账套没有科目 {code}").format(code=part.account), where, row.line, "parts"))
        elif not account.leaf:
            text = _("科目 {code} {name} 有下级，要转到末级").format(code=account.code, name=account.name)
            problems.append(Problem(text, where, row.line, "parts"))
        if not part.amount_fen or abs(part.amount_fen) > LARGEST_FEN:
            problems.append(Problem(_("每个科目都要有金额"), where, row.line, "parts"))
    if len({part.account for part in parts}) < len(parts):
        problems.append(Problem(_("同一个科目写了两次"), where, row.line, "parts"))
    return problems + (_check_sum(row, parts) if parts else [])


def _check_sum(row: PaperRow, parts: Sequence[Part]) -> list[Problem]:
    problems, where = [], _where(row)
    counted = sum(part.quantity_milli for part in parts)
    if counted != row.detail.quantity_milli:
        text = _("分到各科目的数量合计 {total}，账上是 {quantity}")
        text = text.format(total=quantity_text(counted), quantity=quantity_text(row.detail.quantity_milli))
        problems.append(Problem(text, where, row.line, "parts"))
    total = sum(part.amount_fen for part in parts)
    if total == row.detail.balance_fen:
        return problems
    text = _("分到各科目的合计 {total} 与余额 {balance} 相差 {difference} 元")
    text = text.format(
        total=side_yuan(total), balance=side_yuan(row.detail.balance_fen),
        difference=said_yuan(abs(total - row.detail.balance_fen)),
    )  # fmt: skip
    return [Problem(text, where, row.line, "parts"), *problems]


def check_paper(paper: MigrationPaper, sheets: Sheets, now: Mapping[tuple[str, ...], int]) -> list[Problem]:
    """Everything that keeps the paper from being finished; `now` are the old book's balances by detail as they stand.

    Source: RULES §1, the balance moves, it is not corrected: what should be corrected is a voucher of the new book.
    """
    problems = []
    for row in paper.rows:
        if row.is_open or row.is_untransferred:
            problems.append(Problem(_("还没有决定：{why}").format(why=row.why), _where(row), row.line))
        elif row.parts:
            problems += _check_sum(row, row.parts) + _check_leaves(row, paper.chart)
    problems += _check_netting(paper) + _check_fresh(paper, now)
    left = sum(part.amount_fen for row in paper.rows for part in row.parts)
    if not problems and left:
        problems.append(Problem(_("转过去的借方与贷方不平，相差 {yuan} 元").format(yuan=said_yuan(abs(left)))))
    return problems or _check_sheets(paper, sheets)


def _check_leaves(row: PaperRow, chart: Mapping[str, Account]) -> list[Problem]:
    gone = [part.account for part in row.parts if part.account not in chart or not chart[part.account].leaf]
    text = _("决定转到的科目 {codes} 在新账套里没有，或已有下级，请重新决定")
    return [Problem(text.format(codes=_("、").join(gone)), _where(row), row.line)] if gone else []


def _check_netting(paper: MigrationPaper) -> list[Problem]:
    """Claims and debts of two old details may not meet in one new detail, where they would pay each other."""
    rows: dict[tuple[str, ...], dict[bool, PaperRow]] = {}
    for row in paper.rows:
        for part in row.parts:
            rows.setdefault((part.account, *row.detail.key[1:]), {}).setdefault(part.amount_fen > 0, row)
    text = _("与第 {n} 行转到同一个科目 {code} 的同一个明细，一借一贷会相抵：请转到不同的明细")
    return [
        Problem(text.format(n=both[False].line, code=key[0]), _where(both[True]), both[True].line)
        for key, both in rows.items()
        if len(both) > 1
    ]


def _check_fresh(paper: MigrationPaper, now: Mapping[tuple[str, ...], int]) -> list[Problem]:
    """The old book was reopened and booked in meanwhile."""
    kept: dict[tuple[str, ...], int] = {
        row.detail.key: row.detail.balance_fen for row in paper.rows if row.detail.balance_fen
    }
    stale = sorted(key for key in {*kept, *now} if kept.get(key, 0) != now.get(key, 0))
    text = _("旧账套里现在是 {now}，底稿上是 {kept}：请重新取数")
    return [
        Problem(
            text.format(now=side_yuan(now.get(key, 0)), kept=side_yuan(kept.get(key, 0))), "　".join(filter(None, key))
        )
        for key in stale
    ]


def _check_sheets(paper: MigrationPaper, sheets: Sheets) -> list[Problem]:
    problems, totals = [], {}
    for name, sheet in ((_("旧资产负债表"), sheets.old), (_("新资产负债表"), sheets.new)):
        own, other = total_of(sheet, ASSETS_TOTAL), total_of(sheet, OTHER_TOTAL)
        if own is None or other is None:
            problems.append(Problem(_("报表格式里没有“{a}”或“{b}”").format(a=ASSETS_TOTAL, b=OTHER_TOTAL), name))
            continue
        totals[name] = own
        if own != other:
            text = _("资产总计 {own} 与负债和所有者权益总计 {other} 不等")
            problems.append(Problem(text.format(own=said_yuan(own), other=said_yuan(other)), name))
    if not problems and len(set(totals.values())) > 1:
        old, new = totals.values()
        rows = _("；").join(_where(row) for row in paper.rows if _changes_side(row)) or _("没有找到是哪一行")
        text = _("新旧资产总计不等：旧 {old}，新 {new}。从资产转到了负债权益、或反过来的：{rows}")
        problems.append(Problem(text.format(old=said_yuan(old), new=said_yuan(new), rows=rows)))
    return problems


def _changes_side(row: PaperRow) -> bool:
    """Whether the balance stood among the assets and some of it now stands across, or the other way round."""
    before = _is_asset(row.detail.account, row.detail.balance_fen)
    return any(_is_asset(part.account, part.amount_fen) != before for part in row.parts)


def _is_asset(account: str, amount_fen: int) -> bool:
    return amount_fen > 0 if account.startswith(CURRENT) else account.startswith(OWN_SIDE)


def odd_parts(paper: MigrationPaper) -> list[Problem]:
    """What people should look at, though it keeps nobody: amounts across the side of the new account, no detail where
    the new account wants one."""
    told = []
    for row in paper.rows:
        for part in row.parts:
            account = paper.chart.get(part.account)
            if account is None:
                continue
            if account.side in ("D", "C") and (part.amount_fen > 0) != (account.side == "D"):
                text = _("{code} {name} 的余额在反方向：{yuan}")
                text = text.format(code=account.code, name=account.name, yuan=side_yuan(part.amount_fen))
                told.append(Problem(text, _where(row), row.line))
            if any(not getattr(row.detail, need) for need in account.needs if need in DIMENSIONS):
                text = _("{code} {name} 要写往来、项目等明细，这一行没有，归入“未指明”")
                told.append(Problem(text.format(code=account.code, name=account.name), _where(row), row.line))
    return told


def opening_lines(paper: MigrationPaper) -> tuple[Line, ...]:
    """The lines of the new book's opening voucher: every part with the dimensions of its row, nothing netted."""
    words = _("按新旧制度转换工作底稿转入（原账套 {code}）").format(code=paper.head.book)
    lines = [
        Line(
            words,
            part.account,
            max(part.amount_fen, 0),
            max(-part.amount_fen, 0),
            *row.detail.key[1:],
            part.quantity_milli if part.amount_fen > 0 else -part.quantity_milli,
        )
        for row in paper.rows
        for part in row.parts
    ]
    return tuple(sorted(lines, key=lambda line: line.account))


def side_yuan(fen: int) -> str:
    """借 1,000.00, 贷 1,000.00 or 0.00."""
    side = _("借") if fen > 0 else _("贷") if fen < 0 else ""
    return f"{side} {said_yuan(abs(fen))}".strip()


def _where(row: PaperRow) -> str:
    return _("第 {n} 行 {title}").format(n=row.line, title=row.title)
