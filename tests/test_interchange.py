from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

import msgspec
import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from tests.ledger.making import claims, document, report
from trucewatch.interchange import annotations_line, claims_line, given
from trucewatch.model import (
    Actor,
    ActorMention,
    Annotations,
    Attribution,
    Count,
    DateMention,
    DurationMention,
    Issue,
    PlaceMention,
    Quantity,
    Reading,
)
from trucewatch.model.checks import spans

STATEMENT = {
    "kind": "statement",
    "evidence": [0, 5],
    "said_by": [],
    "speaker": [{"name": "X"}],
    "act": "deny",
    "form": "direct",
}
COUNT = {"kind": "count", "evidence": [0, 5], "said_by": [], "measure": "killed", "low": 2}


def line(*told: dict[str, object], **head: object) -> bytes:
    return json.dumps({"report": {"id": "a", **head}, "claims": told}).encode()


def read(lines: Iterable[bytes]) -> tuple[list[Reading], list[Issue]]:
    met = list(given(lines, name="c.jsonl"))
    return [m for m in met if isinstance(m, Reading)], [m for m in met if isinstance(m, Issue)]


def written(reading: Reading) -> dict[str, object]:
    output = claims_line(reading)
    assert output.endswith(b"\n")
    assert output.count(b"\n") == 1
    decoded = json.loads(output)
    assert isinstance(decoded, dict)
    return decoded


# --- out ------------------------------------------------------------------------------------------


def test_a_report_and_its_claims_are_one_line_with_null_for_what_is_not_told() -> None:
    read_one = document(report("a", "No.", publisher=None, published=None))
    reading = Reading(document=read_one, annotations=Annotations(), claims=claims(read_one, "X"))
    out = written(reading)
    assert out["report"] == {
        "id": "a",
        "publisher": None,
        "published": None,
        "title": "Report a",
        "language": "en",
    }
    (claim,) = out["claims"]  # type: ignore[misc]
    assert claim["kind"] == "statement"
    assert claim["speaker"] == [{"name": "X"}]
    assert "time" not in claim


def test_half_characters_are_escaped_and_the_line_is_valid_utf8() -> None:
    read_one = document(msgspec.structs.replace(report(), title="half \ud83d"))
    reading = Reading(document=read_one, annotations=Annotations(), claims=())
    assert written(reading)["report"]["title"] == "half \ud83d"  # type: ignore[index]


def test_each_mark_has_the_fields_of_its_label() -> None:
    by = {"annotator": "rules", "score": 0.5}
    marks = Annotations(
        attributions=(Attribution(span=(0, 9), cue=(2, 4), content=((5, 9),), **by),),  # type: ignore[arg-type]
        actors=(
            ActorMention(
                span=(1, 2), actors=(Actor(name="X", type="person"), Actor(name="Y")), entity=3, **by
            ),  # type: ignore[arg-type]
            ActorMention(span=(3, 4), actors=(), pronoun=True, **by),  # type: ignore[arg-type]
        ),
        places=(PlaceMention(span=(4, 5), name="Shyrokyne", lat=47.1, lon=37.8, **by),),  # type: ignore[arg-type]
        dates=(DateMention(span=(5, 6), value="2022-02-19", start="2022-02-19", end="2022-02-19", **by),),  # type: ignore[arg-type]
        durations=(DurationMention(span=(6, 7), value="PT105M", **by),),  # type: ignore[arg-type]
        quantities=(Quantity(span=(7, 8), number=(7, 8), low=1501, change=">", unit="violations", **by),),  # type: ignore[arg-type]
    )
    reading = Reading(document=document(report()), annotations=marks, claims=())
    out = json.loads(annotations_line(reading))
    assert out["report"] == {"id": "a"}
    common = {"annotator": "rules", "score": 0.5}
    assert out["annotations"] == [
        {
            **common,
            "label": "attribution",
            "span": [0, 9],
            "source": None,
            "cue": [2, 4],
            "content": [[5, 9]],
        },
        {
            **common,
            "label": "actor",
            "span": [1, 2],
            "name": "X",
            "type": "person",
            "entity": 3,
            "metonymic": False,
        },
        {**common, "label": "actor", "span": [1, 2], "name": "Y", "entity": 3, "metonymic": False},
        {**common, "label": "actor", "span": [3, 4], "metonymic": False},
        {**common, "label": "place", "span": [4, 5], "name": "Shyrokyne", "lat": 47.1, "lon": 37.8},
        {
            **common,
            "label": "date",
            "span": [5, 6],
            "value": "2022-02-19",
            "start": "2022-02-19",
            "end": "2022-02-19",
        },
        {**common, "label": "duration", "span": [6, 7], "value": "PT105M"},
        {
            **common,
            "label": "quantity",
            "span": [7, 8],
            "low": 1501,
            "approximate": False,
            "change": ">",
            "unit": "violations",
        },
    ]


# --- in -------------------------------------------------------------------------------------------


def test_given_claims_come_with_ids_and_the_name_of_their_file() -> None:
    (reading,), issues = read([line(STATEMENT, publisher="Lusa", published="2022-02-20", title="T")])
    assert issues == []
    (claim,) = reading.claims
    assert (claim.kind, claim.reader, len(claim.id or "")) == ("statement", "given: c.jsonl", 16)
    of = reading.document.report
    assert (of.id, of.publisher, of.published, of.title) == ("a", "Lusa", dt.date(2022, 2, 20), "T")
    assert reading.document.text == ""


def test_null_says_the_same_as_an_absent_field() -> None:
    nulls = {"time": None, "addressees": None, "speaker": [{"name": "X", "id": None}], "channel": None}
    (one,), (other,) = read([line(STATEMENT)])[0], read([line({**STATEMENT, **nulls})])[0]
    assert one.claims == other.claims


def test_what_extract_writes_can_be_given_and_keeps_its_ids() -> None:
    read_one = document(report())
    reading = Reading(document=read_one, annotations=Annotations(), claims=claims(read_one, "X", "Y"))
    (back,), issues = read([claims_line(reading)])
    assert issues == []
    assert {c.id for c in back.claims} == {c.id for c in reading.claims}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"act": "shout"}, "act: 'shout' is none of assert, deny, accuse, "),
        (
            {"kind": "rumour"},
            "kind: 'rumour' is none of statement, contact, commitment, count, posture, incident",
        ),
        ({"kind": ["count"]}, "kind: ['count'] is none of "),
        ({"evidence": None}, "missing required field `evidence`"),
        ({"evidence": [5, 0]}, "evidence: [5, 0] is no span"),
        ({"evidence": [-1, 3]}, "evidence: [-1, 3] is no span"),
        ({"evidence": [0.5, 3]}, "evidence[0]: Expected `int`, got `float`"),
        ({"evidence": "all of it"}, "evidence: Expected `array`, got `str`"),
        ({"speaker": [{"nom": "X"}]}, "speaker[0]: Object missing required field `name`"),
        ({"speaker": [{"name": "X", "span": [4, 4]}]}, "speaker[0].span: [4, 4] is no span"),
        ({"time": {"start": "2022-2-1"}}, "time.start: '2022-2-1' is not YYYY"),
        ({"time": {"end": "2022-02-30"}}, "time.end: '2022-02-30' is not YYYY"),
        ({"confidence": 3}, "confidence: 3.0 is not between 0 and 1"),
        ({**COUNT, "low": 9, "high": 2}, "low: 9 is above high, 2"),
        ({**COUNT, "measure": "sheep"}, "measure: 'sheep' is none of ceasefire_violations, "),
    ],
)
def test_a_wrong_claim_is_named_by_line_and_field_and_the_others_go_on(
    wrong: dict[str, object], message: str
) -> None:
    (first, second), (issue,) = read([line(COUNT), line({**STATEMENT, **wrong}, STATEMENT)])
    assert issue.origin == "c.jsonl line 2, claim 1"
    assert message in issue.message
    assert [c.kind for c in (*first.claims, *second.claims)] == ["count", "statement"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (b"claims: none", "is no JSON"),
        (b"[]", "report: is missing"),
        (b'{"report": {"id": "a"}}', "claims: is missing"),
        (b'{"report": {}, "claims": []}', "report.id: is missing"),
        (b'{"report": {"id": 7}, "claims": []}', "report.id: 7 is no text"),
        (b'{"report": {"id": "\xff"}, "claims": []}', "is no JSON"),
        (b'{"report": {"id": "\\ud800"}, "claims": []}', "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_go_on(wrong: bytes, message: str) -> None:
    (reading,), (issue,) = read([wrong, line(STATEMENT)])
    assert issue.origin == "c.jsonl line 1"
    assert message in issue.message
    assert len(reading.claims) == 1


def test_a_date_that_cannot_be_read_makes_the_report_undated() -> None:
    (reading,), (issue,) = read([line(STATEMENT, published="soon")])
    assert reading.document.report.published is None
    assert issue.level == "warning"
    assert "'soon' is no date" in issue.message


def test_a_field_that_is_not_known_is_told_of_and_the_claim_stays() -> None:
    (reading,), (issue,) = read([line({**STATEMENT, "adressees": []})])
    assert len(reading.claims) == 1
    assert (issue.level, issue.origin) == ("warning", "c.jsonl line 1, claim 1")
    assert issue.message.endswith("adressees")


def test_evidence_must_lie_in_the_text_where_one_is_given() -> None:
    (reading,), (issue,) = read([line(STATEMENT, {**STATEMENT, "evidence": [0, 6]}, text="Never")])
    assert reading.document.text == "Never"
    assert len(reading.claims) == 1
    assert "[0, 6] lies beyond the text, which ends at 5" in issue.message


def test_a_part_still_points_to_its_total_under_the_new_ids() -> None:
    total = {**COUNT, "id": "t", "low": 5}
    part = {**COUNT, "part_of": "t", "evidence": [2, 4]}
    (reading,), _ = read([line(part, total)])
    whole, subset = sorted(reading.claims, key=lambda claim: claim.evidence)
    assert isinstance(subset, Count)
    assert subset.part_of == whole.id != "t"


def test_all_spans_of_a_claim_are_found_with_their_fields() -> None:
    told = {**STATEMENT, "content": [1, 2], "speaker": [{"name": "X", "span": [3, 4]}]}
    told["said_by"] = [{"source": "Y", "span": [5, 6]}]
    (reading,), _ = read([line(told)])
    assert dict(spans(reading.claims[0])) == {
        "evidence": (0, 5),
        "content": (1, 2),
        "speaker[0].span": (3, 4),
        "said_by[0].span": (5, 6),
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(STATEMENT)), inner, max_size=3)
    ),
    max_leaves=8,
)


@examples(st.dictionaries(st.sampled_from([*STATEMENT, "time", "place", "id"]), JSON, max_size=4))
def test_whatever_stands_in_a_claim_it_is_read_or_named(wrong: dict[str, object]) -> None:
    readings, issues = read([line({**STATEMENT, **wrong})])
    assert len(readings) == 1
    assert readings[0].claims or issues
