"""The days of the map: those of the event where a claim has them, else the one on which it was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
import pytest

from tests.pages.conftest import BASE, Client, asking
from tests.pages.test_map import tree
from tests.pages.test_safety import report_of
from trucewatch import documents
from trucewatch.ledger import Ledger
from trucewatch.model import Actor, Incident, Place, Time
from trucewatch.pages.dated import event_days, meet

TEXT = "The Donbas: somebody shelled a mill."
_NUMBERS = iter(range(1, 99))


def on(day: int, month: int = 2) -> dt.date:
    return dt.date(2022, month, day)


def shelling(place: str, start: str | None = None, end: str | None = None) -> Incident:
    return Incident(
        id=f"dddd{next(_NUMBERS):04}",
        evidence=(0, len(TEXT)),
        said_by=(),
        type="shelling",
        perpetrator=(Actor(name="Ukraine", country="UA"),),
        time=Time(start=start, end=end or start) if start else None,
        place=Place(text=place, name=place, lat=48.0, lon=38.0, precision="settlement"),
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A report of 19 February on five places, and one of 24 February on a sixth."""
    told = [
        shelling("Early Mill", "2022-02-10"),
        shelling("Long Mill", "2022-02-12", "2022-02-15"),
        shelling("Dateless Mill"),
        shelling("Year Mill", "2021"),
        shelling("Planned Mill", "2022-03-05"),
    ]
    with Ledger.open(tmp_path_factory.mktemp("dated") / "map.db") as ledger:
        run = ledger.begin(reader="test/1")
        for name, day, claims in (
            ("one", 19, told),
            ("two", 24, [shelling("Late Mill", "2022-02-18"), shelling("Undated later Mill")]),
        ):
            report = msgspec.structs.replace(
                report_of(f"{TEXT} {name}", name=name, title="The Donbas"), published=on(day)
            )
            ledger.add(documents.read(report), claims, run=run)
        with asking(ledger) as client:
            yield client


def names(client: Client, asked: str) -> set[str]:
    return {row["place"].removesuffix(" Mill") for row in client.get(f"{BASE}/map.json?{asked}").json()}


@pytest.mark.parametrize(
    ("time", "days"),
    [
        (Time(start="2022-02-18", end="2022-02-18"), (on(18), on(18))),
        (Time(start="2022-02-18", end="2022-03-01"), (on(18), on(1, 3))),
        (Time(start="2022-02-01", end="2022-02-14"), (on(1), on(14))),
        (Time(start="2022-02-01", end="2022-02-15"), None),
        (Time(start="2022-02", end="2022-02"), None),
        (Time(start="2022-02-18"), None),
        (Time(end="2022-02-18"), None),
        (Time(start="2022-02-19", end="2022-02-18"), None),
        (Time(text="lately"), None),
        (None, None),
    ],
)
def test_a_time_has_days_where_it_says_both_ends_and_is_short(
    time: Time | None, days: tuple[dt.date, dt.date] | None
) -> None:
    assert event_days(time) == days


def test_days_that_end_before_they_begin_meet_none() -> None:
    assert meet((on(14), on(16)), (on(16), on(20)))
    assert not meet((on(14), on(16)), (on(17), on(20)))
    assert not meet((on(10), on(20)), (on(16), on(14)))


def test_by_the_event_a_claim_stands_on_its_own_days_else_on_the_day_it_was_told(made: Client) -> None:
    assert names(made, "from=2022-02-10&to=2022-02-10") == {"Early"}
    assert names(made, "from=2022-02-14&to=2022-02-14") == {"Long"}
    assert names(made, "from=2022-02-19&to=2022-02-20") == {"Dateless", "Year"}


def test_what_was_told_after_the_days_covered_counts_where_it_tells_of_them(made: Client) -> None:
    assert names(made, "from=2022-02-18&to=2022-02-18") == {"Late"}
    assert "Late" not in names(made, "from=2022-02-18&to=2022-02-18&known=2022-02-20")


def test_by_the_telling_all_stand_on_the_day_of_the_report(made: Client) -> None:
    told = {"Early", "Long", "Dateless", "Year", "Planned"}
    assert names(made, "by=told&from=2022-02-19&to=2022-02-19") == told
    assert names(made, "by=told&from=2022-02-10&to=2022-02-18") == set()


def test_with_all_days_the_map_begins_with_the_first_event_and_no_earlier_than_the_truce(
    made: Client,
) -> None:
    page = tree(made, f"{BASE}/map?days=all")
    assert page.xpath("//form[@data-first]/@data-first") == ["2022-02-10"]


def test_the_table_and_the_files_say_whose_days_they_are(made: Client) -> None:
    rows = {row["place"]: row for row in made.get(f"{BASE}/map.json").json()}
    assert rows["Long Mill"]["dated_by"] == ["event"]
    assert (rows["Long Mill"]["start"], rows["Long Mill"]["end"]) == ("2022-02-12", "2022-02-15")
    assert rows["Year Mill"]["dated_by"] == ["told"]
    places = made.get(f"{BASE}/map.geojson?from=2022-02-14&to=2022-02-14").json()["features"]
    assert [one["properties"]["dated_by"] for one in places] == [["event"]]
    heads = tree(made, f"{BASE}/map").xpath("//section[contains(@class, 'table')]//th/text()")
    assert "Days of" in heads


def test_the_page_says_how_many_claims_tell_of_other_days(made: Client) -> None:
    assert "1 claim with a place, told on the days covered, tells of other days" in (
        made.get(f"{BASE}/map").text
    )
    assert "tells of other days" not in made.get(f"{BASE}/map?by=told").text


def test_the_files_go_by_the_same_days_as_the_page(made: Client) -> None:
    links = tree(made, f"{BASE}/map?by=told&from=2022-02-19").xpath("//p[@class='files']/a/@href")
    assert links
    assert all("by=told" in link and "from=2022-02-19" in link for link in links)


def test_another_way_to_choose_is_an_error_that_names_the_choices(made: Client) -> None:
    answer = made.get(f"{BASE}/map?by=moon")
    assert answer.status_code == 400
    assert "event, told" in answer.text
