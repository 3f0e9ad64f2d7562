"""A query file opens for whom it is meant, with what is theirs, and says nothing to anybody else."""

from __future__ import annotations

import re
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.formats.query.village import (
    CARD,
    CONTENT,
    DISPUTED,
    EXPORT,
    FINGERPRINT,
    KIOSK_KEY,
    PAGE_KEY,
    PHONE,
    ROOT,
    SEPTEMBER,
    SHEETS,
    SIGNERS,
    VILLAGERS,
    picture,
    reader,
    villager,
)
from villagebooks.core.period import Month
from villagebooks.core.problem import Refused
from villagebooks.core.query import KIOSK, PAGE
from villagebooks.formats.query import (
    ReaderKey,
    lookup,
    open_database,
    open_query_file,
    write_query_file,
)
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.key import (
    Argon2Cost,
    CannotOpen,
)
from villagebooks.seal.query import stretch


def printed_code(code: str) -> str:
    """As it stands on the household's card."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def test_everybody_opens_the_own_part_at_the_kiosk_and_on_the_page(path: Path) -> None:
    file = open_query_file(path, FINGERPRINT)
    for person, number, code in VILLAGERS[::9]:
        at_kiosk, on_page = lookup(file, KIOSK_KEY, number), lookup(file, PAGE_KEY, number, printed_code(code))
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
    forbidden += [printed_code(code) for _p, _n, code in VILLAGERS]
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


def test_the_caller_may_bring_a_cache_for_the_slow_step(path: Path) -> None:
    asked: list[bytes] = []

    def own(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
        asked.append(secret)
        return stretch(secret, salt, cost)

    assert lookup(open_query_file(path, FINGERPRINT), KIOSK_KEY, VILLAGERS[3][1], own=own)
    assert len(asked) == 1
