"""A small real office on disk: one village, one book, four people with keys (cheap Argon2), a clock that moves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.conftest import Home
from villagebooks.core.account import Account, level_of, parent_code
from villagebooks.core.approval import AGENT, CASHIER, DIRECTOR
from villagebooks.core.correction import reversal_draft
from villagebooks.core.paper import Body, Document, Paper
from villagebooks.core.period import Month
from villagebooks.core.problem import Problem, Refused
from villagebooks.core.village import Village
from villagebooks.core.voucher import Draft, Line, Voucher, touches_money
from villagebooks.db.books import open_books
from villagebooks.seal.key import Argon2Cost, SigningKey
from villagebooks.services.approval import approve_voucher
from villagebooks.services.cancellation import cancel_voucher
from villagebooks.services.desk import Desk, Office, open_desk
from villagebooks.services.key import Unlocked, hold_root_ceremony, issue_key
from villagebooks.services.office import appoint, create_office, new_book, open_book
from villagebooks.services.policy import put_policy, ready_policy
from villagebooks.services.voucher import post_voucher, read_voucher, save_voucher

CHEAP = Argon2Cost(1, 64, 1)
Grow = Callable[[Callable[[], object]], object]
"""Does to the office what a function does, or copies what it did in the first test that asked for it."""
PASSPHRASE = "山路十八弯水路九连环"
ACCOUNTS = (
    ("101", "库存现金", "D"), ("102", "银行存款", "D"), ("10201", "基本户", "D"), ("113", "内部往来", "B"),
    ("152", "累计折旧", "C"), ("301", "资本", "C"), ("322", "收益分配", "C"), ("32202", "未分配收益", "C"),
    ("501", "经营收入", "C"), ("50101", "发包收入", "C"), ("513", "管理费用", "D"), ("51302", "办公费", "D"),
)  # fmt: skip


class Clock:
    """Starts on 2 September 2026 and moves a minute with every look."""

    def __init__(self, moment: datetime = datetime(2026, 9, 2, 9, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@dataclass(frozen=True)
class Staff:
    """The centre's people, unlocked, and its root key."""

    root: SigningKey
    director: Unlocked
    agent: Unlocked
    other: Unlocked
    cashier: Unlocked


def build_accounts() -> list[Account]:
    parents = {parent_code(code) for code, _name, _side in ACCOUNTS}
    return [
        Account(code, name, level_of(code), parent_code(code), side, code not in parents)
        for code, name, side in ACCOUNTS
    ]


def make_office(place: Path | str) -> None:
    office = create_office(place, "白雁河镇", clock=Clock())
    book = new_book("V01", "V01", "老秤湾村（村委会代行）", "代行", "2023", Month(2026, 1))
    open_book(office, Village("V01", "老秤湾村"), book, build_accounts())
    office.books.close()


def make_staffed(place: Path | str) -> tuple[Staff, datetime]:
    """The office with its people; their keys, and when they had them."""
    make_office(place)
    clock = Clock()
    office = Office(open_books(place, clock))
    staff = staff_of(office)
    office.books.close()
    return staff, clock.moment


@pytest.fixture
def office(request: pytest.FixtureRequest, home: Home, tmp_path: Path) -> Iterator[Office]:
    """A copy of its own for every test, with its people where the test asks for `staff`."""
    clock = Clock()
    if "staff" in request.fixturenames:
        place = home.copy("staffed", make_staffed, tmp_path)
        clock = Clock(home.kept["staffed"][1])
    else:
        place = home.copy("office", make_office, tmp_path)
    office = Office(open_books(place, clock))
    yield office
    office.books.close()
    home.drop(place)


def sql_for(office: Office, sql: str) -> str:
    """SQL for the driver of this office's database: bytes are written in another way on a server, and `%` twice."""
    if not office.books.address:
        return sql
    sql = re.sub(r"x'([0-9a-f]*)'", r"'\\x\1'", sql).replace("CAST(body AS TEXT)", "convert_from(body, 'UTF8')")
    return re.sub(r"CAST\((replace\(.*?'\)) AS BLOB\)", r"convert_to(\1, 'UTF8')", sql).replace("%", "%%")


@pytest.fixture
def grow(request: pytest.FixtureRequest, home: Home, office: Office) -> Grow:
    def act(build: Callable[[], object]) -> object:
        base = "staffed" if "staff" in request.fixturenames else "office"
        name = f"{base}-{build.__module__}-{build.__qualname__}"
        return home.grow(re.sub(r"\W+", "-", name), office.books, build)

    return act


@pytest.fixture
def staff(home: Home, office: Office) -> Staff:
    made: Staff = home.kept["staffed"][0]
    return made


def staff_of(office: Office) -> Staff:
    """Four people with posts and keys."""
    posts = {"邹启明": DIRECTOR, "冯素芳": AGENT, "谭永川": AGENT, "龙小梅": CASHIER}
    for name, duty in posts.items():
        appoint(office, name, duty, "2026-01-01")
    root = hold_root_ceremony(office, PASSPHRASE, CHEAP)
    director = issue_key(office, root, "邹启明", PASSPHRASE, cost=CHEAP)
    others = [issue_key(office, root, name, PASSPHRASE, director.office_key, CHEAP) for name in list(posts)[1:]]
    return Staff(root, director, *others)


POSTS = (
    ("田维国", "支书兼主任", "V01"), ("冉启珍", "副主任", "V01"), ("向丽蓉", "报账员", "V01"),
    ("谭德胜", "监委会主任", "V01"), ("田茂林", "监委会委员", "V01"), ("冉光秀", "监委会委员", "V01"),
    ("何立秋", "联村干部", ""),
)  # fmt: skip


def appoint_village(office: Office) -> None:
    """Those of the village, and the township's officer for it, whose ink a policy asks for."""
    for name, duty, village in POSTS:
        appoint(office, name, duty, "2024-01-10", village)


@pytest.fixture
def desk(office: Office) -> Desk:
    return desk_of(office)


def desk_of(office: Office) -> Desk:
    return open_desk(Office(office.books, "冯素芳"), "V01", Month(2026, 9))


@pytest.fixture
def ruled(desk: Desk, staff: Staff) -> Desk:
    """The desk of a village whose posts are registered, under 白雁河镇's policy."""
    appoint_village(desk.office)
    put_policy(desk.office, ready_policy("baiyanhe"))
    return desk


def line(account: str, debit: int = 0, credit: int = 0, summary: str = "买打印纸", party: str = "") -> Line:
    return Line(summary, account, debit, credit, party)


def simple_draft(amount: int = 74_260, day: date = date(2026, 9, 10)) -> Draft:
    return Draft(day, (line("51302", amount), line("101", credit=amount)), attachment_count=2)


@pytest.fixture
def sign_and_post(desk: Desk, staff: Staff) -> Callable[[Draft], Voucher]:
    """Save, let everybody sign, post."""

    def act(draft: Draft) -> Voucher:
        saved = save_voucher(desk, draft)
        sign_all(desk, saved.uid, staff)
        return post_voucher(desk, saved.uid)

    return act


def sign_all(desk: Desk, uid: str, staff: Staff) -> None:
    """Everybody signs; the cashier only where the voucher moves money."""
    accounts = {one.code: one for one in build_accounts()}
    money = touches_money(read_voucher(desk, uid).lines, accounts)
    cashier = (staff.cashier,) if money else ()
    for person in (staff.agent, staff.other, *cashier, staff.director):
        approve_voucher(desk, uid, person)


def reverse_voucher(desk: Desk, uid: str, day: date) -> Voucher:
    """A red draft alone, as it stands when the blue one made with it is void."""
    return save_voucher(desk, reversal_draft(read_voucher(desk, uid), day))


def cancel_all(desk: Desk, uid: str, staff: Staff, why: str = "填错") -> None:
    """Void a voucher that was signed: whoever holds the duty of a step that signed it signs the voiding."""
    for person in (staff.director, staff.cashier, staff.other, staff.agent):
        with suppress(Refused):
            cancel_voucher(desk, uid, person, why)
    if read_voucher(desk, uid).state != "void":
        raise Refused([Problem("not void")])


def simple_paper(day: date = date(2026, 9, 10)) -> Paper:
    return Paper(
        uid="", book="V01", number=0, day=day, words="打印纸、硒鼓、档案盒（墨香文具店）", spending_class="日常运转",
        direction="支出", amount_fen=74_260, payee="清岑墨香文具店", paid_how="备用金",
        documents=(Document("数电票", "26990000000000012345", "2026-09-09", 74_260, 1), Document("购物清单")),
        handler="向丽蓉", witness="向其昌", approvers=("田维国", "冉启珍"),
        bodies=(Body("监委会", ("谭德胜", "田茂林"), 2, 2, 3, stamp=True),), group="办公、水电",
    )  # fmt: skip
