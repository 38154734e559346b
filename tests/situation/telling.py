"""Daily reports in our own words, in several styles, around the figures of a table: seeded and never kept.

Each style is a way in which a mission tells its day: totals region by region, what was recorded the period
before, the explosions among it, two windows in one report, four evenings over a holiday, nothing at all.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator

from tests.reading import document
from tests.situation.facts import Row
from tests.situation.making import RECORDED
from trucewatch.model import Document, Entry, Report
from trucewatch.pipeline import process

SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()
HEAD = "OSCE Special Monitoring Mission to Ukraine (SMM)"
Style = Callable[[list[Row], random.Random], str]


def day(date: dt.date) -> str:
    return f"{date.day} {date:%B}"


def number(value: int, rng: random.Random, *, none: str = "no") -> str:
    if value == 0:
        return none
    return SMALL[value] if value < len(SMALL) and rng.random() < 0.7 else f"{value:,}"


def some(row: Row, rng: random.Random, noun: str = "ceasefire violation") -> str:
    """The figure with its noun: "at least 98 ceasefire violations"."""
    bound = "at least " if row.at_least else ""
    return f"{bound}{number(row.violations, rng)} {noun}{'' if row.violations == 1 else 's'}"


def bangs(row: Row, rng: random.Random) -> str:
    count = row.explosions or 0
    return f"{number(count, rng)} explosion{'' if count == 1 else 's'}"


def windows(rows: list[Row]) -> list[list[Row]]:
    return [list(same) for _, same in itertools.groupby(rows, key=lambda row: (row.start, row.end))]


def restated(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.previous is not None]


def between(row: Row) -> str:
    if row.start.month == row.end.month:
        return f"Between the evenings of {row.start.day} and {day(row.end)}"
    return f"Between the evenings of {day(row.start)} and {day(row.end)}"


# --- styles ----------------------------------------------------------------------------------------


def summary(rows: list[Row], rng: random.Random) -> str:
    """Both regions in one sentence, then both of the period before."""
    text = "Summary\n\n"
    for same in windows(rows):
        figures = [f"{some(row, rng)} in {row.region} region" for row in same]
        if len(same) == 2 and not same[1].violations:
            figures[1] = f"none in {same[1].region} region"
        text += f"{between(same[0])}, the SMM recorded {' and '.join(figures)}. "
        for row in same:
            if row.explosions:
                text += f"The figure for {row.region} region includes {bangs(row, rng)}. "
    before = restated(rows)
    if before:
        told = [f"{number(row.previous or 0, rng, none='none')} in {row.region} region" for row in before]
        text += f"In the {before[0].label}, it recorded {' and '.join(told)}."
    return text + "\n"


def by_region(rows: list[Row], rng: random.Random) -> str:
    """A paragraph for each region, with the words of the mission's own kind."""
    text = ""
    for region in dict.fromkeys(row.region for row in rows):
        for row in (r for r in rows if r.region == region):
            text += f"In {region} region, {between(row)[0].lower() + between(row)[1:]}, "
            text += f"the Mission recorded {some(row, rng)}"
            text += f", including {bangs(row, rng)}. " if row.explosions else ". "
        for row in restated([r for r in rows if r.region == region]):
            text += f"In the {row.label}, it recorded {some_before(row, rng)} in the region. "
        text += "\n\n"
    return text


def some_before(row: Row, rng: random.Random) -> str:
    return f"{number(row.previous or 0, rng)} ceasefire violation{'' if row.previous == 1 else 's'}"


def clocked(rows: list[Row], rng: random.Random) -> str:
    """A line that gives the window with its hours, then a list."""
    text = ""
    for same in windows(rows):
        first = same[0]
        text += (
            f"The following was recorded from 19:30 on {day(first.start)} to 19:30 on {day(first.end)} "
            f"{first.end.year} (all times are in Eastern European Time).\n\n"
        )
        for row in same:
            text += f"{row.region} region: {some(row, rng)}"
            text += f", of which {number(row.explosions, rng)} were explosions" if row.explosions else ""
            if row.previous is not None:
                text += f" ({row.label}: {number(row.previous, rng, none='none')})"
            text += ".\n"
        text += "\n"
    return text


def compared(rows: list[Row], rng: random.Random) -> str:
    """Each figure against that of the period before."""
    text = ""
    for same in windows(rows):
        text += f"{between(same[0])}, monitors registered "
        parts = []
        for row in same:
            part = f"{some(row, rng)} in {row.region} region"
            if row.previous is not None:
                part += f" (compared with {number(row.previous, rng, none='none')} in the {row.label})"
            parts.append(part)
        text += " and ".join(parts) + ". "
        for row in same:
            if row.explosions:
                text += f"Of those in {row.region} region, {number(row.explosions, rng)} "
                text += "was an explosion. " if row.explosions == 1 else "were explosions. "
    return text + "\n"


def trending(rows: list[Row], rng: random.Random) -> str:
    """Opens with the direction, as a mission's first line often does."""
    text = ""
    for same in windows(rows):
        for row in same:
            if row.previous is None:
                text += f"In {row.region} region, the Mission recorded {some(row, rng)}, "
                text += f"{between(row)[0].lower() + between(row)[1:]}. "
                continue
            more = "more" if row.violations > row.previous else "fewer"
            lead = f"The SMM recorded {more} ceasefire violations in {row.region} region"
            if row.violations == row.previous:
                lead = f"The SMM recorded as many ceasefire violations in {row.region} region"
            text += f"{lead} {between(row)[0].lower() + between(row)[1:]} "
            text += f"({number(row.violations, rng, none='none') if not row.at_least else some(row, rng)}"
            text += f", including {bangs(row, rng)}" if row.explosions else ""
            text += f") than in the {row.label} ({number(row.previous, rng, none='none')}). "
    return text + "\n"


def hours(rows: list[Row], rng: random.Random) -> str:
    """So many hours to the cut-off."""
    text = ""
    for same in windows(rows):
        row = same[0]
        text += f"In the {row.hours} hours to 19:30 on {day(row.end)}, the SMM counted "
        text += " and ".join(f"{some(r, rng)} in {r.region} region" for r in same) + ". "
        for r in same:
            if r.explosions:
                text += f"In {r.region} region there were {bangs(r, rng)} among them. "
    for row in restated(rows):
        text += f"For the {row.label} the figure for {row.region} region had been "
        text += f"{number(row.previous or 0, rng, none='zero')}. "
    return text + "\n"


def nothing(rows: list[Row], rng: random.Random) -> str:
    """Says of a quiet region outright that there was none; else as in :func:`by_region`."""
    text = ""
    for same in windows(rows):
        lead = f"{between(same[0])}, "
        if all(not row.violations for row in same):
            names = " or ".join(row.region for row in same)
            text += f"{lead}the SMM recorded no ceasefire violations in either {names} region. "
            continue
        for row in same:
            if row.violations:
                text += f"{lead}the SMM recorded {some(row, rng)} in {row.region} region"
                text += f", among them {bangs(row, rng)}. " if row.explosions else ". "
            else:
                text += f"{lead}no ceasefire violations were recorded in {row.region} region. "
    before = restated(rows)
    if before and all(not row.previous for row in before):
        names = " or ".join(row.region for row in before)
        return text + f"In the {before[0].label}, too, it recorded none in either {names} region.\n"
    for row in before:
        text += (
            f"In the {row.label}, the Mission had recorded {some_before(row, rng)} in {row.region} region. "
        )
    return text + "\n"


def as_of(rows: list[Row], rng: random.Random) -> str:
    """Names the cut-off in its head and no window below; where that would not do, the window after all."""
    last = max(row.end for row in rows)
    text = f"Based on information from the monitoring teams as of 19:30 {day(last)} {last.year}.\n\n"
    plain = len(windows(rows)) == 1 and rows[0].hours == 24
    for same in windows(rows):
        lead = "The Mission" if plain else f"{between(same[0])}, the Mission"
        text += (
            f"{lead} recorded {' and '.join(f'{some(row, rng)} in {row.region} region' for row in same)}. "
        )
        for row in same:
            if row.explosions:
                text += (
                    f"In {row.region} region, {bangs(row, rng)} {'was' if row.explosions == 1 else 'were'} "
                )
                text += "among them. "
    before = restated(rows)
    if before:
        text += f"The {before[0].label} had brought "
        text += (
            " and ".join(
                f"{number(row.previous or 0, rng, none='none')} in {row.region} region" for row in before
            )
            + "."
        )
    return text + "\n"


def passive(rows: list[Row], rng: random.Random) -> str:
    """Figures first, nobody acting."""
    text = ""
    for same in windows(rows):
        for row in same:
            verb = "was" if row.violations == 1 else "were"
            figure = some(row, rng)
            text += f"{figure[0].upper()}{figure[1:]} {verb} recorded in {row.region} region "
            text += f"{between(row)[0].lower() + between(row)[1:]}"
            text += f", {number(row.explosions, rng)} of them explosions" if row.explosions else ""
            if row.previous is not None:
                text += (
                    f"; in the {row.label}, {number(row.previous, rng, none='none')} had been recorded there"
                )
            text += ".\n"
    return text


def totals(rows: list[Row], rng: random.Random) -> str:
    """The sum over both regions first, then its parts."""
    text = ""
    for same in windows(rows):
        parts = " and ".join(
            f"{number(row.violations, rng, none='none')} in {row.region} region" for row in same
        )
        exact = len(same) == 2 and not any(row.at_least for row in same)
        if exact:
            whole = same[0]._replace(violations=sum(row.violations for row in same))
            text += f"{between(same[0])}, the SMM recorded {some(whole, rng)} in all: {parts}. "
        else:
            text += f"{between(same[0])}, the SMM recorded "
            text += " and ".join(f"{some(row, rng)} in {row.region} region" for row in same) + ". "
        told = [row for row in same if row.explosions]
        if told:
            text += "These included "
            text += " and ".join(f"{bangs(row, rng)} in {row.region} region" for row in told) + ". "
    before = restated(rows)
    if before:
        text += f"In the {before[0].label} the numbers were "
        text += " and ".join(
            f"{number(row.previous or 0, rng, none='zero')} for {row.region} region" for row in before
        )
        text += ". "
    return text + "\n"


def bullets(rows: list[Row], rng: random.Random) -> str:
    """A list under headings."""
    text = ""
    for same in windows(rows):
        row = same[0]
        text += f"Reporting period: 19:30, {day(row.start)} - 19:30, {day(row.end)} {row.end.year}\n\n"
        for row in same:
            text += f"{row.region} region\n- Ceasefire violations: "
            text += ("at least " if row.at_least else "") + f"{row.violations:,}\n"
            text += f"- Explosions: {row.explosions:,}\n" if row.explosions else ""
            if row.previous is not None:
                text += f"- {row.label.capitalize()}: {row.previous:,}\n"
            text += "\n"
    return text


STYLES: tuple[Style, ...] = (
    summary, by_region, clocked, compared, trending, hours, nothing, as_of, passive, totals, bullets,
)  # fmt: skip

ASIDES = (
    "Near the disengagement area close to Zolote, the Mission heard {few} shots, assessed as outside "
    "the area.",
    "An unmanned aerial vehicle of the Mission spotted {few} tanks in violation of withdrawal lines in a "
    "government-controlled area near Berezove, Donetsk region.",
    "The Mission's freedom of movement continued to be restricted, including at a checkpoint of the armed "
    "formations near Olenivka, Donetsk region.",
    "The SMM facilitated repairs to a water pipeline near Zolote, Luhansk region, and monitored {few} "
    "localized ceasefires.",
    "Since 27 July 2020, the SMM has recorded {many} ceasefire violations in both regions.",
    "The Mission followed up on reports of {few} civilian casualties in Donetsk region.",
)


def told(rows: list[Row], style: Style, *, seed: int = 7) -> tuple[str, str]:
    """A report of the mission as title and text, with asides that hold other numbers."""
    rng = random.Random(f"{seed}{rows[0].number}{style.__name__}")  # noqa: S311
    issued = rows[0].issued
    title = f"Daily Report {rows[0].number} issued on {issued.day} {issued:%B %Y}"
    asides = [
        aside.format(few=rng.choice(SMALL[2:]), many=f"{rng.randrange(13000, 90000):,}")
        for aside in rng.sample(ASIDES, 3)
    ]
    return f"{HEAD} {title}", f"{HEAD}\n{title}\n\n{style(rows, rng).strip()}\n\n" + "\n\n".join(
        asides
    ) + "\n"


def read(rows: list[Row], style: Style, *, seed: int = 7) -> list[Entry]:
    """A report in words, read by the real reader."""
    title, text = told(rows, style, seed=seed)
    data = text.encode()
    made: Document = document(text, published=rows[0].issued.isoformat())
    report = Report(
        id=f"smm-{rows[0].number}",
        data=data,
        media_type="text/plain",
        origin=f"smm-{rows[0].number}.txt",
        sha256=made.report.sha256,
        publisher="OSCE SMM",
        published=rows[0].issued,
        title=title,
    )
    reading = process(report)
    return [Entry(claim=c, report=reading.document.report, recorded=RECORDED) for c in reading.claims]


def all_read(reports: list[list[Row]], style: Style, *, seed: int = 7) -> Iterator[Entry]:
    for rows in reports:
        yield from read(rows, style, seed=seed)
