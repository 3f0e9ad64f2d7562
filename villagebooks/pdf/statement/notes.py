"""会计报表附注 on A4: paragraphs and small tables that flow over pages; words are placed first, then drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from villagebooks.core.statement import Notes, NoteSection
from villagebooks.core.words import _, language, pgettext
from villagebooks.pdf.font import BOLD, SANS
from villagebooks.pdf.ink import A4, BLACK, GREY, PALE, RED, Ink, open_ink
from villagebooks.pdf.statement.sheet import date_text, signatures
from villagebooks.pdf.table import figure
from villagebooks.pdf.text import fit, shrink, wrap

LEFT, RIGHT, TOP, BOTTOM = 60.0, A4[0] - 42.0, A4[1] - 50.0, 62.0
WIDE = RIGHT - LEFT
SIZE, LEAD, ROW = 10.0, 16.0, 16.5
SMALL, INDENT = 8.5, 22.0
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of the notes before it has a place: `cells` of a table row, or `text` of a heading or paragraph.

    `keep` lines after it belong to it and go on the same page (a heading with its first rows).
    """

    text: str = ""
    heading: bool = False
    cells: tuple[str, ...] = ()
    head: bool = False
    strong: bool = False
    high: float = LEAD
    keep: int = 0


@dataclass(frozen=True, slots=True)
class NotesPage:
    """The lines of one page in order."""

    lines: tuple[NoteLine, ...]


def draw_notes(notes: Notes, out: Path, centre: str = "") -> int:
    """Draw the notes; the number of pages. `Trouble` when the disk refuses."""
    title = _("会计报表附注")
    with open_ink(out, title, A4, centre) as ink:
        pages = notes_cells(notes, lambda text, size: wrap(text, ink.measure(), size, WIDE - INDENT))
        for number, page in enumerate(pages, 1):
            _draw_page(ink, notes, page, (number, len(pages)))
            ink.turn()
    return len(pages)


def notes_cells(notes: Notes, lines_of: Callable[[str, float], list[str]]) -> tuple[NotesPage, ...]:
    """The pages of the notes in words; `lines_of` breaks a paragraph at a type size."""
    waiting = list(_lines(notes, lines_of))
    pages: list[list[NoteLine]] = [[]]
    room = TOP - 48 - BOTTOM
    left, head = room, None
    for place, line in enumerate(waiting):
        if line.head:
            head = line
        elif not line.cells:
            head = None
        need = sum(one.high for one in waiting[place : place + 1 + line.keep])
        if need > left and pages[-1]:
            pages.append([])
            left = room
            if head is not None and not line.head:
                pages[-1].append(head)
                left -= head.high
        pages[-1].append(line)
        left -= line.high
    return tuple(NotesPage(tuple(page)) for page in pages)


def _lines(notes: Notes, lines_of: Callable[[str, float], list[str]]) -> Iterator[NoteLine]:
    for number, section in enumerate(notes.sections, 1):
        first = 3 if section.rows else 1
        yield NoteLine(
            _("{n}、{title}").format(n=_numeral(number), title=section.title),
            heading=True,
            high=LEAD * 1.75,
            keep=first,
        )
        for text in (*section.given, *section.text.split("\n")):
            if text:
                yield from (NoteLine(line) for line in lines_of(text, SIZE))
        if section.rows:
            yield from _table_lines(section)
            yield NoteLine(high=6.0)


def _numeral(number: int) -> str:
    """一, 二 … 十一, 二十; figures in other languages."""
    if language() != "zh":
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else NUMERALS[tens - 1] + "十"
    return head + (NUMERALS[ones - 1] if ones else "")


def _table_lines(section: NoteSection) -> Iterator[NoteLine]:
    heads = {
        "opening": _("年初余额"), "closing": _("期末余额"), "increase": _("本年增加"), "decrease": _("本年减少"),
        "opening_debit": _("年初借方"), "opening_credit": _("年初贷方"), "debit": _("本年借方"),
        "credit": _("本年贷方"), "closing_debit": _("期末借方"), "closing_credit": _("期末贷方"), "amount": _("金额"),
    }  # fmt: skip
    yield NoteLine(
        cells=(pgettext("row", "项目"), *(heads[name] for name in section.columns)), head=True, high=ROW, keep=1
    )
    for row in section.rows:
        yield NoteLine(
            cells=(row.name, *(figure(fen, zero="0.00") for fen in row.amounts_fen)), strong=row.strong, high=ROW
        )


def _draw_page(ink: Ink, notes: Notes, page: NotesPage, number: tuple[int, int]) -> None:
    ink.text((LEFT + RIGHT) / 2, TOP, _("会计报表附注"), 17, BOLD, at=0.5)
    ink.text(RIGHT, TOP, _("第 {n}／{m} 页").format(n=number[0], m=number[1]), SMALL, at=1)
    name = _("编制单位：{name}").format(name=notes.name)
    ink.text(LEFT, TOP - 24, name, shrink(name, ink.measure(), 9.5, WIDE * 0.6, 6))
    ink.text(RIGHT, TOP - 24, _("{date}　单位：元").format(date=date_text(notes.span, True)), 9.5, at=1)
    ink.rule(LEFT, TOP - 30, RIGHT, TOP - 30, 0.8)
    y = TOP - 48
    for place, line in enumerate(page.lines):
        if line.cells:
            last = place + 1 == len(page.lines) or not page.lines[place + 1].cells
            _draw_cells(ink, line, y, last)
        elif line.text:
            if line.heading:
                ink.text(LEFT, y - line.high + 7, line.text, SIZE + 1, BOLD)
            else:
                ink.text(LEFT + INDENT, y - 11, line.text, SIZE)
        y -= line.high
    if number[0] == number[1]:
        each = WIDE / len(signatures())
        for place, text in enumerate(signatures()):
            ink.text(LEFT + place * each, BOTTOM - 26, text, 9.5)


def _edges(columns: int) -> list[float]:
    """Edges of a table's columns: the name takes what the amounts leave."""
    money = min(82.0, (WIDE - 120.0) / max(columns, 1))
    return [LEFT, *(RIGHT - money * (columns - place) for place in range(columns + 1))]


def _draw_cells(ink: Ink, line: NoteLine, y: float, last: bool) -> None:
    edges = _edges(len(line.cells) - 1)
    bottom = y - line.high
    if line.head:
        ink.fill(LEFT, bottom, WIDE, line.high, PALE)
        ink.rule(LEFT, y, RIGHT, y, 0.7)
    name = BOLD if line.head or line.strong else SANS
    for place, (text, left, right) in enumerate(zip(line.cells, edges, edges[1:], strict=False)):
        room = right - left - 6
        if place == 0:
            size, words = fit(text, ink.measure(name), (SMALL + 0.5, SMALL, 7.0), room, 1)
            if words[0].endswith("…"):
                size, words = fit(text, ink.measure(name), (6.2,), room, 2)
            first = y - line.high / 2 - size * 0.36 + (len(words) - 1) * size * 0.5
            ink.lines(left + 3, first, words, size, size * 1.05, name)
        elif line.head:
            ink.text((left + right) / 2, y - line.high / 2 - SMALL * 0.36, text, SMALL, name, at=0.5)
        else:
            size = shrink(text, ink.measure(name), SMALL + 0.5, room, 3)
            ink.text(right - 3, y - line.high / 2 - size * 0.36, text, size, name,
                     RED if text.startswith("−") else BLACK, at=1)  # fmt: skip
    for x in edges:
        ink.rule(x, y, x, bottom, 0.3, GREY)
    ink.rule(LEFT, bottom, RIGHT, bottom, 0.7 if last or line.head else 0.3, BLACK if last or line.head else GREY)
