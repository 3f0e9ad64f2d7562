"""What the README says of commands, files and functions is so."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

import pytest

from villagebooks.cli.parser import build_parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("villagebooks ")]
TRACE = README.partition("## Trace one voucher")[2].partition("\n## ")[0]
DECISIONS = README.partition("## Decisions")[2].partition("\n## ")[0]


def files_named(text: str) -> list[str]:
    """Paths between backticks, with the names of functions that may stand behind them."""
    spans = re.findall(r"`([^`]+)`", text)
    return [span for span in spans if re.match(r"[a-z_]+/[\w/.*]+( |$)", span)]


def defined(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_readme_is_one_of_the_program(line: str) -> None:
    assert build_parser().parse_args(shlex.split(line)[1:]).run


@pytest.mark.parametrize("named", files_named(TRACE + DECISIONS))
def test_every_file_and_function_that_the_readme_names_is_there(named: str) -> None:
    path, *names = re.split(r"[ ,]+", named)
    found = [one for home in (ROOT, ROOT / "villagebooks") for one in home.glob(path.rstrip("/"))]
    assert found, path
    if names:
        assert set(names) <= defined(found[0]), named


def test_make_run_cmd_and_the_readme_know_the_same_words() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    words = set(re.search(r"^WORDS := (.*)$", makefile, re.MULTILINE)[1].split())  # type: ignore[index]  # it is there
    script = (ROOT / "setup_villagebooks.py").read_text(encoding="utf-8")
    usage = script.partition('USAGE = """')[2].partition('"""')[0]
    assert words - {"help"} == set(re.findall(r"^  ([a-z]+) ", usage, re.MULTILINE))
    told = set(re.findall(r"`([a-z]+)`", README.partition("## Work on it")[2].partition("\n## ")[0]))
    assert words - {"help", "run", "install"} <= told
