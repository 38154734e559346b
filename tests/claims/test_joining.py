"""Rules and encoder joined: which claims are kept, with which fields, and how sure each is."""

import math
from collections import Counter
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.seeing import FAINT, attribution, evidence, on, sight, view
from trucewatch.annotations.labels import ABSENT, CLASSES, KINDS
from trucewatch.claims import joining, seen
from trucewatch.claims.fillers import UNSEEN, Candidate, View
from trucewatch.claims.joining import ACTORS, FEATURES, ONE, Part, Weights
from trucewatch.model import (
    Actor,
    AnyClaim,
    Commitment,
    Contact,
    Count,
    Incident,
    Place,
    Posture,
    Statement,
    Time,
    Voice,
)

TEXT = (
    "Rebels shelled the depot of the army near Vienna on Monday, killing three people and wounding 12. "
    "The mayor said that the army would pull back on Friday. He will meet the governor in Kyiv."
)
ARMY = Actor(name="army", span=on(TEXT, "the army"))
REBELS = Actor(name="Rebels", span=on(TEXT, "Rebels"))
BELIEVE_RULES = [-1.0, 4.0, 0.0, 0.0, 0.0, 0.0]  # bias, ruled, odds, odds of the ruled, alone, told
BELIEVE_ENCODER = [0.0, 0.0, 1.0, 0.0, 0.0, 0.0]
EVEN = [0.0] * (1 + FEATURES)


def raid(**fields: Any) -> Incident:
    told = {"evidence": on(TEXT, "Rebels shelled the depot of the army"), "said_by": (), "type": "shelling"}
    return Incident(**(told | fields))


def seeing(*, claim: str = "incident", words: str | None = None, **more: Any) -> View:
    marks = [evidence(TEXT, claim, words)] if words else []  # type: ignore[arg-type]
    return view(TEXT, seen=sight(TEXT, **more), evidence=marks)


def filled(given_view: View, claim: AnyClaim, **part: Any) -> AnyClaim:
    return joining.fill(given_view, claim, joining.gather(given_view, claim), Part(**part))


# --- a probability ---


@given(
    st.lists(st.floats(-100, 100), min_size=FEATURES, max_size=FEATURES),
    st.lists(st.floats(-100, 100), min_size=1 + FEATURES, max_size=1 + FEATURES),
)
def test_a_chance_lies_between_0_and_1(values: list[float], weights: list[float]) -> None:
    assert 0 < joining.chance(weights, values) < 1


@given(st.floats(-50, 50), st.floats(0, 50), st.floats(0, 5))
def test_a_chance_never_falls_where_a_feature_that_speaks_for_it_rises(
    value: float, more: float, weight: float
) -> None:
    assert joining.chance([0.3, weight], [value]) <= joining.chance([0.3, weight], [value + more])
    assert joining.chance([0.3, -weight], [value]) >= joining.chance([0.3, -weight], [value + more])


def test_without_weights_chances_are_even_and_even_odds_add_nothing() -> None:
    assert joining.chance(EVEN, [3.0] * FEATURES) == 0.5
    assert joining.chance([math.log(3), 9.0], [0.0]) == pytest.approx(0.75)


@given(st.floats(0, 1), st.floats(0, 1))
def test_log_odds_rise_with_the_probability_and_are_bounded(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert -7.1 < joining.odds(low) <= joining.odds(high) < 7.1
    assert joining.odds(low) == pytest.approx(-joining.odds(1 - low), abs=1e-6)


@pytest.mark.parametrize("beyond", [-1.0, 2.0, math.inf, -math.inf])
def test_log_odds_of_what_is_no_probability_are_bounded_too(beyond: float) -> None:
    assert abs(joining.odds(beyond)) == pytest.approx(7.0, abs=0.1)


# --- small classes ---


def test_the_encoder_decides_where_a_rules_value_counts_nothing() -> None:
    assert joining.best_value({"deny": 0.6, "warn": 0.4}, "warn", 0.0) == "deny"


def test_the_rules_decide_where_their_value_counts_enough() -> None:
    assert joining.best_value({"deny": 0.6, "warn": 0.4}, "warn", 1.0) == "warn"
    assert joining.best_value({"deny": 1.0, "warn": 0.0}, "warn", 10.0) == "warn"


def test_a_rules_value_that_the_encoder_holds_impossible_needs_much_to_win() -> None:
    assert joining.best_value({"deny": 1.0, "warn": 0.0}, "warn", 9.0) == "deny"


@given(st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1), min_size=1), st.text(), st.floats(0, 20))
def test_the_best_value_is_one_of_those_there_are(
    values: dict[str, float], ruled: str, weight: float
) -> None:
    best = joining.best_value(values, ruled, weight)
    assert best in values
    if best != ruled:
        likeliest = max(v for k, v in values.items() if k != ruled)
        assert max(values[best], joining.LEAST) == max(likeliest, joining.LEAST)


def test_a_small_class_changes_only_where_a_weight_was_fitted_for_it() -> None:
    given_view = seeing(classes={"incident.type": {"clash": 5}})
    kept, changed = filled(given_view, raid()), filled(given_view, raid(), classes={"incident.type": 1.0})
    assert isinstance(kept, Incident)
    assert isinstance(changed, Incident)
    assert (kept.type, changed.type) == ("shelling", "clash")


def test_a_trend_may_go_and_come() -> None:
    gone = filled(
        seeing(classes={"incident.trend": {ABSENT: 9}}), raid(trend="up"), classes={"incident.trend": 1.0}
    )
    come = filled(seeing(classes={"incident.trend": {"down": 9}}), raid(), classes={"incident.trend": 1.0})
    assert isinstance(gone, Incident)
    assert isinstance(come, Incident)
    assert (gone.trend, come.trend) == (None, "down")


# --- choosing ---

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.integers(0, 5),
        st.booleans(),
        st.floats(-20, 20),
        st.floats(0, 1),
    ),
    max_size=6,
)
FITTED = st.lists(st.floats(-10, 10), min_size=6, max_size=6)


def test_nobody_is_chosen_of_none() -> None:
    assert joining.choose([], None, least=0.5) == []
    assert joining.choose([], BELIEVE_RULES, least=0.5) == []


@given(CANDIDATES, st.floats(0, 1))
def test_without_weights_those_of_the_rules_are_chosen(found: list[Candidate[int]], least: float) -> None:
    assert joining.choose(found, None, least=least) == [c.value for c in found if c.ruled]


@given(CANDIDATES, FITTED, st.floats(0, 1))
def test_choosing_never_invents_or_doubles(
    found: list[Candidate[int]], weights: list[float], least: float
) -> None:
    assert Counter(joining.choose(found, weights, least=least)) <= Counter(c.value for c in found)


@given(CANDIDATES, FITTED, st.floats(0, 1), st.floats(0, 1))
def test_who_asks_for_more_gets_some_of_those_that_asking_for_less_gives_in_their_order(
    found: list[Candidate[int]], weights: list[float], one: float, other: float
) -> None:
    less, more = sorted((one, other))
    kept, fewer = (joining.choose(found, weights, least=least) for least in (less, more))
    rest = iter(kept)
    assert all(value in rest for value in fewer)


@given(st.lists(st.integers(-9, 9)))
def test_candidates_that_are_likelier_than_not_are_chosen_in_their_order(odds: list[int]) -> None:
    found = [Candidate(n, n % 2 == 0, float(n)) for n in odds]
    assert joining.choose(found, BELIEVE_ENCODER, least=0.5) == [n for n in odds if n >= 0]


def test_of_a_role_for_one_the_likeliest_alone_is_chosen() -> None:
    found = [Candidate("army", True, 1.0), Candidate("rebels", False, 4.0), Candidate("mission", False, 2.0)]
    assert joining.choose(found, BELIEVE_ENCODER, least=0.5, one=True) == ["rebels"]
    assert joining.choose(found[:0], BELIEVE_ENCODER, least=0.5, one=True) == []


def test_a_filler_that_the_encoder_contradicts_goes_where_the_encoder_is_believed() -> None:
    found = [Candidate("army", True, -6.0), Candidate("rebels", False, 4.0)]
    assert joining.choose(found, BELIEVE_ENCODER, least=0.5) == ["rebels"]
    assert joining.choose(found, BELIEVE_RULES, least=0.5) == ["army"]


def test_where_the_rules_chose_nobody_others_may_be_believed_more() -> None:
    alone = [-1.0, 0.0, 0.0, 0.0, 2.0, 0.0]
    both = [Candidate("army", True, 1.0), Candidate("rebels", False, 1.0)]
    assert joining.choose(both[1:], alone, least=0.5) == ["rebels"]
    assert joining.choose(both, alone, least=0.5) == []


# --- gathering and filling ---


def every_kind() -> list[AnyClaim]:
    whole = on(TEXT, "The mayor said that the army would pull back on Friday.")
    army, governor = (ARMY,), (Actor(name="governor", span=on(TEXT, "the governor")),)
    monday = Time(text="Monday", start="2031-05-12", end="2031-05-12")
    voice = (Voice(source="mayor", span=on(TEXT, "The mayor"), cue="said"),)
    nearby = Place(text="Vienna", name="Vienna", country="AT")
    return [
        Statement(evidence=whole, said_by=voice, speaker=governor, act="assert", form="indirect", about=army),
        Contact(evidence=whole, said_by=(), form="meeting", participants=governor, status="planned"),
        Commitment(
            evidence=whole, said_by=voice, parties=army, action="pull back", topic="withdrawal",
            strength="pledged", time=monday,
        ),
        Count(evidence=whole, said_by=(), measure="killed", low=3, high=3, observer=ARMY, place=nearby),
        Posture(
            evidence=whole, said_by=voice, force=army, action="withdrawal", status="planned",
            recipient=REBELS, time=monday, place=nearby,
        ),
        raid(perpetrator=(REBELS, ARMY), target=army, time=monday, place=nearby, trend="up"),
    ]  # fmt: skip


def test_each_kind_has_its_actors_and_all_but_statements_have_voices_time_and_place() -> None:
    given_view = seeing()
    for claim in every_kind():
        every = () if claim.kind == "statement" else ("said_by", "time", "place")
        assert set(joining.gather(given_view, claim)) == {
            f"{claim.kind}.{role}" for role in (*ACTORS[claim.kind], *every)
        }


def test_the_roles_are_fields_of_their_kind() -> None:
    assert set(ACTORS) == set(KINDS) == {c.kind for c in every_kind()}
    for claim in every_kind():
        assert set(ACTORS[claim.kind]) < set(claim.__struct_fields__)


SAID = [attribution(TEXT, source="The mayor", cue="said", content="that the army would pull back on Friday")]
ANNOTATED = view(TEXT, attributions=SAID).annotations


def looked_at(seed: int) -> View:
    """The text as an encoder of random weights sees it."""
    looked, rng = sight(TEXT), np.random.default_rng(seed)
    looked.links.weight[...] = rng.normal(size=looked.links.weight.shape) * 4
    looked.votes[...] = rng.normal(size=looked.votes.shape) * 4
    looked.inside[...] = rng.random(size=looked.inside.shape)
    return view(TEXT, seen=looked, annotations=ANNOTATED, attributions=SAID)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(every_kind()))
def test_where_nothing_was_fitted_a_claim_stays_as_the_rules_read_it(seed: int, claim: AnyClaim) -> None:
    assert filled(looked_at(seed), claim) == claim


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(every_kind()), FITTED, st.floats(0, 1))
def test_what_fills_a_claim_was_a_candidate_and_the_evidence_stays(
    seed: int, claim: AnyClaim, weights: list[float], least: float
) -> None:
    given_view = looked_at(seed)
    gathered = joining.gather(given_view, claim)
    classes = dict.fromkeys(CLASSES, 1.0)
    made = joining.fill(
        given_view,
        claim,
        gathered,
        Part(classes=classes, roles=dict.fromkeys(gathered, weights), least=dict.fromkeys(gathered, least)),
    )
    assert (made.kind, made.evidence) == (claim.kind, claim.evidence)
    for name, found in gathered.items():
        role = name.split(".")[1]
        value = getattr(made, role)
        chosen = [v for v in (value,) if v is not None] if role in ONE else list(value)
        assert all(any(v == c.value for c in found) for v in chosen)
    assert msgspec.json.decode(msgspec.json.encode(made), type=type(made)) == made


def test_a_missing_target_is_filled_by_whom_the_encoder_sees() -> None:
    given_view = seeing(fills={"incident.target": {"the army": 3}})
    made = filled(given_view, raid(), roles={"incident.target": BELIEVE_ENCODER})
    assert isinstance(made, Incident)
    assert [a.name for a in made.target] == ["army"]


def test_a_wrong_perpetrator_is_replaced() -> None:
    given_view = seeing(fills={"incident.perpetrator": {"Rebels": 3, "the army": -6}})
    made = filled(given_view, raid(perpetrator=(ARMY,)), roles={"incident.perpetrator": BELIEVE_ENCODER})
    assert isinstance(made, Incident)
    assert [a.name for a in made.perpetrator] == ["Rebels"]


def test_a_role_that_nobody_fills_is_empty() -> None:
    roles = {"incident.perpetrator": BELIEVE_ENCODER, "incident.time": BELIEVE_ENCODER}
    made = filled(seeing(), raid(perpetrator=(ARMY,), time=Time(text="Monday")), roles=roles)
    assert isinstance(made, Incident)
    assert (made.perpetrator, made.time) == ((), None)


def test_a_time_is_the_likeliest_of_two_likely_dates() -> None:
    given_view = seeing(fills={"incident.time": {"Monday": 1, "Friday": 4}})
    made = filled(given_view, raid(), roles={"incident.time": BELIEVE_ENCODER})
    assert made.time is not None
    assert made.time.text == "Friday"


def test_how_probable_a_filler_must_be_is_fitted_for_each_role() -> None:
    given_view = seeing(fills={"incident.target": {"the army": -1}})
    for least, names in ((0.2, ["army"]), (0.5, [])):
        part = {"roles": {"incident.target": BELIEVE_ENCODER}, "least": {"incident.target": least}}
        made = filled(given_view, raid(), **part)
        assert isinstance(made, Incident)
        assert [a.name for a in made.target] == names


def test_a_place_is_the_likeliest_of_two_likely_places() -> None:
    given_view = seeing(fills={"incident.place": {"Vienna": 1, "Kyiv": 4}})
    made = filled(given_view, raid(), roles={"incident.place": BELIEVE_ENCODER})
    assert made.place is not None
    assert made.place.name == "Kyiv"


def test_an_attribution_that_tells_a_claim_may_give_it_a_voice() -> None:
    pledge = every_kind()[2]
    given_view = view(TEXT, attributions=SAID)
    by_telling = [-1.0, 0.0, 0.0, 0.0, 0.0, 3.0]
    bare = msgspec.structs.replace(pledge, said_by=(), evidence=on(TEXT, "army would pull back"))
    made = filled(given_view, bare, roles={"commitment.said_by": by_telling})
    assert [(v.source, v.cue) for v in made.said_by] == [("mayor", "said")]


# --- features ---


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(every_kind()), st.none() | st.floats(0, 1))
def test_a_claim_has_as_many_features_as_were_fitted(
    seed: int, claim: AnyClaim, confidence: float | None
) -> None:
    found = joining.features(looked_at(seed), msgspec.structs.replace(claim, confidence=confidence))
    assert len(found) == FEATURES
    assert all(math.isfinite(value) for value in found)
    assert found[0] <= found[1] + 1e-6


def test_features_tell_what_the_encoder_sees_of_a_claim() -> None:
    words = "Rebels shelled the depot"
    given_view = seeing(
        words=words, inside={"incident": {words: 0.9}}, classes={"incident.type": {"clash": 40}}
    )
    mean, most, share, agreement, length, own = joining.features(given_view, raid(confidence=0.8))
    assert mean == pytest.approx(joining.odds((4 * 0.9 + 3 * FAINT) / 7), abs=1e-3)
    assert most == pytest.approx(math.log(9), abs=1e-3)
    assert share == pytest.approx(2 * len(words) / (len(words) + len("Rebels shelled the depot of the army")))
    assert agreement == pytest.approx((math.log(joining.LEAST) + math.log(1 / 4)) / 2, abs=1e-3)
    assert length == pytest.approx(math.log(len("Rebels shelled the depot of the army")))
    assert own == pytest.approx(math.log(4))


def test_evidence_of_another_kind_marks_no_claim() -> None:
    given_view = seeing(claim="count", words="Rebels shelled the depot")
    assert joining.features(given_view, raid())[2] == 0.0


def test_a_claim_that_the_rules_hold_impossible_is_not_taken_for_an_even_one() -> None:
    given_view = seeing()
    impossible, unsaid = (joining.features(given_view, raid(confidence=c))[-1] for c in (0.0, None))
    assert impossible == pytest.approx(-7.0, abs=0.1)
    assert unsaid == 0.0


def test_a_claim_at_the_very_end_has_features() -> None:
    last = raid(evidence=on(TEXT, "governor in Kyiv."))
    assert joining.features(seeing(), last)[0] == pytest.approx(joining.odds(FAINT), abs=1e-3)


# --- joining ---


def weighing(monkeypatch: pytest.MonkeyPatch, *, ruled: Part, own: Part, keep: float) -> None:
    weights = Weights(ruled=ruled, seen=own, keep=dict.fromkeys(KINDS, keep))
    monkeypatch.setattr(joining, "shipped", lambda: weights)


def trusting(bias: float, **more: Any) -> Part:
    return Part(trust={kind: [bias, *[0.0] * FEATURES] for kind in KINDS}, **more)


def test_the_claims_of_each_reader_have_their_own_weights() -> None:
    weights = Weights(ruled=trusting(1.0), seen=trusting(2.0))
    assert weights.of(raid(reader="rules: incidents")) is weights.ruled
    assert weights.of(raid()) is weights.ruled
    assert weights.of(raid(reader=seen.READER)) is weights.seen


def test_a_claim_is_kept_with_its_chance_as_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    weighing(monkeypatch, ruled=trusting(math.log(3)), own=trusting(-9.0), keep=0.6)
    given_view = seeing(words="killing three people and wounding 12")
    assert list(joining.join(given_view, [raid(confidence=0.2)])) == [raid(confidence=0.75)]


def test_a_claim_that_is_too_improbable_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    weighing(monkeypatch, ruled=trusting(math.log(3)), own=trusting(0.0), keep=0.76)
    assert list(joining.join(seeing(), [raid()])) == []


def test_what_only_the_encoder_sees_is_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    own = trusting(2.0, roles={"incident.target": BELIEVE_ENCODER})
    weighing(monkeypatch, ruled=trusting(-9.0), own=own, keep=0.5)
    given_view = seeing(
        words="Rebels shelled the depot of the army", fills={"incident.target": {"the army": 3}}
    )
    (claim,) = joining.join(given_view, [])
    assert isinstance(claim, Incident)
    assert [a.name for a in claim.target] == ["army"]
    assert claim.reader == seen.READER


def test_the_encoder_adds_no_second_claim_on_the_rules_words() -> None:
    given_view = seeing(words="Rebels shelled the depot")
    assert joining.candidates(given_view, [raid()]) == [raid()]
    assert len(joining.candidates(given_view, [])) == 1


def test_of_nothing_nothing_is_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    weighing(monkeypatch, ruled=trusting(9.0), own=trusting(9.0), keep=0.0)
    assert list(joining.join(view(""), [])) == []
    assert list(joining.join(seeing(), [])) == []


@pytest.fixture(scope="module", params=range(12))
def joined(request: pytest.FixtureRequest) -> tuple[list[AnyClaim], list[AnyClaim]]:
    """The rules' claims, and what a join by random weights makes of them and some evidence."""
    rng, given_view = np.random.default_rng(request.param), looked_at(request.param)
    marks = [evidence(TEXT, kind, TEXT[20 * n : 20 * n + 60]) for n, kind in enumerate(KINDS)]  # type: ignore[arg-type]
    annotations = msgspec.structs.replace(given_view.annotations, evidence=tuple(marks))
    given_view = View(given_view.document, annotations, given_view.sight)
    roles = [name for claim in every_kind() for name in joining.gather(given_view, claim)]
    parts = [
        Part(
            classes=dict.fromkeys(CLASSES, 1.0),
            roles={name: rng.normal(size=6).tolist() for name in roles},
            trust={kind: rng.normal(size=1 + FEATURES).tolist() for kind in KINDS},
        )
        for _ in range(2)
    ]
    weights = Weights(ruled=parts[0], seen=parts[1], keep=dict.fromkeys(KINDS, 0.3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "shipped", lambda: weights)
        return every_kind(), list(joining.join(given_view, every_kind()))


def test_joined_claims_stand_in_the_text_with_a_confidence(
    joined: tuple[list[AnyClaim], list[AnyClaim]],
) -> None:
    ruled, claims = joined
    assert claims
    for claim in claims:
        assert 0 <= claim.evidence[0] < claim.evidence[1] <= len(TEXT)
        assert claim.confidence is not None
        assert 0.3 <= claim.confidence <= 1
        if claim.reader != seen.READER:
            assert (claim.kind, claim.evidence) in {(c.kind, c.evidence) for c in ruled}


# --- the weights that ship ---


def test_weights_are_written_and_read_alike() -> None:
    weights = Weights(ruled=trusting(1.0, roles={"count.time": BELIEVE_RULES}), keep={"count": 0.4})
    assert msgspec.json.decode(msgspec.json.encode(weights), type=Weights) == weights


def test_weights_of_another_shape_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"keep": [0.5]}', type=Weights)


def test_what_stands_too_far_off_is_no_more_than_unlikely() -> None:
    assert Candidate("x", False, -math.inf).features(alone=True)[1] == UNSEEN
