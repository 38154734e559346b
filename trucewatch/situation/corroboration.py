"""How many independent voices tell one thing: origins and sides are counted, never outlets.

Twenty outlets that reprint one text are one origin; two voices of one side are one side. A telling is
the word of whoever stands nearest to it: the speaker of a statement, else the first of those who vouch
for it, else the report itself. What a report tells in its own voice is the word of the origin: of the
party that published the text, or of whoever published it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from trucewatch.identity.origins import Origin, origins, publisher_of, told
from trucewatch.model import Actor, Entry, Noun, Report, Statement
from trucewatch.situation.names import Cast
from trucewatch.situation.sides import Sides, publisher


class Corroboration(Noun, frozen=True, kw_only=True):
    """Who tells one thing: the ids of the origins, the sides, and the voices as they are named.

    ``independent`` is how many origins can be told apart by the sides whose word they carry, each side
    once and each origin once. ``across`` counts only sides of the catalog, of which an outlet is none.
    """

    independent: int
    origins: tuple[str, ...]
    sides: tuple[str, ...]
    voices: tuple[str, ...]
    across: int = 0


def corroboration(entries: Iterable[Entry], *, origins: Sequence[Origin], cast: Cast) -> Corroboration:
    """The corroboration of claims that tell one thing, whatever their order.

    A report that is in none of the origins is an origin of its own, under its key.

    >>> corroboration([], origins=[], cast=cast)  # doctest: +SKIP
    Corroboration(independent=0, origins=(), sides=(), voices=())
    """
    return _counted(entries, _origin_of(origins), Sides(cast))


def corroborations(
    groups: Sequence[Sequence[Entry]], *, text_of: Callable[[Report], str], cast: Cast
) -> list[Corroboration]:
    """The corroboration of each group of claims that tell one thing.

    Only reports that tell a thing beside another report are compared. ``text_of`` gives a report's text,
    empty where there is none: such a report is an origin of its own.
    """
    several = [group for group in groups if len({e.report.sha256 for e in group}) > 1]
    reports = {told(e.report, "").key: e.report for group in several for e in group}
    found = origins([told(report, text_of(report)) for report in reports.values()]) if reports else []
    of, sides = _origin_of(found), Sides(cast)
    return [_counted(group, of, sides) for group in groups]


def _origin_of(found: Iterable[Origin]) -> dict[str, Origin]:
    """The origin of each report, by the report's key."""
    return {key: origin for origin in found for key in origin.members}


def _counted(entries: Iterable[Entry], of: Mapping[str, Origin], sides: Sides) -> Corroboration:
    told_by: defaultdict[str, set[str]] = defaultdict(set)
    voices: set[str] = set()
    for entry in entries:
        key = told(entry.report, "").key
        origin = of.get(key) or Origin(id=key, members=(key,))
        for actor in whose_word(entry):
            told_by[origin.id].add(sides.side(actor))
            voices.add(actor.name)
        if not whose_word(entry):
            whose = _publisher(origin, sides.cast)
            told_by[origin.id].add(sides.cast.side(whose))
            voices.add(whose.name)
    return Corroboration(
        independent=_matched(told_by),
        origins=tuple(sorted(told_by)),
        sides=tuple(sorted(set().union(*told_by.values()))),
        voices=tuple(sorted(voices)),
        across=_matched({origin: found & sides.known for origin, found in told_by.items()}),
    )


def whose_word(entry: Entry) -> tuple[Actor, ...]:
    """Those nearest to the telling; none where the report tells it in its own voice."""
    claim = entry.claim
    if isinstance(claim, Statement) and claim.speaker:
        return claim.speaker
    return tuple(Actor(name=voice.source) for voice in claim.said_by[:1])


def _publisher(origin: Origin, cast: Cast) -> Actor:
    """Whose text an origin is: the first party among its publishers, else the first publisher.

    A party must be named as the catalog names it: a look-alike domain is none.
    """
    publishers = [publisher(publisher_of(key) or origin.id) for key in origin.members]
    return next((actor for actor in publishers if cast.party(actor)), publishers[0])


def _matched(sides: Mapping[str, set[str]]) -> int:
    """The most origins that can be given a side each, no side twice."""
    if len(sides) < 2:
        return sum(1 for each in sides.values() if each)
    taken: dict[str, str] = {}

    def place(origin: str, tried: set[str]) -> bool:
        for side in sorted(sides[origin] - tried):
            tried.add(side)
            if side not in taken or place(taken[side], tried):
                taken[side] = origin
                return True
        return False

    return sum(place(origin, set()) for origin in sorted(sides))
