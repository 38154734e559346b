"""Whose side somebody speaks for: also where a report names him by his country or as a part of a party.

"Russia's defence ministry", "Ukrainian units" and "the Luhansk separatists' office" are none of a catalog's
names, but each begins with one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from trucewatch.catalog.words import vocabulary
from trucewatch.model import Actor, Party
from trucewatch.situation.names import Cast, key

_WORD = re.compile(r"[^\W_]+")
_NOTE = re.compile(r"\s*\([^()]*\)\s*$")
_BY = re.compile(r"\bby\s+(?:the\s+|its\s+)?")
_FIRST = 12  # words of a passage in which its subject stands


class Sides:
    """The parties of a cast by whatever begins with their names. Each different name is looked up once."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._known: dict[tuple[str, str | None, str | None], Party | None] = {}
        self._named: dict[str, Party | None] = {}
        self._lands = _lands(cast)
        self.known = frozenset(party.side for party in cast.parties.values())

    def party(self, actor: Actor) -> Party | None:
        """The party that an actor is or speaks for; None where its name tells none."""
        asked = actor.name, actor.id, actor.country
        if asked not in self._known:
            self._known[asked] = (
                self.cast.party(actor)
                or self._of_counter(actor.name)
                or self._leading(actor.name)
                or self._lands.get(actor.country or "")
            )
        return self._known[asked]

    def side(self, actor: Actor) -> str:
        """The actor's side; an actor of no party stands for itself."""
        party = self.party(actor)
        return party.side if party else key(actor.name)

    def of(self, actors: Iterable[Actor]) -> frozenset[str]:
        """The sides of some actors."""
        return frozenset(self.side(actor) for actor in actors)

    def doer(self, text: str) -> Actor | None:
        """The party that does what a passage says: the one after "by", else the first that it names."""
        for by in _BY.finditer(text):
            if party := self._leading(text[by.end() : by.end() + 60]):
                return Actor(name=party.name, id=party.id)
        words = _WORD.findall(text)[:_FIRST]
        found = (self._starting(words[place:]) for place in range(len(words)))
        party = next(filter(None, found), None)
        return Actor(name=party.name, id=party.id) if party else None

    def first(self, text: str, *, but: frozenset[str]) -> Actor | None:
        """The first party that a passage names, other than those of some sides."""
        words = _WORD.findall(text)
        found = (self._starting(words[place : place + 5]) for place in range(len(words)))
        party = next((party for party in found if party and party.side not in but), None)
        return Actor(name=party.name, id=party.id) if party else None

    def _leading(self, name: str) -> Party | None:
        bare = name.removeprefix("the ").removeprefix("The ")
        return self._starting(_WORD.findall(bare)[:5]) if " " in bare else self._called(bare)

    def _starting(self, words: list[str]) -> Party | None:
        lengths = range(min(len(words), 5), 0, -1)
        return next(filter(None, (self._called(" ".join(words[:length])) for length in lengths)), None)

    def _called(self, name: str) -> Party | None:
        """The party of just this name, also by a demonym or capital; "us" is not the US."""
        if name not in self._named:
            known = vocabulary().names.get(name) if name[:1].isupper() else None
            short = len(name) < 4 and not name.isupper()
            found = None if short else self.cast.by_name.get(key(name))
            self._named[name] = found or (self.cast.by_name.get(key(known.name)) if known else None)
        return self._named[name]

    def _of_counter(self, name: str) -> Party | None:
        counters = (c for c in self.cast.counters if self.cast.is_counter(name, c))
        parties = list(itertools.islice((self.cast.parties[c.party] for c in counters), 2))
        return parties[0] if len({party.side for party in parties}) == 1 else None


def publisher(name: str | None) -> Actor:
    """The publisher of a report as an actor, without a note in brackets: "Halden Mission (closed)".

    It is a party only where the catalog has just this name: a look-alike is none.
    """
    return Actor(name=_NOTE.sub("", name or ""))


def _lands(cast: Cast) -> dict[str, Party]:
    """The party of a country of which all parties are of one side: the first of the catalog."""
    found: dict[str, Party] = {}
    sides: dict[str, set[str]] = {}
    for party in cast.parties.values():
        if party.country and party.role not in ("mechanism", "format"):
            found.setdefault(party.country, party)
            sides.setdefault(party.country, set()).add(party.side)
    return {land: party for land, party in found.items() if len(sides[land]) == 1}
