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
    _make_posts()
    _make_before()
    _make_inbox()
    _make_paper_notes()
    _make_slips()


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


def _make_posts() -> None:
    for table, name in (("officer", "reason"), ("officer", "former"), ("key_box", "place")):
        op.add_column(table, _text(name))
    op.create_table(
        "revocation",
        _number("at"),
        sa.Column("name", sa.Text(), nullable=False),
        *map(_text, ("reason", "day", "made_by")),
        sa.PrimaryKeyConstraint("at", "name"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "post_change",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("book", sa.Integer(), nullable=False),
        *map(_text, ("village", "duty", "old", "new", "day", "giver", "receiver", "watcher", "remark", "state")),
        *map(_text, ("recorded_by", "recorded_at", "done_at")),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "post_item",
        sa.Column("post_change", sa.Text(), nullable=False),
        _number("position"),
        *map(_text, ("book", "kind", "words", "number")),
        *map(_number, ("count", "book_fen", "found_fen")),
        _text("settled_on"),
        sa.ForeignKeyConstraint(["post_change"], ["post_change.uid"]),
        sa.PrimaryKeyConstraint("post_change", "position"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _make_before() -> None:
    """What stood there before an entry of the journal."""
    op.create_table(
        "journal_before",
        sa.Column("chain", sa.Text(), nullable=False),
        _number("seq"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _make_inbox() -> None:
    """Own reasons, what was sent back for which, whistles, and the indexes of what waits."""
    op.create_table(
        "reason",
        sa.Column("code", sa.Integer(), nullable=False),
        *map(_text, ("words", "added_by", "at", "stopped_on")),
        sa.PrimaryKeyConstraint("code"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "send_back",
        sa.Column("object_uid", sa.Text(), nullable=False),
        _number("rev"),
        sa.Column("book", sa.Integer(), nullable=False),
        _text("about"),
        _number("reason"),
        *map(_text, ("by", "at")),
        sa.ForeignKeyConstraint(["book"], ["book.id"]),
        sa.PrimaryKeyConstraint("object_uid", "rev"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "whistle",
        sa.Column("uid", sa.Text(), nullable=False),
        *map(_text, ("village", "about", "matter", "from_level", "from_name", "to_level", "to_name")),
        _number("within"),
        *map(_text, ("due", "raised_by", "raised_at", "answer", "answerer", "answered_by", "answered_at")),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    waiting = sa.text("state IN ('written', 'signed', 'submitted', 'accepted')")
    op.create_index("paper_waiting", "paper", ["book"], sqlite_where=waiting, postgresql_where=waiting)
    still = sa.text("answered_at = ''")
    voiding = sa.text("decision = 'void'")
    op.create_index("approval_void", "approval", ["object_uid"], sqlite_where=voiding, postgresql_where=voiding)
    op.create_index("whistle_open", "whistle", ["due"], sqlite_where=still, postgresql_where=still)


def _make_paper_notes() -> None:
    """Why a paper comes so late, written by the director."""
    op.create_table(
        "paper_note",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        _number("rev"),
        *map(_text, ("kind", "words", "person", "at")),
        sa.ForeignKeyConstraint(["paper"], ["paper.uid"]),
        sa.PrimaryKeyConstraint("uid"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index("paper_note_of", "paper_note", ["paper", "rev"])


def _make_slips() -> None:
    """Approval slips that were printed."""
    op.create_table(
        "slip",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("voucher", sa.Text(), nullable=False),
        _number("rev"),
        *map(_text, ("made_by", "made_at")),
        sa.ForeignKeyConstraint(["voucher"], ["voucher.uid"]),
        sa.PrimaryKeyConstraint("code"),
        sa.UniqueConstraint("voucher", "rev"),
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
