"""The books on an office server: PostgreSQL as the second home of the same schema (address, locks, sentences).

`postgresql://user@host/database?files=FOLDER`: the folder of attachments is shared by every PC, since the server keeps
rows only. A password comes from libpq's own places (PGPASSWORD, the password file) and is never written down here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, func, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from villagebooks.core.problem import Trouble
from villagebooks.core.words import N_, _
from villagebooks.db.schema import metadata
from villagebooks.paths import data_folder

FILES_VARIABLE = "VILLAGEBOOKS_FILES"
_OFFICE, _BOOK = 0x7662, 0x7663
"""Advisory lock classes: an act of the whole office is alone; acts in books share the office and own their book."""
_SESSION = (
    "lock_timeout=10000", "synchronous_commit=on", "tcp_keepalives_idle=60", "tcp_keepalives_interval=10",
    "tcp_keepalives_count=3",
)  # fmt: skip
"""Ten seconds for a lock, as for a file; a PC that lost its power lets go of its locks after a minute and a half."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server's books are, where their attachments lie, and whether that folder was named or is our own."""

    url: URL
    files: Path
    named: bool

    @property
    def place(self) -> str:
        """The address that opens the same books again, without the password."""
        query = dict(self.url.query) | ({"files": str(self.files)} if self.named else {})
        url = self.url.set(drivername="postgresql", query=query)
        return URL.create(
            url.drivername, url.username, None, url.host, url.port, url.database, url.query
        ).render_as_string()


def is_address(place: Path | str) -> bool:
    """Whether these books are on a server and not in a file."""
    return isinstance(place, str) and "://" in place


def read_address(place: str) -> Address:
    """What an address says; attachments: `?files=`, else VILLAGEBOOKS_FILES, else a folder of this PC alone."""
    try:
        url = make_url(place)
    except (ArgumentError, ValueError) as error:
        raise Trouble(_("服务器地址写得不对，应写成 postgresql://用户@主机/数据库")) from error
    if url.get_backend_name() != "postgresql" or not url.database:
        raise Trouble(_("服务器地址写得不对，应写成 postgresql://用户@主机/数据库"))
    query = dict(url.query)
    files = query.pop("files", "") or os.environ.get(FILES_VARIABLE, "")
    own = data_folder() / f"{url.host or 'localhost'}-{url.port or 5432}-{url.database}.files"
    url = url.set(drivername="postgresql+psycopg", query=query)
    return Address(url, Path(str(files)).absolute() if files else own, bool(files))


def make_engine(address: Address) -> Engine:
    """Connections to the server; nothing is asked of it yet."""
    from villagebooks.db.postgres import read_whole_numbers  # noqa: PLC0415  (0.1 s that books in a file do not need)

    options = " ".join(f"-c {one}" for one in _SESSION)
    engine = create_engine(
        address.url,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        connect_args={
            "options": options, "connect_timeout": 10, "client_encoding": "utf8", "application_name": "villagebooks",
        },
    )  # fmt: skip
    event.listen(engine, "connect", read_whole_numbers)
    return engine


_ALONE = text("SELECT pg_advisory_xact_lock(:office, 0)")
# the office first: CASE waits for one lock before it asks for the other
_IN_BOOK = text(
    "SELECT CASE WHEN pg_advisory_xact_lock_shared(:office, 0) IS NOT NULL "
    "THEN pg_advisory_xact_lock(:in_book, hashtext(:book)) END"
)


def lock(connection: Connection, book: str) -> None:
    """Make this act the only one in its book; with no book, the only one in the office. Held until it ends.

    Whatever the act reads after this it reads as the last act left it, so that numbers and chains have no gap.
    """
    if book:
        connection.execute(_IN_BOOK, {"office": _OFFICE, "in_book": _BOOK, "book": book})
    else:
        connection.execute(_ALONE, {"office": _OFFICE})


def sentence(error: DBAPIError, meant: str) -> str:
    """What a person is told of a failure of the server, which `meant` that for the books; empty when it is a fault of
    ours."""
    original = error.orig
    state = getattr(original, "sqlstate", None)
    reason = str(original)
    if state is None:
        if not isinstance(error, OperationalError):
            return ""
        if any(sign in reason for sign in ("password", "no pg_hba.conf entry", "authentication", "role ")):
            name = "".join(re.findall(r'(?:user|role) "([^"]*)"', reason)[:1])
            return _("服务器不认用户“{name}”或他的口令，请检查用户名和口令").format(name=name)
        if "database" in reason and "does not exist" in reason:
            state = "3D"
            return _(_SENTENCES.get(state, ""))
        told = next((words for sign, words in _FAR.items() if sign in reason), N_("请检查网络和服务器"))
        return _("连不上办公室服务器：{reason}").format(reason=_(told))
    return _(_SENTENCES.get(state, _SENTENCES.get(state[:2], ""))).format(meant=meant)


_FAR = {
    "refused": N_("那台电脑上没有开着的数据库，或者端口写错了"),
    "timeout": N_("等不到回答，请检查网络和服务器"),
    "timed out": N_("等不到回答，请检查网络和服务器"),
    "resolve": N_("找不到叫这个名字的电脑，请检查地址"),
    "translate host": N_("找不到叫这个名字的电脑，请检查地址"),
    "unreachable": N_("网络不通，请检查网线和地址"),
}
"""What the client library says in English when no server answers, as people are told it."""
_SENTENCES = {
    "08": N_("与办公室服务器的连接断了，{meant}；请再试一次"),
    "28": N_("服务器不认这个用户或口令，请检查用户名和口令"),
    "3D": N_("服务器上还没有这个数据库，请管理员先建立"),
    "40": N_("别的电脑正好在改同样的内容，{meant}；请再试一次"),
    "55P03": N_("账套正被别的电脑使用，请稍后再试"),
    "53100": N_("服务器的磁盘满了，{meant}；请管理员腾出空间再试"),
    "53": N_("服务器忙不过来，{meant}；请稍后再试"),
    "57": N_("办公室服务器正在停机或重启，{meant}；请稍后再试"),
    "58": N_("服务器的磁盘出了差错，{meant}；请告诉管理员"),
    "42501": N_("这个用户在服务器上没有这样做的权限，请告诉管理员"),
    "25006": N_("服务器上的账套现在只能看、不能写，{meant}；请告诉管理员"),
}
"""By SQLSTATE, else by its class."""


def order_plainly(connection: Connection) -> None:
    """Texts sort by code point as in a file, whatever the server's language: digests and numbers rely on the order."""
    columns = connection.execute(
        text(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
        )
    ).all()
    for table, column in columns:
        if table in metadata.tables:
            connection.execute(text(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE text COLLATE "C"'))


def restart_counts(connection: Connection, tables: Sequence[Table]) -> None:
    """Go on counting row ids after rows that were written with their ids; a file needs no such step."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        column = table.autoincrement_column
        if column is not None:
            query = select(func.setval(func.pg_get_serial_sequence(table.name, column.name), func.max(column)))
            connection.execute(query)


def copy_in(connection: Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Rows of all columns into a table without guards or row ids of its own, the quickest way that the database has."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", list(rows))  # noqa: S608  (our own names)
        return
    from villagebooks.db.postgres import copy_rows  # noqa: PLC0415  (as in make_engine)

    copy_rows(connection, table, rows)


def empty(connection: Connection, table: str) -> None:
    """Away with the rows of a temporary table, and with the room they took."""
    act = "TRUNCATE" if connection.dialect.name == "postgresql" else "DELETE FROM"
    connection.exec_driver_sql(f"{act} {table}")


def keep_in_memory(connection: Connection, kilobytes: int = 2000) -> None:
    """How much of a file an act keeps in memory while it writes; a server decides for itself."""
    if connection.dialect.name != "postgresql":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{kilobytes}")
