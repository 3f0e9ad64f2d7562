"""What every test stands on: no screen, a data folder of its own, and a real PostgreSQL where one is asked for."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import psycopg
import pytest

# Before anything imports Qt: tests draw without a screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("VILLAGEBOOKS_BOOKS", None)

# Two noisy cores: a slow example is no failure.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Settings, log and last opened books of the person who runs the tests stay untouched."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(tmp_path_factory.mktemp(name.lower()))


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL server of this test run on loopback, without fsync."""

    port: int

    def new_database(self, name: str, template: str = "template0") -> str:
        """Make a database (in place of one of that name) and answer its SQLAlchemy URL."""
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def _address(self, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user=postgres dbname={database}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Debian's server as it is, started once per run. It fails, never skips, when the server is not installed."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    assert programs, "缺少 PostgreSQL：请用 make test 运行，或安装 postgresql"
    # The server refuses to run as root, and pytest's own folders are closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="villagebooks-postgres-"))
    become: list[str] = []
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        become = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, surroundings = folder / "data", {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def run(name: str, *arguments: str) -> None:
        subprocess.run(
            [*become, str(programs[-1] / name), "-D", str(data), *arguments],
            check=True, cwd=folder, env=surroundings, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=50"
    try:
        run("initdb", "--no-sync", "--username=postgres", "--auth=trust", "--encoding=UTF8")
        run("pg_ctl", "start", "--wait", "--silent", "--log", str(folder / "log"), "-o", options)
        try:
            yield Postgres(port)
        finally:
            run("pg_ctl", "stop", "--mode=immediate", "--silent")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
