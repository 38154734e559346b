"""The first shape of the ledger, and the triggers that keep it append-only.

Revisions are four digits that count up, so that a newer ledger can be told from an older one.
A table's shape is written out here and not taken from tables.py: history does not move.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

APPEND_ONLY = ("contents", "reports", "documents", "claims", "issues")


def upgrade() -> None:
    """Create the tables, the indexes and the triggers."""
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        _triggers()


def _tables() -> None:
    op.create_table(
        "contents",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("started", sa.DateTime, nullable=False),
        sa.Column("finished", sa.DateTime),
    )
    op.create_table(
        "reports",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("version", sa.String(64), nullable=False, unique=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False, index=True),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("recorded", sa.DateTime, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False, index=True),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("reader", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("text_sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("recorded", sa.DateTime, nullable=False),
    )
    op.create_table(
        "claims",
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.seq"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "issues",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq")),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("recorded", sa.DateTime, nullable=False),
    )


def _triggers() -> None:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            _refuse(f"{table}_no_{verb.lower()}", f"BEFORE {verb} ON {table}", table)
    _refuse("runs_no_delete", "BEFORE DELETE ON runs", "runs")
    _refuse("runs_no_change", "BEFORE UPDATE OF id, reader, settings, started ON runs", "runs")
    _refuse("runs_finish_once", "BEFORE UPDATE ON runs WHEN OLD.finished IS NOT NULL", "runs")


def _refuse(name: str, when: str, table: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
