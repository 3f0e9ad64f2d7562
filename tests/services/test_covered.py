"""What covers a payment does not hang on how much of the book is read for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from tests.services.conftest import Staff, line, sign_all, simple_paper
from tests.services.test_payee import village
from villagebooks.core.bare import BarePayment
from villagebooks.core.problem import Refused
from villagebooks.core.voucher import Draft, Line, Voucher
from villagebooks.db import book as book_rows
from villagebooks.db.check.counted import Counted
from villagebooks.services.approval import accept_paper, attest_paper
from villagebooks.services.bare import bare_of, bare_splits, is_split
from villagebooks.services.correction import correct_voucher, reverse_only
from villagebooks.services.desk import Desk
from villagebooks.services.paper import save_paper
from villagebooks.services.voucher import post_voucher, save_voucher
from villagebooks.services.watch import put_lines, read_lines

__all__ = ["village"]
WHOM = ("P0007", "P0008", "旁人")
PAYEES = ("清岑家具店", "清岑 家具店", "老秤湾粮油店", "旁人", "几户")


def one_voucher(desk: Desk, staff: Staff, chance: Random) -> Voucher:
    """Bills paid in part or not at all, instalments, cash to several, with papers made out to somebody or without."""
    papers = []
    for _number in range(chance.choice((0, 0, 1, 1, 2))):
        paper = replace(simple_paper(), payee=chance.choice(PAYEES), amount_fen=chance.randint(1, 90) * 100)
        uid = save_paper(desk, paper).uid
        attest_paper(desk, uid, staff.agent, "ab" * 32)
        papers.append(accept_paper(desk, uid).uid)
    lines: list[Line] = []
    for _number in range(chance.randint(1, 3)):
        account = chance.choice(("113", "113", "51302"))
        lines.append(line(account, chance.randint(1, 60) * 100, party=chance.choice(WHOM) if account == "113" else ""))
    if chance.random() < 0.5:
        lines.append(line("113", credit=chance.randint(1, 40) * 100, party=chance.choice(WHOM)))
    rest = sum(one.net_fen for one in lines)
    if rest:
        lines.append(line("101", *((0, rest) if rest > 0 else (-rest, 0))))
    draft = Draft(date(2026, 9, chance.randint(1, 28)), tuple(lines), attachment_count=1, papers=tuple(papers))
    return save_voucher(desk, draft)


def read(desk: Desk, counted: Counted, only: tuple[str, ...] = ()) -> list[BarePayment]:
    with desk.books.read() as connection:
        return bare_of(connection, book_rows.book_id(connection, "V01"), counted, only)


@pytest.mark.parametrize("seed", range(4))
def test_some_vouchers_are_told_what_the_whole_book_says_of_them(village: Desk, staff: Staff, seed: int) -> None:
    chance = Random(seed)
    put_lines(village.office, replace(read_lines(village.office), bare_fen=6_000, bare_days=chance.randint(1, 4)))
    made = [one_voucher(village, staff, chance) for _number in range(14)]
    reds = []
    for one in made[:6]:
        sign_all(village, one.uid, staff)
        try:
            post_voucher(village, one.uid)
        except Refused:
            continue
        if chance.random() < 0.6:
            day = date(2026, 9, 28)
            undone = chance.random() < 0.5
            red = (
                reverse_only(village, one.uid, day, "不做了") if undone else correct_voucher(village, one.uid, day).red
            )
            reds.append(red.uid)
    every = Counted(every=True)
    whole = read(village, every)
    assert len(whole) > 1
    for one in made:
        assert read(village, every, (one.uid,)) == [told for told in whole if told.uid == one.uid]
    some = tuple(one.uid for one in made[::2])
    assert read(village, every, some) == [told for told in whole if told.uid in some]
    assert read(village, Counted(also=some), some) == [
        one for one in read(village, Counted(also=some)) if one.uid in some
    ]
    with village.books.read() as connection:
        row = book_rows.book_id(connection, "V01")
        among = {one.uid for split in bare_splits(connection, row, whole) for one in split.payments}
        for told in whole:
            assert is_split(connection, row, [told], every) == (told.uid in among)
    without = {one.uid: one.bare_fen for one in read(village, replace(every, without=tuple(reds)))}
    for told in whole:
        if told.uid in without and not told.before:
            assert told.bare_fen >= without[told.uid]  # to take back covers nothing
