"""The page of places: what is told of where, with the precision it is known to, and what has no place."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from trucewatch.model import Entry, Noun
from trucewatch.pages import mapped
from trucewatch.pages.asking import Question
from trucewatch.pages.blocks import Block, Map
from trucewatch.pages.cells import day_in_words
from trucewatch.pages.columns import table
from trucewatch.pages.desk import Desk
from trucewatch.pages.listed import covered
from trucewatch.pages.mapped import Placed


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
    told: dt.date | None
    report: str
    claim: str


_SOMEWHERE = ("count", "incident", "posture", "restriction", "contact")
_Key = tuple[str, float | None, float | None]


def rows(desk: Desk, question: Question) -> Sequence[PlaceRow]:
    """The places told of within the days covered, those with most claims first."""
    made = [_row(name, entries) for (name, _, _), entries in _by_place(_chosen(desk, question)).items()]
    return sorted(made, key=lambda row: (-len(row.claims), row.place))


def _chosen(desk: Desk, question: Question) -> list[Entry]:
    """The claims told within the days covered, or within those that they are narrowed to."""
    chosen = set(_days(desk, question)) if question.narrowing else None
    return [entry for entry in desk.entries(question) if chosen is None or entry.report.published in chosen]


def _by_place(entries: Sequence[Entry]) -> dict[_Key, list[Entry]]:
    found: dict[_Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        place = entry.claim.place
        if place and (place.name or place.text):
            found[place.name or place.text or "", place.lat, place.lon].append(entry)
    return found


def _row(name: str, entries: Sequence[Entry]) -> PlaceRow:
    place = entries[0].claim.place
    assert place is not None  # noqa: S101 - the claims of a place have one
    return PlaceRow(
        place=name,
        country=place.country,
        precision=place.precision,
        lat=place.lat,
        lon=place.lon,
        kinds=tuple(sorted({str(entry.claim.kind) for entry in entries})),
        claims=tuple(entry.claim.id or "" for entry in entries),
    )


def unplaced(desk: Desk, question: Question) -> Sequence[UnplacedRow]:
    """The claims told within the days covered that have no place."""
    return [
        UnplacedRow(
            kind=str(entry.claim.kind),
            told=entry.report.published,
            report=entry.report.id,
            claim=entry.claim.id or "",
        )
        for entry in _chosen(desk, question)
        if entry.claim.kind in _SOMEWHERE and entry.claim.place is None
    ]


def build(desk: Desk, question: Question) -> list[Block]:
    """The map with the claims without a place beside it, and its places as tables."""
    placed = rows(desk, question)
    with_point = [row for row in placed if row.lat is not None]
    without = [row for row in placed if row.lat is None]
    caption = _caption(question)
    return [
        _map(desk, question, caption),
        table("places", PlaceRow, with_point, question=question, title="With a point", caption=caption),
        table("places", PlaceRow, without, question=question, title="Without a point", caption=caption),
    ]


def _caption(question: Question) -> str:
    ends = [day_in_words(day) if day else None for day in (question.since, question.until)]
    words = " ".join(f"{word} {end}" for word, end in zip(("from", "to"), ends, strict=True) if end)
    return f"{covered(question)}{f'; told {words}' if words else ''}"


def _map(desk: Desk, question: Question, caption: str) -> Map:
    rules, days = question.ceasefire.map, _days(desk, question)
    placed = mapped.together(_placed(desk, question))
    first, last = _ends(desk, question)
    view = mapped.seen_by(question.ceasefire, placed)
    drawn = mapped.picture(rules, placed, view=view, first=first, chosen=days)
    met = {dot.precision for dot in drawn.dots}
    return Map(
        title="",
        picture=drawn,
        words=mapped.in_words(days[0] if days else first, days[-1] if days else last, drawn.dots),
        first=first,
        last=last,
        precisions=tuple((name, words) for name, words in mapped.PRECISIONS.items() if name in met),
        notes=tuple(mapped.notes(drawn, placed, view)),
        beside=table(
            "unplaced",
            UnplacedRow,
            unplaced(desk, question),
            question=question,
            title="Claims without a place",
            caption=caption,
        ),
    )


def _placed(desk: Desk, question: Question) -> Iterator[Placed]:
    """The places that have a point, and those named as a region that the map has an outline of."""
    dated = [entry for entry in desk.entries(question) if entry.report.published]
    for (name, lat, lon), found in _by_place(dated).items():
        told = Counter(map(_told, found))
        middle = mapped.region_middle(name, question.ceasefire.map)
        if middle:
            yield Placed(name=name, spot=middle, precision="region", told=told)
        elif lat is not None and lon is not None and (place := found[0].claim.place):
            yield Placed(name=name, spot=(lon, lat), precision=place.precision, told=told)


def _told(entry: Entry) -> dt.date:
    assert entry.report.published is not None  # noqa: S101 - those without a day were left out
    return entry.report.published


def _ends(desk: Desk, question: Question) -> tuple[dt.date, dt.date]:
    """The first and the last day covered; with all days before, the first that anything was told on."""
    told = [entry.report.published for entry in desk.entries(question) if entry.report.published]
    return question.start or min(told, default=question.day), question.day


def _days(desk: Desk, question: Question) -> list[dt.date]:
    """The days that the map shows: those covered, or those of them that it is narrowed to."""
    first, last = _ends(desk, question)
    start, end = max(first, question.since or first), min(last, question.until or last)
    return [start + dt.timedelta(days=number) for number in range((end - start).days + 1)]


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
