"""The map as a picture: the base map, the ceasefire's own lines and regions, and a circle for each place."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from trucewatch.model import Box, Ceasefire, MapRules, Noun, Spot
from trucewatch.pages import basemap
from trucewatch.pages.blocks import Dot, Picture
from trucewatch.pages.cells import day_in_words
from trucewatch.pages.dated import Days, meet
from trucewatch.pages.projection import WIDTH, Mercator, Projection, fitted
from trucewatch.pages.tiles import Tiles, images
from trucewatch.views.phrases import count_of, plain

PRECISIONS = {
    "exact": "the spot itself",
    "settlement": "somewhere in or near the settlement",
    "district": "somewhere in the district",
    "region": "somewhere in the region: the circle is not where it happened",
    "country": "somewhere in the country: the circle is not where it happened",
    "unsaid": "how precisely is not said",
}
"""How precisely a place is known, in words; each is drawn in a way of its own."""
_SMALLEST, _GROWTH, _LARGEST = 3.0, 2.4, 26.0  # radius of no claim, of one more by its root, and the most
_MARGIN, _LEAST = 0.15, 1.0  # around the places of a map without bounds: of its width, and degrees
_WORLD = (-180.0, -60.0, 180.0, 80.0)
_AREA, _RAISED = 1.15, 28.0  # a region's name: how much larger, and how far above its middle
_LETTER, _LINE, _MOST = 7.2, 15.0, 45  # a label: width of a letter, height, and how many there are at most


class Placed(Noun, frozen=True, kw_only=True):
    """What is told of one place: a point, how precise it is, and how many claims of which days."""

    name: str
    spot: Spot
    precision: str | None
    told: Counter[Days]


def together(placed: Iterable[Placed]) -> list[Placed]:
    """The places with those at one spot as one, by the name that most claims give it."""
    found: dict[tuple[Spot, str | None], list[Placed]] = defaultdict(list)
    for one in placed:
        found[one.spot, one.precision].append(one)
    return [
        Placed(
            name=max(same, key=lambda one: (one.told.total(), one.name)).name,
            spot=spot,
            precision=precision,
            told=sum((one.told for one in same), Counter[Days]()),
        )
        for (spot, precision), same in found.items()
    ]


def region_middle(name: str, rules: MapRules) -> Spot | None:
    """The middle of the outline of a region, if a place has its name.

    >>> region_middle("the Northern slope", rules)  # doctest: +SKIP
    (84.2, 28.1)
    """
    told = name.removeprefix("the ").casefold()
    ring = next((one.ring for one in rules.regions if one.name.casefold() == told), None)
    return _middle(ring) if ring else None


def _middle(ring: Sequence[Spot]) -> Spot:
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)


def precision_of(told: str | None) -> str:
    """The precision that a place is drawn with.

    >>> precision_of("settlement"), precision_of(None)
    ('settlement', 'unsaid')
    """
    return told if told in PRECISIONS else "unsaid"


def size(claims: int) -> float:
    """The radius of a place with so many claims; the island that filters by day has the same rule.

    >>> size(0), size(1), size(100)
    (0.0, 5.4, 26.0)
    """
    return min(_SMALLEST + _GROWTH * math.sqrt(claims), _LARGEST) if claims else 0.0


def seen_by(given: Ceasefire, placed: Sequence[Placed], *, kind: type[Projection] = Projection) -> Projection:
    """The part of the world that a map shows: the ceasefire's, else as far as regions and places reach."""
    if given.map.bounds:
        return fitted(given.map.bounds, kind=kind)
    spots = [spot for region in given.map.regions for spot in region.ring] or [one.spot for one in placed]
    return fitted(_around(spots) if spots else _WORLD, kind=kind)


def _around(spots: Sequence[Spot]) -> Box:
    west, east = min(spot[0] for spot in spots), max(spot[0] for spot in spots)
    south, north = min(spot[1] for spot in spots), max(spot[1] for spot in spots)
    across, up = max((east - west) * _MARGIN, _LEAST), max((north - south) * _MARGIN, _LEAST)
    return (
        max(west - across, -180.0),
        max(south - up, -85.0),
        min(east + across, 180.0),
        min(north + up, 85.0),
    )


def picture(
    rules: MapRules,
    placed: Sequence[Placed],
    *,
    view: Projection,
    first: dt.date,
    chosen: Days,
    tiles: Tiles | None = None,
) -> Picture:
    """The picture of a map. Days are counted from ``first``; the circles are of the days ``chosen``.

    On ``tiles``, which show land and borders in their own way, only what is disputed is drawn.
    """
    base = basemap.drawn(view.bounds)
    borders = [
        (look, _path(view, part))
        for between, line in (base.borders if base else ())
        for look, part in basemap.looks(between, line, rules)
        if not tiles or look == "disputed"
    ]
    return Picture(
        width=WIDTH,
        height=round(view.height, 1),
        tiles=tuple(images(tiles, view)) if tiles and isinstance(view, Mercator) else (),
        land="" if tiles else "".join(_path(view, ring, closed=True) for ring in (base.land if base else ())),
        borders=tuple(borders),
        lines=tuple(
            ("disputed" if line.disputed else "agreed", plain(line.name), _path(view, line.path))
            for line in rules.lines
        ),
        regions=tuple(
            (plain(region.name), _path(view, region.ring, closed=True), *_rounded(view, _middle(region.ring)))
            for region in rules.regions
        ),
        dots=_labelled(
            [_dot(one, view, first, chosen) for one in placed if view.shows(one.spot)],
            view,
            areas=[(plain(region.name), _middle(region.ring)) for region in rules.regions],
        ),
    )


def _dot(one: Placed, view: Projection, first: dt.date, chosen: Days) -> Dot:
    x, y = _rounded(view, one.spot)
    precision = precision_of(one.precision)
    claims = sum(times for days, times in one.told.items() if meet(days, chosen))
    return Dot(
        name=plain(one.name),
        words=f"{plain(one.name)}: {count_of(claims, 'claim')}, {PRECISIONS[precision]}",
        how=PRECISIONS[precision],
        x=x,
        y=y,
        size=round(size(claims), 1),
        precision=precision,
        told=" ".join(f"{_since(first, days)}:{times}" for days, times in sorted(one.told.items())),
    )


def _since(first: dt.date, days: Days) -> str:
    """Days as numbers after the first, one or both ends: ``3`` or ``3-5``."""
    start, end = ((day - first).days for day in days)
    return f"{start}" if start == end else f"{start}-{end}"


def notes(
    drawn: Picture, placed: Sequence[Placed], view: Projection, *, tiles: Tiles | None = None
) -> list[str]:
    """What must be said beneath a map: where it is from, whose view it is, what it leaves out."""
    told = _tiled(tiles) if tiles else [_base(view)]
    if any(look == "disputed" for look, *_ in (*drawn.borders, *drawn.lines)):
        told.append("Dashed lines are disputed.")
    if drawn.regions:
        told.append(
            "Outlines of regions are coarse, for orientation. A place that is named as a region stands in its"
            " middle."
        )
    if outside := sum(not view.shows(one.spot) for one in placed):
        told.append(f"{count_of(outside, 'place')} outside the map: see the list.")
    return told


def _base(view: Projection) -> str:
    base = basemap.drawn(view.bounds)
    if not base:
        return "The base map is not built (make islands): there are no coasts and no borders here."
    return (
        f"Land and borders: {base.source}. Its viewpoint is “{base.viewpoint}”: who holds what in fact,"
        " which recognises nothing."
    )


def _tiled(tiles: Tiles) -> list[str]:
    return [
        f"Tiles: {plain(tiles.attribution)}.",
        f"Your browser loads them from {tiles.host}, which thereby learns which region you look at.",
        f"Their borders and names are those of {tiles.host}; what the ceasefire's file hides or replaces"
        " still shows on them.",
    ]


def in_words(first: dt.date, last: dt.date, dots: Sequence[Dot]) -> str:
    """The picture in words."""
    shown = [dot for dot in dots if dot.size]
    told = f"{count_of(len(shown), 'place')} told of from {day_in_words(first)} to {day_in_words(last)}."
    return " ".join([told, *(f"{dot.words}." for dot in shown[:5])])


def _rounded(view: Projection, spot: Spot) -> tuple[float, float]:
    x, y = view.place(spot)
    return round(x, 1), round(y, 1)


def _path(view: Projection, line: Sequence[Spot], *, closed: bool = False) -> str:
    """A line as the data of an SVG path, without the places that fall on the one before."""
    found: list[str] = []
    for x, y in (view.place(spot) for spot in line):
        place = f"{x:.1f} {y:.1f}"
        if not found or found[-1] != place:
            found.append(place)
    return f"M{'L'.join(found)}{'Z' if closed else ''}"


# --- labels --------------------------------------------------------------------------------------------


def _labelled(dots: Sequence[Dot], view: Projection, *, areas: Sequence[tuple[str, Spot]]) -> tuple[Dot, ...]:
    """The places with their names where there is room, those with most claims first and beneath.

    The names of ``areas`` stand already, in their middle, and are not said twice.
    """
    said = {name for name, _ in areas}
    taken = [_box_around(name, _rounded(view, spot)) for name, spot in areas]
    found = []
    for dot in sorted(dots, key=lambda one: (-one.size, one.name)):
        named = len(taken) < _MOST and dot.size and dot.name not in said
        label = _room(dot, taken, view) if named else None
        if label:
            taken.append(label[1])
        found.append(msgspec.structs.replace(dot, label=label[0] if label else None))
    return tuple(found)


def _box_around(name: str, middle: tuple[float, float]) -> Box:
    """What the name of a region takes, above its middle: a circle may stand there."""
    wide = len(name) * _LETTER * _AREA
    x, y = middle[0], middle[1] - _RAISED
    return x - wide / 2, y - _LINE * _AREA, x + wide / 2, y + _LINE / 4


def _room(dot: Dot, taken: Sequence[Box], view: Projection) -> tuple[tuple[float, float, str], Box] | None:
    """Beside a circle, to the right or else to the left, where no other name stands."""
    wide = len(dot.name) * _LETTER
    y = round(dot.y + _LINE / 3, 1)
    for anchor, x, west in (
        ("start", dot.x + dot.size + 3, dot.x + dot.size + 3),
        ("end", dot.x - dot.size - 3, dot.x - dot.size - 3 - wide),
    ):
        box = (west, y - _LINE, west + wide, y + _LINE / 4)
        if _fits(box, view) and not any(_meet(box, other) for other in taken):
            return (round(x, 1), y, anchor), box
    return None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _fits(box: Box, view: Projection) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= view.height
