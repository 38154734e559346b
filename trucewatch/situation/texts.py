"""The texts of the reports of some claims, looked up many at a time: one by one they cost a question each."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from trucewatch.model import Entry, Report, Shelf, Span

_TOGETHER = 500  # texts looked up at once: one or two MiB
_MOST = 20_000  # texts held; beyond these each is looked up when it is asked for


class Texts:
    """How the text of a report is looked up on a shelf. Empty where none is on file.

    >>> Texts(ledger, entries).words(entry, entry.claim.evidence)  # doctest: +SKIP
    'had recorded more than 900 ceasefire violations'
    """

    def __init__(self, shelf: Shelf, entries: Iterable[Entry]) -> None:
        self._shelf = shelf
        self._names = list(dict.fromkeys(entry.report.sha256 for entry in entries))
        self._place = {name: place for place, name in enumerate(self._names)}
        self._held: dict[str, str] = {}
        self._one = functools.lru_cache(maxsize=256)(lambda name: shelf.text(name, default=""))

    def of(self, report: Report) -> str:
        """The text of a report; the first time it comes with those of the reports around it."""
        name = report.sha256
        if name not in self._held:
            place = self._place.get(name)
            if place is None or len(self._held) >= _MOST:
                return self._one(name)
            first = place - place % _TOGETHER
            around = self._names[first : first + _TOGETHER]
            self._held |= {**dict.fromkeys(around, ""), **self._shelf.texts(around)}
        return self._held[name]

    def words(self, entry: Entry, span: Span) -> str:
        """The exact words of a claim's report on a span."""
        return self.of(entry.report)[span[0] : span[1]]
