"""The first schema: villages, books, papers, vouchers, approvals, journal, balances, disclosure."""

from alembic import op

from villagebooks.db.schema import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    metadata.create_all(op.get_bind())
