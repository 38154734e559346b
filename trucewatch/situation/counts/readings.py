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

from trucewatch.model import Count, Counter, Entry, Noun, Number, Place, Report
from trucewatch.situation.counts.keepers import Keeper
from trucewatch.situation.counts.windows import Evenings, by_habit, is_previous, previous_window, window
from trucewatch.situation.days import issued
from trucewatch.situation.names import key

Standing = Literal["own", "told by others", "stated as previous"]
STANDINGS: tuple[Standing, ...] = ("own", "told by others", "stated as previous")
Region = str | None


class Reading(Noun, frozen=True, kw_only=True):
    """One figure with its region (None: all of them) and window."""

    region: Region
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


def read(entries: Iterable[Entry], *, keeper: Keeper) -> Readings:
    """The figures of one counter, placed as far as they can be."""
    by_report: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    measures = (keeper.counter.measure, "explosions")
    for entry in entries:
        claim = entry.claim
        if isinstance(claim, Count) and claim.measure in measures and keeper.counted(claim, entry.report):
            by_report[entry.report.id, entry.report.sha256].append(entry)
    violations: list[Reading] = []
    explosions: list[Reading] = []
    left: list[Entry] = []
    for group in by_report.values():
        page = _Page(tuple(group), keeper)
        for entry in group:
            readings = page.readings(entry.claim.id or "")
            count = page.counts[entry.claim.id or ""]
            if count.measure == keeper.counter.measure:
                violations.extend(readings or ())
                left.extend((entry,) if readings is None and not count.part_of else ())
            elif count.measure == "explosions":
                explosions.extend(r for r in readings or () if r.standing != "stated as previous")
    return Readings(violations=tuple(violations), explosions=tuple(explosions), left=tuple(left))


@dataclass(frozen=True)
class _Page:
    """One report's figures of one counter, with what they need from each other."""

    entries: tuple[Entry, ...]
    keeper: Keeper

    @cached_property
    def counts(self) -> dict[str, Count]:
        return {entry.claim.id or "": entry.claim for entry in self.entries if isinstance(entry.claim, Count)}

    @cached_property
    def report(self) -> Report:
        return self.entries[0].report

    @cached_property
    def counter(self) -> Counter:
        return self.keeper.counter

    @cached_property
    def is_own(self) -> bool:
        return self.keeper.is_own(self.report)

    @cached_property
    def issue(self) -> dt.date | None:
        """The day of issue, if it is a dated report of the counter itself."""
        return issued(self.report) if self.is_own else None

    @cached_property
    def fresh(self) -> dict[str, Evenings]:
        """The windows of the figures that are not restated from the report before."""
        found = {}
        for name, count in self.counts.items():
            if self._is_usable(count) and not self._is_restated(count):
                whole = self.counts.get(count.part_of or "")
                told = whole if whole and not count.time and not count.window else count
                evenings = window(told, counter=self.counter, issued=self.issue)
                if evenings and evenings.end <= (self.report.published or evenings.end):
                    found[name] = evenings
        return found

    @cached_property
    def regions(self) -> dict[str, tuple[Region, ...]]:
        return {name: self._regions(count) for name, count in self.counts.items()}

    @cached_property
    def first(self) -> dict[Region, Evenings]:
        """The earliest window that the report gives for a region as its own."""
        found: dict[Region, Evenings] = {}
        for name, evenings in self.fresh.items():
            for region in self.regions[name]:
                known = found.get(region)
                found[region] = min(known or evenings, evenings, key=lambda when: (when.start, when.end))
        return found

    @cached_property
    def largest(self) -> dict[tuple[object, ...], Number]:
        """The largest figure of each measure, place and window."""
        found: dict[tuple[object, ...], Number] = {}
        for name in self.fresh:
            found[self._slot(name)] = max(found.get(self._slot(name), 0), self.counts[name].low or 0)
        return found

    def readings(self, name: str) -> tuple[Reading, ...] | None:
        """The points a figure makes: none if it is inside a larger one, None if its window is unknown."""
        count = self.counts[name]
        if evenings := self.fresh.get(name):
            if count.high is not None and self.largest[self._slot(name)] > count.high:
                return ()
            standing: Standing = "own" if self.is_own else "told by others"
            windows = dict.fromkeys(self.regions[name], evenings)
        elif self._is_usable(count) and self._is_restated(count) and (self.issue or self.first):
            standing = "stated as previous"
            windows = {
                region: previous_window(count, counter=self.counter, own=self._own(region))
                for region in self.regions[name]
            }
        else:
            return None
        return tuple(self._reading(count, region, when, standing) for region, when in windows.items())

    def _slot(self, name: str) -> tuple[object, ...]:
        when = self.fresh[name]
        return self.counts[name].measure, self.regions[name], when.start, when.end

    def _is_restated(self, count: Count) -> bool:
        """In its own report "the previous ..." is the report before; others have to say so outright."""
        return count.previous or (self.issue is not None and is_previous(count))

    def _is_usable(self, count: Count) -> bool:
        bounded = (count.low, count.high) != (None, None)
        whole = count.measure == "explosions" or not count.part_of
        return bool(bounded and whole and not count.running and self.regions[count.id or ""])

    def _own(self, region: Region) -> Evenings:
        """The earliest window that the report gives for a region as its own, else for any."""
        if region in self.first:
            return self.first[region]
        windows = self.first.values()
        if not windows and self.issue:
            return by_habit(self.issue, self.counter)
        return min(windows, key=lambda when: (when.start, when.end))

    def _regions(self, count: Count) -> tuple[Region, ...]:
        """The regions a figure is for; ``(None,)`` for all together; empty where it is for neither."""
        counted = self.counter.regions
        if not counted:
            return (None,)
        place = self._place(count)
        texts = [text for text in (place.name, place.text) if text] if place else []
        for text in texts:
            region, several = self.keeper.cast.region(text), self.keeper.cast.regions_in(text)
            if region in counted:
                return (region,)
            if set(several) >= set(counted):
                return several if (count.low, count.high) == (0, 0) else (None,)
        return self._of_all(count, texts)

    def _of_all(self, count: Count, texts: list[str]) -> tuple[Region, ...]:
        """Whether a figure that names no region is the total; a counter's only region goes without saying.

        Others may tell a total for "eastern Ukraine". The counter names its regions, so that in its own
        report a figure without one is the total only where none is named.
        """
        if texts and not any(key(text) in self.keeper.whole for text in texts):
            return ()
        if len(self.counter.regions) == 1:
            return self.counter.regions
        if self.is_own and self._names_regions:
            return ()
        return (None,) if texts or count.time or count.window or self.is_own else ()

    @cached_property
    def _names_regions(self) -> bool:
        places = (self._place(count) for count in self.counts.values())
        texts = (text for place in places if place for text in (place.name, place.text) if text)
        cast = self.keeper.cast
        return any(cast.region(text) or cast.regions_in(text) for text in texts)

    def _place(self, count: Count) -> Place | None:
        whole = self.counts.get(count.part_of or "")
        return count.place or (whole.place if whole else None)

    def _reading(self, count: Count, region: Region, when: Evenings, standing: Standing) -> Reading:
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
