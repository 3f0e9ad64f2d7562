"""What the desk and the archive need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what the desk needs; written out, so that a later change of `db/schema` changes no history."""
    _lists_over_years()
    _make_lending_register()


def _lists_over_years() -> None:
    """Vouchers by day, of one book and of all: a page of a list is a step into an index, whatever history holds."""
    op.create_index("voucher_day", "voucher", ["day", "id"], unique=False)
    op.create_index("voucher_book_day", "voucher", ["book", "day", "id"], unique=False)


def _make_lending_register() -> None:
    """Which volumes of the archive were lent to whom."""
    op.create_table(
        "archive_loan",
        sa.Column("uid", sa.Text(), nullable=False),
        *map(_text, ("borrower", "unit", "purpose", "approved_by", "out_on", "due_on", "lent_by")),
        *map(_text, ("returned_on", "condition", "received_by")),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "archive_volume",
        sa.Column("loan", sa.Text(), nullable=False),
        _number("position"),
        sa.Column("book", sa.Integer(), nullable=False),
        _text("kind"),
        *map(_number, ("year", "month", "number")),
        sa.ForeignKeyConstraint(["loan"], ["archive_loan.uid"]),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("loan", "position"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    out = sa.text("returned_on = ''")
    op.create_index("archive_loan_out", "archive_loan", ["due_on"], sqlite_where=out, postgresql_where=out)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, server_default="0", nullable=False)
