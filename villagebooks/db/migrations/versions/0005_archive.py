"""What the desk and the archive need."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what the desk needs; written out, so that a later change of `db/schema` changes no history."""
    _lists_over_years()


def _lists_over_years() -> None:
    """Vouchers by day, of one book and of all: a page of a list is a step into an index, whatever history holds."""
    op.create_index("voucher_day", "voucher", ["day", "id"], unique=False)
    op.create_index("voucher_book_day", "voucher", ["book", "day", "id"], unique=False)
