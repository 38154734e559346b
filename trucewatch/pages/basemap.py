"""The base map: land and borders of Natural Earth, from an npm package; absent until ``make islands``.

It is for orientation alone: no place's country is ever read from it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal

import msgspec
import numpy as np

from trucewatch.model import Border, Box, MapRules, Noun, Spot
from trucewatch.pages import islands

FILE = "basemap.json"
_WIDER = 0.2  # of the map's width, around it, that lines are kept in

Line = tuple[Spot, ...]
Look = Literal["agreed", "disputed", "hidden"]
"""How a border is drawn: as a line, dashed, or not at all."""


class Between(Noun, frozen=True, kw_only=True):
    """The lines between two countries, as steps from place to place."""

    between: tuple[str, str]
    lines: tuple[tuple[int, ...], ...]


class BaseMap(Noun, frozen=True, kw_only=True, rename={"package_": "package"}):
    """The base map as ``islands/tools/basemap.ts`` writes it: where it comes from, and its lines."""

    package_: str
    data: str
    viewpoint: str
    unit: int
    land: tuple[tuple[int, ...], ...]
    borders: tuple[Between, ...]


class Drawn(Noun, frozen=True, kw_only=True):
    """The part of the base map that a map shows; each border has the two countries that it divides."""

    source: str
    viewpoint: str
    land: tuple[Line, ...]
    borders: tuple[tuple[tuple[str, str], Line], ...]


@functools.lru_cache(maxsize=16)
def drawn(bounds: Box) -> Drawn | None:
    """The base map within some bounds and a little around them, None where it is not built."""
    path = islands.FOLDER / FILE
    if not path.is_file():
        return None
    base = msgspec.json.decode(path.read_bytes(), type=BaseMap)
    box = wider(bounds)
    return Drawn(
        source=f"{base.data}, as in the npm package {base.package_}",
        viewpoint=base.viewpoint,
        land=tuple(filter(None, (cut(ring, box) for ring in _near(base.land, base.unit, box)))),
        borders=tuple(
            (one.between, part)
            for one in base.borders
            for line in _near(one.lines, base.unit, box)
            for part in runs(line, box)
        ),
    )


def wider(bounds: Box) -> Box:
    """Bounds with some room around them, so that what is cut off is not seen to be."""
    west, south, east, north = bounds
    more = (east - west) * _WIDER
    return west - more, south - more, east + more, north + more


def _near(lines: Sequence[Sequence[int]], unit: int, box: Box) -> Iterator[Line]:
    """The lines that reach into a box, in degrees."""
    for steps in lines:
        places = np.cumsum(np.array(steps, dtype=np.int64).reshape(-1, 2), axis=0) / unit
        west, south = places.min(axis=0)
        east, north = places.max(axis=0)
        if west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1]:
            yield tuple((x, y) for x, y in places.tolist())


def looks(between: tuple[str, str], line: Line, rules: MapRules) -> Iterator[tuple[Look, Line]]:
    """A border in the parts that a ceasefire shows alike; what it hides is left out."""
    pieces = list(pairwise(line))
    for look, group in groupby(pieces, key=lambda piece: _look(between, piece, rules)):
        first, *rest = group
        if look != "hidden":
            yield look, (*first, *(end for _, end in rest))


def _look(between: tuple[str, str], piece: tuple[Spot, Spot], rules: MapRules) -> Look:
    if any(_lies_on(border, between, piece) for border in rules.hide):
        return "hidden"
    return "disputed" if any(_lies_on(border, between, piece) for border in rules.disputed) else "agreed"


def _lies_on(border: Border, between: tuple[str, str], piece: tuple[Spot, Spot]) -> bool:
    """Whether a piece is of the border that a ceasefire names, or of the part of it that it names."""
    if set(border.between) != set(between):
        return False
    middle = tuple((a + b) / 2 for a, b in zip(*piece, strict=True))
    west, south, east, north = border.within or (-180, -90, 180, 90)
    return west <= middle[0] <= east and south <= middle[1] <= north


# --- cutting -------------------------------------------------------------------------------------------


def cut(ring: Line, box: Box) -> Line:
    """A closed line cut off at the edges of a box (Sutherland and Hodgman); empty where it lies outside."""
    west, south, east, north = box
    edges: tuple[tuple[int, float, Callable[[float], bool]], ...] = (
        (0, west, lambda x: x >= west),
        (0, east, lambda x: x <= east),
        (1, south, lambda y: y >= south),
        (1, north, lambda y: y <= north),
    )
    for axis, edge, within in edges:
        ring = tuple(_cut_at(ring, axis, edge, within))
    return ring


def _cut_at(ring: Line, axis: int, edge: float, within: Callable[[float], bool]) -> Iterator[Spot]:
    for number, spot in enumerate(ring):
        before = ring[number - 1]
        if within(before[axis]) != within(spot[axis]):
            yield _crossing(before, spot, axis, edge)
        if within(spot[axis]):
            yield spot


def _crossing(one: Spot, other: Spot, axis: int, edge: float) -> Spot:
    share = (edge - one[axis]) / (other[axis] - one[axis])
    met = [a + (b - a) * share for a, b in zip(one, other, strict=True)]
    met[axis] = edge
    return met[0], met[1]


def runs(line: Line, box: Box) -> Iterator[Line]:
    """The runs of an open line whose pieces reach into a box."""
    run: list[Spot] = []
    for one, other in pairwise(line):
        if _reaches(one, other, box):
            run = run or [one]
            run.append(other)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _reaches(one: Spot, other: Spot, box: Box) -> bool:
    east, north = max(one[0], other[0]), max(one[1], other[1])
    west, south = min(one[0], other[0]), min(one[1], other[1])
    return west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1]
