"""Triggers that make posting final: no SQL through the program changes what is posted, signed or journalled.

Source: 财会〔2024〕12号 art. 21 (posted vouchers are never changed, deleted or inserted into). A migration that
rebuilds a table drops its triggers, so `make_guards` runs after every migration.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger of one table: before `act`, when `when` holds, refuse with `sentence`."""

    name: str
    table: str
    act: str
    when: str
    sentence: str


_FINAL = "已记账或已作废的凭证不能修改或删除，只能用红字冲销"
_LINE_FINAL = "已记账或已作废凭证的分录不能增加、修改或删除"
_STATE = "(SELECT state FROM voucher WHERE id = {row}.voucher) IN ('posted', 'void')"
_PAPER_BOOKED = "(SELECT state FROM paper WHERE uid = {row}.paper) = 'booked'"
_VOUCHER_POSTED = "(SELECT state FROM voucher WHERE uid = {row}.voucher) = 'posted'"
_MONTH_CLOSED = (
    "EXISTS (SELECT 1 FROM period p WHERE p.book = NEW.book AND p.state <> 'open' "
    "AND (p.year, p.month) >= (NEW.year, NEW.month))"
)
_CLOSED = "这个月已结账，不能再记凭证"

GUARDS = (
    Guard("voucher_update", "voucher", "UPDATE", "OLD.state IN ('posted', 'void')", _FINAL),
    Guard("voucher_number", "voucher", "UPDATE",
          "(OLD.book, OLD.year, OLD.month, OLD.word, OLD.number, OLD.uid) "
          "<> (NEW.book, NEW.year, NEW.month, NEW.word, NEW.number, NEW.uid)", "凭证号一经给出不能改"),
    Guard("voucher_post", "voucher", "UPDATE", "NEW.state = 'posted' AND OLD.state <> 'approved'",
          "没有签完字的凭证不能记账"),
    Guard("voucher_delete", "voucher", "DELETE", "1 = 1", "凭证不能删除，只能作废或红字冲销"),
    Guard("voucher_insert", "voucher", "INSERT", "NEW.state IN ('posted', 'void')", "凭证不能直接以已记账的样子写入"),
    Guard("voucher_insert_closed", "voucher", "INSERT", _MONTH_CLOSED, _CLOSED),
    Guard("voucher_post_closed", "voucher", "UPDATE", "NEW.state = 'posted' AND " + _MONTH_CLOSED, _CLOSED),
    Guard("period_update", "period", "UPDATE", "OLD.state = 'locked'", "已锁定的年度不能再打开"),
    Guard("period_delete", "period", "DELETE", "1 = 1", "结账记录不能删除"),
    Guard("line_insert", "voucher_line", "INSERT", _STATE.format(row="NEW"), _LINE_FINAL),
    Guard("line_update", "voucher_line", "UPDATE", _STATE.format(row="OLD") + " OR " + _STATE.format(row="NEW"),
          _LINE_FINAL),
    Guard("line_delete", "voucher_line", "DELETE", _STATE.format(row="OLD"), _LINE_FINAL),
    Guard("line_place", "voucher_line", "INSERT",
          "(NEW.book, NEW.day) <> (SELECT book, day FROM voucher WHERE id = NEW.voucher)",
          "分录的账套或日期与凭证不符"),
    Guard("journal_update", "journal", "UPDATE", "1 = 1", "操作日志不能修改"),
    Guard("journal_delete", "journal", "DELETE", "1 = 1", "操作日志不能删除"),
    Guard("approval_update", "approval", "UPDATE", "1 = 1", "签字不能修改"),
    Guard("approval_delete", "approval", "DELETE", "1 = 1", "签字不能删除"),
    Guard("body_update", "signed_body", "UPDATE", "1 = 1", "签过的原文不能修改"),
    Guard("body_delete", "signed_body", "DELETE", "1 = 1", "签过的原文不能删除"),
    Guard("paper_update", "paper", "UPDATE", "OLD.state = 'booked'", "已入账的报账单不能修改"),
    Guard("paper_delete", "paper", "DELETE", "1 = 1", "报账单不能删除"),
    Guard("document_insert", "document", "INSERT", _PAPER_BOOKED.format(row="NEW"), "已入账报账单的单据不能增加"),
    Guard("document_update", "document", "UPDATE", _PAPER_BOOKED.format(row="OLD"), "已入账报账单的单据不能修改"),
    Guard("document_delete", "document", "DELETE", _PAPER_BOOKED.format(row="OLD"), "已入账报账单的单据不能删除"),
    Guard("image_insert", "document_image", "INSERT", _PAPER_BOOKED.format(row="NEW"), "已入账报账单的图片不能增加"),
    Guard("image_update", "document_image", "UPDATE", _PAPER_BOOKED.format(row="OLD"), "已入账报账单的图片不能修改"),
    Guard("image_delete", "document_image", "DELETE", _PAPER_BOOKED.format(row="OLD"), "已入账报账单的图片不能删除"),
    Guard("paper_voucher_update", "paper_voucher", "UPDATE", "1 = 1", "凭证与报账单的联系不能修改"),
    Guard("paper_voucher_delete", "paper_voucher", "DELETE", _VOUCHER_POSTED.format(row="OLD"),
          "已记账凭证与报账单的联系不能删除"),
    Guard("receipt_delete", "receipt", "DELETE", "1 = 1", "收据号不能删除"),
    Guard("disclosure_update", "disclosure", "UPDATE", "1 = 1", "已张榜的公开榜不能修改"),
    Guard("disclosure_delete", "disclosure", "DELETE", "1 = 1", "已张榜的公开榜不能删除"),
    Guard("directory_update", "key_directory", "UPDATE", "1 = 1", "密钥目录不能修改，只能出新的一版"),
    Guard("directory_delete", "key_directory", "DELETE", "1 = 1", "密钥目录不能删除"),
)  # fmt: skip


def make_guards(connection: Connection) -> None:
    """(Re)create every guard."""
    for guard in GUARDS:
        connection.execute(text(f"DROP TRIGGER IF EXISTS guard_{guard.name}"))
        connection.execute(
            text(
                f"CREATE TRIGGER guard_{guard.name} BEFORE {guard.act} ON {guard.table} WHEN {guard.when} "
                f"BEGIN SELECT raise(ABORT, '{guard.sentence}'); END"
            )
        )


def drop_guards(connection: Connection) -> None:
    """Take the guards off, as anybody with the file and a tool could; for migrations and sabotage tests only."""
    for guard in GUARDS:
        connection.execute(text(f"DROP TRIGGER IF EXISTS guard_{guard.name}"))


def missing_guards(connection: Connection) -> list[str]:
    """Names of guards that are not in the database."""
    present = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())
    return [guard.name for guard in GUARDS if f"guard_{guard.name}" not in present]
