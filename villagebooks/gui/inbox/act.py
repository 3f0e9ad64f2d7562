"""What the page asks of the services, off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from villagebooks.core.book import Book
from villagebooks.core.inbox import VOID_IT, VOUCHER, Refusal, Signed, Waiting
from villagebooks.core.whistle import Whistle
from villagebooks.core.words import _
from villagebooks.gui.worker import Cancelled
from villagebooks.services.desk import Office
from villagebooks.services.hint import batch_hints
from villagebooks.services.inbox import act_on_each, read_inbox, send_back, tally
from villagebooks.services.key import Unlocked
from villagebooks.services.whistle import list_whistles


@dataclass(frozen=True, slots=True)
class Found:
    """What one reading brings."""

    waiting: list[Waiting]
    whistles: list[Whistle]


def read_all(office: Office) -> Found:
    """Everything that waits, and every whistle."""
    return Found(read_inbox(office), list_whistles(office))


def act_on_all(
    office: Office, things: tuple[Waiting, ...], keys: Unlocked, report: Callable[[int, int], None]
) -> Signed:
    """Act on one after the other; who presses cancel stops between two, and is told what was not done."""
    done: list[Waiting | Refusal] = []
    try:
        for one in act_on_each(office, things, keys):
            done.append(one)
            report(len(done), len(things))
    except Cancelled:
        done += [Refusal(one, (_("您停下了，还没有签"),)) for one in things[len(done) :]]
    return tally(done)


def hints_of(office: Office, things: tuple[Waiting, ...]) -> tuple[str, ...]:
    """What is told once, before they are signed, of all vouchers among them."""
    uids: dict[str, list[str]] = {}
    books: dict[str, Book] = {}
    for one in things:
        if one.book is not None and one.kind == VOUCHER and one.step != VOID_IT:
            books[one.book.code] = one.book
            uids.setdefault(one.book.code, []).append(one.uid)
    return batch_hints(office, [(books[code], found) for code, found in uids.items()])


def draw_late(office: Office, folder: Path) -> list[Path]:
    """逾期清单 as a file for the preview."""
    from villagebooks.services.inbox.printing import print_late  # noqa: PLC0415  (reportlab: window first)

    return [print_late(office, folder / "late.pdf")]


def send_back_signed(office: Office, one: Waiting, reason: int, keys: Unlocked) -> Waiting:
    """Send a voucher back with one's key; what was sent back."""
    send_back(office, one, reason, keys)
    return one


def send_back_unsigned(office: Office, one: Waiting, reason: int) -> Waiting:
    """Send a paper back, which takes no key; what was sent back."""
    send_back(office, one, reason)
    return one
