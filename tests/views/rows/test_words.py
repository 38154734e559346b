"""Disputes, positions, statements, incidents and forces as rows: each with its claims, words and reports."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.situation.disputing import TEXTS, TRUCE, binds, moves, paper, says, shelling
from tests.situation.shelf import Held
from trucewatch.views.exports import EXPORTS, export
from trucewatch.views.query import Period, Query

ACCUSED = says(
    "accuse",
    "Varenia",
    "Varenia accused the hill brigades of shelling the school in Saltmarsh.",
    "shelling the school in Saltmarsh",
    about=["hill brigades"],
    place="Saltmarsh",
)
DENIED = says(
    "deny",
    "Orlen",
    "Orlen denied that its gunners had shelled the school in Saltmarsh.",
    "that its gunners had shelled the school in Saltmarsh",
    place="Saltmarsh",
)
HIT = shelling("The school in Saltmarsh was shelled.", "Varenia", by=["hill brigades"], place="Saltmarsh")
GONE = moves("asserted", "Orlen said that its battalions had withdrawn.", "Orlen", of="Orlen")
ASKED = binds(
    "demanded",
    "Varenia must withdraw its howitzers, Orlen demanded.",
    "withdraw its howitzers",
    "Varenia",
    by=["Orlen"],
)
MARCH = Query(ceasefire=TRUCE, period=Period.of("2031-03"))
NAMES = ("disputes", "positions", "statements", "incidents", "forces")


class Shelf(Held):
    """Reports with their texts."""

    def text(self, sha256: str, *, default: str | None = None) -> str:
        return TEXTS.get(sha256, default or "")


SHELF = Shelf([*paper("03-08", ACCUSED, HIT, GONE, ASKED), *paper("03-09", DENIED, name="later")])


def rows(name: str, query: Query = MARCH, shelf: Shelf = SHELF) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(export(f"{name}.json", shelf, query))
    return found


def test_a_dispute_has_the_words_of_both_sides_who_speaks_when_and_who_is_accused() -> None:
    (row,) = rows("disputes")
    assert (row["speakers"], row["other_speakers"]) == (["Varenia"], ["Orlen"])
    assert (row["sides"], row["other_sides"]) == (["varenia"], ["orlen"])
    assert (row["since"], row["told"], row["accused"]) == ("2031-03-08", "2031-03-09", ["hill brigades"])
    assert "Varenia accused the hill brigades of shelling the school in Saltmarsh." in row["words"]  # type: ignore[operator]
    assert row["other_words"] == ["Orlen denied that its gunners had shelled the school in Saltmarsh."]
    assert row["reports"] == ["post-03-08", "later-03-09"]


def test_a_statement_knows_by_what_it_is_contested() -> None:
    by_act = {row["act"]: row for row in rows("statements")}
    assert by_act["accuse"]["denials"] == by_act["deny"]["claims"]
    assert (by_act["accuse"]["contested"], by_act["deny"]["contested"]) == (True, False)
    assert by_act["accuse"]["words"] == "shelling the school in Saltmarsh"
    assert (by_act["accuse"]["about"], by_act["accuse"]["sides"]) == (["hill brigades"], ["varenia"])


def test_an_incident_tells_whom_it_is_attributed_to_and_how_it_stands() -> None:
    (row,) = rows("incidents")
    assert (row["accused"], row["standing"], row["contested"]) == (["hill brigades"], "alleged", True)
    assert "perpetrator" not in row
    assert row["words"] == ["The school in Saltmarsh was shelled."]


def test_a_claimed_withdrawal_is_asserted_by_who_claims_it() -> None:
    (row,) = rows("forces")
    assert (row["status"], row["force"], row["voices"], row["standing"]) == (
        "asserted",
        ["Orlen"],
        ["Orlen"],
        "alleged",
    )


def test_a_position_has_its_steps() -> None:
    (row,) = rows("positions")
    assert (row["actor"], row["act"], row["towards"], row["own"]) == ("Orlen", "demand", ["Varenia"], True)
    assert row["steps"] == [{"told": "2031-03-08", "act": "demand", "claims": row["claims"]}]


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_its_claims_and_reports_and_a_period_leaves_out_the_rest(name: str) -> None:
    assert all((row["claims"] or row["against"]) and row["reports"] and row["id"] for row in rows(name))
    assert rows(name, Query(ceasefire=TRUCE, period=Period.of("2031-05"))) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_row_knows_nothing_that_was_published_later(name: str) -> None:
    known = rows(name, Query(ceasefire=TRUCE, known=dt.date(2031, 3, 8)))
    earlier = Shelf(paper("03-08", ACCUSED, HIT, GONE, ASKED))
    assert known == rows(name, Query(ceasefire=TRUCE), earlier)


@pytest.mark.parametrize("name", NAMES)
def test_without_a_ceasefire_each_claim_has_its_row_all_the_same(name: str) -> None:
    found = rows(name, Query())
    assert all(row["ceasefire"] is None for row in found)
    assert bool(found) or name == "positions"  # nobody is a party where no ceasefire says so


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_shelf_gives_no_rows_and_the_columns(name: str) -> None:
    assert rows(name, MARCH, Shelf([])) == []
    head = export(f"{name}.csv", Shelf([]), MARCH).strip().split(",")
    assert head == list(EXPORTS[name].row.__struct_fields__)
