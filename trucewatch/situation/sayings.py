"""Who said what, and which incidents are reported.

Nothing is weighed here: an accusation is not an incident that happened. What is told in two ways is in
``disputes``, how far a thing is told by several sides in ``standing``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from trucewatch.model import Entry, Incident, Statement
from trucewatch.situation.commitments.outcomes import Words
from trucewatch.situation.days import exact, single
from trucewatch.situation.matters import says_it_is_not
from trucewatch.situation.names import Cast, key
from trucewatch.situation.nouns import IncidentState, Saying


def sayings(entries: Iterable[Entry], *, at: dt.date, cast: Cast) -> list[Saying]:
    """The statements told up to a day, the newest first."""
    found = [
        _saying(entry, entry.claim, cast)
        for entry in entries
        if isinstance(entry.claim, Statement) and (entry.report.published or at) <= at
    ]
    return sorted(found, key=lambda saying: saying.told or dt.date.min, reverse=True)


def incidents(
    entries: Iterable[Entry], *, at: dt.date, words: Words = lambda entry, span: ""
) -> list[IncidentState]:
    """The reported acts up to a day, the newest first; same type, place, day and accused are one.

    What somebody says did not happen is no incident: "neither planning nor carrying out an offensive".
    """
    found: dict[tuple[object, ...], IncidentState] = {}
    for entry in entries:
        claim = entry.claim
        if not isinstance(claim, Incident) or (entry.report.published or at) > at:
            continue
        if claim.said_by and says_it_is_not(words(entry, claim.evidence)):
            continue
        made = _incident(entry, claim)
        where = key(made.place) if made.place else None
        same = (made.type, where, made.day or made.told, frozenset(map(key, made.accused)), made.trend)
        if same in found:
            claims = tuple(dict.fromkeys((*found[same].claims, *made.claims)))
            made = msgspec.structs.replace(found[same], claims=claims)
        found[same] = made
    return sorted(found.values(), key=lambda state: state.day or state.told or dt.date.min, reverse=True)


def _saying(entry: Entry, claim: Statement, cast: Cast) -> Saying:
    return Saying(
        speakers=tuple(actor.name for actor in claim.speaker),
        sides=tuple(dict.fromkeys(party.role for a in claim.speaker if (party := cast.party(a)))),
        act=claim.act,
        form=claim.form,
        claims=(claim.id or "",),
        about=tuple(actor.name for actor in claim.about),
        addressees=tuple(actor.name for actor in claim.addressees),
        channel=claim.channel,
        day=single(claim.time),
        told=entry.report.published,
    )


def _incident(entry: Entry, claim: Incident) -> IncidentState:
    place = claim.place
    return IncidentState(
        type=claim.type,
        claims=(claim.id or "",),
        accused=tuple(actor.name for actor in claim.perpetrator),
        target=tuple(actor.name for actor in claim.target),
        place=(place.name or place.text) if place else None,
        trend=claim.trend,
        day=single(claim.time) or (exact(claim.time.end) if claim.time else None),
        told=entry.report.published,
    )
