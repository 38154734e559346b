"""What must hold in a ceasefire's map beyond the types of its fields: places on the globe, boxes, names."""

from __future__ import annotations

import re
from collections import Counter as Tally
from collections.abc import Iterator, Sequence

from trucewatch.model import Border, Box, MapRules, Spot

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST = 500  # places of a line or an outline: the map is for orientation


def faults(field: str, given: MapRules) -> Iterator[str]:
    """Everything that is wrong with a map, each as ``field: what is the matter``."""
    if given.bounds:
        yield from _box(f"{field}.bounds", given.bounds)
    for name, borders in (("disputed", given.disputed), ("hide", given.hide)):
        for index, border in enumerate(borders):
            yield from _border(f"{field}.{name}[{index}]", border)
    for index, line in enumerate(given.lines):
        yield from _outline(f"{field}.lines[{index}].path", line.path, least=2)
    for index, region in enumerate(given.regions):
        yield from _outline(f"{field}.regions[{index}].ring", region.ring, least=3)
    yield from _ids(f"{field}.lines", [line.id for line in given.lines])
    yield from _ids(f"{field}.regions", [region.id for region in given.regions])


def _box(field: str, box: Box) -> Iterator[str]:
    west, south, east, north = box
    for spot in ((west, south), (east, north)):
        yield from _spot(field, spot)
    if not (west < east and south < north):
        yield f"{field}: {list(box)} is not west, south, east, north, in degrees, west and south being less"


def _border(field: str, border: Border) -> Iterator[str]:
    one, other = border.between
    if one == other:
        yield f"{field}.between: {one!r} stands twice; a border lies between two countries"
    for name in border.between:
        if not name[:1].isupper():
            yield f"{field}.between: {name!r} is no ISO 3166-1 alpha-2 code and no country's name"
    if border.within:
        yield from _box(f"{field}.within", border.within)


def _outline(field: str, spots: Sequence[Spot], *, least: int) -> Iterator[str]:
    if not least <= len(set(spots)) <= len(spots) <= _MOST:
        yield f"{field}: has {len(set(spots))} different places; it needs {least} to {_MOST}"
    for index, spot in enumerate(spots):
        yield from _spot(f"{field}[{index}]", spot)


def _spot(field: str, spot: Spot) -> Iterator[str]:
    east, north = spot
    if not (-180 <= east <= 180 and -90 <= north <= 90):
        yield f"{field}: [{east:g}, {north:g}] is no place; degrees east come first, then degrees north"


def _ids(field: str, ids: Sequence[str]) -> Iterator[str]:
    yield from (
        f"{field}: the id {i!r} is not lower-case words-with-hyphens" for i in ids if not _ID.fullmatch(i)
    )
    yield from (f"{field}: the id {i!r} stands twice" for i, times in Tally(ids).items() if times > 1)
