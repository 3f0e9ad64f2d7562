"""Stationery: the sheets that vouchers are printed on, the kinds of documents, and how far a printer prints beside."""

from __future__ import annotations

from dataclasses import dataclass

from villagebooks.core.words import _

NEEDLE, A5, A4_TWO, A4_THREE = "240x140", "A5", "A4x2", "A4x3"
VOUCHER_SHEETS = (NEEDLE, A5, A4_TWO, A4_THREE)
"""Sheets for vouchers (RULES §7): continuous paper of needle printers, A5 across, two or three to an A4 that is cut."""


def voucher_sheet_names() -> dict[str, str]:
    """The sheets for vouchers as people call them."""
    return {
        NEEDLE: _("240×140 毫米（针式打印机）"), A5: _("A5 横放"), A4_TWO: _("A4 一页两张，裁开"),
        A4_THREE: _("A4 一页三张，裁开"),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """A sheet of paper as it is read: millimetres across and down."""

    wide_mm: int
    high_mm: int

    @property
    def name(self) -> str:
        """240x140: how settings and files name it."""
        return f"{self.wide_mm}x{self.high_mm}"

    @property
    def title(self) -> str:
        """As people call it."""
        return format_titles().get(self, _("{wide}×{high} 毫米").format(wide=self.wide_mm, high=self.high_mm))


def format_titles() -> dict[Format, str]:
    """The sheets that the program prints on."""
    return {
        Format(240, 140): _("240×140 毫米"), Format(210, 148): _("A5 横"), Format(210, 297): _("A4 竖"),
        Format(297, 210): _("A4 横"), Format(297, 420): _("A3 竖"),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offset:
    """How far everything is moved when it is printed, in tenths of a millimetre: right and down are positive."""

    right: int = 0
    down: int = 0

    LIMIT = 200
    STEP = 5

    def __str__(self) -> str:
        return _("向右 {right} 毫米，向下 {down} 毫米").format(right=tenths(self.right), down=tenths(self.down))


def tenths(number: int) -> str:
    """-15 is −1.5."""
    return f"{'−' if number < 0 else ''}{abs(number) // 10}.{abs(number) % 10}"


VOUCHERS, LEDGERS, STATEMENTS, NOTICES, SLIPS, COVERS, REGISTERS, OTHERS = (
    "vouchers", "ledgers", "statements", "notices", "slips", "covers", "registers", "others",
)  # fmt: skip


def document_kinds() -> dict[str, str]:
    """Kinds of documents, each of which remembers its printer."""
    return {
        VOUCHERS: _("记账凭证"), LEDGERS: _("账簿"), STATEMENTS: _("会计报表"), NOTICES: _("公开榜"),
        SLIPS: _("审批单"), COVERS: _("封面和目录"), REGISTERS: _("登记簿"), OTHERS: _("其他"),
    }  # fmt: skip


def read_format(wide_points: float, high_points: float) -> Format:
    """The format of a page whose sides are given in points, to the nearest millimetre."""
    return Format(round(wide_points * 25.4 / 72), round(high_points * 25.4 / 72))
