"""Signed situation reports, reports that their publisher has withdrawn, and erasures.

Until here contents, claims and reports took no change at all. From here on an erasure on file lets exactly
the rows of its hash be blanked: bytes and text to nothing, the claims' words to ``{}``, title and address.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables, the column and the triggers."""
    _tables()
    withdrawn = sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("reports", withdrawn)
    op.create_index("ix_reports_withdrawn", "reports", ["id"], sqlite_where=sa.text("withdrawn IS 1"))
    if op.get_bind().dialect.name == "sqlite":
        _append_only("sitreps")
        _append_only("erasures")
        _blanked("contents", unless=_CONTENTS)
        _blanked("claims", unless=_CLAIMS)
        _blanked("reports", unless=_REPORTS)


def _tables() -> None:
    op.create_table(
        "sitreps",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("ceasefire", sa.Text, nullable=False),
        sa.Column("at", sa.Date, nullable=False),
        sa.Column("known", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("recorded", sa.DateTime, nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False),
        sa.UniqueConstraint("ceasefire", "at", "version"),
    )
    op.create_table(
        "erasures",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, index=True),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("recorded", sa.DateTime, nullable=False),
    )


# x'789c030000000001' is what zlib makes of no bytes
_CONTENTS = """NEW.sha256 = OLD.sha256 AND EXISTS (
    SELECT 1 FROM erasures
    WHERE sha256 = OLD.sha256 AND (what = 'signed' OR NEW.packed = x'789c030000000001'))"""
_CLAIMS = """NEW.body = '{}' AND NEW.document = OLD.document AND NEW.position = OLD.position
    AND NEW.id = OLD.id AND NEW.kind = OLD.kind AND EXISTS (
        SELECT 1 FROM documents JOIN reports ON reports.seq = documents.report
        JOIN erasures ON erasures.sha256 = reports.sha256
        WHERE documents.seq = OLD.document AND what = 'bytes')"""
_KEPT = ("seq", "version", "id", "publisher", "published", "language", "media_type", "origin", "sha256")
_REPORTS = " AND ".join(
    [
        "NEW.title = '' AND NEW.url IS NULL",
        *(f"NEW.{name} IS OLD.{name}" for name in (*_KEPT, "run", "recorded", "withdrawn")),
        "EXISTS (SELECT 1 FROM erasures WHERE sha256 = OLD.sha256 AND what = 'bytes')",
    ]
)


def _append_only(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {_refused(table)}")


def _blanked(table: str, *, unless: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_update")
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({unless}) {_refused(table)}"
    )


def _refused(table: str) -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
