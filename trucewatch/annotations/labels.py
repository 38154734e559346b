"""The labels of the trained encoder: tag sequences, and the small classes and roles of each kind of claim."""

from __future__ import annotations

from typing import get_args, get_type_hints

from trucewatch.model import (
    Act,
    ActorType,
    Commitment,
    Contact,
    Incident,
    Kind,
    Measure,
    Posture,
    Statement,
    Topic,
)

KINDS: tuple[str, ...] = get_args(Kind)
MARKS = ("actor", "place", "date", "quantity")
SEQUENCES: tuple[str, ...] = ("cue", *KINDS, *MARKS)
REACH = 60  # words: the distance of a cue or of evidence to a word counts no further
ABSENT = ""


def _values(claim: type, name: str) -> tuple[str, ...]:
    hint = get_type_hints(claim)[name]
    return tuple(v for v in get_args(hint) if isinstance(v, str)) or tuple(
        v for part in get_args(hint) for v in get_args(part) if isinstance(v, str)
    )


CLASSES: dict[str, tuple[str, ...]] = {
    "statement.act": get_args(Act),
    "statement.form": _values(Statement, "form"),
    "contact.form": _values(Contact, "form"),
    "contact.status": _values(Contact, "status"),
    "commitment.strength": _values(Commitment, "strength"),
    "commitment.topic": get_args(Topic),
    "count.measure": get_args(Measure),
    "posture.action": _values(Posture, "action"),
    "posture.status": _values(Posture, "status"),
    "incident.type": _values(Incident, "type"),
    "incident.trend": (ABSENT, *_values(Incident, "trend")),
}

CLASSES["actor.type"] = get_args(ActorType)


def _slices() -> dict[str, slice]:
    found, at = {}, 0
    for name, values in CLASSES.items():
        found[name] = slice(at, at + len(values))
        at += len(values)
    return found


SLICES = _slices()
"""Where the votes for each small class stand among all votes."""
CASES = ("lower", "Title", "A", "UPPER", "miXed")  # how a word was written, where its capitals are lost

_EVERY = ("said_by", "time", "place")
ROLES: tuple[str, ...] = (
    *(f"statement.{role}" for role in ("speaker", "addressees", "about", "content", "said_by")),
    *(f"contact.{role}" for role in ("participants", "body", *_EVERY)),
    *(f"commitment.{role}" for role in ("parties", "action", "condition", *_EVERY)),
    *(f"count.{role}" for role in ("observer", *_EVERY)),
    *(f"posture.{role}" for role in ("force", "recipient", *_EVERY)),
    *(f"incident.{role}" for role in ("perpetrator", "target", *_EVERY)),
)
"""Who or what fills a field of a claim: the encoder scores every word of the window for each role."""
