"""The gazetteer: which place a name means, and where it lies.

>>> [site.country for site in shipped().find("Luhansk")][:1]
['UA']

The data ships in ``catalog/gazetteer/`` (GeoNames, CC BY 4.0; compiled by ``training/gazetteer.py``) and
is opened at the first look-up. A name of several places is decided by the text: the country or region
named right after it, the countries that the text names, the other places in it, and the number of
inhabitants. Where two places are close and nothing decides, none is chosen.
"""

from __future__ import annotations

import functools
import json
import math
import re
import sys
import unicodedata
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from trucewatch import catalog
from trucewatch.model import Document, PlaceMention, Span

FILE = Path(__file__).parents[1] / "catalog" / "gazetteer" / "places.zlib"
COLUMNS = {"lat": "i", "lon": "i", "population": "I", "country": "B", "region": "H", "kind": "B"}

Sort = Literal["settlement", "district", "region"]
_SORTS: tuple[Sort, ...] = ("settlement", "region", "district")  # by the file's number of the kind
_SOFT = re.compile(r"[\u0300-\u036f'’‘`´ʻʼʿʾ]")


def fold(name: str) -> str:
    """A name as the file has it: "Al-Ḩasakah" as "al hasakah", "Donets’k" as "donetsk"."""
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name)
    return " ".join(_SOFT.sub("", plain).replace("-", " ").replace("‑", " ").lower().split())


class Site(NamedTuple):
    """A place that a name may mean: degrees, inhabitants, ``region`` as the file numbers them.

    ``mark`` is empty for its usual name, ``~`` for another spelling of it, ``-`` for a different name.
    """

    country: str
    region: int
    sort: Sort
    lat: float
    lon: float
    population: int
    mark: str


class Gazetteer:
    """The file, unpacked: columns and a sorted table of names, some 6 MB."""

    def __init__(self, data: bytes) -> None:
        data = zlib.decompress(data)
        at = data.index(b"\n") + 1
        head = json.loads(data[:at])
        self._countries: list[str] = head["countries"]
        self._columns: dict[str, array[int]] = {}
        for name, code in COLUMNS.items():
            column = array(code)
            size = column.itemsize * head["places"]
            column.frombytes(data[at : at + size])
            if sys.byteorder == "big":
                column.byteswap()
            self._columns[name] = column
            at += size
        self._names = data[at:]

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - there is one gazetteer, and it lives on
    def find(self, name: str) -> tuple[Site, ...]:
        """All places of a name, in no order; none where the name is unknown. "Hodeidah" is "Hodeida" too."""
        key = fold(name)
        line = self._line(key) or (self._line(key[:-1]) if key.endswith("ah") else "")
        return tuple(self._site(number) for number in line.split())

    def _line(self, key: str) -> str:
        """What stands after a name in the sorted table, by halving it."""
        wanted, low, high = f"\n{key}\t".encode(), 0, len(self._names)
        while low < high:
            start = self._names.rfind(b"\n", low, (low + high) // 2 + 1)
            end = self._names.find(b"\n", start + 1)
            if start < 0 or end < 0:
                break
            here = self._names[start : self._names.find(b"\t", start) + 1]
            if here == wanted:
                return self._names[start + len(here) : end].decode()
            low, high = (end, high) if here[1:-1] < wanted[1:-1] else (low, start)
        return ""

    def _site(self, told: str) -> Site:
        mark = told[0] if told[0] in "~-" else ""
        at = int(told[len(mark) :])
        column = self._columns
        return Site(
            country=self._countries[column["country"][at]],
            region=column["region"][at],
            sort=_SORTS[column["kind"][at]],
            lat=column["lat"][at] / 1000,
            lon=column["lon"][at] / 1000,
            population=column["population"][at],
            mark=mark,
        )


@functools.cache
def shipped() -> Gazetteer:
    """The gazetteer that ships, read once."""
    return Gazetteer(FILE.read_bytes())


# --- what a name in the text says of itself --------------------------------------------------------

_CAPITALS = (
    r"(?:(?:[A-Z]\.){2,}|[A-Z][\w’'‑-]*"
    r"(?:\s(?:(?:de|del|da|do|dos|la|of|of the)\s(?=[A-Z])|(?:a[dlnrstz]|ash|e[lrsz])-)?[A-Z][\w’'‑-]*)*)"
)
_NAMES = re.compile(_CAPITALS)
_REGION = re.compile(
    r"\b(?:regions?|provinces?|governorates?|oblasts?|states?|republic|territory|countryside|peninsula"
    r"|department|prefecture|canton)\b",
    re.I,
)
_DISTRICT = re.compile(r"\b(?:districts?|count(?:y|ies)|parish|raions?|municipality)\b", re.I)
_TOWN = re.compile(r"\b(?:city|towns?|villages?|capital|outskirts|suburbs?|port|airport|settlement)\b", re.I)
_PART = re.compile(
    r"\b(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?(?:most)?\b|\bcentral\b|\b(?:areas?|parts)\b"
    r"|\b(?:border|frontier)s?\b",
)
_KIND_END = re.compile(
    r"\s(?:Region|Province|Governorate|Oblast|Republic|District|County|Raion|City|State|Countryside|Area)$"
)
_WITHIN = re.compile(r"['’]?s?\s(?:[a-z]+\s)?(?:of|in)\s(?:(?:the|[a-z-]+)\s)*")
_POSSESSED = re.compile(r"^(.*)['’]s?\s(.*)$")
_FOLLOWED = re.compile(
    rf"\s*(?:,(?:\s+in)?|\(|\sin|\sof)\s*(?:(?:the|[a-z]+ern|central|[a-z]+)\s+){{0,2}}?(?P<name>{_CAPITALS})"
)


class Told(NamedTuple):
    """What the words of a mark tell: the name without its kind, what sort it is told to be, whose it is."""

    name: str
    sort: Sort | None
    part: bool
    owner: str | None


@functools.lru_cache(maxsize=4096)
def told(words: str) -> Told | None:
    """What the words of a mark tell; None where they hold no name, or several that stand side by side.

    >>> told("Ukraine's Donetsk region")
    Told(name='Donetsk', sort='region', part=False, owner='Ukraine')
    """
    words = re.sub(r"^The\s", "the ", words)
    found = list(_NAMES.finditer(words))
    while len(found) > 1 and _is_people(found[0].group()):
        found.pop(0)
    if not found or (len(found) > 1 and not _WITHIN.fullmatch(words, found[0].end(), found[1].start())):
        return None
    name, owner = found[0].group(), found[1].group() if len(found) > 1 else None
    if split := _POSSESSED.match(name):
        owner, name = split.groups()
    name = re.sub(r"['’]s?$", "", name)
    while " " in name and _is_people(name.split()[0]) and not is_place(name):
        name = name.partition(" ")[2]
    bare = name if is_place(name) else _KIND_END.sub("", name)
    around = (words[: found[1].start()] if len(found) > 1 else words).replace(bare, " ")
    return Told(bare, _sort(around), bool(_PART.search(around)), owner)


def _sort(words: str) -> Sort | None:
    sorts: tuple[tuple[Sort, re.Pattern[str]], ...] = (
        ("settlement", _TOWN),
        ("district", _DISTRICT),
        ("region", _REGION),
    )
    return next((sort for sort, pattern in sorts if pattern.search(words)), None)


def _is_people(name: str) -> bool:
    """Whether a name is an adjective of a people: "the Dutch province of Limburg"."""
    known = catalog.vocabulary().names.get(name)
    return known is not None and known.kind == "demonym"


# --- what the text says around it ------------------------------------------------------------------

_EARTH = 6371.0  # km
_SAME = 100.0  # km: candidates nearer than this are one place, for a choice
_NEAR = 400.0  # km: how far a place of the same text can speak for a candidate
_MARGIN = 1.0  # what the best must be ahead of the next, in powers of ten of inhabitants
_ALONE = 5.0  # inhabitants, as a power of ten, that a place needs of which the text names no country
_ONLY = 4.0  # the same where the gazetteer has no other place of that name
_MARK = {"": 0.0, "~": 0.3, "-": 1.5}
# Worth of what speaks for a candidate, as powers of ten of inhabitants.
_HINTED, _COUNTRY, _CAPITAL, _AREA = 6.0, 2.0, 1.0, 1.5

Area = tuple[str, int | None]  # country, and the region in it or None


def distance(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points, in degrees."""
    a, b, delta = math.radians(lat), math.radians(lat2), math.radians(lon2 - lon)
    part = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(delta / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, part)))


@functools.cache
def _lands() -> dict[str, tuple[float, float]]:
    """Where each country lies, as `countryinfo` gives it."""
    from countryinfo import all_countries

    found: dict[str, tuple[float, float]] = {}
    for record in all_countries():
        info = record.info()
        code, point = info.get("ISO", {}).get("alpha2"), info.get("latlng")
        if code and point:
            found.setdefault(code, (float(point[0]), float(point[1])))
    return found


def _country(name: str) -> str | None:
    """The code of a country by its name ("Syria", "the US"), not by its capital or its people."""
    known = catalog.vocabulary().names.get(name)
    return known.country if known and known.kind == "name" and known.type == "country" else None


def is_place(name: str) -> bool:
    """Whether a name is the usual one or another spelling of a place, or a country's."""
    return bool(_country(name)) or any(site.mark != "-" for site in shipped().find(name))


def lies_in(name: str, area: str) -> bool:
    """Whether a place of that name lies in a country, region or district of that name."""
    areas = _areas(area) if is_place(area) else set()
    return any(
        site.mark != "-" and ((site.country, site.region) in areas or (site.country, None) in areas)
        for site in (shipped().find(name) if areas else ())
        if site.sort == "settlement"
    )


def _areas(name: str) -> set[Area]:
    """The countries, regions and districts that a name stands for."""
    country = _country(name)
    sites = shipped().find(name) or shipped().find(_KIND_END.sub("", name))
    areas: set[Area] = {(s.country, s.region) for s in sites if s.sort != "settlement" and s.mark != "-"}
    return areas | {(country, None)} if country else areas


class _Text:
    """The countries and regions that a text names, with how often."""

    def __init__(self, document: Document) -> None:
        self.countries: Counter[str] = Counter()
        self._named: dict[str, set[Area]] = {}
        names = catalog.vocabulary().names
        for run, times in Counter(_NAMES.findall(document.text)).items():
            words = re.sub(r"['’]s?(?=\s|$)", "", run).split()
            for name in {run, *words, *(" ".join(pair) for pair in pairwise(words))}:
                known = names.get(name)
                if known and known.country and known.kind in ("name", "demonym", "capital"):
                    self.countries[known.country] += times
            if len(words) <= 3 and (areas := {a for a in _areas(" ".join(words)) if a[1] is not None}):
                self._named[" ".join(words)] = areas
        self.regions = {area for areas in self._named.values() for area in areas}

    def land(self, name: str) -> str | None:
        """The country of a name; none for "Georgia" beside other states of the United States."""
        country = _country(name)
        if country and name in self._named:
            others = [areas for other, areas in self._named.items() if other != name and len(areas) == 1]
            beside = {area[0] for areas in others for area in areas}
            if country not in beside and beside & {area[0] for area in self._named[name]}:
                return None
        return country

    def speaks_for(self, site: Site) -> float:
        """What the countries and regions named in the text add for a candidate."""
        times = self.countries[site.country]
        most = max(self.countries.values(), default=1)
        if not times:
            return 0.0
        named = site.sort == "settlement" and (site.country, site.region) in self.regions
        return _COUNTRY + times / most + (_AREA if named else 0.0)


class _Case:
    """All marks of one name in a text, and the places that it may mean, the likeliest first."""

    def __init__(self, told: Told, text: _Text, hints: set[Area]) -> None:
        known = catalog.vocabulary().names.get(told.name)
        named = () if known and known.type == "group" else shipped().find(told.name)
        sites = [s for s in named if _fits(s, told.sort)] or [s for s in named if s.sort != "settlement"]
        capital = known.country if known and known.kind == "capital" else None
        self._scored = [
            (_base(s) + text.speaks_for(s) + _hinted(s, hints) + _CAPITAL * (s.country == capital), s)
            for s in sites
        ]
        self.ranked = sorted(self._scored, key=lambda pair: -pair[0])
        self._text = text

    def weigh(self, others: Iterable[Site]) -> None:
        """Let the places that the text surely names speak for those near them."""
        known = [s for s in others if s not in {site for _, site in self._scored}]
        self.ranked = sorted(
            ((score + _nearness(site, known), site) for score, site in self._scored),
            key=lambda pair: -pair[0],
        )

    def chosen(self) -> Site | None:
        """The place, if it is clear."""
        if not self.ranked:
            return None
        best, site = self.ranked[0]
        alone = _ALONE if len(self.ranked) > 1 else _ONLY
        if best < alone and not self._text.countries[site.country]:
            return None
        for score, other in self.ranked[1:]:
            if best - score < _MARGIN and distance(site.lat, site.lon, other.lat, other.lon) > _SAME:
                return None
        return site


def _fits(site: Site, sort: Sort | None) -> bool:
    if sort == "region":
        return site.sort != "settlement"
    return sort is None or site.sort == sort or (sort == "district" and site.sort == "region")


def _base(site: Site) -> float:
    """Inhabitants as a power of ten; a region counts as its chief town, about a tenth of it."""
    people = site.population * (0.1 if site.sort != "settlement" else 1.0)
    return math.log10(max(people, 100.0)) - _MARK[site.mark]


def _hinted(site: Site, hints: set[Area]) -> float:
    return _HINTED if (site.country, None) in hints or (site.country, site.region) in hints else 0.0


def _nearness(site: Site, others: Sequence[Site]) -> float:
    near = min((distance(site.lat, site.lon, o.lat, o.lon) for o in others), default=_NEAR)
    return max(0.0, _AREA * (1 - near / _NEAR))


# --- the marks, resolved ---------------------------------------------------------------------------


def resolve(mentions: Sequence[PlaceMention], document: Document) -> tuple[PlaceMention, ...]:
    """The marks with country, degrees and precision, as far as the text makes them clear."""
    if not mentions:
        return ()
    read = [told(mention.name) for mention in mentions]
    text = _Text(document)
    hints: dict[tuple[str, Sort | None], set[Area]] = {}
    for mention, words in zip(mentions, read, strict=True):
        if words:
            hints.setdefault((words.name, words.sort), set()).update(_hints(words, mention.span, document))
    firsts = {(w.name, w.sort): w for w in read if w and not text.land(w.name)}
    cases = {key: _Case(words, text, hints[key]) for key, words in firsts.items()}
    sure = [site for case in cases.values() if (site := case.chosen())]
    for case in cases.values():
        case.weigh(sure)
    return tuple(
        _resolved(mention, words, cases) if words else mention
        for mention, words in zip(mentions, read, strict=True)
    )


def _hints(words: Told, span: Span, document: Document) -> set[Area]:
    """The areas named as the place's own: "X, Donetsk region", "X in Syria", "Syria's X"."""
    areas = _areas(words.owner) if words.owner else set()
    known = catalog.vocabulary().names.get(words.name)
    if known and known.country and known.kind == "name" and words.sort is None:
        areas.add((known.country, None))
    if after := _FOLLOWED.match(document.text, span[1]):
        areas |= _areas(re.sub(r"['’]s?(?=\s|$).*", "", after["name"]))
    return areas - {(s.country, s.region) for s in shipped().find(words.name) if s.sort == words.sort}


def _resolved(
    mention: PlaceMention, words: Told, cases: dict[tuple[str, Sort | None], _Case]
) -> PlaceMention:
    replace = msgspec.structs.replace
    if (words.name, words.sort) not in cases:
        land = _country(words.name)
        if words.part or words.sort:
            return replace(mention, country=land, precision="region")
        lat, lon = _lands().get(land or "", (None, None))
        return replace(mention, country=land, precision="country", lat=lat, lon=lon)
    site = cases[(words.name, words.sort)].chosen()
    if site is None:
        return replace(mention, precision="region") if words.part and mention.country else mention
    precision = "region" if words.part else site.sort
    return replace(mention, country=site.country, lat=site.lat, lon=site.lon, precision=precision)
