"""The same count: one observation with all who tell it, exactly, as a bound, rounded, restated or in parts.

"More than 1,500", "1,566", "591 in Donetsk and 975 in Luhansk" and "1,600" tell one observation if they
are of one counter, measure, region and window and their bounds agree. What contradicts it is another
observation of the same window, and both say so. Every merge tells which fields agreed, and judgements on
claims go before them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter as Times
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Literal

from msgspec import structs

from trucewatch.identity.merging import Group, Link, merge
from trucewatch.model import Count, Entry, Judgement, Noun, Number
from trucewatch.situation.counts import echoes
from trucewatch.situation.counts.charts import Chart
from trucewatch.situation.counts.keepers import part
from trucewatch.situation.counts.readings import STANDINGS, Region, Standing
from trucewatch.situation.counts.series import apart
from trucewatch.situation.days import ONE, opening

Relation = Literal[
    "exact", "bound", "rounded", "restated", "sum of parts", "running total", "direction", "told"
]
Bounds = tuple[Number | None, Number | None]
_SUM = "sum "  # begins the id of a sum over the regions, which no claim's id does


class Telling(Noun, frozen=True, kw_only=True):
    """One report's telling: by which claims, in which bounds, and how it stands to the value."""

    report: str
    claims: tuple[str, ...]
    low: Number | None
    high: Number | None
    relation: Relation


class Conflict(Noun, frozen=True, kw_only=True):
    """Another observation of the same counter, measure, region and window whose figure contradicts it."""

    id: str
    low: Number | None
    high: Number | None


class Reason(Noun, frozen=True, kw_only=True):
    """Why two claims tell one observation: the fields that agree, or a judgement."""

    claims: tuple[str, ...]
    agree: tuple[str, ...]


class Observation(Noun, frozen=True, kw_only=True):
    """What one counter counted once, however often it is told.

    ``start`` and ``end`` are the evenings of its window, None where no telling states it. ``value`` is
    the exact figure where one is told; ``low`` and ``high`` are the bounds that all tellings agree on.
    """

    id: str
    counter: str
    region: Region
    measure: str
    start: dt.date | None
    end: dt.date | None
    calendar: bool
    low: Number | None
    high: Number | None
    value: Number | None
    tellings: tuple[Telling, ...]
    conflicts: tuple[Conflict, ...] = ()
    why: tuple[Reason, ...] = ()


class Unit(Noun, frozen=True, kw_only=True):
    """What is merged: a claim's figure for one region, or the sum over the regions (no ``entry``)."""

    id: str
    measure: str
    region: Region
    low: Number | None
    high: Number | None
    approximate: bool = False
    window: tuple[dt.date, dt.date] | None = None
    calendar: bool = False
    entry: Entry | None = None
    standing: Standing | None = None
    published: dt.date | None = None
    running: bool = False

    @property
    def bounds(self) -> Bounds:
        """Its bounds."""
        return self.low, self.high

    @property
    def loose(self) -> Bounds:
        """Its bounds, wider where it may be a round number."""
        if self.low is None or self.high is None or (self.window and not self.approximate):
            return self.bounds
        return echoes.round_to(self.low, self.high)


def observe(
    chart: Chart, entries: Iterable[Entry], *, judgements: Sequence[Judgement] = ()
) -> list[Observation]:
    """The observations of one counter, in the order of their windows.

    ``entries`` are those that the chart was drawn from.
    """
    held = {entry.claim.id or "": entry for entry in entries}
    units = {unit.id: unit for unit in (*_placed(chart, held), *_sums(chart), *_loose(chart))}
    links = [*_of_windows(units.values()), *_of_echoes(chart, units)]

    def differ(one: str, other: str) -> bool:
        return _differ(units[one], units[other])

    groups = merge(units, links, judgements=_on_units(judgements, units.values()), apart=differ)
    found = [_observation(group, units, chart) for group in groups]
    told = [made for made in _with_parts(found, chart) if made.tellings]
    return sorted(_with_conflicts(told), key=_order)


# --- what is merged ------------------------------------------------------------------------------


def _placed(chart: Chart, held: Mapping[str, Entry]) -> Iterator[Unit]:
    """The figures with a window. A zero for both regions is one for each."""
    for measure, readings in (
        (chart.counts.measure, chart.readings.violations),
        (chart.bangs.measure, chart.readings.explosions),
    ):
        times = Times(reading.claim for reading in readings)
        for reading in readings:
            several = times[reading.claim] > 1
            yield Unit(
                id=f"{reading.claim}@{reading.region}" if several else reading.claim,
                measure=measure,
                region=reading.region,
                low=reading.low,
                high=reading.high,
                approximate=reading.approximate,
                window=(reading.evenings.start, reading.evenings.end),
                calendar=reading.evenings.calendar,
                entry=held[reading.claim],
                standing=reading.standing,
                published=reading.published,
            )


def _sums(chart: Chart) -> Iterator[Unit]:
    """The sums over the regions, one for each window that all of them report."""
    for drawing in (chart.counts, chart.bangs):
        for point in drawing.total.points if len(drawing.regions) > 1 else ():
            if point.parts and point.complete:
                yield Unit(
                    id=f"{_SUM}{drawing.measure} {point.start} {point.end}",
                    measure=drawing.measure,
                    region=None,
                    low=point.low if point.basis == "sum" else None,
                    high=point.high if point.basis == "sum" else None,
                    window=(point.start, point.end),
                    calendar=point.calendar,
                )


def _loose(chart: Chart) -> Iterator[Unit]:
    """The tellings whose window is not told, running totals, and mere directions."""
    cast = chart.keeper.cast
    for entry in chart.readings.left:
        count = entry.claim
        if isinstance(count, Count) and echoes.is_whole(count, chart.keeper):
            yield Unit(
                id=count.id or "",
                measure=count.measure,
                region=echoes.region_of(count, cast),
                low=count.low,
                high=count.high,
                approximate=count.approximate,
                entry=entry,
                running=count.running,
                published=entry.report.published,
            )


def _of_windows(units: Iterable[Unit]) -> Iterator[Link]:
    """Figures of one window whose bounds agree with the weightiest of it, or else with one of its rivals."""
    windows: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.window:
            windows[unit.measure, unit.region, unit.window].append(unit)
    for slot in windows.values():
        heads: list[Unit] = []
        for unit in sorted(slot, key=_weight):
            head = next((head for head in heads if not apart(head.bounds, unit.bounds)), None)
            if head is None:
                heads.append(unit)
                continue
            exact = "figure" if head.bounds == unit.bounds else "bounds"
            agree = ("counter", "measure", "region", "window", exact)
            yield Link(one=head.id, other=unit.id, agree=agree, strength=1.0 if exact == "figure" else 0.9)


def _of_echoes(chart: Chart, units: Mapping[str, Unit]) -> Iterator[Link]:
    """Tellings without a window, with the weightiest figure of the evening that they agree with."""
    evenings = echoes.evenings_of((chart.counts.total, *chart.counts.regions))
    heads: dict[tuple[Region, dt.date], Unit] = {}
    for unit in sorted(units.values(), key=_weight):
        daily = unit.window is not None and unit.window[1] - unit.window[0] == ONE
        if unit.window and daily and unit.measure == chart.counts.measure:
            heads.setdefault((unit.region, unit.window[1]), unit)
    for unit in units.values():
        if unit.window or unit.entry is None or not isinstance(unit.entry.claim, Count):
            continue
        echo = echoes.compared(unit.entry.claim, unit.entry, keeper=chart.keeper, evenings=evenings)
        head = heads.get((unit.region, echo.point)) if echo.point else None
        if head and echo.verdict.startswith("agrees"):
            rounded = echo.verdict == "agrees within rounding"
            agree = ("counter", "measure", "region", "days", "rounding" if rounded else "bounds")
            yield Link(one=head.id, other=unit.id, agree=agree, strength=0.6 if rounded else 0.7)


def _differ(one: Unit, other: Unit) -> bool:
    """Whether two can never be one: of other measures, regions or windows, or with bounds that contradict."""
    if (one.measure, one.region, one.running) != (other.measure, other.region, other.running):
        return True
    if one.window and other.window and one.window != other.window:
        return True
    return apart(one.loose, other.loose)


def _on_units(judgements: Iterable[Judgement], units: Iterable[Unit]) -> list[Judgement]:
    """Judgements on claims as judgements on what is merged: a claim for two regions is two things."""
    mine: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        mine[unit.id.partition("@")[0]].append(unit.id)
    found = []
    for judgement in judgements:
        if judgement.decision in ("same", "different") and all(
            subject in mine for subject in judgement.subjects
        ):
            for subjects in product(*(mine[subject] for subject in judgement.subjects)):
                found.append(structs.replace(judgement, subjects=subjects))
    return found


def _weight(unit: Unit) -> tuple[object, ...]:
    """The counter's own figure first, then a sum over the regions, what others tell, what is restated."""
    sums = unit.entry is None
    standing = STANDINGS.index(unit.standing) if unit.standing else len(STANDINGS)
    width = unit.high - unit.low if unit.low is not None and unit.high is not None else float("inf")
    newest = -(unit.published or dt.date.min).toordinal()
    return (0.5 if sums else standing, unit.approximate, width, newest, unit.id)


# --- what comes of it ----------------------------------------------------------------------------


def _observation(group: Group, units: Mapping[str, Unit], chart: Chart) -> Observation:
    members = sorted((units[name] for name in group.members), key=_weight)
    first = next((unit for unit in members if unit.window), members[0])
    told = [unit for unit in members if unit.low is not None or unit.high is not None]
    low, high = _common([unit.bounds for unit in told if not unit.approximate] or [u.bounds for u in told])
    value = next((u.low for u in told if u.low == u.high and not u.approximate), None)
    start, end = first.window or (_since(first), None)
    return Observation(
        id=_id(members),
        counter=part(chart.counter, chart.keeper.ceasefire, measure=first.measure),
        region=first.region,
        measure=first.measure,
        start=start,
        end=end,
        calendar=first.calendar,
        low=value if value is not None else low,
        high=value if value is not None else high,
        value=value,
        tellings=_tellings(members, value),
        why=tuple(_reason(link) for link in group.why),
    )


def _since(unit: Unit) -> dt.date | None:
    """The day a running total began, as far as it is told."""
    time = unit.entry.claim.time if unit.entry and unit.running else None
    return opening(time.start) if time else None


def _id(members: Sequence[Unit]) -> str:
    """The id of the founding claim; a sum over the regions that nobody tells is named by its window."""
    claims = [unit for unit in members if unit.entry]
    if not claims:
        return f"total-{members[0].id.removeprefix(_SUM).replace(' ', '-')}"
    founder = min(claims, key=_age)
    return f"count-{founder.id.replace('@', '-')}"


def _age(unit: Unit) -> tuple[object, ...]:
    assert unit.entry is not None  # noqa: S101 - asked of claims alone
    report = unit.entry.report
    age = (report.published or dt.date.max, report.publisher or "", report.id)
    return (*age, unit.entry.claim.evidence, unit.id)


def _tellings(members: Iterable[Unit], value: Number | None) -> tuple[Telling, ...]:
    """One telling for each report and figure, the oldest first."""
    found: dict[tuple[object, ...], Telling] = {}
    for unit in sorted((unit for unit in members if unit.entry), key=_age):
        assert unit.entry is not None  # noqa: S101 - as above
        report, claim = unit.entry.report.id, unit.entry.claim.id or ""
        made = Telling(
            report=report, claims=(claim,), low=unit.low, high=unit.high, relation=_relation(unit, value)
        )
        known = found.setdefault((report, made.low, made.high, made.relation), made)
        claims = tuple(dict.fromkeys((*known.claims, claim)))
        found[report, made.low, made.high, made.relation] = structs.replace(known, claims=claims)
    return tuple(found.values())


def _relation(unit: Unit, value: Number | None) -> Relation:
    if unit.running:
        return "running total"
    if unit.bounds == (None, None):
        return "direction"
    if unit.standing == "stated as previous":
        return "restated"
    if unit.low != unit.high:
        return "bound"
    return "rounded" if unit.approximate or (value is not None and unit.low != value) else "exact"


Regional = dict[Region, list[Observation]]  # observations of one window, region by region


def _with_parts(found: Sequence[Observation], chart: Chart) -> Iterator[Observation]:
    """Totals with those reports that tell every region's figure: they tell the total in its parts."""
    regional: dict[tuple[object, ...], Regional] = defaultdict(lambda: defaultdict(list))
    for made in found:
        if made.region and made.value is not None:
            regional[made.measure, made.start, made.end][made.region].append(made)
    for made in found:
        parts = regional.get((made.measure, made.start, made.end)) if made.region is None else None
        if not parts or not made.end or set(parts) < set(chart.counter.regions):
            yield made
        else:
            told = tuple(_told_in_parts(parts, made))
            fresh = made.low is None and made.high is None
            total = told[0].low if fresh and told else made.value
            yield structs.replace(
                made,
                tellings=(*made.tellings, *told),
                low=total if fresh else made.low,
                high=total if fresh else made.high,
                value=total if fresh else made.value,
            )


def _told_in_parts(parts: Mapping[Region, Sequence[Observation]], made: Observation) -> Iterator[Telling]:
    """The reports in which each region has a figure, and these add up to the total."""
    by_report: dict[str, dict[Region, Telling]] = defaultdict(dict)
    for region, observations in parts.items():
        for told in (telling for o in observations for telling in o.tellings):
            if told.low is not None and told.low == told.high:
                by_report[told.report].setdefault(region, told)
    for report, figures in sorted(by_report.items()):
        total = sum(told.low or 0 for told in figures.values())
        if len(figures) == len(parts) and made.value in (total, None):
            claims = tuple(claim for told in figures.values() for claim in told.claims)
            yield Telling(report=report, claims=claims, low=total, high=total, relation="sum of parts")


def _with_conflicts(found: Sequence[Observation]) -> Iterator[Observation]:
    """Observations with those of the same window that contradict them."""
    windows: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for made in found:
        if made.end:
            windows[made.measure, made.region, made.start, made.end].append(made)
    for made in found:
        others = windows[made.measure, made.region, made.start, made.end] if made.end else []
        conflicts = tuple(
            Conflict(id=other.id, low=other.low, high=other.high)
            for other in others
            if other is not made and apart((made.low, made.high), (other.low, other.high))
        )
        yield structs.replace(made, conflicts=conflicts)


def _reason(link: Link) -> Reason:
    """A link in terms of claims; the sum over the regions is none."""
    claims = tuple(name.partition("@")[0] for name in (link.one, link.other) if not name.startswith(_SUM))
    return Reason(claims=claims, agree=link.agree if len(claims) > 1 else (*link.agree, "sum of parts"))


def _common(ranges: Sequence[Bounds]) -> Bounds:
    """The bounds that all ranges share; the first where they share none, as where one was judged the same."""
    lows = [low for low, _ in ranges if low is not None]
    highs = [high for _, high in ranges if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return ranges[0]
    return low, high


def _order(made: Observation) -> tuple[object, ...]:
    end = made.end or made.start or dt.date.min
    return (end, made.start or dt.date.min, made.measure, made.region is None, made.region or "", made.id)
