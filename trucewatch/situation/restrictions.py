"""Restrictions of the observers: what kept them from observing, where and on which day, by all who tell it.

The day is the window of the reporting period where the monitoring body's own daily report tells it (the
habit of windows.py: a report covers the evenings since the one before), unless the text names a day of its
own. Another report's is the day that the text names; where it names none, the day of publication stands,
marked as such. Tellings of one type at one place and day are one restriction; a sentence without a place
("freedom of movement was restricted") is one with others without a place.

Nothing is weighed: ``by`` are those to whom the reports attribute it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from trucewatch.identity.merging import Group, Link, merge
from trucewatch.model import Actor, Ceasefire, Entry, Judgement, Place, Restriction
from trucewatch.situation.commitments.outcomes import Words
from trucewatch.situation.counts.keepers import Keeper, keepers
from trucewatch.situation.counts.windows import by_habit
from trucewatch.situation.days import closing, issued, opening
from trucewatch.situation.names import Cast, cast, key
from trucewatch.situation.nouns import RestrictionBasis, RestrictionState

_KINDS = re.compile(r"\b(?:village|town|city|settlement|checkpoint|crossing|near|of|the)\b")
_EMPTY = frozenset(
    "a an the of and member members person persons people armed men man two three local".split()
)
_IN_REGION = re.compile(
    r"[^.;]{0,80}?\b([A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)\s+(?:region|oblast|province|governorate|sector|district)\b"
)
_NEAR = 0.02  # degrees: the same village by two gazetteers


@dataclass(frozen=True)
class _Telling:
    """One claim with the days that it may mean, and what it is known by."""

    entry: Entry
    claim: Restriction
    start: dt.date | None
    end: dt.date | None
    basis: RestrictionBasis | None
    place: str | None
    by: frozenset[str]

    @property
    def id(self) -> str:
        return self.claim.id or ""

    @property
    def order(self) -> tuple[dt.date, str, str, tuple[int, int], str]:
        report = self.entry.report
        return (
            report.published or dt.date.max,
            report.publisher or "",
            report.id,
            self.claim.evidence,
            self.id,
        )


def restrictions(
    entries: Iterable[Entry],
    *,
    at: dt.date,
    ceasefire: Ceasefire | None = None,
    judgements: Sequence[Judgement] = (),
    words: Words = lambda entry, span: "",
) -> list[RestrictionState]:
    """The restrictions that some entries tell of, published up to a day, in the order of time.

    Other kinds are passed over; each claim is in exactly one. Judgements are on ids of claims.
    ``ceasefire`` tells which reports are the monitoring body's own and which regions there are, ``words``
    looks up a report's text for the region that a place lies in.

    >>> restrictions(entries, at=dt.date(2022, 2, 20))[0].type  # doctest: +SKIP
    'access'
    """
    names = cast(ceasefire) if ceasefire else None
    bodies = [k for k in keepers(ceasefire, cast=names) if k.is_mechanism] if ceasefire and names else []
    told: dict[str, list[_Telling]] = defaultdict(list)  # one id may stand in copies of a report
    for entry in entries:
        if isinstance(entry.claim, Restriction) and (entry.report.published or at) <= at:
            told[entry.claim.id or ""].append(_telling(entry, entry.claim, bodies, names))
    firsts = {name: min(copies, key=lambda t: t.order) for name, copies in told.items()}
    groups = merge(
        firsts,
        _links(firsts.values()),
        judgements=judgements,
        apart=lambda a, b: _are_apart(firsts[a], firsts[b]),
    )
    found = [_state(group, firsts, names, words) for group in groups]
    return sorted(found, key=lambda state: (state.end or dt.date.max, state.place or "", state.id))


# --- one telling ----------------------------------------------------------------------------------


def _telling(entry: Entry, claim: Restriction, bodies: Sequence[Keeper], names: Cast | None) -> _Telling:
    start, end, basis = _days(entry, claim, bodies)
    return _Telling(
        entry=entry,
        claim=claim,
        start=start,
        end=end,
        basis=basis,
        place=_place_key(claim.place, names),
        by=frozenset(word for actor in claim.by for word in key(actor.name).split()) - _EMPTY,
    )


def _days(
    entry: Entry, claim: Restriction, bodies: Sequence[Keeper]
) -> tuple[dt.date | None, dt.date | None, RestrictionBasis | None]:
    """From when to when, and how that is known."""
    own = next((body for body in bodies if body.is_own(entry.report)), None)
    issue = issued(entry.report) if own else None
    first = opening(claim.time.start) if claim.time else None
    last = closing(claim.time.end) if claim.time else None
    if own and issue and not (first and first == last and first <= issue):
        habit = by_habit(issue, own.counter)
        return habit.start, habit.end, "reporting period"
    if first or last:
        return first or last, last or first, "stated"
    published = entry.report.published
    return published, published, "day of publication" if published else None


def _place_key(place: Place | None, names: Cast | None) -> str | None:
    """A place by its words, kinds aside; the spellings that the ceasefire lists together are one."""
    if place is None or not (place.text or place.name):
        return None
    words = key(place.text or place.name or "")
    bare = " ".join(_KINDS.sub(" ", words).split()) or words
    return f"region {region}" if names and (region := names.region(bare)) else bare


# --- which are one --------------------------------------------------------------------------------


def _links(tellings: Iterable[_Telling]) -> Iterator[Link]:
    """Why two tellings are one: the same type and place, and the same day."""
    alike: dict[tuple[str, dt.date], list[_Telling]] = defaultdict(list)
    for one in tellings:
        for day in {one.end, one.entry.report.published} - {None}:
            if day:
                alike[one.claim.type, day].append(one)
    for (_, _), group in sorted(alike.items()):
        for one, other in combinations(sorted(group, key=lambda t: t.id), 2):
            if (agree := _agree(one, other)) is not None:
                exact = one.basis == other.basis
                yield Link(one=one.id, other=other.id, agree=agree, strength=1.0 if exact else 0.8)


def _agree(one: _Telling, other: _Telling) -> tuple[str, ...] | None:
    """The fields in which two tellings agree; None where place or day does not."""
    day = _day(one, other)
    if day is None or not _same_place(one, other):
        return None
    fields = ("type", "place" if one.place else "no place", day)
    return (*fields, "by") if one.by & other.by else fields


def _day(one: _Telling, other: _Telling) -> str | None:
    """How two days agree: told alike, one within the other's window, or published on one day."""
    if "day of publication" in (one.basis, other.basis):
        same = one.entry.report.published == other.entry.report.published
        return "day of publication" if same and one.entry.report.published else None
    if one.end is None or one.end != other.end:
        return None
    return "window" if one.start == other.start != one.end else "day"


def _same_place(one: _Telling, other: _Telling) -> bool:
    if one.place == other.place:
        return True
    if one.place is None or other.place is None:
        return False
    here, there = one.claim.place, other.claim.place
    known = [
        p for p in (here, there) if p and p.lat is not None and p.lon is not None and p.precision != "region"
    ]
    if len(known) < 2:
        return False
    (lat, lon), (lat2, lon2) = ((p.lat or 0.0, p.lon or 0.0) for p in known)
    return abs(lat - lat2) <= _NEAR and abs(lon - lon2) <= _NEAR


def _are_apart(one: _Telling, other: _Telling) -> bool:
    """Two that can never be one: other type, place or day, or attributed to others."""
    if one.claim.type != other.claim.type or not _same_place(one, other):
        return True
    if "day of publication" not in (one.basis, other.basis) and one.end != other.end:
        return True
    return bool(one.by and other.by and not one.by & other.by)


# --- what they amount to --------------------------------------------------------------------------


def _state(group: Group, told: dict[str, _Telling], names: Cast | None, words: Words) -> RestrictionState:
    tellings = sorted((told[name] for name in group.members), key=lambda t: t.order)
    dated = min(tellings, key=lambda t: (_SURE[t.basis], t.order))
    place = next((t.claim.place for t in tellings if t.claim.place and t.claim.place.lat is not None), None)
    place = place or tellings[0].claim.place
    return RestrictionState(
        id=f"restriction-{tellings[0].id}",
        type=tellings[0].claim.type,
        claims=tuple(t.id for t in tellings),
        start=dated.start,
        end=dated.end,
        basis=dated.basis,
        place=(place.text or place.name) if place else None,
        region=next((r for t in tellings if (r := _region(t, names, words))), None),
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        observer=next((t.claim.observer.name for t in tellings if t.claim.observer), None),
        by=_by(actor for t in tellings for actor in t.claim.by),
        why=group.why,
        told=tellings[0].entry.report.published,
    )


_SURE: dict[RestrictionBasis | None, int] = {
    "reporting period": 0,
    "stated": 1,
    "day of publication": 2,
    None: 3,
}


def _by(actors: Iterable[Actor]) -> tuple[str, ...]:
    """Each of those to whom it is attributed once, by the first name."""
    return tuple({key(actor.name): actor.name for actor in reversed(list(actors))}.values())[::-1]


def _region(told: _Telling, names: Cast | None, words: Words) -> str | None:
    """The region of the ceasefire that a place is, or lies in by the words after it ("Dvir, Mora region")."""
    place = told.claim.place
    if names is None or place is None or not place.text:
        return None
    if region := names.region(place.text):
        return region
    _, _, after = words(told.entry, told.claim.evidence).partition(place.text)
    found = _IN_REGION.match(after)
    return names.region(found.group(1)) if found else None
