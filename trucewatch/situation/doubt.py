"""How sure a reading must be to be told of or alerted on: below, it is more likely wrong than right.

Every claim has a confidence (docs/reading.md). Below :data:`LEAST` about two of three readings of the sample
reports were wrong when a person looked at them (docs/sitreps/comparison.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

LEAST = 0.35


def is_sure(claims: Iterable[str], confidences: Mapping[str, float | None]) -> bool:
    """Whether one of some claims is read surely enough; one that somebody gave has no confidence and is sure.

    >>> is_sure(("a", "b"), {"a": 0.2, "b": 0.9}), is_sure(("a",), {"a": 0.2}), is_sure(("a",), {"a": None})
    (True, False, True)
    """
    known = [confidences[name] for name in claims if name in confidences]
    return not known or any(confidence is None or confidence >= LEAST for confidence in known)
