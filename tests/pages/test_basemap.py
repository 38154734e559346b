"""The base map: cut to what a map shows; borders as the ceasefire has them; absent where it is not built."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch import catalog
from trucewatch.model import Border, MapRules
from trucewatch.pages import basemap, islands
from trucewatch.pages.projection import WIDTH, Projection, fitted

BOX = (0.0, 0.0, 10.0, 10.0)
BASE = {
    "package": "made-up 1.0.0",
    "data": "Made-up Earth 1.0",
    "viewpoint": "de facto",
    "unit": 10,
    "land": [[-500, -500, 1000, 0, 0, 1000, -1000, 0, 0, -1000], [800, 800, 10, 0, 0, 10, -10, -10]],
    "borders": [
        {"between": ["AA", "BB"], "lines": [[-300, 50, 300, 0, 100, 0, 300, 0]]},
        {"between": ["AA", "CC"], "lines": [[500, 500, 10, 10]]},
    ],
}
LINE = ((-5.0, 5.0), (5.0, 5.0), (15.0, 5.0), (25.0, 5.0))
numbers = st.floats(-40, 40, allow_nan=False)


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a base map of the test's own: land all around, and two borders."""
    monkeypatch.setattr(islands, "FOLDER", tmp_path)
    basemap.drawn.cache_clear()
    (tmp_path / basemap.FILE).write_text(json.dumps(BASE))
    yield tmp_path
    basemap.drawn.cache_clear()


def test_only_what_reaches_into_the_map_is_kept_and_says_where_it_is_from(base: Path) -> None:
    drawn = basemap.drawn(BOX)
    assert drawn is not None
    assert drawn.source == "Made-up Earth 1.0, as in the npm package made-up 1.0.0"
    assert [set(ring) for ring in drawn.land] == [{(-2, -2), (12, -2), (12, 12), (-2, 12)}]
    assert [between for between, _ in drawn.borders] == [("AA", "BB")]


def test_where_it_is_not_built_there_is_none(base: Path) -> None:
    (base / basemap.FILE).unlink()
    assert basemap.drawn(BOX) is None


@given(st.lists(st.tuples(numbers, numbers), min_size=3, max_size=12))
def test_a_closed_line_that_is_cut_lies_within_the_box(ring: list[tuple[float, float]]) -> None:
    for x, y in basemap.cut(tuple(ring), BOX):
        assert -1e-9 <= x <= 10 + 1e-9
        assert -1e-9 <= y <= 10 + 1e-9


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=3, max_size=12))
def test_a_closed_line_within_the_box_stays_as_it_is(ring: list[tuple[float, float]]) -> None:
    assert basemap.cut(tuple(ring), BOX) == tuple(ring)


def test_a_line_that_leaves_the_box_and_comes_back_is_two() -> None:
    line = ((1.0, 1.0), (1.0, 20.0), (2.0, 30.0), (3.0, 20.0), (3.0, 1.0))
    assert list(basemap.runs(line, BOX)) == [line[:2], line[3:]]


def test_a_border_is_drawn_as_it_is_where_the_ceasefire_says_nothing_of_it() -> None:
    rules = MapRules(disputed=(Border(between=("AA", "DD")),), hide=(Border(between=("BB", "CC")),))
    assert list(basemap.looks(("AA", "BB"), LINE, rules)) == [("agreed", LINE)]


def test_a_disputed_border_is_dashed_whichever_country_comes_first() -> None:
    rules = MapRules(disputed=(Border(between=("BB", "AA")),))
    assert list(basemap.looks(("AA", "BB"), LINE, rules)) == [("disputed", LINE)]


def test_only_the_part_within_the_box_is_disputed() -> None:
    rules = MapRules(disputed=(Border(between=("AA", "BB"), within=(4.0, 0.0, 16.0, 10.0)),))
    assert list(basemap.looks(("AA", "BB"), LINE, rules)) == [
        ("agreed", LINE[:2]),
        ("disputed", LINE[1:3]),
        ("agreed", LINE[2:]),
    ]


def test_a_hidden_part_is_not_drawn_even_where_it_is_disputed() -> None:
    part = Border(between=("AA", "BB"), within=(4.0, 0.0, 16.0, 10.0))
    rules = MapRules(disputed=(Border(between=("AA", "BB")),), hide=(part,))
    assert list(basemap.looks(("AA", "BB"), LINE, rules)) == [("disputed", LINE[:2]), ("disputed", LINE[2:])]


# --- the projection ------------------------------------------------------------------------------------


def test_a_degree_east_is_as_much_narrower_as_in_the_middle_of_the_map() -> None:
    view = Projection((0.0, 50.0, 20.0, 70.0))
    east, north = view.place((1.0, 70.0))[0], view.place((0.0, 69.0))[1]
    assert east / north == pytest.approx(0.5)  # the cosine of 60 degrees


def test_the_corners_of_the_bounds_are_those_of_the_picture() -> None:
    view = fitted((36.1, 46.6, 40.6, 50.3))
    assert view.place((36.1, 50.3)) == pytest.approx((0, 0))
    assert view.place((40.6, 46.6)) == pytest.approx((WIDTH, view.height))


@given(st.floats(0.01, 100), st.floats(0.01, 50))
def test_no_map_is_a_ribbon_and_all_that_was_asked_for_is_shown(across: float, up: float) -> None:
    view = fitted((0.0, 0.0, across, up))
    assert 0.39 <= view.height / WIDTH <= 1.4
    assert view.shows((0.0, 0.0))
    assert view.shows((across, up))


# --- the map that is built -----------------------------------------------------------------------------

built = pytest.mark.skipif(
    not (islands.FOLDER / basemap.FILE).is_file(), reason="the base map is not built (make islands)"
)


@built
def test_the_base_map_names_its_package_its_edition_and_its_viewpoint() -> None:
    drawn = basemap.drawn((36.1, 46.6, 40.6, 50.3))
    assert drawn is not None
    assert "Natural Earth 4.1.0" in drawn.source
    assert "world-atlas 2.0.2" in drawn.source
    assert drawn.viewpoint == "de facto"


@built
@pytest.mark.parametrize("name", catalog.ceasefires())
def test_every_border_that_a_ceasefire_names_is_on_the_base_map(name: str) -> None:
    rules = catalog.ceasefire(name).map
    for border in (*rules.disputed, *rules.hide):
        drawn = basemap.drawn(border.within or rules.bounds or (-180.0, -85.0, 180.0, 85.0))
        assert drawn is not None
        looks = [
            look
            for between, line in drawn.borders
            for look, _ in basemap.looks(between, line, MapRules(disputed=(border,)))
        ]
        assert "disputed" in looks, border


@built
def test_places_on_the_coast_and_at_sea_are_told_apart() -> None:
    drawn = basemap.drawn((36.1, 46.6, 40.6, 50.3))
    assert drawn is not None
    assert odd_crossings(drawn.land, (37.8, 48.0))  # Donetsk
    assert not odd_crossings(drawn.land, (37.5, 46.7))  # the Sea of Azov


def odd_crossings(rings: tuple[basemap.Line, ...], spot: tuple[float, float]) -> bool:
    """Whether a place lies within closed lines by the even-odd rule."""
    x, y = spot
    times = 0
    for ring in rings:
        for number, (bx, by) in enumerate(ring):
            ax, ay = ring[number - 1]
            times += (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
    return times % 2 == 1
