"""The month's checklist: facts in, blockers out; every rule is a function of the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from villagebooks.core.account import CASH
from villagebooks.core.closing.blocker import BLOCK, FIXED, Blocker
from villagebooks.core.closing.facts import MonthFacts
from villagebooks.core.closing.place import FUNDS
from villagebooks.core.ledger import side_of
from villagebooks.core.money import said_yuan
from villagebooks.core.voucher import POSTED, VOID
from villagebooks.core.words import _

CLAIMS = ("112", "113")
STORES = "121"
RELIEF = ("救灾", "救济")
SOLD = "销售"
YEAR_END = 12
SHOWN = 5
"""Names listed in one sentence before it says how many more."""


@dataclass(frozen=True, slots=True)
class _Found:
    text: str
    act: str
    where: str = ""
    ref: str = ""


def build_checklist(facts: MonthFacts, choices: Mapping[str, str]) -> list[Blocker]:
    """Everything found, what blocks first; `choices` are the township's for the rules that are not fixed."""
    found = [
        Blocker(rule, facts.month, one.text, one.act, rule in FIXED or choices.get(rule) == BLOCK, one.where, one.ref)
        for rule, look in _LOOKS.items()
        for one in look(facts)
    ]
    return sorted(found, key=lambda one: not one.blocks)


def _unposted(facts: MonthFacts) -> Iterator[_Found]:
    words = {"draft": _("还没有送签"), "submitted": _("还没有签完字"), "approved": _("签完了字，还没有记账")}
    acts = {"draft": _("送签、记账，或者作废"), "submitted": _("请等着的人签字"), "approved": _("记账")}
    for one in facts.vouchers:
        if one.state not in (POSTED, VOID):
            yield _Found(words.get(one.state, one.state), acts.get(one.state, ""), one.title, f"voucher:{one.uid}")


def _order(facts: MonthFacts) -> Iterator[_Found]:
    for month in facts.behind:
        yield _Found(
            _("{month} 还没有结账").format(month=month), _("先结 {month}").format(month=month), ref=f"month:{month}"
        )


def _unbalanced(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.vouchers:
        if one.difference_fen and one.state != VOID:
            text = _("借贷不平，相差 {yuan} 元").format(yuan=said_yuan(abs(one.difference_fen)))
            yield _Found(text, _("运行自查，查明谁改动了账套文件"), one.title, f"voucher:{one.uid}")


def _gap(facts: MonthFacts) -> Iterator[_Found]:
    for word in sorted({one.word for one in facts.vouchers}):
        numbers = {one.number for one in facts.vouchers if one.word == word}
        missing = [number for number in range(1, max(numbers) + 1) if number not in numbers]
        if missing:
            text = _("凭证号不连续，缺{word}字 {numbers}号").format(word=word, numbers=_listed(map(str, missing)))
            yield _Found(text, _("到原来的账里查明缺的凭证，写明原因存档"), _("凭证号"), f"vouchers:{facts.month}")


def _schedule_due(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.due:
        text = _("{month} 的计划到期，还没有做凭证").format(month=one.month)
        act = _("到“凭证”的“计划”里做成草稿，送签记账；不再做的停止计划")
        yield _Found(text, act, _listed(one.names), "schedule:")


def _red_alone(facts: MonthFacts) -> Iterator[_Found]:
    for uid, title in facts.reds:
        text = _("红字凭证后面没有蓝字订正，也没有写明不重做")
        yield _Found(text, _("打开它按 F12：补做蓝字，或写明不重做"), title, f"voucher:{uid}")


def _money(facts: MonthFacts) -> Iterator[_Found]:
    for code, opening in facts.money.items():
        net, bad = opening, []
        for account, day, moved in facts.days:
            if account == code:
                net += moved
                if net < 0:
                    bad.append((day, net))
        if bad:
            day, low = min(bad, key=lambda one: one[1])
            text = _("{n} 天结存为负，最多是 {month}月{day}日 −{yuan} 元").format(
                n=len(bad), month=day.month, day=day.day, yuan=said_yuan(-low)
            )
            act = _("查收款、付款的日期有没有记错，有没有收款还没有入账")
            yield _Found(text, act, _place(facts, code), f"account:{code}")


def _bank(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.banks:
        if one.confirmed or not _moved(facts, one.account):
            continue
        if one.covered is None or one.covered < facts.month.last_day:
            day = facts.month.last_day
            text = _("还没有到 {month}月{day}日 的对账单，没有对账").format(month=day.month, day=day.day)
            act = _("导入对账单，勾对，请出纳以外的人确认余额调节表")
        else:
            text, act = _("对账单有了，余额调节表还没有确认"), _("勾对，请出纳以外的人确认余额调节表")
        yield _Found(text, act, _place(facts, one.account), f"bank:{one.account}")


def _bank_open(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.banks:
        if one.old:
            text = _("{n} 笔未达账项超过一个月：{items}").format(
                n=len(one.old), items=_listed(f"{words} {said_yuan(fen)}" for words, fen in one.old)
            )
            act = _("银行办了的补做凭证；账上记了银行没办的，到银行查")
            yield _Found(text, act, _place(facts, one.account), f"bank:{one.account}")


def _cash(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.cash:
        if not _moved(facts, one.account):
            continue
        if one.counted_on is None:
            text, act = _("现金还没有盘点"), _("和保管现金的人一起点数，填现金盘点表，签字")
        elif one.left_fen:
            text = _("{month}月{day}日 盘点的和账上差 {yuan} 元，还没有处理").format(
                month=one.counted_on.month, day=one.counted_on.day, yuan=said_yuan(abs(one.left_fen))
            )
            act = _("查明原因，做凭证记短款（长款），或重新盘点")
        else:
            continue
        yield _Found(text, act, _place(facts, one.account), f"cash:{one.account}")


def _cash_limit(facts: MonthFacts) -> Iterator[_Found]:
    for code, opening in facts.money.items() if facts.cash_limit_fen else ():
        day, most, net = facts.month.first_day, opening, opening
        for account, moved_on, moved in facts.days:
            net += moved if account == code else 0
            if net > most:
                day, most = moved_on, net
        if code.startswith(CASH) and most > facts.cash_limit_fen:
            text = _("{month}月{day}日 手里有 {yuan} 元，超过最多可留的 {limit} 元").format(
                month=day.month, day=day.day, yuan=said_yuan(most), limit=said_yuan(facts.cash_limit_fen)
            )
            act = _("多的存进银行；限额在“设置”的“公开榜”里定")
            yield _Found(text, act, _place(facts, code), f"account:{code}")


def _moved(facts: MonthFacts, account: str) -> bool:
    """Whether the account held anything or moved in the month; one that never did needs no paper."""
    return bool(facts.money.get(account)) or any(code == account for code, _day, _net in facts.days)


def _receipt_missing(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.receipts:
        if one.missing:
            text = _("收据 {numbers} 去向不明").format(numbers=_listed(one.missing))
            yield _Found(text, _("收回这几张：登记用在哪张报账单，或四联齐全登记作废"), one.book, f"receipt:{one.book}")


def _receipt_left(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.left_receipts:
        act = _("收回这几张，到“票据”里按“剩下的都作废”；收不回的，查明谁撕走、收了谁的钱")
        yield _Found(one.sentence, act, one.book, f"receipt:{one.book}")


def _receipt_lost(facts: MonthFacts) -> Iterator[_Found]:
    yield from _receipt_missing(facts)
    yield from _receipt_left(facts)


def _receipt_open(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.open_receipts:
        text = _("收据 {number} 收的 {yuan} 元还没有入账").format(number=one.number, yuan=said_yuan(one.amount_fen))
        yield _Found(text, _("把它的报账单受理，做凭证记账"), one.book, f"paper:{one.paper}")


def _paper_open(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.papers:
        text = _("受理了还没有入账（{words}）").format(words=one.words)
        where = _("报账单 {n}").format(n=one.number)
        yield _Found(text, _("用它做凭证记账，或者退回"), where, f"paper:{one.uid}")


def _paid_bare(facts: MonthFacts) -> Iterator[_Found]:
    for uid, title, text in facts.bare:
        act = _("补办报账单签齐字，红字冲销后用它重做；补不了的查明是谁让付的")
        yield _Found(text, act, title, f"voucher:{uid}")


def _paper_amount(facts: MonthFacts) -> Iterator[_Found]:
    for uid, title, text in facts.gaps:
        act = _("对照单据：凭证记错的，红字冲销后照单据重做；实付确实不同的，补办报账单")
        yield _Found(text, act, title, f"voucher:{uid}")


def _bank_taken(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.taken:
        act = _("看扣款协议和回单：属实的，主任写明依据、签字；不是银行自己扣的，按平常的付款补审批")
        yield _Found(one.sentence, act, _("报账单 {n}").format(n=one.number), f"paper:{one.uid}")


def _wrong_side(facts: MonthFacts) -> Iterator[_Found]:
    for code, net in facts.nets.items():
        account = facts.accounts.get(code)
        if account is None or code in facts.places.either_side or not net:
            continue
        if (account.side == "D" and net < 0) or (account.side == "C" and net > 0):
            text = _("余额在{side}方 {yuan} 元，方向异常").format(side=side_of(net), yuan=said_yuan(abs(net)))
            yield _Found(text, _("查有没有记错科目或方向"), _place(facts, code), f"account:{code}")


def _cost_left(facts: MonthFacts) -> Iterator[_Found]:
    places = facts.places
    nets = facts.nets
    left = sum(nets.get(code, 0) for code in places.cost)
    moved = sum(one.credit_fen for one in facts.alone if one.account in places.cost)
    sold = sum(
        one.credit_fen - one.debit_fen - one.closing_credit_fen + one.closing_debit_fen
        for one in facts.alone
        if one.account in places.income and SOLD in facts.accounts[one.account].name
    )
    if left > 0 and sold > 0 and not moved:
        text = _("本月卖了产品 {sold} 元，生产成本还留着 {left} 元，一点没有结转")
        act = _("按卖出的数量做凭证：借库存物资、贷生产（劳务）成本；借经营支出、贷库存物资")
        code = next(one for one in places.cost if nets.get(one, 0) > 0)
        place = _place(facts, code)
        yield _Found(text.format(sold=said_yuan(sold), left=said_yuan(left)), act, place, f"account:{code}")


def _relief_goods(facts: MonthFacts) -> Iterator[_Found]:
    for code, net in facts.nets.items():
        name = facts.accounts[code].name if code in facts.accounts else ""
        if code.startswith(STORES) and net > 0 and any(word in name for word in RELIEF):
            text = _("还有 {yuan} 元的救灾救济物资没有发").format(yuan=said_yuan(net))
            yield _Found(text, _("盘点实物，发放或写明留存的原因"), _place(facts, code), f"account:{code}")


def _old_claim(facts: MonthFacts) -> Iterator[_Found]:
    for head in CLAIMS:
        old = [
            one
            for one in facts.year
            if one.account.startswith(head) and one.opening_fen > 0 and one.closing_fen > 0 and not one.credit_fen
        ]
        if old:
            names = [f"{one.party or facts.accounts[one.account].name} {said_yuan(one.closing_fen)}" for one in old]
            text = _("{n} 笔去年以前的旧欠今年没有收过，共 {yuan} 元：{names}").format(
                n=len(old), yuan=said_yuan(sum(one.closing_fen for one in old)), names=_listed(names)
            )
            yield _Found(text, _("催收，或请欠的人签确认书"), _place(facts, head), f"account:{head}")


def _loss_pending(facts: MonthFacts) -> Iterator[_Found]:
    nets = facts.nets
    for code in facts.places.pending_loss:
        if facts.month.month == YEAR_END and nets.get(code, 0):
            text = _("年底还有 {yuan} 元没有处理").format(yuan=said_yuan(abs(nets[code])))
            yield _Found(text, _("查明原因，按规定批准后转出"), _place(facts, code), f"account:{code}")


def _loss_waiting(facts: MonthFacts) -> Iterator[_Found]:
    nets = facts.nets
    for code in facts.places.pending_loss:
        if facts.month.month != YEAR_END and nets.get(code, 0):
            text = _("还有 {yuan} 元没有处理，年底以前要处理完").format(yuan=said_yuan(abs(nets[code])))
            yield _Found(text, _("查明原因，按规定批准后转出"), _place(facts, code), f"account:{code}")


def _transfer(facts: MonthFacts) -> Iterator[_Found]:
    nets = facts.nets
    left = [code for code in facts.places.year_end if nets.get(code, 0)]
    if facts.month.month == YEAR_END and left:
        text = _("年底还有 {n} 个损益、分配科目有余额：{names}")
        names = _listed(_place(facts, code) for code in left)
        yield _Found(text.format(n=len(left), names=names), _("生成结转凭证，签字记账"), ref="transfer:")


def _idle_fund(facts: MonthFacts) -> Iterator[_Found]:
    for one in facts.funds if facts.month.month == YEAR_END else ():
        left = one.carried_fen - one.used_fen
        if left > 0:
            text = _("去年结转来的专项资金还有 {yuan} 元没有用，已满一年").format(yuan=said_yuan(left))
            ref = f"account:{facts.places.funds[0]}" if facts.places.funds else ""
            yield _Found(text, _("按项目用完、申请延期，或者退回"), one.name or FUNDS, ref)


_LOOKS: Mapping[str, Callable[[MonthFacts], Iterator[_Found]]] = {
    "unposted": _unposted, "order": _order, "unbalanced": _unbalanced, "gap": _gap,
    "schedule_due": _schedule_due, "red_alone": _red_alone, "money": _money,
    "bank": _bank, "bank_open": _bank_open, "cash": _cash, "cash_limit": _cash_limit,
    "receipt_missing": _receipt_lost, "receipt_open": _receipt_open, "paper_open": _paper_open,
    "paid_bare": _paid_bare, "paper_amount": _paper_amount, "bank_taken": _bank_taken,
    "wrong_side": _wrong_side, "cost_left": _cost_left, "relief_goods": _relief_goods, "old_claim": _old_claim,
    "loss_waiting": _loss_waiting, "loss_pending": _loss_pending, "transfer": _transfer, "idle_fund": _idle_fund,
}  # fmt: skip


def _place(facts: MonthFacts, code: str) -> str:
    return f"{code} {facts.accounts[code].name}" if code in facts.accounts else code


def _listed(words: Iterable[str]) -> str:
    found = list(words)
    text = _("、").join(found[:SHOWN])
    return text if len(found) <= SHOWN else _("{text} 等 {n} 个").format(text=text, n=len(found))
