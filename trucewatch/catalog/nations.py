"""Countries with their names, demonyms and capitals: `countryinfo`, mended by ``vocabulary/demonyms.yml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from trucewatch.model import Noun

# Official names are worth keeping ("Republic of Moldova"), native and inverted ones are not English.
_OFFICIAL = re.compile(
    r"\b(Republic|Kingdom|State|Federation|Union|Sultanate|Confederation|Commonwealth|Great)\b"
)
_PLAIN = re.compile(r"[A-Za-zÀ-ɏ' .-]+")
# "Chinese", "British", "French", "Swiss": the same word for one and for many, so no plural of its own.
_NO_PLURAL = re.compile(r"(ese|sh|ch|s|x|ois|que)$")


class Mend(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `countryinfo` lacks or gets wrong about one country.

    ``name`` replaces the usual name, ``capital`` the capital; ``names``, ``capitals``, ``demonyms``,
    ``persons`` (nouns for one person, "Spaniard") and ``people`` (plurals) are added;
    ``drop`` are spellings to leave out.
    """

    country: str
    cite: str
    name: str | None = None
    capital: str | None = None
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class Nation(Noun, frozen=True, kw_only=True):
    """A country with every spelling that stands for it.

    The capital of a ``territory`` speaks for no government.
    """

    country: str
    name: str
    territory: bool = False
    names: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class Given(Noun, frozen=True, kw_only=True):
    """One country as `countryinfo` gives it."""

    country: str
    name: str
    spellings: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: str | None


def given() -> list[Given]:
    """Every country of `countryinfo` that has an ISO code; states that are no more are left out."""
    from countryinfo import all_countries

    found: dict[str, Given] = {}
    for record in all_countries():
        info = record.info()
        code = info.get("ISO", {}).get("alpha2")
        if code and code not in found and code not in {"AN", "CS"}:
            found[code] = _given(code, info)
    return list(found.values())


def _given(code: str, info: Mapping[str, object]) -> Given:
    capital = info.get("capital")
    demonym = info.get("demonym")
    return Given(
        country=code,
        name=str(info["name"]),
        spellings=tuple(str(text) for text in msgspec.convert(info.get("altSpellings") or [], list[str])),
        demonyms=tuple(text.strip() for text in str(demonym or "").split(",") if text.strip()),
        capital=capital if isinstance(capital, str) and capital else None,
    )


def nations(mends: tuple[Mend, ...], *, territories: frozenset[str]) -> list[Nation]:
    """Every country, mended; what `countryinfo` does not know (Kosovo) comes from the mends alone."""
    by_code = {mend.country: mend for mend in mends}
    known = given()
    codes = {country.country for country in known}
    made = [_mended(country, by_code.get(country.country)) for country in known]
    made += [
        _mended(
            Given(country=m.country, name=m.name or m.country, spellings=(), demonyms=(), capital=None), m
        )
        for m in mends
        if m.country not in codes
    ]
    return [msgspec.structs.replace(n, territory=n.country in territories) for n in made]


def _mended(country: Given, mend: Mend | None) -> Nation:
    mend = mend or Mend(country=country.country, cite="")
    drop = set(mend.drop)
    capital = mend.capital or country.capital
    demonyms = _unique((*country.demonyms, *mend.demonyms), drop)
    return Nation(
        country=country.country,
        name=mend.name or country.name,
        names=_unique((mend.name or country.name, country.name, *_english(country), *mend.names), drop),
        capitals=_unique((*((capital,) if capital else ()), *mend.capitals), drop),
        demonyms=demonyms,
        persons=_unique(mend.persons, drop),
        people=_unique((*mend.people, *(plurals(demonyms) if not mend.people else ())), drop),
    )


def _english(country: Given) -> Iterator[str]:
    """The alternative spellings that an English text uses: official names, not codes nor native names."""
    for text in country.spellings:
        if _OFFICIAL.search(text) and _PLAIN.fullmatch(text):
            yield text.removeprefix("the ")


def plurals(demonyms: tuple[str, ...]) -> Iterator[str]:
    """Regular plurals: "Russian" -> "Russians"; none for "Chinese" or "British"."""
    for demonym in demonyms:
        if not _NO_PLURAL.search(demonym):
            yield demonym + "s"


def _unique(texts: tuple[str, ...], drop: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text not in drop))
