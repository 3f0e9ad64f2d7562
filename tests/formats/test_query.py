from __future__ import annotations

import io
import random
import re
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from villagebooks.core.account import Account
from villagebooks.core.journal import Head
from villagebooks.core.party import Party
from villagebooks.core.period import Month, Span
from villagebooks.core.person import id_check_digit
from villagebooks.core.problem import Refused
from villagebooks.core.query import (
    DISPUTED,
    KIOSK,
    PAGE,
    FileReport,
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
from villagebooks.formats.container import make_known
from villagebooks.formats.query import (
    QueryExport,
    ReaderKey,
    lookup,
    lookup_all,
    make_reader_key,
    open_database,
    open_folder,
    open_query_file,
    read_header,
    read_reader_key,
    write_query_file,
    write_reader_key,
)
from villagebooks.formats.verify import verify_file
from villagebooks.seal.canonical import FormatError, dump
from villagebooks.seal.code import household_code_text, make_household_code
from villagebooks.seal.disclosure import Anchor, anchor_code, anchor_hash, sign_anchor
from villagebooks.seal.journal import genesis_head, next_head
from villagebooks.seal.key import (
    Argon2Cost,
    CannotOpen,
    KeyDirectory,
    KeyEntry,
    PersonKeys,
    Revocation,
    SigningKey,
    WrongPassphrase,
    directory_hash,
    make_person_keys,
    sign_directory,
)
from villagebooks.seal.query import credential, stretch

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


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("query") / "V01-4.vbq"
    write_query_file(target, EXPORT, SIGNERS, picture)
    return target


def test_everybody_opens_the_own_part_at_the_kiosk_and_on_the_page(path: Path) -> None:
    file = open_query_file(path, FINGERPRINT)
    for person, number, code in VILLAGERS[::9]:
        at_kiosk, on_page = lookup(file, KIOSK_KEY, number), lookup(file, PAGE_KEY, number, household_code_text(code))
        assert at_kiosk
        assert on_page
        for found in (at_kiosk, on_page):
            assert (found.name, found.household, found.village) == (person.name, person.household, "老秤湾村")
            assert found.balance_fen == person.balance_fen
        assert [item.words[:4] for item in at_kiosk.items] == ["高龄补贴"]
        assert [item.words[:4] for item in on_page.items] == ["高龄补贴", "大病救助"]


def test_the_village_reads_sheets_vouchers_statements_and_balances(path: Path) -> None:
    found = lookup(open_query_file(path, ROOT.public), KIOSK_KEY, VILLAGERS[0][1])
    assert found
    data = found.database
    assert found.title.months == (Month(2026, 8), SEPTEMBER)
    assert data.sheets() == SHEETS
    assert data.statements() == list(CONTENT.statements)
    assert data.balances(SEPTEMBER) == list(CONTENT.balances)
    assert data.accounts()["10201"].name == "基本户"
    assert [voucher.title for voucher in data.vouchers(SEPTEMBER)] == ["记-1", "记-2"]
    voucher = data.voucher("v1")
    assert voucher
    assert voucher.lines[0].debit_fen == 30_000_000_000
    assert (data.mark("v1"), data.mark("v2")) == ("", DISPUTED)
    assert data.voucher("v3") is None
    found.close()


def test_a_picture_opens_once_stored_for_two_vouchers(path: Path) -> None:
    found = lookup(open_query_file(path, FINGERPRINT), KIOSK_KEY, VILLAGERS[0][1])
    assert found
    first, second = found.database.images("v1")
    assert found.database.images("v2")[0].name == first.name != second.name
    assert (first.sha256, first.size) == ("aa" * 32, 1234)
    assert found.image(first.name) == picture("aa" * 32)
    with pytest.raises(FormatError):
        found.image("b/" + "00" * 32)
    with pytest.raises(FormatError):
        found.image("slots")


def test_a_persons_own_picture_opens_for_that_person_only(path: Path) -> None:
    file = open_query_file(path, FINGERPRINT)
    owner, other = lookup(file, KIOSK_KEY, VILLAGERS[1][1]), lookup(file, KIOSK_KEY, VILLAGERS[2][1])
    assert owner
    assert other
    name = owner.images[0].name
    assert owner.image(name) == picture("bb" * 32)
    with pytest.raises(FormatError):
        other.image(name)


def test_wrong_id_other_code_and_crossed_class_find_nothing(path: Path) -> None:
    file = open_query_file(path, FINGERPRINT)
    stranger = villager(200)
    assert lookup(file, KIOSK_KEY, stranger[1]) is None
    assert lookup(file, PAGE_KEY, VILLAGERS[0][1], VILLAGERS[1][2]) is None
    assert lookup(file, PAGE_KEY, stranger[1], VILLAGERS[0][2]) is None
    crossed = ReaderKey(PAGE, FINGERPRINT, KIOSK_KEY.key)
    with pytest.raises(CannotOpen):
        lookup(file, crossed, VILLAGERS[0][1], VILLAGERS[0][2])
    with pytest.raises(CannotOpen):
        lookup(file, ReaderKey(KIOSK, FINGERPRINT, replace(PAGE_KEY.key, name="kiosk-1")), VILLAGERS[0][1])
    with pytest.raises(CannotOpen):
        lookup(file, reader(KIOSK, "kiosk-2"), VILLAGERS[0][1])


def test_a_slip_of_the_finger_is_told_apart_from_a_miss(path: Path) -> None:
    file = open_query_file(path, FINGERPRINT)
    number, code = VILLAGERS[0][1:]
    slip = number[:-1] + ("1" if number[-1] != "1" else "2")
    for key, typed, typed_code in ((KIOSK_KEY, slip, ""), (PAGE_KEY, number, code[:-1]), (PAGE_KEY, slip, "1")):
        with pytest.raises(Refused):
            lookup(file, key, typed, typed_code)


def test_no_id_code_phone_or_card_number_is_in_the_file_or_in_anything_opened(path: Path) -> None:
    file = open_query_file(path, FINGERPRINT)
    found = lookup(file, PAGE_KEY, VILLAGERS[0][1], VILLAGERS[0][2])
    assert found
    opened = [path.read_bytes(), found.database.connection.serialize(), repr(found.items).encode()]
    forbidden = [PHONE, CARD, *(number for _p, number, _c in VILLAGERS), *(code for _p, _n, code in VILLAGERS)]
    forbidden += [household_code_text(code) for _p, _n, code in VILLAGERS]
    forbidden += [number[:17] for _p, number, _c in VILLAGERS] + [
        number[6:14] + number[14:17] for _p, number, _c in VILLAGERS
    ]
    for raw in opened:
        for text in forbidden:
            assert text.encode() not in raw
    assert not re.search(rb"(?<!\d)990123\d{11}[\dX]", b"".join(opened))
    voucher = found.database.voucher("v1")
    assert voucher
    assert "付高龄补贴 卡号*" in voucher.lines[0].summary


def test_names_and_figures_of_the_village_do_not_stand_in_clear(path: Path) -> None:
    raw = path.read_bytes()
    for text in ("村民1", "罗显富", "高龄补贴", "基本户", "SQLite format", "JFIF"):
        assert text.encode() not in raw


def test_slots_and_parts_are_padded_to_one_multiple_of_64(path: Path) -> None:
    container = open_query_file(path, FINGERPRINT).container
    parts = [name for name in container.names() if name.startswith("p/")]
    assert len(parts) == 2 * 128
    assert {container.members[name].size for name in parts} == {4096 + 16}
    assert list(container.names()[:5]) == ["keys", "journal", "anchors", "slots", "db"]


def test_two_exports_share_no_name_key_or_slot(path: Path, tmp_path: Path) -> None:
    write_query_file(tmp_path / "b.vbq", EXPORT, SIGNERS, picture)
    one, two = open_query_file(path, FINGERPRINT), open_query_file(tmp_path / "b.vbq", FINGERPRINT)
    assert one.header.file_id != two.header.file_id
    names = set(one.container.names()) & set(two.container.names())
    assert names == {"keys", "journal", "anchors", "slots", "db"}
    assert one.container.read("slots") != two.container.read("slots")
    assert one.header.content != two.header.content


def test_a_file_needs_two_signatures_one_of_them_the_directors(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.vbq"
    with pytest.raises(Refused):
        write_query_file(target, EXPORT, SIGNERS[:1], picture)
    for signers in ([AGENT.signing, CASHIER.signing], [DIRECTOR.signing, CASHIER.signing]):
        write_query_file(target, EXPORT, signers, picture)
        with pytest.raises(FormatError):
            open_query_file(target, FINGERPRINT)
    assert open_query_file(path, FINGERPRINT).container.note.signers == (DIRECTOR.name, AGENT.name)


def test_a_file_signed_by_somebody_revoked_since_is_refused_by_who_knows_it(path: Path) -> None:
    newer = sign_directory(
        ROOT, directory(version=2, previous=directory_hash(NOTE), revocations=(Revocation(AGENT.name, 50),))
    )
    assert open_query_file(path, FINGERPRINT).directory.version == 1
    with pytest.raises(FormatError):
        open_query_file(path, FINGERPRINT, [newer])


def test_another_root_an_older_number_and_another_centre_are_refused(path: Path, tmp_path: Path) -> None:
    other = KeyDirectory(CENTRE, 1, AGENT.signing.public).fingerprint
    for root, seq in ((other, 0), (FINGERPRINT, 5)):
        with pytest.raises(FormatError):
            open_query_file(path, root, lowest_seq=seq)
    write_query_file(tmp_path / "a", replace(EXPORT, head=replace(EXPORT.head, centre="别的中心")), SIGNERS, picture)
    with pytest.raises(FormatError):
        open_query_file(tmp_path / "a", FINGERPRINT)


def test_two_people_with_one_id_stop_the_export_by_name(tmp_path: Path) -> None:
    stretched = dict(EXPORT.stretched)
    stretched[VILLAGERS[5][0].uid, KIOSK] = stretched[VILLAGERS[6][0].uid, KIOSK]
    with pytest.raises(Refused, match=r"村民5.*村民6"):
        write_query_file(tmp_path / "a", replace(EXPORT, stretched=stretched), SIGNERS, picture)
    assert list(tmp_path.iterdir()) == []


def test_without_any_reader_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        write_query_file(tmp_path / "a", replace(EXPORT, readers=()), SIGNERS, picture)


def test_a_kiosk_only_village_has_no_class_2(tmp_path: Path) -> None:
    write_query_file(tmp_path / "a", replace(EXPORT, readers=(KIOSK_KEY.entry,)), SIGNERS, picture)
    file = open_query_file(tmp_path / "a", FINGERPRINT)
    assert lookup(file, KIOSK_KEY, VILLAGERS[0][1])
    with pytest.raises(CannotOpen):
        lookup(file, PAGE_KEY, VILLAGERS[0][1], VILLAGERS[0][2])


def test_the_header_is_strict_and_tells_newer_files_apart(path: Path) -> None:
    lines = list(open_query_file(path, FINGERPRINT).container.header)
    header = read_header(lines)
    assert read_header([*lines, "x-colour red"]) == header
    with pytest.raises(FormatError, match="升级"):
        read_header([*lines, "colour red"])
    for at, line in enumerate(lines):
        for bad in (
            "",
            line + " ",
            line.replace(" ", "  ", 1),
            line + "0" if line[:3] in ("fil", "sal", "con") else " " + line,
        ):
            with pytest.raises(FormatError):
                read_header([*lines[:at], bad, *lines[at + 1 :]])
        if not line.startswith("reader"):
            with pytest.raises(FormatError):
                read_header(lines[:at] + lines[at + 1 :])
            with pytest.raises(FormatError):
                read_header([*lines, line])
    for bad in ("kdf argon2id 17 65536 1", "kdf argon2id 3 1048577 1", "kdf scrypt 3 65536 1"):
        with pytest.raises(FormatError):
            read_header([bad if line.startswith("kdf") else line for line in lines])


def look(path: Path, root: str = "", keys: Sequence[bytes] = (), code: str = "") -> FileReport:
    return verify_file(path, make_known(root, keys, code))


def test_verify_reports_a_whole_file_and_needs_no_reader_key(path: Path) -> None:
    report = look(path, FINGERPRINT)
    assert report.problems == ()
    assert (report.rooted, report.root) == (True, FINGERPRINT)
    assert report.signers == (DIRECTOR.name, AGENT.name)
    assert [period for period, _head in report.anchors] == ["2026-08", "2026-09"]
    assert not look(path).rooted
    assert look(path).root == FINGERPRINT
    assert look(path, keys=[NOTE]).rooted


def test_verify_finds_the_sheet_of_a_printed_code(path: Path) -> None:
    assert look(path, FINGERPRINT, code=SHEETS[0].code.lower()).code_found == "2026-08"
    unknown = look(path, FINGERPRINT, code="0000-0000-0000-0000-0000")
    assert unknown.code_found is None
    assert unknown.problems
    for root, code in ((FINGERPRINT, "0000"), ("1234", "")):
        with pytest.raises(FormatError):
            look(path, root, code=code)


def test_verify_finds_a_rewritten_journal(tmp_path: Path) -> None:
    changed = [*LEAVES[:2], b"x" * 32, *LEAVES[3:]]
    heads = [genesis_head(CHAIN)]
    for leaf in changed:
        heads.append(next_head(heads[-1], leaf))
    head = replace(EXPORT.head, journal=Head(len(changed), heads[-1].hex()))
    write_query_file(tmp_path / "a", replace(EXPORT, head=head, leaves=changed), SIGNERS, picture)
    problems = look(tmp_path / "a", FINGERPRINT).problems
    assert any("第 1 期公开榜之前的日志被改动" in text for text in problems)
    write_query_file(tmp_path / "b", replace(EXPORT, leaves=changed), SIGNERS, picture)
    assert any("链值" in text for text in look(tmp_path / "b", FINGERPRINT).problems)


def test_verify_refuses_flipped_bytes_anywhere(path: Path, tmp_path: Path) -> None:
    raw = path.read_bytes()
    source = random.Random(1)
    target = tmp_path / "a"
    for _turn in range(60):
        at = source.randrange(len(raw))
        target.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << source.randrange(8))]) + raw[at + 1 :])
        with pytest.raises(FormatError):
            look(target, FINGERPRINT)


def test_a_database_with_a_trigger_a_view_or_wal_is_refused(path: Path) -> None:
    found = lookup(open_query_file(path, FINGERPRINT), KIOSK_KEY, VILLAGERS[0][1])
    assert found
    raw = found.database.connection.serialize()
    assert open_database(raw).title() == found.title
    for statement in (
        "CREATE VIEW secret AS SELECT 1",
        "CREATE TRIGGER t AFTER INSERT ON meta BEGIN DELETE FROM line; END",
        "CREATE TABLE extra (x)",
        "DROP TABLE line",
        "UPDATE meta SET value = '2' WHERE key = 'schema'",
    ):
        base = sqlite3.connect(":memory:")
        base.deserialize(raw)
        base.execute(statement)
        base.commit()
        with pytest.raises(FormatError):
            open_database(base.serialize())
        base.close()
    for bad in (b"", raw[:50], raw[:18] + b"\x02\x02" + raw[20:], b"x" * len(raw)):
        with pytest.raises(FormatError):
            open_database(bad)


def test_the_opened_database_cannot_be_written_and_stops_a_runaway_query(path: Path) -> None:
    found = lookup(open_query_file(path, FINGERPRINT), KIOSK_KEY, VILLAGERS[0][1])
    assert found
    with pytest.raises(sqlite3.OperationalError):
        found.database.connection.execute("DELETE FROM line")
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    start = time.monotonic()
    with pytest.raises(sqlite3.OperationalError):
        found.database.connection.execute(endless).fetchall()
    assert time.monotonic() - start < 20
    assert found.database.sheets()


def test_a_reader_key_file_is_read_back_in_clear_and_boxed(tmp_path: Path) -> None:
    target = tmp_path / "kiosk.json"
    write_reader_key(target, KIOSK_KEY)
    assert read_reader_key(target) == KIOSK_KEY
    assert target.stat().st_mode & 0o077 == 0
    write_reader_key(target, PAGE_KEY, "十个字以上的口令", CHEAP)
    assert read_reader_key(target, lambda: "十个字以上的口令") == PAGE_KEY
    assert repr(PAGE_KEY.key.seed) not in repr(PAGE_KEY)
    with pytest.raises(WrongPassphrase):
        read_reader_key(target, lambda: "别的口令")
    with pytest.raises(FormatError):
        read_reader_key(target)
    raw = target.read_bytes()
    for bad in (b"{}", raw[:-1], raw.replace(b'"class":2', b'"class":3'), raw + b"\n"):
        target.write_bytes(bad)
        with pytest.raises(FormatError):
            read_reader_key(target, lambda: "十个字以上的口令")


def test_the_caller_may_bring_a_cache_for_the_slow_step(path: Path) -> None:
    asked: list[bytes] = []

    def own(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
        asked.append(secret)
        return stretch(secret, salt, cost)

    assert lookup(open_query_file(path, FINGERPRINT), KIOSK_KEY, VILLAGERS[3][1], own=own)
    assert len(asked) == 1


def test_a_folder_gives_the_newest_file_of_each_book_and_names_the_broken_ones(tmp_path: Path) -> None:
    for book, seq in (("V01", 4), ("V01", 5), ("V05W", 2)):
        head = replace(EXPORT.head, book=book, seq=seq)
        write_query_file(tmp_path / f"{book}-{seq}.vbq", replace(EXPORT, head=head), SIGNERS, picture)
    (tmp_path / "broken.vbq").write_bytes((tmp_path / "V01-5.vbq").read_bytes()[:-9])
    files, problems = open_folder(tmp_path, FINGERPRINT)
    assert sorted((file.header.head.book, file.header.head.seq) for file in files) == [("V01", 5), ("V05W", 2)]
    assert len(problems) == 1
    assert problems[0].startswith("broken.vbq")
    asked: list[bytes] = []

    def own(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
        asked.append(salt)
        return stretch(secret, salt, cost)

    found = lookup_all(files, KIOSK_KEY, VILLAGERS[0][1], own=own)
    assert [one.title.book for one in found] == [file.header.head.book for file in files]
    assert len(asked) == 1
    assert len(open_folder(tmp_path, FINGERPRINT, seen={"V01": 6})[0]) == 1
    assert lookup_all(files, reader(KIOSK, "other"), VILLAGERS[0][1]) == []
    with pytest.raises(Refused):
        lookup_all(files, KIOSK_KEY, "123")
