"""A counter's chart: all its figures on file, read, placed in their windows, and drawn as lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trucewatch.model import Ceasefire, Count, Counter, Entry
from trucewatch.situation import gaps
from trucewatch.situation.counts.keepers import Keeper, keepers
from trucewatch.situation.counts.readings import Readings, read
from trucewatch.situation.counts.series import Drawn, drawn
from trucewatch.situation.names import Cast
from trucewatch.situation.nouns import Series


@dataclass(frozen=True)
class Chart:
    """One counter's figures: ``counts`` are the lines of what it counts, ``bangs`` those of the
    explosions among it; ``last`` is the last evening that could be on file."""

    keeper: Keeper
    readings: Readings
    counts: Drawn
    bangs: Drawn
    last: dt.date

    @property
    def counter(self) -> Counter:
        """The counter as the catalog has it."""
        return self.keeper.counter

    def lines(self) -> Iterator[tuple[str, Series]]:
        """Every line with its measure: region by region and then the total."""
        for drawing in (self.counts, self.bangs):
            yield from ((drawing.measure, line) for line in drawing.lines)


def chart(entries: Iterable[Entry], *, keeper: Keeper, at: dt.date, known: dt.date | None = None) -> Chart:
    """The chart of one counter up to a day. Entries of others, and what is no count, are passed over.

    They need not be sorted out before: a count by the counter always names it, and so the ceasefire.
    """
    readings = read(entries, keeper=keeper)
    counter, ceasefire = keeper.counter, keeper.ceasefire
    last = gaps.last_evening(counter, ceasefire, at=at, known=known)
    counts, bangs = drawn(readings, counter=counter, ceasefire=ceasefire, at=at, last=last)
    return Chart(keeper=keeper, readings=readings, counts=counts, bangs=bangs, last=last)


def charts(
    entries: Iterable[Entry],
    ceasefire: Ceasefire,
    *,
    cast: Cast,
    at: dt.date,
    known: dt.date | None = None,
) -> list[Chart]:
    """The charts of all counters of a ceasefire, in the catalog's order."""
    mine = keepers(ceasefire, cast=cast)
    wanted = {"explosions", *(keeper.counter.measure for keeper in mine)}
    held = [e for e in entries if isinstance(e.claim, Count) and e.claim.measure in wanted]
    return [chart(held, keeper=keeper, at=at, known=known) for keeper in mine]
