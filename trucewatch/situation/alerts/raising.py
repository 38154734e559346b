"""All alerts of a day and the bands of what was expected: counts, what is overdue, denied, gone quiet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from trucewatch.model import Ceasefire
from trucewatch.situation.alerts import counts, matters
from trucewatch.situation.alerts.matters import Told
from trucewatch.situation.alerts.nouns import Alert, Band
from trucewatch.situation.alerts.watch import SHOWN, Line, Watched, band, watched
from trucewatch.situation.alerts.wording import Subject
from trucewatch.situation.commitments.undertakings import CommitmentState
from trucewatch.situation.days import ONE
from trucewatch.situation.names import Cast, short
from trucewatch.situation.nouns import Dispute, Missing, Series


class Raised(NamedTuple):
    """The alerts, and a band for each series that has a figure among the last evenings."""

    alerts: tuple[Alert, ...]
    bands: tuple[Band, ...]


def alerts(
    series: Iterable[Series],
    *,
    ceasefire: Ceasefire,
    cast: Cast,
    at: dt.date,
    commitments: Iterable[CommitmentState] = (),
    disputes: Iterable[Dispute] = (),
    missing: Missing | None = None,
    told: Told = lambda claim: None,
) -> Raised:
    """What is out of the ordinary as it stands at a day: told then, or within the cool-down before.

    ``told`` gives the day that a claim was published on. Newest first, alerts on counts before others.

    >>> alerts(series, ceasefire=donbas, cast=cast(donbas), at=dt.date(2022, 2, 20)).alerts[0].words
    ... # doctest: +SKIP
    '1,566 ceasefire violations (SMM) to the evening of 18 February 2022 against some 300 expected, ...'
    """
    held = watch(series, ceasefire=ceasefire, cast=cast, at=at)
    found = [alert for _, alert in counts.alerts(held, at=at)]
    first = at - ceasefire.alerts.cool_down * ONE
    other = others(at=at, commitments=commitments, disputes=disputes, missing=missing or Missing(), told=told)
    found += [alert for alert in other if alert.kind == "quiet" or first <= alert.raised <= at]
    return Raised(order(found), tuple(band(one) for one in held))


def watch(
    series: Iterable[Series], *, ceasefire: Ceasefire, cast: Cast, at: dt.date, shown: int = SHOWN
) -> list[Watched]:
    """The series judged by all methods on the last ``shown`` evenings, by the rules of the ceasefire."""
    lines = [Line(one, subject(one, ceasefire=ceasefire, cast=cast)) for one in series]
    return watched(lines, rules=ceasefire.alerts, at=at, shown=shown)


def subject(one: Series, *, ceasefire: Ceasefire, cast: Cast) -> Subject:
    """What a series is of, with the names of the catalog."""
    counter = next(given for given in ceasefire.counters if given.id == one.counter)
    regions = {region.id: region.name for region in ceasefire.regions}
    region = regions.get(one.region, one.region) if one.region else None
    return Subject(counter=counter, called=short(counter, cast), region=region)


def others(
    *,
    at: dt.date,
    commitments: Iterable[CommitmentState],
    disputes: Iterable[Dispute],
    missing: Missing,
    told: Told,
) -> Iterator[Alert]:
    """The alerts on other matters than counts, whenever they were raised."""
    yield from matters.overdue(commitments, at=at)
    yield from matters.denied(disputes, at=at, told=told)
    yield from matters.quiet(missing.quiet, at=at)


def order(found: Sequence[Alert]) -> tuple[Alert, ...]:
    """What is new first, then counts before other kinds, the newest before older ones."""
    kinds = ("count", "drift", "change", "quiet", "overdue", "denial")
    return tuple(
        sorted(
            found,
            key=lambda one: (one.state == "open", kinds.index(one.kind), -one.day.toordinal(), one.id),
        )
    )
