"""The manual says only what is true of the program: commands parse, keys and pictures exist, links lead somewhere."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from functools import cache
from pathlib import Path

import pytest

from villagebooks.cli import main
from villagebooks.cli.parser import build_parser
from villagebooks.core.manual import (
    LINK,
    Chapter,
    Grid,
    Heading,
    Picture,
    Typed,
    Words,
    find_chapter,
    plain_body,
    read_blocks,
    read_chapter,
    read_spans,
    search_chapters,
)
from villagebooks.gui.window import PLACE_KEYS
from villagebooks.services.keymap import keymaps
from villagebooks.services.manual import manual_chapters, manual_folder

GUI = Path(__file__).parent.parent / "villagebooks" / "gui"
_KEYS = r"F\d{1,2}|Esc|Tab|PgUp|PgDn|Insert|Delete|Backspace|[A-Z←→]|[^\w\s.]"
KEY = re.compile(rf"(?:(?:Ctrl|Alt|Shift)\+)*(?:{_KEYS})")
SHORTCUT = re.compile(r'"((?:Ctrl\+|Alt\+|Shift\+)?(?:F\d{1,2}|[A-Z]|Esc|PgUp|PgDown|Left|Right|Return))"')
SPOKEN = {"←": "Left", "→": "Right", "PgDn": "PgDown", "Ctrl+Delete": "Ctrl+Del", "Ctrl+Insert": "Ctrl+Ins"}
EVERYWHERE = {"Tab", "Shift+Tab", "Ctrl+V", "Ctrl+C", "Alt+F4"}
"""Keys that Qt itself and the system serve."""

NOT_OURS = {"实际大小", "适合页面", "记了的没有被改", "该记的都记了"}
"""Quoted words that stand in no window of ours: a printer's, and those of the four sentences."""

MANUAL = manual_chapters()


def named(chapter: Chapter) -> str:
    return chapter.name


def texts_of(chapter: Chapter) -> list[str]:
    texts: list[str] = []
    for block in read_blocks(chapter.body):
        if isinstance(block, Heading | Words):
            texts.append(block.text)
        elif isinstance(block, Grid):
            texts += [cell for row in block.rows for cell in row]
    return texts


def keys_of_the_program() -> set[str]:
    """Every key that the window's code names, in a shortcut or where it takes a key press."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in GUI.rglob("*.py"))
    shortcuts = set(SHORTCUT.findall(code))
    pressed = set(re.findall(r"Key\.Key_(\w+)", code))
    control = {f"Ctrl+{key}" for key in pressed if re.search(rf"control.*Key_{key}\b|Key_{key}\b.*control", code, re.I)}
    places = {f"Ctrl+{key}" for key in PLACE_KEYS}
    mapped = {key for one in keymaps().values() for keys in one.keys.values() for key in keys}
    return shortcuts | pressed | control | places | mapped | EVERYWHERE


@pytest.mark.parametrize("chapter", MANUAL, ids=named)
def test_a_chapter_reads_as_blocks_and_its_pictures_exist_and_are_small(chapter: Chapter) -> None:
    blocks = read_blocks(chapter.body)
    assert blocks
    for picture in (block for block in blocks if isinstance(block, Picture)):
        path = manual_folder() / picture.path
        assert path.is_file(), picture.path
        assert picture.words, picture.path


@pytest.mark.parametrize("chapter", MANUAL, ids=named)
def test_every_command_of_the_manual_is_one_of_the_program(chapter: Chapter) -> None:
    parser = build_parser()
    source = (GUI.parent.parent / "resources" / "verify" / "verify_villagebooks.py").read_text(encoding="utf-8")
    verifier = set(re.findall(r'add_argument\("(--\w+)"', source))
    for block in read_blocks(chapter.body):
        for line in block.lines if isinstance(block, Typed) else ():
            words = shlex.split(line)
            if words[:1] == ["villagebooks"] and words[-1] != "--help":
                assert parser.parse_args(words[1:]).run, line
            elif words[:2] == ["python3", "verify_villagebooks.py"]:
                assert {one for one in words if one.startswith("--")} <= verifier, line


@pytest.mark.parametrize("chapter", MANUAL, ids=named)
def test_every_key_of_the_manual_is_one_of_the_window(chapter: Chapter) -> None:
    known = keys_of_the_program()
    for text in texts_of(chapter):
        for span in read_spans(text):
            if span.kind == "typed" and KEY.fullmatch(span.text):
                key = span.text
                for spoken, meant in SPOKEN.items():
                    key = key.replace(spoken, meant)
                assert key in known or not key.isascii() or (len(key) == 1 and not key.isalpha()), (span.text, text)


@pytest.mark.parametrize("chapter", MANUAL, ids=named)
def test_every_link_and_every_heading_of_a_page_leads_somewhere(chapter: Chapter) -> None:
    headings = {
        one.name: {block.text for block in read_blocks(one.body) if isinstance(block, Heading)} for one in MANUAL
    }
    for target in (span.target for span in read_spans(chapter.body) if span.kind == LINK):
        name, _mark, heading = target.partition("#")
        assert name.removesuffix(".md") in headings, target
        assert not heading or heading in headings[name.removesuffix(".md")], target
    for page, heading in chapter.pages:
        assert not heading or heading in headings[chapter.name], (page, heading)


@cache
def texts_of_the_program() -> str:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in GUI.parent.rglob("*.py"))
    texts = [node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    rules = (GUI.parent.parent / "resources" / "check" / "rules.csv").read_text(encoding="utf-8")
    return "\n".join([rules, *(text for text in texts if isinstance(text, str))])


@pytest.mark.parametrize("chapter", MANUAL, ids=named)
def test_what_the_manual_quotes_is_read_in_the_program(chapter: Chapter) -> None:
    own = {block.text for one in MANUAL for block in read_blocks(one.body) if isinstance(block, Heading)}
    for quoted in re.findall("“([^”]+)”", "\n".join(texts_of(chapter))):
        assert quoted in NOT_OURS | own or quoted in texts_of_the_program(), quoted


def test_no_page_has_two_chapters_and_no_two_chapters_one_place() -> None:
    pages = [page for chapter in MANUAL for page, _heading in chapter.pages]
    assert len(pages) == len(set(pages))
    assert len({chapter.order for chapter in MANUAL}) == len(MANUAL)


def test_pictures_are_few_and_small() -> None:
    pictures = list((manual_folder() / "screenshots").glob("*.png"))
    assert len(pictures) <= 15
    assert not [path.name for path in pictures if path.stat().st_size > 120_000]
    used = {block.path for chapter in MANUAL for block in read_blocks(chapter.body) if isinstance(block, Picture)}
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    unused = [
        path.name
        for path in pictures
        if f"screenshots/{path.name}" not in used | set(re.findall(r"screenshots/\w+\.png", readme))
    ]
    assert not unused


def test_the_whole_manual_as_pdf_has_every_chapter_where_the_contents_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "手册.pdf"
    assert main(["manual", "--out", str(out)]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    raw = subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, check=True).stdout.decode()
    pages = raw.split("\f")[:-1]
    contents = "\n".join(page for page in pages[1:8] if "目录" in page)
    for chapter in MANUAL:
        listed = re.findall(rf"^\s*{re.escape(chapter.title)}\s+(\d+)\s*$", contents, re.MULTILINE)
        begun = [number for number in listed if pages[int(number) - 1].split("\n")[0].strip() == chapter.title]
        assert begun, (chapter.title, listed)
        assert pages[int(begun[0]) - 1].rstrip().endswith(begun[0])
    assert "〓" not in raw
    linked = re.search(r"见设置：人和钥匙（第 (\d+) 页）", raw.replace("\n", ""))
    assert linked
    assert pages[int(linked[1]) - 1].split("\n")[0].strip() == "设置：人和钥匙"


def test_the_text_goes_to_the_screen_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manual"]) == 0
    assert capsys.readouterr().out.startswith(f"# {MANUAL[0].title}\n")


HEAD = "---\ntitle: 凭证\npart: 各页\norder: 3\npages: VoucherPage, NumberPage#凭证号\n---\n"


def test_a_chapter_tells_which_pages_it_explains() -> None:
    chapter = read_chapter("voucher", f"{HEAD}先看这里。\n\n## 凭证号\n\n号码不断。\n")
    assert (chapter.title, chapter.part, chapter.order) == ("凭证", "各页", 3)
    assert find_chapter([chapter], ["VoucherEditor", "VoucherPage"]) == (chapter, "")
    assert find_chapter([chapter], ["NumberPage"]) == (chapter, "凭证号")
    assert find_chapter([chapter], ["HomePage"]) is None


def test_the_blocks_of_a_chapter() -> None:
    body = "一段**要紧**的话，按 `F6`，见[凭证](voucher.md)。\n\n- 一\n- 二\n\n1. 先\n\n"
    body += "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n> 当心\n\n"
    body += "```\nvillagebooks check\n```\n\n![首页](screenshots/home.png)"
    blocks = read_blocks(body)
    assert [type(one).__name__ for one in blocks] == [
        "Words", "Words", "Words", "Words", "Grid", "Words", "Typed", "Picture",
    ]  # fmt: skip
    assert [one.mark for one in blocks if isinstance(one, Words)] == ["", "–", "–", "1.", ">"]
    assert [span.kind for span in read_spans(blocks[0].text)] == [
        "plain",
        "strong",
        "plain",
        "typed",
        "plain",
        "link",
        "plain",
    ]
    assert blocks[4].rows == (("甲", "乙"), ("1", "2"))


@pytest.mark.parametrize("body", ["一段\n又一段", "|甲|乙|\n|---|\n|1|2|", "```\nvillagebooks", "# 又一个题目"])
def test_what_screen_and_paper_would_read_differently_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="手册里"):
        read_blocks(body)


def test_the_search_finds_all_words_whatever_their_case() -> None:
    chapter = read_chapter("voucher", f"{HEAD}导出 PDF 文件，打印 PDF。")
    (hit,) = search_chapters([chapter], "pdf 打印")
    assert (hit.count, hit.around[:4]) == (2, "凭证 导")
    assert search_chapters([chapter], "pdf 备份") == []
    assert search_chapters([chapter], " ") == []
    assert plain_body(chapter) == "导出 PDF 文件，打印 PDF。"
