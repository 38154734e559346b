"""A made-up ledger of any size in the shape of real ones: for measuring, and for nothing else.

    python -m bench.synth FILE --claims 100000

Reports, people, words and figures are invented and follow from the seed. Parties, offices and places are
those of the catalog's ceasefires, so that everything derived has work to do: a mission's daily
reports with counts per region, rival tallies, contacts told by two or three publishers, and around
them news of the shape that ``bench.shape`` finds, on these ceasefires and on countries that do not exist.
Reports come in the order of publication, as they would, through ``Ledger.add``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import msgspec

from bench.shape import Shape, learn
from bench.tales import BUILDERS, ONE, Die, Maker, Pen, Ribbon, contact
from bench.world import Event, Stage, events, stages, word
from trucewatch.ledger import Ledger
from trucewatch.model import (
    Actor,
    AnyClaim,
    Ceasefire,
    Count,
    Counter,
    Document,
    Place,
    Report,
    Run,
    Time,
    digest,
)

SEED = 2022
FIRST, LAST = dt.date(2020, 7, 28), dt.date(2022, 2, 23)
CLAIMS_PER_REPORT = 10
TOGETHER = 500  # reports committed at once
CORRECTED = 0.01  # of all reports come a second time, with a word changed
READER = "synth/1"


class Made(NamedTuple):
    """A report with its claims, as the ledger takes them in."""

    document: Document
    claims: list[AnyClaim]


class Newsroom:
    """Everybody who publishes, day by day."""

    def __init__(self, shape: Shape, *, seed: int = SEED) -> None:
        self.chance = Random(seed)
        self.shape = shape
        self.ribbon = Ribbon(self.chance)
        self.stages = stages(self.chance)
        self.dice = {name: Die(kind, self.chance) for name, kind in shape.kinds.items()}
        self.outlets = [f"{word(self.chance).capitalize()} Wire" for _ in shape.publishers]
        self.events: dict[str, list[Event]] = {stage.name: [] for stage in self.stages}
        self.figures: dict[tuple[str, str | None], int] = {}
        self.number = 0

    def reports(self, many: int) -> Iterator[Made]:
        """So many reports, spread evenly over all days, in the order of publication."""
        days = [FIRST + ONE * step for step in range((LAST - FIRST).days + 1)]
        told = 0
        for place, day in enumerate(days, start=1):
            due = many * place // len(days) - told
            told += due
            self._happen(day)
            issued = islice(self._issued(day), due // 3)
            yield from islice(chain(issued, self._written(day)), due)

    def _issued(self, day: dt.date) -> Iterator[Made]:
        """What counters issue on a day."""
        for stage in self.stages:
            for counter in stage.ceasefire.counters if stage.ceasefire else ():
                if not counter.part_of and f"{day:%A}" not in counter.no_report_on:
                    yield self._tally(stage, counter, day)

    def _written(self, day: dt.date) -> Iterator[Made]:
        """The news of a day, without end."""
        while True:
            made = self._news(day)
            yield made
            if self.chance.random() < CORRECTED:
                yield self._corrected(made)

    def _happen(self, day: dt.date) -> None:
        """Contacts of the coming days are set; those of a week ago are no news any more."""
        forms = [
            form for form, many in self.shape.kinds["contact"].values["form"].items() for _ in range(many)
        ]
        for stage in self.stages:
            recent = [event for event in self.events[stage.name] if event.day >= day - 2 * ONE]
            ahead = day + 2 * ONE
            first = [] if recent else events(stage, day, self.chance, forms=forms)
            self.events[stage.name] = recent + first + events(stage, ahead, self.chance, forms=forms)

    def _begin(self, stage: Stage, day: dt.date) -> tuple[Maker, str]:
        self.number += 1
        name = f"{stage.name}-{day}-{self.number:06d}"
        return Maker(stage, Pen(self.ribbon), self.chance, report=name, day=day), name

    def _news(self, day: dt.date) -> Made:
        """A report of the shape of real ones."""
        shares = [self.shape.belonging.get(stage.name, 0.0) for stage in self.stages]
        shares[-1] = max(0.0, 1 - sum(shares))
        stage = self.chance.choices(self.stages, shares)[0]
        maker, name = self._begin(stage, day)
        mean = sum(self.shape.claims) / len(self.shape.claims)
        wanted = round(self.chance.choice(self.shape.claims) * CLAIMS_PER_REPORT / mean)
        kinds = list(self.shape.kinds)
        for kind in self.chance.choices(kinds, [self.shape.kinds[k].share for k in kinds], k=wanted):
            if kind == "contact":
                contact(maker, self.dice[kind], self.events[stage.name])
            else:
                BUILDERS[kind](maker, self.dice[kind])
        outlet = self.chance.choices(self.outlets, self.shape.publishers)[0]
        return _made(maker, name, publisher=outlet, title=self.ribbon.cut(40))

    def _corrected(self, made: Made) -> Made:
        """The same report with one more sentence: a new version, with the same claims."""
        report = made.document.report
        text = f"{made.document.text}{self.ribbon.cut(40)}\n"
        told = {name: getattr(report, name) for name in ("id", "publisher", "title", "published")}
        return Made(_document(text, told), made.claims)

    def _tally(self, stage: Stage, counter: Counter, day: dt.date) -> Made:
        """A counter's own report: each region's figure for the day before, and what it was before that."""
        assert stage.ceasefire is not None
        maker, name = self._begin(stage, day)
        party = next(party for party in stage.ceasefire.parties if party.id == counter.party)
        issue = Issue(maker, counter, Actor(name=party.name, country=party.country, type="organization"))
        start = day - ONE * (3 if f"{day - ONE:%A}" in counter.no_report_on else 2)
        for region in counter.regions or (None,):
            low = int(self.chance.paretovariate(0.7)) + 20
            before = self.figures.get((counter.id, region))
            self.figures[counter.id, region] = low
            issue.figures(_place(stage.ceasefire, region), low, before=before, start=start, end=day - ONE)
        for _ in range(6):
            BUILDERS["incident"](maker, self.dice["incident"])
        title = f"Daily Report {day:%j}/{day:%Y} issued on {day.day} {day:%B %Y}"
        return _made(maker, name, publisher=party.name, title=title)


class Issue(NamedTuple):
    """A counter's own report in the making."""

    maker: Maker
    counter: Counter
    observer: Actor

    def figures(
        self, place: Place | None, low: int, *, before: int | None, start: dt.date, end: dt.date
    ) -> None:
        """What was counted in one region, the explosions among it, and the figure of the report before."""
        when = Time(text=f"to the evening of {end:%A}", start=start.isoformat(), end=end.isoformat())
        measure = self.counter.measure
        whole = self._count(measure=measure, low=low, high=low, place=place, time=when)
        half = low // 2
        self._count(measure="explosions", low=half, high=half, place=place, time=when, part_of=whole.id)
        if before is not None:
            then = Time(text="in the previous reporting period", end=start.isoformat())
            self._count(measure=measure, low=before, high=before, place=place, time=then, previous=True)

    def _count(self, **fields: Any) -> AnyClaim:
        evidence, spans = self.maker.pen.say([self.observer.name], length=60)
        observer = msgspec.structs.replace(self.observer, span=spans[self.observer.name])
        return self.maker.add(Count(evidence=evidence, said_by=(), observer=observer, **fields))


def _place(ceasefire: Ceasefire | None, region: str | None) -> Place | None:
    found = [given for given in ceasefire.regions if given.id == region] if ceasefire else []
    return Place(text=found[0].name, name=found[0].name, country=found[0].country) if found else None


def _made(maker: Maker, name: str, *, publisher: str, title: str) -> Made:
    told = {"id": name, "publisher": publisher, "title": title, "published": maker.day}
    return Made(_document(maker.pen.text(), told), maker.claims)


def _document(text: str, told: dict[str, Any]) -> Document:
    data = text.encode()
    report = Report(
        data=data, sha256=digest(data), media_type="text/plain", language="en", origin="made up", **told
    )
    return Document(report=report, text=text, language="en", paragraphs=(), sentences=(), quotations=())


def fill(ledger: Ledger, reports: Iterator[Made], run: Run) -> int:
    """Add reports, so many at a time; how many claims they have."""
    claims = 0
    while several := list(islice(reports, TOGETHER)):
        with ledger.together():
            for made in several:
                claims += ledger.add(made.document, made.claims, run=run) and len(made.claims)
    return claims


def main() -> None:
    """Fill a ledger and say how long it took."""
    parser = argparse.ArgumentParser(description="Fill a new ledger with made-up reports.")
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--claims", type=int, default=100_000)
    given = parser.parse_args()
    newsroom, begun = Newsroom(learn()), time.perf_counter()
    with Ledger.open(given.ledger) as ledger:
        run = ledger.begin(reader=READER)
        claims = fill(ledger, newsroom.reports(given.claims // CLAIMS_PER_REPORT), run)
        ledger.finish(run)
    print(f"{newsroom.number:,} reports, {claims:,} claims, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
