"""The books complete: charts that change, budgets, schedules, reconciliations, migrations to the new standard.

One section a subject; while it is being built, sections are added here, afterwards nothing in it changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make what came after the first schema; written out, so that a later change of `db/schema` changes no history."""
    _quantities()
    _make_cashier_tables()
    _make_statement_tables()
    _make_succession()
    _make_account_balance()
    _vouchers()
    _charts()


def _make_cashier_tables() -> None:
    """Bank statements, what was matched, reconciliations, cash counts, hand-overs."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "bank_statement",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("first_day", sa.Text(), server_default="", nullable=False),
        sa.Column("until", sa.Text(), server_default="", nullable=False),
        sa.Column("opening_fen", big, server_default="0", nullable=False),
        sa.Column("closing_fen", big, server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("imported_by", sa.Text(), server_default="", nullable=False),
        sa.Column("imported_at", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(
        "bank_statement_once", "bank_statement", ["sha256"], unique=True,
        sqlite_where=sa.text("state = 'kept' AND sha256 != ''"),
        postgresql_where=sa.text("state = 'kept' AND sha256 != ''"),
    )  # fmt: skip
    op.create_table(
        "bank_line",
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("position", big, server_default="0", nullable=False),
        sa.Column("side", sa.Text(), server_default="", nullable=False),
        sa.Column("day", sa.Text(), server_default="", nullable=False),
        sa.Column("summary", sa.Text(), server_default="", nullable=False),
        sa.Column("counterparty", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("amount_fen", big, server_default="0", nullable=False),
        sa.Column("balance_fen", big, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["statement"], ["bank_statement.uid"]),
        sa.PrimaryKeyConstraint("statement", "position"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "bank_match",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("how", sa.Text(), server_default="", nullable=False),
        sa.Column("confidence", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("made_by", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "bank_match_item",
        sa.Column("side", sa.Text(), server_default="", nullable=False),
        sa.Column("object", sa.Text(), server_default="", nullable=False),
        sa.Column("position", big, server_default="0", nullable=False),
        sa.Column("match_uid", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), server_default="", nullable=False),
        sa.Column("amount_fen", big, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["match_uid"], ["bank_match.uid"]),
        sa.PrimaryKeyConstraint("side", "object", "position"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("bank_match_item_of", "bank_match_item", ["match_uid"], unique=False)
    op.create_table(
        "reconciliation",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), server_default="", nullable=False),
        sa.Column("year", big, server_default="0", nullable=False),
        sa.Column("month", big, server_default="0", nullable=False),
        sa.Column("until", sa.Text(), server_default="", nullable=False),
        sa.Column("book_fen", big, server_default="0", nullable=False),
        sa.Column("bank_fen", big, server_default="0", nullable=False),
        sa.Column("adjusted_fen", big, server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("prepared_by", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed_by", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed_at", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(
        "reconciliation_once", "reconciliation", ["book", "account", "year", "month"], unique=True,
        sqlite_where=sa.text("state = 'confirmed'"), postgresql_where=sa.text("state = 'confirmed'"),
    )  # fmt: skip
    op.create_table(
        "cash_count",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), server_default="", nullable=False),
        sa.Column("year", big, server_default="0", nullable=False),
        sa.Column("month", big, server_default="0", nullable=False),
        sa.Column("day", sa.Text(), server_default="", nullable=False),
        sa.Column("pieces", sa.Text(), server_default="", nullable=False),
        sa.Column("counted_fen", big, server_default="0", nullable=False),
        sa.Column("book_fen", big, server_default="0", nullable=False),
        sa.Column("unbooked_in_fen", big, server_default="0", nullable=False),
        sa.Column("unbooked_out_fen", big, server_default="0", nullable=False),
        sa.Column("holder", sa.Text(), server_default="", nullable=False),
        sa.Column("counted_by", sa.Text(), server_default="", nullable=False),
        sa.Column("watched_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "hand_over",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), server_default="", nullable=False),
        sa.Column("giver", sa.Text(), server_default="", nullable=False),
        sa.Column("receiver", sa.Text(), server_default="", nullable=False),
        sa.Column("watcher", sa.Text(), server_default="", nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "hand_over_item",
        sa.Column("hand_over", sa.Text(), nullable=False),
        sa.Column("position", big, server_default="0", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("count", big, server_default="0", nullable=False),
        sa.Column("book_fen", big, server_default="0", nullable=False),
        sa.Column("found_fen", big, server_default="0", nullable=False),
        sa.Column("settled_on", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["hand_over"], ["hand_over.uid"]),
        sa.PrimaryKeyConstraint("hand_over", "position"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


# --- Succession: dated names, migration to the 2023 standard, merged villages ---


def _make_succession() -> None:
    for name in ("predecessor", "stopped"):
        op.add_column("book", _txt(name))
    op.create_table(
        "name_term",
        sa.Column("uid", sa.Text(), nullable=False),
        _txt("about"), _txt("key"), _txt("since"), _txt("name"), _txt("code"), _txt("basis"),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("about", "key", "since"),
        sqlite_strict=True, sqlite_with_rowid=True,
    )  # fmt: skip
    op.create_table(
        "migration",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), sa.ForeignKey("book.id"), nullable=False),
        _num("year"), _txt("state"), _txt("code"), _txt("name"), _txt("template"), _txt("made_by"), _txt("made_at"),
        _txt("finished_at"), _txt("new_book"), _txt("opening"),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True, sqlite_with_rowid=True,
    )  # fmt: skip
    op.create_index("migration_of", "migration", ["book"])
    op.create_table(
        "migration_account",
        sa.Column("migration", sa.Text(), sa.ForeignKey("migration.uid"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        _txt("name"), _txt("side"), _txt("needs"), _txt("unit"),
        sa.PrimaryKeyConstraint("migration", "code"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "migration_line",
        sa.Column("migration", sa.Text(), sa.ForeignKey("migration.uid"), nullable=False),
        _num("line"), _txt("account"), _txt("party"), _txt("project"), _txt("contract"), _txt("bank"),
        _num("balance_fen"), _num("quantity"),
        sa.PrimaryKeyConstraint("migration", "line"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "migration_decision",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("migration", sa.Text(), sa.ForeignKey("migration.uid"), nullable=False),
        _num("line"), _num("seq"), _txt("at"), _txt("person"), _txt("reason"),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("migration", "line", "seq"),
        sqlite_strict=True, sqlite_with_rowid=True,
    )  # fmt: skip
    op.create_table(
        "migration_part",
        sa.Column("decision", sa.Text(), sa.ForeignKey("migration_decision.uid"), nullable=False),
        _num("part"), _txt("account"), _num("amount_fen"), _num("quantity"),
        sa.PrimaryKeyConstraint("decision", "part"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "merger",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("source", sa.Integer(), sa.ForeignKey("book.id"), nullable=False),
        sa.Column("target", sa.Integer(), sa.ForeignKey("book.id"), nullable=False),
        _txt("day"), _txt("former"), _txt("basis"), _txt("state"), _txt("voucher_out"), _txt("voucher_in"),
        _txt("made_by"), _txt("made_at"), _txt("finished_at"),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True, sqlite_with_rowid=True,
    )  # fmt: skip
    op.create_index("merger_of", "merger", ["source"])


# --- Speed: balances summed over their dimensions ---


def _make_account_balance() -> None:
    op.create_table(
        "account_balance",
        sa.Column("book", sa.Integer(), sa.ForeignKey("book.id"), nullable=False),
        _num("year"), _txt("account"), _num("month"), _num("debit_fen"), _num("credit_fen"),
        _num("closing_debit_fen"), _num("closing_credit_fen"), _num("prior_debit_fen"), _num("prior_credit_fen"),
        _num("before_debit_fen"), _num("before_credit_fen"), _num("side_fen"),
        sa.PrimaryKeyConstraint("book", "year", "account", "month"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    op.execute(_SUM_BALANCES)
    waiting = sa.text("state IN ('draft', 'submitted')")
    op.create_index("voucher_waiting", "voucher", ["book"], sqlite_where=waiting, postgresql_where=waiting)


_SUM_BALANCES = """INSERT INTO account_balance (book, year, account, month, debit_fen, credit_fen, closing_debit_fen,
  closing_credit_fen, prior_debit_fen, prior_credit_fen, before_debit_fen, before_credit_fen, side_fen)
SELECT book, year, account, month, SUM(debit_fen), SUM(credit_fen), SUM(closing_debit_fen), SUM(closing_credit_fen),
  SUM(prior_debit_fen), SUM(prior_credit_fen), SUM(before_debit_fen), SUM(before_credit_fen), SUM(side_fen) FROM (
  SELECT book, year, account, month, debit_fen, credit_fen, closing_debit_fen, closing_credit_fen, prior_debit_fen,
    prior_credit_fen, 0 AS before_debit_fen, 0 AS before_credit_fen,
    (CASE WHEN net > 0 THEN net ELSE 0 END) - (CASE WHEN net > moved THEN net - moved ELSE 0 END) AS side_fen
  FROM (
    SELECT year, book, account, party, month, SUM(debit_fen) AS debit_fen, SUM(credit_fen) AS credit_fen,
      SUM(closing_debit_fen) AS closing_debit_fen, SUM(closing_credit_fen) AS closing_credit_fen,
      SUM(prior_debit_fen) AS prior_debit_fen, SUM(prior_credit_fen) AS prior_credit_fen,
      SUM(debit_fen - credit_fen) AS moved,
      SUM(SUM(debit_fen - credit_fen)) OVER (PARTITION BY year, book, account, party ORDER BY month) AS net
    FROM balance GROUP BY year, book, account, party, month
  ) AS detail
  UNION ALL
  SELECT kept.book, kept.year, moved.account, 0, 0, 0, 0, 0, 0, 0, moved.debit_fen, moved.credit_fen, 0
  FROM (SELECT DISTINCT year, book FROM balance) AS kept
  JOIN (
    SELECT year, book, account, SUM(debit_fen) AS debit_fen, SUM(credit_fen) AS credit_fen
    FROM balance WHERE month > 0 GROUP BY year, book, account
  ) AS moved ON moved.book = kept.book AND moved.year < kept.year
) AS both_parts GROUP BY book, year, account, month"""


def _txt(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _num(name: str, default: int = 0) -> sa.Column[int]:
    return sa.Column(
        name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), server_default=str(default), nullable=False
    )


def _quantities() -> None:
    """数量金额: how much a line moves, and in which unit its account counts."""
    op.add_column("voucher_line", sa.Column("quantity", big, server_default="0", nullable=False))
    op.add_column("account", sa.Column("unit", sa.Text(), server_default="", nullable=False))


def _make_statement_tables() -> None:
    """Layouts of statements that a township made, and the texts of a year's notes."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "statement_layout",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), server_default="", nullable=False),
        sa.Column("standard", sa.Text(), server_default="", nullable=False),
        sa.Column("version", big, server_default="0", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("form", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("since", sa.Text(), server_default="", nullable=False),
        sa.Column("turn", big, server_default="0", nullable=False),
        sa.Column("official", big, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("report", "standard", "version"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "statement_line",
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("position", big, server_default="0", nullable=False),
        sa.Column("line_no", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("formula", sa.Text(), server_default="", nullable=False),
        sa.Column("show", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["layout"], ["statement_layout.uid"]),
        sa.PrimaryKeyConstraint("layout", "position"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "note_text",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("year", big, server_default="0", nullable=False),
        sa.Column("topic", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("book", "year", "topic"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )


def _text(name: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str, default: int = 0) -> "sa.Column[int]":
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, big, server_default=str(default), nullable=False)


# vouchers: corrections, remarks, templates, schedules -----------------------------------------------------------------


def _vouchers() -> None:
    op.add_column("voucher", _text("corrects"))
    where = sa.text("corrects != ''")
    op.create_index("voucher_corrects", "voucher", ["corrects"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "voucher_remark",
        sa.Column("voucher", sa.Text(), sa.ForeignKey("voucher.uid"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        _text("words"), _text("person"), _text("at"),
        sa.PrimaryKeyConstraint("voucher", "kind"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "template",
        sa.Column("uid", sa.Text(), nullable=False),
        _text("name"), _text("standard"), _text("kind"), _text("note"), _text("made_by"), _text("state"),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True, sqlite_with_rowid=True,
    )  # fmt: skip
    op.create_table(
        "template_line",
        sa.Column("template", sa.Text(), sa.ForeignKey("template.uid"), nullable=False),
        _number("line"), _text("summary"), _text("account"), _text("name"), _text("side"),
        _text("party"), _text("project"), _text("contract"), _text("bank"),
        sa.PrimaryKeyConstraint("template", "line"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "schedule",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), sa.ForeignKey("book.id"), nullable=False),
        _text("name"), _text("kind"), _text("mode"), _number("every", 1), _number("day", 31), _text("first"),
        _text("last"), _text("stop"), _number("attachment_count"), _text("use"), _text("added"), _number("cost_fen"),
        _number("residual_fen"), _number("worn_fen"), _text("made_by"), _text("made_at"),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True, sqlite_with_rowid=True,
    )  # fmt: skip
    op.create_table(
        "schedule_line",
        sa.Column("schedule", sa.Text(), sa.ForeignKey("schedule.uid"), nullable=False),
        _number("line"), _text("summary"), _text("account"), _number("debit_fen"), _number("credit_fen"),
        _text("party"), _text("project"), _text("contract"), _text("bank"),
        sa.PrimaryKeyConstraint("schedule", "line"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "schedule_draft",
        sa.Column("schedule", sa.Text(), sa.ForeignKey("schedule.uid"), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("voucher", sa.Text(), sa.ForeignKey("voucher.uid"), nullable=False),
        sa.PrimaryKeyConstraint("schedule", "month", "voucher"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip


# --- charts of accounts: dated names and needs, division and stop of use, bank accounts, the unified chart ---


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _charts() -> None:
    for name in ("stopped_on", "split_on", "split_by"):
        op.add_column("account", _txt(name))
    op.create_table(
        "account_name",
        sa.Column("book", sa.Integer(), nullable=False),
        _key("code"), _key("until"), _txt("name"),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("book", "code", "until"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "account_need",
        sa.Column("book", sa.Integer(), nullable=False),
        _key("code"), _key("need"), _txt("since"),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("book", "code", "need"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "bank_account",
        _key("uid"),
        sa.Column("book", sa.Integer(), nullable=False),
        _txt("label"), _txt("bank"), _txt("account"), _txt("closed_on"),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("number_index", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("book", "label"),
        sqlite_strict=True, sqlite_with_rowid=True,
    )  # fmt: skip
    op.create_index("bank_account_number", "bank_account", ["number_index"])
    op.create_table(
        "chart_template",
        _key("uid"), _txt("standard"),
        _num("version"),
        _txt("made_at"), _txt("made_by"), _txt("words"),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("standard", "version"),
        sqlite_strict=True, sqlite_with_rowid=True,
    )  # fmt: skip
    op.create_table(
        "chart_template_account",
        _key("template"), _key("code"), _txt("name"), _txt("side"), _txt("needs"), _txt("unit"),
        sa.ForeignKeyConstraint(["template"], ["chart_template.uid"]),
        sa.PrimaryKeyConstraint("template", "code"),
        sqlite_strict=True, sqlite_with_rowid=False,
    )  # fmt: skip
