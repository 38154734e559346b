"""Which points of two accounts tell the same matter, whatever their words.

Points are likened by the terms they share, each weighing the less the more points have it, and by who does
it. Pairs are taken best first, then exchanged where two others are better together. What is left may be a
further telling of a point that is matched already: one account says in one sentence what the other says in
two.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from trucewatch.model import Noun
from trucewatch.situation.readouts.points import Point

LEAST = 0.35  # so like are two points that tell one matter,
FURTHER = 0.4  # and so like a point that tells again what is matched already
_FLOOR = 1.2  # of two points with little in them the share of one word says nothing
_NEEDED = 0.7  # weight of what two points share at least
_TELLING = 0.5  # weight of a term that tells something, and of what two points share of these
_SAME_DOER, _OTHER_DOER = 0.06, -0.1


class Match(Noun, frozen=True, kw_only=True):
    """Two points, by their numbers, and how like they are (0 to 1)."""

    a: int
    b: int
    likeness: float


class _Weighed(Noun, frozen=True, kw_only=True):
    """A point with the weights of its terms in these two accounts."""

    point: Point
    weights: dict[str, float]
    telling: frozenset[str]
    sum: float


def matches(a: Sequence[Point], b: Sequence[Point]) -> list[Match]:
    """The points that tell one matter. A point may be in several of one side, never of both."""
    weight = _weights((*a, *b))
    one, other = ([_weighed(point, weight) for point in points] for points in (a, b))
    like = {
        (i, j): value
        for i, left in enumerate(one)
        for j, right in enumerate(other)
        if (value := _likeness(left, right)) >= LEAST
    }
    chosen = _improved(_greedy(like), like)
    return [*_as_matches(chosen, like), *_further(chosen, like, a, b)]


def _weighed(point: Point, weight: Mapping[str, float]) -> _Weighed:
    weights = {term.key: term.weight * weight[term.key] for term in point.terms}
    telling = frozenset(term.key for term in point.terms if term.weight >= _TELLING)
    return _Weighed(point=point, weights=weights, telling=telling, sum=sum(weights.values()))


def _likeness(one: _Weighed, other: _Weighed) -> float:
    """How like two points are: 0 where they are of another kind or share too little.

    What stands in the middle of the share of both and that of the smaller one, somewhat more where one
    participant does both, somewhat less where another does.
    """
    if one.point.kind != other.point.kind:
        return 0.0
    if one.point.kind != "matter":
        return 1.0
    keys = one.weights.keys() & other.weights.keys()
    least = {key: min(one.weights[key], other.weights[key]) for key in sorted(keys)}
    shared = sum(least.values())
    telling = sum(value for key, value in least.items() if key in one.telling and key in other.telling)
    if shared < _NEEDED or telling < _TELLING:
        return 0.0
    value = shared / (one.sum + other.sum) + shared / (2 * max(min(one.sum, other.sum), _FLOOR))
    return round(min(1.0, max(0.0, value + _by_doer(one.point, other.point))), 6)


def _by_doer(one: Point, other: Point) -> float:
    if not one.who or not other.who:
        return 0.0
    return _SAME_DOER if one.who == other.who else 0.0 if one.who & other.who else _OTHER_DOER


def _weights(points: Iterable[Point]) -> dict[str, float]:
    """How much a term tells in these two accounts: the less, the more points have it."""
    count = Counter(key for point in points for key in {term.key for term in point.terms})
    return {key: 1 / (1 + math.log(max(many / 2, 1))) for key, many in count.items()}


# --- assignment ------------------------------------------------------------------------------------

Pairs = dict[int, int]
Like = Mapping[tuple[int, int], float]


def _greedy(like: Like) -> Pairs:
    chosen: Pairs = {}
    taken: set[int] = set()
    for i, j in sorted(like, key=lambda pair: (-like[pair], sum(pair), max(pair))):
        if i not in chosen and j not in taken:
            chosen[i] = j
            taken.add(j)
    return chosen


def _improved(chosen: Pairs, like: Like) -> Pairs:
    """The same, with two pairs exchanged as long as any two are better together the other way round."""
    while found := max(_exchanges(chosen, like), default=None):
        _, _, one, other = found
        chosen[one], chosen[other] = chosen[other], chosen[one]
    return chosen


def _exchanges(chosen: Pairs, like: Like) -> Iterator[tuple[float, int, int, int]]:
    """What is won by each exchange of two pairs that wins anything."""
    for one, other in combinations(sorted(chosen), 2):
        i, j = chosen[one], chosen[other]
        crossed = like.get((one, j), 0.0), like.get((other, i), 0.0)
        won = round(sum(crossed) - like[one, i] - like[other, j], 6)
        if all(crossed) and won > 0:
            yield won, -(one + other + i + j), one, other


def _as_matches(chosen: Pairs, like: Like) -> Iterator[Match]:
    for i, j in chosen.items():
        yield Match(a=i, b=j, likeness=like[i, j])


def _further(chosen: Pairs, like: Like, a: Sequence[Point], b: Sequence[Point]) -> Iterator[Match]:
    """Points left over that tell again what is matched, each with the one most like it."""
    for i in range(len(a)):
        if i not in chosen and (best := _best(like, [(i, j) for j in chosen.values()])):
            yield best
    taken = {j: i for i, j in chosen.items()}
    for j in range(len(b)):
        if j not in taken and (best := _best(like, [(i, j) for i in chosen])):
            yield best


def _best(like: Like, pairs: Iterable[tuple[int, int]]) -> Match | None:
    found = max(pairs, key=lambda pair: (like.get(pair, 0.0), -sum(pair)), default=None)
    if found is None or like.get(found, 0.0) < FURTHER:
        return None
    return Match(a=found[0], b=found[1], likeness=like[found])
