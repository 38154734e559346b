import datetime as dt
import itertools
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading import document
from trucewatch.annotations import calendar, dates
from trucewatch.model import Annotations, DateMention

SUNDAY = dt.date(2022, 2, 20)


def marks(text: str, published: dt.date | None = SUNDAY) -> Annotations:
    return dates.annotate(
        document(text, published=published.isoformat() if published else None), Annotations()
    )


def date(text: str, published: dt.date | None = SUNDAY) -> DateMention:
    (found,) = marks(text, published).dates
    return found


def window(text: str, published: dt.date | None = SUNDAY) -> tuple[str | None, str | None]:
    found = date(text, published)
    return found.start, found.end


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The council met on Saturday.", "2022-02-19"),
        ("The two spoke this Sunday.", "2022-02-20"),
        ("They spoke Sunday.", "2022-02-20"),
        ("Shelling was heard last Friday.", "2022-02-18"),
        ("It fell on Thursday night.", "2022-02-17"),
        ("The envoys will meet on Friday.", "2022-02-25"),
        ("On Friday the envoys will meet.", "2022-02-25"),
        ("The statement will be signed by us in Rivena on Tuesday.", "2022-02-22"),
        ("He is to arrive next Monday.", "2022-02-21"),
        ("Saturdays shelling killed nobody.", "2022-02-19"),
        ("It happened yesterday evening.", "2022-02-19"),
        ("The convoy leaves tomorrow.", "2022-02-21"),
        ("The mission left two days ago.", "2022-02-18"),
        ("The post was hit on 18 February.", "2022-02-18"),
        ("The post was hit on Feb. 18.", "2022-02-18"),
        ("The post was hit on December 30.", "2021-12-30"),
        ("The post was hit on Friday, February 18, 2022.", "2022-02-18"),
        ("The agreement of 24.07.2016 holds.", "2016-07-24"),
        ("The agreement of 2016-07-24 holds.", "2016-07-24"),
        ("The corridor opened the day before.", "2022-02-19"),
        ("The day after tomorrow the convoy leaves.", "2022-02-22"),
        ("The truce was broken on the 15th.", "2022-02-15"),
        ("Both armies rested on Christmas Eve.", "2021-12-24"),
        ("The guns fell silent on New Year's Eve.", "2021-12-31"),
        ("The governor was freed last Thanksgiving.", "2021-11-25"),
        ("The bridge will open on March 9.", "2022-03-09"),
        ("The envoys will honour the accord of February 9.", "2022-02-09"),
        ("The line was to open as planned on Friday.", "2022-02-18"),
        ("The permit had been due to lapse on Friday.", "2022-02-18"),
        ("The permit is due to lapse on Friday.", "2022-02-25"),
        ("The general wants to leave the town his men tore apart on Friday.", "2022-02-18"),
        ("The envoy will succeed the general on Friday.", "2022-02-25"),
        ("The toll would be paid at a newly repaired gate on Friday.", "2022-02-25"),
        ("The truce expires on Friday.", "2022-02-25"),
        ("They drew up a pact to be signed on Friday.", "2022-02-25"),
        ("Ahead of Friday's vote the streets were calm.", "2022-02-25"),
        ("The road was open through Friday.", "2022-02-18"),
        ("The envoy extended the truce through Friday.", "2022-02-25"),
        ("The day before last Tuesday it rained.", "2022-02-14"),
    ],
)
def test_a_day_is_resolved_against_the_day_of_publication(text: str, day: str) -> None:
    assert window(text) == (day, day)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("It was signed last week.", "2022-02-07", "2022-02-13"),
        ("They meet in the coming days.", "2022-02-20", None),
        ("They meet in the coming hours.", "2022-02-20", "2022-02-21"),
        ("Fire has grown in recent days.", None, "2022-02-20"),
        ("Two fell earlier this month.", "2022-02-01", "2022-02-20"),
        ("The law takes effect later this year.", "2022-02-20", "2022-12-31"),
        ("The war has gone on since 2014.", "2014", None),
        ("The war since it broke out in 2014 has no winner.", "2014", None),
        ("The answer is due by Friday.", None, "2022-02-25"),
        ("It counted between the evenings of 17 and 18 February.", "2022-02-17", "2022-02-18"),
        ("The truce will hold from 3 to 5 May.", "2022-05-03", "2022-05-05"),
        ("The talks of May 3-5, 2022 failed.", "2022-05-03", "2022-05-05"),
        ("It rose in January.", "2022-01-01", "2022-01-31"),
        ("It rose in early January.", "2022-01-01", "2022-01-10"),
        ("It fell last year.", "2021-01-01", "2021-12-31"),
        ("Nothing fell over the past two days.", "2022-02-18", "2022-02-20"),
        ("It counted 12 in the past 48 hours.", "2022-02-18", "2022-02-20"),
        ("The port was hit overnight.", "2022-02-19", "2022-02-20"),
        ("The envoys will report in two weeks.", "2022-03-06", "2022-03-06"),
        ("Based on data as of 19:30 on 18 February.", None, "2022-02-18"),
        ("It lasted through the 1990s.", "1990", "1999"),
    ],
)
def test_a_window_keeps_its_open_ends(text: str, start: str | None, end: str | None) -> None:
    assert window(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was signed last week.", "2022-W06"),
        ("The summer of 2021 was calm.", "2021-SU"),
        ("The third quarter of 2021 was calm.", "2021-Q3"),
        ("It is now quiet.", "PRESENT_REF"),
        ("They will talk in the near future.", "FUTURE_REF"),
        ("It flared recently.", "PAST_REF"),
        ("The clock struck 19:30 on 18 February.", "2022-02-18T19:30"),
        ("They talked until approximately 2:00 am on Friday.", "2022-02-18T02:00"),
        ("It fell on Thursday morning.", "2022-02-17TMO"),
        ("The 19th century was long.", "18"),
        ("It was quiet through the 1990s.", "199"),
        ("They met in the sixties.", "196"),
        ("The raid came on the night of Friday, 18 February.", "2022-02-18TNI"),
        ("The raid came in the early hours of Thursday.", "2022-02-17TMO"),
        ("The raid came at noon Thursday.", "2022-02-17T12:00"),
        ("The guns fell silent at 9 p.m. Thursday.", "2022-02-17T21:00"),
        ("The fund will run dry in five years.", "2027"),
        ("The fund will run dry within five years.", "P5Y"),
        ("The patrols return two weeks from now.", "2022-W09"),
        ("They were shelled this past weekend.", "2022-W06-WE"),
        ("They will rest before the weekend.", "2022-W07-WE"),
        ("Prices rose over the year.", "2022"),
        ("The court may sit again later in the year.", "2022"),
        ("The budget runs out at year-end.", "2022-12-31"),
        ("The vote was postponed until Friday.", "2022-02-25"),
        ("The siege lasted until Friday.", "2022-02-18"),
        ("The envoy was killed next to his car on Friday.", "2022-02-18"),
        ("The 2021 elections were calm.", "2021"),
        ("The envoys will meet this coming Friday.", "2022-02-25"),
        ("The post was hit on Christmas night.", "2021-12-25TNI"),
        ("The current quarter is dry.", "2022-Q1"),
        ("The latest quarter was dry.", "2021-Q4"),
        ("The last half of 2021 was calm.", "2021-H2"),
        ("Last year's fourth quarter was calm.", "2021-Q4"),
        ("The 2021 third quarter was calm.", "2021-Q3"),
        ("The 2021 summer was hot.", "2021-SU"),
        ("The mission came in nineteen ninety-six.", "1996"),
        ("The year two thousand was calm.", "2000"),
        ("These days it is calm.", "PRESENT_REF"),
        ("The week of February 9 was calm.", "2022-W06"),
        ("The current talks are dull.", "PRESENT_REF"),
        ("The war will one day end.", "FUTURE_REF"),
        ("They will talk at a later date.", "FUTURE_REF"),
        ("The prior year was calm.", "2021"),
        ("Prices have doubled since year-end.", "2021-12-31"),
        ("By the end of the decade it was rebuilt.", "202"),
        ("The summer of '98 was calm.", "1998"),
        ("The post-1995 order held.", "1995"),
        ("1995's third quarter was calm.", "1995-Q3"),
        ("The wages will rise in the fourth quarter.", "2022-Q4"),
        ("The wages rose in the fourth quarter.", "2021-Q4"),
        ("The raid came at eight o'clock.", "2022-02-20T08:00"),
        ("The raid came in the early morning hours of 18 February.", "2022-02-18TMO"),
        ("The fund was extended through May.", "2022-05"),
        ("A few weeks later it fell.", "FUTURE_REF"),
        ("It had been agreed months earlier.", "PAST_REF"),
    ],
)
def test_values_are_written_as_timex3_writes_them(text: str, value: str) -> None:
    assert date(text).value == value


@pytest.mark.parametrize(
    ("text", "value", "start", "end"),
    [
        ("It rose in the last week of August 2021.", "P1W", "2021-08-25", "2021-08-31"),
        ("It rose in the second week of August 2021.", "P1W", "2021-08-08", "2021-08-14"),
        ("It rose in the first ten months of 2021.", "P10M", "2021-01-01", "2021-10-31"),
    ],
)
def test_a_stretch_of_a_month_or_year_is_a_length_with_its_days(
    text: str, value: str, start: str, end: str
) -> None:
    assert date(text).value == value
    assert window(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It fell in the third quarter from a year earlier.", ["2021-Q3", "2020-Q3"]),
        ("The third quarter was calm, the year-ago period was not.", ["2021-Q3", "2020-Q3"]),
        (
            "The third quarter was calm, unlike the second quarter or a year ago.",
            ["2021-Q3", "2021-Q2", "2020-Q3"],
        ),
        ("The third quarter was calm, the quarter-to-quarter rise small.", ["2021-Q3"]),
        ("They met on 4 February 2022. The following Friday they parted.", ["2022-02-04", "2022-02-11"]),
        ("They met on 4 February 2022. The previous Monday it rained.", ["2022-02-04", "2022-01-31"]),
        ("In 1995 they met. Two years before, they had fought.", ["1995", "1993"]),
        ("The third quarter was calm. The latest period counts twice.", ["2021-Q3", "2021-Q3"]),
        ("It was calm in April and June 1995.", ["1995-04", "1995-06"]),
        ("The quarter ended Sept. 30 was calm.", ["2021-Q3", "2021-09-30"]),
        ("In 1995 they met and the following year they parted.", ["1995", "1996"]),
        ("They met in March 1995 and parted later that month.", ["1995-03", "1995-03"]),
        ("In the years 1955-1957 they fought.", ["1955", "1957"]),
        ("The war of 1912-1913 and that of 1995-96.", ["1912", "1913", "1995", "1996"]),
        ("The first war (264 to 241 BC) was the longest.", ["BC0264", "BC0241"]),
    ],
)
def test_a_time_may_hang_on_another(text: str, values: list[str]) -> None:
    assert [found.value for found in marks(text).dates] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They held a one-hour and 45-minute call.", "PT105M"),
        ("The call took 105 minutes.", "PT105M"),
        ("They talked for two hours.", "PT2H"),
        ("It recorded 1,500 in 24 hours.", "PT24H"),
        ("They waited half an hour.", "PT30M"),
        ("They talked for an hour and a half.", "PT90M"),
        ("They talked for an hour and three quarters.", "PT105M"),
        ("They talked for two hours and a quarter.", "PT135M"),
        ("They talked for three quarters of an hour.", "PT45M"),
        ("They talked for two and a half hours.", "PT2.5H"),
        ("The siege has lasted for months.", "PXM"),
        ("They talked a few days.", "PXD"),
        ("They held a half-hour call.", "PT30M"),
        ("They fought for half a century.", "P50Y"),
        ("They fought for a year and a half.", "P1.5Y"),
        ("They fought for two full days.", "P2D"),
        ("They fought for ten bitter months.", "P10M"),
        ("They held a week-long rally.", "P1W"),
        ("Theirs is a decades-long feud.", "PXDE"),
        ("They fought for two and half years.", "P2.5Y"),
        ("The march took 5 1/2 hours.", "PT5.5H"),
        ("They ruled for a quarter century.", "P25Y"),
        ("They fought for two more weeks.", "P2W"),
        ("The months before the truce were hard.", "PXM"),
        ("The valley was ruled by them for two thousand years.", "P2000Y"),
        ("It lost money in the year ended 30 June.", "P1Y"),
    ],
)
def test_lengths_of_time_are_durations(text: str, value: str) -> None:
    (found,) = marks(text).durations
    assert found.value == value


def test_an_undated_report_leaves_relative_dates_open_but_knows_full_ones() -> None:
    assert window("The council met on Saturday.", None) == (None, None)
    assert window("They meet in the coming days.", None) == (None, None)
    assert window("It was signed on 5 September 2014.", None) == ("2014-09-05", "2014-09-05")


def test_a_dateline_that_differs_from_the_day_of_publication_rules_the_weekdays() -> None:
    text = "RIVENA 27-09-2013 A bomb fell on Friday."
    found = marks(text, dt.date(2013, 11, 9)).dates
    assert found[-1].start == "2013-09-27"


def test_a_date_told_of_in_a_sentence_is_no_dateline() -> None:
    found = marks("The truce of January 5, 2022 broke. A bomb fell on Friday.").dates
    assert found[-1].start == "2022-02-18"


@pytest.mark.parametrize(
    "text",
    [
        "The 45-year-old man may march.",
        "They may leave.",
        "Some 2000 people fled.",
        "Resolution 1701 stands.",
        "The fall of the town was expected.",
        "The speaker, Jan Weber, left.",
        "A man in his fifties fell.",
        "Their future is dark.",
        "The 1987 prisoners were freed.",
        "They pray each Friday.",
        "They march every July.",
        "The current is strong.",
        "The former mayor left.",
        "Ten of '98 shells fell.",
    ],
)
def test_what_only_looks_like_time_is_no_date(text: str) -> None:
    assert not marks(text).dates


@pytest.mark.parametrize(
    "text",
    [
        "They shell it twice a week.",
        "They fire 24 rockets a day.",
        "A quarter of the village burned.",
        "It is blamed in some quarters.",
        "The mayor is 45 years old.",
        "They hold dozens of rallies a week.",
        "A two-and-a-half-year-old was hurt.",
    ],
)
def test_what_only_counts_by_time_is_no_length(text: str) -> None:
    assert not marks(text).durations


def test_a_mark_stands_on_the_words_it_names() -> None:
    doc = document("The two spoke on Saturday, 19 February 2022, in Rivena.", published="2022-02-20")
    (found,) = dates.annotate(doc, Annotations()).dates
    assert doc.words(found.span) == "Saturday, 19 February 2022"


@given(
    st.dates(min_value=dt.date(1950, 1, 1), max_value=dt.date(2100, 1, 1)),
    st.sampled_from(list(calendar.WEEKDAYS)),
)
def test_a_bare_weekday_is_one_of_the_last_seven_days(published: dt.date, weekday: str) -> None:
    found = date(f"It was hit on {weekday.title()}.", published)
    day = dt.date.fromisoformat(found.start or "")
    assert 0 <= (published - day).days < 7
    assert day.strftime("%A").lower() == weekday


@given(st.text(alphabet=string.ascii_letters + string.digits + " .,-/:'’\n–", max_size=200))
def test_any_text_is_read_and_marks_never_overlap(text: str) -> None:
    found = marks(text)
    spans = sorted(m.span for m in (*found.dates, *found.durations))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


TIME_WORDS = (
    "on Friday last since 2014 May 5 two weeks ago the coming days 19:30 a.m. early of and half "
    "hours 9999 31 February century in years later , next 1990s overnight 12.30 third quarter "
    "summer the week before from now weekends night of quarter period ended year-end Christmas eve first "
    "last nineteen ninety 264 BC 15th Jan. that same month until previous following ' '98 9999-12-31 1/2 "
    "day through one will current eight o'clock"
).split()


@given(st.lists(st.sampled_from(TIME_WORDS), max_size=14))
def test_any_run_of_time_words_is_read(words: list[str]) -> None:
    for mark in marks(" ".join(words)).dates:
        assert not mark.start or not mark.end or mark.start <= mark.end


def test_a_price_with_a_thousands_comma_is_no_time_of_day() -> None:
    found = dates.annotate(document("The index rose to close at 2,664.70 on Monday."), Annotations())
    assert [d.value for d in found.dates] == ["2031-05-12"]
