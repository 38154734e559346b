"""What is worked out of a shelf's claims once, however many views ask for it, if the shelf keeps it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar, runtime_checkable

from trucewatch.model import Shelf

Made = TypeVar("Made")


@runtime_checkable
class Keeper(Protocol):
    """A shelf that keeps what is worked out of its claims until they change."""

    def kept(self, key: Hashable, make: Callable[[], Made], *, whole: bool = False) -> Made:
        """What ``make`` gives, once for each key. ``whole`` is what rests on all that the shelf has."""
        ...


def once(shelf: Shelf, key: Hashable, make: Callable[[], Made], *, whole: bool = False) -> Made:
    """What ``make`` gives: kept under a key by a shelf that keeps things, else made each time.

    >>> once(ledger, ("belonging", "donbas-2020"), lambda: 3)  # doctest: +SKIP
    3
    """
    return shelf.kept(key, make, whole=whole) if isinstance(shelf, Keeper) else make()
