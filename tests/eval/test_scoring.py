"""The scorer: each rule of the measure, and agreement with the scorer of ``../shared``."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval import sets
from tests.eval.scoring import (
    FIGURES,
    KINDS,
    Names,
    actors,
    compare,
    comparison,
    equal,
    key_words,
    mark,
    place,
    same_passage,
    score,
    shared_share,
    stands,
    table,
    time,
    voices,
    wording,
)
from tests.eval.sets import Gold, Json

NOBODY = Names()
TEXT = "The observers counted 40 explosions on Monday. Both leaders met for an hour and a half."


def count(**fields: Any) -> Json:
    return {"kind": "count", "evidence": [0, 46], "said_by": [], "measure": "explosions"} | fields


def contact(**fields: Any) -> Json:
    return {
        "kind": "contact",
        "evidence": [47, 87],
        "said_by": [],
        "form": "meeting",
        "status": "held",
    } | fields


def gold(*claims: Json, aliases: tuple[tuple[str, ...], ...] = ()) -> Gold:
    return Gold(name="report", text=TEXT, head={"id": "report"}, claims=claims, aliases=aliases)


# --- words, spans, names --------------------------------------------------------------------------


def test_titles_and_articles_carry_no_name() -> None:
    assert key_words("the Prime Minister of Sélène") == {"selene"}


def test_a_name_of_titles_alone_keeps_them() -> None:
    assert key_words("the President") == {"the", "president"}


def test_a_clause_stands_on_the_words_of_its_sentence() -> None:
    assert same_passage([10, 60], [0, 200])


def test_a_whole_page_is_no_evidence_for_a_clause() -> None:
    assert not same_passage([10, 60], [0, 401])


def test_passages_that_share_less_than_half_are_not_the_same() -> None:
    assert not same_passage([0, 100], [51, 151])
    assert same_passage([0, 100], [50, 150])


@given(st.tuples(st.integers(0, 99), st.integers(1, 99)), st.tuples(st.integers(0, 99), st.integers(1, 99)))
def test_what_two_spans_share_is_a_share_and_does_not_depend_on_their_order(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    mine, yours = (one[0], one[0] + one[1]), (other[0], other[0] + other[1])
    assert 0 <= shared_share(mine, yours) <= 1
    assert shared_share(mine, yours) == shared_share(yours, mine)
    assert shared_share(mine, mine) == 1
    assert same_passage(mine, yours) == same_passage(yours, mine)


def test_a_family_name_is_the_same_actor_as_the_full_name() -> None:
    assert NOBODY.same({"name": "President Ada Orlov"}, {"name": "Orlov"})
    assert not NOBODY.same({"name": "Ada Orlov"}, {"name": "Ivo Orlov"})


def test_mentions_on_the_same_words_are_the_same_actor_under_any_name() -> None:
    assert NOBODY.same({"name": "Varenia", "span": [5, 20]}, {"name": "the Marble House", "span": [5, 18]})
    assert not NOBODY.same({"name": "Varenia", "span": [5, 20]}, {"name": "Marble House", "span": [17, 40]})


def test_aliases_make_two_names_one_actor() -> None:
    names = Names([["Marble House", "Varenian presidency"]])
    assert names.same({"name": "the Marble House"}, {"name": "Varenian presidency"})
    assert not names.same({"name": "the Marble House"}, {"name": "Ostmark"})


# --- fields ---------------------------------------------------------------------------------------


def test_a_day_is_as_good_as_24_hours() -> None:
    assert equal("PT24H", "P1D", NOBODY) == 1
    assert equal("PT24H", "P2D", NOBODY) == 0


def test_a_list_where_a_value_is_wanted_is_wrong() -> None:
    assert equal("held", ["held"], NOBODY) == 0


def test_each_actor_counts_once() -> None:
    assert actors([{"name": "A"}, {"name": "B"}], [{"name": "B"}, {"name": "B"}], NOBODY) == 0.5


def test_one_link_of_a_chain_of_two_is_two_thirds() -> None:
    chain = [{"source": "Orlov"}, {"source": "Marble House"}]
    assert voices(chain, [{"source": "Ada Orlov"}], NOBODY) == pytest.approx(2 / 3)


def test_wording_counts_key_words_in_common() -> None:
    assert wording("withdraw the guns", "withdraw guns and tanks", NOBODY) == pytest.approx(4 / 5)
    assert wording("withdraw", "...", NOBODY) == 0


def test_an_open_end_must_be_open_in_both() -> None:
    assert time({"start": "2031-05-14"}, {"start": "2031-05-14", "end": "2031-05-14"}, NOBODY) == 0.5


def test_a_place_is_right_by_any_word_of_its_text_or_name() -> None:
    assert place({"text": "the Tarn valley"}, {"text": "there", "name": "Tarn"}, NOBODY) == 1
    assert place({"text": "the Tarn valley"}, {"text": "Ostmark"}, NOBODY) == 0


def test_a_comparison_needs_a_scope_but_not_the_same_words() -> None:
    highest = {"relation": "highest", "scope": "this year"}
    assert comparison(highest, {"relation": "highest", "scope": "of the year"}, NOBODY) == 1
    assert comparison(highest, {"relation": "highest"}, NOBODY) == 0.5
    assert comparison({"relation": "above", "than": 5}, {"relation": "below", "than": 5}, NOBODY) == 0.5


# --- claims ---------------------------------------------------------------------------------------


def test_a_field_that_neither_has_is_left_out_and_one_that_only_one_has_is_wrong() -> None:
    marks = mark(count(low=40), count(low=40, high=40), NOBODY)
    assert marks == {"measure": 1.0, "low": 1.0, "high": 0.0}


def test_a_count_of_none_is_a_figure_and_not_an_absent_one() -> None:
    assert mark(count(low=0), count(), NOBODY)["low"] == 0.0
    assert mark(count(low=0), count(low=0), NOBODY)["low"] == 1.0


def test_who_is_blamed_counts_only_where_somebody_accuses() -> None:
    blamed = {
        "kind": "statement",
        "evidence": [0, 9],
        "act": "deny",
        "form": "direct",
        "about": [{"name": "A"}],
    }
    assert "about" not in mark(blamed, blamed, NOBODY)
    assert "about" in mark(blamed | {"act": "accuse"}, blamed, NOBODY)


def test_of_two_readings_of_one_passage_the_better_one_is_taken() -> None:
    worse, better = count(low=1), count(low=40)
    [match] = compare([count(low=40)], [worse, better], NOBODY)
    assert match.read is better


def test_a_claim_outside_the_text_does_not_stand() -> None:
    assert stands(count(), TEXT)
    assert not stands(count(evidence=[0, len(TEXT) + 1]), TEXT)
    assert not stands(count(evidence=[5, 5]), TEXT)
    assert not stands(count(evidence=None), TEXT)
    assert not stands(count(kind="rumour"), TEXT)


# --- sets -----------------------------------------------------------------------------------------


def test_gold_read_as_it_stands_is_all_right() -> None:
    claims = (count(low=40, high=40), contact(duration_minutes=90))
    scored = score([gold(*claims)], {"report": claims})
    assert [scored.mean(figure) for figure in FIGURES] == [1, 1, 1]


def test_nothing_read_is_nothing_found() -> None:
    scored = score([gold(count())], {})
    assert scored.mean("found") == 0
    assert len(scored.sheets[KINDS.index("count")].missed) == 1


def test_half_right_is_found_but_not_exact() -> None:
    scored = score([gold(count(low=40))], {"report": [count(low=41)]})
    assert (scored.mean("found"), scored.mean("right"), scored.mean("exact")) == (1, 0.5, 0)


def test_a_spurious_claim_costs_precision() -> None:
    scored = score([gold(count())], {"report": [count(), count(evidence=[60, 80])]})
    assert scored.mean("found") == pytest.approx(2 / 3)


def test_a_kind_that_the_gold_lacks_does_not_enter_the_average() -> None:
    scored = score([gold(count())], {"report": [count(), contact()]})
    assert scored.mean("right") == 1
    assert list(scored.kinds) == ["count"]


def test_a_defect_is_told_and_not_scored() -> None:
    scored = score([gold(count())], {"report": [count(), count(evidence=[0, 9999])]})
    assert (scored.defects, scored.mean("right")) == (1, 1)
    assert "1 reports, 1 defects" in table(scored)


# --- agreement with the scorer of ../shared -------------------------------------------------------

SCORER = sets.SHARED / "tools" / "score.py"


def spoil(rng: random.Random, gold: Gold) -> list[Json]:
    """The gold as a poor reader might give it: claims dropped, moved, changed, doubled and made up."""
    spoilt = []
    for claim in gold.claims:
        fate = rng.random()
        if fate < 0.15:
            continue
        read = json.loads(json.dumps(claim))
        if fate < 0.75:
            _blur(rng, read, rng.choice(gold.claims))
        spoilt.append(read)
        if fate > 0.9:
            spoilt.append(read | {"kind": rng.choice(KINDS)})
    if rng.random() < 0.2:
        spoilt.append({"kind": "count", "evidence": [0, len(gold.text) + 1], "said_by": []})
    rng.shuffle(spoilt)
    return spoilt


def _blur(rng: random.Random, claim: Json, other: Json) -> None:
    shift = rng.randint(-30, 30)
    start, end = claim["evidence"]
    claim["evidence"] = [max(0, start + shift), max(1, end + shift // 2)]
    for field in rng.sample(sorted(claim.keys() - {"kind", "evidence"}), k=min(2, len(claim) - 2)):
        if field in other:
            claim[field] = other[field]
        else:
            del claim[field]
    if claim.get("speaker"):
        claim["speaker"] = [{"name": claim["speaker"][0]["name"].split()[-1]}]


@pytest.mark.skipif(not SCORER.exists(), reason=sets.ABSENT)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_our_scorer_gives_the_figures_of_the_shared_one(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)  # noqa: S311 - chooses test data, guards nothing
    golds = sets.dev()
    readings = {gold.name: spoil(rng, gold) for gold in golds[:-1]}
    lines = tmp_path / "claims.jsonl"
    lines.write_text(
        "".join(
            json.dumps({"report": {"id": name}, "claims": claims}) + "\n" for name, claims in readings.items()
        ),
        encoding="utf-8",
    )
    told = subprocess.run(
        [sys.executable, SCORER, sets.DEV, lines, "--json"], check=True, capture_output=True, text=True
    )
    theirs = json.loads(told.stdout)
    ours = score(golds, readings)
    assert 0.2 < ours.mean("right") < 0.95
    assert (ours.reports, ours.defects) == (theirs["reports"], theirs["defects"])
    assert list(ours.kinds) == list(theirs["kinds"])
    for figure in FIGURES:
        assert ours.mean(figure) == pytest.approx(theirs[figure], abs=1e-4)
    for kind, tally in ours.kinds.items():
        assert (tally.gold, tally.read) == (theirs["kinds"][kind]["gold"], theirs["kinds"][kind]["read"])
        for figure in FIGURES:
            assert tally.f1(figure) == pytest.approx(theirs["kinds"][kind][figure], abs=1e-4)
