"""The year's end as drafts to approve: 5xx → 321 → 322 未分配收益, distributions, 各项分配 → 未分配收益 (RULES §1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.account import Account
from villagebooks.core.closing.place import RESERVE_DRAWN, TO_MEMBERS, Places, pick_leaf
from villagebooks.core.money import read_yuan, said_yuan
from villagebooks.core.problem import Problem
from villagebooks.core.voucher import CLOSING, Draft, Line
from villagebooks.core.words import _

RESERVE_HOME = "提取"
PAYABLE_HOME = "分配"


@dataclass(frozen=True, slots=True)
class DetailBalance:
    """What one detail of an account holds, signed net in fen, debit positive."""

    account: str
    net_fen: int
    party: str = ""
    project: str = ""
    contract: str = ""
    bank: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What a member gets of the distribution, fen; `account` is the leaf of 113, empty when there is but one."""

    amount_fen: int
    party: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Distribution:
    """The year's distribution as the assembly decided it, amounts in fen.

    `reserve_to` is the leaf of 公积公益金 that takes the reserve, empty when there is but one for it.
    """

    reserve_fen: int = 0
    shares: tuple[Share, ...] = ()
    reserve_to: str = ""


def build_transfers(day: date, places: Places, balances: Iterable[DetailBalance]) -> list[Draft]:
    """What is still to be transferred, in the order it is booked; empty when the year is transferred.

    Every detail goes to zero, so that no party or project of a profit-and-loss account is carried into the next year.
    """
    held = [one for one in balances if one.net_fen]
    income = [one for one in held if one.account in places.income]
    expense = [one for one in held if one.account in places.expense]
    result = [one for one in held if one.account in places.result]
    spent = [one for one in held if one.account in places.distributed]
    into_result, undistributed = places.result[0], places.undistributed[0]
    drafts = [
        _transfer(day, _("结转收入"), income, into_result),
        _transfer(day, _("结转支出"), expense, into_result),
        _transfer(
            day, _("本年收益转入收益分配"), _merged([*result, *_moved(income, expense, into_result)]), undistributed
        ),
        _transfer(day, _("各项分配转入未分配收益"), spent, undistributed),
    ]
    return [draft for draft in drafts if draft.lines]


def _moved(income: list[DetailBalance], expense: list[DetailBalance], into: str) -> list[DetailBalance]:
    return [DetailBalance(into, sum(one.net_fen for one in (*income, *expense)))]


def _merged(held: Iterable[DetailBalance]) -> list[DetailBalance]:
    sums: dict[tuple[str, str, str, str, str], int] = {}
    for one in held:
        key = (one.account, one.party, one.project, one.contract, one.bank)
        sums[key] = sums.get(key, 0) + one.net_fen
    return [DetailBalance(key[0], net, *key[1:]) for key, net in sums.items() if net]


def _transfer(day: date, words: str, held: Sequence[DetailBalance], into: str) -> Draft:
    """A voucher that empties the details into one account; their own lines stand first when they are credits."""
    lines = [
        Line(
            words, one.account, max(-one.net_fen, 0), max(one.net_fen, 0), one.party, one.project, one.contract,
            one.bank,
        )
        for one in held
    ]  # fmt: skip
    total = sum(one.net_fen for one in held)
    if total:
        lines.append(Line(words, into, max(total, 0), max(-total, 0)))
    debits_first = sorted(lines, key=lambda line: not line.debit_fen)
    return Draft(day, tuple(debits_first), kind=CLOSING)


def check_places(places: Places) -> list[Problem]:
    """Whether the book has the accounts that a transfer ends in."""
    problems = []
    if not places.result:
        problems.append(Problem(_("账套里没有“本年收益”科目")))
    if not places.undistributed:
        problems.append(Problem(_("“收益分配”下面没有“未分配收益”科目，先在科目表里增加")))
    return problems


def available_fen(places: Places, balances: Iterable[DetailBalance]) -> int:
    """可供分配收益, fen: what 未分配收益 would hold when everything is transferred; negative for a loss."""
    counted = {*places.year_end, *places.undistributed}
    return -sum(one.net_fen for one in balances if one.account in counted)


def build_distribution(day: date, wanted: Distribution, places: Places, accounts: Mapping[str, Account]) -> list[Draft]:
    """Vouchers of a distribution that `check_distribution` let pass: 提取公积公益金, then 成员分配."""
    drafts = []
    if wanted.reserve_fen:
        words = _("提取公积公益金")
        debit = Line(words, pick_leaf(places.distributed, accounts, RESERVE_DRAWN), debit_fen=wanted.reserve_fen)
        to = wanted.reserve_to or pick_leaf(places.reserves, accounts, RESERVE_HOME)
        drafts.append(Draft(day, (debit, Line(words, to, credit_fen=wanted.reserve_fen))))
    if wanted.shares:
        words = _("向成员分配")
        total = sum(one.amount_fen for one in wanted.shares)
        debit = Line(words, pick_leaf(places.distributed, accounts, TO_MEMBERS), debit_fen=total)
        home = pick_leaf(places.members, accounts, PAYABLE_HOME)
        members = [
            Line(words, one.account or home, credit_fen=one.amount_fen, party=one.party) for one in wanted.shares
        ]
        drafts.append(Draft(day, (debit, *members)))
    return drafts


def check_distribution(
    wanted: Distribution, places: Places, accounts: Mapping[str, Account], left_fen: int
) -> list[Problem]:
    """Amounts positive and covered by 可供分配收益 (`left_fen`); accounts found by names below 322, 311, 113."""
    problems = []
    total = wanted.reserve_fen + sum(one.amount_fen for one in wanted.shares)
    if not total:
        problems.append(Problem(_("没有写要分配的金额"), field="reserve_fen"))
    if wanted.reserve_fen < 0 or any(one.amount_fen <= 0 for one in wanted.shares):
        problems.append(Problem(_("分配的金额要大于零"), field="shares"))
    if total > left_fen:
        text = _("要分配 {total} 元，可供分配的只有 {left} 元")
        problems.append(Problem(text.format(total=said_yuan(total), left=said_yuan(left_fen)), field="shares"))
    if wanted.reserve_fen:
        problems += _need(pick_leaf(places.distributed, accounts, RESERVE_DRAWN), _("“各项分配”下的“提取公积公益金”"))
        to = wanted.reserve_to or pick_leaf(places.reserves, accounts, RESERVE_HOME)
        problems += _need(to if to in places.reserves else "", _("转入的“公积公益金”明细"))
    if wanted.shares:
        problems += _need(pick_leaf(places.distributed, accounts, TO_MEMBERS), _("“各项分配”下的“成员分配”"))
        home = pick_leaf(places.members, accounts, PAYABLE_HOME)
        if any((one.account or home) not in places.members for one in wanted.shares):
            problems += _need("", _("应付分配的“内部往来”明细"))
    return problems


def read_shares(text: str) -> tuple[tuple[Share, ...], list[Problem]]:
    """Shares typed or pasted one a line, name and yuan (`柯有福 1,200.50`), and what could not be read."""
    shares, problems = [], []
    for number, line in enumerate(text.splitlines()):
        words = line.split()
        if not words:
            continue
        amount = read_yuan(words[-1])
        if len(words) < 2 or amount is None or amount <= 0:
            where = _("第 {n} 行").format(n=number + 1)
            problems.append(Problem(_("每行写一个人：姓名、空格、金额"), where, number, "shares"))
        else:
            shares.append(Share(amount, "".join(words[:-1])))
    return tuple(shares), problems


def _need(code: str, name: str) -> list[Problem]:
    return [] if code else [Problem(_("账套里找不到{name}科目，请指明或先增加").format(name=name))]
