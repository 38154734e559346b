"""The ledger's tables, as SQLAlchemy Core knows them. The migrations create them; a test compares the two.

contents   bytes by their SHA-256, compressed: reports as received, and texts read from them
runs       one row per run of a reader
reports    one row per version of a report: its bytes and what is told about it
documents  one row per reading of a report under a run: which text, which claims
claims     the claims of a reading, in the order of the text, as JSON of the interchange form
issues     what could not be read, or was read with a doubt
judgements what somebody decided, its subjects as a JSON list
reviews    one row per judgement on claims of a report: the claims as they were, and those in their place
sitreps    one row per signed version of a situation report; its bytes are contents
erasures   one row per content that was erased by order: its hash, who, why, when
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """A point in time, kept in UTC without an offset, so that every database orders it alike."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """To the database: UTC, naive."""
        return value and value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        """From the database: UTC, aware."""
        return value and value.replace(tzinfo=dt.UTC)


METADATA = sa.MetaData()

CONTENTS = sa.Table(
    "contents",
    METADATA,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("packed", sa.LargeBinary, nullable=False),
)

RUNS = sa.Table(
    "runs",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("settings", sa.Text, nullable=False),
    sa.Column("started", Moment, nullable=False),
    sa.Column("finished", Moment),
)

REPORTS = sa.Table(
    "reports",
    METADATA,
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
    sa.Column("recorded", Moment, nullable=False),
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_reports_id_publisher", "id", "publisher"),
    sa.Index("ix_reports_published_recorded", "published", "recorded"),
    sa.Index("ix_reports_withdrawn", "id", sqlite_where=sa.text("withdrawn IS 1")),
)

DOCUMENTS = sa.Table(
    "documents",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False, index=True),
    sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("reader", sa.Text, nullable=False),
    sa.Column("language", sa.Text),
    sa.Column("text_sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False),
    sa.Column("outcome", sa.String(64), nullable=False),
    sa.Column("recorded", Moment, nullable=False),
)

CLAIMS = sa.Table(
    "claims",
    METADATA,
    sa.Column("document", sa.Integer, sa.ForeignKey("documents.seq"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index("ix_claims_document_kind_position", "document", "kind", "position"),
    sa.Index("ix_claims_ends_kind", sa.text("json_extract(body, '$.time.end')"), "kind"),
)

time_end = sa.literal_column("json_extract(claims.body, '$.time.end')", sa.Text)
"""The last day of a claim's own time, as it is written: ``YYYY[-MM[-DD]]``. There is an index for it."""

ISSUES = sa.Table(
    "issues",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("run", sa.Integer, sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), index=True),
    sa.Column("origin", sa.Text, nullable=False, index=True),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("recorded", Moment, nullable=False),
)

JUDGEMENTS = sa.Table(
    "judgements",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("decision", sa.Text, nullable=False),
    sa.Column("subjects", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("recorded", Moment, nullable=False),
)

REVIEWS = sa.Table(
    "reviews",
    METADATA,
    sa.Column("judgement", sa.Integer, sa.ForeignKey("judgements.seq"), primary_key=True),
    sa.Column("publisher", sa.Text),
    sa.Column("report", sa.Text, nullable=False, index=True),
    sa.Column("sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False),
    sa.Column("text_sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False),
    sa.Column("replaces", sa.Text, nullable=False),
    sa.Column("gives", sa.Text, nullable=False),
    sa.Column("beside", sa.Text, nullable=False),
)

_given = sa.func.json_each(REVIEWS.c.gives).table_valued("value", name="each")
GIVEN = (
    sa.select(
        REVIEWS.c.publisher,
        REVIEWS.c.report,
        REVIEWS.c.text_sha256,
        sa.func.json_extract(_given.c.value, "$.id", type_=sa.Text).label("id"),
        sa.func.json_extract(_given.c.value, "$.evidence").label("evidence"),
    )
    .select_from(REVIEWS)
    .join(_given, sa.true())
    .subquery("given")
)
"""The claims that reviews give, also those taken back: of which report, in which text, id and evidence."""

SITREPS = sa.Table(
    "sitreps",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("ceasefire", sa.Text, nullable=False),
    sa.Column("at", sa.Date, nullable=False),
    sa.Column("known", sa.Date),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("recorded", Moment, nullable=False),
    sa.Column("sha256", sa.String(64), sa.ForeignKey("contents.sha256"), nullable=False),
    sa.UniqueConstraint("ceasefire", "at", "version"),
)

ERASURES = sa.Table(
    "erasures",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("recorded", Moment, nullable=False),
)
