"""A counter's figures as they stand in reports, each with its region and window.

A figure makes a point of the series only if its window is known: from the counter's own report, or
because a report of others states it from evening to evening. All other tellings of the counter's
figures ("more than 1,500 in 24 hours, announced on Saturday") are left over, to be compared.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from trucewatch.model import Count, Counter, Entry, Noun, Number, Report
from trucewatch.situation.days import issued
from trucewatch.situation.names import Cast, key
from trucewatch.situation.windows import Evenings, by_habit, is_previous, previous_window, window

Standing = Literal["own", "told by others", "stated as previous"]
STANDINGS: tuple[Standing, ...] = ("own", "told by others", "stated as previous")


class Reading(Noun, frozen=True, kw_only=True):
    """One figure with its region (None: all of them) and window."""

    region: str | None
    evenings: Evenings
    low: Number | None
    high: Number | None
    approximate: bool
    standing: Standing
    claim: str
    published: dt.date | None


class Readings(Noun, frozen=True, kw_only=True):
    """What a counter's claims amount to: placed violations, placed explosions, and what is left over."""

    violations: tuple[Reading, ...]
    explosions: tuple[Reading, ...]
    left: tuple[Entry, ...]


def by_counter(count: Count, entry: Entry, *, counter: Counter, cast: Cast) -> bool:
    """Whether a count is the counter's: it observed it, vouches for it, or alone speaks in its own report."""
    if count.observer:
        return cast.is_counter(count.observer.name, counter)
    if count.said_by:
        return any(cast.is_counter(voice.source, counter) for voice in count.said_by)
    return cast.is_counter(entry.report.publisher, counter)


def read(entries: Iterable[Entry], *, counter: Counter, cast: Cast) -> Readings:
    """The figures of one counter, placed as far as they can be."""
    by_report: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        claim = entry.claim
        if isinstance(claim, Count) and by_counter(claim, entry, counter=counter, cast=cast):
            by_report[entry.report.id, entry.report.sha256].append(entry)
    violations: list[Reading] = []
    explosions: list[Reading] = []
    left: list[Entry] = []
    for group in by_report.values():
        page = _Page(tuple(group), counter, cast)
        for entry in group:
            readings = page.readings(entry.claim.id or "")
            count = page.counts[entry.claim.id or ""]
            if count.measure == counter.measure:
                violations.extend(readings or ())
                left.extend((entry,) if readings is None and not count.part_of else ())
            elif count.measure == "explosions":
                explosions.extend(r for r in readings or () if r.standing != "stated as previous")
    return Readings(violations=tuple(violations), explosions=tuple(explosions), left=tuple(left))


@dataclass(frozen=True)
class _Page:
    """One report's figures of one counter, with what they need from each other."""

    entries: tuple[Entry, ...]
    counter: Counter
    cast: Cast

    @cached_property
    def counts(self) -> dict[str, Count]:
        return {entry.claim.id or "": entry.claim for entry in self.entries if isinstance(entry.claim, Count)}

    @cached_property
    def report(self) -> Report:
        return self.entries[0].report

    @cached_property
    def issue(self) -> dt.date | None:
        """The day of issue, if it is a dated report of the counter itself."""
        is_own = self.cast.is_counter(self.report.publisher, self.counter)
        return issued(self.report) if is_own else None

    @cached_property
    def fresh(self) -> dict[str, Evenings]:
        """The windows of the figures that are not restated from the report before."""
        found = {}
        for name, count in self.counts.items():
            if self._is_usable(count) and not (self.issue and is_previous(count)):
                whole = self.counts.get(count.part_of or "")
                evenings = window(
                    whole if whole and not count.time else count, counter=self.counter, issued=self.issue
                )
                if evenings and evenings.end <= (self.report.published or evenings.end):
                    found[name] = evenings
        return found

    @cached_property
    def regions(self) -> dict[str, tuple[str | None, ...]]:
        return {name: self._regions(count) for name, count in self.counts.items()}

    def readings(self, name: str) -> tuple[Reading, ...] | None:
        """The points a figure makes: none if it is inside a larger one, None if its window is unknown."""
        count = self.counts[name]
        own = self.cast.is_counter(self.report.publisher, self.counter)
        if name in self.fresh:
            standing: Standing = "own" if own else "told by others"
            windows = dict.fromkeys(self.regions[name], self.fresh[name])
            if self._is_inside(name):
                return ()
        elif self.issue and is_previous(count) and self._is_usable(count):
            standing = "stated as previous"
            windows = {
                region: previous_window(count, counter=self.counter, own=self._own(region, self.issue))
                for region in self.regions[name]
            }
        else:
            return None
        return tuple(self._reading(count, region, when, standing) for region, when in windows.items())

    def _is_usable(self, count: Count) -> bool:
        bounded = (count.low, count.high) != (None, None)
        whole = count.measure == "explosions" or not count.part_of
        return bool(bounded and whole and not count.running and self._regions(count))

    def _own(self, region: str | None, issue: dt.date) -> Evenings:
        """The earliest window that the report gives for a region as its own."""
        same = [evenings for name, evenings in self.fresh.items() if region in self.regions[name]]
        habit = by_habit(issue, self.counter)
        return min(same or self.fresh.values(), key=lambda evenings: evenings.start, default=habit)

    def _is_inside(self, name: str) -> bool:
        """Whether the report gives a larger figure of the same measure for the same region and window."""
        count, when, where = self.counts[name], self.fresh[name], self.regions[name]
        return any(
            self.counts[other].measure == count.measure
            and (self.counts[other].low or 0) > (count.low or 0)
            and self.regions[other] == where
            and (evenings.start, evenings.end) == (when.start, when.end)
            for other, evenings in self.fresh.items()
        )

    def _regions(self, count: Count) -> tuple[str | None, ...]:
        """The regions a figure is for; ``(None,)`` for all of them together; empty where it is for neither.

        Others may tell a total for "eastern Ukraine"; the counter itself names its regions.
        """
        counted = self.counter.regions
        whole = self.counts.get(count.part_of or "")
        place = count.place or (whole.place if whole else None)
        if not counted:
            return (None,)
        for text in (place.name, place.text) if place else ():
            region, several = self.cast.region(text or ""), self.cast.regions_in(text or "")
            if region in counted:
                return (region,)
            if set(several) >= set(counted):
                return several if (count.low, count.high) == (0, 0) else (None,)
            if not self.issue and text and key(text) in self.cast.whole:
                return (None,)
        return ()

    def _reading(self, count: Count, region: str | None, when: Evenings, standing: Standing) -> Reading:
        return Reading(
            region=region,
            evenings=when,
            low=count.low,
            high=count.high,
            approximate=count.approximate,
            standing=standing,
            claim=count.id or "",
            published=self.report.published,
        )
