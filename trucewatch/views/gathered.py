"""What the views of words and events share: the claims of a query by ceasefire, their disputes and words."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trucewatch.model import Ceasefire, Entry, Place, Shelf
from trucewatch.situation.commitments.outcomes import Words
from trucewatch.situation.counts import echoes
from trucewatch.situation.disputes import disputes
from trucewatch.situation.names import Cast, cast
from trucewatch.situation.nouns import Dispute
from trucewatch.situation.once import once
from trucewatch.situation.relevance import relevant
from trucewatch.situation.standing import State, stand
from trucewatch.situation.texts import Texts
from trucewatch.views.charted import asked, drawn_for
from trucewatch.views.query import Period, Query

_BEFORE = dt.timedelta(days=31)  # what was told so long before a period may be answered in it
NOBODY = Cast(
    parties={},
    by_name={},
    by_country={},
    regions={},
    places=frozenset(),
    keywords=(),
    countries=frozenset(),
    whole=frozenset(),
)


@dataclass(frozen=True)
class Gathered:
    """The claims of a query that belong to one ceasefire, or to none, and what is asked of them."""

    ceasefire: Ceasefire | None
    entries: Sequence[Entry]
    shelf: Shelf
    query: Query

    @property
    def name(self) -> str | None:
        """The ceasefire's id."""
        return self.ceasefire.id if self.ceasefire else None

    @functools.cached_property
    def cast(self) -> Cast:
        """The names of the ceasefire; nobody's where there is none."""
        return cast(self.ceasefire) if self.ceasefire else NOBODY

    @functools.cached_property
    def at(self) -> dt.date:
        """The day looked at: the end of the period, else what was known last, else the newest report."""
        published = (entry.report.published for entry in self.entries if entry.report.published)
        newest = self.query.known or max(published, default=dt.date.min)
        return self.query.period.end if self.query.period else newest

    @functools.cached_property
    def texts(self) -> Texts:
        """The texts of the reports, each looked up once."""
        return Texts(self.shelf, self.entries)

    @property
    def words(self) -> Words:
        """How the exact words of a report are looked up."""
        return self.texts.words

    @functools.cached_property
    def disputes(self) -> list[Dispute]:
        """What is told in two ways, as of the day."""
        charts = drawn_for(self.query, self.ceasefire, self.entries) if self.ceasefire else []
        lines = [line for chart in charts for line in (chart.counts.total, *chart.counts.regions)]
        kept = [c.keeper for c in charts if any(line.points for line in (c.counts.total, *c.counts.regions))]
        return disputes(
            self.entries,
            at=self.at,
            cast=self.cast,
            series=lines,
            tallies=echoes.tally(self.entries, keepers=kept),
            judgements=self.shelf.judgements(self.query.known),
            words=self.words,
        )

    def stood(self, states: Sequence[State]) -> tuple[State, ...]:
        """Incidents or movements of forces, each with its standing as of the day."""
        return stand(states, self.entries, disputes=self.disputes, text_of=self.texts.of, cast=self.cast)

    @functools.cached_property
    def held(self) -> dict[str, Entry]:
        """The claims by their ids."""
        return {entry.claim.id or "": entry for entry in reversed(self.entries)}

    def told(self, claims: Iterable[str]) -> list[Entry]:
        """Some claims in the order of telling."""
        found = [self.held[name] for name in claims if name in self.held]
        return sorted(found, key=lambda e: (e.report.published or dt.date.max, e.claim.id or ""))

    def exact(self, claims: Iterable[str]) -> tuple[str, ...]:
        """The exact words that each claim stands on, in the order given; empty where no text is on file."""
        return tuple(self.words(e, e.claim.evidence) for name in claims if (e := self.held.get(name)))

    def reports(self, claims: Iterable[str]) -> tuple[str, ...]:
        """The ids of the reports that some claims stand in, each once."""
        return tuple(dict.fromkeys(self.held[name].report.id for name in claims if name in self.held))

    def spot(self, claims: Iterable[str]) -> Place | None:
        """The place of some claims: the first that has coordinates."""
        places = [entry.claim.place for entry in self.told(claims) if entry.claim.place]
        return next((place for place in places if place.lat is not None), places[0] if places else None)


def gathered(shelf: Shelf, query: Query) -> Sequence[Gathered]:
    """The claims of a query: of its ceasefire, else of each in the catalog and then those of none."""
    whole = query.period is None or query.period.start is None
    return once(shelf, ("gathered", *query.key), lambda: tuple(_gathered(shelf, query)), whole=whole)


def belonging(shelf: Shelf, query: Query) -> Sequence[Entry]:
    """All claims on file or, of a query for a ceasefire, those that belong to it."""
    given = query.ceasefire
    if given is None:
        return shelf.entries(query.known)

    def ours() -> Sequence[Entry]:
        return tuple(entry for entry, _ in relevant(shelf.entries(query.known), cast=cast(given)))

    return once(shelf, ("belonging", given.id, query.known), ours, whole=True)


def _gathered(shelf: Shelf, query: Query) -> Iterator[Gathered]:
    since = query.period.start - _BEFORE if query.period and query.period.start else None
    entries = list(shelf.entries(query.known, since=since))
    taken: set[str] = set()
    for ceasefire in asked(query):
        ours = [entry for entry, _ in relevant(entries, cast=cast(ceasefire))]
        ours = [entry for entry in ours if (entry.claim.id or "") not in taken]
        taken |= {entry.claim.id or "" for entry in ours}
        yield Gathered(ceasefire=ceasefire, entries=ours, shelf=shelf, query=query)
    if query.ceasefire is None:
        rest = [entry for entry in entries if (entry.claim.id or "") not in taken]
        yield Gathered(ceasefire=None, entries=rest, shelf=shelf, query=query)


def is_within(period: Period | None, first: dt.date | None, last: dt.date | None) -> bool:
    """Whether something told from a first day to a last belongs to a period; undated things to none."""
    if period is None or period.start is None:
        return True
    return first is not None and last is not None and first <= period.end and last >= period.start
