"""The statements on file: who said what to whom, about whom, through which channel, and who denies it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from trucewatch.claims.topics import topic_of
from trucewatch.model import Actor, Entry, Noun, Shelf, Statement
from trucewatch.situation.days import single
from trucewatch.situation.sides import Sides
from trucewatch.situation.standing import denials_of
from trucewatch.views.gathered import Gathered, gathered, is_within
from trucewatch.views.query import Query


class StatementRow(Noun, frozen=True, kw_only=True):
    """One statement as one report tells it; ``id`` is that of its claim.

    ``sides`` are those of the speakers in the catalog. ``about`` are those accused or blamed by it.
    ``relays`` tell it on, nearest first. ``words`` are the exact words of what is said, empty where no text
    is on file. ``contested``: what it says is denied or countered by ``denials``.
    """

    id: str
    ceasefire: str | None
    told: dt.date | None
    day: dt.date | None
    speakers: tuple[str, ...]
    sides: tuple[str, ...]
    act: str
    form: str
    addressees: tuple[str, ...]
    about: tuple[str, ...]
    words: str
    topic: str | None
    channel: str | None
    relays: tuple[str, ...]
    contested: bool
    denials: tuple[str, ...]
    claims: tuple[str, ...]
    reports: tuple[str, ...]


def rows(shelf: Shelf, query: Query) -> list[StatementRow]:
    """The statements of a query's period by the day they were told, the newest first."""
    found: list[StatementRow] = []
    for of in gathered(shelf, query):
        denied, sides = denials_of(of.disputes), Sides(of.cast)
        for entry in of.told(of.held):
            told = entry.report.published
            asked = (told or of.at) <= of.at and is_within(query.period, told, told)
            if isinstance(entry.claim, Statement) and asked:
                found.append(_row(entry, entry.claim, of, sides, denied))
    return sorted(found, key=lambda row: (row.told or dt.date.min, row.id), reverse=True)


def _row(
    entry: Entry, claim: Statement, of: Gathered, sides: Sides, denied: Mapping[str, tuple[str, ...]]
) -> StatementRow:
    name = claim.id or ""
    words = of.words(entry, claim.content) if claim.content else ""
    spoken = (party.side for actor in claim.speaker if (party := sides.party(actor)))
    return StatementRow(
        id=name,
        ceasefire=of.name,
        told=entry.report.published,
        day=single(claim.time),
        speakers=_names(claim.speaker),
        sides=tuple(dict.fromkeys(spoken)),
        act=claim.act,
        form=claim.form,
        addressees=_names(claim.addressees),
        about=_names(claim.about),
        words=words,
        topic=topic_of(words) if words else None,
        channel=claim.channel,
        relays=tuple(voice.source for voice in claim.said_by),
        contested=name in denied,
        denials=denied.get(name, ()),
        claims=(name,),
        reports=(entry.report.id,),
    )


def _names(actors: tuple[Actor, ...]) -> tuple[str, ...]:
    return tuple(actor.name for actor in actors)
