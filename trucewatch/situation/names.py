"""Who is who: the parties, regions and keywords of a ceasefire, found by any of their names."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from trucewatch.model import Actor, Ceasefire, Counter, Party

_REGION_WORDS = {"region", "regions", "oblast", "oblasts", "governorate", "province", "sector"}
_OBSERVERS = re.compile(r"\b(?:observers?|monitors?|monitoring|mission)\b")
_LEADING = {"the", "in", "of", "around"}
_BETWEEN = _REGION_WORDS | {"and", "or", "both", "either", "neither", "nor", "the", "in"}


_looked_up = functools.lru_cache(maxsize=65536)


@functools.lru_cache(maxsize=65536)
def key(name: str) -> str:
    """A name without case, accents, punctuation and leading article: ``The Élysée`` is ``elysee``."""
    plain = name.lower() if name.isascii() else _without_accents(name)
    words = re.findall(r"\w+", plain)
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    return " ".join(words)


def _without_accents(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def same_name(one: str, other: str) -> bool:
    """Whether two names are one by their words: equal, or one is the end of the other (a surname).

    >>> same_name("Vladimir Putin", "Putin"), same_name("Putin", "Macron")
    (True, False)
    """
    left, right = sorted((key(one).split(), key(other).split()), key=len)
    return bool(left) and right[-len(left) :] == left


def within(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words; both as :func:`key` gives them."""
    return bool(name) and f" {name} " in f" {text} "


class Phrases:
    """Many names that are looked for in a text at once, as whole words; all as :func:`key` gives them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for name in filter(None, names):
            self._by_first[name.split()[0]].append(name)
        self._first = frozenset(self._by_first)

    def within(self, text: str) -> bool:
        """Whether one of them stands in a text."""
        begun = self._first.intersection(text.split())
        return any(within(name, text) for word in begun for name in self._by_first[word])


@dataclass(frozen=True)
class Cast:
    """The names of one ceasefire, ready for looking up. Each different string is looked up once."""

    parties: Mapping[str, Party]
    by_name: Mapping[str, Party]
    by_country: Mapping[str, Party]
    regions: Mapping[str, str]
    places: frozenset[str]
    keywords: tuple[str, ...]
    countries: frozenset[str]
    whole: frozenset[str]
    counters: tuple[Counter, ...] = ()

    @functools.cached_property
    def mentions(self) -> Callable[[str], bool]:
        """Whether a text names one of the places or keywords."""
        phrases = Phrases((*self.places, *self.keywords))
        return _looked_up(lambda text: phrases.within(key(text)))

    @functools.cached_property
    def counts(self) -> Callable[[str], bool]:
        """Whether a name is that of one of the ceasefire's counters."""
        return _looked_up(lambda name: any(self.is_counter(name, counter) for counter in self.counters))

    @functools.cached_property
    def is_named(self) -> Callable[[str], bool]:
        """Whether a name is that of one of the counters, or has one of the keywords in it."""
        phrases = Phrases(self.keywords)
        return _looked_up(lambda name: phrases.within(key(name)) or self.counts(name))

    def party(self, actor: Actor) -> Party | None:
        """The party that an actor is or speaks for: by id, by name, by the country it belongs to."""
        if actor.id in self.parties:
            return self.parties[actor.id or ""]
        return self.by_name.get(key(actor.name)) or self.by_country.get(actor.country or "")

    def side(self, actor: Actor) -> str:
        """The actor's side; an actor of no party stands for itself."""
        party = self.party(actor)
        return party.side if party else key(actor.name)

    def voice(self, name: str) -> str:
        """The side of a voice that is only known by name."""
        return self.side(Actor(name=name))

    def region(self, text: str) -> str | None:
        """The region that a place name names, and nothing more: a village in it is not the region."""
        return self.regions.get(_bare(text))

    def regions_in(self, text: str) -> tuple[str, ...]:
        """All regions in a text that names nothing else, such as ``both Donetsk and Luhansk regions``."""
        return self._regions_in(text)

    @functools.cached_property
    def _regions_in(self) -> Callable[[str], tuple[str, ...]]:
        return _looked_up(functools.partial(_only, sorted(self.regions, key=len, reverse=True), self.regions))

    def is_counter(self, name: str | None, counter: Counter) -> bool:
        """Whether a name is that of the counter, alone, with further words or as a clear beginning.

        "OSCE monitors in the east" is the OSCE monitors; "Russian side" is the Russian side of the
        commission unless another party has that name. A body that the mechanism belongs to ("OSCE")
        speaks for it, and so do observers of that body.
        """
        return bool(name) and self._speaks_for(name or "", counter.party, counter.name)

    @functools.cached_property
    def _speaks_for(self) -> Callable[[str, str, str], bool]:
        return _looked_up(self._is_counter)

    def _is_counter(self, name: str, party_id: str, called: str) -> bool:
        party = self.parties.get(party_id)
        if not party:
            return False
        words, names = key(name), [key(own) for own in (called, *all_names(party))]
        if any(within(own, words) for own in names):
            return True
        other = self.by_name.get(words)
        if other:
            return party.role == "mechanism" and other.side == party.side
        if party.role == "mechanism" and _OBSERVERS.search(words) and self._names_body(words, party):
            return True
        return " " in words and any(own.startswith(f"{words} ") for own in names)

    def _names_body(self, words: str, party: Party) -> bool:
        """Whether a name holds that of a body of the party's side, as "observers from the OSCE" does."""
        kin = (other for other in self.parties.values() if other.side == party.side)
        return any(within(key(own), words) for other in kin for own in all_names(other))


@functools.lru_cache(maxsize=16)
def cast(ceasefire: Ceasefire) -> Cast:
    """The names of a ceasefire. A name or country that two parties share names neither of them."""
    parties = {party.id: party for party in ceasefire.parties}
    named = [(key(name), party) for party in ceasefire.parties for name in all_names(party)]
    lands = [
        (party.country, party)
        for party in ceasefire.parties
        if party.country and party.role in ("party", "guarantor", "mediator")
    ]
    regions = {
        _bare(name): region.id
        for region in ceasefire.regions
        for name in (region.id, region.name, *region.names)
    }
    by_name = _unshared(named)
    places = {key(name) for group in ceasefire.place_names for name in group} - set(by_name)
    return Cast(
        parties=parties,
        by_name=by_name,
        by_country=_unshared(lands),
        regions=regions,
        places=frozenset(places | set(regions)),
        keywords=tuple(key(word) for word in ceasefire.keywords),
        countries=frozenset(ceasefire.countries),
        whole=frozenset({key(word) for word in ceasefire.keywords} - places),
        counters=ceasefire.counters,
    )


def all_names(party: Party) -> tuple[str, ...]:
    """A party's names, and those of the offices that speak for it and of their holders."""
    posts = [name for post in party.posts for name in (post.title, *post.names)]
    holders = [
        name for post in party.posts for holder in post.holders for name in (holder.name, *holder.names)
    ]
    return (party.name, *party.names, *posts, *holders)


def _only(longest_first: Iterable[str], regions: Mapping[str, str], text: str) -> tuple[str, ...]:
    """The regions whose names are all there is in a text, but for words that join them."""
    rest, found = f" {key(text)} ", []
    for name in longest_first:
        if f" {name} " in rest:
            rest = rest.replace(f" {name} ", " ")
            found.append(regions[name])
    return tuple(dict.fromkeys(found)) if set(rest.split()) <= _BETWEEN else ()


def _unshared(pairs: Iterable[tuple[str, Party]]) -> dict[str, Party]:
    found: dict[str, Party] = {}
    sides: dict[str, set[str]] = {}
    for name, party in pairs:
        found.setdefault(name, party)
        sides.setdefault(name, set()).add(party.side)
    return {name: party for name, party in found.items() if len(sides[name]) == 1}


def _bare(place: str) -> str:
    words = key(place).split()
    kept = [word for word in words if word not in _REGION_WORDS]
    return " ".join(kept or words)


def short(counter: Counter, names: Cast) -> str:
    """What a counter is called: an acronym of its party where there is one, else the party's name.

    >>> short(donbas.counters[0], cast(donbas))  # doctest: +SKIP
    'SMM'
    """
    party = names.parties.get(counter.party)
    acronyms = [name for name in (party.names if party else ()) if name.isupper() and " " not in name]
    return acronyms[0] if acronyms else party.name if party else counter.name
