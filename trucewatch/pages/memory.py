"""What was worked out for a page is kept until the ledger changes, and worked out once, however many ask."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

Made = TypeVar("Made")


class Memory:
    """The ``size`` things last asked for, as the ledger's ``state`` was when they were worked out.

    >>> Memory(state=lambda: 1, size=64).of("a", lambda: 3)
    3
    """

    def __init__(self, *, state: Callable[[], Hashable], size: int) -> None:
        self._state, self._size = state, size
        self._seen: Hashable = None
        self._made: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives for a key: from memory, from whoever is at it already, or by making it now.

        What goes wrong is told to all who wait for it, and not kept.
        """
        kept, is_mine = self._place(key)
        if is_mine:
            try:
                kept.set_result(make())
            except BaseException as error:
                with self._lock:
                    if self._made.get(key) is kept:
                        del self._made[key]
                kept.set_exception(error)
        result: Made = kept.result()
        return result

    def _place(self, key: Hashable) -> tuple[Future[Any], bool]:
        with self._lock:
            state = self._state()
            if state != self._seen:
                self._made.clear()
                self._seen = state
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key], False
            while len(self._made) >= self._size:
                self._made.popitem(last=False)
            kept = self._made[key] = Future()
            return kept, True


def state_of(path: Path) -> tuple[int, ...]:
    """A cheap sign of a ledger's state: size and time of its file and of the log that SQLite writes first."""
    told: list[int] = []
    for file in (path, Path(f"{path}-wal")):
        try:
            met = file.stat()
        except FileNotFoundError:
            told += [0, 0]
        else:
            told += [met.st_size, met.st_mtime_ns if met.st_size else 0]
    return tuple(told)
