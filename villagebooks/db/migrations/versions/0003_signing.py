"""Signed layer by layer: approval policies, and which of them a paper was written and a voucher prepared under."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what signing needs; written out, so that a later change of `db/schema` changes no history."""
    _make_policies()


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
