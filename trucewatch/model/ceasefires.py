"""A ceasefire as given in the catalog: parties, agreements, regions, counters."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from trucewatch.model.base import Noun
from trucewatch.model.claims import Measure, Topic


class Given(Noun, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what is read from the catalog: a field that it does not know is a mistake."""


class Citation(Given, frozen=True, kw_only=True):
    """Where a given fact can be looked up."""

    text: str
    url: str | None = None


class Holder(Given, frozen=True, kw_only=True):
    """Who held a post, and when: ``since`` and ``until`` are ``YYYY[-MM[-DD]]``, absent where not given."""

    name: str
    names: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None


class Post(Given, frozen=True, kw_only=True):
    """An office that speaks for a party: its title, other names, and its holders within the ceasefire."""

    title: str
    names: tuple[str, ...] = ()
    holders: tuple[Holder, ...] = ()


class Party(Given, frozen=True, kw_only=True):
    """A party, guarantor, mediator or mechanism of a ceasefire.

    ``side`` groups voices: two of one side are one. ``names`` are further names and spellings,
    ``members`` the ids of the parties in a format, ``posts`` the offices that speak for the party.
    """

    id: str
    name: str
    side: str
    role: Literal["party", "guarantor", "mediator", "mechanism", "format", "outside"]
    names: tuple[str, ...] = ()
    country: str | None = None
    members: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    note: str | None = None
    cite: tuple[Citation, ...] = ()


class Provision(Given, frozen=True, kw_only=True):
    """A clause of an agreement, in our own words."""

    topic: Topic
    text: str
    article: str | None = None
    parties: tuple[str, ...] = ()


class Agreement(Given, frozen=True, kw_only=True):
    """An agreement of the ceasefire: when it was signed, when it took effect, where it applies."""

    id: str
    name: str
    signed: dt.date
    provisions: tuple[Provision, ...]
    cite: tuple[Citation, ...]
    effective: str | None = None
    ended: dt.date | None = None
    area: str | None = None


class Region(Given, frozen=True, kw_only=True):
    """A region that the mechanism counts by. A total is the sum over all regions of the ceasefire."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    country: str | None = None


class Counter(Given, frozen=True, kw_only=True):
    """A series somebody keeps: who counts, what, by which cut-off (local time) and definition.

    ``no_report_on`` are the weekdays ("Sunday") without a report: the next one covers those evenings too.
    ``part_of`` is the id of the counter of which this series is a subset (explosions of the violations).
    ``accused`` are the ids of the parties whose acts it counts; empty where it counts whoever fired.
    """

    id: str
    name: str
    party: str
    measure: Measure
    time_zone: str
    cutoff: str | None = None
    no_report_on: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    part_of: str | None = None
    accused: tuple[str, ...] = ()
    definition: str | None = None
    cite: tuple[Citation, ...] = ()


class Excluded(Given, frozen=True, kw_only=True):
    """Evenings that alerts leave out, both ends included, and why: ``from``, ``until`` and ``why`` in YAML.

    They raise no alert and stand in no baseline: an offensive that is over, a change of the counter's posts.
    """

    since: dt.date = msgspec.field(name="from")
    until: dt.date
    why: str


class AlertRules(Given, frozen=True, kw_only=True):
    """How alerts on counts are raised. What is not given is as measured in docs/alerts.md.

    ``level`` is how often a quiet evening may pass the upper bound; ``baseline`` the evenings looked back at;
    ``cool_down`` the days in which an alert is not raised again unless it gets worse. ``methods`` raise them:
    of ``regression``, ``C1``, ``C2`` and ``C3`` the first of the list that has enough on file decides, and
    the others are named where they agree; ``cusum`` and ``change point`` raise alerts of their own.
    """

    level: float = 0.0008
    baseline: int = 84
    cool_down: int = 7
    methods: tuple[str, ...] = ("regression", "cusum", "change point")
    exclude: tuple[Excluded, ...] = ()


Spot = tuple[float, float]
"""A place on a map: degrees east, then degrees north."""
Box = tuple[float, float, float, float]
"""A part of a map: its western, southern, eastern and northern edge, in degrees."""


class Border(Given, frozen=True, kw_only=True):
    """A line of the base map: that between two countries, or the part of it within a box.

    Countries are ISO 3166-1 alpha-2 codes (UA), or Natural Earth's name where there is no code (Kosovo).
    """

    between: tuple[str, str]
    within: Box | None = None


class OwnLine(Given, frozen=True, kw_only=True):
    """A line that the ceasefire draws itself, dashed where ``disputed``: a line of contact, say."""

    id: str
    name: str
    path: tuple[Spot, ...]
    disputed: bool = True


class CoarseRegion(Given, frozen=True, kw_only=True):
    """A region as a rough outline, for orientation: it says nothing about who holds what."""

    id: str
    name: str
    ring: tuple[Spot, ...]


class MapRules(Given, frozen=True, kw_only=True):
    """How the map of a ceasefire is drawn, on a base map that has a viewpoint of its own.

    ``bounds`` is the part of the world that it shows, as far as its places reach where not given.
    ``disputed`` borders are dashed; those to ``hide`` are not drawn, and ``lines`` may stand in their place.
    """

    bounds: Box | None = None
    disputed: tuple[Border, ...] = ()
    hide: tuple[Border, ...] = ()
    lines: tuple[OwnLine, ...] = ()
    regions: tuple[CoarseRegion, ...] = ()


class Ceasefire(Given, frozen=True, kw_only=True):
    """A ceasefire as given in ``catalog/ceasefires/NAME.yml``: data, not code.

    ``place_names`` lists groups of spellings, the mechanism's usage first (Kyiv, Kiev).
    ``keywords`` are names that tie an otherwise unplaced claim to this ceasefire.
    """

    id: str
    name: str
    start: dt.date
    summary: str
    parties: tuple[Party, ...]
    agreements: tuple[Agreement, ...]
    counters: tuple[Counter, ...]
    regions: tuple[Region, ...]
    cite: tuple[Citation, ...]
    end: dt.date | None = None
    place_names: tuple[tuple[str, ...], ...] = ()
    keywords: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    alerts: AlertRules = AlertRules()
    map: MapRules = MapRules()
