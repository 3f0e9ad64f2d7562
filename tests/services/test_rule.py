"""Every rule of the self-check: its own sabotage, in the file with the guards off, is found under its name."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.services.conftest import (
    CHEAP,
    Clock,
    Staff,
    simple_paper,
)
from tests.services.sabotage import DEEP, SHALLOW
from tests.services.whole_office import accounts, employ, live, png, reconcile
from villagebooks.core.journal import Finding
from villagebooks.core.paper import Document
from villagebooks.core.period import Month
from villagebooks.core.village import Village
from villagebooks.db import person as person_rows
from villagebooks.db.books import open_books
from villagebooks.seal.key import Revocation, directory_hash, read_directory, sign_directory
from villagebooks.services.check import check_books, check_rules
from villagebooks.services.closing import close_month, lock_year
from villagebooks.services.desk import Office, open_desk
from villagebooks.services.disclosure import put_up
from villagebooks.services.office import create_office, new_book, open_book
from villagebooks.services.paper import attach_image, save_paper


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Staff]:
    """A clean office with something of everything, made once: 2026 lived through, put up, closed and locked."""
    path = tmp_path_factory.mktemp("rules") / "centre.vbooks"
    clock = Clock()
    clock.moment = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    office = create_office(path, "白雁河镇", clock=clock)
    for code, name in (("V01", "老秤湾村"), ("V02", "石磨坪村")):
        open_book(office, Village(code, name), new_book(code, code, name, "代行", "2023", Month(2026, 1)), accounts())
    staff = employ(office)
    desk = open_desk(Office(office.books, "冯素芳"), "V01", Month(2026, 9))
    live(desk, staff)
    reconcile(desk, staff, path.parent)
    second = open_desk(desk.office, "V02", Month(2026, 9))
    other = Document("数电票", "26990000000000099999", "2026-09-09", 74_260, 1, (attach_image(second, png(3)),))
    save_paper(second, replace(simple_paper(), documents=(other,), book="V02"))
    put_up(desk, [staff.director], cost=CHEAP)
    for month in (8, 9, 12):
        close_month(desk.at(Month(2026, month)), staff.agent)
    lock_year(desk.at(Month(2026, 12)), staff.director)
    office.books.close()
    return path, staff


@pytest.fixture
def copy(made: tuple[Path, Staff], tmp_path: Path) -> Path:
    """The office's file and attachments, for one test to spoil."""
    path, _staff = made
    target = tmp_path / path.name
    shutil.copy(path, target)
    shutil.copytree(path.with_name(path.name + ".files"), tmp_path / (path.name + ".files"))
    return target


def spoil(path: Path, *statements: str) -> None:
    """Change the file as anybody with a tool could: triggers off, no foreign keys, triggers on again."""
    with sqlite3.connect(path) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        rows = [connection.execute(statement).rowcount for statement in statements]
        for _name, sql in guards:
            connection.execute(sql)
    connection.close()
    assert rows[-1] > 0


def check(path: Path, deep: bool = True) -> Iterator[Finding]:
    clock = Clock()
    clock.moment = datetime(2027, 2, 2, 9, 0, tzinfo=UTC)
    books = open_books(path, clock)
    yield from check_books(Office(books, "冯素芳"), deep=deep)
    books.close()


APART = {"guard", "attachment_extra", "revoked_key", "split_bill", "forbidden_spending"}
APART |= {"post_change", "migration_paper", "migration_opening", "merger", "successor", "former_mixed"}
"""Rules whose sabotage is more than SQL: each has a test below, or in tests of their own."""


def test_the_office_that_is_spoiled_is_clean_before(copy: Path) -> None:
    assert list(map(str, check(copy))) == []


def test_level_one_stands_on_the_side_of_the_standard(copy: Path) -> None:
    spoil(copy, "UPDATE account SET side = 'C' WHERE code = '101'")
    assert "制度里的余额方向是借方" in [one.text for one in check(copy, deep=False) if one.rule == "account_statutory"]


def test_amounts_of_what_is_found_are_told_in_yuan(copy: Path) -> None:
    for rule, said in (("wrong_side", "余额方向异常，0.99 元"), ("unbalanced", "借贷不平，相差 0.01 元")):
        spoil(copy, *SHALLOW[rule])
        assert said in [one.text for one in check(copy, deep=False) if one.rule == rule]


def test_every_rule_has_a_sabotage_and_is_explained() -> None:
    rules = check_rules()
    assert {*SHALLOW, *DEEP, *APART} == set(rules)
    assert len(rules) >= 30
    assert all(one.title and one.why and one.act and one.severity in ("error", "notice") for one in rules.values())


@pytest.mark.parametrize("rule", SHALLOW)
def test_a_broken_rule_is_found_under_its_name(copy: Path, rule: str) -> None:
    spoil(copy, *SHALLOW[rule])
    assert_found(check(copy, deep=False), rule)


@pytest.mark.parametrize("rule", DEEP)
def test_a_rule_that_is_broken_deep_down_is_found_by_the_deep_check(copy: Path, rule: str) -> None:
    spoil(copy, *DEEP[rule])
    assert_found(check(copy), rule)


def assert_found(found: Iterator[Finding], rule: str) -> None:
    findings = list(found)
    mine = [one for one in findings if one.rule == rule]
    assert mine, {one.rule for one in findings}
    known = check_rules()[rule]
    assert all((one.severity, one.title) == (known.severity, known.title) for one in mine)
    assert all(one.row or rule == "directory" for one in mine)


def test_a_missing_guard_is_found_under_its_name(copy: Path) -> None:
    with sqlite3.connect(copy) as connection:
        connection.execute("DROP TRIGGER guard_voucher_update")
    connection.close()
    assert [(one.rule, one.row) for one in check(copy, deep=False)] == [("guard", "guard_voucher_update")]


def test_a_file_among_the_attachments_that_nobody_registered_is_told(copy: Path) -> None:
    folder = copy.with_name(copy.name + ".files") / "ab"
    folder.mkdir(exist_ok=True)
    (folder / "x.exe").write_bytes(b"x")
    assert [(one.rule, one.row) for one in check(copy)] == [("attachment_extra", "x.exe")]


def test_what_a_revoked_key_signed_is_found_under_its_name(copy: Path, made: tuple[Path, Staff]) -> None:
    root = made[1].root
    books = open_books(copy)
    with books.write() as connection:
        found = person_rows.directory(connection)
        assert found is not None
        version, raw = found
        old = read_directory(raw, root.public)
        key = next(one for one in old.keys if one.name.endswith("邹启明"))
        revoked = Revocation(key.name, key.since + 1)
        note = sign_directory(
            root, replace(old, version=version + 1, previous=directory_hash(raw), revocations=(revoked,))
        )
        person_rows.add_directory(connection, version + 1, note, directory_hash(note))
        signed = connection.execute(text("SELECT COUNT(*) FROM approval WHERE signer = '邹启明'")).scalar()
    books.close()
    assert sum(one.rule == "revoked_key" for one in check(copy, deep=False)) == signed
