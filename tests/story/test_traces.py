"""A look-up leaves no trace of the number: not in the log, the data folders, temporary files or what is said."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.conftest import Staff
from tests.services.test_query import IDS, LATER
from villagebooks.core.problem import Trouble
from villagebooks.formats.query import ReaderKey, write_reader_key
from villagebooks.log import start_log
from villagebooks.services.desk import Desk
from villagebooks.services.query import export_query_file, lookup_person


@pytest.mark.usefixtures("month")
def test_a_lookup_leaves_no_trace_of_the_number(desk: Desk, staff: Staff, kiosk: ReaderKey, tmp_path: Path) -> None:
    exported = export_query_file(desk, [staff.director, staff.other], tmp_path / "out", LATER)
    write_reader_key(tmp_path / "kiosk.key", kiosk)
    (tmp_path / "temp").mkdir()
    folders = {name: str(tmp_path / "home" / name) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
    surroundings = {**os.environ, **folders, "TMPDIR": str(tmp_path / "temp"), "HOME": str(tmp_path / "home")}
    program = [sys.executable, "-m", "villagebooks", "query", "lookup", str(exported)]
    said, slip = "", IDS[0][:-1] + ("1" if IDS[0][-1] != "1" else "2")
    for number, code in ((IDS[0], 0), (slip, 1), ("990123196001010018", 1), ("990123196001010010", None)):
        done = subprocess.run(
            [*program, "--reader", str(tmp_path / "kiosk.key"), "--id", "-"],
            input=number + "\n", capture_output=True, text=True, env=surroundings, check=False,
        )  # fmt: skip
        assert code is None or done.returncode == code, done.stderr
        said += done.stdout + done.stderr
        assert number not in said
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert IDS[0].encode() not in path.read_bytes(), path


def test_the_log_keeps_no_number_even_when_the_program_fails_over_it(tmp_path: Path, kiosk: ReaderKey) -> None:
    log = start_log(tmp_path)
    try:
        lookup_person(tmp_path / "none.vbq", kiosk, IDS[0])
    except Exception:
        logging.getLogger("villagebooks").exception("查 %s 时出错，电话 13912345678", IDS[0])
    with pytest.raises(Trouble, match="没有这个文件或文件夹") as trouble:
        lookup_person(tmp_path / "none.vbq", kiosk, IDS[0])
    logging.getLogger("villagebooks").error("%s", trouble.value)
    logging.shutdown()
    text = log.read_text(encoding="utf-8")
    assert "时出错" in text
    assert IDS[0] not in text
    assert "13912345678" not in text
