"""The set-up script ends every failure with one Chinese sentence and a code that is not zero."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
SCRIPT = "setup_villagebooks.py"


@pytest.fixture(scope="module")
def setup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_villagebooks", ROOT / SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_a_network_the_person_reads_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    for name in (SCRIPT, "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    surroundings |= {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
    }
    done = subprocess.run(
        [sys.executable, SCRIPT, "install"], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert re.fullmatch(r"无法连接软件源，依赖包没有装上；.*\n", done.stderr), done.stderr
    assert not (tmp_path / ".venv" / "installed").exists()


def test_a_python_that_does_not_fit_is_named_with_those_that_do(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(setup.Stop, match=r"需要 Python 3\.11、3\.12 或 3\.13，现在的是 3\.9"):
        setup.fitting_python()


def test_a_version_that_only_the_launcher_of_windows_knows_is_found_by_it(setup: ModuleType, tmp_path: Path) -> None:
    launcher = tmp_path / "启动 py"
    launcher.write_text(f'#!/bin/sh\n[ "$1" = -3.12 ] || exit 103\nshift\nexec "{sys.executable}" "$@"\n', "utf-8")
    launcher.chmod(0o755)
    assert setup.from_launcher("3.12", str(launcher)) == sys.executable
    assert setup.from_launcher("3.13", str(launcher)) == ""
    assert setup.from_launcher("3.12") == setup.from_launcher("3.12", str(tmp_path / "none")) == ""


def test_a_full_disk_is_told_with_figures_before_anything_is_fetched(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(2**30, 2**30 - 2**25, 2**25))
    with pytest.raises(setup.Stop, match="磁盘空间不够：这里还剩 32 MB，安装需要 1200 MB"):
        setup.check_room("runtime")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "磁盘已满"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "哈希值不符"),
        ("Retrying after connection broken by 'NewConnectionError'\nERROR: No matching distribution", "无法连接软件源"),
        ("ERROR: No matching distribution found for alembic==1.20.1", "没有锁定的版本"),
        ("something else", "依赖包没有装上"),
    ],
)
def test_pips_many_words_become_one_sentence(setup: ModuleType, output: str, sentence: str) -> None:
    assert sentence in setup.why_pip_failed(output)


def test_a_changed_lock_a_moved_folder_or_another_python_asks_for_a_new_installation(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = setup.stamp_of("runtime", "/usr/bin/python3")
    assert setup.stamp_of("runtime", "/usr/bin/python3") == before
    assert setup.stamp_of("runtime", "/usr/bin/python3.12") != before
    assert setup.stamp_of("dev", "/usr/bin/python3") != before
    (tmp_path / "changed.lock").write_text("alembic==2\n", encoding="utf-8")
    monkeypatch.setitem(setup.LOCKS, "runtime", tmp_path / "changed.lock")
    assert setup.stamp_of("runtime", "/usr/bin/python3") != before


def test_an_unknown_word_shows_the_words_there_are() -> None:
    done = subprocess.run([sys.executable, SCRIPT, "instal"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "用法" in done.stdout


def says(words: str, code: int = 0, seconds: int = 0) -> list[str]:
    return [sys.executable, "-c", f"import time; time.sleep({seconds}); print({words!r}); raise SystemExit({code})"]


def test_tests_that_take_no_interrupt_are_ended_too(tmp_path: Path) -> None:
    """As those which a script started in the background, where the interrupt is ignored, and inherited so."""
    script = tmp_path / "beside.py"
    script.write_text(
        f"""import importlib.util, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
spec = importlib.util.spec_from_file_location("s", {str(ROOT / SCRIPT)!r})
s = importlib.util.module_from_spec(spec)
spec.loader.exec_module(s)
raise SystemExit(s.beside(("tests", {says("all tests", seconds=600)!r}), ("types", {says("a fault", 3)!r})))
""",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3
    assert "a fault" in done.stdout
    assert "types：没有通过" in done.stdout
    assert "all tests" not in done.stdout


def test_tests_that_go_on_after_an_interrupt_are_told_to_end(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "PATIENCE_S", 1)
    deaf = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        setup.end(process)
        assert process.poll() not in (None, 0)


def test_what_goes_on_beside_the_tests_speaks_only_when_it_fails_and_then_ends_them(
    setup: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    tests = ("tests", says("all tests"))
    assert setup.beside(tests, ("types", says("no fault")), ("floors", says("kept"))) == 0
    said = capfd.readouterr().out
    assert "all tests" in said
    assert "no fault" not in said
    assert setup.beside(("tests", says("", 5)), ("types", says(""))) == 5
    assert "tests：没有通过" in capfd.readouterr().out
    assert setup.beside(("tests", says("all tests", seconds=600)), ("types", says("a fault", 3))) == 3
    said = capfd.readouterr().out
    assert "a fault" in said
    assert "types：没有通过" in said
    assert "all tests" not in said
