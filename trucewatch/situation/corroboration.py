"""How many independent voices tell one thing: origins and sides are counted, never outlets.

Twenty outlets that reprint one text are one origin; two voices of one side are one side. A telling is
the word of whoever stands nearest to it: the speaker of a statement, else the first of those who vouch
for it, else the report itself. What a report tells in its own voice is the word of the origin: of the
party that published the text, or of whoever published it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from trucewatch.identity.origins import Origin, origins, publisher_of, told
from trucewatch.model import Actor, Entry, Noun, Report, Statement
from trucewatch.situation.names import Cast
from trucewatch.situation.nouns import IncidentState


class Corroboration(Noun, frozen=True, kw_only=True):
    """Who tells one thing: the ids of the origins, the sides, and the voices as they are named.

    ``independent`` is how many origins can be told apart by the sides whose word they carry, each side
    once and each origin once: 1 is told by one, 2 and more is corroborated.
    """

    independent: int
    origins: tuple[str, ...]
    sides: tuple[str, ...]
    voices: tuple[str, ...]


def corroboration(entries: Iterable[Entry], *, origins: Sequence[Origin], cast: Cast) -> Corroboration:
    """The corroboration of claims that tell one thing, whatever their order.

    A report that is in none of the origins is an origin of its own, under its key.

    >>> corroboration([], origins=[], cast=cast)  # doctest: +SKIP
    Corroboration(independent=0, origins=(), sides=(), voices=())
    """
    of = {key: origin for origin in origins for key in origin.members}
    sides: defaultdict[str, set[str]] = defaultdict(set)
    voices: set[str] = set()
    for entry in entries:
        key = told(entry.report, "").key
        origin = of.get(key) or Origin(id=key, members=(key,))
        for actor in _whose_word(entry) or (_publisher(origin, cast),):
            sides[origin.id].add(cast.side(actor))
            voices.add(actor.name)
    return Corroboration(
        independent=_matched(sides),
        origins=tuple(sorted(sides)),
        sides=tuple(sorted(set().union(*sides.values()))),
        voices=tuple(sorted(voices)),
    )


def weighed(
    states: Sequence[IncidentState], entries: Iterable[Entry], *, text_of: Callable[[Report], str], cast: Cast
) -> tuple[IncidentState, ...]:
    """The incidents, each with how many origins of different sides tell it.

    Only reports that tell an incident beside another report are compared. ``text_of`` gives a report's
    text, empty where there is none: such a report is an origin of its own.
    """
    by_claim = {entry.claim.id: entry for entry in entries}
    several = [[by_claim[claim] for claim in state.claims if claim in by_claim] for state in states]
    several = [group if len({e.report.sha256 for e in group}) > 1 else [] for group in several]
    reports = {told(e.report, "").key: e.report for group in several for e in group}
    found = origins([told(report, text_of(report)) for report in reports.values()])
    counts = [corroboration(group, origins=found, cast=cast).independent for group in several]
    return tuple(
        msgspec.structs.replace(state, independent=max(count, 1))
        for state, count in zip(states, counts, strict=True)
    )


def _whose_word(entry: Entry) -> tuple[Actor, ...]:
    """Those nearest to the telling; none where the report tells it in its own voice."""
    claim = entry.claim
    if isinstance(claim, Statement) and claim.speaker:
        return claim.speaker
    return tuple(Actor(name=voice.source) for voice in claim.said_by[:1])


def _publisher(origin: Origin, cast: Cast) -> Actor:
    """Whose text an origin is: the first party among its publishers, else the first publisher."""
    publishers = [Actor(name=publisher_of(key) or origin.id) for key in origin.members]
    return next((actor for actor in publishers if cast.party(actor)), publishers[0])


def _matched(sides: Mapping[str, set[str]]) -> int:
    """The most origins that can be given a side each, no side twice."""
    taken: dict[str, str] = {}

    def place(origin: str, tried: set[str]) -> bool:
        for side in sorted(sides[origin] - tried):
            tried.add(side)
            if side not in taken or place(taken[side], tried):
                taken[side] = origin
                return True
        return False

    return sum(place(origin, set()) for origin in sorted(sides))
