"""From the entries of a ledger to the situation of a ceasefire at a date."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter as Multiset
from collections.abc import Callable, Iterable, Sequence

from trucewatch.errors import UsageError
from trucewatch.model import Ceasefire, Counter, Entry, Issue, Noun, Report, Shelf, Span
from trucewatch.situation import (
    contacts,
    disputes,
    gaps,
    horizon,
    positions,
    postures,
    restrictions,
    sayings,
)
from trucewatch.situation.alerts.raising import alerts
from trucewatch.situation.commitments import states as commitments
from trucewatch.situation.counts import echoes, records, superlatives
from trucewatch.situation.counts.charts import Chart, charts
from trucewatch.situation.doubt import is_sure
from trucewatch.situation.names import Cast, cast, short
from trucewatch.situation.nouns import (
    CounterNote,
    Echo,
    Held,
    RecordCheck,
    Series,
    Situation,
    Superlative,
    Telling,
    Tie,
)
from trucewatch.situation.once import once
from trucewatch.situation.readouts.choosing import claims_by_report, readouts
from trucewatch.situation.relevance import relevant
from trucewatch.situation.standing import stand
from trucewatch.situation.texts import Texts


class _Counted(Noun, frozen=True, kw_only=True):
    """What one counter's figures amount to."""

    total: Series
    regions: tuple[Series, ...]
    record: RecordCheck
    echoes: tuple[Echo, ...]
    superlatives: tuple[Superlative, ...]

    @property
    def has_points(self) -> bool:
        """Whether any figure of the counter has a window; without, its figures are loose tallies."""
        return any(line.points for line in (self.total, *self.regions))


def assess(
    source: Iterable[Entry] | Shelf, ceasefire: Ceasefire, *, at: dt.date, known: dt.date | None = None
) -> Situation:
    """The situation of a ceasefire at a date, as known on a date.

    ``source`` is a ledger, of which horizon.py says how far back it is looked into, or just entries:
    equal entries give equal situations, in whatever order.
    ``at`` is the day looked at, ``known`` the day whose knowledge counts: reports published later are
    left out, undated ones go by the day they were recorded. ``known=None`` uses all that is on file.
    Raises UsageError if a claim has no id.

    >>> assess([], ceasefire, at=dt.date(2022, 2, 20)).totals  # doctest: +SKIP
    (Series(counter='smm', region=None, points=()),)
    """
    entries, reports, issues = _on_file(source, ceasefire, at=at, known=known)
    names = cast(ceasefire)
    ours = sorted(relevant(entries, cast=names), key=lambda pair: _order(pair[0]))
    belonging = [entry for entry, _ in ours]
    mine = charts(belonging, ceasefire, cast=names, at=at, known=known)
    counted = [_counted(chart, belonging, at=at) for chart in mine]
    series = [line for one in counted for line in (one.total, *one.regions)]
    kept = [chart.keeper for chart, one in zip(mine, counted, strict=True) if one.has_points]
    tallies = echoes.tally(belonging, keepers=kept)
    tallies = [tally for tally in tallies if (tally.day or tally.told or at) <= at]
    judged = [] if isinstance(source, Iterable) else source.judgements(known)
    held = _held(reports, belonging)
    text_of = _text_of(source, belonging)

    def words(entry: Entry, span: Span) -> str:
        return text_of(entry.report)[span[0] : span[1]]

    met = contacts.states(belonging, at=at, judgements=judged, ceasefire=ceasefire)
    disputed = disputes.disputes(
        belonging, at=at, cast=names, series=series, tallies=tallies, judgements=judged, words=words
    )
    stood = functools.partial(stand, entries=belonging, disputes=disputed, text_of=text_of, cast=names)
    undertaken = commitments.commitments(belonging, at=at, cast=names, judgements=judged, words=words)
    missing = gaps.missing(held, totals=_watched(mine, counted, names), issues=issues, at=at)
    confidences = {entry.claim.id or "": entry.claim.confidence for entry in belonging}
    raised = alerts(
        series,
        ceasefire=ceasefire,
        cast=names,
        at=at,
        commitments=[state for state in undertaken if is_sure(state.claims, confidences)],
        disputes=[one for one in disputed if is_sure(one.against, confidences)],
        missing=missing,
        told={entry.claim.id or "": entry.report.published for entry in belonging}.get,
    )
    return Situation(
        ceasefire=ceasefire.id,
        name=ceasefire.name,
        at=at,
        known=known,
        in_force=ceasefire.start <= at <= (ceasefire.end or at),
        start=ceasefire.start,
        end=ceasefire.end,
        reports=held,
        regions={region.id: region.name for region in ceasefire.regions},
        counters={chart.counter.id: _note(chart.counter, names) for chart in mine},
        totals=tuple(one.total for one in counted),
        series=tuple(line for one in counted for line in one.regions),
        records=tuple(one.record for one in counted),
        superlatives=tuple(one for c in counted if c.has_points for one in c.superlatives),
        echoes=tuple(echo for one in counted if one.has_points for echo in one.echoes),
        tallies=tuple(tallies),
        contacts=tuple(state for _, state in met),
        readouts=readouts(met, at=at, text_of=text_of, claims_of=claims_by_report(entries), cast=names),
        commitments=tuple(undertaken),
        postures=stood(postures.postures(belonging, at=at)),
        incidents=stood(sayings.incidents(belonging, at=at, words=words)),
        restrictions=tuple(
            restrictions.restrictions(belonging, at=at, ceasefire=ceasefire, judgements=judged, words=words)
        ),
        sayings=tuple(sayings.sayings(belonging, at=at, cast=names)),
        disputes=tuple(disputed),
        positions=tuple(positions.positions(belonging, at=at, cast=names, judgements=judged, words=words)),
        alerts=raised.alerts,
        bands=raised.bands,
        missing=missing,
        tellings={entry.claim.id or "": _telling(entry, tie) for entry, tie in reversed(ours)},
    )


def assessed(shelf: Shelf, ceasefire: Ceasefire, *, at: dt.date, known: dt.date | None = None) -> Situation:
    """The same of a shelf, which keeps it if it keeps things."""
    key = ("situation", ceasefire.id, at, known)
    return once(shelf, key, lambda: assess(shelf, ceasefire, at=at, known=known))


def _on_file(
    source: Iterable[Entry] | Shelf, ceasefire: Ceasefire, *, at: dt.date, known: dt.date | None
) -> tuple[list[Entry], list[Report], list[Issue]]:
    """The entries, the reports that they stand in or that yielded none, in a fixed order, and the issues."""
    if isinstance(source, Iterable):
        entries, reports, issues = [entry for entry in source if _was_known(entry, known)], [], []
    else:
        entries, reports, issues = (
            horizon.entries(source, ceasefire, at=at, known=known),
            horizon.reports(source, at=at, known=known),
            list(source.issues()),
        )
    for entry in entries:
        if not entry.claim.id:
            raise UsageError(f"{entry.report.id}: a claim of it has no id; claims.extract gives them ids")
    seen = {(report.publisher, report.id): report for report in (*reports, *(e.report for e in entries))}
    return entries, [seen[name] for name in sorted(seen, key=str)], issues


def _text_of(source: Iterable[Entry] | Shelf, entries: Sequence[Entry]) -> Callable[[Report], str]:
    """How the text of a report is looked up; empty where only entries are given."""
    return (lambda report: "") if isinstance(source, Iterable) else Texts(source, entries).of


def _was_known(entry: Entry, known: dt.date | None) -> bool:
    return known is None or (entry.report.published or entry.recorded.date()) <= known


def _order(entry: Entry) -> tuple[dt.date, str, str, tuple[int, int], str]:
    report = entry.report
    return (
        report.published or dt.date.min,
        report.publisher or "",
        report.id,
        entry.claim.evidence,
        entry.claim.id or "",
    )


def _watched(mine: Sequence[Chart], counted: Sequence[_Counted], names: Cast) -> list[Series]:
    """The totals whose gaps are told: the mechanism's where it counts, for a party counts when it likes."""
    kept = [
        one.total
        for chart, one in zip(mine, counted, strict=True)
        if _note(chart.counter, names).mechanism and one.has_points
    ]
    return kept or [one.total for one in counted]


def _counted(chart: Chart, entries: list[Entry], *, at: dt.date) -> _Counted:
    counts = chart.counts
    left = [entry for entry in chart.readings.left if (entry.report.published or at) <= at]
    return _Counted(
        total=counts.total,
        regions=counts.regions,
        record=records.check(
            counts.total, ceasefire=chart.keeper.ceasefire, at=at, last=chart.last, regions=counts.regions
        ),
        echoes=tuple(echoes.echo(left, keeper=chart.keeper, series=(counts.total, *counts.regions))),
        superlatives=tuple(
            superlatives.checked(chart, [e for e in entries if (e.report.published or at) <= at])
        ),
    )


def _held(reports: Iterable[Report], entries: Iterable[Entry]) -> tuple[Held, ...]:
    counts = Multiset((entry.report.publisher, entry.report.id) for entry in entries)
    return tuple(
        Held(
            report=report.id,
            sha256=report.sha256,
            publisher=report.publisher,
            published=report.published,
            title=report.title,
            claims=counts[report.publisher, report.id],
        )
        for report in reports
    )


def _telling(entry: Entry, tie: Tie) -> Telling:
    report = entry.report
    return Telling(
        claim=entry.claim,
        report=report.id,
        sha256=report.sha256,
        tie=tie,
        publisher=report.publisher,
        published=report.published,
        title=report.title,
        url=report.url,
    )


def _note(counter: Counter, names: Cast) -> CounterNote:
    """A counter in short, called by an acronym of its party where there is one."""
    party = names.parties.get(counter.party)
    return CounterNote(
        name=short(counter, names),
        measure=counter.measure,
        cutoff=counter.cutoff,
        mechanism=party is not None and party.role == "mechanism",
        accused=tuple(names.parties[name].name for name in counter.accused),
        regions=counter.regions,
        no_report_on=counter.no_report_on,
    )
