"""Tables of the road: office, villages, books, papers, vouchers, approvals, journal, balances, disclosure."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

from villagebooks.db.schema.table import num, partial_index, table, txt

office = table(
    "office",
    Column("id", Integer, primary_key=True),
    txt("uid"), txt("township"), txt("code"), txt("name"), txt("made_at"),
    Column("intake_public", LargeBinary, nullable=False),
)  # fmt: skip

setting = table("setting", Column("key", Text, primary_key=True), txt("value"))

village = table("village", Column("code", Text, primary_key=True), txt("name"), txt("successor"))

book = table(
    "book",
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("code", Text, nullable=False, unique=True),
    Column("village", Text, ForeignKey("village.code"), nullable=False),
    txt("name"), txt("kind"), txt("standard"), num("start_year"), num("start_month"),
    txt("predecessor", later=True), txt("stopped", later=True),
)  # fmt: skip

account = table(
    "account",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    Column("code", Text, nullable=False),
    txt("name"), num("level"), txt("parent"), txt("side"), num("leaf"), txt("needs"), txt("unit", later=True),
    txt("stopped_on", later=True), txt("split_on", later=True), txt("split_by", later=True),
    PrimaryKeyConstraint("book", "code"),
    keyed=True,
)  # fmt: skip

party = table(
    "party",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    Column("code", Text, nullable=False),
    txt("name"), txt("kind"),
    PrimaryKeyConstraint("book", "code"),
    keyed=True,
)  # fmt: skip

period = table(
    "period",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    num("year"), num("month"), txt("state"),
    PrimaryKeyConstraint("book", "year", "month"),
    keyed=True,
)  # fmt: skip

person = table(
    "person",
    Column("uid", Text, primary_key=True),
    Column("village", Text, ForeignKey("village.code"), nullable=False),
    txt("household"), txt("name"), txt("sex"), txt("role"), txt("died_on"), txt("sort_key"),
    Column("id_sealed", LargeBinary), Column("id_index", LargeBinary), Column("code_sealed", LargeBinary),
    UniqueConstraint("village", "household", "name"),
)  # fmt: skip

intake = table(
    "intake",
    Column("id", Integer, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

officer = table(
    "officer",
    Column("uid", Text, primary_key=True),
    txt("name"), txt("village"), txt("duty"), txt("since"), txt("until"), txt("reason", later=True),
    txt("former", later=True),
)  # fmt: skip

key_box = table(
    "key_box",
    Column("name", Text, primary_key=True),
    Column("box", LargeBinary, nullable=False),
    Column("signing_public", LargeBinary, nullable=False),
    Column("sealing_public", LargeBinary, nullable=False),
    Column("office_wrap", LargeBinary),
    txt("made_at"), txt("place", later=True),
)  # fmt: skip

key_directory = table(
    "key_directory",
    Column("version", Integer, primary_key=True),
    Column("note", LargeBinary, nullable=False),
    txt("hash"),
)

paper = table(
    "paper",
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    num("year"), num("number"), txt("day"), txt("words"), txt("spending_class"), txt("direction"),
    num("amount_fen"), txt("payee"), txt("paid_how"), txt("handler"), txt("witness"), txt("approvers"),
    txt("bodies"), txt("basis"), txt("heading"), txt("state"), num("reason"), num("rev", 1), txt("digest"),
    txt("policy", later=True),
    UniqueConstraint("book", "year", "number"),
)  # fmt: skip

document = table(
    "document",
    Column("paper", Text, ForeignKey("paper.uid"), nullable=False),
    num("position"), txt("kind"), txt("number"), txt("day"), num("amount_fen"), num("count", 1),
    PrimaryKeyConstraint("paper", "position"),
    keyed=True,
)  # fmt: skip

attachment = table(
    "attachment",
    Column("sha256", Text, primary_key=True),
    num("size"), txt("media"), num("pages", 1), num("checked"),
)  # fmt: skip

document_image = table(
    "document_image",
    Column("paper", Text, nullable=False),
    num("position"), num("ordinal"),
    Column("sha256", Text, ForeignKey("attachment.sha256"), nullable=False),
    PrimaryKeyConstraint("paper", "position", "ordinal"),
    keyed=True,
)  # fmt: skip

paper_voucher = table(
    "paper_voucher",
    Column("paper", Text, ForeignKey("paper.uid"), nullable=False),
    Column("voucher", Text, ForeignKey("voucher.uid"), nullable=False),
    PrimaryKeyConstraint("paper", "voucher"),
    Index("paper_voucher_by_voucher", "voucher"),
    keyed=True,
)

receipt_book = table(
    "receipt_book",
    Column("code", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("first"), txt("last"), txt("issued_on"), txt("issued_to"), num("used_before"),
)  # fmt: skip

receipt = table(
    "receipt",
    Column("receipt_book", Text, ForeignKey("receipt_book.code"), nullable=False),
    Column("number", Text, nullable=False),
    txt("state"), txt("paper"), txt("day"), num("amount_fen"),
    PrimaryKeyConstraint("receipt_book", "number"),
    keyed=True,
)  # fmt: skip

voucher = table(
    "voucher",
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    num("year"), num("month"), txt("word"), num("number"), txt("day"), txt("kind"), txt("state"),
    num("rev", 1), num("attachment_count"), txt("reverses"), txt("prepared_by"), txt("posted_by"),
    txt("posted_at"), txt("digest"), txt("policy", later=True), txt("corrects", later=True),
    UniqueConstraint("book", "year", "month", "word", "number"),
    Index("voucher_day", "day", "id"),
    Index("voucher_book_day", "book", "day", "id"),
)  # fmt: skip
partial_index("voucher_reverses", voucher.c.reverses, where="reverses != '' AND state != 'void'", unique=True)
partial_index("voucher_corrects", voucher.c.corrects, where="corrects != ''")
WAITING = "state IN ('draft', 'submitted')"
"""The condition of the index of vouchers that wait for a signature: a query says it in the same words to use it."""
partial_index("voucher_waiting", voucher.c.book, where=WAITING)

voucher_line = table(
    "voucher_line",
    Column("voucher", Integer, ForeignKey("voucher.id"), nullable=False),
    num("line"),
    Column("book", Integer, nullable=False),
    txt("day"), txt("account"), txt("summary"), num("debit_fen"), num("credit_fen"),
    txt("party"), txt("project"), txt("contract"), txt("bank"), num("quantity", later=True),
    PrimaryKeyConstraint("voucher", "line"),
    Index("voucher_line_register", "book", "account", "day", "voucher", "line", "debit_fen", "credit_fen"),
    keyed=True,
)  # fmt: skip

signed_body = table(
    "signed_body",
    Column("object_uid", Text, nullable=False),
    num("rev"),
    Column("body", LargeBinary, nullable=False),
    txt("digest"),
    PrimaryKeyConstraint("object_uid", "rev"),
)

approval = table(
    "approval",
    Column("id", Integer, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("about"), txt("object_uid"), num("rev"), txt("step"), txt("name"), txt("signer"),
    txt("decision"), txt("mode"), txt("at"),
    Column("note", LargeBinary, nullable=False),
    txt("digest"),
    Index("approval_of", "object_uid", "rev"),
)  # fmt: skip

chain = table(
    "chain",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id")),
    num("seq"), txt("head"),
)  # fmt: skip

journal = table(
    "journal",
    Column("chain", Text, ForeignKey("chain.uid"), nullable=False),
    num("seq"), txt("at"), txt("actor"), txt("kind"), txt("ref"), txt("digest"),
    Column("entry", LargeBinary, nullable=False),
    txt("head"),
    PrimaryKeyConstraint("chain", "seq"),
    Index("journal_ref", "ref", "seq"),
    keyed=True,
)  # fmt: skip

journal_before = table(
    "journal_before",
    Column("chain", Text, nullable=False),
    num("seq"),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("chain", "seq"),
    keyed=True,
)  # fmt: skip

balance = table(
    "balance",
    num("year"),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    txt("account"), txt("party"), txt("project"), txt("contract"), txt("bank"), num("month"),
    num("debit_fen"), num("credit_fen"),
    num("closing_debit_fen"), num("closing_credit_fen"), num("prior_debit_fen"), num("prior_credit_fen"),
    PrimaryKeyConstraint("year", "book", "account", "party", "project", "contract", "bank", "month"),
    keyed=True,
)  # fmt: skip

account_balance = table(
    "account_balance",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    num("year"), txt("account"), num("month"),
    num("debit_fen"), num("credit_fen"),
    num("closing_debit_fen"), num("closing_credit_fen"), num("prior_debit_fen"), num("prior_credit_fen"),
    num("before_debit_fen"), num("before_credit_fen"), num("side_fen"),
    PrimaryKeyConstraint("book", "year", "account", "month"),
    keyed=True,
)  # fmt: skip

disclosure = table(
    "disclosure",
    Column("uid", Text, primary_key=True),
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    num("seq"), num("year"), num("month"),
    Column("sheet", LargeBinary, nullable=False),
    Column("anchor", LargeBinary, nullable=False),
    txt("anchor_hash"), txt("code"), txt("previous_code"), txt("put_up"), txt("stay_until"),
    UniqueConstraint("book", "seq"),
)  # fmt: skip

credential = table(
    "credential",
    Column("person", Text, ForeignKey("person.uid"), nullable=False),
    num("class"),
    Column("sealed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("person", "class"),
)

query_export = table(
    "query_export",
    Column("book", Integer, ForeignKey("book.id"), nullable=False),
    num("seq"), txt("file"), txt("made_at"), txt("sha256"),
    PrimaryKeyConstraint("book", "seq"),
)  # fmt: skip

imported_file = table("imported_file", Column("sha256", Text, primary_key=True), txt("name"), txt("at"))
