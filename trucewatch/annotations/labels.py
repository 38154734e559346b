"""The labels of the trained encoder: its tag sequences, and the small classes of each kind of claim."""

from __future__ import annotations

from typing import get_args, get_type_hints

from trucewatch.model import (
    Act,
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
SEQUENCES: tuple[str, ...] = ("cue", *KINDS)
REACH = 60  # words: a cue's distance to a word counts no further
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
