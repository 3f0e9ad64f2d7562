"""Books of the version before, and a program that is killed again and again while it brings them to this one."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from tests.story.test_kill import errors, write_history
from villagebooks.db import schema
from villagebooks.services.desk import open_office
from villagebooks.services.history import import_history
from villagebooks.services.office import create_office

OLD = "0004"
ROOT = Path(__file__).parents[2]
FORKER = """
import os, signal, sys, time
from pathlib import Path
import alembic.command
from villagebooks.services.desk import open_office

# everything is loaded: what is killed is the act itself, not the start of Python
for line in sys.stdin:
    path, seconds = line.split("\\t")
    began = time.perf_counter()
    child = os.fork()
    if not child:
        open_office(path).books.close()
        os._exit(0)
    if float(seconds) >= 0:
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), time.perf_counter() - began, flush=True)
"""


def make_old(folder: Path, vouchers: int) -> Path:
    """Books with history, as the version before left them."""
    write_history(folder / "history", vouchers)
    path = folder / "old.vbooks"
    office = create_office(path, "白雁河镇")
    import_history(office, folder / "history")
    office.books.close()
    with closing(sqlite3.connect(path)) as raw, raw:
        for name in ("archive_volume", "archive_loan"):
            raw.execute(f"DROP TABLE {name}")
        for name in ("voucher_day", "voucher_book_day"):
            raw.execute(f"DROP INDEX {name}")
        raw.execute("UPDATE alembic_version SET version_num = ?", (OLD,))
    return path


def copy_books(old: Path, path: Path) -> Path:
    """The file with its attachments."""
    shutil.copy(old, path)
    shutil.copytree(old.with_name(old.name + ".files"), path.with_name(path.name + ".files"))
    return path


def backup_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.before-{schema.VERSION}")


def facts(path: Path) -> tuple[str, int, int]:
    """Version, vouchers and entries of the log in a file that is whole."""
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return (
            raw.execute("SELECT version_num FROM alembic_version").fetchone()[0],
            raw.execute("SELECT COUNT(*) FROM voucher").fetchone()[0],
            raw.execute("SELECT COUNT(*) FROM journal").fetchone()[0],
        )


def kill_upgrades(folder: Path, vouchers: int, kills: int, seed: int) -> None:
    """Kill −9 at random moments of the upgrade, several times the same books, until some kill comes too late; whatever
    is found afterwards is the old version or the new one, and opening goes on from it."""
    rng = random.Random(seed)
    old = make_old(folder, vouchers)
    before = facts(old)
    with subprocess.Popen(
        [sys.executable, "-c", FORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as forker:
        assert forker.stdin is not None
        assert forker.stdout is not None

        def open_killed(path: Path, seconds: float) -> float:
            assert forker.stdin is not None
            assert forker.stdout is not None
            forker.stdin.write(f"{path}\t{seconds}\n")
            forker.stdin.flush()
            return float(forker.stdout.readline().split()[1])

        open_killed(copy_books(old, folder / "warm.vbooks"), -1)
        whole = open_killed(copy_books(old, folder / "measured.vbooks"), -1)
        path, tries, found = copy_books(old, folder / "books.vbooks"), 0, []
        for number in range(kills):
            open_killed(path, rng.random() * 1.3 * whole)
            tries += 1
            now = facts(path)
            found.append(now[0])
            kept = backup_of(path)
            if kept.exists():
                assert facts(kept) == before
            if now[0] == OLD and tries < 3:
                assert now == before
                continue
            assert kept.exists() or now[0] == OLD
            go_on(path, before)
            path, tries = copy_books(old, folder / f"books-{number}.vbooks"), 0
        forker.stdin.close()
    assert set(found) == {OLD, schema.VERSION}, "the kills came all too early or all too late to prove anything"


def go_on(path: Path, before: tuple[str, int, int]) -> None:
    """Opened as if nothing had been: the new version, nothing lost, nothing done twice, the guards in their places."""
    office = open_office(path)
    assert errors(office) == []
    with office.books.read() as connection:
        guards = connection.execute(text("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger'")).scalar_one()
    office.books.close()
    assert facts(path) == (schema.VERSION, before[1], before[2] + 1)
    assert facts(backup_of(path)) == before
    assert guards > 0
    assert [one.name for one in path.parent.glob(f"{path.name}*.part*")] == []
