"""Histories: what is told from the time the story has come to, not from the day of publication."""

import pytest

from tests.reading import document
from trucewatch.annotations import dates
from trucewatch.model import Annotations

BEFORE = "The pact of 1911 failed, as did those of 1912, 1913 and 1914. War came in 1915 and peace in 1919. "


def values(text: str) -> list[str]:
    """The values of the dates of a history, published long after, whose opening names six old years."""
    found = dates.annotate(document(BEFORE + text, published="2009-06-30"), Annotations())
    return [date.value for date in found.dates][6:]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In May 1916 the town was taken. In June it was lost.", ["1916-05", "1916-06"]),
        ("The town fell on 3 May 1916. On 9 July it was freed.", ["1916-05-03", "1916-07-09"]),
        ("The town fell on 3 May 1916. The following day it burned.", ["1916-05-03", "1916-05-04"]),
        ("The town fell on 3 May 1916. Two days later it burned.", ["1916-05-03", "1916-05-05"]),
        ("The town fell on 3 May 1916 and burned that night.", ["1916-05-03", "1916-05-03TNI"]),
        ("The town fell in May 1916. By the end of the month it burned.", ["1916-05", "1916-05"]),
        ("The town fell in 1916. The previous year had been calm.", ["1916", "1915"]),
        ("The town fell in 1916. It had been calm in the spring.", ["1916", "1916-SP"]),
        ("The town fell in the spring of 1916. In May it burned.", ["1916-SP", "1916-05"]),
        ("The town fell on 3 May 1916. It burned at 10:30.", ["1916-05-03", "1916-05-03T10:30"]),
        ("In 1916 the town fell, on 3 May of that year.", ["1916", "1916-05-03"]),
        ("The town fell in December 1916. In January it was freed.", ["1916-12", "1917-01"]),
        ("The town fell in December 1916. It had been calm in July.", ["1916-12", "1916-07"]),
        ("The town fell in December 1916. Over the winter it starved.", ["1916-12", "1917-WI"]),
        (
            "The town fell on 3 May 1916. It had been walled in November 1915. On 9 July it burned.",
            ["1916-05-03", "1915-11", "1916-07-09"],
        ),
        ("The town fell in July 1916. The next spring it was freed.", ["1916-07", "1917-SP"]),
        (
            "The town fell on 3 May 1916. A bridge was planned for 1918. On 9 May it burned.",
            ["1916-05-03", "1918", "1916-05-09"],
        ),
        (
            "The town fell on 3 May 1916. By the pact (1913) it was free. On 9 May it burned.",
            ["1916-05-03", "1913", "1916-05-09"],
        ),
        (
            "The town fell in December 1916, the worst of 1916. In January it was freed.",
            ["1916-12", "1916", "1917-01"],
        ),
        ("The town fell in 1916. The former mayor fled.", ["1916", "PAST_REF"]),
        ("The pact of 1916 forbade future wars.", ["1916", "FUTURE_REF"]),
    ],
)
def test_a_history_is_told_from_the_time_it_has_come_to(text: str, told: list[str]) -> None:
    assert values(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The siege (14-24 August 1916) failed.", ["1916-08-14", "1916-08-24"]),
        ("The siege of July 1 to July 3, 1916, failed.", ["1916-07-01", "1916-07-03"]),
        ("The siege of 14 August-2 September 1916 failed.", ["1916-08-14", "1916-09-02"]),
        ("They yielded on May 4 and 5, 1916.", ["1916-05-04", "1916-05-05"]),
    ],
)
def test_the_two_ends_of_a_range_are_two_dates_of_a_history(text: str, told: list[str]) -> None:
    assert values(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In 216 BC the city fell. Two years later it was freed.", ["BC0216", "BC0214"]),
        ("In 216 BC the city fell. The following year it was freed.", ["BC0216", "BC0215"]),
        ("In 216 BC the city fell. In August it burned.", ["BC0216", "BC0216-08"]),
        ("In 216 BC the city fell. By the end of the year it was empty.", ["BC0216", "BC0216"]),
        ("The city fell on 2 August 216 BC and burned in the summer.", ["BC0216-08-02", "BC0216-SU"]),
        ("The summer of 216 BC was dry, as was late 215 BC.", ["BC0216-SU", "BC0215"]),
        ("The city was founded in the 9th century BC.", ["BC08"]),
    ],
)
def test_a_history_may_be_told_of_the_years_before_christ(text: str, told: list[str]) -> None:
    ancient = "The wars of 264 BC, 241 BC, 238 BC, 229 BC, 225 BC and 219 BC were long. "
    found = dates.annotate(document(ancient + text, published="2009-06-30"), Annotations())
    assert [date.value for date in found.dates][6:] == told


def test_news_that_recalls_the_past_is_no_history() -> None:
    text = BEFORE + "On Monday and Tuesday shells fell again. They will meet in July."
    found = dates.annotate(document(text, published="2009-06-30"), Annotations())
    assert [date.value for date in found.dates][-3:] == ["2009-06-29", "2009-06-30", "2009-07"]
