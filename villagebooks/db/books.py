"""The office's books in a file or on a server: open, make, migrate."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path, PurePath

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.exc import DatabaseError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _
from villagebooks.db import guard, journal, schema, server
from villagebooks.db.digest import row_digest
from villagebooks.db.handle import FILE, Books, Clock, Moved, file_mark, system_clock
from villagebooks.seal.file import can_write_in, disk_trouble, patiently, remove, sync_folder

ALONE = "alone"
"""Under which a connection remembers how the file was that nobody else had open, empty when somebody had."""
UPGRADER = "local"
"""Who brings older books to the program's schema: nobody is signed in then."""

_PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "cell_size_check=ON",
    "trusted_schema=OFF", "recursive_triggers=ON", "temp_store=MEMORY",
    "wal_autocheckpoint=4000", "secure_delete=ON",
)  # fmt: skip
"""wal_autocheckpoint: in pages; `Books.settle` does it earlier, when nobody waits for a commit. recursive_triggers:
else REPLACE deletes a posted row without asking the guards. temp_store: nothing of the books is in temporary files,
and inserts behind a large update in one transaction keep their undo pages off the disk. secure_delete: what is
taken out, such as a key that went to its stick, is overwritten in the file, which not every SQLite does by itself."""


MAPPED = 256 * 2**20
"""Bytes of the file that every connection maps into memory, for long reads of everything: a check, an import."""


def _on_connect(
    path: Path, mapped: int, opened: tuple[int, int] | None, connection: sqlite3.Connection, entry: ConnectionPoolEntry
) -> None:
    if file_mark(path) != opened:  # another file under the name: half of the work would go into it
        connection.close()
        raise Moved
    connection.isolation_level = None  # transactions are begun by _on_begin, or several writers lose each other's work
    for pragma in (*_PRAGMAS, f"mmap_size={mapped}"):
        connection.execute(f"PRAGMA {pragma}")
    entry.info[FILE] = opened


def _on_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("villagebooks_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _on_dial(
    path: Path, _dialect: object, entry: ConnectionPoolEntry, told: list[str], _options: object
) -> None:  # fmt: skip
    """Books where nothing can be written now (a disc, an inspector's share) are opened so that reports are not refused;
    asked of every connection anew, since a folder may be made writable meanwhile.

    Without a log beside them nobody has them open, and SQLite need not make its own files there.
    """
    if path.exists() and not can_write_in(path.parent):
        entry.info[ALONE] = "" if _log_of(path).exists() else _state_of(path)
        told[0] = f"{sqlite_uri(path.absolute())}?mode=ro{'&immutable=1' if entry.info[ALONE] else ''}"


def _on_take(path: Path, _connection: object, entry: ConnectionPoolEntry, _proxy: object) -> None:
    """Nobody had the books open when they were dialled, so that no change is looked for; somebody who may write has
    opened them since: what was read then is old, and what changes underfoot cannot be read."""
    alone = entry.info.get(ALONE)
    if alone and (_log_of(path).exists() or _state_of(path) != alone):
        raise DisconnectionError


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _state_of(path: Path) -> str:
    with suppress(OSError):
        found = path.stat()
        return f"{found.st_mtime_ns} {found.st_size}"
    return "gone"


def sqlite_uri(path: PurePath) -> str:
    """A path as SQLite's address; a share (`//office/books`) has no computer's name in front, SQLite wants none."""
    plain = path.as_uri()
    here = plain.startswith("file:///")
    return plain.replace("file:///", "file:/", 1) if here else plain.replace("file://", "file:////", 1)


def _engine(path: Path, mapped: int = MAPPED) -> Engine:
    # not as text: a question mark or a percent sign in a folder's name would mean something in a URL
    # mode rw: where the file was moved away meanwhile, a further connection would make an empty one in its place
    there = URL.create("sqlite", database=sqlite_uri(path.absolute()), query={"uri": "true", "mode": "rw"})
    engine = create_engine(there)
    event.listen(engine, "do_connect", partial(_on_dial, path))
    event.listen(engine, "connect", partial(_on_connect, path, mapped, file_mark(path)))
    event.listen(engine, "checkout", partial(_on_take, path))
    event.listen(engine, "begin", _on_begin)
    return engine


Fill = Callable[[Books, Connection], None]
"""Writes the first rows in the transaction that makes the tables, before there are guards."""


def make_books(place: Path | str, clock: Clock = system_clock, fill: Fill | None = None) -> Books:
    """Empty books in a new file or in an empty database of a server, with schema and guards; never over anything.

    When `fill` fails nothing is left of them.
    """
    if server.is_address(place):
        return _make_on_server(str(place), clock, fill)
    path = Path(place)
    if path.exists():
        raise Trouble(_("{path} 已经存在，不会覆盖").format(path=path))
    _make_folders(path.parent, path.with_name(path.name + ".files"))
    _make_file(path)
    books = Books(path, _engine(path), clock)
    try:
        _migrate(books, fill)
    except BaseException:
        remove_books(books)
        raise
    return books


def _make_on_server(place: str, clock: Clock, fill: Fill | None) -> Books:
    address = server.read_address(place)
    books = Books(address.files, server.make_engine(address), clock, address.place)
    try:
        with books.read() as connection:
            tables = inspect(connection).get_table_names()
            encoding = connection.execute(text("SHOW server_encoding")).scalar()
        if {"alembic_version", *schema.metadata.tables} & set(tables):
            raise Trouble(_("{path} 已经存在，不会覆盖").format(path=address.place))
        if encoding != "UTF8":
            raise Trouble(_("服务器的数据库要用 UTF8 编码建立"))
        _make_folders(address.files.parent, address.files)
        try:
            _migrate(books, fill)
        except BaseException:
            shutil.rmtree(address.files, ignore_errors=True)
            raise
    except BaseException:
        books.close()
        raise
    return books


def _make_folders(parent: Path, files: Path) -> None:
    try:
        parent.mkdir(parents=True, exist_ok=True)
        files.mkdir(exist_ok=True)
        if any(files.iterdir()):
            raise Trouble(_("{path} 里已有别的账套的附件和钥匙，不会覆盖").format(path=files))
    except OSError as error:
        raise Trouble(_("不能在 {path} 建立账套：{reason}").format(path=parent, reason=why(error))) from error


def _make_file(path: Path) -> None:
    try:
        path.touch(exist_ok=False)
    except OSError as error:
        raise Trouble(_("不能在 {path} 建立账套：{reason}").format(path=path.parent, reason=why(error))) from error


def remove_books(books: Books) -> None:
    """Take away books that could not be made to the end, so that they can be made again; nothing was in them yet."""
    if books.address:
        with books.write() as connection:
            guard.drop_guards(connection)
            schema.metadata.drop_all(connection)
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    books.close()
    if not books.address:
        for end in ("", "-wal", "-shm", "-journal"):
            remove(books.path.with_name(books.path.name + end))
    shutil.rmtree(books.files, ignore_errors=True)


def open_books(place: Path | str, clock: Clock = system_clock, mapped: int = MAPPED) -> Books:
    """The books in a file or on a server; older ones are migrated (a file is copied before), newer ones refused.

    `mapped`: bytes of a file that every connection maps. 0 for who keeps them open all day and reads a page at a time:
    each of several connections would hold the whole file in memory in the end, and no such read is faster for it.
    """
    books = _open_server(str(place), clock) if server.is_address(place) else _open_file(Path(place), clock, mapped)
    version = _version(books)
    if version > schema.VERSION:
        books.close()
        raise Trouble(_("这个账套是更新版本的程序建立的，请先升级程序"))
    if version < schema.VERSION:
        try:
            _migrate(books)
        except BaseException:
            books.close()
            raise
    return books


def _open_file(path: Path, clock: Clock, mapped: int) -> Books:
    if path.is_dir():
        raise Trouble(_("{path} 是文件夹：请写里面的账套文件（.vbooks）").format(path=path))
    if not path.is_file():
        raise Trouble(_("找不到账套文件 {path}").format(path=path))
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise Trouble(_("读不出账套文件 {path}：{reason}").format(path=path, reason=why(error))) from error
    if start != b"SQLite format 3\x00":
        raise Trouble(_("{path} 不是账套文件，或已经损坏").format(path=path))
    return Books(path, _engine(path, mapped), clock)


def _open_server(place: str, clock: Clock) -> Books:
    """Another PC than the one that made the books must name the shared folder: its own would miss every attachment."""
    address = server.read_address(place)
    if not address.files.is_dir():
        text_ = _("找不到附件文件夹 {folder}：请在地址后加 ?files=共享文件夹，或设 {variable}")
        raise Trouble(text_.format(folder=address.files, variable=server.FILES_VARIABLE))
    return Books(address.files, server.make_engine(address), clock, address.place)


_SCHEMA = text("SELECT version_num FROM alembic_version")


def _version(books: Books) -> str:
    try:
        with books.read() as connection:
            return connection.execute(_SCHEMA).scalar() or ""
    except (DatabaseError, Trouble) as error:
        books.close()
        if isinstance(error, Trouble):
            raise
        if books.address:
            raise Trouble(_("{path} 里还没有账套，请先建立").format(path=books.address)) from error
        raise Trouble(_("{path} 不是账套文件，或已经损坏").format(path=books.path)) from error


def _migrate(books: Books, fill: Fill | None = None) -> None:
    from alembic import command  # noqa: PLC0415  (0.4 s, needed only when a schema is made or changed)
    from alembic.config import Config  # noqa: PLC0415  (as above)

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with books.write() as connection:
        config.attributes["connection"] = connection
        old = inspect(connection).has_table(schema.chain.name) and journal.has_office(connection)
        version = connection.execute(_SCHEMA).scalar() or "" if old else ""
        if version >= schema.VERSION:
            return  # another program did it while this one waited
        if old and not books.address:
            _keep_copy(books.path, books.path.with_name(f"{books.path.name}.before-{schema.VERSION}"))
        guard.drop_guards(connection)
        kept = version >= journal.KEEPS_BEFORE
        command.upgrade(config, "head")
        if old:
            digest = row_digest(connection, "office:1") or ""
            kind = journal.RESHAPE if kept else journal.UPGRADE
            journal.record(connection, None, books.now(), UPGRADER, kind, "office:1", digest)
        if books.address:
            server.order_plainly(connection)
        if fill:
            fill(books, connection)
        guard.make_guards(connection)


def _keep_copy(path: Path, kept: Path) -> None:
    """The books as they were committed last, whole under their name or not there; nobody writes meanwhile.

    By SQLite, not by the file: what a program that fell had committed lies in the log beside it.
    """
    part = kept.with_name(kept.name + ".part")
    with disk_trouble(kept):
        part.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
            with part.open("r+b") as file:
                os.fsync(file.fileno())
            part.chmod(stat.S_IMODE(path.stat().st_mode))
            patiently(lambda: part.replace(kept))
        finally:
            for end in ("", "-journal", "-wal", "-shm"):
                remove(part.with_name(part.name + end))
        sync_folder(kept.parent)


def copy_rows(source: Connection, target: Connection) -> None:
    """Every row of every table with its row id into empty tables that have no guards yet."""
    for table in schema.metadata.sorted_tables:
        rows = source.execution_options(yield_per=_BATCH).execute(select(table).order_by(*table.primary_key))
        for batch in rows.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in batch])
    server.restart_counts(target, schema.metadata.sorted_tables)


_BATCH = 2000
"""Rows in memory at a time."""
