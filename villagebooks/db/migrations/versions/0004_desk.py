"""What the inbox, hand-overs of posts and the page of the journal need; guards of the books are made again."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what layered signing needs; written out, so that a later change of `db/schema` changes no history."""
