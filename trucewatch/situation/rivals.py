"""Rival figures: two counts of one thing that do not go together, side by side and never averaged.

The same number with opposite accused is two claims: "29 violations each by the other" stays a dispute.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from trucewatch.model import Entry, Incident, Statement
from trucewatch.situation.names import Cast, key
from trucewatch.situation.nouns import Dispute, Point, Series, Tally

Held = Mapping[str, Entry]


def rivals(
    series: Sequence[Series], tallies: Sequence[Tally], *, entries: Sequence[Entry], cast: Cast
) -> Iterator[Dispute]:
    """The figures on file that contradict a counter's, or that two voices give for one day."""
    held = {entry.claim.id or "": entry for entry in entries}
    blamed = _Blamed(entries)
    yield from _rival_points(series)
    yield from _rival_counters(series, cast)
    yield from _rival_tallies(tallies, held=held, blamed=blamed, cast=cast)


def _rival_points(series: Sequence[Series]) -> Iterator[Dispute]:
    for line in series:
        for point in line.points:
            if point.rivals:
                yield Dispute(
                    id=_pair(point.claims, ()),
                    kind="rival figures",
                    matter=f"{line.counter} {line.region or 'total'} {point.start} {point.end}",
                    topic="violation",
                    claims=point.claims,
                    against=all_of(figure.claims for figure in point.rivals),
                    since=point.end,
                    told=point.end,
                )


def _rival_counters(series: Sequence[Series], cast: Cast) -> Iterator[Dispute]:
    """Two counters' totals for one window, by two counts of their own: rivals even where the number is the
    same."""
    windows: dict[tuple[dt.date, dt.date, bool], list[Point]] = defaultdict(list)
    for line in series:
        for point in line.points if line.region is None else ():
            windows[point.start, point.end, point.calendar].append(point)
    counters = {counter.id: counter for counter in cast.counters}
    for points in windows.values():
        for one, other in combinations(points, 2):
            accused = [counters[p.counter].accused if p.counter in counters else () for p in (one, other)]
            yield Dispute(
                id=_pair(one.claims, other.claims),
                kind="rival figures",
                matter="ceasefire_violations",
                topic="violation",
                claims=one.claims,
                against=other.claims,
                sides=_side(one, cast),
                other_sides=_side(other, cast),
                accused=tuple(cast.parties[name].name for name in accused[0]),
                other_accused=tuple(cast.parties[name].name for name in accused[1]),
                since=one.end,
                told=one.end,
            )


def _side(point: Point, cast: Cast) -> tuple[str, ...]:
    party = next((cast.parties.get(c.party) for c in cast.counters if c.id == point.counter), None)
    return (party.side,) if party else ()


def _rival_tallies(tallies: Sequence[Tally], *, held: Held, blamed: _Blamed, cast: Cast) -> Iterator[Dispute]:
    """Counts of violations by two voices for one day: rivals even where the number is the same.

    Two voices of one side are rivals only where their numbers differ.
    """
    counted = [t for t in tallies if t.measure == "ceasefire_violations" and not t.running and not t.unit]
    for one, other in combinations(counted, 2):
        if key(one.voice) == key(other.voice) or not one.day or one.day != other.day:
            continue
        sides = [_known(cast.voice(tally.voice), cast) for tally in (one, other)]
        accused = [blamed.by(tally.claims, held) for tally in (one, other)]
        if sides[0] and sides[0] == sides[1] and (one.low, one.high) == (other.low, other.high):
            continue
        yield Dispute(
            id=_pair(one.claims, other.claims),
            kind="rival figures",
            matter=one.measure,
            topic="violation",
            claims=one.claims,
            against=other.claims,
            sides=sides[0],
            other_sides=sides[1],
            accused=accused[0],
            other_accused=accused[1],
            since=one.day,
            told=one.day,
        )


def _known(side: str, cast: Cast) -> tuple[str, ...]:
    """A side, if it is one of the catalog."""
    return (side,) if any(party.side == side for party in cast.parties.values()) else ()


class _Blamed:
    """Whom reports accuse, or name as doers, on the very words that count."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._charges: dict[str, list[tuple[tuple[int, int], tuple[str, ...]]]] = defaultdict(list)
        for entry in entries:
            claim = entry.claim
            who = claim.about if isinstance(claim, Statement) and claim.act == "accuse" else ()
            who = claim.perpetrator if isinstance(claim, Incident) else who
            if who:
                spoken = (claim.evidence, tuple(actor.name for actor in who))
                self._charges[entry.report.sha256].append(spoken)

    def by(self, claims: Iterable[str], held: Held) -> tuple[str, ...]:
        """The names of those accused by the words of some counts, each once."""
        found: list[str] = []
        for entry in (held[name] for name in claims if name in held):
            first, last = entry.claim.evidence
            for (start, end), names in self._charges[entry.report.sha256]:
                if start < last and first < end:
                    found.extend(names)
        return tuple(dict.fromkeys(found))


def _pair(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """The id of two figures: by the first claim of each."""
    return "-".join(("rival", *sorted({*one[:1], *other[:1]})))


def all_of(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The claims of several groups, each once."""
    return tuple(dict.fromkeys(claim for group in groups for claim in group))
