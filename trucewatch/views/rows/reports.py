"""The reports on file, version by version: what came when, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable

from trucewatch.model import Ceasefire, Entry, Shelf, Version
from trucewatch.situation.corrections import Correction, changes, text_of
from trucewatch.situation.names import cast
from trucewatch.situation.relevance import relevant
from trucewatch.views.query import Query

__all__ = ["Correction", "rows"]


def rows(shelf: Shelf, query: Query) -> list[Correction]:
    """The versions that came in the period, known by ``query.known``, each beside the one before it.

    With a ceasefire, those of reports that have a claim which belongs to it in a version; and what was
    erased, of which that can no longer be told.
    """
    since, until = (query.period.start, query.period.end) if query.period else (None, None)
    versions = shelf.versions(query.known, since=since, until=until)
    if query.ceasefire:
        versions = _of_ceasefire(shelf, query, query.ceasefire, versions)
    found = changes(versions, text_of=text_of(shelf))
    return [one for one in found if (since or one.day) <= one.day <= (until or one.day)]


def _of_ceasefire(
    shelf: Shelf, query: Query, ceasefire: Ceasefire, versions: Iterable[Version]
) -> list[Version]:
    listed = list(versions)
    since, until = (query.period.start, query.period.end) if query.period else (None, None)
    entries = list(shelf.entries(query.known, since=since, until=until))
    entries += [
        Entry(claim=claim, report=version.report, recorded=version.recorded)
        for version in listed
        for claim in version.claims
    ]
    keys = {_key(entry) for entry, _ in relevant(entries, cast=cast(ceasefire))}
    return [version for version in listed if version.erased or _key(version) in keys]


def _key(of: Entry | Version) -> tuple[str | None, str]:
    return of.report.publisher, of.report.id
