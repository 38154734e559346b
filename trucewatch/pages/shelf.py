"""A ledger as the pages ask it: what was looked up is remembered, what has no bounds can be given some."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, Unpack

from trucewatch.model import Entry, FiledKind, Report, Shelf
from trucewatch.model.shelf import Asked
from trucewatch.pages.memory import Memory
from trucewatch.situation.horizon import RECENT

_DUE: tuple[FiledKind, ...] = ("contact", "commitment")


class Remembered:
    """A shelf that looks up the same claims once: several pages of one day ask for them."""

    def __init__(self, shelf: Shelf, memory: Memory) -> None:
        self._shelf, self._memory = shelf, memory

    def entries(self, known: dt.date | None = None, **asked: Unpack[Asked]) -> Sequence[Entry]:
        """The claims on file, as :class:`Shelf` has it. All of the ledger is never kept in memory."""
        if not (asked.get("since") or asked.get("due") or asked.get("undated")):
            return self._shelf.entries(known, **asked)
        told = (
            "entries",
            known,
            *sorted((name, _key(value)) for name, value in asked.items() if value is not None),
        )
        return self._memory.of(told, lambda: tuple(self._shelf.entries(known, **asked)))

    def reports(
        self, known: dt.date | None = None, *, since: dt.date | None = None, until: dt.date | None = None
    ) -> Sequence[Report]:
        """The reports on file."""
        return self._memory.of(
            ("reports", known, since, until),
            lambda: tuple(self._shelf.reports(known, since=since, until=until)),
        )

    def __getattr__(self, name: str) -> Any:
        """Whatever else a shelf is asked goes to it."""
        return getattr(self._shelf, name)


class Near(Remembered):
    """The same, where a question for all claims is answered with those near some days.

    Near is what was published from 14 days before the first day to 14 days after the last, what by its own
    time ends then, and what has no date: as the situation of a day looks at it.
    """

    def __init__(self, shelf: Shelf, memory: Memory, *, first: dt.date, last: dt.date) -> None:
        super().__init__(shelf, memory)
        self._first, self._last = first - RECENT, last + RECENT

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
