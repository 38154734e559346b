"""What a report may tell: nothing that rests only on readings that are more likely wrong than right.

Every claim has a confidence (docs/reading.md). Below :data:`LEAST` about two of three readings of the sample
reports were wrong when a person looked at them. Such readings stay in the exports and in the review, where
they belong; in a report that is read in five minutes they would stand beside what is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

import msgspec

from trucewatch.situation import Situation

LEAST = 0.35
_TOLD = ("contacts", "commitments", "postures", "incidents", "tallies", "sayings", "positions", "alerts")


class _Resting(Protocol):
    """Something of a situation that rests on claims."""

    @property
    def claims(self) -> tuple[str, ...]: ...


_State = TypeVar("_State", bound=_Resting)


def sure(situation: Situation) -> tuple[Situation, int]:
    """The situation without what rests on doubtful readings alone, and how much that is.

    >>> sure(situation)[1]  # doctest: +SKIP
    36
    """
    kept = {name: _sure(getattr(situation, name), situation) for name in _TOLD}
    left = sum(len(getattr(situation, name)) - len(states) for name, states in kept.items())
    return msgspec.structs.replace(situation, **kept), left


def _sure(states: Sequence[_State], situation: Situation) -> tuple[_State, ...]:
    return tuple(state for state in states if _is_sure(state.claims, situation))


def _is_sure(claims: Sequence[str], situation: Situation) -> bool:
    """Whether one claim is read surely enough; a claim that somebody gave has no confidence and is sure."""
    read = [situation.tellings[name].claim.confidence for name in claims if name in situation.tellings]
    return not read or any(confidence is None or confidence >= LEAST for confidence in read)
