"""The ledger of commitments as a table: who, to whom, what, by when, under which condition, how it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trucewatch.identity.merging import Link
from trucewatch.model import Entry, Noun, Shelf
from trucewatch.situation.commitments.states import commitments
from trucewatch.situation.commitments.undertakings import Account, Bearing, CommitmentState
from trucewatch.situation.names import cast
from trucewatch.situation.texts import Texts
from trucewatch.views.gathered import belonging
from trucewatch.views.query import Period, Query


class CommitmentRow(Noun, frozen=True, kw_only=True):
    """One commitment as it stands: ``strength`` is what bound or asked, ``status`` what claims say of it.

    ``evidence`` has a line for every telling and every claim that bears on it, with its speaker;
    ``contested``: two of them stand against each other. ``successor`` took the place of a superseded one.
    """

    id: str
    parties: tuple[str, ...]
    to: tuple[str, ...]
    action: str
    topic: str
    strength: str
    start: dt.date | None
    deadline: dt.date | None
    deadline_words: str | None
    condition: str | None
    status: str
    status_since: dt.date | None
    contested: bool
    evidence: tuple[Bearing, ...]
    accounts: tuple[Account, ...]
    why: tuple[Link, ...]
    successor: str | None


def rows(shelf: Shelf, query: Query) -> list[CommitmentRow]:
    """The commitments of a query: of all that is on file, or of a ceasefire; as of the end of its period.

    A period with a start leaves out what was neither told, due nor changed within it.
    """
    entries = belonging(shelf, query)
    states = commitments(
        entries,
        at=day_of(entries, query),
        cast=cast(query.ceasefire) if query.ceasefire else None,
        judgements=shelf.judgements(query.known),
        words=Texts(shelf, entries).words,
    )
    return [_row(state) for state in states if _is_within(state, query.period)]


def day_of(entries: Sequence[Entry], query: Query) -> dt.date:
    """The day looked at: the end of the period, else what was known last, else the newest report."""
    published = (entry.report.published for entry in entries if entry.report.published)
    newest = query.known or max(published, default=dt.date.min)
    return query.period.end if query.period else newest


def _is_within(state: CommitmentState, period: Period | None) -> bool:
    if period is None or period.start is None:
        return True
    days = (state.told, state.deadline, state.start, state.status_since, *(b.day for b in state.evidence))
    return any(day is not None and period.start <= day <= period.end for day in days)


def _row(state: CommitmentState) -> CommitmentRow:
    return CommitmentRow(
        id=state.id,
        parties=state.parties,
        to=state.to,
        action=state.action,
        topic=state.topic,
        strength=state.strength,
        start=state.start,
        deadline=state.deadline,
        deadline_words=state.deadline_words,
        condition=state.condition,
        status=state.status,
        status_since=state.status_since,
        contested=state.contested,
        evidence=state.evidence,
        accounts=state.accounts,
        why=state.why,
        successor=state.successor,
    )
