"""A ledger as the pages ask it: what was looked up is remembered, what has no bounds can be given some."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from trucewatch.model import Entry, FiledKind, Measure, Report, Shelf
from trucewatch.pages.memory import Memory
from trucewatch.situation.horizon import RECENT

_DUE: tuple[FiledKind, ...] = ("contact", "commitment")


class Remembered:
    """A shelf that looks up the same claims once: several pages of one day ask for them."""

    def __init__(self, shelf: Shelf, memory: Memory) -> None:
        self._shelf, self._memory = shelf, memory

    def entries(
        self,
        known: dt.date | None = None,
        *,
        kinds: Collection[FiledKind] | None = None,
        measures: Collection[Measure] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        due: dt.date | None = None,
        undated: bool = False,
    ) -> Sequence[Entry]:
        """The claims on file, as :class:`Shelf` has it. All of the ledger is never kept in memory."""

        def look() -> Sequence[Entry]:
            return self._shelf.entries(
                known, kinds=kinds, measures=measures, since=since, until=until, due=due, undated=undated
            )

        if since is None and due is None and not undated:
            return look()
        told = (known, _key(kinds), _key(measures), since, until, due, undated)
        return self._memory.of(told, lambda: tuple(look()))

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

    def entries(
        self,
        known: dt.date | None = None,
        *,
        kinds: Collection[FiledKind] | None = None,
        measures: Collection[Measure] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        due: dt.date | None = None,
        undated: bool = False,
    ) -> Sequence[Entry]:
        """The claims asked for, or near the days where none are asked for in particular."""
        ask = super().entries
        if since or until or due or undated:
            return ask(
                known, kinds=kinds, measures=measures, since=since, until=until, due=due, undated=undated
            )
        recent = ask(known, since=self._first, until=self._last, kinds=kinds, measures=measures)
        before = self._first - dt.timedelta(days=1)
        wanted = [kind for kind in _DUE if kinds is None or kind in kinds]
        older = ask(known, kinds=wanted, until=before, due=self._first) if wanted else ()
        loose = ask(known, undated=True, kinds=kinds, measures=measures)
        return [*(entry for entry in (*recent, *older) if entry.report.published), *loose]


def _key(values: Collection[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(sorted(values))
