"""The export of origins: each report once, what it is called, and which are left out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from tests.situation.making import entries, report
from trucewatch.catalog import ceasefire
from trucewatch.model import Entry, Incident, Judgement, Place, Report
from trucewatch.views import exports
from trucewatch.views.query import Period, Query
from trucewatch.views.rows.origins import OriginRow, rows

STORY = (
    "A tractor drove over a mine at the edge of Saltmarsh on Friday and lost its front wheels. The farmer, "
    "who was thrown clear, told the patrol that the field had been ploughed each spring for nine years. "
    "The patrol marked two further mines and asked both sides for their maps of the field."
)
OTHER = (
    "Teachers from both banks met in the ferry house at Esk to mark one set of examination papers. They "
    "quarrelled over the spelling of two rivers, agreed on everything else, and took the late boat home."
)


class Shelf:
    """Reports with their texts, claims and judgements."""

    def __init__(
        self,
        texts: dict[str, str],
        reports: Sequence[Report],
        held: Sequence[Entry] = (),
        judged: Sequence[Judgement] = (),
    ) -> None:
        self.texts, self.held, self.on_file, self.judged = texts, held, reports, judged

    def entries(self, known: dt.date | None = None, **of: Any) -> Sequence[Entry]:
        return self.held

    def reports(
        self, known: dt.date | None = None, *, since: dt.date | None = None, until: dt.date | None = None
    ) -> Sequence[Report]:
        first, last = since or dt.date.min, min(known or dt.date.max, until or dt.date.max)
        return [made for made in self.on_file if made.published and first <= made.published <= last]

    def judgements(self, known: dt.date | None = None) -> Sequence[Judgement]:
        return self.judged

    def issues(self) -> Sequence[Any]:
        return []

    def text(self, sha256: str, *, default: str | None = None) -> str:
        return self.texts.get(sha256, default or "")


def shelf(*told: tuple[str, str, str, str], **more: Any) -> Shelf:
    """A shelf of reports, told by publisher, id, day of 2022 and text."""
    made = [report(name, day, publisher=who, text=text) for who, name, day, text in told]
    texts = {one.sha256: text for one, (_, _, _, text) in zip(made, told, strict=True)}
    return Shelf(texts, made, **more)


WIRE = ("The Wire", "w-1", "02-18", STORY)
POST = ("The Post", "p-1", "02-19", f"From the agencies. {STORY}")
ECHO = ("The Echo", "e-1", "02-20", OTHER)


def test_copies_stand_in_one_row_with_the_reason_and_others_in_their_own() -> None:
    first, second = rows(shelf(WIRE, POST, ECHO), Query())
    assert (first.reports, second.reports) == (("w-1", "p-1"), ("e-1",))
    (why,) = first.why
    assert (why.one, why.other, why.days) == ("w-1", "p-1", 1)
    assert "text" in why.agree
    assert second.why == ()


def test_the_export_holds_an_id_and_the_reports() -> None:
    view = exports.Export(row=OriginRow, rows=rows)
    told = json.loads(exports.as_json(view.row, view.rows(shelf(WIRE, POST), Query())))
    assert [sorted(row) for row in told] == [["id", "reports", "why"]]
    assert told[0]["reports"] == ["w-1", "p-1"]
    assert told[0]["why"][0]["one"] == "w-1"


def test_an_id_that_two_publishers_use_is_told_with_the_publisher_and_no_other() -> None:
    same = ("The Post", "w-1", "02-19", STORY)
    made = rows(shelf(WIRE, same, ECHO), Query())
    assert [row.reports for row in made] == [("The Wire/w-1", "The Post/w-1"), ("e-1",)]
    assert (made[0].why[0].one, made[0].why[0].other) == ("The Wire/w-1", "The Post/w-1")


def test_the_period_and_the_day_of_knowledge_leave_reports_out() -> None:
    held = shelf(WIRE, POST, ECHO)
    day = Query(period=Period.of("2022-02-18"))
    assert [row.reports for row in rows(held, day)] == [("w-1",)]
    month = Query(period=Period.of("2022-02"), known=dt.date(2022, 2, 19))
    assert [row.reports for row in rows(held, month)] == [("w-1", "p-1")]
    assert rows(held, Query(period=Period.of("2021"))) == []


def test_a_ceasefire_leaves_the_origins_that_no_claim_ties_to_it_out() -> None:
    held = shelf(WIRE, POST, ECHO)
    place = Place(text="Luhansk region", name="Luhansk region")
    incident = Incident(evidence=(0, 1), said_by=(), type="explosion", place=place)
    held.held = entries(held.on_file[1], incident)
    made = rows(held, Query(ceasefire=ceasefire("donbas-2020")))
    assert [row.reports for row in made] == [("w-1", "p-1")]


def test_a_report_without_a_text_is_its_own_origin() -> None:
    unread = Shelf({}, [report("a", "02-18", publisher="A"), report("b", "02-18", publisher="B")])
    assert [row.reports for row in rows(unread, Query())] == [("a",), ("b",)]


def test_a_judgement_takes_copies_apart() -> None:
    different = Judgement(
        seq=1,
        decision="different",
        subjects=("w-1", "p-1"),
        by="Ada",
        reason="The second is a forgery.",
        recorded=dt.datetime(2022, 3, 1, tzinfo=dt.UTC),
    )
    made = rows(shelf(WIRE, POST, judged=[different]), Query())
    assert [row.reports for row in made] == [("w-1",), ("p-1",)]
