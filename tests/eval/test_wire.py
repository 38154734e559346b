"""The set of edited stories: edits do what their names say, the set is reproducible, counting is right."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest

from tests.eval import edits, wire
from tests.eval.edits import EDITS, Story
from trucewatch.identity.origins import Origin, Told

STORY = Story(
    publisher="Meridian Wire",
    published=dt.date(2031, 5, 14),
    title="Grain barge held at Esk",
    paragraphs=(
        "Grain barge held at Esk",
        "ESK - A barge with 900 tonnes of barley was held at the lock of Esk on Wednesday because the "
        "lock-keeper had been told to count the sacks. \u201cI count slowly,\u201d he said. The skipper, who "
        "has made the trip for 30 years, said that nobody had ever counted before, on either side.",
        "The commission of both sides recognised the papers of the barge. It said the order to count did "
        "not come from it, and that 12 barges a week had passed since the truce began on 2 April.",
        "Bakers in Kyivsk have flour for eleven days. The price of bread rose by 8.5 per cent in a week, "
        "and the mayor asked the people of the town to bake at home.",
        "The lock-keeper's count had reached 412 when his shift ended. It will begin anew on Thursday.",
    ),
)
SOMETIMES_NOTHING = ("misdated", "reordered", "dropped")  # the text may stay as it is


def drawing(seed: int) -> Random:
    return Random(seed)  # noqa: S311


def edited(name: str, seed: int = 3) -> Story:
    return EDITS[name](STORY, drawing(seed))


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_the_story_the_same_way_each_time(name: str) -> None:
    assert edited(name) == edited(name)
    assert any(edited(name, seed) != STORY for seed in range(5))


@pytest.mark.parametrize("name", sorted(set(EDITS) - set(SOMETIMES_NOTHING)))
def test_an_edit_changes_the_text(name: str) -> None:
    assert edited(name).text != STORY.text


def test_short_versions_and_cut_tails_are_beginnings() -> None:
    for name in ("short_version", "cut_tail"):
        assert STORY.text.startswith(edited(name).paragraphs[0])
        assert 0 < edited(name).words() < STORY.words()


def test_dropping_and_reordering_keep_the_first_paragraph_and_add_none() -> None:
    for name in ("dropped", "reordered"):
        paragraphs = edited(name).paragraphs
        assert paragraphs[0] == STORY.paragraphs[0]
        assert set(paragraphs) <= set(STORY.paragraphs)


def test_a_corrected_figure_is_one_word() -> None:
    before, after = STORY.text.split(), edited("corrected_figure").text.split()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_a_misdated_story_is_ten_years_off_and_its_text_the_same() -> None:
    assert abs((edited("misdated").published - STORY.published).days) in (3652, 3653)
    assert edited("misdated").text == STORY.text


def test_an_embedded_story_stands_whole_within_another() -> None:
    other = Story(publisher="P", published=STORY.published, title="", paragraphs=("One.", "Two.", "Three."))
    made = edits.embedded(STORY, other, drawing(1))
    assert STORY.text in made.text
    assert made.paragraphs[0] == "One."
    assert made.paragraphs[-1] == "Three."


def test_the_next_issue_has_other_figures_and_later_days() -> None:
    made = edits.next_issue(STORY, drawing(1))
    assert made.published > STORY.published
    assert "Wednesday" not in made.text
    assert "2 April" not in made.text
    assert made.text != STORY.text


def test_a_follow_up_takes_over_less_than_a_third() -> None:
    fresh = tuple(f"Paragraph {n} of a wholly different story, told at some length." for n in range(20))
    other = Story(publisher="P", published=STORY.published, title="", paragraphs=fresh)
    made = edits.follow_up(STORY, other, drawing(2))
    taken = [paragraph for paragraph in made.paragraphs if paragraph in STORY.paragraphs]
    assert taken
    assert sum(len(paragraph.split()) for paragraph in taken) < made.words() / 3


def test_a_digest_holds_the_beginning_of_each_story() -> None:
    other = Story(publisher="P", published=STORY.published, title="Other", paragraphs=("Another thing.",))
    made = edits.round_up([STORY, other], drawing(1))
    assert STORY.paragraphs[1] in made.text
    assert "Another thing." in made.text


def test_the_set_is_the_same_each_time_and_another_for_another_seed() -> None:
    made = wire.make(1, seed=1, shared=False)
    assert made == wire.make(1, seed=1, shared=False)
    assert made != wire.make(1, seed=2, shared=False)


def test_the_two_halves_share_no_story() -> None:
    halves = [{placed.family.split("+")[0] for placed in _made(half).reports} for half in (0, 1)]
    assert not {name for name in halves[0] & halves[1] if not name.startswith("digest")}


def test_every_edit_and_every_look_alike_is_in_the_set() -> None:
    seen = {name for placed in _made(1).reports for name in placed.edits}
    assert seen == {*EDITS, "embedded", "next_issue", "follow_up"}
    assert any(placed.holds for placed in _made(1).reports)


def test_copies_have_two_to_five_edits_on_top_of_being_embedded() -> None:
    copies = [placed for placed in _made(1).reports if not placed.told.id.endswith("-0")]
    assert copies
    assert all(1 <= len(set(placed.edits) - {"embedded"}) <= 5 for placed in copies)


def test_pairs_are_counted_as_found_wrong_and_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories s (3 reports, one of them not found), t (alone, put to s), and a digest with t in it."""
    made = wire.Made(
        reports=(
            _placed("s1", "s"),
            _placed("s2", "s", "dropped"),
            _placed("s3", "s", "noise"),
            _placed("t1", "t"),
            _placed("d1", "d", holds=("t",)),
        ),
        kin=frozenset(),
    )
    groups = (("P/s1", "P/s2", "P/t1", "P/d1"), ("P/s3",))
    found = [Origin(id=group[0], members=group) for group in groups]
    monkeypatch.setattr(wire, "origins", lambda told: found)
    told = wire.measure(made)
    assert told["all"] == wire.Tally(right=1, wrong=4, missed=2)
    assert told["dropped"] == wire.Tally(right=1, wrong=2, missed=1)
    assert told["noise"] == wire.Tally(right=0, wrong=0, missed=2)
    kin = wire.Made(reports=made.reports, kin=frozenset({("s", "t")}))
    assert wire.measure(kin)["all"] == wire.Tally(right=1, wrong=2, missed=2)


def test_precision_recall_and_f1_are_those_of_the_pairs() -> None:
    tally = wire.Tally(right=6, wrong=2, missed=4)
    assert (tally.precision, tally.recall) == (0.75, 0.6)
    assert tally.f1 == pytest.approx(2 / 3)


def test_stories_that_share_their_wording_unedited_are_kin() -> None:
    again = edits.cut_tail(STORY, drawing(1))
    other = Story(publisher="P", published=STORY.published, title="", paragraphs=("Nothing of the kind.",))
    assert wire._kin([("a", STORY), ("b", again), ("c", other)]) == {("a", "b")}


def test_the_stories_of_one_half_are_recognised_beyond_the_mark() -> None:
    assert wire.measure(_made(1))["all"].f1 > 0.93


def _made(half: int) -> wire.Made:
    return wire.make(half, seed=1, shared=False)


def _placed(name: str, family: str, *names: str, holds: tuple[str, ...] = ()) -> wire.Placed:
    told = Told(id=name, text="", publisher="P")
    return wire.Placed(told=told, family=family, edits=names, holds=holds)
