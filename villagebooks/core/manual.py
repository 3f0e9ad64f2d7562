"""The manual's chapters: what stands at their heads, and the part of Markdown that they are written in.

A chapter begins with lines between two `---`: `title`, `part`, `order` (a number; chapters stand by it) and `pages`,
the classes of the window that it explains, each perhaps with `#` and a heading of it. Then come headings, paragraphs of
one line each, lists of one level, tables, notes (`>`), lines to be typed (three backticks), pictures on own lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from villagebooks.core.words import _

PLAIN, STRONG, TYPED, LINK = "plain", "strong", "typed", "link"
_SPAN = re.compile(r"\*\*(?P<strong>[^*]+)\*\*|`(?P<typed>[^`]+)`|(?<!!)\[(?P<link>[^\]]+)\]\((?P<target>[^)\s]+)\)")
_PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<path>[^)\s]+)\)")
_ITEM = re.compile(r"(?P<mark>-|\d{1,2}\.) +(?P<text>.+)")
_HEADING = re.compile(r"(?P<marks>#{2,3}) +(?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the manual. `pages` are (class, heading or empty) pairs of the window."""

    name: str
    title: str
    part: str
    order: int
    pages: tuple[tuple[str, str], ...]
    body: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3; level 1 is the chapter's title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph, an item of a list (`mark` – or a number) or a note (`mark` >), with its spans still marked."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells, the first the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with the words that stand for it; its path counts from the manual's folder."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Lines as they are typed into a terminal."""

    lines: tuple[str, ...]


Block = Heading | Words | Grid | Picture | Typed


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a paragraph: plain, strong, typed (a key, a file), or a link with its target."""

    text: str
    kind: str = PLAIN
    target: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chapter in which the words looked for stand, how often, and the first place with what stands around it."""

    chapter: Chapter
    count: int
    around: str


def read_chapter(name: str, text: str) -> Chapter:
    """A chapter from its file; ValueError when its head is missing or says less than it must."""
    _empty, head, body = text.split("---\n", 2)
    said = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    listed = [one.strip() for one in said.get("pages", "").split(",") if one.strip()]
    pages = tuple((page, heading) for page, _mark, heading in (one.partition("#") for one in listed))
    if not said.get("title"):
        raise ValueError(name)
    return Chapter(name, said["title"], said.get("part", ""), int(said["order"]), pages, body.strip("\n"))


def find_chapter(chapters: Iterable[Chapter], pages: Sequence[str]) -> tuple[Chapter, str] | None:
    """The chapter, and its heading, for the first of the window's classes that any chapter explains."""
    known = {page: (chapter, heading) for chapter in chapters for page, heading in chapter.pages}
    return next((known[page] for page in pages if page in known), None)


def search_chapters(chapters: Iterable[Chapter], words: str) -> list[Hit]:
    """Chapters in which every one of the words stands, whatever their case, the first place of the first word shown."""
    wanted = [one.casefold() for one in words.split()]
    hits = []
    for chapter in chapters:
        text = f"{chapter.title}\n{plain_body(chapter)}"
        folded = text.casefold()
        if wanted and all(one in folded for one in wanted):
            place = folded.index(wanted[0])
            around = " ".join(text[max(0, place - 12) : place + 28].split())
            hits.append(Hit(chapter, folded.count(wanted[0]), around))
    return hits


def plain_body(chapter: Chapter) -> str:
    """The chapter's words without marks, a line each block."""
    lines = []
    for block in read_blocks(chapter.body):
        if isinstance(block, Heading | Words):
            lines.append(plain_words(block.text))
        elif isinstance(block, Grid):
            lines += ["　".join(map(plain_words, row)) for row in block.rows]
        elif isinstance(block, Typed):
            lines += block.lines
    return "\n".join(lines)


def plain_words(text: str) -> str:
    """Words without the marks of their spans."""
    return "".join(span.text for span in read_spans(text))


def read_spans(text: str) -> tuple[Span, ...]:
    """A paragraph in pieces."""
    spans: list[Span] = []
    place = 0
    for found in _SPAN.finditer(text):
        if found.start() > place:
            spans.append(Span(text[place : found.start()]))
        kind = found.lastgroup if found.lastgroup != "target" else LINK
        spans.append(Span(found[str(kind)], str(kind), found["target"] or ""))
        place = found.end()
    if place < len(text):
        spans.append(Span(text[place:]))
    return tuple(spans)


def read_blocks(body: str) -> tuple[Block, ...]:
    """A chapter's body in blocks; ValueError at a line that is none of them (an open fence, a lost table)."""
    return tuple(_blocks(iter([*body.splitlines(), ""])))


def _blocks(lines: Iterator[str]) -> Iterator[Block]:
    rows: list[tuple[str, ...]] = []
    before = ""
    for line in lines:
        if rows and not line.startswith("|"):
            yield _grid(rows)
            rows = []
        if line.startswith("```"):
            yield Typed(tuple(_fenced(lines)))
        elif line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
        elif line.strip():
            yield _single(line, before)
        before = line


def _single(line: str, before: str) -> Block:
    """A block that is one line; a paragraph stands alone, because Markdown would join it with the line before."""
    if found := _HEADING.fullmatch(line):
        return Heading(len(found["marks"]), found["text"])
    if found := _ITEM.fullmatch(line):
        return Words(found["text"], "–" if found["mark"] == "-" else found["mark"])
    if before.strip() or line[0].isspace() or line.startswith("#"):
        raise ValueError(_("手册里这一行前面要空一行：{line}").format(line=line[:30]))
    if found := _PICTURE.fullmatch(line):
        return Picture(found["words"], found["path"])
    return Words(line[2:], ">") if line.startswith("> ") else Words(line)


def _fenced(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("```"):
            return
        yield line
    raise ValueError(_("手册里有一段没有结束的命令"))


def _grid(rows: Sequence[tuple[str, ...]]) -> Grid:
    if len(rows) < 2 or len({len(row) for row in rows}) > 1 or not all(set(cell) <= set("-:") for cell in rows[1]):
        raise ValueError(_("手册里有一张表的列数不齐：{row}").format(row=" ".join(rows[0])))
    return Grid((rows[0], *rows[2:]))
