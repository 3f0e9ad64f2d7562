"""A village of seventy people, its keys, journal, sheets and one voucher, as a query file carries them."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date

from PIL import Image

from villagebooks.core.account import Account
from villagebooks.core.journal import Head
from villagebooks.core.party import Party
from villagebooks.core.period import Month, Span
from villagebooks.core.person import id_check_digit
from villagebooks.core.query import (
    KIOSK,
    PAGE,
    QueryBalance,
    QueryContent,
    QueryHead,
    QueryImage,
    QueryItem,
    QueryPerson,
    QuerySheet,
)
from villagebooks.core.statement import Statement, StatementRow
from villagebooks.core.voucher import Line, Voucher
from villagebooks.formats.query import (
    QueryExport,
    ReaderKey,
    make_reader_key,
)
from villagebooks.seal.canonical import dump
from villagebooks.seal.code import make_household_code
from villagebooks.seal.disclosure import Anchor, anchor_code, anchor_hash, sign_anchor
from villagebooks.seal.journal import genesis_head, next_head
from villagebooks.seal.key import (
    Argon2Cost,
    KeyDirectory,
    KeyEntry,
    PersonKeys,
    SigningKey,
    make_person_keys,
    sign_directory,
)
from villagebooks.seal.query import credential, stretch

DISPUTED = "有异议，处理中"
CHEAP = Argon2Cost(1, 8, 1)
SALT = b"s" * 16
CHAIN = "3f0c1c9a-1111-4222-8333-444455556666"
CENTRE = "石岭镇村级会计代理核算中心"
SEPTEMBER = Month(2026, 9)
PHONE, CARD = "13812345678", "6222021234567890123"


def person_keys(name: str) -> PersonKeys:
    return make_person_keys(f"{CENTRE}/{name}", random.Random(name).randbytes)


ROOT = SigningKey(f"{CENTRE}/root", b"r" * 32)
DIRECTOR, AGENT, CASHIER = person_keys("邹主任"), person_keys("冯会计"), person_keys("龙出纳")
FINGERPRINT = KeyDirectory(CENTRE, 1, ROOT.public).fingerprint


def reader(cls: int, name: str) -> ReaderKey:
    return make_reader_key(cls, name, FINGERPRINT, random.Random(name).randbytes)


KIOSK_KEY, PAGE_KEY = reader(KIOSK, "kiosk-1"), reader(PAGE, "page-1")


def directory(**changes: object) -> KeyDirectory:
    plain = KeyDirectory(
        CENTRE,
        1,
        ROOT.public,
        keys=(
            KeyEntry(DIRECTOR.name, DIRECTOR.signing.public, ("director",), 1),
            KeyEntry(AGENT.name, AGENT.signing.public, ("agent",), 2),
            KeyEntry(CASHIER.name, CASHIER.signing.public, ("cashier",), 3),
        ),
        readers=(KIOSK_KEY.entry, PAGE_KEY.entry),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


NOTE = sign_directory(ROOT, directory())


def villager(number: int) -> tuple[QueryPerson, str, str]:
    """An invented villager (area code 990123 does not exist) with ID number and household code."""
    first = f"99012319700101{number:03d}"
    person = QueryPerson(
        uid=f"00000000-0000-4000-8000-{number:012d}",
        name=f"村民{number}",
        household=f"{number:04d}",
        items=(
            QueryItem("subsidy", "2026-09-05", f"高龄补贴，电话{PHONE}", 0, 10_000 + number, "v1"),
            QueryItem("dividend", "2026-09-06", "大病救助", 0, 500_000, "v1", sensitive=True),
        ),
        balance_fen=-number,
        images=(QueryImage("v1", 1, "领款单", "bb" * 32, "image/jpeg"),) if number == 1 else (),
    )
    return person, first + id_check_digit(first), make_household_code(random.Random(number).randbytes)


VILLAGERS = [villager(number) for number in range(70)]


def picture(sha: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (int(sha[:2], 16), 20, 30)).save(out, "JPEG")
    return out.getvalue()


def build_chain(size: int) -> tuple[list[bytes], str, list[QuerySheet]]:
    """Leaves, head, and two sheets whose anchors pin entries 3 and `size`."""
    leaves = [random.Random(seq).randbytes(32) for seq in range(size)]
    heads = [genesis_head(CHAIN)]
    for leaf in leaves:
        heads.append(next_head(heads[-1], leaf))
    sheets: list[QuerySheet] = []
    previous, previous_code = "", ""
    for seq, (month, pinned) in enumerate(((Month(2026, 8), 3), (SEPTEMBER, size)), 1):
        anchor = Anchor(CENTRE, "V01", seq, str(month), pinned, heads[pinned].hex(), f"{seq:02d}" * 32, previous)
        raw = sign_anchor(anchor, [DIRECTOR.signing])
        code = anchor_code(raw)
        record = dump({"village": "老秤湾村", "month": str(month)}).decode()
        sheets.append(QuerySheet(month, seq, record, raw, code, previous_code, date(2026, 9, 10), date(2026, 9, 20)))
        previous, previous_code = anchor_hash(raw), code
    return leaves, heads[-1].hex(), sheets


LEAVES, HEAD, SHEETS = build_chain(9)
VOUCHER = Voucher(
    uid="v1", book="V01", word="记", month=SEPTEMBER, number=1, day=date(2026, 9, 3), kind="normal", state="posted",
    rev=1, attachment_count=2, prepared_by="冯会计", posted_by="冯会计", digest="ab" * 32,
    lines=(
        Line(f"付高龄补贴 卡号{CARD} 身份证{VILLAGERS[0][1]}", "51404", debit_fen=30_000_000_000, party="罗显富"),
        Line("付高龄补贴", "10201", credit_fen=30_000_000_000),
    ),
)  # fmt: skip
CONTENT = QueryContent(
    accounts=(Account("102", "银行存款", 1, "", "D", False), Account("10201", "基本户", 2, "102", "D", True)),
    parties=(Party("罗显富", f"罗显富{PHONE}", "member"),),
    balances=(QueryBalance(SEPTEMBER, "10201", "", 5_000, 100, 30_000_000_000),),
    statements=(
        Statement("balance-sheet", "V01", "资产负债表", "2023", Span(SEPTEMBER, SEPTEMBER), ("closing", "opening"),
                  (StatementRow("", "流动资产", ()), StatementRow("1", "货币资金", (5, 4_000_000_000)))),
    ),
    sheets=tuple(SHEETS),
    vouchers=(VOUCHER, replace(VOUCHER, uid="v2", number=2)),
    images=tuple(
        QueryImage(voucher, ordinal, f"发票 {PHONE}", sha * 32, "image/jpeg", 1, 1234)
        for voucher, ordinal, sha in (("v1", 1, "aa"), ("v1", 2, "cc"), ("v2", 1, "aa"))
    ),
    marks=(("v2", DISPUTED),),
)  # fmt: skip


def build_export() -> QueryExport:
    stretched = {}
    for person, number, code in VILLAGERS:
        stretched[person.uid, KIOSK] = stretch(credential(number), SALT, CHEAP)
        stretched[person.uid, PAGE] = stretch(credential(number, code), SALT, CHEAP)
    head = QueryHead(
        CENTRE, "V01", 4, date(2026, 9, 30), Head(len(LEAVES), HEAD), 2, anchor_hash(SHEETS[1].anchor), SALT
    )
    return QueryExport(
        head=head, village="老秤湾村", book_name="老秤湾村集体经济组织", standard="2023", content=CONTENT,
        people=tuple(person for person, _number, _code in VILLAGERS), stretched=stretched,
        readers=(KIOSK_KEY.entry, PAGE_KEY.entry), directory=NOTE, chain=CHAIN, leaves=LEAVES, cost=CHEAP,
    )  # fmt: skip


EXPORT = build_export()
SIGNERS = [DIRECTOR.signing, AGENT.signing]
