"""Postures: who asserts, denies, plans or orders which moves of forces and arms.

Tellings are one posture if force, movement, status, bounds and day are the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from trucewatch.model import Entry, Posture
from trucewatch.situation.days import single
from trucewatch.situation.names import key
from trucewatch.situation.nouns import PostureState


def postures(entries: Iterable[Entry], *, at: dt.date) -> list[PostureState]:
    """The postures told up to a day, the newest first; an assertion and its denial stay two."""
    found: dict[tuple[object, ...], PostureState] = {}
    for entry in entries:
        if isinstance(entry.claim, Posture) and (entry.report.published or at) <= at:
            made = _posture(entry.claim, entry)
            same = (frozenset(map(key, made.force)), made.action, made.status, made.low, made.high, made.day)
            if same in found:
                claims = tuple(dict.fromkeys((*found[same].claims, *made.claims)))
                told = max(filter(None, (found[same].told, made.told)), default=None)
                made = msgspec.structs.replace(found[same], claims=claims, told=told)
            found[same] = made
    return sorted(found.values(), key=lambda s: (s.told or dt.date.min, s.claims), reverse=True)


def _posture(claim: Posture, entry: Entry) -> PostureState:
    return PostureState(
        force=tuple(actor.name for actor in claim.force),
        action=claim.action,
        status=claim.status,
        claims=(claim.id or "",),
        low=claim.low,
        high=claim.high,
        approximate=claim.approximate,
        unit=claim.unit,
        recipient=claim.recipient.name if claim.recipient else None,
        place=(claim.place.name or claim.place.text) if claim.place else None,
        day=single(claim.time),
        told=entry.report.published,
    )
