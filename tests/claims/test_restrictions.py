import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.eval import restrictions as measured
from tests.reading import document
from trucewatch import pipeline
from trucewatch.annotations import annotate
from trucewatch.claims.exact import exact
from trucewatch.claims.restrictions import read
from trucewatch.interchange import claims_line
from trucewatch.ledger import Ledger
from trucewatch.model import Report, Restriction, digest
from trucewatch.model.checks import identify
from trucewatch.views.passage import render

MISSION = "Varenia Monitoring Mission"


def restrictions(text: str, publisher: str = MISSION) -> list[Restriction]:
    doc = document(text, publisher=publisher)
    return list(read(doc, annotate(doc)))


def places(found: list[Restriction]) -> list[str | None]:
    return [r.place.text if r.place else None for r in found]


def report(text: str) -> Report:
    data = text.encode()
    return Report(
        id="daily-7",
        data=data,
        media_type="text/plain",
        origin="daily-7.txt",
        sha256=digest(data),
        publisher=MISSION,
        published=dt.date(2031, 5, 14),
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A patrol was denied passage near Dolna.", "access"),
        ("Soldiers did not let the monitors enter the base at Dolna.", "access"),
        ("The Mission could not reach Dolna because the road was closed by police.", "access"),
        ("The observers were turned back at Dolna.", "access"),
        ("The authorities withheld flight permission for the patrol to Dolna.", "access"),
        ("The Mission's freedom of movement was restricted near Dolna.", "access"),
        ("The mini-UAV experienced GPS interference assessed as probable jamming near Dolna.", "jamming"),
        ("The Mission's camera in Dolna was not operational.", "camera"),
        ("The camera in Dolna has been offline since Friday.", "camera"),
        ("The patrol was delayed for 45 minutes at a checkpoint in Dolna.", "delay"),
        ("The monitors waited two hours at a checkpoint in Dolna.", "delay"),
        ("The patrol did not cross the bridge in Dolna because of unexploded ordnance.", "mines"),
        ("The Mission lost a mini-UAV over Dolna.", "other"),
        ("Monitors had to withdraw from Dolna after shots were fired.", "other"),
        ("Floods kept the observers from reaching Dolna.", "other"),
        ("Two observers were detained in Dolna.", "other"),
    ],
)
def test_the_type_is_what_keeps_the_observers_off(text: str, kind: str) -> None:
    found = restrictions(text)
    assert ([r.type for r in found], places(found)) == ([kind], ["Dolna"])


@pytest.mark.parametrize(
    "text",
    [
        "The patrol was able to pass the checkpoint in Dolna.",
        "The patrol was not stopped in Dolna.",
        "No restrictions of the Mission's freedom of movement were encountered.",
        "The army denied firing at the monitors near Dolna.",
        "The army denied that it had blocked the monitors in Dolna.",
        "The minister rejected claims that the observers had been barred from Dolna.",
        "The parties must not restrict the movement of the observers.",
        "The guarantors called on the army not to stop the patrols.",
        "Patrols will be stopped if the talks fail.",
        "The observers may be denied access to Dolna.",
        "The monitors saw a jamming system mounted on a truck in Dolna.",
        "The Mission saw a sign about mines near Dolna.",
        "The camera in Dolna recorded two explosions.",
        "The patrol saw trucks that had been stopped by soldiers in Dolna.",
        "The mandate of the observer mission, which had been blocked for weeks, was extended.",
    ],
)
def test_what_is_negated_denied_demanded_planned_or_merely_seen_is_none(text: str) -> None:
    assert restrictions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Aid convoys were refused access to Dolna.",
        "Residents were not allowed to pass the checkpoint in Dolna.",
        "Election observers were denied accreditation in Dolna.",
        "An army patrol was stopped in Dolna.",
        "The patrol of the police was attacked and turned back in Dolna.",
        "The army jammed an enemy drone near Dolna.",
        "Reporters were turned back at Dolna.",
    ],
)
def test_what_is_done_to_others_is_no_restriction_of_the_observers(text: str) -> None:
    assert restrictions(text) == []


def test_a_patrol_is_the_observers_in_a_report_of_theirs_only_or_beside_them() -> None:
    text = "A patrol was stopped near Dolna."
    assert places(restrictions(text)) == ["Dolna"]
    assert restrictions(text, publisher="Meridian Wire") == []
    beside = f"Ceasefire monitors complained on Friday. {text}"
    assert places(restrictions(beside, publisher="Meridian Wire")) == ["Dolna"]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            "An armed member of the Eastern Front denied the Mission passage.",
            "armed member of the Eastern Front",
        ),
        (
            "The Mission was denied passage by two soldiers of the Ostmark Guard.",
            "soldiers of the Ostmark Guard",
        ),
        ("On 12 May a group of villagers blocked the road and stopped the patrol.", "villagers"),
        ("At Dolna, soldiers told the monitors that the area was closed.", "soldiers"),
        ("The monitors were approached by guards, who ordered them to leave.", "guards"),
        ("The patrol was turned back when militia fighters closed the road.", "militia fighters"),
    ],
)
def test_those_to_whom_it_is_attributed_are_named_as_the_report_names_them(text: str, by: str) -> None:
    (found,) = restrictions(text)
    assert [actor.name for actor in found.by] == [by]


@pytest.mark.parametrize(
    "text",
    [
        "The patrol was turned back at Dolna.",
        "The patrol could not cross the field near Dolna because of mines.",
        "Heavy rain kept the observers from reaching Dolna.",
        "The patrol was stopped by Friday near Dolna.",
    ],
)
def test_where_nobody_is_named_nobody_is_behind_it(text: str) -> None:
    (found,) = restrictions(text)
    assert found.by == ()


def test_a_summary_gives_one_for_each_place_and_none_for_the_region_around() -> None:
    found = restrictions(
        "The Mission's freedom of movement was restricted, including at checkpoints near Verna and Zholt, "
        "Tarsk region, and at a crossing near Obava, Luzhan region."
    )
    assert places(found) == ["Verna", "Zholt", "Obava"]
    assert {r.type for r in found} == {"access"}


def test_a_summary_without_a_place_gives_one_without_a_place() -> None:
    (found,) = restrictions("The Mission's freedom of movement remained restricted.")
    assert found.place is None


def test_two_hindrances_at_one_place_are_one_and_at_two_places_are_two() -> None:
    one = restrictions("Soldiers stopped the patrol in Dolna and told the monitors to turn around.")
    assert places(one) == ["Dolna"]
    two = restrictions("The patrol was denied passage in Dolna; at Verna, it was delayed for an hour.")
    assert [(r.type, p) for r, p in zip(two, places(two), strict=True)] == [
        ("access", "Dolna"),
        ("delay", "Verna"),
    ]


def test_a_stopped_patrol_and_a_failing_camera_in_one_sentence_are_two() -> None:
    found = restrictions("Freedom of movement was restricted, and the camera was out of order.")
    assert sorted(r.type for r in found) == ["access", "camera"]


def test_where_it_is_goes_before_where_the_patrol_was_heading() -> None:
    text = (
        "At a checkpoint near Dolna (35km south of Varn), soldiers denied the Mission passage towards Zera."
    )
    assert places(restrictions(text)) == ["Dolna"]


def test_the_day_that_the_words_give_is_the_time() -> None:
    (found,) = restrictions("On 12 May 2031, soldiers stopped the patrol near Dolna.")
    assert found.time is not None
    assert (found.time.start, found.time.end) == ("2031-05-12", "2031-05-12")


def test_who_tells_it_in_another_s_report_vouches_for_it() -> None:
    text = "The observer mission said that soldiers had stopped its monitors near Dolna."
    (found,) = restrictions(text, publisher="Meridian Wire")
    assert "observer mission" in found.said_by[0].source


def test_the_observer_is_the_mission_of_the_report_where_only_a_patrol_is_named() -> None:
    text = "The Varenia Monitoring Mission (VMM) issued this report. A patrol was stopped near Dolna."
    (found,) = restrictions(text)
    assert found.observer is not None
    assert "Varenia Monitoring Mission" in found.observer.name


def test_a_known_place_has_its_coordinates() -> None:
    text = "The Mission was denied passage near Stanytsia Luhanska, Luhansk region, Ukraine."
    (found,) = restrictions(text)
    assert found.place is not None
    assert found.place.lat == pytest.approx(48.66, abs=0.1)


def test_a_headline_is_not_told_twice() -> None:
    text = "Monitors turned back near Dolna\n\nCeasefire monitors were turned back near Dolna on Friday.\n"
    assert len(restrictions(text, publisher="Meridian Wire")) == 1


def test_damaged_words_are_kept_as_received() -> None:
    received = document("the patrol was denied passage near Dolna.", publisher=MISSION)
    restored = document("The patrol was denied passage near Dolna.", publisher=MISSION)
    (found,) = read(restored, annotate(restored))
    assert exact(found, restored, received).evidence == found.evidence


# --- beside the other kinds -------------------------------------------------------------------------

DAILY = (
    "The Varenia Monitoring Mission recorded 40 explosions. "
    "Soldiers stopped a patrol of the Mission near Dolna."
)


def test_it_is_among_the_claims_of_a_report_with_an_id_of_its_own() -> None:
    claims = pipeline.process(report(DAILY), everything=True).claims
    (found,) = [c for c in claims if c.kind == "restriction"]
    assert found.id == identify(found, report_id="daily-7")
    assert len({c.id for c in claims}) == len(claims)


def test_the_lines_of_extract_leave_it_out() -> None:
    reading = pipeline.process(report(DAILY), everything=True)
    kinds = {claim["kind"] for claim in json.loads(claims_line(reading))["claims"]}
    assert "restriction" not in kinds
    assert "count" in kinds


def test_it_comes_back_from_the_ledger_as_it_went_in_and_can_be_shown(tmp_path: Path) -> None:
    reading = pipeline.process(report(DAILY), everything=True)
    (found,) = [c for c in reading.claims if c.kind == "restriction"]
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.add(reading.document, reading.claims, run=ledger.begin(reader="rules/2"))
        entry = ledger.entry(found.id or "")
        (filed,) = ledger.entries(kinds={"restriction"})
        text = ledger.text(entry.report.sha256)
    assert entry.claim == filed.claim == found
    shown = render(entry, text, mark=lambda words: f"[[{words}]]")
    assert "type: access" in shown
    assert "[[Soldiers stopped a patrol of the Mission near Dolna.]]" in shown


# --- whatever comes in ------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        *"The patrol monitors Mission camera UAV was were not denied stopped soldiers".split(),
        *"by at near to in Dolna Verna and , . ( ) ; freedom of movement restricted for two hours".split(),
        *"mines because of jamming told them that who".split(),
    ]
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
@example("")
@example("(" * 50 + "The patrol was denied access")
@example("was denied")
def test_any_words_give_restrictions_that_stand_on_words_of_the_text(text: str) -> None:
    for found in restrictions(text):
        start, end = found.evidence
        assert 0 <= start < end <= len(text)
        assert all(text[slice(*(actor.span or (0, 0)))] for actor in found.by)


def test_the_set_is_read_about_as_well_as_it_was() -> None:
    pairs = [pair for p in measured.passages() for pair in measured.match(p.restrictions, measured.read(p))]
    found = sum(pair.found for pair in pairs)
    assert found / sum(pair.gold is not None for pair in pairs) > 0.93
    assert found / sum(pair.read is not None for pair in pairs) > 0.97
