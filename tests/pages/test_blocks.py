"""What a table and a calendar know of themselves before they are written."""

from __future__ import annotations

from trucewatch.pages.blocks import Cell, Piece, Table
from trucewatch.pages.cells import NONE
from trucewatch.pages.meeting import _told_apart
from trucewatch.pages.today import _told_cell


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(_told_cell(text) for text in texts)


def table(*rows: tuple[Cell, ...]) -> Table:
    return Table(title="", caption="", head=("Evening of", "Total", "Basis", "Explosions"), rows=rows)


def test_a_column_of_figures_alone_stands_to_the_right() -> None:
    made = table(cells("14 Feb", "1,579", "own", "-"), cells("15 Feb", "≥591", "2 evenings", "-"))
    assert made.figures == {1}


def test_a_gap_among_figures_is_one_of_them_and_words_are_not() -> None:
    assert table(cells("14 Feb", "no figure", "gap", "-"), cells("15 Feb", "3", "4", "5")).figures == {1, 3}


def test_a_table_without_rows_or_with_empty_columns_has_no_figures() -> None:
    assert table().figures == frozenset()
    assert table((NONE, NONE, NONE, NONE)).figures == frozenset()


def test_contacts_of_one_day_that_read_alike_are_told_apart() -> None:
    pieces = [
        Piece(text=text, href=f"#{number}") for number, text in enumerate(["call: A", "call: A", "call: B"])
    ]
    assert [piece.text for piece in _told_apart(pieces)] == ["call: A", "also call: A", "call: B"]
