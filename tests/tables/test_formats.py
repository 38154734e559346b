"""The formats of the catalog: each is recognised by its columns, and reads what its source says, no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tables.making import bounds, counts, incidents, table
from trucewatch import tables
from trucewatch.errors import ReportError
from trucewatch.model import Count, Issue, Place, Reading, Time

UCDP = {
    "id": "12", "relid": "VAR-2031-1-1-12", "type_of_violence": "1", "dyad_name": "Varenia - UVF",
    "side_a": "Government of Varenia", "side_b": "UVF", "where_prec": "2", "where_coordinates": "Halden town",
    "latitude": "48.5", "longitude": "9.25", "country": "Nepal", "date_prec": "1", "date_start": "2031-05-14",
    "date_end": "2031-05-14", "deaths_a": "1", "deaths_b": "2", "deaths_civilians": "0",
    "deaths_unknown": "3", "best": "6", "high": "9", "low": "5",
}  # fmt: skip
ACLED = {
    "event_id_cnty": "VAR7", "event_date": "2031-05-14", "time_precision": "1", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Army of Varenia", "actor2": "UVF", "country": "Nepal",
    "location": "Halden", "latitude": "48.5", "longitude": "9.25", "geo_precision": "1", "fatalities": "4",
    "notes": "Fighting near Halden.", "timestamp": "1936656000",
}  # fmt: skip
GAZA = {
    "report_date": "2025-02-03", "report_source": "mohtel", "report_period": 48, "killed": 9,
    "killed_cum": 100, "killed_truce_new": 2, "killed_recovered": 7, "injured": 4, "injured_cum": 300,
    "killed_women_cum": 20, "ext_killed": 9, "ext_killed_cum": 100, "ext_killed_women_cum": 21,
}  # fmt: skip
WEST_BANK = {
    "report_date": "2024-02-03", "verified": {"killed": 2, "killed_cum": 50, "killed_children": 1},
    "killed_cum": 48, "injured_cum": 90, "settler_attacks_cum": 12, "flash_source": "un",
}  # fmt: skip
LEBANON = {
    "report_date": "2026-03-05", "report_source": "ocha", "report_period": 72, "phase": 2, "killed": 9,
    "killed_cum": 4170, "injured_cum": 17000, "killed_cum_reported": 123, "injured_cum_reported": 683,
}  # fmt: skip
EXAMPLES = {
    "ucdp-ged": UCDP,
    "acled": ACLED,
    "palestine-gaza": GAZA,
    "palestine-west-bank": WEST_BANK,
    "palestine-lebanon": LEBANON,
}


def read(folder: Path, *rows: dict[str, object]) -> tuple[list[Reading], list[Issue]]:
    """Some rows of a format of the catalog, recognised by their columns."""
    path = table(folder, json.dumps(rows), "table.json")
    met = list(tables.read(path, tables.mapping_of(path)))
    return [one for one in met if isinstance(one, Reading)], [one for one in met if isinstance(one, Issue)]


def of_unit(found: list[Count], unit: str | None, *, running: bool = False) -> Count:
    return next(count for count in found if count.unit == unit and count.running == running)


def test_the_catalog_has_the_formats_that_are_promised() -> None:
    assert [given.id for given in tables.formats()] == sorted(EXAMPLES)


@pytest.mark.parametrize("given", tables.formats(), ids=lambda given: given.id)
def test_a_format_is_cited_and_recognised(tmp_path: Path, given: tables.Mapping) -> None:
    assert given.cite
    path = table(tmp_path, json.dumps([EXAMPLES[given.id]]), "table.json")
    assert tables.mapping_of(path) == given


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_claim_of_a_format_stands_in_its_text(tmp_path: Path, name: str) -> None:
    readings, issues = read(tmp_path, EXAMPLES[name])
    assert issues == []
    text = readings[0].document.text.splitlines()
    for claim in readings[0].claims:
        assert set(readings[0].document.words(claim.evidence).splitlines()) <= set(text)


def test_a_table_that_is_not_recognised_is_named_with_its_columns_and_what_is_known(tmp_path: Path) -> None:
    path = table(tmp_path, "day;fallen\n1;2\n")
    with pytest.raises(ReportError) as caught:
        tables.mapping_of(path)
    said = str(caught.value)
    assert said.startswith(
        f"{path}: is a table of no format that is known, and none was given with --mapping."
    )
    assert "Its columns are day, fallen." in said
    for known in tables.formats():
        assert known.name in said


# --- UCDP ------------------------------------------------------------------------------------------


def test_an_event_of_ucdp_has_its_estimates_its_parts_and_its_bounds(tmp_path: Path) -> None:
    readings, _ = read(tmp_path, UCDP)
    found = counts(readings)
    best = of_unit(found, None)
    assert {(count.low, count.high, count.definition, count.part_of) for count in found} == {
        (6, 6, "best estimate", None),
        (5, 9, "lowest and highest reliable estimate", None),
        (1, 1, "best estimate", best.id),
        (2, 2, "best estimate", best.id),
        (0, 0, "best estimate", best.id),
        (3, 3, "best estimate", best.id),
    }
    assert of_unit(found, "deaths on the side of UVF").low == 2
    assert best.time == Time(start="2031-05-14", end="2031-05-14")
    place = Place(
        text="Halden town", name="Halden town", country="NP", lat=48.5, lon=9.25, precision="settlement"
    )
    assert best.place == place
    assert readings[0].document.report.published is None


@pytest.mark.parametrize(("kind", "wanted"), [("1", "clash"), ("2.0", "clash"), ("3", "attack")])
def test_the_sides_of_ucdp_are_no_culprits_but_in_violence_that_is_one_sided_by_definition(
    tmp_path: Path, kind: str, wanted: str
) -> None:
    readings, _ = read(tmp_path, UCDP | {"type_of_violence": kind, "side_b": "Civilians"})
    (incident,) = incidents(readings)
    assert incident.type == wanted
    names = [actor.name for actor in incident.perpetrator + incident.target]
    assert names == (["Government of Varenia", "Civilians"] if kind == "3" else [])


@pytest.mark.parametrize(
    ("precision", "start", "end", "time"),
    [
        ("2", "2031-05-14", "2031-05-16", Time(start="2031-05-14", end="2031-05-16")),
        ("4", "2031-05-01", "2031-05-31", Time(start="2031-05", end="2031-05")),
        ("4", "2031-05-14", "2031-05-31", Time(start="2031-05-14", end="2031-05-31")),
        ("5", "2031-01-01", "2031-12-31", Time(start="2031", end="2031")),
        (
            "1",
            "2031-05-14 00:00:00.000",
            "2031-05-14 00:00:00.000",
            Time(start="2031-05-14", end="2031-05-14"),
        ),
    ],
)
def test_a_date_of_ucdp_is_never_more_exact_than_it_was(
    tmp_path: Path, precision: str, start: str, end: str, time: Time
) -> None:
    row = UCDP | {"date_prec": precision, "date_start": start, "date_end": end}
    found = counts(read(tmp_path, row)[0])
    assert {(count.time, count.window) for count in found} == {(time, None)}


def test_an_event_of_ucdp_without_figures_is_an_incident_alone(tmp_path: Path) -> None:
    empty = dict.fromkeys(
        ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low")
    )
    readings, issues = read(tmp_path, UCDP | empty, UCDP | {"id": "13"})
    assert (len(readings[0].claims), len(readings[1].claims), issues) == (1, 7, [])


def test_a_country_file_of_ucdp_has_other_names_for_two_columns(tmp_path: Path) -> None:
    names = {"id": "event_id", "deaths_unknown": "death_unknown"}
    row = {names.get(name, name): value for name, value in UCDP.items() if name != "country"}
    readings, _ = read(tmp_path, row)
    assert len(counts(readings)) == 6
    assert readings[0].document.report.id == "ucdp-ged: 12"


# --- ACLED -----------------------------------------------------------------------------------------


def test_an_event_of_acled_says_what_happened_and_not_who_began(tmp_path: Path) -> None:
    readings, _ = read(tmp_path, ACLED)
    (incident,) = incidents(readings)
    assert (incident.type, incident.perpetrator, incident.target) == ("clash", (), ())
    assert bounds(readings) == [(4, 4)]
    assert counts(readings)[0].place == Place(
        text="Halden", name="Halden", country="NP", lat=48.5, lon=9.25, precision="settlement"
    )
    assert str(readings[0].document.report.published) == "2031-05-16"


@pytest.mark.parametrize(
    ("written", "precision", "time"),
    [
        ("2031-05-14", "1", Time(start="2031-05-14", end="2031-05-14")),
        ("14 May 2031", "1", Time(start="2031-05-14", end="2031-05-14")),
        ("2031-05-14", "2", Time(start="2031-05-11", end="2031-05-17")),
        ("2031-05-15", "3", Time(start="2031-05", end="2031-05")),
    ],
)
def test_a_date_of_acled_is_as_exact_as_its_precision(
    tmp_path: Path, written: str, precision: str, time: Time
) -> None:
    readings, _ = read(tmp_path, ACLED | {"event_date": written, "time_precision": precision})
    assert {claim.time for claim in readings[0].claims} == {time}


def test_a_protest_is_no_incident_and_an_unknown_type_is_told(tmp_path: Path) -> None:
    protest = ACLED | {"sub_event_type": "Peaceful protest"}
    novel = ACLED | {"event_id_cnty": "VAR8", "sub_event_type": "Something new"}
    readings, issues = read(tmp_path, protest, novel)
    assert incidents(readings) == []
    assert [issue.message.partition(" is none of")[0] for issue in issues] == [
        "column 'sub_event_type': 'Something new'"
    ]


# --- the daily series ------------------------------------------------------------------------------


def test_a_day_under_a_truce_has_its_parts(tmp_path: Path) -> None:
    readings, _ = read(tmp_path, GAZA)
    found = counts(readings)
    killed = of_unit(found, None)
    assert (killed.low, killed.period, killed.time) == (9, "PT48H", Time(end="2025-02-03"))
    parts = {count.unit: (count.low, count.period) for count in found if count.part_of == killed.id}
    assert parts == {"deaths during the truce": (2, "PT48H"), "bodies recovered": (7, "PT48H")}
    assert [voice.source for voice in killed.said_by] == ["Gaza Ministry of Health"]
    women = of_unit(found, "women", running=True)
    assert (women.low, women.part_of) == (20, of_unit(found, None, running=True).id)
    assert str(readings[0].document.report.published) == "2025-02-03"


def test_what_the_compiler_extrapolated_is_no_claim(tmp_path: Path) -> None:
    readings, _ = read(tmp_path, GAZA)
    assert "ext_killed_women_cum: 21" in readings[0].document.text
    assert 21 not in {count.low for count in counts(readings)}


def test_a_day_without_a_report_is_a_gap_and_no_zero(tmp_path: Path) -> None:
    empty = GAZA | {"report_period": 0, "killed": 0, "killed_truce_new": 0, "killed_recovered": 0}
    readings, issues = read(tmp_path, empty)
    daily = [count for count in counts(readings) if not count.running]
    assert ([(count.measure, count.low, count.period) for count in daily], issues) == (
        [("wounded", 4, None)],
        [],
    )


def test_a_day_without_an_official_report_is_nobody_elses_word(tmp_path: Path) -> None:
    readings, _ = read(tmp_path, GAZA | {"report_source": "missing"})
    assert {count.said_by for count in counts(readings)} == {()}
    assert readings[0].document.report.publisher == "Tech for Palestine"


def test_figures_that_were_only_filled_in_are_no_claims(tmp_path: Path) -> None:
    told, filled = WEST_BANK, WEST_BANK | {"report_date": "2024-02-04", "flash_source": "fill"}
    readings, _ = read(tmp_path, told, filled)
    assert [len(counts([reading])) for reading in readings] == [6, 3]
    verified = [count for count in counts(readings[1:]) if count.definition != "verified by OCHA"]
    assert [count.definition for count in verified] == ["verified by OCHA, since 7 October 2023"]


def test_totals_that_begin_anew_in_each_phase_do_not_fall(tmp_path: Path) -> None:
    before = LEBANON | {"report_date": "2024-12-04", "phase": 1, "killed_cum_reported": 4047, "killed": None}
    readings, issues = read(tmp_path, before, LEBANON)
    assert issues == []
    totals = [(count.low, count.definition) for count in counts(readings) if count.running]
    assert (123, "since 2 March 2026") in totals
    assert 4170 not in {low for low, _ in totals}
    killed = of_unit(counts(readings[1:]), None)
    assert (killed.low, killed.period) == (9, "PT72H")
    assert [voice.source for voice in killed.said_by] == ["Ministry of Public Health of Lebanon", "OCHA"]
