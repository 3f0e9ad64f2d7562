"""From the month's posted vouchers and their papers to the sheet: pure, so that it can be tried on any month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from villagebooks.core.account import CASH, Account, path_name
from villagebooks.core.disclosure.sheet import (
    FUNDS,
    OWN,
    Debt,
    Fund,
    FundRule,
    GroupRule,
    IncomeItem,
    MoneyPlace,
    Sheet,
    SheetHead,
    SheetNotes,
    SheetRules,
    SheetSource,
    SpendingGroup,
    SpendingItem,
    Transfer,
)
from villagebooks.core.money import yuan_text
from villagebooks.core.paper import Paper
from villagebooks.core.receipt import ReceiptCount
from villagebooks.core.voucher import OPENING, WORDS, Line, Voucher
from villagebooks.core.words import _


@dataclass(frozen=True, slots=True)
class Move:
    """What one voucher did to one kind of money, fen, negative in red: came in, went out, only changed its place."""

    voucher: Voucher
    fund: str
    income_fen: int
    spending_fen: int
    transfer_fen: int


def money_moves(voucher: Voucher, fund_of: Mapping[str, str]) -> list[Move]:
    """The voucher's moves per kind of money; `fund_of` holds the cash and bank accounts.

    What is debited *and* credited inside one kind counts as a transfer only as far as no other line can explain it, so
    that a receipt and a payment booked in one voucher are shown as both and cannot hide each other.
    """
    total = sum(line.debit_fen for line in voucher.lines)
    moves = []
    for fund in FUNDS:
        lines = [line for line in voucher.lines if fund_of.get(line.account) == fund]
        debit = sum(line.debit_fen for line in lines)
        credit = sum(line.credit_fen for line in lines)
        over = debit + credit - total
        transfer = max(0, over) if total >= 0 else min(0, over)
        if lines:
            moves.append(Move(voucher, fund, debit - transfer, credit - transfer, transfer))
    return moves


def build_sheet(head: SheetHead, source: SheetSource, notes: SheetNotes, rules: SheetRules) -> Sheet:
    """The month's sheet from its posted vouchers; `check_sheet` says whether it ties."""
    fund_of = funds_of_accounts(source.accounts, rules.funds)
    vouchers = sorted((one for one in source.vouchers if one.kind != OPENING), key=_order)
    moves = [move for voucher in vouchers for move in money_moves(voucher, fund_of)]
    funds = [
        _fund(rule, [move for move in moves if move.fund == rule.fund], source, fund_of, rules)
        for rule in sorted(rules.funds, key=lambda rule: FUNDS.index(rule.fund))
    ]
    touched = {move.voucher.uid for move in moves}
    # dividing an account moves nothing of the village
    touched |= {account.split_by for account in source.accounts.values()}
    still = [voucher for voucher in vouchers if voucher.uid not in touched]
    own = next(fund for fund in funds if fund.fund == OWN)
    return Sheet(
        head.centre, head.root, head.book, head.village, head.month,
        number=_("第{month}号").format(month=head.month),
        own=own,
        others=tuple(fund for fund in funds if fund.fund != OWN and _is_used(fund)),
        places=_places(source, fund_of, notes, rules),
        transfers=tuple(_transfers(moves, source)),
        no_money=tuple(_no_money(still, source, rules)),
        owed_to_village=_debts(source, rules, 1),
        owed_by_village=_debts(source, rules, -1),
        receipts=receipt_words(source.receipts),
        voucher_count=len(vouchers),
        notes=notes,
    )  # fmt: skip


def funds_of_accounts(accounts: Mapping[str, Account], rules: Sequence[FundRule]) -> dict[str, str]:
    """The kind of money on every cash and bank leaf, by keywords in the account's names."""
    found = {}
    for code, account in accounts.items():
        if account.is_money and account.holds_lines:
            names = path_name(accounts.values(), code)
            found[code] = next((rule.fund for rule in rules if any(word in names for word in rule.keywords)), OWN)
    return found


def receipt_words(counts: Sequence[ReceiptCount]) -> str:
    """What became of the month's receipt numbers, in one sentence."""
    if not counts:
        return _("这个月没有用收据。")
    parts = []
    for count in counts:
        used = _("没有用")
        if count.used:
            used = _("用了 {ranges} 共 {n} 张").format(ranges=number_ranges(count.used), n=len(count.used))
        void = _("作废 {ranges} {n} 张").format(ranges=number_ranges(count.void), n=len(count.void))
        text = "，".join((used, void, _("还剩 {n} 张空白").format(n=count.left))).replace("  ", " ")
        if count.missing:
            text += _("，{ranges} 去向不明").format(ranges=number_ranges(count.missing))
        parts.append(text)
    return "；".join(parts) + "。"


def number_ranges(numbers: Iterable[str]) -> str:
    """0012351—0012352、0012355: neighbours as a range, leading zeros kept."""
    ranges: list[list[str]] = []
    for number in sorted(numbers, key=lambda text: (len(text), text)):
        if ranges and number.isdigit() and int(number) == int(ranges[-1][-1]) + 1:
            ranges[-1][1:] = [number]
        else:
            ranges.append([number])
    return "、".join("—".join(pair) for pair in ranges)


def _order(voucher: Voucher) -> tuple[date, int, int]:
    return voucher.day, WORDS.index(voucher.word) if voucher.word in WORDS else len(WORDS), voucher.number


def _label(voucher: Voucher) -> str:
    return f"{voucher.word}{voucher.number}"


def _is_used(fund: Fund) -> bool:
    return bool(fund.opening_fen or fund.closing_fen or fund.income or fund.spending)


def _fund(
    rule: FundRule, moves: Sequence[Move], source: SheetSource, fund_of: Mapping[str, str], rules: SheetRules
) -> Fund:
    details = [detail for detail in source.details if fund_of.get(detail.account) == rule.fund]
    income = [(move, part) for move in moves for part in _parts(move, source, fund_of, "收入")]
    spending = [(move, part) for move in moves for part in _parts(move, source, fund_of, "支出")]
    return Fund(
        rule.fund, rule.title,
        opening_fen=sum(detail.opening_fen for detail in details),
        income_fen=sum(move.income_fen for move in moves),
        spending_fen=sum(move.spending_fen for move in moves),
        closing_fen=sum(detail.closing_fen for detail in details),
        income=tuple(_income_item(number, move, part) for number, (move, part) in enumerate(income, 1)),
        spending=_groups(spending, source, rules.groups),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    """A row to be: words, amount in fen, and the paper it comes from."""

    words: str
    amount_fen: int
    paper: Paper | None


def _parts(move: Move, source: SheetSource, fund_of: Mapping[str, str], direction: str) -> list[_Part]:
    """The rows of one side: one a paper when the papers tie to the money, else one a summary of the money lines."""
    amount = move.income_fen if direction == "收入" else move.spending_fen
    if not amount:
        return []
    papers = [paper for paper in _papers(move.voucher, source) if paper.direction == direction]
    if papers and sum(paper.amount_fen for paper in papers) == amount:
        return [_Part(paper.words, paper.amount_fen, paper) for paper in papers]
    paper = papers[0] if papers else None
    lines = [line for line in move.voucher.lines if fund_of.get(line.account) == move.fund and _side(line, direction)]
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.summary] = sums.get(line.summary, 0) + _side(line, direction)
    words = _between_funds(move, fund_of, direction)
    if sum(sums.values()) == amount:
        return [_Part(words + summary, fen, paper) for summary, fen in sums.items() if fen]
    return [_Part(words + next(iter(sums)), amount, paper)]


def _side(line: Line, direction: str) -> int:
    return line.debit_fen if direction == "收入" else line.credit_fen


def _between_funds(move: Move, fund_of: Mapping[str, str], direction: str) -> str:
    """转入 or 转出 before the words when the voucher moves money between kinds of money and does nothing else."""
    kinds = {fund_of.get(line.account) for line in move.voucher.lines}
    if None in kinds or len(kinds) == 1:
        return ""
    return _("转入：") if direction == "收入" else _("转出：")


def _papers(voucher: Voucher, source: SheetSource) -> list[Paper]:
    return [source.papers[uid] for uid in voucher.papers if uid in source.papers]


def _income_item(number: int, move: Move, part: _Part) -> IncomeItem:
    voucher = move.voucher
    return IncomeItem(
        number, voucher.day, part.words, part.amount_fen, _basis(part.paper), _label(voucher), voucher.uid
    )


def _basis(paper: Paper | None) -> str:
    if paper is None:
        return ""
    if paper.basis or not paper.documents:
        return paper.basis
    first = paper.documents[0]
    return f"{first.kind} {first.number}".strip()


def _groups(
    rows: Sequence[tuple[Move, _Part]], source: SheetSource, rules: Sequence[GroupRule]
) -> tuple[SpendingGroup, ...]:
    """The rows under their titles, known titles in the rules' order, numbered through."""
    titles = [_group_title(move.voucher, part, source, rules) for move, part in rows]
    known = [rule.title for rule in rules]
    rest = known[-1:]
    order = [*known[:-1], *dict.fromkeys(title for title in titles if title not in known), *rest]
    groups, number = [], 0
    for title in order:
        items = []
        for (move, part), mine in zip(rows, titles, strict=True):
            if mine == title:
                number += 1
                items.append(_spending_item(number, move.voucher, part))
        if items:
            groups.append(SpendingGroup(title, tuple(items)))
    return tuple(groups)


def _group_title(voucher: Voucher, part: _Part, source: SheetSource, rules: Sequence[GroupRule]) -> str:
    if part.paper is not None and part.paper.group:
        return part.paper.group
    names = [path_name(source.accounts.values(), line.account) for line in voucher.lines if line.debit_fen]
    for rule in rules:
        if not rule.keywords or any(word in name for word in rule.keywords for name in names):
            return rule.title
    return _("别的开支")


def _spending_item(number: int, voucher: Voucher, part: _Part) -> SpendingItem:
    paper = part.paper
    return SpendingItem(
        number, voucher.day, part.words, part.amount_fen,
        paper.handler if paper else "", paper.witness if paper else "", paper.approvers if paper else (),
        _label(voucher), voucher.uid,
    )  # fmt: skip


def _places(
    source: SheetSource, fund_of: Mapping[str, str], notes: SheetNotes, rules: SheetRules
) -> tuple[MoneyPlace, ...]:
    places = []
    for code in sorted(fund_of, key=lambda code: (code.startswith(CASH), code)):
        mine = [detail for detail in source.details if detail.account == code]
        closing = sum(detail.closing_fen for detail in mine)
        if closing or any(detail.opening_fen or detail.debit_fen or detail.credit_fen for detail in mine):
            name = source.accounts[code].name
            label = next((words for word, words in rules.places if word in name), name)
            if code.startswith(CASH) and notes.cash_limit_fen:
                limit = yuan_text(notes.cash_limit_fen, group=" ").removesuffix(".00")
                label += _("（最多可留 {limit}）").format(limit=limit)
            places.append(MoneyPlace(label, closing, fund_of[code]))
    return tuple(places)


def _transfers(moves: Sequence[Move], source: SheetSource) -> Iterator[Transfer]:
    for move in moves:
        papers = [one for one in _papers(move.voucher, source) if one.direction == "转存"]
        if papers and sum(paper.amount_fen for paper in papers) == move.transfer_fen:
            yield from (Transfer(paper.words, paper.amount_fen) for paper in papers)
        elif move.transfer_fen:
            yield Transfer(move.voucher.lines[0].summary, move.transfer_fen)


def _no_money(vouchers: Sequence[Voucher], source: SheetSource, rules: SheetRules) -> Iterator[Transfer]:
    """Depreciation as one sum; goods received or given out, one line a voucher."""
    worn = sum(line.credit_fen for one in vouchers for line in one.lines if line.account[:3] in rules.depreciation)
    if worn:
        yield Transfer(_("房屋、道路、设备用旧的损耗（折旧）"), worn)
    for voucher in vouchers:
        goods = [line for line in voucher.lines if line.account[:3] in rules.goods]
        if goods:
            papers = _papers(voucher, source)
            moved = sum(line.debit_fen for line in goods) or sum(line.credit_fen for line in goods)
            yield Transfer(papers[0].words if papers else voucher.lines[0].summary, moved)


def _debts(source: SheetSource, rules: SheetRules, sign: int) -> tuple[Debt, ...]:
    """Details of receivables and payables by the side they stand on; debit and credit details are never netted."""
    words = dict(rules.debts)
    found = []
    for detail in source.details:
        kind = words.get(detail.account[:3])
        amount = detail.closing_fen * sign if kind is not None else 0
        if amount > 0:
            name = source.parties.get(detail.party, detail.party) or _account_name(source, detail.account)
            found.append(Debt(f"{name}（{kind}）" if kind and detail.party else name, amount))
    return tuple(sorted(found, key=lambda debt: (-debt.amount_fen, debt.party)))


def _account_name(source: SheetSource, code: str) -> str:
    account = source.accounts.get(code)
    return account.name if account else code
