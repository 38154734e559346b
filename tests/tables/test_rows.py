"""Rows are read from any usual file, in bounds; what cannot be read is named and the others go on."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.tables.making import bounds, read, table
from trucewatch.tables import rows
from trucewatch.tables.rows import Line, TableError, open_table


def cells(path: Path) -> list[dict[str, str]]:
    return [line.cells for line in open_table(path).lines if isinstance(line, Line)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_in_the_head(tmp_path: Path, mark: str) -> None:
    path = table(tmp_path, f"nr{mark}town, or village{mark}dead\n1{mark}x{mark}3\n".replace(", or", " or"))
    assert cells(path) == [{"nr": "1", "town or village": "x", "dead": "3"}]


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8-sig", b""), ("cp1252", b""), ("utf-16", b"")]
)
def test_a_table_is_read_in_its_encoding(tmp_path: Path, encoding: str, mark: bytes) -> None:
    text = "nr,town\r\n1,Rüthli – “above”\r\n2,Säntis\r\n"
    assert cells(table(tmp_path, mark + text.encode(encoding)))[0] == {"nr": "1", "town": "Rüthli – “above”"}


def test_the_mapping_can_name_the_encoding(tmp_path: Path) -> None:
    path = table(tmp_path, "nr,town\n1,Киев\n".encode("cp1251"))
    assert [line.cells for line in open_table(path, encoding="cp1251").lines] == [{"nr": "1", "town": "Киев"}]


def test_a_guessed_encoding_is_told(tmp_path: Path) -> None:
    _, issues = read(tmp_path, "nr,dead,town\n1,2,Rüthli über Säntis\n".encode("cp1252"))
    assert [(issue.level, "is not UTF-8" in issue.message) for issue in issues] == [("warning", True)]


def test_a_cell_with_a_comma_a_quote_or_a_line_end_is_one_cell(tmp_path: Path) -> None:
    path = table(tmp_path, 'nr,note\n1,"said ""no"", twice\nand left"\n2,x\n')
    assert cells(path) == [{"nr": "1", "note": 'said "no", twice\nand left'}, {"nr": "2", "note": "x"}]


def test_an_empty_cell_is_absent_and_a_zero_is_a_zero(tmp_path: Path) -> None:
    readings, issues = read(tmp_path, "nr,dead\n1,0\n2,\n3,   \n")
    assert (bounds(readings), len(readings), issues) == ([(0, 0)], 3, [])


def test_a_formula_is_its_text(tmp_path: Path) -> None:
    readings, _ = read(tmp_path, 'nr,dead,note\n1,2,"=HYPERLINK(""http://example.org"")"\n')
    assert '\nnote: =HYPERLINK("http://example.org")' in readings[0].document.text


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2,4", "has 2 cells, too few for the 3 columns"),
        ("2,4,x,y", "has 4 cells, too many for the 3 columns"),
    ],
)
def test_a_row_of_the_wrong_length_is_named_and_the_others_go_on(tmp_path: Path, row: str, said: str) -> None:
    readings, issues = read(tmp_path, f"nr,dead,note\n1,3,\n{row}\n3,5,\n")
    assert bounds(readings) == [(3, 3), (5, 5)]
    assert issues[0].origin == f"{tmp_path / 'table.csv'} row 3"
    assert issues[0].message.startswith(said)
    assert issues[0].level == "error"


def test_blank_rows_are_nothing(tmp_path: Path) -> None:
    readings, issues = read(tmp_path, "nr,dead\n\n1,3\n,\n\n")
    assert (bounds(readings), issues) == ([(3, 3)], [])


def test_a_cell_beyond_the_bound_costs_its_row(tmp_path: Path) -> None:
    assert csv.field_size_limit() == rows.CELL_LIMIT - 1 or csv.field_size_limit() == rows.CELL_LIMIT
    readings, issues = read(tmp_path, f"nr,dead\n1,3\n2,{'x' * (rows.CELL_LIMIT + 1)}\n3,5\n")
    assert bounds(readings) == [(3, 3), (5, 5)]
    assert "row 3" in issues[0].origin


def test_a_line_beyond_the_bound_ends_the_table_and_says_so(tmp_path: Path) -> None:
    readings, issues = read(tmp_path, f"nr,dead\n1,3\n2,{'x' * rows.LINE_LIMIT}\n3,5\n")
    assert bounds(readings) == [(3, 3)]
    assert "not read from here on" in issues[0].message


def test_a_file_beyond_the_bound_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "TABLE_LIMIT", 10)
    _, issues = read(tmp_path, "nr,dead\n1,3\n2,4\n")
    assert "the most for such a table is" in issues[0].message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "has no head"),
        (b"\n", "has no head"),
        (b"nr,dead,nr\n1,2,3\n", "two columns of the name 'nr'"),
        (b"PK\x03\x04 and so on \xff", "is a ZIP archive"),
        (b"nr,dead\n1,\0\n", "is binary"),
        ("c," * rows.COLUMN_LIMIT + "c\n", "columns; the most is"),
    ],
)
def test_what_is_no_table_is_said_to_be_none(tmp_path: Path, data: bytes, said: str) -> None:
    readings, issues = read(tmp_path, data)
    assert readings == []
    assert said in issues[0].message


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    _, issues = read(tmp_path, "nr,deads\n1,3\n")
    assert issues[0].message == "has no column 'dead'; its columns are nr, deads"


# --- JSON ------------------------------------------------------------------------------------------


def test_objects_within_objects_are_columns_with_a_dot(tmp_path: Path) -> None:
    given = [{"nr": 1, "dead": {"all": 12, "guards": None}, "open": True, "tags": ["a", "b"], "share": 2.50}]
    path = table(tmp_path, json.dumps(given).replace("2.5", "2.50"), "table.json")
    assert cells(path) == [
        {"nr": "1", "dead.all": "12", "open": "true", "tags": '["a", "b"]', "share": "2.50"}
    ]


@pytest.mark.parametrize(
    "text", ["{}", "[]", "[1, 2", '"text"', "[" * 100_000, '{"report": {}, "claims": []}', "nonsense"]
)
def test_json_that_is_no_list_of_objects_is_no_table(tmp_path: Path, text: str) -> None:
    with pytest.raises(TableError, match=r"is no (JSON|table)"):
        open_table(table(tmp_path, text, "table.json"))


def test_an_item_that_is_no_row_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    halves, nul = r'{"nr": "\ud800", "dead": 4}', r'{"nr": 4, "dead": "\u0000"}'
    text = f'[{{"nr": 1, "dead": 3}}, 7, {halves}, {nul}, {{"nr": 5, "dead": 6}}]'
    readings, issues = read(tmp_path, text, name="table.json")
    assert bounds(readings) == [(3, 3), (6, 6)]
    assert [issue.origin.rpartition(" ")[2] for issue in issues] == ["2", "3", "4"]
