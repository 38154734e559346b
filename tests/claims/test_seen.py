"""Claims that only the encoder sees: on its evidence, where the rules have none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.seeing import attribution, evidence, on, sight, view
from trucewatch.annotations.labels import CLASSES
from trucewatch.claims import seen
from trucewatch.claims.fillers import View
from trucewatch.model import (
    AnyClaim,
    Commitment,
    Contact,
    Count,
    Incident,
    Posture,
    Statement,
    Time,
)

RAID = "Shells hit the market in Vienna on Monday, killing three people and wounding 12."
SAID = 'The mayor said: "Nobody will leave." If the road opens, the army will pull back 300 soldiers.'
KILLED, WOUNDED = "Shells hit the market in Vienna on Monday, killing three people and wounding", "12."


def read(given: View, ruled: list[AnyClaim] | None = None) -> list[AnyClaim]:
    return list(seen.claims(given, ruled or []))


def only(given: View) -> AnyClaim:
    (claim,) = read(given)
    return claim


# --- where a claim is added ---


def test_without_evidence_nothing_is_added() -> None:
    assert read(view(RAID)) == []
    assert read(view("")) == []


def test_evidence_makes_a_claim_of_its_kind_by_the_encoder() -> None:
    claim = only(
        view(
            RAID,
            seen=sight(RAID, classes={"incident.type": {"shelling": 9}}),
            evidence=[evidence(RAID, "incident", "Shells hit the market in Vienna on Monday")],
        )
    )
    assert isinstance(claim, Incident)
    assert (claim.type, claim.trend, claim.reader) == ("shelling", None, seen.READER)
    assert claim.evidence == on(RAID, "Shells hit the market in Vienna on Monday")
    assert claim.time == Time(text="Monday", start="2031-05-12", end="2031-05-12")
    assert claim.place is not None
    assert claim.place.name == "Vienna"
    assert (claim.perpetrator, claim.target, claim.said_by) == ((), (), ())


def test_a_trend_is_set_where_the_encoder_sees_one() -> None:
    claim = only(
        view(
            RAID,
            seen=sight(RAID, classes={"incident.trend": {"up": 9}}),
            evidence=[evidence(RAID, "incident", "Shells hit the market")],
        )
    )
    assert isinstance(claim, Incident)
    assert claim.trend == "up"


@pytest.mark.parametrize(
    ("words", "added"),
    [
        ("Shells hit the market", 0),  # the same words
        ("hit the market in Vienna on Monday, killing", 0),  # half of the shorter are shared
        ("market in Vienna on Monday, killing", 1),  # a word only
        ("wounding 12", 1),  # elsewhere
    ],
)
def test_evidence_on_which_the_rules_have_a_claim_of_the_kind_adds_none(words: str, added: int) -> None:
    ruled = Incident(evidence=on(RAID, "Shells hit the market"), said_by=(), type="shelling")
    assert len(read(view(RAID, evidence=[evidence(RAID, "incident", words)]), [ruled])) == added


def test_a_rules_claim_of_another_kind_stands_in_nobodys_way() -> None:
    ruled = Count(evidence=on(RAID, "Shells hit the market"), said_by=(), measure="killed", low=3, high=3)
    mark = evidence(RAID, "incident", "Shells hit the market")
    assert [c.kind for c in read(view(RAID, evidence=[mark]), [ruled])] == ["incident"]


def test_evidence_may_end_with_the_text() -> None:
    claim = only(view(RAID, evidence=[evidence(RAID, "incident", "wounding 12.")]))
    assert claim.evidence[1] == len(RAID)


# --- statements ---


def said(fills: dict[str, dict[str, float]]) -> View:
    mark = evidence(SAID, "statement", 'The mayor said: "Nobody will leave."')
    return view(SAID, seen=sight(SAID, fills=fills, classes={"statement.act": {"deny": 9}}), evidence=[mark])


def test_a_statement_has_the_content_that_the_encoder_sees() -> None:
    claim = only(said({"statement.content": {'"Nobody will leave."': 3}}))
    assert isinstance(claim, Statement)
    assert claim.content == on(SAID, '"Nobody will leave."')
    assert (claim.act, claim.form, claim.speaker) == ("deny", "direct", ())


def test_the_form_of_a_statement_is_read_off_its_quotation_marks() -> None:
    claim = only(said({"statement.content": {'said: "Nobody will': 3}}))
    assert isinstance(claim, Statement)
    assert claim.form == "mixed"


def test_a_statement_whose_content_is_not_to_be_seen_is_none() -> None:
    assert read(said({})) == []


def test_a_content_apart_from_the_evidence_is_not_the_statements() -> None:
    assert read(said({"statement.content": {"the army will pull back": 3}})) == []


def test_what_a_speaker_does_is_told_by_the_verb_of_an_attribution_of_the_content() -> None:
    text = "The mayor warned that the bridge might fall. Others rejected it."
    fills = {"statement.content": {"that the bridge might fall": 3.0}}
    looked = sight(text, fills=fills, classes={"statement.act": {"deny": 9}})
    mark = evidence(text, "statement", "The mayor warned that the bridge might fall.")
    told = attribution(text, source="The mayor", cue="warned", content="that the bridge might fall")
    elsewhere = attribution(text, source="Others", cue="rejected", content="it.")
    for attributions, act in (([told], "warn"), ([elsewhere], "deny"), ([], "deny")):
        claim = only(view(text, seen=looked, evidence=[mark], attributions=attributions))
        assert isinstance(claim, Statement)
        assert claim.act == act


def test_where_the_cue_has_no_verb_the_encoder_tells_what_the_speaker_does() -> None:
    text = "According to the mayor the bridge fell."
    fills = {"statement.content": {"the bridge fell": 3.0}}
    told = attribution(text, source="the mayor", cue="According to", content="the bridge fell")
    looked = sight(text, fills=fills, classes={"statement.act": {"acknowledge": 9}})
    marks = [evidence(text, "statement", text)]
    claim = only(view(text, seen=looked, evidence=marks, attributions=[told]))
    assert isinstance(claim, Statement)
    assert claim.act == "acknowledge"


# --- contacts, commitments, postures ---


def test_a_contact_has_the_condition_in_its_words() -> None:
    text = "If the road opens, the two leaders will meet in Vienna."
    claim = only(
        view(
            text,
            seen=sight(text, classes={"contact.form": {"meeting": 9}, "contact.status": {"conditional": 9}}),
            evidence=[evidence(text, "contact", text)],
        )
    )
    assert isinstance(claim, Contact)
    assert (claim.form, claim.status, claim.participants) == ("meeting", "conditional", ())
    assert claim.condition == "If the road opens"
    assert claim.place is None


def pledge(fills: dict[str, dict[str, float]]) -> AnyClaim:
    words = "If the road opens, the army will pull back 300 soldiers"
    return only(view(SAID, seen=sight(SAID, fills=fills), evidence=[evidence(SAID, "commitment", words)]))


def test_a_commitment_has_the_action_that_the_encoder_sees_and_the_condition_in_its_words() -> None:
    claim = pledge({"commitment.action": {"pull back 300 soldiers": 3}})
    assert isinstance(claim, Commitment)
    assert (claim.action, claim.condition) == ("pull back 300 soldiers", "If the road opens")
    assert claim.topic == "withdrawal"


def test_where_no_action_is_seen_the_evidence_is_the_action() -> None:
    claim = pledge({})
    assert isinstance(claim, Commitment)
    assert claim.action == "If the road opens, the army will pull back 300 soldiers"


def test_a_posture_has_the_first_number_in_its_words() -> None:
    claim = only(view(SAID, evidence=[evidence(SAID, "posture", "the army will pull back 300 soldiers")]))
    assert isinstance(claim, Posture)
    assert (claim.low, claim.high, claim.unit, claim.force) == (300, 300, "soldiers", ())


def test_a_posture_without_a_number_has_none() -> None:
    claim = only(view(SAID, evidence=[evidence(SAID, "posture", "the army will pull back")]))
    assert isinstance(claim, Posture)
    assert (claim.low, claim.high, claim.unit) == (None, None, None)


# --- counts ---


def counted(ruled: list[AnyClaim] | None = None) -> list[AnyClaim]:
    return read(view(RAID, evidence=[evidence(RAID, "count", RAID)]), ruled)


def test_each_number_is_a_count_on_the_words_up_to_the_next() -> None:
    killed, wounded = counted()
    assert isinstance(killed, Count)
    assert isinstance(wounded, Count)
    assert (killed.low, killed.high, killed.unit) == (3, 3, "people")
    assert (wounded.low, wounded.high, wounded.unit) == (12, 12, None)
    assert killed.evidence == on(RAID, KILLED)
    assert wounded.evidence == on(RAID, WOUNDED)


def test_a_number_that_a_rule_has_counted_is_not_counted_again() -> None:
    ruled = Count(evidence=on(RAID, "killing three people"), said_by=(), measure="killed", low=3, high=3)
    (wounded,) = counted([ruled])
    assert wounded.evidence == on(RAID, WOUNDED)


def test_the_same_number_counted_elsewhere_and_another_number_here_do_not_hinder() -> None:
    elsewhere = Count(evidence=on(RAID, "Shells hit"), said_by=(), measure="killed", low=3, high=3)
    other = Count(evidence=on(RAID, "killing three people"), said_by=(), measure="killed", low=4, high=4)
    assert len(counted([elsewhere, other])) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The front moved by 12 km.",
        "Prices rose by 7 percent.",
        "Many fell.",
        "Aid worth $3 million arrived.",
        "They moved 500 metres forward.",
        "10 hectares burned.",
        "They fired 120 mm shells.",
    ],
)
def test_money_measures_shares_and_no_number_at_all_are_no_count(text: str) -> None:
    assert read(view(text, evidence=[evidence(text, "count", text)])) == []


def test_a_count_has_the_period_that_its_words_tell() -> None:
    text = "The mission recorded 40 explosions in the past 24 hours."
    (count,) = read(view(text, evidence=[evidence(text, "count", text)]))
    assert isinstance(count, Count)
    assert count.period == "PT24H"


def test_who_vouches_is_whose_words_cover_the_evidence() -> None:
    text = "Governor Anna Sund said on Monday that shells had hit the market."
    claim = only(view(text, evidence=[evidence(text, "incident", "shells had hit the market")]))
    assert [(v.source, v.cue) for v in claim.said_by] == [("Anna Sund", "said")]


# --- whatever the encoder sees ---

FIXED = view(RAID + " " + SAID)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10_000),
    st.sampled_from(["statement", "contact", "commitment", "count", "posture", "incident"]),
    st.integers(0, len(RAID) + 60),
    st.integers(1, 120),
)
def test_claims_stand_on_the_evidence_with_values_of_their_kind(
    seed: int, kind: str, start: int, length: int
) -> None:
    text = FIXED.document.text
    words = text[start : min(len(text), start + length)]
    mark = evidence(text, kind, words)  # type: ignore[arg-type]
    looked = sight(text)
    rng = np.random.default_rng(seed)
    looked.links.weight[...] = rng.normal(size=looked.links.weight.shape) * 3
    looked.votes[...] = rng.normal(size=looked.votes.shape) * 3
    given_view = view(text, seen=looked, evidence=[mark], annotations=FIXED.annotations)
    for claim in seen.claims(given_view, []):
        assert claim.kind == kind
        assert mark.span[0] <= claim.evidence[0] < claim.evidence[1] <= mark.span[1]
        assert claim.reader == seen.READER
        assert claim.confidence is None
        for name, values in CLASSES.items():
            of, field = name.split(".")
            if of == kind:
                assert (getattr(claim, field) or "") in values
        if isinstance(claim, Statement):
            assert claim.content is not None
            assert 0 <= claim.content[0] < claim.content[1] <= len(text)


def test_an_attribution_alone_is_no_claim() -> None:
    told = attribution(RAID, source="Shells", cue="hit", content="the market")
    assert read(view(RAID, attributions=[told])) == []
