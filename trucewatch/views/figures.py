"""The figures: each with its basis and window, what was expected, the last evenings as table and picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from trucewatch.situation import Echo, Point, RecordCheck, Series, Situation
from trucewatch.situation.alerts.nouns import Band, Expectation
from trucewatch.situation.days import ONE, each
from trucewatch.situation.nouns import Superlative
from trucewatch.views.phrases import (
    amount,
    count_of,
    day,
    number,
    plain,
    publisher,
    series,
    span,
    unquoted,
    window,
)
from trucewatch.views.plots import Plot, picture
from trucewatch.views.recorded import checked_in_words
from trucewatch.views.restricted import restricted_in_words
from trucewatch.views.sitrep import CATALOG, LEDGER, Chapter, Desk, Draft, claims

_EVENINGS = 7
_COLUMNS = 3
_MEASURES = {"ceasefire_violations": "ceasefire violations"}
_BASIS = {
    "own": "own figure",
    "stated as previous": "as the next report gives its previous period",
    "derived": "by subtraction",
    "sum": "sum",
}


def figures(desk: Desk) -> Chapter:
    """The latest daily figures with their basis, the record check, what was expected, what others tell;
    the last evenings as a table and a picture."""
    situation = desk.situation
    drafts: list[Draft] = []
    if not situation.in_force:
        drafts.append(_outside(situation))
    if not situation.tellings:
        text = f"No claim on this ceasefire is on file{_known(situation)} and nothing can be said of it"
        return Chapter("Figures", (*drafts, Draft(text, (LEDGER,))))
    shown = counted(situation)
    for total, record in shown:
        drafts.extend(_latest(desk, total))
        if record.on_file > 1 or situation.counters[total.counter].mechanism:
            drafts.extend(_record(desk, record, total))
        drafts.extend(restricted_in_words(situation, total))
    if not shown:
        drafts.append(Draft("No counted figure with a known window is on file", (LEDGER, CATALOG)))
    else:
        drafts.extend(_compared(shown[0][0]))
        drafts.extend(_expected(situation, shown[0][0]))
    drafts.extend(_echoes(desk))
    drafts.extend(_superlatives(desk))
    return _with_table(situation, drafts) if shown else Chapter("Figures", tuple(drafts))


def _with_table(situation: Situation, drafts: Sequence[Draft]) -> Chapter:
    """The last seven evenings of the first counter, a row each, gaps as gaps; and its picture."""
    total, record = counted(situation)[0]
    regions = situation.counters[total.counter].regions
    regions = regions if len(regions) <= _COLUMNS else ()
    lines = {line.region: line for line in situation.series if line.counter == total.counter}
    evenings = each(record.last - (_EVENINGS - 1) * ONE, record.last)
    wide = [p for p in total.points if p.evenings > 1 and evenings[0] <= p.end <= record.last]
    points = {point.end: point for point in total.daily}
    top = max([float(p.low or 0) for p in points.values() if p.end in evenings], default=0.0)
    rows = [_row(points.get(evening), evening, regions, lines, top) for evening in evenings]
    rows += [_wide_row(point, regions, lines) for point in wide]
    places = [situation.regions.get(region, region).removesuffix(" region") for region in regions]
    name = situation.counters[total.counter].name
    measure = _measure(situation, total)
    caption = f"{measure} counted by the {name}, by the evening on which the window ended"
    return Chapter(
        "Figures",
        tuple(drafts),
        caption=caption[0].upper() + caption[1:],
        head=("Evening of", *places, "Total", "Explosions", "Basis"),
        rows=tuple(rows),
        plot=_picture(situation, total, last=max(record.last, total.points[-1].end)),
    )


def _picture(situation: Situation, total: Series, *, last: dt.date) -> Plot:
    name, measure = situation.counters[total.counter].name, _measure(situation, total)
    return picture(
        total,
        title=f"{measure[0].upper()}{measure[1:]} counted by the {name}",
        unit=measure,
        last=last,
        band=band_of(situation, total),
        alerts=[a for a in situation.alerts if (a.counter, a.region) == (total.counter, total.region)],
    )


def band_of(situation: Situation, line: Series) -> Band | None:
    """What was expected of a series, by the first method on file for it."""
    bands = [b for b in situation.bands if (b.counter, b.region) == (line.counter, line.region)]
    return bands[0] if bands else None


def expectation(situation: Situation, total: Series, evening: dt.date) -> Expectation | None:
    """What was expected of one evening of a series; None where too little is on file to say."""
    band = band_of(situation, total)
    return next((one for one in (band.expectations if band else ()) if one.day == evening), None)


def _expected(situation: Situation, total: Series) -> list[Draft]:
    """What was expected of the latest daily figure, or why nothing can be; an alert on it says so itself."""
    full = [point for point in total.daily if point.complete]
    told = [a for a in situation.alerts if (a.kind, a.counter, a.region) == ("count", total.counter, None)]
    if not full or any(alert.day == full[-1].end and alert.state != "open" for alert in told):
        return []
    found = expectation(situation, total, full[-1].end)
    if found is None:
        text = f"Too few evenings are on file to say what was to be expected of {day(full[-1].end)}"
        return [Draft(text, (LEDGER,))]
    text = (
        f"Expected for {day(found.day)} were about {number(round(found.expected))}, with a bound of "
        f"{number(round(found.upper))}: {found.method}, from {found.days} of {found.span} evenings on file"
    )
    return [Draft(text, (*_rests(full[-1]), LEDGER))]


def counted(situation: Situation) -> list[tuple[Series, RecordCheck]]:
    """The counters with figures: the mechanism's before those of the parties."""
    pairs = [
        (total, record)
        for total, record in zip(situation.totals, situation.records, strict=True)
        if total.points
    ]
    return sorted(
        pairs,
        key=lambda pair: (
            not situation.counters[pair[0].counter].mechanism,
            -pair[0].points[-1].end.toordinal(),
        ),
    )


def _outside(situation: Situation) -> Draft:
    ended = f" to {day(situation.end, year=True)}" if situation.end else ""
    text = (
        f"{day(situation.at, year=True)} lies outside the {situation.name}, which the catalog gives "
        f"as lasting from {day(situation.start, year=True)}{ended}"
    )
    return Draft(text, (CATALOG,))


def _latest(desk: Desk, total: Series) -> list[Draft]:
    situation = desk.situation
    name = situation.counters[total.counter].name
    full = [point for point in total.daily if point.complete]
    found = []
    if full:
        point = full[-1]
        figure = amount(point.low, point.high, approximate=point.approximate)
        told = f"{figure} {_measure(situation, total)}{_attributed(situation, total)}"
        text = f"The {name} {_verb(situation, total)} {told} {_window(point, situation)}"
        found.append(Draft(text + _parts(desk, point) + _rivals(point), _rests(point, explosions=True)))
    later = [p for p in total.points if not full or p.end > full[-1].end]
    for point in later[-2:]:
        regions = [situation.regions.get(region, region) for region in point.parts]
        only = f"; only {series(regions)} is on file" if not point.complete and regions else ""
        how = ", by subtraction" if _is_derived(desk, point) else ""
        figure = amount(point.low, point.high, approximate=point.approximate)
        text = f"{window(point.start, point.end)}, the {name} counted {figure}{how}{only}"
        found.append(Draft(text[0].upper() + text[1:], _rests(point)))
    return found


def _verb(situation: Situation, total: Series) -> str:
    """A party's count is its own word and no recording of ours."""
    return "recorded" if situation.counters[total.counter].mechanism else "says that it counted"


def _attributed(situation: Situation, total: Series) -> str:
    accused = situation.counters[total.counter].accused
    return f", which it attributes to {series(accused)}," if accused else ""


def _record(desk: Desk, record: RecordCheck, total: Series) -> list[Draft]:
    """The record check in honest words: among the days on file, unless all are."""
    best = record.highest
    if best is None:
        return []
    situation = desk.situation
    last = [point for point in total.daily if point.complete][-1]
    told_last = best.end == last.end == total.points[-1].end  # no later figure is told between
    subject = "That is" if told_last else f"{number(best.low or 0)} on {day(best.end)} is"
    tied = "equal to the highest" if record.verdict == "tied" else "the highest"
    first = "1 January" if (record.first.month, record.first.day) == (1, 1) else day(record.first)
    basis = f"the {record.on_file} days on file of {record.days} since {first}, {record.missing} missing"
    if not record.missing:
        basis = f"all {record.days} days since {first}"
    before = (
        f"; before it the highest was {number(record.before.low or 0)} on {day(record.before.end)}"
        if record.before
        else ""
    )
    text = f"{subject} {tied} daily total of {record.scope}{_known(situation)} among {basis}{before}"
    if record.on_file == 1:
        only = f"the only daily total of {record.scope} on file{_known(situation) or ','}"
        text = f"{subject} {only} of {record.days} days, so that no record can be checked"
    earlier = record.before.claims if record.before else ()
    found = [Draft(text, (*claims((*best.claims, *earlier)), LEDGER))]
    for point in record.passed_by:
        found.append(Draft(_passed(desk, point, best), claims((*point.claims, *best.claims))))
    for point in record.may_hide[:2]:
        figure = amount(point.low, point.high, approximate=point.approximate)
        words = (
            f"{window(point.start, point.end)} {figure} were counted together, so that one of these "
            f"{point.evenings} evenings may lie above {number(best.low or 0)}"
        )
        found.append(Draft(words[0].upper() + words[1:], claims((*point.claims, *best.claims))))
    return found


def _passed(desk: Desk, point: Point, best: Point) -> str:
    situation = desk.situation
    regions = series([situation.regions.get(region, region) for region in point.parts])
    how = (
        ", a figure derived by subtraction and no own figure of the counter"
        if _is_derived(desk, point)
        else ""
    )
    return (
        f"That mark may no longer stand: {regions} alone comes to {number(point.low or 0)} "
        f"on {day(point.end)}{how}, above the total of {number(best.low or 0)}"
    )


def _is_derived(desk: Desk, point: Point) -> bool:
    return any(part.basis == "derived" for part in parts_of(desk.situation, point))


def parts_of(situation: Situation, point: Point) -> list[Point]:
    """The regions' figures behind a total: those of the same counter and window."""
    window_ = (point.counter, point.start, point.end)
    return [p for line in situation.series for p in line.points if (p.counter, p.start, p.end) == window_]


def basis_in_words(situation: Situation, point: Point) -> str:
    """Where a figure comes from: ``own figures, summed over regions``, ``by subtraction, Donetsk region
    only``."""
    parts = parts_of(situation, point) if point.region is None else []
    kinds = [kind for kind in _BASIS if kind in {part.basis for part in parts} or kind == point.basis]
    kinds = [kind for kind in kinds if kind != "sum" or len(kinds) == 1]
    several = len(parts) > 1
    words = " and ".join("own figures" if several and kind == "own" else _BASIS[kind] for kind in kinds)
    if point.complete or not point.parts:
        return f"{words}, summed over regions" if several else words
    return f"{words}, {series([situation.regions.get(part, part) for part in point.parts])} only"


def _parts(desk: Desk, point: Point) -> str:
    """The regions behind a total, and the explosions inside it."""
    situation = desk.situation
    parts = parts_of(situation, point)
    told = [_part_in_words(situation, part) for part in parts]
    bangs = point.explosions
    among = f"; {amount(bangs.low, bangs.high)} of the total were explosions" if bangs else ""
    if not told:
        return f" ({_BASIS[point.basis]}){among}"
    own = all(part.basis == "own" for part in parts)
    added = f"{', own figures' if own else ''}, the total being their sum" if len(told) > 1 else ""
    return f": {series(told)}{added}{among}"


def _part_in_words(situation: Situation, part: Point) -> str:
    name = situation.regions.get(part.region or "", part.region or "")
    basis = "" if part.basis == "own" else f" ({_BASIS[part.basis]})"
    return f"{amount(part.low, part.high, approximate=part.approximate)} in {name}{basis}"


def _rivals(point: Point) -> str:
    if not point.rivals:
        return ""
    others = series([amount(rival.low, rival.high, approximate=rival.approximate) for rival in point.rivals])
    return f"; other figures on file for the same window are {others}"


def _echoes(desk: Desk) -> list[Draft]:
    """Tellings of the totals without a window: one sentence each for the two latest."""
    whole = [
        echo for echo in desk.situation.echoes if echo.region is None and echo.verdict != "running total"
    ]
    return [_echo(desk, echo) for echo in whole[:2]]


def _echo(desk: Desk, echo: Echo) -> Draft:
    outlets = series([publisher(desk.telling(name)) for name in echo.claims])
    figure = amount(echo.low, echo.high, approximate=echo.approximate)
    compared = {
        "agrees": "which agrees with the total",
        "agrees within rounding": "which agrees within rounding with the total",
        "differs": "which differs from the total",
    }.get(echo.verdict)
    against = (
        f"{compared} for {day(echo.point)}" if compared and echo.point else "with nothing to compare it with"
    )
    tell = "tell" if " and " in outlets else "tells"
    text = f"{outlets} {tell} of {figure} without stating the window, {against}; no day of its own follows"
    return Draft(text, claims((*echo.claims, *echo.against)))


def _superlatives(desk: Desk) -> list[Draft]:
    """What reports call the highest or lowest, held against the days on file: the two latest."""
    told = [one for one in desk.situation.superlatives if one.record is not None]
    return [_superlative(desk, one) for one in sorted(told, key=lambda one: one.last or dt.date.min)[:-3:-1]]


def _superlative(desk: Desk, found: Superlative) -> Draft:
    situation = desk.situation
    outlet = publisher(desk.telling(found.claim))
    point = found.point
    figure = number(point.low or 0) if point else amount(found.low, found.high)
    when = f" for {day(point.end)}" if point and point.evenings == 1 else ""
    verdict = checked_in_words(found, regions=situation.regions).partition(": ")[2]
    scope = f" ({unquoted(plain(found.scope))})" if found.scope else ""
    known = _known(situation).removesuffix(",")
    text = f"{outlet} calls the figure of {figure}{when} the {found.relation}{scope}{known}: {verdict}"
    return Draft(text, (*claims(found.claims), LEDGER))


def _compared(total: Series) -> list[Draft]:
    """The latest total against the two before it on file."""
    full = [point for point in total.daily if point.complete and point.low is not None]
    if len(full) < 2:
        return [
            Draft("No earlier daily total is on file to compare with", (LEDGER, *_rests(total.points[-1])))
        ]
    last, *earlier = full[-1:-4:-1]
    now, then = last.low or 0, earlier[0].low or 0
    verb = "up from" if now > then else "down from" if now < then else "the same as"
    before = series([f"{number(point.low or 0)} on {day(point.end)}" for point in earlier])
    gap = (last.end - earlier[0].end).days - 1
    missing = f", with {count_of(gap, 'evening')} between them not on file" if gap else ""
    text = f"The total of {number(now)} on {day(last.end)} is {verb} {before}{missing}"
    return [Draft(text, tuple(rest for point in (last, *earlier) for rest in _rests(point)))]


def _row(
    point: Point | None,
    evening: dt.date,
    regions: tuple[str, ...],
    lines: dict[str | None, Series],
    top: float,
) -> Draft:
    name = f"{evening:%a} {evening.day} {evening:%b}"
    if point is None:
        blank = ("-",) * len(regions)
        return Draft("", (LEDGER,), cells=(name, *blank, "no figure", "-", "gap"))
    parts = [_part(lines[region], point) for region in regions]
    cells = (name, *(_cell(part) for part in parts), _cell(point), _bangs(point), _basis(point, parts))
    size = float(point.low or 0) / top if top and point.complete else None
    return Draft("", _rests(point, explosions=True), cells=cells, size=size)


def _wide_row(point: Point, regions: tuple[str, ...], lines: dict[str | None, Series]) -> Draft:
    name = span(point.start, point.end)
    parts = [_part(lines[region], point) for region in regions]
    cells = (
        name,
        *(_cell(part) for part in parts),
        _cell(point),
        _bangs(point),
        f"{point.evenings} evenings",
    )
    return Draft("", _rests(point, explosions=True), cells=cells)


def _part(line: Series, whole: Point) -> Point | None:
    return next((p for p in line.points if (p.start, p.end) == (whole.start, whole.end)), None)


def _cell(point: Point | None) -> str:
    if point is None:
        return "-"
    if point.low is not None and point.low == point.high:
        return ("~" if point.approximate else "") + number(point.low)
    if point.high is None:
        return f"≥{number(point.low or 0)}"
    return f"{number(point.low or 0)}-{number(point.high)}"


def _bangs(point: Point) -> str:
    bangs = point.explosions
    return number(bangs.low) if bangs and bangs.low is not None and bangs.low == bangs.high else "-"


def _basis(point: Point, parts: list[Point | None]) -> str:
    kinds = {part.basis for part in parts if part} or {point.basis}
    words = "derived" if "derived" in kinds else "previous" if "stated as previous" in kinds else "own"
    return words if point.complete else f"{words}, part"


def _rests(point: Point, *, explosions: bool = False) -> tuple[str, ...]:
    bangs = point.explosions.claims if explosions and point.explosions else ()
    rivals = tuple(name for rival in point.rivals for name in rival.claims)
    return claims(dict.fromkeys((*point.claims, *bangs, *rivals)))


def _window(point: Point, situation: Situation) -> str:
    cutoff = situation.counters[point.counter].cutoff
    if point.calendar and point.evenings == 1:
        return f"on {day(point.end, year=True)}"
    clock = f" ({cutoff} local time)" if cutoff else ""
    words = window(point.start, point.end, year=True)
    return words + clock if cutoff else words.replace("the evening of ", "").replace("the evenings of ", "")


def _measure(situation: Situation, total: Series) -> str:
    measure = situation.counters[total.counter].measure
    return _MEASURES.get(measure, measure.replace("_", " "))


def _known(situation: Situation) -> str:
    return f", as known on {day(situation.known)}," if situation.known else ""
