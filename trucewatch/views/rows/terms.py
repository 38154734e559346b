"""The terms of a truce as a table: each party's own, beside the agreement's clause, and who differs."""

from __future__ import annotations

import datetime as dt

from trucewatch.model import Entry, Noun, Shelf
from trucewatch.situation.commitments.terms import terms
from trucewatch.situation.commitments.undertakings import Term
from trucewatch.situation.names import cast
from trucewatch.views.gathered import belonging
from trucewatch.views.query import Query
from trucewatch.views.rows.commitments import day_of


class TermRow(Noun, frozen=True, kw_only=True):
    """One term as one party states it. ``differs_from`` are the parties that state another value.

    ``words`` are the exact words of the claim; ``provision`` is the agreement's clause beside it.
    """

    party: str
    field: str
    value: str
    words: str | None
    speaker: str
    told: dt.date | None
    report: str
    claim: str
    truce: str
    provision: str | None
    differs_from: tuple[str, ...]


def rows(shelf: Shelf, query: Query) -> list[TermRow]:
    """The terms of a query, in the order told: of all that is on file, or of a ceasefire.

    A period with a start leaves out what was told outside it.
    """
    entries = belonging(shelf, query)
    found = terms(
        entries,
        at=day_of(entries, query),
        ceasefire=query.ceasefire,
        cast=cast(query.ceasefire) if query.ceasefire else None,
        judgements=shelf.judgements(query.known),
    )
    since = query.period.start if query.period else None
    by_id = {entry.claim.id: entry for entry in entries}
    told = [t for t in found.stated if since is None or (t.told is not None and t.told >= since)]
    return [_row(term, _words(shelf, by_id[term.claim])) for term in told]


def _words(shelf: Shelf, entry: Entry) -> str | None:
    """The exact words of a claim; None where no text is on file."""
    start, end = entry.claim.evidence
    return shelf.text(entry.report.sha256, default="")[start:end] or None


def _row(term: Term, words: str | None) -> TermRow:
    return TermRow(
        party=term.party,
        field=term.field,
        value=term.value,
        words=words,
        speaker=term.speaker,
        told=term.told,
        report=term.report,
        claim=term.claim,
        truce=term.truce,
        provision=term.provision,
        differs_from=term.against,
    )
