"""What the inbox, hand-overs of posts and the page of the journal need; guards of the books are made again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what layered signing needs; written out, so that a later change of `db/schema` changes no history."""
    _make_relatives()
    _make_before()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False)


def _number(name: str) -> sa.Column[int]:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, big, server_default="0", nullable=False)


def _make_relatives() -> None:
    op.create_table(
        "relative",
        sa.Column("uid", sa.Text(), nullable=False),
        *map(_text, ("village", "officer", "name", "kinship")),
        _number("unit"),
        *map(_text, ("since", "ended_on", "reason", "recorded_by", "recorded_at")),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("relative_name", "relative", ["name"])


def _make_before() -> None:
    """What stood there before an entry of the journal."""
    op.create_table(
        "journal_before",
        sa.Column("chain", sa.Text(), nullable=False),
        _number("seq"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["chain", "seq"], ["journal.chain", "journal.seq"]),
        sa.PrimaryKeyConstraint("chain", "seq"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
