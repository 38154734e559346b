"""Alerts on counts: a surge, a drift, a change of level; and what of them is a part of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from trucewatch.situation.alerts import methods, wording
from trucewatch.situation.alerts.distributions import Array
from trucewatch.situation.alerts.episodes import Episode, episodes
from trucewatch.situation.alerts.methods import SEVERAL, Judged
from trucewatch.situation.alerts.nouns import Alert, AlertKind, AlertState, Method
from trucewatch.situation.alerts.regression import EVENINGS
from trucewatch.situation.alerts.watch import FRESH, Watched, deciding
from trucewatch.situation.days import ONE
from trucewatch.situation.nouns import Point

BOUNDING: tuple[Method, ...] = ("regression", SEVERAL, "C1", "C2", "C3")


class Decision(NamedTuple):
    """Of each evening of a line: whether it alarms, how far beyond its bound, and by which methods."""

    alarms: NDArray[np.bool_]
    severity: Array
    methods: list[tuple[Method, ...]]


def alerts(
    lines: Sequence[Watched], *, at: dt.date, since: dt.date | None = None
) -> list[tuple[Watched, Alert]]:
    """The alerts on lines that stand at a day, or all from ``since`` on; parts are told with their whole."""
    return _folded([(one, alert) for one in lines for alert in _alerts(one, at=at, since=since)])


def decide(one: Watched) -> Decision:
    """By the first method of the rules that has enough on file; the regression also by evenings together."""
    told = {method: one.of(method) for method in BOUNDING}
    alarms, severity = np.zeros(one.shown, dtype=bool), np.full(one.shown, -np.inf)
    by: list[tuple[Method, ...]] = [()] * one.shown
    undecided = np.ones(one.shown, dtype=bool)
    for method in deciding(one.rules):
        mine: tuple[Method, ...] = (method, SEVERAL) if method == "regression" else (method,)
        taken = undecided & ~np.isnan(told[method].upper)
        undecided &= ~taken
        for name in mine:
            alarms |= taken & told[name].alarms
        severity = np.where(taken & alarms, methods.severity(told[method]), severity)
        for place in np.flatnonzero(taken & alarms):
            others = [name for name in BOUNDING if name not in mine]
            by[place] = tuple(name for name in (*mine, *others) if told[name].alarms[place])
    return Decision(alarms, severity, by)


def _alerts(one: Watched, *, at: dt.date, since: dt.date | None) -> Iterator[Alert]:
    decision = decide(one)
    for episode in _standing(one, decision.alarms, decision.severity, at=at, since=since):
        yield _surge(one, decision.methods[episode.told], episode, at=at)
    level = np.ones(one.shown)  # a drift and a change of level get no worse
    if "cusum" in one.rules.methods:
        told = one.of("cusum")
        for episode in _standing(one, told.alarms, level, at=at, since=since):
            yield _drift(one, told, episode, at=at)
    if "change point" in one.rules.methods:
        told = one.of("change point")
        for episode in _standing(one, told.alarms, level, at=at, since=since, lasts=False):
            yield _change(one, told, episode, at=at)


def _standing(
    one: Watched,
    alarms: NDArray[np.bool_],
    severity: Array,
    *,
    at: dt.date,
    since: dt.date | None,
    lasts: bool = True,
) -> Iterator[Episode]:
    """The episodes whose last alarm is within the cool-down; of what does not last, whose first is."""
    first = since or at - one.rules.cool_down * ONE
    for episode in episodes(alarms, severity, cool_down=one.rules.cool_down):
        if one.day(episode.last if lasts else episode.raised) >= first:
            yield episode


# --- one alert --------------------------------------------------------------------------------------------


def _surge(one: Watched, by: tuple[Method, ...], episode: Episode, *, at: dt.date) -> Alert:
    place, told = episode.told, one.of(by[0])
    points = one.points(place, over=EVENINGS if by[0] == SEVERAL else 1)
    alert = msgspec.structs.replace(
        _alert(one, "count", episode, at=at, points=points),
        methods=by,
        observed=float(told.observed[place]),
        expected=float(told.expected[place]),
        upper=float(told.upper[place]),
        days=int(told.days[place]),
        evenings=len(points),
    )
    words = wording.count(one.line.subject, alert, points=points, span=told.span)
    return msgspec.structs.replace(alert, words=words)


def _drift(one: Watched, told: Judged, episode: Episode, *, at: dt.date) -> Alert:
    """A drift: the evenings that its sum is made of, with their mean and what was expected of them."""
    place = episode.raised
    length = int(one.judged.lengths[one.row][place])
    points = one.points(place, over=length)
    figures = one.evenings.figures
    end = len(figures) - one.shown + place + 1
    mean = float(np.nanmean(figures[end - length : end]))
    usual = float(told.expected[place])
    words = wording.drift(
        one.line.subject,
        mean=mean,
        usual=usual,
        days=int((~np.isnan(figures[end - length : end])).sum()),
        since=one.day(place - length + 1),
        total=float(told.statistic[place]),
    )
    return msgspec.structs.replace(
        _alert(one, "drift", episode, at=at, points=points),
        words=words,
        methods=("cusum",),
        observed=mean,
        expected=usual,
        days=int(told.days[place]),
        evenings=len(points),
    )


def _change(one: Watched, told: Judged, episode: Episode, *, at: dt.date) -> Alert:
    """A change of level: its first evening on file, with the means before and after."""
    place = episode.raised
    found = one.judged.change
    back = told.span - 1 - int(found.place[one.row][place])
    before, after = float(found.before[one.row][place]), float(found.after[one.row][place])
    confidence, days = float(told.statistic[place]), int(told.days[place])
    words = wording.change(
        one.line.subject,
        levels=(before, after),
        since=one.day(place - back),
        confidence=confidence,
        days=days,
        span=told.span,
    )
    return msgspec.structs.replace(
        _alert(one, "change", episode, at=at, points=one.points(place - back)),
        words=words,
        methods=("change point",),
        observed=after,
        expected=before,
        days=days,
        confidence=confidence,
    )


def _alert(one: Watched, kind: AlertKind, episode: Episode, *, at: dt.date, points: Sequence[Point]) -> Alert:
    series, raised = one.line.series, one.day(episode.raised)
    return Alert(
        id=f"alert-{kind}-{series.counter}-{series.region or 'all'}-{raised}",
        kind=kind,
        state=_state(one, episode, at=at),
        day=one.day(episode.told),
        raised=raised,
        words="",
        claims=tuple(dict.fromkeys(claim for point in points for claim in point.claims)),
        counter=series.counter,
        region=series.region,
    )


def _state(one: Watched, episode: Episode, *, at: dt.date) -> AlertState:
    """New or worse as long as no later evening has a figure, and for two days; open after that."""
    told = one.day(episode.told)
    if at - told > FRESH * ONE or any(told < day <= at for day in one.evenings.points):
        return "open"
    return "worse" if episode.told > episode.raised else "new"


# --- parts ------------------------------------------------------------------------------------------------


def _folded(found: list[tuple[Watched, Alert]]) -> list[tuple[Watched, Alert]]:
    """Alerts on a region or a subset of what another alert of that evening is on, told within that one."""
    by_place = {_key(alert, alert.counter, alert.region): alert for _, alert in found}
    wholes: dict[str, list[tuple[Watched, Alert]]] = {}
    kept = []
    for one, alert in found:
        whole = _whole(one, alert, by_place)
        if whole is None:
            kept.append((one, alert))
        else:
            wholes.setdefault(whole.id, []).append((one, alert))
    return [(one, _with_parts(alert, wholes.get(alert.id, []))) for one, alert in kept]


def _key(alert: Alert, counter: str | None, region: str | None) -> tuple[object, ...]:
    return alert.kind, counter, region, alert.day


def _whole(one: Watched, alert: Alert, by_place: dict[tuple[object, ...], Alert]) -> Alert | None:
    """The largest alert that one is a part of: on all regions, and on what the counter counts a subset of."""
    counter, part_of = alert.counter, one.line.subject.counter.part_of
    wider = [(part_of, None), (part_of, alert.region), (counter, None)]
    found = (by_place.get(_key(alert, name, region)) for name, region in wider if name)
    return next((whole for whole in found if whole is not None and whole is not alert), None)


def _with_parts(alert: Alert, parts: list[tuple[Watched, Alert]]) -> Alert:
    if not parts:
        return alert
    words = alert.words
    if alert.kind == "count":
        told = "; ".join(wording.part(one.line.subject, part) for one, part in parts)
        words = f"{alert.words} Of these: {told}."
    claims = tuple(dict.fromkeys((*alert.claims, *(claim for _, part in parts for claim in part.claims))))
    return msgspec.structs.replace(alert, words=words, claims=claims)
