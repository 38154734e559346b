"""What changed between two situations of one ceasefire: a pure function of the two.

>>> changes(yesterday, today)  # doctest: +SKIP
(Change(kind='figure', about='smm 2022-02-17 2022-02-18', was=None, now='1,566', claims=(...)), ...)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, Protocol, TypeVar

from trucewatch.model import Noun
from trucewatch.situation import Held, Point, RecordCheck, Series, Situation
from trucewatch.situation.horizon import RECENT
from trucewatch.views.phrases import amount, day

ChangeKind = Literal[
    "alert", "figure", "record", "contact", "commitment", "incident", "dispute", "source", "report"
]


class Change(Noun, frozen=True, kw_only=True):
    """One thing that changed. ``was`` is None for what is new, ``now`` for what is gone.

    ``about`` is the id of the thing: of an alert, a contact, a commitment, a dispute; the counter, region
    and window of a figure; the counter of a record; the publisher of a source; the SHA-256 of a report;
    the first claim of an incident. ``claims`` are those that it rests on now, what made the change first;
    ``reports`` the SHA-256 of reports, where it rests on no claim.
    """

    kind: ChangeKind
    about: str
    was: str | None
    now: str | None
    claims: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


def changes(before: Situation, now: Situation) -> tuple[Change, ...]:
    """All changes, kind by kind, in a fixed order. What fell out of the days looked at is no change."""
    return (
        *_alerts(before, now),
        *_figures(before, now),
        *_records(before, now),
        *_followed("contact", before.contacts, now.contacts, state=_status),
        *_followed("commitment", before.commitments, now.commitments, state=_status),
        *_incidents(before, now),
        *_disputes(before, now),
        *_sources(before, now),
        *_reports(before, now),
    )


def new_reports(before: Situation, now: Situation) -> tuple[Held, ...]:
    """The reports with claims that were not on file before."""
    held = {(one.publisher, one.report) for one in before.reports}
    return tuple(one for one in now.reports if one.claims and (one.publisher, one.report) not in held)


# --- alerts ------------------------------------------------------------------------------------------


def _alerts(before: Situation, now: Situation) -> Iterator[Change]:
    old, new = ({alert.id: alert for alert in one.alerts} for one in (before, now))
    for name, alert in new.items():
        was = old.get(name)
        if was is None or (alert.state == "worse" and was.state != "worse"):
            yield Change(
                kind="alert",
                about=name,
                was=was.state if was else None,
                now=alert.state,
                claims=alert.claims,
            )
    for name, alert in old.items():
        if name not in new:
            yield Change(kind="alert", about=name, was=alert.state, now=None, claims=alert.claims)


# --- figures and records -----------------------------------------------------------------------------


def _figures(before: Situation, now: Situation) -> Iterator[Change]:
    """New and corrected totals; a corrected region where its total stayed as it was."""
    since = dt.date(now.at.year, 1, 1)
    old, new = _points(before.totals), _points(now.totals)
    moved = {key[0::2] for key in new.keys() & old.keys() if _figure(old[key]) != _figure(new[key])}
    yield from _compared(old, new, since)
    old, new = _points(before.series), _points(now.series)
    both = {key for key in new.keys() & old.keys() if key[0::2] not in moved}
    yield from _compared({key: old[key] for key in both}, {key: new[key] for key in both}, since)


Key = tuple[str, str, tuple[dt.date, dt.date]]


def _points(lines: Sequence[Series]) -> dict[Key, Point]:
    return {
        (line.counter, line.region or "", (point.start, point.end)): point
        for line in lines
        for point in line.points
    }


def figure_id(line: Series, point: Point) -> str:
    """What a change calls a figure: counter, region and window, ``smm donetsk 2022-02-17 2022-02-18``."""
    return _named((line.counter, line.region or "", (point.start, point.end)))


def _named(key: Key) -> str:
    return " ".join(filter(None, [*key[:2], *map(str, key[2])]))


def _compared(old: dict[Key, Point], new: dict[Key, Point], since: dt.date) -> Iterator[Change]:
    for key in sorted(old.keys() | new.keys(), key=lambda key: (key[2][1], key)):
        was, is_ = old.get(key), new.get(key)
        if (was and is_ and _figure(was) == _figure(is_)) or key[2][1] < since:
            continue
        yield Change(
            kind="figure",
            about=_named(key),
            was=_figure(was) if was else None,
            now=_figure(is_) if is_ else None,
            claims=tuple(dict.fromkeys((*(is_.claims if is_ else ()), *(was.claims if was else ())))),
        )


def _figure(point: Point) -> str:
    return amount(point.low, point.high, approximate=point.approximate)


def _records(before: Situation, now: Situation) -> Iterator[Change]:
    old = {(record.counter, record.scope): record for record in before.records}
    for record in now.records:
        was = old.get((record.counter, record.scope))
        if was and record.highest and _record(was) != _record(record):
            yield Change(
                kind="record",
                about=record.counter,
                was=_record(was),
                now=_record(record),
                claims=tuple(dict.fromkeys((*record.claims, *was.claims))),
            )


def _record(record: RecordCheck) -> str:
    """The highest total and the verdict: "1,566 on 18 February, highest on file"."""
    if record.highest is None:
        return record.verdict
    return f"{_figure(record.highest)} on {day(record.highest.end)}, {record.verdict}"


# --- contacts, commitments, incidents, disputes --------------------------------------------------------


class Followed(Protocol):
    """A thing that has an id and claims, of which the first tells it first."""

    @property
    def id(self) -> str:
        """Its id in the exports."""
        ...

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that tell it."""
        ...


Thing = TypeVar("Thing", bound=Followed)


def _followed(
    kind: ChangeKind, old: Sequence[Thing], new: Sequence[Thing], *, state: Callable[[Thing], str]
) -> Iterator[Change]:
    """Things that are new, or stand otherwise. The same one has the same id, or shares a claim."""
    by_id = {one.id: one for one in old}
    by_claim = {claim: one for one in old for claim in one.claims}
    for one in new:
        was = by_id.get(one.id) or next((by_claim[claim] for claim in one.claims if claim in by_claim), None)
        if was is None or state(was) != state(one):
            fresh = [claim for claim in _evidence(one) if was is None or claim not in _evidence(was)]
            yield Change(
                kind=kind,
                about=one.id,
                was=state(was) if was else None,
                now=state(one),
                claims=tuple(dict.fromkeys((*fresh, *one.claims))),
            )


def _evidence(thing: object) -> tuple[str, ...]:
    """All claims that bear on how a thing stands."""
    bearings = tuple(one.claim for one in getattr(thing, "evidence", ()))
    return (*getattr(thing, "claims", ()), *getattr(thing, "kept", ()), *bearings)


def _status(thing: object) -> str:
    """The status, with the flag of what is told in two ways."""
    return f"{getattr(thing, 'status', '')}{', contested' if getattr(thing, 'contested', False) else ''}"


def _incidents(before: Situation, now: Situation) -> Iterator[Change]:
    """Incidents that stood on file before and stand otherwise now."""
    old = {claim: state for state in before.incidents for claim in state.claims}
    for state in now.incidents:
        was = next((old[claim] for claim in state.claims if claim in old), None)
        if was and was.standing and state.standing and _stands(was.standing) != _stands(state.standing):
            fresh = [c for c in (*state.claims, *state.standing.denials) if c not in was.claims]
            yield Change(
                kind="incident",
                about=state.claims[0],
                was=_stands(was.standing),
                now=_stands(state.standing),
                claims=tuple(dict.fromkeys((*fresh, *state.claims))),
            )


def _stands(standing: object) -> str:
    contested = getattr(standing, "contested", False)
    return f"{getattr(standing, 'standing', '')}{', contested' if contested else ''}"


def _disputes(before: Situation, now: Situation) -> Iterator[Change]:
    ids = {dispute.id for dispute in before.disputes if dispute.id}
    told = {frozenset((*dispute.claims, *dispute.against)) for dispute in before.disputes}
    for dispute in now.disputes:
        rests = (*dispute.claims, *dispute.against)
        if dispute.id not in ids and not any(one <= {*rests} for one in told):
            yield Change(
                kind="dispute",
                about=dispute.id,
                was=None,
                now=dispute.kind,
                claims=tuple(dict.fromkeys((*dispute.against, *dispute.claims))),
            )


# --- sources and reports -------------------------------------------------------------------------------


def _sources(before: Situation, now: Situation) -> Iterator[Change]:
    """Publishers gone quiet, and those that are back with a newer report."""
    old, new = ({one.publisher: one for one in s.missing.quiet} for s in (before, now))
    for name in sorted(new.keys() - old.keys()):
        held = _newest(now.reports, name)
        yield Change(kind="source", about=name, was=None, now="quiet", reports=held)
    for name in sorted(old.keys() - new.keys()):
        held = _newest(now.reports, name, after=old[name].last)
        if held:
            yield Change(kind="source", about=name, was="quiet", now=None, reports=held)


def _newest(reports: Iterable[Held], publisher: str, *, after: dt.date = dt.date.min) -> tuple[str, ...]:
    dated = [(one.published, one.sha256) for one in reports if one.publisher == publisher and one.published]
    return tuple(sha for published, sha in sorted(dated)[-1:] if published > after)


def _reports(before: Situation, now: Situation) -> Iterator[Change]:
    """Reports on file before that have another text now, or that are no longer there."""
    new = {(one.publisher, one.report): one for one in now.reports}
    for was in before.reports:
        held = new.get((was.publisher, was.report))
        if held and held.sha256 != was.sha256:
            rests = (held.sha256, was.sha256)
            yield Change(kind="report", about=held.sha256, was="on file", now="corrected", reports=rests)
        elif held is None and was.claims and was.published and was.published > now.at - RECENT:
            yield Change(kind="report", about=was.sha256, was="on file", now=None, reports=(was.sha256,))
