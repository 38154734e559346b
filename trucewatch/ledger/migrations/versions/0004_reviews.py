"""Reviews: what somebody decided on claims of a report. An erasure of the report blanks their claims."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_KEPT = ("judgement", "publisher", "report", "sha256", "text_sha256")
_ERASED = " AND ".join(
    [
        *(f"NEW.{name} IS OLD.{name}" for name in _KEPT),
        "NEW.replaces = '[]' AND NEW.gives = '[]' AND NEW.beside = '[]'",
        "EXISTS (SELECT 1 FROM reports JOIN erasures ON erasures.sha256 = reports.sha256"
        " WHERE reports.id = OLD.report AND what = 'bytes')",
    ]
)


def upgrade() -> None:
    """Create the table and its triggers."""
    op.create_table(
        "reviews",
        sa.Column("judgement", sa.Integer, sa.ForeignKey("judgements.seq"), primary_key=True),
        sa.Column("publisher", sa.Text),
        sa.Column("report", sa.Text, nullable=False, index=True),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False),
        sa.Column("text_sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False),
        sa.Column("replaces", sa.Text, nullable=False),
        sa.Column("gives", sa.Text, nullable=False),
        sa.Column("beside", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        refused = "BEGIN SELECT RAISE(ABORT, 'reviews is append-only'); END"
        op.execute(f"CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews {refused}")
        op.execute(
            f"CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews WHEN NOT ({_ERASED}) {refused}"
        )
