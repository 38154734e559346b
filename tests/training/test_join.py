"""Fitting the join: labels of candidates, thresholds, and how far confidences mean what they say."""

import itertools
import math
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("torch")

from tests.eval.scoring import Names
from tests.seeing import on, sight, view
from training import join
from training.join import Case
from training.plot import EDGE, SIZE, reliability
from trucewatch.annotations.labels import KINDS
from trucewatch.claims import joining, seen
from trucewatch.claims.fillers import Candidate
from trucewatch.claims.joining import FEATURES, Part, Weights
from trucewatch.model import Actor, Incident, Place, Statement, Time, Voice

TEXT = "Rebels shelled the depot of the army near Vienna on Monday."
VIEW = view(TEXT, seen=sight(TEXT, fills={"incident.target": {"the army": 3}}))
REBELS = {"name": "Rebels", "span": list(on(TEXT, "Rebels"))}
ARMY = {"name": "army", "span": list(on(TEXT, "the army"))}
EVEN = [0.0] * (1 + FEATURES)


def case(gold: dict[str, Any] | None = None, *, by_rule: bool = True, **fields: Any) -> Case:
    """A shelling by the rebels as read, beside what the gold says of it."""
    read = {"perpetrator": (Actor(name="Rebels", span=on(TEXT, "Rebels")),)} | fields
    claim = Incident(
        evidence=(0, len(TEXT)),
        said_by=(),
        type="shelling",
        reader="rules: incidents" if by_rule else seen.READER,
        **read,
    )
    return join._case(VIEW, claim, gold, Names())


def gold(**fields: Any) -> dict[str, Any]:
    return {
        "kind": "incident",
        "evidence": [0, len(TEXT)],
        "type": "shelling",
        "perpetrator": [REBELS],
    } | fields


# --- calibration ---


@given(st.lists(st.booleans()))
def test_a_perfect_forecaster_has_no_calibration_error(outcomes: list[bool]) -> None:
    error, _ = join.calibration([(float(right), right) for right in outcomes])
    assert error == 0


def test_a_forecaster_who_is_always_sure_and_always_wrong_has_the_greatest() -> None:
    assert join.calibration([(1.0, False)] * 30)[0] == 1.0
    assert join.calibration([(0.8, True)] * 30)[0] == pytest.approx(0.2)


ROWS = st.lists(st.tuples(st.floats(0, 1), st.booleans()))


@given(ROWS, st.integers(1, 20))
def test_bins_add_up_to_all_claims_and_rise(rows: list[tuple[float, bool]], bins: int) -> None:
    error, table = join.calibration(rows, bins=bins)
    assert 0 <= error <= 1 + 1e-9
    assert sum(n for _, _, n in table) == len(rows)
    assert len(table) == min(bins, len(rows))
    sizes = [n for _, _, n in table]
    assert not sizes or max(sizes) - min(sizes) <= 1
    said = [s for s, _, _ in table]
    assert all(one <= other + 1e-9 for one, other in itertools.pairwise(said))
    assert sum(right * n for _, right, n in table) == pytest.approx(sum(right for _, right in rows))


def test_without_claims_there_are_no_bins_and_no_error() -> None:
    assert join.calibration([]) == (0, [])


@given(ROWS, st.randoms())
def test_the_order_of_the_claims_does_not_count(rows: list[tuple[float, bool]], random: Any) -> None:
    shuffled = random.sample(rows, len(rows))
    assert join.calibration(shuffled)[0] == pytest.approx(join.calibration(rows)[0])


def test_even_chances_that_come_true_half_the_time_are_calibrated() -> None:
    assert join.calibration([(0.5, True)] * 50 + [(0.5, False)] * 50)[0] == pytest.approx(0)


# --- thresholds ---


def test_the_threshold_keeps_the_right_and_leaves_the_wrong_out() -> None:
    assert join._keep([(0.5, 1.0), (0.4, 1.0), (0.3, 0.0), (0.2, 0.0)], 2) == 0.4


def test_of_thresholds_that_are_nearly_alike_the_lowest_is_taken() -> None:
    rows = [(0.5, 1.0)] * 300 + [(0.4, 0.0)]
    assert join._keep(rows, 300) == 0.4


def test_what_is_all_right_is_all_kept_and_what_is_all_wrong_is_not() -> None:
    assert join._keep([(0.5, 1.0), (0.1, 1.0)], 2) == 0.1
    assert join._keep([(0.55, 0.0), (0.1, 0.0)], 2) == 0.5


def test_where_there_is_nothing_to_learn_from_claims_likelier_than_not_are_kept() -> None:
    assert join._keep([], 0) == 0.5
    assert join._keep([], 7) == 0.5


def test_a_threshold_is_never_so_high_that_only_the_surest_are_kept() -> None:
    assert join._keep([(0.95, 1.0), (0.9, 0.0)], 1) == 0.6


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=12), st.integers(0, 12))
def test_a_threshold_lies_where_a_claim_does(rows: list[tuple[float, float]], gold: int) -> None:
    assert join._keep(rows, gold) in {0.5, 0.6, *(math.floor(sure * 1000) / 1000 for sure, _ in rows)}


# --- which candidates are right ---


def right(role: str, found: list[Any], known: dict[str, Any] | None) -> list[float]:
    return list(join._right(f"incident.{role}", [Candidate(v, False, 0.0) for v in found], case(known)))


def test_an_actor_is_right_by_name_or_by_words() -> None:
    found = [Actor(name="army"), Actor(name="the rebel side", span=on(TEXT, "Rebels")), Actor(name="UN")]
    assert right("perpetrator", found, gold(perpetrator=[REBELS, ARMY])) == [True, True, False]


def test_each_gold_actor_counts_once() -> None:
    twice = [Actor(name="Rebels"), Actor(name="Rebels", span=(0, 6))]
    assert right("perpetrator", twice, gold()) == [True, False]


def test_one_filler_alone_is_compared_like_a_list_of_one() -> None:
    assert right("observer", [Actor(name="army"), Actor(name="UN")], gold(observer=ARMY)) == [True, False]


def test_voices_are_compared_by_source() -> None:
    told = gold(said_by=[{"source": "Anna Sund", "cue": "said"}])
    assert right("said_by", [Voice(source="UN"), Voice(source="Sund")], told) == [False, True]


def test_a_time_is_right_by_its_two_ends() -> None:
    known = gold(time={"text": "Monday", "start": "2031-05-12", "end": "2031-05-12"})
    days = [
        Time(text="that day", start="2031-05-12", end="2031-05-12"),
        Time(start="2031-05-12"),
        Time(start="2031-05-12", end="2031-05-13"),
        Time(start="2031-05-11", end="2031-05-11"),
    ]
    assert right("time", days, known) == [1.0, 0.5, 0.5, 0.0]
    assert right("time", days, gold()) == [0.0] * 4


def test_a_place_is_right_by_a_word_in_common() -> None:
    places = [Place(text="Kyiv", name="Kyiv"), Place(text="the depot near Vienna")]
    assert right("place", places, gold(place={"text": "Vienna"})) == [False, True]


@pytest.mark.parametrize("known", [None, gold(target=None), gold(target=[]), gold()])
def test_where_the_gold_has_nobody_nobody_is_right(known: dict[str, Any] | None) -> None:
    assert right("target", [Actor(name="army")], known) == [False]


# --- a case ---


def test_a_case_knows_who_read_it_and_what_both_say_of_its_classes() -> None:
    assert case().by_rule
    assert not case(by_rule=False).by_rule
    assert set(case().classes) == {"incident.type", "incident.trend"}
    assert case().classes["incident.type"][1] == "shelling"
    assert case().classes["incident.trend"][1] == ""
    assert len(case().features) == FEATURES


def test_the_share_of_right_fields() -> None:
    assert join.share(case(), Weights()) == 0.0
    assert join.share(case(gold()), Weights()) == 1.0
    assert join.share(case(gold(type="clash")), Weights()) == 0.5
    assert join.share(case(gold(target=[ARMY])), Weights()) == pytest.approx(2 / 3)


def test_a_field_that_the_encoder_fills_counts() -> None:
    part = Part(roles={"incident.target": [0.0, 0.0, 1.0, 0.0, 0.0, 0.0]})
    assert join.share(case(gold(target=[ARMY])), Weights(ruled=part)) == 1.0
    assert join.share(case(gold(target=[ARMY])), Weights(seen=part)) == pytest.approx(2 / 3)


# --- fitting ---


def report(*found: Case) -> tuple[dict[str, Any], list[Case]]:
    return {"claims": [c.gold for c in found if c.gold is not None]}, list(found)


def test_nothing_to_learn_from_gives_even_chances() -> None:
    assert join._regression([], []) == EVEN


def test_what_was_always_right_is_trusted_more_than_what_was_always_wrong() -> None:
    true = [case(gold(target=[ARMY])) for _ in range(8)]
    false = [case(None, by_rule=False) for _ in range(8)]
    weights = join.fit([report(*true), report(*false)])
    assert join.confidence(true[0], weights) > 0.9
    assert join.confidence(false[0], weights) < 0.1


def test_a_target_that_only_the_encoder_sees_is_learned() -> None:
    known = [case(gold(target=[ARMY])) for _ in range(8)]
    weights = join.fit([report(*known, case(None, by_rule=False))])
    made = joining.fill(VIEW, known[0].claim, known[0].roles, weights.of(known[0].claim))
    assert isinstance(made, Incident)
    assert [a.name for a in made.target] == ["army"]


def split(known: dict[str, Any]) -> Case:
    """A shelling for the rules that is a clash for the encoder."""
    odd = case(known)
    odd.classes["incident.type"] = ({"shelling": 0.4, "clash": 0.6}, "shelling")
    return odd


def test_a_claims_own_value_counts_as_much_as_leaves_most_values_right() -> None:
    assert dict(join._classes([split(gold(type="clash"))] * 8)) == {"incident.type": 0.3}


@pytest.mark.parametrize(("known", "times"), [(gold(), 8), (gold(type="clash"), 1), (gold(), 0)])
def test_where_the_encoder_gains_no_more_than_chance_the_own_value_stays(
    known: dict[str, Any], times: int
) -> None:
    assert dict(join._classes([split(known)] * times)) == {}


def test_reports_in_which_only_one_of_the_two_reads_can_be_fitted() -> None:
    for by_rule in (True, False):
        weights = join.fit([report(*(case(gold(), by_rule=by_rule) for _ in range(3)))])
        assert set(weights.ruled.trust) == set(weights.seen.trust) == set(weights.keep) == set(KINDS)
        other = weights.seen if by_rule else weights.ruled
        assert other.trust["incident"] == EVEN


def test_no_reports_at_all_give_even_chances() -> None:
    weights = join.fit([])
    assert all(trust == EVEN for trust in (*weights.ruled.trust.values(), *weights.seen.trust.values()))


UNLIKELY = [-0.5, 0.0, 0.0, 0.0, 0.0, 0.0]


def test_fillers_that_are_right_are_taken_though_not_likelier_than_not() -> None:
    known = [case(gold(target=[ARMY]))] * 8
    assert join._least("incident.target", known, UNLIKELY) == 0.35  # of which their chance is the next above


def test_fillers_that_are_wrong_leave_the_role_to_the_rules() -> None:
    assert join._least("incident.target", [case(gold())] * 8, UNLIKELY) is None


def test_a_rules_filler_that_is_always_wrong_is_to_be_left_out() -> None:
    assert join._least("incident.perpetrator", [case(gold(perpetrator=[]))] * 8, UNLIKELY) == 0.5


@pytest.mark.parametrize("known", [[], [case(None)] * 9, [case(gold(target=[ARMY]))]])
def test_what_one_claim_or_none_shows_is_not_learned(known: list[Case]) -> None:
    assert join._least("incident.target", known, UNLIKELY) is None


def test_whom_a_statement_accuses_is_learned_like_any_other_role() -> None:
    said = Statement(evidence=(0, len(TEXT)), said_by=(), speaker=(), act="accuse", form="indirect")
    known = {"kind": "statement", "act": "accuse", "about": [ARMY]}
    looked = view(TEXT, seen=sight(TEXT, fills={"statement.about": {"the army": 3}}))
    accused = [join._case(looked, said, known, Names())] * 8
    assert join._least("statement.about", accused, UNLIKELY) == 0.35


# --- chance ---


@given(st.lists(st.integers(-20, 20).map(lambda n: n / 20)))
def test_a_gain_is_no_loss_and_no_gain_is_none(differences: list[float]) -> None:
    assert not (join.is_gain(differences) and join.is_gain([-d for d in differences]))
    assert not join.is_gain([d - d for d in differences])


@given(st.integers(-20, 20).map(lambda n: n / 20))
def test_what_one_claim_shows_is_no_gain(difference: float) -> None:
    assert not join.is_gain([difference])


def test_many_claims_that_agree_are_a_gain_and_as_many_that_differ_are_none() -> None:
    assert join.is_gain([1.0] * 30)
    assert join.is_gain([1.0] * 30 + [0.0] * 900)
    assert not join.is_gain([1.0] * 30 + [-1.0] * 30)


# --- measuring ---


def test_measuring_prints_each_way_of_joining_and_the_calibration(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    reports = [report(case(gold(target=[ARMY])), case(None, by_rule=False)) for _ in range(2 * join.PARTS)]
    join.measure(reports, tmp_path / "plot.svg")
    lines = capsys.readouterr().out.splitlines()
    assert [line[:24].strip() for line in lines[:4]] == [
        "rules", "rules, classes of both", "rules, fields of both", "both",
    ]  # fmt: skip
    assert "incident 0.667 (1.000)" in lines[0]
    assert "incident 1.000 (1.000)" in lines[3]
    assert lines[4].startswith("calibration error 0.")
    assert lines[4].endswith("of 10 claims")
    assert "expected calibration error" in (tmp_path / "plot.svg").read_text(encoding="utf8")


# --- the plot ---


def test_a_plot_has_a_dot_for_each_bin_on_the_diagonal_where_both_agree() -> None:
    tree = ElementTree.fromstring(reliability([(0.0, 0.0, 5), (0.5, 0.5, 4), (1.0, 0.25, 1)], 0.075))  # noqa: S314
    dots = [c for c in tree.iter() if c.tag.endswith("circle")]
    at = [(float(d.attrib["cx"]) - EDGE, float(d.attrib["cy"]) - EDGE) for d in dots]
    assert at == [(0, SIZE), (SIZE / 2, SIZE / 2), (SIZE, 0.75 * SIZE)]
    assert [d[0].text for d in dots][1] == "said 0.50, right 0.50, 4 claims"
    assert "expected calibration error 0.075" in [t.text for t in tree.iter() if t.tag.endswith("text")]


def test_a_plot_of_no_bins_is_drawn_all_the_same() -> None:
    tree = ElementTree.fromstring(reliability([], 0.0))  # noqa: S314
    assert not [c for c in tree.iter() if c.tag.endswith("circle")]


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.integers(1, 999))))
def test_all_dots_lie_within_the_frame(bins: list[tuple[float, float, int]]) -> None:
    tree = ElementTree.fromstring(reliability(bins, 0.5))  # noqa: S314
    for dot in (c for c in tree.iter() if c.tag.endswith("circle")):
        assert all(EDGE - 0.1 <= float(dot.attrib[a]) <= EDGE + SIZE + 0.1 for a in ("cx", "cy"))
