"""The forces on file: who places, moves or pulls back what, as somebody asserts, denies or orders it."""

from __future__ import annotations

import datetime as dt

from trucewatch.model import Noun, Number, Shelf
from trucewatch.situation.nouns import PostureState
from trucewatch.situation.postures import postures
from trucewatch.views.gathered import Gathered, gathered, is_within
from trucewatch.views.query import Query


class ForceRow(Noun, frozen=True, kw_only=True):
    """One movement or placing of forces or arms, as it is told. "Asserted" is the teller's word: who claims
    to have withdrawn has not thereby withdrawn.

    An assertion and its denial are two rows that name each other: ``denials`` are the claims against it.
    ``words`` are the exact words of each claim, in the order of ``claims``; empty where no text is on file.
    """

    id: str
    ceasefire: str | None
    action: str
    status: str
    force: tuple[str, ...]
    low: Number | None
    high: Number | None
    approximate: bool
    unit: str | None
    recipient: str | None
    place: str | None
    lat: float | None
    lon: float | None
    day: dt.date | None
    told: dt.date | None
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


def rows(shelf: Shelf, query: Query) -> list[ForceRow]:
    """The movements of forces of a query's period, the newest first: by their day, else by their telling."""
    found: list[ForceRow] = []
    for of in gathered(shelf, query):
        for state in of.stood(postures(of.entries, at=of.at)):
            day = state.day or state.told
            if is_within(query.period, day, day):
                found.append(_row(state, of))
    return found


def _row(state: PostureState, of: Gathered) -> ForceRow:
    standing, spot = state.standing, of.spot(state.claims)
    assert standing is not None  # noqa: S101 - stand() gives each one
    told = of.told(state.claims)
    return ForceRow(
        id=f"force-{told[0].claim.id if told else state.claims[0]}",
        ceasefire=of.name,
        action=state.action,
        status=state.status,
        force=state.force,
        low=state.low,
        high=state.high,
        approximate=state.approximate,
        unit=state.unit,
        recipient=state.recipient,
        place=state.place,
        lat=spot.lat if spot else None,
        lon=spot.lon if spot else None,
        day=state.day,
        told=state.told,
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
