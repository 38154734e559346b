"""The perturbations: what each changes and what it leaves, and that the figures are those of the scorers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.eval import gate, perturb, sets
from tests.eval.perturb import (
    PERTURBATIONS,
    SEEDS,
    SHARE,
    capitals,
    fold,
    folded_gold,
    look_alikes,
    losses,
    measured,
    no_capitals,
    no_quotes,
    one_line,
    perturbed,
    table,
)
from tests.eval.reading import read_all
from tests.eval.scoring import score
from tests.eval.sets import Gold, Json

SCORER = sets.SHARED / "tools" / "score.py"
DRAWS = [(name, draw) for name, draws in PERTURBATIONS.items() for draw in draws]
NEWS = "Observers in Vordal told the press on Sunday that shelling had ceased along the eastern road. "
PLAIN = st.text(alphabet="abceHIMoOpsTlxyz ,.\n'-", max_size=300)
ANY = st.text(max_size=200) | st.text(alphabet="aloes ßİŉΣς\"'‘’“”«»‚‹\n.,9", max_size=200)


def gold(text: str, *claims: Json, aliases: tuple[tuple[str, ...], ...] = ()) -> Gold:
    return Gold(name="a", text=text, head={"id": "a", "language": "en"}, claims=claims, aliases=aliases)


# --- every perturbation ---------------------------------------------------------------------------


@given(ANY)
def test_every_perturbation_keeps_the_length(text: str) -> None:
    assert [name for name, draw in DRAWS if len(draw(text)) != len(text)] == []


@given(ANY)
def test_the_same_draw_gives_the_same_text(text: str) -> None:
    assert [name for name, draw in DRAWS if draw(text) != draw(text)] == []


@given(ANY, st.integers())
def test_the_same_seed_gives_the_same_look_alikes(text: str, seed: int) -> None:
    assert look_alikes(text, seed=seed) == look_alikes(text, seed=seed)


@pytest.mark.parametrize(("name", "draw"), DRAWS)
def test_every_perturbation_changes_a_report(name: str, draw: perturb.Perturb) -> None:
    text = f"“{NEWS}”\n{NEWS}"
    assert draw(text) != text, name


def test_a_perturbation_that_loses_the_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a: the text had 5 characters and now has 4"):
        perturbed(gold("Truce"), by=lambda text: text[1:])


# --- letters --------------------------------------------------------------------------------------


def test_capitals_stay_away_where_they_would_be_two_letters() -> None:
    assert capitals("Große Straße, Élan, ŉ") == "GROßE STRAßE, ÉLAN, ŉ"


def test_small_letters_stay_away_where_they_would_be_two() -> None:
    assert no_capitals("İzmir, KYIV, Łódź") == "İzmir, kyiv, łódź"


# --- quotation marks and lines --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ('"We agreed," he said.', " We agreed,  he said."),
        ("“We agreed”, «they» ‹said›, „so“", " We agreed ,  they   said ,  so "),
        ("He said ‘go home’ twice", "He said  go home  twice"),
        ("He said ‘we can’t go’ twice", "He said  we can’t go  twice"),
        ("She said ‚so‘ too", "She said  so  too"),
        ("He said: ‘We can’t.’", "He said:  We can’t. "),
        ("“He said ‘no,’” she added", " He said  no,   she added"),
        ("‘We stay,’ he said. ‘We dig.’", " We stay,  he said.  We dig. "),
        ("“The sides’ envoys said ‘no’.”", " The sides’ envoys said  no . "),
    ],
)
def test_quotation_marks_become_spaces(text: str, bare: str) -> None:
    assert no_quotes(text) == bare


@pytest.mark.parametrize(
    "text",
    [
        "Vordal’s mayor",
        "the sides’ envoys and the rebels’",
        "O’Neill can’t",
        "the Qur‘an",
        "the mayor's 'no'",
        "in the ’90s",
        "",
    ],
)
def test_apostrophes_and_straight_single_marks_stay(text: str) -> None:
    assert no_quotes(text) == text


def test_a_single_mark_that_closes_in_another_line_leaves_the_apostrophes_between() -> None:
    assert no_quotes("‘We stay\nas the sides’ envoys do.’") == " We stay\nas the sides’ envoys do. "


def test_every_newline_becomes_a_space() -> None:
    assert one_line("A truce.\n\nIt held.\n") == "A truce.  It held. "


# --- look-alikes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_two_of_a_hundred_letters_are_swapped(seed: int) -> None:
    text = NEWS * 20
    swapped = sum(a != b for a, b in zip(text, look_alikes(text, seed=seed), strict=True))
    assert swapped == round(SHARE * sum(map(str.isalpha, text)))


def test_another_seed_gives_other_look_alikes() -> None:
    assert len({look_alikes(NEWS * 20, seed=seed) for seed in SEEDS}) == len(SEEDS)


def test_letters_that_nothing_looks_like_stay() -> None:
    assert look_alikes("dfgk " * 100, seed=1) == "dfgk " * 100


def test_a_digit_stands_only_between_letters() -> None:
    drawn = "".join(look_alikes("l oil lol assess sole " * 40, seed=seed) for seed in range(40))
    digits = [at for at, character in enumerate(drawn) if character in "0135"]
    assert {drawn[at] for at in digits} == set("0135")
    assert all(" " not in drawn[at - 1 : at + 2] for at in digits)


@given(PLAIN, st.integers())
def test_folding_undoes_look_alikes(text: str, seed: int) -> None:
    assert fold(look_alikes(text, seed=seed)) == text


def test_a_digit_is_folded_only_between_letters() -> None:
    assert fold("105 km of the M-30, the 3rd, G00rlav, T3") == "105 km of the M-30, the 3rd, Goorlav, T3"


# --- figures --------------------------------------------------------------------------------------

TALK: Json = {
    "kind": "contact",
    "evidence": [0, 20],
    "said_by": [],
    "form": "talks",
    "status": "held",
    "body": "Vordal Group",
    "participants": [{"name": "Mari Tamm"}],
}


def misspelt() -> Json:
    return TALK | {"body": "V\u043erdal Gr0up", "participants": [{"name": "Mar\u0456 Tamm"}]}


def test_a_name_with_a_look_alike_is_wrong_for_the_scorer_and_right_where_it_is_folded() -> None:
    one = gold("They talked in Vordal.", TALK)
    plain = perturb.figures([one], {"a": [misspelt()]})
    unlike = perturb.figures([folded_gold(one)], {"a": [perturb.folded(misspelt())]})
    assert plain["contact"] == pytest.approx(0.5)
    assert unlike["contact"] == 1


def test_folding_leaves_values_that_are_not_compared_by_letters() -> None:
    claim = {"period": "PT10M", "low": 10, "span": [0, 3], "place": {"text": "\u0420l\u0430c"}}
    assert perturb.folded(claim) == claim | {"place": {"text": "Plac"}}


def test_an_alias_is_folded_as_the_names_are() -> None:
    assert folded_gold(gold("A.", aliases=(("G0rlav", "GRL"),))).aliases == (("Gorlav", "GRL"),)


def made(**rights: float) -> dict[str, perturb.Figures]:
    names = ("clean", *PERTURBATIONS, "folded")
    told = {name: {"right": 0.5, "contact": 0.5} for name in names}
    return told | {
        name.replace("_", " "): {"right": right, "contact": right / 2} for name, right in rights.items()
    }


def test_the_loss_is_against_clean_and_its_mean_is_over_the_five() -> None:
    lost = losses(made(capitals=0.3, no_quotes=0.6, folded=0.1))
    assert lost["capitals"] == pytest.approx({"right": 0.2, "contact": 0.35})
    assert lost["no quotes"]["right"] == pytest.approx(-0.1)
    assert lost["mean loss"]["right"] == pytest.approx((0.2 - 0.1) / 5)
    assert "clean" not in lost


def test_the_table_has_a_line_for_each_perturbation_and_a_column_for_each_kind() -> None:
    lines = table(made(capitals=0.3)).splitlines()
    assert lines[0].split() == ["right", "loss", "contact"]
    assert [line[:12].strip() for line in lines[1:]] == ["clean", *PERTURBATIONS, "mean loss", "folded"]
    assert lines[2].split() == ["capitals", "0.300", "0.200", "0.350"]


def test_clean_is_what_the_gate_measures_and_look_alikes_are_the_mean_of_their_draws() -> None:
    golds = sets.corpus()[:6]
    told = measured(golds)
    assert told["clean"] == gate.figures(score(golds, read_all(golds)))
    draws = [perturbed_right(golds, seed) for seed in SEEDS]
    assert told["look-alikes"]["right"] == pytest.approx(sum(draws) / len(draws))
    assert min(draws) < told["look-alikes"]["right"] < max(draws)


def test_folded_is_no_worse_than_look_alikes_and_no_better_than_clean() -> None:
    told = measured(sets.corpus()[:6])
    assert told["look-alikes"]["right"] <= told["folded"]["right"] <= told["clean"]["right"]


def perturbed_right(golds: Sequence[Gold], seed: int) -> float:
    worse = [perturbed(gold, by=partial(look_alikes, seed=seed)) for gold in golds]
    return perturb.figures(golds, read_all(worse))["right"]


@pytest.mark.skipif(not SCORER.exists(), reason=sets.ABSENT)
@pytest.mark.parametrize("name", PERTURBATIONS)
def test_the_figures_are_those_of_the_shared_scorer_on_the_perturbed_text(name: str, tmp_path: Path) -> None:
    golds = [perturbed(gold, by=PERTURBATIONS[name][0]) for gold in sets.dev()]
    reads = read_all(golds)
    ours = perturb.figures(golds, reads)
    theirs = shared_figures(golds, reads, tmp_path)
    assert 0 < ours["right"] < 1
    assert ours == pytest.approx(theirs, abs=1e-4)


def shared_figures(
    golds: Sequence[Gold], reads: Mapping[str, Sequence[Json]], folder: Path
) -> perturb.Figures:
    """What the scorer of ``../shared`` tells of perturbed texts beside the gold files as they are."""
    for gold in golds:
        (folder / f"{gold.name}.txt").write_text(gold.text, encoding="utf-8")
        (folder / f"{gold.name}.gold.json").symlink_to(sets.DEV / f"{gold.name}.gold.json")
    lines = folder / "claims.jsonl"
    told = [json.dumps({"report": {"id": name}, "claims": claims}) for name, claims in reads.items()]
    lines.write_text("\n".join(told), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, SCORER, folder, lines, "--json"], check=True, capture_output=True, text=True
    )
    scored = json.loads(done.stdout)
    return {"right": scored["right"]} | {kind: of["right"] for kind, of in scored["kinds"].items()}
