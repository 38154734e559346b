"""Pictures of a series: gaps are no zeros, windows no points, hostile names only words."""

from __future__ import annotations

import re

import hypothesis.strategies as st
from hypothesis import given, settings

from tests.views.drawing import LAST, SVG, alert, band, drawn, line, marks, point, tree, words
from trucewatch.situation.days import ONE
from trucewatch.views.plots import MOST, described, plot

WEEK = line(point("02-14", 20), point("02-15", 0), point("02-17", 80), point("02-18", 40))


def test_a_picture_has_a_role_a_title_and_a_description_that_it_is_labelled_by() -> None:
    root = tree(drawn(WEEK))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert title is not None
    assert description is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Violations counted by the mission"
    assert "4 daily figures for 5 evenings, 1 without one" in (description.text or "")


def test_a_gap_is_hatched_and_no_zero_and_a_zero_is_no_gap() -> None:
    made = drawn(WEEK)
    root = tree(made)
    assert [evening.isoformat() for evening in made.gaps] == ["2022-02-16"]
    assert len(marks(root, "gap")) == 1
    seen = {(one.findtext(f"{SVG}title") or ""): float(one.get("cy", "")) for one in marks(root, "seen")}
    assert list(seen) == ["14 February: 20", "15 February: 0", "17 February: 80", "18 February: 40"]
    floor = max(float(one.get("y1", "")) for one in marks(root, "level") if one.get("y1") == one.get("y2"))
    assert [figure for figure, height in seen.items() if height == floor] == ["15 February: 0"]


def test_a_higher_figure_stands_higher() -> None:
    heights = [float(one.get("cy", "")) for one in marks(tree(drawn(WEEK)), "seen")]
    assert sorted(range(4), key=lambda place: -heights[place]) == [1, 0, 3, 2]


def test_a_window_of_two_evenings_is_a_bar_and_no_point() -> None:
    made = drawn(line(point("02-15", 20), point("02-17", 90, evenings=2), point("02-18", 30)))
    root = tree(made)
    assert len(marks(root, "seen")) == 2
    (bar,) = marks(root, "stretch")
    assert bar.findtext(f"{SVG}title") == "90 in 2 evenings to 17 February"
    assert [evening.day for evening in made.gaps] == [16, 17]
    assert "90 over the 2 evenings to 17 February" in described(made)


def test_a_window_that_begins_before_the_picture_is_left_out() -> None:
    early = point((LAST - (MOST - 1) * ONE).isoformat(), 300, evenings=3)
    assert not drawn(line(early, point("02-18", 3))).stretches


def test_an_empty_series_says_so() -> None:
    made = drawn(line())
    assert "No figure is on file" in words(tree(made))
    assert described(made).startswith("No figure from ")
    assert not marks(tree(made), "seen")


def test_at_least_is_an_open_mark_with_room_above() -> None:
    root = tree(drawn(line(point("02-17", 50), point("02-18", 40, None))))
    solid, rough = marks(root, "seen")
    assert (solid.get("class"), rough.get("class")) == ("seen", "seen rough")
    (bound,) = marks(root, "bounds")
    assert float(bound.get("y2", "")) < float(bound.get("y1", ""))
    assert "latest at least 40" in words(root)


def test_the_band_stands_where_something_was_expected_and_the_alert_above_its_figure() -> None:
    expected = band({"02-17": (30, 70), "02-18": (31, 72)})
    root = tree(drawn(WEEK, expected=expected, alerts=[alert("02-17")]))
    assert len(marks(root, "band")) == 2
    assert len(marks(root, "upper")) == 2
    (triangle,) = marks(root, "alert")
    height = float(re.findall(r"[\d.]+", triangle.get("d", ""))[1])
    (seen,) = [one for one in marks(root, "seen") if one.findtext(f"{SVG}title") == "17 February: 80"]
    assert height < float(seen.get("cy", ""))
    assert "Expected for 18 February: about 31, bound 72 (regression). Alert on 17 February." in words(root)
    assert "expected (regression)" in words(root)


def test_a_bound_far_above_all_figures_does_not_flatten_them() -> None:
    expected = band({"02-18": (31, 5000)})
    root = tree(drawn(WEEK, expected=expected))
    assert not marks(root, "upper")
    assert max(int(text.replace(",", "")) for text in _levels(root)) <= 100


def _levels(root: object) -> list[str]:
    texts = [one.text or "" for one in root.iter(f"{SVG}text") if one.get("text-anchor") == "end"]  # type: ignore[attr-defined]
    assert texts
    return texts


def test_an_alert_on_an_evening_without_a_figure_stands_at_the_upper_edge() -> None:
    (triangle,) = marks(tree(drawn(WEEK, alerts=[alert("02-16")])), "alert")
    assert triangle.findtext(f"{SVG}title") == "alert on 16 February"


def test_an_alert_outside_the_picture_is_not_drawn() -> None:
    assert not drawn(WEEK, alerts=[alert("01-02")]).alerts


def test_hostile_names_are_words() -> None:
    hostile = '</title><script>alert(1)</script>"\u202e{{ 7*7 }}'
    made = drawn(WEEK, title=hostile, unit=hostile)
    written = plot(made)
    assert "<script" not in written
    assert "\u202e" not in written
    assert (tree(made).findtext(f"{SVG}title") or "").startswith("</title><script>")


def test_the_picture_carries_no_style_and_no_script_and_loads_nothing() -> None:
    written = plot(drawn(WEEK, expected=band({"02-18": (30, 70)}), alerts=[alert("02-18")]))
    assert not re.search(r"style=|<style|<script|href|url\(|\son\w+=", written)


FIGURES = st.dictionaries(st.integers(0, 40), st.integers(0, 3000), max_size=20)


@settings(deadline=None, max_examples=60)
@given(figures=FIGURES)
def test_every_evening_is_a_figure_or_a_gap_and_all_lies_within(figures: dict[int, int]) -> None:
    points = [point((LAST - ago * ONE).isoformat(), low) for ago, low in sorted(figures.items())[::-1]]
    made = drawn(line(*points))
    assert len(made.seen) + len(made.gaps) == (made.last - made.first).days + 1
    assert plot(made) == plot(drawn(line(*points)))
    root = tree(made)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for one in marks(root, "seen"):
        assert 0 <= float(one.get("cx", "")) <= width
        assert 0 <= float(one.get("cy", "")) <= height
