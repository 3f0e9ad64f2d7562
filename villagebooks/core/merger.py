"""合村并账: each balance of an old book goes out by one transfer voucher and comes in marked with its former village.

Accounts of merged villages are never pooled (财农〔2021〕121号 art. 32): the mark 〔原某村〕 stands behind the party,
else behind project, contract or bank account, else alone as party; a bank account gets an account of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebooks.core.account import BANK, Account, path_name
from villagebooks.core.book import Book
from villagebooks.core.closing import OPEN
from villagebooks.core.migration import OldDetail, follow, names_below, open_below, side_yuan, with_accounts
from villagebooks.core.period import Month, month_of
from villagebooks.core.problem import Problem
from villagebooks.core.village import former_of, mark_former
from villagebooks.core.voucher import DIMENSIONS, Line
from villagebooks.core.words import _

DRAFT, FINISHED, GIVEN_UP = "draft", "finished", "given_up"


@dataclass(frozen=True, slots=True)
class Merger:
    """One old book that goes into another on a day; the uids are those of its two vouchers."""

    uid: str
    source: str
    target: str
    day: date
    former: str
    basis: str
    state: str
    voucher_out: str
    voucher_in: str
    made_by: str = ""
    made_at: str = ""
    finished_at: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A detail of the old book and the detail of the new book that takes it, the amount of both."""

    old: OldDetail
    new: OldDetail


@dataclass(frozen=True, slots=True)
class MoveWords:
    """A move as people read it: accounts with their names, details in words, the amount in fen, debit positive."""

    old: str
    old_words: str
    balance_fen: int
    new: str
    new_words: str


@dataclass(frozen=True, slots=True)
class MergerPlan:
    """What a merger would do: every move, the accounts it opens in the new book, and what stands in its way."""

    moves: tuple[Move, ...]
    opened: tuple[Account, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the old book must show before it goes: states of its months, those with vouchers that are not posted or
    behind the day, and leaves that the year's transfers empty."""

    states: Mapping[Month, str]
    waiting: tuple[str, ...]
    later: tuple[str, ...]
    year_end: frozenset[str]


def check_merger(
    source: Book, target: Book, day: date, basis: str, details: Sequence[OldDetail], facts: SourceFacts
) -> list[Problem]:
    """Whether the books may be merged on that day."""
    month, problems = month_of(day), []

    def add(text: str, field: str = "", **words: object) -> None:
        problems.append(Problem(text.format(**words), field=field))

    if source.village == target.village:
        add(_("两个账套是同一个村的，不是合村并账"), "target")
    if source.standard != target.standard:
        add(_("{a} 和 {b} 用的会计制度不一样：旧账套先转换制度，再并账"), "target", a=source.code, b=target.code)
    for book in (source, target):
        if not book.keeps(month):
            add(_("账套 {code} 在 {month} 没有启用或已经停用"), "day", code=book.code, month=month)
    if not basis.strip():
        add(_("请写依据：批准并村的文件、文号，移交表"), "basis")
    before = month.plus(-1)
    if source.start < month and facts.states.get(before, OPEN) == OPEN:
        add(_("旧账套 {month} 还没有结账：先结到并账的前一个月"), "day", month=before)
    if facts.waiting:
        add(_("旧账套还有没记账的凭证：{names}，先记账或作废"), names=_("、").join(facts.waiting[:5]))
    if facts.later:
        add(_("旧账套在 {day} 以后还有凭证：{names}"), "day", day=day, names=_("、").join(facts.later[:5]))
    left = [one for one in details if one.account in facts.year_end]
    if left:
        names = _("、").join(f"{one.account} {side_yuan(one.balance_fen)}" for one in left[:5])
        add(_("损益、本年收益、各项分配还没有结转：{names}。先在旧账套生成结转凭证，记账后再并"), names=names)
    if not details:
        add(_("旧账套没有余额可转"))
    return problems


def plan_merger(
    details: Sequence[OldDetail],
    source: Mapping[str, Account],
    target: Mapping[str, Account],
    former: str,
    with_lines: Collection[str],
) -> MergerPlan:
    """Where each detail goes, by the names of its account; `with_lines` are leaves of the new book that have lines."""
    chart = dict(target)
    opened: list[Account] = []
    places = []
    for one in details:
        place, new = _place(one, source, chart, former)
        places.append(place)
        opened += new
    whole = with_accounts(target, opened)
    problems = []
    for code in sorted(with_lines):
        if code in whole and not whole[code].leaf:
            text = _("新账套的 {code} {name} 已有分录，不能在下面增设明细：先在新账套把它拆分开，再并账")
            problems.append(Problem(text.format(code=code, name=whole[code].name)))
    moves = []
    for one, code in zip(details, places, strict=True):
        if code not in whole or not whole[code].leaf:
            problems.append(Problem(_("新账套没有能接 {code} 的末级科目").format(code=one.account)))
        else:
            moves.append(Move(one, _marked(replace(one, account=code), whole[code], former)))
    return MergerPlan(tuple(moves), tuple(opened), tuple(dict.fromkeys(problems)))


def _place(
    one: OldDetail, source: Mapping[str, Account], chart: dict[str, Account], former: str
) -> tuple[str, list[Account]]:
    """The leaf of the new chart that takes the detail, opened in `chart` where it is missing.

    A bank account never goes into another's: the money lies in its own bank account. Where the new book is divided
    further than the old one, the undivided balance gets an account of its own.
    """
    start, account = one.account[:3], source[one.account]
    if start not in chart:
        return "", []
    names = names_below(source, one.account)
    if start == BANK:
        names = [*names[:-1], mark_former(account.name, former)]
    opened = open_below(chart, start, names, account)
    here = follow(chart, start, names)[0]
    if not chart[here].leaf:
        own = [mark_former(account.name, former)]
        opened += open_below(chart, here, own, account)
        here = follow(chart, here, own)[0]
    return here, opened


def _marked(detail: OldDetail, account: Account, former: str) -> OldDetail:
    """The detail with its former village; one that carries a mark, or whose account does, is left as it is."""
    if former_of(account.name) or any(former_of(one) for one in detail.key[1:]):
        return detail
    name = next((name for name in DIMENSIONS if getattr(detail, name)), DIMENSIONS[0])
    values = {one: getattr(detail, one) for one in DIMENSIONS}
    values[name] = mark_former(values[name], former)
    return OldDetail(detail.account, detail.balance_fen, **values, quantity_milli=detail.quantity_milli)


def move_words(
    old: Sequence[OldDetail], new: Sequence[OldDetail], source: Mapping[str, Account], target: Mapping[str, Account]
) -> tuple[MoveWords, ...]:
    """Moves as people read them, from what goes and what comes, in the same order."""

    def named(chart: Mapping[str, Account], code: str) -> str:
        return f"{code} {path_name(chart.values(), code)}".strip()

    return tuple(
        MoveWords(named(source, a.account), a.words, b.balance_fen, named(target, b.account), b.words)
        for a, b in zip(old, new, strict=False)
    )


def details_of(lines: Sequence[Line]) -> tuple[OldDetail, ...]:
    """The details of a voucher's lines with what it moves on them."""
    return tuple(
        OldDetail(one.account, one.net_fen, one.party, one.project, one.contract, one.bank, one.quantity_milli)
        for one in lines
    )


def out_lines(moves: Sequence[Move], summary: str) -> tuple[Line, ...]:
    """The lines that empty the old book."""
    return tuple(_line(one.old, -one.old.balance_fen, -one.old.quantity_milli, summary) for one in moves)


def in_lines(moves: Sequence[Move], summary: str) -> tuple[Line, ...]:
    """The lines that bring everything into the new book."""
    return tuple(_line(one.new, one.new.balance_fen, one.new.quantity_milli, summary) for one in moves)


def _line(detail: OldDetail, fen: int, milli: int, summary: str) -> Line:
    counted = milli if fen > 0 else -milli
    return Line(summary, detail.account, max(fen, 0), max(-fen, 0), *detail.key[1:], counted)
