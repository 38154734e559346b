"""The origins of the reports on file: which of them are printings of one text, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from trucewatch.identity.origins import Copy, Origin, Told, origins, told
from trucewatch.model import Ceasefire, Noun, Shelf
from trucewatch.situation.names import cast
from trucewatch.situation.relevance import relevant
from trucewatch.views.query import Query


class OriginRow(Noun, frozen=True, kw_only=True):
    """One origin: the ids of its reports, the earliest published first, and why they are one.

    Where two publishers have reports of one id, these are named ``publisher/id``.
    """

    id: str
    reports: tuple[str, ...]
    why: tuple[Copy, ...] = ()


def rows(shelf: Shelf, query: Query) -> list[OriginRow]:
    """The origins of the reports published in the period and known by ``query.known``, the earliest first.

    With a ceasefire, those of which at least one report has a claim that belongs to it.
    """
    since, until = (query.period.start, query.period.end) if query.period else (None, None)
    found = shelf.reports(query.known, since=since, until=until)
    given = [told(report, shelf.text(report.sha256, default="")) for report in found]
    made = origins(given, judgements=shelf.judgements(query.known))
    if query.ceasefire:
        of_it = _of_ceasefire(shelf, query, query.ceasefire)
        made = [origin for origin in made if of_it & set(origin.members)]
    names = _names(given)
    return [_row(origin, names) for origin in made]


def _of_ceasefire(shelf: Shelf, query: Query, ceasefire: Ceasefire) -> set[str]:
    """The keys of the reports that have a claim which belongs to the ceasefire."""
    since, until = (query.period.start, query.period.end) if query.period else (None, None)
    entries = shelf.entries(query.known, since=since, until=until)
    tied = relevant(entries, cast=cast(ceasefire))
    return {told(entry.report, "").key for entry, _ in tied}


def _names(given: Iterable[Told]) -> dict[str, str]:
    """What each report is called: by its id, or by its key where others have that id too."""
    listed = list(given)
    count = Counter(report.id for report in listed)
    return {report.key: report.id if count[report.id] == 1 else report.key for report in listed}


def _row(origin: Origin, names: Mapping[str, str]) -> OriginRow:
    return OriginRow(
        id=origin.id,
        reports=tuple(names[key] for key in origin.members),
        why=tuple(
            msgspec.structs.replace(copy, one=names[copy.one], other=names[copy.other]) for copy in origin.why
        ),
    )
