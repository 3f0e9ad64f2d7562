"""Setting the township up: office, villages and books, history, people with posts and keys, settings, receipt books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from villagebooks.core.approval import AGENT, CASHIER, DIRECTOR, ROLES
from villagebooks.core.period import Month
from villagebooks.core.receipt import Receipt
from villagebooks.core.village import Village
from villagebooks.formats.query import ReaderKey, write_reader_key
from villagebooks.seal.key import Argon2Cost, SigningKey
from villagebooks.services.ceremony import renew_envelopes
from villagebooks.services.demo.clock import DemoClock
from villagebooks.services.demo.data import read_receipt_books, read_rows, read_settings
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.history import import_history
from villagebooks.services.key import Unlocked, hold_root_ceremony, issue_key
from villagebooks.services.office import appoint, create_office, new_book, open_book, put_settings
from villagebooks.services.paper import issue_receipt_book, void_receipt
from villagebooks.services.person import take_over_intake
from villagebooks.services.policy import put_policy, ready_policy
from villagebooks.services.query import COST_SETTING, make_reader
from villagebooks.services.root import print_envelopes, print_wall_sheet

TOWNSHIP = "白雁河镇"
POLICY = "baiyanhe"
"""The ready policy that the township puts in force before September."""
SEPTEMBER = Month(2026, 9)
FIRST_DAY = date(2026, 8, 31)
"""The day on which the office is set up."""
DEMO_BOX = Argon2Cost(3, 65536, 1)
KIOSK_KEY, PAGE_KEY = "查询机.key", "明白卡网页.key"
WALL_SHEET, ENVELOPES = "总钥匙指纹.pdf", "密封信封.pdf"


@dataclass(frozen=True, slots=True)
class Town:
    """The township's open office, its people's unlocked keys by name, and for each book who keeps and who checks it."""

    office: Office
    clock: DemoClock
    staff: Mapping[str, Unlocked]
    agents: Mapping[str, tuple[str, str]]
    director: str
    cashier: str
    villages: Mapping[str, str]
    month: Month = SEPTEMBER
    model: str = "V01"

    def desk(self, person: str, book: str) -> Desk:
        """The person's desk on a book in September."""
        return open_desk(Office(self.office.books, person), book, self.month)


@dataclass(frozen=True, slots=True)
class Costs:
    """Argon2 costs of passphrase boxes, of the query file's slots and of the codes in a sheet's foot; None: usual.

    The boxes of the demonstration are cheaper than an office's, since everybody is told their passphrase.
    """

    box: Argon2Cost = DEMO_BOX
    query: Argon2Cost | None = None
    code: Argon2Cost | None = None


def open_books(path: Path, data: Path, clock: DemoClock) -> Office:
    """建账: a new office with the villages, their six books, and the history up to August."""
    office = create_office(path, TOWNSHIP, "990123", clock)
    villages = {row["code"]: row["name"] for row in read_rows(data / "villages.csv")}
    for row in read_rows(data / "history" / "villages.csv"):
        book = new_book(row["code"], row["village"], row["name"], row["kind"], row["standard"], Month(2026, 1))
        # accounts come with the history
        open_book(office, Village(row["village"], villages[row["village"]]), book, ())
    import_history(office, data / "history")
    return office


def appoint_people(
    office: Office, data: Path, clock: DemoClock, passphrase: str, costs: Costs
) -> tuple[Town, SigningKey]:  # fmt: skip
    """Posts, the root key, keys for those of the centre, the policy; the roll's numbers go under the office key."""
    if costs.query:
        put_settings(office, {COST_SETTING: [costs.query.t, costs.query.m_kib, costs.query.p]})
    put_settings(office, read_settings(data))
    posts = read_rows(data / "officers.csv")
    for row in posts:
        appoint(office, row["name"], row["duty"], row["since"], row["village"])
    root = hold_root_ceremony(office, passphrase, costs.box)
    staff: dict[str, Unlocked] = {}
    for row in posts:
        if row["duty"] in ROLES:
            held = next((one.office_key for one in staff.values() if one.office_key), None)
            staff[row["name"]] = issue_key(office, root, row["name"], passphrase, held, costs.box)
    director, cashier = (_holder(posts, duty) for duty in (DIRECTOR, CASHIER))
    take_over_intake(Office(office.books, director), staff[director])
    put_policy(Office(office.books, director), ready_policy(POLICY))
    agents = {row["book"]: (row["agent"], row["countersigner"]) for row in read_rows(data / "agents.csv")}
    if {name for pair in agents.values() for name in pair} - {row["name"] for row in posts if row["duty"] == AGENT}:
        raise ValueError("a book is kept by somebody who is no agent")
    villages = {row["code"]: row["name"] for row in read_rows(data / "villages.csv")}
    return Town(Office(office.books, director), clock, staff, agents, director, cashier, villages), root


def seal_envelopes(town: Town, root: SigningKey, folder: Path) -> None:
    """The next root is announced; its envelope, those of the recovery key and the sheet for the wall are printed."""
    made = renew_envelopes(town.office, root, town.staff[town.director].office_key)
    print_wall_sheet(town.office, folder / WALL_SHEET)
    print_envelopes(town.office, made, folder / ENVELOPES)


def enrol_readers(town: Town, root: SigningKey, folder: Path) -> tuple[ReaderKey, Path]:
    """The village's kiosk (class 1) and the villagers' page (class 2): keys enrolled and written; the kiosk's."""
    folder.mkdir(parents=True)
    kiosk = make_reader(town.office, root, 1, "kiosk")
    page = make_reader(town.office, root, 2, "page")
    write_reader_key(folder / KIOSK_KEY, kiosk)
    write_reader_key(folder / PAGE_KEY, page)
    return kiosk, folder / KIOSK_KEY


def issue_receipt_books(town: Town, data: Path) -> None:
    """收据本 handed out to the reporters, with what was used and voided before."""
    for plan in read_receipt_books(data):
        desk = town.desk(town.agents[plan.book][0], plan.book)
        issue_receipt_book(desk, plan.issued)
        if plan.void:
            void_receipt(desk, Receipt(plan.issued.code, plan.void, "void", day=plan.void_on))


def _holder(posts: list[dict[str, str]], duty: str) -> str:
    return next(row["name"] for row in posts if row["duty"] == duty)
