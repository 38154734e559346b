"""Where the fillers of a gold claim stand: what the encoder's role heads are taught."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import roles
from trucewatch.annotations.labels import KINDS, ROLES

TEXT = "The mayor said on Monday that rebels had shelled Kyiv. Rebels denied it on Monday."
SHELLED = (TEXT.index("rebels had"), TEXT.index("Kyiv") + 4)


def on(words: str, *, text: str = TEXT) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def incident(**fields: Any) -> dict[str, Any]:
    return {"kind": "incident", "evidence": list(SHELLED), "type": "shelling"} | fields


def statement(**fields: Any) -> dict[str, Any]:
    told = {"kind": "statement", "evidence": [0, SHELLED[1]], "content": list(SHELLED)}
    return told | {"speaker": [{"name": "mayor", "span": list(on("The mayor"))}]} | fields


def of(claim: dict[str, Any], *others: dict[str, Any], aliases: list[list[str]] | None = None) -> Any:
    return roles.of(claim, [claim, *others], TEXT, aliases or [])


# --- which roles ---


@pytest.mark.parametrize("kind", KINDS)
def test_a_claim_without_fillers_teaches_that_nobody_fills_its_roles(kind: str) -> None:
    found = of({"kind": kind, "evidence": [0, 9]})
    assert found == {r.split(".")[1]: [] for r in ROLES if r.startswith(kind + ".")}


def test_an_empty_filler_is_nobody() -> None:
    found = of(incident(perpetrator=[], target=None, said_by=[], time={}, place=None))
    assert found == {role: [] for role in ("perpetrator", "target", "said_by", "time", "place")}


def test_actors_stand_where_their_spans_say_each_once() -> None:
    rebels = {"name": "rebels", "span": list(on("rebels"))}
    assert of(incident(perpetrator=[rebels, rebels]))["perpetrator"] == [on("rebels")]


def test_an_actor_whose_words_are_not_known_is_not_taught() -> None:
    assert "perpetrator" not in of(incident(perpetrator=[{"name": "rebels", "span": None}]))
    assert "target" not in of(incident(target=[{"name": "somebody"}]))


def test_one_actor_alone_is_an_observer() -> None:
    count = {
        "kind": "count",
        "evidence": [0, 9],
        "observer": {"name": "mayor", "span": list(on("The mayor"))},
    }
    assert of(count)["observer"] == [on("The mayor")]


def test_a_statement_has_its_speaker_and_content() -> None:
    found = of(statement())
    assert found["content"] == [SHELLED]
    assert found["speaker"] == [on("The mayor")]
    assert found["addressees"] == []


# --- words looked up ---


def test_a_time_stands_inside_the_evidence_or_nearest_to_it() -> None:
    assert of(incident(time={"text": "Monday", "start": "2031-05-12"}))["time"] == [on("Monday")]
    second = TEXT.rindex("Monday")
    late = incident(time={"text": "Monday"}, evidence=[TEXT.index("Rebels denied"), len(TEXT)])
    assert of(late)["time"] == [(second, second + 6)]


@pytest.mark.parametrize("time", [{"start": "2031-05-12"}, {"text": ""}, {"text": "Tuesday"}])
def test_a_time_that_the_text_does_not_tell_is_not_taught(time: dict[str, Any]) -> None:
    assert "time" not in of(incident(time=time))


def test_words_are_looked_up_as_they_are_with_no_pattern_in_them() -> None:
    assert "place" not in of(incident(place={"text": "K..v"}))
    text = "Shells hit Kyiv (north) today."
    claim = {"kind": "incident", "evidence": [0, 10], "place": {"text": "Kyiv (north)"}}
    assert roles.of(claim, [claim], text, [])["place"] == [on("Kyiv (north)", text=text)]


def test_what_stands_too_far_off_is_not_taught() -> None:
    for gap, taught in ((roles.FAR, True), (roles.FAR + 1, False)):
        text = "hit" + " " * gap + "Kyiv"
        claim = {"kind": "incident", "evidence": [0, 3], "place": {"text": "Kyiv"}}
        assert ("place" in roles.of(claim, [claim], text, [])) == taught


def test_an_action_and_a_condition_are_looked_up_by_their_words() -> None:
    claim = {"kind": "commitment", "evidence": [0, 9], "action": "shelled Kyiv", "condition": "if it rains"}
    found = of(claim)
    assert found["action"] == [on("shelled Kyiv")]
    assert "condition" not in found


# --- voices ---


def test_a_voice_stands_where_its_span_says() -> None:
    said = incident(said_by=[{"source": "mayor", "span": list(on("The mayor"))}])
    assert of(said)["said_by"] == [on("The mayor")]


def test_a_voice_without_a_span_is_the_speaker_of_the_statement_around() -> None:
    assert of(incident(said_by=[{"source": "mayor"}]), statement())["said_by"] == [on("The mayor")]


def test_a_statement_about_something_else_lends_no_speaker() -> None:
    far = statement(content=[0, 9], speaker=[{"name": "mayor", "span": [0, 3]}])
    assert of(incident(said_by=[{"source": "mayor"}]), far)["said_by"] == [on("mayor")]


def test_a_voice_is_found_by_its_name_or_another_of_its_names_nearby() -> None:
    voice = [{"source": "Anna Sund"}]
    assert "said_by" not in of(incident(said_by=voice))
    found = of(incident(said_by=voice), aliases=[["rebels"], ["Anna Sund", "The mayor"]])
    assert found["said_by"] == [on("The mayor")]


def test_of_two_names_the_nearer_is_the_voice() -> None:
    found = of(incident(said_by=[{"source": "Kyiv"}]), aliases=[["The mayor", "Kyiv"]])
    assert found["said_by"] == [on("Kyiv")]


def test_a_chain_of_voices_is_taught_whole() -> None:
    chain = [{"source": "mayor", "span": list(on("The mayor"))}, {"source": "Rebels"}]
    assert of(incident(said_by=chain))["said_by"] == [on("The mayor"), on("Rebels")]


# --- all actors ---


def test_all_actors_of_a_claim_but_its_voices() -> None:
    rebels, mayor = ({"name": n, "span": list(on(n))} for n in ("rebels", "mayor"))
    claim = incident(
        perpetrator=[rebels, {"name": "unseen"}],
        target=[],
        observer=mayor,
        said_by=[{"source": "mayor", "span": [4, 9]}],
        time={"text": "Monday"},
        place=None,
    )
    assert list(roles.actors(claim)) == [rebels, mayor]


# --- whatever the gold says ---

WORDS = st.sampled_from([*TEXT.split(), "elsewhere", "", "K(iv"])
SPANS = st.tuples(st.integers(0, 40), st.integers(41, len(TEXT))).map(list)
ACTORS = st.lists(st.fixed_dictionaries({"name": WORDS}, optional={"span": SPANS | st.none()}), max_size=3)
VOICES = st.lists(st.fixed_dictionaries({"source": WORDS}, optional={"span": SPANS | st.none()}), max_size=3)
TOLD = st.none() | st.fixed_dictionaries({}, optional={"text": WORDS | st.none()})


@given(
    st.fixed_dictionaries(
        {"kind": st.just("incident"), "evidence": SPANS},
        optional={"perpetrator": ACTORS, "target": ACTORS, "said_by": VOICES, "time": TOLD, "place": TOLD},
    ),
    st.lists(st.lists(WORDS, max_size=3), max_size=3),
)
def test_fillers_stand_in_the_text_each_once(claim: dict[str, Any], aliases: list[list[str]]) -> None:
    for role, spans in of(claim, statement(), aliases=aliases).items():
        assert len(set(spans)) == len(spans)
        assert all(0 <= start < end <= len(TEXT) for start, end in spans)
        assert spans or not claim.get(role)
