"""Signing as it went: too soon, by too few people, at night, split, forbidden, to relatives. Hints, no verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection

from villagebooks.core.approval import FOOT
from villagebooks.core.book import Book
from villagebooks.core.policy import Policy, find_splits, near_bills
from villagebooks.core.policy.step import APPROVER
from villagebooks.core.words import _
from villagebooks.db import paper as paper_rows
from villagebooks.db.check import watch as watch_rows
from villagebooks.db.check.paid_to import other_payees
from villagebooks.services.bare import bare_of, bare_splits, taken_sums
from villagebooks.services.check.found import Found
from villagebooks.services.watch import watch_of

_AT_ONCE = 500
"""Papers that are asked for by uid in one query."""


def watch_findings(connection: Connection, row_id: int) -> Iterator[Found]:
    """What shows in the signatures of a book, by the township's lines."""
    watch = watch_of(connection)
    for voucher, signer, step, preparer, seconds in watch_rows.fast_signatures(connection, row_id, watch):
        text = _("{preparer}制单 {n} 秒后，{signer}就签了{step}：来不及看单据，查是不是一人拿着两把钥匙")
        said = {"preparer": preparer, "signer": signer, "step": _step(step), "n": seconds}
        yield Found("signed_fast", "voucher", voucher, text.format(**said))
    yield from _many_roles(connection, row_id, watch.roles)
    for day, signer, first, last, count in watch_rows.night_batches(connection, row_id, watch):
        text = _("{signer}夜里 {first} 到 {last} 签了 {n} 张单子")
        yield Found("night_batch", "approval", day, text.format(signer=signer, first=first, last=last, n=count))
    for paper, payee, officer, kinship in watch_rows.relative_payees(connection, row_id):
        text = _("收款人{payee}登记为{officer}的{kinship}，{officer}在这张单子上签了字（提示，不是结论）")
        yield Found("relative_payee", "paper", paper, text.format(payee=payee, officer=officer, kinship=kinship))
    for other in other_payees(connection, row_id):
        yield Found("bank_payee", "voucher", other.title, other.sentence)
    among = bare_of(connection, row_id)
    for one in among:
        if one.bare_fen > watch.bare_fen:
            yield Found("paid_bare", "voucher", one.title, one.sentence)
    for split in bare_splits(connection, row_id, among):
        yield Found("bare_split", "voucher", split.payments[-1].title, split.sentence)


def _many_roles(connection: Connection, row_id: int, limit: int) -> Iterator[Found]:
    signed: dict[tuple[int, int, str], dict[str, int]] = defaultdict(dict)
    for year, month, signer, step, count in watch_rows.roles_signed(connection, row_id) if limit else ():
        signed[year, month, signer][step] = count
    for (year, month, signer), steps in signed.items():
        if len(steps) >= limit:
            text = _("{signer}一个月里以 {n} 种身份签字：{steps}")
            told = _("、").join(_("{step} {n} 张").format(step=_step(step), n=count) for step, count in steps.items())
            said = text.format(signer=signer, n=len(steps), steps=told)
            yield Found("many_roles", "approval", f"{year:04d}-{month:02d}", said)


def _step(name: str) -> str:
    return _(FOOT.get(name, name))


def spending_findings(
    connection: Connection, book: Book, row_id: int, sha256: str, policy: Policy
) -> Iterator[Found]:  # fmt: skip
    """Bills that look split and spending that the policy forbids, of papers and vouchers made under it."""
    for line, word in watch_rows.forbidden_lines(connection, row_id, sha256, policy):
        text = _("摘要里有“{word}”，属审批办法不许列支的")
        yield Found("forbidden_spending", "voucher_line", line, text.format(word=word))
    steps = [name for name, one in policy.steps.items() if one.kind == APPROVER]
    for paper, person in watch_rows.own_payees(connection, row_id, sha256, steps):
        text = _("{person}审批了付给自己的单子（提示，不是结论）")
        yield Found("own_payee", "paper", paper, text.format(person=person))
    for taken in taken_sums(connection, row_id, sha256, policy, watch_of(connection).taken_fen):
        row = _("{year} 报账单 {n}").format(year=taken.month.year, n=taken.number)
        yield Found("bank_taken", "paper", row, taken.sentence)
    if policy.limits.split_days:
        near = near_bills(policy, paper_rows.spending_bills(connection, row_id, sha256), book.village)
        uids = sorted(near)
        papers = [
            paper
            for first in range(0, len(uids), _AT_ONCE)
            for paper in paper_rows.papers_where_uids(connection, uids[first : first + _AT_ONCE])
        ]
        for one in find_splits(policy, papers, book.village):
            first = one.papers[0]
            yield Found("split_bill", "paper", _("{year} 报账单 {n}").format(year=first.day.year, n=first.number),
                        one.sentence)  # fmt: skip
