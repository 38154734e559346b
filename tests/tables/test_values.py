"""Numbers and dates are read as the mapping says, and what cannot be read is said to be unreadable."""

from __future__ import annotations

import pytest

from trucewatch.tables.mapping import Numbers
from trucewatch.tables.values import CellError, clocked, country, degrees, moment, number, unpadded

POINT = Numbers()
ENGLISH = Numbers(thousands=",")
GERMAN = Numbers(thousands=".", decimal=",")
FRENCH = Numbers(thousands=" ", decimal=",")


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("0", POINT, 0),
        ("2.0", POINT, 2),
        ("2.5", POINT, 2.5),
        ("007", POINT, 7),
        ("-0", POINT, 0),
        ("1,566", ENGLISH, 1566),
        ("1566", ENGLISH, 1566),
        ("1,234,567.0", ENGLISH, 1_234_567),
        ("1.234,5", GERMAN, 1234.5),
        ("1 234", FRENCH, 1234),
        ("1\u00a0234\u202f567", FRENCH, 1_234_567),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, written: Numbers, value: float) -> None:
    found = number(text, written=written)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "written", "said"),
    [
        ("abc", POINT, "'abc' is no number"),
        ("nan", POINT, "'nan' is no number"),
        ("1e5", POINT, "'1e5' is no number"),
        ("1_000", POINT, "is no number"),
        ("٣", POINT, "is no number"),
        ("12+", POINT, "is no number"),
        ("1,566", POINT, "numbers.thousands says what stands between"),
        ("1,5", POINT, "numbers.decimal is '.'"),
        ("12,34", ENGLISH, "is no number"),
        ("-3", POINT, "'-3' is below zero"),
        ("−3", POINT, "is below zero"),
        ("9" * 16, POINT, "more than 15 digits"),
        ("", POINT, "is no number"),
    ],
)
def test_what_is_no_count_is_said_to_be_none(text: str, written: Numbers, said: str) -> None:
    with pytest.raises(CellError, match=said.replace(".", r"\.").replace("+", r"\+")):
        number(text, written=written)


@pytest.mark.parametrize(
    ("text", "forms", "value"),
    [
        ("2022", ("iso",), ("2022", None)),
        ("2018-3", ("iso",), ("2018-03", None)),
        ("2022-02-19", ("iso",), ("2022-02-19", None)),
        ("2022-02-18T19:30", ("iso",), ("2022-02-18", "19:30")),
        ("2024-10-13 8:00", ("iso",), ("2024-10-13", "08:00")),
        ("2021-05-28 00:00:00.000", ("iso",), ("2021-05-28", "00:00")),
        ("2022-02-18T19:30:00Z", ("iso",), ("2022-02-18", "19:30+00:00")),
        ("03/04/2022", ("%d/%m/%Y",), ("2022-04-03", None)),
        ("03/04/2022", ("%m/%d/%Y",), ("2022-03-04", None)),
        ("2018 3", ("%Y %m",), ("2018-03", None)),
        ("March 2018", ("%B %Y",), ("2018-03", None)),
        ("18 February 2022", ("iso", "%d %B %Y"), ("2022-02-18", None)),
        ("16/05/2031 18:00", ("%d/%m/%Y %H:%M",), ("2031-05-16", "18:00")),
        ("1645743600", ("unix",), ("2022-02-24", "23:00+00:00")),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(
    text: str, forms: tuple[str, ...], value: tuple[str, str | None]
) -> None:
    assert moment(text, forms=forms) == value


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("03/04/2022", ("iso",)),
        ("2022-02-30", ("iso",)),
        ("2022-13", ("iso",)),
        ("2022-02-18T25:00", ("iso",)),
        ("31/02/2022", ("%d/%m/%Y",)),
        ("12/25/2022", ("%d/%m/%Y",)),
        ("soon", ("iso", "unix", "%Y")),
        ("9" * 30, ("unix",)),
        ("0001-01-01", ("iso",)),
        ("9999-12-31", ("iso",)),
    ],
)
def test_a_date_that_cannot_be_read_is_never_guessed(text: str, forms: tuple[str, ...]) -> None:
    with pytest.raises(CellError, match=text):
        moment(text, forms=forms)


@pytest.mark.parametrize(
    ("ends", "precision", "value"),
    [
        (("2014-05-04", "2014-05-09"), "day", ("2014-05-04", "2014-05-09")),
        (("2014-05-15", "2014-05-15"), "month", ("2014-05", "2014-05")),
        (("2014-05-15", "2014-06-02"), "year", ("2014", "2014")),
        (("2014-05-01", "2014-05-31"), "whole", ("2014-05", "2014-05")),
        (("2016-02-01", "2016-02-29"), "whole", ("2016-02", "2016-02")),
        (("2015-02-01", "2015-02-27"), "whole", ("2015-02-01", "2015-02-27")),
        (("2014-01-01", "2015-12-31"), "whole", ("2014", "2015")),
        (("2014-05-04", "2014-05-31"), "whole", ("2014-05-04", "2014-05-31")),
        (("2014-05-14", "2014-05-14"), "week", ("2014-05-11", "2014-05-17")),
        (("2014-05", "2014-05"), "day", ("2014-05", "2014-05")),
        (("2014-05", "2014-05"), "week", ("2014-05", "2014-05")),
        ((None, "2014-05-31"), "whole", (None, "2014-05-31")),
    ],
)
def test_what_only_fills_a_date_up_is_taken_back(
    ends: tuple[str | None, str], precision: str, value: tuple[str | None, str]
) -> None:
    assert unpadded(*ends, precision=precision) == value


def test_hours_have_the_offset_of_their_season_or_their_own() -> None:
    assert clocked("2020-07-29", "19:30", zone="Europe/Kyiv") == "2020-07-29T19:30+03:00"
    assert clocked("2022-02-18", "19:30", zone="Europe/Kyiv") == "2022-02-18T19:30+02:00"
    assert clocked("2022-02-18", "19:30+00:00", zone="Europe/Kyiv") == "2022-02-18T19:30+00:00"
    assert clocked("2022-02-18", "19:30", zone=None) == "2022-02-18T19:30"


@pytest.mark.parametrize("text", ["91", "nan", "12°", "1_0", "", "48,14"])
def test_degrees_are_bounded_decimals(text: str) -> None:
    with pytest.raises(CellError, match="is no number of degrees up to 90"):
        degrees(text, most=90, written=POINT)


def test_a_country_is_known_by_its_code_its_name_or_one_of_two_names() -> None:
    names = ("UA", "ukraine", "Myanmar (Burma)", "Russia (Soviet Union)", "Atlantis", "XX")
    assert [country(name) for name in names] == ["UA", "UA", "MM", "RU", None, None]
