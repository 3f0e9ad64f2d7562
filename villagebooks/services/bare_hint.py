"""What is told before a signature of payments without the village's paper, as the closing will judge them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from villagebooks.core.account import BANK, CASH
from villagebooks.core.bare import BarePayment
from villagebooks.core.money import said_yuan, yuan_text
from villagebooks.core.number import title_runs
from villagebooks.core.paper_gap import OWED
from villagebooks.core.voucher import REVERSAL, Voucher
from villagebooks.core.words import _
from villagebooks.db.check.counted import Counted
from villagebooks.services.bare import bare_of, bare_splits, is_split, lost_papers
from villagebooks.services.watch import watch_of

_EVERY = Counted(every=True)
"""A month is closed when all of its vouchers are posted or void: those that are not posted yet count, and are named."""


def bare_words(connection: Connection, row_id: int, vouchers: Sequence[Voucher]) -> Iterator[str]:
    """Of vouchers that pay above the township's line beyond their papers, at once or with others (`paid_bare`,
    `bare_split`), or take the papers of others back."""
    reds = tuple(one.uid for one in vouchers if one.kind == REVERSAL)
    if not (reds or any(_pays(one) for one in vouchers)):
        return
    limit = watch_of(connection).bare_fen
    mine = {one.uid for one in vouchers}
    payments = bare_of(connection, row_id, _EVERY, tuple(mine))
    large = [one for one in payments if one.bare_fen > limit]
    yield from _large_words(vouchers, large)
    if any(_pays(one) and _settles(one) for one in vouchers):
        yield from _leaning_words(connection, row_id, vouchers, {one.uid for one in large})
    among = bare_of(connection, row_id, _EVERY) if reds or is_split(connection, row_id, payments, _EVERY) else []
    lost = lost_papers(connection, row_id, reds, among, _EVERY) - mine
    for one in among:
        if one.uid in lost and one.bare_fen > limit:
            text = _("红字记账以后，{title} {sentence}，结账和自查会提示")
            yield text.format(title=one.title, sentence=one.sentence)
    for split in bare_splits(connection, row_id, among):
        if (mine | lost) & {one.uid for one in split.payments}:
            open_ones = [one for one in split.payments if not one.posted and one.uid not in mine]
            yield _("{text}，结账和自查会提示").format(text=split.sentence + _open_words(open_ones))


def _large_words(vouchers: Sequence[Voucher], large: Sequence[BarePayment]) -> Iterator[str]:
    if len(vouchers) == 1 or any(one.covered_fen or one.strayed for one in large):
        for one in large:
            text = "{text}" if len(vouchers) == 1 else _("{where}：{text}")
            yield _("{text}，结账和自查会提示").format(text=text.format(where=one.title, text=one.sentence))
    elif large:
        text = _("{titles} 付出 {yuan} 元，没有村里签过字的报账单，结账和自查会提示")
        uids = {one.uid for one in large}
        titles = title_runs((one.month, one.word, one.number) for one in vouchers if one.uid in uids)
        yield text.format(titles=titles, yuan=yuan_text(sum(one.bare_fen for one in large), group=","))


def _leaning_words(
    connection: Connection, row_id: int, vouchers: Sequence[Voucher], told: set[str]
) -> Iterator[str]:  # fmt: skip
    """Of instalments whose bill stands in a voucher that is not posted: void, it covers nothing."""
    mine = tuple(one.uid for one in vouchers)
    limit = watch_of(connection).bare_fen
    for one in bare_of(connection, row_id, Counted(also=mine), mine):
        if one.uid not in told and one.bare_fen > limit:
            where = "{text}" if len(vouchers) == 1 else _("{where}：{text}")
            text = _("这次付的有 {yuan} 元，报账单在还没有记账的凭证里：那张作废，结账和自查就会提示")
            yield where.format(where=one.title, text=text.format(yuan=said_yuan(one.bare_fen)))


def _open_words(payments: Sequence[BarePayment]) -> str:
    """Which of the payments of a split are not posted yet."""
    titles = _("、").join(one.title for one in payments)
    return _("（其中 {titles} 还没有记账）").format(titles=titles) if payments else ""


def _settles(voucher: Voucher) -> bool:
    """Whether it may pay what was owed: an instalment."""
    return any(one.party and one.net_fen > 0 and one.account.startswith(OWED) for one in voucher.lines)


def _pays(voucher: Voucher) -> bool:
    return sum(one.net_fen for one in voucher.lines if one.account.startswith((CASH, BANK))) < 0
