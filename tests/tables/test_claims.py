"""A row becomes claims, each on the cells that say so; what a cell does not say is never made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tables.making import VALLEY, bounds, claims, counts, incidents, read, words
from trucewatch.model import Actor, Count, Place, Time, Voice, Window
from trucewatch.model.checks import identify

HEAD = "id: valley\nname: Valley Watch\npublisher: Valley Watch\nreport: {id: [nr]}\n"


# --- the report ------------------------------------------------------------------------------------


def test_a_row_is_a_report_whose_text_are_its_cells(tmp_path: Path) -> None:
    readings, _ = read(tmp_path, "nr,dead,note\n7,3,\n")
    report = readings[0].document.report
    assert readings[0].document.text == "nr: 7\ndead: 3"
    assert (report.id, report.publisher, report.title) == ("valley: 7", "Valley Watch", "Valley Watch: 7")
    assert report.origin == f"{tmp_path / 'table.csv'} row 2"
    assert report.data == b"nr: 7\ndead: 3"


def test_a_report_is_published_when_the_row_says_so_and_else_undated(tmp_path: Path) -> None:
    by = VALLEY.replace(
        "[nr]", "[nr], published: {column: out}, url: '{link}', title: 'Report {nr} of {town}'"
    )
    rows = "nr,day,out,dead,link,town\n1,2031-05-14,2031-05-16,3,https://example.org/1,Halden\n2,2031-05-15,,4,,\n"
    readings, _ = read(tmp_path, rows, by + "time: {at: {column: day}}\n")
    first, second = (reading.document.report for reading in readings)
    assert (str(first.published), first.url, first.title) == (
        "2031-05-16",
        "https://example.org/1",
        "Report 1 of Halden",
    )
    assert (second.published, second.url, second.title) == (None, None, "Valley Watch: 2")


def test_a_month_is_no_day_of_publication(tmp_path: Path) -> None:
    by = VALLEY.replace("[nr]", "[nr], published: {column: out}")
    readings, _ = read(tmp_path, "nr,out,dead\n1,2031-05,3\n", by)
    assert readings[0].document.report.published is None


def test_the_publisher_can_be_a_column(tmp_path: Path) -> None:
    by = VALLEY.replace("publisher: Valley Watch", "publisher: '{by}'")
    readings, _ = read(tmp_path, "nr,by,dead\n1,Upper Post,3\n2,Lower Post,4\n", by)
    assert [reading.document.report.publisher for reading in readings] == ["Upper Post", "Lower Post"]


def test_rows_of_one_report_stand_in_it_together(tmp_path: Path) -> None:
    by = VALLEY.replace("[nr]", "[nr], rows: several")
    readings, _ = read(tmp_path, "nr,side,dead\n1,north,3\n2,north,5\n1,south,4\n", by)
    assert [reading.document.report.id for reading in readings] == ["valley: 1", "valley: 2"]
    assert readings[0].document.text == "nr: 1\nside: north\ndead: 3\n\nnr: 1\nside: south\ndead: 4"
    assert bounds(readings) == [(3, 3), (4, 4), (5, 5)]


# --- counts ----------------------------------------------------------------------------------------

FULL = (
    HEAD
    + """
time: {start: {column: from}, end: {column: to}, zone: Asia/Kathmandu}
place: {name: "{slope} slope", country: Nepal, lat: y, lon: x, precision: region}
said_by: ["{who}", Valley Press]
counts:
  - name: all
    measure: ceasefire_violations
    figure: {column: shots}
    period: {column: hours, unit: hours}
    observer: "{who}"
    definition: shots heard
  - measure: explosions
    figure: {column: bangs}
    part_of: all
  - measure: ceasefire_violations
    figure: {column: before}
    previous: true
    said_by: []
    time: {end: {column: from}, text: "{label}"}
  - measure: other
    unit: "days of {who}"
    figure: {column: total}
    running: true
    approximate: true
"""
)
ROWS = (
    "nr,from,to,hours,slope,who,shots,bangs,before,label,total,y,x\n"
    "1,2031-05-14T18:00,2031-05-15T18:00,24,North,Post Two,12,3,40,the days before,99,27.5,85.25\n"
)


def test_a_count_has_all_that_the_row_and_the_mapping_say(tmp_path: Path) -> None:
    readings, issues = read(tmp_path, ROWS, FULL)
    assert issues == []
    text = readings[0].document.text
    shots, bangs, before, total = counts(readings)
    who = (text.index("Post Two"), text.index("Post Two") + len("Post Two"))
    wanted = Count(
        evidence=(text.index("shots: 12"), text.index("shots: 12") + len("shots: 12")),
        said_by=(Voice(source="Post Two", span=who), Voice(source="Valley Press")),
        time=Time(start="2031-05-14", end="2031-05-15"),
        place=Place(name="North slope", country="NP", lat=27.5, lon=85.25, precision="region"),
        id=shots.id,
        reader="table: valley/1",
        measure="ceasefire_violations",
        low=12,
        high=12,
        period="PT24H",
        observer=Actor(name="Post Two", span=who),
        window=Window(start="2031-05-14T18:00+05:45", end="2031-05-15T18:00+05:45"),
        definition="shots heard",
    )
    assert shots == wanted
    assert shots.id == identify(wanted, report_id="valley: 1")
    assert (bangs.measure, bangs.part_of) == ("explosions", shots.id)
    assert (before.previous, before.said_by) == (True, ())
    assert (before.time, before.window) == (Time(end="2031-05-14", text="the days before"), None)
    assert (total.running, total.approximate, total.unit) == (True, True, "days of Post Two")


@pytest.mark.parametrize(
    ("word", "low", "high", "approximate"),
    [
        ("exact", 12, 12, False),
        ("about", 12, 12, True),
        ("at_least", 12, None, False),
        ("more_than", 13, None, False),
        ("at_most", None, 12, False),
        ("less_than", None, 11, False),
        ("", 12, 12, False),
    ],
)
def test_a_relation_makes_bounds(
    tmp_path: Path, word: str, low: int | None, high: int | None, approximate: bool
) -> None:
    by = VALLEY.replace("{column: dead}", "{column: dead, relation: '{how}'}")
    readings, _ = read(tmp_path, f"nr,dead,how\n1,12,{word}\n", by)
    found = counts(readings)[0]
    assert (found.low, found.high, found.approximate) == (low, high, approximate)


def test_more_than_a_fraction_is_that_fraction_at_the_least(tmp_path: Path) -> None:
    by = VALLEY.replace("{column: dead}", "{column: dead, relation: more_than}")
    assert bounds(read(tmp_path, "nr,dead\n1,2.5\n", by)[0]) == [(2.5, None)]


def test_low_and_high_are_bounds_and_either_may_be_open(tmp_path: Path) -> None:
    by = VALLEY.replace("{column: dead}", "{low: least, high: most}")
    readings, _ = read(tmp_path, "nr,least,most\n1,2,5\n2,2,\n3,,5\n4,,\n", by)
    assert bounds(readings) == [(2, 5), (2, None), (None, 5)]
    assert words(readings[0]) == ["least: 2\nmost: 5"]


@pytest.mark.parametrize(
    ("unit", "number", "period"),
    [
        ("hours", "24", "PT24H"),
        ("hours", "888", "PT888H"),
        ("hours", "48.0", "PT48H"),
        ("days", "3", "P3D"),
        ("weeks", "2", "P2W"),
        ("months", "1", "P1M"),
        ("hours", "0", None),
        ("hours", "", None),
    ],
)
def test_a_length_is_a_period(tmp_path: Path, unit: str, number: str, period: str | None) -> None:
    by = VALLEY + f"    period: {{column: long, unit: {unit}}}\n"
    readings, _ = read(tmp_path, f"nr,dead,long\n1,3,{number}\n", by)
    assert counts(readings)[0].period == period


def test_words_of_the_table_are_looked_up_and_null_is_no_claim(tmp_path: Path) -> None:
    by = VALLEY.replace(
        "measure: killed",
        "measure: {column: what, values: {fallen: killed, hurt: wounded, 3: troops, lost: null}}",
    )
    rows = "nr,what,dead\n1,fallen,4\n2,hurt,5\n3,3.0,6\n4,lost,7\n5,,8\n6,missing,9\n"
    readings, issues = read(tmp_path, rows, by)
    assert [(count.measure, count.low) for count in counts(readings)] == [
        ("killed", 4),
        ("wounded", 5),
        ("troops", 6),
    ]
    assert [issue.message for issue in issues] == [
        "column 'what': 'missing' is none of fallen, hurt, 3, lost; left out"
    ]


def test_words_that_are_not_listed_can_mean_something_too(tmp_path: Path) -> None:
    by = VALLEY + "place: {name: {column: town, values: {H: Halden}, other: '{town} village'}}\n"
    readings, _ = read(tmp_path, "nr,town,dead\n1,H,4\n2,Mill,5\n", by)
    assert [count.place and count.place.name for count in counts(readings)] == ["Halden", "Mill village"]


def test_a_rule_can_be_for_some_rows_only(tmp_path: Path) -> None:
    by = VALLEY + "    only: {kind: [daily, 2]}\n    unless: {state: [void]}\n"
    rows = "nr,kind,state,dead\n1,daily,,4\n2,2,ok,5\n3,weekly,,6\n4,daily,void,7\n5,,,8\n"
    assert bounds(read(tmp_path, rows, by)[0]) == [(4, 4), (5, 5)]


def test_a_rule_is_not_for_rows_that_have_all_the_words_it_excludes(tmp_path: Path) -> None:
    by = VALLEY + "    unless: {hours: [0], dead: [0]}\n"
    readings, issues = read(tmp_path, "nr,hours,dead\n1,24,0\n2,0,0\n3,0,5\n", by)
    assert [len(reading.claims) for reading in readings] == [1, 0, 1]
    assert issues == []


@pytest.mark.parametrize("word", ["N/A", "-", "unknown"])
def test_a_word_for_nothing_is_an_empty_cell(tmp_path: Path, word: str) -> None:
    by = VALLEY + "empty: [N/A, '-', unknown]\nplace: {name: '{town}'}\n"
    readings, issues = read(tmp_path, f"nr,dead,town\n1,{word},Halden\n2,3,{word}\n", by)
    assert (bounds(readings), issues) == ([(3, 3)], [])
    assert counts(readings)[0].place is None


# --- time and place --------------------------------------------------------------------------------


def test_a_month_stays_a_month(tmp_path: Path) -> None:
    by = VALLEY + "time: {at: {column: [year, month], format: '%Y %m'}}\n"
    readings, _ = read(tmp_path, "nr,year,month,dead\n1,2018,3,203\n", by)
    assert (counts(readings)[0].time, counts(readings)[0].window) == (
        Time(start="2018-03", end="2018-03"),
        None,
    )


def test_hours_are_told_only_where_both_ends_have_them_and_days_are_meant(tmp_path: Path) -> None:
    rows = "nr,from,to,dead\n1,2031-05-14,2031-05-15 08:00,3\n"
    by = VALLEY + "time: {start: {column: from}, end: {column: to}}\n"
    assert counts(read(tmp_path, rows, by)[0])[0].window is None
    midnight = "nr,from,to,dead\n1,2031-05-14 00:00:00.000,2031-05-14 00:00:00.000,3\n"
    day = VALLEY + "time: {start: {column: from}, end: {column: to}, precision: day}\n"
    found = counts(read(tmp_path, midnight, day)[0])[0]
    assert (found.time, found.window) == (Time(start="2031-05-14", end="2031-05-14"), None)


def test_a_place_stands_without_what_cannot_be_read(tmp_path: Path) -> None:
    by = VALLEY + "place: {name: '{town}', country: '{land}', lat: y, lon: x}\n"
    readings, issues = read(tmp_path, "nr,dead,town,land,y,x\n1,3,Halden,Varenia,95,85\n", by)
    assert counts(readings)[0].place == Place(text="Halden", name="Halden")
    assert [(issue.level, issue.message) for issue in issues] == [
        ("warning", "column 'y': '95' is no number of degrees up to 90; the place stands without it"),
        ("warning", "column 'land': 'Varenia' is no country that is known; the place stands without it"),
    ]


# --- incidents -------------------------------------------------------------------------------------


def test_an_incident_names_who_acted_only_where_the_mapping_says_so(tmp_path: Path) -> None:
    by = (
        HEAD
        + "incidents:\n  - {type: shelling, only: {who: [known]}, perpetrator: ['{a}'], target: ['{b}']}\n"
    )
    by += "  - {type: {column: kind, values: {fight: clash}}, unless: {who: [known]}}\n"
    rows = "nr,kind,who,a,b\n1,fight,known,North,South\n2,fight,,North,South\n3,fight,known,North,\n"
    readings, _ = read(tmp_path, rows, by)
    first, second, third = incidents(readings)
    assert ([actor.name for actor in first.perpetrator], [actor.name for actor in first.target]) == (
        ["North"],
        ["South"],
    )
    assert (second.type, second.perpetrator, second.target) == ("clash", (), ())
    assert third.target == ()
    assert words(readings[1]) == ["kind: fight"]
    assert words(readings[0]) == [readings[0].document.text]


# --- what is wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2,many,2031-05-15", "column 'dead': 'many' is no number; left out"),
        ("2,-4,2031-05-15", "column 'dead': '-4' is below zero, which nothing can be counted to; left out"),
        ("2,4,15.5.2031", "column 'day': '15.5.2031' is no date of the format iso; left out"),
    ],
)
def test_a_cell_that_cannot_be_read_costs_its_claim_alone(tmp_path: Path, row: str, said: str) -> None:
    by = VALLEY + "time: {at: {column: day}}\n"
    readings, issues = read(tmp_path, f"nr,dead,day\n1,3,2031-05-14\n{row}\n3,5,2031-05-16\n", by)
    assert len(readings) == 3
    assert bounds(readings) == [(3, 3), (5, 5)]
    assert [(issue.origin, issue.message, issue.level) for issue in issues] == [
        (f"{tmp_path / 'table.csv'} row 3", said, "error")
    ]


def test_a_row_that_still_says_something_is_read_with_a_warning(tmp_path: Path) -> None:
    by = VALLEY + "  - measure: wounded\n    figure: {column: hurt}\n"
    readings, issues = read(tmp_path, "nr,dead,hurt\n1,many,4\n", by)
    assert bounds(readings) == [(4, 4)]
    assert [issue.level for issue in issues] == ["warning"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("5,2", "column 'least': 5 is above 2, the high bound"),
        ("x,2", "column 'least': 'x' is no number"),
    ],
)
def test_bounds_out_of_order_are_told(tmp_path: Path, cells: str, said: str) -> None:
    by = VALLEY.replace("{column: dead}", "{low: least, high: most}")
    _, issues = read(tmp_path, f"nr,least,most\n1,{cells}\n", by)
    assert issues[0].message == f"{said}; left out"


def test_an_end_before_its_start_is_told(tmp_path: Path) -> None:
    by = VALLEY + "time: {start: {column: from}, end: {column: to}}\n"
    readings, issues = read(tmp_path, "nr,dead,from,to\n1,3,2031-05-14,2031-05\n2,3,2031-05-14,2031-04\n", by)
    assert len(claims(readings)) == 1
    assert issues[0].message == "column 'to': the end, 2031-04, is before the start, 2031-05-14; left out"


def test_a_row_without_an_id_is_named(tmp_path: Path) -> None:
    readings, issues = read(tmp_path, "nr,dead\n,3\n2,4\n")
    assert bounds(readings) == [(4, 4)]
    assert issues[0].message == "column 'nr': is empty, so that the report has no id"


def test_one_fault_of_a_row_is_told_once(tmp_path: Path) -> None:
    by = VALLEY + "  - measure: wounded\n    figure: {column: hurt}\ntime: {at: {column: day}}\n"
    _, issues = read(tmp_path, "nr,dead,hurt,day\n1,3,4,soon\n", by)
    assert len(issues) == 1


def test_a_table_that_is_all_wrong_does_not_flood(tmp_path: Path) -> None:
    rows = "nr,dead\n" + "".join(f"{number},x\n" for number in range(1_500))
    readings, issues = read(tmp_path, rows)
    assert (len(readings), len(issues)) == (1_500, 1_001)
    assert issues[-1].message == "has 500 more issues of its rows; the first 1,000 are listed"


# --- corrections -----------------------------------------------------------------------------------


def test_a_later_row_of_the_same_report_is_kept_as_a_correction(tmp_path: Path) -> None:
    readings, issues = read(tmp_path, "nr,dead\n1,3\n2,5\n1,4\n")
    assert [(r.document.report.id, c.low) for r in readings for c in counts([r])] == [
        ("valley: 1", 3),
        ("valley: 2", 5),
        ("valley: 1", 4),
    ]
    assert [(issue.origin.rpartition(" ")[2], issue.level) for issue in issues] == [("4", "warning")]
    assert "'valley: 1' stands in row 2 already, with other cells" in issues[0].message


def test_the_same_row_again_is_passed_over_and_told(tmp_path: Path) -> None:
    readings, issues = read(tmp_path, "nr,dead\n1,3\n1,3\n")
    assert len(readings) == 1
    assert [(issue.level, issue.message) for issue in issues] == [
        ("warning", "the same as row 2; passed over")
    ]


def test_a_running_total_that_falls_is_told_and_both_figures_stay(tmp_path: Path) -> None:
    by = VALLEY + "    running: true\ntime: {at: {column: day}}\nplace: {name: '{town}'}\n"
    rows = ["2,2031-05-15,Halden,7", "1,2031-05-14,Halden,10", "3,2031-05-16,Halden,9", "4,2031-05-17,Mill,1"]
    readings, issues = read(tmp_path, "\n".join(["nr,day,town,dead", *rows]), by)
    assert sorted(bounds(readings)) == [(1, 1), (7, 7), (9, 9), (10, 10)]  # type: ignore[type-var]
    said = "column 'dead': the running total falls from 10 on 2031-05-14 to 7 on 2031-05-15; both are kept"
    assert [(issue.origin.rpartition(" ")[2], issue.message) for issue in issues] == [("2", said)]


def test_parts_of_a_total_follow_its_id_and_stand_alone_without_it(tmp_path: Path) -> None:
    by = (
        VALLEY
        + "    name: all\n  - {measure: killed, unit: guards, figure: {column: guards}, part_of: all}\n"
    )
    readings, _ = read(tmp_path, "nr,dead,guards\n1,7,2\n2,,3\n", by)
    whole, part, alone = counts(readings)
    assert (part.part_of, alone.part_of) == (whole.id, None)


# --- properties ------------------------------------------------------------------------------------

ROW = st.tuples(
    st.integers(1, 40),
    st.sampled_from(["2031-05-14", "2031-05", "soon", ""]),
    st.sampled_from(["0", "7", "1566", "many", "N/A", ""]),
    st.sampled_from(["at_least", "about", "", "maybe"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12),
)
GROUPED = (
    VALLEY.replace("[nr]", "[nr], rows: several").replace(
        "{column: dead}", "{column: dead, relation: '{how}'}"
    )
    + "empty: [N/A]\ntime: {at: {column: day}}\nsaid_by: ['{who}']\n"
)


def as_csv(rows: list[tuple[int, str, str, str, str]]) -> str:
    quoted = [",".join(f'"{str(cell).replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    return "\n".join(["nr,day,dead,how,who", *quoted]) + "\n"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=8), data=st.data())
def test_rows_in_any_order_give_the_same_claims_and_each_stands_on_its_cell(
    tmp_path: Path, rows: list[tuple[int, str, str, str, str]], data: st.DataObject
) -> None:
    readings, _ = read(tmp_path, as_csv(rows), GROUPED)
    shuffled, _ = read(tmp_path, as_csv(data.draw(st.permutations(rows))), GROUPED)
    by_id = {reading.document.report.id: reading for reading in readings}
    assert {r.document.report.id: (r.document.text, r.claims) for r in shuffled} == {
        key: (r.document.text, r.claims) for key, r in by_id.items()
    }
    for reading in readings:
        for count in counts([reading]):
            assert reading.document.words(count.evidence) in {
                f"dead: {n}" for n in (count.low, count.high) if n is not None
            }
            for voice in count.said_by:
                assert voice.span
                assert reading.document.words(voice.span) == voice.source
