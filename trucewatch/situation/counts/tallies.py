"""Rival tallies side by side: who counted what of the same days, and why two totals differ.

A tally is a counter's figure of a window, or a count that somebody else vouches for. Two are rivals if they
count the same thing over days that mostly are the same. They are never averaged: each stays with its
window, region, definition, counter, and those whose acts it counts.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from trucewatch.model import Count, Counter, Entry, Incident, Noun, Number, Report, Statement
from trucewatch.situation.counts.charts import Chart
from trucewatch.situation.counts.echoes import is_whole
from trucewatch.situation.counts.keepers import Keeper
from trucewatch.situation.counts.readings import Region
from trucewatch.situation.counts.windows import stated_window
from trucewatch.situation.days import ONE, single
from trucewatch.situation.names import key, same_name


class Tally(Noun, frozen=True, kw_only=True):
    """What one voice counted of some days. ``counter`` is the catalog's, if it is one's.

    ``start`` to ``end`` as for the windows of a series, None where no telling states it; ``told`` is then
    the day of the report. ``accused`` are those whose acts are counted. ``area`` is the region's name, or
    the place as told; None is the whole.
    """

    counter: str | None
    voice: str
    measure: str
    low: Number | None
    high: Number | None
    claims: tuple[str, ...]
    region: Region = None
    area: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    calendar: bool = False
    approximate: bool = False
    clock: str | None = None
    accused: tuple[str, ...] = ()
    definition: str | None = None
    told: dt.date | None = None
    reports: tuple[str, ...] = ()


class Rival(Noun, frozen=True, kw_only=True):
    """Another tally of mostly the same days, and in what the two differ."""

    voice: str
    counter: str | None
    low: Number | None
    high: Number | None
    differ: tuple[str, ...]
    words: str


class Compared(Noun, frozen=True, kw_only=True):
    """A tally with its rivals."""

    tally: Tally
    rivals: tuple[Rival, ...]


def of_charts(charts: Iterable[Chart]) -> list[Tally]:
    """The counters' own tallies: the totals, and the regions of those that count in one alone."""
    found = []
    for chart in charts:
        counter = chart.counter
        line = chart.counts.regions[0] if len(chart.counts.regions) == 1 else chart.counts.total
        names = {region.id: region.name for region in chart.keeper.ceasefire.regions}
        for point in line.points:
            found.append(
                Tally(
                    counter=counter.id,
                    voice=chart.keeper.cast.parties[counter.party].name,
                    measure=chart.counts.measure,
                    low=point.low,
                    high=point.high,
                    claims=point.claims,
                    region=point.region,
                    area=names.get(point.region or ""),
                    start=point.start,
                    end=point.end,
                    calendar=point.calendar,
                    approximate=point.approximate,
                    clock=_clock(counter),
                    accused=_accused_by(counter, chart.keeper),
                    definition=counter.definition,
                )
            )
    return found


def of_voices(entries: Sequence[Entry], *, charts: Sequence[Chart] = ()) -> list[Tally]:
    """The counts that make no point of a series, a tally for each voice, measure, area and window.

    ``charts`` are those of the ceasefire that the entries belong to, none if they belong to none.
    """
    drawn = {r.claim for chart in charts for r in (*chart.readings.violations, *chart.readings.explosions)}
    blamed = _blamed(entries)
    found: dict[tuple[object, ...], Tally] = {}
    for entry in entries:
        count = entry.claim
        if not isinstance(count, Count) or (count.id or "") in drawn or _is_idle(count):
            continue
        chart = next((chart for chart in charts if chart.keeper.counted(count, entry.report)), None)
        if chart and _is_of_series(count, chart):
            continue
        counter = chart.counter if chart and chart.counter.measure == count.measure else None
        made = _of_voice(count, entry.report, counter=counter, keeper=charts[0].keeper if charts else None)
        made = structs.replace(made, accused=made.accused or blamed[count.id or ""])
        days = (made.start, made.end) if made.end else (made.told, None)
        same = (key(made.voice), made.measure, made.region, key(made.area or ""), days, made.low, made.high)
        known = found.setdefault(same, made)
        found[same] = structs.replace(known, claims=tuple(dict.fromkeys((*known.claims, *made.claims))))
    return list(found.values())


def compare(tallies: Iterable[Tally]) -> list[Compared]:
    """Each tally with its rivals; those without any are left out."""
    held = sorted(tallies, key=_order)
    rivals: dict[int, list[Rival]] = defaultdict(list)
    for one, other in _pairs(held):
        rivals[one].append(_rival(held[one], held[other]))
        rivals[other].append(_rival(held[other], held[one]))
    return [Compared(tally=held[place], rivals=tuple(found)) for place, found in sorted(rivals.items())]


# --- tallies -------------------------------------------------------------------------------------


def _is_idle(count: Count) -> bool:
    """What compares with nothing: no figure, a part of another, a figure restated, a running total, things
    of any kind."""
    unfit = count.measure == "other" or bool(count.part_of) or count.running or count.previous
    return unfit or (count.low, count.high) == (None, None)


def _is_of_series(count: Count, chart: Chart) -> bool:
    """Whether a counter's figure has its place beside the series: told without a window, or of a spot."""
    if count.measure not in (chart.counter.measure, "explosions"):
        return False
    return bool(chart.counts.total.points) or not is_whole(count, chart.keeper)


def _of_voice(count: Count, report: Report, *, counter: Counter | None, keeper: Keeper | None) -> Tally:
    voice = count.observer.name if count.observer else next((v.source for v in count.said_by), None)
    texts = [text for text in (count.place.name, count.place.text) if text] if count.place else []
    whole = keeper.whole if keeper else frozenset()
    stated, day = stated_window(count, counter=counter), single(count.time)
    start, end = (stated.start, stated.end) if stated else (day - ONE, day) if day else (None, None)
    return Tally(
        counter=counter.id if counter else None,
        voice=voice or report.publisher or report.id,
        measure=count.measure,
        low=count.low,
        high=count.high,
        claims=(count.id or "",),
        region=next((r for text in texts if keeper and (r := keeper.cast.region(text))), None),
        area=next((text for text in texts if key(text) not in whole), None),
        start=start,
        end=end,
        calendar=stated is None or stated.calendar,
        approximate=count.approximate,
        clock=f"{count.window.start} to {count.window.end}" if count.window else None,
        accused=_accused_by(counter, keeper),
        definition=count.definition or (counter.definition if counter else None),
        told=report.published,
        reports=(report.id,),
    )


def _accused_by(counter: Counter | None, keeper: Keeper | None) -> tuple[str, ...]:
    """Those whose acts a counter counts, by name."""
    return tuple(keeper.cast.parties[name].name for name in counter.accused) if counter and keeper else ()


def _blamed(entries: Iterable[Entry]) -> Mapping[str, tuple[str, ...]]:
    """Whom a count is held against: those accused, or named as doers, on the very words that count."""
    charges: dict[str, list[tuple[tuple[int, int], tuple[str, ...]]]] = defaultdict(list)
    counts: list[tuple[str, Entry]] = []
    for entry in entries:
        claim = entry.claim
        if isinstance(claim, Statement) and claim.act == "accuse" and claim.about:
            charges[entry.report.sha256].append((claim.evidence, tuple(a.name for a in claim.about)))
        elif isinstance(claim, Incident) and claim.perpetrator:
            charges[entry.report.sha256].append((claim.evidence, tuple(a.name for a in claim.perpetrator)))
        elif isinstance(claim, Count):
            counts.append((entry.report.sha256, entry))
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for report, entry in counts:
        first, last = entry.claim.evidence
        names = (n for (start, end), who in charges[report] if start < last and first < end for n in who)
        found[entry.claim.id or ""] = tuple(dict.fromkeys(names))
    return found


def _clock(counter: Counter) -> str | None:
    return f"{counter.cutoff} to {counter.cutoff}, {counter.time_zone}" if counter.cutoff else None


# --- rivals --------------------------------------------------------------------------------------


def _pairs(held: Sequence[Tally]) -> Iterator[tuple[int, int]]:
    """The places of tallies of two voices over mostly the same days, or of one report and no stated days."""
    open_: dict[str, list[int]] = defaultdict(list)
    for place, tally in enumerate(held):
        begin = _begin(tally)
        still = [other for other in open_[tally.measure] if _end(held[other]) > begin]
        yield from ((other, place) for other in still if _are_rivals(held[other], tally))
        open_[tally.measure] = [*still, place]


def _are_rivals(one: Tally, other: Tally) -> bool:
    if one.counter == other.counter and (one.counter or key(one.voice) == key(other.voice)):
        return False
    if (one.end is None) != (other.end is None):
        return False
    if not (one.counter and other.counter) and not _same_area(one, other):
        return False
    if one.end is None:
        return set(one.reports) == set(other.reports) or one.told == other.told
    common = min(_end(one), _end(other)) - max(_begin(one), _begin(other))
    return 2 * common >= max(_end(one) - _begin(one), _end(other) - _begin(other))


def _same_area(one: Tally, other: Tally) -> bool:
    if one.region or other.region:
        return one.region == other.region
    return one.area is other.area is None or same_name(one.area or "", other.area or "")


def _begin(tally: Tally) -> dt.date:
    return tally.start or (tally.told - ONE if tally.told else dt.date.min)


def _end(tally: Tally) -> dt.date:
    return tally.end or tally.told or dt.date.min + ONE


def _rival(mine: Tally, theirs: Tally) -> Rival:
    differ = tuple(_differences(mine, theirs))
    return Rival(
        voice=theirs.voice,
        counter=theirs.counter,
        low=theirs.low,
        high=theirs.high,
        differ=tuple(name for name, _ in differ),
        words=_words(mine, theirs, differ),
    )


def _differences(one: Tally, other: Tally) -> Iterator[tuple[str, str]]:
    """In what two tallies differ as far as the ledger knows, each in words."""
    yield "counter", "each counts for itself"
    if (one.start, one.end) != (other.start, other.end):
        yield "window", f"the windows are {_window(one)} and {_window(other)}"
    elif one.clock != other.clock:
        yield "window", f"the hours are {one.clock or 'not told'} and {other.clock or 'not told'}"
    elif one.end is None:
        yield "window", "neither window is told"
    if (one.region, key(one.area or "")) != (other.region, key(other.area or "")):
        yield "region", f"the areas are {_area(one)} and {_area(other)}"
    if one.definition != other.definition:
        unknown = "" if one.definition and other.definition else ", of which one is not on file"
        yield "definition", f"each has a definition of its own{unknown}"
    elif one.definition is None:
        yield "definition", "no definition is on file"
    if set(map(key, one.accused)) != set(map(key, other.accused)):
        yield "accused", f"one counts the acts of {_accused(one)}, the other those of {_accused(other)}"
    if _kind(one) != _kind(other):
        yield "kind of figure", f"one is {_kind(one)}, the other {_kind(other)}"


def _words(one: Tally, other: Tally, differ: Iterable[tuple[str, str]]) -> str:
    same = (one.low, one.high) == (other.low, other.high) and one.low is not None
    reasons = "; ".join(words for _, words in differ)
    lead = f"{one.voice}: {_figure(one)}; {other.voice}: {_figure(other)}"
    number = ", the same number of two counts" if same else ""
    return f"{lead}{number}. {reasons[:1].upper()}{reasons[1:]}."


def _figure(tally: Tally) -> str:
    if tally.low is None:
        return f"at most {tally.high}"
    if tally.high is None:
        return f"at least {tally.low}"
    return f"{tally.low}" if tally.low == tally.high else f"{tally.low} to {tally.high}"


def _window(tally: Tally) -> str:
    if tally.end is None or tally.start is None:
        return "not told"
    start = tally.start + ONE if tally.calendar else tally.start
    return f"{start} to {tally.end}" if start < tally.end else f"{tally.end}"


def _area(tally: Tally) -> str:
    return tally.area or "the whole"


def _accused(tally: Tally) -> str:
    return " and ".join(tally.accused) or "whoever acted"


def _kind(tally: Tally) -> str:
    if tally.low != tally.high:
        return "a bound"
    return "rounded" if tally.approximate else "exact"


def _order(tally: Tally) -> tuple[object, ...]:
    ident = (tally.counter or "", key(tally.voice), tally.region or "", tally.low or 0, tally.claims)
    return (_begin(tally), _end(tally), tally.measure, *ident)
