"""The words of a claim as the report has them, where the rules read a restored text."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from trucewatch.model import Document, Noun

WORDS = frozenset({"text", "cue", "action", "condition", "purpose", "body", "unit", "definition"})
"""Fields that quote the report. Names are kept as restored: they tell who somebody is."""

Told = TypeVar("Told", bound=Noun)


def exact(told: Told, restored: Document, received: Document) -> Told:
    """A claim, or a part of one, with the received words in place of the restored ones."""
    changes: dict[str, Any] = {}
    for name in told.__struct_fields__:
        value = getattr(told, name)
        if name in WORDS and isinstance(value, str):
            at = restored.text.find(value)
            changes[name] = received.text[at : at + len(value)] if at >= 0 else value
        elif isinstance(value, Noun):
            changes[name] = exact(value, restored, received)
        elif isinstance(value, tuple) and value and isinstance(value[0], Noun):
            changes[name] = tuple(exact(part, restored, received) for part in value)
    return msgspec.structs.replace(told, **changes)
