"""CSV files as people hand them in: UTF-8 with or without BOM, columns in any order, faults told by file and line."""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from villagebooks.core.problem import Problem, Trouble, why
from villagebooks.core.words import _

MOST_TOLD = 200
"""Problems told one by one; what is beyond is counted."""
LONGEST_FIELD = 1000

# also what splits lines for Python but not for CSV, and what turns the direction of writing
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_BOM = b"\xef\xbb\xbf"
_BLOCK = 1 << 19


class Faults:
    """Collects problems: the first two hundred in words, the rest as a number."""

    def __init__(self) -> None:
        self._told: list[Problem] = []
        self._more = 0

    def add(self, text: str, file: str = "", line: int = 0) -> None:
        """A problem at a line of a file (0: the whole file)."""
        if len(self._told) < MOST_TOLD:
            self._told.append(Problem(text, place(file, line)))
        else:
            self._more += 1

    def __bool__(self) -> bool:
        return bool(self._told)

    def all(self) -> tuple[Problem, ...]:
        """What was told, and how many more there are."""
        if not self._more:
            return tuple(self._told)
        return (*self._told, Problem(_("另外还有 {n} 个问题没有列出").format(n=self._more)))


@dataclass(frozen=True, slots=True)
class PlainPiece:
    """Rows that stand on a line each, `line` the first of them; `places` says where the columns stand in a row."""

    line: int
    found: list[list[str]]
    places: tuple[int | None, ...]
    picker: Callable[[list[str]], tuple[str, ...]]

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Line number and cells of every row that is not empty."""
        for at, row in enumerate(self.found, self.line):
            if row[0] or any(row):
                yield at, self.picker([*row, ""])

    def column(self, place: int) -> Sequence[str]:
        """The cells of a column of the table; empty ones for a column that is not there."""
        at = self.places[place]
        return [""] * len(self.found) if at is None else [row[at] for row in self.found]

    def cell(self, row: int, place: int) -> str:
        """One cell of a row; empty where the column is not there."""
        at = self.places[place]
        return "" if at is None else self.found[row][at]

    def columns(self) -> list[Sequence[str] | None]:
        """The cells by column of the table, None for one that is not there."""
        cells = list(zip(*self.found, strict=True))
        return [None if at is None else cells[at] for at in self.places]

    def part(self, start: int, end: int | None = None) -> PlainPiece:
        """Some of the rows."""
        return replace(self, line=self.line + start, found=self.found[start:end])

    def and_then(self, other: PlainPiece) -> PlainPiece:
        """These rows and those that follow them."""
        return replace(self, found=self.found + other.found)


@dataclass(frozen=True, slots=True)
class RowPiece:
    """Rows that are read one by one, to be gone through once."""

    found: Iterator[tuple[int, tuple[str, ...]]]

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Line number and cells of every row that can be read."""
        return self.found


Piece = PlainPiece | RowPiece


def place(file: str, line: int) -> str:
    """Where a problem is, for a person."""
    return _("{file} 第 {line} 行").format(file=file, line=line) if line else file


class TableFile:
    """One CSV file with a header; iterating gives the first line's number and the cells in the order of `columns`.

    `required` columns must be there, `optional` ones read as empty text when they are not. Faulty lines are told and
    left out.
    """

    def __init__(self, path: Path, required: Sequence[str], optional: Sequence[str], faults: Faults) -> None:
        self._path = path
        self._required = tuple(required)
        self._columns = (*required, *optional)
        self._faults = faults
        self._spoiled = self._strange = False
        self.bytes_read = 0
        self._digest = hashlib.sha256()

    @property
    def name(self) -> str:
        """The file's name, as problems call it."""
        return self._path.name

    @property
    def is_there(self) -> bool:
        """Whether there is such a file."""
        return self._path.is_file()

    @property
    def size(self) -> int:
        """Bytes of the file, 0 when it is not there."""
        return self._path.stat().st_size if self._path.is_file() else 0

    @property
    def sha256(self) -> str:
        """Hex digest of the bytes read so far."""
        return self._digest.hexdigest()

    def tell(self, line: int, text: str) -> None:
        """Add a problem of this file."""
        self._faults.add(text, self._path.name, line)

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Line number and cells of every row that can be read; `Trouble` when the file cannot be opened."""
        for piece in self.pieces(plainly=False):
            yield from piece.rows()

    def pieces(self, *, plainly: bool = True) -> Iterator[Piece]:
        """The rows of the file block by block, as `rows` gives them; `Trouble` when the file cannot be opened.

        With `plainly` a block of lines that are a row each, of the right width, comes as a whole; any other row by row,
        and has to be gone through before the next is asked for.
        """
        try:
            if not self._path.is_file():
                self.tell(0, _("没有这个文件"))
                return
            if not self._path.stat().st_size:
                self.tell(0, _("文件是空的"))
                return
            yield from self._pieces(plainly)
        except OSError as error:
            raise Trouble(_("读不出 {file}：{reason}").format(file=self._path.name, reason=why(error))) from error

    def _pieces(self, plainly: bool) -> Iterator[Piece]:
        lines = _Lines(self._blocks())
        places, width = self._header(lines)
        if places is None:
            return
        # a column that is not there reads the empty cell that is put behind each row
        picker = itemgetter(*(width if place is None else place for place in places))
        while block := lines.take():
            found = _plain_rows(block, width) if plainly else None
            if found is not None:
                yield PlainPiece(lines.count - len(block) + 1, found, places, picker)
            else:
                lines.put_back(block)
                yield RowPiece(self._rows(lines, width, picker))

    def _rows(
        self, lines: _Lines, width: int, picker: Callable[[list[str]], tuple[str, ...]]
    ) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Rows up to the one that ends with a block."""
        reader, before = csv.reader(lines, strict=True), lines.count
        while True:
            try:
                for row in reader:
                    at, before = before + 1, lines.count
                    if (len(row) == width or self._fits(row, width, at)) and (row[0] or any(row)):
                        row.append("")
                        yield at, picker(row)
                    if lines.at_end:
                        return
                return
            except csv.Error as error:
                self._tell_csv(before + 1, error)
                before = lines.count
                if lines.at_end:
                    return

    def _header(self, lines: _Lines) -> tuple[tuple[int | None, ...] | None, int]:
        """Where the columns stand in a row, and how many cells it has; None when no header can be used."""
        try:
            for row in csv.reader(lines, strict=True):
                if any(row):
                    return self._places(row, lines.count), len(row)
        except csv.Error as error:
            self._tell_csv(1, error)
            return None, 0
        if not self._spoiled:
            self.tell(0, _("文件是空的"))
        return None, 0

    def _tell_csv(self, line: int, error: csv.Error) -> None:
        self.tell(line, _("这一行不是正确的 CSV：{reason}").format(reason=_csv_reason(str(error))))

    def _blocks(self) -> Iterator[list[str]]:
        """Lines in blocks of some thousand: what is sound is seen to be so in one look, what is not line by line."""
        line = 0
        with self._path.open("rb") as file:
            while raw := file.read(_BLOCK):
                raw += file.readline()
                self._digest.update(raw)
                self.bytes_read += len(raw)
                if not line and raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    self._spoiled = True
                    self.tell(1, _("编码是 UTF-16，请另存为“CSV UTF-8（逗号分隔）”"))
                    return
                lines = _sound_lines(raw if line else raw.removeprefix(_BOM))
                if lines is None:
                    parts = (raw if line else raw.removeprefix(_BOM)).splitlines(keepends=True)
                    lines = [self._mend(line + place, part) for place, part in enumerate(parts, 1)]
                line += len(lines)
                yield lines

    def _mend(self, line: int, raw: bytes) -> str:
        """Tell what is wrong with a line and go on without it, so that the rest of the file is looked at too."""
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            if not self._strange:  # once: a file saved in another encoding has it in every line
                self.tell(line, _("编码不是 UTF-8（可能是 GBK），请另存为“CSV UTF-8（逗号分隔）”"))
            self._strange = True
            text = raw.decode("gb18030", "replace")
        if _CONTROL.search(text):
            what = _("含有空字符（NUL）") if "\0" in text else _("含有看不见的控制字符")
            self.tell(line, what)
            text = _CONTROL.sub("", text)
        if len(text) > LONGEST_FIELD and any(len(cell) > LONGEST_FIELD for cell in text.split(",")):
            self.tell(line, _("有一格太长，超过 {n} 字").format(n=LONGEST_FIELD))
            text = "\n"
        return unicodedata.normalize("NFC", text)

    def _places(self, header: list[str], line: int) -> tuple[int | None, ...] | None:
        names = [name.strip() for name in header]
        missing = [name for name in self._required if name not in names]
        for name in missing:
            self.tell(line, _("缺少列 {name}").format(name=name))
        for name in dict.fromkeys(name for name in names if name in self._columns and names.count(name) > 1):
            self.tell(line, _("列 {name} 出现了两次").format(name=name))
            missing.append(name)
        if missing:
            return None
        return tuple(names.index(name) if name in names else None for name in self._columns)

    def _fits(self, row: list[str], width: int, line: int) -> bool:
        if not any(row):
            return False
        if len(row) > width and not any(row[width:]):
            del row[width:]
            return True
        self.tell(line, _("有 {found} 列，表头是 {width} 列").format(found=len(row), width=width))
        return False


class _Lines:
    """Lines of a file one by one for a reader of rows, or what is left of a block at once; `count` are those given."""

    def __init__(self, blocks: Iterator[list[str]]) -> None:
        self._blocks, self._block, self._at = blocks, list[str](), 0
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at_end:
            self._block, self._at = next(self._blocks), 0
        self._at += 1
        self.count += 1
        return self._block[self._at - 1]

    @property
    def at_end(self) -> bool:
        """Whether the last line given was the last of its block."""
        return self._at >= len(self._block)

    def take(self) -> list[str]:
        """What is left of the block, else the next one; empty at the end of the file."""
        rest = next(self._blocks, []) if self.at_end else self._block[self._at :]
        self._block, self._at = [], 0
        self.count += len(rest)
        return rest

    def put_back(self, block: list[str]) -> None:
        """What was taken is read again."""
        self._block, self._at = block, 0
        self.count -= len(block)


def _plain_rows(block: list[str], width: int) -> list[list[str]] | None:
    """The rows of lines that are a row each, all of this width, else None."""
    try:
        rows = list(csv.reader(block, strict=True))
    except csv.Error:
        return None
    return rows if len(rows) == len(block) and set(map(len, rows)) == {width} else None


def _sound_lines(raw: bytes) -> list[str] | None:
    """The lines of a block in which nothing has to be mended, else None."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(text) or not unicodedata.is_normalized("NFC", text):
        return None
    lines = text.splitlines(keepends=True)
    return lines if max(map(len, lines), default=0) <= LONGEST_FIELD else None


def _csv_reason(text: str) -> str:
    if "field larger" in text:
        return _("有一格太长")
    if "unexpected end" in text or "expected after" in text:
        return _("引号不成对")
    return text
