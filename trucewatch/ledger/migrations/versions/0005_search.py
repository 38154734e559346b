"""The index under the search, and in it what is on file already."""

from alembic import op

from trucewatch.ledger import indexing

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the index and fill it, where this SQLite has FTS5; where not, the search goes without.

    What a row is made of is taken from the program, as the index is derived: a row is taken out by the
    same words that were put in.
    """
    indexing.bring_up_to_date(op.get_bind())
