"""What the encoder saw, asked about any stretch of a text: words, chances, values and fillers."""

import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.seeing import FAINT, QUIET, links, on, sight
from trucewatch.annotations.labels import ABSENT, CLASSES, REACH, ROLES
from trucewatch.annotations.sight import FAR, Links, Sight

TEXT = "Shells hit the market. The mayor blamed the rebels."


def texts(seen: Sight, span: tuple[int, int]) -> list[str]:
    start, end = seen.words(span)
    return [TEXT[a:b] for a, b in seen.spans[start:end]]


# --- words ---


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (on(TEXT, "hit the market"), ["hit", "the", "market"]),
        (on(TEXT, "arke"), ["market"]),  # a part of a word stands for the word
        (on(TEXT, "rebels."), ["rebels", "."]),  # at the very end
        ((0, len(TEXT)), "Shells hit the market . The mayor blamed the rebels .".split()),
        ((0, 0), ["Shells"]),  # nothing at all: the word that follows
        ((6, 7), ["hit"]),  # a space: the word that follows
        ((len(TEXT), len(TEXT)), ["."]),  # behind the end: the last word
        ((len(TEXT) + 5, len(TEXT) + 9), ["."]),
    ],
)
def test_the_words_on_a_span(span: tuple[int, int], words: list[str]) -> None:
    assert texts(sight(TEXT), span) == words


@given(st.integers(0, len(TEXT) + 20), st.integers(0, len(TEXT) + 20))
def test_a_span_always_has_a_word_and_all_that_it_touches(one: int, other: int) -> None:
    seen, span = sight(TEXT), (min(one, other), max(one, other))
    start, end = seen.words(span)
    assert 0 <= start < end <= len(seen.spans)
    touched = [n for n, (a, b) in enumerate(seen.spans) if a < span[1] and span[0] < b]
    assert not touched or list(range(start, end)) == touched


def test_a_text_without_words_has_none() -> None:
    assert sight(" \n ").words((0, 2)) == (0, 0)


# --- chances and values ---


def test_the_chances_of_words_to_stand_in_a_sequence() -> None:
    seen = sight(TEXT, inside={"incident": {"Shells hit": 0.9}})
    assert seen.chances("incident", on(TEXT, "Shells hit the")) == pytest.approx([0.9, 0.9, FAINT])
    assert seen.chances("statement", on(TEXT, "Shells hit the")) == pytest.approx([FAINT] * 3)


@given(st.sampled_from(sorted(CLASSES)), st.integers(0, 99), st.integers(0, len(TEXT)), st.integers(0, 60))
def test_the_values_of_a_small_class_are_chances_that_add_up_to_one(
    name: str, seed: int, start: int, length: int
) -> None:
    seen = sight(TEXT)
    votes = np.random.default_rng(seed).normal(size=seen.votes.shape) * 30
    values = dataclasses.replace(seen, votes=votes.astype(np.float32)).values(name, (start, start + length))
    assert tuple(values) == CLASSES[name]
    assert all(0 <= chance <= 1 for chance in values.values())
    assert sum(values.values()) == pytest.approx(1)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_votes_go_to_the_value_that_they_are_for(name: str) -> None:
    for value in CLASSES[name]:
        values = sight(TEXT, classes={name: {value: 9.0}}).values(name, on(TEXT, "Shells hit"))
        assert max(values, key=values.__getitem__) == value
        assert values[value] == pytest.approx(math.e**9 / (math.e**9 + len(values) - 1))


def test_only_the_words_on_the_evidence_vote() -> None:
    seen = sight(TEXT)
    first = CLASSES["statement.act"][0]
    seen.votes[on_words(seen, "Shells hit the market"), 0] = 5.0
    assert seen.values("statement.act", on(TEXT, "Shells hit"))[first] > 0.9
    even = 1 / len(CLASSES["statement.act"])
    assert seen.values("statement.act", on(TEXT, "The mayor blamed"))[first] == pytest.approx(even)


def on_words(seen: Sight, words: str) -> slice:
    return slice(*seen.words(on(TEXT, words)))


def test_a_trend_may_be_absent() -> None:
    assert ABSENT in sight(TEXT).values("incident.trend", on(TEXT, "Shells hit"))


def test_a_class_that_there_is_not_cannot_be_asked_about() -> None:
    with pytest.raises(KeyError):
        sight(TEXT).values("incident.weather", (0, 6))
    with pytest.raises(ValueError, match="not in"):
        sight(TEXT).filling("incident.weather", (0, 6))


# --- fillers ---


def test_the_words_that_were_given_to_a_role_fill_it() -> None:
    seen = sight(TEXT, fills={"statement.about": {"the rebels": 4.0}})
    low, odds = seen.filling("statement.about", on(TEXT, "The mayor blamed the rebels"))
    assert low == 0
    assert [TEXT[a:b] for (a, b), o in zip(seen.spans, odds, strict=True) if o > 0] == ["the", "rebels"]


def test_nobody_fills_a_role_that_no_word_was_given_to() -> None:
    _, odds = sight(TEXT, fills={"statement.about": {"the rebels": 4.0}}).filling("statement.speaker", (0, 6))
    assert odds == pytest.approx([QUIET] * 11)


def test_the_question_is_asked_by_the_words_of_the_evidence() -> None:
    seen = sight(TEXT, fills={"statement.about": {"the rebels": 4.0}})
    seen.asks[:5] = 0
    _, of_first = seen.filling("statement.about", on(TEXT, "Shells hit the market"))
    _, of_both = seen.filling("statement.about", (0, len(TEXT)))
    assert of_first == pytest.approx([0.0] * 11)
    assert of_both[-2] == pytest.approx(4.0 * 6 / 11)


def test_a_rare_role_needs_more_and_its_bias_counts() -> None:
    seen, role = sight(TEXT), ROLES.index("incident.target")
    seen.links.rarity[role] = -2.0
    seen.links.bias[role, 3] = 1.5
    _, odds = seen.filling("incident.target", (0, 6))
    assert odds[0] == pytest.approx(QUIET - 2.0)
    assert odds[3] == pytest.approx(QUIET - 2.0 + 1.5)


def test_distance_counts_from_the_nearer_end_of_the_evidence() -> None:
    seen, role = sight(TEXT, fills={"incident.target": {TEXT: 0.0}}), ROLES.index("incident.target")
    seen.links.nearness[role] = np.arange(-REACH, REACH + 1)
    _, odds = seen.filling("incident.target", on(TEXT, "the market."))
    assert odds.tolist() == [-2, -1, 0, 0, 0, 1, 2, 3, 4, 5, 6]


def test_no_word_counts_as_farther_than_the_reach() -> None:
    text = "far " * (REACH + 20) + "hit"
    seen, role = sight(text), ROLES.index("incident.target")
    seen.links.nearness[role, 0] = -1.0
    _, odds = seen.filling("incident.target", on(text, "hit"))
    assert [n for n, o in enumerate(odds) if o < QUIET] == list(range(21))


@given(st.integers(0, 3 * FAR), st.integers(1, 2 * FAR))
def test_only_words_near_the_evidence_are_looked_at(start: int, length: int) -> None:
    spans = [(2 * n, 2 * n + 1) for n in range(3 * FAR)]
    nothing = np.zeros((len(spans), 1), dtype=np.float32)
    seen = Sight(spans, nothing, nothing, nothing, nothing, nothing, links(np.zeros((len(ROLES), 1, 1))))
    span = (2 * start, 2 * (start + length) - 1)
    first, end = seen.words(span)
    low, odds = seen.filling("incident.target", span)
    assert low == max(0, first - FAR)
    assert low + len(odds) == min(len(spans), end + FAR)


def test_links_are_read_as_they_were_written(tmp_path: Path) -> None:
    made = links(np.ones((len(ROLES), 2, 3), dtype=np.float32))
    np.savez(tmp_path / "links.npz", **{k: v.astype(np.float16) for k, v in vars(made).items()})
    read = Links.load(tmp_path / "links.npz")
    for name, array in vars(made).items():
        assert getattr(read, name).dtype == np.float32
        assert getattr(read, name).tolist() == array.tolist()


def test_links_with_an_array_missing_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "links.npz", weight=np.ones(1), bias=np.ones(1), rarity=np.ones(1))
    with pytest.raises(TypeError, match="nearness"):
        Links.load(tmp_path / "links.npz")
