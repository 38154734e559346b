"""The contacts as rows: accounts, why they are one, and which belong to a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

import pytest

from tests.identity.test_contacts import ODI, SAAR, VELIK, contact, judged, told
from tests.situation.making import day, entries, report
from trucewatch.catalog import ceasefire
from trucewatch.model import Actor, Entry, FiledKind, Judgement, Report
from trucewatch.views.query import Period, Query
from trucewatch.views.rows.contacts import ContactRow, rows


class Shelf:
    """Entries on a shelf, with judgements."""

    def __init__(self, *reports: list[Entry], judgements: Sequence[Judgement] = ()) -> None:
        self._held = [entry for one in reports for entry in one]
        self._judgements = judgements

    def entries(
        self,
        known: dt.date | None = None,
        *,
        kinds: Collection[FiledKind] | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
    ) -> list[Entry]:
        def fits(entry: Entry) -> bool:
            when = entry.report.published or entry.recorded.date()
            last = min(d for d in (known, until, dt.date.max) if d)
            return (kinds is None or entry.claim.kind in kinds) and (since or dt.date.min) <= when <= last

        return [entry for entry in self._held if fits(entry)]

    def reports(self, known: dt.date | None = None, **days: dt.date | None) -> list[Report]:
        return [entry.report for entry in self._held]

    def judgements(self, known: dt.date | None = None) -> Sequence[Judgement]:
        return self._judgements

    def issues(self) -> list[Any]:
        return []

    def text(self, sha256: str, *, default: str | None = None) -> str:
        return ""


def asked(shelf: Shelf, period: str | None = None, **more: Any) -> list[ContactRow]:
    return rows(shelf, Query(period=Period.of(period) if period else None, **more))


CALL = (
    told("Nairobi", "03-01", contact(ODI, SAAR, on="03-02", status="planned")),
    told(
        "Nairobi",
        "03-02",
        contact(ODI, SAAR, on="03-02"),
        contact(VELIK, SAAR, on="02-20", evidence=(50, 60)),
    ),
    told("Tallinn", "03-03", contact(SAAR, ODI, on="03-03", duration_minutes=40)),
)


def test_a_row_has_the_accounts_with_their_claims_and_why_they_are_one() -> None:
    row = next(row for row in asked(Shelf(*CALL)) if len(row.accounts) > 1)
    assert row.id == f"contact-{CALL[0][0].claim.id}"
    assert (row.form, row.status, row.participants) == ("call", "held", ("Ann Odi", "Juri Saar"))
    assert (row.start, row.end) == (day("2022-03-02"), day("2022-03-03"))
    reports = [account.report for account in row.accounts]
    assert reports == ["Nairobi-03-01-", "Nairobi-03-02-", "Tallinn-03-03-"]
    assert row.accounts[2].claims == (CALL[2][0].claim.id,)
    assert ("participants", "day", "form", "planned, then held") in [merge.agree for merge in row.why]
    assert [step.status for step in row.history] == ["planned", "held", "held"]
    assert (row.publishers, row.duration_minutes) == (("Nairobi", "Tallinn"), (40,))


def test_the_columns_begin_as_agreed() -> None:
    names = ContactRow.__struct_fields__
    assert names[:8] == ("id", "form", "status", "start", "end", "participants", "accounts", "why")


def test_every_claim_stands_in_one_row() -> None:
    told_of = [account for row in asked(Shelf(*CALL)) for account in (*row.accounts, *row.mentions)]
    found = [claim for account in told_of for claim in account.claims]
    assert sorted(found) == sorted(entry.claim.id or "" for one in CALL for entry in one)


def test_what_a_report_about_another_contact_looks_back_on_is_a_mention() -> None:
    own = told("Tallinn", "02-20", contact(VELIK, SAAR, on="02-20"))
    row = next(row for row in asked(Shelf(*CALL, own)) if "Marta Velik" in row.participants)
    assert [account.report for account in row.accounts] == ["Tallinn-02-20-"]
    assert [mention.report for mention in row.mentions] == ["Nairobi-03-02-"]


def test_a_contact_belongs_to_the_period_of_its_day() -> None:
    shelf = Shelf(*CALL)
    assert [row.start for row in asked(shelf, "2022-03")] == [day("2022-03-02")]
    assert [row.start for row in asked(shelf, "2022-02")] == [day("02-20")]
    assert asked(shelf, "2022-01") == []
    assert len(asked(shelf, "2022")) == 2


def test_on_a_day_things_stand_as_they_were_told_by_then() -> None:
    (row,) = asked(Shelf(*CALL), "2022-03-01", known=day("2022-03-01"))
    assert (row.status, row.start) == ("planned", day("2022-03-02"))


def test_reports_of_one_id_are_told_apart_by_their_publishers() -> None:
    one = entries(report("7", "03-01", publisher="Nairobi"), contact(ODI, SAAR, on="03-01"))
    other = entries(report("7", "03-01", publisher="Tallinn"), contact(SAAR, ODI, on="03-01"))
    (row,) = asked(Shelf(one, other))
    assert [account.report for account in row.accounts] == ["Nairobi/7", "Tallinn/7"]


def test_a_judgement_parts_the_rows() -> None:
    ids = [entry.claim.id or "" for one in (CALL[0], CALL[2]) for entry in one]
    shelf = Shelf(CALL[0], CALL[2], judgements=[judged("different", *ids)])
    assert len(asked(shelf)) == 2


@pytest.mark.parametrize("period", [None, "2022", "2022-03", "2022-03-01"])
def test_an_empty_shelf_has_no_rows(period: str | None) -> None:
    assert asked(Shelf(), period) == []


def test_a_ceasefire_takes_only_what_belongs_to_it() -> None:
    russia = Actor(name="Russia", country="RU", type="country")
    ukraine = Actor(name="Ukraine", country="UA", type="country")
    ours = told("Wire", "2022-02-10", contact(russia, ukraine, on="2022-02-10", form="talks"))
    shelf = Shelf(ours, told("Post", "2022-02-10", contact(ODI, SAAR, on="2022-02-10")))
    found = asked(shelf, "2022-02", ceasefire=ceasefire("donbas-2020"))
    assert [row.participants for row in found] == [("Russia", "Ukraine")]
