"""Opening books: what is refused with a sentence, and what a second writer does."""

from __future__ import annotations

import os
import resource
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from villagebooks.core.problem import Trouble
from villagebooks.db import guard
from villagebooks.db.books import MAPPED, make_books, open_books
from villagebooks.db.handle import _file_sentence
from villagebooks.db.schema import metadata
from villagebooks.services.desk import open_office


def test_new_books_have_every_table_and_every_guard(tmp_path: Path) -> None:
    books = make_books(tmp_path / "a.vbooks")
    with books.read() as connection:
        assert set(metadata.tables) <= set(inspect(connection).get_table_names())
        assert guard.missing_guards(connection) == []
    books.close()


def test_the_migrations_make_exactly_the_tables_of_the_schema(tmp_path: Path) -> None:
    books = make_books(tmp_path / "a.vbooks")
    with books.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        modes = connection.execute(text("PRAGMA table_list")).all()
        made = {row.name: (row.wr, row.strict) for row in modes if row.name in metadata.tables}
    options = {name: table.dialect_options["sqlite"] for name, table in metadata.tables.items()}
    assert made == {name: (int(not one["with_rowid"]), int(one["strict"])) for name, one in options.items()}
    books.close()


def test_books_are_never_written_over(tmp_path: Path) -> None:
    make_books(tmp_path / "a.vbooks").close()
    with pytest.raises(Trouble, match="已经存在，不会覆盖"):
        make_books(tmp_path / "a.vbooks")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_what_is_no_book_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.vbooks"
    path.write_bytes(content)
    with pytest.raises(Trouble, match="不是账套文件，或已经损坏"):
        open_books(path)
    assert path.read_bytes() == content


def test_a_folder_s_name_may_hold_signs_that_mean_something_in_an_address(tmp_path: Path) -> None:
    path = tmp_path / "100%20?村#1 &" / "账?mode=ro.vbooks"
    make_books(path).close()
    assert path.stat().st_size > 4096
    open_books(path).close()


def test_books_that_could_not_be_made_leave_nothing_and_are_made_next_time(tmp_path: Path) -> None:
    path = tmp_path / "a.vbooks"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))  # no file grows beyond, as on a disk that fails
    try:
        with pytest.raises(Trouble, match="磁盘读写出错"):
            make_books(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []
    make_books(path).close()


def test_a_share_that_cannot_lock_is_named_and_not_another_program() -> None:
    said = _file_sentence(sqlite3.OperationalError("locking protocol"))
    assert said == "账套所在的磁盘锁不住文件（多半是网络共享），不能用；请把账套搬到本机硬盘"
    assert "别的程序" in _file_sentence(sqlite3.OperationalError("database is locked"))
    assert _file_sentence(sqlite3.OperationalError("disk I/O error")).endswith("请检查磁盘、U盘或网络，弄好再试")


def test_books_with_a_damaged_page_are_told_in_a_sentence(tmp_path: Path) -> None:
    books = make_books(tmp_path / "a.vbooks")
    with books.write() as connection:
        connection.execute(text("CREATE TABLE long AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                "WHERE i < 2000) SELECT i, hex(randomblob(90)) AS b FROM n"))  # fmt: skip
    books.close()
    raw = bytearray(books.path.read_bytes())
    raw[-200_000:-40_000] = bytes(160_000)
    books.path.write_bytes(raw)
    with pytest.raises(Trouble, match="已经损坏，请用备份恢复"), open_books(books.path).read() as connection:
        connection.execute(text("SELECT SUM(length(b)) FROM long")).scalar()


def test_books_whose_making_was_killed_are_told_so(tmp_path: Path) -> None:
    make_books(tmp_path / "a.vbooks").close()
    with pytest.raises(Trouble, match="建立到一半就断了"):
        open_office(tmp_path / "a.vbooks")


def test_attachments_whose_books_are_lost_are_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.vbooks"
    (tmp_path / "a.vbooks.files").mkdir()
    (tmp_path / "a.vbooks.files" / "office.key").write_bytes(b"k" * 32)
    with pytest.raises(Trouble, match="已有别的账套的附件和钥匙"):
        make_books(path)
    assert (tmp_path / "a.vbooks.files" / "office.key").read_bytes() == b"k" * 32


def test_books_on_a_disc_are_read_and_a_change_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "审计 100%.vbooks"
    make_books(path).close()
    # root may write into every folder, so the system's answer is given here
    monkeypatch.setattr(os, "access", lambda *_: False)
    books = open_books(path)
    with books.read() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM voucher")).scalar() == 0
    with pytest.raises(Trouble, match="不能写"), books.write() as connection:
        connection.execute(text("DELETE FROM setting"))
    books.close()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["审计 100%.vbooks", "审计 100%.vbooks.files"]


def test_books_of_a_newer_program_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.vbooks"
    make_books(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(Trouble, match="请先升级程序"):
        open_books(path)


def test_two_hundred_increments_by_four_writers_lose_none(tmp_path: Path) -> None:
    books = make_books(tmp_path / "a.vbooks")
    with books.write() as connection:
        connection.execute(text("INSERT INTO setting VALUES ('n', '0')"))

    def work() -> None:
        for _turn in range(50):
            with books.write() as connection:
                value = int(connection.execute(text("SELECT value FROM setting")).scalar_one())
                connection.execute(text("UPDATE setting SET value = :value"), {"value": str(value + 1)})

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with books.read() as connection:
        assert connection.execute(text("SELECT value FROM setting")).scalar_one() == "200"
    books.close()


def test_what_was_committed_comes_into_the_file_when_nobody_waits(tmp_path: Path) -> None:
    books = make_books(tmp_path / "office.vbooks")
    books.settle()
    with books.write() as connection:
        connection.execute(text("INSERT INTO setting VALUES ('x', '1')"))
    books.settle()
    lonely = tmp_path / "copy.vbooks"
    lonely.write_bytes(books.path.read_bytes())  # without the log beside it
    copy = open_books(lonely)
    with copy.read() as connection:
        assert connection.execute(text("SELECT value FROM setting WHERE key = 'x'")).scalar() == "1"
    copy.close()
    books.close()


def test_an_act_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    books = make_books(tmp_path / "a.vbooks")

    def fail() -> None:
        with books.write() as connection:
            connection.execute(text("INSERT INTO setting VALUES ('n', '0')"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with books.read() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM setting")).scalar_one() == 0
    books.close()


def test_a_file_is_mapped_as_far_as_who_opens_it_asks(tmp_path: Path) -> None:
    books = make_books(tmp_path / "a.vbooks")
    for mapped in (0, MAPPED):
        again = open_books(books.path, mapped=mapped)
        with again.read() as connection:
            assert connection.execute(text("PRAGMA mmap_size")).scalar() == mapped
        again.close()
    books.close()


def test_an_inspector_who_may_only_look_went_on_seeing_what_was_there_before_the_accountant_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.vbooks"
    make_books(path).close()
    count = text("SELECT COUNT(*) FROM setting")
    with monkeypatch.context() as share:
        share.setattr("villagebooks.db.books.can_write_in", lambda _folder: False)
        looking = open_books(path)
        with looking.read() as connection:
            before = connection.execute(count).scalar_one()
    accountant = open_books(path)
    with accountant.write() as connection:
        connection.execute(text("INSERT INTO setting (key, value) VALUES ('a', '1')"))
    with looking.read() as connection:
        assert connection.execute(count).scalar_one() == before + 1
    looking.close()
    accountant.close()
