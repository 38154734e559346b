"""A ledger as the pages ask it: what was looked up is remembered, what has no bounds can be given some."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Any, TypeVar, Unpack

from trucewatch.model import Entry, FiledKind, Report, Shelf
from trucewatch.model.shelf import Asked
from trucewatch.pages.memory import Memory
from trucewatch.situation.horizon import RECENT

Made = TypeVar("Made")
_TEXTS = 20_000  # texts kept: some 60 MiB
_FEW = {"restriction"}  # a kind of which few claims are on file
_DUE: tuple[FiledKind, ...] = ("contact", "commitment")


class Remembered:
    """A shelf that looks up the same claims and texts once: several pages of one day ask for them.

    ``memory`` is for what is looked up, ``made`` for what is worked out of it.
    """

    def __init__(self, shelf: Shelf, memory: Memory, made: Memory) -> None:
        self._shelf, self._memory, self._made = shelf, memory, made

    def kept(self, key: Hashable, make: Callable[[], Made], *, whole: bool = False) -> Made:
        """What is worked out of the claims, once. What rests on all of the ledger is too large to keep."""
        return make() if whole else self._made.of(key, make)

    def entries(self, known: dt.date | None = None, **asked: Unpack[Asked]) -> Sequence[Entry]:
        """The claims on file, as :class:`Shelf` has it. All of the ledger is never kept in memory.

        Of all days only what is few is kept, but longer: it serves every day that is asked for.
        """
        has_bounds = any(asked.get(name) for name in ("since", "due", "undated"))
        if not (has_bounds or asked.get("measures") or asked.get("kinds") == _FEW):
            return self._shelf.entries(known, **asked)
        told = (
            "entries",
            known,
            *sorted((name, _key(value)) for name, value in asked.items() if value is not None),
        )
        memory = self._memory if has_bounds else self._made
        return memory.of(told, lambda: tuple(self._shelf.entries(known, **asked)))

    def reports(
        self, known: dt.date | None = None, *, since: dt.date | None = None, until: dt.date | None = None
    ) -> Sequence[Report]:
        """The reports on file."""
        return self._memory.of(
            ("reports", known, since, until),
            lambda: tuple(self._shelf.reports(known, since=since, until=until)),
        )

    def text(self, sha256: str, *, default: str | None = None) -> str:
        """The text of a report, as :class:`Shelf` has it."""
        held = self._texts().get(sha256)
        return self._shelf.text(sha256, default=default) if held is None else held

    def texts(self, sha256s: Collection[str]) -> Mapping[str, str]:
        """The texts of some reports, those that there are."""
        held = self._texts()  # which another thread may empty at any moment
        found = {sha256: text for sha256 in sha256s if (text := held.get(sha256)) is not None}
        if missing := [sha256 for sha256 in sha256s if sha256 not in found]:
            found |= self._shelf.texts(missing)
            held.update(found)
        return found

    def _texts(self) -> dict[str, str]:
        """The texts looked up since the ledger changed; all are let go when they are too many."""
        held: dict[str, str] = self._made.of("texts", dict)
        if len(held) > _TEXTS:
            held.clear()
        return held

    def __getattr__(self, name: str) -> Any:
        """Whatever else a shelf is asked goes to it."""
        return getattr(self._shelf, name)


class Near(Remembered):
    """The same, where a question for all claims is answered with those near some days.

    Near is what was published from 14 days before the first day to 14 days after the last, what by its own
    time ends then, and what has no date: as the situation of a day looks at it.
    """

    def __init__(self, shelf: Shelf, memory: Memory, made: Memory, *, first: dt.date, last: dt.date) -> None:
        super().__init__(shelf, memory, made)
        self._first, self._last = first - RECENT, last + RECENT

    def kept(self, key: Hashable, make: Callable[[], Made], *, whole: bool = False) -> Made:
        """What is worked out of the claims near these days, once."""
        return self._made.of(("near", self._first, self._last, key), make)

    def entries(self, known: dt.date | None = None, **asked: Unpack[Asked]) -> Sequence[Entry]:
        """The claims asked for, or near the days where none are asked for in particular."""
        ask = super().entries
        if any(asked.get(name) for name in ("since", "until", "due", "undated")):
            return ask(known, **asked)
        kinds, measures = asked.get("kinds"), asked.get("measures")
        recent = ask(known, since=self._first, until=self._last, kinds=kinds, measures=measures)
        before = self._first - dt.timedelta(days=1)
        wanted = [kind for kind in _DUE if kinds is None or kind in kinds]
        older = ask(known, kinds=wanted, until=before, due=self._first) if wanted else ()
        loose = ask(known, undated=True, kinds=kinds, measures=measures)
        return [*(entry for entry in (*recent, *older) if entry.report.published), *loose]


def _key(value: object) -> str:
    """What is asked for, as a key: the same for the same names in another order."""
    return repr(sorted(value)) if isinstance(value, Collection) else repr(value)
