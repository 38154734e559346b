"""The words that the reader's annotators know: names of countries, bodies and seats, and offices.

Country names, demonyms and capitals come from the `countryinfo` package; what it lacks or gets wrong,
and everything else, stands with its origin in ``catalog/vocabulary/*.yml``. Rules live in code, words
live there. Names are kept in their natural case ("Russians", "US", "WHO"), so that a matcher can tell
"US" from "us".
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from trucewatch.catalog import nations
from trucewatch.catalog.files import decode
from trucewatch.errors import CatalogError
from trucewatch.model import ActorType, Noun

FOLDER = Path(__file__).parent / "vocabulary"

NameKind = Literal["name", "demonym", "capital", "seat", "body", "armed group"]
OfficeKind = Literal[
    "head",
    "deputy",
    "minister",
    "spokesperson",
    "envoy",
    "official",
    "lawmaker",
    "military",
    "leader",
    "royal",
    "cleric",
    "civilian",
    "institution",
    "force",
    "group",
]


class Name(Noun, frozen=True, kw_only=True):
    """One spelling of something that acts, and what it stands for.

    ``text`` is the spelling, ``name`` the usual name of what it stands for: the country for a demonym or a
    capital ("Russians" gives "Russia"), the body for an acronym, the seat itself for a seat ("Kremlin").
    ``id`` is the ISO 3166-1 alpha-2 code of a country, else the id of the entry. ``country`` is that of the
    entry. ``also`` are ids of other readings: "Brussels" is Belgium's capital, also ``eu`` and ``nato``.
    ``plural`` is a word for several ("Israelis"), ``person`` a noun for one person that is no adjective
    ("Spaniard"). ``ambiguous`` marks a spelling that is an ordinary word or a person's name too ("Jordan",
    "Polish"), ``garbled`` one that is known only from translations that went wrong.
    """

    text: str
    id: str
    name: str
    kind: NameKind
    type: ActorType
    country: str | None = None
    also: tuple[str, ...] = ()
    plural: bool = False
    person: bool = False
    ambiguous: bool = False
    garbled: bool = False


class Office(Noun, frozen=True, kw_only=True):
    """A title or role, singular or plural: "president", "foreign ministers", "spokeswoman", "troops".

    ``lemma`` is the singular. ``person`` is False for an institution or a force ("presidency", "army").
    ``title`` is True where it may stand directly before a name ("President Zelensky").
    """

    text: str
    lemma: str
    kind: OfficeKind
    person: bool = True
    plural: bool = False
    title: bool = False


Word = TypeVar("Word", Name, Office)


class Vocabulary(Noun, frozen=True, kw_only=True):
    """All the words. ``names`` are in natural case; ``offices``, ``modifiers``, ``portfolios`` in lower case.

    A role in a text is a run of modifiers ("former", "acting", "deputy"), perhaps a demonym or a name,
    perhaps a portfolio ("foreign", "defence", "interior"), and an office ("minister").
    ``longest`` is the number of words of the longest name.
    """

    names: dict[str, Name]
    offices: dict[str, Office]
    modifiers: frozenset[str]
    portfolios: frozenset[str]
    longest: int


# --- the files -------------------------------------------------------------------------------------


class _File(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``sources`` maps the keys that entries cite to where the fact can be looked up."""

    sources: dict[str, str]


class People(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A people, a community or a land that is no country of ISO 3166."""

    id: str
    name: str
    type: ActorType
    cite: str
    country: str | None = None
    names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    people: tuple[str, ...] | None = None


class DemonymFile(_File, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``demonyms.yml``."""

    countries: tuple[nations.Mend, ...]
    territories: frozenset[str]
    ambiguous: frozenset[str]
    peoples: tuple[People, ...]


class Body(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An organization, a format, a mission or an armed group with its names."""

    id: str
    name: str
    type: Literal["organization", "body", "armed group", "office"]
    cite: str
    country: str | None = None
    names: tuple[str, ...] = ()
    garbled: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()


class BodyFile(_File, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``bodies.yml``."""

    bodies: tuple[Body, ...]


class Seat(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A building or street that stands for an ``office`` of a country ("president", "government")."""

    id: str
    name: str
    office: str
    country: str
    cite: str
    names: tuple[str, ...] = ()
    garbled: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


class City(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A city other than the capital that is used for a government or a body, whose id is ``stands_for``."""

    name: str
    stands_for: str
    cite: str
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class SeatFile(_File, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``seats.yml``."""

    seats: tuple[Seat, ...]
    cities: tuple[City, ...]
    also: dict[str, tuple[str, ...]]


class Role(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Offices of one kind; a mapping of singular to plural, or null where there is none."""

    kind: OfficeKind
    cite: str
    words: dict[str, str | None]
    person: bool = True
    title: bool = False


class OfficeFile(_File, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``offices.yml``."""

    offices: tuple[Role, ...]
    modifiers: frozenset[str]
    portfolios: frozenset[str]


# --- the merge -------------------------------------------------------------------------------------


@functools.cache
def vocabulary() -> Vocabulary:
    """All the words, read once."""
    demonyms = decode(FOLDER / "demonyms.yml", DemonymFile)
    bodies = decode(FOLDER / "bodies.yml", BodyFile)
    seats = decode(FOLDER / "seats.yml", SeatFile)
    offices = decode(FOLDER / "offices.yml", OfficeFile)
    names = _first(_names(demonyms, bodies, seats), yielding=demonyms.territories)
    _add_cities(names, seats)
    return Vocabulary(
        names=names,
        offices={office.text: office for role in offices.offices for office in _curled(_offices(role))},
        modifiers=offices.modifiers,
        portfolios=offices.portfolios,
        longest=max(text.count(" ") + 1 for text in names),
    )


def _names(demonyms: DemonymFile, bodies: BodyFile, seats: SeatFile) -> Iterator[Name]:
    """Every name; where two claim a spelling the earlier has it (states before territories)."""
    countries = nations.nations(demonyms.countries, territories=demonyms.territories)
    countries.sort(key=lambda nation: nation.territory)
    given = (
        *(n for c in countries for n in _of_nation(c)),
        *(n for p in demonyms.peoples for n in _of_people(p)),
    )
    for name in given:
        yield msgspec.structs.replace(name, ambiguous=True) if name.text in demonyms.ambiguous else name
    for body in bodies.bodies:
        yield from _of_body(body)
    for seat in seats.seats:
        yield from _of_seat(seat)


def _of_nation(nation: nations.Nation) -> Iterator[Name]:
    proto = Name(
        text="", id=nation.country, name=nation.name, kind="name", type="country", country=nation.country
    )
    yield from _each(proto, nation.names)
    yield from _each(proto, nation.demonyms, kind="demonym")
    yield from _each(proto, nation.persons, kind="demonym", person=True)
    yield from _each(proto, nation.people, kind="demonym", plural=True)
    if not nation.territory:
        yield from _each(proto, nation.capitals, kind="capital")


def _of_people(people: People) -> Iterator[Name]:
    proto = Name(
        text="", id=people.id, name=people.name, kind="name", type=people.type, country=people.country
    )
    many = people.people if people.people is not None else tuple(nations.plurals(people.demonyms))
    yield from _each(proto, many, kind="demonym", plural=True)
    yield from _each(proto, people.demonyms, kind="demonym")
    yield from _each(proto, people.persons, kind="demonym", person=True)
    yield from _each(proto, (people.name, *people.names))


def _of_body(body: Body) -> Iterator[Name]:
    kind: NameKind = "armed group" if body.type == "armed group" else "body"
    proto = Name(text="", id=body.id, name=body.name, kind=kind, type=body.type, country=body.country)
    for name in _each(proto, (body.name, *body.names)):
        yield msgspec.structs.replace(name, ambiguous=name.text in body.ambiguous)
    yield from _each(proto, body.plurals, plural=True)
    yield from _each(proto, body.garbled, garbled=True)


def _of_seat(seat: Seat) -> Iterator[Name]:
    proto = Name(text="", id=seat.id, name=seat.name, kind="seat", type="office", country=seat.country)
    for name in _each(proto, (seat.name, *seat.names)):
        yield msgspec.structs.replace(name, ambiguous=name.text in seat.ambiguous)
    yield from _each(proto, seat.garbled, garbled=True)


def _each(proto: Name, texts: Iterable[str], **fields: object) -> Iterator[Name]:
    """The same name in several spellings."""
    for text in texts:
        yield msgspec.structs.replace(proto, text=text, **fields)


def _curled(words: Iterable[Word]) -> Iterator[Word]:
    """Each word, and again with the typographic apostrophe where it has one."""
    for word in words:
        yield word
        if "'" in word.text:
            yield msgspec.structs.replace(word, text=word.text.replace("'", "’"))


def _offices(role: Role) -> Iterator[Office]:
    for lemma, plural in role.words.items():
        office = Office(text=lemma, lemma=lemma, kind=role.kind, person=role.person, title=role.title)
        yield office
        if plural:
            yield msgspec.structs.replace(office, text=plural, plural=True)


def _first(names: Iterable[Name], *, yielding: frozenset[str]) -> dict[str, Name]:
    """One name for each spelling: the first that claims it; others but `yielding` become its ``also``."""
    merged: dict[str, Name] = {}
    for name in _curled(names):
        first = merged.setdefault(name.text, name)
        if name.id not in {first.id, *first.also, *yielding}:
            merged[name.text] = msgspec.structs.replace(first, also=(*first.also, name.id))
    return merged


def _add_cities(names: dict[str, Name], seats: SeatFile) -> None:
    """Add the cities, and the further readings of capitals."""
    by_id = {name.id: name for name in names.values()}
    for city in seats.cities:
        if city.stands_for not in by_id:
            raise CatalogError(
                f"{FOLDER / 'seats.yml'}: cities: {city.name}: no entry has the id {city.stands_for!r}"
            )
        of = by_id[city.stands_for]
        proto = Name(
            text="", id=of.id, name=of.name, kind="seat", type=of.type, country=of.country, also=city.also
        )
        names.update({name.text: name for name in _each(proto, (city.name, *city.names))})
    for text, ids in seats.also.items():
        if text not in names:
            raise CatalogError(f"{FOLDER / 'seats.yml'}: also: {text!r} is no known name")
        names[text] = msgspec.structs.replace(names[text], also=(*names[text].also, *ids))
