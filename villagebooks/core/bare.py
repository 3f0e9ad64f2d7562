"""Money that a voucher pays beyond the papers that the village signed, at once or in several small ones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.money import said_yuan
from villagebooks.core.payee import Cover, Payees, Strayed, plain_name
from villagebooks.core.words import _

COSTS = ("4", "5")
"""First digits of the accounts of costs and expenses."""
_APART = re.compile(r"[\W\d一二三四五六七八九十第其次批笔月日]+|支付|付款|支出|报销|购买|采购|现金|费用|[付购买款费]")
LEAST_MATTER = 2
"""Signs of a summary that say what it is about."""
MOST_TITLES = 8
"""Vouchers that a sentence names: a run over a whole year has more."""


@dataclass(frozen=True, slots=True)
class BarePart:
    """What a voucher pays to a party (code), or for an account where the line names no party, that no paper for that
    party speaks of, fen. `words`: the summary of the line."""

    party: str
    account: str
    fen: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class OwedMove:
    """What a voucher (uid) does to what is owed to a party on an account, fen, more owed positive; `signed_fen` of it
    is the rest of papers made out to that party, which the voucher itself did not pay."""

    uid: str
    account: str
    party: str
    fen: int
    signed_fen: int = 0


def paid_of_owed(moves: Iterable[OwedMove]) -> dict[str, list[tuple[str, int]]]:
    """By voucher: to which party (code) it pays how much (fen) of what signed papers left owed, in the order of the
    moves (the opening first): one paper's instalments are covered up to what it says, and no farther. A bill that
    settles an advance leaves nothing owed, whatever its paper says."""
    left: dict[tuple[str, str], int] = defaultdict(int)
    owed: dict[tuple[str, str], int] = defaultdict(int)
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for one in moves:
        key = (one.account, one.party)
        owed[key] += one.fen
        if one.fen > 0:
            left[key] = min(left[key] + min(one.fen, one.signed_fen), max(0, owed[key]))
        elif used := min(-one.fen, left[key]):
            left[key] -= used
            found[one.uid].append((one.party, used))
    return found


def less_settled(paid: Sequence[tuple[str, int]], settled_fen: int) -> list[tuple[str, int]]:
    """What of these payments of one voucher (party, fen) left in cash, where it settles so much otherwise: set off,
    waived, owed to somebody else."""
    found: list[tuple[str, int]] = []
    for party, fen in paid:
        gone = min(fen, settled_fen)
        settled_fen -= gone
        if fen > gone:
            found.append((party, fen - gone))
    return found


@dataclass(frozen=True, slots=True)
class BarePayment:
    """A voucher by uid and title: what it pays out of cash and bank, and what its papers of spending cover of it, fen.
    `parts`: to whom. `before`: days and amounts (fen) of the vouchers that were taken back and that it does over, the
    first one first. `strayed`: papers that are made out to others than it pays. `in_cash`: some of it left in notes."""

    uid: str
    title: str
    day: date
    paid_fen: int
    covered_fen: int
    parts: tuple[BarePart, ...] = ()
    before: tuple[tuple[date, int], ...] = ()
    strayed: Strayed | None = None
    posted: bool = True
    in_cash: bool = False

    @property
    def bare_fen(self) -> int:
        """What no paper speaks of."""
        return self.paid_fen - self.covered_fen

    @property
    def sentence(self) -> str:
        """What is told of it: one small paper covers no large payment, and no paper what somebody else is paid."""
        if self.strayed and self.strayed.others:
            text = _("付出 {yuan} 元，报账单是付给{payees}的，付给{others}的 {rest} 元没有报账单")
            payees, others = _("、").join(self.strayed.payees), _("、").join(self.strayed.others)
            yuan, rest = said_yuan(self.paid_fen), said_yuan(self.bare_fen)
            return text.format(yuan=yuan, payees=payees, others=others, rest=rest)
        if not self.covered_fen:
            return _("付出 {yuan} 元，没有村里签过字的报账单").format(yuan=said_yuan(self.paid_fen))
        text = _("付出 {yuan} 元，签过字的报账单只有 {covered} 元，差 {rest} 元没有报账单")
        amounts = {"yuan": self.paid_fen, "covered": self.covered_fen, "rest": self.bare_fen}
        return text.format(**{name: said_yuan(fen) for name, fen in amounts.items()})

    def pieces(self) -> Iterator[tuple[BarePart, date, int]]:
        """To whom, on which day, how much (fen) left without a paper: what was done over left on the first day."""
        whole = sum(one.fen for one in self.parts)
        for part in self.parts:
            fen, given = self.bare_fen * part.fen // whole, 0
            for day, until in self._left():
                piece = fen * until // self.bare_fen - given
                given += piece
                if piece:
                    yield part, day, piece

    def _left(self) -> Iterator[tuple[date, int]]:
        """How much of it had left until the end of which day, fen."""
        until = 0
        for day, paid in self.before:
            until = max(until, min(paid, self.bare_fen))
            yield day, until
        yield self.day, self.bare_fen


_Piece = tuple[date, int, BarePayment, BarePart]
"""When how much (fen) left, of which payment and part of it."""


@dataclass(frozen=True, slots=True)
class BareSplit:
    """Payments within a few days, to one payee or for one account, each below the line and above it together: `fen` is
    what they pay this one without a paper, from the first day to the last."""

    whose: str
    first: date
    last: date
    fen: int
    payments: tuple[BarePayment, ...]

    @property
    def sentence(self) -> str:
        """What is told of them."""
        days = (self.last - self.first).days + 1
        text = _("{days} 天内分 {n} 张付给{whose}（{titles}），合计 {yuan} 元没有村里签过字的报账单")
        if days == 1:
            text = _("同一天分 {n} 张付给{whose}（{titles}），合计 {yuan} 元没有村里签过字的报账单")
        return text.format(
            days=days, n=len(self.payments), whose=self.whose, titles=_titles(self.payments), yuan=said_yuan(self.fen)
        )  # fmt: skip


def _titles(payments: Sequence[BarePayment]) -> str:
    """2026-09 记-1、记-3: the month once where it stays the same."""
    told, last = [], ""
    for one in payments[:MOST_TITLES]:
        month, _blank, title = one.title.rpartition(" ")
        told.append(title if month == last else one.title)
        last = month
    titles = _("、").join(told)
    return _("{titles}等").format(titles=titles) if len(payments) > MOST_TITLES else titles


def bare_parts(
    spent: Mapping[tuple[str, str], int], payees: Payees, papers: Iterable[Cover],
    words: Mapping[tuple[str, str], str] | None = None,
) -> tuple[BarePart, ...]:  # fmt: skip
    """What a voucher spends by (party, account), fen, less the papers made out to that party. Where a line names the
    party, the account says nothing. `words`: summaries by the same keys."""
    left: dict[tuple[str, str], int] = defaultdict(int)
    for (party, account), fen in spent.items():
        left[party, "" if party else account] += fen
    keys = {payees.key(party): (party, account) for party, account in left if party}
    for one in papers:
        key = keys.get(payees.key(one.payee))
        if key:
            left[key] -= min(one.fen, max(left[key], 0))
    said = words or {}
    return tuple(BarePart(*key, fen, said.get(key, "")) for key, fen in sorted(left.items()) if fen > 0)


def find_bare_splits(
    payments: Iterable[BarePayment], limit_fen: int, days: int, names: Mapping[str, str] | None = None
) -> list[BareSplit]:
    """A payment not above the limit itself is of a split when some span of so many days that contains it is above the
    limit, for one payee or account; spans that share a payment are one split. By day, in whatever order they come. 0
    days, or no limit, finds none. `names`: of parties and accounts by code."""
    groups: dict[tuple[str, str], list[_Piece]] = defaultdict(list)
    for one in payments:
        if limit_fen and days and 0 < one.bare_fen <= limit_fen:
            for part, day, fen in one.pieces():
                groups[part.party, part.account].append((day, fen, one, part))
    found: list[BareSplit] = []
    for (party, account), pieces in groups.items():
        whose = _whose(party, account, names or {})
        found += [_split(whose, run) for run in _runs(_ordered(pieces), limit_fen, days)]
    costs = [piece for (party, account), some in groups.items() if not party and account[:1] in COSTS for piece in some]
    found += _over_accounts(costs, limit_fen, days, [_uids(one.payments) for one in found])
    return sorted(found, key=lambda one: (one.first, one.whose))


def _over_accounts(
    pieces: Sequence[_Piece], limit_fen: int, days: int, told: list[set[str]]
) -> Iterator[BareSplit]:  # fmt: skip
    """One bill booked on several accounts of costs that name nobody: what has the same words, and what left in notes
    on the same day. What is `told` for one account already is not told again."""
    groups: dict[str, list[_Piece]] = defaultdict(list)
    for piece in pieces:
        if matter := matter_of(piece[3].words):
            groups[matter].append(piece)
    for piece in pieces:
        if piece[2].in_cash:
            groups[piece[0].isoformat()].append(piece)
    for some in groups.values():
        for run in _runs(_ordered(some), limit_fen, days):
            accounts = sorted({part.account for _day, _fen, _one, part in run})
            split = _split(_("没有写是谁的几个科目 {accounts}").format(accounts=_("、").join(accounts)), run)
            uids = _uids(split.payments)
            if len(accounts) > 1 and len(uids) > 1 and not any(uids <= one for one in told):
                told.append(uids)
                yield split


def _uids(payments: Iterable[BarePayment]) -> set[str]:
    return {one.uid for one in payments}


def _ordered(pieces: Iterable[_Piece]) -> list[_Piece]:
    return sorted(pieces, key=lambda piece: (piece[0], len(piece[2].title), piece[2].title))


def matter_of(words: str) -> str:
    """What a summary is about, without what tells parts of one bill apart (第一批, 其二, 3 月) and without the words
    for paying; empty where nothing much is left."""
    left = _APART.sub("", plain_name(words))
    return left if len(left) >= LEAST_MATTER else ""


def _whose(party: str, account: str, names: Mapping[str, str]) -> str:
    if party:
        return names.get(party, party)
    told = f"{account} {names[account]}" if account in names else account
    return _("同一科目 {account}").format(account=told)


def _split(whose: str, pieces: Sequence[_Piece]) -> BareSplit:
    payments = tuple({one.uid: one for _day, _fen, one, _part in pieces}.values())
    return BareSplit(whose, pieces[0][0], pieces[-1][0], sum(fen for _day, fen, *_rest in pieces), payments)


def _runs(pieces: Sequence[_Piece], limit_fen: int, days: int) -> list[Sequence[_Piece]]:
    """Pieces by day: for each, the widest span that ends with it; those above the limit are joined where they share a
    piece."""
    runs: list[tuple[int, int]] = []
    start = total = 0
    for end, (day, fen, *_rest) in enumerate(pieces):
        total += fen
        while (day - pieces[start][0]).days >= days:
            total -= pieces[start][1]
            start += 1
        if total > limit_fen:
            first = runs.pop()[0] if runs and runs[-1][1] >= start else start
            runs.append((first, end))
    return [pieces[first : end + 1] for first, end in runs]
