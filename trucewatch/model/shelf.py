"""What the situation and the views ask of a ledger; a list of entries in a test can answer it too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol, TypedDict

from trucewatch.model.claims import FiledKind, Measure
from trucewatch.model.documents import Report
from trucewatch.model.records import Entry, Issue, Judgement, Review, Signature, Version


class Asked(TypedDict, total=False):
    """What :meth:`Shelf.entries` can be asked for, for those who hand a question on."""

    kinds: Collection[FiledKind] | None
    measures: Collection[Measure] | None
    since: dt.date | None
    until: dt.date | None
    due: dt.date | None
    undated: bool


class Shelf(Protocol):
    """A ledger as it is asked. ``since`` and ``until`` go by the day of publication, both included; undated
    reports go by the day they were recorded, and ``undated`` leaves out all others. ``measures`` leaves out
    counts of other measures, ``due`` claims whose own time ended before that day."""

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
        """The claims on file that were known by a day."""
        ...

    def reports(
        self, known: dt.date | None = None, *, since: dt.date | None = None, until: dt.date | None = None
    ) -> Sequence[Report]:
        """The reports on file that were known by a day, read or not."""
        ...

    def versions(
        self,
        known: dt.date | None = None,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        changed: bool = False,
    ) -> Sequence[Version]:
        """The versions of reports that have one between two days, corrections and withdrawals among them;
        ``changed`` leaves out those of a single version that was not erased."""
        ...

    def judgements(self, known: dt.date | None = None) -> Sequence[Judgement]:
        """The judgements recorded by a day that nobody has taken back, in order."""
        ...

    def reviews(self, publisher: str | None = None, report: str | None = None) -> Sequence[Review]:
        """The decisions on claims that nobody has taken back, in order: of one report, or of all."""
        ...

    def issues(self) -> Sequence[Issue]:
        """What could not be read."""
        ...

    def signatures(
        self, ceasefire: str | None = None, at: dt.date | None = None, *, known: dt.date | None = None
    ) -> Sequence[Signature]:
        """The signed reports of a ceasefire and a day, or of all, in the order of signing."""
        ...

    def text(self, sha256: str, *, default: str | None = None) -> str:
        """The text of a report."""
        ...

    def texts(self, sha256s: Collection[str]) -> Mapping[str, str]:
        """The texts of several reports, those that there are."""
        ...
