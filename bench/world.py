"""The made-up world that a synthetic ledger tells of: who is there, where, and who meets whom.

Parties, offices and places of a ceasefire are the catalog's; people, outlets and all other countries
are invented, of made-up syllables.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from trucewatch import catalog
from trucewatch.model import Actor, Ceasefire, Place

_SYLLABLES = (
    "ba",
    "dor",
    "el",
    "fan",
    "gri",
    "hul",
    "is",
    "ka",
    "lem",
    "mor",
    "nu",
    "or",
    "pel",
    "ris",
    "tav",
    "ul",
)
_TITLES = ("deputy minister", "spokesman", "envoy", "commander", "governor", "adviser")
_GROUPS = ("residents", "officials", "observers", "volunteers", "aid workers", "officers")
_LANDS = tuple(f"X{number}" for number in range(40))  # countries that do not exist
_PEOPLE = 60  # invented people of each stage, beside the offices of the catalog
_EVENTS = 14  # contacts a day and stage: about as many as there are claims of contacts to tell them


@dataclass(frozen=True)
class Stage:
    """A conflict: its actors, places and outlets. ``ceasefire`` is None where it does not exist."""

    name: str
    ceasefire: Ceasefire | None
    actors: tuple[Actor, ...]
    offices: tuple[Actor, ...]
    places: tuple[Place, ...]
    matters: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """A contact that takes place on a day, so that several reports can tell it."""

    day: dt.date
    form: str
    participants: tuple[Actor, ...]
    minutes: int | None


def word(chance: Random, *, syllables: int = 3) -> str:
    """An invented word."""
    return "".join(chance.choice(_SYLLABLES) for _ in range(syllables))


def name(chance: Random) -> str:
    """An invented person."""
    return f"{word(chance, syllables=2).capitalize()} {word(chance).capitalize()}"


def stages(chance: Random) -> list[Stage]:
    """A stage for each ceasefire of the catalog, and one of countries that do not exist."""
    real = [_of_catalog(catalog.ceasefire(one), chance) for one in catalog.ceasefires()]
    return [*real, _invented(chance)]


def events(stage: Stage, day: dt.date, chance: Random, *, forms: list[str]) -> list[Event]:
    """The contacts of one day."""
    found = []
    for _ in range(chance.randint(_EVENTS // 2, _EVENTS * 3 // 2)):
        pool = stage.offices if chance.random() < 0.6 else stage.actors
        people = chance.sample(pool, 2 if chance.random() < 0.85 else 3)
        minutes = chance.randrange(10, 120, 5) if chance.random() < 0.2 else None
        found.append(Event(day, chance.choice(forms), tuple(people), minutes))
    return found


def _of_catalog(given: Ceasefire, chance: Random) -> Stage:
    parties = tuple(
        Actor(name=party.name, country=party.country, type="organization") for party in given.parties
    )
    offices = tuple(
        Actor(name=post.title, country=party.country, type="person")
        for party in given.parties
        for post in party.posts
    )
    lands = given.countries
    places = [Place(text=region.name, name=region.name, country=region.country) for region in given.regions]
    places += [
        Place(text=group[0], name=group[0], country=lands[0], lat=48.1, lon=38.2, precision="city")
        for group in given.place_names
    ]
    invented = _people(chance, (*lands, *_LANDS)) + _groups(lands[0])
    return Stage(
        name=given.id,
        ceasefire=given,
        actors=(*parties, *offices, *invented),
        offices=(*offices, *parties) if len(offices) < 6 else offices,
        places=(*places, *_villages(chance, country=lands[0])),
        matters=given.keywords,
    )


def _invented(chance: Random) -> Stage:
    states = tuple(Actor(name=word(chance).capitalize(), country=land, type="country") for land in _LANDS)
    people = _people(chance, _LANDS) + _people(chance, _LANDS)
    return Stage(
        name="elsewhere",
        ceasefire=None,
        actors=(*states, *people, *_groups("X0")),
        offices=people,
        places=_villages(chance, country="X0") + _villages(chance, country="X1"),
        matters=tuple(word(chance) for _ in range(20)),
    )


def _people(chance: Random, lands: Sequence[str]) -> tuple[Actor, ...]:
    named = tuple(
        Actor(name=name(chance), country=chance.choice(lands), type="person") for _ in range(_PEOPLE)
    )
    offices = tuple(Actor(name=f"{title} {name(chance)}", type="person") for title in _TITLES)
    return named + offices


def _groups(country: str) -> tuple[Actor, ...]:
    return tuple(Actor(name=group, country=country, type="group") for group in _GROUPS)


def _villages(chance: Random, *, country: str) -> tuple[Place, ...]:
    names = [word(chance, syllables=4).capitalize() for _ in range(80)]
    return tuple(Place(text=one, name=one, country=country, precision="city") for one in names)
