"""A claim as the fields of a form and back: what nobody touched stays, what was typed is found or named."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch import interchange
from trucewatch.ledger import Ledger
from trucewatch.model import (
    Actor,
    AnyClaim,
    Contact,
    Count,
    Incident,
    Number,
    Place,
    Report,
    Span,
    Statement,
    Time,
    Voice,
    Window,
    digest,
)
from trucewatch.pages import fields, typed
from trucewatch.pages.scene import Scene

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
TEXT = "Halden and Ostmark met on Friday. Halden's envoy said that Ostmark fired 31 shells at\nMarrow Bridge."
CHOICES = 6
"""The most keys that a correction may take."""


def scene(text: str = TEXT, claims: tuple[AnyClaim, ...] = ()) -> Scene:
    report = Report(
        id="r",
        data=text.encode("utf-8", "replace"),
        media_type="text/plain",
        origin="test",
        sha256=digest(b""),
        published=dt.date(2031, 5, 3),
    )
    return Scene(report=report, text=text, claims=claims)


def form(claim: AnyClaim, of: Scene, **typed: str) -> dict[str, str]:
    """What a browser sends for a claim changed as given; __ stands for a dot."""
    told: dict[str, str] = {}
    for field in fields.fields(claim, of):
        told |= {field.shape.name: field.value, f"{field.shape.name}.at": field.at}
    return told | {name.replace("__", "."): value for name, value in typed.items()}


def read(claim: AnyClaim, of: Scene, **typed: str) -> AnyClaim:
    made, errors = fields.read(claim.kind, form(claim, of, **typed), old=claim, scene=of)
    assert errors == {}
    assert made is not None
    return made


def wrong(claim: AnyClaim, **typed: str) -> dict[str, str]:
    made, errors = fields.read(claim.kind, form(claim, scene(), **typed), old=claim, scene=scene())
    assert made is None
    return errors


# --- what nobody touched ---------------------------------------------------------------------------------

_SPANS = st.tuples(st.integers(0, 130), st.integers(0, 130))


def any_claims() -> st.SearchStrategy[AnyClaim]:
    """Claims with whatever their types allow: names of any characters, spans that lie nowhere."""
    text = st.text(max_size=12)
    numbers: st.SearchStrategy[Number] = st.integers() | st.floats(allow_nan=False)
    actor = st.builds(Actor, name=text, span=st.none() | _SPANS, id=st.none() | text)
    made = {
        Span: _SPANS,
        str: text,
        Number: numbers,
        Actor: actor,
        Voice: st.builds(
            Voice, source=text, span=st.none() | _SPANS, cue=st.none() | text, channel=st.none() | text
        ),
        Time: st.builds(Time, text=st.none() | text, start=st.none() | text, end=st.none() | text),
        Place: st.builds(Place, text=st.none() | text, name=st.none() | text, lat=st.none() | st.just(1.5)),
        Window: st.builds(Window, start=text, end=text),
    }
    kinds = [st.builds(kind, **_parts(kind, made)) for kind in fields.KINDS.values()]
    return st.one_of(kinds)  # type: ignore[arg-type]


def _parts(kind: type[Any], made: dict[Any, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: _part(hints[name], made) for name in kind.__struct_fields__}


def _part(hint: Any, made: dict[Any, Any]) -> Any:
    options = getattr(hint, "__args__", ())
    if hint == Span or Span in options:
        return _SPANS if hint == Span else st.none() | _SPANS
    if float in options:
        return st.none() | made[Number]
    if Ellipsis in options:
        return st.lists(made[options[0]], max_size=3).map(tuple)
    if type(None) in options:
        inner = next(one for one in options if one is not type(None))
        return st.none() | made.get(inner, st.from_type(inner))
    return made.get(hint, st.from_type(hint))


@given(claim=any_claims(), text=st.just(TEXT) | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_fields_read_back_give_the_very_same_claim_whatever_stands_in_it(claim: AnyClaim, text: str) -> None:
    made, errors = fields.read(claim.kind, form(claim, scene(text)), old=claim, scene=scene(text))
    low, high = getattr(claim, "low", None), getattr(claim, "high", None)
    time = claim.time
    unsound = (low is not None and high is not None and low > high) or (
        time and time.start and time.end and time.end < time.start
    )
    assert made == claim or (unsound and set(errors) <= {"high", "time.end"})


def test_every_claim_of_the_sample_reports_reads_back_as_it_is(demo: Path) -> None:
    with Ledger.open(demo, create=False) as ledger:
        by_report: dict[str, list[Any]] = defaultdict(list)
        for entry in ledger.entries():
            by_report[entry.report.sha256].append(entry)
        for sha256, entries in by_report.items():
            claims = tuple(entry.claim for entry in entries)
            of = Scene(report=entries[0].report, text=ledger.text(sha256), claims=claims)
            assert [read(claim, of) for claim in claims] == list(claims)


@pytest.mark.skipif(not GOLD.is_dir(), reason="../shared/gold is not there")
def test_every_claim_of_the_training_gold_reads_back_as_it_is() -> None:
    looked_at = 0
    for path in sorted(GOLD.glob("train/*.gold.json")):
        told = json.loads(path.read_bytes())
        text = path.with_name(path.name.replace(".gold.json", ".txt"))
        told["report"]["text"] = text.read_text(encoding="utf8") if text.is_file() else ""
        for reading in interchange.given([json.dumps(told).encode()], name=path.name):
            for claim in getattr(reading, "claims", ()):
                assert read(claim, scene(reading.document.text)) == claim
                looked_at += 1
    assert looked_at > 0


# --- what was typed --------------------------------------------------------------------------------------


def envoy() -> Actor:
    return Actor(name="Halden", span=(0, 6), id="HD", country="HD", type="country")


def shelled() -> Incident:
    start = TEXT.index("Ostmark fired")
    return Incident(evidence=(start, start + 20), said_by=(), type="shelling")


def counted() -> Count:
    start = TEXT.index("31 shells")
    return Count(evidence=(start, start + 9), said_by=(), measure="shots", low=30, high=30)


def test_an_actor_that_the_report_knows_comes_with_all_that_is_known_and_the_nearest_mention() -> None:
    met = Contact(evidence=(0, 32), said_by=(), form="meeting", status="held", participants=(envoy(),))
    made = read(shelled(), scene(claims=(met,)), perpetrator="halden")
    near = TEXT.rindex("Halden")
    assert made == msgspec.structs.replace(
        shelled(), perpetrator=(msgspec.structs.replace(envoy(), span=(near, near + 6)),)
    )


def test_an_actor_that_only_the_catalog_knows_comes_with_its_country() -> None:
    made = read(shelled(), scene(), perpetrator="Norway; Unheard Brigade")
    assert isinstance(made, Incident)
    assert made.perpetrator == (
        Actor(name="Norway", id="NO", country="NO", type="country"),
        Actor(name="Unheard Brigade"),
    )


def test_actors_that_stay_keep_their_parts_beside_a_new_one() -> None:
    before = msgspec.structs.replace(shelled(), perpetrator=(envoy(), Actor(name="Halden", span=(9, 10))))
    made = read(before, scene(), perpetrator="Halden; Ostmark; Halden")
    assert isinstance(made, Incident)
    assert (made.perpetrator[0], made.perpetrator[2]) == before.perpetrator
    assert made.perpetrator[1].name == "Ostmark"


def voiced(*voices: Voice) -> Incident:
    return msgspec.structs.replace(shelled(), said_by=voices)


SAID = Voice(source="an envoy", span=(34, 48), cue="said", channel="call")
TOLD = Voice(source="Ostmark", cue="told; again")


def test_cue_and_channel_are_typed_for_each_voice_in_turn() -> None:
    made = read(voiced(SAID, TOLD), scene(), said_by__cue="; claimed", said_by__channel="call; decree")
    assert made.said_by == (
        msgspec.structs.replace(SAID, cue=None),
        msgspec.structs.replace(TOLD, cue="claimed", channel="decree"),
    )


def test_voices_that_stay_keep_cue_and_channel_when_another_goes() -> None:
    assert read(voiced(SAID, TOLD), scene(), said_by="Ostmark").said_by == (TOLD,)
    assert read(voiced(SAID), scene(), said_by="an envoy; Halden").said_by[0] == SAID


def test_more_cues_than_voices_are_told() -> None:
    assert "2 for 1 voices" in wrong(voiced(SAID), said_by__cue="said; told")["said_by.cue"]
    assert "said_by.channel" in wrong(voiced(SAID), said_by__channel="a" * 301)


def test_the_point_of_a_place_is_shown_beside_it() -> None:
    there = msgspec.structs.replace(
        shelled(),
        place=Place(text="Marrow", name="Marrow", country="MW", lat=48.014, lon=37.8, precision="area"),
    )
    notes = {field.shape.name: field.note for field in fields.fields(there, scene())}
    assert notes["place.name"] == "48.01, 37.80, area, MW"
    assert notes["place.text"] == ""


@given(claim=any_claims(), kind=st.sampled_from(sorted(fields.KINDS)))
@settings(max_examples=200, deadline=None)
def test_what_means_the_same_in_another_kind_is_carried_there_exactly(claim: AnyClaim, kind: str) -> None:
    of = scene()
    told = {field.shape.name: field.value for field in fields.fields(claim, of, kind=kind)}
    told |= {f"{field.shape.name}.at": field.at for field in fields.fields(claim, of, kind=kind)}
    same = fields.shared(claim.kind, kind)
    assert {"evidence", "said_by", "time", "place"} <= same
    for shape in fields.shapes(kind):
        if shape.needed and shape.name not in same:
            told[shape.name] = (shape.choices or ("hold",))[0]
    made, errors = fields.read(kind, told, old=claim, scene=of)
    if made is None:
        assert set(errors) <= {"high", "time.end"}
        return
    assert {name: getattr(made, name) for name in same} == {name: getattr(claim, name) for name in same}


def test_a_place_that_the_gazetteer_knows_comes_with_its_point() -> None:
    of = scene(TEXT + " Fighting went on in Donetsk, Ukraine.")
    place = read(shelled(), of, place__text="Donetsk", place__name="Donetsk").place
    assert place is not None
    assert (place.country, place.precision) == ("UA", "settlement")
    assert place.lat is not None


def test_words_are_found_nearest_to_where_they_stood_over_a_line_break() -> None:
    made = read(shelled(), scene(), evidence="shells at Marrow Bridge")
    assert TEXT[slice(*made.evidence)] == "shells at\nMarrow Bridge"
    there = read(msgspec.structs.replace(shelled(), evidence=(0, 5)), scene(), evidence="Ostmark")
    assert there.evidence[0] == TEXT.index("Ostmark")


def test_words_marked_by_the_page_are_those_marked_where_they_stand_twice() -> None:
    last = TEXT.rindex("Ostmark")
    made = read(shelled(), scene(), evidence="Ostmark", evidence__at=f"{last}-{last + 7}")
    assert made.evidence == (last, last + 7)


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"evidence": "never said"}, "evidence", "do not stand in the report"),
        ({"evidence": ""}, "evidence", "is needed"),
        ({"time__start": "2031-02-30"}, "time.start", "is no day"),
        ({"time__start": "2031-05-03", "time__end": "2031-05-02"}, "time.end", "is before the first"),
        ({"type": "dance"}, "type", "is none of shelling"),
        ({"type": ""}, "type", "is needed"),
        ({"perpetrator": "a;" * 41}, "perpetrator", "takes 40 at most"),
        ({"perpetrator": "a" * 301}, "perpetrator", "300 characters"),
        ({"place__text": "a" * 2001}, "place.text", "2,000 characters"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(told: dict[str, str], field: str, words: str) -> None:
    errors = wrong(shelled(), **told)
    assert list(errors) == [field]
    assert words in errors[field]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"low": "many"}, "low"),
        ({"low": "31"}, "high"),
        ({"low": "1e5"}, "low"),
        ({"low": "-1"}, "low"),
        ({"observer": "A; B"}, "observer"),
        ({"period": "a day"}, "period"),
        ({"comparison__scope": "this year"}, "comparison.relation"),
        ({"window__start": "2031-05-02T19:30+02:00"}, "window.end"),
        ({"window__start": "yesterday"}, "window.start"),
    ],
)
def test_figures_that_cannot_be_are_told_beside_their_field(told: dict[str, str], field: str) -> None:
    assert field in wrong(counted(), **told)


def test_numbers_comparison_and_window_are_read() -> None:
    made = read(
        counted(),
        scene(),
        low="1,566",
        high="",
        approximate="yes",
        period="PT24H",
        comparison__relation="highest",
        comparison__scope="this year",
    )
    assert isinstance(made, Count)
    assert (made.low, made.high, made.approximate, made.period) == (1566, None, True, "PT24H")
    assert made.comparison is not None
    assert (made.comparison.relation, made.comparison.scope) == ("highest", "this year")


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("3", "2031-05-03"),
        ("30", "2031-04-30"),
        ("31", "2031-05-31"),
        ("12-31", "2030-12-31"),
        ("2031-04", "2031-04"),
        ("2031", "2031"),
        ("", None),
    ],
)
def test_a_day_of_the_month_is_the_one_nearest_to_the_report(given: str, day: str | None) -> None:
    assert typed.day(given, dt.date(2031, 5, 3)) == day


@pytest.mark.parametrize("given", ["32", "0", "13-1", "2031-13", "soon", "2031-5-3"])
def test_what_is_no_day_is_refused(given: str) -> None:
    with pytest.raises(typed.FieldError, match="is no day"):
        typed.day(given, dt.date(2031, 5, 3))


def test_the_fields_that_were_changed_are_named_as_people_see_them() -> None:
    made = read(shelled(), scene(), perpetrator="Ostmark", time__start="2")
    assert fields.changed(shelled(), made) == ["accused", "first day"]


def test_every_value_of_every_enumeration_is_reached_with_six_keys() -> None:
    """A key for the field, the first letters that no other value shares, Enter."""
    for kind in fields.KINDS:
        for shape in fields.shapes(kind):
            if shape.sort == "choice":
                needed = {one: _letters(one, shape.choices) for one in shape.choices}
                assert all(letters + 2 <= CHOICES for letters in needed.values()), (kind, shape.name, needed)


def _letters(value: str, choices: tuple[str, ...]) -> int:
    others = [one for one in choices if one != value]
    return next(n for n in range(1, len(value) + 1) if not any(one.startswith(value[:n]) for one in others))


def test_a_statement_shows_its_words_on_one_line_and_nothing_that_steers() -> None:
    text = "He said:\n\u202egone\x00 today."
    shown = fields.fields(
        Statement(evidence=(0, len(text)), said_by=(), speaker=(), act="assert", form="direct"), scene(text)
    )
    evidence = next(field for field in shown if field.shape.name == "evidence")
    assert evidence.value == "He said: \ufffdgone\ufffd today."


def test_words_that_could_be_many_are_looked_for_once_through() -> None:
    hostile = "said." + " " * 60 + "\n"
    report = Report(id="a", data=b"", media_type="text/plain", origin="a", sha256="0" * 64, title="")
    scene = Scene(report=report, text=hostile * 2_000)
    words = "said. " + "\ufffd " * 40 + "Q"
    started = time.perf_counter()
    assert scene.find(words, near=0) is None
    assert scene.mention(words, near=0) is None
    assert scene.find("said. " * 2_000, near=0) is None
    assert time.perf_counter() - started < 5
