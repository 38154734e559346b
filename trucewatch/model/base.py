"""The base of all nouns, and what they are measured in."""

from __future__ import annotations

import msgspec

Span = tuple[int, int]
Number = int | float


class Noun(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Base of everything kept: immutable, compared by value, written without its empty fields.

    The garbage collector passes nouns over (``gc=False``): what cannot change can hold no circle, and
    with a hundred thousand claims in memory it would take most of the time.
    """
