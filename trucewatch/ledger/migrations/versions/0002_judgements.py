"""Judgements, and the indexes that let a large ledger answer about a few days without a walk through it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INDEXES: dict[str, tuple[str, list[str | sa.TextClause]]] = {
    "ix_reports_id_publisher": ("reports", ["id", "publisher"]),
    "ix_reports_published_recorded": ("reports", ["published", "recorded"]),
    "ix_claims_document_kind_position": ("claims", ["document", "kind", "position"]),
    "ix_claims_ends_kind": ("claims", [sa.text("json_extract(body, '$.time.end')"), "kind"]),
    "ix_issues_origin": ("issues", ["origin"]),
    "ix_issues_report": ("issues", ["report"]),
}


def upgrade() -> None:
    """Create the table, its triggers and the indexes."""
    op.create_table(
        "judgements",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("subjects", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("recorded", sa.DateTime, nullable=False),
    )
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER judgements_no_{verb.lower()} BEFORE {verb} ON judgements"
                " BEGIN SELECT RAISE(ABORT, 'judgements is append-only'); END"
            )
