"""Printers of this PC: which one each kind of document goes to, how far each is off, and the paper for vouchers.

All of it is kept on this PC, like the theme: another PC has other printers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote

from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from villagebooks.core.stationery import A5, VOUCHER_SHEETS, Format, Offset, document_kinds, format_titles
from villagebooks.core.words import _

VOUCHER_SHEET = "printing/voucher_sheet"


def make_printer(name: str) -> QPrinter:
    """The system's printer of that name, in its full resolution."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    return printer


class Printers:
    """What this PC keeps of its printers. Without `kept` it is forgotten when the program ends."""

    def __init__(
        self,
        kept: QSettings | None,
        names: Callable[[], Sequence[str]] = QPrinterInfo.availablePrinterNames,
        usual: Callable[[], str] = QPrinterInfo.defaultPrinterName,
        make: Callable[[str], QPrinter] = make_printer,
    ) -> None:
        self._kept, self._names, self._usual = kept, names, usual
        self._own: dict[str, str] = {}
        self.make = make

    def names(self) -> tuple[str, ...]:
        """Printers that the system has."""
        return tuple(self._names())

    def choose(self, kind: str) -> tuple[str, str]:
        """The printer for a kind of document, and a sentence when the one that was used last is gone."""
        names, last = self.names(), self._get(f"printing/printer/{kind}")
        usual = self._usual()
        usual = usual if usual in names else (names[0] if names else "")
        if not last or last in names:
            return last or usual, ""
        what = document_kinds().get(kind, "")
        if not usual:
            return "", _("上次打印{what}用的打印机“{name}”找不到了").format(what=what, name=last)
        text = _("上次打印{what}用的打印机“{name}”找不到了，先用“{usual}”；接好了再选回去")
        return usual, text.format(what=what, name=last, usual=usual)

    def last(self, kind: str) -> str:
        """The printer that a kind was printed on last, there or not."""
        return self._get(f"printing/printer/{kind}")

    def remember(self, kind: str, name: str, *, duplex: bool | None = None) -> None:
        """The next document of the kind opens with this printer, and on both sides or one."""
        self._put(f"printing/printer/{kind}", name)
        if duplex is not None:
            self._put(f"printing/duplex/{kind}", "yes" if duplex else "")

    def duplex(self, kind: str) -> bool:
        """Whether the kind was printed on both sides last."""
        return self._get(f"printing/duplex/{kind}") == "yes"

    def offset(self, name: str, paper: Format) -> Offset:
        """How far a printer's ink is to be moved on a paper."""
        right, _comma, down = self._get(_offset_key(name, paper)).partition(",")
        return Offset(_whole(right), _whole(down))

    def offsets(self, name: str) -> dict[Format, Offset]:
        """Every paper on which the printer's ink is moved."""
        found = {paper: self.offset(name, paper) for paper in format_titles()}
        return {paper: offset for paper, offset in found.items() if offset != Offset()}

    def put_offset(self, name: str, paper: Format, offset: Offset) -> None:
        """Keep how far a printer's ink is to be moved on a paper."""
        self._put(_offset_key(name, paper), f"{offset.right},{offset.down}")

    @property
    def voucher_sheet(self) -> str:
        """The sheet for vouchers."""
        found = self._get(VOUCHER_SHEET)
        return found if found in VOUCHER_SHEETS else A5

    @voucher_sheet.setter
    def voucher_sheet(self, sheet: str) -> None:
        self._put(VOUCHER_SHEET, sheet)

    def _get(self, key: str) -> str:
        if self._kept is None:
            return self._own.get(key, "")
        return str(self._kept.value(key, "") or "")

    def _put(self, key: str, value: str) -> None:
        if self._kept is None:
            self._own[key] = value
        else:
            self._kept.setValue(key, value)


def _offset_key(name: str, paper: Format) -> str:
    # a slash or backslash of a network printer would be a group of the settings
    return f"printing/offset/{quote(name, safe='')}/{paper.name}"


def _whole(text: str) -> int:
    try:
        return max(-Offset.LIMIT, min(Offset.LIMIT, int(text)))
    except ValueError:
        return 0
