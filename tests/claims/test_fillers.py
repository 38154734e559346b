"""Who or what may fill a role: the candidates of the rules and of the encoder, each once."""

import itertools

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.seeing import QUIET, attribution, on, sight, view
from trucewatch.claims import fillers
from trucewatch.claims.fillers import LEAST, UNSEEN, Candidate, View
from trucewatch.model import (
    Actor,
    ActorMention,
    Annotations,
    Attribution,
    Count,
    Incident,
    Place,
    PlaceMention,
    Span,
    Statement,
    Time,
    Voice,
)

RAID = "Rebels from the north shelled the depot of the army near Vienna on Monday. Talks failed on Friday."
TALE = "The mayor said that rebels had shelled the depot. He blamed the governor."


def raid(
    *, perpetrator: tuple[Actor, ...] = (), time: Time | None = None, place: Place | None = None
) -> Incident:
    return Incident(
        evidence=on(RAID, "Rebels from the north shelled the depot of the army near Vienna on Monday"),
        said_by=(),
        type="shelling",
        perpetrator=perpetrator,
        time=time,
        place=place,
    )


def seeing(text: str, role: str, words: dict[str, float], **more: tuple[Attribution, ...]) -> View:
    return view(text, seen=sight(text, fills={role: words}), annotations=Annotations(), **more)


def named(found: list[Candidate[Actor]]) -> list[str]:
    return [c.value.name for c in found]


# --- a view ---


def test_a_view_finds_the_sentence_that_an_offset_stands_in() -> None:
    seen = view(RAID)
    for words, at in (("Rebels", 0), ("Monday", 0), ("Talks", 1), ("Friday", 1)):
        passage = seen.passage(RAID.index(words))
        assert passage is not None
        assert passage.span == seen.document.sentences[at]


def test_before_the_first_sentence_and_in_an_empty_text_there_is_no_sentence() -> None:
    assert view("  \nIt rained.").passage(0) is None
    assert view("").passage(0) is None


# --- a filling ---


def filling(words: dict[str, float]) -> fillers.Filling:
    return seeing(RAID, "incident.perpetrator", words).filling("incident.perpetrator", raid().evidence)


def test_the_odds_of_a_span_are_the_mean_of_its_words() -> None:
    found = filling({"Rebels": 4.0, "from": 1.0})
    assert found.of(on(RAID, "Rebels from")) == pytest.approx(2.5)
    assert found.of(on(RAID, "Rebels")) == pytest.approx(4.0)
    assert found.of(on(RAID, "Friday.")) == pytest.approx(QUIET)


def test_nothing_and_what_stands_too_far_off_are_unseen() -> None:
    assert filling({}).of(None) == UNSEEN
    far = "shelled " + "and " * 300 + "rebels"
    found = view(far, annotations=Annotations()).filling("incident.perpetrator", on(far, "shelled"))
    assert found.of(on(far, "rebels")) == UNSEEN
    assert found.of(on(far, "shelled")) == pytest.approx(QUIET)


def test_a_far_span_is_unseen_on_either_side() -> None:
    far = "rebels " + "and " * 300 + "shelled"
    found = view(far, annotations=Annotations()).filling("incident.perpetrator", on(far, "shelled"))
    assert found.low > 0
    assert found.of(on(far, "rebels")) == UNSEEN


def test_of_a_span_that_is_partly_too_far_off_the_rest_counts() -> None:
    far = "and " * 300 + "shelled"
    found = view(far, annotations=Annotations()).filling("incident.perpetrator", on(far, "shelled"))
    edge = found.sight.spans[found.low]
    assert found.of((0, edge[1])) == pytest.approx(QUIET)


def test_words_side_by_side_make_one_run() -> None:
    found = filling({"Rebels from the north": 2.0, "the army": 0.5, "Friday": 1.0})
    assert list(found.runs()) == [
        on(RAID, "Rebels from the north"), on(RAID, "the army"), on(RAID, "Friday"),
    ]  # fmt: skip


def test_a_run_may_end_with_the_text() -> None:
    assert list(filling({"Friday.": 2.0}).runs()) == [(RAID.index("Friday"), len(RAID))]


def test_where_nothing_is_likely_there_are_no_runs_and_none_is_best() -> None:
    assert list(filling({}).runs()) == []
    assert filling({}).best() is None
    assert list(filling({"Rebels": LEAST}).runs()) == []


def test_the_best_run_is_likelier_than_not_and_longer_runs_count_more() -> None:
    assert filling({"Rebels": -0.1}).best() is None
    assert filling({"Rebels": 0.1}).best() == on(RAID, "Rebels")
    assert filling({"Rebels from the north": 2.0, "the army": 2.5}).best() == on(
        RAID, "Rebels from the north"
    )


@given(st.lists(st.floats(-6, 6, width=32), min_size=19, max_size=19))
def test_runs_are_apart_and_hold_all_likely_words_and_no_others(odds: list[float]) -> None:
    seen = sight(RAID)
    made = fillers.Filling(seen, 0, np.array(odds, dtype=np.float32))
    runs = list(made.runs())
    inside = {n for n, (a, b) in enumerate(seen.spans) if any(s <= a and b <= e for s, e in runs)}
    assert inside == {n for n, o in enumerate(odds) if o > LEAST}
    assert all(one[1] < other[0] for one, other in itertools.pairwise(runs))
    best = made.best()
    assert (best is None) == (max(odds) <= 0)
    assert best is None or made.of(best) > 0


# --- features ---


@given(st.booleans(), st.floats(-1e6, 1e6), st.floats(0, 1), st.booleans())
def test_the_odds_of_a_candidate_are_kept_within_bounds(
    ruled: bool, odds: float, told: float, alone: bool
) -> None:
    found = Candidate("x", ruled, odds, told).features(alone=alone)
    assert found == (ruled, min(7.0, max(-7.0, odds)), found[1] * ruled, alone, told)


# --- actors ---


def test_whom_only_the_encoder_sees_is_a_candidate_by_the_words_without_their_article() -> None:
    seen = seeing(RAID, "incident.target", {"the army": 3.0})
    (found,) = fillers.actors(seen, raid(), "target")
    assert found == Candidate(Actor(name="army", span=on(RAID, "the army")), False, pytest.approx(3.0))


def test_an_article_that_stands_alone_is_kept() -> None:
    seen = seeing(RAID, "incident.target", {"the": 3.0})
    (found,) = fillers.actors(seen, raid(), "target")
    assert found.value.name == "the"


def test_a_role_that_nobody_fills_has_no_candidates() -> None:
    seen = seeing(RAID, "incident.target", {})
    assert fillers.actors(seen, raid(), "target") == []
    assert fillers.voices(seen, raid()) == []
    assert fillers.times(seen, raid()) == []
    assert fillers.places(seen, raid()) == []


def test_the_mention_on_the_words_tells_who_they_are() -> None:
    army = Actor(name="Army of Varenia", id="VA-army", type="organization")
    mention = ActorMention(span=on(RAID, "the army"), annotator="x", actors=(army,))
    seen = view(
        RAID,
        seen=sight(RAID, fills={"incident.target": {"army": 3.0}}),
        annotations=Annotations(actors=(mention,)),
    )
    assert [c.value for c in fillers.actors(seen, raid(), "target")] == [army]


def test_a_mention_that_only_brushes_the_words_does_not_name_them() -> None:
    north = Actor(name="North Varenia")
    mention = ActorMention(span=on(RAID, "north"), annotator="x", actors=(north,))
    seen = view(
        RAID,
        seen=sight(RAID, fills={"incident.perpetrator": {"Rebels from the north": 3.0}}),
        annotations=Annotations(actors=(mention,)),
    )
    assert named(fillers.actors(seen, raid(), "perpetrator")) == ["Rebels from the north"]


def test_an_unresolved_pronoun_is_named_by_its_word() -> None:
    he = ActorMention(span=on(TALE, "He"), annotator="x", actors=(), pronoun=True)
    seen = view(
        TALE,
        seen=sight(TALE, fills={"statement.speaker": {"He": 3.0}}),
        annotations=Annotations(actors=(he,)),
    )
    (found,) = fillers.actors(seen, blame(), "speaker")
    assert found.value == Actor(name="He", span=on(TALE, "He"))


def blame(*, content: Span | None = None) -> Statement:
    return Statement(
        evidence=on(TALE, "He blamed the governor"),
        said_by=(),
        speaker=(),
        act="accuse",
        form="indirect",
        content=content,
    )


def test_two_leaders_named_together_are_two_candidates() -> None:
    both = (Actor(name="Ivo Maren"), Actor(name="Lena Orth"))
    mention = ActorMention(span=on(RAID, "Rebels from the north"), annotator="x", actors=both)
    seen = view(
        RAID,
        seen=sight(RAID, fills={"incident.perpetrator": {"Rebels from the north": 3.0}}),
        annotations=Annotations(actors=(mention,)),
    )
    assert [c.value for c in fillers.actors(seen, raid(), "perpetrator")] == list(both)


def test_who_the_rules_chose_comes_first_with_the_odds_of_the_words_and_is_not_listed_twice() -> None:
    rebels = Actor(name="Northern Front", span=on(RAID, "Rebels from the north"))
    seen = seeing(RAID, "incident.perpetrator", {"Rebels from the": 2.0, "the army": 5.0})
    found = fillers.actors(seen, raid(perpetrator=(rebels,)), "perpetrator")
    assert [(c.value.name, c.ruled) for c in found] == [("Northern Front", True), ("army", False)]
    assert found[0].odds == pytest.approx(2.0)


def test_whom_the_encoder_contradicts_stays_a_candidate_with_low_odds() -> None:
    army = Actor(name="army", span=on(RAID, "the army"))
    seen = seeing(RAID, "incident.perpetrator", {"Rebels from the north": 4.0, "the army": -6.5})
    ruled, other = fillers.actors(seen, raid(perpetrator=(army,)), "perpetrator")
    assert (ruled.value, ruled.ruled, ruled.odds) == (army, True, pytest.approx(-6.5))
    assert (other.value.name, other.ruled, other.odds) == ("Rebels from the north", False, pytest.approx(4.0))


def test_two_runs_for_one_entity_are_one_candidate_with_the_better_odds() -> None:
    front = Actor(name="Front")
    marks = (
        ActorMention(span=on(TALE, "The mayor"), annotator="x", actors=(front,)),
        ActorMention(span=on(TALE, "He"), annotator="x", actors=(front,), pronoun=True),
    )
    seen = view(
        TALE,
        seen=sight(TALE, fills={"statement.speaker": {"The mayor": 1.0, "He": 3.0}}),
        annotations=Annotations(actors=marks),
    )
    assert fillers.actors(seen, blame(), "speaker") == [Candidate(front, False, pytest.approx(3.0))]


def test_a_ruled_actor_without_a_span_has_the_odds_of_whoever_bears_the_name() -> None:
    seen = seeing(RAID, "incident.perpetrator", {"the army": 3.0})
    known = raid(perpetrator=(Actor(name="army"), Actor(name="nobody")))
    assert [c.odds for c in fillers.actors(seen, known, "perpetrator")] == [pytest.approx(3.0), UNSEEN]


def test_the_one_observer_of_a_count_is_a_candidate() -> None:
    mission = Actor(name="mission", span=(0, 6))
    count = Count(evidence=(0, len(RAID)), said_by=(), measure="killed", observer=mission)
    assert fillers.actors(seeing(RAID, "count.observer", {}), count, "observer") == [
        Candidate(mission, True, pytest.approx(QUIET))
    ]


# --- sources ---


def tale(**parts: str) -> Attribution:
    told = {"source": "The mayor", "cue": "said", "content": "that rebels had shelled the depot"}
    return attribution(TALE, score=0.8, **(told | parts))


def shelling() -> Incident:
    return Incident(evidence=on(TALE, "rebels had shelled the depot"), said_by=(), type="shelling")


def test_who_tells_of_a_claim_is_the_source_of_the_content_around_it() -> None:
    seen = view(TALE, attributions=[tale()])
    assert fillers.sources(seen, shelling()) == [(on(TALE, "The mayor"), 0.8)]


def test_a_content_that_covers_too_little_of_a_claim_does_not_tell_it() -> None:
    seen = view(TALE, attributions=[tale(content="the depot")])
    assert fillers.sources(seen, shelling()) == []


def test_an_attribution_without_source_or_content_has_nobody_to_tell() -> None:
    bare = [msgspec.structs.replace(tale(), source=None), msgspec.structs.replace(tale(), content=())]
    assert fillers.sources(view(TALE, attributions=bare), shelling()) == []


def test_a_statement_is_told_by_an_attribution_of_the_same_content() -> None:
    said = tale(source="He", cue="blamed", content="the governor")
    seen = view(TALE, attributions=[tale(), said])
    assert fillers.sources(seen, blame(content=on(TALE, "the governor."))) == [(on(TALE, "He"), 0.8)]
    assert fillers.sources(seen, blame(content=on(TALE, "had shelled"))) == []
    assert fillers.sources(seen, blame()) == []


def test_the_source_of_an_attribution_is_a_voice_and_a_speaker_but_no_target() -> None:
    seen = view(TALE, attributions=[tale()])
    (voice,) = fillers.voices(seen, shelling())
    assert (voice.value.source, voice.told, voice.ruled) == ("mayor", 0.8, False)
    said = msgspec.structs.replace(blame(), evidence=(0, len(TALE)), content=tale().content[0])
    assert [(c.value.name, c.told) for c in fillers.actors(seen, said, "speaker")] == [("mayor", 0.8)]
    assert fillers.actors(seen, shelling(), "target") == []


def test_a_source_that_is_seen_elsewhere_too_is_one_voice_with_the_better_odds() -> None:
    mayor = Actor(name="Anna Sund")
    marks = tuple(
        ActorMention(span=on(TALE, words), annotator="x", actors=(mayor,)) for words in ("The mayor", "He")
    )
    looked = sight(TALE, fills={"incident.said_by": {"The mayor": -3.0, "He": 2.0}})
    seen = view(TALE, seen=looked, attributions=[tale()], annotations=Annotations(actors=marks))
    (voice,) = fillers.voices(seen, shelling())
    assert (voice.value.source, voice.odds, voice.told) == ("Anna Sund", pytest.approx(2.0), 0.8)


def test_a_voice_speaks_by_the_cue_and_channel_that_the_rules_read() -> None:
    told = msgspec.structs.replace(tale(), channel="radio")
    seen = view(TALE, attributions=[tale()], annotations=Annotations(speech=(told,)))
    (voice,) = fillers.voices(seen, shelling())
    assert voice.value == Voice(source="mayor", span=on(TALE, "The mayor"), cue="said", channel="radio")


def test_a_voice_that_the_rules_have_is_not_listed_again() -> None:
    mayor = Voice(source="Anna Sund", span=on(TALE, "mayor"), cue="said")
    claim = msgspec.structs.replace(shelling(), said_by=(mayor,))
    assert fillers.voices(view(TALE, attributions=[tale()]), claim) == [
        Candidate(mayor, True, pytest.approx(QUIET), 0.8)
    ]


# --- times and places ---


def dated(words: dict[str, float]) -> View:
    return view(RAID, seen=sight(RAID, fills={"incident.time": words}))


def test_a_date_is_a_candidate_where_the_encoder_thinks_it_likely() -> None:
    assert [c.value.text for c in fillers.times(dated({"Monday": 2.0, "Friday": LEAST}), raid())] == [
        "Monday"
    ]
    assert fillers.times(dated({}), raid()) == []


def test_the_rules_date_keeps_its_odds_beside_a_likelier_one() -> None:
    monday = Time(text="Monday", start="2031-05-12", end="2031-05-12")
    ruled, other = fillers.times(dated({"Monday": -4.0, "Friday": 3.0}), raid(time=monday))
    assert ruled == Candidate(monday, True, pytest.approx(-4.0))
    assert (other.value.text, other.ruled, other.odds) == ("Friday", False, pytest.approx(3.0))


def test_a_date_that_stands_on_no_words_has_middling_odds() -> None:
    known = raid(time=Time(text="some other day", start="2031-05-01"))
    assert [c.odds for c in fillers.times(dated({}), known)] == [UNSEEN / 2]


def test_a_place_that_the_rules_do_not_mark_is_a_candidate_by_its_words() -> None:
    seen = view(RAID, seen=sight(RAID, fills={"incident.place": {"the depot": 2.0, "Vienna": 3.0}}))
    vienna, depot = fillers.places(seen, raid())
    assert (vienna.value.name, vienna.value.country) == ("Vienna", "AT")
    assert depot.value == Place(text="the depot", name="the depot")
    assert depot.odds == pytest.approx(2.0)


def test_words_that_touch_a_marked_place_are_no_second_one() -> None:
    mark = PlaceMention(span=on(RAID, "Vienna"), annotator="x", name="Vienna")
    seen = view(
        RAID,
        seen=sight(RAID, fills={"incident.place": {"near Vienna": 3.0}}),
        annotations=Annotations(places=(mark,)),
    )
    assert [c.value.text for c in fillers.places(seen, raid())] == ["Vienna"]


def test_the_rules_place_comes_first() -> None:
    depot = Place(text="the depot", name="the depot")
    seen = view(RAID, seen=sight(RAID, fills={"incident.place": {"the depot": -1.0, "Vienna": 3.0}}))
    assert [(c.value.text, c.ruled) for c in fillers.places(seen, raid(place=depot))] == [
        ("the depot", True), ("Vienna", False),
    ]  # fmt: skip


def test_a_view_of_a_text_without_words_has_no_dates_within_reach() -> None:
    nothing = fillers.Filling(sight(""), 0, np.zeros(0, dtype=np.float32))
    assert list(fillers._reached(view(RAID).annotations.dates, nothing)) == []
    assert nothing.of((0, 3)) == UNSEEN
    assert nothing.best() is None


@given(st.integers(0, 10_000), st.sampled_from(["perpetrator", "target"]), st.booleans())
def test_candidates_are_all_of_the_rules_then_others_each_once(seed: int, role: str, known: bool) -> None:
    seen = seeing(RAID, "incident.target", {})
    odds = np.random.default_rng(seed).normal(size=seen.sight.links.weight.shape) * 4
    seen.sight.links.weight[...] = odds
    ruled = (
        (Actor(name="army", span=on(RAID, "the army")), Actor(name="Rebels", span=(0, 6))) if known else ()
    )
    claim = msgspec.structs.replace(raid(), **{role: ruled})
    found = fillers.actors(seen, claim, role)
    assert tuple(c.value for c in found if c.ruled) == ruled
    assert found[: len(ruled)] == [c for c in found if c.ruled]
    assert len({c.value.name for c in found}) == len(found)
    for c in found:
        assert c.value.span is not None
        assert RAID[c.value.span[0] : c.value.span[1]].removeprefix("the ") == c.value.name or c.ruled
