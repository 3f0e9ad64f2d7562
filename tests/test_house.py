"""The rules of the house that no linter knows, executed over the program's own code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "villagebooks"
FILES = sorted(path for path in HOUSE.rglob("*.py"))
CORE = [path for path in FILES if path.is_relative_to(HOUSE / "core")]

# The core has no clock, file, database, screen, process, network or chance.
NOT_IN_CORE = {"asyncio", "glob", "io", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil", "socket"}
NOT_IN_CORE |= {"sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib"}
CLOCKS = {"now", "today", "utcnow"}
# A tally that grows while a file of a million lines is read; whoever gets it afterwards only reads it.
TALLIES = {"BookRead"}
LONGEST = 400
LATE = {"pypdfium2", "reportlab"}
"""Loaded when somebody draws or reads a PDF, so that a window which only looks holds 12 MB less."""
NO_HOMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def places(rule: str, found: list[str]) -> None:
    assert not found, f"{rule}:\n" + "\n".join(found)


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_the_core_imports_the_standard_library_only_and_no_clock_file_or_chance() -> None:
    strange = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in CORE
        for name in imported(tree_of(path))
        if name.split(".")[0] != "villagebooks"
        and (name.split(".")[0] not in sys.stdlib_module_names or name.split(".")[0] in NOT_IN_CORE)
    ]
    places("core sees what it may not", strange)


def test_the_core_never_asks_for_the_time_and_opens_nothing() -> None:
    found = []
    for path in CORE:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call):
                clock = isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
                if clock or (isinstance(node.func, ast.Name) and node.func.id in {"open", "print", "input"}):
                    found.append(where(path, node))
    places("core reads a clock or a file", found)


def test_records_that_others_see_are_frozen_dataclasses_with_slots() -> None:
    found = []
    for path in (p for p in FILES if p.relative_to(HOUSE).parts[0] not in {"gui", "app.py"}):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.ClassDef) or node.name.startswith("_") or node.name in TALLIES:
                continue
            for decorator in node.decorator_list:
                text = ast.unparse(decorator)
                if "dataclass" in text and not ("frozen=True" in text and "slots=True" in text):
                    found.append(f"{where(path, node)} {node.name}")
    places("a record that can change", found)


def test_types_alone_are_imported_from_heavy_libraries_only_and_no_module_is_without_a_home() -> None:
    blocks = [
        where(path, node)
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        if not LATE.issuperset(name.split(".")[0] for one in node.body for name in imported(one))
    ]
    homeless = [str(path.relative_to(ROOT)) for path in FILES if path.stem in NO_HOMES]
    places("imports hidden from the program, or a file that is no subject", blocks + homeless)


def test_no_file_outgrows_its_subject() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in FILES
        if "migrations" not in path.parts  # a migration lists tables once and is never grown
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    ]
    places("look for the second subject", long)


def test_money_is_never_a_float() -> None:
    money = re.compile(r"\bfloat\([^)]*(amount|fen|yuan|debit|credit)|_fen\b[^=\n]*: float")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in FILES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if money.search(line) or "Signal(int" in line
    ]
    places("money as float, or a 32-bit signal", found)


WRITERS = {
    "villagebooks/seal/file.py": "writes beside and moves: what everything else goes through",
    "villagebooks/db/attachment.py": "the same for pictures, under a name that nothing else has",
    "villagebooks/db/books.py": "brings a copy, made beside, onto the disk before it is moved",
    "villagebooks/seal/container.py": "a part beside its target, which goes",
    "villagebooks/cli/__init__.py": "the device that swallows everything",
    "villagebooks/services/life.py": "signs of life, which hold nothing",
}
"""Who may open a file to write, and why."""


def test_no_file_is_written_over_where_it_stands() -> None:
    """A full disk or a kill leaves the old file: whoever writes goes through `seal/file.py`."""
    found = []
    for path in sorted((ROOT / "villagebooks").rglob("*.py")):
        if str(path.relative_to(ROOT).as_posix()) in WRITERS:
            continue
        calls = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call))
        found += [f"{where(path, call)}: {ast.unparse(call)[:60]}" for call in calls if _writes(call)]
    places("written where it stands", found)


def _writes(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in ("write_bytes", "write_text", "copyfile", "copy2", "setOutputFileName", "QSaveFile"):
        return True
    parts = (*call.args, *(key.value for key in call.keywords))
    said = [one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return name == "open" and any(re.fullmatch(r"[rwax]b?\+?b?", mode) and mode not in ("r", "rb") for mode in said)


def test_every_exemption_has_its_reason_on_the_line() -> None:
    bare = re.compile(r"#\s*(noqa(: [A-Z0-9, ]+)?|type: ignore(\[[a-z, -]+\])?)\s*$")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*FILES, ROOT / "setup_villagebooks.py"]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    places("an exemption without a reason", found)


def test_the_locks_hold_names_and_hashes_but_no_address_and_agree() -> None:
    pins: dict[str, dict[str, str]] = {}
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?:|file:|//|@ |--index|--find-links", text), name
        pins[name] = dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE))
    assert pins["requirements.lock"].items() <= pins["requirements-dev.lock"].items()


def test_the_locks_cover_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = (
        project["dependencies"] + project["optional-dependencies"]["build"] + project["optional-dependencies"]["dev"]
    )
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9.-]+)==", text, re.MULTILINE))
    names = {re.split(r"[\[<>=]", entry)[0].lower().replace("_", "-") for entry in asked}
    assert names <= locked


@pytest.mark.parametrize("folder", ["fonts"])
def test_every_font_is_the_one_its_note_names(folder: str) -> None:
    note = (ROOT / "resources" / folder / "NOTE.md").read_text(encoding="utf-8")
    sums = dict(re.findall(r"`(\S+\.ttf)`.*`([0-9a-f]{64})`", note))
    listed = subprocess.run(
        ["sha256sum", *sums], cwd=ROOT / "resources" / folder, capture_output=True, text=True, check=True
    )
    assert {line.split()[1]: line.split()[0] for line in listed.stdout.splitlines()} == sums
    assert set(sums) == {path.name for path in (ROOT / "resources" / folder).glob("*.ttf")}


def test_a_file_s_books_load_no_dialect_of_a_server() -> None:
    """Naming PostgreSQL in a table's options loads its whole dialect at every start: `partial_index` says why."""
    code = "import sys; import villagebooks.db.schema; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "sqlalchemy.dialects.sqlite" in done.stdout.split()
    assert "sqlalchemy.dialects.postgresql" not in done.stdout.split()
