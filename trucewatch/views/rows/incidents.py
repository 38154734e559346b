"""The incidents on file: what is reported, where and when, whom it is attributed to, and how it stands."""

from __future__ import annotations

import datetime as dt

from trucewatch.model import Noun, Shelf
from trucewatch.situation.nouns import IncidentState
from trucewatch.situation.sayings import incidents
from trucewatch.views.gathered import Gathered, gathered, is_within
from trucewatch.views.query import Query


class IncidentRow(Noun, frozen=True, kw_only=True):
    """One reported incident. ``accused`` are those to whom the voices attribute it, never a finding;
    ``reported_against`` those whom it is said to have hit.

    ``standing`` is alleged, corroborated across sides, or verified by the mechanism; ``contested`` is a fact
    of its own: ``denials`` are on file. ``independent`` counts origins of different sides. ``words`` are the
    exact words of each claim, in the order of ``claims``; empty where no text is on file.
    """

    id: str
    ceasefire: str | None
    type: str
    day: dt.date | None
    told: dt.date | None
    place: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    accused: tuple[str, ...]
    reported_against: tuple[str, ...]
    trend: str | None
    standing: str
    contested: bool
    independent: int
    voices: tuple[str, ...]
    sides: tuple[str, ...]
    verified_by: tuple[str, ...]
    denials: tuple[str, ...]
    words: tuple[str, ...]
    claims: tuple[str, ...]
    reports: tuple[str, ...]


def rows(shelf: Shelf, query: Query) -> list[IncidentRow]:
    """The incidents of a query's period, the newest first: by their day, else by the day they were told."""
    found: list[IncidentRow] = []
    for of in gathered(shelf, query):
        for state in of.stood(incidents(of.entries, at=of.at, words=of.words)):
            day = state.day or state.told
            if is_within(query.period, day, day):
                found.append(_row(state, of))
    return found


def _row(state: IncidentState, of: Gathered) -> IncidentRow:
    standing, spot = state.standing, of.spot(state.claims)
    assert standing is not None  # noqa: S101 - stand() gives each one
    told = of.told(state.claims)
    return IncidentRow(
        id=f"incident-{told[0].claim.id if told else state.claims[0]}",
        ceasefire=of.name,
        type=state.type,
        day=state.day,
        told=state.told,
        place=state.place,
        lat=spot.lat if spot else None,
        lon=spot.lon if spot else None,
        precision=spot.precision if spot else None,
        accused=state.accused,
        reported_against=state.target,
        trend=state.trend,
        standing=standing.standing,
        contested=standing.contested,
        independent=standing.independent,
        voices=standing.voices,
        sides=standing.sides,
        verified_by=standing.verified_by,
        denials=standing.denials,
        words=of.exact(state.claims),
        claims=state.claims,
        reports=of.reports(state.claims),
    )
