"""One accountant on a PC of its own, as a process: `python -m tests.bench.poster PLACE BOOK VOUCHERS`.

Saves and has signed so many vouchers, says `ready`, waits for a line, posts them all, says how many seconds it took.
"""

from __future__ import annotations

import sys
import time

from tests.services.conftest import PASSPHRASE, Clock, simple_draft
from villagebooks.core.period import Month
from villagebooks.db.books import open_books
from villagebooks.services.approval import approve_voucher
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.key import unlock
from villagebooks.services.voucher import post_voucher, save_voucher

SIGNERS = ("冯素芳", "谭永川", "龙小梅", "邹启明")


def prepare(desk: Desk, vouchers: int) -> list[str]:
    signers = [unlock(desk.books, name, PASSPHRASE) for name in SIGNERS]
    uids = [save_voucher(desk, simple_draft(1000 + number)).uid for number in range(vouchers)]
    for uid in uids:
        for signer in signers:
            approve_voucher(desk, uid, signer)
    return uids


def main() -> None:
    place, code, vouchers = sys.argv[1:]
    books = open_books(place, Clock())
    desk = open_desk(Office(books, SIGNERS[0]), code, Month(2026, 9))
    first, *uids = prepare(desk, int(vouchers) + 1)
    post_voucher(desk, first)
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    for uid in uids:
        post_voucher(desk, uid)
    print(time.perf_counter() - began, flush=True)
    books.close()


if __name__ == "__main__":
    main()
