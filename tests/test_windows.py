"""What differs on Windows, as far as it can be seen from here: paths, shares, streams, the clock, and calls that only
other systems have. Windows itself was not tried."""

from __future__ import annotations

import ast
import errno
import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from villagebooks.app import without_console
from villagebooks.cli import is_broken_pipe
from villagebooks.db.books import sqlite_uri
from villagebooks.gui.ring import clock
from villagebooks.seal.file import can_write_in
from villagebooks.services.share import is_on_share, is_share_name, mounted_as, share_words

ROOT = Path(__file__).resolve().parents[1]
TREE = sorted((ROOT / "villagebooks").rglob("*.py"))
# Modules and functions that Windows has not, or not with this meaning; a file after one asks for the system first.
NOWHERE = frozenset[str]()
MODULES = "pwd grp resource termios tty pty crypt syslog readline curses multiprocessing"
FUNCTIONS = """fork forkpty kill killpg getuid geteuid getgid getegid setuid setsid nice mkfifo statvfs uname sysconf
chown lchown fchmod fchown symlink link readlink rename tzset setlocale alarm pause sigwait mlock"""
ONLY_ELSEWHERE = {"fcntl": {"services/life.py"}, **dict.fromkeys(re.split(r"\s+", MODULES), NOWHERE)}
CALLS = {
    "fsync": {"seal/file.py", "db/attachment.py", "db/books.py"},
    "clock_gettime": {"gui/ring.py"},
    **dict.fromkeys(re.split(r"\s+", FUNCTIONS), NOWHERE),
}
OF_MODULES = ("os", "time", "signal", "locale", "socket")


def place_of(path: Path) -> str:
    return path.relative_to(ROOT / "villagebooks").as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def faults(path: Path) -> list[str]:
    """Imports and calls of a file that Windows would not carry out."""
    found = []
    for node in ast.walk(tree_of(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [one.name.partition(".")[0] for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module.partition(".")[0]]
        found += [name for name in names if place_of(path) not in ONLY_ELSEWHERE.get(name, {place_of(path)})]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in OF_MODULES:
            allowed = CALLS.get(node.attr)
            if allowed is not None and place_of(path) not in allowed:
                found.append(f"{node.value.id}.{node.attr}")
    return found


def unnamed_encodings(path: Path) -> list[int]:
    """Lines that read or write text in whatever encoding the system has: GBK on a Chinese Windows."""
    found = []
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        named = any(one.arg == "encoding" for one in node.keywords)
        if node.func.attr == "read_text" and not (named or node.args):
            found.append(node.lineno)
        if node.func.attr == "write_text" and not (named or len(node.args) > 1):
            found.append(node.lineno)
    return found


def test_nothing_is_called_that_windows_does_not_have() -> None:
    assert {place_of(path): found for path in TREE if (found := faults(path))} == {}


def test_no_text_is_read_or_written_in_the_encoding_of_the_system() -> None:
    assert {place_of(path): found for path in TREE if (found := unnamed_encodings(path))} == {}


def test_no_file_or_folder_of_the_project_differs_from_another_by_case_alone() -> None:
    for folder in ("villagebooks", "resources", "tests"):
        names = [
            path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts
        ]
        assert len({name.lower() for name in names}) == len(names)
        assert [name for name in names if set(name) & set('<>:"|?*\\') or name.endswith((".", " "))] == []


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (
            PureWindowsPath("C:\\村账 一\\白雁河.vbooks"),
            "file:/C:/%E6%9D%91%E8%B4%A6%20%E4%B8%80/%E7%99%BD%E9%9B%81%E6%B2%B3.vbooks",
        ),
        (PureWindowsPath("\\\\office\\books\\a.vbooks"), "file:////office/books/a.vbooks"),
        (PurePosixPath("/a b/c?.vbooks"), "file:/a%20b/c%3F.vbooks"),
    ],
)
def test_sqlite_finds_a_read_only_file_on_a_drive_and_on_a_share(path: PureWindowsPath, address: str) -> None:
    assert sqlite_uri(path) == address


def test_an_address_like_that_of_a_share_opens_for_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "村 账.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE a (b)")
    address = sqlite_uri(path).replace("file:/", "file:////", 1)
    with closing(sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True)) as read:
        assert read.execute("SELECT count(*) FROM a").fetchone() == (0,)


def test_where_a_folder_can_be_written_to_is_tried_on_windows_and_nothing_stays(tmp_path: Path) -> None:
    assert can_write_in(tmp_path, windows=True)
    assert list(tmp_path.iterdir()) == []
    assert not can_write_in(Path("/sys/kernel"), windows=True)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("\\\\office\\books\\a.vbooks", True),
        ("//office/books/a.vbooks", True),
        ("\\\\?\\UNC\\office\\books", True),
        ("\\\\?\\C:\\books", False),
        ("\\\\.\\C:\\books", False),
        ("C:\\books\\a.vbooks", False),
    ],
)
def test_a_path_of_windows_says_whether_it_is_another_computers(text: str, share: bool) -> None:
    assert is_share_name(text) is share


MOUNTS = """/dev/sda1 / ext4 rw 0 0
//nas/zhang /mnt/共享\\040账 cifs rw 0 0
/dev/sdb1 /mnt/共享\\040账/stick vfat rw 0 0
nas:/home /home nfs4 rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/mnt/共享 账/a.vbooks", "cifs"),
        ("/mnt/共享 账/stick/a.vbooks", "vfat"),
        ("/mnt/共享 账 二/a.vbooks", "ext4"),
        ("/home/zhang/a.vbooks", "nfs4"),
        ("/a.vbooks", "ext4"),
    ],
)
def test_the_innermost_mount_says_what_disk_a_path_of_linux_is_on(path: str, kind: str) -> None:
    assert mounted_as(path, MOUNTS) == kind


def test_books_on_this_computers_disk_and_on_a_server_are_warned_of_nothing(tmp_path: Path) -> None:
    assert not is_on_share(tmp_path / "a.vbooks")
    assert share_words(tmp_path / "a.vbooks") == share_words("postgresql://office/books") == ""


def run_program(*words: str, shell_end: str = "", **surroundings: str) -> subprocess.CompletedProcess[bytes]:
    """The program itself, in other surroundings; `shell_end` closes streams."""
    command = ["sh", "-c", f'exec "$@" {shell_end}', "sh", sys.executable, "-m", "villagebooks", *words]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **surroundings}, capture_output=True, check=False)


@pytest.mark.parametrize("encoding", ["cp936", "cp437", "ascii", "cp1252:strict"])
def test_chinese_comes_out_whole_whatever_the_console_takes(encoding: str) -> None:
    done = run_program("--help", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "村账" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


@pytest.mark.parametrize(("end", "words"), [(">&- 2>&-", "--help"), ("<&- >&- 2>&-", "keymap"), (">&-", "--help")])
def test_without_any_stream_nothing_is_said_and_nothing_falls(end: str, words: str) -> None:
    usage = 0 if words == "--help" else 2
    assert run_program(words, shell_end=end).returncode == usage


def test_without_streams_what_fails_still_ends_with_its_code(tmp_path: Path) -> None:
    place = str(tmp_path / "none.vbooks")
    assert run_program("--books", place, "check", shell_end=">&- 2>&-").returncode == 3
    assert run_program("--books", place, "new", "--township", "张家镇", shell_end=">&- 2>&-").returncode == 0


def test_the_program_that_begins_again_opens_no_console_where_there_is_a_python_without_one(tmp_path: Path) -> None:
    python = tmp_path / "python.exe"
    assert without_console(python) == python
    (tmp_path / "pythonw.exe").touch()
    assert without_console(python) == tmp_path / "pythonw.exe"


def test_a_reader_that_goes_is_known_by_what_each_system_says() -> None:
    assert is_broken_pipe(BrokenPipeError(errno.EPIPE, "pipe"))
    assert is_broken_pipe(OSError(errno.EINVAL, "Invalid argument"), windows=True)
    assert not is_broken_pipe(OSError(errno.EINVAL, "Invalid argument"), windows=False)
    assert not is_broken_pipe(OSError(errno.EINVAL, "Invalid argument", "a?.csv"), windows=True)


def test_the_clock_of_open_keys_goes_on_while_the_computer_sleeps() -> None:
    first = clock()
    assert first >= time.monotonic() - 1  # what was slept since the start is counted
    assert 0 <= clock() - first < 5
