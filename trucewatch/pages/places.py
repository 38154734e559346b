"""The page of places: what is told of where, with the precision it is known to, and what has no place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from trucewatch.model import Noun
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block
from trucewatch.pages.columns import table
from trucewatch.pages.desk import Desk
from trucewatch.pages.listed import covered
from trucewatch.situation import Telling


class PlaceRow(Noun, frozen=True, kw_only=True):
    """A place, as precise as it is known, and the claims that are placed there. Without ``lat`` no point."""

    place: str
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    kinds: tuple[str, ...]
    claims: tuple[str, ...]


class UnplacedRow(Noun, frozen=True, kw_only=True):
    """A claim that tells of something that happens somewhere, and names no place."""

    kind: str
    told: str | None
    report: str
    claim: str


_SOMEWHERE = ("count", "incident", "posture", "restriction", "contact")


def rows(desk: Desk, question: Question) -> Sequence[PlaceRow]:
    """The places of the day's situation, those with most claims first."""
    found: dict[tuple[str, float | None, float | None], list[Telling]] = defaultdict(list)
    for telling in desk.situation(question).tellings.values():
        place = telling.claim.place
        if place and (place.name or place.text):
            found[place.name or place.text or "", place.lat, place.lon].append(telling)
    made = [_row(name, tellings) for (name, _, _), tellings in found.items()]
    return sorted(made, key=lambda row: (-len(row.claims), row.place))


def _row(name: str, tellings: Sequence[Telling]) -> PlaceRow:
    place = tellings[0].claim.place
    assert place is not None  # noqa: S101 - the tellings of a place have one
    return PlaceRow(
        place=name,
        country=place.country,
        precision=place.precision,
        lat=place.lat,
        lon=place.lon,
        kinds=tuple(sorted({str(telling.claim.kind) for telling in tellings})),
        claims=tuple(telling.id for telling in tellings),
    )


def unplaced(desk: Desk, question: Question) -> Sequence[UnplacedRow]:
    """The claims of the day's situation that have no place."""
    return [
        UnplacedRow(
            kind=str(telling.claim.kind),
            told=telling.published.isoformat() if telling.published else None,
            report=telling.report,
            claim=telling.id,
        )
        for telling in desk.situation(question).tellings.values()
        if telling.claim.kind in _SOMEWHERE and telling.claim.place is None
    ]


def build(desk: Desk, question: Question) -> list[Block]:
    """Places with a point, places without, and claims without a place."""
    placed = rows(desk, question)
    with_point = [row for row in placed if row.lat is not None]
    without = [row for row in placed if row.lat is None]
    caption = f"Around {covered(question).split(' to ')[-1]}"
    return [
        table("places", PlaceRow, with_point, question=question, title="With a point", caption=caption),
        table("places", PlaceRow, without, question=question, title="Without a point", caption=caption),
        table(
            "unplaced",
            UnplacedRow,
            unplaced(desk, question),
            question=question,
            title="Claims without a place",
            caption=caption,
        ),
    ]


def geojson(desk: Desk, question: Question) -> str:
    """The places as GeoJSON; those without a point have a null geometry, as RFC 7946 has it."""
    features = [
        {
            "type": "Feature",
            "geometry": None
            if row.lat is None or row.lon is None
            else {"type": "Point", "coordinates": [row.lon, row.lat]},
            "properties": {
                name: getattr(row, name) for name in ("place", "country", "precision", "kinds", "claims")
            },
        }
        for row in rows(desk, question)
    ]
    return msgspec.json.encode({"type": "FeatureCollection", "features": features}).decode() + "\n"
