"""The books complete: charts that change, budgets, schedules, reconciliations, migrations to the new standard.

One section a subject; while it is being built, sections are added here, afterwards nothing in it changes.
"""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what came after the first schema; written out, so that a later change of `db/schema` changes no history."""
