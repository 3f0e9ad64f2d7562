"""The office's books on disk: open, make, migrate, and the only two ways to a connection, `read` and `write`."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from villagebooks.core.problem import Trouble, why
from villagebooks.core.words import _
from villagebooks.db import guard, schema

Clock = Callable[[], datetime]
SUFFIX = ".vbooks"


def system_clock() -> datetime:
    """Now, with the machine's offset."""
    return datetime.now().astimezone().replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Books:
    """A handle on one office's database and the folder of its attachments; `clock` tells the time of every act."""

    path: Path
    engine: Engine
    clock: Clock = system_clock

    @property
    def files(self) -> Path:
        """Folder of attachments, `PATH.files`."""
        return self.path.with_name(self.path.name + ".files")

    def now(self) -> str:
        """The time of an act as ISO text with offset."""
        return self.clock().isoformat(timespec="seconds")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view; nothing is written."""
        with _plain_sentences(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction with the write lock taken at once; an exception leaves nothing behind."""
        writer = self.engine.execution_options(villagebooks_write=True)
        with _plain_sentences(), writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


@contextmanager
def _plain_sentences() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig)
        if "locked" in reason or "busy" in reason:
            raise Trouble(_("账套文件正被别的程序使用，请稍后再试")) from error
        if "full" in reason:
            raise Trouble(_("磁盘满了，没有保存；请腾出空间再试")) from error
        if "readonly" in reason or "unable to open" in reason:
            raise Trouble(_("账套文件打不开或不能写，请检查文件夹的权限")) from error
        if "I/O" in reason:
            raise Trouble(_("磁盘读写出错，没有保存；请检查磁盘或U盘")) from error
        raise
    except DatabaseError as error:
        if "malformed" in str(error.orig) or "not a database" in str(error.orig):
            raise Trouble(_("这不是账套文件，或已经损坏，请用备份恢复")) from error
        raise


_PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "cell_size_check=ON",
    "trusted_schema=OFF", "mmap_size=268435456", "recursive_triggers=ON", "temp_store=MEMORY",
)  # fmt: skip
"""recursive_triggers: else REPLACE deletes a posted row without asking the guards. temp_store: nothing of the books is
in temporary files, and inserts behind a large update in one transaction keep their undo pages off the disk."""


def _on_connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are begun by _on_begin, or several writers lose each other's work
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("villagebooks_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _read_only(path: Path) -> URL | None:
    """The address for books where nothing can be written (a disc, an inspector's share): reports are never refused.

    Without a log beside them nobody has them open, and SQLite need not make its own files there.
    """
    if not path.exists() or os.access(path.parent, os.W_OK):
        return None
    query = {"uri": "true", "mode": "ro"}
    if not path.with_name(path.name + "-wal").exists():
        query["immutable"] = "1"
    return URL.create("sqlite", database=path.absolute().as_uri().replace("file://", "file:", 1), query=query)


def _engine(path: Path) -> Engine:
    # not as text: a question mark or a percent sign in a folder's name would mean something in a URL
    engine = create_engine(_read_only(path) or URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def make_books(path: Path, clock: Clock = system_clock) -> Books:
    """Empty books at `path` with schema and guards; refuses to write over anything."""
    if path.exists():
        raise Trouble(_("{path} 已经存在，不会覆盖").format(path=path))
    files = path.with_name(path.name + ".files")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.mkdir(exist_ok=True)
        if any(files.iterdir()):
            raise Trouble(_("{path} 里已有别的账套的附件和钥匙，不会覆盖").format(path=files))
    except OSError as error:
        raise Trouble(_("不能在 {path} 建立账套：{reason}").format(path=path.parent, reason=why(error))) from error
    books = Books(path, _engine(path), clock)
    try:
        _migrate(books)
    except BaseException:
        remove_books(books)
        raise
    return books


def remove_books(books: Books) -> None:
    """Take away books that could not be made to the end, so that they can be made again; nothing was in them yet."""
    books.close()
    for end in ("", "-wal", "-shm", "-journal"):
        books.path.with_name(books.path.name + end).unlink(missing_ok=True)
    shutil.rmtree(books.files, ignore_errors=True)


def open_books(path: Path, clock: Clock = system_clock) -> Books:
    """The books at `path`; an older file is copied and migrated, a newer one refused with a sentence."""
    if not path.is_file():
        raise Trouble(_("找不到账套文件 {path}").format(path=path))
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise Trouble(_("读不出账套文件 {path}：{reason}").format(path=path, reason=why(error))) from error
    if start != b"SQLite format 3\x00":
        raise Trouble(_("{path} 不是账套文件，或已经损坏").format(path=path))
    books = Books(path, _engine(path), clock)
    version = _version(books)
    if version > schema.VERSION:
        books.close()
        raise Trouble(_("这个账套是更新版本的程序建立的，请先升级程序"))
    if version < schema.VERSION:
        shutil.copy2(path, path.with_name(f"{path.name}.before-{schema.VERSION}"))
        _migrate(books)
    return books


def _version(books: Books) -> str:
    try:
        with books.read() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    except (DatabaseError, Trouble) as error:
        books.close()
        if isinstance(error, Trouble):
            raise
        raise Trouble(_("{path} 不是账套文件，或已经损坏").format(path=books.path)) from error


def _migrate(books: Books) -> None:
    from alembic import command  # noqa: PLC0415  (0.4 s, needed only when a schema is made or changed)
    from alembic.config import Config  # noqa: PLC0415  (as above)

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with books.write() as connection:
        config.attributes["connection"] = connection
        guard.drop_guards(connection)
        command.upgrade(config, "head")
        guard.make_guards(connection)
