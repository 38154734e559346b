"""The page of places: what is told of where, with the precision it is known to, and what has no place."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from trucewatch.model import MapRules, Noun
from trucewatch.pages import dated, mapped
from trucewatch.pages.asking import By, Question
from trucewatch.pages.blocks import Block, Map
from trucewatch.pages.cells import day_in_words
from trucewatch.pages.columns import table
from trucewatch.pages.dated import Covered, Dated
from trucewatch.pages.desk import Desk
from trucewatch.pages.listed import covered
from trucewatch.pages.mapped import Placed
from trucewatch.pages.projection import Mercator, Projection
from trucewatch.views.phrases import count_of


class PlaceRow(Noun, frozen=True, kw_only=True):
    """A place, as precise as it is known, and the claims that are placed there. Without ``lat`` no point.

    ``start`` and ``end`` are the first and the last of their days; ``dated_by`` says whose days those are.
    """

    place: str
    country: str | None
    precision: str | None
    lat: float | None
    lon: float | None
    start: dt.date
    end: dt.date
    dated_by: tuple[By, ...]
    kinds: tuple[str, ...]
    claims: tuple[str, ...]


class UnplacedRow(Noun, frozen=True, kw_only=True):
    """A claim that tells of something that happens somewhere, and names no place."""

    kind: str
    start: dt.date
    end: dt.date
    dated_by: By
    report: str
    claim: str


_SOMEWHERE = ("count", "incident", "posture", "restriction", "contact")
_Key = tuple[str, float | None, float | None]


def rows(desk: Desk, question: Question) -> Sequence[PlaceRow]:
    """The places told of within the days covered, those with most claims first."""
    return _rows(dated.covered(desk, question))


def _rows(claims: Covered) -> Sequence[PlaceRow]:
    made = [_row(name, found) for (name, _, _), found in _by_place(claims.shown).items()]
    return sorted(made, key=lambda row: (-len(row.claims), row.place))


def _by_place(found: Sequence[Dated]) -> dict[_Key, list[Dated]]:
    held: dict[_Key, list[Dated]] = defaultdict(list)
    for one in found:
        place = one.entry.claim.place
        if place and (place.name or place.text):
            held[place.name or place.text or "", place.lat, place.lon].append(one)
    return held


def _row(name: str, found: Sequence[Dated]) -> PlaceRow:
    place = found[0].entry.claim.place
    assert place is not None  # noqa: S101 - the claims of a place have one
    return PlaceRow(
        place=name,
        country=place.country,
        precision=place.precision,
        lat=place.lat,
        lon=place.lon,
        start=min(one.days[0] for one in found),
        end=max(one.days[1] for one in found),
        dated_by=tuple(sorted({one.by for one in found})),
        kinds=tuple(sorted({str(one.entry.claim.kind) for one in found})),
        claims=tuple(one.entry.claim.id or "" for one in found),
    )


def _unplaced(claims: Covered) -> Sequence[UnplacedRow]:
    """The claims of the days chosen that have no place."""
    return [
        UnplacedRow(
            kind=str(one.entry.claim.kind),
            start=one.days[0],
            end=one.days[1],
            dated_by=one.by,
            report=one.entry.report.id,
            claim=one.entry.claim.id or "",
        )
        for one in claims.shown
        if one.entry.claim.kind in _SOMEWHERE and one.entry.claim.place is None
    ]


def build(desk: Desk, question: Question) -> list[Block]:
    """The map with the claims without a place beside it, and its places as tables."""
    claims = dated.covered(desk, question)
    placed = _rows(claims)
    with_point = [row for row in placed if row.lat is not None]
    without = [row for row in placed if row.lat is None]
    caption = _caption(question)
    return [
        _map(claims, question, desk=desk, caption=caption),
        table("places", PlaceRow, with_point, question=question, title="With a point", caption=caption),
        table("places", PlaceRow, without, question=question, title="Without a point", caption=caption),
    ]


def _caption(question: Question) -> str:
    ends = [day_in_words(day) if day else None for day in (question.since, question.until)]
    words = " ".join(f"{word} {end}" for word, end in zip(("from", "to"), ends, strict=True) if end)
    by = "by the day told" if question.by == "told" else "by the day of the event, where a claim has one"
    return f"{covered(question)}; {by}{f', {words}' if words else ''}"


def _map(claims: Covered, question: Question, *, desk: Desk, caption: str) -> Map:
    rules, days, (first, last) = question.ceasefire.map, claims.chosen, claims.days
    placed = mapped.together(_placed(claims, rules))
    view = mapped.seen_by(question.ceasefire, placed, kind=Mercator if desk.tiles else Projection)
    drawn = mapped.picture(rules, placed, view=view, first=first, chosen=days, tiles=desk.tiles)
    met = {dot.precision for dot in drawn.dots}
    return Map(
        title="",
        picture=drawn,
        words=mapped.in_words(*(days if days[0] <= days[1] else (first, last)), drawn.dots),
        first=first,
        last=last,
        precisions=tuple((name, words) for name, words in mapped.PRECISIONS.items() if name in met),
        notes=(*_other_days(claims), *mapped.notes(drawn, placed, view, tiles=desk.tiles)),
        beside=table(
            "unplaced",
            UnplacedRow,
            _unplaced(claims),
            question=question,
            title="Claims without a place",
            caption=caption,
        ),
    )


def _other_days(claims: Covered) -> list[str]:
    """What the map leaves out because it goes by the day of the event."""
    left = [one for one in claims.elsewhere if one.entry.claim.place]
    if not left:
        return []
    tells = "tells" if len(left) == 1 else "tell"
    return [
        f"{count_of(len(left), 'claim')} with a place, told on the days covered, {tells} of other days:"
        " choose by the day told to see them."
    ]


def _placed(claims: Covered, rules: MapRules) -> Iterator[Placed]:
    """The places that have a point, and those named as a region that the map has an outline of."""
    first, last = claims.days
    for (name, lat, lon), found in _by_place(claims.claims).items():
        told = Counter((max(one.days[0], first), min(one.days[1], last)) for one in found)
        middle = mapped.region_middle(name, rules)
        if middle:
            yield Placed(name=name, spot=middle, precision="region", told=told)
        elif lat is not None and lon is not None and (place := found[0].entry.claim.place):
            yield Placed(name=name, spot=(lon, lat), precision=place.precision, told=told)


def geojson(desk: Desk, question: Question) -> str:
    """The places as GeoJSON; those without a point have a null geometry, as RFC 7946 has it."""
    features = [
        {
            "type": "Feature",
            "geometry": None
            if row.lat is None or row.lon is None
            else {"type": "Point", "coordinates": [row.lon, row.lat]},
            "properties": {
                name: getattr(row, name) for name in PlaceRow.__struct_fields__ if name not in ("lat", "lon")
            },
        }
        for row in rows(desk, question)
    ]
    return msgspec.json.encode({"type": "FeatureCollection", "features": features}).decode() + "\n"
