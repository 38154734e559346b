"""The contacts on file: who met or called whom, told by which reports, and why those are one contact.

Every claim of a contact stands in exactly one row. ``accounts`` are the reports that tell of it, before, on
or after its day; ``mentions`` are reports about another contact that only look back on it or name it as the
occasion ("on the margins of the summit").
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from trucewatch.identity.contacts import Occasion
from trucewatch.identity.origins import told as as_told
from trucewatch.identity.tellings import Telling, days
from trucewatch.model import Entry, Noun, Report, Shelf
from trucewatch.situation.contacts import states
from trucewatch.situation.names import cast
from trucewatch.situation.nouns import ContactState, ContactStatus, Told
from trucewatch.situation.relevance import relevant
from trucewatch.views.query import Period, Query

# From when to when the contacts of a period are told.
_ONE = dt.timedelta(days=1)
_BEFORE, _AFTER = dt.timedelta(days=92), dt.timedelta(days=31)

Names = Mapping[tuple[str | None, str], str]


class Account(Noun, frozen=True, kw_only=True):
    """A report that tells of a contact, and the ids of the claims in it.

    ``report`` is the report's id, with its publisher before it where two publishers have a report of that id.
    """

    report: str
    claims: tuple[str, ...]


class Merge(Noun, frozen=True, kw_only=True):
    """Why two claims are one contact: their ids, and what agrees ("participants", "one night apart")."""

    one: str
    other: str
    agree: tuple[str, ...]


class ContactRow(Noun, frozen=True, kw_only=True):
    """One contact as it stands on the day asked for.

    ``id`` is made of the claim that was told first. ``start`` and ``end`` are its first and last day by any
    account (two where it was night in one capital), or the window of one that is due. An account that gives
    no day goes by that of its report, if the contact is its news; ``days`` are those that accounts give.
    ``participants`` have their fullest names.
    ``kept`` are the claims of a held contact by which an open plan is done.
    """

    id: str
    form: str
    status: ContactStatus
    start: dt.date | None
    end: dt.date | None
    participants: tuple[str, ...]
    accounts: tuple[Account, ...]
    why: tuple[Merge, ...]
    days: tuple[dt.date, ...] = ()
    body: str | None = None
    place: str | None = None
    duration_minutes: tuple[int, ...] = ()
    condition: str | None = None
    purpose: str | None = None
    publishers: tuple[str, ...] = ()
    mentions: tuple[Account, ...] = ()
    kept: tuple[str, ...] = ()
    told: dt.date | None = None
    history: tuple[Told, ...] = ()


def rows(shelf: Shelf, query: Query) -> list[ContactRow]:
    """The contacts of the query's period, all of them without one, as they stood on its last day.

    A contact is of a period where a day or window of it meets the period, or, where no account gives a day,
    a report of the period tells of it.

    >>> rows(ledger, Query(period=Period.of("2021-12")))[0].days  # doctest: +SKIP
    (datetime.date(2021, 12, 30), datetime.date(2021, 12, 31))
    """
    entries = asked(shelf, query)
    at = query.period.end if query.period else max((_published(e) for e in entries), default=dt.date.min)
    found = states(entries, at=at, judgements=shelf.judgements(query.known), ceasefire=query.ceasefire)
    names = _names(entry.report for entry in entries)
    return [_row(occasion, state, names) for occasion, state in found if _is_asked(state, query.period)]


def asked(shelf: Shelf, query: Query) -> Sequence[Entry]:
    """The claims of contacts that a query's rows are made of."""
    period = query.period
    since = period.start - _BEFORE if period and period.start else None
    until = period.end + _AFTER if period else None
    found = shelf.entries(query.known, kinds={"contact"}, since=since, until=until)
    if period and period.start:
        found = _near(found, period.start - _ONE, period.end + _ONE)
    if query.ceasefire is None:
        return found
    names = cast(query.ceasefire)
    return [entry for entry, _ in relevant(found, cast=names)]


def _near(entries: Sequence[Entry], first: dt.date, last: dt.date) -> list[Entry]:
    """The claims of reports that tell of something between two days, or that came out between them."""
    reports = {_key(entry) for entry in entries if _touches(entry, first, last)}
    return [entry for entry in entries if _key(entry) in reports]


def _key(entry: Entry) -> tuple[str | None, str]:
    return entry.report.publisher, entry.report.id


def _touches(entry: Entry, first: dt.date, last: dt.date) -> bool:
    if first <= _published(entry) <= last:
        return True
    start, end = days(entry.claim.time)
    start, end = start or end, end or start
    return start is not None and end is not None and start <= last and end >= first


def _published(entry: Entry) -> dt.date:
    return entry.report.published or entry.recorded.date()


def _is_asked(state: ContactState, period: Period | None) -> bool:
    """Whether a contact is of the period: by its days, or where it has none by when it is told of."""
    if period is None or period.start is None:
        return True
    told = [step.told for step in state.history if step.told]
    start = state.start or state.end or min(told, default=None)
    end = state.end or state.start or max(told, default=None)
    return start is not None and end is not None and start <= period.end and end >= period.start


def _names(reports: Iterable[Report]) -> Names:
    """What each report is called: its id, with the publisher where two have one."""
    held = {(report.publisher, report.id): report for report in reports}
    count = Counter(name for _, name in held)
    return {
        own: report.id if count[report.id] == 1 else as_told(report, "").key for own, report in held.items()
    }


def _row(occasion: Occasion, state: ContactState, names: Names) -> ContactRow:
    known = set(state.claims)
    return ContactRow(
        id=state.id,
        form=state.form,
        status=state.status,
        start=state.start,
        end=state.end,
        participants=state.participants,
        accounts=_accounts((t for t in occasion.accounts if t.id in known), names),
        why=tuple(
            Merge(one=link.one, other=link.other, agree=link.agree)
            for link in occasion.why
            if {link.one, link.other} <= known
        ),
        days=state.days,
        body=state.body,
        place=state.place,
        duration_minutes=state.duration_minutes,
        condition=state.condition,
        purpose=state.purpose,
        publishers=tuple(sorted({t.publisher for t in occasion.accounts if t.publisher and t.id in known})),
        mentions=_accounts((t for t in occasion.mentions if t.id in known), names),
        kept=state.kept,
        told=state.told,
        history=state.history,
    )


def _accounts(tellings: Iterable[Telling], names: Names) -> tuple[Account, ...]:
    claims: dict[str, list[str]] = defaultdict(list)
    for one in tellings:
        claims[names[one.publisher, one.entry.report.id]].append(one.id)
    return tuple(Account(report=name, claims=tuple(ids)) for name, ids in claims.items())
