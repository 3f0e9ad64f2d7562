"""What every test stands on: no screen, a data folder of its own, and a real PostgreSQL where one is asked for."""

from __future__ import annotations

import gc
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest

from tests.statements import share_statements
from villagebooks.db.handle import Books
from villagebooks.services.desk import Office

# Before anything imports Qt: tests draw without a screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("VILLAGEBOOKS_BOOKS", None)

# Two noisy cores: a slow example is no failure.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

LONG = (
    "services/test_field.py", "gui/test_walk.py", "story/test_frozen.py", "story/test_kill.py", "gui/test_typed.py",
    "gui/test_interrupt.py", "story/test_chart.py", "services/test_check.py", "story/test_closing.py",
    "story/test_invariants.py", "gui/test_month.py", "services/test_rule.py", "gui/test_misread.py",
    "services/migration/test_book.py", "gui/test_narrow.py", "gui/test_graph.py", "gui/test_look.py",
    "gui/test_counted.py", "gui/test_manual.py", "gui/test_screenshot.py", "services/test_query.py",
    "services/test_merger.py", "services/test_split.py", "gui/test_hand.py", "gui/test_hand_setting.py",
    "services/test_search.py", "gui/test_correction.py", "services/test_books.py", "gui/test_first_month.py",
    "gui/test_director.py",
)  # fmt: skip
"""Files that take longest, each on one core: they begin first, so that none is left over for one core at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, the rest as they stand."""
    places = {Path(__file__).parent / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_collection_finish() -> None:
    """Modules and the tests themselves are no garbage: no collection looks through them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def statements() -> None:
    """SQL of books that are opened again and again is compiled once; what is measured does without (bench)."""
    share_statements()


@pytest.fixture(scope="session", autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Settings, log and last opened books of the person who runs the tests stay untouched."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(tmp_path_factory.mktemp(name.lower()))


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL server of this test run on loopback."""

    port: int
    office: psycopg.Connection[Any]
    """One connection makes and drops them all: another would start a process of the server for each."""

    def new_database(self, name: str, template: str = "template0") -> str:
        """Make a database (in place of one of that name) and answer its SQLAlchemy URL."""
        # Without fsync the files are copied in a third of the time that the same takes through the log.
        strategy = "STRATEGY file_copy" if self.office.info.server_version >= 15_00_00 else ""
        self.drop_database(name)
        self.office.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {strategy}'.encode())
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def drop_database(self, name: str) -> None:
        """Away with it, whoever is still connected."""
        self.office.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@contextmanager
def run_server(fsync: str = "off") -> Iterator[Postgres]:
    """Debian's server as it is. It fails, never skips, when the server is not installed."""
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

    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync={fsync} -c max_connections=50"
    )
    try:
        run("initdb", "--no-sync", "--username=postgres", "--auth=trust", "--encoding=UTF8")
        run("pg_ctl", "start", "--wait", "--silent", "--log", str(folder / "log"), "-o", options)
        try:
            address = f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
            with psycopg.connect(address, autocommit=True, prepare_threshold=None) as office:
                yield Postgres(port, office)
        finally:
            run("pg_ctl", "stop", "--mode=immediate", "--silent")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server of the whole run; nothing it writes has to outlive it."""
    with run_server() as server:
        yield server


@dataclass(frozen=True, slots=True)
class Home:
    """Where books live in a test: in files, or in databases of the test's server (`postgres`)."""

    postgres: Postgres | None
    folder: Path
    made: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)
    """What `make` of each kind answered: what no books hold, such as keys that are unlocked."""
    numbers: Iterator[int] = field(default_factory=count)

    def place(self, folder: Path, template: str = "template0") -> Path | str:
        """A place for new books, attachments in `folder`."""
        if self.postgres is None:
            return folder / "books.vbooks"
        name = f"test_{next(self.numbers)}"
        return f"{self.postgres.new_database(name, template)}?files={folder / 'books.files'}"

    def copy(self, kind: str, make: Callable[[Path | str], object], folder: Path) -> Path | str:
        """A copy of books made once a run, closed by `make`: a schema takes longer to make than most tests take."""
        own = self.folder / kind
        if kind not in self.made:
            own.mkdir()
            place = self.place(own)
            self.kept[kind] = make(place)
            self.made[kind] = database_of(place)
        files = "books.files" if self.postgres else "books.vbooks.files"
        shutil.copytree(own / files, folder / files)
        if self.postgres is None:
            shutil.copy(own / "books.vbooks", folder / "books.vbooks")
        return self.place(folder, self.made[kind] or "template0")

    def grow(self, kind: str, books: Books, build: Callable[[], object]) -> object:
        """These books as `build` left those of the first test that asked, and what it answered; their clock goes on."""
        own = self.folder / kind
        files = own / "files"
        if kind not in self.kept:
            answer = build()
            books.close()
            shutil.copytree(books.files, files)
            self.kept[kind] = (answer, books.clock.moment)
            if self.postgres:
                name = f"kept_{next(self.numbers)}"
                self.postgres.new_database(name, database_of(books.address))
                self.made[kind] = name
            else:
                shutil.copy(books.path, own / "books.vbooks")
            return answer
        books.close()
        shutil.rmtree(books.files)
        shutil.copytree(files, books.files)
        if self.postgres:
            self.postgres.new_database(database_of(books.address), self.made[kind])
        else:
            for end in ("-wal", "-shm"):
                books.path.with_name(books.path.name + end).unlink(missing_ok=True)
            shutil.copy(own / "books.vbooks", books.path)
        answer, books.clock.moment = self.kept[kind]
        return answer

    def drop(self, place: Path | str) -> None:
        """Away with a database; files go with their folder."""
        if self.postgres is not None:
            self.postgres.drop_database(database_of(place))


def database_of(place: Path | str) -> str:
    """Name of the database of a server's address, empty for a file."""
    return "" if isinstance(place, Path) else place.partition("?")[0].rpartition("/")[2]


@pytest.fixture(scope="session")
def homes() -> dict[str, Home]:
    """The homes of the whole run: `home` goes with each change from one to the other, so in every file."""
    return {}


@pytest.fixture(params=["sqlite", "postgresql"], scope="session")
def home(request: pytest.FixtureRequest, homes: dict[str, Home], tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The two homes of the one schema: what asks for it runs in both."""
    if request.param not in homes:
        postgres = request.getfixturevalue("postgres") if request.param == "postgresql" else None
        homes[request.param] = Home(postgres, tmp_path_factory.mktemp(request.param))
    return homes[request.param]


@pytest.fixture
def new_place(home: Home, tmp_path: Path) -> Iterator[Callable[[], Path | str]]:
    """Places for new books of one test, gone after it."""
    places: list[Path | str] = []

    def make() -> Path | str:
        folder = tmp_path / f"new-{len(places)}"
        folder.mkdir()
        places.append(home.place(folder))
        return places[-1]

    yield make
    for place in places:
        home.drop(place)


@pytest.fixture
def made_once(home: Home, tmp_path: Path) -> Iterator[Callable[..., Path | str]]:
    """Copies of books that a function makes at a place, once a run, and answers open; gone after the test."""
    places: list[Path | str] = []

    def copy(make: Callable[..., Office], *told: object) -> Path | str:
        folder = tmp_path / f"copy-{len(places)}"
        folder.mkdir()
        kind = re.sub(r"\W+", "-", " ".join([make.__module__, make.__qualname__, *map(str, told)]))
        places.append(home.copy(kind, lambda place: make(place, *told).books.close(), folder))
        return places[-1]

    yield copy
    for place in places:
        home.drop(place)
