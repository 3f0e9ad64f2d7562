"""Anybody verifies a query file without a reader's key, and finds what was changed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.formats.query.village import (
    AGENT,
    CHAIN,
    DIRECTOR,
    EXPORT,
    FINGERPRINT,
    LEAVES,
    NOTE,
    SHEETS,
    SIGNERS,
    picture,
)
from villagebooks.core.journal import Head
from villagebooks.core.query import (
    FileReport,
)
from villagebooks.formats.container import make_known
from villagebooks.formats.query import (
    write_query_file,
)
from villagebooks.formats.verify import verify_file
from villagebooks.seal.canonical import FormatError
from villagebooks.seal.journal import genesis_head, next_head


def look(path: Path, root: str = "", keys: Sequence[bytes] = (), code: str = "") -> FileReport:
    return verify_file(path, make_known(root, keys, code))


def test_verify_reports_a_whole_file_and_needs_no_reader_key(path: Path) -> None:
    report = look(path, FINGERPRINT)
    assert report.problems == ()
    assert (report.rooted, report.root) == (True, FINGERPRINT)
    assert report.signers == (DIRECTOR.name, AGENT.name)
    assert [period for period, _head in report.anchors] == ["2026-08", "2026-09"]
    assert not look(path).rooted
    assert look(path).root == FINGERPRINT
    assert look(path, keys=[NOTE]).rooted


def test_verify_finds_the_sheet_of_a_printed_code(path: Path) -> None:
    assert look(path, FINGERPRINT, code=SHEETS[0].code.lower()).code_found == "2026-08"
    unknown = look(path, FINGERPRINT, code="0000-0000-0000-0000-0000")
    assert unknown.code_found is None
    assert unknown.problems
    for root, code in ((FINGERPRINT, "0000"), ("1234", "")):
        with pytest.raises(FormatError):
            look(path, root, code=code)


def test_verify_finds_a_rewritten_journal(tmp_path: Path) -> None:
    changed = [*LEAVES[:2], b"x" * 32, *LEAVES[3:]]
    heads = [genesis_head(CHAIN)]
    for leaf in changed:
        heads.append(next_head(heads[-1], leaf))
    head = replace(EXPORT.head, journal=Head(len(changed), heads[-1].hex()))
    write_query_file(tmp_path / "a", replace(EXPORT, head=head, leaves=changed), SIGNERS, picture)
    problems = look(tmp_path / "a", FINGERPRINT).problems
    assert any("第 1 期公开榜之前的日志被改动" in text for text in problems)
    write_query_file(tmp_path / "b", replace(EXPORT, leaves=changed), SIGNERS, picture)
    assert any("链值" in text for text in look(tmp_path / "b", FINGERPRINT).problems)


def test_verify_refuses_flipped_bytes_anywhere(path: Path, tmp_path: Path) -> None:
    raw = path.read_bytes()
    source = random.Random(1)
    target = tmp_path / "a"
    for _turn in range(60):
        at = source.randrange(len(raw))
        target.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << source.randrange(8))]) + raw[at + 1 :])
        with pytest.raises(FormatError):
            look(target, FINGERPRINT)
