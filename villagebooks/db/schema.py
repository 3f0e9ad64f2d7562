"""The tables of the books: one schema for SQLite and PostgreSQL, made by the migrations beside it.

Conventions: `*_fen` are BIGINT fen; days are ISO text `YYYY-MM-DD`, moments ISO text with offset; booleans are 0 or 1;
digests are hex SHA-256. `voucher_line` repeats book and day of its voucher: a register is one range of one index.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.schema import SchemaItem

metadata = MetaData()

VERSION = "0001"
"""The newest migration this program knows; books of a newer version are refused."""

_big = BigInteger().with_variant(Integer(), "sqlite")


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _int(name: str, default: int = 0) -> Column[int]:
    return Column(name, _big, nullable=False, server_default=str(default))


def _table(name: str, *parts: SchemaItem, keyed: bool = False) -> Table:
    """A STRICT table; `keyed` ones are stored in the order of their primary key."""
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_with_rowid=not keyed)


office = _table(
    "office",
    Column("id", Integer, primary_key=True),
    _text("uid"), _text("township"), _text("code"), _text("name"), _text("made_at"),
    Column("intake_public", LargeBinary, nullable=False),
)  # fmt: skip

setting = _table("setting", Column("key", Text, primary_key=True), _text("value"))

village = _table("village", Column("code", Text, primary_key=True), _text("name"), _text("successor"))

book = _table(
    "book",
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("code", Text, nullable=False, unique=True),
    Column("village", Text, ForeignKey("village.code"), nullable=False),
    _text("name"), _text("kind"), _text("standard"), _int("start_year"), _int("start_month"),
)  # fmt: skip

account = _table(
    "account",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    Column("code", Text, nullable=False),
    _text("name"), _int("level"), _text("parent"), _text("side"), _int("leaf"), _text("needs"),
    PrimaryKeyConstraint("book", "code"),
    keyed=True,
)  # fmt: skip

party = _table(
    "party",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    Column("code", Text, nullable=False),
    _text("name"), _text("kind"),
    PrimaryKeyConstraint("book", "code"),
    keyed=True,
)  # fmt: skip

period = _table(
    "period",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    _int("year"), _int("month"), _text("state"),
    PrimaryKeyConstraint("book", "year", "month"),
    keyed=True,
)  # fmt: skip

person = _table(
    "person",
    Column("uid", Text, primary_key=True),
    Column("village", Text, ForeignKey("village.code"), nullable=False),
    _text("household"), _text("name"), _text("sex"), _text("role"), _text("died_on"), _text("sort_key"),
    Column("id_sealed", LargeBinary), Column("id_index", LargeBinary), Column("code_sealed", LargeBinary),
    UniqueConstraint("village", "household", "name"),
)  # fmt: skip

intake = _table(
    "intake",
    Column("id", Integer, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

officer = _table(
    "officer",
    Column("uid", Text, primary_key=True),
    _text("name"), _text("village"), _text("duty"), _text("since"), _text("until"),
)  # fmt: skip

key_box = _table(
    "key_box",
    Column("name", Text, primary_key=True),
    Column("box", LargeBinary, nullable=False),
    Column("signing_public", LargeBinary, nullable=False),
    Column("sealing_public", LargeBinary, nullable=False),
    Column("office_wrap", LargeBinary),
    _text("made_at"),
)

key_directory = _table(
    "key_directory",
    Column("version", Integer, primary_key=True),
    Column("note", LargeBinary, nullable=False),
    _text("hash"),
)

paper = _table(
    "paper",
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    _int("year"), _int("number"), _text("day"), _text("words"), _text("spending_class"), _text("direction"),
    _int("amount_fen"), _text("payee"), _text("paid_how"), _text("handler"), _text("witness"), _text("approvers"),
    _text("bodies"), _text("basis"), _text("heading"), _text("state"), _int("reason"), _int("rev", 1), _text("digest"),
    UniqueConstraint("book", "year", "number"),
)  # fmt: skip

document = _table(
    "document",
    Column("paper", Text, ForeignKey("paper.uid"), nullable=False),
    _int("position"), _text("kind"), _text("number"), _text("day"), _int("amount_fen"), _int("count", 1),
    PrimaryKeyConstraint("paper", "position"),
    keyed=True,
)  # fmt: skip

attachment = _table(
    "attachment",
    Column("sha256", Text, primary_key=True),
    _int("size"), _text("media"), _int("pages", 1), _int("checked"),
)  # fmt: skip

document_image = _table(
    "document_image",
    Column("paper", Text, nullable=False),
    _int("position"), _int("ordinal"),
    Column("sha256", Text, ForeignKey("attachment.sha256"), nullable=False),
    PrimaryKeyConstraint("paper", "position", "ordinal"),
    keyed=True,
)  # fmt: skip

paper_voucher = _table(
    "paper_voucher",
    Column("paper", Text, ForeignKey("paper.uid"), nullable=False),
    Column("voucher", Text, ForeignKey("voucher.uid"), nullable=False),
    PrimaryKeyConstraint("paper", "voucher"),
    Index("paper_voucher_by_voucher", "voucher"),
    keyed=True,
)

receipt_book = _table(
    "receipt_book",
    Column("code", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    _text("first"), _text("last"), _text("issued_on"), _text("issued_to"), _int("used_before"),
)  # fmt: skip

receipt = _table(
    "receipt",
    Column("receipt_book", Text, ForeignKey("receipt_book.code"), nullable=False),
    Column("number", Text, nullable=False),
    _text("state"), _text("paper"), _text("day"), _int("amount_fen"),
    PrimaryKeyConstraint("receipt_book", "number"),
    keyed=True,
)  # fmt: skip

voucher = _table(
    "voucher",
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    _int("year"), _int("month"), _text("word"), _int("number"), _text("day"), _text("kind"), _text("state"),
    _int("rev", 1), _int("attachment_count"), _text("reverses"), _text("prepared_by"), _text("posted_by"),
    _text("posted_at"), _text("digest"),
    UniqueConstraint("book", "year", "month", "word", "number"),
)  # fmt: skip
_REVERSED = "reverses != '' AND state != 'void'"
Index("voucher_reverses", voucher.c.reverses, unique=True, sqlite_where=text(_REVERSED),
      postgresql_where=text(_REVERSED))  # fmt: skip

voucher_line = _table(
    "voucher_line",
    Column("voucher", Integer, ForeignKey("voucher.id"), nullable=False),
    _int("line"),
    Column("book", Integer, nullable=False),
    _text("day"), _text("account"), _text("summary"), _int("debit_fen"), _int("credit_fen"),
    _text("party"), _text("project"), _text("contract"), _text("bank"),
    PrimaryKeyConstraint("voucher", "line"),
    Index("voucher_line_register", "book", "account", "day", "voucher", "line", "debit_fen", "credit_fen"),
    keyed=True,
)  # fmt: skip

signed_body = _table(
    "signed_body",
    Column("object_uid", Text, nullable=False),
    _int("rev"),
    Column("body", LargeBinary, nullable=False),
    _text("digest"),
    PrimaryKeyConstraint("object_uid", "rev"),
)

approval = _table(
    "approval",
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    _text("about"), _text("object_uid"), _int("rev"), _text("step"), _text("name"), _text("signer"),
    _text("decision"), _text("mode"), _text("at"),
    Column("note", LargeBinary, nullable=False),
    _text("digest"),
    Index("approval_of", "object_uid", "rev"),
)  # fmt: skip

chain = _table(
    "chain",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id")),
    _int("seq"), _text("head"),
)  # fmt: skip

journal = _table(
    "journal",
    Column("chain", Text, ForeignKey("chain.uid"), nullable=False),
    _int("seq"), _text("at"), _text("actor"), _text("kind"), _text("ref"), _text("digest"),
    Column("entry", LargeBinary, nullable=False),
    _text("head"),
    PrimaryKeyConstraint("chain", "seq"),
    Index("journal_ref", "ref", "seq"),
    keyed=True,
)  # fmt: skip

balance = _table(
    "balance",
    _int("year"),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    _text("account"), _text("party"), _text("project"), _text("contract"), _text("bank"), _int("month"),
    _int("debit_fen"), _int("credit_fen"),
    _int("closing_debit_fen"), _int("closing_credit_fen"), _int("prior_debit_fen"), _int("prior_credit_fen"),
    PrimaryKeyConstraint("year", "book", "account", "party", "project", "contract", "bank", "month"),
    keyed=True,
)  # fmt: skip

disclosure = _table(
    "disclosure",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    _int("seq"), _int("year"), _int("month"),
    Column("sheet", LargeBinary, nullable=False),
    Column("anchor", LargeBinary, nullable=False),
    _text("anchor_hash"), _text("code"), _text("previous_code"), _text("put_up"), _text("stay_until"),
    UniqueConstraint("book", "seq"),
)  # fmt: skip

credential = _table(
    "credential",
    Column("person", Text, ForeignKey("person.uid"), nullable=False),
    _int("class"),
    Column("sealed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("person", "class"),
)

query_export = _table(
    "query_export",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    _int("seq"), _text("file"), _text("made_at"), _text("sha256"),
    PrimaryKeyConstraint("book", "seq"),
)  # fmt: skip

imported_file = _table("imported_file", Column("sha256", Text, primary_key=True), _text("name"), _text("at"))
