"""The map of a ceasefire as its file gives it, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.catalog.test_ceasefires import THIRD
from trucewatch import catalog
from trucewatch.errors import CatalogError
from trucewatch.model import Border, MapRules

MAP = """
map:
  bounds: [83.5, 27.5, 85.0, 28.5]
  disputed: [{between: [NP, IN], within: [83.6, 27.6, 84.0, 28.0]}]
  hide: [{between: [CN, NP]}]
  lines: [{id: truce-line, name: Line of the truce, path: [[84, 28], [84.2, 28.1]]}]
  regions: [{id: north, name: Northern slope, ring: [[84, 28], [84.4, 28], [84.4, 28.3]]}]
"""


def load(folder: Path, text: str) -> MapRules:
    path = folder / "example-2030.yml"
    path.write_text(THIRD + text, encoding="utf-8")
    return catalog.load(path).map


def test_a_map_is_yaml_alone(tmp_path: Path) -> None:
    given = load(tmp_path, MAP)
    assert given.bounds == (83.5, 27.5, 85.0, 28.5)
    assert given.hide == (Border(between=("CN", "NP")),)
    assert given.lines[0].disputed
    assert given.regions[0].ring[0] == (84.0, 28.0)


def test_a_ceasefire_needs_no_map(tmp_path: Path) -> None:
    assert load(tmp_path, "") == MapRules()


WRONG = [
    (
        "[83.5, 27.5, 85.0, 28.5]",
        "[85.0, 27.5, 83.5, 28.5]",
        r"map\.bounds: .* is not west, south, east, north",
    ),
    ("[83.5, 27.5, 85.0, 28.5]", "[83.5, 27.5, 185.0, 28.5]", r"map\.bounds: \[185, 28\.5\] is no place"),
    ("[83.5, 27.5, 85.0, 28.5]", "[83.5, 27.5, 85.0]", r"map\.bounds: Expected `array` of length 4"),
    ("[NP, IN]", "[NP, NP]", r"map\.disputed\[0\]\.between: 'NP' stands twice"),
    ("[NP, IN]", "[np, IN]", r"map\.disputed\[0\]\.between: 'np' is no ISO 3166-1"),
    ("[CN, NP]", "[CN]", r"map\.hide\[0\]\.between: Expected `array` of length 2"),
    ("within: [83.6, 27.6, 84.0, 28.0]", "within: [84, 28, 84, 28]", r"map\.disputed\[0\]\.within: "),
    ("[[84, 28], [84.2, 28.1]]", "[[84, 28]]", r"map\.lines\[0\]\.path: has 1 different places; it needs 2"),
    ("[84.4, 28], [84.4, 28.3]", "[84.4, 28], [84, 28]", r"map\.regions\[0\]\.ring: has 2 different places"),
    ("[84.4, 28.3]", "[28.3, 184.4]", r"map\.regions\[0\]\.ring\[2\]: .* degrees east come first"),
    ("[84.4, 28.3]", "[.nan, 28.3]", r"map\.regions\[0\]\.ring\[2\]: .* is no place"),
    ("{id: north, name", "{id: North Slope, name", r"map\.regions: the id 'North Slope' is not lower-case"),
    ("hide:", "hidden:", r"map: Object contains unknown field `hidden`"),
]


@pytest.mark.parametrize(("right", "wrong", "message"), WRONG)
def test_a_wrong_map_is_named_with_its_field(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert right in MAP
    with pytest.raises(CatalogError, match=message):
        load(tmp_path, MAP.replace(right, wrong))


def test_two_regions_of_one_id_are_refused(tmp_path: Path) -> None:
    twice = "{id: north, name: Other, ring: [[84, 28], [84.4, 28], [84.4, 28.3]]}, {id: north, name"
    with pytest.raises(CatalogError, match=r"map\.regions: the id 'north' stands twice"):
        load(tmp_path, MAP.replace("{id: north, name", twice))


@pytest.mark.parametrize("name", catalog.ceasefires())
def test_the_outlines_of_the_catalog_lie_within_the_map(name: str) -> None:
    given = catalog.ceasefire(name).map
    assert given.bounds
    west, south, east, north = given.bounds
    for region in given.regions:
        assert all(west <= x <= east and south <= y <= north for x, y in region.ring), region.id
