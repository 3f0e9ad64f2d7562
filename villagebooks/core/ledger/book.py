"""Ledgers that run in money alone: 总账 of an account by months, 明细账 by lines, 日记账 of cash and bank by days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from villagebooks.core.account import Account
from villagebooks.core.ledger.account import Ledger, Movement, side_of
from villagebooks.core.ledger.balance import Turnover
from villagebooks.core.ledger.request import DETAIL, GENERAL, JOURNAL, PARTIES
from villagebooks.core.ledger.running import Entry, Figures, Form, Sums, run_rows
from villagebooks.core.ledger.sheet import DAY, MONEY, PARTY, SIDE, TEXT, Cell, Sheet, SheetColumn, SheetRow
from villagebooks.core.period import Month, Span
from villagebooks.core.words import _


def general_sheet(
    book: str, account: Account, span: Span, opening_fen: int, turnovers: Iterable[Turnover], before: Sums | None = None
) -> Sheet:
    """总账: month totals and the year to date of an account, from the balances of its leaves by month.

    `opening_fen` is the net before the first month (debit positive); `before` (debit, credit) of the year before it.
    """
    months: dict[Month, list[int]] = {}
    for one in turnovers:
        sums = months.setdefault(one.month, [0, 0])
        sums[0] += one.debit_fen
        sums[1] += one.credit_fen
    entries = [Entry(month.last_day, ("",), (sums[0], sums[1])) for month, sums in sorted(months.items())]
    form = Form(1, 0, 2, _figures(opening_fen), lines=False)
    title = _("{code} {name}　总账").format(code=account.code, name=account.name)
    return Sheet(GENERAL, book, title, span.first, span.last, general_columns(), run_rows(form, entries, span, before))


def detail_sheet(
    ledger: Ledger, names: Mapping[str, str], before: Sums | None = None, party: str | None = None
) -> Sheet:
    """明细账 of an account (or of one `party` in it) with month totals; `names` are those of parties by code."""
    entries = [
        Entry(
            one.day, (one.voucher, one.summary, names.get(one.party, one.party)), (one.debit_fen, one.credit_fen),
            one.uid,
        )
        for one in ledger.lines
    ]  # fmt: skip
    span = Span(ledger.first, ledger.last)
    title = _("{code} {name}　明细账").format(code=ledger.account, name=ledger.name)
    if party is not None:
        whose = names.get(party, party) or _("未指明")
        title = _("{code} {name}（{party}）　明细账").format(code=ledger.account, name=ledger.name, party=whose)
    rows = run_rows(Form(3, 1, 2, _figures(ledger.opening_fen)), entries, span, before)
    return Sheet(DETAIL, ledger.book, title, span.first, span.last, detail_columns(), rows)


@dataclass(frozen=True, slots=True)
class PartyPart:
    """What a 往来明细账 is made of: a party with its opening net, its lines, and (debit, credit) of the year before."""

    party: str
    opening_fen: int
    movements: tuple[Movement, ...]
    before: Sums


def parties_sheet(
    book: str, account: Account, span: Span, parts: Iterable[PartyPart], names: Mapping[str, str]
) -> Sheet:
    """往来明细账: the ledger of every party of an account, one below another, each with its own totals and balance."""
    rows: list[SheetRow] = []
    for one in parts:
        name = names.get(one.party, one.party) or _("未指明")
        entries = [
            Entry(move.day, (move.voucher, move.summary, name), (move.debit_fen, move.credit_fen), move.uid)
            for move in one.movements
        ]
        rows.append(SheetRow(PARTY, (None, "", name, name, None, None, "", None), party=one.party))
        for row in run_rows(Form(3, 1, 2, _figures(one.opening_fen)), entries, span, one.before):
            day, voucher, summary, _party, *figures = row.cells
            rows.append(replace(row, cells=(day, voucher, summary, name, *figures), party=one.party))
        # what ends with its party is carried nowhere
        rows[-1] = replace(rows[-1], carry=())
    title = _("{code} {name}　往来明细账").format(code=account.code, name=account.name)
    return Sheet(PARTIES, book, title, span.first, span.last, detail_columns(), tuple(rows))


def journal_sheet(
    book: str, account: Account, span: Span, opening_fen: int, movements: Sequence[Movement],
    counters: Mapping[str, str], before: Sums | None = None,
) -> Sheet:  # fmt: skip
    """日记账 of cash or a bank account: every line with the account on the other side, a total below every day.

    `counters` are the words of 对方科目 by the voucher's uid (`counter_names`). Source: RULES §5.
    """
    entries = [
        Entry(one.day, (one.voucher, one.summary, counters.get(_counter_key(one), "")), (one.debit_fen, one.credit_fen),
              one.uid)
        for one in movements
    ]  # fmt: skip
    title = _("{code} {name}　日记账").format(code=account.code, name=account.name)
    rows = run_rows(Form(3, 1, 2, _figures(opening_fen), days=True), entries, span, before)
    return Sheet(JOURNAL, book, title, span.first, span.last, journal_columns(), rows)


def counter_names(
    movements: Iterable[Movement], lines: Iterable[tuple[str, str, bool]], names: Mapping[str, str]
) -> dict[str, str]:
    """对方科目 by voucher and side: the first account on the other side of a voucher, 等 where there are several.

    `lines` are (voucher's uid, account, is it a debit) of every line of these vouchers; `names` by account.
    """
    sides: dict[tuple[str, bool], list[str]] = {}
    for uid, account, is_debit in lines:
        known = sides.setdefault((uid, is_debit), [])
        if account not in known:
            known.append(account)
    found = {}
    for one in movements:
        others = sides.get((one.uid, not one.debit_fen), ())
        if others:
            name = names.get(others[0], others[0])
            found[_counter_key(one)] = name if len(others) == 1 else _("{name} 等").format(name=name)
    return found


def _counter_key(one: Movement) -> str:
    return f"{one.uid}{'+' if one.debit_fen else '-'}"


def _figures(opening_fen: int) -> Figures:
    def figures(sums: Sums | None, total: Sums) -> tuple[Cell, ...]:
        net = opening_fen + total[0] - total[1]
        moved: Sequence[int | None] = sums if sums is not None else (None, None)
        return moved[0], moved[1], side_of(net), abs(net)

    return figures


def money_columns(debit: str = "", credit: str = "", share: float = 13) -> tuple[SheetColumn, ...]:
    """借方, 贷方, 方向, 余额."""
    return (
        SheetColumn("debit", debit or _("借方"), MONEY, share),
        SheetColumn("credit", credit or _("贷方"), MONEY, share),
        SheetColumn("side", _("方向"), SIDE, 4),
        SheetColumn("balance", _("余额"), MONEY, share + 0.5, always=True),
    )


def line_columns(summary: float = 32) -> tuple[SheetColumn, ...]:
    """日期, 凭证号, 摘要: what stands on every part of a page."""
    return (
        SheetColumn("date", _("日期"), DAY, 9, lead=True),
        SheetColumn("voucher", _("凭证号"), TEXT, 6.5, lead=True),
        SheetColumn("summary", _("摘要"), TEXT, summary, lead=True),
    )


def general_columns() -> tuple[SheetColumn, ...]:
    """Columns of a 总账."""
    return (
        SheetColumn("date", _("日期"), DAY, 9), SheetColumn("summary", _("摘要"), TEXT, 40), *money_columns(),
    )  # fmt: skip


def detail_columns() -> tuple[SheetColumn, ...]:
    """Columns of a 明细账."""
    return (*line_columns(), SheetColumn("party", _("往来"), TEXT, 15), *money_columns())


def journal_columns() -> tuple[SheetColumn, ...]:
    """Columns of a 日记账."""
    counter = SheetColumn("counter", _("对方科目"), TEXT, 15)
    return (*line_columns(), counter, *money_columns(_("收入（借方）"), _("支出（贷方）")))
