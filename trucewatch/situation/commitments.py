"""Commitments and postures: who undertook, demanded, refused or ordered what; who asserts which moves.

Tellings are one commitment if strength, topic and parties are the same and the reports are of one day,
and one posture if force, movement, status and bounds are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from trucewatch.model import Commitment, Entry, Posture
from trucewatch.situation.days import closing, opening, single
from trucewatch.situation.names import key
from trucewatch.situation.nouns import CommitmentState, PostureState

STRENGTHS = ("agreed", "ordered", "pledged", "ended", "refused", "demanded", "expected", "proposed")


def commitments(entries: Iterable[Entry], *, at: dt.date) -> list[CommitmentState]:
    """The commitments told up to a day: the nearest deadline first, then by strength, then the newest."""
    found: dict[tuple[object, ...], CommitmentState] = {}
    for entry in entries:
        if isinstance(entry.claim, Commitment) and (entry.report.published or at) <= at:
            made = _commitment(entry.claim, entry, at)
            who = frozenset(map(key, made.parties)) or key(made.action)
            same = (made.strength, made.topic, who, made.deadline, made.told)
            found[same] = _joined(found[same], made) if same in found else made
    return sorted(found.values(), key=_order)


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


def _commitment(claim: Commitment, entry: Entry, at: dt.date) -> CommitmentState:
    deadline = _deadline(claim, entry.report.published)
    return CommitmentState(
        parties=tuple(actor.name for actor in claim.parties),
        action=claim.action,
        topic=claim.topic,
        strength=claim.strength,
        claims=(claim.id or "",),
        to=tuple(actor.name for actor in claim.to),
        start=opening(claim.time.start) if claim.time else None,
        deadline=deadline,
        condition=claim.condition,
        passed=bool(deadline and deadline < at),
        told=entry.report.published,
    )


def _deadline(claim: Commitment, told: dt.date | None) -> dt.date | None:
    """By when: a window that ends before the report is the day of the act, and no deadline."""
    end = closing(claim.time.end) if claim.time else None
    if end is None or told is None:
        return end
    asked = claim.strength in ("pledged", "demanded", "proposed", "expected")
    return end if end > told or (asked and end == told) else None


def _joined(one: CommitmentState, other: CommitmentState) -> CommitmentState:
    return msgspec.structs.replace(
        one,
        claims=tuple(dict.fromkeys((*one.claims, *other.claims))),
        condition=one.condition or other.condition,
        to=one.to or other.to,
    )


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


def _order(state: CommitmentState) -> tuple[bool, int, int, int]:
    told = -(state.told or dt.date.min).toordinal()
    due = (state.deadline or dt.date.max).toordinal()
    return state.deadline is None, due, told, STRENGTHS.index(state.strength)
