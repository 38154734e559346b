"""A mapping is checked when it is read: an error names the file, the field and what it could be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tables.making import VALLEY, mapping
from trucewatch import tables
from trucewatch.errors import CatalogError
from trucewatch.tables.mapping import named


def wrong(folder: Path, text: str) -> str:
    with pytest.raises(CatalogError) as caught:
        mapping(folder, text)
    return str(caught.value)


HEAD = "id: valley\nname: Valley\npublisher: Watch\nreport: {id: [nr]}\n"
COUNT = HEAD + "counts:\n  - {measure: killed, figure: {column: dead}, "


def test_a_mapping_that_is_right_names_its_columns(tmp_path: Path) -> None:
    text = VALLEY + '    unit: "guards of {side}"\nplace: {name: "{town}", lat: y, lon: x}\n'
    assert sorted(set(named(mapping(tmp_path, text)))) == ["dead", "nr", "side", "town", "x", "y"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD, "counts: there are none, and no incidents"),
        (VALLEY + "path: /etc/passwd\n", "Object contains unknown field `path`"),
        (VALLEY.replace("killed", "slain"), "counts[0].measure: 'slain' is none of ceasefire_violations, "),
        (VALLEY.replace("id: valley", "id: The Valley"), "id: 'The Valley' is not lower-case"),
        (VALLEY.replace("[nr]", "[]"), "report.id: names no column"),
        (VALLEY.replace("[nr]", "[no]"), "report.id[0]: Expected `str`, got `bool`"),
        (COUNT + "part_of: all}\n", "counts[0].part_of: no count above it has the name 'all'"),
        (
            COUNT + "name: a}\n  - {measure: killed, figure: {column: b}, name: a}\n",
            "the name 'a' stands twice",
        ),
        (COUNT + "period: a day}\n", "counts[0].period: 'a day' is no ISO 8601 duration"),
        (COUNT + "period: {column: h, unit: hour}}\n", "counts[0].period.unit: Invalid enum value 'hour'"),
        (
            HEAD + "counts: [{measure: killed, figure: {}}]\n",
            "figure: takes either a column, or low and high",
        ),
        (
            HEAD + "counts: [{measure: killed, figure: {column: a, low: b}}]\n",
            "figure: takes either a column, or low and high",
        ),
        (
            HEAD + "counts: [{measure: killed, figure: {low: a, relation: about}}]\n",
            "figure.relation: says how a single column is meant",
        ),
        (
            HEAD + "counts: [{measure: killed, figure: {column: a, relation: roughly}}]\n",
            "'roughly' is none of exact, about, at_least",
        ),
        (HEAD + "incidents: [{type: bombing}]\n", "incidents[0].type: 'bombing' is none of shelling, clash"),
        (
            HEAD + "incidents: [{type: {column: t, values: {A: bombing}}}]\n",
            "incidents[0].type: 'bombing' is none of shelling",
        ),
        (VALLEY + "time: {at: {column: day, format: '%d/%m/%y'}}\n", "time.at.format: '%d/%m/%y' is none of"),
        (VALLEY + "time: {at: {column: a}, end: {column: b}}\n", "time.at: is the start and the end at once"),
        (VALLEY + "time: {zone: Kyiv}\n", "time.zone: 'Kyiv' is no IANA time zone"),
        (VALLEY + "time: {precision: hour}\n", "time.precision: 'hour' is none of day, week, month"),
        (VALLEY + "place: {lat: y}\n", "place: lat and lon stand together"),
        (VALLEY + "place: {precision: town}\n", "place.precision: 'town' is none of exact, settlement"),
        (VALLEY + "numbers: {thousands: '.', decimal: '.'}\n", "numbers.thousands: '.' is the decimal mark"),
        (VALLEY + "cite: [{text: Codebook, url: file.pdf}]\n", "cite[0].url: 'file.pdf' is no web address"),
        (VALLEY + "name: Valley Watch again\n", "'name' stands twice"),
        ("- 1\n", "Expected `object`, got `array`"),
    ],
)
def test_a_mistake_is_named_with_its_field(tmp_path: Path, text: str, said: str) -> None:
    message = wrong(tmp_path, text)
    assert message.startswith(f"{tmp_path / 'mapping.yml'}: ")
    assert said in message


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    message = wrong(tmp_path, VALLEY.replace("killed", "slain") + "time: {zone: Kyiv}\n")
    assert len(message.splitlines()) == 2


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system ['true']",
        "!local {a: 1}",
        "id: !!python/name:os.system",
        "{",
        "a: *b",
    ],
)
def test_yaml_that_would_run_anything_or_is_broken_is_refused(tmp_path: Path, text: str) -> None:
    assert "is no YAML" in wrong(tmp_path, text)


def test_a_mapping_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    assert "the most is 1,048,576" in wrong(tmp_path, VALLEY + "#" * 2**20)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "- " * 50_000,
        "\n".join(["a0: &a0 {x: 1}", *(f"a{n + 1}: &a{n + 1} {{<<: [{f'*a{n}, ' * 9}]}}" for n in range(9))]),
    ],
)
def test_yaml_that_little_text_makes_much_of_is_refused(tmp_path: Path, text: str) -> None:
    assert "is nested deeper than 20 levels, or has over 24 aliases" in wrong(tmp_path, text)


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"none\.yml: cannot be read"):
        tables.load(tmp_path / "none.yml")
