"""What is worked out of a shelf is kept where the shelf keeps things, and made anew where it does not."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from trucewatch.situation.once import once


class Keeping:
    """A shelf that keeps what does not rest on all of it."""

    def __init__(self) -> None:
        self.held: dict[Hashable, Any] = {}

    def kept(self, key: Hashable, make: Callable[[], Any], *, whole: bool = False) -> Any:
        return make() if whole else self.held.setdefault(key, make())


def test_a_shelf_that_keeps_things_gives_the_same_again() -> None:
    shelf: Any = Keeping()
    assert once(shelf, "a", object) is once(shelf, "a", object)
    assert once(shelf, "a", object) is not once(shelf, "b", object)
    assert once(shelf, "a", object, whole=True) is not once(shelf, "a", object, whole=True)


def test_any_other_shelf_has_it_made_each_time() -> None:
    shelf: Any = object()
    assert once(shelf, "a", object) is not once(shelf, "a", object)
