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
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

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
    told = [actors(entry.claim) for entry in group]
    named = [_is_named(entry.claim, who, cast) for entry, who in zip(group, told, strict=True)]
    about = any(named) or cast.mentions(report.title) or any(_two_sides(who, cast) for who in told)
    for entry, is_by_name in zip(group, named, strict=True) if about else ():
        if is_by_name:
            yield entry, "named"
        elif not _elsewhere(entry.claim, cast):
            yield entry, "party" if _parties(entry.claim, cast) else "context"


def is_named(claim: Claim, cast: Cast) -> bool:
    """Whether the claim itself names the ceasefire's places, keywords or monitoring body."""
    return _is_named(claim, actors(claim), cast)


def _is_named(claim: Claim, told: Sequence[Actor], cast: Cast) -> bool:
    place, mentions = claim.place, cast.mentions
    if place and ((place.text and mentions(place.text)) or (place.name and mentions(place.name))):
        return True
    for text in _texts_of(type(claim))(claim):
        if text and mentions(text):
            return True
    for actor in told:
        if cast.is_named(actor.name):
            return True
    return any(cast.counts(voice.source) for voice in claim.said_by) if claim.said_by else False


def actors(claim: Claim) -> list[Actor]:
    """Everybody whom a claim names as somebody who speaks, acts or is acted upon."""
    found: list[Actor] = []
    for value in _actors_of(type(claim))(claim):
        if value:
            found += (value,) if isinstance(value, Actor) else value
    return found


@functools.cache
def _actors_of(kind: type[Claim]) -> Callable[[Claim], tuple[Any, ...]]:
    """The fields of a kind of claim that hold actors."""
    return _fields(*(name for name in _ACTOR_FIELDS if name in kind.__struct_fields__))


@functools.cache
def _texts_of(kind: type[Claim]) -> Callable[[Claim], tuple[str | None, ...]]:
    """The fields of a kind of claim whose texts say about what it is."""
    return _fields(*(name for name in _TEXT_FIELDS if name in kind.__struct_fields__))


def _fields(*names: str) -> Callable[[Claim], tuple[Any, ...]]:
    """Some fields of a claim at once; of one or none too it is a tuple."""
    if not names:
        return lambda claim: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda claim: (get(claim),)


def _parties(claim: Claim, cast: Cast) -> set[str]:
    """The sides of the ceasefire's own parties in a claim, speakers and relays included."""
    named = [cast.party(actor) for actor in actors(claim)]
    named += [cast.by_name.get(key(voice.source)) for voice in claim.said_by]
    return {party.side for party in named if party}


def _two_sides(told: Sequence[Actor], cast: Cast) -> bool:
    """Whether those whom a claim names are of more than one of the ceasefire's sides."""
    if len(told) < 2:
        return False
    named = [party for actor in told if (party := cast.party(actor))]
    return len({party.side for party in named if party.role != "outside"}) > 1


def _elsewhere(claim: Claim, cast: Cast) -> bool:
    """Placed in another country, or somewhere unknown while naming none of the parties."""
    if claim.place is None:
        return False
    land = claim.place.country
    if land and cast.countries:
        return land not in cast.countries
    return not _parties(claim, cast)
