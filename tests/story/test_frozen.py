"""The frozen program runs the demo township on a machine that has no Python."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one-folder program, built as `make package` builds it."""
    folder = tmp_path_factory.mktemp("frozen")
    built = subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
         "--distpath", str(folder / "dist"), "--workpath", str(folder / "build"), str(ROOT / "build.spec")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    return folder / "dist" / "villagebooks" / "villagebooks"


def bare(home: Path) -> dict[str, str]:
    """Nothing but a home folder: no path, so no Python; no language, so no UTF-8 by luck."""
    return {"HOME": str(home), "PATH": "", "QT_QPA_PLATFORM": "offscreen"}


def run(program: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the frozen program to its end."""
    command = [str(program), *arguments]
    return subprocess.run(command, env=bare(home), cwd=home, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def demo(program: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the frozen demo says on its last line."""
    home = tmp_path_factory.mktemp("home")
    done = run(program, home, "demo", "--no-window", "--out", str(home / "out"))
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_the_demo_month_runs_without_python_and_its_results_are_there(demo: dict[str, Any]) -> None:
    for path in (demo["books"], demo["query"], demo["reader"], *demo["pdf"]):
        assert Path(path).is_file(), path


def test_the_frozen_program_looks_a_villager_up(program: Path, demo: dict[str, Any], tmp_path: Path) -> None:
    who = demo["lookup"]
    words = ["query", "lookup", demo["query"], "--reader", demo["reader"], "--id", who["id"], "--code", who["code"]]
    found = run(program, tmp_path, *words)
    assert found.returncode == 0, found.stderr
    assert who["name"] in found.stdout


def test_the_frozen_program_finds_no_error_in_the_demo_books(
    program: Path, demo: dict[str, Any], tmp_path: Path
) -> None:
    checked = run(program, tmp_path, "--books", demo["books"], "check", "--deep")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_frozen_window_opens_on_the_demo_books_without_a_fault(
    program: Path, demo: dict[str, Any], tmp_path: Path
) -> None:
    with subprocess.Popen([str(program), "--books", demo["books"]], env=bare(tmp_path), cwd=tmp_path) as window:
        with pytest.raises(subprocess.TimeoutExpired):
            window.wait(timeout=8)
        window.terminate()
    logs = list(tmp_path.rglob("villagebooks.log"))
    assert len(logs) == 1
    assert logs[0].read_text(encoding="utf-8") == ""
