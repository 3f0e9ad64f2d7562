"""The deep check lets the database put the bytes of vouchers together: they say all that is stored."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import text

from villagebooks.db import guard
from villagebooks.db.check import plain_vouchers
from villagebooks.seal.voucher import voucher_bytes
from villagebooks.services.desk import Office
from villagebooks.services.office import create_office

HEAD = "1, 'v', 1, 2026, 9, '记', 1, '2026-09-02', 'normal', 'posted', 1, 0, '', '冯素芳', 'import', ''"
PLAIN = "付8月村办公楼电费"
ODD = ('引号"反斜\\斜/', "换行\n回车\r制表\t", "\x01\x08\x0c\x1f\x7f", "〇𠮷龙ﷺ\u2028\u2029\ufeff", "{}[],:")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return create_office(tmp_path / "books.vbooks", "示例镇")


NAMES = ("summary", "account", "debit_fen", "credit_fen", "party", "project", "contract", "bank", "quantity")


def put(office: Office, summary: str) -> None:
    """One posted voucher whose digest is that of its bytes."""
    lines = [(summary, "5130103", 38642, 0, "", "", "", "", 0), (summary, "10201", 0, 38642, "供电", "", "", "", -2500)]
    content = voucher_bytes("b", "v", 1, "记", "2026-09", 1, "2026-09-02", "normal", "", 0, "冯素芳", lines)
    with office.books.write() as connection:
        guard.drop_guards(connection)
        connection.execute(text("INSERT INTO village (code, name) VALUES ('V', '村')"))
        connection.execute(text("INSERT INTO book (id, uid, code, village) VALUES (1, 'b', 'V', 'V')"))
        connection.execute(
            text(
                "INSERT INTO voucher (id, uid, book, year, month, word, number, day, kind, state, rev, "
                f"attachment_count, reverses, prepared_by, posted_by, posted_at, digest) VALUES ({HEAD}, :digest)"
            ),
            {"digest": hashlib.sha256(content).hexdigest()},
        )
        for number, line in enumerate(lines, 1):
            connection.execute(
                text(
                    f"INSERT INTO voucher_line (voucher, line, book, day, {', '.join(NAMES)}) "
                    f"VALUES (1, {number}, 1, '2026-09-02', {', '.join(f':{name}' for name in NAMES)})"
                ),
                dict(zip(NAMES, line, strict=True)),
            )


def whole(office: Office) -> bool | None:
    with office.books.read() as connection:
        return next(one.whole for one in plain_vouchers(connection, 1, "b"))


@pytest.mark.parametrize("summary", [PLAIN, *ODD])
def test_a_voucher_is_whole_whatever_is_written_in_it(office: Office, summary: str) -> None:
    put(office, summary)
    assert whole(office) is True


@pytest.mark.parametrize("change", ["summary || char(0) || '改过'", "summary || char(0)", "summary || ' '", "''"])
@pytest.mark.parametrize("summary", [PLAIN, *ODD])
def test_what_was_changed_behind_a_rare_character_is_found(office: Office, summary: str, change: str) -> None:
    put(office, summary)
    with office.books.write() as connection:
        connection.execute(text(f"UPDATE voucher_line SET summary = {change} WHERE line = 2"))
    assert whole(office) is False


def test_lines_that_changed_places_or_vanished_are_found(office: Office) -> None:
    put(office, PLAIN)
    with office.books.write() as connection:
        connection.execute(text("UPDATE voucher_line SET line = 3 - line + 10"))
    assert whole(office) is False
    with office.books.write() as connection:
        connection.execute(text("DELETE FROM voucher_line"))
    assert whole(office) is False
