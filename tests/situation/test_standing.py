"""Alleged, corroborated, verified; and contested, which nothing takes away."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.situation.disputing import CAST, disputed, forces_of, incidents_of, moves, paper, says, shelling
from trucewatch.model import AnyClaim, Entry
from trucewatch.situation.corroboration import corroborations
from trucewatch.situation.nouns import IncidentState, Standing
from trucewatch.situation.standing import denials_of, stand, standing

AT = {"place": "Saltmarsh", "on": "03-08"}
DENIED = says(
    "deny",
    "Orlen",
    "Orlen denied that its gunners had shelled the school in Saltmarsh.",
    "that its gunners had shelled the school in Saltmarsh",
    place="Saltmarsh",
)
MISSION = "Halden Mission"


def of(*told: list[Entry]) -> Standing:
    """The standing of the one incident that some reports tell."""
    (state,) = incidents_of(*told)
    assert state.standing is not None
    return state.standing


def hit(sentence: str, *said_by: str) -> tuple[str, str, AnyClaim]:
    return shelling(sentence, *said_by, by=["Orlen"], **AT)


STORIES = {
    "Post": "Shells fell on the roof of the school in Saltmarsh while the lamps were being lit.",
    "Quay Wire": "Where the pupils of Saltmarsh learn to read, six rounds came down before supper on Friday.",
    "Echo": "It was the caretaker who first heard the guns, and who led the children to the cellar.",
    "Bell": "A wall of the schoolhouse has gone; mortar bombs took it, together with the pear tree.",
    "Horn": "Smoke stood over the playground at Saltmarsh, seen from both banks of the river.",
}


def wire(name: str, *said_by: str, publisher: str | None = None) -> list[Entry]:
    """A report of its own that tells of the shelling as somebody's word."""
    sentence = STORIES.get(name, f"{name} prints that Saltmarsh was shelled.")
    return paper("03-09", hit(sentence, *said_by), name=name, publisher=publisher or name)


# --- alleged, corroborated, verified ---------------------------------------------------------------


def test_what_one_side_says_is_alleged_however_many_outlets_print_it() -> None:
    made = of(wire("Post", "Varenia"), wire("Quay Wire", "Varenia"), wire("Echo", "Ana Velik"))
    assert (made.standing, made.independent, made.sides) == ("alleged", 1, ("varenia",))


def test_two_voices_of_one_side_corroborate_nothing() -> None:
    assert of(wire("Post", "Orlen"), wire("Quay Wire", "hill brigades")).standing == "alleged"


def test_two_sides_in_texts_of_their_own_corroborate() -> None:
    made = of(wire("Post", "Varenia"), wire("Quay Wire", "Lakeland"))
    assert (made.standing, made.sides) == ("corroborated", ("lakeland", "varenia"))


def test_an_outlet_in_its_own_voice_is_no_side() -> None:
    made = of(wire("Post", "Varenia"), wire("Quay Wire"))
    assert (made.standing, made.independent) == ("alleged", 2)


def test_one_text_that_quotes_two_sides_is_one_origin() -> None:
    told = paper(
        "03-09",
        hit("The school was shelled, Varenia said.", "Varenia"),
        hit("Shells hit the school, said Lakeland.", "Lakeland"),
    )
    assert of(told).standing == "alleged"
    assert of(told, wire("Quay Wire")).standing == "alleged"


def test_the_mechanism_verifies_what_it_observed_in_its_own_voice() -> None:
    own = paper("03-09", hit("The Mission saw fresh craters of shells at the school."), publisher=MISSION)
    assert (of(own).standing, of(own).verified_by) == ("verified", (MISSION,))
    relayed = wire("Post", MISSION)
    assert of(relayed).standing == "verified"


@pytest.mark.parametrize(
    "sentence",
    [
        "Residents told the Mission that the school had been shelled.",
        "The Mission followed up on reports of a shelled school.",
        "The school was reportedly shelled.",
        "The Mission was unable to establish whether the school was shelled.",
    ],
)
def test_the_mechanism_does_not_verify_what_it_passes_on(sentence: str) -> None:
    assert of(paper("03-09", hit(sentence), publisher=MISSION)).standing == "alleged"


def test_what_residents_say_in_the_mechanisms_report_is_their_word() -> None:
    told = paper("03-09", hit("The school was shelled.", "a teacher"), publisher=MISSION)
    assert (of(told).standing, of(told).voices) == ("alleged", ("a teacher",))


def test_the_word_verified_belongs_to_whoever_says_it() -> None:
    """Trap 16."""
    sentence = "The shelling of the school has been verified and independently confirmed."
    assert of(paper("03-09", hit(sentence, "Varenia"))).standing == "alleged"


def test_a_look_alike_of_the_mechanism_verifies_nothing() -> None:
    """Trap 27."""
    assert of(wire("fake", publisher="halden-mission.example")).standing == "alleged"


def test_a_note_behind_the_name_of_the_mechanism_is_no_other_name() -> None:
    own = paper("03-09", hit("The Mission saw fresh craters of shells."), publisher="Halden Mission (closed)")
    assert of(own).standing == "verified"


def test_what_somebody_says_did_not_happen_is_no_incident() -> None:
    calm = shelling(
        "Orlen was neither planning nor carrying out an attack, it said.", "Orlen", by=["Orlen"], **AT
    )
    assert incidents_of(paper("03-09", calm)) == ()


# --- contested -------------------------------------------------------------------------------------


def test_a_denial_contests_an_incident_and_is_named() -> None:
    denial = paper("03-09", DENIED, name="denial")
    made = of(wire("Post", "Varenia"), denial)
    assert (made.standing, made.contested, made.denials) == ("alleged", True, (denial[0].claim.id,))


def test_a_confirmation_by_the_mechanism_does_not_hide_the_denial() -> None:
    own = paper("03-09", hit("The Mission saw fresh craters of shells."), publisher=MISSION, name="mission")
    made = of(wire("Post", "Varenia"), own, paper("03-09", DENIED, name="denial"))
    assert (made.standing, made.contested) == ("verified", True)


def test_an_incident_that_nobody_denies_is_not_contested() -> None:
    made = of(wire("Post", "Varenia"), wire("Quay Wire", "Lakeland"))
    assert (made.contested, made.denials) == (False, ())


def test_a_claimed_withdrawal_is_an_allegation_and_contested_by_who_sees_none() -> None:
    gone = moves("asserted", "Orlen said that its battalions had withdrawn.", "Orlen", of="Orlen")
    none = says(
        "deny",
        "Ana Velik",
        "Ana Velik denied that a withdrawal could be seen.",
        "that a withdrawal could be seen",
    )
    (state,) = forces_of(paper("03-08", gone), paper("03-09", none, name="later"))
    assert state.standing is not None
    assert (state.status, state.standing.standing, state.standing.contested) == ("asserted", "alleged", True)


def test_rival_figures_contest_no_incident() -> None:
    assert denials_of([]) == {}
    charge = paper("03-09", hit("The school was shelled, Varenia said.", "Varenia"))
    assert denials_of(disputed(charge)) == {}


# --- invariants ------------------------------------------------------------------------------------

TELLINGS = [
    wire("Post", "Varenia"),
    wire("Quay Wire", "Varenia"),
    wire("Echo", "Lakeland"),
    wire("Bell", "Orlen"),
    wire("Horn"),
    paper("03-09", hit("The Mission saw fresh craters."), publisher=MISSION, name="mission"),
]
_RANK = ("alleged", "corroborated", "verified")


def weighed(told: list[Entry], denials: dict[str, tuple[str, ...]]) -> Standing:
    (counted,) = corroborations([told], text_of=lambda report: "", cast=CAST)
    return standing(told, told=counted, denials=denials, cast=CAST)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([e for t in TELLINGS for e in t]), min_size=1, unique_by=id), st.booleans())
def test_adding_a_confirmation_never_lowers_the_standing_nor_removes_contested(
    told: list[Entry], denied: bool
) -> None:
    denials = {told[0].claim.id or "": ("a-denial",)} if denied else {}
    before, after = weighed(told[:1], denials), weighed(told, denials)
    assert after.contested == before.contested == denied
    assert _RANK.index(after.standing) >= _RANK.index(before.standing)
    assert weighed(told[::-1], denials) == after


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["Orlen", "hill brigades", "Bero Saar"]), min_size=1, max_size=6))
def test_voices_of_one_side_never_corroborate(voices: list[str]) -> None:
    told = [e for place, voice in enumerate(voices) for e in wire(f"Outlet {place}", voice)]
    assert weighed(told, {}).standing == "alleged"


def test_a_state_without_claims_on_file_is_alleged_by_nobody() -> None:
    state = IncidentState(type="shelling", claims=("gone",), told=dt.date(2031, 3, 8))
    (made,) = stand([state], [], cast=CAST)
    assert made.standing is not None
    assert (made.standing.standing, made.standing.voices, made.standing.contested) == ("alleged", (), False)
