"""The restrictions of the observers on file: what kept them from observing, when and where, told by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from trucewatch.identity.merging import Link
from trucewatch.model import Ceasefire, Entry, Noun, Shelf
from trucewatch.situation.commitments.outcomes import Words
from trucewatch.situation.names import cast
from trucewatch.situation.nouns import RestrictionBasis, RestrictionState
from trucewatch.situation.relevance import relevant
from trucewatch.situation.restrictions import restrictions
from trucewatch.situation.texts import Texts
from trucewatch.views.charted import asked
from trucewatch.views.query import Query


class RestrictionRow(Noun, frozen=True, kw_only=True):
    """One restriction at one place on one day, by all claims that tell it.

    ``window_start`` and ``window_end`` are the evenings between which the monitoring body's own report puts
    it; ``day`` is the last of these, or the day that another report tells. ``basis`` says how the day is
    known: ``reporting period``, ``stated``, or ``day of publication`` where no report names a day.
    ``by`` are those to whom reports attribute it. ``words`` are the exact words of each claim, in the order
    of ``claims``; empty where no text is on file. ``why`` says what made the claims one.
    """

    id: str
    ceasefire: str | None
    type: str
    day: dt.date | None
    window_start: dt.date | None
    window_end: dt.date | None
    basis: RestrictionBasis | None
    place: str | None
    region: str | None
    lat: float | None
    lon: float | None
    observer: str | None
    by: tuple[str, ...]
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    words: tuple[str, ...]
    why: tuple[Link, ...]


def rows(shelf: Shelf, query: Query) -> list[RestrictionRow]:
    """The restrictions of a query's period, in the order of time: of a ceasefire, or of all that is on file.

    Without a ceasefire: those of each ceasefire in the catalog, then those of none.

    >>> rows(ledger, Query(period=Period.of("2022-02")))[0].type  # doctest: +SKIP
    'access'
    """
    entries = list(shelf.entries(query.known, kinds={"restriction"}))
    found: list[RestrictionRow] = []
    taken: set[str] = set()
    for ceasefire in asked(query):
        ours = [entry for entry, _ in relevant(entries, cast=cast(ceasefire))]
        ours = [entry for entry in ours if (entry.claim.id or "") not in taken]
        found.extend(_rows(shelf, query, ours, ceasefire))
        taken |= {entry.claim.id or "" for entry in ours}
    if query.ceasefire is None:
        found.extend(_rows(shelf, query, [e for e in entries if (e.claim.id or "") not in taken], None))
    return found


def _rows(
    shelf: Shelf, query: Query, entries: Sequence[Entry], ceasefire: Ceasefire | None
) -> Iterator[RestrictionRow]:
    words = Texts(shelf, entries).words
    held = {entry.claim.id or "": entry for entry in reversed(entries)}
    states = restrictions(
        entries,
        at=query.period.end if query.period else dt.date.max,
        ceasefire=ceasefire,
        judgements=shelf.judgements(query.known),
        words=words,
    )
    for state in states:
        if _is_asked(state, query):
            yield _row(state, held, ceasefire, words)


def _is_asked(state: RestrictionState, query: Query) -> bool:
    """Whether a restriction is of the query's period; one without a day is of no month or year."""
    if query.period is None:
        return True
    if state.end is None:
        return query.period.start is None
    return (query.period.start or dt.date.min) <= state.end and (state.start or state.end) <= query.period.end


def _row(
    state: RestrictionState, held: dict[str, Entry], ceasefire: Ceasefire | None, words: Words
) -> RestrictionRow:
    window = state.basis == "reporting period"
    regions = {region.id: region.name for region in ceasefire.regions} if ceasefire else {}
    told = [held[name] for name in state.claims]
    return RestrictionRow(
        id=state.id,
        ceasefire=ceasefire.id if ceasefire else None,
        type=state.type,
        day=state.end,
        window_start=state.start if window else None,
        window_end=state.end if window else None,
        basis=state.basis,
        place=state.place,
        region=regions.get(state.region or ""),
        lat=state.lat,
        lon=state.lon,
        observer=state.observer,
        by=state.by,
        reports=tuple(dict.fromkeys(entry.report.id for entry in told)),
        claims=state.claims,
        words=tuple(words(entry, entry.claim.evidence) for entry in told),
        why=state.why,
    )
