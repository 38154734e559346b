"""Exports: every view in every shape, columns always there, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest

from trucewatch.errors import UsageError
from trucewatch.model import Noun
from trucewatch.views import exports
from trucewatch.views.query import Period, Query


class Part(Noun, frozen=True, kw_only=True):
    name: str
    high: int | None = None


class Row(Noun, frozen=True, kw_only=True):
    id: str
    low: int | None = None
    day: dt.date | None = None
    reports: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


FULL = Row(id="a", low=-3, day=dt.date(2022, 2, 18), reports=("r1", "r2"), parts=(Part(name="x"),))


def cells(*rows: Row) -> list[list[str]]:
    return list(csv.reader(io.StringIO(exports.as_csv(Row, rows))))


def test_a_table_without_rows_still_has_its_columns() -> None:
    assert cells() == [["id", "low", "day", "reports", "parts"]]
    assert exports.as_json(Row, []) == "[]\n"


def test_what_is_not_known_is_null_in_json_and_empty_in_csv() -> None:
    row = Row(id="a")
    assert json.loads(exports.as_json(Row, [row])) == [
        {"id": "a", "low": None, "day": None, "reports": [], "parts": []}
    ]
    assert cells(row)[1] == ["a", "", "", "", ""]


def test_lists_stand_in_one_cell_and_nested_rows_as_json() -> None:
    assert cells(FULL)[1] == ["a", "-3", "2022-02-18", "r1;r2", '[{"name":"x","high":null}]']
    assert json.loads(exports.as_json(Row, [FULL]))[0]["parts"] == [{"name": "x", "high": None}]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-cmd", "@sum", "\t=1", " =1"])
def test_text_that_a_spreadsheet_would_run_is_given_an_apostrophe(text: str) -> None:
    assert cells(Row(id=text))[1][0] == f"'{text}"
    assert cells(Row(id="a", reports=(text,)))[1][3] == f"'{text}"


def test_a_lone_carriage_return_breaks_no_line() -> None:
    assert cells(Row(id="a\rb"))[1][0] == "a\nb"
    assert cells(Row(id="\r=1"))[1][0] == "'\n=1"


def test_halves_of_characters_are_replaced() -> None:
    row = Row(id="a\ud800")
    assert json.loads(exports.as_json(Row, [row]))[0]["id"] == "a?"
    assert cells(row)[1][0] == "a?"


@pytest.mark.parametrize("name", ["nothing.json", "judgements.xml", "judgements", ""])
def test_a_wrong_name_lists_the_exports_there_are(name: str) -> None:
    with pytest.raises(UsageError, match=r"origins\.json, origins\.csv"):
        exports.export(name, None, Query())  # type: ignore[arg-type]


def test_every_row_is_a_noun_whose_fields_are_its_columns() -> None:
    for name, view in exports.EXPORTS.items():
        assert view.row.__doc__, name
        assert view.row.__struct_fields__, name


def test_a_period_is_a_day_a_month_or_a_year() -> None:
    assert Period.of("2020-02") == Period(start=dt.date(2020, 2, 1), end=dt.date(2020, 2, 29))
    assert Period.of("2022") == Period(start=dt.date(2022, 1, 1), end=dt.date(2022, 12, 31))
    assert Period.of("2022-02-20") == Period(start=None, end=dt.date(2022, 2, 20))


@pytest.mark.parametrize(
    "text", ["", "22", "2022-13", "2022-02-30", "2022-2", "tomorrow", "2022-W07-1", "٢٠٢٢"]
)
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(ValueError):
        Period.of(text)
