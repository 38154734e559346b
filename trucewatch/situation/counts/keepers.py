"""Who keeps a series: whether a count is that of a counter of the catalog, and a report its own."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from trucewatch.model import Actor, Ceasefire, Count, Counter, Party, Report
from trucewatch.situation.days import issue_in
from trucewatch.situation.names import Cast, key, within
from trucewatch.situation.relevance import is_named

# A body's own people and means, told without its name: "monitors", "the mission's cameras".
_STAFF = re.compile(r"^(?:the |its )?(?:mission|monitors?|observers?|teams?|patrols?|cameras?|staff)\b", re.I)


@dataclass(frozen=True, eq=False)
class Keeper:
    """One counter with the names that speak for it.

    ``state`` is the party whose word counts as the counter's: the state that a body of its own counts
    for ("Russia recorded nine", where the Russian part of a commission is Russia's only counter).
    """

    counter: Counter
    ceasefire: Ceasefire
    cast: Cast
    state: str | None
    names: Callable[[str | None], bool]

    @property
    def is_mechanism(self) -> bool:
        """Whether it is the monitoring body's counter and no party's."""
        return self.cast.parties[self.counter.party].role == "mechanism"

    def is_own(self, report: Report) -> bool:
        """Whether a report is its own: it publishes it, or the title names it and the day of issue."""
        if self.names(report.publisher):
            return True
        return issue_in(report.title) is not None and self.names(report.title)

    def counted(self, count: Count, report: Report) -> bool:
        """Whether a count is the counter's: it observed it, vouches for it, or speaks in its own report.

        "Monitors registered five" in its own report is said of its own monitors.
        """
        told = [count.observer.name] if count.observer else [voice.source for voice in count.said_by]
        if any(map(self.names, told)):
            return True
        if not all(map(_is_staff, told)):
            return self.state is not None and any(self._is_state(name, count) for name in told)
        return self.names(report.publisher) or (count.place is not None and self.is_own(report))

    @functools.cached_property
    def whole(self) -> frozenset[str]:
        """The names of the whole area that is counted in: keywords, those in the ceasefire's own name even
        where they are listed among the places, and the country of the regions."""
        lands = {region.country for region in self.ceasefire.regions}
        states = [p for p in self.ceasefire.parties if p.id in _members(self.ceasefire)]
        named = {word for word in self.cast.keywords if within(word, key(self.ceasefire.name))}
        return self.cast.whole | named | {key(party.name) for party in states if party.country in lands}

    def _is_state(self, name: str, count: Count) -> bool:
        if count.measure != self.counter.measure:
            return False
        party = self.cast.party(Actor(name=name))
        return party is not None and party.id == self.state and is_named(count, self.cast)


def keepers(ceasefire: Ceasefire, *, cast: Cast) -> list[Keeper]:
    """The counters of a ceasefire in the catalog's order, without those that are a part of another's."""
    return [
        keeper(counter, ceasefire=ceasefire, cast=cast)
        for counter in ceasefire.counters
        if not counter.part_of
    ]


def keeper(counter: Counter, *, ceasefire: Ceasefire, cast: Cast) -> Keeper:
    """One counter with the names that speak for it."""

    @functools.cache
    def names(name: str | None) -> bool:
        return cast.is_counter(name, counter)

    return Keeper(counter, ceasefire, cast, _state(counter, ceasefire), names)


def part(counter: Counter, ceasefire: Ceasefire, *, measure: str) -> str:
    """The id under which a subset of a counter's figures stands: that of its own counter, if there is one.

    >>> part(smm, donbas, measure="explosions")  # doctest: +SKIP
    'smm-explosions'
    """
    if measure == counter.measure:
        return counter.id
    mine = (c.id for c in ceasefire.counters if c.part_of == counter.id and c.measure == measure)
    return next(mine, counter.id)


def _state(counter: Counter, ceasefire: Ceasefire) -> str | None:
    """The state that has no other counter of the same: a member of a format, of the same side and country."""
    parties = {party.id: party for party in ceasefire.parties}
    own = parties[counter.party]
    if own.role == "mechanism" or not own.country:
        return None
    alike = [c for c in ceasefire.counters if not c.part_of and c.measure == counter.measure]
    if sum(_kin(parties[c.party], own) for c in alike) > 1:
        return None
    states = (p.id for p in ceasefire.parties if p.id in _members(ceasefire) and _kin(p, own))
    return next(states, None)


@functools.lru_cache(maxsize=4096)
def _is_staff(name: str) -> bool:
    return _STAFF.search(name) is not None


def _members(ceasefire: Ceasefire) -> set[str]:
    """The parties that are members of a format: states and bodies, no units of theirs."""
    return {member for party in ceasefire.parties for member in party.members}


def _kin(one: Party, other: Party) -> bool:
    return (one.side, one.country) == (other.side, other.country)
