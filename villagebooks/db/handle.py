"""The handle on the office's books, and the two ways to a connection: `read` and `write`.

Books are opened by `books`. SQLAlchemy is not loaded with this module: whoever shows a window names these types before.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from villagebooks.core.problem import Trouble
from villagebooks.core.words import N_, _

Clock = Callable[[], datetime]
UNSAVED, UNREAD, SAVED = N_("这次没有保存"), N_("没能读出来，账里什么都没有改"), N_("已经保存的都在")
"""What a failure meant for the books: of an act that writes, of one that reads, of what tidies up after one."""
FILE = "file"
"""Under which a connection remembers the file that it opened (`file_mark`)."""


def system_clock() -> datetime:
    """Now, with the machine's offset."""
    return datetime.now().astimezone().replace(microsecond=0)


def file_mark(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one under its name; None when there is none. Elsewhere than on POSIX an open file
    stays where it is, and a share may number it anew: there only whether it is there counts."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if os.name == "posix" else (0, 0)


@dataclass(frozen=True, slots=True)
class Books:
    """A handle on one office's database and the folder of its attachments; `clock` tells the time of every act.

    `path` is the file; of books on a server (`address`) it is the folder of attachments. `engine` and connections are
    SQLAlchemy's; functions of this floor name their types.
    """

    path: Path
    engine: Any
    clock: Clock = system_clock
    address: str = ""

    @property
    def files(self) -> Path:
        """Folder of attachments, `PATH.files` beside a file."""
        return self.path if self.address else self.path.with_name(self.path.name + ".files")

    @property
    def place(self) -> str:
        """What opens these books again: an absolute path or a server's address without password."""
        return self.address or str(self.path.absolute())

    def now(self) -> str:
        """The time of an act as ISO text with offset."""
        return self.clock().isoformat(timespec="seconds")

    @contextmanager
    def read(self) -> Iterator[Any]:
        """A consistent view; nothing is written."""
        engine = self.engine
        if self.address:
            engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with self._plain_sentences(UNREAD), engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, book: str = "") -> Iterator[Any]:
        """One transaction; an exception leaves nothing behind.

        A file has one writer at a time. On a server writers in different books (by code) work side by side, and an
        act that names no book is alone.
        """
        writer = self.engine.execution_options(villagebooks_write=True)
        with self._plain_sentences(UNSAVED), writer.begin() as connection:
            if self.address:
                from villagebooks.db import server  # noqa: PLC0415  (SQLAlchemy: window first)

                server.lock(connection, book)
            else:
                self._check_place(connection)
            yield connection

    def _check_place(self, connection: Any) -> None:
        """Trouble when the file that is open lies no more where it was opened: a system that lets somebody move, delete
        or replace it all the same would take every further act along, and nobody would find it again."""
        opened, now = connection.info.get(FILE), file_mark(self.path)
        if opened and now != opened:
            raise Moved

    @contextmanager
    def _plain_sentences(self, meant: str) -> Iterator[None]:
        try:
            yield
        except Moved as error:
            raise Trouble(_moved_sentence(self.path, meant)) from error
        except Exception as error:
            said = _sentence(error, self.path, meant)
            if said and not self.address and not self.path.exists():
                said = _moved_sentence(self.path, meant)
            if said:
                self._let_go(error)
                raise Trouble(said) from error
            raise

    def _let_go(self, error: Exception) -> None:
        """Connections that the disk failed may never do again: whoever tries once it is good again opens fresh ones."""
        if not self.address and any(sign in str(error) for sign in _BROKEN):
            self.engine.dispose()

    def settle(self) -> None:
        """Bring what was committed from the log beside the file into the file, as far as nobody is reading it.

        Nothing is safer or less safe for it. Done while nobody waits, no commit has to do it; a server does so itself.
        """
        if not self.address:
            with self._plain_sentences(SAVED), self.engine.connect() as connection:
                driver = connection.connection.driver_connection
                if isinstance(driver, sqlite3.Connection):  # outside of any transaction, which SQLAlchemy would begin
                    driver.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def forget(self) -> None:
        """Empty the log beside the file, in which what was taken out of the books still stands (a key that went to its
        owner's stick); best done when nobody else has the file open. Nothing to do on a server."""
        if not self.address:
            with self._plain_sentences(SAVED), self.engine.connect() as connection:
                driver = connection.connection.driver_connection
                if isinstance(driver, sqlite3.Connection):  # outside of any transaction, as above
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()


class Moved(Trouble):
    """The file lies no more where it was opened, or another one does: told by who knows what was to be done with it."""

    def __init__(self) -> None:
        super().__init__("")


def _moved_sentence(path: Path, meant: str) -> str:
    text = _("账套文件 {path} 被移走、删除或换成了另一份，{meant}：放回原处再做一次，或重新打开程序")
    return text.format(path=path, meant=_(meant))


def _sentence(error: Exception, path: Path, meant: str) -> str:
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  (window first)

    from villagebooks.db import server  # noqa: PLC0415  (as above)

    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _file_sentence(cause).format(path=path, meant=_(meant))
    return server.sentence(error, _(meant)) if isinstance(error, DBAPIError) else ""


def _file_sentence(error: sqlite3.Error) -> str:
    reason = str(error)
    if isinstance(error, sqlite3.OperationalError):
        for words, said in _OPERATION.items():
            if any(word in reason for word in words):
                return _(said)
    damaged = isinstance(error, sqlite3.DatabaseError) and ("malformed" in reason or "not a database" in reason)
    return _("这不是账套文件，或已经损坏，请用备份恢复") if damaged else ""


_BROKEN = ("readonly", "unable to open", "I/O")
_OPERATION = {
    ("locking protocol",): N_("账套所在的磁盘锁不住文件（多半是网络共享），不能用；请把账套搬到本机硬盘"),
    ("locked", "busy"): N_("账套文件正被别的程序使用，请稍后再试"),
    ("full",): N_("账套文件 {path} 所在的磁盘满了，{meant}；请腾出空间再试"),
    ("readonly",): N_("账套文件 {path} 现在只能看、不能写，{meant}；请检查文件和文件夹的权限、U盘的写保护，弄好再试"),
    ("unable to open",): N_("账套文件 {path} 打不开，{meant}；请检查文件夹的权限、磁盘和网络，弄好再试"),
    ("I/O",): N_("账套文件 {path} 所在的磁盘读写出错，{meant}；请检查磁盘、U盘或网络，弄好再试"),
}
"""What SQLite says of the world, by words in it."""
