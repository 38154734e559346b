"""What a report may tell: nothing that rests only on doubtful readings (situation/doubt.py).

Such readings stay in the exports and in the review, where they belong; in a report that is read in five
minutes they would stand beside what is sure.
"""

from __future__ import annotations

import msgspec

from trucewatch.situation import Situation
from trucewatch.situation.doubt import is_sure

_TOLD = ("contacts", "commitments", "postures", "incidents", "tallies", "sayings", "positions")


def sure(situation: Situation) -> tuple[Situation, int]:
    """The situation without what rests on doubtful readings alone, and how much that is.

    >>> sure(situation)[1]  # doctest: +SKIP
    36
    """
    confidences = {name: telling.claim.confidence for name, telling in situation.tellings.items()}
    kept = {
        name: tuple(state for state in getattr(situation, name) if is_sure(state.claims, confidences))
        for name in _TOLD
    }
    left = sum(len(getattr(situation, name)) - len(states) for name, states in kept.items())
    return msgspec.structs.replace(situation, **kept), left
