"""The positions on file: what each actor demands, offers, refuses or undertakes, and since when."""

from __future__ import annotations

import datetime as dt

from trucewatch.model import Noun, Shelf
from trucewatch.situation.nouns import Position, PositionStep
from trucewatch.situation.positions import positions
from trucewatch.views.gathered import Gathered, gathered, is_within
from trucewatch.views.query import Query


class PositionRow(Noun, frozen=True, kw_only=True):
    """What one actor holds on one matter. ``steps`` are its acts in the order of telling, ``act`` the last.

    ``names`` are those who spoke for the actor. ``own`` is false where only others tell that it holds this.
    ``matter`` is in a few words and no quotation; ``words`` are the exact words of each claim, in the order
    of ``claims``, empty where no text is on file.
    """

    id: str
    ceasefire: str | None
    actor: str
    names: tuple[str, ...]
    side: str | None
    topic: str
    matter: str
    act: str
    own: bool
    towards: tuple[str, ...]
    since: dt.date | None
    told: dt.date | None
    steps: tuple[PositionStep, ...]
    words: tuple[str, ...]
    claims: tuple[str, ...]
    reports: tuple[str, ...]


def rows(shelf: Shelf, query: Query) -> list[PositionRow]:
    """The positions of a query's period, the newest first: those told within it, as of its last day."""
    return [
        _row(position, of)
        for of in gathered(shelf, query)
        for position in positions(
            of.entries,
            at=of.at,
            cast=of.cast,
            judgements=shelf.judgements(query.known),
            words=of.words,
        )
        if is_within(query.period, position.since, position.told)
    ]


def _row(position: Position, of: Gathered) -> PositionRow:
    return PositionRow(
        id=position.id,
        ceasefire=of.name,
        actor=position.actor,
        names=position.names,
        side=position.side,
        topic=position.topic,
        matter=position.matter,
        act=position.act,
        own=position.own,
        towards=position.towards,
        since=position.since,
        told=position.told,
        steps=position.steps,
        words=of.exact(position.claims),
        claims=position.claims,
        reports=of.reports(position.claims),
    )
