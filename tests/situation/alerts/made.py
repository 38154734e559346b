"""Series made by hand, an evening a number, and what alerts say of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
import numpy as np

from trucewatch import catalog
from trucewatch.model import AlertRules, Ceasefire, Excluded
from trucewatch.situation.alerts.nouns import Alert
from trucewatch.situation.alerts.raising import Raised, alerts
from trucewatch.situation.days import ONE
from trucewatch.situation.names import cast
from trucewatch.situation.nouns import Point, Series

FIRST = dt.date(2021, 1, 1)
DONBAS = catalog.ceasefire("donbas-2020")
SURGES = AlertRules(methods=("regression",))


def ceasefire(rules: AlertRules = SURGES) -> Ceasefire:
    """The Donbas ceasefire with rules of alerts of its own."""
    return msgspec.structs.replace(DONBAS, alerts=rules)


def excluded(first: int, last: int, why: str = "an offensive that is over") -> Excluded:
    """A period from the evening at one place to that at another, as it is written in YAML."""
    told = {"from": day(first).isoformat(), "until": day(last).isoformat(), "why": why}
    return msgspec.convert(told, Excluded)


def day(place: int) -> dt.date:
    """The evening at a place of a series."""
    return FIRST + place * ONE


def point(place: int, low: int, *, region: str | None = None, evenings: int = 1, **fields: object) -> Point:
    """A figure of so many evenings up to a place."""
    given = {"high": low, "basis": "own", "claims": (f"c-{region or 'all'}-{place}",), **fields}
    told = {"counter": "smm-violations", "region": region, "low": low, **given}
    return Point(start=day(place - evenings), end=day(place), **told)  # type: ignore[arg-type]


def series(figures: Sequence[int | None], *, region: str | None = None) -> Series:
    """A series with a figure an evening, None for a gap."""
    places = range(len(figures))
    held = tuple(
        point(p, int(f), region=region) for p, f in zip(places, figures, strict=True) if f is not None
    )
    gaps = tuple(day(p) for p, f in zip(places, figures, strict=True) if f is None)
    return Series(counter="smm-violations", region=region, points=held, gaps=gaps)


def raised(*lines: Series, at: int, rules: AlertRules = SURGES) -> Raised:
    """What alerts say at the evening at a place."""
    given = ceasefire(rules)
    return alerts(lines, ceasefire=given, cast=cast(given), at=day(at))


def told(figures: Sequence[int | None], *, rules: AlertRules = SURGES) -> list[Alert]:
    """The alerts at the last evening of some figures."""
    return list(raised(series(figures), at=len(figures) - 1, rules=rules).alerts)


def calm(evenings: int, *, mean: float = 40, dispersion: float = 4, seed: int = 7) -> list[int | None]:
    """Counts that scatter about a mean and do nothing else."""
    rng = np.random.default_rng(seed)
    counts = rng.negative_binomial(mean / (dispersion - 1), 1 / dispersion, size=evenings)
    return [int(count) for count in counts]
