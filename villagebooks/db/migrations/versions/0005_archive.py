"""What the desk and the archive need."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what the desk needs; written out, so that a later change of `db/schema` changes no history."""
