"""Round sums of cash drawn without a paper: told while they are signed, and by the self-check where no use shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from villagebooks.core.account import BANK, CASH
from villagebooks.core.drawn import ROUND_FEN, RoundDrawing, find_drawings, near_drawings
from villagebooks.core.money import said_yuan
from villagebooks.core.period import read_day
from villagebooks.core.voucher import Voucher
from villagebooks.core.words import _
from villagebooks.db.check.drawn import posted_until, round_drawings, till_paid
from villagebooks.services.watch import watch_of


def drawings_of(connection: Connection, row_id: int, today: date) -> list[RoundDrawing]:
    """Drawings of a book whose use had its time by `today` and does not show; in books that are kept a month behind it
    cannot show yet."""
    watch = watch_of(connection)
    drawn = round_drawings(connection, row_id) if watch.bare_fen and watch.bare_days else []
    if len(drawn) < 2:
        return []
    paid = till_paid(connection, row_id, drawn[0].day)
    kept = read_day(posted_until(connection, row_id)) or today
    return find_drawings(drawn, paid, watch.bare_fen, watch.bare_days, min(today, kept))


def drawn_words(connection: Connection, row_id: int, vouchers: Sequence[Voucher]) -> Iterator[str]:
    """Of vouchers that draw a round sum again within the township's days."""
    mine = [one for one in vouchers if _draws(one)]
    watch = watch_of(connection)
    if not mine or not (watch.bare_fen and watch.bare_days):
        return
    span, days = timedelta(watch.bare_days), [one.day for one in mine]
    first, last = (min(days) - span).isoformat(), (max(days) + span).isoformat()
    uids = {one.uid for one in mine}
    for run in near_drawings(round_drawings(connection, row_id, first, last, every=True), watch.bare_days):
        if uids & {one.uid for one in run}:
            text = _("{n} 次整数提现连在一起（{titles}），合计 {yuan} 元：附用款申请；看不到用途的，自查会提示")
            titles = _("、").join(one.title for one in run)
            yield text.format(n=len(run), titles=titles, yuan=said_yuan(sum(one.fen for one in run)))


def _draws(voucher: Voucher) -> bool:
    fen = sum(one.debit_fen for one in voucher.lines if one.account.startswith(CASH))
    return fen > 0 and fen % ROUND_FEN == 0 and all(one.account.startswith((CASH, BANK)) for one in voucher.lines)
