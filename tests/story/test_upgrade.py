"""The office's books come to the next version though somebody pulls the plug: old and whole, or new and whole."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.seal.test_file import small_files
from tests.story.upgrade import OLD, ROOT, backup_of, copy_books, facts, go_on, kill_upgrades, make_old
from villagebooks.core.problem import Trouble
from villagebooks.db import schema
from villagebooks.services.desk import open_office

KILLS = 20


def test_an_upgrade_that_is_killed_leaves_the_old_books_or_the_new_ones_and_opening_goes_on(tmp_path: Path) -> None:
    kill_upgrades(tmp_path, 240, KILLS, 5)


def test_the_copy_before_an_upgrade_holds_what_was_saved_just_before_the_power_went(tmp_path: Path) -> None:
    old = make_old(tmp_path, 24)
    with closing(sqlite3.connect(old)) as raw:
        raw.execute("PRAGMA journal_mode=WAL")
        raw.execute("INSERT INTO setting VALUES ('last', '1')")
        raw.commit()  # stands in the log beside the file, not in the file
        path = copy_books(old, tmp_path / "books.vbooks")
        shutil.copy(f"{old}-wal", f"{path}-wal")
    open_office(path).books.close()
    with closing(sqlite3.connect(backup_of(path))) as kept:
        assert kept.execute("SELECT value FROM setting WHERE key = 'last'").fetchall() == [("1",)]


def test_a_disk_too_full_for_the_copy_is_a_sentence_and_the_books_stay_as_they_are(tmp_path: Path) -> None:
    path = copy_books(make_old(tmp_path, 240), tmp_path / "books.vbooks")
    before = facts(path)
    with small_files(path.stat().st_size // 2), pytest.raises(Trouble, match="磁盘"):
        open_office(path)
    assert facts(path) == before
    assert not backup_of(path).exists()
    go_on(path, before)


def test_two_windows_that_open_old_books_at_the_same_moment_bring_them_up_once(tmp_path: Path) -> None:
    path = copy_books(make_old(tmp_path, 240), tmp_path / "books.vbooks")
    before = facts(path)
    program = "import sys\nfrom villagebooks.services.desk import open_office\nopen_office(sys.argv[1]).books.close()"
    children = [subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=ROOT) for _one in range(2)]
    assert [child.wait(60) for child in children] == [0, 0]
    assert facts(path) == (schema.VERSION, before[1], before[2] + 1)  # one entry says it, not two
    assert facts(backup_of(path)) == before
    assert before[0] == OLD
