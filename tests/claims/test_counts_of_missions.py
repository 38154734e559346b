"""What a mission's daily report says of its figures: regions, windows, parts, and restated figures.

The figures of the last test are those of the public daily reports; its sentences are our own.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations import annotate
from trucewatch.claims.counts import read
from trucewatch.model import Count

HEAD = """Tarn Valley Monitoring Mission (TVMM)
Daily Report 41/2031, 16 May 2031

"""
WINDOW = "Window: 18:00 on 14 May to 18:00 on 15 May.\n\n"
FACTS = Path("/work/shared/data/smm/smm_daily_facts.csv")


class Figure(NamedTuple):
    """What is asked of a figure: its value, measure, region, the end of its window, restated or not."""

    value: object
    measure: str = "violations"
    region: str | None = None
    end: str | None = "2031-05-15"
    previous: bool = False


def counts(text: str, *, published: str = "2031-05-16") -> list[Count]:
    doc = document(text, published=published)
    return list(read(doc, annotate(doc)))


def figures(text: str, *, published: str = "2031-05-16") -> list[Figure]:
    return [
        Figure(
            c.low,
            c.measure.removeprefix("ceasefire_"),
            c.place.name if c.place else None,
            c.time.end if c.time else None,
            c.previous,
        )
        for c in counts(text, published=published)
    ]


def regions(text: str) -> list[tuple[object, str | None]]:
    return [(f.value, f.region) for f in figures(HEAD + WINDOW + text)]


def test_what_others_say_is_not_the_missions() -> None:
    (count,) = counts("The Tarn Valley Monitoring Mission counted 12 truce violations in Arda region.")
    assert [v.source for v in count.said_by] == ["Tarn Valley Monitoring Mission"]


def test_a_mission_speaks_for_itself_in_its_own_report() -> None:
    for count in counts(HEAD + WINDOW + "Arda region: 12 truce violations. Borda region brought nine."):
        assert (count.observer and count.observer.name, count.said_by) == (
            "Tarn Valley Monitoring Mission",
            (),
        )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Mission logged 12 truce violations in Arda region. For "
            "Borda region it registered 9 violations.",
            [(12, "Arda region"), (9, "Borda region")],
        ),
        (
            "In Arda region the monitors logged 12 breaches of the truce and in Borda region nine.",
            [(12, "Arda region"), (9, "Borda region")],
        ),
        (
            "Arda region brought 12 truce violations. Borda region accounted for nine.",
            [(12, "Arda region"), (9, "Borda region")],
        ),
        ("Arda region: 12 truce violations.\nBorda region: 9.", [(12, "Arda region"), (9, "Borda region")]),
        (
            "Arda province saw 12 truce violations, Borda province nine.",
            [(12, "Arda province"), (9, "Borda province")],
        ),
        (
            "There were 12 truce violations in the Republic of Varenia and nine in Northern sector.",
            [(12, "Republic of Varenia"), (9, "Northern sector")],
        ),
        (
            "The Mission noted 12 truce violations, including four explosions, in Hudaydah governorate.",
            [(12, "Hudaydah governorate"), (4, "Hudaydah governorate")],
        ),
        (
            "The Mission noted 12 and nine truce violations in Arda and Borda regions respectively.",
            [(12, "Arda region"), (9, "Borda region")],
        ),
        (
            "Arda region. The Mission noted 12 truce violations. Of these, five were explosions.",
            [(12, "Arda region"), (5, "Arda region")],
        ),
        (
            "In Arda region there were 12 truce violations. In the "
            "previous reporting period there had been 9 there.",
            [(12, "Arda region"), (9, "Arda region")],
        ),
        (
            "The Mission noted four truce violations in Arda and none in Borda region.",
            [(4, "Arda"), (0, "Borda region")],
        ),
        (
            "While Borda region stayed calm, the Mission recorded 12 truce violations in Arda region.",
            [(12, "Arda region")],
        ),
        (
            "Near Halm, Borda region, the Mission recorded two of the truce violations.",
            [(2, "Halm")],
        ),
    ],
)
def test_the_region_named_in_a_figures_own_clause_wins(text: str, expected: list[tuple[object, str]]) -> None:
    assert regions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In Arda region, unlike in Borda region, the Mission recorded 12 truce violations.",
        "The Mission logged four truce violations in Arda region and "
        "seven in Borda region. It logged 12 on foot.",
        "Arda region was hit by storms, Borda region too. The teams logged 12 truce violations.",
        "In Arda region there were 4 truce violations. Teams also "
        "drove to Borda region to talk. They logged 12.",
        "In Arda region there were 4 truce violations. The total was 12.",
    ],
)
def test_where_regions_compete_a_figure_gets_none(text: str) -> None:
    assert [region for value, region in regions(text) if value == 12] in ([None], [])


@pytest.mark.parametrize(
    "text",
    [
        "Close to the disengagement area near Halm there were 12 violations, ten of them explosions.",
        "Near Halm the Mission counted 12 violations, including 10 explosions.",
    ],
)
def test_a_tally_near_a_village_never_stands_for_its_region(text: str) -> None:
    found = regions("Arda region: 200 truce violations.\n\n" + text)
    assert found[1:] == [(12, "Halm"), (10, "Halm")]


@pytest.mark.parametrize(
    "part",
    [
        ", including 8 explosions",
        ", 8 of them explosions",
        "; 8 of these were explosions",
        ", of which 8 were explosions",
        ", 8 of which were explosions",
        ", explosions accounting for 8 of them",
        ", among them eight explosions",
        ", eight of the violations being explosions",
        ". Of these, 8 were explosions",
        ". Eight of them were explosions",
        " (explosions: 8)",
    ],
)
def test_explosions_among_the_violations_have_their_region_and_window(part: str) -> None:
    text = (
        f"Between the evenings of 14 and 15 May the Mission logged 40 truce violations in Arda region{part}."
    )
    assert figures(HEAD + text) == [
        Figure(40, region="Arda region"),
        Figure(8, "explosions", region="Arda region"),
    ]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (" In the previous reporting period the figure for that region had been 30.", None),
        (" The figure had been 30 in the previous reporting period.", None),
        (" In the previous reporting period it had recorded 30.", None),
        (" In the preceding reporting period there had been thirty.", None),
        (" (previous reporting period: 30)", None),
        ("; the previous 24 hours had brought 30", "2031-05-13"),
        (" For the previous 24 hours the Mission gives 30.", "2031-05-13"),
        (", compared with 30 in the previous reporting period", None),
        (", up from 30 one period earlier", None),
        (", against 30 in the preceding period", None),
        (". The previous reporting period's figure was 30.", None),
    ],
)
def test_a_figure_of_the_period_before_ends_as_the_window_begins(text: str, start: str | None) -> None:
    lead = "The Mission logged 40 truce violations in Arda region" + (
        "." if text[:2] in (" I", " T", " F") else ""
    )
    found = counts(HEAD + WINDOW + lead + text)
    assert [(c.low, c.previous, c.place and c.place.name) for c in found] == [
        (40, False, "Arda region"),
        (30, True, "Arda region"),
    ]
    assert found[1].time is not None
    assert (found[1].time.start, found[1].time.end) == (start, "2031-05-14")
    assert found[1].period == ("PT24H" if start else None)


@pytest.mark.parametrize(
    "lead",
    [
        "Compared with 30 in the previous reporting period, the "
        "Mission logged 40 truce violations in Arda region.",
        "Up from 30 in the previous reporting period, 40 truce violations were logged in Arda region.",
        "More truce violations than in the previous reporting period "
        "were logged in Arda region: 40, up from 30.",
    ],
)
def test_the_figure_of_now_is_not_the_one_it_is_set_against(lead: str) -> None:
    found = {c.low: c.previous for c in counts(HEAD + WINDOW + lead)}
    assert found == {30: True, 40: False}


@pytest.mark.parametrize(
    "window",
    [
        "Between the evenings of 14 and 15 May",
        "From 18:00 on 14 May until 18:00 on 15 May",
        "Between 18:00 on 14 and 18:00 on 15 May",
        "From the evening of 14 May to the evening of 15 May",
        "In the 24 hours to the evening of 15 May",
        "In the 24 hours ending at 18:00 on 15 May",
        "During the twenty-four hours to 18:00 on 15 May",
    ],
)
def test_a_window_stated_once_holds_for_the_figures_after_it(window: str) -> None:
    text = (
        f"{window} the Mission logged 40 truce violations in Arda "
        f"region. Borda region brought nine, two of them explosions."
    )
    for count in counts(HEAD + text):
        assert count.time is not None
        assert (count.time.start, count.time.end) == ("2031-05-14", "2031-05-15")


def test_the_hours_to_the_cut_off_are_counted_back_from_it() -> None:
    text = (
        "Cut-off: 18:00 on 15 May.\n\nIn the 24 hours before the "
        "cut-off the Mission logged 40 truce violations."
    )
    (count,) = counts(HEAD + text)
    assert count.time is not None
    assert (count.time.start, count.time.end, count.period) == ("2031-05-14", "2031-05-15", "PT24H")


def test_a_day_of_issue_is_no_window() -> None:
    text = "Tarn Valley Monitoring Mission\nIssued on 16 May 2031\n\nArda region: 40 truce violations."
    assert [f.end for f in figures(text)] == [None]


def test_an_earlier_window_of_two_evenings_is_restated_and_two_evenings_long() -> None:
    text = (
        "Arda region: 40 truce violations. "
        "Between the evenings of 12 and 14 May there were 416 truce "
        "violations in Arda region and 35 in Borda region."
    )
    found = counts(HEAD + WINDOW + text)
    assert [(c.low, c.place and c.place.name, c.previous, c.period) for c in found] == [
        (40, "Arda region", False, None),
        (416, "Arda region", True, "PT48H"),
        (35, "Borda region", True, "PT48H"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Mission recorded no truce violations in Arda region.", [(0, "Arda region")]),
        (
            "The Mission recorded four truce violations in Arda region and none in Borda region.",
            [(4, "Arda region"), (0, "Borda region")],
        ),
        (
            "The Mission recorded no truce violations in either Arda or Borda region.",
            [(0, "Arda or Borda region")],
        ),
        ("In Arda region the Mission did not record a single truce violation.", [(0, "Arda region")]),
        ("The Mission did not record any truce violations in Arda region.", [(0, "Arda region")]),
    ],
)
def test_none_is_a_zero_of_its_region(text: str, expected: list[tuple[object, str]]) -> None:
    assert regions(text) == expected


def test_neither_region_is_a_zero_of_both() -> None:
    text = (
        "Teams drove through Arda region and Borda region. In neither region did they note truce violations."
    )
    assert regions(text) == [(0, "Arda and Borda region")]


@pytest.mark.parametrize(
    "text",
    [
        "In Arda region the truce violations wounded a man who was 45.",
        "Teams in Arda region saw truce violations. The number of patrols was 45.",
        "In Arda region truce violations were heard by a patrol whose leader was 45.",
    ],
)
def test_what_is_no_tally_is_not_taken_for_one(text: str) -> None:
    assert 45 not in [value for value, _ in regions(text)]


def test_a_report_number_is_no_count() -> None:
    assert regions("In Arda region nothing of Daily Report 40/2031 changed after the truce violations.") == []


WORDS = (
    "Arda region Borda region: the Mission recorded 12 truce "
    "violations in for and none of them were explosions , . "
    "previous reporting period the 24 hours to 15 May between "
    "evenings of 14 compared with there that region no ( ) ;"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_any_run_of_a_reports_words_gives_regions_that_it_names(words: list[str]) -> None:
    text = HEAD + "Truce violations. " + " ".join(words)
    for count in counts(text):
        assert 0 <= count.evidence[0] < count.evidence[1] <= len(text)
        assert count.place is None or count.place.text in text


# --- the real figures -----------------------------------------------------------------------------------

SMALL = dict(enumerate("no one two three four five six seven eight nine ten eleven twelve".split()))


class Row(NamedTuple):
    region: str
    now: int
    bangs: int | None
    before: int | None
    hours: bool


class Page(NamedTuple):
    start: dt.date
    end: dt.date
    rows: list[Row]


def pages() -> Iterator[Page]:
    with FACTS.open(encoding="utf8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["violations"] and row["relation"] == "exact"]
    for _, group in itertools.groupby(rows, key=lambda row: row["period_end"]):
        both = list(group)
        if not both[0]["period_start"]:
            continue
        yield Page(
            start=dt.date.fromisoformat(both[0]["period_start"][:10]),
            end=dt.date.fromisoformat(both[0]["period_end"][:10]),
            rows=[
                Row(
                    f"{row['region']} region",
                    int(row["violations"]),
                    int(row["explosions"]) if row["explosions"] else None,
                    int(row["previous_violations"]) if row["previous_violations"] else None,
                    row["previous_label"] == "previous 24 hours",
                )
                for row in both
            ],
        )


def day(date: dt.date) -> str:
    return f"{date.day} {date:%B}"


def number(value: int, rng: random.Random) -> str:
    return SMALL[value] if value in SMALL and (value == 0 or rng.random() < 0.6) else f"{value:,}"


def violations(value: int, rng: random.Random, noun: str = "ceasefire violation") -> str:
    return f"{number(value, rng)} {noun}{'' if value == 1 else 's'}"


def earlier(row: Row) -> str:
    return "previous 24 hours" if row.hours else "previous reporting period"


def clocked(page: Page, rng: random.Random) -> str:
    lines = [f"Window: 19:30 on {day(page.start)} to 19:30 on {day(page.end)}.\n"]
    for row in page.rows:
        lines.append(f"{row.region}. The Mission noted {violations(row.now, rng)}")
        lines[-1] += f", including {violations(row.bangs, rng, 'explosion')}." if row.bangs else "."
        if row.before:
            lines[-1] += f" In the {earlier(row)} it had noted {number(row.before, rng)}."
        lines[-1] += "\n"
    return "\n".join(lines)


def told(page: Page, rng: random.Random) -> str:
    text = f"Between the evenings of {day(page.start)} and {day(page.end)} the monitors logged"
    for place, row in enumerate(page.rows):
        text += f" {violations(row.now, rng)} in {row.region}" if not place else ""
        text += f"For {row.region} they logged {violations(row.now, rng, 'violation')}" if place else ""
        text += f", {number(row.bangs, rng)} of them explosions" if row.bangs else ""
        text += f", compared with {number(row.before, rng)} in the {earlier(row)}" if row.before else ""
        text += ". "
    return text


def listed(page: Page, rng: random.Random) -> str:
    text = f"This covers the time from 19:30 on {day(page.start)} until 19:30 on {day(page.end)}.\n\n"
    for row in page.rows:
        text += f"{row.region}: {violations(row.now, rng)}"
        text += f", of which {number(row.bangs, rng)} were explosions" if row.bangs else ""
        text += f" ({earlier(row)}: {number(row.before, rng)})" if row.before else ""
        text += ".\n"
    return text


def brought(page: Page, rng: random.Random) -> str:
    text = f"The figures are for the evening of {day(page.start)} to the evening of {day(page.end)}.\n\n"
    text = text.replace("are for the", "run from the")
    for row in page.rows:
        text += f"{row.region} brought {violations(row.now, rng)}"
        text += f", explosions accounting for {number(row.bangs, rng)} of them" if row.bangs else ""
        text += ". "
        if row.before:
            text += f"The figure had been {number(row.before, rng)} in the {earlier(row)}.\n\n"
    return text


def hours(page: Page, rng: random.Random) -> str:
    length = 24 * (page.end - page.start).days
    text = f"In the {length} hours to 19:30 on {day(page.end)} the SMM registered"
    for place, row in enumerate(page.rows):
        lead = (
            f" and {number(row.now, rng) if row.now else 'none'}" if place else f" {violations(row.now, rng)}"
        )
        text += f"{lead} in {row.region}"
    text += ". "
    for row in page.rows:
        if row.bangs:
            text += f"In {row.region} there were {violations(row.bangs, rng, 'explosion')}. "
    for row in page.rows:
        if row.before:
            text += f"For the {earlier(row)} the Mission gives {number(row.before, rng)} for {row.region}. "
    return text


def fronted(page: Page, rng: random.Random) -> str:
    text = f"Cut-off: 19:30 on {day(page.end)}. The window opened at 19:30 on {day(page.start)}.\n\n"
    text = f"All numbers hold from 19:30 on {day(page.start)} to 19:30 on {day(page.end)}.\n\n"
    for row in page.rows:
        text += f"In {row.region} there were {violations(row.now, rng)}. "
        if row.bangs:
            text += (
                f"Of these, {number(row.bangs, rng)} "
                f"{'was an explosion' if row.bangs == 1 else 'were explosions'}. "
            )
        if row.before:
            text += f"In the {earlier(row)} there had been {number(row.before, rng)} there. "
    return text


def joined(page: Page, rng: random.Random) -> str:
    text = f"Between 19:30 on {day(page.start)} and 19:30 on {day(page.end)} the Mission's teams counted "
    text += " and ".join(f"{violations(row.now, rng)} in {row.region}" for row in page.rows) + ". "
    for row in page.rows:
        if row.before:
            text += f"{row.region} had seen {number(row.before, rng)} in the {earlier(row)}. "
        if row.bangs:
            text += f"Explosions in {row.region}: {row.bangs}. "
    return text


TEMPLATES: tuple[Callable[[Page, random.Random], str], ...] = (
    clocked, told, listed, brought, hours, fronted, joined,
)  # fmt: skip


def wanted(page: Page) -> Iterator[Figure]:
    for row in page.rows:
        yield Figure(row.now, "violations", row.region, page.end.isoformat())
        if row.bangs:
            yield Figure(row.bangs, "explosions", row.region, page.end.isoformat())
        if row.before:
            yield Figure(row.before, "violations", row.region, page.start.isoformat(), previous=True)


@pytest.mark.skipif(not FACTS.exists(), reason="the table of real figures is not at hand")
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_real_figures_come_back_from_words(template: Callable[[Page, random.Random], str]) -> None:
    rng = random.Random(7)  # noqa: S311
    right, asked, strays = 0, 0, []
    for page in pages():
        issued = page.end + dt.timedelta(days=1)
        head = (
            f"OSCE Special Monitoring Mission to Ukraine (SMM)\nDaily "
            f"Report of {day(issued)} {issued.year}\n\n"
        )
        text = head + template(page, rng)
        found, want = figures(text, published=issued.isoformat()), list(wanted(page))
        asked += len(want)
        for figure in want:
            right += figure in found
        known = {(f.value, f.measure, f.region, f.previous) for f in want}
        strays += [
            (text, f) for f in found if f.region and (f.value, f.measure, f.region, f.previous) not in known
        ]
    assert strays == []
    assert right / asked >= 0.98
