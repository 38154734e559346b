"""The alerts: what is out of the ordinary, as it stands on a day, or all of a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from trucewatch.model import Ceasefire, Entry, FiledKind, Noun, Shelf
from trucewatch.situation import disputes as disputed
from trucewatch.situation import horizon
from trucewatch.situation.alerts import counts, raising
from trucewatch.situation.alerts.nouns import Alert, AlertKind, AlertState, Method
from trucewatch.situation.alerts.watch import Watched
from trucewatch.situation.assessment import assessed
from trucewatch.situation.commitments.states import commitments
from trucewatch.situation.days import ONE
from trucewatch.situation.doubt import is_sure
from trucewatch.situation.names import cast
from trucewatch.situation.relevance import relevant
from trucewatch.situation.texts import Texts
from trucewatch.views.charted import Sources, asked, last_day
from trucewatch.views.query import Query
from trucewatch.views.rows import bands

_UNDERTAKEN: tuple[FiledKind, ...] = ("commitment",)


class AlertRow(Noun, frozen=True, kw_only=True):
    """One alert as it stands at the end of the period: raised on a day, told last (``day``) on another.

    ``methods`` are all that agree, ``expected``, ``upper`` and ``days`` those of the first. ``observed`` and
    ``expected`` are of so many ``evenings``. ``confidence`` is that of a change of level. ``reports`` are
    those that the claims stand in.
    """

    id: str
    ceasefire: str
    kind: AlertKind
    state: AlertState
    raised: dt.date
    day: dt.date
    counter: str | None
    region: str | None
    observed: float | None
    expected: float | None
    upper: float | None
    days: int | None
    evenings: int
    methods: tuple[Method, ...]
    confidence: float | None
    words: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]


def rows(shelf: Shelf, query: Query) -> list[AlertRow]:
    """The alerts that stand on the query's day; of a month, a year or all days those raised or lasting then.

    A source gone quiet is told of the last day alone.

    >>> rows(ledger, Query(ceasefire=donbas, period=Period.of("2022-02-20")))[0].observed  # doctest: +SKIP
    1566.0
    """
    return [row for ceasefire in asked(query) for row in _rows(shelf, query, ceasefire)]


def on_counts(shelf: Shelf, query: Query, ceasefire: Ceasefire) -> tuple[list[Watched], list[Alert]]:
    """The series of a ceasefire's counters as judged up to the end of a query's period, and the alerts on
    them alone, which need no look at what was said or promised."""
    held = bands.lines(shelf, query, ceasefire)
    at = _day(query, ceasefire, bands.entries(shelf, query, ceasefire))
    found = [alert for _, alert in counts.alerts(held, at=at, since=bands.first_day(query, ceasefire))]
    return held, list(raising.order(found))


def counted(shelf: Shelf, query: Query, ceasefire: Ceasefire) -> list[AlertRow]:
    """The rows of the alerts on counts alone."""
    sources = Sources(bands.entries(shelf, query, ceasefire))
    return [_row(alert, ceasefire, sources) for alert in on_counts(shelf, query, ceasefire)[1]]


def _rows(shelf: Shelf, query: Query, ceasefire: Ceasefire) -> list[AlertRow]:
    entries = _near(shelf, query)
    at = _day(query, ceasefire, entries)
    since = bands.first_day(query, ceasefire)
    if since and entries:
        found = raising.order(list(_of_period(shelf, query, ceasefire, entries, since=since)))
    else:
        found = assessed(shelf, ceasefire, at=at, known=query.known).alerts
    sources = Sources([*entries, *bands.entries(shelf, query, ceasefire)])
    return [_row(alert, ceasefire, sources) for alert in found]


def _near(shelf: Shelf, query: Query) -> list[Entry]:
    """The claims that alerts of the period rest on: told near it or due in it; all where it has no bounds."""
    if query.period is None:
        return list(shelf.entries(query.known))
    first = (query.period.start or query.period.end) - horizon.RECENT
    found = list(shelf.entries(query.known, since=first, until=query.period.end + horizon.RECENT))
    found += shelf.entries(query.known, kinds=_UNDERTAKEN, until=first - ONE, due=first)
    dated = [entry for entry in found if entry.report.published]
    return dated + list(shelf.entries(query.known, undated=True))


def _of_period(
    shelf: Shelf, query: Query, ceasefire: Ceasefire, entries: Sequence[Entry], *, since: dt.date
) -> Iterator[Alert]:
    at = _day(query, ceasefire, entries)
    yield from (alert for _, alert in counts.alerts(bands.lines(shelf, query, ceasefire), at=at, since=since))
    names, judged = cast(ceasefire), shelf.judgements(query.known)
    ours = [entry for entry, _ in relevant(entries, cast=names)]
    words = Texts(shelf, ours).words
    read = {entry.claim.id or "": entry.claim.confidence for entry in ours}
    undertaken = commitments(ours, at=at, cast=names, judgements=judged, words=words)
    denied = disputed.disputes(ours, at=at, cast=names, judgements=judged, words=words)
    found = raising.others(
        at=at,
        commitments=[state for state in undertaken if is_sure(state.claims, read)],
        disputes=[one for one in denied if is_sure(one.against, read)],
        missing=assessed(shelf, ceasefire, at=at, known=query.known).missing,
        told={entry.claim.id or "": entry.report.published for entry in ours}.get,
    )
    yield from (alert for alert in found if since <= alert.raised <= at)


def _day(query: Query, ceasefire: Ceasefire, entries: Sequence[Entry]) -> dt.date:
    """The last day of the query, but none whose news is not known yet: it would look quiet."""
    last = last_day(query, ceasefire, entries)
    return min(last, query.known) if query.known else last


def _row(alert: Alert, ceasefire: Ceasefire, sources: Sources) -> AlertRow:
    return AlertRow(
        id=alert.id,
        ceasefire=ceasefire.id,
        kind=alert.kind,
        state=alert.state,
        raised=alert.raised,
        day=alert.day,
        counter=alert.counter,
        region=alert.region,
        observed=_short(alert.observed),
        expected=_short(alert.expected),
        upper=alert.upper,
        days=alert.days,
        evenings=alert.evenings,
        methods=alert.methods,
        confidence=_short(alert.confidence),
        words=alert.words,
        claims=alert.claims,
        reports=sources.reports(alert.claims),
    )


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
