"""Approval policies, and which of them a paper or voucher was made under; budgets and agreements with the centre."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what signing needs; written out, so that a later change of `db/schema` changes no history."""
    _make_policies()
    _make_plans()


def _make_policies() -> None:
    op.create_table(
        "policy",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("put_by", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("version"),
        sa.UniqueConstraint("sha256"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    for name in ("paper", "voucher"):
        op.add_column(name, sa.Column("policy", sa.Text(), server_default="", nullable=False))


def _make_plans() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

    def text(name: str) -> sa.Column[str]:
        return sa.Column(name, sa.Text(), server_default="", nullable=False)

    op.create_table(
        "budget",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("year", big, server_default="0", nullable=False),
        sa.Column("turn", big, server_default="0", nullable=False),
        *map(text, ("kind", "day", "basis", "reason")),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("budget_turn", "budget", ["book", "year", "turn"], unique=True)
    op.create_table(
        "budget_line",
        sa.Column("budget", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount_fen", big, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["budget"], ["budget.uid"]),
        sa.PrimaryKeyConstraint("budget", "account"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "agreement",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("village", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        *map(
            text,
            (
                "signed_on", "since", "until", "vote", "for_village", "for_centre", "archive", "ended_on", "reason",
            ),
        ),
        sa.ForeignKeyConstraint(["village"], ["village.code"]),
        sa.PrimaryKeyConstraint("uid"),
        sa.UniqueConstraint("number"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )  # fmt: skip
