"""Which entries belong to a ceasefire, and how closely.

A claim is **named** with the ceasefire if it names one of its regions or listed places, a keyword
(an agreement, a format, an area), or the body that monitors it; every claim of a report that the
monitoring body itself publishes is. A report is **about** the ceasefire if one of its claims is so
named, or its title is, or a single claim in it brings two of the ceasefire's sides together.
In a report about it, a claim that names a party is tied by **party**, and one that names no party is
tied by **context**. Left out of it is what is placed in a country that is none of the ceasefire's, and
what names no party and is placed somewhere that cannot be told. All other reports are left out: a
country or a leader alone does not make a claim part of this ceasefire.

Claims that the report places on days outside the ceasefire's life stay in: what they say of other
days is sorted out by each derived thing for itself.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from trucewatch.model import (
    Actor,
    Claim,
    Entry,
)
from trucewatch.situation.names import Cast, key
from trucewatch.situation.nouns import Tie

_TEXT_FIELDS = ("body", "purpose", "condition", "action", "unit", "definition")
_ACTOR_FIELDS = (
    "speaker",
    "addressees",
    "about",
    "participants",
    "parties",
    "to",
    "force",
    "recipient",
    "perpetrator",
    "target",
    "observer",
    "by",
)


def relevant(entries: Iterable[Entry], *, cast: Cast) -> list[tuple[Entry, Tie]]:
    """The entries that belong to the ceasefire of a cast, each with its tie, in the order given."""
    by_report: dict[tuple[str | None, str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        by_report[entry.report.publisher, entry.report.id, entry.report.sha256].append(entry)
    return [pair for group in by_report.values() for pair in _of_report(group, cast)]


def _of_report(group: list[Entry], cast: Cast) -> Iterator[tuple[Entry, Tie]]:
    report = group[0].report
    if report.publisher and cast.counts(report.publisher):
        yield from ((entry, "named") for entry in group)
        return
    named = {id(entry) for entry in group if is_named(entry.claim, cast)}
    about = named or cast.mentions(report.title) or any(_two_sides(entry.claim, cast) for entry in group)
    for entry in group if about else ():
        if id(entry) in named:
            yield entry, "named"
        elif not _elsewhere(entry.claim, cast):
            yield entry, "party" if _parties(entry.claim, cast) else "context"


def is_named(claim: Claim, cast: Cast) -> bool:
    """Whether the claim itself names the ceasefire's places, keywords or monitoring body."""
    for text in _texts(claim):
        if cast.mentions(text):
            return True
    for actor in actors(claim):
        if cast.is_named(actor.name):
            return True
    return any(cast.counts(voice.source) for voice in claim.said_by) if claim.said_by else False


def actors(claim: Claim) -> tuple[Actor, ...]:
    """Everybody whom a claim names as somebody who speaks, acts or is acted upon."""
    found: list[Actor] = []
    for field in _fields(type(claim))[0]:
        value = getattr(claim, field)
        if value:
            found.extend((value,) if isinstance(value, Actor) else value)
    return tuple(found)


def _texts(claim: Claim) -> Iterator[str]:
    """The texts of a claim that say where or about what."""
    if place := claim.place:
        yield place.text or ""
        if place.name and place.name != place.text:
            yield place.name
    for field in _fields(type(claim))[1]:
        if text := getattr(claim, field):
            yield text


@functools.cache
def _fields(kind: type[Claim]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which fields of a kind of claim hold actors, and which hold texts that say where or about what."""
    held = kind.__struct_fields__
    return tuple(f for f in _ACTOR_FIELDS if f in held), tuple(f for f in _TEXT_FIELDS if f in held)


def _parties(claim: Claim, cast: Cast) -> set[str]:
    """The sides of the ceasefire's own parties in a claim, speakers and relays included."""
    named = [cast.party(actor) for actor in actors(claim)]
    named += [cast.by_name.get(key(voice.source)) for voice in claim.said_by]
    return {party.side for party in named if party}


def _two_sides(claim: Claim, cast: Cast) -> bool:
    named = [party for actor in actors(claim) if (party := cast.party(actor))]
    return len({party.side for party in named if party.role != "outside"}) > 1


def _elsewhere(claim: Claim, cast: Cast) -> bool:
    """Placed in another country, or somewhere unknown while naming none of the parties."""
    if claim.place is None:
        return False
    land = claim.place.country
    if land and cast.countries:
        return land not in cast.countries
    return not _parties(claim, cast)
